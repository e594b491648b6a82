"""Why a claim is in the graph: the sentences and offsets behind it, for people and as JSON."""

import json
import random
import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kg.linking import link
from kg.mapping import Iris, Run
from kg.namespaces import KG, RDF, SKOS, XSD
from kg.queries import find_node
from kg.queries.nodes import is_known
from kg.queries.printing import short_iri
from kg.queries.why import Mention, Sentence, as_json, as_text, claims_asked_for, claims_at, read_question
from kg.rdf import Literal, NamedNode, Quad, RdfFormat, serialize
from kg.store import Graph, open_graph
from kg.vocabulary import shipped_vocabulary
from tests.cases import ANNOTATION, PAPER, ROOT, SAMPLE_GRAPH, span
from tests.cli.runner import kg
from tests.mapping.cases import quads_of

VALID = ROOT / "tests" / "ontology" / "valid.trig"
PAPER_IRI = Iris().paper(PAPER).value
RESULT_IRI = f"{PAPER_IRI}/result/1"


def quads() -> list[Quad]:
    linking, iris, run = link([ANNOTATION], shipped_vocabulary()), Iris(), Run("0", "v", "c")
    return list(quads_of([(PAPER, ANNOTATION)], linking, run, iris))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of one paper, ``graph.nq``, and one with names that could steer a terminal."""
    made = tmp_path_factory.mktemp("why")
    data = serialize(quads(), format=RdfFormat.N_QUADS) or b""
    (made / "graph.nq").write_bytes(data)
    (made / "hostile.nq").write_bytes(re.sub(rb"pebble attention|attention for", rb"\\u001B[2J\\u009B\\u202E", data))
    return made


def offsets(phrase: str, nth: int = 0) -> str:
    start, end = span(phrase, nth)
    return f"[{start}, {end})"


def test_a_claim_leads_to_its_sentence_with_the_mentions_marked(folder: Path) -> None:
    done = kg("why", "-g", "graph.nq", "Pebble Attention", "part of", "brooknet", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "pebble attention kg:partOf BrookNet\n"
        "asserted, confidence 0.5, 1 paper\n"
        "\n"
        f"  {PAPER.title}\n"
        f"  brook, {PAPER_IRI}, confidence 0.5, read by kg_relations of kg 0, no model\n"
        f"    {offsets('We propose BrookNet, a U-Net with pebble attention.')}"
        "  We propose «BrookNet», a U-Net with «pebble attention».\n"
        f"      {offsets('BrookNet')}  BrookNet\n"
        f"      {offsets('BrookNet', 1)}  BrookNet\n"
        f"      {offsets('pebble attention')}  pebble attention\n"
    )


def test_a_result_leads_to_its_sentence_with_the_number_marked(folder: Path) -> None:
    done = kg("why", "-g", "graph.nq", RESULT_IRI, cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{PAPER.title} kg:reportsResult 84.10 %\n"
        "asserted, confidence 1, 1 paper\n"
        f"  value      84.10 % at {offsets('84.10')}\n"
        "  metric     Dice\n"
        "  method     BrookNet\n"
        "  dataset    RIVER-5\n"
        "  kind       score\n"
        "\n"
        f"  {PAPER.title}\n"
        f"  brook, {PAPER_IRI}, confidence 1\n"
        f"    {offsets('On RIVER-5 it reaches a Dice of 84.10 %.')}  On «RIVER-5» it reaches a «Dice» of «84.10» %.\n"
        f"      {offsets('BrookNet')}  BrookNet\n"
        f"      {offsets('BrookNet', 1)}  BrookNet\n"
        f"      {offsets('RIVER-5')}  RIVER-5\n"
        f"      {offsets('Dice')}  Dice\n"
    )


@pytest.mark.parametrize(
    "question",
    [
        (RESULT_IRI,),
        (f"<{RESULT_IRI}>",),
        (RESULT_IRI.removeprefix("https://example.org/kg/id/"),),
        (PAPER.title, "reports result", RESULT_IRI),
        ("brook", "kg:reportsResult", RESULT_IRI),
    ],
    ids=["IRI", "in brackets", "as in a table", "title", "identifier"],
)
def test_there_are_several_ways_to_ask_for_a_result(folder: Path, question: tuple[str, ...]) -> None:
    done = kg("why", "-g", "graph.nq", *question, "--format", "json", cwd=folder)

    (claim,) = json.loads(done.stdout)
    assert claim["iri"] == claim["object"]["iri"] == RESULT_IRI


def test_json_has_one_set_of_keys_and_tells_the_status(folder: Path) -> None:
    done = kg("why", "-g", "graph.nq", "BrookNet", KG.hasModality.value, "MRI", "--format", "json", cwd=folder)

    start, end = span("It finds gallstones in chest CT, not in MRI.")
    (claim,) = json.loads(done.stdout)
    evidence = claim.pop("evidence")
    assertion = claim.pop("iri")
    assert claim == {
        "subject": {"iri": "https://example.org/kg/id/method/brooknet", "name": "BrookNet"},
        "predicate": KG.hasModality.value,
        "object": {"iri": "https://example.org/kg/id/modality/mri", "name": "MRI"},
        "status": "negated",
        "confidence": 0.5,
        "support": 1,
        "result": None,
    }
    assert evidence[0]["paper"] == {"iri": PAPER_IRI, "id": "brook", "title": PAPER.title, "retraction": None}
    assert evidence[0]["sentences"] == [
        {
            "iri": f"{PAPER_IRI}/sentence/{start}-{end}",
            "start": start,
            "end": end,
            "quote": "It finds gallstones in chest CT, not in MRI.",
        }
    ]
    assert [PAPER.text[one["start"] : one["end"]] for one in evidence[0]["mentions"]] == ["BrookNet", "BrookNet", "MRI"]
    assert kg("why", "-g", "graph.nq", assertion, cwd=folder).stdout.startswith("BrookNet kg:hasModality MRI\nnegated,")


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        (
            ("BrookNet", "?", "?"),
            ["BrookNet kg:hasModality MRI (negated)"],
        ),
        (("?", "part of", "?"), ["pebble attention kg:partOf BrookNet (asserted)"]),
        (("?", "?", "U-Net"), [f"{PAPER.title} kg:uses U-Net (asserted)"]),
        (("brook", "?", "RIVER-5"), [f"{PAPER.title} kg:usesDataset RIVER-5 (asserted)"]),
        (("brook", "reportsResult", "?"), [f"{PAPER.title} kg:reportsResult 84.10 % (asserted)"]),
        (("?", "?", RESULT_IRI), [f"{PAPER.title} kg:reportsResult 84.10 % (asserted)"]),
    ],
    ids=["subject", "predicate", "object", "no predicate", "results of a paper", "who reports a result"],
)
def test_a_question_mark_stands_for_whatever_there_is(question: tuple[str, str, str], claims: list[str]) -> None:
    graph = Graph.of(quads())

    found = claims_asked_for(graph, read_question(graph, *question))

    assert [
        f"{one.subject.name} {short_iri(one.predicate)} {one.object.name} ({one.status})" for one in found
    ] == claims


def test_all_that_a_paper_says_comes_asserted_first_and_with_its_results() -> None:
    graph = Graph.of(quads())

    found = list(claims_asked_for(graph, read_question(graph, "brook", "?", "?")))

    assert [one.status for one in found[:-1]] == sorted(one.status for one in found[:-1])
    assert {one.object.name for one in found} >= {"BrookNet", "U-Net", "gallstone", "RIVER-5", "Dice", "84.10 %"}


def test_as_many_papers_and_claims_are_shown_as_are_asked_for(folder: Path) -> None:
    one = kg("why", "-g", "graph.nq", "brook", "?", "?", "--limit", "1", cwd=folder)
    every = kg("why", "-g", "graph.nq", "brook", "?", "?", "--json", cwd=folder)

    assert one.stdout.count("1 paper\n") == 1
    assert one.stderr == "only the first 1 claims are shown; see them all with --limit 0\n"
    assert len(json.loads(every.stdout)) > 5
    assert every.stderr == ""


def test_the_surest_papers_come_first_and_the_others_are_counted() -> None:
    made = quads()
    (assertion,) = {one.subject for one in made if one.predicate == RDF.predicate and one.object == KG.partOf}
    (known,) = [one for one in made if one.predicate == KG.supports and one.object == assertion]
    told = [one for one in made if one.subject == known.subject and one.predicate != KG.confidence]
    for number in range(3):
        other = NamedNode(f"{str(known.subject)[1:-1]}-{number}")
        made += [Quad(other, one.predicate, one.object, one.graph_name) for one in told]
        made.append(Quad(other, KG.confidence, Literal(f"0.{6 + number}", datatype=XSD.decimal), known.graph_name))
    made = [
        Quad(one.subject, one.predicate, Literal("4", datatype=XSD.integer), one.graph_name)
        if one.subject == assertion and one.predicate == KG.support
        else one
        for one in made
    ]

    claims = claims_at(Graph.of(made), str(assertion), 2)

    assert [one.confidence for one in claims[0].evidence] == [0.8, 0.7]
    assert as_text(claims).endswith("  and 2 more papers; see them all with --limit 0, or with --json\n")


@pytest.mark.parametrize("name", ["BROOK", "10.5555/Brook.1", "brooknets", "<method/brooknet>", "method/brooknet"])
def test_names_are_found_however_they_are_written(name: str) -> None:
    graph = Graph.of(quads())

    assert is_known(graph, find_node(graph, name))


def test_a_retracted_paper_says_so_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_text(
        "@prefix kg: <https://example.org/kg/ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<urn:graph> { <urn:pond> a kg:Paper ; dcterms:title 'PondNet' ; dcterms:identifier 'pond' ;\n"
        "  prov:wasInvalidatedBy <urn:retraction> .\n"
        "  <urn:retraction> a prov:Activity ; rdfs:comment 'the stones were painted' . }\n",
        "utf-8",
    )

    why = kg("why", "-g", "graph.trig", "pond", "?", "?", cwd=tmp_path)
    listed = kg("query", "-g", "graph.trig", "--name", "papers-retracted", "--format", "csv", cwd=tmp_path)
    stats = kg("stats", "-g", "graph.trig", cwd=tmp_path)
    quotes = kg("validate", "--evidence", "graph.trig", cwd=tmp_path)

    assert (why.returncode, why.stdout) == (1, "")
    assert why.stderr == "PondNet was retracted: the stones were painted; no claim rests on it\n"
    assert listed.stdout.splitlines()[1:] == ["PondNet,the stones were painted,urn:pond"]
    assert "        1  papers that are retracted\n" in stats.stdout
    assert quotes.returncode == 0


def test_a_graph_directory_can_be_asked(tmp_path: Path) -> None:
    record = {"title": "BrookNet: Lung Nodules in CT", "abstract": "We propose BrookNet, a U-Net for lung nodules."}
    (tmp_path / "papers.jsonl").write_text(json.dumps(record), "utf-8")
    assert kg("build", "papers.jsonl", "--fast", cwd=tmp_path).returncode == 0

    done = kg("why", record["title"], "proposes", "BrookNet", cwd=tmp_path)

    assert done.returncode == 0
    assert "[0, 28)  «BrookNet»: Lung Nodules in CT\n" in done.stdout


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (("BrookNet", "part of", "U-Net"), "BrookNet kg:partOf U-Net is not in the graph, nor does any other claim"),
        (("BrookNet", "uses", "MRI"), "between the two there is kg:hasModality (negated)"),
        (("BrookNet", "uses", "pebble attention"), "between the two there is kg:partOf (the other way round)"),
        (("brook", "uses", "BrookNet"), "between the two there is kg:proposes"),
        (("pebble attention", "part of", "U-Net"), "kg:partOf leads from there to BrookNet"),
        (("brook", "reportsResult", "Ada Weir"), "kg:reportsResult leads from there to paper/"),
        (("brook", "kg:hasCode", "https://github.com/brook/net"), "the graph has this from a vocabulary or a paper's"),
    ],
)
def test_a_claim_that_is_not_there_is_a_no(folder: Path, question: tuple[str, ...], line: str) -> None:
    done = kg("why", "-g", "graph.nq", *question, cwd=folder)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert line in done.stderr


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ((), "Missing argument"),
        (("BrookNet", "uses"), "2 arguments are given; give SUBJECT PREDICATE OBJECT"),
        (("BrookNet",), "'BrookNet' is no result and no assertion"),
        ((PAPER_IRI,), "is no result and no assertion"),
        (("BruckNet", "uses", "U-Net"), "nothing in the graph is named 'BruckNet'; did you mean BrookNet?"),
        (("?", "?", "?"), "? ? ? asks for every claim"),
        (("BrookNet", "uses", ""), "nothing in the graph is named ''"),
        (("BrookNet", "use", "U-Net"), "unknown predicate 'use'; did you mean uses?"),
        (("https://example.org/gone", "uses", "U-Net"), "nothing in the graph has the IRI https://example.org/gone"),
        (("BrookNet", "<no iri|>", "U-Net"), "unknown predicate '<no iri|>'"),
        (("BrookNet", "kg:a|b", "U-Net"), "is no IRI"),
        (("-g", "gone", "BrookNet", "uses", "U-Net"), "gone: there is no graph here"),
    ],
)
def test_what_cannot_be_asked_costs_one_line(folder: Path, question: tuple[str, ...], line: str) -> None:
    done = kg("why", "-g", "graph.nq", *question, cwd=folder)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("error: ")
    assert line in done.stderr


@pytest.mark.parametrize("output", ["text", "json"])
def test_names_cannot_steer_the_terminal(folder: Path, output: str) -> None:
    assertions = open_graph(folder / "hostile.nq").select("SELECT ?a { ?a rdf:subject ?s ; rdf:predicate kg:partOf }")

    for question in (
        [str(assertions[0]["a"])],
        ["brook", "uses", "https://example.org/kg/id/method/pebble-attention"],
        ["2J", "uses", "BrookNet"],
    ):
        done = kg("why", "-g", "hostile.nq", *question, "--format", output, cwd=folder)
        printed = done.stdout + done.stderr
        assert printed
        assert all(char.isprintable() for char in printed if char != "\n")


def test_numbers_that_are_stated_are_shown() -> None:
    graph = open_graph(VALID)

    shown = as_text(claims_at(graph, "paper/pmid/1/result/1"))
    in_words = as_text(claims_at(graph, "paper/pmid/2/result/1"))

    assert "value      >= 84.1 to 85 ± 0.2 % at [53, 57)\n" in shown
    assert "interval   83 to 85.2 (95 %)\n" in shown
    assert "condition  at full size\n" in shown
    assert "«BrookNet» reaches a Dice of «84.1» % on RIVER-5." in shown
    assert "metric     frames per second\n" in in_words


def test_a_file_of_others_may_hold_blank_nodes_and_results_without_a_value(tmp_path: Path) -> None:
    (tmp_path / "theirs.ttl").write_text(
        "@prefix kg: <https://example.org/kg/ns#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "[] rdf:subject <urn:a> ; rdf:predicate kg:partOf ; rdf:object <urn:b> ;\n"
        "   kg:status kg:asserted ; kg:confidence 1.0 ; kg:support 1 .\n"
        "<urn:p> kg:hasText <urn:t> .\n"
        "<urn:r> kg:reportedIn <urn:p> ; kg:status kg:asserted ; kg:confidence 1.0 .\n",
        "utf-8",
    )

    claim = kg("why", "-g", "theirs.ttl", "urn:a", "part of", "urn:b", cwd=tmp_path)
    result = kg("why", "-g", "theirs.ttl", "urn:r", cwd=tmp_path)

    assert (claim.returncode, claim.stdout) == (1, "")
    assert (result.returncode, result.stdout) == (2, "")
    assert "kg itself failed" not in claim.stderr + result.stderr


def test_a_name_that_several_nodes_bear_stands_for_each_of_them() -> None:
    task = NamedNode("https://example.org/kg/id/task/brooknet")
    named = [Quad(task, RDF.type, KG.Task), Quad(task, SKOS.prefLabel, Literal("BrookNet", language="en"))]
    graph = Graph.of([*quads(), *named])

    question = read_question(graph, "brook", "proposes", "BrookNet")

    assert len(question.objects) == 2
    assert [one.object.iri for one in claims_asked_for(graph, question)] == [
        "https://example.org/kg/id/method/brooknet"
    ]


def test_the_order_of_the_store_does_not_show() -> None:
    made = quads()
    answers = set()
    for seed in range(5):
        random.Random(seed).shuffle(made)
        graph = Graph.of(made)
        question = read_question(graph, "brook", "proposes", "BrookNet")
        answers.add(as_json([*claims_asked_for(graph, question), *claims_at(graph, RESULT_IRI)]))

    assert len(answers) == 1


def test_every_claim_and_result_of_the_sample_leads_to_sentences_that_stand_in_the_text() -> None:
    graph = open_graph(SAMPLE_GRAPH)
    rows = graph.select(
        "SELECT ?p ?title ?body { ?p dcterms:title ?title ; dcterms:abstract|dcterms:description ?body }"
    )
    texts = {_value(row["p"]): f"{_value(row['title'])}\n{_value(row['body'])}" for row in rows}
    nodes = graph.select("SELECT DISTINCT ?node { VALUES ?class { kg:Assertion kg:Result } ?node a ?class }")
    assert len(nodes) > 100

    for node in nodes:
        (claim,) = claims_at(graph, _value(node["node"]))
        assert claim.evidence
        for evidence in claim.evidence:
            text = texts[evidence.paper.iri]
            assert evidence.sentences
            quotes: list[Sentence | Mention] = [*evidence.sentences, *evidence.mentions]
            assert [text[one.start : one.end] for one in quotes] == [one.quote for one in quotes]
            if claim.result is not None and claim.result.start is not None:
                assert text[claim.result.start : claim.result.end] == claim.result.printed


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def test_the_components_that_claims_are_told_to_be_read_by_are_those_of_the_pipeline() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "kg" / "queries" / "why").glob("*.py"))

    assert set(re.findall(r'"(kg_\w+)"', text)) == {"kg_roles", "kg_relations", "kg_results"}
    assert set(re.findall(r'"(kg_\w+)"', text)) <= {one.name for one in entry_points(group="spacy_factories")}
