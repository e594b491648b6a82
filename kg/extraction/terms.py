"""Component ``kg_terms``: names of the vocabularies, whatever their case, hyphens and plurals."""

from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.abbreviations import definitions
from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.lexicon import Label, Lexicon, load_lexicon
from kg.extraction.tokens import plain_words
from kg.extraction.words import word_set
from kg.text import GAPS, split_words
from kg.vocabulary.keys import fold_word

__all__ = ["TERMS", "TermFinder", "make_term_finder"]

TERMS: Final = "kg_terms"
_CARRIERS: Final = word_set("scan volume slice examination mechanism strategy technique")
_CLEAR, _HIDDEN, _AMBIGUOUS = 0.9, 0.8, 0.85


@Language.factory(
    "kg_terms", default_config={"vocabulary": None, "added": []}, assigns=["doc.spans"], requires=["doc.spans"]
)
def make_term_finder(
    nlp: Language,  # noqa: ARG001 - asked for by spaCy
    name: str,  # noqa: ARG001 - as above
    vocabulary: str | None,
    added: list[list[str]],
) -> "TermFinder":
    """Build the component; see `load_lexicon` for what the settings mean."""
    return TermFinder(load_lexicon(vocabulary, added))


class TermFinder:
    """Marks every place that a label of the lexicon fits, nested ones too; the decision is made later.

    An ambiguous label counts where the text names the term otherwise, and no label counts as what it names
    where the text defines the same letters as something else.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates to ``doc.spans``, and return the document."""
        found = _without_carriers(doc, list(self._matches(doc)))
        clear = {label.term.iri for _, _, label in found if label.clear}
        other = self._defined_otherwise(doc)
        put_candidates(
            doc,
            TERMS,
            [
                Candidate(start, end, label.term.kind, _score(label), label.term.iri)
                for start, end, label in found
                if label.term.iri in clear and (doc[start:end].text.removesuffix("s"), label.term.iri) not in other
            ],
        )
        return doc

    def _matches(self, doc: Doc) -> Iterator[tuple[int, int, Label]]:
        words = plain_words(doc)
        places = [place for place, word in enumerate(words) if word not in GAPS and not word.isspace()]
        keys = [fold_word(words[place]) for place in places]
        for first, start in enumerate(places):
            key, last = keys[first], first
            while True:
                for label in self.lexicon.find(key):
                    end = places[last] + 1
                    if label.allows("".join(words[place] for place in places[first : last + 1])):
                        yield start, end, label
                last += 1
                if not self.lexicon.begins(key) or last == len(places) or doc[places[last]].is_sent_start:
                    break
                key = f"{key} {keys[last]}"

    def _defined_otherwise(self, doc: Doc) -> set[tuple[str, str]]:
        """Pairs of a short form and a term that it does not stand for in this text."""
        other = set()
        for long, short in definitions(doc):
            letters = short.text.removesuffix("s")
            meant = self._terms_within(long)
            for label in self.lexicon.find(" ".join(map(fold_word, split_words(letters)))):
                if label.term.iri not in meant:
                    other.add((letters, label.term.iri))
        return other

    def _terms_within(self, long: Span) -> set[str]:
        keys = [fold_word(word) for word in split_words(long.text)]
        return {
            label.term.iri
            for start in range(len(keys))
            for end in range(start + 1, len(keys) + 1)
            for label in self.lexicon.find(" ".join(keys[start:end]))
        }


def _without_carriers(doc: Doc, found: list[tuple[int, int, Label]]) -> list[tuple[int, int, Label]]:
    """Leave out "CT scans" where "CT" names the same: the shortest name that identifies is enough."""
    places = {(start, end, label.term.iri) for start, end, label in found}
    return [
        (start, end, label)
        for start, end, label in found
        if (start, end - 1, label.term.iri) not in places or fold_word(doc[end - 1].text) not in _CARRIERS
    ]


def _score(label: Label) -> float:
    if label.hidden:
        return _HIDDEN
    return _CLEAR if label.clear else _AMBIGUOUS
