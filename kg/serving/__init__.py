"""A graph over HTTP: the SPARQL 1.1 protocols, and a page for each node, safe enough to be left running.

The server process speaks HTTP and never touches the engine; worker processes run the queries and can be killed.
`serve` puts them together.
"""

from kg.serving.running import Options, serve
from kg.serving.service import Limits

__all__ = ["Limits", "Options", "serve"]
