"""Groups of entities made into the concepts of the graph: their labels, and what stands above them."""

from collections import Counter
from collections.abc import Mapping

from kg.concepts import Concept
from kg.linking.hierarchy import broader
from kg.linking.named import Named
from kg.text import label_of, normal_form
from kg.vocabulary import Term, Vocabulary

__all__ = ["concepts_of"]


def concepts_of(members: Mapping[str, list[Named]], vocabulary: Vocabulary) -> dict[str, Concept]:
    """Make the concept of each group and all that stand above it, in order of IRI."""
    known = {iri: above for iri in members if iri in vocabulary.terms for above in (iri, *vocabulary.ancestors(iri))}
    ancestors = {above for iri in known for above in vocabulary.ancestors(iri) if above in vocabulary.terms}
    concepts = {iri: _concept_of_term(vocabulary.terms[iri], members.get(iri, [])) for iri in {*known, *ancestors}}
    own = {iri: group for iri, group in members.items() if iri not in vocabulary.terms}
    by_form = {(group[0].entity.type, normal_form(group[0].entity.name)): iri for iri, group in sorted(own.items())}
    heads: set[str] = set()
    for iri, group in own.items():
        above = broader(group[0].entity, by_form, vocabulary)
        heads |= {one for one in above if one in vocabulary.terms}
        concepts[iri] = _own_concept(iri, group, tuple(one for one in above if one != iri))
    for iri in heads:
        for one in (iri, *vocabulary.ancestors(iri)):
            if one in vocabulary.terms:
                concepts.setdefault(one, _concept_of_term(vocabulary.terms[one], members.get(one, [])))
    return dict(sorted(concepts.items()))


def _concept_of_term(term: Term, group: list[Named]) -> Concept:
    labels = _distinct([*term.labels, *sorted(_surface_labels(group))], but=term.label)
    return Concept(term.iri, term.kind, term.label, labels, term.broader, term)


def _own_concept(iri: str, group: list[Named], broader: tuple[str, ...]) -> Concept:
    """A concept no vocabulary knows: its most frequent name is its label, then the first in order."""
    names = Counter(label_of(named.entity.name) for named in group)
    label = min(names, key=lambda name: (-names[name], name))
    labels = _distinct(sorted(_surface_labels(group)), but=label)
    return Concept(iri, group[0].entity.type, label, labels, broader, None)


def _surface_labels(group: list[Named]) -> set[str]:
    return {label for named in group for one in (named.entity.name, *named.entity.surfaces) if (label := label_of(one))}


def _distinct(labels: list[str], *, but: str) -> tuple[str, ...]:
    """Keep one of several spellings that fold to one normal form, and none that folds to ``but``."""
    seen = {normal_form(but)}
    kept = []
    for label in labels:
        form = normal_form(label)
        if form and form not in seen:
            seen.add(form)
            kept.append(label)
    return tuple(kept)
