"""The explorer: one HTML page that shows a graph, its evidence and its comparisons, without a server.

The page reads its data through `web/source.js` alone; a server that expands large graphs on demand would replace that
module and nothing else.
"""

from kg.exporters.explorer.about import Published
from kg.exporters.explorer.page import render_explorer

__all__ = ["Published", "render_explorer"]
