"""What decisions make of an annotation and of the graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.mapping import Iris
from kg.namespaces import KG, PROV
from kg.records import Annotation, Claim, Entity, Kind, Predicate, Role, Status, claims_of, decode_annotation, encode
from kg.reviewing import Standing, apply, stale_decisions
from kg.store import Graph
from tests.cases import ANNOTATION, PAPER, span
from tests.reviewing.cases import decided, line, parsed, quads_of, said

_U_NET = {"type": "Method", "name": "U-Net", "surfaces": ["U-Net"], "mentions": [list(span("U-Net"))]}
_QUOTE = "We propose BrookNet, a U-Net with pebble attention."
_SEEN = {"sentence": list(span(_QUOTE)), "quote": _QUOTE, "mentions": [list(span("U-Net"))]}


def _claims(annotation: Annotation) -> set[tuple[str | None, str, str | None, Status]]:
    return {(one.subject, one.predicate, one.object, one.status) for one in claims_of(annotation)}


def _without(name: str) -> Annotation:
    """The annotation of an extractor that no longer finds a thing."""
    return replace(
        ANNOTATION,
        entities=tuple(one for one in ANNOTATION.entities if one.name != name),
        claims=tuple(one for one in claims_of(ANNOTATION) if name not in {one.subject, one.object}),
    )


def test_without_decisions_the_annotation_is_the_same() -> None:
    assert apply(PAPER, ANNOTATION, ()) is ANNOTATION


def test_an_accepted_claim_is_certain_and_says_who_decided() -> None:
    made = decided(line("d1", "accept", said(None, "used", "U-Net")))

    assert _claims(made) == _claims(ANNOTATION)
    (claim,) = (one for one in claims_of(made) if one.decision)
    assert (claim.object, claim.confidence, claim.decision, claim.sentence) == ("U-Net", 1.0, "d1", span(_QUOTE))


def test_an_accepted_claim_holds_when_no_extractor_finds_it_any_more() -> None:
    told = line("d1", "accept", said(None, "used", "U-Net"), entities=[_U_NET], **_SEEN)

    made = decided(told, annotation=_without("U-Net"))

    assert _claims(made) == _claims(ANNOTATION)
    assert Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED, (span("U-Net"),)) in made.entities
    quads_of(made)


def test_an_accepted_relation_brings_both_of_its_ends() -> None:
    brook = {"type": "Method", "name": "BrookNet", "surfaces": ["BrookNet"]}
    told = line("d1", "accept", said("BrookNet", "basedOn", "U-Net"), entities=[brook, _U_NET], **_SEEN)

    made = decided(told, annotation=Annotation("brook"))

    assert made.relations == (("BrookNet", Predicate.BASED_ON, "U-Net"),)
    assert (None, "mentioned", "BrookNet", Status.BACKGROUND) in _claims(made)
    assert sum(quad.predicate == KG.basedOn for quad in quads_of(made)) == 1


def test_words_that_moved_are_found_again() -> None:
    told = line("d1", "accept", said(None, "used", "U-Net"), entities=[_U_NET], **_SEEN)
    moved = replace(PAPER, title="A Longer Title", abstract=f"Some words first. {PAPER.abstract}")

    made = decided(told, paper=replace(moved, doi=PAPER.doi), annotation=Annotation("brook"))

    (claim,) = claims_of(made)
    assert claim.sentence is not None
    assert moved.text[slice(*claim.sentence)] == _QUOTE
    assert [moved.text[slice(*place)] for place in claim.mentions] == ["U-Net"]


@pytest.mark.parametrize(
    ("abstract", "claim"),
    [
        ("We propose nothing.", said(None, "used", "U-Net")),
        ("A U-Net, in other words.", said(None, "used", "U-Net")),
        (PAPER.abstract, said("BrookNet", "basedOn", "U-Net")),
    ],
    ids=["no such name", "no such sentence", "subject not told"],
)
def test_a_decision_whose_words_are_gone_is_stale_and_changes_nothing(abstract: str, claim: dict[str, str]) -> None:
    paper = replace(PAPER, abstract=abstract)
    standing = Standing(parsed(line("d1", "accept", claim, entities=[_U_NET], **_SEEN))).of(paper)

    made = apply(paper, Annotation("brook"), standing)

    assert made == Annotation("brook")
    assert [one.id for one in stale_decisions(standing, made)] == ["d1"]
    assert stale_decisions(standing, decided(line("d1", "accept", claim), annotation=ANNOTATION)) == ()


def test_a_rejected_relation_is_gone() -> None:
    made = decided(line("d1", "reject", said("pebble attention", "partOf", "BrookNet")))

    assert made.relations == ()
    assert _claims(ANNOTATION) - _claims(made) == {("pebble attention", "partOf", "BrookNet", Status.ASSERTED)}
    assert not any(KG.partOf in {quad.predicate, quad.object} for quad in quads_of(made))


def test_a_concept_whose_role_is_rejected_is_still_mentioned() -> None:
    made = decided(line("d1", "reject", said(None, "used", "U-Net")))

    assert (None, "mentioned", "U-Net", Status.BACKGROUND) in _claims(made)
    assert (None, "used", "U-Net", Status.ASSERTED) not in _claims(made)
    assert {one.name: one.role for one in made.entities}["U-Net"] is Role.MENTIONED
    assert not any(quad.predicate == KG.uses for quad in quads_of(made))


def test_a_rejected_mention_takes_the_concept_along_unless_something_else_names_it() -> None:
    alone = decided(line("d1", "reject", said("BrookNet", "appliedTo", "MRI", "negated")))
    told = line("d2", "reject", said(None, "mentioned", "MRI", "background"))

    assert "MRI" in {one.name for one in decided(told).entities}
    gone = apply(PAPER, alone, Standing(parsed(told)).of(PAPER))
    assert "MRI" not in {one.name for one in gone.entities}
    quads_of(gone)


def test_what_is_denied_is_another_claim_than_what_is_asserted() -> None:
    assert _claims(decided(line("d1", "reject", said("BrookNet", "appliedTo", "MRI")))) == _claims(ANNOTATION)


@pytest.mark.parametrize(
    ("claim", "instead"),
    [
        (said(None, "used", "U-Net"), said(None, "compared", "U-Net")),
        (said("BrookNet", "appliedTo", "MRI", "negated"), said("BrookNet", "appliedTo", "chest CT")),
        (said("BrookNet", "appliedTo", "MRI", "negated"), said("BrookNet", "appliedTo", "MRI", "hypothesised")),
        (said("pebble attention", "partOf", "BrookNet"), said("BrookNet", "basedOn", "U-Net")),
        (said(None, "mentioned", "MRI", "background"), said(None, "studied", "MRI")),
        (said("pebble attention", "partOf", "BrookNet"), said(None, "mentioned", "pebble attention", "background")),
    ],
    ids=["role", "object", "status", "all", "mention", "relation to role"],
)
def test_a_corrected_claim_is_replaced(claim: dict[str, str], instead: dict[str, str]) -> None:
    made = decided(line("d1", "correct", claim, instead=instead))

    former, new = ((*list(one.values())[:3], Status(one["status"])) for one in (claim, instead))
    assert former not in _claims(made)
    assert new in _claims(made)
    quads_of(made)


def test_names_are_matched_by_normal_form_where_the_annotation_writes_them_otherwise() -> None:
    made = decided(line("d1", "reject", said(None, "studied", "Gallstones")))

    assert {one.name: one.role for one in made.entities}["gallstone"] is Role.MENTIONED


def test_decisions_reach_an_annotation_written_by_hand() -> None:
    by_hand = replace(ANNOTATION, claims=None)

    made = decided(line("d1", "reject", said(None, "used", "U-Net")), annotation=by_hand)

    assert (None, "reported", "Dice", Status.ASSERTED) in _claims(made)
    assert (None, "used", "U-Net", Status.ASSERTED) not in _claims(made)


@pytest.mark.parametrize(
    ("author", "agent"), [("Ada Weir", "agent/"), ("https://orcid.org/0000-0002-1825-0097", "agent/orcid/0000-0002-")]
)
def test_the_graph_says_who_decided_and_when(author: str, agent: str) -> None:
    told = line("d1", "accept", said(None, "used", "U-Net"), author=author, comment="Section 2 says so.")
    graph = Graph.of(list(quads_of(decided(told))))

    (row,) = graph.select(
        "SELECT ?verdict ?agent ?time ?comment ?object { ?paper kg:uses ?concept . ?a rdf:object ?concept . "
        "?evidence kg:supports ?a ; prov:wasInfluencedBy ?d . ?d kg:verdict ?verdict ; prov:wasAttributedTo ?agent ; "
        "prov:generatedAtTime ?time ; rdfs:comment ?comment ; kg:claimObject ?object }"
    )
    found = {name: term.value if term else "" for name, term in row.items()}
    assert found.pop("agent").removeprefix(Iris().base).startswith(agent)
    assert found == {
        "verdict": "accept",
        "time": "2026-03-09T14:05:00Z",
        "comment": "Section 2 says so.",
        "object": "U-Net",
    }


def test_a_rejected_claim_leaves_a_decision_and_no_triple_of_its_own() -> None:
    quads = quads_of(decided(line("d1", "reject", said("BrookNet", "appliedTo", "MRI", "negated"))))
    graph = Graph.of(list(quads))

    (row,) = graph.select(
        "SELECT ?s ?p ?o ?status { ?d kg:verdict 'reject' ; kg:claimSubject ?s ; "
        "kg:claimPredicate ?p ; kg:claimObject ?o ; kg:status ?status }"
    )
    assert [term.value for term in row.values() if term] == ["BrookNet", "appliedTo", "MRI", KG.negated.value]
    assert not any(quad.predicate == PROV.wasInfluencedBy for quad in quads)
    assert len(list(graph.select("SELECT ?a { ?a a kg:Assertion ; kg:status kg:negated }"))) == 0


_VERDICTS = st.sampled_from(["accept", "reject", "correct"])
_PLACES = st.integers(0, len(ANNOTATION.claims or ()) - 1)


def _as_said(claim: Claim) -> dict[str, str]:
    return said(claim.subject, claim.predicate, claim.object or "", claim.status.value)


def _told(number: int, verdict: str, place: int) -> str:
    """A decision about one of the claims; a correction turns its status round."""
    claim = _as_said(claims_of(ANNOTATION)[place])
    other = {**claim, "status": "negated" if claim["status"] != "negated" else "asserted"}
    return line(f"d{number}", verdict, claim, instead=other if verdict == "correct" else None)


@given(st.lists(st.tuples(_VERDICTS, _PLACES), max_size=6))
def test_whatever_is_decided_the_annotation_stays_whole_and_an_undo_of_all_gives_the_former(
    decisions: list[tuple[str, int]],
) -> None:
    told = [_told(number, *one) for number, one in enumerate(decisions)]
    undone = [line(f"u{number}", "undo", undoes=f"d{number}") for number in range(len(told))]

    made = decided(*told)
    names = {one.name for one in made.entities}

    assert decode_annotation(encode(made)) == made
    assert {end for claim in claims_of(made) for end in (claim.subject, claim.object)} - {None} <= names
    assert all(
        one.role == Role.MENTIONED
        or (None, one.role, one.name) in {(claim.subject, claim.predicate, claim.object) for claim in claims_of(made)}
        for one in made.entities
    )
    assert decided(*told, *undone) is ANNOTATION


@given(_VERDICTS, _VERDICTS, _PLACES)
def test_of_two_decisions_about_one_claim_the_later_wins(first: str, second: str, place: int) -> None:
    later = _told(2, second, place)

    assert decided(_told(1, first, place), later) == decided(later)


def test_an_undone_decision_leaves_the_graph_as_it_was() -> None:
    reject = line("d1", "reject", said(None, "used", "U-Net"))

    assert quads_of(decided(reject)) != quads_of(ANNOTATION)
    assert quads_of(decided(reject, line("u1", "undo", undoes="d1"))) == quads_of(ANNOTATION)


def test_an_undo_can_be_undone() -> None:
    reject = line("d1", "reject", said(None, "used", "U-Net"))
    told = [reject, line("u1", "undo", undoes="d1"), line("u2", "undo", undoes="u1")]

    assert decided(*told) == decided(reject)


def test_decisions_find_their_paper_by_any_of_its_identifiers() -> None:
    known = replace(PAPER, doi=None, pmid="12345")
    standing = Standing(parsed(line("d1", "reject", said(None, "used", "U-Net"), paper=known.key)))

    assert [one.id for one in standing.of(replace(known, doi=PAPER.doi))] == ["d1"]
    assert [one.id for one in standing.unused([PAPER])] == ["d1"]
    assert standing.unused([known]) == ()
