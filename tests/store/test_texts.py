"""Rows as texts say what their terms say, whatever characters they hold."""

from hypothesis import example, given
from hypothesis import strategies as st

from kg.namespaces import XSD
from kg.rdf import Literal, NamedNode, Quad
from kg.store import Graph

_PLACE = NamedNode("https://example.org/place")
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_LITERALS = st.one_of(
    _TEXTS.map(Literal),
    _TEXTS.map(lambda text: Literal(text, language="en")),
    st.integers().map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.booleans().map(lambda value: Literal(str(value).lower(), datatype=XSD.boolean)),
    st.just(NamedNode("https://example.org/a,b;c\u00e9")),
)


@given(st.lists(_LITERALS, max_size=6))
@example([Literal('\t\n\r"\\\b\f\x00\u2028\x85'), Literal("\\n"), Literal('a"b,c'), Literal("")])
def test_rows_as_texts_are_the_values_of_rows_of_terms(values: list[Literal | NamedNode]) -> None:
    quads = (Quad(NamedNode(f"{_PLACE.value}/{at}"), _PLACE, value, _PLACE) for at, value in enumerate(values))
    graph = Graph.of(quads)
    query = "SELECT ?s ?o ?nothing { ?s ?p ?o }"

    rows = [[row[name].value if row[name] else "" for name in ("s", "o", "nothing")] for row in graph.select(query)]  # type: ignore[union-attr]

    assert sorted(graph.texts(query)) == sorted(rows)
    assert len(rows) == len(values)
