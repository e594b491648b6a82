"""Build an RDF knowledge graph, with evidence for every claim, from the abstracts of papers.

The stages, in the order data takes: :mod:`kg.readers`, :mod:`kg.extraction`, :mod:`kg.linking`,
:mod:`kg.mapping`, :mod:`kg.store`; then :mod:`kg.queries` and :mod:`kg.exporters` read the graph.
They meet in :mod:`kg.pipeline`.
"""

__version__ = "0.1.0"
