"""JSON Lines: one paper an object a line, at least ``title`` and ``abstract``."""

import re
from collections.abc import Callable, Iterator

from kg.errors import InputError, RecordError
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import decode_paper

__all__ = ["READER"]


def _detects(start: str) -> bool:
    return start.lstrip().startswith(("{", "["))


def _is_sure(start: str) -> bool:
    return re.match(r'\{.*"title"\s*:', start.lstrip()) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    for number, line in source.lines(on_bad):
        if not line.strip():
            continue
        place = f"{source.place}:{number}"
        try:
            paper = decode_paper(line)
        except RecordError as error:
            on_bad(InputError(place, str(error), "give one whole record a line, or leave bad ones out with --skip-bad"))
        else:
            yield Located(place, paper)


READER = Reader(_detects, _read, _is_sure)
