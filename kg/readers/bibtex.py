"""BibTeX and BibLaTeX: entries as reference managers write them.

The file is cut where an entry begins a line, so that it is read entry by entry and one that is never closed costs
no other; bibtexparser reads each. Strings, concatenation and dates inherited by ``crossref`` are resolved, and of a
field that stands twice the first is taken, as BibTeX does (https://tug.org/texmf-docs/bibtex/btxdoc.pdf). A citation
key is a name within one file, not the paper's: entries may share one.
"""

import codecs
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from kg.errors import InputError, RecordError
from kg.readers.blocks import Block, blocks
from kg.readers.citation import Citation, paper_of, split_list
from kg.readers.fields import iso_date
from kg.readers.latex import text_of_latex
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author

__all__ = ["READER"]

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it finds wrong, we say ourselves

_ENTRY = re.compile(r"\s*@\w+[ \t]*[{(]")
_KNOWN = re.compile(
    r"^\s*@(?:article|book|booklet|collection|comment|conference|dataset|electronic|inbook|incollection|inproceedings|"
    r"manual|mastersthesis|misc|online|phdthesis|preamble|proceedings|report|software|string|techreport|thesis|"
    r"unpublished)[ \t]*[{(]",
    re.IGNORECASE | re.MULTILINE,
)
_ENCODING = re.compile(r"^%\s*Encoding:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_NO_PAPERS: Final = frozenset(
    {"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "xdata", "set"}
)
"""Entries that hold papers, or only what papers inherit."""
_INHERITED: Final[tuple[str, ...]] = ("year", "month", "date")
_MEND = "mend the entry, or leave bad ones out with --skip-bad"


class _Waiting(NamedTuple):
    """An entry that inherits from one which stands below it."""

    place: str
    fields: dict[str, str]


def _detects(start: str) -> bool:
    return _KNOWN.search(start) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    strings: dict[str, str] = {}
    parents: dict[str, dict[str, str]] = {}
    waiting: list[_Waiting] = []
    for block in blocks(source, _ENTRY.match, on_bad, encoding=_encoding(source)):
        for place, entry in _entries(source, block, strings, on_bad):
            fields = _fields(entry, strings)
            inherited: dict[str, str] = {name: fields[name] for name in _INHERITED if name in fields}
            if inherited:
                parents.setdefault(entry.key.lower(), inherited)
            if entry.entry_type.lower() in _NO_PAPERS:
                continue
            if "crossref" in fields and not inherited:
                waiting.append(_Waiting(place, fields))
            else:
                yield from _located(place, fields, on_bad)
    for place, fields in waiting:
        yield from _located(place, fields | parents.get(fields["crossref"].strip().lower(), {}), on_bad)


def _encoding(source: Source) -> str:
    """JabRef writes the encoding of a file into its first line; one that is no ASCII beyond itself is not meant."""
    stated = _ENCODING.search(source.start())
    try:
        return codecs.lookup(stated[1]).name if stated and b"@book{".decode(stated[1]) == "@book{" else "utf-8"
    except (LookupError, ValueError):
        return "utf-8"


def _entries(
    source: Source, block: Block, strings: dict[str, str], on_bad: Callable[[InputError], None]
) -> Iterator[tuple[str, Entry]]:
    """Give the entries of a block, and take note of the strings it defines."""
    for part in Splitter("\n".join(block.lines)).split().blocks:
        place = f"{source.place}:{block.line + (part.start_line or 0)}"
        if isinstance(part, String):
            strings[part.key.lower()] = _value(part.value, strings)
        elif isinstance(part, DuplicateFieldKeyBlock) and isinstance(part.ignore_error_block, Entry):
            yield place, part.ignore_error_block
        elif isinstance(part, ParsingFailedBlock):
            on_bad(InputError(place, "the entry is not whole: a brace, quote or comma is missing", _MEND))
        elif isinstance(part, Entry):
            yield place, part


def _fields(entry: Entry, strings: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), _value(field.value, strings))
    return fields


def _value(printed: str, strings: Mapping[str, str]) -> str:
    """Join the parts of a value: ``"a" # name # {b}``; a name that is not defined, such as a month, stands for itself.

    >>> _value('"Journal of " # stones # { and Rivers}', {"stones": "Stones"})
    'Journal of Stones and Rivers'
    """
    return "".join(_part(part.strip(), strings) for part in _parts(printed))


def _parts(printed: str) -> Iterator[str]:
    """Cut at the signs of concatenation, which count outside braces and quotes alone."""
    depth, quoted, start = 0, False, 0
    for index, char in enumerate(printed):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and depth == 0:
            quoted = not quoted
        elif char == "#" and depth == 0 and not quoted:
            yield printed[start:index]
            start = index + 1
    yield printed[start:]


def _part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and part[0] + part[-1] in {"{}", '""'}:
        return part[1:-1]
    return strings.get(part.lower(), part)


def _located(place: str, fields: Mapping[str, str], on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    try:
        yield Located(place, paper_of(_citation(fields)))
    except RecordError as error:
        on_bad(InputError(place, str(error), _MEND))


def _citation(fields: Mapping[str, str]) -> Citation:
    people = split_multiple_persons_names(fields.get("author", ""))
    named = [one for one in people if one.strip().lower() != "others"]
    names = (text_of_latex(parse_single_name_into_parts(one, strict=False).merge_first_name_first) for one in named)
    return Citation(
        title=text_of_latex(fields.get("title", "")),
        abstract=text_of_latex(fields.get("abstract", "")),
        authors=tuple(Author(name) for name in names if name),
        authors_complete=len(named) == len(people),
        date=_date(fields),
        doi=_plain(fields.get("doi", "")),
        arxiv=_arxiv(fields),
        pmid=_plain(fields.get("pmid", "")) or _eprint(fields, "pubmed"),
        keywords=split_list(text_of_latex(fields.get("keywords", ""))),
        addresses=tuple(_plain(fields.get("url", "")).split()),
        licence=text_of_latex(fields.get("copyright", fields.get("license", ""))),
    )


def _date(fields: Mapping[str, str]) -> str:
    """BibLaTeX's date, the first of a range, without its marks of doubt; else BibTeX's year and month."""
    stated = re.match(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", fields.get("date", ""))
    if stated:
        return iso_date(*(part or "" for part in stated.groups())) or ""
    month = re.search(r"(?P<name>[A-Za-z]{3,})|(?P<number>\d+)", fields.get("month", ""))
    day = re.search(r"\d+", fields.get("day", "") or fields.get("month", "")) if month and month["name"] else None
    year = re.search(r"\d{4}", fields.get("year", ""))
    return iso_date(year[0], month[0] if month else "", day[0] if day else "") or "" if year else ""


def _arxiv(fields: Mapping[str, str]) -> str:
    """BibTeX and BibLaTeX have fields for it; Google Scholar makes it the journal's name."""
    words = (fields.get(name, "") for name in ("journal", "journaltitle", "howpublished", "note"))
    return _eprint(fields, "arxiv") or next((_plain(one) for one in words if "arxiv" in one.lower()), "")


def _eprint(fields: Mapping[str, str], archive: str) -> str:
    stated = fields.get("archiveprefix", fields.get("eprinttype", ""))
    return _plain(fields.get("eprint", "")) if stated.strip().lower() == archive else ""


def _plain(printed: str) -> str:
    r"""Free an identifier or address of LaTeX's signs; what they stand for is printed as it is.

    >>> _plain(r"\url{https://x.org/a\_b%20c}"), _plain(r"10.1/{a}\_{b}")
    ('https://x.org/a_b%20c', '10.1/a_b')
    """
    return re.sub(r"\\(?:url|href)|\\(?=[_%&#~$])|[{}]", "", printed).strip()


READER = Reader(_detects, _read, is_sure=_detects)
