"""Decisions that cannot be acted on, found before anything is made of them."""

from collections.abc import Callable, Iterable

from kg.errors import InputError
from kg.ledger import Decision
from kg.records import Kind
from kg.vocabulary import Vocabulary

__all__ = ["check_decisions"]


def check_decisions(
    decisions: Iterable[Decision], kind_of: Callable[[str], Kind | None], vocabulary: Vocabulary
) -> None:
    """Raise the first fault there is.

    Args:
        decisions: Of people.
        kind_of: The kind of a name of the graph, by IRI; None for what is none.
        vocabulary: What else may be decided about.

    Raises:
        InputError: A decision is about something that is neither a name of the graph nor a concept of the vocabulary,
            or joins what is of two kinds.
    """
    for one in decisions:
        kinds = [_kind(one, iri, kind_of, vocabulary) for iri in (one.row.subject, one.row.object)]
        if None not in kinds and kinds[0] is not kinds[1]:
            reason = f"is about {one.row.called[0]}, a {kinds[0]}, and {one.row.called[1]}, a {kinds[1]}"
            raise InputError(one.place, reason, "take the line out")


def _kind(one: Decision, iri: str, kind_of: Callable[[str], Kind | None], vocabulary: Vocabulary) -> Kind | None:
    kind = kind_of(iri)
    if kind is not None:
        return kind
    if iri in vocabulary.terms:
        return vocabulary.terms[iri].kind
    if one.settled:
        return None
    raise InputError(one.place, f"names an unknown concept, <{iri}>", "mend the id, or take the line out")
