"""Component ``kg_datasets``: named datasets, benchmarks, challenges and cohorts."""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.units import Unit, is_boundary, units_of
from kg.extraction.words import word_set
from kg.records import Kind

__all__ = ["DATASETS", "DatasetFinder", "make_dataset_finder"]

DATASETS: Final = "kg_datasets"
_HEADS: Final = word_set("""dataset benchmark challenge database cohort corpus archive registry repository""")
_JOINERS: Final = frozenset({",", "and", "&", "/", "or", "the", ";"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_LIST, _AFTER_HEAD = 0.75, 0.6
_MOST_IN_LIST = 12


@Language.factory("kg_datasets", assigns=["doc.spans"])
def make_dataset_finder(nlp: Language, name: str) -> "DatasetFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return DatasetFinder()


class DatasetFinder:
    """Marks names before "dataset", each of a list by itself, and names listed after "datasets: A, B"."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates to ``doc.spans``, and return the document."""
        put_candidates(doc, DATASETS, _names(units_of(doc)))
        return doc


def _names(units: list[Unit]) -> Iterator[Candidate]:
    for index, unit in enumerate(units):
        if unit.head in _HEADS:
            yield from _list_before(units, index)
            yield from _list_after(units, index)


def _list_before(units: list[Unit], head: int) -> Iterator[Candidate]:
    """Yield the names of "A, B and C datasets", from the right."""
    last = _over_modifiers(units, head)
    for _ in range(_MOST_IN_LIST):
        first = last
        while first > 0 and not units[first].starts_sentence and _is_name_part(units[first - 1]):
            first -= 1
        if first == last:
            return
        if not _all_plain(units[first:last]):
            yield Candidate(units[first].start, units[last - 1].end, Kind.DATASET, _BEFORE_LIST)
        if units[first].starts_sentence:
            return
        last = _over_brackets(units, first)
        while last > 0 and units[last - 1].low in _JOINERS and not units[last].starts_sentence:
            last -= 1
        if last == first:
            return
        last = _over_brackets(units, last)


def _over_modifiers(units: list[Unit], head: int) -> int:
    """Step over what stands between a name and "dataset": "the PANDA challenge dataset", "X (Y) dataset"."""
    at = head
    while at > 0 and units[at - 1].word and units[at - 1].text.islower() and units[at - 1].head in _DESCRIBED:
        at -= 1
    return _over_brackets(units, at)


_DESCRIBED: Final = word_set("""challenge public benchmark segmentation classification image test training x-ray""")


def _over_brackets(units: list[Unit], at: int) -> int:
    """Step back over "(SF)" or "[1]"."""
    if at > 2 and units[at - 1].low in {")", "]"}:  # noqa: PLR2004 - a name and two brackets
        for back in range(at - 2, max(at - 8, 0), -1):
            if units[back].low in {"(", "["}:
                return back
    return at


def _list_after(units: list[Unit], head: int) -> Iterator[Candidate]:
    """Yield the names of "datasets: A, B, and C", "datasets (A and B)", "datasets such as A"."""
    at = head + 1
    while at < len(units) and units[at].low in {
        ":",
        "(",
        ",",
        "-",
        "\u2014",
        "\u2013",
        "namely",
        "including",
        "such",
        "as",
        "called",
        "named",
        "i",
        ".",
        "e",
        "g",
        "like",
    }:
        at += 1
    if at == head + 1:
        return
    for _ in range(_MOST_IN_LIST):
        first = at
        while at < len(units) and _is_name_part(units[at]) and not units[at].starts_sentence:
            at += 1
        if at == first:
            return
        if not _all_plain(units[first:at]):
            yield Candidate(units[first].start, units[at - 1].end, Kind.DATASET, _AFTER_HEAD)
        behind = at
        while at < len(units) and units[at].low in _JOINERS and not units[at].starts_sentence:
            at += 1
        if at == behind:
            return


def _is_name_part(unit: Unit) -> bool:
    """Tell what may stand in a name: words with a capital, years, numbers after a word."""
    if not unit.word or (is_boundary(unit) and not _YEAR.fullmatch(unit.low)):
        return False
    return any(char.isupper() for char in unit.text) or bool(_YEAR.fullmatch(unit.low))


def _all_plain(units: list[Unit]) -> bool:
    """Tell a run of capitalised common words or bare years, as in a title, from a name."""
    return all(
        _YEAR.fullmatch(unit.low) or (unit.text.istitle() and len(units) == 1 and unit.starts_sentence)
        for unit in units
    )
