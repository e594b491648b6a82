"""RIS: the tagged lines that databases export and reference managers read.

Tags as in the specification of 2011 (https://refdb.sourceforge.net/manual/ch07.html tells the older one): ``TY``
begins a record, ``ER`` ends it. A line without a tag goes on with the field above, as EndNote writes long abstracts.
No library is used: those there are read a whole file at once and cannot say where a record stands.
"""

import re
from collections.abc import Callable, Iterator

from kg.errors import InputError, RecordError
from kg.readers.blocks import Block, blocks
from kg.readers.citation import Citation, in_reading_order, paper_of
from kg.readers.fields import iso_date
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.readers.tagged import Fields
from kg.records import Author

__all__ = ["READER"]

_BEGIN = re.compile(r"\s*TY {1,2}- ?[A-Z]")
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?")
_LOOSE_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) -(?: (?P<value>.*))?")
"""Of files that write one space where two belong; told by the first line of the record, since prose has dashes."""
_DATE = re.compile(r"(?P<year>\d{4})(?:[/\-](?P<month>\d{1,2})?(?:[/\-](?P<day>\d{1,2})?)?)?")

_ET_AL = re.compile(r"(?:et al|and others|others)[.,]*", re.IGNORECASE)


def _detects(start: str) -> bool:
    return any(_BEGIN.match(line) for line in start.splitlines())


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    for block in blocks(source, _BEGIN.match, on_bad):
        if not _BEGIN.match(block.lines[0]):
            continue  # what some databases say before the first record
        place = f"{source.place}:{block.line}"
        try:
            yield Located(place, paper_of(_citation(_fields(block))))
        except RecordError as error:
            on_bad(InputError(place, str(error), "mend the record, or leave bad ones out with --skip-bad"))


def _fields(block: Block) -> Fields:
    lines = [line.strip() for line in block.lines]
    tag = _TAG if _TAG.fullmatch(lines[0]) else _LOOSE_TAG
    end = next((index for index, line in enumerate(lines) if re.fullmatch(r"ER {1,2}-.*", line)), None)
    if end is None:
        raise RecordError("", "the record is cut short: it has no ER line")
    return Fields(lines[:end], tag)


def _citation(fields: Fields) -> Citation:
    people = fields.all("AU", "A1")
    named = [one for one in people if not _ET_AL.fullmatch(one)]
    databases = " ".join(fields.all("DB", "DP")).lower()
    return Citation(
        title=fields.first("TI", "T1"),
        abstract=fields.first("AB", "N2"),
        authors=tuple(Author(name) for one in named if (name := in_reading_order(one))),
        authors_complete=len(named) == len(people),
        date=_date(fields),
        doi=fields.first("DO"),
        arxiv=next((one for one in fields.all("M1", "M3", "AN", "JO", "T2", "JF", "PB") if "arxiv" in one.lower()), ""),
        pmid=fields.first("AN") if "pubmed" in databases or "medline" in databases else "",
        keywords=fields.all("KW"),
        addresses=tuple(part for one in fields.all("UR", "LK") for part in one.replace(";", " ").split()),
    )


def _date(fields: Fields) -> str:
    """Year, month and day with strokes between; of those given, the one that says most."""
    found = [match for one in fields.all("PY", "Y1", "DA") if (match := _DATE.match(one))]
    dates = [iso_date(match["year"], match["month"] or "", match["day"] or "") or "" for match in found]
    first = dates[0] if dates else ""
    return max((one for one in dates if one.startswith(first)), key=len, default="")


READER = Reader(_detects, _read, is_sure=_detects)
