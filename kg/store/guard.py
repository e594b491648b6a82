"""No query reaches outside the graph, whatever it says.

The engine follows SERVICE and has no switch for it. What is a keyword and what is part of a string, an IRI, a
comment or a name, only its own grammar tells for sure: it needs no space around keywords. So the grammar is asked:
with the word spelt wrong everywhere, a query still parses only if the word was no keyword anywhere.
"""

import re

from pyoxigraph import Store

from kg.errors import UsageError
from kg.namespaces import PREFIXES

__all__ = ["refuse_outbound"]


def _letter(char: str) -> str:
    """A letter in either case, or as an escaped code point (SPARQL 1.1, 19.2)."""
    codes = "|".join(f"{ord(one):x}" for one in (char.lower(), char.upper()))
    return rf"(?:{char}|\\u00(?:{codes})|\\U000000(?:{codes}))"


_SERVICE = re.compile("(" + "".join(map(_letter, "servic")) + ")" + _letter("e"), re.IGNORECASE)


def refuse_outbound(query: str) -> None:
    r"""Refuse a query that would call another endpoint, or that is not valid without the word SERVICE.

    >>> refuse_outbound("SELECT ?service { ?service a 'SERVICE' } # service")

    Raises:
        UsageError: The query holds the keyword SERVICE.
    """
    misspelt = _SERVICE.sub(r"\1x", query)
    if misspelt == query:
        return
    try:
        Store().query(misspelt, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        reason = "SERVICE would call another server, and is refused (or the query is not valid)"
        raise UsageError(f"{reason}; ask this graph alone") from error
