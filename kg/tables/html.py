"""Tables as one HTML page: opens from disk, fetches nothing, runs nothing; on a phone each row is a card."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from kg.tables.document import Cell, Document, Head, Item, Table, without_empty

__all__ = ["to_html"]


def to_html(document: Document) -> bytes:
    """Write a heading, a heading and a table for each of the tables, and the notes."""
    document = without_empty(document)
    return ("\n".join(_page(document)) + "\n").encode()


def _page(document: Document) -> Iterator[str]:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = escape(document.title)
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield '<meta charset="utf-8">'
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{style}</style>"
    yield f"<main>\n<h1>{title}</h1>"
    for number, table in enumerate(document.tables, start=1):
        yield from _table(table, document, f"table-{number}")
    for note in document.notes:
        yield f"<p>{escape(note)}</p>"
    yield "</main>\n</html>"


def _table(table: Table, document: Document, name: str) -> Iterator[str]:
    title = escape(table.title or document.title)
    yield f'<div class="wide" role="region" aria-labelledby="{name}" tabindex="0">'
    yield f'<table>\n<caption id="{name}"{"" if table.title else " hidden"}>{title}</caption>'
    heads = "".join(f'<th scope="col"{_number(head)}>{escape(head.name)}</th>' for head in document.heads)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    names = [head.name for head in document.heads]
    row_head = names.index(document.row_head) if document.row_head in names else 0
    for row in table.rows:
        cells = (_cell(cell, document, place, is_head=place == row_head) for place, cell in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>\n</div>"


def _number(head: Head) -> str:
    return ' class="number"' if head.is_numeric else ""


def _cell(cell: Cell, document: Document, place: int, *, is_head: bool) -> str:
    head = document.heads[place]
    tag, scope = ("th", ' scope="row"') if is_head else ("td", "")
    inner = _item(cell[0]) if len(cell) == 1 else _list(cell)
    return f'<{tag}{scope}{_number(head)} data-head="{escape(head.name)}">{inner}</{tag}>'


def _list(cell: Cell) -> str:
    return f"<ul>{''.join(f'<li>{_item(item)}</li>' for item in cell)}</ul>" if cell else ""


def _item(item: Item) -> str:
    text = escape(item.text)
    return f'<a href="{escape(item.href)}" rel="noopener noreferrer">{text}</a>' if item.href else text
