"""What stands under what: by decisions of people, by the vocabularies, and by the names themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.ledger import Match, Row
from kg.linking.hierarchy import Above, Find, above, without_cycles
from kg.linking.names import Name
from kg.vocabulary import Term, Vocabulary

__all__ = ["Edge", "Grouped", "Groups", "Placing", "Ranked", "grouped", "place"]

_CONFIDENCE = 0.8

Edge = tuple[str, str]
"""IRIs of two nodes, the narrower first."""

Ranked = tuple[int, Edge]
"""An edge and how sure it is: 0 by people, 1 by the vocabularies, 2 by names."""


class Groups(Protocol):
    """Names and concepts of vocabularies, by the nodes they stand for.

    Attributes:
        find: The node of each name that papers use, by kind and normal form; no acronym with its long form is here.
    """

    @property
    def vocabulary(self) -> Vocabulary:
        """Where else names are looked up."""

    @property
    def find(self) -> Find:
        """By kind and normal form."""

    def named(self, node: str) -> Sequence[Name]:
        """The names that papers use for a node, in order of IRI."""

    def is_named(self, node: str) -> bool:
        """Tell whether papers use a name for a node."""

    def node(self, iri: str) -> str:
        """The node of a name or a concept."""

    def terms(self, node: str) -> Sequence[Term]:
        """The concepts of vocabularies that a node is, in order; several where a person has joined them."""

    def label(self, iri: str) -> str:
        """What a name or a concept is called."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """All names and concepts of a graph in memory, by node.

    Attributes:
        names: All names, by IRI.
        by_node: The names that papers use, by node.
        linked: The concepts of vocabularies that a name or a person has linked, by node.
        node_of: The node of each name, and of each concept that a name is linked to.
    """

    names: Mapping[str, Name]
    by_node: Mapping[str, Sequence[Name]]
    linked: Mapping[str, Sequence[Term]]
    node_of: Mapping[str, str]
    find: Find
    vocabulary: Vocabulary

    def named(self, node: str) -> Sequence[Name]:
        """The names that papers use for a node."""
        return self.by_node.get(node, ())

    def is_named(self, node: str) -> bool:
        """Tell whether papers use a name for a node."""
        return node in self.by_node

    def node(self, iri: str) -> str:
        """The node of a name or a concept."""
        return self.node_of.get(iri, iri)

    def terms(self, node: str) -> Sequence[Term]:
        """A vocabulary may be too large to walk, so those that nothing is linked to are looked up."""
        if node in self.linked or node not in self.vocabulary.terms:
            return self.linked.get(node, ())
        return (self.vocabulary.terms[node],)

    def label(self, iri: str) -> str:
        """What a name or a concept is called."""
        return self.names[iri].label if iri in self.names else self.vocabulary.terms[iri].label


def grouped(names: Mapping[str, Name], node_of: Mapping[str, str], vocabulary: Vocabulary) -> Grouped:
    """Put names and concepts under their nodes."""
    named: dict[str, list[Name]] = defaultdict(list)
    for iri, name in names.items():
        if name.uses:
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
    placing = Placing(groups, decided)
    edges: set[Ranked] = set()
    by_rule: list[Row] = []
    reached, queue = set(groups.by_node), list(groups.by_node)
    for node in queue:
        row = placing.head(node)
        found = placing.above(node, row)
        by_rule += [row] if row else []
        edges |= found
        new = {broad for _, (_, broad) in found} - reached
        queue += sorted(new)
        reached |= new
    kept = without_cycles(dict.fromkeys(edge for _, edge in sorted(edges)))
    over, taken = _over(kept), set(kept)
    shown = sorted(_reached(groups.by_node, over))
    return {iri: over.get(iri, []) for iri in shown}, [row for row in by_rule if placing.edge(row) in taken]


class Placing:
    """What may stand right above one node."""

    def __init__(self, groups: Groups, decided: Sequence[Row]) -> None:
        self._groups = groups
        self._refused = {self.edge(row) for row in decided if row.negated}
        self._by_people = _over(self.edge(row) for row in decided if not row.negated)

    def edge(self, row: Row) -> Edge:
        """The nodes of both ends of a row."""
        return self._groups.node(row.subject), self._groups.node(row.object)

    def above(self, node: str, head: Row | None) -> set[Ranked]:
        """All that may stand above a node: by people, by the vocabularies, and by its names.

        Args:
            node: Its IRI.
            head: What its names say (`head`).
        """
        by_terms = [self._groups.node(iri) for term in self._groups.terms(node) for iri in term.broader]
        by_names = [self.edge(head)[1]] if head else []
        ranked = enumerate((self._by_people.get(node, ()), by_terms, by_names))
        found = {(rank, (node, broad)) for rank, broader in ranked for broad in broader}
        return {one for one in found if one[1] not in self._refused and self._is_known(one[1][1])}

    def head(self, node: str) -> Row | None:
        """Put a node that no vocabulary knows under the longest head that one of its names contains."""
        if node in self._groups.vocabulary.terms:
            return None
        own = self._groups.named(node)
        found = [(over, name) for name in own for over in self._heads(name) if self._groups.node(over.iri) != node]
        if not found:
            return None
        over, name = min(found, key=lambda one: (-len(one[0].form), one[0].iri, one[1].iri))
        return Row(
            subject=name.iri,
            object=over.iri,
            match=Match.BROAD,
            subject_label=name.label,
            object_label=self._groups.label(over.iri),
            confidence=_CONFIDENCE,
            comment=over.rule,
        )

    def _heads(self, name: Name) -> Iterator[Above]:
        for form, label in ((name.form, name.label), (name.long, name.long)):
            found = above(name.kind, form, label, self._groups.find, self._groups.vocabulary) if form else None
            if found:
                yield found

    def _is_known(self, node: str) -> bool:
        return self._groups.is_named(node) or bool(self._groups.terms(node))


def _over(edges: Iterable[Edge]) -> dict[str, list[str]]:
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
