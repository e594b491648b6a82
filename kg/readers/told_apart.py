"""Records whose title many papers bear, told apart by who wrote them and when."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.readers.sets import Sets
from kg.records import Author, Paper
from kg.text import normal_form

__all__ = ["Told", "parts_of", "says_little"]

_WORDS: Final = 4
"""Words that a title may have and still be another paper's by chance; "Letter to the Editor" has four."""
_NEAR: Final = 2
"""Years between a preprint and its article, at most; almost all appear sooner."""
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?-?){1,3}")


@dataclass(frozen=True, slots=True)
class Told:
    """What tells papers of one title apart.

    Attributes:
        families: The authors' family names, in their normal form.
        year: None where it is not known.
    """

    families: frozenset[str]
    year: int | None

    @classmethod
    def of(cls, paper: Paper) -> "Told":
        """Take it off a record."""
        return cls(frozenset(filter(None, map(_family, paper.authors))), int(paper.date[:4]) if paper.date else None)

    def is_near(self, others: Iterable["Told"]) -> bool:
        """Tell whether this may be of the year of one of these, at least as far as is known."""
        own = self.year
        return any(own is None or one.year is None or abs(own - one.year) <= _NEAR for one in others)


def says_little(title: str) -> bool:
    """Tell whether a title is so short that two papers may have it.

    >>> says_little("reply to the authors"), says_little("pebbles of the upper river")
    (True, False)
    """
    return len(title.split()) <= _WORDS


def parts_of(rows: Iterable[int], told: Mapping[int, Told]) -> list[list[int]]:
    """Part the rows of one such title by paper.

    Rows that share an author are of one. A row that names nobody is of the one paper of nearly its year; where there
    are several, nobody knows, and it stays alone. Where no row names anybody, the years alone must do.
    """
    named = [row for row in rows if told[row].families]
    parts = _of_one_author(named, told) or _of_near_years(rows, told)
    rest = sorted({*rows} - {row for part in parts for row in part})
    if not parts:
        return [rest]
    fitting = {row: [part for part in parts if told[row].is_near(told[one] for one in part)] for row in rest}
    alone = [[row] for row, found in fitting.items() if len(found) != 1]
    return [sorted([*part, *(row for row, found in fitting.items() if found == [part])]) for part in parts] + alone


def _of_one_author(rows: Iterable[int], told: Mapping[int, Told]) -> list[list[int]]:
    sets, bearers = Sets(), dict[str, int]()
    for row in rows:
        sets.join([row, *(bearers.setdefault(family, row) for family in told[row].families)])
    return sets.groups(rows)


def _of_near_years(rows: Iterable[int], told: Mapping[int, Told]) -> list[list[int]]:
    """Part the rows that have a year where a gap is too wide."""
    parts: list[list[int]] = []
    last = 0
    for year, row in sorted((year, row) for row in rows if (year := told[row].year) is not None):
        if not parts or year - last > _NEAR:
            parts.append([])
        parts[-1].append(row)
        last = year
    return parts


def _family(author: Author) -> str:
    """The last word of a name, or the first where initials stand last, as in "Weir A".

    >>> [_family(Author(name)) for name in ("Ada Weir", "Weir A", "J.-B. van der Ford Jr.", "WEIR")]
    ['weir', 'weir', 'ford', 'weir']
    """
    words = [word for word in author.name.split() if word.lower().strip(".,") not in _SUFFIXES]
    first, *rest = words or [""]
    return normal_form(first if rest and _INITIALS.fullmatch(rest[-1]) else [first, *rest][-1]).lower()
