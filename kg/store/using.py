"""The graphs an update request names, written into the update's own text.

The protocol lets a request say which graphs the ``WHERE`` of an update sees
(https://www.w3.org/TR/sparql11-protocol/#update-dataset); the engine reads that from ``USING`` alone. ``WHERE`` stands
outside all braces in updates of two forms only: after ``INSERT {}`` or ``DELETE {}``, and in ``DELETE WHERE {}``.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.store.scope import Scope

__all__ = ["with_using"]

_TOKEN: Final = re.compile(
    r"""
    (?P<skipped> \#[^\n\r]* | <[^<>"{}|^`\\\s]*> | [?$]\w+ | @\w+
      | '{3}(?:[^\\]|\\.)*?'{3} | \"{3}(?:[^\\]|\\.)*?\"{3} | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
      | [\w.-]*:(?:[\w.:%-]|\\.)* )
    | (?P<word> [A-Za-z]+ ) | (?P<brace> [{}] )
    """,
    re.VERBOSE | re.DOTALL,
)


def with_using(update: str, scope: Scope) -> str:
    """Say in an update which graphs it sees.

    >>> with_using("DELETE WHERE { ?s ?p 'WHERE' }", Scope(("http://a/",), ()))
    "DELETE { ?s ?p 'WHERE' } USING <http://a/> WHERE { ?s ?p 'WHERE' }"

    Raises:
        UsageError: The update names graphs itself.
        ValueError: An IRI of the scope is none.
    """
    default = "".join(f"USING {NamedNode(iri)} " for iri in scope.default)
    using = default + "".join(f"USING NAMED {NamedNode(iri)} " for iri in scope.named)
    made, copied, former = [], 0, ""
    for word, at in _outer_tokens(update):
        if word in {"USING", "WITH"}:
            raise UsageError(f"the update says {word}, and the request names graphs too; leave one of them out")
        if word == "WHERE":
            made.append(update[copied:at])
            if former == "DELETE":
                made.append(f"{_group_after(update, at)} ")
            made.append(using)
            copied = at
        former = word
    return "".join([*made, update[copied:]])


def _outer_tokens(update: str) -> Iterator[tuple[str, int]]:
    """Yield the words outside all braces in capitals, and the braces that close there, with their places."""
    depth = 0
    for match in _TOKEN.finditer(update):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
        if depth == 0 and (token := match["word"] or match["brace"]):
            yield token.upper(), match.start()


def _group_after(update: str, at: int) -> str:
    """The text from the first brace after a place to the one that closes it, or to the end."""
    depth, start = 0, at
    for match in _TOKEN.finditer(update, at):
        if match["brace"] == "{":
            start = start if depth else match.start()
            depth += 1
        elif match["brace"]:
            depth -= 1
            if depth == 0:
                return update[start : match.end()]
    return update[start:]
