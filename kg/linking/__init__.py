"""Linking: which names are one concept, and where it stands in the vocabularies."""

from kg.linking.finding import find_names
from kg.linking.linking import link
from kg.linking.names import Name, names_of

__all__ = ["Name", "find_names", "link", "names_of"]
