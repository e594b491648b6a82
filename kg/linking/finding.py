"""What a user means by a name: the names of papers and the concepts of vocabularies that can be decided about."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from kg.errors import UsageError
from kg.linking.index import LinkIndex
from kg.namespaces import DATA_IRI
from kg.records import Kind
from kg.text import normal_form, printable
from kg.vocabulary import Vocabulary

__all__ = ["find_names"]


def find_names(value: str, index: LinkIndex, *, kind: Kind | None = None) -> list[str]:
    """Find the IRIs of all names that a user may mean, in order; what they are joined with plays no part.

    A name as papers write it comes first, then a string by which papers refer to a concept, then a label of a
    vocabulary. An acronym has one name for each of its long forms.

    Args:
        value: An IRI, whole or without the base, or a name.
        index: Of the graph.
        kind: The kind it is of, if that must be said.

    Raises:
        UsageError: There is nothing of that name, or there is in several kinds.
    """
    bare = value.strip().removeprefix("<").removesuffix(">")
    for iri in (bare, index.base_iri + bare, DATA_IRI + bare):
        if iri in index.vocabulary.terms or index.name(iri) is not None:
            return [iri]
    form = normal_form(value)
    if not form:
        raise UsageError(f"{value!r} has no letter or digit; give a name, or an IRI")
    for found in (index.of_form(form), index.of_surface(form), _by_label(form, index.vocabulary)):
        kinds = {iri: one for iri, one in found if kind is None or one is kind}
        if kinds:
            _check_one_kind(value, kinds)
            return sorted(kinds)
    among = f" among what is of type {kind}" if kind else ""
    raise UsageError(f"nothing here is named {value!r}{among}; {_hint(form, index)}give another name, or an IRI")


def _by_label(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Kind]]:
    for kind in Kind:
        term = vocabulary.find(kind, form)
        if term is not None:
            yield term.iri, kind


def _check_one_kind(value: str, kinds: Mapping[str, Kind]) -> None:
    found = sorted(set(kinds.values()))
    if len(found) > 1:
        raise UsageError(f"{value!r} names a {', a '.join(found)}; say which with --type {found[0]}")


def _hint(form: str, index: LinkIndex) -> str:
    close = get_close_matches(form, index.forms(), n=3, cutoff=0.7)
    labels = [name.label for one in close for iri, _ in index.of_form(one)[:1] if (name := index.name(iri))]
    return f"did you mean {', or '.join(map(printable, labels))}? " if labels else ""
