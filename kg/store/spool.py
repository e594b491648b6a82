"""Quads kept aside while a store is written, to be looked at once it is: reading them back from a large one is slow.

They lie packed in a nameless temporary file, which is gone with the process: some 10 kB for a paper.
"""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from kg.rdf import Quad, RdfFormat, serialize

__all__ = ["Spool", "cut_lines"]

_QUICK = 1


class Spool:
    """Sets of quads in the order they came, read back as lines of N-Triples, without their graphs."""

    def __init__(self, folder: Path) -> None:
        """Begin with none.

        Args:
            folder: Where there is room for them.
        """
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as this is
        self._sizes = array("Q")

    def add(self, quads: Iterable[Quad]) -> None:
        """Keep a set of quads."""
        text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
        packed = zlib.compress(text, _QUICK)
        self._file.write(packed)
        self._sizes.append(len(packed))

    def __len__(self) -> int:
        return len(self._sizes)

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the lines of each set."""
        self._file.seek(0)
        return (cut_lines(zlib.decompress(self._file.read(size))) for size in self._sizes)

    def close(self) -> None:
        """Forget them."""
        self._file.close()


def cut_lines(text: bytes | None) -> list[str]:
    """Cut N-Triples at line feeds alone: other characters that end a line may stand in a literal."""
    return (text or b"").decode().split("\n")[:-1]
