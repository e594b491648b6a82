"""What the name of an entity says, with the short forms of the paper spelled out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.linking.short_forms import has_letters
from kg.records import Entity, Kind
from kg.spelling import HEADS
from kg.text import is_acronym, normal_form, singular

__all__ = ["long_forms_of", "readings", "spell_out"]

_WORD: Final = re.compile(r"\w(?:[\w\-+/.&]*\w)?")
_BEARER: Final = "(?:carrier|case|family|families|gene|kindred|locus|mutation|patient)s?"
_BEARERS: Final = re.compile(rf"^{_BEARER} with | {_BEARER}$", re.IGNORECASE)
"""Who has a disease, or what causes it: no part of its name, where the entity is the disease."""
_VOID_HEADS: Final = {
    Kind.MODALITY: frozenset({"data", "image", "imaging", "scan", "slice", "volume"}),
    Kind.METRIC: frozenset({"coefficient", "metric", "score", "value"}),
    Kind.METHOD: HEADS,
    Kind.DATASET: HEADS | frozenset({"challenge", "collection", "corpus", "data", "database", "dataset"}),
}
"""Last words that say no more than the kind: an "OCT image" is OCT, where the vocabulary does not know better."""
_BRACKET: Final = re.compile(r" \(([^\s()]+)\)")


def long_forms_of(entities: Iterable[Entity]) -> dict[str, str]:
    """Tell what the acronyms of a paper's entities stand for.

    That is the longest other name of the entity; for one without, the only name of its kind that has its letters.
    """
    found: dict[str, str] = {}
    alone: set[tuple[Kind, str]] = set()
    names: dict[Kind, set[str]] = defaultdict(set)
    for entity in entities:
        long = max(_full_names(entity), key=len, default=None)
        short = {one for one in entity.surfaces if is_acronym(one)}
        if long is None:
            alone |= {(entity.type, one) for one in short}
        else:
            names[entity.type].add(long)
            found |= dict.fromkeys(short, long)
    for kind, short_form in sorted(alone):
        fitting = {normal_form(name): name for name in sorted(names[kind]) if has_letters(short_form, name)}
        if len(fitting) == 1:
            found.setdefault(short_form, *fitting.values())
    return found


def readings(entity: Entity, long_forms: Mapping[str, str]) -> dict[str, bool]:
    """Give what the entity may be looked up by, best first, and whether a short form was spelled out for it.

    An acronym that the paper spells out is not among them.
    """
    full = _full_names(entity)
    if not is_acronym(entity.name):
        full = [entity.name, *full]
    spelled_out = {
        spell_out(name, long_forms): True for name in [entity.name, *full] if spell_out(name, long_forms) != name
    }
    found = spelled_out | {name: is_acronym(entity.name) for name in full if name not in spelled_out}
    found |= {core: short for name, short in found.items() if (core := _core(entity.type, name)) not in found}
    return found or {entity.name: False}


def _core(kind: Kind, name: str) -> str:
    """Leave out what is no part of the name; of methods only behind a name proper, for "attention module" is one."""
    if kind is Kind.DISEASE:
        return _BEARERS.sub("", name)
    core, _, head = name.rpartition(" ")
    is_void = singular(head.casefold()) in _VOID_HEADS.get(kind, ())
    return core if core and is_void and (kind is not Kind.METHOD or is_acronym(core)) else name


def _full_names(entity: Entity) -> list[str]:
    """Give the surfaces that are no acronyms, the longest first.

    A surface that an acronym of the entity stands in is not what it is short for: "OCT B-scans".
    """
    short = {one for one in entity.surfaces if is_acronym(one)} if is_acronym(entity.name) else set()
    full = (one for one in entity.surfaces if not is_acronym(one) and short.isdisjoint(_WORD.findall(one)))
    return sorted(full, key=lambda one: (-len(one), one))


def spell_out(name: str, long_forms: Mapping[str, str]) -> str:
    """Put long forms in the place of short ones; one that stands in brackets behind its long form goes."""
    name = _BRACKET.sub(lambda bracket: "" if is_acronym(bracket[1]) else bracket[0], name)
    return _WORD.sub(lambda word: _long_form(word[0], long_forms), name)


def _long_form(word: str, long_forms: Mapping[str, str]) -> str:
    """Spell out a word, its plural, or the parts between its hyphens."""
    long = long_forms.get(word) or long_forms.get(word.removesuffix("s"))
    if long or "-" not in word:
        return long or word
    return "-".join(long_forms.get(part, part) for part in word.split("-"))
