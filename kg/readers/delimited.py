"""Tables of papers, CSV or TSV: as spreadsheets, Scopus, Web of Science, PubMed, Zotero and Dimensions write them.

The first row names the columns, in one of many spellings; the delimiter is the one under which most of them are
known. Quotes follow RFC 4180. A spreadsheet's own number of a row is no id.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, RecordError
from kg.readers.citation import Citation, in_reading_order, paper_of, split_list
from kg.readers.fields import iso_date
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author

if TYPE_CHECKING:
    from _csv import Reader as Rows

__all__ = ["READER"]

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "title": ("title", "article title", "paper title", "document title", "primary title", "ti"),
        "abstract": ("abstract", "abstract note", "abstract text", "summary", "ab"),
        "authors": (
            *("author full names", "authors full names", "full author names", "af"),
            *("authors", "author", "author s", "author names", "authors list", "au"),
        ),
        "date": (
            *("date", "publication date", "date published", "published", "cover date", "pub date", "pubdate"),
            *("year", "publication year", "pub year", "pubyear", "published year", "year of publication", "py"),
        ),
        "doi": ("doi", "digital object identifier", "doi link", "di"),
        "arxiv": ("arxiv", "arxiv id", "arxivid"),
        "pmid": ("pmid", "pubmed id", "pubmedid", "pm"),
        "openalex": ("openalex", "openalex id"),
        "keywords": ("author keywords", "keywords", "keyword", "manual tags", "tags", "de"),
        "addresses": ("url", "link", "urls", "links", "source linkout"),
        "licence": ("licence", "license"),
        "id": ("id", "paper id"),
    }
)
"""Names of columns, by field, those that say more first; lower-case, with a space for any other mark."""

_DELIMITERS: Final = ",;\t|"
_CELL: Final = 16 << 20
"""Characters of a cell; a quote that is never closed would swallow the file."""
_SEPARATOR_LINE = re.compile(r"sep=([^\w\s\"]|\t)\s*", re.IGNORECASE)
_DATE = re.compile(r"(?P<year>\d{4})(?:[/\-. ](?P<month>\d{1,2}|[A-Za-z]{3,9})(?:[/\-. ](?P<day>\d{1,2})(?!\d))?)?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
"""Of a date whose day and month stand in an order that cannot be told, such as 03/09/2024."""
_SCOPUS_ID = re.compile(r" ?\(\d+\)")
_ET_AL = re.compile(r"[,;]? ?\bet al\.?$", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s\-]*){1,4}")
_MEND = "mend the row, or leave bad ones out with --skip-bad"


def _detects(start: str) -> bool:
    return len(_fields_in(start)) > 1


def _is_sure(start: str) -> bool:
    """A table of films has titles and dates too."""
    fields = _fields_in(start)
    return "title" in fields and bool(fields & {"abstract", "authors", "doi", "arxiv", "pmid", "openalex"})


def _fields_in(start: str) -> set[str]:
    lines = start.splitlines()
    if lines and _SEPARATOR_LINE.fullmatch(lines[0]):
        del lines[0]
    return set(_columns(_cells(lines[0], _delimiter(lines[0])))) if lines else set()


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    csv.field_size_limit(_CELL)
    lines = _Lines(source)
    first = next(lines, "")
    stated = _SEPARATOR_LINE.fullmatch(first)
    if stated:  # Excel's own way to say it
        first = next(lines, "")
    lines.give_back(all_of_them=not stated)
    delimiter = stated[1] if stated else _delimiter(first)
    columns: Mapping[str, list[int]] = {}
    width = 0
    for line, row in _rows(lines, csv.reader(lines, delimiter=delimiter, strict=True), source.place, on_bad):
        if not columns:
            columns, width = _header(f"{source.place}:{line}", row), len(row)
            continue
        try:
            yield Located(f"{source.place}:{line}", paper_of(_citation(columns, row, width)))
        except RecordError as error:
            on_bad(InputError(f"{source.place}:{line}", str(error), _MEND))


class _Lines:
    """The lines of a table; those of a row whose quotes do not match are given back, but for the first.

    A quote that is never closed would else take the rows below with it.

    Attributes:
        number: Lines read.
        row: The lines of the row being read, each with what is wrong with it.
    """

    def __init__(self, source: Source) -> None:
        self._broken: list[InputError] = []
        self._lines = source.lines(self._broken.append, lossy=True)
        self._back: deque[tuple[str, InputError | None]] = deque()
        self.number = 0
        self.row: list[tuple[str, InputError | None]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            text = f"{next(self._lines)[1]}\n"
            line = text, self._broken.pop() if self._broken else None
        self.row.append(line)
        self.number += 1
        return line[0]

    def give_back(self, *, all_of_them: bool = False) -> None:
        """Read the lines of this row again, as rows of their own."""
        kept = 0 if all_of_them else 1
        again, self.row[kept:] = self.row[kept:], []
        self._back.extendleft(reversed(again))
        self.number -= len(again)


def _rows(
    lines: _Lines, rows: "Rows", place: str, on_bad: Callable[[InputError], None]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with the number of their first line."""
    while True:
        line = lines.number + 1
        lines.row.clear()
        fault = None
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            fault = InputError(f"{place}:{line}", f"the row's quotes do not match ({problem})", _MEND)
            lines.give_back()
        fault = next((told for _, told in lines.row if told), fault)
        if fault:
            on_bad(fault)
        elif any(cell.strip() for cell in row):
            yield line, row


def _header(place: str, row: Sequence[str]) -> Mapping[str, list[int]]:
    columns = _columns(row)
    if "title" not in columns:
        found = ", ".join(name for cell in row if (name := " ".join(cell.split())))[:200]
        raise InputError(
            place, f"no column is named title; the columns are {found}", "name the columns in the first row"
        )
    names = [_name(cell) for cell in row]
    twice = next((names[at] for places in columns.values() for at in places if names.count(names[at]) > 1), None)
    if twice:
        raise InputError(place, f"two columns are named {twice}", "rename one")
    return columns


def _columns(row: Sequence[str]) -> dict[str, list[int]]:
    """The places of the columns of each field, those that say more first."""
    names = [_name(cell) for cell in row]
    made = {
        field: [at for one in known for at, name in enumerate(names) if name == one]
        for field, known in _COLUMNS.items()
    }
    return {field: places for field, places in made.items() if places}


def _name(cell: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", cell).split()).lower()


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=lambda one: len(_columns(_cells(header, one))))


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []


def _citation(columns: Mapping[str, list[int]], row: Sequence[str], width: int) -> Citation:
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        raise RecordError("", f"the row has {len(row)} cells, but there are {width} columns")
    cells = {field: next((cell for at in places if (cell := row[at].strip())), "") for field, places in columns.items()}
    names, complete = _people(cells.get("authors", ""))
    return Citation(
        title=cells["title"],
        abstract=cells.get("abstract", ""),
        authors=tuple(map(Author, names)),
        authors_complete=complete,
        date=_date(cells.get("date", "")),
        doi=cells.get("doi", ""),
        arxiv=cells.get("arxiv", ""),
        pmid=cells.get("pmid", ""),
        openalex=cells.get("openalex", ""),
        keywords=split_list(cells.get("keywords", ""), ";|,"),
        addresses=tuple(cells.get("addresses", "").split()),
        licence=cells.get("licence", ""),
        record_id="" if cells.get("id", "").isdigit() else cells.get("id", ""),
    )


def _date(cell: str) -> str:
    """Read a date that begins with its year, or the year alone.

    >>> _date("2024/3/9"), _date("2024 Mar"), _date("03/09/2024"), _date("soon")
    ('2024-03-09', '2024-03', '2024', '')
    """
    match = _DATE.match(cell)
    if match:
        return iso_date(match["year"], match["month"] or "", match["day"] or "") or ""
    year = _YEAR.search(cell)
    return year[0] if year else ""


def _people(cell: str) -> tuple[list[str], bool]:
    """Split a cell of names, and tell whether they are all.

    >>> _people("Weir, Ada (57001); Ford, Bo (57002)"), _people("Ada Weir, Bo Ford and Cy Mill")
    ((['Ada Weir', 'Bo Ford'], True), (['Ada Weir', 'Bo Ford', 'Cy Mill'], True))
    >>> _people("Weir A, et al.")
    (['Weir A'], False)
    >>> _people("Weir, Ada and Ford, Bo"), _people("Weir, Ada")
    ((['Ada Weir', 'Bo Ford'], True), (['Ada Weir'], True))
    >>> _people("Weir, A., van der Ford, B.-C., & Mill, D.")
    (['A. Weir', 'B.-C. van der Ford', 'D. Mill'], True)
    """
    printed = _SCOPUS_ID.sub("", " ".join(cell.split()))
    listed = _ET_AL.sub("", printed)
    names = (in_reading_order(one) for one in _split_people(listed))
    return [name for name in names if name], listed == printed


def _split_people(listed: str) -> Iterable[str]:
    for mark in ";|":
        if mark in listed:
            return listed.split(mark)
    pieces = re.split(" (?:and|&) ", listed)
    parts = [part.strip() for piece in pieces for part in piece.split(",")]
    printed = [part for part in parts if part]
    if (
        len(printed) > 1
        and all(map(_INITIALS.fullmatch, printed[1::2]))
        and not any(map(_INITIALS.fullmatch, printed[::2]))
    ):
        return map(", ".join, zip(printed[::2], printed[1::2], strict=False))
    are_full = all(" " in part for part in parts if part)  # "Ada Weir" or "Weir A", and not "Weir, Ada"
    return parts if are_full or len(parts) > 2 * len(pieces) else pieces


READER = Reader(_detects, _read, _is_sure)
