"""The file of decisions about claims: JSON Lines, one decision a line, later lines win."""

import re
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kg.errors import InputError, RecordError
from kg.records import (
    ROLES,
    ClaimDecision,
    Predicate,
    Role,
    Said,
    Verdict,
    decode_claim_decision,
    encode_claim_decision,
)

__all__ = ["merge_claim_decisions", "parse_claim_decisions"]

_REMEDY: Final = "mend the line, or take it out"
_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_PARTS: Final = {
    Verdict.ACCEPT: {"claim"},
    Verdict.REJECT: {"claim"},
    Verdict.CORRECT: {"claim", "instead"},
    Verdict.UNDO: {"undoes"},
}
"""Which of claim, instead and undoes a decision has, by its verdict."""


def parse_claim_decisions(data: bytes, path: Path) -> list[ClaimDecision]:
    """Read the decisions of a file, in its order.

    Args:
        data: The file's content; empty for none. Blank lines say nothing.
        path: The file's, for messages.

    Raises:
        InputError: A line is no decision, an id stands twice, or what is undone does not stand above.
    """
    return [decision for _, decision in _read(data, path)]


def merge_claim_decisions(former: bytes, path: Path, more: bytes, more_path: Path) -> tuple[bytes, int]:
    """Add the decisions of one file at the end of another; those that stand there already are not repeated.

    Args:
        former: Content of the file that is added to; it stays as it is.
        path: Its path, for messages.
        more: Content of the file whose decisions are added.
        more_path: Likewise.

    Returns:
        The new content, and the number of decisions added.

    Raises:
        InputError: A file is malformed, or one id stands for two decisions.
    """
    there = {decision.id: decision for decision in parse_claim_decisions(former, path)}
    new: list[ClaimDecision] = []
    for place, decision in _read(more, more_path, there):
        if decision.id not in there:
            new.append(decision)
        elif there[decision.id] != decision:
            raise InputError(place, f"the id {decision.id} stands for another decision in {path}", _REMEDY)
    gap = b"" if not former or former.endswith(b"\n") else b"\n"
    return former + gap + "".join(f"{encode_claim_decision(one)}\n" for one in new).encode(), len(new)


def _read(data: bytes, path: Path, there: Container[str] = ()) -> Iterator[tuple[str, ClaimDecision]]:
    """Yield each decision with its place; what is undone stands above it, or is there."""
    seen: set[str] = set()
    for number, line in _lines(data, path):
        try:
            decision = decode_claim_decision(line)
            _check(decision, seen, there)
        except RecordError as error:
            raise InputError(f"{path}:{number}", str(error), _REMEDY) from error
        seen.add(decision.id)
        yield f"{path}:{number}", decision


def _lines(data: bytes, path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}", "is not UTF-8", "save the file as UTF-8") from error
    for number, content in enumerate(text.split("\n"), start=1):
        if content.strip():
            yield number, content


def _check(decision: ClaimDecision, seen: set[str], there: Container[str]) -> None:
    """See that a decision says what its verdict needs, and nothing that cannot be meant.

    Raises:
        RecordError: It does not.
    """
    if not _ID.fullmatch(decision.id):
        raise RecordError("id", "an id is 1 to 100 letters, digits and signs of .-_:")
    if decision.id in seen:
        raise RecordError("id", f"{decision.id} stands twice")
    named = ((f"entities[{number}].name", one.name) for number, one in enumerate(decision.entities))
    for field, value in (("paper", decision.paper), ("author", decision.author), *named):
        _check_filled(field, value)
    _check_time(decision.date)
    given = {name for name in ("claim", "instead", "undoes") if getattr(decision, name) is not None}
    if given != _PARTS[decision.verdict]:
        needed = " and ".join(sorted(_PARTS[decision.verdict]))
        raise RecordError("verdict", f"{decision.verdict} needs {needed}, of claim, instead and undoes")
    if decision.undoes is not None and decision.undoes not in seen and decision.undoes not in there:
        raise RecordError("undoes", f"{decision.undoes} is no decision above this line")
    if (decision.sentence is None) != (decision.quote is None):
        raise RecordError("sentence", "a sentence needs its words as quote, and a quote its sentence")
    for field, said in (("claim", decision.claim), ("instead", decision.instead)):
        if said is not None:
            _check_said(field, said, decision)


def _check_filled(field: str, value: str) -> None:
    if not value.strip():
        raise RecordError(field, "is empty")


def _check_time(date: str) -> None:
    try:
        datetime.fromisoformat(date).astimezone(UTC)
        valid = _TIME.fullmatch(date) is not None
    except (ValueError, OverflowError):
        valid = False
    if not valid:
        raise RecordError("date", f"{date!r} is no time such as 2026-03-09T14:05:00Z")


def _check_said(field: str, said: Said, decision: ClaimDecision) -> None:
    for end, name in (("subject", said.subject), ("object", said.object)):
        if name is not None:
            _check_filled(f"{field}.{end}", name)
    known = Role if said.subject is None else Predicate
    if said.predicate not in set(known):
        what = "a role" if said.subject is None else "a relation"
        raise RecordError(f"{field}.predicate", f"{said.predicate!r} is not {what}: {', '.join(known)}")
    if said.subject == said.object:
        raise RecordError(field, "subject and object are the same")
    for named in decision.entities:
        if said.subject is None and named.name == said.object and Role(said.predicate) not in ROLES[named.type]:
            raise RecordError(f"{field}.predicate", f"a {named.type} cannot be {said.predicate!r}")
