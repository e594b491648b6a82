"""Build an RDF knowledge graph, with evidence for every claim, from the abstracts of papers.

The stages, in the order data takes: :mod:`kg.readers`, :mod:`kg.extraction`, :mod:`kg.linking`,
:mod:`kg.mapping`, :mod:`kg.store`; then :mod:`kg.queries` and :mod:`kg.exporters` read the graph.
They meet in :mod:`kg.pipeline`.

From Python, `build`, `open` and `read_papers` of :mod:`kg.api` are all one needs; they are loaded when first named,
so that ``import kg`` is quick.
"""

from importlib import import_module

__all__ = ["KnowledgeGraph", "__version__", "build", "open", "read_papers"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
