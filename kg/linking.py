"""Which names are one concept, in a paper and across papers, and where it stands in the vocabularies.

A name that a vocabulary knows is the vocabulary's concept; any other is a concept of its own, made of its kind
and normal form, so that its IRI does not depend on what other papers say. One acronym with two long forms is
two concepts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.concepts import Concept, Linking
from kg.namespaces import DATA_IRI
from kg.records import Annotation, Entity, Kind
from kg.text import is_acronym, label_of, normal_form, slug
from kg.vocabulary import Term, Vocabulary

__all__ = ["link"]

_SAME_LONG_FORM = 0.5
_TURNS_MEANING = frozenset({"non", "no", "not", "anti", "pseudo", "without", "pre", "un"})
"""Words before which a head is not a broader term: non-small cell lung cancer is no small cell lung cancer."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity and the paper it is named in."""

    paper_id: str
    entity: Entity


def link(annotations: Iterable[Annotation], vocabulary: Vocabulary, base_iri: str = DATA_IRI) -> Linking:
    """Link every entity of all annotations; the order they come in does not matter."""
    iris: dict[tuple[str, str], str] = {}
    members: dict[str, list[_Named]] = defaultdict(list)
    unknown: dict[tuple[Kind, str], list[_Named]] = defaultdict(list)
    for annotation in annotations:
        for entity in annotation.entities:
            named = _Named(annotation.id, entity)
            term = _known(entity, vocabulary)
            if term is None:
                unknown[entity.type, normal_form(entity.name)].append(named)
            else:
                members[term.iri].append(named)
    for (kind, form), group in unknown.items():
        for iri, some in _senses(f"{base_iri}{kind.value.lower()}/{_local_name(form)}", group):
            members[iri] += some
    for iri, group in members.items():
        iris |= {(named.paper_id, named.entity.name): iri for named in group}
    return Linking(_concepts(members, vocabulary), iris)


def _known(entity: Entity, vocabulary: Vocabulary) -> Term | None:
    """The vocabulary's concept for a name, else for one of its long forms; acronyms alone do not decide."""
    long_forms = sorted((one for one in entity.surfaces if not is_acronym(one)), key=lambda one: (-len(one), one))
    found = (vocabulary.find(entity.type, name) for name in (entity.name, *long_forms))
    return next((term for term in found if term is not None), None)


def _local_name(form: str) -> str:
    """The slug of a normal form, told apart by a hash where it loses more than the spaces ("c++")."""
    name = slug(form)
    if name == "-".join(form.replace("+", " plus ").split()):
        return name
    return f"{name}-{sha256(form.encode()).hexdigest()[:8]}".lstrip("-")


def _senses(iri: str, group: list[_Named]) -> Iterator[tuple[str, list[_Named]]]:
    """Split the users of one acronym by its long forms, where there are several."""
    by_form: dict[str, list[_Named]] = defaultdict(list)
    for named in group:
        by_form[_long_form(named.entity)].append(named)
    clusters = _clusters(sorted(form for form in by_form if form))
    if len(clusters) < 2:  # noqa: PLR2004 - one sense
        yield iri, group
        return
    if by_form[""]:
        yield iri, by_form[""]
    for cluster in clusters:
        yield f"{iri}--{slug(cluster[0])}", [named for form in cluster for named in by_form[form]]


def _long_form(entity: Entity) -> str:
    if not is_acronym(entity.name):
        return ""
    forms = [normal_form(one) for one in entity.surfaces if not is_acronym(one) and " " in one.strip()]
    return max(forms, key=lambda form: (len(form), form), default="")


def _clusters(forms: list[str]) -> list[list[str]]:
    """Put long forms together that share half of their words with the first of their cluster."""
    clusters: list[list[str]] = []
    for form in forms:
        words = set(form.split())
        for cluster in clusters:
            first = set(cluster[0].split())
            if len(words & first) >= _SAME_LONG_FORM * len(words | first):
                cluster.append(form)
                break
        else:
            clusters.append([form])
    return clusters


def _concepts(members: Mapping[str, list[_Named]], vocabulary: Vocabulary) -> dict[str, Concept]:
    known = {iri: above for iri in members if iri in vocabulary.terms for above in (iri, *vocabulary.ancestors(iri))}
    ancestors = {above for iri in known for above in vocabulary.ancestors(iri) if above in vocabulary.terms}
    concepts = {iri: _concept_of_term(vocabulary.terms[iri], members.get(iri, [])) for iri in {*known, *ancestors}}
    own = {iri: group for iri, group in members.items() if iri not in vocabulary.terms}
    by_form = {(group[0].entity.type, normal_form(group[0].entity.name)): iri for iri, group in sorted(own.items())}
    heads: set[str] = set()
    for iri, group in own.items():
        broader = _broader(group[0].entity, by_form, vocabulary)
        heads |= {one for one in broader if one in vocabulary.terms}
        concepts[iri] = _own_concept(iri, group, tuple(one for one in broader if one != iri))
    for iri in heads:
        for one in (iri, *vocabulary.ancestors(iri)):
            if one in vocabulary.terms:
                concepts.setdefault(one, _concept_of_term(vocabulary.terms[one], members.get(one, [])))
    return dict(sorted(concepts.items()))


def _concept_of_term(term: Term, group: list[_Named]) -> Concept:
    labels = _distinct([*term.labels, *sorted(_surface_labels(group))], but=term.label)
    return Concept(term.iri, term.kind, term.label, labels, term.broader, term)


def _own_concept(iri: str, group: list[_Named], broader: tuple[str, ...]) -> Concept:
    """A concept no vocabulary knows: its most frequent name is its label, then the first in order."""
    names = Counter(label_of(named.entity.name) for named in group)
    label = min(names, key=lambda name: (-names[name], name))
    labels = _distinct(sorted(_surface_labels(group)), but=label)
    return Concept(iri, group[0].entity.type, label, labels, broader, None)


def _surface_labels(group: list[_Named]) -> set[str]:
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


def _broader(entity: Entity, by_form: Mapping[tuple[Kind, str], str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The longest head that is a concept of the same kind: "contrast-enhanced chest CT" stands under "chest CT"."""
    words = normal_form(entity.name).split()
    for start in range(1, len(words)):
        if words[start - 1] in _TURNS_MEANING:
            continue
        head = " ".join(words[start:])
        term = vocabulary.find(entity.type, head)
        iri = term.iri if term else by_form.get((entity.type, head))
        if iri and not re.fullmatch(r"[\d.]+", head):
            return (iri,)
    return ()
