"""MEDLINE, the tagged text that PubMed saves as ``.nbib`` and shows as its format "PubMed".

Fields as in https://www.nlm.nih.gov/bsd/mms/medlineelements.html. Titles lose what NLM adds to them: the final full
stop, and the brackets around a translated title. No library is used: those there are read a whole file at once.
"""

import re
from collections.abc import Callable, Iterator

from kg.errors import InputError, RecordError
from kg.readers.blocks import blocks
from kg.readers.citation import Citation, in_reading_order, paper_of
from kg.readers.fields import iso_date, orcid_in
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.readers.tagged import Fields
from kg.records import Author

__all__ = ["READER"]

_BEGIN = re.compile(r"PMID ?- ?\d+")
_TAG = re.compile(r"(?P<tag>[A-Z]{2,4}) {0,2}- ?(?P<value>.*)")
_DOI = re.compile(r"(\S+) \[doi\]")
_DATE = re.compile(r"(?P<year>\d{4})(?: (?P<month>[A-Z][a-z]{2})(?: (?P<day>\d{1,2}))?)?")
_RETRACTED = "Retracted Publication"


def _detects(start: str) -> bool:
    return any(_BEGIN.match(line) for line in start.splitlines())


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    for block in blocks(source, _BEGIN.match, on_bad):
        if not _BEGIN.match(block.lines[0]):
            continue  # blank lines before the first record
        place = f"{source.place}:{block.line}"
        try:
            yield Located(place, paper_of(_citation(block.lines)))
        except RecordError as error:
            on_bad(InputError(place, str(error), "mend the record, or leave bad ones out with --skip-bad"))


def _citation(lines: list[str]) -> Citation:
    fields = Fields(lines, _TAG)
    authors, complete = _authors(fields)
    identifiers = (match[1] for one in fields.all("LID", "AID") if (match := _DOI.fullmatch(one)))
    return Citation(
        title=_title(fields.first("TI", "BTI", "TT")),
        abstract=fields.first("AB", "OAB"),
        authors=authors,
        authors_complete=complete,
        date=_date(fields),
        doi=next(identifiers, ""),
        pmid=fields.first("PMID"),
        keywords=tuple(one.removeprefix("*") for one in fields.all("OT")),
        licence=fields.first("CI"),
        retraction=fields.first("RIN") or (_RETRACTED if _RETRACTED in fields.all("PT") else ""),
    )


def _title(printed: str) -> str:
    if printed.endswith(".") and not printed.endswith(".."):
        printed = printed[:-1]
    return printed[1:-1] if printed.startswith("[") and printed.endswith("]") else printed


def _date(fields: Fields) -> str:
    """That of the issue, or of the electronic article where the issue has none."""
    match = _DATE.match(fields.first("DP"))
    if match:
        return iso_date(match["year"], match["month"] or "", match["day"] or "") or ""
    electronic = fields.first("DEP")
    return iso_date(electronic[:4], electronic[4:6], electronic[6:8]) or ""


def _authors(fields: Fields) -> tuple[tuple[Author, ...], bool]:
    """People and groups in order; what says more of one, an ORCID or an affiliation, stands below the name.

    A short name (``AU``) stands below the full one (``FAU``), and alone in old records.
    """
    authors: list[Author] = []
    complete, full = True, False
    for tag, value in fields:
        if tag in {"FAU", "CN"} or (tag == "AU" and not full):
            if value.lower().rstrip(".") == "et al":
                complete = False
            elif value:
                authors.append(Author(in_reading_order(value) if tag == "FAU" else value))
        elif tag in {"AUID", "AD"} and authors:
            authors[-1] = _told(authors[-1], tag, value)
        full = tag == "FAU" or (full and tag != "AU")
    return tuple(authors), complete


def _told(author: Author, tag: str, value: str) -> Author:
    if tag == "AUID":
        return Author(author.name, author.orcid or orcid_in(value), author.affiliation)
    return Author(author.name, author.orcid, f"{author.affiliation}; {value}" if author.affiliation else value)


READER = Reader(_detects, _read, is_sure=_detects)
