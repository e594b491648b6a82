"""Linking: which names are one concept, and where it stands in the vocabularies."""

from kg.linking.linking import link

__all__ = ["link"]
