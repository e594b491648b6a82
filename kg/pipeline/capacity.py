"""How many processes are worth starting on this machine, and for so many texts."""

from typing import Final

from kg.settings import Settings

__all__ = ["room", "texts_for_another"]

_MEMORY: Final = 700 << 20
"""Bytes that a process takes which reads texts."""


def room() -> int:
    """Tell how many processes can read texts at a time: by processors that may be used, and free memory.

    Processors count as far as affinity and the quota of a control group (a container) leave them.
    """
    import psutil  # noqa: PLC0415 - asked for where there are many texts
    from loky import cpu_count  # noqa: PLC0415 - as above

    processors: int = cpu_count()
    return max(1, min(processors, psutil.virtual_memory().available // _MEMORY))


def texts_for_another(settings: Settings) -> int:
    """Tell how many texts there must be for each process: in what it takes to start one, this reads some."""
    return 500 if settings.fast else 100
