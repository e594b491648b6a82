"""Write the page: our template, style and script, and the data packed; nothing is fetched, nothing else may run."""

import base64
import gc
import hashlib
import html
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from string import Template
from typing import Final

from kg.exporters.explorer.about import Published, tell_about
from kg.exporters.explorer.bundle import bundle, web_file
from kg.exporters.explorer.marks import read_marks
from kg.exporters.picture.facts import Json
from kg.exporters.picture.making import make_picture
from kg.exporters.picture.reading import Contents, read_contents
from kg.store import Graph
from kg.tables import Choice, Document, make_tables
from kg.tables import read_contents as read_results

__all__ = ["render_explorer"]

_BOARD: Final = ("condition", "rank", "method", "value", "unit", "spread", "kind", "paper", "year", "remark")
_RESULTS: Final = (
    "method",
    "metric",
    "value",
    "unit",
    "spread",
    "dataset",
    "condition",
    "kind",
    "status",
    "paper",
    "year",
)


def render_explorer(
    graph: Graph,
    *,
    title: str = "Knowledge graph",
    max_nodes: int = 50_000,
    published: Published | None = None,
    served: bool = False,
) -> bytes:
    """Show a graph as one HTML page that opens from disk, without a server and without the network.

    Args:
        graph: The graph to show.
        title: The title of the page.
        max_nodes: How many nodes to show at most; the page says how many it left out.
        published: What is known of the release that the page belongs to.
        served: The page may ask its server for what it left out.

    Returns:
        The page in UTF-8; the same graph gives the same bytes.
    """
    from kg.exporters.explorer.payload import details_block, graph_block  # noqa: PLC0415 - numpy and networkx

    with _collector_resting():
        contents = read_contents(graph, max_nodes)
        picture = make_picture(contents)
        first = _pack({**graph_block(picture, contents, title), "served": served})
        about = tell_about(graph, picture, published)
        marks, tables = read_marks(graph, contents), _tables(graph, contents)
        details = _pack(details_block(picture, contents, marks, tables, about))
    script, style = bundle(), web_file("page.css")
    page = Template(web_file("page.html")).substitute(
        title=html.escape(title),
        connect="connect-src 'self'; " if served else "",
        script=script,
        script_hash=_sha256(script),
        style=style,
        style_hash=_sha256(style),
        graph=first,
        details=details,
    )
    return page.encode()


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep the collector of cycles from walking, again and again, over a million rows that hold none.

    It takes a third of the time at 20,000 nodes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tables(graph: Graph, contents: Contents) -> dict[str, Document]:
    """Make the tables of results of the papers that are shown, where there are any."""
    if not contents.results:
        return {}
    read = read_results(graph, frozenset(contents.chosen))
    return {
        "leaderboard": make_tables(read, "leaderboard", Choice(columns=_BOARD)),
        "results": make_tables(read, "results", Choice(columns=_RESULTS)),
    }


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _pack(data: Json) -> str:
    """Pack data so that it is a third as long, and holds no character that means something in HTML."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 7)).decode()
