"""Which node each name stands for: links taken one after another, the surest first, as far as none contradicts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.ledger import Decision, Match, Row

__all__ = ["Nodes", "join"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Names in groups, each a node.

    Attributes:
        node_of: The IRI of the node of every name and of every concept that a name is linked to.
        rows: The links and decisions that made the groups.
    """

    node_of: Mapping[str, str]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Groups:
    """Disjoint sets of IRIs that know what may not be in them."""

    terms: Collection[str]
    apart: Mapping[str, Collection[str]]
    _of: dict[str, set[str]] = field(default_factory=dict)

    def of(self, iri: str) -> set[str]:
        if iri not in self._of:
            self._of[iri] = {iri}
        return self._of[iri]

    def unite(self, iri: str, other: str) -> None:
        small, large = sorted((self.of(iri), self.of(other)), key=len)
        if small is not large:
            large |= small
            self._of |= dict.fromkeys(small, large)

    def may_unite(self, iri: str, other: str) -> bool:
        """No group holds two concepts of the vocabulary, unless a person has joined them, nor what is kept apart."""
        group, others = self.of(iri), self.of(other)
        if group is others:
            return True
        known, more = ({one for one in some if one in self.terms} for some in (group, others))
        return not (known and more) and all(others.isdisjoint(self.apart.get(one, ())) for one in group)

    def all(self) -> Iterable[set[str]]:
        return {id(group): group for group in self._of.values()}.values()


def join(names: Iterable[str], links: Iterable[Row], decisions: Iterable[Decision], terms: Collection[str]) -> Nodes:
    """Join names along links and decisions.

    A group's node is its concept of the vocabulary, else the shortest IRI of its names, then the first in order.
    What a decision takes away from a node is joined last, so that the others stay together.

    Args:
        names: IRIs of all names.
        links: What the rules propose, in any order.
        decisions: Free of contradictions; those about other names or concepts count for nothing.
        terms: IRIs of the vocabulary's concepts.
    """
    known = set(names)
    rows = [one.row for one in decisions if one.row.match is Match.EXACT]
    told = [row for row in rows if all(iri in known or iri in terms for iri in (row.subject, row.object))]
    apart: dict[str, set[str]] = defaultdict(set)
    leaving = {row.subject for row in told if row.negated}
    for row in told:
        if row.negated:
            apart[row.subject].add(row.object)
            apart[row.object].add(row.subject)
    groups = _Groups(terms, apart)
    for row in told:
        if not row.negated:
            groups.unite(row.subject, row.object)
    taken = []
    for row in sorted(links, key=lambda one: (one.subject in leaving or one.object in leaving, -one.confidence, one)):
        if row.subject != row.object and groups.may_unite(row.subject, row.object):
            groups.unite(row.subject, row.object)
            taken.append(row)
    for iri in known:
        groups.of(iri)
    node_of = {iri: node for group in groups.all() for node in [_node(group, terms)] for iri in group}
    return Nodes(node_of, tuple(sorted({*taken, *told})))


def _node(group: set[str], terms: Collection[str]) -> str:
    return min(group, key=lambda iri: (iri not in terms, 0 if iri in terms else len(iri), iri))
