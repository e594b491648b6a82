"""Component ``kg_sizes``: how many of what, printed as digits: "1,200 CT scans", "494k pairs", "patients (n = 20)"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import set_findings
from kg.extraction.passages import passages_of
from kg.extraction.words import FUNCTION, NUMBERS, VERBS, word_set
from kg.records import Size

__all__ = ["SizeFinder", "make_size_finder", "read_sizes"]

_COUNTED: Final = word_set(
    """annotations? biops(?:y|ies) cases? cent(?:er|re)s? children class(?:es)? clips? countries datasets?
    exam(?:ination)?s? eyes? frames? hospitals? images? individuals? instances? institutions? lesions? mammograms?
    m[ae]n nodules? pairs? participants? patch(?:es)? patients? people questions? radiographs? radiologists? readers?
    reports? samples? scans? scanners? sections? series sites? slices? slides? species specimens? stud(?:y|ies)
    subjects? triplets? tuples? videos? volumes? wom[ae]n WSIs? X-rays?
    """
)
"""Nouns that are counted whatever their ending; others must be plural."""

_UNCOUNTED: Final = word_set(
    """times folds layers epochs iterations steps stages points percentage seconds minutes hours days weeks months years
    decades milliseconds pixels voxels dimensions channels parameters bits bytes degrees decibels metrics terms ms mins
    secs hrs fps frames-per-second levels parts components modules heads blocks branches scales threads cores GPUs CPUs
    GHz FLOPs GFLOPs MACs tokens neighbors neighbours shots ways ranks grades halves thirds others vs across versus less
    plus yrs losses runs seeds volts repetitions cycles kernels filters hyperparameters contributions challenges
    limitations advantages issues aspects settings scenarios criteria axes dollars USD kbps is was has does as thus
    us its this various towards besides perhaps always pros false positives negatives errors misclassifications
    """
)
_MEASURED = re.compile(r"[GMk]?Hz|[cmkn\u00b5]?m[23]?|[GMTk]B|[mk]?g|[mµ]?L|ml|HU|dB|ms|s|\w+meters?|time")
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_WORD: Final = r"[^\W\d_][\w'-]*(?:/[A-Z][\w-]*)?"
_SIZE = re.compile(
    rf"(?<![\w.,%$^/-])\$?(?P<count>{_NUMBER})(?:\s?(?P<scale>[kKM]|million|billion|thousand)\b)?\+?\$?\s"
    rf"(?P<words>(?:{_WORD}\s){{0,5}}{_WORD})"
)
_MORE = re.compile(rf"(?<![\w.,%$^/-])(?P<counts>(?:{_NUMBER},?\s){{1,5}}and\s)$")
_SAMPLE = re.compile(r"\s\(\$?[nN]\s?=\s?\$?(?P<count>\d{1,3}(?:,\d{3})+|\d+)\$?(?=[),;])")
_AHEAD = re.compile(rf"(?<![\w'-])(?P<words>(?:{_WORD}\s){{0,3}}{_WORD})$")
_IS_COUNTED = re.compile(rf"(?:{'|'.join(sorted(_COUNTED))})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"(?:[A-Z][\w-]*|\b(?:in|since|until|by|during|year|and|to|from|between)|\d)[\s-]$")
_NUMBERED = re.compile(
    r"\b(?:type|grade|stage|phase|task|version|fig(?:ure)?|table|day|level|class|top|rank|step|part)\s$", re.IGNORECASE
)
_NAMED = re.compile(r"\b[A-Z][\w-]*\s$")
_LOOK_BACK: Final = 60
_SHORT: Final = 3
_MOST: Final = 10**15
_SCALES: Final = {"k": 1_000, "K": 1_000, "thousand": 1_000, "M": 10**6, "million": 10**6, "billion": 10**9}
_VAGUE: Final = word_set(
    "additional available different distinct diverse freshly high-quality high-resolution large-scale long new newly "
    "publicly unique"
)


@Language.factory("kg_sizes")
def make_size_finder(nlp: Language, name: str) -> "SizeFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return SizeFinder()


class SizeFinder:
    """Reads a number and the counted noun, up to five words behind it, or ahead of "(n = 20)"."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the sizes to the document's findings, and return it."""
        set_findings(doc, sizes=tuple(dict.fromkeys(read_sizes(passages_of(doc).text))))
        return doc


def read_sizes(text: str) -> Iterator[Size]:
    """Yield the sizes in text order."""
    found = [*_counts(text), *_samples(text)]
    for _, size in sorted(found, key=lambda one: one[0]):
        yield size


def _counts(text: str) -> Iterator[tuple[int, Size]]:
    """Read "1,200 CT scans" and "10, 20 and 30 images", with where each count stands."""
    for match in _SIZE.finditer(text):
        of = _noun(match["words"].split(" "))
        count = _count(match["count"], match["scale"])
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if of is None or count is None or (count > 1 and not _is_many(of)) or _is_name(match, before, of):
            continue
        if listed := _MORE.search(before):
            for one in re.finditer(_NUMBER, listed["counts"]):
                if (more := _count(one[0], match["scale"])) is not None:
                    yield match.start() - len(before) + listed.start() + one.start(), Size(more, of)
        yield match.start("count"), Size(count, of)


def _samples(text: str) -> Iterator[tuple[int, Size]]:
    """Read "healthy controls (n = 20)"."""
    for match in _SAMPLE.finditer(text):
        ahead = _AHEAD.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        words = ahead["words"].split() if ahead else []
        first = max((at + 1 for at, word in enumerate(words) if _is_end(word)), default=0)
        count = _count(match["count"], None)
        if words[first:] and count is not None:
            yield match.start("count"), Size(count, " ".join(words[first:]))


def _is_name(match: re.Match[str], before: str, of: str) -> bool:
    """Tell the number of a name, "ISIC 2018 images", from a count."""
    is_rate = match.string.startswith(" per ", match.start("words") + len(of))
    if is_rate or _NUMBERED.search(before) or (_YEAR.fullmatch(match["count"]) and _DATED.search(before)):
        return True
    is_plain = match["scale"] is None and "," not in match["count"]
    return is_plain and of[0].islower() and bool(_NAMED.search(before))


def _count(printed: str, scale: str | None) -> int | None:
    """Give a whole number, None where it is none, "3.5 images", or more than anybody counts."""
    value = Decimal(printed.replace(",", "")) * _SCALES.get(scale or "", 1)
    return int(value) if value < _MOST and value == int(value) else None


def _noun(words: list[str]) -> str | None:
    """Take the words up to the last counted noun before the phrase ends."""
    last = None
    for at, word in enumerate(words):
        if _is_end(word):
            break
        if _IS_COUNTED.fullmatch(word) or _is_plural(word):
            last = at
        elif last is not None:
            break
    if last is None or words[last] in _UNCOUNTED or words[0] in _UNCOUNTED or _MEASURED.fullmatch(words[0]):
        return None
    first = 0
    while first < last and words[first] in _VAGUE:
        first += 1
    return " ".join(words[first : last + 1])


def _is_end(word: str) -> bool:
    """Tell a word that no counted noun goes over."""
    return word.lower() in FUNCTION | NUMBERS or (word in VERBS and not _IS_COUNTED.fullmatch(word))


def _is_many(of: str) -> bool:
    """Tell whether a noun can stand for several: "datasets", "children", but not "dataset"."""
    return of.endswith(("s", "men", "children", "people"))


def _is_plural(word: str) -> bool:
    return len(word) > _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "ous"))
