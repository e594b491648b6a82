"""Nodes made into the concepts of the graph: their labels, and what stands above them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from kg.concepts import Concept
from kg.linking.names import Name
from kg.linking.placing import Grouped
from kg.records import Kind
from kg.text import label_of, normal_form

__all__ = ["concepts_of"]


def concepts_of(groups: Grouped, over: Mapping[str, Collection[str]]) -> dict[str, Concept]:
    """Make the concept of each node, in order of IRI.

    Args:
        groups: Names and concepts of vocabularies, by node.
        over: The broader nodes of each node that shall be in the graph.
    """
    return {iri: _concept(iri, tuple(broader), groups) for iri, broader in sorted(over.items())}


def _concept(iri: str, broader: tuple[str, ...], groups: Grouped) -> Concept:
    """Of several terms that a person joined, the node's own gives the label; of none, the most frequent name does."""
    terms, names = groups.terms(iri), groups.named.get(iri, ())
    term = next((one for one in terms if one.iri == iri), None)
    others = tuple(one for one in terms if one is not term)
    written = {label_of(user.entity.name) for name in names for user in name.users}
    label = term.label if term else _best_label(names)
    labels = [
        *(term.labels if term else ()),
        *(one for other in others for one in (other.label, *other.labels)),
        *sorted({*written, *_surfaces(iri, groups)} - {""}),
    ]
    kind = term.kind if term else names[0].kind
    return Concept(iri, kind, label, _distinct(labels, but=label), broader, term, others)


def _best_label(names: Iterable[Name]) -> str:
    """The label of the name that most papers use, and use most often in their texts; of its spellings the commonest."""
    papers, mentions, written = Counter[str](), Counter[str](), Counter[str]()
    for name in names:
        for user in name.users:
            papers[name.form] += 1
            mentions[name.form] += len(user.entity.mentions)
            written[label_of(user.entity.name)] += 1

    def rank(label: str) -> tuple[int, int, int, int, str]:
        form = normal_form(label)
        return -papers[form], -mentions[form], -written[label], len(label), label

    return min(written, key=rank)


def _surfaces(iri: str, groups: Grouped) -> set[str]:
    """The strings by which papers refer to a node, but for those that are names of another one."""
    found = {
        (name.kind, one) for name in groups.named.get(iri, ()) for user in name.users for one in user.entity.surfaces
    }
    return {label_of(surface) for kind, surface in found if _node_named(kind, surface, groups) in {None, iri}}


def _node_named(kind: Kind, surface: str, groups: Grouped) -> str | None:
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
