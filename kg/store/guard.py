"""No query reaches outside the graph, whatever it says.

The engine follows SERVICE and has no switch for it, so the query's tokens are looked at before it sees them. A
keyword within a string, an IRI, a comment, a variable or a prefixed name is no keyword.
"""

import re

from kg.errors import UsageError

__all__ = ["refuse_outbound"]

_TOKEN = re.compile(
    r"""
      (?P<string> \"\"\" (?:[^"\\]|\\.|"(?!""))* \"\"\" | ''' (?:[^'\\]|\\.|'(?!''))* '''
                | " (?:[^"\\\n]|\\.)* " | ' (?:[^'\\\n]|\\.)* ' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<prefixed> [\w.\-]*:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)* )
    | (?P<word> [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_outbound(query: str) -> None:
    r"""Refuse a query that would call another endpoint.

    Escaped code points are resolved first, as SPARQL 1.1 (19.2) has it: ``\u0053ERVICE`` is ``SERVICE``.

    Raises:
        UsageError: The query holds the keyword SERVICE.
    """
    resolved = _CODE_POINT.sub(lambda match: _character(match[1] or match[2]), query)
    for text in {query, resolved}:
        for token in _TOKEN.finditer(text):
            if token.lastgroup == "word" and token[0].upper() == "SERVICE":
                raise UsageError("SERVICE would call another server, and is refused; ask this graph alone")


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
