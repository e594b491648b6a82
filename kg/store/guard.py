"""No query reaches outside the graph, whatever it says.

The engine follows SERVICE and LOAD and has no switch for them. What is a keyword and what is part of a string, an
IRI, a comment or a name, only its own grammar tells for sure: it needs no space around keywords. So the grammar is
asked: with the word spelt wrong everywhere, a text still parses only if the word was no keyword anywhere.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from pyoxigraph import Store

from kg.errors import UsageError
from kg.namespaces import DATA_IRI, PREFIXES

__all__ = ["has_keyword", "refuse_outbound", "refuse_outbound_update", "service_prefix"]

_WRONG_LETTER = "x"
_ALLOWED = re.compile(r"service(\s*)(?:silent\b)?(\s*)<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)


def has_keyword(query: str, word: str) -> bool:
    """Tell whether a query has a keyword, or is not valid without it.

    >>> has_keyword("SELECT ?from { ?from a 'FROM' } # from", "FROM"), has_keyword("ASK FROM <urn:x> {}", "FROM")
    (False, True)
    """
    misspelt = _misspell(query, word)
    return misspelt != query and not _parses(misspelt)


def refuse_outbound(query: str, services: Sequence[str] = ()) -> None:
    r"""Refuse a query that would call another endpoint, or that is not valid without the word SERVICE.

    >>> refuse_outbound("SELECT ?service { ?service a 'SERVICE' } # service")

    Args:
        query: SPARQL.
        services: Beginnings of the addresses that may be called (`service_prefix`), written in full.

    Raises:
        UsageError: The query holds the keyword SERVICE, and it does not stand before such an address.
    """
    if _misspell(query, "SERVICE") == query:
        return
    rest = _ALLOWED.sub(lambda match: _as_graph(match, services), query)
    if not _parses(_misspell(rest, "SERVICE")):
        reason = "SERVICE would call another server, and is refused (or the query is not valid)"
        remedy = f"write in full an address under {' or '.join(services)}" if services else "ask this graph alone"
        raise UsageError(f"{reason}; {remedy}")


def refuse_outbound_update(update: str) -> None:
    """Refuse an update that would call another endpoint or read a document, or that is not valid without these words.

    Raises:
        UsageError: The update holds the keyword SERVICE or LOAD.
    """
    misspelt = _misspell(_misspell(update, "SERVICE"), "LOAD")
    if misspelt != update and not _parses_update(misspelt):
        reason = "LOAD and SERVICE would read from another server, and are refused (or the update is not valid)"
        raise UsageError(f"{reason}; send the data itself")


def service_prefix(address: str) -> str:
    """Complete the beginning of addresses that may be called, so that no other host can begin with it.

    >>> service_prefix("https://example.org")
    'https://example.org/'

    Raises:
        UsageError: It is no address of a web server.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise UsageError(f"{address}: no address ({error}); give one such as https://example.org/sparql") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise UsageError(f"{address}: no address of a server; give one such as https://example.org/sparql")
    return address if parts.path else f"{address}/"


def _as_graph(match: re.Match[str], services: Sequence[str]) -> str:
    """Put GRAPH, which stands in the same place in the grammar, for a call of an address that may be called.

    All white space stays: a line break ends a comment.
    """
    before, after, address = match.groups()
    allowed = any(address.startswith(one) for one in services) and "/." not in address
    return f"GRAPH{before}{after}<{address}>" if allowed else match[0]


def _misspell(text: str, word: str) -> str:
    """Replace the last letter of a word by one with which it is none of SPARQL's."""
    if text.isascii() and "\\" not in text and word not in text.upper():  # ten times as fast as the pattern
        return text
    return _pattern(word).sub(rf"\g<1>{_WRONG_LETTER}", text)


@lru_cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile("(" + "".join(map(_letter, word[:-1])) + ")" + _letter(word[-1]), re.IGNORECASE)


def _letter(char: str) -> str:
    """A letter in either case, or as an escaped code point (SPARQL 1.1, 19.2)."""
    codes = "|".join(f"{ord(one):x}" for one in (char.lower(), char.upper()))
    return rf"(?:{char}|\\u00(?:{codes})|\\U000000(?:{codes}))"


def _parses(query: str) -> bool:
    try:
        Store().query(query, base_iri=DATA_IRI, prefixes=PREFIXES)
    except (SyntaxError, ValueError):
        return False
    return True


def _parses_update(update: str) -> bool:
    """Tell whether an update is valid; it is run on an empty store, where it may fail for want of a graph."""
    try:
        Store().update(update, base_iri=DATA_IRI, prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (ValueError, RuntimeError, OSError):
        return True
    return True
