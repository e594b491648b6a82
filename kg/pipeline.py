"""The stages put together: papers in, annotations or a graph on disk out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from typing import TYPE_CHECKING

from kg import __version__
from kg.concepts import Linking
from kg.errors import GraphError, UsageError
from kg.linking import link
from kg.mapping import Iris, Run, aggregate_quads, paper_quads, referred_to, statements_of
from kg.namespaces import DATA_IRI
from kg.rdf import Quad
from kg.records import Annotation, Paper
from kg.store import GraphDirectory, Manifest
from kg.store.validation import validate
from kg.vocabulary import shipped_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language  # spaCy is loaded when the first text is read

__all__ = ["BuildReport", "annotate", "build"]

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s<>\"{}|\\^`]+[/#]")

Progress = Callable[[Iterable[Annotation], int], Iterable[Annotation]]
"""Passes annotations on as they are made and shows how many of the total there are."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        added: Papers that were not in the graph.
        changed: Papers that were in the graph with another content.
        kept: Papers that were read already, by this very configuration.
        papers: In the graph now.
        concepts: In the graph now.
        quads: In the graph now.
    """

    added: int
    changed: int
    kept: int
    papers: int
    concepts: int
    quads: int


def annotate(
    papers: Sequence[Paper], *, workers: int = 1, progress: Progress = lambda made, _: made
) -> Iterator[Annotation]:
    """Extract from each paper, in the order given; the number of processes changes nothing but the time."""
    if workers <= 1 or len(papers) <= 1:
        yield from progress(map(_annotate_one, papers), len(papers))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(32, len(papers) // (4 * workers)))
        yield from progress(pool.map(_annotate_one, papers, chunksize=chunk), len(papers))


def build(
    papers: Iterable[Paper],
    directory: GraphDirectory,
    *,
    base_iri: str | None = None,
    workers: int = 1,
    progress: Progress = lambda made, _: made,
) -> BuildReport:
    """Add papers to a graph: same content is left, changed content under the same key or id replaces it.

    The graph is what building all its papers at once would give, whatever the order they came in.

    Args:
        papers: Each once.
        directory: Where the graph is, or shall be.
        base_iri: Of papers and new concepts; by default the graph's, else `DATA_IRI`.
        workers: Number of processes that extract.
        progress: Sees each annotation made.

    Raises:
        UsageError: The base IRI is none.
        GraphError: The directory holds a damaged graph, or the new graph would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    if base_iri is not None and not _BASE_IRI.fullmatch(base_iri):
        raise UsageError(f"{base_iri}: no absolute IRI that ends in / or #; give one such as https://lab.example/kg/")
    former = directory.manifest()
    run = _run()
    manifest = Manifest(_digest(run), base_iri or (former.base_iri if former else DATA_IRI))
    known = {paper.key: (paper, annotation) for paper, annotation in directory.records()}
    merged, added, changed = _merge(known, papers)
    same_run = former is not None and former.run == manifest.run
    old = {key for key, paper in merged.items() if same_run and key in known and known[key][0] == paper}
    fresh = [paper for key, paper in merged.items() if key not in old]
    made = dict(zip((paper.key for paper in fresh), annotate(fresh, workers=workers, progress=progress), strict=True))
    records = [(merged[key], known[key][1] if key in old else made[key]) for key in sorted(merged)]
    quads, linking = _map(records, run, Iris(manifest.base_iri), written=set(made))
    directory.replace(records, quads, manifest)
    return BuildReport(added, changed, len(old), len(records), len(linking.concepts), len(quads))


def _merge(known: dict[str, tuple[Paper, Annotation]], papers: Iterable[Paper]) -> tuple[dict[str, Paper], int, int]:
    """Put new papers over those known, and count the added and the changed."""
    merged = {key: paper for key, (paper, _) in known.items()}
    keys_by_id = {paper.id: key for key, paper in merged.items()}
    added = changed = 0
    for paper in papers:
        former_key = paper.key if paper.key in merged else keys_by_id.get(paper.id)
        if former_key is None:
            added += 1
        elif merged[former_key] != paper:
            changed += 1
            del merged[former_key]
        merged[paper.key] = paper
        keys_by_id[paper.id] = paper.key
    return merged, added, changed


def _map(
    records: Sequence[tuple[Paper, Annotation]], run: Run, iris: Iris, *, written: set[str]
) -> tuple[list[Quad], Linking]:
    """Link and map all records, and validate the papers written with the concepts they touch."""
    linking = link((annotation for _, annotation in records), shipped_vocabulary(), iris.base)
    by_paper = {paper.key: statements_of(paper, annotation, linking, iris) for paper, annotation in records}
    graphs = {paper.key: list(paper_quads(paper, annotation, linking, run, iris)) for paper, annotation in records}
    aggregate = list(aggregate_quads(linking, by_paper.values(), run, iris))
    _validate([quad for key in sorted(written) for quad in graphs[key]], aggregate)
    return [quad for quads in (*graphs.values(), aggregate) for quad in quads], linking


def _validate(written: list[Quad], aggregate: list[Quad]) -> None:
    violations = validate([*written, *referred_to(written, aggregate)])
    if violations:
        more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
        raise GraphError(f"the graph would not be valid: {violations[0]}{more}; nothing was written")


@cache
def _pipeline() -> "Language":
    from kg.extraction import load_pipeline  # noqa: PLC0415 - spaCy is loaded when the first text is read

    return load_pipeline()


def _annotate_one(paper: Paper) -> Annotation:
    from kg.extraction import extract  # noqa: PLC0415 - as above

    return extract(_pipeline(), paper)


def _run() -> Run:
    from kg.extraction import configuration_digest  # noqa: PLC0415 - as above

    return Run(__version__, shipped_vocabulary().digest, configuration_digest(_pipeline()))


def _digest(run: Run) -> str:
    parts = (run.version, run.vocabulary, run.configuration, run.model or "")
    return sha256("\n".join(parts).encode()).hexdigest()
