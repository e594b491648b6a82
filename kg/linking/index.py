"""The names of a graph and what they stand for, in a database: what `link` finds in memory, kept up paper by paper.

A paper that comes or goes changes names; `kg.linking.settling` links those anew that share a key with them.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.concepts import Concept
from kg.ledger import Decision, Match, Row
from kg.linking.grounding import Grounding, Step, agreed, ground_use
from kg.linking.making import concept_of
from kg.linking.names import Name, Naming, Use, bare_acronyms, name_iri, name_of, namings_of, said_of, use_of
from kg.records import Annotation, Kind
from kg.text import normal_form
from kg.vocabulary import Term, Vocabulary

__all__ = ["LinkIndex", "row_of", "row_text"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS names(iri TEXT PRIMARY KEY, kind TEXT, form TEXT, long TEXT, bare TEXT, label TEXT,
    term TEXT, step TEXT, score REAL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_by_form ON names(form, kind);
CREATE INDEX IF NOT EXISTS names_by_long ON names(long) WHERE long <> '';
CREATE INDEX IF NOT EXISTS names_by_bare ON names(bare) WHERE bare <> '';
CREATE TABLE IF NOT EXISTS uses(id INTEGER PRIMARY KEY, name TEXT, said TEXT, count INTEGER,
    term TEXT, step TEXT, score REAL, UNIQUE(name, said));
CREATE INDEX IF NOT EXISTS uses_gone ON uses(id) WHERE count <= 0;
CREATE TABLE IF NOT EXISTS namings(paper TEXT, entity TEXT, used INTEGER, PRIMARY KEY(paper, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS namings_by_use ON namings(used);
CREATE TABLE IF NOT EXISTS keys(key TEXT, name TEXT, PRIMARY KEY(key, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_by_name ON keys(name);
CREATE TABLE IF NOT EXISTS looks(form TEXT, name TEXT, PRIMARY KEY(form, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS looks_by_name ON looks(name);
CREATE TABLE IF NOT EXISTS nodes(iri TEXT PRIMARY KEY, node TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nodes_by_node ON nodes(node);
CREATE TABLE IF NOT EXISTS links(subject TEXT, link TEXT, PRIMARY KEY(subject, link)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heads(node TEXT PRIMARY KEY, link TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edges(narrow TEXT, broad TEXT, rank INTEGER, kept INTEGER, PRIMARY KEY(narrow, broad))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edges_by_broad ON edges(broad);
CREATE TABLE IF NOT EXISTS shown(iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told(about TEXT, subject TEXT, PRIMARY KEY(about, subject)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS told_by_subject ON told(subject);
CREATE TABLE IF NOT EXISTS decided(link TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_CHANGES: Final = """
CREATE TEMP TABLE IF NOT EXISTS dirty(iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS moved(iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS stale(iri TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_REMEMBERED: Final = 5_000
"""Names that are held in memory."""

_NAMES: Final = "names uses namings keys looks nodes links heads edges shown told decided dirty moved stale".split()  # noqa: SIM905


class LinkIndex:
    """Names, nodes and concepts of a graph.

    Attributes:
        database: Its tables stand beside those of others; whoever made the connection commits.
        decisions: Of people.
    """

    def __init__(
        self, database: sqlite3.Connection, vocabulary: Vocabulary, base_iri: str, decisions: Sequence[Decision] = ()
    ) -> None:
        self.database = database
        self.vocabulary = vocabulary
        self.base_iri = base_iri
        self.decisions = decisions
        self.find = _Find(database)
        self._names: dict[str, Name] = {}

    def open(self) -> None:
        """Make the tables that are missing; to read an index that is there, this is not needed."""
        for statement in (_TABLES + _CHANGES).split(";"):
            self.database.execute(statement)

    def clear(self) -> None:
        """Forget all names, as for another vocabulary."""
        for table in _NAMES:
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    # --- what papers name

    def add(self, annotation: Annotation) -> None:
        """Take in what a paper names."""
        self._names.clear()
        for entity, naming in namings_of(annotation, self.base_iri).items():
            self._add_name(naming)
            said = said_of(naming.use)
            query = """INSERT INTO uses(name, said, count) VALUES (?, ?, 1)
                ON CONFLICT(name, said) DO UPDATE SET count = count + 1 RETURNING id"""
            (used,) = self.database.execute(query, (naming.iri, said)).fetchone()
            self.database.execute("INSERT INTO namings VALUES (?, ?, ?)", (annotation.id, entity, used))

    def remove(self, paper_id: str) -> None:
        """Take out what a paper names."""
        self._names.clear()
        query = "SELECT uses.id, name FROM namings JOIN uses ON uses.id = used WHERE paper = ?"
        for used, name in self.database.execute(query, (paper_id,)).fetchall():
            self.database.execute("UPDATE uses SET count = count - 1 WHERE id = ?", (used,))
            self.database.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (name,))
        self.database.execute("DELETE FROM namings WHERE paper = ?", (paper_id,))

    def _add_name(self, naming: Naming) -> None:
        iri, kind, form, long, _ = naming
        bare = name_iri(self.base_iri, kind, form) if long else ""
        query = "INSERT OR IGNORE INTO names(iri, kind, form, long, bare) VALUES (?, ?, ?, ?, ?)"
        self.database.execute(query, (iri, kind.value, form, long, bare))
        self.database.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (iri,))

    def nodes_of(self, paper_id: str) -> dict[str, str]:
        """The node of each entity of a paper, by the entity's name."""
        query = """SELECT entity, node FROM namings JOIN uses ON uses.id = used JOIN nodes ON nodes.iri = name
            WHERE paper = ?"""
        return dict(self.database.execute(query, (paper_id,)).fetchall())

    def papers_naming(self, iri: str) -> list[str]:
        """The ids of the papers that use a name, in order."""
        query = "SELECT DISTINCT paper FROM uses JOIN namings ON used = uses.id WHERE name = ? ORDER BY paper"
        return [paper for (paper,) in self.database.execute(query, (iri,))]

    def moved_papers(self) -> Iterator[str]:
        """The ids of the papers of which a name stands for another node since the changes were settled."""
        # a CROSS JOIN is walked as it stands (https://sqlite.org/optoverview.html#crossjoin): from the few that moved
        query = "SELECT DISTINCT paper FROM moved CROSS JOIN uses ON name = iri CROSS JOIN namings ON used = uses.id"
        return (paper for (paper,) in self.database.execute(query))

    # --- names

    def name(self, iri: str) -> Name | None:
        """The name of an IRI, with how papers use it; that of an acronym that all papers spell out has no use."""
        if iri in self._names:
            return self._names[iri]
        row = self.database.execute("SELECT kind, form, long FROM names WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            uses = self.uses_of(iri)
            if uses:
                if len(self._names) >= _REMEMBERED:
                    self._names.clear()
                self._names[iri] = name_of(iri, Kind(row[0]), row[1], row[2], uses)
                return self._names[iri]
        query = "SELECT iri FROM names WHERE bare = ? AND bare <> ''"
        definers = [self.name(one) for (one,) in self.database.execute(query, (iri,)).fetchall()]
        bare = {one.iri: one for one in bare_acronyms((one for one in definers if one), self.base_iri)}
        return bare.get(iri)

    def of_form(self, form: str) -> list[tuple[str, Kind]]:
        """The IRIs and kinds of the names that papers write in a normal form, in order."""
        query = "SELECT iri, kind FROM names WHERE form = ? ORDER BY iri"
        return [(iri, Kind(kind)) for iri, kind in self.database.execute(query, (form,))]

    def of_surface(self, form: str) -> list[tuple[str, Kind]]:
        """The IRIs and kinds of the names whose long form, or another surface, has a normal form, in order."""
        found = set(self.database.execute("SELECT iri, kind FROM names WHERE long = ? AND long <> ''", (form,)))
        query = "SELECT iri, kind FROM looks JOIN names ON names.iri = looks.name WHERE looks.form = ?"
        for kind in Kind:
            found |= set(self.database.execute(query, (f"{kind} {form}",)))
        return sorted((iri, Kind(kind)) for iri, kind in found if self._is_called(iri, form))

    def _is_called(self, iri: str, form: str) -> bool:
        name = self.name(iri)
        surfaces = (one for use in name.uses for one in use.surfaces) if name else ()
        return name is not None and (name.long == form or any(normal_form(one) == form for one in surfaces))

    def forms(self) -> list[str]:
        """All normal forms of names that papers use, in order."""
        return [form for (form,) in self.database.execute("SELECT DISTINCT form FROM names ORDER BY form")]

    def uses_of(self, iri: str) -> dict[Use, int]:
        """How papers use a name, and how many each."""
        query = "SELECT said, count FROM uses WHERE name = ? AND count > 0 ORDER BY said"
        return {use_of(said): count for said, count in self.database.execute(query, (iri,))}

    def grounding(self, iri: str) -> Grounding | None:
        """What a name is by the vocabulary."""
        query = "SELECT term, step, score FROM names WHERE iri = ? AND term IS NOT NULL"
        row = self.database.execute(query, (iri,)).fetchone()
        return Grounding(self.vocabulary.terms[row[0]], Step(row[1]), row[2]) if row else None

    def ground(self, iri: str, kind: Kind) -> Grounding | None:
        """Look up how papers use a name, as far as it has not been done, and keep what most mean by it."""
        found = []
        query = "SELECT id, said, count, term, step, score FROM uses WHERE name = ? AND count > 0"
        for used, said, count, term, step, score in self.database.execute(query, (iri,)).fetchall():
            if term is None:
                one = ground_use(kind, use_of(said), self.vocabulary)
                told = (one.term.iri, one.step.value, one.score, used) if one else ("", "", 0.0, used)
                self.database.execute("UPDATE uses SET term = ?, step = ?, score = ? WHERE id = ?", told)
            else:
                one = Grounding(self.vocabulary.terms[term], Step(step), score) if term else None
            found += [(one, count)] if one else []
        best = agreed(found)
        meant: tuple[object, ...] = (
            (best.term.iri, best.step.value, best.score, iri) if best else (None, None, None, iri)
        )
        self.database.execute("UPDATE names SET term = ?, step = ?, score = ? WHERE iri = ?", meant)
        return best

    # --- nodes, as `kg.linking.placing.Groups`

    def named(self, node: str) -> Sequence[Name]:
        """The names that papers use for a node, in order of IRI."""
        query = "SELECT names.iri FROM nodes JOIN names ON names.iri = nodes.iri WHERE node = ? ORDER BY names.iri"
        found = [self.name(iri) for (iri,) in self.database.execute(query, (node,)).fetchall()]
        return [name for name in found if name is not None and name.uses]

    def is_named(self, node: str) -> bool:
        """Tell whether papers use a name for a node."""
        query = """SELECT 1 FROM nodes JOIN uses ON name = iri WHERE node = ? AND count > 0 LIMIT 1"""
        return self.database.execute(query, (node,)).fetchone() is not None

    def node(self, iri: str) -> str:
        """The node of a name or a concept."""
        row = self.database.execute("SELECT node FROM nodes WHERE iri = ?", (iri,)).fetchone()
        return row[0] if row else iri

    def terms(self, node: str) -> Sequence[Term]:
        """The concepts of vocabularies that a node is, in order; several where a person has joined them."""
        query = "SELECT iri FROM nodes WHERE node = ? ORDER BY iri"
        linked = [iri for (iri,) in self.database.execute(query, (node,)) if iri in self.vocabulary.terms]
        if not linked and node in self.vocabulary.terms:
            linked = [node]
        return [self.vocabulary.terms[iri] for iri in linked]

    def label(self, iri: str) -> str:
        """What a name or a concept is called."""
        row = self.database.execute("SELECT label FROM names WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            return str(row[0])
        name = self.name(iri)
        return name.label if name else self.vocabulary.terms[iri].label

    # --- concepts

    def is_shown(self, iri: str) -> bool:
        """Tell whether a node is in the graph: papers name it, or something below it."""
        return self.database.execute("SELECT 1 FROM shown WHERE iri = ?", (iri,)).fetchone() is not None

    def concept(self, iri: str) -> Concept | None:
        """The concept of a node; None for one that is not in the graph."""
        if not self.is_shown(iri):
            return None
        query = "SELECT broad FROM edges WHERE narrow = ? AND kept ORDER BY rank, broad"
        broader = tuple(broad for (broad,) in self.database.execute(query, (iri,)))
        return concept_of(iri, broader, self)

    def concepts(self) -> Iterator[str]:
        """The IRIs of all concepts, in order."""
        return (iri for (iri,) in self.database.execute("SELECT iri FROM shown ORDER BY iri"))

    def changed_concepts(self) -> Iterator[str]:
        """The IRIs of the concepts that came, went or are told otherwise since the changes were settled, in order."""
        return (iri for (iri,) in self.database.execute("SELECT iri FROM stale ORDER BY iri"))

    def concept_count(self) -> int:
        """How many concepts the graph has."""
        (count,) = self.database.execute("SELECT count(*) FROM shown").fetchone()
        return int(count)

    # --- the ledger

    def rows(self) -> list[Row]:
        """Every link and merge, and what stands under what, in order."""
        links = [row_of(link) for (link,) in self.database.execute("SELECT link FROM links")]
        heads = (row_of(link) for (link,) in self.database.execute("SELECT link FROM heads"))
        kept = [row for row in heads if self._is_kept(row)]
        return sorted({*links, *kept, *(one.row for one in self.decisions if one.row.match is Match.BROAD)})

    def _is_kept(self, row: Row) -> bool:
        query = "SELECT kept FROM edges WHERE narrow = ? AND broad = ?"
        found = self.database.execute(query, (self.node(row.subject), self.node(row.object))).fetchone()
        return found is not None and bool(found[0])


class _Find(Mapping[tuple[Kind, str], str]):
    """The node of each name that papers use, by kind and normal form; an acronym's with its long form is not here."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __getitem__(self, key: tuple[Kind, str]) -> str:
        query = """SELECT node FROM names JOIN nodes ON nodes.iri = names.iri
            WHERE form = ? AND kind = ? AND long = ''"""
        row = self._database.execute(query, (key[1], key[0].value)).fetchone()
        if row is None:
            raise KeyError(key)
        return str(row[0])

    def __iter__(self) -> Iterator[tuple[Kind, str]]:
        rows = self._database.execute("SELECT kind, form FROM names WHERE long = ''")
        return ((Kind(kind), form) for kind, form in rows)

    def __len__(self) -> int:
        (count,) = self._database.execute("SELECT count(*) FROM names WHERE long = ''").fetchone()
        return int(count)


def row_text(row: Row) -> str:
    """A row of the ledger as it is kept."""
    told = (row.subject, row.object, row.match, row.negated, row.subject_label, row.object_label)
    return json.dumps([*told, row.justification, row.confidence, row.author, row.comment], ensure_ascii=False)


def row_of(text: str) -> Row:
    """Read such a row."""
    subject, target, match, negated, *others = json.loads(text)
    return Row(subject, target, Match(match), negated, *others)
