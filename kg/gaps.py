"""What was not understood: the to-do list for a vocabulary.

Two things show where a vocabulary has holes: sentences in which nothing was recognised, and names that were
written as names (ResNet-50, Visual Genome) and yet belong to no entity. Both are read off the text by its looks
alone; nothing is lost by a wrong guess here but a line of a list that people read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

from kg.records import Annotation, Interval, Paper, mentions_of
from kg.text import normal_form, printable

__all__ = ["Gaps", "Sentence", "UnknownName", "find_gaps", "gaps_table"]

_HEADER: Final = ("gap", "name", "papers", "places", "paper", "start", "end", "sentence")

_SENTENCE_END = re.compile(
    r"[.!?\u061f][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[{\\$]*[^\Wa-z_])|[\u3002\uff01\uff1f]+|\n+"
)
_NO_END = re.compile(r"(?:\b(?:al|approx|cf|Drs?|e\.g|Eqs?|Figs?|i\.e|Mrs?|Nos?|Prof|Refs?|Secs?|St|vs)|\b[A-Z])$")
_NO_END_REACH: Final = 8

_LEFT_OUT = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>]+ | \b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[A-Za-z]{2,}
    | \b[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:com|org|io|net|edu|gov)\b\S*
    | \b(?:doi|arXiv|PMID|PMCID):\s*\S+ | \b10\.\d{4,}/\S+ | \bNCT\d+
    | \\(?:cite\w*|ref|label|url)\*?\{[^{}]*\} | \\[A-Za-z]+ | \$[^$\n]{1,200}\$
    | \[\d[\d,;\s\u2013-]*\] | \([^()]{2,200}?,?\s(?:19|20)\d\d[a-z]?\)
    | \b[^\W\d_]+(?:\s(?:and|&)\s[^\W\d_]+)?\s(?:et\sal\b\.?(?:\s\(\d{4}\))?|\((?:19|20)\d\d[a-z]?\))
    | \b(?:Figures?|Figs?\.?|Tables?|Tabs?\.|Equations?|Eqs?\.?|Sections?|Secs?\.|Appendix|Chapter|Refs?\.)\s?\(?\w+
    """,
    re.VERBOSE,
)
"""Addresses, identifiers, LaTeX, citations and what points into a paper."""

_WORD = re.compile(r"[^\W_]+(?:(?:[-\u2010\u2011&@'\u2019+]|(?<=\d)\.(?=\d))[^\W_]+)*\+*")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_GAP = re.compile(r"[^\S\n]+(?:of[^\S\n]+(?:the[^\S\n]+)?)?")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_OPENING: Final = " \t\"'\u201c\u2018([{"
_ANNOUNCES = re.compile(r"[.:!?;\u2022]$|(?:^|[\s(])(?:\d{1,2}|[ivx]{1,4}|[a-h])[).]$")
_REACH: Final = 12

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})[abc]?")


def _word_set(text: str) -> frozenset[str]:
    """Make a set of the words of a text, which is how a long list is best read."""
    return frozenset(text.split())


_UNITS: Final = _word_set(
    """Hz kHz MHz GHz HU Gy mGy cGy kB KB MB GB TB kV kVp mA mAs dB eV keV MeV mL dL IU mIU kPa MPa Pa MBq GBq mSv mW kW
    mM mV nM mmHg cmH2O cm2 cm3 mm2 mm3 GFLOPs MFLOPs FPS SD SE SEM IQR CI CIs log2 log10"""
)
_NO_NAMES: Final = _word_set(
    """background context introduction purpose aim aims objective objectives goal method methods methodology material
    materials design setting settings participant participants patient patients subject subjects intervention
    interventions exposure measurement measurements outcome outcomes measure measures result results finding findings
    discussion conclusion conclusions interpretation significance relevance limitation limitations importance question
    meaning summary keywords funding registration abstract main data sources study statement
    and or not but
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec i we our the url urls http https doi"""
)
"""Labels of structured abstracts, months, and what is capitalised for other reasons; in lower case."""

_SHORTEST: Final = 2
_SHORTEST_MIXED: Final = 3
"""Letters before a digit that make a word in lower case a name: yolov8, not x2."""
_LONG_WORD: Final = 4
_LONGEST_NAME: Final = 8
"""Words; what runs on is a heading."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paper; offsets are those of ``Paper.text``."""

    paper: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class UnknownName:
    """What is written like a name and overlaps no mention.

    Attributes:
        name: Its most frequent spelling; spellings with one normal form are counted as one name.
        papers: How many papers have it.
        places: How often it stands in them.
        example: The sentence it first stands in, of the first paper by id.
        start: Of the name in that paper's text, not of the sentence.
        end: As ``start``.
    """

    name: str
    papers: int
    places: int
    paper: str
    start: int
    end: int
    example: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was not understood.

    Attributes:
        papers: How many were looked at.
        sentences: How many these have, titles counted.
        silent: Those in which no entity is mentioned, by paper id and place.
        names: Those with the most papers first.
    """

    papers: int
    sentences: int
    silent: tuple[Sentence, ...]
    names: tuple[UnknownName, ...]


def find_gaps(records: Iterable[tuple[Paper, Annotation]]) -> Gaps:
    """List what the annotations leave unsaid of the papers' texts; the order they come in changes nothing."""
    papers = sentences = 0
    silent: list[Sentence] = []
    places: dict[str, list[_Place]] = defaultdict(list)
    for paper, annotation in sorted(records, key=lambda record: (record[0].id, record[0].text)):
        papers += 1
        text = paper.text
        told = _marked(text, (place for one in annotation.entities for place in mentions_of(one, text)))
        barred = _marked(text, (match.span() for match in _LEFT_OUT.finditer(text)))
        for start, end in _sentences(text):
            sentences += 1
            sentence = Sentence(paper.id, start, end, text[start:end])
            if 1 not in told[start:end]:
                silent.append(sentence)
            for name in _names(text, (start, end), barred, title=start < len(paper.title)):
                if 1 not in told[slice(*name)]:
                    spelling = text[slice(*name)]
                    places[normal_form(spelling) or spelling].append(_Place(spelling, name, sentence))
    names = sorted(
        (-name.papers, -name.places, form, name) for form, found in places.items() for name in [_unknown(found)]
    )
    return Gaps(papers, sentences, tuple(silent), tuple(name for *_, name in names))


def gaps_table(gaps: Gaps) -> bytes:
    """Write the gaps as TSV with a header, names first; in the row of a name, the offsets are the name's."""
    rows: list[tuple[object, ...]] = [_HEADER]
    rows += [
        ("name", one.name, one.papers, one.places, one.paper, one.start, one.end, one.example) for one in gaps.names
    ]
    rows += [("sentence", "", "", "", one.paper, one.start, one.end, one.text) for one in gaps.silent]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode()


def _cell(value: object) -> str:
    """Make one line of printable characters that a spreadsheet takes for text, not for a formula."""
    line = printable(str(value))
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line


class _Place(NamedTuple):
    spelling: str
    at: Interval
    sentence: Sentence


def _unknown(places: list[_Place]) -> UnknownName:
    spellings = Counter(place.spelling for place in places)
    name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    first = places[0]
    papers = len({place.sentence.paper for place in places})
    return UnknownName(name, papers, len(places), first.sentence.paper, *first.at, first.sentence.text)


def _marked(text: str, places: Iterable[Interval]) -> bytearray:
    """One byte for each character: 1 where some place lies."""
    marks = bytearray(len(text))
    for start, end in places:
        marks[start:end] = b"\1" * (min(end, len(text)) - start)
    return marks


def _sentences(text: str) -> Iterator[Interval]:
    """Cut a text at line ends and at stops before a capital; what holds no letter, or only a label, is none."""
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if match[0][0] != "." or not _NO_END.search(text[max(0, match.start() - _NO_END_REACH) : match.start()])
    ]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        piece = text[start:end]
        words = {word.lower() for word in _WORD.findall(piece)}
        if any(char.isalpha() for char in piece) and not words <= _NO_NAMES:
            before = len(piece) - len(piece.lstrip())
            yield start + before, start + before + len(piece.strip())


class _Look(IntEnum):
    PLAIN = 0
    CAPITAL = 1
    NAME = 2


class _Word(NamedTuple):
    start: int
    end: int
    look: _Look


def _names(text: str, sentence: Interval, barred: bytearray, *, title: bool) -> Iterator[Interval]:
    """Give the runs of words that are written like names."""
    words = [match.span() for match in _WORD.finditer(text, *sentence)]
    long = [text[start:end] for start, end in words[1:] if end - start >= _LONG_WORD]
    if sum(word.isupper() for word in long) * 2 > len(long):
        return  # set in capitals, where nothing tells a name
    in_title_case = title and sum(word[0].isupper() for word in long) * 2 > len(long)
    least = _Look.NAME if in_title_case else _Look.CAPITAL
    found: list[_Word] = []
    label = False
    for start, end in words:
        look = _Look.PLAIN if 1 in barred[start:end] else _look(text[start:end])
        if look is _Look.CAPITAL and (label or _opens(text, sentence[0], start)):
            look = _Look.PLAIN
        label = text[start:end].isupper() and text[start:end].lower() in _NO_NAMES
        if look >= least:
            found.append(_Word(start, end, look))
    yield from _runs(text, found)


def _runs(text: str, words: list[_Word]) -> Iterator[Interval]:
    """Join words with nothing but spaces or "of" between them."""
    at = 0
    while at < len(words):
        last = at
        while last + 1 < len(words) and _GAP.fullmatch(text, words[last].end, words[last + 1].start):
            last += 1
        start, end = words[at].start, words[last].end
        if last - at < _LONGEST_NAME:
            yield start, start + len(_POSSESSIVE.sub("", text[start:end]))
        at = last + 1


def _opens(text: str, sentence: int, start: int) -> bool:
    """Tell whether a capital is due to the place: first in a sentence, after a colon, or in a list."""
    before = text[max(sentence, start - _REACH) : start].rstrip(_OPENING)
    return (not before and start - sentence <= _REACH) or bool(_ANNOUNCES.search(before))


def _look(word: str) -> _Look:
    word = _POSSESSIVE.sub("", word)
    if len(word) < _SHORTEST or word.lower() in _NO_NAMES or _ROMAN.fullmatch(word):
        return _Look.PLAIN
    parts = [part for part in _HYPHEN.split(word) if part]
    if any(map(_is_mixed, parts)) or any(_makes_name(*pair) for pair in pairwise(parts)):
        return _Look.NAME
    capital = word[0].isupper() and len(parts[0]) >= _SHORTEST and len(word) >= _LONG_WORD
    return _Look.CAPITAL if capital else _Look.PLAIN


def _is_mixed(part: str) -> bool:
    """Tell whether capitals, small letters and digits mix as in no plain word: CT, mAP, IoU, ResNet50, yolov8."""
    bare = part.lstrip("0123456789.")
    if bare in _UNITS:
        return False
    letters = sum(char.isalpha() for char in bare)
    numbered = any(char.isdigit() for char in bare) and (bare[0].isupper() or letters >= _SHORTEST_MIXED)
    return numbered or any(char.isupper() for char in bare[1:])


def _makes_name(first: str, second: str) -> bool:
    """Tell whether two parts with a hyphen between make a name: U-Net, Llama-2."""
    return first[0].isupper() and ((len(first) == 1 and second[0].isupper()) or second.isdigit())
