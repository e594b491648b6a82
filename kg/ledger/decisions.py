"""What people decided: an SSSOM file beside the graph, which `kg` and people both write.

A row is added or taken away where it stands, so that columns, comments and order that somebody gave the file stay.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from kg.errors import InputError
from kg.faults import first_fault
from kg.ledger.agreement import check_agreement
from kg.ledger.rows import Decision, Justification, Match, Row
from kg.ledger.sssom import COLUMNS, converter_of, id_of
from kg.namespaces import SKOS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from curies import Converter
    from sssom_pydantic import Record
    from sssom_pydantic.io import ReadUnprocessedStreamTuple

__all__ = ["parse_decisions", "with_rows", "without"]

_REQUIRED: Final = frozenset({"subject_id", "predicate_id", "object_id", "mapping_justification"})
_MATCHES: Final = {SKOS[match].value: match for match in Match}
_SEMAPV: Final = "https://w3id.org/semapv/vocab/"
_WRITTEN: Final = tuple(column for column in COLUMNS if not column.startswith("mapping_tool"))
_REMEDY: Final = "mend the line, or take it out"


def parse_decisions(data: bytes, path: Path, base_iri: str) -> list[Decision]:
    """Read the decisions of a file, in its order.

    Args:
        data: The file's content; empty for none.
        path: The file's, for messages.
        base_iri: Of the graph, which the prefix ``id`` stands for where the file says nothing else.

    Raises:
        InputError: The file is no SSSOM, a row cannot be acted on, or rows contradict each other.
    """
    if not data.strip():
        return []
    from sssom_pydantic.io import ParseError  # noqa: PLC0415 - slow to import
    from yaml import YAMLError  # noqa: PLC0415 - comes with it

    text = _text(data, path)
    _check_header(text, path)
    starts = [first for first, _ in _row_lines(text)]
    try:
        with _opened(text, base_iri) as read:
            # The library counts from the header and leaves blank lines out.
            first = len(_front(text)) + 1
            rows = [(starts[number - first], record) for number, record in read.records]
            converter = read.converter
    except (ValueError, csv.Error, YAMLError) as error:
        raise InputError(str(path), f"is no SSSOM file ({first_fault(error)})", "mend its header") from error
    _check_quotes(text, path)
    decisions = [
        _failed(f"{path}:{line}", record.exception)
        if isinstance(record, ParseError)
        else Decision(_row(f"{path}:{line}", record, converter), f"{path}:{line}", line)
        for line, record in rows
    ]
    check_agreement(decisions)
    return decisions


def with_rows(data: bytes, rows: Iterable[Row], base_iri: str, date: str) -> bytes:
    """Add rows at the end of a file of decisions, which is begun if it is empty.

    Args:
        data: The file's content.
        rows: In the order they shall stand.
        base_iri: Of the graph.
        date: When it was decided; stays in this file, never enters the graph.
    """
    text = data.decode("utf-8-sig") if data.strip() else _begun(base_iri)
    converter = _converter(text, base_iri)
    cells = [_cells(row, converter) | {"mapping_date": date} for row in rows]
    text = _with_columns(
        text, [column for column in (*_WRITTEN, "mapping_date") if any(one.get(column) for one in cells)]
    )
    columns = _columns(text)
    file = StringIO()
    csv.DictWriter(file, columns, dialect="excel-tab", lineterminator="\n", extrasaction="ignore").writerows(cells)
    return (text + ("" if text.endswith("\n") else "\n") + file.getvalue()).encode()


def without(data: bytes, lines: Collection[int]) -> bytes:
    """Take the rows that begin at these lines, counted from 1, out of a file of decisions."""
    text = data.decode("utf-8-sig")
    gone = {line for first, end in _row_lines(text) if first in lines for line in range(first, end)}
    return "".join(line for number, line in enumerate(_lines(text), start=1) if number not in gone).encode()


def _opened(text: str, base_iri: str) -> "AbstractContextManager[ReadUnprocessedStreamTuple]":
    from sssom_pydantic.io import read_unprocessed_iterable  # noqa: PLC0415 - slow to import

    metadata: dict[str, Any] = {"mapping_set_id": f"{base_iri}decisions"}
    return read_unprocessed_iterable(StringIO(text), metadata=metadata)


def _converter(text: str, base_iri: str) -> "Converter":
    """The prefixes a file gives, beside those that SSSOM gives to all."""
    with _opened(text, base_iri) as read:
        return read.converter


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}", "is not UTF-8", "save the file as UTF-8") from error


def _lines(text: str) -> list[str]:
    """With their ends; unlike `str.splitlines`, broken at line feeds alone."""
    return StringIO(text).readlines()


def _front(text: str) -> list[str]:
    """The lines of metadata above the table."""
    lines = _lines(text)
    return lines[: next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))]


def _columns(text: str) -> list[str]:
    lines = _lines(text)[len(_front(text)) :]
    return [column.strip() for column in lines[0].split("\t")] if lines else []


def _check_header(text: str, path: Path) -> None:
    missing = sorted(_REQUIRED - set(_columns(text)))
    if missing:
        place = f"{path}:{len(_front(text)) + 1}"
        raise InputError(place, f"the column {missing[0]} is missing", "give the table the columns of SSSOM")


def _check_quotes(text: str, path: Path) -> None:
    """Refuse a quote that takes the rows below it into its cell."""
    before = len(_front(text)) + 1
    reader = csv.reader(_lines(text)[before:], dialect="excel-tab", strict=True)
    last, reason = 0, "a quote is opened and not closed"
    try:
        for row in reader:
            if any("\n" in cell and "\t" in cell for cell in row):
                raise InputError(f"{path}:{before + last + 1}", reason, "close it, or take it out")
            last = reader.line_num
    except csv.Error as error:
        raise InputError(f"{path}:{before + last + 1}", reason, "close it, or take it out") from error


def _row_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of each row of the table, half-open, counted from 1; a quoted cell may hold line breaks."""
    before = len(_front(text)) + 1
    reader = csv.reader(_lines(text)[before:], dialect="excel-tab")
    last = 0
    for row in reader:
        if row:
            yield before + last + 1, before + reader.line_num + 1
        last = reader.line_num


def _failed(place: str, error: Exception) -> NoReturn:
    raise InputError(place, f"is no row of SSSOM ({first_fault(error)})", _REMEDY)


def _row(place: str, record: "Record", converter: "Converter") -> Row:
    def iri(written: str) -> str:
        expanded = converter.expand(written) or (written if "://" in written else None)
        if expanded is None:
            raise InputError(place, f"the prefix of {written!r} is not in curie_map", "add it there, or mend the id")
        return expanded

    predicate = iri(record.predicate_id)
    if predicate not in _MATCHES:
        reason = f"{record.predicate_id} is none of {', '.join(f'skos:{match}' for match in Match)}"
        raise InputError(place, reason, _REMEDY)
    row = Row(
        subject=iri(record.subject_id),
        object=iri(record.object_id),
        match=_MATCHES[predicate],
        negated=record.predicate_modifier is not None,
        subject_label=record.subject_label or "",
        object_label=record.object_label or "",
        justification=iri(record.mapping_justification).removeprefix(_SEMAPV),
        confidence=1.0 if record.confidence is None else round(record.confidence, 2),
        author=", ".join([*(record.author_label or ()), *map(iri, record.author_id or ())]),
        comment=record.comment or "",
    )
    if row.subject == row.object:
        raise InputError(place, f"{record.subject_id} is both ends", _REMEDY)
    return row


def _begun(base_iri: str) -> str:
    """A file of decisions without rows."""
    prefixes = sorted(converter_of(base_iri).bimap.items())
    head = "".join(f"#  {prefix}: {iri}\n" for prefix, iri in prefixes)
    about = f"#mapping_set_id: {base_iri}decisions\n#license: https://w3id.org/sssom/license/unspecified\n"
    columns = "\t".join((*_WRITTEN, "mapping_date"))
    return f"#curie_map:\n{head}{about}{columns}\n"


def _with_columns(text: str, needed: Iterable[str]) -> str:
    """Add the columns that are missing at the end of the header; the rows there are say nothing in them."""
    missing = [column for column in needed if column not in _columns(text)]
    if not missing:
        return text
    lines = _lines(text)
    at = len(_front(text))
    lines[at] = "\t".join([lines[at].rstrip("\r\n"), *missing]) + "\n"
    return "".join(lines)


def _cells(row: Row, converter: "Converter") -> dict[str, str]:
    orcid = id_of(row.author, converter)
    by_orcid = orcid.startswith("orcid:")
    return {
        "subject_id": id_of(row.subject, converter),
        "subject_label": row.subject_label,
        "predicate_id": f"skos:{row.match}",
        "predicate_modifier": "Not" if row.negated else "",
        "object_id": id_of(row.object, converter),
        "object_label": row.object_label,
        "mapping_justification": f"semapv:{Justification.MANUAL}",
        "author_id": orcid if by_orcid else "",
        "author_label": "" if by_orcid else row.author,
        "confidence": f"{row.confidence:g}",
        "comment": row.comment,
    }
