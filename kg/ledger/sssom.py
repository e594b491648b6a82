"""Rows as SSSOM TSV (https://mapping-commons.github.io/sssom/), through the library `sssom-pydantic`."""

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Final

from kg import __version__
from kg.ledger.rows import Justification, Row
from kg.namespaces import DATA_IRI, PREFIXES

if TYPE_CHECKING:
    from curies import Converter
    from sssom_pydantic import Record

__all__ = ["COLUMNS", "converter_of", "id_of", "sssom_of"]

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "mapping_tool",
    "mapping_tool_version",
    "confidence",
    "comment",
)
_ORCID = "https://orcid.org/"
_LICENSE = "https://w3id.org/sssom/license/unspecified"


def sssom_of(rows: Iterable[Row], base_iri: str) -> bytes:
    """Write rows as one mapping set, in order."""
    from sssom_pydantic import MappingSet, write_unprocessed  # noqa: PLC0415 - slow to import; few commands need it

    ordered = sorted(set(rows))
    converter = converter_of(base_iri, (end for row in ordered for end in (row.subject, row.object)))
    file = StringIO()
    write_unprocessed(
        [_record(row, converter) for row in ordered],
        file,
        metadata=MappingSet.model_validate({"id": f"{base_iri}ledger", "license": _LICENSE}),
        converter=converter,
        columns=COLUMNS,
        condense=False,
    )
    return file.getvalue().replace("\r\n", "\n").encode()


def converter_of(base_iri: str, iris: Iterable[str] = ()) -> "Converter":
    """The prefixes of a ledger: ours, and one for every other namespace its IRIs are in."""
    from curies import Converter  # noqa: PLC0415 - as above

    prefixes = {
        "id": base_iri,
        "kgv": DATA_IRI,
        "skos": PREFIXES["skos"],
        "semapv": "https://w3id.org/semapv/vocab/",
        "orcid": _ORCID,
    }
    if base_iri == DATA_IRI:
        del prefixes["kgv"]
    known = tuple(prefixes.values())
    others = sorted({_namespace(iri) for iri in iris if not iri.startswith(known)})
    return Converter.from_prefix_map(prefixes | {f"ns{number}": one for number, one in enumerate(others, start=1)})


def id_of(iri: str, converter: "Converter") -> str:
    """The CURIE of an IRI; the IRI itself where no prefix serves."""
    return converter.compress(iri) or iri


def _namespace(iri: str) -> str:
    """All up to the last separator; OBO's identifiers are set apart by an underscore.

    >>> _namespace("http://purl.obolibrary.org/obo/DOID_1324"), _namespace("http://e.org/a#b")
    ('http://purl.obolibrary.org/obo/DOID_', 'http://e.org/a#')
    """
    head, hash_sign, _ = iri.rpartition("#")
    if hash_sign:
        return head + hash_sign
    head, slash, tail = iri.rpartition("/")
    prefix, underscore, _ = tail.partition("_")
    return head + slash + (prefix + underscore if head.endswith("/obo") else "")


def _record(row: Row, converter: "Converter") -> "Record":
    from sssom_pydantic import Record  # noqa: PLC0415 - as above

    by_person = row.justification == Justification.MANUAL
    orcid = id_of(row.author, converter) if row.author.startswith(_ORCID) else None
    return Record(
        subject_id=id_of(row.subject, converter),
        subject_label=row.subject_label or None,
        predicate_id=f"skos:{row.match}",
        predicate_modifier="Not" if row.negated else None,
        object_id=id_of(row.object, converter),
        object_label=row.object_label or None,
        mapping_justification=f"semapv:{row.justification}",
        author_id=[orcid] if orcid else None,
        author_label=[row.author] if row.author and not orcid else None,
        mapping_tool=None if by_person else "kg",
        mapping_tool_version=None if by_person else __version__,
        confidence=row.confidence,
        comment=row.comment or None,
    )
