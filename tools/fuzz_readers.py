"""Throw broken files at every reader: nothing but an `InputError` may come of them, and soon.

Guided by coverage (https://github.com/google/atheris, `pip install atheris`). It begins with the sample files of the
tests and changes them; the first byte of an input says which reader gets the rest.

    python tools/fuzz_readers.py --seconds 600
    python tools/fuzz_readers.py --reader bibtex --seconds 60
    python tools/fuzz_readers.py crash-0a1b2c      # once more what was found
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import BufferedReader, BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.readers", "kg.records", "bibtexparser", "pylatexenc"]):
    from kg.errors import InputError
    from kg.readers import READERS, Source
    from kg.readers.merging import merged
    from kg.readers.packing import Packed
    from kg.records import decode_paper, encode

ROOT = Path(__file__).parent.parent
SAMPLES = (ROOT / "tests" / "readers" / "data", ROOT / "examples")
LONGEST = 20_000
"""Bytes of an input; what is quick for these and slow for more is found by time, not by size."""
SLOW = 10
"""Seconds after which an input counts as a hang."""


def read(name: str, data: bytes) -> None:
    """Read data with one reader as a command would, and see that what is read can be written and read again."""

    def source() -> Source:
        return Source("input", lambda: Packed(BufferedReader(BytesIO(data))))

    reader, bad = READERS[name], list[InputError]()
    try:
        reader.detects(source().start())
        reader.is_sure(source().start())
        papers = list(merged(reader.read(source(), bad.append), bad.append, lambda _: None))
    except InputError as error:
        bad.append(error)
        papers = []
    for paper in papers:
        if decode_paper(encode(paper)) != paper:
            raise AssertionError(f"{paper} is not what it says of itself")
    for line in map(str, bad):
        if "\n" in line:
            raise AssertionError(f"more than a line: {line}")


def samples(names: Sequence[str]) -> Iterator[bytes]:
    """Each sample for each reader: the wrong ones find what the right one does not."""
    files = [path.read_bytes()[:LONGEST] for folder in SAMPLES for path in sorted(folder.iterdir())]
    return (bytes([number]) + data for number in range(len(names)) for data in files)


def main() -> None:
    """Fuzz until the time is over, or something is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=list(READERS), help="One reader only.")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("inputs", nargs="*", help="Inputs to try in the place of new ones.")
    asked = parser.parse_args()
    names = [asked.reader] if asked.reader else list(READERS)
    logging.disable(logging.CRITICAL)

    def test(data: bytes) -> None:
        if data:
            read(names[data[0] % len(names)], data[1:])

    with tempfile.TemporaryDirectory() as folder:
        for number, sample in enumerate(samples(names)):
            (Path(folder) / f"{number}").write_bytes(sample)
        found = [f"-max_total_time={asked.seconds}", f"-max_len={LONGEST}", f"-timeout={SLOW}", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *found, *(asked.inputs or [folder])], test)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
