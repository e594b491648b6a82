"""Differences as text for people, counts first, or as JSON that is written as they are found."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

from kg.comparing.comparing import Comparison
from kg.comparing.reasons import run_causes
from kg.comparing.sides import Side
from kg.comparing.values import Change, Facts, Part, Reason, Way
from kg.queries.printing import short_iri
from kg.text import printable

__all__ = ["as_json", "as_text"]

_SIGNS: Final = {Way.CAME: "+", Way.WENT: "-", Way.CHANGED: "~"}
_LONGEST: Final = 60
"""Characters of a value that is printed."""


def as_text(comparison: Comparison, limit: int) -> Iterator[str]:
    """Lay out differences line by line.

    Args:
        comparison: Of two graphs.
        limit: How many differences of each part are listed; 0 for all.
    """
    listed: dict[Part, list[str]] = {part: [] for part in Part}
    for change in comparison:
        if not limit or len(listed[change.part]) < limit:
            listed[change.part].append(_line(change))
    yield from _head(comparison)
    for part, lines in listed.items():
        if lines:
            yield from ("", part.value, *lines)
        more = sum(comparison.counts[part, way] for way in Way) - len(lines)
        if more:
            yield f"  and {more:,} more; see them all with --limit 0, or with --json"
    if comparison.others and not comparison.counts.total():
        yield "other statements differ, such as sentences and mentions"


def as_json(comparison: Comparison) -> Iterator[str]:
    """Write differences as one JSON object; ``changes`` come as they are found, and ``counts`` stand at its end."""
    before, after = map(_side, (comparison.before, comparison.after), comparison.statements)
    yield f'{{"before": {before},\n "after": {after},\n "changes": ['
    comma = ""
    for change in comparison:
        yield f"{comma}\n  {json.dumps(asdict(change))}"
        comma = ","
    counts = {part: {way: comparison.counts[part, way] for way in Way} for part in Part}
    yield f'\n ],\n "counts": {json.dumps(counts)}}}\n'


def _side(side: Side, statements: int) -> str:
    runs = [{"iri": iri, **side.runs[iri]} for iri in sorted(side.runs)]
    return json.dumps({"path": str(side.path), "statements": statements, "runs": runs}, sort_keys=True)


def _head(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    sizes = (f"{size:,} statements" for size in comparison.statements)
    yield f"before: {before.path}, {next(sizes)}"
    yield f"after:  {after.path}, {next(sizes)}"
    causes = run_causes(before.runs.values(), after.runs.values())
    if causes:
        yield f"since then: {', '.join(causes)}"
    yield ""
    for part in Part:
        counts = (f"{comparison.counts[part, way]:>9,} {way.value}" for way in Way)
        yield f"{part.value:<8}{''.join(counts)}"


def _line(change: Change) -> str:
    facts = f": {_facts(change.before, change.after)}" if change.way is Way.CHANGED else ""
    return f"  {_SIGNS[change.way]} {printable(f'{change.name}{facts} ({_reasons(change.reasons)})')}"


def _facts(before: Facts, after: Facts) -> str:
    return "; ".join(_fact(name, before.get(name, ()), after.get(name, ())) for name in {**before, **after})


def _fact(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """One fact: from what to what; of several values, only those that came and went.

    >>> _fact("date", ("2001",), ("2002",)), _fact("other label", ("a", "b"), ("b", "c"))
    ('date 2001 → 2002', 'other label - a, + c')
    """
    if len(before) <= 1 and len(after) <= 1:
        old, new = (short_iri(side[0]) if side else "none" for side in (before, after))
        return f"{name} {old} → {new}" if len(old + new) <= _LONGEST else name
    went, came = (sorted(set(one) - set(other)) for one, other in ((before, after), (after, before)))
    signed = [f"- {short_iri(one)}" for one in went] + [f"+ {short_iri(one)}" for one in came]
    told = ", ".join(signed)
    return f"{name} {told}" if len(told) <= _LONGEST else name


def _reasons(reasons: Iterable[Reason]) -> str:
    """Each cause once, with the number of papers it holds for where there are several, and what people told."""
    found: dict[str, list[Reason]] = {}
    for reason in reasons:
        found.setdefault(reason.cause.value, []).append(reason)
    return ", ".join(_cause(cause, of_it) for cause, of_it in found.items())


def _cause(cause: str, reasons: list[Reason]) -> str:
    told = sorted({reason.told for reason in reasons if reason.told})
    times = f" in {len(reasons)} papers" if len(reasons) > 1 and reasons[0].paper else ""
    return f"{cause}{times}{f': {told[0]}' if told else ''}"
