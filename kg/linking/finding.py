"""What a user means by a name: the names of papers and the concepts of vocabularies that can be decided about."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from kg.errors import UsageError
from kg.linking.names import Name
from kg.namespaces import DATA_IRI
from kg.records import Kind
from kg.text import normal_form, printable
from kg.vocabulary import Vocabulary

__all__ = ["find_names"]


def find_names(
    value: str, names: Mapping[str, Name], vocabulary: Vocabulary, *, base_iri: str = DATA_IRI, kind: Kind | None = None
) -> list[str]:
    """Find the IRIs of all names that a user may mean, in order; what they are joined with plays no part.

    A name as papers write it comes first, then a string by which papers refer to a concept, then a label of a
    vocabulary. An acronym has one name for each of its long forms.

    Args:
        value: An IRI, whole or without the base, or a name.
        names: Of the graph, by IRI.
        vocabulary: What else may be meant.
        base_iri: Of the graph.
        kind: The kind it is of, if that must be said.

    Raises:
        UsageError: There is nothing of that name, or there is in several kinds.
    """
    bare = value.strip().removeprefix("<").removesuffix(">")
    for iri in (bare, base_iri + bare, DATA_IRI + bare):
        if iri in names or iri in vocabulary.terms:
            return [iri]
    form = normal_form(value)
    if not form:
        raise UsageError(f"{value!r} has no letter or digit; give a name, or an IRI")
    used = [name for name in names.values() if name.uses]
    for found in (_by_form(form, used), _by_surface(form, used), _by_label(form, vocabulary)):
        kinds = {iri: one for iri, one in found if kind is None or one is kind}
        if kinds:
            _check_one_kind(value, kinds)
            return sorted(kinds)
    among = f" among what is of type {kind}" if kind else ""
    raise UsageError(f"nothing here is named {value!r}{among}; {_hint(form, used)}give another name, or an IRI")


def _by_form(form: str, names: Iterable[Name]) -> Iterator[tuple[str, Kind]]:
    return ((name.iri, name.kind) for name in names if name.form == form)


def _by_surface(form: str, names: Iterable[Name]) -> Iterator[tuple[str, Kind]]:
    for name in names:
        if form == name.long or any(normal_form(one) == form for use in name.uses for one in use.surfaces):
            yield name.iri, name.kind


def _by_label(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Kind]]:
    for kind in Kind:
        term = vocabulary.find(kind, form)
        if term is not None:
            yield term.iri, kind


def _check_one_kind(value: str, kinds: Mapping[str, Kind]) -> None:
    found = sorted(set(kinds.values()))
    if len(found) > 1:
        raise UsageError(f"{value!r} names a {', a '.join(found)}; say which with --type {found[0]}")


def _hint(form: str, names: Collection[Name]) -> str:
    labels = {name.form: name.label for name in names}
    close = [printable(labels[one]) for one in get_close_matches(form, sorted(labels), n=3, cutoff=0.7)]
    return f"did you mean {', or '.join(close)}? " if close else ""
