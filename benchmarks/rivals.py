"""The same graph as a page of pyvis, as it comes, and of force-graph; both get our places, and simulate nothing.

pyvis' slow way of adding nodes one by one is passed by; what is measured is what its page does in a browser.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from kg.exporters.picture.making import Picture

__all__ = ["force_graph_page", "pyvis_page"]

_FORCE_GRAPH: Final = "force-graph@1.52.0"
_COLOURS: Final = {
    "Paper": "#33353c",
    "Method": "#0072b2",
    "Dataset": "#e69f00",
    "Modality": "#cc79a7",
    "Disease": "#d55e00",
    "Task": "#009e73",
    "Metric": "#d6c115",
    "Anatomy": "#56b4e9",
}
_PAGE: Final = """<!doctype html><meta charset="utf-8"><title>force-graph</title>
<style>body {{ margin: 0 }}</style><div id="graph"></div><script>{library}</script><script>
const data = {data};
new ForceGraph(document.getElementById("graph")).graphData(data).cooldownTicks(0).nodeColor("color")
  .nodeLabel("label").linkDirectionalArrowLength(3).zoom({zoom}).centerAt(0, 0);
</script>"""


def pyvis_page(picture: Picture, places: list[tuple[int, int]]) -> str:
    """Draw the picture with pyvis' own template."""
    from pyvis.network import Network  # noqa: PLC0415 - half a second to import

    network: Any = Network(directed=True, cdn_resources="in_line", height="800px")
    network.nodes = [
        {"id": n, "label": node.label, "x": x, "y": y, "color": _COLOURS[node.type], "shape": "dot", "size": 8}
        for n, (node, (x, y)) in enumerate(zip(picture.nodes, places, strict=True))
    ]
    network.edges = [{"from": each.subject, "to": each.object, "arrows": "to"} for each in picture.statements]
    network.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}}')
    page: str = network.generate_html()
    return page


def force_graph_page(picture: Picture, places: list[tuple[int, int]]) -> str | None:
    """Draw the picture with force-graph, from the npm registry; None where it cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", _FORCE_GRAPH]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)  # noqa: S603 - a constant
        except (OSError, subprocess.SubprocessError):
            return None
        library = Path(folder, "node_modules/force-graph/dist/force-graph.min.js").read_text("utf-8")
    nodes = [
        {"id": n, "label": node.label, "fx": x, "fy": y, "x": x, "y": y, "color": _COLOURS[node.type]}
        for n, (node, (x, y)) in enumerate(zip(picture.nodes, places, strict=True))
    ]
    links = [{"source": each.subject, "target": each.object} for each in picture.statements]
    data = json.dumps({"nodes": nodes, "links": links}).replace("<", "\\u003c")
    width = max(x for x, _ in places) - min(x for x, _ in places)
    return _PAGE.format(library=library.replace("</script", "<\\/script"), data=data, zoom=round(1000 / width, 4))
