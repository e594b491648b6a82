"""Readers: one input format each, bytes in, papers out. Nothing downstream knows formats.

A new format is one module with a `Reader`, and one line in `READERS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import InputError, UnknownNameError
from kg.readers import author_page, jsonl
from kg.readers.reader import Located, Reader
from kg.readers.source import Source, find_sources
from kg.records import Paper

__all__ = ["READERS", "Located", "Reader", "Source", "read_papers"]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "author-page": author_page.READER,
        "jsonl": jsonl.READER,
    }
)
"""The formats that can be read, by the name ``--from`` takes; detection asks them in this order."""


def read_papers(
    inputs: Iterable[str], *, reader: str | None = None, on_bad: Callable[[InputError], None] | None = None
) -> Iterator[Paper]:
    """Read the papers of files, folders and globs; ``-`` is standard input. Each paper comes once.

    Args:
        inputs: Read in the order given, the files of a folder or glob in order of path.
        reader: A name in `READERS`; by default the content tells.
        on_bad: Takes the error of each bad record, which is then left out; by default it is raised.

    Raises:
        UnknownNameError: There is no such reader; at once.
        InputError: At once where an input is missing; while iterating where one cannot be read.
    """
    if reader is not None and reader not in READERS:
        raise UnknownNameError("input format", reader, READERS)
    sources = find_sources(inputs)
    return _unique(_read(sources, reader, on_bad or _raise), on_bad or _raise)


def _raise(error: InputError) -> None:
    raise error


def _read(sources: Iterable[Source], name: str | None, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    for source in sources:
        reader = READERS[name] if name else _detect(source)
        if reader is not None:
            yield from reader.read(source, on_bad)


def _detect(source: Source) -> Reader | None:
    """The first reader that knows the content; none where a file merely lies in a folder beside others."""
    start = source.start()
    for reader in READERS.values():
        if reader.detects(start) and (reader.is_sure(start) or not source.optional):
            return reader
    if source.optional:
        return None
    remedy = (
        "give JSON Lines (an object with title and abstract a line) or an author page, or name the format with --from"
    )
    raise InputError(source.place, "no known format", remedy)


def _unique(papers: Iterable[Located], on_bad: Callable[[InputError], None]) -> Iterator[Paper]:
    """Let each paper through once; records of one paper that differ are refused, since order must not decide."""
    seen: dict[str, Located] = {}
    for located in papers:
        paper = located.paper
        known = [seen[key] for key in (f"id {paper.id}", paper.key) if key in seen]
        if not known:
            seen[f"id {paper.id}"] = seen[paper.key] = located
            yield paper
        elif any(one.paper != paper for one in known):
            what = "another text" if any(one.paper.text != paper.text for one in known) else "other fields"
            reason = f"the paper {paper.id!r} stands at {known[0].place} with {what}"
            on_bad(InputError(located.place, reason, "keep one of the two, or make them two papers by id and title"))
