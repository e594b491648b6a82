"""Whatever the bytes, a reader gives papers or says in a line what is wrong."""

from io import BufferedReader, BytesIO
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers import READERS, Source
from kg.readers.packing import Packed
from kg.records import decode_paper, encode

DATA = Path(__file__).parent / "data"
SAMPLES = [path.read_bytes() for path in sorted(DATA.iterdir())]


def outcome(name: str, content: bytes) -> None:
    source = Source("input", lambda: Packed(BufferedReader(cast("BufferedReader", BytesIO(content)))))
    bad: list[InputError] = []
    try:
        source.start()
        for _, paper in READERS[name].read(source, bad.append):
            assert decode_paper(encode(paper)) == paper
    except InputError as error:
        bad.append(error)
    assert not any("\n" in str(error) for error in bad)


@pytest.mark.parametrize("name", READERS)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None, max_examples=25)
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    outcome(name, content)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_samples_that_were_changed_are_read_or_refused(name: str, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 40)))
    put = data.draw(st.binary(max_size=6) | st.sampled_from([b"{", b"}", b'"', b"\n", b"<", b"@", b"\\", b"\0"]))

    outcome(name, sample[:start] + put + sample[end:])


@pytest.mark.parametrize("name", READERS)
def test_a_file_that_is_cut_anywhere_is_read_or_refused(name: str) -> None:
    for sample in SAMPLES:
        for end in range(1, len(sample), max(1, len(sample) // 12)):
            outcome(name, sample[:end])
