"""Every error a user can cause; ``str(error)`` is one line fit to be shown as it is."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "FetchError",
    "GraphError",
    "InputError",
    "KgError",
    "ModelError",
    "OutputError",
    "PlacedError",
    "RecordError",
    "UnknownNameError",
    "UsageError",
]


class KgError(Exception):
    """The base of them all: what is wrong, where, and what to do, on one line."""


class UsageError(KgError):
    """The command cannot be carried out as it was given."""


class PlacedError(KgError):
    """Something is wrong at a place that can be named.

    The parts are positional, so that the error survives pickling between processes.

    Args:
        place: ``path`` or ``path:line``, lines counted from 1.
        reason: What is wrong.
        remedy: What to do about it.
    """

    def __init__(self, place: str, reason: str, remedy: str, /) -> None:
        self.place, self.reason, self.remedy = place, reason, remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.remedy}"


class InputError(PlacedError):
    """A file, or a place in it, cannot be read."""


class FetchError(PlacedError):
    """A service on the network cannot be reached, or gives no usable answer; the place is the request's address."""


class OutputError(PlacedError):
    """A file or folder cannot be written."""


class ModelError(PlacedError):
    """A trained model is missing, damaged, or made for another version."""


class RecordError(KgError):
    """A record does not have the shape it must have; readers add the place to make an `InputError`.

    Args:
        field: The JSON path of the field at fault, such as ``entities[2].role``; empty for the whole record.
        reason: What is wrong with it.
    """

    def __init__(self, field: str, reason: str, /) -> None:
        self.field, self.reason = field, reason

    def __str__(self) -> str:
        return f"field {self.field}: {self.reason}" if self.field else self.reason


class GraphError(KgError):
    """A graph is missing, damaged, or would become invalid."""


class UnknownNameError(KgError):
    """A name is none of those that are known.

    Args:
        what: What the name should be the name of, such as ``format``.
        name: The name as given.
        known: The names there are.
    """

    def __init__(self, what: str, name: str, known: Iterable[str], /) -> None:
        self.what, self.name, self.known = what, name, tuple(sorted(known))

    @property
    def remedy(self) -> str:
        """What was meant, perhaps, and what there is."""
        close = get_close_matches(self.name, self.known, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        return f"{hint}known: {', '.join(self.known) or 'none'}"

    def __str__(self) -> str:
        return f"unknown {self.what} {self.name!r}; {self.remedy}"
