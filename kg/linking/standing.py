"""What stands under what, and what is in the graph at all, brought up to date around the nodes that changed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from kg.ledger import Match
from kg.linking.hierarchy import without_cycles
from kg.linking.index import LinkIndex, row_text
from kg.linking.placing import Edge, Placing, Ranked

__all__ = ["stand"]

_AT_ONCE = 200
"""Nodes whose hierarchy is held in memory at a time."""


def stand(index: LinkIndex) -> None:
    """Place the nodes in the index's table ``stale`` anew, and add to it what thereby is told otherwise."""
    _Standing(index).run()


class _Standing:
    def __init__(self, index: LinkIndex) -> None:
        self._index = index
        self._database = index.database
        self._decided = [one.row for one in index.decisions if one.row.match is Match.BROAD]
        self._placing = Placing(index, self._decided)

    def run(self) -> None:
        self._database.execute("CREATE TEMP TABLE IF NOT EXISTS touched(iri TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("DELETE FROM touched")
        for row in self._decided:
            self._mark("stale", [self._placing.edge(row)[0]])
        for (node,) in self._database.execute("SELECT iri FROM stale ORDER BY iri").fetchall():
            self._place(node)
        touched = self._all("SELECT iri FROM touched ORDER BY iri")
        while nodes := list(islice(touched, _AT_ONCE)):
            self._break_cycles(nodes)
        self._show()
        for node in self._all("SELECT iri FROM stale"):
            self._tell(node)

    def _place(self, start: str) -> None:
        """Find anew what may stand above a node, and above what that brings in or leaves alone."""
        queue = [start]
        while queue:
            node = queue.pop()
            former = self._edges([node])
            is_there = self._is_reached(node, "edges")
            head = self._placing.head(node) if is_there else None
            found = self._placing.above(node, head) if is_there else set()
            self._database.execute("DELETE FROM heads WHERE node = ?", (node,))
            if head is not None:
                self._database.execute("INSERT INTO heads VALUES (?, ?)", (node, row_text(head)))
            edges = _surest(found)
            if edges != former:
                self._replace(node, edges)
                over, before = ({broad for _, broad in some} for some in (edges, former))
                self._mark("touched", [node, *before])
                queue += sorted(over ^ before)

    def _replace(self, node: str, edges: dict[Edge, int]) -> None:
        self._database.execute("DELETE FROM edges WHERE narrow = ?", (node,))
        rows = [(narrow, broad, rank, 0) for (narrow, broad), rank in edges.items()]
        self._database.executemany("INSERT INTO edges VALUES (?, ?, ?, ?)", rows)

    def _edges(self, nodes: Iterable[str]) -> dict[Edge, int]:
        query = "SELECT narrow, broad, rank FROM edges WHERE narrow = ?"
        return {(n, b): rank for node in nodes for n, b, rank in self._database.execute(query, (node,))}

    def _break_cycles(self, nodes: Sequence[str]) -> None:
        """Decide which edges hold among some nodes and all above them; a cycle is wholly among these or not at all."""
        reached = self._above(nodes)
        edges = self._edges(sorted(reached))
        kept = set(without_cycles(sorted(edges, key=lambda edge: (edges[edge], edge))))
        for narrow, broad in edges:
            query = "UPDATE edges SET kept = ? WHERE narrow = ? AND broad = ? AND kept <> ?"
            holds = int((narrow, broad) in kept)
            if self._database.execute(query, (holds, narrow, broad, holds)).rowcount:
                self._mark("stale", [narrow])
                self._mark("touched", [broad])

    def _above(self, nodes: Iterable[str]) -> set[str]:
        reached, queue = set(nodes), list(nodes)
        for node in queue:
            new = {broad for _, broad in self._edges([node])} - reached
            reached |= new
            queue += new
        return reached

    def _show(self) -> None:
        """Tell what is in the graph: what papers name, and what stands above that."""
        queue = list(self._all("SELECT iri FROM stale UNION SELECT iri FROM touched ORDER BY iri"))
        while queue:
            node = queue.pop()
            shown = self._is_reached(node, "edges WHERE kept")
            if shown == self._index.is_shown(node):
                continue
            query = "INSERT INTO shown VALUES (?)" if shown else "DELETE FROM shown WHERE iri = ?"
            self._database.execute(query, (node,))
            told = "SELECT subject FROM told WHERE about = ?"
            self._mark("stale", [node, *(one for (one,) in self._database.execute(told, (node,)))])
            over = "SELECT broad FROM edges WHERE narrow = ? AND kept"
            queue += [broad for (broad,) in self._database.execute(over, (node,))]

    def _tell(self, node: str) -> None:
        """Remember what a vocabulary says of other nodes, which is only told where these are in the graph."""
        self._database.execute("DELETE FROM told WHERE subject = ?", (node,))
        if self._index.is_shown(node):
            known = self._index.vocabulary.terms
            said = (obj.value for term in self._index.terms(node) for _, _, obj in term.statements)
            about = {value for value in said if value in known}
            self._database.executemany("INSERT INTO told VALUES (?, ?)", [(one, node) for one in sorted(about)])

    def _is_reached(self, node: str, edges: str) -> bool:
        """Tell whether papers name a node, or something from which it is reached."""
        seen, queue = {node}, [node]
        both = "AND" if "WHERE" in edges else "WHERE"
        for one in queue:
            if self._index.is_named(one):
                return True
            under = self._database.execute(f"SELECT narrow FROM {edges} {both} broad = ?", (one,))  # noqa: S608
            new = {narrow for (narrow,) in under} - seen
            seen |= new
            queue += sorted(new)
        return False

    def _mark(self, table: str, nodes: Collection[str]) -> None:
        query = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608 - a name of ours
        self._database.executemany(query, [(node,) for node in nodes])

    def _all(self, query: str) -> Iterator[str]:
        return (iri for (iri,) in self._database.execute(query).fetchall())


def _surest(found: Iterable[Ranked]) -> dict[Edge, int]:
    surest: dict[Edge, int] = {}
    for rank, edge in sorted(found):
        surest.setdefault(edge, rank)
    return surest
