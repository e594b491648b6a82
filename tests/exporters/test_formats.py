"""Every export is read back by a reader that is not ours, and holds what the graph holds."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rdflib
from nanopub.nanopub import Nanopub
from nanopub.nanopub_conf import NanopubConf
from nanopub.profile import Profile as Signer
from nanopub.profile import generate_keyfiles
from pyoxigraph import RdfFormat, Store, parse
from rdflib.compare import isomorphic
from rocrate.rocrate import ROCrate

from kg.errors import UsageError
from kg.exporters import EXPORTERS, FOLDERS, Profile, export_files, exporter, find_loss, streaming_exporter
from kg.exporters.release import About, release_files
from kg.namespaces import KG, RDF
from kg.rdf import Literal, NamedNode, Quad
from kg.records import Kind
from kg.store import Graph
from tests.cases import ANNOTATION, PAPER
from tests.exporters.graphs import EMPTY, TWO_PAPERS, hostile_graph, stored_graph
from tests.mapping.test_mapping import graph_of

NETWORKS = ("graphml", "gexf", "cyjs")
ALL = (*EXPORTERS, *FOLDERS)
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
OX = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "ntriples": RdfFormat.N_TRIPLES, "nquads": RdfFormat.N_QUADS}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of((PAPER, ANNOTATION))


@pytest.fixture(scope="module")
def tables(graph: Graph) -> Mapping[str, pa.Table]:
    files = export_files("parquet", graph)
    return {name.removesuffix(".parquet"): pq.read_table(io.BytesIO(data)) for name, data in files.items()}


def written(graph: Graph, name: str, profile: Profile) -> bytes:
    return b"".join(streaming_exporter(name, profile=profile)(graph))


def count(graph: Graph, pattern: str) -> int:
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {pattern} }} }} }}")
    return int(row["n"].value) if row["n"] else 0


# --- RDF ------------------------------------------------------------------------------------------------------------


def test_without_evidence_papers_concepts_results_and_plain_triples_are_left(graph: Graph) -> None:
    left = rdflib.Graph().parse(data=written(graph, "turtle", Profile.NONE), format="turtle")
    classes = {str(one).rpartition("#")[2] for one in left.objects(None, rdflib.RDF.type)}

    assert classes & {"Assertion", "Evidence", "Mention", "Sentence", "Text", "Statement", "Activity"} == set()
    assert {"Paper", "Author", "Method", "Result", "Size", "ConceptScheme"} <= classes
    for name in ("proposes", "partOf", "targetsDisease", "reportsResult"):
        own = count(graph, f"?s kg:{name} ?o")
        assert len(list(left.subject_objects(rdflib.URIRef(KG[name].value)))) == own > 0
    subjects = set(left.subjects())
    assert {one for one in left.objects() if str(one).startswith("https://example.org/kg/id/")} <= subjects


@pytest.mark.parametrize("profile", [Profile.NONE, Profile.REIFIED])
def test_the_rdf_formats_say_the_same_whatever_the_profile(graph: Graph, profile: Profile) -> None:
    turtle = rdflib.Graph().parse(data=written(graph, "turtle", profile), format="turtle")

    for name, own in (
        ("ntriples", "nt"),
        ("rdfxml", "xml"),
        ("trig", "trig"),
        ("nquads", "nquads"),
        ("jsonld", "json-ld"),
    ):
        dataset = rdflib.Dataset(default_union=True).parse(data=written(graph, name, profile), format=own)
        union = rdflib.Graph()
        for triple in dataset.triples((None, None, None)):
            union.add(triple)
        assert isomorphic(union, turtle), name


def test_reified_claims_need_no_named_graphs(graph: Graph) -> None:
    quads = list(parse(written(graph, "trig", Profile.REIFIED), format=RdfFormat.TRIG))

    assert {str(quad.graph_name) for quad in quads} == {"DEFAULT"}
    assert {quad.triple for quad in quads} == {quad.triple for quad in graph.quads()}


@pytest.mark.parametrize("name", OX)
def test_every_claim_becomes_a_reifier_of_rdf_1_2_and_nothing_else_changes(graph: Graph, name: str) -> None:
    store = Store()
    store.bulk_extend(parse(written(graph, name, Profile.RDF12), format=OX[name]))
    restored = Graph(store).query(
        f"""CONSTRUCT {{ ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; a rdf:Statement }}
        WHERE {{ ?c <{REIFIES}> <<( ?s ?p ?o )>> }}"""
    )
    claims = set(restored.triples())
    others = {quad.triple for quad in store if quad.predicate != NamedNode(REIFIES)}

    assert len(claims) == 4 * count(graph, "?c a kg:Assertion") > 0
    assert claims | others == {quad.triple for quad in graph.quads()}
    assert {str(quad.graph_name) for quad in store} == (
        {"DEFAULT"} if name in {"turtle", "ntriples"} else {str(quad.graph_name) for quad in graph.quads()}
    )


def test_a_claim_told_of_twice_stays_as_it_is() -> None:
    node = NamedNode("http://e/c")
    parts = [(RDF.subject, "s"), (RDF.subject, "t"), (RDF.predicate, "p"), (RDF.object, "o")]
    quads = [Quad(node, part, NamedNode(f"http://e/{name}"), NamedNode("http://e/g")) for part, name in parts]

    assert set(parse(written(Graph.of(quads), "nquads", Profile.RDF12), format=RdfFormat.N_QUADS)) == set(quads)


def test_json_ld_refuses_triple_terms(graph: Graph) -> None:
    with pytest.raises(UsageError, match="JSON-LD cannot hold"):
        written(graph, "jsonld", Profile.RDF12)


# --- Networks -------------------------------------------------------------------------------------------------------


def network(graph: Graph, name: str) -> "nx.MultiDiGraph[str]":
    return nx.MultiDiGraph(
        read_network(exporter(name)(graph), name)
    )  # read_gexf gives less where no edges are parallel


def read_network(data: bytes, name: str) -> "nx.Graph[str]":
    if name == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    if name == "gexf":
        return nx.read_gexf(io.BytesIO(data))
    told = json.loads(data)
    for node in told["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]  # under which networkx, and not Cytoscape, looks for it
    return nx.cytoscape_graph(told | {"directed": True, "multigraph": True})


@pytest.mark.parametrize("name", NETWORKS)
def test_networkx_reads_every_node_and_claim(graph: Graph, name: str) -> None:
    read = network(graph, name)
    classes = " ".join(str(KG[one]) for one in ("Paper", "Author", *Kind, "Result", "Size"))
    claims = [edge for *_, edge in read.edges(data=True) if "claim" in edge]

    assert read.number_of_nodes() == count(graph, f"VALUES ?c {{ {classes} }} ?s a ?c")
    assert len(claims) == count(graph, "?c a kg:Assertion")
    assert {edge["status"] for edge in claims} == {"asserted", "negated", "background"}
    assert sum(edge["relation"] == "creator" for *_, edge in read.edges(data=True)) == len(PAPER.authors)
    proposes = next(edge for edge in claims if edge["relation"] == "proposes")
    assert "We propose BrookNet" in proposes["sentences"]
    assert isinstance(proposes["confidence"], float)
    assert isinstance(proposes["support"], int)


def test_igraph_reads_the_graphml_that_networkx_wrote(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.graphml").write_bytes(exporter("graphml")(graph))
    read = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    expected = network(graph, "graphml")

    assert (read.vcount(), read.ecount()) == (expected.number_of_nodes(), expected.number_of_edges())
    assert sorted(read.vs["label"]) == sorted(node["label"] for _, node in expected.nodes(data=True))


@pytest.mark.parametrize("name", NETWORKS)
def test_what_xml_forbids_does_not_break_a_network(name: str) -> None:
    node = NamedNode("https://example.org/kg/id/method/odd")
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    odd = Graph.of([Quad(node, RDF.type, KG.Method), Quad(node, label, Literal("a\x00\x1b<&\ufffe]]>"))])

    read = network(odd, name)

    assert read.number_of_nodes() == 1
    mark = "\N{REPLACEMENT CHARACTER}"
    assert [node["label"] for _, node in read.nodes(data=True)] == [f"a{mark}{mark}<&{mark}]]>"]
    assert b"\x00" not in exporter(name)(odd)
    assert b"\x1b" not in exporter(name)(odd)


# --- Tables ---------------------------------------------------------------------------------------------------------


def test_parquet_tables_have_a_row_for_each_node(graph: Graph, tables: Mapping[str, pa.Table]) -> None:
    for name, class_ in (
        ("papers", "Paper"),
        ("authors", "Author"),
        ("claims", "Assertion"),
        ("evidence", "Evidence"),
        ("results", "Result"),
        ("sizes", "Size"),
        ("mentions", "Mention"),
        ("sentences", "Sentence"),
        ("runs", "ExtractionActivity"),
    ):
        assert tables[name].num_rows == count(graph, f"?s a kg:{class_}") > 0, name
    assert tables["concepts"].num_rows == count(graph, "?s a skos:Concept")


def test_pandas_reads_typed_values(tables: Mapping[str, pa.Table]) -> None:
    result = tables["results"].to_pandas().iloc[0]
    paper = tables["papers"].to_pandas().iloc[0]
    mentions = tables["mentions"].to_pandas()

    assert (result["value"], result["unit"], result["printed"]) == (84.1, "%", "84.10")
    assert (paper["title"], paper["code_available"], list(paper["categories"])) == (PAPER.title, True, ["CV"])
    for mention in mentions.itertuples():
        assert PAPER.text[int(mention.start) : int(mention.end)] == mention.text
    assert set(mentions["concept"]) <= set(tables["concepts"].to_pandas()["iri"])


def test_authors_keep_their_places(tables: Mapping[str, pa.Table]) -> None:
    authorships = tables["authorships"].to_pandas()
    names = tables["authors"].to_pandas().set_index("iri")["name"]

    assert [names[author] for author in authorships["author"]] == ["Ada Weir", "Bo Ford", "Cy Mill"]
    assert authorships["position"].tolist()[:2] == [1, 2]
    assert pd.isna(authorships["position"].iloc[2])


def test_a_number_that_is_none_is_left_out_of_tables() -> None:
    node, value = NamedNode("http://e/r"), NamedNode("http://www.w3.org/ns/mls#hasValue")
    double = NamedNode("http://www.w3.org/2001/XMLSchema#double")
    odd = Graph.of([Quad(node, RDF.type, KG.Result), Quad(node, value, Literal("NaN", datatype=double))])

    table = pq.read_table(io.BytesIO(export_files("parquet", odd)["results.parquet"]))

    assert table.column("value").to_pylist() == [None]
    assert "NaN" not in exporter("cyjs")(odd).decode()


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    node, title = NamedNode("http://e/p"), NamedNode("http://purl.org/dc/terms/title")
    odd = Graph.of([Quad(node, RDF.type, KG.Paper), Quad(node, title, Literal('=HYPERLINK("http://e")'))])
    files = export_files("csv", odd)

    frame = pd.read_csv(io.BytesIO(files["papers.csv"]))

    assert frame["title"].tolist() == ['\'=HYPERLINK("http://e")']


def test_neo4j_files_have_typed_headers_and_every_end_of_a_relationship(graph: Graph) -> None:
    files = export_files("neo4j", graph)
    rows = {
        name: list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        for name, data in files.items()
        if name.endswith("csv")
    }
    ids = [row["iri:ID"] for name, own in rows.items() if name != "relationships.csv" for row in own]
    ends = {row[end] for row in rows["relationships.csv"] for end in (":START_ID", ":END_ID")}

    assert len(ids) == len(set(ids)) == network(graph, "graphml").number_of_nodes()
    assert ends <= set(ids)
    assert len(rows["relationships.csv"]) == network(graph, "graphml").number_of_edges()
    assert {row[":LABEL"] for row in rows["concepts.csv"]} > {"Concept\x1fMethod", "Concept\x1fDisease"}
    assert {"value:double", "start:long", "status:string"} <= set(rows["results.csv"][0])
    assert all(f"--nodes={name}" in files["import.sh"].decode() for name in rows if name != "relationships.csv")
    assert {row["code_available:boolean"] for row in rows["papers.csv"]} == {"true"}


def test_kgx_edges_join_nodes_with_biolink_terms(graph: Graph) -> None:
    files = export_files("kgx", graph)
    nodes, edges = (
        pd.read_csv(io.BytesIO(files[name]), sep="\t", quoting=csv.QUOTE_NONE) for name in ("nodes.tsv", "edges.tsv")
    )
    claims = edges[edges["agent_type"] == "text_mining_agent"]

    assert nodes["id"].is_unique
    assert nodes["id"].str.fullmatch(r"DOI:\S+|[^\s:/]+:[^\s:/]+").all()  # a CURIE for KGX, but for the slash of a DOI
    assert set(edges["subject"]) | set(edges["object"]) <= set(nodes["id"])
    assert "DOI:10.5555/brook.1" in {one.lower().replace("doi", "DOI", 1) for one in nodes["id"]}
    assert nodes["category"].str.startswith("biolink:").all()
    assert edges["predicate"].str.startswith("biolink:").all()
    holds = "?s IN (kg:asserted, kg:negated) || ?p = kg:mentions"
    assert len(claims) == count(graph, f"?c a kg:Assertion ; kg:status ?s ; rdf:predicate ?p FILTER({holds})")
    assert claims["negated"].sum() == count(graph, "?c a kg:Assertion ; kg:status kg:negated") > 0
    assert claims["supporting_text"].notna().all()


# --- Nanopublications and releases ----------------------------------------------------------------------------------


def test_the_nanopub_library_finds_every_nanopublication_valid(graph: Graph, tmp_path: Path) -> None:
    files = export_files("nanopub", graph)

    assert len(files) == count(graph, "?c a kg:Assertion ; kg:status kg:asserted")
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        read = Nanopub(rdf=path)
        assert read.is_valid
        ((subject, predicate, obj),) = read.assertion
        assert graph.query(f"ASK {{ {subject.n3()} {predicate.n3()} {obj.n3()} }}").boolean
        assert len(read.provenance) > 0


def test_a_nanopublication_can_be_signed_and_has_a_trusty_uri_then(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "claim.trig").write_bytes(min(export_files("nanopub", graph).items())[1])
    generate_keyfiles(tmp_path)
    who = Signer("https://orcid.org/0000-0002-1825-0097", "Bo Ford", tmp_path / "id_rsa", tmp_path / "id_rsa.pub")
    signed = Nanopub(rdf=tmp_path / "claim.trig", conf=NanopubConf(profile=who))

    signed.sign()

    assert signed.has_valid_signature
    assert signed.has_valid_trusty
    names = {str(graph_name) for *_, graph_name in signed.rdf.quads()}
    assert len(names) == 4
    assert all(str(signed.source_uri) in name for name in names)


def test_one_claim_can_be_chosen_and_only_one_that_is_asserted(graph: Graph) -> None:
    def first(status: str) -> str:
        row = graph.select(f"SELECT ?c {{ ?c a kg:Assertion ; kg:status kg:{status} }} ORDER BY ?c LIMIT 1")[0]
        return row["c"].value if row["c"] else ""

    assert len(export_files("nanopub", graph, [first("asserted")])) == 1
    with pytest.raises(UsageError, match="no asserted claim"):
        export_files("nanopub", graph, [first("negated")])


def test_a_release_is_a_crate_that_names_every_file(graph: Graph, tmp_path: Path) -> None:
    about = About("Brooks", "2026-03-31", "https://creativecommons.org/licenses/by/4.0/", ("Ada Weir",))
    files = release_files(graph, about, {"ledger.sssom.tsv": b"#\n"})
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)

    crate = ROCrate(tmp_path)

    assert {part.id for part in crate.root_dataset["hasPart"]} == files.keys() - {"ro-crate-metadata.json"}
    assert (crate.name, crate.datePublished.date().isoformat()) == ("Brooks", "2026-03-31")
    assert crate.license.id == about.licence
    assert crate.root_dataset["author"]["name"] == "Ada Weir"
    void = rdflib.Graph().parse(data=files["void.ttl"], format="turtle")
    (triples,) = void.objects(rdflib.URIRef("https://example.org/kg/id/dataset"), rdflib.VOID.triples)
    assert int(str(triples)) == len({quad.triple for quad in graph.quads()})
    assert files == release_files(graph, about, {"ledger.sssom.tsv": b"#\n"})


# --- All ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FOLDERS, *NETWORKS])
def test_the_same_graph_gives_the_same_bytes_whatever_the_order_of_its_statements(name: str) -> None:
    first, second = (exporter(name)(stored_graph(TWO_PAPERS, seed)) for seed in (1, 2))

    assert first == second
    if name in FOLDERS:
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert archive.testzip() is None
            assert {entry.date_time[0] for entry in archive.infolist()} <= {1980}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("trig", [EMPTY, hostile_graph()], ids=["empty", "hostile"])
def test_an_empty_and_a_hostile_graph_are_written(name: str, trig: str) -> None:
    assert isinstance(exporter(name)(stored_graph(trig)), bytes)


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
def test_formats_with_named_graphs_lose_nothing(graph: Graph, name: str) -> None:
    loss = find_loss(name, graph)

    assert loss is not None
    assert (loss.graphs, loss.nodes, loss.properties) == (0, {}, {})
    assert str(loss) == f"{name} holds all that is in the graph"


def test_tables_lose_only_the_names_of_graphs_and_the_texts_that_title_and_abstract_are(graph: Graph) -> None:
    loss = find_loss("parquet", graph)

    assert loss is not None
    assert (loss.graphs, dict(loss.nodes), dict(loss.properties)) == (2, {"texts": 1}, {})


def test_a_property_that_no_column_holds_is_told(graph: Graph) -> None:
    paper = next(quad.subject for quad in graph.quads() if quad.object == KG.Paper)
    odd = Quad(paper, NamedNode("http://e/mood"), Literal("bright"), NamedNode("http://e/g"))

    loss = find_loss("graphml", Graph.of([*graph.quads(), odd]))

    assert loss is not None
    assert dict(loss.properties) == {"<http://e/mood>": 1}
    assert loss.nodes["mentions"] == count(graph, "?m a kg:Mention")
    assert "statements with <http://e/mood> (1)" in str(loss)


def test_what_a_format_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match="--evidence is for turtle"):
        streaming_exporter("graphml", profile=Profile.NONE)
    with pytest.raises(UsageError, match="--engine is for html"):
        exporter("kgx", "pyvis")
    with pytest.raises(UsageError, match="--claim is for nanopub"):
        export_files("kgx", stored_graph(EMPTY), ["http://e/c"])
