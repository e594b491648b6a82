"""Papers read by the extractor, and what they name."""

from collections.abc import Iterator, Mapping

from kg.errors import InputError, KgError
from kg.linking import namings_of, said_of
from kg.pipeline import annotate
from kg.records import Annotation, Paper, decode_paper, encode
from kg.sharding.engines import Counts
from kg.sharding.exchange import Outbox
from kg.sharding.folder import part_name
from kg.sharding.job import Job
from kg.sharding.reading import Quarantine

__all__ = ["extract", "papers_of", "send_names"]


def papers_of(job: Job, part: int) -> dict[str, Paper]:
    """The papers of a part, by key."""
    table = job.shards.table(f"records/{part_name(part)}.parquet")
    return dict(zip(table["key"].to_pylist(), map(decode_paper, table["paper"].to_pylist()), strict=True))


def extract(job: Job, part: int) -> Counts:
    """Read the papers of a part, and send each name to where all that papers say of it comes together."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    bad = Quarantine(job)
    made = dict(_annotated(job, papers_of(job, part), bad))
    send_names(job, part, made)
    columns = {
        "key": list(made),
        "id": [one.id for one in made.values()],
        "annotation": [encode(one) for one in made.values()],
    }
    job.shards.write_table(
        f"annotations/{part_name(part)}.parquet",
        pa.table(columns, pa.schema([(name, pa.string()) for name in columns])),
    )
    bad.write(f"extract-{part_name(part)}")
    return {"read": len(made), "bad": len(bad.rows)}


def send_names(job: Job, part: int, annotations: Mapping[str, Annotation]) -> None:
    """Send each name that papers use to where all that papers say of it comes together.

    Args:
        job: The run.
        part: Where the papers stand.
        annotations: By the key of their paper.
    """
    out = Outbox(job.keyed, part=int, paper=str, entity=str, name=str, kind=str, form=str, long=str, said=str)
    for key, annotation in annotations.items():
        for entity, (iri, kind, form, long, use) in namings_of(annotation, job.base_iri).items():
            out.send(iri, part, key, entity, iri, kind.value, form, long, said_of(use))
    out.write(job.shards, f"{job.work('extract')}/{part_name(part)}")


def _annotated(job: Job, papers: dict[str, Paper], bad: Quarantine) -> Iterator[tuple[str, Annotation]]:
    """Of millions of papers one may be such that reading it fails: it must not stop the others."""
    for key, paper in papers.items():
        try:
            (annotation,) = annotate([paper], settings=job.settings, workers=1)
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this text
            bad(InputError(f"paper {paper.id}", f"cannot be read ({error!r})", "report it, with the text"))
        else:
            yield key, annotation
