"""Tables of concepts, CSV or TSV: one row each, columns told by their usual headings, several values split by "|"."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from kg.errors import InputError
from kg.records import Kind
from kg.text import printable, slug
from kg.vocabulary.formats.found import Found
from kg.vocabulary.formats.lines import text_lines
from kg.vocabulary.iris import PREFIXES, concept_iri, exact_iri, match_iri

__all__ = ["columns_of", "read_table", "rows_of"]

_HEADINGS: Final = {
    "id": "id iri uri curie identifier code termid termiri conceptid concepturi classid",
    "label": "label name term title preflabel preferredlabel preferredname preferredterm",
    "labels": "labels names synonym synonyms exactsynonym exactsynonyms altlabel altlabels alternativelabel "
    "alternativelabels alias aliases",
    "broader": "broader parent parents parentid parentids isa subclassof",
    "exact": "exact exactmatch exactmatches sameas equivalent equivalents",
    "close": "close closematch closematches xref xrefs dbxref dbxrefs otherxrefs crossreferences",
    "kind": "kind type",
    "obsolete": "obsolete deprecated isobsolete",
}
"""What stands in a column, and the headings that say so, in small letters without signs and gaps."""

_COLUMNS: Final = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}
_YES: Final = frozenset({"1", "true", "yes"})
_KINDS: Final = {kind.value.lower(): kind for kind in Kind}
_FIELD_LIMIT = 1 << 20
_EMPTY: Final = ","
"""A row without values, at the end of a file that has none."""
_Columns = Sequence[tuple[str, str]]


def read_table(path: Path, base: str, left_out: Counter[str]) -> Iterator[Found]:
    """Read the rows of a table; see `Reader`. Without a column of ids, the label makes the id."""
    rows = rows_of(path)
    first, heading = next(rows, (1, []))
    columns = columns_of(heading)
    if "label" not in {column for column, _ in columns}:
        wanted = f"name one of the columns {_HEADINGS['label'].replace(' ', ', ')}"
        among = f" among {', '.join(heading)}" if heading else ""
        raise InputError(f"{path}:{first}", f"no column of labels{among}", wanted)
    for line, row in rows:
        if len(row) > len(columns):
            reason = f"{len(row)} values under {len(columns)} headings"
            raise InputError(f"{path}:{line}", reason, "put quotes around values that hold the separator")
        values = _values(columns, row)
        if any(one.lower() in _YES for one in values["obsolete"]):
            left_out["obsolete concepts"] += 1
        elif not values["label"]:
            left_out["concepts without a name"] += 1
        else:
            yield _found(values, base, f"{path}:{line}", line)


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with the line they end in, the separator told by the first of them.

    Raises:
        InputError: A row is malformed.
    """
    lines = text_lines(path)
    head = [next(lines, _EMPTY)]
    while not head[-1].strip():
        head.append(next(lines, _EMPTY))
    separator = max("\t,;", key=head[-1].count)  # the first of them where a table has one column only
    csv.field_size_limit(_FIELD_LIMIT)
    # A tab-separated file has no quotes but those that stand for themselves, by its registration with IANA.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    reader = csv.reader(chain(head, lines), delimiter=separator, quoting=quoting, strict=True)
    try:
        for row in reader:
            values = [value.strip() for value in row]
            if any(values):
                yield reader.line_num, values
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}", f"not a valid table ({error})", "mend the row") from error


def columns_of(heading: Iterable[str]) -> _Columns:
    """Tell what stands in each column, and the prefix of its ids where its heading is one: "mesh"."""
    forms = [re.sub(r"[\W_]+", "", one.lower()) for one in heading]
    return [("close", form) if form in PREFIXES else (_COLUMNS.get(form, ""), "") for form in forms]


def _values(columns: _Columns, row: Sequence[str]) -> Mapping[str, list[str]]:
    """Put the values of a row under their columns; a label is one, the others are split."""
    values: dict[str, list[str]] = {column: [] for column in _HEADINGS}
    for (column, prefix), value in zip(columns, row, strict=False):  # a short row ends in empty values
        if not column or not value:
            continue
        if column in {"id", "label"}:
            values[column].append(value)
            continue
        parts = [part.strip() for part in value.split("|")]
        values[column] += [f"{prefix}:{part}" if prefix and ":" not in part else part for part in parts if part]
    return values


def _found(values: Mapping[str, list[str]], base: str, place: str, line: int) -> Found:
    label, *more = map(printable, values["label"])
    iri = concept_iri(values["id"][0] if values["id"] else slug(label) or label, base)
    return Found(
        iri,
        label,
        (*more, *map(printable, values["labels"])),
        tuple(concept_iri(one, base) for one in values["broader"]),
        tuple(found for one in values["exact"] if (found := exact_iri(one))),
        tuple(found for one in values["close"] if (found := match_iri(one))),
        _kind(values["kind"], place),
        line,
    )


def _kind(values: Sequence[str], place: str) -> Kind | None:
    if not values:
        return None
    if values[0].lower() not in _KINDS:
        raise InputError(place, f"{values[0]!r} is no kind", f"use one of {', '.join(Kind)}, or leave the column out")
    return _KINDS[values[0].lower()]
