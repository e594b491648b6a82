"""Join the modules of a page's script into one, since a page opened from disk may not import files.

Nothing is compiled: imports among our modules are left out, `export` is cut, and every module follows those it
imports. That is sound because no two modules name a thing alike, which a test checks. Modules of another page may
import those of the explorer.
"""

import re
from functools import cache
from importlib.resources import files
from posixpath import dirname, join, normpath
from typing import Final

__all__ = ["bundle", "web_file"]

_WEB: Final = "explorer/web"
_IMPORT: Final = re.compile(r'^import [^;]*?from "(\.[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async |)function|const|let|class)", re.MULTILINE)


def web_file(name: str, folder: str = _WEB) -> str:
    """Read a file of a folder of ``kg.exporters``."""
    return files("kg.exporters").joinpath(folder, name).read_text(encoding="utf-8")


@cache
def bundle(entry: str = "main.js", folder: str = _WEB) -> str:
    """Join a module and all that it imports."""
    order: dict[str, str] = {}
    _visit(join(folder, entry), order, set())
    return "\n".join(order.values())


def _visit(path: str, order: dict[str, str], seen: set[str]) -> None:
    if path in seen:
        return
    seen.add(path)
    text = files("kg.exporters").joinpath(path).read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        _visit(normpath(join(dirname(path), imported)), order, seen)
    order[path] = _EXPORT.sub("", _IMPORT.sub("", text)).strip() + "\n"
