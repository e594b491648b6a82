"""Literals in the lexical form that survives every RDF library unchanged."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from kg.namespaces import XSD
from kg.rdf import Literal

__all__ = ["boolean", "date", "decimal", "english", "natural", "plain", "time"]

_DATE_TYPES = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), XSD.gYearMonth),
    (re.compile(r"[0-9]{4}"), XSD.gYear),
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> Literal:
    """Text in no stated language; a character that no RDF/XML can hold becomes a replacement character."""
    return Literal(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def english(text: str) -> Literal:
    """A label or definition."""
    return Literal(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text), language="en")


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def natural(value: int) -> Literal:
    """An offset or a count; an xsd:integer, since the engine keeps no narrower type."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: float, printed: str | None = None) -> Literal:
    """An xsd:decimal in canonical form, as the engine keeps it; of the digits printed where these are a number.

    >>> decimal(0.9, "0.90").value, decimal(1205, "1,205").value, decimal(1e-7).value, decimal(1.0).value
    ('0.9', '1205', '0.0000001', '1')
    """
    number = Decimal(repr(value))
    if printed is not None:
        with suppress(InvalidOperation):  # printed in words or with a sign of its own: the number itself serves
            number = Decimal(printed.replace(",", ""))
    return Literal(f"{number.normalize() + 0:f}", datatype=XSD.decimal)


def date(iso: str) -> Literal:
    """A date as precise as it is given; other text stays text."""
    for pattern, datatype in _DATE_TYPES:
        if pattern.fullmatch(iso):
            return Literal(iso, datatype=datatype)
    return plain(iso)


def time(iso: str) -> Literal:
    """A moment, with its zone, as an xsd:dateTime of whole seconds in UTC.

    >>> time("2026-03-09T15:05:00.250+01:00").value
    '2026-03-09T14:05:00Z'
    """
    moment = datetime.fromisoformat(iso).astimezone(UTC).isoformat(timespec="seconds")
    return Literal(moment.removesuffix("+00:00") + "Z", datatype=XSD.dateTime)
