"""Papers and claims as quads and tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from kg.exporters.parquet import arrow_schema, arrow_table
from kg.exporters.tables import AUTHORS, EVIDENCE, MENTIONS, PAPERS, RESULTS, SENTENCES, SIZES
from kg.mapping import Evidence, Iris, Statement, assertion_quads
from kg.pipeline import map_paper
from kg.rdf import NamedNode, Quad
from kg.records import Status
from kg.sharding.engines import Counts
from kg.sharding.exchange import Outbox, inbox, sending
from kg.sharding.extracting import read_papers
from kg.sharding.folder import part_name
from kg.sharding.job import Job
from kg.sharding.quads import batched, writing_quads

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["claim", "resolve", "tell"]

_TABLES = (PAPERS, AUTHORS, EVIDENCE, RESULTS, SIZES, MENTIONS, SENTENCES)
"""Those whose rows are about what one paper says."""


_CLAIM = ("iri", "subject", "predicate", "object", "status")
_Told = tuple[str, str, str, str, str]
"""What a claim is made of, as in `_CLAIM`."""


def resolve(job: Job, part: int) -> Counts:
    """Tell each paper the nodes of what it names."""
    node_of: dict[str, str] = dict(inbox(job.shards, job.work("join-names"), job.keyed, part))
    name = f"{job.work('resolve')}/{part_name(part)}"
    with sending(job.shards, name, job.parts, paper=str, entity=str, node=str) as out:
        for home, paper, entity, naming, *_ in inbox(job.shards, job.work("extract"), job.parts, part):
            out.send_to(home, paper, entity, node_of[naming])
    return {}


def tell(job: Job, part: int) -> Counts:
    """Write what papers say, and send each claim to where all that support it come together."""
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for paper, entity, node in inbox(job.shards, job.work("resolve"), job.keyed, part):
        nodes[paper][entity] = node
    count = 0
    with ExitStack() as stack:
        out = stack.enter_context(
            sending(
                job.shards,
                f"{job.work('tell')}/{part_name(part)}",
                job.keyed,
                **dict.fromkeys((*_CLAIM, "paper"), str),
                confidence=float,
            )
        )
        write = stack.enter_context(writing_quads(job.shards, f"papers-{part:05}"))
        tables = {
            one.name: stack.enter_context(
                job.shards.tabulating(f"tables/{one.name}/{part_name(part)}.parquet", arrow_schema(one))
            )
            for one in _TABLES
        }
        for some in batched(read_papers(job, part)):
            quads: list[Quad] = []
            for key, paper, annotation in some:
                told = map_paper(paper, annotation, nodes[key], job.made_by, job.iris)
                quads += told.quads
                _send(told.shared, key, out, job.iris)
            graph = write(quads)
            for one in _TABLES:
                tables[one.name](arrow_table(graph, one))
            count += len(quads)
    return {"quads": count}


def _send(shared: Mapping[Statement, Evidence], paper: str, out: Outbox, iris: Iris) -> None:
    for statement, evidence in shared.items():
        iri = statement.iri(iris).value
        subject, predicate, target, status = statement
        row = (subject.value, predicate.value, target.value, status.value, paper, evidence.confidence)
        out.send(iri, iri, *row)


def claim(job: Job, part: int) -> Counts:
    """Write the claims between concepts, each with all papers that support it."""
    support: dict[_Told, list[tuple[str, float]]] = defaultdict(list)
    for iri, subject, predicate, target, status, paper, confidence in inbox(
        job.shards, job.work("tell"), job.parts, part
    ):
        support[iri, subject, predicate, target, status].append((paper, confidence))
    count = 0
    with (
        writing_quads(job.shards, f"claims-{part:05}") as write,
        job.shards.tabulating(f"tables/claims/{part_name(part)}.parquet", _claims_schema()) as tabulate,
    ):
        for some in batched(sorted(support.items())):
            quads: list[Quad] = []
            for (_, subject, predicate, target, status), papers in some:
                statement = Statement(NamedNode(subject), NamedNode(predicate), NamedNode(target), Status(status))
                quads += assertion_quads(statement, [confidence for _, confidence in papers], job.iris)
            tabulate(_claims(some))
            write(quads)
            count += len(quads)
    return {"claims": len(support), "quads": count}


def _claims(support: Iterable[tuple[_Told, list[tuple[str, float]]]]) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    rows = [
        {
            **dict(zip(_CLAIM, told, strict=True)),
            "support": len(papers),
            "papers": [paper for paper, _ in sorted(papers)],
            "confidences": [confidence for _, confidence in sorted(papers)],
        }
        for told, papers in support
    ]
    return pa.Table.from_pylist(rows, schema=_claims_schema())


def _claims_schema() -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    texts = ((name, pa.string()) for name in _CLAIM)
    lists = (("papers", pa.list_(pa.string())), ("confidences", pa.list_(pa.float64())))
    return pa.schema([*texts, ("support", pa.int64()), *lists])
