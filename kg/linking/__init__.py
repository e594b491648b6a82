"""Linking: which names are one concept, and where it stands in the vocabularies."""

from kg.linking.finding import find_names
from kg.linking.grounding import Grounding, Step, agreed, ground_use
from kg.linking.hierarchy import looks_of, without_cycles
from kg.linking.index import LinkIndex
from kg.linking.joining import join_names, keys
from kg.linking.linking import link
from kg.linking.making import concept_of
from kg.linking.names import Name, Use, name_iri, name_of, names_of, namings_of, said_of, use_of, with_bare
from kg.linking.placing import Placing
from kg.linking.settling import settle

__all__ = [
    "Grounding",
    "LinkIndex",
    "Name",
    "Placing",
    "Step",
    "Use",
    "agreed",
    "concept_of",
    "find_names",
    "ground_use",
    "join_names",
    "keys",
    "link",
    "looks_of",
    "name_iri",
    "name_of",
    "names_of",
    "namings_of",
    "said_of",
    "settle",
    "use_of",
    "with_bare",
    "without_cycles",
]
