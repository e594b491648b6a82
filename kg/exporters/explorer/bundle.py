"""Join the modules of the page's script into one, since a page opened from disk may not import files.

Nothing is compiled: imports among our modules are left out, `export` is cut, and every module follows those it
imports. That is sound because no two modules name a thing alike, which a test checks.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["bundle", "web_file"]

_IMPORT: Final = re.compile(r'^import [^;]*?from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async |)function|const|let|class)", re.MULTILINE)


def web_file(name: str) -> str:
    """Read a file of the folder ``web``."""
    return files(__package__).joinpath("web", name).read_text(encoding="utf-8")


@cache
def bundle(entry: str = "main.js") -> str:
    """Join a module and all that it imports."""
    order: dict[str, str] = {}
    _visit(entry, order, set())
    return "\n".join(order.values())


def _visit(name: str, order: dict[str, str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    text = web_file(name)
    for imported in _IMPORT.findall(text):
        _visit(imported, order, seen)
    order[name] = _EXPORT.sub("", _IMPORT.sub("", text)).strip() + "\n"
