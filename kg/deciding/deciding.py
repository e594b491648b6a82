"""Decisions taken and taken back: one row of the ledger each, after which the graph is linked anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.deciding.state import State, state_of
from kg.errors import UsageError
from kg.ledger import Decision, Justification, Match, Row, check_agreement, with_rows, without
from kg.pipeline import read_decisions, update
from kg.records import Kind
from kg.store import Decisions, GraphDirectory

__all__ = ["Decided", "Question", "decide", "undo"]


@dataclass(frozen=True, slots=True)
class Question:
    """Two names as a user gives them.

    Attributes:
        joined: They are said to be one; else they are said not to be.
        kind: Of both, where the names alone do not tell.
    """

    first: str
    second: str
    joined: bool = True
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What has been decided, and the labels of the nodes that both names stand for now."""

    rows: tuple[Row, ...]
    labels: tuple[str, str]
    one_node: bool


def decide(directory: GraphDirectory, question: Question, *, author: str, note: str, date: str) -> Decided:
    """Add a decision to those of a graph, and link its papers anew; no text is read, and all is done or nothing.

    Args:
        directory: Of the graph.
        question: What is decided.
        author: Who decides: a name, or the IRI of an ORCID.
        note: Why; may be empty.
        date: Today's, ISO; it is kept beside the graph and never enters it.

    Raises:
        UsageError: A name is unknown or may be several, or the decision is there already.
        InputError: It contradicts another decision, or the decisions there are cannot be acted on.
        GraphError: There is no graph, it is damaged, or the new one would not be valid; nothing is written.
    """
    rows: list[Row] = []

    def add(told: Decisions) -> Decisions:
        with state_of(directory) as state:
            rows.extend(_rows(state, question, author, note))
            base_iri = state.index.base_iri
        former = read_decisions(directory, told.concepts, base_iri)
        there = [one for one in former if _said(one.row) in set(map(_said, rows))]
        if there:
            raise UsageError(f"{there[0].place}: this has been decided; take it back with --undo")
        check_agreement([*former, *(Decision(row, "this decision") for row in rows)])
        return replace(told, concepts=with_rows(told.concepts, rows, base_iri, date))

    update(directory, decide=add)
    return _decided(directory, tuple(rows))


def undo(directory: GraphDirectory, question: Question) -> Decided:
    """Take a decision back, and link the graph's papers anew as without it.

    Raises:
        UsageError: A name is unknown or may be several, or this has not been decided.
        InputError: The decisions there are cannot be acted on.
        GraphError: There is no graph, it is damaged, or the new one would not be valid; nothing is written.
    """
    rows: list[Row] = []

    def take_out(told: Decisions) -> Decisions:
        with state_of(directory) as state:
            former = read_decisions(directory, told.concepts, state.index.base_iri)
            ends = [set(state.find(value, question.kind)) for value in (question.first, question.second)]
        gone = {one.line: one.row for one in former if _is_asked(one.row, ends, question)}
        if not gone:
            what = "are one" if question.joined else "are not one"
            raise UsageError(f"nobody decided that {question.first} and {question.second} {what}; see kg why-same")
        rows.extend(gone.values())
        return replace(told, concepts=without(told.concepts, gone))

    update(directory, decide=take_out)
    return _decided(directory, tuple(rows))


def _rows(state: State, question: Question, author: str, note: str) -> tuple[Row, ...]:
    """One row joins; to part, each sense of an acronym needs its own."""
    subjects, objects = (_of_one_node(state, value, question.kind) for value in (question.first, question.second))
    if set(subjects) & set(objects):
        raise UsageError(f"{question.first} and {question.second} are one name in the papers; give two names")
    target = objects[0]
    kinds = [state.kind(iri) for iri in (subjects[0], target)]
    if kinds[0] is not kinds[1]:
        raise UsageError(
            f"{question.first} is a {kinds[0]}, {question.second} a {kinds[1]}; give two names of one type"
        )
    return tuple(
        Row(
            subject=subject,
            object=target,
            match=Match.EXACT,
            negated=not question.joined,
            subject_label=state.label(subject),
            object_label=state.label(target),
            justification=Justification.MANUAL,
            author=author,
            comment=note,
        )
        for subject in (subjects[:1] if question.joined else subjects)
    )


def _of_one_node(state: State, value: str, kind: Kind | None) -> list[str]:
    found = state.find(value, kind)
    if len({state.node(iri) for iri in found}) > 1:
        choices = ", ".join(f"{iri} ({state.node_label(iri)})" for iri in found)
        raise UsageError(f"{value!r} names {len(found)} things; give one of their IRIs: {choices}")
    return found


def _said(row: Row) -> tuple[object, ...]:
    """What a row claims; that two are one, or are not, is said of both alike."""
    ends = (row.subject, row.object)
    return (frozenset(ends) if row.match is Match.EXACT else ends), row.match, row.negated


def _is_asked(row: Row, ends: Sequence[set[str]], question: Question) -> bool:
    first, second = ends
    same_pair = (row.subject in first and row.object in second) or (row.subject in second and row.object in first)
    return same_pair and row.match is Match.EXACT and row.negated is not question.joined


def _decided(directory: GraphDirectory, rows: tuple[Row, ...]) -> Decided:
    first, second = rows[0].subject, rows[0].object
    with state_of(directory) as state:
        labels = state.node_label(first), state.node_label(second)
        return Decided(rows, labels, state.node(first) == state.node(second))
