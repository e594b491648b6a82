"""Where a concept stands in a Turtle file: the parser does not say, so the text is searched for it."""

import re
from pathlib import Path

__all__ = ["Places"]

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w.\-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)


class Places:
    """The lines of a file.

    Args:
        path: Of a valid file.
    """

    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        self._lines = text.splitlines()
        self._prefixes: dict[str, str] = dict(_PREFIX.findall(text))
        numbered = ((line.split(maxsplit=1)[0], number) for number, line in enumerate(self._lines) if line.strip())
        self._starts = dict(reversed(list(numbered)))

    def line(self, iri: str, near: str) -> int:
        """Find the line on which something is told of a concept; where that is not found, the one on which it begins.

        Args:
            iri: The concept's.
            near: An IRI or a text that it is told.

        Returns:
            The number of the line, from 1; 0 where not even the concept is found.
        """
        start = next((self._starts[form] for form in self._forms(iri) if form in self._starts), None)
        if start is None:
            return 0
        forms = "|".join(map(re.escape, (f'"{near}"', *self._forms(near))))
        told = re.compile(rf"(?:{forms})(?![\w-])")
        for number in range(start, len(self._lines)):
            line = self._lines[number]
            if told.search(line):
                return number + 1
            if number > start and (not line.strip() or not line[0].isspace()):
                break
        return start + 1

    def _forms(self, iri: str) -> list[str]:
        """Give the ways in which an IRI may be written."""
        short = [f"{prefix}:{iri[len(own) :]}" for prefix, own in self._prefixes.items() if iri.startswith(own)]
        return [f"<{iri}>", *short]
