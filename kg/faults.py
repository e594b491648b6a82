"""What a library says is wrong, in a few words on one line."""

from typing import Any

__all__ = ["first_fault"]


def first_fault(error: Exception) -> str:
    """Give the message of an error; of a data model's, which lists all fields at fault, that of the first field."""
    errors: Any = getattr(error, "errors", None)
    if callable(errors) and (faults := errors()):
        return f"{'.'.join(map(str, faults[0]['loc']))}: {faults[0]['msg']}"
    return " ".join(str(error).split())
