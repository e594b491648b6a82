"""The explorer: one HTML page that shows a graph, its evidence and its comparisons, without a server.

The page reads its data through `web/source.js` alone: from its own blocks, and, where it is served, from the server
what it left out.
"""

from kg.exporters.explorer.about import Published
from kg.exporters.explorer.around import tell_around, tell_named
from kg.exporters.explorer.page import render_explorer

__all__ = ["Published", "render_explorer", "tell_around", "tell_named"]
