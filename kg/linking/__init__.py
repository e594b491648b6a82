"""Linking: which names are one concept, and where it stands in the vocabularies."""

from kg.linking.finding import find_names
from kg.linking.index import LinkIndex
from kg.linking.linking import link
from kg.linking.names import Name, names_of
from kg.linking.settling import settle

__all__ = ["LinkIndex", "Name", "find_names", "link", "names_of", "settle"]
