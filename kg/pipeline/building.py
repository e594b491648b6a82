"""A graph on disk brought up to date: papers read, linked and written, and people's decisions followed."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from kg.errors import GraphError, InputError, UsageError
from kg.ledger import Decision, parse_decisions
from kg.linking import LinkIndex, settle
from kg.mapping import Run
from kg.namespaces import DATA_IRI
from kg.pipeline.deciding import annotation_of, digest_of_decisions, stale, standing_of
from kg.pipeline.mapping import Mapper
from kg.pipeline.reading import Progress, annotate_in_json, digest_of, digest_of_linking, run_by_hand, run_of, unseen
from kg.pipeline.vocabularies import told_vocabularies
from kg.pipeline.writing import Made, write_graph
from kg.rdf import NamedNode
from kg.records import Annotation, Paper
from kg.reviewing import Standing
from kg.settings import Settings
from kg.store import Decisions, Edit, GraphDirectory, Manifest, Record, Unfinished
from kg.vocabulary import AddedVocabularies, Vocabulary, layered, shipped_vocabulary

__all__ = ["BuildReport", "Building", "build", "check_base", "read_decisions"]

OnBad = Callable[[InputError], object]
"""Takes up the error about a record that is left out."""

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s<>\"{}|\\^`]+[/#]")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        added: Papers that were not in the graph.
        changed: Papers that were in the graph with another content.
        again: Papers that were in the graph as they are, and were read again since what reads them has changed.
        papers: In the graph now.
        concepts: In the graph now.
        strangers: Annotations that were given of papers which are not in the graph.
        interrupted: A former change of the graph did not come to its end; nothing of it is in the graph.
        resumed: Papers that such a change had read, which need not be read again.
        stale: Decisions about claims of the papers written that cannot be carried out: the text is another now.
    """

    added: int
    changed: int
    again: int
    papers: int
    concepts: int
    strangers: int = 0
    interrupted: bool = False
    resumed: int = 0
    stale: int = 0


def build(  # noqa: PLR0913 - one place where a graph is made
    papers: Iterable[Paper],
    directory: GraphDirectory,
    *,
    base_iri: str | None = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    annotations: Iterable[Annotation] = (),
    workers: int | None = 1,
    on_bad: OnBad | None = None,
    progress: Progress = unseen,
) -> BuildReport:
    """Add papers to a graph: same content is left, changed content under the same key or id replaces it.

    The graph is what building all its papers at once would give, whatever the order they came in. Only what is new,
    or is read or linked otherwise than before, is read, linked and written.

    Args:
        papers: Each once.
        directory: Where the graph is, or shall be.
        base_iri: Of papers and new concepts; by default the graph's, else `DATA_IRI`.
        settings: What reads the texts; a graph that others read is read again.
        annotations: Of these papers or others of the graph, corrected by hand: they hold in place of the extractor's
            until the paper's text changes.
        workers: Number of processes that extract; None for as many as there is room for, and as the papers are worth.
        on_bad: Takes up the error about a paper that ends each process that reads it, which is left out of the graph.
        progress: Sees each paper that is read, and each that is written.

    Raises:
        UsageError: The base IRI is none, or the settings contradict one another.
        ModelError: The model is missing or damaged.
        InputError: The graph's decisions are malformed, contradict each other, or are about something unknown; or a
            paper ends each process that reads it, and nothing takes the error up.
        GraphError: The directory holds a damaged graph, or the new graph would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    if base_iri is not None:
        check_base(base_iri)
    with directory.edit() as edit:
        building = Building(directory, edit, base_iri)
        told = directory.decided()
        building.follow(told)
        added, changed = building.take(papers)
        strangers = building.take_annotations(annotations)
        again, left_out = building.read(settings, workers, progress, on_bad)
        concepts = building.finish(told, progress=progress)
        count = len(edit.records)
        Unfinished.discard(directory.path)  # as long as no other build can have begun one of its own
    return BuildReport(
        added=added - left_out,
        changed=changed,
        again=again,
        papers=count,
        concepts=concepts,
        strangers=strangers,
        interrupted=edit.interrupted,
        resumed=building.resumed,
        stale=building.stale,
    )


def read_decisions(directory: GraphDirectory, told: bytes, base_iri: str) -> list[Decision]:
    """Read decisions; those that the graph was built with before stay good whatever papers are gone.

    Under another base IRI no name is called what it was, so there they must be about names that are there.

    Raises:
        InputError: They are malformed, or contradict each other.
    """
    former = parse_decisions(directory.decisions(settled=True), directory.decisions_path, base_iri)
    manifest = directory.manifest()
    settled = {one.row.claim for one in former} if manifest and manifest.base_iri == base_iri else set()
    decisions = parse_decisions(told, directory.decisions_path, base_iri)
    return [replace(one, settled=one.row.claim in settled) for one in decisions]


class Building:
    """One change of a graph."""

    def __init__(self, directory: GraphDirectory, edit: Edit, base_iri: str | None) -> None:
        self._directory = directory
        self._edit = edit
        self._records = edit.records
        self._former = directory.manifest_in(edit.records)
        self.base_iri = base_iri or (self._former.base_iri if self._former else DATA_IRI)
        self._own = list(AddedVocabularies(directory.vocabularies))
        self._vocabulary: Vocabulary = layered(shipped_vocabulary(), self._own)
        self._by_hand = run_by_hand(self._vocabulary)
        self._read: Run | None = self._former_run()
        self._decisions: list[Decision] = []
        self._standing = Standing(())
        self.resumed = 0
        self.stale = 0

    def _former_run(self) -> Run | None:
        made_by = dict(self._former.made_by) if self._former else {}
        return Run(**made_by) if made_by else None  # type: ignore[arg-type]

    def check_vocabularies(self) -> None:
        """See that the graph can be linked as it was."""
        if self._former is not None and self._former.linked != self._linked:
            remedy = f"bring it up to date first: kg build -g {self._directory.path}"
            raise GraphError(
                f"{self._directory.path}: the vocabularies, or kg, have changed since the graph was built; {remedy}"
            )

    def check_linked(self, linked: str) -> None:
        """See that what was linked elsewhere was linked as it would be here.

        Raises:
            UsageError: It was not.
        """
        if linked != self._linked:
            remedy = "add to the graph the vocabularies that were added when they were made, or make them anew"
            raise UsageError(
                f"{self._directory.path}: the shards were made with other vocabularies than this; {remedy}"
            )
        if self._former is not None and self._former.base_iri != self.base_iri:
            raise UsageError(f"{self._directory.path}: its base IRI is {self._former.base_iri}, not {self.base_iri}")

    @property
    def _linked(self) -> str:
        """Digest of what decides how papers are linked and told, apart from the papers themselves."""
        return digest_of_linking(self._vocabulary, self.base_iri)

    def follow(self, told: Decisions) -> None:
        """Read what people decided, before anything is done.

        Raises:
            InputError: It is malformed, or contradicts itself.
        """
        self._decisions = read_decisions(self._directory, told.concepts, self.base_iri)
        self._standing = standing_of(self._directory, told)

    # --- papers

    def take(self, papers: Iterable[Paper]) -> tuple[int, int]:
        """Put papers over those known, and count the added and the changed."""
        counts = {"added": 0, "changed": 0, "same": 0}
        for paper in papers:
            counts[self._records.put(paper)] += 1
        return counts["added"], counts["changed"]

    def take_annotations(self, annotations: Iterable[Annotation]) -> int:
        """Put annotations in the place of the extractor's, and count those of papers that are not there."""
        strangers = 0
        for annotation in annotations:
            key = self._records.key_of(f"id/{annotation.id}")
            if key is None:
                strangers += 1
                continue
            record = self._records[key]
            if record.annotation != annotation or not record.by_hand:
                self._records.annotate(key, annotation, digest_of(self._by_hand), by_hand=True)
        return strangers

    def read(
        self, settings: Settings, workers: int | None, progress: Progress, on_bad: OnBad | None = None
    ) -> tuple[int, int]:
        """Read the papers that nothing, or something else than these settings, has read.

        Papers are taken from the database as they are needed, and what is read of them is kept at once.

        Returns:
            How many of them something else had read, and how many are left out again that were new.
        """
        if not self._records.has(by_hand=False):
            return 0, 0
        settings = replace(settings, vocabularies=told_vocabularies(self._own))
        self._read = run_of(settings, self._vocabulary)
        reading = digest_of(self._read)
        again, left_out = self._records.count_read_otherwise(reading), Counter[str]()
        in_hand = deque[tuple[str, str]]()  # key and digest of the papers whose turn has not come

        def unread() -> Iterator[str]:
            for key, paper in self._records.unread(reading):
                in_hand.append((key, _content(paper, reading)))
                yield paper

        with Unfinished.open(self._directory.path) as unfinished:
            self._resume(unfinished, reading)
            made = annotate_in_json(
                unread(),
                total=self._records.count_unread(reading),
                settings=settings,
                workers=workers,
                on_bad=on_bad,
                progress=progress,
            )
            for annotation in made:
                key, content = in_hand.popleft()
                if annotation is None:
                    left_out += self._leave_out(key)
                    continue
                unfinished.put(content, annotation)
                self._records.annotate_encoded(key, annotation, reading)
        return again - left_out["again"], left_out["new"]

    def _resume(self, unfinished: Unfinished, reading: str) -> None:
        """Take what a build had read that was interrupted."""
        if unfinished.is_empty:
            return
        for key, paper in self._records.unread(reading):
            annotation = unfinished.get(_content(paper, reading))
            if annotation is not None:
                self._records.annotate(key, annotation, reading)
                self.resumed += 1

    def _leave_out(self, key: str) -> Counter[str]:
        """Take out a paper that cannot be read, and tell what it no longer counts for."""
        was_read = bool(self._records[key].reading)
        took_a_place = key in dict(self._records.gone())
        self._records.remove(key)
        return Counter(again=was_read, new=not was_read and not took_a_place)

    def take_read(self, run: Run, annotations: Iterable[tuple[str, Annotation]]) -> None:
        """Put in annotations that the extractor made elsewhere; those by hand stay.

        Args:
            run: What made them.
            annotations: With the keys of their papers.

        Raises:
            UsageError: Something else has read other papers of the graph.
        """
        self._read = run
        reading = digest_of(run)
        for key, annotation in annotations:
            if not self._records[key].by_hand:
                self._records.annotate(key, annotation, reading)
        others = self._records.count_unread(reading)
        if others:
            remedy = "load them into a graph of their own, or build this one with the same settings first"
            raise UsageError(f"{self._directory.path}: {others} papers in it were read otherwise than these; {remedy}")

    # --- all that follows

    def finish(
        self, told: Decisions, *, decided: bool = False, made: Made | None = None, progress: Progress = unseen
    ) -> int:
        """Link, write and commit what has changed; count the concepts.

        Args:
            told: What people decided.
            decided: It is new.
            made: All that there is to write, if it was made elsewhere.
            progress: Sees each paper that is written.
        """
        former = self._directory.decided(settled=True)
        if told.claims != former.claims:
            for record in self._records:
                self._decide(record)
        index = LinkIndex(self._records.database, self._vocabulary, self.base_iri, self._decisions)
        index.open()
        manifest = Manifest(
            digest_of(self._read) if self._read else "",
            self.base_iri,
            asdict(self._read) if self._read else {},
            self._linked,
        )
        anew = self._former is None or self._former.linked != manifest.linked
        self._name(index, anew=anew)
        settle(index)
        runs = {"by hand": self._by_hand} | ({"read": self._read} if self._read else {})
        if anew or self._has_changed(index) or manifest != self._former or told != former:
            mapper = Mapper(self._records, index, runs, self._standing)
            write_graph(self._edit, mapper, index, anew=anew, made=made, progress=progress)
            self._edit.commit(manifest, told, decided=decided)
        return index.concept_count()

    def _has_changed(self, index: LinkIndex) -> bool:
        changed = (self._records.changed(), self._records.gone(), index.changed_concepts(), index.moved_papers())
        return any(next(iter(one), None) is not None for one in changed)

    def _name(self, index: LinkIndex, *, anew: bool) -> None:
        """Tell the index which papers name what."""
        if anew:
            index.clear()
            for record in self._records:
                self._add(index, record)
            return
        for _, paper_id in self._records.gone():
            index.remove(paper_id)
        for key in self._records.changed():
            record = self._records[key]
            index.remove(record.paper.id)
            self._add(index, record)

    def _add(self, index: LinkIndex, record: Record) -> None:
        self._decide(record)
        annotation = annotation_of(record, self._standing)
        if annotation is not None:
            self.stale += len(stale(record, annotation, self._standing))
            index.add(annotation)

    def _decide(self, record: Record) -> None:
        self._records.decide(record.paper.key, digest_of_decisions(record.paper, self._standing))


def check_base(base_iri: str) -> None:
    """See that IRIs can be made under a base.

    Raises:
        UsageError: They cannot.
    """
    try:
        NamedNode(base_iri)
        valid = _BASE_IRI.fullmatch(base_iri) is not None
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"{base_iri}: no absolute IRI that ends in / or #; give one such as https://lab.example/kg/")


def _content(paper: str, reading: str) -> str:
    """Digest of an encoded paper and what reads it."""
    return sha256(f"{reading}\n{paper}".encode()).hexdigest()
