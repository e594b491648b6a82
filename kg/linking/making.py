"""Nodes made into the concepts of the graph: their labels, and what stands above them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.concepts import Concept
from kg.ledger import Decision, Match, Row
from kg.linking.hierarchy import Above, above, without_cycles
from kg.linking.names import Name
from kg.records import Kind
from kg.text import label_of, normal_form
from kg.vocabulary import Term, Vocabulary

__all__ = ["concepts_of"]

_HEAD_CONFIDENCE = 0.8
_Over = Mapping[str, Collection[str]]
"""What stands right above each node."""


def concepts_of(
    names: Mapping[str, Name], node_of: Mapping[str, str], decisions: Sequence[Decision], vocabulary: Vocabulary
) -> tuple[dict[str, Concept], list[Row]]:
    """Make the concept of each node that a paper names and all that stand above it, in order of IRI.

    Returns:
        The concepts by IRI, and the rows that put one under another, or refuse to.
    """
    named: dict[str, list[Name]] = defaultdict(list)
    for iri, name in names.items():
        if name.users:
            named[node_of[iri]].append(name)
    terms: dict[str, list[Term]] = defaultdict(list)
    for iri, term in vocabulary.terms.items():
        terms[node_of.get(iri, iri)].append(term)
    decided = [one.row for one in decisions if one.row.match is Match.BROAD]
    by_rule = list(_heads(names, named, node_of, vocabulary))

    def edge(row: Row) -> tuple[str, str]:
        return node_of.get(row.subject, row.subject), node_of.get(row.object, row.object)

    refused = {edge(row) for row in decided if row.negated}
    ranked = (
        [edge(row) for row in decided if not row.negated],
        [(node, node_of.get(iri, iri)) for node, own in terms.items() for one in own for iri in one.broader],
        [edge(row) for row in by_rule],
    )
    kept = _hierarchy(named, terms, [[one for one in edges if one not in refused] for edges in ranked])
    over, taken = _over(kept), set(kept)
    shown = sorted(_reached(named, over))
    concepts = {iri: _concept(iri, named.get(iri, []), terms.get(iri, []), over.get(iri, ())) for iri in shown}
    return concepts, [*decided, *(row for row in by_rule if edge(row) in taken)]


def _hierarchy(
    named: Collection[str], terms: Collection[str], ranked: Sequence[Iterable[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """The edges above what papers name that close no cycle; those of people come first, then of vocabularies."""
    ordered = [edge for edges in ranked for edge in sorted(set(edges))]
    known = [(narrow, broad) for narrow, broad in ordered if broad in named or broad in terms]
    reached = _reached(named, _over(known))
    return without_cycles(dict.fromkeys(edge for edge in known if edge[0] in reached))


def _over(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    over: dict[str, list[str]] = defaultdict(list)
    for narrow, broad in edges:
        over[narrow].append(broad)
    return over


def _reached(starts: Iterable[str], over: _Over) -> set[str]:
    reached, queue = set(starts), list(starts)
    for iri in queue:
        new = [one for one in over.get(iri, ()) if one not in reached]
        reached.update(new)
        queue += new
    return reached


def _heads(
    names: Mapping[str, Name], named: Mapping[str, list[Name]], node_of: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[Row]:
    """Put each node that no vocabulary knows under the longest head that one of its names contains."""
    find: dict[tuple[Kind, str], str] = {}
    for iri, name in names.items():
        if not name.long and node_of[iri] in named:
            find[name.kind, name.form] = node_of[iri]
    for node, own in named.items():
        if node in vocabulary.terms:
            continue
        found = [(over, name) for name in own for over in _above(name, find, vocabulary)]
        found = [(over, name) for over, name in found if node_of.get(over.iri, over.iri) != node]
        if found:
            over, name = min(found, key=lambda one: (-len(one[0].form), one[0].iri, one[1].iri))
            yield Row(
                subject=name.iri,
                object=over.iri,
                match=Match.BROAD,
                subject_label=name.label,
                object_label=_label(over.iri, names, vocabulary),
                confidence=_HEAD_CONFIDENCE,
                comment=over.rule,
            )


def _above(name: Name, find: Mapping[tuple[Kind, str], str], vocabulary: Vocabulary) -> Iterator[Above]:
    for form, label in ((name.form, name.label), (name.long, name.long)):
        found = above(name.kind, form, label, find, vocabulary) if form else None
        if found:
            yield found


def _label(iri: str, names: Mapping[str, Name], vocabulary: Vocabulary) -> str:
    return names[iri].label if iri in names else vocabulary.terms[iri].label


def _concept(iri: str, names: Sequence[Name], terms: Sequence[Term], broader: Collection[str]) -> Concept:
    """Of several terms that a person joined, the node's own gives the label; of none, the most frequent name does."""
    written = [label_of(named.entity.name) for name in names for named in name.users]
    surfaces = {label_of(one) for name in names for named in name.users for one in named.entity.surfaces}
    own = next((term for term in terms if term.iri == iri), None)
    if own is None:
        counts = Counter(written)
        label, labels = min(counts, key=lambda name: (-counts[name], name)), list[str]()
    else:
        others = [term for term in terms if term is not own]
        label, labels = own.label, [*own.labels, *(one for term in others for one in (term.label, *term.labels))]
    labels += sorted({*written, *surfaces} - {""})
    kind = own.kind if own else names[0].kind
    also = tuple(term for term in terms if term is not own)
    return Concept(iri, kind, label, _distinct(labels, but=label), tuple(broader), own, also)


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
