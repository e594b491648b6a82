"""Claims and what is behind them, as text for people or as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from kg.queries.printing import short_iri
from kg.queries.why.values import Claim, Evidence, Measured, Mention, Node, Run, Sentence
from kg.text import printable

__all__ = ["as_json", "as_text"]

_OPEN, _CLOSE = "«", "»"
"""Around what is mentioned: brackets stand in abstracts themselves, as in [18F]FDG."""

_HASH = 12
"""Digits of a hash that tell models apart."""

Interval = tuple[int, int]


def as_json(claims: Sequence[Claim]) -> str:
    """Give the claims with all that is known of them; what is not known is null."""
    return f"{json.dumps([asdict(one) for one in claims], indent=2)}\n"


def as_text(claims: Sequence[Claim]) -> str:
    """Lay out the claims: under each its papers, under a paper the sentences and mentions with their offsets."""
    return "\n".join("".join(f"{line}\n" for line in _claim(one)) for one in claims)


def _claim(claim: Claim) -> Iterator[str]:
    yield f"{printable(claim.subject.name)} {short_iri(claim.predicate)} {printable(claim.object.name)}"
    papers = f"{claim.support} paper{'' if claim.support == 1 else 's'}"
    yield f"{claim.status}, confidence {claim.confidence:g}, {papers}"
    number: list[Interval] = []
    if claim.result is not None:
        yield from _measured(claim.result)
        number = _number(claim.result)
    for evidence in claim.evidence:
        yield ""
        yield from _evidence(evidence, number)
    more = claim.support - len(claim.evidence)
    if more > 0:
        yield f"  and {more:,} more paper{'' if more == 1 else 's'}; see them all with --limit 0, or with --json"


def _measured(result: Measured) -> Iterator[str]:
    interval = f"{result.ci_low} to {result.ci_high}" if result.ci_low and result.ci_high else None
    level = f" ({result.ci_level} %)" if result.ci_level else ""
    said = {
        "value": _value(result),
        "metric": _name(result.metric),
        "method": _name(result.method),
        "dataset": _name(result.dataset),
        "task": _name(result.task),
        "kind": result.kind,
        "condition": result.condition,
        "interval": f"{interval}{level}" if interval else None,
    }
    for what, words in said.items():
        if words:
            yield f"  {what:<9}  {printable(words)}"


def _value(result: Measured) -> str:
    parts = (
        result.comparator,
        result.printed or result.value,
        f"to {result.value_max}" if result.value_max else None,
        f"± {result.deviation}" if result.deviation else None,
        result.unit,
        f"at {_offsets(result.start, result.end)}" if result.start is not None and result.end is not None else None,
    )
    return " ".join(part for part in parts if part)


def _name(node: Node | None) -> str | None:
    return node.name if node is not None else None


def _number(result: Measured) -> list[Interval]:
    return [(result.start, result.end)] if result.start is not None and result.end is not None else []


def _evidence(evidence: Evidence, number: Iterable[Interval]) -> Iterator[str]:
    paper = evidence.paper
    yield f"  {printable(paper.title)}"
    read = f", read by {evidence.component} of {_run(evidence.run)}" if evidence.run is not None else ""
    yield f"  {printable(paper.id)}, {printable(paper.iri)}, confidence {evidence.confidence:g}{printable(read)}"
    if paper.retraction is not None:
        yield f"  retracted: {printable(paper.retraction)}"
    named = [*number, *((one.start, one.end) for one in evidence.mentions)]
    for sentence in evidence.sentences:
        yield f"    {_offsets(sentence.start, sentence.end)}  {printable(_marked(sentence, named))}"
    for mention in evidence.mentions:
        yield f"      {_offsets(mention.start, mention.end)}  {printable(_mention(mention))}"


def _run(run: Run) -> str:
    """What read a paper, in short; the hashes stand whole in the JSON."""
    version = f" {run.version}" if run.version else ""
    return f"kg{version}, {f'model {run.model[:_HASH]}' if run.model else 'no model'}"


def _mention(mention: Mention) -> str:
    names = ", ".join(one.name for one in mention.concepts)
    return mention.quote if names == mention.quote else f"{mention.quote} = {names}"


def _marked(sentence: Sentence, named: Iterable[Interval]) -> str:
    """Mark what is named in a sentence; what reaches out of it is left alone."""
    inside = {(start, end) for start, end in named if sentence.start <= start and end <= sentence.end}
    marks = [(end, 0, _CLOSE) for _, end in inside] + [(start, 1, _OPEN) for start, _ in inside]
    text = sentence.quote
    for at, _, mark in sorted(marks, reverse=True):
        text = f"{text[: at - sentence.start]}{mark}{text[at - sentence.start :]}"
    return text


def _offsets(start: int, end: int) -> str:
    return f"[{start}, {end})"
