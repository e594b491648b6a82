"""The RDF terms we write: closed namespaces, so that a misspelt term fails when it is named.

``KG`` holds the classes and properties of ``ontology/kg.ttl``; a test keeps the two equal.
"""

from collections.abc import Iterator
from typing import Final

from kg.rdf import NamedNode

__all__ = [
    "BIBO",
    "DATA_IRI",
    "DCAT",
    "DCTERMS",
    "FABIO",
    "FOAF",
    "KG",
    "MLS",
    "NS_IRI",
    "OA",
    "OPENALEX",
    "ORCID",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "XSD",
    "Namespace",
]

NS_IRI: Final = "https://example.org/kg/ns#"
"""Our classes and properties, until a name is registered."""

DATA_IRI: Final = "https://example.org/kg/id/"
"""Our data and vocabularies, until a name is registered; ``--base-iri`` sets another for data."""


class Namespace:
    """The terms of one vocabulary as attributes, and by name as items.

    >>> RDF.type.value
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    """

    def __init__(self, iri: str, names: str) -> None:
        self.iri = iri
        self._terms = {name: NamedNode(iri + name) for name in names.split()}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            raise AttributeError(f"{name!r} is no term of <{self.iri}>") from None

    def __getitem__(self, name: str) -> NamedNode:
        return self._terms[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)


KG: Final = Namespace(
    NS_IRI,
    # classes
    "Paper Author Method Dataset Modality Disease Task Metric Anatomy Result Size Text Mention Sentence Assertion "
    "Evidence ExtractionActivity Retraction Decision Status "
    # a paper and what it does
    "proposes uses comparedWith introduces usesDataset addressesTask reportsMetric hasModality targetsDisease "
    "imagesAnatomy mentions reportsResult reportsSize hasCode hasData codeAvailable authorsComplete affiliation "
    "category hasText abstractNote retraction "
    # between concepts
    "partOf basedOn evaluatedOn trainedOn narrowerThan coversDisease "
    # concepts
    "abbreviation ambiguousLabel higherIsBetter minimum maximum "
    # results and sizes
    "ofMethod onDataset forTask unit valueMax normalisedValue deviation ciLow ciHigh ciLevel comparator condition "
    "resultKind reportedIn printed metricText count countOf ofDataset "
    # claims and evidence
    "supports inSentence confidence support status asserted negated hypothesised background "
    "modelHash vocabularyHash configurationHash "
    # what people decided
    "verdict decidedIn claimSubject claimPredicate claimObject",
)
RDF: Final = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object value reifies Seq Statement Property"
)
RDFS: Final = Namespace(
    "http://www.w3.org/2000/01/rdf-schema#", "label comment seeAlso subClassOf subPropertyOf domain range Class"
)
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#", "sameAs Ontology Class NamedIndividual versionIRI versionInfo")
XSD: Final = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer decimal date dateTime gYearMonth gYear anyURI",
)
SKOS: Final = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme inScheme prefLabel altLabel hiddenLabel definition broader exactMatch closeMatch note "
    "broadMatch relatedMatch",
)
DCTERMS: Final = Namespace(
    "http://purl.org/dc/terms/",
    "title issued creator abstract description identifier source license subject hasVersion",
)
PROV: Final = Namespace(
    "http://www.w3.org/ns/prov#",
    "Entity Activity Agent SoftwareAgent wasDerivedFrom wasGeneratedBy wasAssociatedWith wasInvalidatedBy used "
    "wasAttributedTo generatedAtTime wasInfluencedBy",
)
OA: Final = Namespace(
    "http://www.w3.org/ns/oa#",
    "Annotation TextPositionSelector TextQuoteSelector SpecificResource hasBody hasTarget hasSource hasSelector start "
    "end exact prefix suffix motivatedBy identifying",
)
BIBO: Final = Namespace("http://purl.org/ontology/bibo/", "doi pmid authorList")
FABIO: Final = Namespace("http://purl.org/spar/fabio/", "hasArXivID")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/", "name Person")
SCHEMA: Final = Namespace("http://schema.org/", "name ScholarlyArticle sameAs softwareVersion")
MLS: Final = Namespace("http://www.w3.org/ns/mls#", "hasValue specifiedBy ModelEvaluation")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#", "landingPage Dataset")
OPENALEX: Final = "https://openalex.org/"
ORCID: Final = "https://orcid.org/"

PREFIXES: Final = {
    "bibo": BIBO.iri,
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "fabio": FABIO.iri,
    "foaf": FOAF.iri,
    "kg": KG.iri,
    "mls": MLS.iri,
    "oa": OA.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "skos": SKOS.iri,
    "xsd": XSD.iri,
}
"""Prefixes of every file we write and every query we run."""
