"""Component ``kg_contributions``: the names papers give to what they propose."""

from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.units import Unit, grow_right, units_of
from kg.extraction.words import EVALUATIVE, NUMBERS, word_set
from kg.records import Kind
from kg.spelling import GENERIC_HEADS

__all__ = ["CONTRIBUTIONS", "ContributionFinder", "make_contribution_finder"]

CONTRIBUTIONS: Final = "kg_contributions"
_TITLE, _NAMED, _OBJECT = 0.85, 0.8, 0.6

_PROPOSE = word_set(
    """propose proposes proposed present presents introduce introduces introduced develop develops developed
    design designs designed devise devises"""
)
_MAKE = word_set("""build builds built collect collects collected curate curates curated release releases released
    construct constructs constructed create creates created""")
"""What people do with a dataset; of anything else it says too little."""

_JOINING = word_set("of for in on to with from by via using the a an is are")
_NAMING = word_set("called termed dubbed named coined denoted")
_SKIPPED = (
    word_set("""a an the our new novel as first two three four five simple yet but and also""") | EVALUATIVE | NUMBERS
)
_NEAR = 8
_DATA_HEADS = word_set("dataset benchmark corpus database challenge cohort")


@Language.factory("kg_contributions", assigns=["doc.spans"])
def make_contribution_finder(nlp: Language, name: str) -> "ContributionFinder":  # noqa: ARG001 - asked for
    """Build the component."""
    return ContributionFinder()


class ContributionFinder:
    """Marks "X" in "X: ...", "we propose X" and "a framework called X"; a dataset where that word stands near."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates, noted as proposed, to ``doc.spans``, and return the document."""
        units = units_of(doc)
        found = [*_title_name(units), *_named(units), *_objects(units)]
        put_candidates(doc, CONTRIBUTIONS, found)
        return doc


def _title_name(units: list[Unit]) -> Iterator[Candidate]:
    """Read "X: what it is" off the title, X up to four words."""
    title = units[: next((i for i, unit in enumerate(units) if i and unit.starts_sentence), len(units))]
    colon = next((i for i, unit in enumerate(title) if unit.low == ":"), 0)
    if 0 < colon <= 4 and all(unit.word for unit in title[:colon]) and _is_name(title[:colon]):  # noqa: PLR2004
        kind = Kind.DATASET if any(unit.head in _DATA_HEADS for unit in title[colon:]) else Kind.METHOD
        yield Candidate(title[0].start, title[colon - 1].end, kind, _TITLE, note="proposed")


def _is_name(units: list[Unit]) -> bool:
    """Tell a name from a phrase: one short word, or a capital behind a first letter and no word such as "of"."""
    if any(unit.low in _JOINING for unit in units[1:]):
        return False
    return len(units) == 1 or any(any(char.isupper() for char in unit.text[1:]) for unit in units)


def _named(units: list[Unit]) -> Iterator[Candidate]:
    """Read what follows "called", "termed", "dubbed"."""
    for index, unit in enumerate(units[:-1]):
        if unit.low in _NAMING:
            first = _content(units, index + 1)
            last = grow_right(units, first)
            if first < last:
                kind = Kind.DATASET if _has_data_head(units[max(0, index - _NEAR) : index]) else Kind.METHOD
                yield Candidate(units[first].start, units[last - 1].end, kind, _NAMED, note="proposed")


def _objects(units: list[Unit]) -> Iterator[Candidate]:
    """Read the object of "we propose"; generic heads at its end are cut."""
    for index, unit in enumerate(units[:-1]):
        if unit.low not in _PROPOSE | _MAKE:
            continue
        first = _content(units, index + 1)
        last = grow_right(units, first)
        while last > first and units[last - 1].head in GENERIC_HEADS:
            last -= 1
        if first < last and not (
            last - first == 1 and units[first].low == units[first].text and "-" not in units[first].low
        ):
            is_data = (
                _is_name(units[first:last])
                and last < len(units)
                and units[last].low == ","
                and _has_data_head(units[last : last + _NEAR])
            )
            if is_data or unit.low in _PROPOSE:
                kind = Kind.DATASET if is_data else Kind.METHOD
                yield Candidate(units[first].start, units[last - 1].end, kind, _OBJECT, note="proposed")


def _has_data_head(units: list[Unit]) -> bool:
    """Tell whether "dataset" or the like stands there, before "on" or "from" tells of another one."""
    heads = [unit.head for unit in units if unit.head in _DATA_HEADS or unit.low in {"on", "from", "."}]
    return bool(heads) and heads[0] in _DATA_HEADS


def _content(units: list[Unit], index: int) -> int:
    while index < len(units) and (units[index].low in _SKIPPED or units[index].low in "\"'\u201c\u2018"):
        index += 1
    return index
