"""The stages one after another, each with all its parts; what is done is not done again."""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import repeat
from typing import Final

from kg.errors import InputError, UsageError
from kg.mapping import frame_quads
from kg.namespaces import DATA_IRI
from kg.pipeline import Progress, check_base, digest_of, digest_of_linking, run_of, unseen
from kg.readers import check_reader
from kg.settings import Settings
from kg.sharding.engines import Counts, Engine, LocalEngine
from kg.sharding.extracting import extract
from kg.sharding.folder import WORK, Shards, part_name
from kg.sharding.job import Job, Stage, open_vocabulary
from kg.sharding.joining import divide, find_blocks, gather, join
from kg.sharding.mapping import claim, resolve, tell
from kg.sharding.memory import give_back
from kg.sharding.placing import conceive, find, place, stand
from kg.sharding.quads import writing_quads
from kg.sharding.reading import files_of, match, merge, read, send, size_of

__all__ = ["ASKED", "MANIFEST", "ShardReport", "build_shards"]

MANIFEST: Final = "manifest.json"
"""Is there when all else is."""
ASKED: Final = "job.json"
"""What the shards are made of, and by what; written first."""
_FORMAT: Final = 1

_MOST: Final = 1_000
"""Papers of a part: a minute's work, which is what is lost with a machine, and 20 MB of packed N-Quads."""
_FEWEST: Final = 50
_PARTS: Final = 64
"""So many parts are made before they grow, so that all cores have something to do until the end."""
_MOST_KEYED: Final = 512
"""Parts of what is put together by keys: each reads from every part of the papers."""


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What the shards hold.

    Attributes:
        papers: In them.
        concepts: In them.
        claims: Between concepts.
        bad: Records that were left out.
        done: Parts of stages that were there before, and were not made again.
    """

    papers: int
    concepts: int
    claims: int
    bad: int
    done: int


def _files(job: Job) -> int:
    return len(job.files)


def _papers(job: Job) -> int:
    return job.parts


def _keyed(job: Job) -> int:
    return job.keyed


def _once(_: Job) -> int:
    return 1


_READING: Final = (Stage("read", read, _files), Stage("match", match, _once))
_REST: Final = (
    Stage("send", send, _files),
    Stage("merge", merge, _papers),
    Stage("extract", extract, _papers),
    Stage("gather", gather, _keyed),
    Stage("blocks", find_blocks, _once),
    Stage("divide", divide, _keyed),
    Stage("join", join, _keyed),
    Stage("find", find, _keyed),
    Stage("place", place, _keyed),
    Stage("stand", stand, _once),
    Stage("conceive", conceive, _keyed),
    Stage("resolve", resolve, _keyed),
    Stage("tell", tell, _papers),
    Stage("claim", claim, _keyed),
)


def build_shards(  # noqa: PLR0913 - one place where shards are made
    inputs: Sequence[str],
    shards: Shards,
    *,
    reader: str | None = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    base_iri: str = DATA_IRI,
    skip_bad: bool = False,
    engine: Engine | None = None,
    progress: Progress = unseen,
) -> ShardReport:
    """Build the graph of papers as shards, or go on where a former run of the same did not come to its end.

    Args:
        inputs: Files, folders, globs, or URIs of object storage.
        shards: Where they are written; what stages write for one another is deleted at the end.
        reader: The format of the inputs; by default the content tells.
        settings: What reads the texts.
        base_iri: Of papers and new concepts.
        skip_bad: Leave bad records out, and list them in ``quarantine/``.
        engine: Runs the parts; by default this process.
        progress: Sees each paper that is read.

    Raises:
        InputError: An input cannot be read, a bad record shall not be skipped, or there is no paper.
        UsageError: The shards are of something else, or the settings contradict one another.
        ModelError: The model is missing or damaged.
        GraphError: What a former run has left is damaged.
        OutputError: The shards cannot be written; what is done stays, and the same again goes on.
    """
    check_base(base_iri)
    check_reader(reader)
    job = Job(
        shards,
        files_of(inputs),
        reader,
        settings,
        base_iri,
        run_of(settings, open_vocabulary(settings.vocabularies)),
        skip_bad,
    )
    _ask(job)
    if shards.has(MANIFEST):
        shards.drop(WORK)
        told = shards.read_json(MANIFEST)
        return _report(told["counts"], done=told["done"])
    running = _Running(engine or LocalEngine(), progress)
    for stage in _READING:
        running.run(job, stage)
    count = running.counts["records"]
    if not count:
        raise InputError(", ".join(inputs), "no paper was found", "give files of papers; kg papers --help tells which")
    parts = max(1, count // max(_FEWEST, min(_MOST, count // _PARTS)))
    job = replace(job, parts=parts, keyed=min(_MOST_KEYED, max(1, parts // 2)))
    for stage in _REST:
        running.run(job, stage)
    with writing_quads(shards, "frame-00000") as write:
        write(frame_quads([job.made_by], job.iris))
    done = running.done + running.made
    told = {"parts": job.parts, "keyed": job.keyed, "done": done, "counts": dict(sorted(running.counts.items()))}
    shards.write(MANIFEST, _json(told))
    shards.drop(WORK)
    return _report(running.counts, done=running.done)


class _Running:
    def __init__(self, engine: Engine, progress: Progress) -> None:
        self._engine = engine
        self._progress = progress
        self.counts: Counter[str] = Counter()
        self.done = 0
        self.made = 0

    def run(self, job: Job, stage: Stage) -> None:
        """Do all parts of a stage that are not done yet."""
        found = {name.rpartition("/")[2] for name in job.shards.names(_marks(stage.name))}
        former = [part for part in range(stage.parts(job)) if f"{part_name(part)}.json" in found]
        for part in former:
            self.counts.update(job.shards.read_json(_mark(stage.name, part)))
        self.done += len(former)
        left = sorted(set(range(stage.parts(job))) - set(former))
        made = self._papers(self._engine.run(partial(_do, job, stage), left))
        deque(self._progress(made, self.counts["papers"], stage.name) if stage.does is extract else made, maxlen=0)

    def _papers(self, made: Iterable[Counts]) -> Iterator[None]:
        """Add up what parts say, and show each paper that was read."""
        for counts in made:
            self.made += 1
            self.counts.update(counts)
            yield from repeat(None, counts.get("read", 0))


def _do(job: Job, stage: Stage, part: int) -> Counts:
    """Do a part; it is done when this is on record, and until then may be done again, to the same bytes."""
    counts = stage.does(job, part)
    job.shards.write(_mark(stage.name, part), _json(counts))
    give_back()
    return counts


def _marks(stage: str) -> str:
    return f"{WORK}/done/{stage}"


def _mark(stage: str, part: int) -> str:
    return f"{_marks(stage)}/{part_name(part)}.json"


def _ask(job: Job) -> None:
    """Say what the shards are made of, or see that it is what those that are there are made of."""
    asked = {
        "format": _FORMAT,
        "files": [[path, optional, size_of(path)] for path, optional in job.files],
        "reader": job.reader,
        "skip_bad": job.skip_bad,
        "base_iri": job.base_iri,
        "made_by": asdict(job.made_by),
        "reading": digest_of(job.made_by),
        "linked": digest_of_linking(job.vocabulary, job.base_iri),
    }
    if not job.shards.has(ASKED):
        job.shards.write(ASKED, _json(asked))
    elif job.shards.read_json(ASKED) != asked:
        remedy = "name another folder, or delete this one"
        raise UsageError(f"{job.shards.uri}: holds shards of other papers, or made by other settings; {remedy}")


def _report(counts: Mapping[str, int], *, done: int) -> ShardReport:
    papers, concepts, claims, bad = (counts.get(name, 0) for name in ("papers", "concepts", "claims", "bad"))
    return ShardReport(papers, concepts, claims, bad, done)


def _json(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"
