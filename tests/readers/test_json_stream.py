"""Values read off a stream are those of the whole text, wherever the pieces that are read end."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import json_stream
from kg.readers.json_stream import JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(VALUES, max_size=4), st.integers(1, 7))
def test_where_a_piece_ends_changes_no_value(values: list[object], size: int) -> None:
    text = "\n".join(map(json.dumps, values)).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", size)
        stream = JsonStream(BytesIO(text))
        found = []
        while stream.peek():
            found.append(stream.value())

    assert found == json.loads(json.dumps(values))
