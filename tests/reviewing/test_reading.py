"""The file of decisions: what it may say, and what is said of what it may not."""

import pytest

from kg.errors import InputError
from kg.reviewing import merge_claim_decisions, parse_claim_decisions
from tests.reviewing.cases import FILE, line, lines, parsed, said

_USED = said(None, "used", "U-Net")


def test_a_file_without_lines_decides_nothing() -> None:
    assert parse_claim_decisions(b"", FILE) == []
    assert parse_claim_decisions(b"\n  \n", FILE) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "a JSON object is expected"),
        (line("d2", "accept"), "accept needs claim"),
        (line("d2", "reject", _USED, instead=_USED), "reject needs claim"),
        (line("d2", "correct", _USED), "correct needs claim and instead"),
        (line("d2", "undo"), "undo needs undoes"),
        (line("d2", "undo", undoes="d9"), "d9 is no decision above this line"),
        (line("d1", "accept", _USED), "d1 stands twice"),
        (line("d 2", "accept", _USED), "an id is"),
        (line("d2", "maybe", _USED), "field verdict: Invalid enum value 'maybe'"),
        (line("d2", "accept", _USED, note="x"), "unknown field `note`"),
        (line("d2", "accept", {**_USED, "confidence": 1}), "field claim: Object contains unknown field `confidence`"),
        (line("d2", "accept", said(None, "used", "")), "field claim.object: is empty"),
        (line("d2", "accept", _USED, author=" "), "field author: is empty"),
        (line("d2", "accept", _USED, date="2026-03-09"), "is no time such as"),
        (line("d2", "accept", _USED, date="2026-13-09T14:05:00Z"), "is no time such as"),
        (line("d2", "accept", _USED, date="0001-01-01T00:00:00+09:00"), "is no time such as"),
        (line("d2", "accept", said(None, "partOf", "U-Net")), "'partOf' is not a role"),
        (line("d2", "accept", said("U-Net", "used", "CT")), "'used' is not a relation"),
        (line("d2", "accept", said("U-Net", "partOf", "U-Net")), "subject and object are the same"),
        (
            line("d2", "accept", _USED, entities=[{"type": "Disease", "name": "U-Net", "surfaces": []}]),
            "a Disease cannot be 'used'",
        ),
        (line("d2", "accept", _USED, sentence=[0, 4]), "a sentence needs its words"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(wrong: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        parsed(line("d1", "accept", _USED), wrong)

    assert str(caught.value).startswith(f"{FILE}:2: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(InputError, match=r":2: is not UTF-8"):
        parse_claim_decisions(lines(line("d1", "accept", _USED)) + b"\xff\n", FILE)


def test_decisions_are_added_once_and_what_was_there_stays_as_it_is() -> None:
    former = line("d1", "accept", _USED).encode()  # as an editor may leave it: without an end of line
    more = lines(line("d1", "accept", _USED), line("d2", "reject", _USED), line("u1", "undo", undoes="d1"))

    merged, added = merge_claim_decisions(former, FILE, more, FILE)

    assert added == 2
    assert merged.startswith(former + b"\n")
    assert [one.id for one in parse_claim_decisions(merged, FILE)] == ["d1", "d2", "u1"]
    assert merge_claim_decisions(merged, FILE, more, FILE) == (merged, 0)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (line("d1", "reject", _USED), r"saved.jsonl:1: the id d1 stands for another decision in claims"),
        (line("u1", "undo", undoes="d9"), r"saved.jsonl:1: field undoes: d9 is no decision"),
        ("x", r"saved.jsonl:1: not JSON"),
    ],
)
def test_a_file_that_does_not_fit_is_not_added(more: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        merge_claim_decisions(lines(line("d1", "accept", _USED)), FILE, lines(more), FILE.with_name("saved.jsonl"))
