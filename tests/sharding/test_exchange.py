"""What parts of a stage send comes where it is sent, whole and in its order, however many rounds it takes."""

from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sharding import Shards
from kg.sharding.exchange import inbox, sending

ROWS = st.lists(st.tuples(st.integers(0, 2), st.text(max_size=3)), max_size=20)


@settings(deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3), st.integers(1, 3))
def test_each_target_gets_its_rows_in_the_order_of_sending(sent: list[list[tuple[int, str]]], targets: int) -> None:
    rows = [[(number % targets, text) for number, text in of_one] for of_one in sent]

    with (
        TemporaryDirectory() as folder,
        patch("kg.sharding.exchange._AT_ONCE", 3),
        patch("kg.sharding.exchange._EACH", 1),
    ):
        for part, of_one in enumerate(rows):
            with sending(Shards(folder), f"sent/{part:05}", targets, place=int, text=str) as out:
                for at, (target, text) in enumerate(of_one):
                    out.send_to(target, at, text)
        got = [[*inbox(Shards(folder), "sent", len(rows), target)] for target in range(targets)]

    assert got == [
        [(at, text) for of_one in rows for at, (to, text) in enumerate(of_one) if to == target]
        for target in range(targets)
    ]
