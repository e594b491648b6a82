"""Commands that read papers: ``papers``, ``extract``, ``build``."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.configuring import add_vocabularies
from kg.cli.hints import suggest
from kg.cli.options import (
    FROM,
    GRAPH,
    INPUTS,
    MAYBE_INPUTS,
    NO_INPUT,
    OUTPUT,
    PATH,
    SKIP_BAD,
    WORKERS,
    extraction_options,
    note,
    progress_bar,
    stream_inputs,
    tell_skipped,
    unless,
    write_output,
)
from kg.cli.sharding import ENGINES, build_into_shards, check_shard_options, load_from_shards
from kg.errors import InputError, UsageError
from kg.records import Entity, Kind, Paper

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.records import Annotation

__all__ = ["build", "extract", "papers"]

_OUTPUTS = {"graph.ttl": "turtle", "graph.trig": "trig", "graph.html": "html"}
"""What ``--out`` writes."""
_QUARANTINE = "quarantine.jsonl"


@click.command()
@INPUTS
@FROM
@SKIP_BAD
@OUTPUT
def papers(inputs: tuple[str, ...], reader: str | None, skip_bad: bool, output: Path | None) -> None:
    """Print the papers as read, as JSON Lines.

    INPUT is a file, a folder, a glob, a zip archive, or - for standard input; gzip, bzip2 and xz are unpacked.
    Records of one paper, told by their identifiers or title, are merged.

    \b
    Formats, told by the content:
        bibtex           BibTeX, BibLaTeX
        ris              RIS, as from EndNote and databases
        csl-json         CSL-JSON, as from Zotero
        nbib             MEDLINE, as PubMed saves it
        pubmed           PubMed XML
        arxiv            arXiv's Atom
        jats             JATS XML
        openalex, crossref, semantic-scholar
                         their JSON
        csv              CSV or TSV whose first row names the columns
        jsonl            an object with title and abstract a line
        author-page      a person's papers, copied from a web page
        text             a title line and an abstract, parted by blank lines

    \b
    Example:
        kg papers library.bib
        kg papers library.bib pubmed.xml.gz -o papers.jsonl
    """
    from kg.records import encode

    found = stream_inputs(inputs, reader, skip_bad=skip_bad)
    write_output((f"{encode(paper)}\n".encode() for paper in found), output)


@click.command()
@INPUTS
@FROM
@SKIP_BAD
@WORKERS
@extraction_options
@click.option("--entities", metavar="FILE", help="Take the entities of these annotations in place of found ones.")
@click.option("-g", "--graph", metavar="GRAPH", type=PATH, help="Find the names of this graph's vocabularies too.")
@OUTPUT
def extract(
    inputs: tuple[str, ...],
    reader: str | None,
    entities: str | None,
    graph: Path | None,
    skip_bad: bool,
    workers: int | None,
    fast: bool,
    model: str | None,
    labels: tuple[tuple[str, Kind], ...],
    least: float | None,
    output: Path | None,
) -> None:
    """Print what is read off each paper, as JSON Lines.

    INPUT is a file, a folder, a glob, or - for standard input.

    \b
    Example:
        kg extract papers.jsonl -o annotations.jsonl
        kg extract --workers 2 papers/*.jsonl
        kg extract papers.jsonl --model en_ner_bc5cdr_md --label DISEASE=Disease
        kg extract papers.jsonl --entities corrected.jsonl
        kg extract papers.jsonl -g graph
    """
    from kg.pipeline import added_vocabularies, annotate_in_json
    from kg.settings import Settings

    if entities is not None and least is not None:
        raise UsageError("--entities gives the entities, however sure; leave out --min-confidence")
    bad, given = list[InputError](), None
    found: Iterable[Paper] = stream_inputs(inputs, reader, skip_bad=skip_bad)
    if entities is not None:
        papers = list(found)
        given = _entities(entities, papers, skip_bad=skip_bad)
        found = [paper for paper in papers if paper.id in given]
    made = annotate_in_json(
        found,
        given=given,
        settings=Settings(model, labels, fast, least, added_vocabularies(graph) if graph else ()),
        workers=workers,
        on_bad=bad.append if skip_bad else None,
        progress=progress_bar,
    )
    write_output((f"{one}\n".encode() for one in made if one is not None), output)
    tell_skipped(bad, skip_bad=skip_bad)


def _entities(file: str, papers: Sequence[Paper], *, skip_bad: bool) -> dict[str, tuple[Entity, ...]]:
    """Read the entities of each paper, and tell what of them is not used."""
    from kg.evaluation import entities_of, missing_surfaces, one_source, read_annotations

    source, bad = one_source(file), list[InputError]()
    annotations = read_annotations(source)
    given = entities_of(annotations, papers, source.place, bad.append)
    tell_skipped(bad, skip_bad=skip_bad)
    texts = {paper.id: paper.text for paper in papers}
    missing = sum(missing_surfaces(annotations[name], texts[name]) for name in given)
    beside = len(annotations.keys() - texts.keys())
    if missing:
        note(f"{source.place}: surfaces that do not stand in their text: {missing}")
    if beside:
        note(f"{source.place}: annotations of papers that are not in INPUT, left out: {beside}")
    if not any(given.values()):
        raise InputError(source.place, "has entities for none of the papers", "give annotations with the same ids")
    return given


@click.command()
@MAYBE_INPUTS
@GRAPH
@click.option(
    "--out",
    metavar="DIR",
    type=PATH,
    callback=unless("shards"),
    help="Also write graph.ttl, graph.trig and graph.html.",
)
@click.option("--base-iri", metavar="IRI", help="Of papers and new concepts.  [default: the graph's]")
@click.option(
    "--annotations", metavar="FILE", help="Take these annotations, corrected by hand, in place of the extractor's."
)
@FROM
@SKIP_BAD
@WORKERS
@extraction_options
@click.option("--gaps", metavar="FILE", type=PATH, help="Also write what was not understood, as TSV.")
@click.option("--shards", metavar="DIR", help="Write the graph as files for large engines to DIR, in place of GRAPH.")
@click.option("--from-shards", metavar="DIR", help="Add the papers of such files to GRAPH; no text is read.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="What makes the shards.")
def build(
    inputs: tuple[str, ...],
    graph: Path,
    out: Path | None,
    base_iri: str | None,
    annotations: str | None,
    reader: str | None,
    skip_bad: bool,
    workers: int | None,
    fast: bool,
    model: str | None,
    labels: tuple[tuple[str, Kind], ...],
    least: float | None,
    gaps: Path | None,
    shards: str | None,
    from_shards: str | None,
    engine: str,
) -> None:
    """Add the papers of INPUT to GRAPH: read, extract, link, map, store and validate.

    INPUT is a file, a folder, a glob, or - for standard input. A paper that is in GRAPH with the same content is
    left, one with other content is replaced; only what is new or changed is read. All is done or nothing.

    Without INPUT, GRAPH is brought up to date: with decisions that were edited, vocabularies that were added, or
    another kg.

    Annotations are JSON Lines as kg extract prints them, of papers of INPUT or of GRAPH; they hold until the text of
    their paper changes. With --skip-bad, bad records are listed in quarantine.jsonl in GRAPH.

    \b
    Example:
        kg build author-page.txt --out exports/
        kg build more.jsonl -g graph --workers 2
        kg build papers.jsonl --annotations corrected.jsonl
        kg build papers.jsonl --gaps not-understood.tsv
        kg build pubmed/ --shards shards --engine ray
        kg build --from-shards shards -g graph
    """
    from kg.exporters import streaming_exporter
    from kg.files import check_writable, write_file, write_files
    from kg.gaps import find_gaps, gaps_table
    from kg.pipeline import added_vocabularies
    from kg.pipeline import build as build_graph
    from kg.settings import Settings
    from kg.store import GraphDirectory, open_graph

    check_shard_options(shards, engine, {"--out": out, "--gaps": gaps, "--annotations": annotations})
    files = {out / name: kind for name, kind in _OUTPUTS.items()} if out else {}
    for path in (*files, *([gaps] if gaps else [])):
        check_writable(path)
    directory, settings = GraphDirectory(graph), Settings(model, labels, fast, least)
    bad, deadly = list[InputError](), list[InputError]()
    if from_shards is not None and (inputs or shards is not None or annotations is not None):
        raise UsageError(
            "--from-shards takes no INPUT, --shards or --annotations: the shards hold papers and annotations"
        )
    if not inputs and from_shards is None and annotations is None and directory.manifest() is None:
        raise UsageError(NO_INPUT)
    add_vocabularies(directory)
    if shards is not None:
        settings = Settings(model, labels, fast, least, added_vocabularies(graph) if graph.is_dir() else ())
        build_into_shards(
            inputs,
            shards,
            engine=engine,
            workers=workers,
            reader=reader,
            base_iri=base_iri,
            settings=settings,
            skip_bad=skip_bad,
        )
        return
    if from_shards is not None:
        report = load_from_shards(from_shards, directory)
    else:
        report = build_graph(
            stream_inputs(inputs, reader, skip_bad=skip_bad, bad=bad) if inputs else (),
            directory,
            base_iri=base_iri,
            settings=settings,
            annotations=_annotations(annotations, bad, skip_bad=skip_bad),
            workers=workers,
            on_bad=deadly.append if skip_bad else None,
            progress=progress_bar,
        )
    tell_skipped(deadly, skip_bad=skip_bad)
    bad += deadly
    _tell(graph, report, annotations)
    if bad:
        write_file(graph / _QUARANTINE, _quarantined(bad))
        note(f"{graph / _QUARANTINE}: what was skipped, and why")
    if gaps:
        missed = find_gaps(directory.records())
        write_file(gaps, gaps_table(missed))
        note(
            f"{gaps}: {len(missed.silent)} of {missed.sentences} sentences name nothing we know, "
            f"{len(missed.names)} names are unknown"
        )
    if files:
        made = open_graph(graph)
        write_files({path: streaming_exporter(kind)(made) for path, kind in files.items()})
        note(f"{out}: {', '.join(_OUTPUTS)}")
    suggest("kg query --name proposals-and-their-parts")


def _annotations(file: str | None, bad: list[InputError], *, skip_bad: bool) -> "Iterator[Annotation]":
    from kg.evaluation import one_source, stream_annotations

    if file is not None:
        former = len(bad)
        yield from stream_annotations(one_source(file), bad.append if skip_bad else None)
        tell_skipped(bad[former:], skip_bad=skip_bad)


def _tell(graph: Path, report: "BuildReport", annotations: str | None) -> None:
    if report.interrupted:
        note(f"{graph}: a former build did not come to its end; what it left behind is gone, the graph was whole")
    if report.resumed:
        note(f"{graph}: {report.resumed} papers had been read before it was interrupted")
    if report.strangers:
        note(
            f"{annotations}: annotations of papers that are neither in INPUT nor in GRAPH, left out: {report.strangers}"
        )
    if report.stale:
        note(f"{graph}: decisions about claims whose words no longer stand in their paper, left out: {report.stale}")
    again = f", {report.again} read again" if report.again else ""
    note(f"{graph}: {report.papers} papers ({report.added} added, {report.changed} changed{again})")
    note(f"{report.concepts} concepts; the graph is valid")


def _quarantined(bad: Sequence[InputError]) -> bytes:
    """A line of JSON for each record that was skipped: where it stands, what is wrong, and what can be done."""
    rows = ({"place": one.place, "reason": one.reason, "remedy": one.remedy} for one in bad)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
