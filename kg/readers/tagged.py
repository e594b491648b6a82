"""Records made of lines with a tag before each value."""

import re
from collections.abc import Iterable

__all__ = ["Fields"]


class Fields(list[tuple[str, str]]):
    """Tags and values in file order; a line without a tag goes on with the value above.

    Args:
        lines: Of one record.
        tag: Matches a whole line that has a tag, as ``tag`` and ``value``.
    """

    def __init__(self, lines: Iterable[str], tag: re.Pattern[str]) -> None:
        parts: list[tuple[str, list[str]]] = []
        for line in lines:
            match = tag.fullmatch(line)
            if match:
                parts.append((match["tag"], [match["value"] or ""]))
            elif parts:
                parts[-1][1].append(line)
        super().__init__((name, " ".join(" ".join(values).split())) for name, values in parts)

    def all(self, *tags: str) -> tuple[str, ...]:
        """Give the values of these tags that are not empty, those of the first tag first."""
        return tuple(value for wanted in tags for name, value in self if name == wanted and value)

    def first(self, *tags: str) -> str:
        """Give the first value that is not empty, or the empty text."""
        return next(iter(self.all(*tags)), "")
