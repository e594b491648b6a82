"""Component ``kg_sentences``: where sentences begin; the title, up to the first line end, is one by itself."""

import re

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.words import word_set

__all__ = ["SentenceFinder", "make_sentence_finder"]

_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+|\n+")
_BEGINS = re.compile(r"[\"'\u201c\u2018(\[{\\$]*[^\Wa-z_]")
_LAST_WORD = re.compile(r"[\w.]*$")
_NO_END = word_set(
    """al approx ca cf dr e.g eg eq eqs etc fig figs i.e ie mr mrs ms no nos prof ref refs resp sec st vs w.r.t
    viz"""
)
_LAST_WORD_REACH = 12


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentence_finder(nlp: Language, name: str) -> "SentenceFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return SentenceFinder()


class SentenceFinder:
    """Ends a sentence at a stop before a capital, unless an abbreviation or an initial ends in that stop."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the first token of each sentence, and return the document."""
        begins = _sentence_starts(doc.text)
        marks = np.array([1 if token.idx in begins else -1 for token in doc], dtype=np.int64)
        # all at once: to set one token's mark, spaCy looks at every token
        return doc.from_array(["SENT_START"], marks.astype(np.uint64))  # type: ignore[arg-type]  # one column will do


def _sentence_starts(text: str) -> set[int]:
    title_end = text.find("\n")
    return {0} | {
        end.end()
        for end in _END.finditer(text)
        if end.start() == title_end or (_BEGINS.match(text, end.end()) and _ends_sentence(text, end))
    }


def _ends_sentence(text: str, end: re.Match[str]) -> bool:
    if end[0][0] != ".":
        return True
    before = _LAST_WORD.search(text[max(0, end.start() - _LAST_WORD_REACH) : end.start()])
    word = before[0].lower() if before else ""
    is_initial = len(word) == 1 and word.isalpha() and before is not None and before[0].isupper()
    is_item = word.isdigit() and _starts_item(text, end.start() - len(word))
    return word not in _NO_END and not is_initial and not is_item


def _starts_item(text: str, start: int) -> bool:
    """Tell whether the number at ``start`` opens an item of a list: "1. Data. 2. Methods"."""
    before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
    return before in {"", ".", ":", ";", "\n"}
