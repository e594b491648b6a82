"""The vocabularies made ready for matching: every label under the key that its spellings share."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.extraction.tokens import split_words
from kg.records import Kind
from kg.text import is_acronym
from kg.vocabulary import Term, Vocabulary, read_vocabulary, shipped_vocabulary
from kg.vocabulary.keys import fold_word

__all__ = ["Label", "Lexicon", "load_lexicon"]

_LETTERS_DIGITS = re.compile(r"(?<=[a-z][a-z]) ?(?=\d+\b)")
_SAFE_ANY_CASE = 4
_SAFE_SMALL = 6


@dataclass(frozen=True, slots=True)
class Label:
    """One name of one term.

    Attributes:
        exact: The letters as they must stand, gaps left out; None where case does not matter.
        clear: False for a label that counts only beside another name of the term.
        hidden: Whether it names the term without being a name to print.
        plain: Whether it is nothing but letters, as a word is.
    """

    term: Term
    exact: str | None
    clear: bool
    hidden: bool
    plain: bool

    def allows(self, written: str) -> bool:
        """Tell whether the label may be written so, gaps left out.

        A longer acronym may differ in case while it still looks like one: "pSNR", "RESNET", but not "Drive"; a
        name in mixed case may be all small only where it is no word by chance: "u-net", "resnet", not "grasp".
        """
        if self.exact is None or written in (self.exact, self.exact + "s"):
            return True
        same = written.casefold().removesuffix("s") == self.exact.casefold().removesuffix("s")
        if not same or len(written) < _SAFE_ANY_CASE:
            return False
        return is_acronym(written) or (not self.exact.isupper() and (not self.plain or len(written) >= _SAFE_SMALL))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Labels by key, and every beginning of a key, so that a search knows when to stop.

    Attributes:
        digest: That of the vocabulary.
    """

    labels: Mapping[str, tuple[Label, ...]]
    beginnings: frozenset[str]
    terms: Mapping[str, Term]
    digest: str

    def words(self, *kinds: Kind) -> frozenset[str]:
        """Every word of the labels of some kinds, folded."""
        return frozenset(
            word
            for key, labels in self.labels.items()
            if any(label.term.kind in kinds for label in labels)
            for word in key.split()
        )

    def above(self, iri: str) -> frozenset[str]:
        """All concepts above one; an unknown one has none."""
        known: set[str] = set()
        queue = [iri]
        while queue:
            term = self.terms.get(queue.pop())
            new = set(term.broader) - known if term else set()
            known |= new
            queue += sorted(new)
        return frozenset(known)


@lru_cache(maxsize=4)
def load_lexicon(folder: str | None) -> Lexicon:
    """Compile the vocabularies of a folder, or those shipped with `kg`; once in a process."""
    if folder is None:
        return _compile(shipped_vocabulary())
    return _compile(read_vocabulary(Path(folder).glob("*.ttl")))


def _compile(vocabulary: Vocabulary) -> Lexicon:
    labels: dict[str, list[Label]] = {}
    for term in vocabulary:
        for name, clear, hidden in _names(term):
            exact = "".join(split_words(name)) if is_acronym(name) else None
            label = Label(term, exact, clear, hidden, name.isalpha())
            for key in _keys(name):
                if all(known.term.iri != term.iri for known in labels.setdefault(key, [])):
                    labels[key].append(label)
    beginnings = {" ".join(words[:end]) for words in map(str.split, labels) for end in range(1, len(words))}
    return Lexicon(
        {key: tuple(found) for key, found in labels.items()}, frozenset(beginnings), vocabulary.terms, vocabulary.digest
    )


def _names(term: Term) -> Iterator[tuple[str, bool, bool]]:
    """Yield each label of a term: whether it is clear, whether it is hidden."""
    for name in term.ambiguous_labels:
        yield name, False, False
    for name in (term.label, *term.labels):
        if name not in term.ambiguous_labels:
            yield name, True, False
    for name in term.hidden_labels:
        yield name, True, True


def _keys(name: str) -> set[str]:
    """Make the keys of a name: "U-Net" is "u net" and "unet", "ResNet-50" also "resnet50"."""
    key = " ".join(fold_word(word) for word in split_words(name))
    joined = " ".join(
        fold_word(re.sub(r"[-\u2010\u2011\u2013]", "", part)) for part in name.split() if re.sub(r"\W", "", part)
    )
    keys = {key, " ".join(map(fold_word, split_words(joined)))}
    return {form for one in keys for form in (one, _LETTERS_DIGITS.sub("", one), _LETTERS_DIGITS.sub(" ", one))} - {""}
