import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import UnknownNameError
from kg.exporters import EXPORTERS, exporter
from kg.namespaces import XSD
from kg.rdf import BlankNode, Literal, NamedNode, Quad
from kg.store import Graph
from tests.cases import ANNOTATION, PAPER
from tests.mapping.test_mapping import graph_of

UNION_FORMATS = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
DATASET_FORMATS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of((PAPER, ANNOTATION))


def as_rdflib(graph: Graph) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=exporter("nquads")(graph), format="nquads")
    return dataset


@pytest.mark.parametrize("name", UNION_FORMATS)
def test_rdflib_reads_the_union_of_all_graphs(graph: Graph, name: str) -> None:
    expected = rdflib.Graph()
    for subject, predicate, obj, _ in as_rdflib(graph).quads():
        expected.add((subject, predicate, obj))
    read = rdflib.Graph().parse(data=exporter(name)(graph), format=UNION_FORMATS[name])

    assert isomorphic(read, expected)


@pytest.mark.parametrize("name", DATASET_FORMATS)
def test_rdflib_reads_every_quad(graph: Graph, name: str) -> None:
    read = rdflib.Dataset()
    read.parse(data=exporter(name)(graph), format=DATASET_FORMATS[name])

    assert set(read.quads()) == set(as_rdflib(graph).quads())


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="ab/.-1~", min_size=1),
            st.one_of(
                st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
                st.decimals(allow_nan=False, allow_infinity=False, places=3),
                st.booleans(),
            ),
        ),
        max_size=5,
    )
)
def test_readable_turtle_says_what_ntriples_say(rows: list[tuple[str, object]]) -> None:
    datatypes = {str: XSD.string, bool: XSD.boolean}
    quads = []
    for name, value in rows:
        lexical = str(value).lower() if isinstance(value, bool) else str(value)
        literal = Literal(lexical, datatype=datatypes.get(type(value), XSD.decimal))
        for node in (f"https://example.org/kg/id/{name}", f"https://example.org/kg/id/method/{name}"):
            quads.append(
                Quad(NamedNode(node), NamedNode("https://example.org/kg/ns#p"), literal, NamedNode("http://g"))
            )
            quads.append(Quad(NamedNode(node), NamedNode("http://other/p"), NamedNode(node), NamedNode("http://g")))
    graph = Graph.of(quads)

    for readable, plain in (("turtle", "ntriples"), ("trig", "nquads")):
        parsed = rdflib.Dataset(default_union=True).parse(data=exporter(readable)(graph), format=readable)
        expected = rdflib.Dataset(default_union=True).parse(
            data=exporter(plain)(graph), format=(UNION_FORMATS | DATASET_FORMATS)[plain]
        )
        assert set(parsed) == set(expected)


def test_turtle_is_made_to_be_read(graph: Graph) -> None:
    text = exporter("turtle")(graph).decode()

    paper, concept, assertion = (text.index(f"\n# {title}\n") for title in ("Papers", "Concepts", "Assertions"))
    assert paper < concept < assertion
    assert "    kg:proposes method:brooknet, method:pebble-attention ;\n" in text


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_does_not_depend_on_the_order_of_quads(graph: Graph, name: str) -> None:
    backwards = Graph.of(sorted(graph.quads(), key=str, reverse=True))

    assert exporter(name)(backwards) == exporter(name)(graph)


@pytest.mark.parametrize("name", [*UNION_FORMATS, *DATASET_FORMATS])
def test_a_graph_of_somebody_else_is_written_whole(name: str) -> None:
    statements = [
        Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), BlankNode("b")),
        Quad(BlankNode("b"), NamedNode("http://e/p"), Literal("x")),
    ]

    read = rdflib.Dataset(default_union=True)
    read.parse(data=exporter(name)(Graph.of(statements)), format=(UNION_FORMATS | DATASET_FORMATS)[name])

    assert len(list(read.triples((None, None, None)))) == 2


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean turtle"):
        exporter("turtel")


@pytest.mark.parametrize("name", [*UNION_FORMATS, *DATASET_FORMATS])
def test_a_graph_without_a_name_of_its_own_is_written_whole(name: str) -> None:
    quads = [Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("x <y> z"), BlankNode("g"))]

    read = rdflib.Dataset(default_union=True)
    read.parse(data=exporter(name)(Graph.of(quads)), format=(UNION_FORMATS | DATASET_FORMATS)[name])

    assert [str(obj) for _, _, obj in read.triples((None, None, None))] == ["x <y> z"]
