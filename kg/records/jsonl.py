"""Records as JSON: strict about the keys it knows, careful with those it does not."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from kg.errors import RecordError
from kg.records.annotation import ROLES, Annotation, ClaimDecision, Entity, Result
from kg.records.identifiers import (
    normal_arxiv,
    normal_date,
    normal_doi,
    normal_openalex,
    normal_orcid,
    normal_pmid,
)
from kg.records.paper import Paper
from kg.text import names_something, slug

__all__ = [
    "decode_annotation",
    "decode_claim_decision",
    "decode_paper",
    "default_id",
    "encode",
    "encode_claim_decision",
    "make_paper",
    "without_lone_surrogates",
]

_Record = TypeVar("_Record", bound=msgspec.Struct)
_NO_LINKS = Paper("", "", "").links
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NORMAL = {
    "doi": normal_doi,
    "arxiv": normal_arxiv,
    "pmid": normal_pmid,
    "openalex": normal_openalex,
    "date": normal_date,
}
_IDENTIFIERS = ("doi", "arxiv", "pmid", "openalex")
_AT_FIELD = re.compile(r"(?P<reason>.*) - at `\$\.?(?P<field>.*)`", re.DOTALL)


def decode_paper(line: str) -> Paper:
    """Read one paper from a line of JSON Lines.

    Authors may be plain names; null is the same as no key; identifiers may be given as addresses, a date as ``year``.
    A paper may have no abstract. Without an ``id`` the DOI, arXiv id, PMID, OpenAlex id or a slug of the title serves.

    Raises:
        RecordError: The line is no JSON object, or a field is missing, of the wrong type, or not what its name says.
    """
    return make_paper(_load(line))


def make_paper(fields: Mapping[str, Any]) -> Paper:
    """Make a paper of the fields of a record, with the care that `decode_paper` takes.

    Raises:
        RecordError: A field is missing, of the wrong type, or not what its name says.
    """
    raw = {key: value for key, value in fields.items() if value is not None}
    _check_text(raw)
    raw.setdefault("date", raw.pop("year", None))
    for key in ("id", "pmid", "date"):
        if isinstance(raw.get(key), int) and not isinstance(raw[key], bool):
            raw[key] = str(raw[key])
    for key, normal in _NORMAL.items():
        if isinstance(raw.get(key), str):
            raw[key] = normal(raw[key])
    if raw["date"] is None:
        del raw["date"]
    if isinstance(raw.get("authors"), list):
        raw["authors"] = [_author(one) for one in raw["authors"]]
    if not raw.get("id"):
        raw["id"] = default_id(raw["title"], *(raw.get(key) for key in _IDENTIFIERS))
    return _convert(raw, Paper)


def default_id(title: str, *identifiers: str | None) -> str:
    """Give the id of a record that has none of its own: the first identifier there is, else a slug of the title."""
    return next(filter(None, identifiers), None) or slug(title) or title.strip()


def _check_text(raw: dict[str, Any]) -> None:
    """See that there is a title, and that a missing abstract is an empty one."""
    if not isinstance(raw.get("title"), str) or not raw["title"].strip():
        raise RecordError("title", "a paper needs a title, text that is not empty")
    if not isinstance(raw.setdefault("abstract", ""), str):
        raise RecordError("abstract", "an abstract is text")
    if not raw["abstract"].strip():
        raw["abstract"] = ""


def _author(raw: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Give a plain name its key, and see that no author is without a name."""
    author = {"name": raw} if isinstance(raw, str) else raw
    if isinstance(author, dict):
        author = {key: value for key, value in author.items() if value is not None}
        if isinstance(author.get("name"), str) and not author["name"].strip():
            raise RecordError("authors", "an author has no name")
        if isinstance(author.get("orcid"), str):
            author["orcid"] = normal_orcid(author["orcid"])
    return author


def decode_annotation(line: str) -> Annotation:
    """Read one annotation from a line of JSON Lines.

    Raises:
        RecordError: The line is no JSON object, a field is missing or of the wrong type, an entity's role
            does not fit its kind, or a relation names an entity that is not there.
    """
    raw = _load(line)
    for key, record in (("entities", Entity), ("results", Result)):
        if isinstance(raw.get(key), list):
            raw[key] = [_fold_extra(item, record) if isinstance(item, dict) else item for item in raw[key]]
    annotation = _convert(raw, Annotation)
    _check_names(annotation)
    return annotation


def decode_claim_decision(line: str) -> ClaimDecision:
    """Read one decision about a claim from a line of JSON Lines; an unknown key may be misspelt, and is refused.

    Raises:
        RecordError: The line is no JSON object, or a field is missing, unknown or of the wrong type.
    """
    return _checked(_load(line), ClaimDecision)


def encode_claim_decision(decision: ClaimDecision) -> str:
    """Write a decision about a claim as one line of JSON, without line end; what is not said is left out."""
    return json.dumps(_unfold_extra(msgspec.to_builtins(decision)), ensure_ascii=False)


def encode(record: Paper | Annotation) -> str:
    """Write a record as one line of JSON, without line end; keys in the order of the annotation guide.

    Papers come by the hundred thousand, and are written the quick way, without spaces.
    """
    if not isinstance(record, Paper):
        return json.dumps(_unfold_extra(msgspec.to_builtins(record)), ensure_ascii=False)
    if record.links == _NO_LINKS:  # what is equal to a default is left out only where it is the default itself
        record = structs.replace(record, links=_NO_LINKS)
    if not record.extra:
        return msgspec.json.encode(record).decode()
    return json.dumps(_unfold_extra(msgspec.to_builtins(record)), ensure_ascii=False, separators=(",", ":"))


def _load(line: str) -> dict[str, Any]:
    try:
        raw = json.loads(line, object_pairs_hook=_distinct_keys, parse_constant=_no_number)
        raw = without_lone_surrogates(raw)
    except ValueError as error:
        raise RecordError("", f"not JSON ({error})") from error
    except RecursionError as error:
        raise RecordError("", "nested too deep") from error
    if not isinstance(raw, dict):
        raise RecordError("", f"a JSON object is expected, not {type(raw).__name__}")
    return raw


def _distinct_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return made


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def without_lone_surrogates(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    r"""Replace what JSON can escape but no file can hold (``"\ud800"``); one for one, so offsets stay true."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {without_lone_surrogates(key): without_lone_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_lone_surrogates(item) for item in value]
    return value


def _convert(raw: Mapping[str, Any], record: type[_Record]) -> _Record:
    return _checked(_fold_extra(raw, record), record)


def _checked(raw: Mapping[str, Any], record: type[_Record]) -> _Record:
    try:
        return msgspec.convert(raw, record)
    except msgspec.ValidationError as error:
        place = _AT_FIELD.fullmatch(str(error))
        if place is None:
            raise RecordError("", str(error)) from error
        raise RecordError(place["field"], place["reason"]) from error


def _fold_extra(raw: Mapping[str, Any], record: type[msgspec.Struct]) -> dict[str, Any]:
    """Move the keys that the record does not know into its ``extra``."""
    known = set(record.__struct_fields__) - {"extra"}
    extra = {key: value for key, value in raw.items() if key not in known}
    return {key: value for key, value in raw.items() if key in known} | {"extra": extra}


def _unfold_extra(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Put the unknown keys back beside the known ones, and leave out what a hand-written record leaves out."""
    if isinstance(value, dict):
        extra = value.pop("extra", None) or {}
        unknown = {key: item for key, item in extra.items() if key not in value}
        return {
            key: _unfold_extra(item) for key, item in value.items() if item is not None or key in _NULLABLE
        } | unknown
    if isinstance(value, list | tuple):
        return [_unfold_extra(item) for item in value]
    return value


_NULLABLE = frozenset({"method", "metric", "unit", "dataset", "condition", "subject", "object"})


def _check_names(annotation: Annotation) -> None:
    names = set()
    for index, entity in enumerate(annotation.entities):
        if entity.role not in ROLES[entity.type]:
            raise RecordError(f"entities[{index}].role", f"a {entity.type} cannot be {entity.role.value!r}")
        if not names_something(entity.name):
            raise RecordError(f"entities[{index}].name", f"{entity.name!r} holds no letter and no digit")
        if entity.name in names:
            raise RecordError(f"entities[{index}].name", f"{entity.name!r} stands twice")
        names.add(entity.name)
    for index, (subject, _, obj) in enumerate(annotation.relations):
        for name in (subject, obj):
            if name not in names:
                raise RecordError(f"relations[{index}]", f"{name!r} is no entity of this record")
