"""Write the page: pyvis holds the network and fills our template; nothing is fetched, nothing runs that is not ours.

pyvis' own template loads Bootstrap from a CDN, prints headings unescaped, and turns tooltips into HTML, so only
its network and its copy of vis-network are used. That copy is packed into the page and unpacked by the browser.
"""

import base64
import hashlib
import json
import zlib
from importlib.resources import files
from typing import Any, Final

from kg import __version__
from kg.exporters.picture.facts import Json, abstract_notes
from kg.exporters.picture.making import make_picture
from kg.exporters.picture.reading import read_contents
from kg.exporters.pyvis.payload import facts_of, vis_edges, vis_nodes
from kg.store import Graph

__all__ = ["render_pyvis"]

_SCRIPTS: Final = ("shapes.js", "state.js", "network.js", "labels.js", "panel.js", "search.js", "table.js", "page.js")
_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_PLAIN_LIMIT: Final = 400_000  # characters of JSON above which it is packed too, to keep pages below a megabyte
_ESCAPES: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})

_OPTIONS: Final[dict[str, Json]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}}, "selectionWidth": 1.5},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "tooltipDelay": 0, "multiselect": False},
}


def render_pyvis(graph: Graph, *, title: str = "Knowledge graph", max_nodes: int = 2000) -> bytes:
    """Draw a graph as one HTML page that opens from disk, without a server and without the network.

    Args:
        graph: The graph to draw.
        title: The title of the page.
        max_nodes: How many nodes to draw at most; the page says how many it left out.

    Returns:
        The page in UTF-8; the same graph gives the same bytes.
    """
    from kg.exporters.picture.petals import place_nodes  # noqa: PLC0415 - numpy is of use to no other exporter
    from kg.exporters.picture.topics import find_topics  # noqa: PLC0415 - nor is networkx

    contents = read_contents(graph, max_nodes)
    picture = make_picture(contents)
    network = _network()
    network.nodes = vis_nodes(picture, place_nodes(picture, find_topics(picture)))
    network.edges = vis_edges(picture)
    own, vis = _own_script(), _vis_script()
    network.templateEnv.globals.update(
        title=title,
        version=__version__,
        style=_asset("page.css"),
        script=own,
        script_hashes=" ".join(f"'sha256-{_sha256(script)}'" for script in (own, vis)),
        style_hash=f"'sha256-{_sha256(_asset('page.css'))}'",
        vis=_pack(vis),
        facts=facts_of(picture, contents),
        notes=abstract_notes(picture),
    )
    network.templateEnv.filters["block"] = _block
    page: str = network.generate_html()
    return page.encode()


def _network() -> Any:  # noqa: ANN401 - pyvis has no types
    """Make an empty pyvis network that renders our template; directed, so that no edge swallows another."""
    from pyvis.network import Network  # noqa: PLC0415 - half a second to import

    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(files(__package__).joinpath("assets")), "page.html")
    network.templateEnv.autoescape = True
    network.options = _OPTIONS
    return network


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _own_script() -> str:
    return '"use strict";\n' + "\n".join(_asset(name) for name in _SCRIPTS)


def _vis_script() -> str:
    """Take vis-network from pyvis, without the address of its source map, which a debugger would fetch."""
    code = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return code.partition("\n//# sourceMappingURL=")[0]


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _pack(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _block(data: Json, name: str) -> str:
    """Write data as a script element that is data to every browser, packed where it is long."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    if len(text) > _PLAIN_LIMIT:
        return f'<script type="text/plain" id="{name}" data-packed>{_pack(text)}</script>'
    return f'<script type="application/json" id="{name}">{text}</script>'
