"""What the tagger is told about each word beside the word itself: its spelling, and what the rules made of it.

One row of zeros and ones a token. The columns are fixed by `SIGNALS`; a model carries the list it was trained with.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extraction.abbreviations import definitions
from kg.extraction.candidates import candidates
from kg.extraction.passages import Part, passages_of
from kg.extraction.tagger.pieces import Window
from kg.extraction.tokens import is_word
from kg.records import Kind

__all__ = ["GUIDELINES", "RULE_COLUMNS", "SIGNALS", "heard", "signals"]

GUIDELINES: Final = ("kg", "ncbi-disease", "bc5cdr", "tdmsci", "scirex-abstracts")
"""By whose guidelines a text is read: one model learns from corpora that disagree on what a mention is."""

_SHAPES: Final = ("lower", "title", "upper", "mixed", "digits", "alphanumeric", "letter", "sign")
_PARTS: Final = tuple(f"part {part.value}" for part in Part)
_CUES: Final = ("compared", "taken", "repeated")
_SOURCES: Final[Mapping[str, tuple[Kind, ...]]] = MappingProxyType(
    {
        "kg_terms": tuple(Kind),
        "kg_phrases": tuple(Kind),
        "kg_contributions": (Kind.METHOD, Kind.DATASET),
        "kg_datasets": (Kind.DATASET,),
        "kg_names": (Kind.METHOD,),
        "kg_rules": tuple(Kind),
    }
)

_BORDERS: Final = "BI"
_RULES: Final = tuple(
    f"{source} {border}-{kind.value}" for source, kinds in _SOURCES.items() for kind in kinds for border in _BORDERS
)
_FORMS: Final = tuple(f"{form} {border}" for form in ("long form", "short form") for border in _BORDERS)
_GUIDELINE_COLUMNS: Final = tuple(f"guideline {name}" for name in GUIDELINES)

SIGNALS: Final = (*_GUIDELINE_COLUMNS, *_SHAPES, *_PARTS, *_CUES, *_FORMS, *_RULES)
_COLUMN: Final = MappingProxyType({name: at for at, name in enumerate(SIGNALS)})
RULE_COLUMNS: Final = slice(_COLUMN[_RULES[0]], len(SIGNALS))
"""The columns that tell what vocabularies and patterns found."""


def signals(doc: Doc, guideline: str = "kg") -> NDArray[np.float32]:
    """Make the rows of a document that the rules have read: tokens x `SIGNALS`, zeros and ones."""
    rows = np.zeros((len(doc), len(SIGNALS)), dtype=np.float32)
    rows[:, _COLUMN[f"guideline {guideline}"]] = 1
    passages = passages_of(doc)
    seen: dict[str, int] = {}
    for token in doc:
        at = (token.idx, token.idx + len(token))
        rows[token.i, _COLUMN[_shape(token.text)]] = 1
        rows[token.i, _COLUMN[f"part {passages.part(at).value}"]] = 1
        rows[token.i, _COLUMN["compared"]] = passages.is_compared(at)
        rows[token.i, _COLUMN["taken"]] = passages.is_taken(at)
        rows[token.i, _COLUMN["repeated"]] = token.text in seen
        seen[token.text] = token.i
    for name, start, end in _marked(doc):
        rows[start, _COLUMN[name.format("B")]] = 1
        rows[start + 1 : end, _COLUMN[name.format("I")]] = 1
    return rows


def heard(rows: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    """Give each piece of a window the row of its token; start and end signs hear nothing."""
    found: NDArray[np.float32] = rows[window.tokens] * (window.tokens >= 0)[:, None]
    return found.astype(np.float32)


def _marked(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """Yield columns, open for the border, with the places they hold for."""
    for long, short in definitions(doc):
        yield "long form {}", long.start, long.end
        yield "short form {}", short.start, short.end
    for source, kinds in _SOURCES.items():
        for one in candidates(doc, source):
            if one.kind in kinds:
                yield f"{source} {{}}-{one.kind.value}", one.start, one.end


def _shape(word: str) -> str:
    if not is_word(word):
        return "sign"
    if any(char.isdigit() for char in word):
        return "digits" if word.isdigit() else "alphanumeric"
    if word.isupper():
        return "letter" if len(word) == 1 else "upper"
    if word.istitle():
        return "title"
    return "lower" if word.islower() else "mixed"
