from kg.api import KnowledgeGraph, build, open, read_papers  # noqa: A004 - it is called kg.open

__all__ = ["KnowledgeGraph", "__version__", "build", "open", "read_papers"]

__version__: str
