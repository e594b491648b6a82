"""Values of rows as texts, which skip the making of terms."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.namespaces import RDFS, XSD
from kg.store import Graph

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_VALUES = st.one_of(
    _TEXT.map(Literal),
    _TEXT.map(lambda text: Literal(text, language="en-GB")),
    _TEXT.map(lambda text: Literal(text, datatype=XSD.date)),
    st.integers(-99, 99).map(Literal),
    st.decimals(-9, 9, places=2).map(lambda number: Literal(str(number), datatype=XSD.decimal)),
    st.booleans().map(Literal),
    st.sampled_from(["https://example.org/a,b", "data:text/html,x", "urn:x:'y'"]).map(NamedNode),
)


@given(st.lists(_VALUES, max_size=8))
@settings(max_examples=150, deadline=None)
def test_texts_are_the_values_that_select_gives(values: list[Literal | NamedNode]) -> None:
    graph = Graph.of(Quad(NamedNode(f"urn:s:{n}"), RDFS.label, value) for n, value in enumerate(values))
    query = "SELECT ?s ?o WHERE { ?s ?p ?o }"

    rows = [[term.value for term in row.values() if term is not None] for row in graph.select(query)]
    assert sorted(graph.texts(query)) == sorted(rows)


def test_what_is_unbound_is_empty_and_a_blank_node_keeps_its_name_within_a_graph() -> None:
    node = BlankNode("b")
    graph = Graph.of([Quad(node, RDFS.label, Literal("a")), Quad(NamedNode("urn:s"), RDFS.seeAlso, node)])

    assert graph.texts("SELECT ?o ?none WHERE { ?s rdfs:label ?o }") == [["a", ""]]
    assert graph.texts("SELECT ?s WHERE { ?s rdfs:label ?o }") == graph.texts("SELECT ?o WHERE { ?s rdfs:seeAlso ?o }")
