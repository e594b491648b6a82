from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.linking import link
from kg.mapping import Iris, Run
from kg.namespaces import KG
from kg.records import Annotation, Claim, Entity, Kind, Paper, Role, Status
from kg.store import Graph
from kg.vocabulary import shipped_vocabulary
from tests.cases import ANNOTATION, PAPER, span
from tests.mapping.cases import quads_of

RUN = Run("0", "v", "c")
IRIS = Iris()


def graph_of(*records: tuple[Paper, Annotation]) -> Graph:
    linking = link([annotation for _, annotation in records], shipped_vocabulary())
    return Graph.of(quads_of(records, linking, RUN, IRIS))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of((PAPER, ANNOTATION))


def values(graph: Graph, query: str) -> list[tuple[str, ...]]:
    answer = graph.query(query)
    return sorted(tuple(term.value if term else "" for term in row.values()) for row in answer.rows())


def test_a_paper_keeps_its_bibliography(graph: Graph) -> None:
    found = values(
        graph, "SELECT ?date ?doi ?source { ?p dcterms:issued ?date ; bibo:doi ?doi ; dcterms:source ?source }"
    )

    assert found == [("2024-03-09", "10.5555/Brook.1", "Cy Mill")]


def test_every_author_is_a_creator_but_only_placed_ones_are_in_the_list(graph: Graph) -> None:
    creators = values(graph, "SELECT ?name { ?p dcterms:creator/foaf:name ?name }")
    listed = values(graph, "SELECT ?place ?name { ?p bibo:authorList [ ?place [ foaf:name ?name ] ] }")

    assert creators == [("Ada Weir",), ("Bo Ford",), ("Cy Mill",)]
    assert [(place[-2:], name) for place, name in listed] == [("_1", "Ada Weir"), ("_2", "Bo Ford")]


def test_an_orcid_makes_the_authors_iri(graph: Graph) -> None:
    assert values(graph, "SELECT ?a ?o { ?a owl:sameAs ?o }") == [
        ("https://example.org/kg/id/author/orcid/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097")
    ]


@pytest.mark.parametrize(
    ("predicate", "label"),
    [
        ("kg:proposes", "BrookNet"),
        ("kg:uses", "U-Net"),
        ("kg:targetsDisease", "gallstone"),
        ("kg:hasModality", "chest CT"),
        ("kg:usesDataset", "RIVER-5"),
        ("kg:reportsMetric", "Dice"),
    ],
)
def test_a_role_is_a_plain_triple(graph: Graph, predicate: str, label: str) -> None:
    assert (label,) in values(graph, f"SELECT ?label {{ ?p a kg:Paper ; {predicate} [ skos:prefLabel ?label ] }}")


def test_what_is_not_asserted_has_an_assertion_but_no_plain_triple(graph: Graph) -> None:
    query = "SELECT ?s ?p ?o ?status { ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status }"
    rows = values(graph, query)

    assert {status.rpartition("#")[2] for *_, status in rows} == {"asserted", "background", "negated"}
    for subject, predicate, obj, status in rows:
        plain = graph.query(f"ASK {{ <{subject}> <{predicate}> <{obj}> }}").boolean
        assert plain == status.endswith("asserted")


def test_evidence_leads_from_a_claim_to_its_sentence_and_mentions(graph: Graph) -> None:
    query = """SELECT ?confidence ?sentence ?quote {
        ?a rdf:predicate kg:partOf . ?e kg:supports ?a ; kg:confidence ?confidence ; prov:wasDerivedFrom ?m, ?s .
        ?s a kg:Sentence ; oa:exact ?sentence . ?m oa:hasTarget/oa:hasSelector/oa:exact ?quote }"""

    sentence = "We propose BrookNet, a U-Net with pebble attention."
    quotes = ["BrookNet", "BrookNet", "pebble attention"]
    assert values(graph, query) == [("0.5", sentence, quote) for quote in quotes]


def test_every_quote_is_the_text_at_its_offsets(graph: Graph) -> None:
    query = """SELECT ?text ?start ?end ?exact {
        ?target oa:hasSource/rdf:value ?text ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] ;
            oa:hasSelector [ oa:exact ?exact ] }"""
    rows = values(graph, query)

    assert len(rows) == sum(len(entity.mentions) for entity in ANNOTATION.entities)
    assert all(text[int(start) : int(end)] == exact for text, start, end, exact in rows)


def test_a_result_keeps_the_number_as_printed(graph: Graph) -> None:
    query = """SELECT ?value ?printed ?unit ?method ?metric ?data {
        ?p kg:reportsResult ?r . ?r mls:hasValue ?value ; kg:printed ?printed ; kg:unit ?unit ;
            kg:ofMethod/skos:prefLabel ?method ; mls:specifiedBy/skos:prefLabel ?metric ;
            kg:onDataset/skos:prefLabel ?data }"""

    assert values(graph, query) == [("84.1", "84.10", "%", "BrookNet", "Dice", "RIVER-5")]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ASSERTED])
def test_what_is_not_asserted_is_no_fact(status: Status) -> None:
    claims = tuple(msgspec.structs.replace(one, status=status) for one in ANNOTATION.claims or ())
    results = tuple(msgspec.structs.replace(one, status=status) for one in ANNOTATION.results)

    graph = graph_of((PAPER, msgspec.structs.replace(ANNOTATION, claims=claims, results=results)))

    assert not graph.query("ASK { ?p kg:proposes|kg:partOf|kg:hasModality|kg:reportsResult ?o }").boolean
    assert values(graph, "SELECT DISTINCT ?s { ?a rdf:predicate kg:partOf ; kg:status ?s }") == [(KG[status].value,)]
    assert values(graph, "SELECT ?s { ?r a kg:Result ; kg:reportedIn ?p ; kg:status ?s }") == [(KG[status].value,)]


def test_a_text_that_is_not_the_authors_is_a_description_with_a_note() -> None:
    retold = msgspec.structs.replace(PAPER, abstract_note="retold")

    assert values(graph_of((retold, ANNOTATION)), "SELECT ?n { ?p dcterms:description ?d ; kg:abstractNote ?n }") == [
        ("retold",)
    ]
    assert not graph_of((retold, ANNOTATION)).query("ASK { ?p dcterms:abstract ?a }").boolean


def test_licence_retraction_and_openalex_id_stand_at_the_paper() -> None:
    told = msgspec.structs.replace(PAPER, openalex="W7", licence="CC-BY-4.0", retraction="10.5555/brook.r1")

    assert values(
        graph_of((told, ANNOTATION)),
        "SELECT ?same ?licence ?why { ?p schema:sameAs ?same ; dcterms:license ?licence ; kg:retraction ?why }",
    ) == [("https://openalex.org/W7", "CC-BY-4.0", "10.5555/brook.r1")]


def test_a_licence_given_as_an_address_is_one_in_the_graph() -> None:
    told = msgspec.structs.replace(PAPER, licence="https://creativecommons.org/licenses/by/4.0/")

    assert graph_of((told, ANNOTATION)).query("ASK { ?p dcterms:license ?l FILTER isIRI(?l) }").boolean


def test_a_paper_without_an_abstract_is_told_of_by_its_title() -> None:
    graph = graph_of((Paper("x", "Stones in CT", ""), Annotation("x", claims=())))

    assert values(graph, "SELECT ?t { ?p a kg:Paper ; dcterms:title ?t }") == [("Stones in CT",)]
    assert not graph.query("ASK { ?p dcterms:abstract|dcterms:description ?a }").boolean


def test_support_counts_papers_and_confidence_grows_with_it() -> None:
    other = msgspec.structs.replace(PAPER, id="other", doi="10.5555/other")
    graph = graph_of((PAPER, ANNOTATION), (other, msgspec.structs.replace(ANNOTATION, id="other")))

    query = (
        "SELECT ?support ?confidence { ?a rdf:predicate kg:partOf ; kg:support ?support ; kg:confidence ?confidence }"
    )
    assert values(graph, query) == [("2", "0.75")]


def test_a_record_written_by_hand_means_what_it_says() -> None:
    by_hand = Annotation(
        "brook",
        (
            Entity(Kind.METHOD, "BrookNet", ("BrookNet",), Role.PROPOSED),
            Entity(Kind.MODALITY, "MRI", ("MRI",), Role.MENTIONED),
        ),
    )

    graph = graph_of((PAPER, by_hand))

    assert values(graph, "SELECT ?q { ?m a kg:Mention ; oa:hasTarget/oa:hasSelector/oa:exact ?q }") == [
        ("BrookNet",),
        ("BrookNet",),
        ("MRI",),
    ]
    assert values(graph, "SELECT ?c { ?a a kg:Assertion ; kg:confidence ?c ; kg:status kg:asserted }") == [("1",)]


def test_two_names_of_one_concept_have_the_stronger_role() -> None:
    both = Annotation(
        "brook",
        (
            Entity(Kind.MODALITY, "chest CT", ("chest CT",), Role.MENTIONED),
            Entity(Kind.MODALITY, "Chest CTs", ("Chest CT",), Role.STUDIED),
        ),
    )

    rows = values(graph_of((PAPER, both)), "SELECT ?p { ?a a kg:Assertion ; rdf:predicate ?p }")

    assert [predicate.rpartition("#")[2] for (predicate,) in rows] == ["hasModality"]


@dataclass(frozen=True)
class Wrong:
    """An annotation that does not fit its paper's text."""

    entity: Entity
    claims: tuple[Claim, ...] | None = None


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong(Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED, (span("BrookNet"),))),
        Wrong(Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED, ((5, 10_000),))),
        Wrong(Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED), (Claim(None, "used", "U-Net", sentence=(9, 3)),)),
    ],
    ids=["quote differs", "outside the text", "sentence reversed"],
)
def test_evidence_that_is_not_in_the_text_fails_the_build(wrong: Wrong) -> None:
    with pytest.raises(GraphError, match="paper brook"):
        graph_of((PAPER, Annotation("brook", (wrong.entity,), claims=wrong.claims)))


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_any_text_makes_a_graph_without_blank_nodes_that_can_be_written(title: str, abstract: str) -> None:
    paper = Paper("x", title, abstract)
    graph = graph_of((paper, Annotation("x")))

    lines = [str(quad) for quad in graph.quads()]
    assert not any("_:" in line.split('"')[0] for line in lines)


def test_a_result_tells_where_its_number_stands(graph: Graph) -> None:
    start, end = span("84.10")

    found = values(graph, "SELECT ?start ?end { ?r a kg:Result ; oa:start ?start ; oa:end ?end }")

    assert found == [(str(start), str(end))]


@pytest.mark.parametrize(
    "place", [span("Dice"), (5000, 5005), (-6, -1)], ids=["other words", "outside", "from the end"]
)
def test_a_result_whose_number_stands_elsewhere_is_refused(place: tuple[int, int]) -> None:
    moved = msgspec.structs.replace(ANNOTATION.results[0], span=place)

    with pytest.raises(GraphError, match=r"is not the value '84.10'; mend the annotation"):
        graph_of((PAPER, msgspec.structs.replace(ANNOTATION, results=(moved,))))
