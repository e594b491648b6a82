"""The vocabularies made ready for matching: every label under the key that its spellings share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.records import Kind
from kg.text import is_acronym, split_words
from kg.vocabulary import Index, Term, Vocabulary, layered, read_vocabulary, shipped_vocabulary
from kg.vocabulary.labels import label_keys

__all__ = ["Label", "Lexicon", "load_lexicon"]

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
    """Labels by key; the vocabularies that come with `kg` are in memory, added ones on disk.

    Attributes:
        find: Gives the labels with a key.
        begins: Tells whether a longer key begins with this one, so that a search knows when to stop.
        labels: Those in memory, by key.
        terms: All concepts, by IRI.
        digest: That of the vocabulary.
    """

    find: Callable[[str], tuple[Label, ...]]
    begins: Callable[[str], bool]
    labels: Mapping[str, tuple[Label, ...]]
    terms: Mapping[str, Term]
    digest: str

    def words(self, *kinds: Kind) -> frozenset[str]:
        """Every word of the labels in memory of some kinds, folded; an added vocabulary teaches the rules nothing."""
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


def load_lexicon(folder: str | None, added: Iterable[Sequence[str]] = ()) -> Lexicon:
    """Make the vocabularies of a folder ready, or those shipped with `kg`; once in a process.

    Args:
        folder: Of SKOS files.
        added: Path and digest of each compiled vocabulary behind them.

    Raises:
        GraphError: A compiled vocabulary is missing or damaged.
        InputError: A file of the folder is no valid Turtle.
    """
    return _load(folder, tuple((path, digest) for path, digest in added))


@lru_cache(maxsize=4)
def _load(folder: str | None, added: tuple[tuple[str, str], ...]) -> Lexicon:
    vocabulary = shipped_vocabulary() if folder is None else read_vocabulary(Path(folder).glob("*.ttl"))
    if added:
        return _with_added(_load(folder, ()), vocabulary, [Index(Path(path)) for path, _ in added])
    return _compile(vocabulary)


def _compile(vocabulary: Vocabulary) -> Lexicon:
    labels: dict[str, list[Label]] = {}
    for term in vocabulary:
        for name, clear, hidden in _names(term):
            label = _label(term, name, clear=clear, hidden=hidden)
            for key in label_keys(name):
                if all(known.term.iri != term.iri for known in labels.setdefault(key, [])):
                    labels[key].append(label)
    beginnings = {" ".join(words[:end]) for words in map(str.split, labels) for end in range(1, len(words))}
    by_key = {key: tuple(found) for key, found in labels.items()}
    return Lexicon(
        lambda key: by_key.get(key, ()), beginnings.__contains__, by_key, vocabulary.terms, vocabulary.digest
    )


def _with_added(lexicon: Lexicon, vocabulary: Vocabulary, added: Sequence[Index]) -> Lexicon:
    """Put added vocabularies behind a lexicon; what it knows by a key, and of a kind, they do not name otherwise."""
    whole = layered(vocabulary, added)

    @lru_cache(maxsize=1 << 14)
    def find(key: str) -> tuple[Label, ...]:
        labels = lexicon.find(key)
        for place, index in enumerate(added, start=1):
            taken = {label.term.kind for label in labels}
            rows = [(whole.resolved(term, place), name, clear) for term, name, clear in index.labels(key)]
            labels += tuple(
                _label(term, name, clear=clear, hidden=False) for term, name, clear in rows if term.kind not in taken
            )
        return labels

    @lru_cache(maxsize=1 << 14)
    def begins(key: str) -> bool:
        return lexicon.begins(key) or any(index.begins(key) for index in added)

    return Lexicon(find, begins, lexicon.labels, whole.terms, whole.digest)


def _label(term: Term, name: str, *, clear: bool, hidden: bool) -> Label:
    exact = "".join(split_words(name)) if is_acronym(name) else None
    return Label(term, exact, clear, hidden, name.isalpha())


def _names(term: Term) -> Iterator[tuple[str, bool, bool]]:
    """Yield each label of a term: whether it is clear, whether it is hidden."""
    for name in term.ambiguous_labels:
        yield name, False, False
    for name in (term.label, *term.labels):
        if name not in term.ambiguous_labels:
            yield name, True, False
    for name in term.hidden_labels:
        yield name, True, True
