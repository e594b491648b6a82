"""Readers: one input format each, bytes in, papers out. Nothing downstream knows formats.

A new format is one module with a `Reader`, and one line in `READERS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.errors import InputError, UnknownNameError
from kg.readers import (
    arxiv,
    author_page,
    bibtex,
    crossref,
    csl,
    delimited,
    jats,
    jsonl,
    nbib,
    openalex,
    pubmed,
    ris,
    semantic_scholar,
    text,
)
from kg.readers.finding import find_files, find_sources, sources_in, sources_of_file
from kg.readers.identity import keys_of
from kg.readers.merging import merged
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Paper

__all__ = [
    "READERS",
    "Located",
    "Reader",
    "Source",
    "check_reader",
    "files_of_papers",
    "find_files",
    "keys_of",
    "merged",
    "read_papers",
    "read_records",
    "sources_of_file",
]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "pubmed": pubmed.READER,
        "arxiv": arxiv.READER,
        "jats": jats.READER,
        "openalex": openalex.READER,
        "crossref": crossref.READER,
        "semantic-scholar": semantic_scholar.READER,
        "author-page": author_page.READER,
        "bibtex": bibtex.READER,
        "ris": ris.READER,
        "nbib": nbib.READER,
        "csl-json": csl.READER,
        "jsonl": jsonl.READER,
        "csv": delimited.READER,
        "text": text.READER,
    }
)
"""The formats that can be read, by the name ``--from`` takes; detection asks them in this order."""


def read_papers(
    inputs: Iterable[str],
    *,
    reader: str | None = None,
    on_bad: Callable[[InputError], None] | None = None,
    on_note: Callable[[str], None] = lambda _: None,
) -> Iterator[Paper]:
    """Read the papers of files, folders and globs; ``-`` is standard input. Each paper comes once.

    All are read before the first is given, on disk if they are many: records of one paper are merged, wherever
    they stand (:mod:`kg.readers.merging`).

    Args:
        inputs: Read in the order given, the files of a folder or glob in order of path.
        reader: A name in `READERS`; by default the content tells.
        on_bad: Takes the error of each bad record, which is then left out; by default it is raised.
        on_note: Takes a line for each paper whose records contradict one another.

    Raises:
        UnknownNameError: There is no such reader; at once.
        InputError: At once where an input is missing; while iterating where one cannot be read.
    """
    check_reader(reader)
    sources = find_sources(inputs)
    return merged(read_records(sources, reader, on_bad or _raise), on_bad or _raise, on_note)


def check_reader(name: str | None) -> None:
    """See that there is a reader of this name, or that none is named.

    Raises:
        UnknownNameError: There is none.
    """
    if name is not None and name not in READERS:
        raise UnknownNameError("input format", name, READERS)


def read_records(
    sources: Iterable[Source], reader: str | None, on_bad: Callable[[InputError], None]
) -> Iterator[Located]:
    """Read all records of sources; those of one paper are not merged.

    Args:
        sources: Read in this order.
        reader: A name in `READERS`; by default the content tells.
        on_bad: Takes the error of each bad record, and may raise it.

    Raises:
        InputError: A source cannot be read.
    """
    for source in sources:
        known = READERS[reader] if reader else _detect(source)
        if known is not None:
            yield from known.read(source, on_bad)


def files_of_papers(folder: Path) -> list[str]:
    """Find the files that lie in a folder itself and whose content says that they hold papers, in order of name."""
    files = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith("."))
    return [str(one) for one in files if any(_detect(source) for source in sources_in(one))]


def _raise(error: InputError) -> None:
    raise error


def _detect(source: Source) -> Reader | None:
    """The first reader that knows the content; none where a file merely lies in a folder beside others."""
    start = source.start()
    for reader in READERS.values():
        if reader.detects(start) and (reader.is_sure(start) or not source.optional):
            return reader
    if source.optional:
        return None
    raise InputError(source.place, "no known format", f"name it with --from: {', '.join(READERS)}")
