"""A layer on disk: an added vocabulary, as `kg.vocabulary.compiling` writes it."""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import finalize

import msgspec

from kg.errors import GraphError
from kg.records import Kind
from kg.vocabulary.entry import Entry, term_of
from kg.vocabulary.term import Term

__all__ = ["Index"]

_CACHED = 1 << 14
_TOLD = frozenset({"concepts", "digest", "file", "kinds", "names", "rules"})
_DECODER = msgspec.json.Decoder(Entry)


class Index:
    """Looks names up in a file, page by page.

    Args:
        path: Of the file; it must not change while it is read.

    Attributes:
        path: As given.
        about: What the file tells of itself; see `kg.vocabulary.compiling`.
        digest: Of the content.
        kinds: Of its concepts, in order of name.
        name_count: Names that name just one of them, without help from the text.

    Raises:
        GraphError: The file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        finalize(self, self._db.close)
        self.about: Mapping[str, str] = dict(self._rows("SELECT name, value FROM about"))
        missing = _TOLD - self.about.keys()
        if missing:
            raise self._damaged(f"it does not tell its {', '.join(sorted(missing))}")
        try:
            self.digest = self.about["digest"]
            self._concepts = int(self.about["concepts"])
            self.kinds = tuple(map(Kind, self.about["kinds"].split()))
            self.name_count = int(self.about["names"])
        except ValueError as error:
            raise self._damaged(error) from error
        self.terms: Mapping[str, Term] = _Terms(self)
        self.number_of = lru_cache(_CACHED)(self._number_of)
        self.term = lru_cache(_CACHED)(self._term)
        self.labels = lru_cache(_CACHED)(self._labels)
        self.begins = lru_cache(_CACHED)(self._begins)
        self.word_count = lru_cache(_CACHED)(self._word_count)

    def entries(self) -> Iterator[Entry]:
        """Yield what the file was compiled from, in order of IRI."""
        return map(self._entry, range(len(self)))

    def by_key(self, kind: Kind, key: str) -> tuple[int, tuple[Term, ...]] | None:
        """See `Layer.by_key`."""
        query = "SELECT rank, concept FROM key WHERE kind = ? AND key = ? ORDER BY rank, concept"
        rows = self._rows(query, kind.value, key)
        if not rows:
            return None
        lowest = rows[0][0]
        return lowest, tuple(self.term(number) for rank, number in rows if rank == lowest)

    def by_match(self, kind: Kind, iri: str) -> Term | None:
        """See `Layer.by_match`."""
        query = "SELECT number FROM concept WHERE iri = ?1 UNION ALL SELECT concept FROM exact WHERE iri = ?1"
        found = (self.term(number) for (number,) in self._rows(query, iri))
        return next((term for term in found if term.kind is kind), None)

    def with_word(self, kind: Kind, word: str) -> Iterator[tuple[str, Term]]:
        """See `Layer.with_word`."""
        query = "SELECT name, concept FROM word WHERE kind = ? AND word = ? ORDER BY name, concept"
        for name, number in self._rows(query, kind.value, word):
            yield name, self.term(number)

    def _word_count(self, kind: Kind, word: str) -> int:
        """See `Layer.word_count`."""
        return int(self._rows("SELECT count(*) FROM word WHERE kind = ? AND word = ?", kind.value, word)[0][0])

    def _number_of(self, iri: str) -> int | None:
        """Give the number of a concept of this file."""
        return next((number for (number,) in self._rows("SELECT number FROM concept WHERE iri = ?", iri)), None)

    def iris(self) -> Iterator[str]:
        """Yield the IRIs of all concepts, in order."""
        return (iri for (iri,) in self._rows("SELECT iri FROM concept ORDER BY number"))

    def __len__(self) -> int:
        return self._concepts

    def _labels(self, key: str) -> tuple[tuple[Term, str, bool], ...]:
        """Give the concepts that running text names by this key (`kg.vocabulary.labels`).

        Returns:
            With each the name, and whether it counts without help from the text.
        """
        rows = self._rows("SELECT concept, name, clear FROM label WHERE key = ? ORDER BY concept, name", key)
        return tuple((self.term(number), name, bool(clear)) for number, name, clear in rows)

    def _begins(self, key: str) -> bool:
        """Tell whether a longer key of a label begins with this one and a space."""
        query = "SELECT 1 FROM label WHERE key > ?1 || ' ' AND key < ?1 || '!' LIMIT 1"  # "!" is next to the space
        return bool(self._rows(query, key))

    def _term(self, number: int) -> Term:
        return term_of(self._entry(number))

    def _entry(self, number: int) -> Entry:
        rows = self._rows("SELECT entry FROM concept WHERE number = ?", number)
        try:
            return _DECODER.decode(rows[0][0])
        except (IndexError, TypeError, msgspec.DecodeError) as error:
            raise self._damaged(error) from error

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, reason: Exception | str) -> GraphError:
        return GraphError(f"{self.path}: not a compiled vocabulary ({reason}); remove it and add it again")


class _Terms(Mapping[str, Term]):
    """The concepts of a file by IRI."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, iri: str) -> Term:
        number = self._index.number_of(iri)
        if number is None:
            raise KeyError(iri)
        return self._index.term(number)

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and self._index.number_of(iri) is not None

    def __iter__(self) -> Iterator[str]:
        return self._index.iris()

    def __len__(self) -> int:
        return len(self._index)
