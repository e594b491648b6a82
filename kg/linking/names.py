"""The names that papers use: each kind and normal form is one, and an acronym is one for each long form it has.

A name's IRI is made of the name alone. Which node it stands for depends on other names, and is settled by rows of the
ledger (see :mod:`kg.linking.joining`); so a decision about a name keeps its meaning whatever papers come.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from kg.linking.beside import fuller_names
from kg.linking.readings import long_forms_of
from kg.linking.short_forms import is_short_for
from kg.records import Annotation, Entity, Kind
from kg.spelling import abbreviates
from kg.text import is_acronym, label_of, normal_form, slug

__all__ = [
    "Name",
    "Names",
    "Naming",
    "Use",
    "bare_acronyms",
    "name_iri",
    "name_of",
    "names_of",
    "namings_of",
    "said_of",
    "use_of",
    "with_bare",
]


class Use(NamedTuple):
    """How a paper names something.

    Attributes:
        name: The entity's.
        surfaces: All that the paper calls it.
        long_forms: Short and long form of the acronyms in its names that the paper spells out, in order.
        fuller: Normal forms of the longer names that the paper has for it, in order.
    """

    name: str
    surfaces: tuple[str, ...]
    long_forms: tuple[tuple[str, str], ...] = ()
    fuller: tuple[str, ...] = ()


def said_of(use: Use) -> str:
    """A use as it is kept."""
    return json.dumps(use, ensure_ascii=False)


def use_of(said: str) -> Use:
    """Read such a use."""
    name, surfaces, long_forms, fuller = json.loads(said)
    return Use(name, tuple(surfaces), tuple((short, long) for short, long in long_forms), tuple(fuller))


class Naming(NamedTuple):
    """An entity's name: its IRI, what that is made of, and how the paper uses it."""

    iri: str
    kind: Kind
    form: str
    long: str
    use: Use


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one sense.

    Attributes:
        form: Its normal form.
        long: Normal form of what it stands for, where it is an acronym and a paper says so; else empty.
        label: How most papers write it, then the first in order.
        shorts: Normal forms of the acronyms that papers define for it.
        uses: How papers use it, and how many each; empty for an acronym that no paper uses without its long form.
    """

    iri: str
    kind: Kind
    form: str
    long: str
    label: str
    shorts: frozenset[str]
    uses: Mapping[Use, int]


@dataclass(frozen=True, slots=True)
class Names:
    """All names by IRI, in order, and the IRI of each entity's name by paper id and name."""

    by_iri: Mapping[str, Name]
    used: Mapping[tuple[str, str], str]


def names_of(annotations: Iterable[Annotation], base_iri: str) -> Names:
    """Collect the names; the order that annotations come in does not matter."""
    uses: dict[str, Counter[Use]] = defaultdict(Counter)
    first: dict[str, Naming] = {}
    used: dict[tuple[str, str], str] = {}
    for annotation in annotations:
        for entity, naming in namings_of(annotation, base_iri).items():
            first[naming.iri] = naming
            uses[naming.iri][naming.use] += 1
            used[annotation.id, entity] = naming.iri
    named = {iri: name_of(iri, one.kind, one.form, one.long, uses[iri]) for iri, one in first.items()}
    return Names(with_bare(named, base_iri), used)


def namings_of(annotation: Annotation, base_iri: str) -> dict[str, Naming]:
    """The name of each entity of a paper, by the entity's name."""
    long_forms = long_forms_of(annotation.entities)
    fuller = fuller_names(annotation.entities, long_forms)
    found = {}
    for entity in annotation.entities:
        form, long = normal_form(entity.name), _long_form(entity, annotation.entities)
        names = (entity.name, *entity.surfaces)
        within = tuple(pair for pair in sorted(long_forms.items()) if any(pair[0] in name for name in names))
        use = Use(entity.name, entity.surfaces, within, fuller.get(entity.name, ()))
        found[entity.name] = Naming(name_iri(base_iri, entity.type, form, long), entity.type, form, long, use)
    return found


def name_iri(base_iri: str, kind: Kind, form: str, long: str = "") -> str:
    """The IRI of a name: its kind and normal form, and what it stands for where it is an acronym.

    >>> name_iri("https://e.org/", Kind.METHOD, "sam", "segment anything model")
    'https://e.org/method/sam--segment-anything-model'
    """
    return f"{base_iri}{kind.value.lower()}/{_local_name(form)}{'--' if long else ''}{_local_name(long)}"


def _local_name(form: str) -> str:
    """The slug of a normal form, told apart by a hash where it loses more than the spaces ("3.0 t").

    >>> _local_name("u net++"), _local_name("u net plus plus")
    ('u-net-plus-plus', 'u-net-plus-plus-bb1ceb97')
    """
    name = slug(form)
    if name == "-".join(form.replace("+", " plus ").split()) and "plus" not in form.split():
        return name
    return f"{name}-{sha256(form.encode()).hexdigest()[:8]}".lstrip("-")


def name_of(iri: str, kind: Kind, form: str, long: str, uses: Mapping[Use, int]) -> Name:
    """Make a name of how papers use it."""
    written: Counter[str] = Counter()
    for use, count in uses.items():
        written[label_of(use.name)] += count
    label = min(written, key=lambda one: (-written[one], one))
    shorts = frozenset(short for use in uses for short in _shorts(use))
    return Name(iri, kind, form, long, label, shorts, uses)


def with_bare(named: Mapping[str, Name], base_iri: str) -> dict[str, Name]:
    """Add to names those of their acronyms alone, in order of IRI."""
    bare = {one.iri: one for one in bare_acronyms(named.values(), base_iri)}
    return dict(sorted((bare | dict(named)).items()))


def bare_acronyms(names: Iterable[Name], base_iri: str) -> Iterator[Name]:
    """Each acronym without its long form, whether a paper uses it so or not: the node of an acronym with one sense."""
    for name in sorted(names, key=lambda one: one.label):
        if name.long:
            yield Name(name_iri(base_iri, name.kind, name.form), name.kind, name.form, "", name.label, frozenset(), {})


def _long_form(entity: Entity, others: Iterable[Entity]) -> str:
    """What a short name stands for: a surface of its own, else the one other name of the paper that it is short for."""
    short = normal_form(entity.name)
    if is_acronym(entity.name):
        full = {normal_form(one) for one in entity.surfaces if not is_acronym(one)}
        own = {one for one in full if abbreviates(short, one)}
        if own:
            return max(own, key=lambda form: (len(form), form))
    beside = {normal_form(one.name) for one in others if is_short_for(entity, one)}
    return beside.pop() if len(beside) == 1 else ""


def _shorts(use: Use) -> Iterator[str]:
    """The acronyms that a paper has for a name that is none."""
    if is_acronym(use.name):
        return
    longs = {normal_form(one) for one in (use.name, *use.surfaces) if not is_acronym(one)}
    for surface in use.surfaces:
        short = normal_form(surface)
        if is_acronym(surface) and any(abbreviates(short, long) for long in longs):
            yield short
