from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.sorting import sorted_lines


@given(st.lists(st.binary(max_size=4).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 20))
def test_lines_are_sorted_and_distinct_however_few_fit_in_memory(lines: list[bytes], run: int) -> None:
    assert list(sorted_lines(lines, run=run)) == sorted(set(lines))
