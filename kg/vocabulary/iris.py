"""The IRIs behind the ids of vocabularies.

An id with a prefix that we do not know is taken for one of the OBO Foundry, as its rules say
(http://obofoundry.org/id-policy): ``HP:0000118`` is <http://purl.obolibrary.org/obo/HP_0000118>.
"""

import re
from typing import Final
from urllib.parse import quote

from kg.rdf import NamedNode
from kg.text import slug

__all__ = ["PREFIXES", "concept_iri", "exact_iri", "match_iri"]

_OBO: Final = "http://purl.obolibrary.org/obo/"
PREFIXES: Final = {
    "doid": f"{_OBO}DOID_",
    "efo": "http://www.ebi.ac.uk/efo/EFO_",
    "hp": f"{_OBO}HP_",
    "mondo": f"{_OBO}MONDO_",
    "nci": f"{_OBO}NCIT_",
    "ncit": f"{_OBO}NCIT_",
    "uberon": f"{_OBO}UBERON_",
    "dcm": "http://dicom.nema.org/resources/ontology/DCM/",
    "icd10cm": "http://purl.bioontology.org/ontology/ICD10CM/",
    "icd9cm": "http://purl.bioontology.org/ontology/ICD9CM/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "mim": "https://omim.org/entry/",
    "omim": "https://omim.org/entry/",
    "orcid": "https://orcid.org/",
    "ordo": "http://www.orpha.net/ORDO/Orphanet_",
    "orphanet": "http://www.orpha.net/ORDO/Orphanet_",
    "rid": "http://radlex.org/RID/RID",
    "radlex": "http://radlex.org/RID/",
    "sctid": "http://snomed.info/id/",
    "snomedct": "http://snomed.info/id/",
    "umls": "https://uts.nlm.nih.gov/uts/umls/concept/",
    "umls_cui": "https://uts.nlm.nih.gov/uts/umls/concept/",
    "wikidata": "http://www.wikidata.org/entity/",
}
"""Namespaces that other systems use in RDF, by prefix in small letters."""

_SCHEME = re.compile(r"(?:https?|urn|ftp|info|tag|file):\S+")
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w.\-]*):(?P<local>[^\s/:][^\s:]*)")
_RELEASE = re.compile(r"_us(?:_\d{4}_\d\d_\d\d)?$")
"""Some ids carry the release of their source: ``SNOMEDCT_US_2025_09_01:64572001``."""

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|\\^`]')


def concept_iri(written: str, base: str) -> str:
    """Make the IRI of a concept of its id; one without a scheme or prefix stands under the base.

    >>> concept_iri("DOID:4", "https://lab.example/"), concept_iri("heart attack", "https://lab.example/")
    ('http://purl.obolibrary.org/obo/DOID_4', 'https://lab.example/heart-attack')
    """
    local = slug(written)
    return exact_iri(written) or base + (local if local == written or " " in written else quote(written, safe=""))


def exact_iri(written: str) -> str | None:
    """Make the IRI of an exact match of its id; None where it has neither scheme nor prefix.

    >>> exact_iri("HP:0000118"), exact_iri("heart attack")
    ('http://purl.obolibrary.org/obo/HP_0000118', None)
    """
    curie = _CURIE.fullmatch(written)
    return match_iri(written) or (_valid(f"{_OBO}{curie['prefix']}_{curie['local']}") if curie else None)


def match_iri(written: str) -> str | None:
    """Make the IRI of a cross-reference; None where we do not know the namespace, since many are no ids of concepts.

    >>> match_iri("MESH:D004194"), match_iri("SNOMEDCT_US_2025_09_01:64572001"), match_iri("seen in 2019")
    ('http://id.nlm.nih.gov/mesh/D004194', 'http://snomed.info/id/64572001', None)
    """
    if _SCHEME.fullmatch(written):
        return _valid(written)
    curie = _CURIE.fullmatch(written)
    known = PREFIXES.get(_RELEASE.sub("", curie["prefix"].lower())) if curie else None
    return _valid(known + curie["local"]) if curie and known else None


def _valid(iri: str) -> str | None:
    """Encode the characters that no IRI may have; None where that is not enough."""
    safe = _UNSAFE.sub(lambda found: quote(found[0], safe=""), iri)
    try:
        return NamedNode(safe).value
    except ValueError:
        return None
