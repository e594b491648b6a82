"""SSSOM mappings (https://mapping-commons.github.io/sssom/), read by `sssom-pydantic`.

A subject becomes a concept, under its label and those of its exact matches. What else is mapped says too little.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.faults import first_fault
from kg.text import printable
from kg.vocabulary.formats.found import Found
from kg.vocabulary.formats.lines import text_lines

if TYPE_CHECKING:
    from curies import Converter, Reference
    from sssom_pydantic import SemanticMapping

__all__ = ["read_sssom"]

_EXACT: Final = frozenset({"skos:exactMatch", "owl:equivalentClass", "owl:sameAs"})


def read_sssom(path: Path, base: str, left_out: Counter[str]) -> Iterator[Found]:
    """Read the subjects of a mapping file; see `Reader`."""
    subjects: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for mapping, converter in _mappings(path, base):
        names, matches = subjects.setdefault(_iri(mapping.subject, converter), ({}, {}))
        ends = [mapping.subject]
        if mapping.predicate.curie in _EXACT and mapping.predicate_modifier is None:
            ends.append(mapping.object)
            matches[_iri(mapping.object, converter)] = None
        else:
            left_out["mappings that are not exact"] += 1
        names |= dict.fromkeys(name for end in ends if (name := printable(getattr(end, "name", None) or "")))
    for iri, (names, matches) in subjects.items():
        if names:
            label, *labels = names
            yield Found(iri, label, tuple(labels), exact=tuple(matches))
        else:
            left_out["concepts without a name"] += 1


def _mappings(path: Path, base: str) -> Iterator[tuple["SemanticMapping", "Converter"]]:
    from sssom_pydantic import SemanticMapping, read_iterable  # noqa: PLC0415 - only who adds such a file needs it

    # The library insists on an id of the mapping set, which files often lack. One more line at the head also makes
    # right how it counts lines: it forgets the one of the headings.
    from yaml import YAMLError  # noqa: PLC0415 - comes with it

    file = StringIO("".join([f"#mapping_set_id: {base}\n", *text_lines(path)]), newline="")
    try:
        with read_iterable(file) as read:
            for one in read.mappings:
                if not isinstance(one, SemanticMapping):
                    reason = f"not a valid mapping ({first_fault(one.exception)})"
                    raise InputError(f"{path}:{one.line_number}", reason, "mend the row")
                yield one, read.converter
    except (ValueError, TypeError, AttributeError, KeyError, csv.Error, YAMLError) as error:
        reason = f"not valid SSSOM ({first_fault(error)})"
        raise InputError(str(path), reason, "mend its head: lines that start with #, then the headings") from error


def _iri(end: "Reference", converter: "Converter") -> str:
    return converter.expand_reference(end, strict=True)
