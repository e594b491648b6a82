"""Nodes made into concepts: what stands above each, and what they are called.

Nobody has decided anything here, so that a concept of a vocabulary stands under others of its vocabulary alone, and
any other node under one at most: that whose name its own ends with. A cycle has nodes of the one kind or of the other.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.exporters.parquet import arrow_schema, arrow_table
from kg.exporters.tables import CONCEPTS
from kg.linking import Name, Placing, concept_of, without_cycles
from kg.mapping import concept_quads
from kg.records import Kind
from kg.sharding.blocks import on_cycles
from kg.sharding.engines import Counts
from kg.sharding.exchange import hash_of, inbox, read_rows, sending, write_rows
from kg.sharding.folder import part_name
from kg.sharding.job import Job
from kg.sharding.joining import name_of_row
from kg.sharding.quads import batched, writing_quads
from kg.vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from kg.rdf import Quad

__all__ = ["conceive", "find", "place", "stand"]


def find(job: Job, part: int) -> Counts:
    """Tell each node which nodes bear the forms that it asks for."""
    node_of: dict[str, str] = {}
    asked: dict[str, set[str]] = defaultdict(set)
    for form, node, asks in inbox(job.shards, job.work("join-forms"), job.keyed, part):
        if asks:
            asked[form].add(node)
        else:
            node_of[form] = node
    name = f"{job.work('find')}/{part_name(part)}"
    with sending(job.shards, name, job.keyed, node=str, form=str, found=str) as out:
        for form, nodes in sorted(asked.items()):
            if form in node_of:
                for node in sorted(nodes):
                    out.send(node, node, form, node_of[form])
    return {}


def place(job: Job, part: int) -> Counts:
    """Find what stands right above each node by its names."""
    rows = []
    for node, groups in _groups(job, part):
        placing = Placing(groups, ())
        head = placing.head(node)
        rows.append((node, placing.edge(head)[1] if head else ""))
    write_rows(job.shards, f"{job.work('place')}/{part_name(part)}", rows, node=str, broad=str)
    return {"nodes": len(rows)}


def stand(job: Job, _: int) -> Counts:
    """Break cycles, and find which concepts of vocabularies are in the graph: those named, and all above them."""
    edges: list[tuple[str, str]] = []
    reached: set[str] = set()
    terms = job.vocabulary.terms
    for other in range(job.keyed):
        for node, broad in read_rows(job.shards, f"{job.work('place')}/{part_name(other)}"):
            reached |= {one for one in (node, broad) if one in terms}
            if broad and broad not in terms:
                edges.append((node, broad))
    told = {"broken": sorted(_broken(edges)), "broader": _broader(reached, terms)}
    job.shards.write(job.work("stand"), json.dumps(told).encode())
    return {}


def _broken(edges: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges between nodes that would close a cycle."""
    if not edges:
        return set()
    numbers = np.array([[hash_of(one) for one in edge] for edge in edges], np.int64)
    on = sorted(edges[at] for at in np.flatnonzero(on_cycles(numbers[:, 0], numbers[:, 1])).tolist())
    return {*on} - {*without_cycles(on)}


def _broader(reached: set[str], terms: Mapping[str, Term]) -> dict[str, list[str]]:
    """The concepts right above each one that is reached."""
    queue, edges = sorted(reached), set[tuple[str, str]]()
    for iri in queue:
        above = [one for one in terms[iri].broader if one in terms]
        edges |= {(iri, one) for one in above}
        queue += sorted(set(above) - reached)
        reached |= set(above)
    over: dict[str, list[str]] = {iri: [] for iri in sorted(reached)}
    for narrow, broad in without_cycles(sorted(edges)):
        over[narrow].append(broad)
    return over


def conceive(job: Job, part: int) -> Counts:
    """Write the concepts of a part."""
    standing = job.shards.read_json(job.work("stand"))
    broken = {tuple(edge) for edge in standing["broken"]}
    broader: Mapping[str, Sequence[str]] = standing["broader"]
    heads: dict[str, str] = dict(read_rows(job.shards, f"{job.work('place')}/{part_name(part)}"))
    groups = dict(_groups(job, part))
    known = {iri for iri in broader if hash_of(iri) % job.keyed == part}
    nodes = sorted(known | heads.keys())
    with (
        writing_quads(job.shards, f"concepts-{part:05}") as write,
        job.shards.tabulating(f"tables/concepts/{part_name(part)}.parquet", arrow_schema(CONCEPTS)) as tabulate,
    ):
        for some in batched(nodes):
            quads: list[Quad] = []
            for node in some:
                over = heads.get(node)
                above = broader.get(node, [over] if over and (node, over) not in broken else [])
                concept = concept_of(node, tuple(above), groups.get(node) or _Groups.alone(job.vocabulary))
                quads += concept_quads(concept, broader.__contains__, job.iris)
            tabulate(arrow_table(write(quads), CONCEPTS))
    return {"concepts": len(nodes)}


@dataclass(frozen=True, slots=True)
class _Groups:
    """What one node must know of others, as `kg.linking.placing.Groups`."""

    own: Mapping[str, Sequence[Name]]
    find: Mapping[tuple[Kind, str], str]
    vocabulary: Vocabulary
    nodes: Collection[str]
    node_of: Mapping[str, str]

    @classmethod
    def of(cls, node: str, names: Sequence[Name], found: Mapping[tuple[Kind, str], str], all_: Vocabulary) -> "_Groups":
        return cls({node: names}, found, all_, {node, *found.values()}, {one.iri: node for one in names})

    @classmethod
    def alone(cls, vocabulary: Vocabulary) -> "_Groups":
        """Of a concept that no paper names."""
        return cls({}, {}, vocabulary, (), {})

    def named(self, node: str) -> Sequence[Name]:
        return self.own.get(node, ())

    def is_named(self, node: str) -> bool:
        return node in self.nodes

    def node(self, iri: str) -> str:
        return self.node_of.get(iri, iri)

    def terms(self, node: str) -> Sequence[Term]:
        return (self.vocabulary.terms[node],) if node in self.vocabulary.terms else ()

    def label(self, iri: str) -> str:  # the row that it is for goes nowhere
        return iri


def _groups(job: Job, part: int) -> Iterator[tuple[str, _Groups]]:
    names: dict[str, list[Name]] = defaultdict(list)
    for node, iri, kind, form, long, uses in inbox(job.shards, job.work("join"), job.keyed, part):
        names[node].append(name_of_row((iri, kind, form, long, uses)))
    found: dict[str, dict[tuple[Kind, str], str]] = defaultdict(dict)
    for node, form, other in inbox(job.shards, job.work("find"), job.keyed, part):
        of_kind, _, bare = form.partition(" ")
        found[node][Kind(of_kind), bare] = other
    for node, own in sorted(names.items()):
        ordered = sorted(own, key=lambda one: one.iri)
        yield node, _Groups.of(node, ordered, found.get(node, {}), job.vocabulary)
