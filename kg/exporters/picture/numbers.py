"""Numbers that come as text and may be none."""

import math
from functools import lru_cache

__all__ = ["share"]


@lru_cache(1024)  # few values, over and over
def share(text: str | None) -> float | None:
    """Read a confidence; JSON has no NaN, and what is no number tells nothing.

    >>> share("0.93"), share("NaN"), share("high"), share(None)
    (0.93, None, None, None)
    """
    try:
        number = float(text or "nan")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
