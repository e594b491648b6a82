"""Records of a JSON file, one after the other.

A file of records is one of three things: an object that holds a list of them (an answer of a service), a list, or
objects one after the other (a single one, or JSON Lines). Of each record only the fields that a format's class
names are looked at; they must have the types it gives them.
"""

from collections.abc import Callable, Collection, Generator, Iterator
from typing import Any, TypeVar

import msgspec

from kg.errors import InputError, RecordError
from kg.readers.json_stream import JsonStream
from kg.readers.reader import Located
from kg.readers.source import Source
from kg.records import Paper

__all__ = ["read_json"]

_Record = TypeVar("_Record", bound=msgspec.Struct)
_MEND = "mend the record, or leave bad ones out with --skip-bad"
_WHOLE = "give a whole JSON file in UTF-8"


def read_json(
    source: Source,
    on_bad: Callable[[InputError], None],
    record: type[_Record],
    paper_of: Callable[[_Record], Paper],
    *,
    lists: Collection[str] = (),
) -> Iterator[Located]:
    """Yield the papers of a file's records, in file order.

    Args:
        source: A file of JSON.
        on_bad: Takes the error of each bad record; where the JSON itself breaks, what follows cannot be read.
        record: What one record must look like.
        paper_of: Makes a paper of it, or raises `RecordError`.
        lists: Where a service's answer holds its records, such as ``message.items``.
    """
    number = 0
    try:
        with source.utf8() as file:
            for number, raw in enumerate(_records(JsonStream(file), lists), start=1):
                yield from _located(f"{source.place}, record {number}", raw, on_bad, record, paper_of)
    except ValueError as error:
        after = f" after record {number}" if number else ""
        on_bad(InputError(source.place, f"not JSON{after} ({_said(error)})", _WHOLE))


def _located(
    place: str,
    raw: Any,  # noqa: ANN401 - any JSON value
    on_bad: Callable[[InputError], None],
    record: type[_Record],
    paper_of: Callable[[_Record], Paper],
) -> Iterator[Located]:
    try:
        paper = paper_of(_converted(raw, record))
    except RecordError as error:
        on_bad(InputError(place, str(error), _MEND))
    else:
        yield Located(place, paper)


def _converted(raw: Any, record: type[_Record]) -> _Record:  # noqa: ANN401 - any JSON value
    try:
        return msgspec.convert(raw, record)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        raise RecordError(path.strip(".`"), reason) from error


def _records(stream: JsonStream, lists: Collection[str]) -> Iterator[Any]:
    """Yield the records of all values that stand one after the other."""
    if not stream.peek():
        raise ValueError("it is empty")
    while opening := stream.peek():
        if opening == "[":
            yield from _elements(stream)
        elif opening == "{":
            fields = yield from _fields(stream, lists, "")
            if fields is not None:
                yield fields
        else:
            yield stream.value()


def _elements(stream: JsonStream) -> Iterator[Any]:
    stream.take("[")
    if stream.peek() == "]":
        stream.take("]")
        return
    following = ","
    while following == ",":
        value = stream.value()
        if value is not None:  # so services say that they do not know an id
            yield value
        following = stream.take(",", "]")


def _fields(stream: JsonStream, lists: Collection[str], inside: str) -> Generator[Any, None, dict[str, Any] | None]:
    """Yield the records of the lists inside an object; where it holds no such list, return the object itself."""
    fields: dict[str, Any] = {}
    held = False
    following = stream.take("{")
    if stream.peek() == "}":
        following = stream.take("}")
    while following != "}":
        key = _key(stream)
        path, opening = f"{inside}{key}", stream.peek()
        if opening == "[" and path in lists:
            held = True
            yield from _elements(stream)
        elif opening == "{" and any(name.startswith(f"{path}.") for name in lists):
            fields[key] = yield from _fields(stream, lists, f"{path}.")
            held = held or fields[key] is None
        else:
            fields[key] = stream.value()
        following = stream.take(",", "}")
    return None if held else fields


def _key(stream: JsonStream) -> str:
    key = stream.value()
    if not isinstance(key, str):
        raise ValueError("a name is expected in an object")  # noqa: TRY004 - it is the text that is wrong
    stream.take(":")
    return key


def _said(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"the byte {error.object[error.start]:#04x} is not UTF-8"
    return str(error)
