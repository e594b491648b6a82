"""The formats tables are written in, by name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.tables.delimited import to_csv
from kg.tables.document import Document
from kg.tables.html import to_html
from kg.tables.latex import to_latex
from kg.tables.markdown import to_markdown
from kg.tables.text import to_text

__all__ = ["FORMATS", "format_of"]

FORMATS: Final[Mapping[str, Callable[[Document], bytes]]] = MappingProxyType(
    {"text": to_text, "markdown": to_markdown, "csv": to_csv, "latex": to_latex, "html": to_html}
)
"""The formats, by the name ``kg table`` takes."""

_SUFFIXES: Final = {".md": "markdown", ".csv": "csv", ".tex": "latex", ".html": "html", ".htm": "html"}


def format_of(path: Path | None) -> str:
    """The format that a file's name asks for: text if it says nothing.

    >>> format_of(Path("review.tex")), format_of(None)
    ('latex', 'text')
    """
    return _SUFFIXES.get(path.suffix.lower(), "text") if path is not None else "text"
