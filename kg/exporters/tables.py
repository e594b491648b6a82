"""A graph as tables: which there are, their columns, and where in the graph each column comes from.

Formats that hold rows or attributes are made of these: Parquet, CSV, Neo4j, GraphML, GEXF, Cytoscape, KGX. A column
is a SPARQL property path from the node that the row is about, so that what a table holds is told in one place, and
what it does not hold can be told from it (`kg.exporters.loss`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.namespaces import KG
from kg.rdf import NamedNode
from kg.records import Kind

__all__ = [
    "AUTHORS",
    "AUTHORSHIPS",
    "CLAIMS",
    "CONCEPTS",
    "EVIDENCE",
    "MENTIONS",
    "PAPERS",
    "RESULTS",
    "RUNS",
    "SENTENCES",
    "SIZES",
    "TABLES",
    "Column",
    "Holds",
    "Table",
]


class Holds(StrEnum):
    """What a column holds; of several values where one is expected, it holds the first.

    A term is a class or property of our ontology by its name in it, of another one by its IRI.
    """

    TEXT = "text"
    TERM = "term"
    TEXTS = "texts"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: In the header.
        path: From the row's node to the values, a SPARQL 1.1 property path.
        holds: The type of a cell.
    """

    name: str
    path: str
    holds: Holds = Holds.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row for each node of its classes.

    Attributes:
        name: In file names.
        classes: Where there are several, the column ``kind`` tells which.
        columns: What is told of a node.
    """

    name: str
    classes: tuple[NamedNode, ...]
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[Column, ...]:
        """All columns, with those that tell which node a row is about and of what kind it is."""
        kind = (Column("kind", "rdf:type", Holds.TERM),) if len(self.classes) > 1 else ()
        return (Column("iri", ""), *kind, *self.columns) if self.classes else self.columns


def _columns(holds: Holds, **paths: str) -> tuple[Column, ...]:
    return tuple(Column(name, path, holds) for name, path in paths.items())


_SOURCE = "(prov:wasDerivedFrom/oa:hasSource|prov:wasDerivedFrom/oa:hasTarget/oa:hasSource)/^kg:hasText"

PAPERS: Final = Table(
    "papers",
    (KG.Paper,),
    (
        *_columns(Holds.TEXT, title="dcterms:title", identifier="dcterms:identifier", date="dcterms:issued"),
        *_columns(Holds.TEXT, doi="bibo:doi", pmid="bibo:pmid", arxiv="fabio:hasArXivID"),
        *_columns(Holds.TEXT, abstract="dcterms:abstract", description="dcterms:description"),
        *_columns(Holds.TEXT, abstract_note="kg:abstractNote", retraction="kg:retraction"),
        *_columns(Holds.TEXT, licence="dcterms:license", source="dcterms:source"),
        *_columns(Holds.TEXTS, categories="kg:category", affiliations="kg:affiliation", same_as="schema:sameAs"),
        *_columns(Holds.TEXTS, code="kg:hasCode", data="kg:hasData", links="rdfs:seeAlso"),
        *_columns(Holds.BOOLEAN, code_available="kg:codeAvailable", authors_complete="kg:authorsComplete"),
    ),
)
AUTHORS: Final = Table(
    "authors",
    (KG.Author,),
    (
        *_columns(Holds.TEXT, name="foaf:name", orcid="owl:sameAs"),
        *_columns(Holds.TEXTS, affiliations="kg:affiliation"),
    ),
)
CONCEPTS: Final = Table(
    "concepts",
    tuple(KG[kind.value] for kind in Kind),
    (
        *_columns(Holds.TEXT, label="skos:prefLabel", definition="skos:definition"),
        *_columns(Holds.TEXTS, other_labels="skos:altLabel", abbreviations="kg:abbreviation", broader="skos:broader"),
        *_columns(Holds.TEXTS, exact_matches="skos:exactMatch", close_matches="skos:closeMatch"),
        *_columns(Holds.TEXTS, broad_matches="skos:broadMatch", related_matches="skos:relatedMatch"),
        *_columns(Holds.BOOLEAN, higher_is_better="kg:higherIsBetter"),
        *_columns(Holds.DECIMAL, minimum="kg:minimum", maximum="kg:maximum"),
        *_columns(Holds.TEXTS, notes="skos:note", versions="dcterms:hasVersion", pages="dcat:landingPage"),
    ),
)
CLAIMS: Final = Table(
    "claims",
    (KG.Assertion,),
    (
        *_columns(Holds.TEXT, subject="rdf:subject", object="rdf:object"),
        *_columns(Holds.TERM, predicate="rdf:predicate", status="kg:status"),
        *_columns(Holds.DECIMAL, confidence="kg:confidence"),
        *_columns(Holds.INTEGER, support="kg:support"),
        *_columns(Holds.TEXTS, papers=f"^kg:supports/{_SOURCE}", sentences="^kg:supports/prov:wasDerivedFrom/oa:exact"),
    ),
)
EVIDENCE: Final = Table(
    "evidence",
    (KG.Evidence,),
    (
        *_columns(Holds.TEXT, claim="kg:supports", paper=_SOURCE, run="prov:wasGeneratedBy"),
        *_columns(Holds.DECIMAL, confidence="kg:confidence"),
        *_columns(Holds.TEXTS, sources="prov:wasDerivedFrom", sentences="prov:wasDerivedFrom/oa:exact"),
    ),
)
RESULTS: Final = Table(
    "results",
    (KG.Result,),
    (
        *_columns(Holds.TEXT, paper="kg:reportedIn", method="kg:ofMethod", dataset="kg:onDataset", task="kg:forTask"),
        *_columns(Holds.TEXT, metric="mls:specifiedBy", metric_text="kg:metricText", printed="kg:printed"),
        *_columns(Holds.DECIMAL, value="mls:hasValue", value_max="kg:valueMax", normalised="kg:normalisedValue"),
        *_columns(Holds.DECIMAL, deviation="kg:deviation"),
        *_columns(Holds.DECIMAL, ci_low="kg:ciLow", ci_high="kg:ciHigh", ci_level="kg:ciLevel"),
        *_columns(Holds.TEXT, unit="kg:unit", comparator="kg:comparator", condition="kg:condition"),
        *_columns(Holds.TEXT, kind="kg:resultKind", sentence="kg:inSentence/oa:exact"),
        *_columns(Holds.TERM, status="kg:status"),
        *_columns(Holds.DECIMAL, confidence="kg:confidence"),
        *_columns(Holds.INTEGER, start="oa:start", end="oa:end"),
    ),
)
SIZES: Final = Table(
    "sizes",
    (KG.Size,),
    (
        *_columns(Holds.TEXT, paper="kg:reportedIn", dataset="kg:ofDataset", of="kg:countOf"),
        *_columns(Holds.DECIMAL, count="kg:count"),
    ),
)
MENTIONS: Final = Table(
    "mentions",
    (KG.Mention,),
    (
        *_columns(Holds.TEXT, paper="oa:hasTarget/oa:hasSource/^kg:hasText", concept="oa:hasBody"),
        *_columns(Holds.TEXT, text="oa:hasTarget/oa:hasSelector/oa:exact"),
        *_columns(Holds.INTEGER, start="oa:hasTarget/oa:hasSelector/oa:start"),
        *_columns(Holds.INTEGER, end="oa:hasTarget/oa:hasSelector/oa:end"),
        *_columns(Holds.DECIMAL, confidence="kg:confidence"),
    ),
)
SENTENCES: Final = Table(
    "sentences",
    (KG.Sentence,),
    (
        *_columns(Holds.TEXT, paper="oa:hasSource/^kg:hasText", text="oa:exact"),
        *_columns(Holds.INTEGER, start="oa:start", end="oa:end"),
    ),
)
RUNS: Final = Table(
    "runs",
    (KG.ExtractionActivity,),
    (
        *_columns(Holds.TEXT, software="prov:wasAssociatedWith/schema:name"),
        *_columns(Holds.TEXT, version="prov:wasAssociatedWith/schema:softwareVersion"),
        *_columns(Holds.TEXT, vocabulary_hash="kg:vocabularyHash", configuration_hash="kg:configurationHash"),
        *_columns(Holds.TEXT, model_hash="kg:modelHash"),
    ),
)
AUTHORSHIPS: Final = Table(
    "authorships",
    (),
    (
        Column("paper", "^dcterms:creator"),
        Column("author", "dcterms:creator"),
        Column("position", "bibo:authorList", Holds.INTEGER),
    ),
)
"""Who wrote what, at which place in the list of authors; a row is about no node."""

TABLES: Final = (
    *(PAPERS, AUTHORS, AUTHORSHIPS, CONCEPTS, CLAIMS, EVIDENCE, RESULTS, SIZES, MENTIONS, SENTENCES, RUNS),
)
"""All tables: together they hold what a graph that `kg` built holds."""
