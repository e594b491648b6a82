"""What a service is: where it is, how often it may be asked, and how its lists are walked."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

import msgspec
from lxml import etree

from kg.readers.packing import Packed
from kg.readers.reader import Reader
from kg.readers.source import Source
from kg.records import Paper

__all__ = ["Ask", "Page", "Service", "Wanted", "batches", "decoded", "page_of", "parsed", "size_of", "walk"]

_Value = TypeVar("_Value")
_Answer = TypeVar("_Answer")


class Wanted(NamedTuple):
    """What to fetch: papers by id, or those a search finds; a query and an author must both fit."""

    ids: tuple[str, ...] = ()
    query: str | None = None
    author: str | None = None


class Page(NamedTuple):
    """One answer.

    Attributes:
        papers: In the service's order.
        total: How many papers the service counts for the whole list.
        left_out: Why other records are no papers, one reason each.
    """

    papers: tuple[Paper, ...]
    total: int = 0
    left_out: tuple[str, ...] = ()


class Ask(Protocol):
    """Asks a service one thing, and reads the answer.

    ``read`` raises ValueError or InputError where the answer is not what such an answer looks like; the service is
    then asked again.
    """

    def __call__(self, path: str, parameters: dict[str, str], read: Callable[[bytes], _Answer], /) -> _Answer:
        """Give what ``read`` makes of the answer to ``path`` with these parameters."""


class Service(NamedTuple):
    """A service that lists papers.

    Attributes:
        title: What people call it.
        url: Where its API is.
        interval: Seconds from one request to the next that its rules ask for.
        reach: How many papers of one search it lists.
        normal: Brings an id into its written form, or raises `RecordError`.
        by_ids: Asks for papers by id.
        search: Asks for the papers a search finds; stops when the limit is reached.
        known_as: All ids, in lower case, under which a paper can have been asked for.
        contact: The parameter that tells whom to write to.
        key: The parameter that holds a key, and the environment variable it is read from.
        keyed_interval: The interval for those with a key.
        tool: The parameter that names the program.
    """

    title: str
    url: str
    interval: float
    reach: int
    normal: Callable[[str], str]
    by_ids: Callable[[Ask, Sequence[str]], Iterator[Page]]
    search: Callable[[Ask, Wanted, int | None], Iterator[Page]]
    known_as: Callable[[Paper], Iterator[str]]
    contact: str | None = None
    key: tuple[str, str] | None = None
    keyed_interval: float | None = None
    tool: str | None = None


def batches(values: Sequence[_Value], size: int) -> Iterator[list[_Value]]:
    """Cut a sequence into lists of ``size``; the last may be shorter."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def page_of(reader: Reader, answer: bytes, total: int = 0) -> Page:
    """Read the papers of an answer that is known to be whole; a record without a title is left out."""
    bad: list[str] = []
    source = Source("the answer", lambda: Packed(BytesIO(answer)))
    papers = tuple(located.paper for located in reader.read(source, lambda error: bad.append(error.reason)))
    return Page(papers, total, tuple(bad))


def walk(
    ask: Ask,
    path: str,
    parameters: Callable[[int, int], dict[str, str]],
    read: Callable[[bytes], Page],
    size: int,
) -> Iterator[Page]:
    """Walk a list from its start, page by page, until it is said to end.

    Args:
        ask: The service.
        path: Of the list.
        parameters: Those for the records from a place on, counted from 0, and so many of them.
        read: Reads a page.
        size: Records of a page.
    """
    start, total = 0, 1
    while start < total:
        page = ask(path, parameters(start, size), partial(_not_empty, read, start))
        total = page.total
        yield page
        start += size


def _not_empty(read: Callable[[bytes], Page], start: int, answer: bytes) -> Page:
    """See that a page that must hold something does: arXiv is known to give empty ones when it is busy."""
    page = read(answer)
    if start < page.total and not page.papers and not page.left_out:
        raise ValueError("the page is empty, and the list is not at its end")
    return page


def size_of(page: int, limit: int | None) -> int:
    """How many records to ask for at once: a full page, or all there shall be."""
    return page if limit is None else min(page, limit)


def parsed(answer: bytes, *roots: str) -> etree._Element:
    """Read an answer of XML, whose root must have one of the names.

    Raises:
        ValueError: It is something else.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not XML ({error.msg})") from error
    if root.tag not in roots:
        raise ValueError(f"{roots[0]} is expected, not {root.tag!r}")
    return root


def decoded(answer: bytes, shape: type[_Value]) -> _Value:
    """Read an answer of JSON.

    Raises:
        ValueError: It is not of the shape.
    """
    try:
        return msgspec.json.decode(answer, type=shape)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
