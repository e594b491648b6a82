"""How schemathesis sends the bodies of the protocols: as the text that was drawn."""

from typing import Any

import schemathesis


@schemathesis.serializer(
    "application/sparql-query",
    "application/sparql-update",
    "application/n-triples",
    "text/turtle",
)
def as_text(context: object, value: object) -> Any:  # noqa: ANN401, ARG001 - schemathesis's signature
    """Send what is no text, which is drawn to be refused, as Python prints it."""
    return (value if isinstance(value, str) else repr(value)).encode()
