"""Why two names are one concept, or are not: the rows of the ledger between them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.deciding.state import State, state_of
from kg.ledger import Match, Row
from kg.records import Kind
from kg.store import GraphDirectory
from kg.text import printable

__all__ = ["explain"]

_SHOWN_PAPERS = 5


def explain(directory: GraphDirectory, first: str, second: str, *, kind: Kind | None) -> tuple[bool, str]:
    """Tell whether two names are one concept, and why, in lines.

    Raises:
        UsageError: A name is unknown, or names things of several kinds.
        GraphError: There is no graph, or it is damaged.
    """
    with state_of(directory) as state:
        return _explain(state, first, second, kind)


def _explain(state: State, first: str, second: str, kind: Kind | None) -> tuple[bool, str]:
    starts, ends = state.find(first, kind), state.find(second, kind)
    pairs = [(start, end) for start in starts for end in ends if state.node(start) == state.node(end)]
    start, end = pairs[0] if pairs else (starts[0], ends[0])
    nodes = " and ".join(dict.fromkeys(f"{state.node_label(iri)} <{state.node(iri)}>" for iri in (start, end)))
    reasons = _why_one(state, start, end) if pairs else _why_two(state, start, end)
    lines = [f"{first} and {second} are {'one concept' if pairs else 'two concepts'}: {nodes}"]
    lines += [*reasons, *(_use(state, iri) for iri in sorted({*starts, *ends}))]
    return bool(pairs), "\n  ".join(map(printable, lines)) + "\n"


def _why_one(state: State, start: str, end: str) -> Iterator[str]:
    if start == end:
        yield "papers use them as one name"
    yield from map(_told, _path(state.index.rows(), start, end))


def _why_two(state: State, start: str, end: str) -> Iterator[str]:
    nodes = {state.node(start), state.node(end)}
    between = [row for row in state.index.rows() if {state.node(row.subject), state.node(row.object)} == nodes]
    yield from map(_told, between)
    if between:
        return
    if all(iri in state.index.vocabulary.terms for iri in nodes):
        yield "each is a concept of its own in the vocabularies"
        return
    names = [name for iri in (start, end) if (name := state.index.name(iri)) is not None]
    if len(names) > 1 and names[0].form == names[1].form:
        yield f"the acronym stands for {' and for '.join(name.long or 'something not said' for name in names)}"
    else:
        yield "no rule joins them, and nobody has decided that they are one"


def _path(rows: Sequence[Row], start: str, end: str) -> list[Row]:
    """The fewest rows that lead from one to the other."""
    beside: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for row in rows:
        if row.match is Match.EXACT and not row.negated:
            beside[row.subject].append((row.object, row))
            beside[row.object].append((row.subject, row))
    paths: dict[str, list[Row]] = {start: []}
    queue = [start]
    for iri in queue:
        for other, row in beside[iri]:
            if other not in paths:
                paths[other] = [*paths[iri], row]
                queue.append(other)
    return paths.get(end, [])


def _told(row: Row) -> str:
    sign = {(Match.EXACT, False): "=", (Match.EXACT, True): "is not", (Match.BROAD, False): "is under"}
    verb = sign.get((row.match, row.negated), "is not under")
    first, second = row.called
    who = f"by {row.author}" if row.author else "by rule"
    why = f": {row.comment}" if row.comment else ""
    return f"{first} {verb} {second} ({who}, {row.justification}, {row.confidence:g}){why}"


def _use(state: State, iri: str) -> str:
    name = state.index.name(iri)
    if name is None:
        return f"{state.label(iri)} <{iri}>: a concept of the vocabularies"
    papers = state.index.papers_naming(iri)
    more = f" and {len(papers) - _SHOWN_PAPERS} more" if len(papers) > _SHOWN_PAPERS else ""
    count = "1 paper" if len(papers) == 1 else f"{len(papers)} papers"
    return f"{name.label} <{iri}>: {count} ({', '.join(papers[:_SHOWN_PAPERS])}{more})"
