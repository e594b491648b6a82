"""Media types of answers and of RDF, and which of them a client would rather have (RFC 9110, section 12.5)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["DATASET_TYPES", "RDF_TYPES", "RESULT_TYPES", "choose_type", "content_type", "rdf_format_of"]

RESULT_TYPES: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Of SELECT and ASK (https://www.w3.org/TR/sparql11-protocol/#conneg); the first is the default."""

RDF_TYPES: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
"""Of triples; the first is the default."""

DATASET_TYPES: Final[Mapping[str, RdfFormat]] = {
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Those that hold several graphs."""

_SYNONYMS: Final = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "application/x-turtle": ("text/turtle",),
    "text/n3": ("text/turtle",),
    "text/plain": ("application/n-triples",),
}
"""What clients ask for when they mean these."""


@lru_cache(maxsize=1024)
def choose_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """Choose among media types what a client would rather have; None if it takes none of them.

    Args:
        accept: The Accept header; empty means that anything goes.
        offered: The best first: of equals the first is taken.

    >>> choose_type("text/*;q=0.5, application/n-triples", ("text/turtle", "application/n-triples"))
    'application/n-triples'
    >>> choose_type("image/png", ("text/turtle",)) is None
    True
    """
    if not accept.strip():
        return offered[0]
    ranges = [_range(one) for one in accept.split(",")]
    worth = {one: _worth(one, ranges) for one in offered}
    best = max(offered, key=lambda one: worth[one])
    return best if worth[best] > 0 else None


def content_type(media_type: str) -> str:
    """Give the Content-Type header of a media type; text is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def rdf_format_of(header: str) -> RdfFormat | None:
    """Read the Content-Type of RDF that a client sends; None if it is no RDF in UTF-8."""
    media_type, _, parameters = (part.strip().lower() for part in header.partition(";"))
    if "charset=" in parameters and "utf-8" not in parameters and "us-ascii" not in parameters:
        return None
    known = (RDF_TYPES[one] for one in (media_type, *_SYNONYMS.get(media_type, ())) if one in RDF_TYPES)
    return next(known, None)


def _range(text: str) -> tuple[str, float]:
    """One media range with its weight; a weight that is no number counts as 0."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return name, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return name, 0.0


def _worth(offered: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The weight of the range that fits most exactly."""
    fits: dict[int, float] = {}
    for name, weight in ranges:
        exactness = _exactness(offered, name)
        if exactness:
            fits[exactness] = max(weight, fits.get(exactness, 0.0))
    return fits[max(fits)] if fits else 0.0


def _exactness(offered: str, asked: str) -> int:
    """How exactly a range means a type: 0 not at all, 4 by its own name."""
    if asked == offered:
        return 4
    if offered in _SYNONYMS.get(asked, ()):
        return 3
    if asked == f"{offered.partition('/')[0]}/*":
        return 2
    return 1 if asked == "*/*" else 0
