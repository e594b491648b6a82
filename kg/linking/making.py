"""Nodes made into the concepts of the graph: their labels, and what stands above them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.concepts import Concept
from kg.linking.names import Name
from kg.linking.placing import Groups
from kg.records import Kind
from kg.text import is_acronym, label_of, normal_form

__all__ = ["concept_of", "concepts_of"]


def concepts_of(groups: Groups, over: Mapping[str, Collection[str]]) -> dict[str, Concept]:
    """Make the concept of each node, in order of IRI.

    Args:
        groups: Names and concepts of vocabularies, by node.
        over: The broader nodes of each node that shall be in the graph.
    """
    return {iri: concept_of(iri, tuple(broader), groups) for iri, broader in sorted(over.items())}


def concept_of(iri: str, broader: tuple[str, ...], groups: Groups) -> Concept:
    """Make the concept of a node.

    Of several terms that a person joined, the node's own gives the label; of none, the most frequent name does.
    """
    terms, names = groups.terms(iri), groups.named(iri)
    term = next((one for one in terms if one.iri == iri), None)
    others = tuple(one for one in terms if one is not term)
    written = {label_of(use.name) for name in names for use in name.uses}
    label = term.label if term else _best_label(names)
    labels = [
        *(term.labels if term else ()),
        *(one for other in others for one in (other.label, *other.labels)),
        *sorted({*written, *_surfaces(iri, names, groups)} - {""}),
    ]
    kind = term.kind if term else names[0].kind
    return Concept(iri, kind, label, _distinct(labels, but=label), broader, term, others)


def _best_label(names: Iterable[Name]) -> str:
    """The label of the name that most papers use, then of the one with the most surfaces, as it is spelt most.

    Among equals comes the fullest of coined words, else the shortest description.
    """
    papers, surfaces, written = Counter[str](), Counter[str](), Counter[str]()
    for use, count in (used for name in names for used in name.uses.items()):
        label = label_of(use.name)
        papers[normal_form(label)] += count
        surfaces[normal_form(label)] += len(use.surfaces)
        written[label] += count

    def rank(label: str) -> tuple[int, int, int, bool, int, str]:
        form = normal_form(label)
        is_coined = is_acronym(label) or (label.isalnum() and not label.islower())
        length = -len(label) if is_coined else len(label)
        return -papers[form], -surfaces[form], -written[label], not is_coined, length, label

    return min(written, key=rank)


def _surfaces(iri: str, names: Sequence[Name], groups: Groups) -> set[str]:
    """The strings by which papers refer to a node, but for those that are names of another one."""
    found = {(name.kind, one) for name in names for use in name.uses for one in use.surfaces}
    return {label_of(surface) for kind, surface in found if _node_named(kind, surface, groups) in {None, iri}}


def _node_named(kind: Kind, surface: str, groups: Groups) -> str | None:
    term = groups.vocabulary.find(kind, surface)
    return groups.node(term.iri) if term else groups.find.get((kind, normal_form(surface)))


def _distinct(labels: Iterable[str], *, but: str) -> tuple[str, ...]:
    """Keep one of several spellings that fold to one normal form, and none that folds to ``but``."""
    seen = {normal_form(but)}
    kept = []
    for label in labels:
        form = normal_form(label)
        if form and form not in seen:
            seen.add(form)
            kept.append(label)
    return tuple(kept)
