"""Characters that no text file may hold."""

import re
from typing import Final

__all__ = ["allowed"]

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but those of https://www.w3.org/TR/xml/#charsets, which RDF's literals may hold."""


def allowed(text: str) -> str:
    r"""Put the replacement character in the place of those that XML forbids, and that databases refuse.

    >>> allowed("a\x00b\n")
    'a\ufffdb\n'
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
