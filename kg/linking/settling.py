"""Changed names linked anew, with all that share a key with them, and nothing else.

No rule looks at more than the names of one key (`kg.linking.joining.keys`), no node holds more than what rules and
people link; so the names that can be reached over keys, concepts and decisions are linked among themselves as they
would be among all. What then stands under what is settled by `kg.linking.standing`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kg.ledger import Match
from kg.linking.checking import check_decisions
from kg.linking.hierarchy import looks_of
from kg.linking.index import LinkIndex, row_of, row_text
from kg.linking.joining import join_names, keys
from kg.linking.names import Name, with_bare
from kg.linking.standing import stand
from kg.records import Kind

__all__ = ["settle"]


def settle(index: LinkIndex) -> None:
    """Link what papers and people have changed; then `moved_papers` and `changed_concepts` tell what came of it.

    Raises:
        InputError: A decision is about something unknown, or contradicts others.
    """
    _Settling(index).run()


@dataclass(slots=True)
class _Block:
    """Names, acronyms that papers spell out, and concepts, of which any may be one with any other."""

    names: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


class _Settling:
    def __init__(self, index: LinkIndex) -> None:
        self._index = index
        self._database = index.database
        self._ties: dict[str, set[str]] = {}

    def run(self) -> None:
        for table in ("moved", "stale"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        for table in ("obsolete", "changed"):
            self._database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}(one TEXT, other TEXT)")
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        self._take_decisions()
        self._database.execute("DELETE FROM uses WHERE count <= 0")
        for (iri,) in self._database.execute("SELECT iri FROM dirty").fetchall():
            self._renew(iri)
        self._relink_all()
        self._clear_up()
        stand(self._index)

    # --- decisions

    def _take_decisions(self) -> None:
        """Tie together what decisions, old and new, are about; what a changed one is about is linked anew."""
        former = {text for (text,) in self._database.execute("SELECT link FROM decided")}
        rows = {row_text(one.row): one.row for one in self._index.decisions}
        check_decisions(self._index.decisions, self._kind, self._index.vocabulary)
        ends = [row_of(text) for text in former - rows.keys()]
        for row in (*ends, *rows.values()):
            if row.match is Match.EXACT:
                self._ties.setdefault(row.subject, set()).add(row.object)
                self._ties.setdefault(row.object, set()).add(row.subject)
        changed = [row_of(text) for text in former ^ rows.keys()]
        for iri in {iri for row in changed for iri in (row.subject, row.object)}:
            self._database.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (iri,))
            self._database.execute("INSERT OR IGNORE INTO stale VALUES (?)", (self._index.node(iri),))
        self._database.execute("DELETE FROM decided")
        self._database.executemany("INSERT INTO decided VALUES (?)", [(text,) for text in sorted(rows)])

    def _kind(self, iri: str) -> Kind | None:
        name = self._index.name(iri)
        return name.kind if name else None

    # --- names

    def _renew(self, iri: str) -> None:
        """Find out anew what a changed name is by the vocabulary, and by what it is found and finds others."""
        row = self._database.execute("SELECT kind FROM names WHERE iri = ?", (iri,)).fetchone()
        former = {key for (key,) in self._database.execute("SELECT key FROM keys WHERE name = ?", (iri,))}
        name = self._index.name(iri)
        if row is None:
            return
        if name is None or not name.uses:
            self._obsolete(iri, former)
            self._database.execute("DELETE FROM looks WHERE name = ?", (iri,))
            return
        self._database.execute("UPDATE names SET label = ? WHERE iri = ?", (name.label, iri))
        grounding = self._index.ground(iri, Kind(row[0]))
        own = keys(name) | ({_term_key(grounding.term.iri)} if grounding else set())
        self._obsolete(iri, former - own)
        self._database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, iri) for key in own])
        self._database.execute("DELETE FROM looks WHERE name = ?", (iri,))
        looks = [(f"{kind} {form}", iri) for kind, form in looks_of(name)]
        self._database.executemany("INSERT OR IGNORE INTO looks VALUES (?, ?)", looks)

    def _obsolete(self, iri: str, former: Iterable[str]) -> None:
        """Keys that a name no longer has still lead to those it may have been one with."""
        self._database.executemany("INSERT INTO obsolete VALUES (?, ?)", [(key, iri) for key in former])

    def _clear_up(self) -> None:
        self._database.execute("DELETE FROM keys WHERE (key, name) IN (SELECT one, other FROM obsolete)")
        gone = "SELECT iri FROM dirty WHERE iri NOT IN (SELECT name FROM uses WHERE name = dirty.iri)"
        self._database.execute(f"DELETE FROM names WHERE iri IN ({gone})")  # noqa: S608 - a query of ours
        self._database.execute("DELETE FROM dirty")
        # from the few that changed on, as in `LinkIndex.moved_papers`
        query = """INSERT OR IGNORE INTO stale SELECT node FROM changed
            CROSS JOIN looks ON looks.form = changed.one CROSS JOIN nodes ON nodes.iri = looks.name"""
        self._database.execute(query)
        query = "INSERT OR IGNORE INTO stale SELECT narrow FROM changed CROSS JOIN edges ON broad = changed.other"
        self._database.execute(query)

    # --- blocks

    def _relink_all(self) -> None:
        done: set[str] = set()
        for (iri,) in self._database.execute("SELECT iri FROM dirty ORDER BY iri").fetchall():
            if iri not in done:
                block = self._block(iri)
                done |= {one for one in block.names | block.others if self._is_dirty(one)}
                self._relink(block)

    def _block(self, start: str) -> _Block:
        block = _Block()
        queue = [start]
        while queue:
            iri = queue.pop()
            if iri in block.names or iri in block.others:
                continue
            queue += self._beside(iri, block)
        return block

    def _beside(self, iri: str, block: _Block) -> Iterator[str]:
        """All that an IRI leads to: over its keys if it is a name's, to what spells it out, and what is decided."""
        row = self._database.execute("SELECT bare FROM names WHERE iri = ?", (iri,)).fetchone()
        (block.others if row is None else block.names).add(iri)
        yield from self._ties.get(iri, ())
        if row is not None and row[0]:
            yield row[0]
        yield from self._column("SELECT iri FROM names WHERE bare = ? AND bare <> ''", iri)
        for key in (_term_key(iri), *self._column("SELECT key FROM keys WHERE name = ?", iri)):
            if key not in block.keys:
                block.keys.add(key)
                yield from self._column("SELECT name FROM keys WHERE key = ?", key)
                if key.startswith("<"):
                    yield key[1:-1]

    def _column(self, query: str, value: str) -> list[str]:
        return [one for (one,) in self._database.execute(query, (value,))]

    def _is_dirty(self, iri: str) -> bool:
        return self._database.execute("SELECT 1 FROM dirty WHERE iri = ?", (iri,)).fetchone() is not None

    def _relink(self, block: _Block) -> None:
        index = self._index
        loaded = [index.name(iri) for iri in sorted(block.names)]
        named = {name.iri: name for name in loaded if name is not None and name.uses}
        terms = {iri: found for iri in named if (found := index.grounding(iri)) is not None}
        told = [one for one in index.decisions if one.row.subject in block.names or one.row.subject in block.others]
        nodes = join_names(with_bare(named, index.base_iri), terms, index.vocabulary, told)
        self._keep(block.names | block.others, dict(nodes.node_of), named)
        self._database.executemany(
            "DELETE FROM links WHERE subject = ?", [(one,) for one in block.names | block.others]
        )
        rows = [(row.subject, row_text(row)) for row in nodes.rows]
        self._database.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", rows)

    def _keep(self, members: Collection[str], node_of: dict[str, str], named: dict[str, Name]) -> None:
        """Write down the nodes of a block, and what is to be looked at again since they changed."""
        former = {iri: row[0] for iri in members if (row := self._former(iri)) is not None}
        for iri in sorted(former.keys() | node_of.keys()):
            alone = iri if iri in self._index.vocabulary.terms else None  # a concept that nothing is linked to
            before, after = former.get(iri, alone), node_of.get(iri, alone)
            dirty = self._is_dirty(iri)
            if before == after and not dirty:
                continue
            alone = None if iri in named else iri  # a concept that nothing is linked to is a node of its own
            nodes = {node for node in (before or alone, after or alone) if node is not None}
            self._database.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(node,) for node in nodes])
            if before != after and iri in named:
                self._database.execute("INSERT OR IGNORE INTO moved VALUES (?)", (iri,))
            for node in nodes:
                self._database.execute("INSERT INTO changed VALUES (?, ?)", (self._form(iri), node))
        self._database.executemany("DELETE FROM nodes WHERE iri = ?", [(iri,) for iri in former])
        self._database.executemany("INSERT INTO nodes VALUES (?, ?)", sorted(node_of.items()))

    def _former(self, iri: str) -> tuple[str] | None:
        row: tuple[str] | None = self._database.execute("SELECT node FROM nodes WHERE iri = ?", (iri,)).fetchone()
        return row

    def _form(self, iri: str) -> str:
        """By what others look a name up; empty for what is none, or is an acronym with its long form."""
        row = self._database.execute("SELECT kind, form, long FROM names WHERE iri = ?", (iri,)).fetchone()
        return f"{row[0]} {row[1]}" if row and not row[2] else ""


def _term_key(iri: str) -> str:
    return f"<{iri}>"
