"""Which concepts of a file are taken, and which of their names may name them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg.errors import InputError, UsageError
from kg.records import Kind
from kg.text import is_acronym, normal_form
from kg.vocabulary.circles import circles
from kg.vocabulary.common import COMMON
from kg.vocabulary.entry import Entry
from kg.vocabulary.formats import Found
from kg.vocabulary.iris import concept_iri

__all__ = ["below", "check_found", "entries_of", "of_kind"]

_SHORT: Final = 2
_SHARED: Final = -1
_SUGGESTED_FROM: Final = 20_000
"""Labels that a misspelt branch is compared with, or a suggestion would take minutes."""


def check_found(found: Sequence[Found], path: Path, left_out: Mapping[str, int]) -> None:
    """See that there are concepts, each once, and none above itself.

    Raises:
        InputError: It is not so.
    """
    if not found:
        why = ", ".join(f"{count} {what}" for what, count in sorted(left_out.items()))
        raise InputError(str(path), f"has no concept to add{f' ({why})' if why else ''}", "check the file and --from")
    by_iri: dict[str, Found] = {}
    for one in found:
        former = by_iri.setdefault(one.iri, one)
        if former is not one:
            also = f", as in line {former.line}" if former.line else " more than once"
            raise InputError(_place(path, one), f"the id {one.iri} stands here{also}", "keep one of them")
    cycle = next(circles({iri: one.broader for iri, one in by_iri.items()}), None)
    if cycle:
        names = " > ".join(by_iri[iri].label for iri in [*cycle, cycle[0]])
        raise InputError(
            _place(path, by_iri[cycle[0]]), f"concepts stand above themselves: {names}", "break the circle"
        )


def below(found: Sequence[Found], branch: str, base: str) -> list[Found]:
    """Keep a concept, named by IRI, id or name, and all below it.

    Raises:
        UsageError: No concept has this name, or several have.
    """
    form, iri = normal_form(branch), concept_iri(branch, base)
    roots = [one for one in found if one.iri == iri] or [one for one in found if normal_form(one.label) == form]
    roots = roots or [one for one in found if form in map(normal_form, one.labels)]
    if not roots:
        close = get_close_matches(branch, [one.label for one in found[:_SUGGESTED_FROM]], n=1)
        hint = f"did you mean {close[0]!r}?" if close else "give the IRI, id or label of a concept of the file"
        raise UsageError(f"no concept {branch!r} for --branch; {hint}")
    if len(roots) > 1:
        iris = ", ".join(sorted(one.iri for one in roots))
        raise UsageError(f"several concepts are named {branch!r}; give --branch one of {iris}")
    children: dict[str, list[str]] = {}
    for one in found:
        for above in one.broader:
            children.setdefault(above, []).append(one.iri)
    kept, queue = {roots[0].iri}, [roots[0].iri]
    while queue:
        new = [one for one in children.get(queue.pop(), ()) if one not in kept]
        kept |= set(new)
        queue += new
    return [one for one in found if one.iri in kept]


def of_kind(found: Sequence[Found], kind: Kind | None, path: Path) -> list[tuple[Found, Kind]]:
    """Keep the concepts of a kind; those of which the file does not tell the kind are of this one.

    Raises:
        UsageError: No kind is given, and the file does not tell it either.
        InputError: No concept is of this kind.
    """
    pairs = [(one, one.kind or kind) for one in found]
    if any(own is None for _, own in pairs):
        raise UsageError(f"{path} does not say of what kind its concepts are; give --type: {', '.join(Kind)}")
    kept = [(one, own) for one, own in pairs if own is not None and kind in {None, own}]
    if not kept:
        kinds = ", ".join(sorted({own.value for _, own in pairs if own is not None}))
        raise InputError(str(path), f"has no concept of kind {kind}", f"its kinds are {kinds}")
    return kept


def entries_of(chosen: Sequence[tuple[Found, Kind]], known: Iterable[str]) -> Iterator[Entry]:
    """Make the entries, in order of IRI, with each of their names judged.

    A word of everyday English never counts. A name of one or two letters, or that is the label of just one other
    concept, counts only where the text names the concept otherwise.

    Args:
        chosen: Concepts, each once.
        known: IRIs of other concepts that they may stand under.
    """
    owners = _owners(chosen)
    iris = {*(one.iri for one, _ in chosen), *known}
    for number, (one, kind) in sorted(enumerate(chosen), key=lambda pair: pair[1][0].iri):
        names = (one.label, *sorted({*one.labels} - {one.label, ""}))
        common = tuple(filter(_is_common, names))
        owned = {name: owners[kind, normal_form(name)] for name in names if name not in common}
        shared = tuple(name for name, owner in owned.items() if owner == _SHARED and not _is_short(name))
        ambiguous = (name for name, owner in owned.items() if _is_short(name) or owner not in {number, _SHARED})
        yield Entry(
            iri=one.iri,
            kind=kind,
            label=one.label,
            labels=names[1:],
            shared=shared,
            ambiguous=tuple(ambiguous),
            left_out=common,
            broader=tuple(sorted(iris.intersection(one.broader))),
            exact=tuple(sorted({*one.exact} - {one.iri})),
            close=tuple(sorted({*one.close} - {one.iri, *one.exact})),
        )


def _owners(chosen: Sequence[tuple[Found, Kind]]) -> dict[tuple[Kind, str], int]:
    """Number the concept that each normal form names: the one it labels, else the one it is a synonym of, if one."""
    owners: dict[tuple[Kind, str], int] = {}
    labels: set[tuple[Kind, str]] = set()
    for number, (one, kind) in enumerate(chosen):
        at = kind, normal_form(one.label)
        owners[at] = _SHARED if at in owners else number
        labels.add(at)
    for number, (one, kind) in enumerate(chosen):
        for at in {(kind, normal_form(name)) for name in one.labels} - labels:
            owners[at] = number if owners.get(at, number) == number else _SHARED
    return owners


def _is_common(name: str) -> bool:
    return normal_form(name) in COMMON and not is_acronym(name)


def _is_short(name: str) -> bool:
    return sum(map(str.isalnum, name)) <= _SHORT


def _place(path: Path, one: Found) -> str:
    return f"{path}:{one.line}" if one.line else str(path)
