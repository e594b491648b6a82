"""What stands under what: by decisions of people, by the vocabularies, and by the names themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.ledger import Match, Row
from kg.linking.hierarchy import Above, above, without_cycles
from kg.linking.names import Name
from kg.records import Kind
from kg.vocabulary import Term, Vocabulary

__all__ = ["Grouped", "grouped", "place"]

_CONFIDENCE = 0.8

_Edge = tuple[str, str]
"""IRIs of two nodes, the narrower first."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Names and concepts of vocabularies, by the nodes they stand for.

    Attributes:
        names: All names, by IRI.
        named: The names that papers use, by node.
        linked: The concepts of vocabularies that a name or a person has linked, by node.
        node_of: The node of each name, and of each concept that a name is linked to.
        find: The node of each name by kind and normal form; an acronym's with its long form is not here.
    """

    names: Mapping[str, Name]
    named: Mapping[str, Sequence[Name]]
    linked: Mapping[str, Sequence[Term]]
    node_of: Mapping[str, str]
    find: Mapping[tuple[Kind, str], str]
    vocabulary: Vocabulary

    def node(self, iri: str) -> str:
        """The node of a name or a concept."""
        return self.node_of.get(iri, iri)

    def terms(self, node: str) -> Sequence[Term]:
        """The concepts of vocabularies that a node is; several where a person has joined them.

        A vocabulary may be too large to walk, so those that nothing is linked to are looked up.
        """
        if node in self.linked or node not in self.vocabulary.terms:
            return self.linked.get(node, ())
        return (self.vocabulary.terms[node],)

    def edge(self, row: Row) -> _Edge:
        """The nodes of both ends of a row."""
        return self.node(row.subject), self.node(row.object)


def grouped(names: Mapping[str, Name], node_of: Mapping[str, str], vocabulary: Vocabulary) -> Grouped:
    """Put names and concepts under their nodes."""
    named: dict[str, list[Name]] = defaultdict(list)
    for iri, name in names.items():
        if name.users:
            named[node_of[iri]].append(name)
    linked: dict[str, list[Term]] = defaultdict(list)
    for iri, node in sorted(node_of.items()):
        if iri in vocabulary.terms:
            linked[node].append(vocabulary.terms[iri])
    find = {(name.kind, name.form): node for node, own in named.items() for name in own if not name.long}
    return Grouped(names, dict(named), dict(linked), node_of, find, vocabulary)


def place(groups: Grouped, decided: Sequence[Row]) -> tuple[dict[str, list[str]], list[Row]]:
    """Find what stands right above each node that papers name and above those in turn; nothing stands above itself.

    Args:
        groups: The nodes.
        decided: Rows of people about what is broader, which come before the vocabularies and these before the names.

    Returns:
        The broader nodes of each, also of those that have none, and the rows that rules gave for them.
    """
    by_rule = list(_heads(groups))
    edges = _edges(groups, decided, by_rule)
    kept = without_cycles(edges)
    over, taken = _over(kept), set(kept)
    shown = sorted(_reached(groups.named, over))
    return {iri: over.get(iri, []) for iri in shown}, [row for row in by_rule if groups.edge(row) in taken]


def _edges(groups: Grouped, decided: Sequence[Row], by_rule: Sequence[Row]) -> list[_Edge]:
    """All that may stand above what papers name, the surest first, each once."""
    refused = {groups.edge(row) for row in decided if row.negated}
    by_people = _over(groups.edge(row) for row in decided if not row.negated)
    by_names = _over(groups.edge(row) for row in by_rule)
    edges: set[tuple[int, _Edge]] = set()
    reached, queue = set(groups.named), list(groups.named)
    for node in queue:
        by_terms = [groups.node(iri) for term in groups.terms(node) for iri in term.broader]
        for rank, broader in enumerate((by_people.get(node, ()), by_terms, by_names.get(node, ()))):
            found = {one for one in broader if (node, one) not in refused and _is_known(one, groups)}
            edges |= {(rank, (node, one)) for one in found}
            queue += sorted(found - reached)
            reached |= found
    return list(dict.fromkeys(edge for _, edge in sorted(edges)))


def _is_known(node: str, groups: Grouped) -> bool:
    return node in groups.named or bool(groups.terms(node))


def _over(edges: Iterable[_Edge]) -> dict[str, list[str]]:
    over: dict[str, list[str]] = defaultdict(list)
    for narrow, broad in edges:
        over[narrow].append(broad)
    return over


def _reached(starts: Iterable[str], over: Mapping[str, Collection[str]]) -> set[str]:
    reached, queue = set(starts), list(starts)
    for iri in queue:
        new = [one for one in over.get(iri, ()) if one not in reached]
        reached.update(new)
        queue += new
    return reached


def _heads(groups: Grouped) -> Iterator[Row]:
    """Put each node that no vocabulary knows under the longest head that one of its names contains."""
    for node, own in groups.named.items():
        if node in groups.vocabulary.terms:
            continue
        found = [(over, name) for name in own for over in _above(name, groups) if groups.node(over.iri) != node]
        if found:
            over, name = min(found, key=lambda one: (-len(one[0].form), one[0].iri, one[1].iri))
            yield Row(
                subject=name.iri,
                object=over.iri,
                match=Match.BROAD,
                subject_label=name.label,
                object_label=_label(over.iri, groups),
                confidence=_CONFIDENCE,
                comment=over.rule,
            )


def _above(name: Name, groups: Grouped) -> Iterator[Above]:
    for form, label in ((name.form, name.label), (name.long, name.long)):
        found = above(name.kind, form, label, groups.find, groups.vocabulary) if form else None
        if found:
            yield found


def _label(iri: str, groups: Grouped) -> str:
    return groups.names[iri].label if iri in groups.names else groups.vocabulary.terms[iri].label
