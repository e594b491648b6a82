"""How schemathesis sends the bodies of the protocols: as the text that was drawn."""

import schemathesis

for media_type in (
    "application/sparql-query",
    "application/sparql-update",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "text/turtle",
):
    schemathesis.serializer.alias(media_type, "text/plain")
