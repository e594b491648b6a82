"""What differs between two graphs, and why, as a user asks for it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.cli import cli
from kg.comparing import find_graph
from kg.comparing.results import paired
from kg.comparing.streams import differing
from kg.errors import GraphError
from kg.linking import link
from kg.mapping import Iris, Run
from kg.namespaces import DCTERMS, KG, OA, PROV, RDF, RDFS
from kg.pipeline import build
from kg.rdf import Literal, NamedNode, Quad, RdfFormat, serialize
from kg.records import Annotation, Claim, Entity, Kind, Paper, Role, Status
from kg.settings import Settings
from kg.store import GraphDirectory
from kg.vocabulary import shipped_vocabulary
from tests.cases import ANNOTATION, PAPER
from tests.mapping.cases import quads_of

IRIS = Iris()
RUN = Run("0.4", "v", "c", "m")
POND = Paper(
    "pond", "PondNet for Gallstones", "PondNet is a U-Net. It finds gallstones in chest CT.", doi="10.5555/pond"
)
READ_POND = Annotation(
    "pond",
    (
        Entity(Kind.METHOD, "PondNet", ("PondNet",), Role.PROPOSED),
        Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED),
        Entity(Kind.DISEASE, "gallstone", ("gallstones",), Role.STUDIED),
        Entity(Kind.MODALITY, "chest CT", ("chest CT",), Role.STUDIED),
    ),
    claims=(
        Claim(None, "proposed", "PondNet", confidence=0.9),
        Claim("PondNet", "appliedTo", "chest CT", confidence=0.5),
        Claim("PondNet", "targets", "gallstone", confidence=0.5),
    ),
)

Records = Sequence[tuple[Paper, Annotation]]
BOTH: Records = ((PAPER, ANNOTATION), (POND, READ_POND))


def quads(records: Records, run: Run = RUN) -> list[Quad]:
    linking = link([annotation for _, annotation in records], shipped_vocabulary())
    return list(quads_of(records, linking, run, IRIS))


def tombstone(paper: Paper, reason: str) -> list[Quad]:
    node, graph, retraction = IRIS.paper(paper), IRIS.graph(paper), IRIS.part(paper, "retraction")
    return [
        Quad(node, RDF.type, KG.Paper, graph),
        Quad(node, DCTERMS.title, Literal(paper.title), graph),
        Quad(node, DCTERMS.identifier, Literal(paper.id), graph),
        Quad(node, NamedNode(f"{PROV.iri}wasInvalidatedBy"), retraction, graph),
        Quad(retraction, RDF.type, PROV.Activity, graph),
        Quad(retraction, RDFS.comment, Literal(reason), graph),
    ]


def write(path: Path, told: list[Quad]) -> str:
    path.write_bytes(serialize(told, format=RdfFormat.N_QUADS) or b"")
    return str(path)


def ask(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["diff", *arguments])
    return done.exit_code, done.output


def changes(folder: Path, before: list[Quad], after: list[Quad]) -> list[dict[str, Any]]:
    """The differences, in JSON."""
    status, output = ask(write(folder / "before.nq", before), write(folder / "after.nq", after), "--json")
    found: list[dict[str, Any]] = json.loads(output)["changes"]
    assert status == bool(found)
    return found


def told(found: list[dict[str, Any]], part: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """What became of what, and why, of one part."""
    return {
        (one["way"], one["name"], tuple(sorted({reason["cause"] for reason in one["reasons"]})))
        for one in found
        if one["part"] == part
    }


def test_a_graph_does_not_differ_from_itself_in_another_format(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(
        serialize({quad.triple for quad in quads(BOTH)}, format=RdfFormat.TURTLE) or b""
    )

    status, output = ask(str(tmp_path / "graph.ttl"), write(tmp_path / "graph.nq", quads(BOTH)))

    assert status == 0
    assert "papers          0 came        0 went        0 changed\n" in output
    assert "new" not in output


def test_a_new_paper_is_the_reason_for_all_that_comes_with_it(tmp_path: Path) -> None:
    found = changes(tmp_path, quads(BOTH[:1]), quads(BOTH))

    assert told(found, "papers") == {("came", POND.title, ("new paper",))}
    assert told(found, "concepts") == {("came", "PondNet", ("new paper",))}
    assert told(found, "claims") == {
        ("came", f"{POND.title} kg:proposes PondNet", ("new paper",)),
        ("came", "PondNet kg:hasModality chest CT", ("new paper",)),
        ("came", "PondNet kg:targetsDisease gallstone", ("new paper",)),
    }
    assert told(found, "results") == set()


def test_backwards_it_is_a_paper_that_was_removed(tmp_path: Path) -> None:
    found = changes(tmp_path, quads(BOTH), quads(BOTH[1:]))

    assert told(found, "papers") == {("went", PAPER.title, ("paper removed",))}
    assert told(found, "results") == {("went", "84.1 % Dice of BrookNet on RIVER-5", ("paper removed",))}
    assert {reason for *_, reason in told(found, "claims") | told(found, "concepts")} == {("paper removed",)}


def test_a_retracted_paper_goes_with_the_reason_that_was_given(tmp_path: Path) -> None:
    before, after = quads(BOTH), [*quads(BOTH[1:]), *tombstone(PAPER, "the stones were painted")]

    found = changes(tmp_path, before, after)
    status, text = ask(str(tmp_path / "before.nq"), str(tmp_path / "after.nq"))

    assert told(found, "papers") == {("went", PAPER.title, ("paper retracted",))}
    assert {reason for *_, reason in told(found, "claims")} == {("paper retracted",)}
    assert status == 1
    assert f"  - {PAPER.title} (paper retracted: the stones were painted)\n" in text
    assert told(changes(tmp_path, after, before), "papers") == {("came", PAPER.title, ("retraction taken back",))}


def test_a_paper_that_changed_tells_what_of_it_did(tmp_path: Path) -> None:
    dated = replace(PAPER, date="2025")

    (change,) = changes(tmp_path, quads([(PAPER, ANNOTATION)]), quads([(dated, ANNOTATION)]))

    assert (change["way"], change["before"], change["after"]) == (
        "changed",
        {"date": ["2024-03-09"]},
        {"date": ["2025"]},
    )
    assert change["reasons"] == [{"cause": "paper changed", "paper": IRIS.paper(PAPER).value, "told": ""}]
    assert (
        f"  ~ {PAPER.title}: date 2024-03-09 → 2025 (paper changed)\n"
        in ask(str(tmp_path / "before.nq"), str(tmp_path / "after.nq"))[1]
    )


@pytest.mark.parametrize(
    ("run", "causes"),
    [
        (Run("0.4", "v", "c", "m2"), ("new model",)),
        (Run("0.4", "v", "c"), ("new model",)),
        (Run("0.5", "v2", "c", "m"), ("new version of kg", "new vocabulary")),
        (Run("0.4", "v", "c2", "m"), ("new configuration",)),
        (RUN, ("read or linked otherwise",)),
    ],
    ids=["model", "no model", "version and vocabulary", "configuration", "none of them"],
)
def test_what_is_read_otherwise_tells_what_reads_it(tmp_path: Path, run: Run, causes: tuple[str, ...]) -> None:
    surer = replace(READ_POND, claims=(replace((READ_POND.claims or ())[0], confidence=0.95),))

    found = changes(tmp_path, quads([(POND, READ_POND)]), quads([(POND, surer)], run))

    assert ("changed", f"{POND.title} kg:proposes PondNet", causes) in told(found, "claims")
    assert ("went", "PondNet kg:hasModality chest CT", causes) in told(found, "claims")
    assert told(found, "papers") == set()


def test_a_claim_that_is_denied_now_changed_and_did_not_go(tmp_path: Path) -> None:
    denied = replace((READ_POND.claims or ())[1], status=Status.NEGATED)
    after = quads(
        [(POND, replace(READ_POND, claims=((READ_POND.claims or ())[0], denied, (READ_POND.claims or ())[2])))]
    )

    (change,) = changes(tmp_path, quads([(POND, READ_POND)]), after)

    assert change["name"] == "PondNet kg:hasModality chest CT"
    assert (change["before"], change["after"]) == ({"status": ["asserted"]}, {"status": ["negated"]})


def test_a_decision_about_a_claim_is_named_with_who_and_why(tmp_path: Path) -> None:
    before, after = quads([(POND, READ_POND)]), quads([(POND, replace(READ_POND, claims=(READ_POND.claims or ())[:2]))])
    statement = next(
        quad.subject
        for quad in before
        if quad.predicate == RDF.predicate and quad.object == KG.targetsDisease and isinstance(quad.subject, NamedNode)
    )
    decision, graph = NamedNode("urn:decision"), IRIS.graph(POND)
    decided = [
        Quad(decision, RDF.type, NamedNode(f"{KG.iri}Decision"), graph),
        Quad(decision, NamedNode("urn:about"), statement, graph),
        Quad(decision, NamedNode(f"{KG.iri}verdict"), Literal("rejected"), graph),
        Quad(decision, NamedNode(f"{PROV.iri}wasAttributedTo"), NamedNode("urn:ada"), graph),
        Quad(decision, RDFS.comment, Literal("no stones there"), graph),
    ]

    (change,) = changes(tmp_path, before, [*after, *decided])

    assert (change["way"], change["name"]) == ("went", "PondNet kg:targetsDisease gallstone")
    assert change["reasons"] == [{"cause": "new decision", "paper": "", "told": "rejected by urn:ada: no stones there"}]


def test_a_decision_that_lies_beside_a_graph_is_a_reason_too(tmp_path: Path) -> None:
    header = "#curie_map:\n#  id: https://example.org/kg/id/\n#mapping_set_id: https://example.org/kg/id/decisions\n"
    columns = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\tcomment\n"
    row = "id:method/pondnet\tskos:exactMatch\tid:method/lakenet\tsemapv:ManualMappingCuration\tAda\tits new name\n"
    papers = [
        Paper("pond", "PondNet finds gallstones", "We propose PondNet, a network for gallstones in CT."),
        Paper("lake", "LakeNet finds gallstones", "We propose LakeNet, a network for gallstones in CT."),
    ]
    before, after = GraphDirectory(tmp_path / "before"), GraphDirectory(tmp_path / "after")
    for directory in (before, after):
        build(papers, directory, settings=Settings(fast=True))
    after.decisions_path.write_text(header + columns + row, "utf-8")
    build([], after, settings=Settings(fast=True))

    status, output = ask(str(before.path), str(after.path))

    assert status == 1
    assert "papers          0 came        0 went        0 changed\n" in output
    assert "Net (new decision: " in output
    assert "by Ada: its new name" in output
    assert "otherwise" not in output


def test_a_result_keeps_its_identity_when_others_come_before_it(tmp_path: Path) -> None:
    (result,) = ANNOTATION.results
    other = replace(result, value=99, printed=None, span=None, condition="at noon")
    better = replace(result, printed=None, value=85)
    before, after = quads([(PAPER, ANNOTATION)]), quads([(PAPER, replace(ANNOTATION, results=(other, better)))])

    found = [one for one in changes(tmp_path, before, after) if one["part"] == "results"]

    assert [(one["way"], one["name"]) for one in found] == [
        ("changed", "85 % Dice of BrookNet on RIVER-5"),
        ("came", "99 % Dice of BrookNet on RIVER-5"),
    ]
    assert (found[0]["before"]["value"], found[0]["after"]["value"]) == (["84.1"], ["85"])


def test_the_order_of_statements_does_not_show(tmp_path: Path) -> None:
    before, after = quads(BOTH[:1]), quads(BOTH, Run("0.5", "v", "c", "m"))

    assert changes(tmp_path, before, after) == changes(tmp_path, before[::-1], after[::-1])


def test_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    paths = write(tmp_path / "a.nq", []), write(tmp_path / "b.nq", quads(BOTH))

    _, cut = ask(*paths, "--limit", "1")
    _, whole = ask(*paths, "--limit", "0")

    assert "\npapers\n  + BrookNet: Attention for Stone Segmentation in Chest CT (new paper)\n  and 1 more; see" in cut
    assert "more; see" not in whole
    assert whole.count("\n  + ") > cut.count("\n  + ") == 4


def test_graphs_that_differ_in_a_mention_alone_are_not_the_same(tmp_path: Path) -> None:
    made = quads(BOTH)
    fewer = [quad for quad in made if quad.predicate != OA.prefix]

    status, output = ask(write(tmp_path / "a.nq", made), write(tmp_path / "b.nq", fewer))

    assert status == 1
    assert output.endswith("\nother statements differ, such as sentences and mentions\n")


def test_snapshots_go_by_their_name(tmp_path: Path) -> None:
    (tmp_path / "graph" / "snapshots").mkdir(parents=True)
    write(tmp_path / "graph" / "snapshots" / "monday.nq", quads(BOTH[:1]))
    path = write(tmp_path / "now.nq", quads(BOTH))

    status, output = ask("monday.nq", path, "-g", str(tmp_path / "graph"))

    assert status == 1
    assert f"  + {POND.title} (new paper)\n" in output
    with pytest.raises(GraphError, match=r"tuesday: no graph, .*\(snapshots: monday.nq\)"):
        find_graph("tuesday", tmp_path / "graph")


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))),
)
def test_what_differs_is_the_symmetric_difference(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    found = {key: (set(old), set(new)) for key, old, new in differing(before, after)}

    assert found.keys() == {key for key, _ in set(before) ^ set(after)}
    for key, (old, new) in found.items():
        assert old == {(value,) for one, value in before if one == key}
        assert new == {(value,) for one, value in after if one == key}


_RESULTS = st.dictionaries(
    st.sampled_from("12345"),
    st.fixed_dictionaries(
        {"value": st.sampled_from([("1",), ("2",)]), "metric": st.sampled_from([("m",), ("n",)])},
        optional={"start": st.sampled_from([("0",), ("9",)]), "end": st.just(("12",))},
    ),
)


@given(_RESULTS, _RESULTS)
def test_every_result_has_at_most_one_counterpart(before: dict[str, Any], after: dict[str, Any]) -> None:
    pairs = list(paired(before, after))

    for side, results in ((0, before), (1, after)):
        named = [pair[side] for pair in pairs if pair[side] is not None]
        assert len(named) == len(set(named))
        assert set(named) <= results.keys()
    assert list(paired(before, before)) == []
