"""The stages put together: papers in, annotations or a graph on disk out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg import __version__
from kg.concepts import Linking
from kg.errors import GraphError, UsageError
from kg.ledger import Decision, parse_decisions
from kg.linking import link
from kg.mapping import Iris, Run, aggregate_quads, by_subject, paper_quads, referred_to, statements_of
from kg.namespaces import DATA_IRI
from kg.rdf import NamedNode, Quad, Term
from kg.records import Annotation, Entity, Paper
from kg.settings import Settings
from kg.store import GraphDirectory, Manifest
from kg.store.validation import validate
from kg.vocabulary import AddedVocabularies, Index, Vocabulary, layered, shipped_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language  # spaCy is loaded when the first text is read

__all__ = [
    "BuildReport",
    "added_vocabularies",
    "annotate",
    "build",
    "linked",
    "mark",
    "read_decisions",
    "relink",
    "vocabulary_of",
]

_VALIDATED_AT_ONCE = 50_000
"""Quads in one call of the validator, so that memory does not grow with the number of papers."""

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s<>\"{}|\\^`]+[/#]")

Progress = Callable[[Iterable[Annotation], int], Iterable[Annotation]]
"""Passes annotations on as they are made and shows how many of the total there are."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        added: Papers that were not in the graph.
        changed: Papers that were in the graph with another content.
        again: Papers that were in the graph as they are, and were read again since what reads them has changed.
        papers: In the graph now.
        concepts: In the graph now.
    """

    added: int
    changed: int
    again: int
    papers: int
    concepts: int


def annotate(
    papers: Sequence[Paper],
    *,
    given: Mapping[str, Sequence[Entity]] | None = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int = 1,
    progress: Progress = lambda made, _: made,
) -> Iterator[Annotation]:
    """Extract from each paper, in the order given; the number of processes changes nothing but the time.

    Args:
        papers: Any number.
        given: Entities by paper id, taken in place of those that would be found; a paper it lacks has none.
        settings: What reads the texts.
        workers: Number of processes that extract.
        progress: Sees each annotation made.

    Raises:
        ModelError: The model is missing or damaged.
        UsageError: The settings contradict one another.
    """
    read = partial(_annotate_one, settings)
    entities = [given.get(paper.id, ()) if given is not None else None for paper in papers]
    if workers <= 1 or len(papers) <= 1:
        yield from progress(map(read, papers, entities), len(papers))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(32, len(papers) // (4 * workers)))
        yield from progress(pool.map(read, papers, entities, chunksize=chunk), len(papers))


def mark(paper: Paper, guideline: str, *, settings: Settings = Settings()) -> list[tuple[int, int, str]]:  # noqa: B008
    """Give the mentions of a paper as the guideline of a corpus would have them: start, end, label.

    Raises:
        ModelError: The model is missing or damaged.
        UnknownNameError: The model knows no such guideline.
        UsageError: The settings leave no model that knows guidelines.
    """
    from kg.extraction import mark as mark_text  # noqa: PLC0415 - spaCy is loaded when the first text is read

    return mark_text(_pipeline(settings), paper, guideline)


def build(
    papers: Iterable[Paper],
    directory: GraphDirectory,
    *,
    base_iri: str | None = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int = 1,
    progress: Progress = lambda made, _: made,
) -> BuildReport:
    """Add papers to a graph: same content is left, changed content under the same key or id replaces it.

    The graph is what building all its papers at once would give, whatever the order they came in.

    Args:
        papers: Each once.
        directory: Where the graph is, or shall be.
        base_iri: Of papers and new concepts; by default the graph's, else `DATA_IRI`.
        settings: What reads the texts; a graph that others read is read again.
        workers: Number of processes that extract.
        progress: Sees each annotation made.

    Raises:
        UsageError: The base IRI is none, or the settings contradict one another.
        ModelError: The model is missing or damaged.
        InputError: The graph's decisions are malformed, contradict each other, or are about something unknown.
        GraphError: The directory holds a damaged graph, or the new graph would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    if base_iri is not None:
        _check_base(base_iri)
    with directory.locked():
        former = directory.manifest()
        own = list(AddedVocabularies(directory.vocabularies))
        settings = replace(settings, vocabularies=_told(own))
        vocabulary = layered(shipped_vocabulary(), own)
        run = _run(settings, vocabulary)
        manifest = Manifest(_digest(run), base_iri or (former.base_iri if former else DATA_IRI), asdict(run))
        told = directory.decisions()
        decisions = read_decisions(directory, told, manifest.base_iri)
        known = {paper.key: (paper, annotation) for paper, annotation in directory.records()}
        merged, added, changed = _merge([paper for paper, _ in known.values()], papers)
        same_run = former is not None and former.run == manifest.run
        old = {key for key, paper in merged.items() if same_run and key in known and known[key][0] == paper}
        fresh = [paper for key, paper in sorted(merged.items()) if key not in old]
        made = {
            paper.key: one
            for paper, one in zip(
                fresh, annotate(fresh, settings=settings, workers=workers, progress=progress), strict=True
            )
        }
        records = [(merged[key], known[key][1] if key in old else made[key]) for key in sorted(merged)]
        linking = link((annotation for _, annotation in records), vocabulary, manifest.base_iri, decisions)
        again = manifest != former or told != directory.decisions(settled=True)
        if fresh or merged.keys() != known.keys() or again:
            quads = _quads(records, linking, run, Iris(manifest.base_iri), written=set(made))
            directory.replace(records, quads, manifest, decisions=told)
    return BuildReport(added, changed, len(fresh) - added - changed, len(records), len(linking.concepts))


def added_vocabularies(path: Path) -> tuple[tuple[str, str], ...]:
    """Give the vocabularies that were added to a graph as `Settings` take them.

    Raises:
        UsageError: There is no graph directory here.
        GraphError: A vocabulary is damaged.
    """
    if not path.is_dir():
        raise UsageError(f"{path}: no graph directory, whose vocabularies could be used; check the path")
    return _told(AddedVocabularies(GraphDirectory(path).vocabularies))


def _told(vocabularies: Iterable[Index]) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.path), one.digest) for one in vocabularies)


def vocabulary_of(directory: GraphDirectory) -> Vocabulary:
    """Give the vocabulary that a graph was built with: what comes with `kg`, and what was added to the graph.

    Raises:
        GraphError: There is no graph, it is damaged, or one of the vocabularies has changed since.
    """
    vocabulary = layered(shipped_vocabulary(), AddedVocabularies(directory.vocabularies))
    if directory.built().made_by.get("vocabulary") != vocabulary.digest:
        remedy = f"build it anew first: kg build INPUT -g {directory.path}"
        raise GraphError(f"{directory.path}: the vocabularies have changed since the graph was built; {remedy}")
    return vocabulary


def linked(directory: GraphDirectory) -> Linking:
    """Link the papers of a graph as it was linked when it was built.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    manifest = directory.built()
    decisions = read_decisions(directory, directory.decisions(settled=True), manifest.base_iri)
    annotations = (annotation for _, annotation in directory.records())
    return link(annotations, vocabulary_of(directory), manifest.base_iri, decisions)


def relink(directory: GraphDirectory, told: bytes, former: Linking) -> Linking:
    """Link the papers of a graph anew under other decisions, whole or not at all; no text is read.

    Args:
        directory: Locked.
        told: Decisions in SSSOM, which take the place of those in the directory.
        former: How they are linked now (`linked`).

    Raises:
        InputError: The decisions are malformed, contradict each other, or are about something unknown.
        GraphError: There is no graph, it is damaged, or the new one would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    manifest = directory.built()
    records = list(directory.records())
    decisions = read_decisions(directory, told, manifest.base_iri)
    annotations = (annotation for _, annotation in records)
    linking = link(annotations, vocabulary_of(directory), manifest.base_iri, decisions)
    moved = {paper for (paper, _), iri in linking.iris.items() if former.concepts.get(iri) != linking.concepts[iri]}
    written = {paper.key for paper, _ in records if paper.id in moved}
    quads = _quads(records, linking, msgspec.convert(manifest.made_by, Run), Iris(manifest.base_iri), written=written)
    directory.replace(records, quads, manifest, decisions=told, decided=True)
    return linking


def read_decisions(directory: GraphDirectory, told: bytes, base_iri: str) -> list[Decision]:
    """Read decisions; those that the graph was built with before stay good whatever papers are gone.

    Raises:
        InputError: They are malformed, or contradict each other.
    """
    former = parse_decisions(directory.decisions(settled=True), directory.decisions_path, base_iri)
    settled = {one.row.claim for one in former}
    decisions = parse_decisions(told, directory.decisions_path, base_iri)
    return [replace(one, settled=one.row.claim in settled) for one in decisions]


def _check_base(base_iri: str) -> None:
    try:
        NamedNode(base_iri)
        valid = _BASE_IRI.fullmatch(base_iri) is not None
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"{base_iri}: no absolute IRI that ends in / or #; give one such as https://lab.example/kg/")


def _merge(known: Iterable[Paper], papers: Iterable[Paper]) -> tuple[dict[str, Paper], int, int]:
    """Put new papers over those known, and count the added and the changed; key, id and identifiers stay unique."""
    merged = {paper.key: paper for paper in known}
    keys = {name: key for key, paper in merged.items() for name in _names(paper)}
    added = changed = 0
    for paper in papers:
        former = {keys[name] for name in _names(paper) if name in keys}
        if not former:
            added += 1
        elif merged.get(paper.key) != paper:
            changed += 1
        for key in former:
            for name in _names(merged.pop(key)):
                del keys[name]
        merged[paper.key] = paper
        keys.update(dict.fromkeys(_names(paper), paper.key))
    return merged, added, changed


def _names(paper: Paper) -> set[str]:
    """All by which two records are told to be of one paper."""
    return {f"id/{paper.id}", paper.key, *paper.identifiers}


def _quads(
    records: Sequence[tuple[Paper, Annotation]], linking: Linking, run: Run, iris: Iris, *, written: set[str]
) -> Iterator[Quad]:
    """Map all records, validating as they pass the graphs of the papers written with the concepts they touch."""
    by_paper = [statements_of(paper, annotation, linking, iris) for paper, annotation in records]
    aggregate = list(aggregate_quads(linking, by_paper, run, iris))
    yield from aggregate
    told = by_subject(aggregate)
    batch: list[Quad] = []
    for paper, annotation in records:
        own = list(paper_quads(paper, annotation, linking, run, iris))
        yield from own
        if paper.key in written:
            batch += own
        if len(batch) >= _VALIDATED_AT_ONCE:
            _validate(batch, told)
            batch = []
    _validate(batch, told)


def _validate(quads: list[Quad], told: Mapping[Term, list[Quad]]) -> None:
    violations = validate([*quads, *referred_to(quads, told)])
    if violations:
        more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
        raise GraphError(f"the graph would not be valid: {violations[0]}{more}; nothing was written")


@cache
def _pipeline(settings: Settings) -> "Language":
    from kg.extraction import load_pipeline  # noqa: PLC0415 - spaCy is loaded when the first text is read

    return load_pipeline(settings=settings)


def _annotate_one(settings: Settings, paper: Paper, given: Sequence[Entity] | None) -> Annotation:
    from kg.extraction import extract  # noqa: PLC0415 - as above

    return extract(_pipeline(settings), paper, given)


def _run(settings: Settings, vocabulary: Vocabulary) -> Run:
    from kg.extraction import configuration_digest, model_digest  # noqa: PLC0415 - as above

    nlp = _pipeline(settings)
    return Run(__version__, vocabulary.digest, configuration_digest(nlp), model_digest(nlp))


def _digest(run: Run) -> str:
    """Hash all that decides what is read and written: the run, and the code itself, for those who change it."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    parts = (run.version, run.vocabulary, run.configuration, run.model or "", sha256(code).hexdigest())
    return sha256("\n".join(parts).encode()).hexdigest()
