"""Names that papers use, put together by name, and those that are one concept joined to nodes."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from kg.linking import (
    Grounding,
    Name,
    Step,
    agreed,
    ground_use,
    join_names,
    keys,
    looks_of,
    name_iri,
    name_of,
    use_of,
    with_bare,
)
from kg.records import Kind
from kg.sharding.blocks import blocks_of
from kg.sharding.engines import Counts
from kg.sharding.exchange import hash_of, inbox, read_numbers, read_rows, send_numbers, sending, write_rows
from kg.sharding.folder import part_name
from kg.sharding.job import Job

__all__ = ["divide", "find_blocks", "gather", "join", "name_of_row"]

_NAME = {"iri": str, "kind": str, "form": str, "long": str, "uses": str}
_GROUNDED = {"term": str, "step": str, "score": float}

NameRow = tuple[str, str, str, str, str]
"""IRI, kind, form, long form, and as JSON how papers use it: pairs of what is said and how many papers say so."""


_Told = tuple[str, str, float]
"""What a name is by the vocabulary: IRI of the concept, or nothing, the step that found it, and how sure that is."""


def name_of_row(row: NameRow) -> Name:
    """Make a name of its row."""
    iri, kind, form, long, uses = row
    return name_of(iri, Kind(kind), form, long, {use_of(said): count for said, count in json.loads(uses)})


def gather(job: Job, part: int) -> Counts:
    """Put together how papers use each name, look it up, and tell by which keys others may be one with it."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    made_of: dict[str, tuple[str, str, str]] = {}
    for _, _, _, iri, kind, form, long, said in inbox(job.shards, job.work("extract"), job.parts, part):
        made_of[iri] = kind, form, long
        uses[iri][said] += 1
    rows = [(iri, *made_of[iri], json.dumps(sorted(uses[iri].items()))) for iri in sorted(made_of)]
    found_by: list[tuple[int, int]] = []

    def grounded() -> Iterator[tuple[object, ...]]:
        for row in rows:
            one = name_of_row(row)
            grounding = _ground(job, one)
            number = hash_of(one.iri)
            found_by.extend((hash_of(key), number) for key in _keys(job, one, grounding))
            told = (grounding.term.iri, grounding.step.value, grounding.score) if grounding else ("", "", 0.0)
            yield *row, *told

    write_rows(job.shards, f"{job.work('gather')}/{part_name(part)}", grounded(), **_NAME, **_GROUNDED)
    write_rows(job.shards, f"{job.work('gather-keys')}/{part_name(part)}", found_by, key=int, name=int)
    return {"names": len(rows)}


def _ground(job: Job, one: Name) -> Grounding | None:
    meant = ((ground_use(one.kind, use, job.vocabulary), count) for use, count in one.uses.items())
    return agreed((found, count) for found, count in meant if found is not None)


def _keys(job: Job, one: Name, grounding: Grounding | None) -> set[str]:
    """All that a name is found by, or finds others by; an acronym meets itself spelt out."""
    bare = name_iri(job.base_iri, one.kind, one.form) if one.long else one.iri
    return {*keys(one), f"={bare}", *([f"<{grounding.term.iri}>"] if grounding else ())}


def find_blocks(job: Job, _: int) -> Counts:
    """Find the names that hang together; two that meet by chance, as numbers may, do not harm."""
    names, blocks = blocks_of(*read_numbers(job.shards, job.work("gather-keys"), job.keyed))
    send_numbers(
        job.shards, f"{job.work('blocks')}/{part_name(0)}", names % job.keyed, job.keyed, name=names, block=blocks
    )
    return {}


def divide(job: Job, part: int) -> Counts:
    """Send each name to where its block comes together."""
    block_of: dict[int, int] = dict(inbox(job.shards, job.work("blocks"), 1, part))
    name = f"{job.work('divide')}/{part_name(part)}"
    with sending(job.shards, name, job.keyed, block=int, **_NAME, **_GROUNDED) as out:
        for row in read_rows(job.shards, f"{job.work('gather')}/{part_name(part)}"):
            block = block_of[hash_of(row[0])]
            out.send_to(block % job.keyed, block, *row)
    return {}


def join(job: Job, part: int) -> Counts:
    """Join the names of each block to nodes, and send them on: by node, by form, and by name."""
    blocks: dict[int, list[tuple[NameRow, _Told]]] = defaultdict(list)
    for block, iri, kind, form, long, uses, *told in inbox(job.shards, job.work("divide"), job.keyed, part):
        blocks[block].append(((iri, kind, form, long, uses), (told[0], told[1], told[2])))
    name = part_name(part)
    with (
        sending(job.shards, f"{job.work('join')}/{name}", job.keyed, node=str, **_NAME) as by_node,
        sending(job.shards, f"{job.work('join-forms')}/{name}", job.keyed, form=str, node=str, asks=bool) as by_form,
        sending(job.shards, f"{job.work('join-names')}/{name}", job.keyed, name=str, node=str) as by_name,
    ):
        for _, members in sorted(blocks.items()):
            named = {row[0]: name_of_row(row) for row, _ in members}
            node_of = _nodes(job, named, {row[0]: told for row, told in members})
            for row, _ in members:
                node, one = node_of[row[0]], named[row[0]]
                by_node.send(node, node, *row)
                by_name.send(one.iri, one.iri, node)
                asked = {_form(kind, form) for kind, form in looks_of(one)}
                for form in sorted(asked):
                    by_form.send(form, form, node, True)
                if not one.long:
                    form = _form(one.kind, one.form)
                    by_form.send(form, form, node, False)
    return {}


def _nodes(job: Job, named: Mapping[str, Name], told: Mapping[str, _Told]) -> Mapping[str, str]:
    terms = {
        iri: Grounding(job.vocabulary.terms[term], Step(step), score)
        for iri, (term, step, score) in told.items()
        if term
    }
    return join_names(with_bare(named, job.base_iri), terms, job.vocabulary).node_of


def _form(kind: Kind, form: str) -> str:
    return f"{kind.value} {form}"
