"""Gold as it lies on disk: annotations of our own shape, and public corpora of texts with spans or tags."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

import msgspec

from kg.errors import InputError, RecordError, UnknownNameError, UsageError
from kg.evaluation.mentions import Span
from kg.evaluation.tags import read_tagged
from kg.readers import Source
from kg.readers.finding import find_sources
from kg.records import Annotation, Entity, Kind, Paper, decode_annotation

__all__ = [
    "GoldFormat",
    "MarkedText",
    "entities_of",
    "format_of",
    "label_map",
    "one_source",
    "paper_of",
    "read_annotations",
    "read_marked",
    "stream_annotations",
]

_TITLE_END = re.compile(r"(?<=[.?])\s")


class GoldFormat(Enum):
    """What a file of gold holds."""

    ANNOTATIONS = auto()
    SPANS = auto()
    TAGS = auto()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text of a corpus, made a paper, with what its annotators marked."""

    paper: Paper
    spans: frozenset[Span]


class _Record(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    spans: list[Span]


def one_source(typed: str) -> Source:
    """Find the one file, or standard input, that a user names.

    Raises:
        InputError: It does not exist, or is more than one file.
    """
    sources = find_sources([typed])
    if len(sources) != 1:
        raise InputError(typed, f"is {len(sources)} files", "give one file")
    return sources[0]


def format_of(source: Source) -> GoldFormat:
    """Tell what a file of gold holds by its first record.

    Raises:
        InputError: It cannot be opened, or is empty or binary.
    """
    start = source.start().lstrip()
    if not start.startswith(("{", "[")):
        return GoldFormat.TAGS
    # A first record longer than what is read at the start is no JSON, and the key must do.
    try:
        first = json.loads(start.partition("\n")[0])
    except ValueError:
        return GoldFormat.SPANS if re.search(r'"spans"\s*:\s*\[', start) else GoldFormat.ANNOTATIONS
    return GoldFormat.SPANS if isinstance(first, dict) and "spans" in first else GoldFormat.ANNOTATIONS


def read_annotations(source: Source) -> dict[str, Annotation]:
    """Read annotations by the id of their paper.

    Raises:
        InputError: A line is no annotation, a paper stands twice, or there is none at all.
    """
    return {annotation.id: annotation for annotation in stream_annotations(source)}


def stream_annotations(source: Source, on_bad: Callable[[InputError], None] | None = None) -> Iterator[Annotation]:
    """Yield annotations in the order they stand.

    Args:
        source: One annotation a line.
        on_bad: Told of a line that is none, which is then left out; by default it stops the work.

    Raises:
        InputError: A line is no annotation, a paper stands twice, or there is none at all.
    """
    seen: set[str] = set()
    for place, line in _lines(source):
        try:
            yield _annotation(place, line, seen)
        except InputError as error:
            if on_bad is None:
                raise
            on_bad(error)
    if not seen:
        raise InputError(source.place, "holds no annotation", "give a file of annotations, one a line")


def _annotation(place: str, line: str, seen: set[str]) -> Annotation:
    try:
        annotation = decode_annotation(line)
    except RecordError as error:
        raise InputError(place, str(error), "give one whole annotation a line, as kg extract prints it") from error
    if "title" in annotation.extra and '"entities"' not in line:
        raise InputError(place, "a paper, and no annotation", "give annotations, one a line, as kg extract prints them")
    if annotation.id in seen:
        raise InputError(place, f"the paper {annotation.id!r} stands twice", "keep one of its annotations")
    seen.add(annotation.id)
    return annotation


def read_marked(source: Source) -> list[MarkedText]:
    """Read a corpus: records with ``id``, ``text`` and ``spans``, or a token and its tag a line.

    Raises:
        InputError: A line has another shape, a text stands twice, or there is none at all.
    """
    is_tagged = format_of(source) is GoldFormat.TAGS
    texts = _tagged(source) if is_tagged else _spans(source)
    made: dict[str, MarkedText] = {}
    for place, text in texts:
        if text.paper.id in made:
            raise InputError(place, f"the text {text.paper.id!r} stands twice", "give each text an id of its own")
        made[text.paper.id] = text
    if not made:
        raise InputError(source.place, "holds no text", "give a corpus of texts with spans, or of tagged tokens")
    return list(made.values())


def papers_of(
    gold: Mapping[str, Annotation], papers: Iterable[Paper], gold_place: str, texts_place: str
) -> list[Paper]:
    """Pick the papers that have gold, in the order of their reading.

    Raises:
        InputError: One is not among the papers.
    """
    found = [paper for paper in papers if paper.id in gold]
    lacking = sorted(gold.keys() - {paper.id for paper in found})
    if lacking:
        reason = f"{len(lacking)} of {len(gold)} papers are not in {texts_place}, such as {lacking[0]!r}"
        raise InputError(gold_place, reason, "give the texts that were annotated, with the same ids")
    return found


def entities_of(
    annotations: Mapping[str, Annotation], papers: Iterable[Paper], place: str, on_bad: Callable[[InputError], None]
) -> dict[str, tuple[Entity, ...]]:
    """Give the entities that annotations have for each paper, by id.

    The error of a paper that has no annotation, or one that was made of another text, goes to ``on_bad``.
    """
    made = {}
    for paper in papers:
        annotation = annotations.get(paper.id)
        if annotation is None:
            remedy = "annotate it, or leave such papers out with --skip-bad"
            on_bad(InputError(place, f"has no entities for the paper {paper.id!r}", remedy))
        elif reason := next(filter(None, (_misplaced(one, paper.text) for one in annotation.entities)), ""):
            on_bad(InputError(place, f"paper {paper.id!r}: {reason}", "give the annotations of just this text"))
        else:
            made[paper.id] = annotation.entities
    return made


def _misplaced(entity: Entity, text: str) -> str:
    """Tell which mention of an entity the text does not hold; empty if there is none."""
    for start, end in entity.mentions:
        if not 0 <= start < end <= len(text):
            return f"the mention [{start}, {end}] of {entity.name!r} lies outside its text"
        if entity.surfaces and text[start:end] not in entity.surfaces:
            return f"the text at [{start}, {end}] is {text[start:end]!r}, no surface of {entity.name!r}"
    return ""


def paper_of(name: str, text: str) -> Paper:
    r"""Make a paper of a text: its title ends at the first line break, else with the first sentence.

    One white space is what ``Paper.text`` has between title and abstract, so every offset stays true; a text
    without such a place is a title.

    >>> paper_of("1", "Stones. We count them. Twice.").text
    'Stones.\nWe count them. Twice.'
    """
    line, found, rest = text.partition("\n")
    if found:
        return Paper(name, line, rest)
    end = _TITLE_END.search(text)
    return Paper(name, text[: end.start()], text[end.end() :]) if end else Paper(name, text, "")


def label_map(given: Mapping[str, Kind], texts: Iterable[MarkedText], place: str) -> Mapping[str, Kind]:
    """Check which label of a corpus stands for which kind; by default a label that is a kind's name does.

    Raises:
        UnknownNameError: The corpus has no such label.
        UsageError: No label stands for a kind.
    """
    known = {label for text in texts for _, _, label in text.spans}
    kinds = {kind.value: kind for kind in Kind}
    for label in given:
        if label not in known:
            raise UnknownNameError(f"label of {place}", label, known)
    made = dict(given) or {label: kinds[label] for label in sorted(known & kinds.keys())}
    if not made:
        labels = ", ".join(sorted(known)) or "none"
        raise UsageError(
            f"{place}: no label is a kind's name (labels: {labels}); say what one stands for: --map LABEL=KIND"
        )
    return made


def _lines(source: Source) -> Iterator[tuple[str, str]]:
    def refuse(error: InputError) -> None:
        raise error

    return ((f"{source.place}:{number}", line) for number, line in source.lines(refuse) if line.strip())


def _spans(source: Source) -> Iterator[tuple[str, MarkedText]]:
    for place, line in _lines(source):
        try:
            record = msgspec.json.decode(line, type=_Record)
        except msgspec.MsgspecError as error:
            raise InputError(place, str(error), "give an object with id, text and spans a line") from error
        for span in record.spans:
            if not 0 <= span[0] < span[1] <= len(record.text):
                reason = f"the span {list(span)} is not in the text of {len(record.text)} characters"
                raise InputError(place, reason, "count characters from 0, and give the end behind the last")
        yield place, MarkedText(paper_of(str(record.id), record.text), frozenset(record.spans))


def _tagged(source: Source) -> Iterator[tuple[str, MarkedText]]:
    for number, sentence in enumerate(read_tagged(source), start=1):
        text = paper_of(f"sentence-{number}", sentence.text)
        yield sentence.place, MarkedText(text, frozenset(sentence.spans))
