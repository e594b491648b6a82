"""What a reader is: two functions, one that knows its format and one that reads it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from kg.errors import InputError
from kg.readers.source import Source
from kg.records import Paper

__all__ = ["Located", "Reader"]


class Located(NamedTuple):
    """A paper and where it was read: ``path:line``."""

    place: str
    paper: Paper


class _Read(Protocol):
    """Yields the papers of a source in file order; each bad record goes to ``on_bad``, which may raise."""

    def __call__(self, source: Source, on_bad: Callable[[InputError], None], /) -> Iterator[Located]: ...


class Reader(NamedTuple):
    """One input format.

    Attributes:
        detects: Tells from the first characters of a source whether this is the format.
        is_sure: Tells whether these are papers too; asked of a file that merely lies in a folder.
    """

    detects: Callable[[str], bool]
    read: _Read
    is_sure: Callable[[str], bool]
