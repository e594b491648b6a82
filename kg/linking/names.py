"""The names that papers use: each kind and normal form is one, and an acronym is one for each long form it has.

A name's IRI is made of the name alone. Which node it stands for depends on other names, and is settled by rows of the
ledger (see :mod:`kg.linking.joining`); so a decision about a name keeps its meaning whatever papers come.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.linking.readings import long_forms_of
from kg.linking.short_forms import is_short_for
from kg.records import Annotation, Entity, Kind
from kg.spelling import abbreviates
from kg.text import is_acronym, label_of, normal_form, slug

__all__ = ["Name", "Named", "Names", "name_iri", "names_of"]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity and the paper it is named in.

    Attributes:
        long_forms: Short and long form of the acronyms in its names that the paper spells out, in order.
    """

    paper_id: str
    entity: Entity
    long_forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one sense.

    Attributes:
        form: Its normal form.
        long: Normal form of what it stands for, where it is an acronym and a paper says so; else empty.
        label: How most papers write it, then the first in order.
        shorts: Normal forms of the acronyms that papers define for it.
        users: In order of paper; empty for an acronym that no paper uses without its long form.
    """

    iri: str
    kind: Kind
    form: str
    long: str
    label: str
    shorts: frozenset[str]
    users: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All names by IRI, in order, and the IRI of each entity's name by paper id and name."""

    by_iri: Mapping[str, Name]
    used: Mapping[tuple[str, str], str]


def names_of(annotations: Iterable[Annotation], base_iri: str) -> Names:
    """Collect the names; the order that annotations come in does not matter."""
    users: dict[str, list[Named]] = defaultdict(list)
    parts: dict[str, tuple[Kind, str, str]] = {}
    used: dict[tuple[str, str], str] = {}
    for annotation in annotations:
        long_forms = sorted(long_forms_of(annotation.entities).items())
        for entity in annotation.entities:
            form, long = normal_form(entity.name), _long_form(entity, annotation.entities)
            iri = name_iri(base_iri, entity.type, form, long)
            parts[iri] = entity.type, form, long
            names = (entity.name, *entity.surfaces)
            within = tuple(pair for pair in long_forms if any(pair[0] in name for name in names))
            users[iri].append(Named(annotation.id, entity, within))
            used[annotation.id, entity.name] = iri
    named = {iri: _name(iri, *parts[iri], users[iri]) for iri in users}
    bare = {one.iri: one for one in _bare_acronyms(named.values(), base_iri)}
    return Names(dict(sorted((bare | named).items())), used)


def name_iri(base_iri: str, kind: Kind, form: str, long: str = "") -> str:
    """The IRI of a name: its kind and normal form, and what it stands for where it is an acronym.

    >>> name_iri("https://e.org/", Kind.METHOD, "sam", "segment anything model")
    'https://e.org/method/sam--segment-anything-model'
    """
    return f"{base_iri}{kind.value.lower()}/{_local_name(form)}{'--' if long else ''}{_local_name(long)}"


def _local_name(form: str) -> str:
    """The slug of a normal form, told apart by a hash where it loses more than the spaces ("c++")."""
    name = slug(form)
    if name == "-".join(form.replace("+", " plus ").split()):
        return name
    return f"{name}-{sha256(form.encode()).hexdigest()[:8]}".lstrip("-")


def _name(iri: str, kind: Kind, form: str, long: str, users: list[Named]) -> Name:
    users = sorted(users, key=lambda one: (one.paper_id, one.entity.name))
    written = Counter(label_of(one.entity.name) for one in users)
    label = min(written, key=lambda one: (-written[one], one))
    shorts = frozenset(short for one in users for short in _shorts(one.entity))
    return Name(iri, kind, form, long, label, shorts, tuple(users))


def _bare_acronyms(names: Iterable[Name], base_iri: str) -> Iterator[Name]:
    """Each acronym without its long form, whether a paper uses it so or not: the node of an acronym with one sense."""
    for name in names:
        if name.long:
            yield Name(name_iri(base_iri, name.kind, name.form), name.kind, name.form, "", name.label, frozenset(), ())


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


def _shorts(entity: Entity) -> Iterator[str]:
    """The acronyms that a paper has for a name that is none."""
    if is_acronym(entity.name):
        return
    longs = {normal_form(one) for one in (entity.name, *entity.surfaces) if not is_acronym(one)}
    for surface in entity.surfaces:
        short = normal_form(surface)
        if is_acronym(surface) and any(abbreviates(short, long) for long in longs):
            yield short
