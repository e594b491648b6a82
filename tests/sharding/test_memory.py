"""What a process has freed goes back to the system."""

import sys
from pathlib import Path

import pytest

from kg.sharding.memory import give_back

_MB = 1 << 20


def _resident() -> int:
    """Bytes of this process that are in memory (proc(5): statm)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep memory in other ways")
def test_freed_memory_goes_back_though_something_lies_above_it() -> None:
    pieces = [bytes(1_000 + number % 500) for number in range(60_000)]
    above = pieces.pop()
    full = _resident()
    pieces.clear()

    give_back()

    assert full - _resident() > 40 * _MB
    assert above
