"""Papers read by the extractor, and what they name."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.errors import InputError, KgError
from kg.linking import namings_of, said_of
from kg.pipeline import annotate
from kg.records import Annotation, Paper, decode_annotation, decode_paper, encode
from kg.sharding.engines import Counts
from kg.sharding.exchange import sending
from kg.sharding.folder import part_name
from kg.sharding.job import Job
from kg.sharding.quads import batched
from kg.sharding.reading import Quarantine

__all__ = ["extract", "read_papers", "send_names"]

_NAMED: Final = ("paper", "entity", "name", "kind", "form", "long", "said")


def extract(job: Job, part: int) -> Counts:
    """Read the papers of a part, and send each name to where all that papers say of it comes together."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    bad, count = Quarantine(job), 0
    schema = pa.schema([(name, pa.string()) for name in ("key", "id", "annotation")])
    with job.shards.tabulating(f"annotations/{part_name(part)}.parquet", schema) as tabulate:

        def noted() -> Iterator[tuple[str, Annotation]]:
            nonlocal count
            for some in batched(_annotated(job, _papers(job, part), bad)):
                rows = [{"key": key, "id": one.id, "annotation": encode(one)} for key, one in some]
                tabulate(pa.Table.from_pylist(rows, schema))
                count += len(some)
                yield from some

        send_names(job, part, noted())
    bad.write(f"extract-{part_name(part)}")
    return {"read": count, "bad": len(bad.rows)}


def send_names(job: Job, part: int, annotations: Iterable[tuple[str, Annotation]]) -> None:
    """Send each name that papers use to where all that papers say of it comes together.

    Args:
        job: The run.
        part: Where the papers stand.
        annotations: Each with the key of its paper.
    """
    named = dict.fromkeys(_NAMED, str)
    with sending(job.shards, f"{job.work('extract')}/{part_name(part)}", job.keyed, part=int, **named) as out:
        for key, annotation in annotations:
            for entity, (iri, kind, form, long, use) in namings_of(annotation, job.base_iri).items():
                out.send(iri, part, key, entity, iri, kind.value, form, long, said_of(use))


def read_papers(job: Job, part: int) -> Iterator[tuple[str, Paper, Annotation]]:
    """Yield the papers of a part, each with its key and what was read in it; those that could not be read are not told.

    Raises:
        GraphError: A file is missing or damaged.
    """
    papers = _papers(job, part)
    name = f"annotations/{part_name(part)}.parquet"
    for key, annotation in job.shards.rows(name, "key", "annotation"):
        paper = next((paper for other, paper in papers if other == key), None)
        if paper is None:
            raise job.shards.damage(name, f"it has {key}, which is none of the records")
        yield key, paper, decode_annotation(annotation)


def _papers(job: Job, part: int) -> Iterator[tuple[str, Paper]]:
    rows = job.shards.rows(f"records/{part_name(part)}.parquet", "key", "paper")
    return ((key, decode_paper(paper)) for key, paper in rows)


def _annotated(job: Job, papers: Iterable[tuple[str, Paper]], bad: Quarantine) -> Iterator[tuple[str, Annotation]]:
    """Of millions of papers one may be such that reading it fails: it must not stop the others."""
    for key, paper in papers:
        try:
            (annotation,) = annotate([paper], settings=job.settings, workers=1)
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this text
            bad(InputError(f"paper {paper.id}", f"cannot be read ({error!r})", "report it, with the text"))
        else:
            yield key, annotation
