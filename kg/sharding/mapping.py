"""Papers and claims as quads and tables."""

from collections import defaultdict

from kg.exporters.parquet import arrow_table
from kg.exporters.tables import AUTHORS, EVIDENCE, MENTIONS, PAPERS, RESULTS, SENTENCES, SIZES
from kg.mapping import Statement, assertion_quads
from kg.pipeline import map_paper
from kg.rdf import NamedNode, Quad
from kg.records import Status, decode_annotation
from kg.sharding.engines import Counts
from kg.sharding.exchange import Outbox, inbox
from kg.sharding.extracting import papers_of
from kg.sharding.folder import part_name
from kg.sharding.job import Job
from kg.sharding.quads import write_quads

__all__ = ["claim", "resolve", "tell"]

_TABLES = (PAPERS, AUTHORS, EVIDENCE, RESULTS, SIZES, MENTIONS, SENTENCES)
"""Those whose rows are about what one paper says."""


def resolve(job: Job, part: int) -> Counts:
    """Tell each paper the nodes of what it names."""
    node_of: dict[str, str] = dict(inbox(job.shards, job.work("join-names"), part))
    out = Outbox(job.parts, paper=str, entity=str, node=str)
    for home, paper, entity, name, *_ in inbox(job.shards, job.work("extract"), part):
        out.send_to(home, paper, entity, node_of[name])
    out.write(job.shards, f"{job.work('resolve')}/{part_name(part)}")
    return {}


def tell(job: Job, part: int) -> Counts:
    """Write what papers say, and send each claim to where all that support it come together."""
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for paper, entity, node in inbox(job.shards, job.work("resolve"), part):
        nodes[paper][entity] = node
    papers = papers_of(job, part)
    quads: list[Quad] = []
    table = job.shards.table(f"annotations/{part_name(part)}.parquet")
    out = Outbox(job.keyed, claim=str, subject=str, predicate=str, object=str, status=str, paper=str, confidence=float)
    for key, annotation in zip(table["key"].to_pylist(), table["annotation"].to_pylist(), strict=True):
        told = map_paper(papers[key], decode_annotation(annotation), nodes[key], job.made_by, job.iris)
        quads += told.quads
        for statement, evidence in told.shared.items():
            iri = statement.iri(job.iris).value
            subject, predicate, target, status = statement
            row = (subject.value, predicate.value, target.value, status.value, key, evidence.confidence)
            out.send(iri, iri, *row)
    graph = write_quads(job.shards, f"papers-{part:05}", quads)
    for one in _TABLES:
        job.shards.write_table(f"tables/{one.name}/{part_name(part)}.parquet", arrow_table(graph, one))
    out.write(job.shards, f"{job.work('tell')}/{part_name(part)}")
    return {"quads": len(quads)}


def claim(job: Job, part: int) -> Counts:
    """Write the claims between concepts, each with all papers that support it."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    support: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
    for *told, paper, confidence in inbox(job.shards, job.work("tell"), part):
        support[tuple(told)].append((paper, confidence))
    quads: list[Quad] = []
    rows = []
    for (iri, subject, predicate, target, status), papers in sorted(support.items()):
        statement = Statement(NamedNode(subject), NamedNode(predicate), NamedNode(target), Status(status))
        quads += assertion_quads(statement, [confidence for _, confidence in papers], job.iris)
        papers.sort()
        keys, confidences = zip(*papers, strict=True)
        rows.append((iri, subject, predicate, target, status, len(papers), keys, confidences))
    write_quads(job.shards, f"claims-{part:05}", quads)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("iri", "subject", "predicate", "object", "status")),
            ("support", pa.int64()),
            ("papers", pa.list_(pa.string())),
            ("confidences", pa.list_(pa.float64())),
        ]
    )
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    job.shards.write_table(f"tables/claims/{part_name(part)}.parquet", pa.table(arrays, schema=schema))
    return {"claims": len(rows), "quads": len(quads)}
