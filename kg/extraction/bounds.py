"""Whether a number is a bound, by the words before it: "at least 0.8", "up to 0.8", "about 0.8"."""

import re
from typing import Final

__all__ = ["SIGN", "comparator_before"]

SIGN: Final = r"(?:[<>\u2264\u2265]|\\[gl]eq|&[lg]t;)"
"""A bound in signs."""

_COMPARED = re.compile(
    r"(?:(?P<least>at least|no less than|>=|\u2265|\\geq?\b|\\geqslant|not less than)|"
    r"(?P<more>more than|greater than|over|above|exceed(?:s|ing|ed)?|beyond|(?<![-=])>|&gt;)|"
    r"(?P<most>up to|at most|as (?:high|much|low) as|(?:no|not) more than|not exceed(?:ing|ed)?|"
    r"<=|\u2264|\\leq?\b|\\leqslant|a maximum of)|"
    r"(?P<less>less than|fewer than|under|below|within|<|&lt;)|"
    r"(?P<about>approximately|approx\.|about|around|~|\\sim|\\approx|\u2248|nearly|roughly|almost|close to|ca\.))"
    r"[\s$~{}]{0,3}(?:an? |the )?[\s$]?$",
    re.IGNORECASE,
)
_COMPARATORS: Final = {"least": ">=", "more": ">", "most": "<=", "less": "<", "about": "~"}


def comparator_before(before: str) -> tuple[str | None, int]:
    """Read the comparator at the end of what stands before a number, and where it begins there.

    >>> comparator_before("a Dice of at least ")
    ('>=', 10)
    >>> comparator_before("a Dice of ")
    (None, 10)
    """
    compared = _COMPARED.search(before)
    if compared is None or compared.lastgroup is None:
        return None, len(before)
    return _COMPARATORS[compared.lastgroup], compared.start()
