"""The lines on which the keys of a TOML table begin."""

import io
import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["below", "lines_of"]


def lines_of(text: str, header: Sequence[str], keys: Iterable[str]) -> dict[str, int]:
    """Find the line on which each key of a table begins.

    `tomllib` tells no places. But what stands above a line parses where a line may begin, and holds the key from
    the end of its value on: so the key begins on the line after the last one above which all parses without it.
    """
    lines, wanted = list(io.StringIO(text)), set(keys)
    found = _found_from(_first_line(lines, header), lines, header, wanted)
    return found if len(found) == len(wanted) else _found_from(0, lines, header, wanted)


def _found_from(first: int, lines: Sequence[str], header: Sequence[str], keys: set[str]) -> dict[str, int]:
    found = dict[str, int]()
    begins = first
    for number in range(first, len(lines)):
        try:
            table = below(tomllib.loads("".join(lines[first : number + 1])), header)
        except tomllib.TOMLDecodeError:
            continue
        found |= dict.fromkeys((keys & table.keys()) - found.keys(), begins + 1)
        if len(found) == len(keys):
            break
        begins = number + 1
    return found


def below(table: dict[str, Any], header: Sequence[str]) -> dict[str, Any]:
    """Go down to a table, which may be missing, or be none."""
    for name in header:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    return table


def _first_line(lines: Sequence[str], header: Sequence[str]) -> int:
    """Pass over the tables above ours, which may be long."""
    start = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(f'"?{name}"?' for name in header) + r"\s*[.\]]")
    return next((number for number, line in enumerate(lines) if header and start.match(line)), 0)
