"""Decisions that cannot be acted on, found before anything is made of them."""

from collections.abc import Iterable, Mapping

from kg.errors import InputError
from kg.ledger import Decision
from kg.linking.names import Name
from kg.records import Kind
from kg.vocabulary import Vocabulary

__all__ = ["check_decisions"]


def check_decisions(decisions: Iterable[Decision], names: Mapping[str, Name], vocabulary: Vocabulary) -> None:
    """Raise the first fault there is.

    Raises:
        InputError: A decision is about something that is neither a name of the graph nor a concept of the vocabulary,
            or joins what is of two kinds.
    """
    for one in decisions:
        kinds = [_kind(one, iri, names, vocabulary) for iri in (one.row.subject, one.row.object)]
        if None not in kinds and kinds[0] is not kinds[1]:
            reason = f"is about {one.row.called[0]}, a {kinds[0]}, and {one.row.called[1]}, a {kinds[1]}"
            raise InputError(one.place, reason, "take the line out")


def _kind(one: Decision, iri: str, names: Mapping[str, Name], vocabulary: Vocabulary) -> Kind | None:
    if iri in names:
        return names[iri].kind
    if iri in vocabulary.terms:
        return vocabulary.terms[iri].kind
    if one.settled:
        return None
    raise InputError(one.place, f"names an unknown concept, <{iri}>", "mend the id, or take the line out")
