"""Link the gold mentions of NCBI-disease and BC5CDR to the Disease Ontology and our own vocabularies.

    python tools/benchmark_linking.py SHARED

SHARED holds ``vocabulary/doid.tsv``, ``vocabulary/doid_synonyms.tsv`` and ``public/CORPUS/{train,dev}.jsonl``.
A mention is linkable if a term carries one of its MeSH ids; the link is right if its term does. All others have
no term, and the right answer is none.
"""

import csv
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.language import Language

from kg.extraction.abbreviations import definitions
from kg.extraction.findings import Concept
from kg.extraction.variants import joined
from kg.linking.grounding import Grounding, ground
from kg.linking.readings import long_forms_of
from kg.namespaces import SKOS
from kg.records import Entity, Interval, Kind, Role
from kg.vocabulary import Term, Vocabulary, shipped_vocabulary
from kg.vocabulary.vocabulary import vocabulary_of

BARS = {"ncbi-disease": (0.72, 0.80), "bc5cdr": (0.65, 0.80)}
DOID = "http://purl.obolibrary.org/obo/DOID_"
MESH = "http://id.nlm.nih.gov/mesh/"
MESH_ID = re.compile(r"MESH:(\w+)")  # some are followed by the year they were seen in
NONE = "none"

MeshIds = frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold mention as the linker sees it: what the text calls it, and what its acronyms stand for."""

    entity: Entity
    long_forms: Mapping[str, str]
    ids: MeshIds


# --- Vocabulary ---


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read a table with a header, tabs between."""
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def ontology(folder: Path) -> tuple[dict[str, Term], dict[str, MeshIds]]:
    """Read the Disease Ontology: terms, and the MeSH ids each carries."""
    labels: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "doid_synonyms.tsv"):
        if row["scope"] in {"EXACT", "NARROW"}:
            labels[row["id"]].append(row["synonym"])
    terms, ids = {}, {}
    for row in rows(folder / "doid.tsv"):
        iri = row["id"].replace("DOID:", DOID)
        broader = tuple(one.replace("DOID:", DOID) for one in row["is_a"].split("|") if one)
        terms[iri] = Term(iri, Kind.DISEASE, row["name"], tuple(labels[row["id"]]), broader=broader)
        ids[iri] = frozenset(found[1] for found in MESH_ID.finditer(row["mesh"]))
    return terms, ids


def diseases(folder: Path) -> tuple[Vocabulary, dict[str, MeshIds]]:
    """Put our own diseases and the Disease Ontology together; what has an exact match is one term."""
    terms, ids = ontology(folder)
    ours = {term.iri: term for term in shipped_vocabulary() if term.kind is Kind.DISEASE}
    ours_of: dict[str, str] = {}
    for iri, term in ours.items():
        matches = sorted(obj.value for _, predicate, obj in term.statements if predicate == SKOS.exactMatch)
        same = [terms.pop(one) for one in matches if one in terms]
        ours_of.update((one.iri, iri) for one in same)
        names = [name for one in same for name in one.names]
        terms[iri] = replace(term, labels=(*term.labels, *names))
        mesh = {one.removeprefix(MESH) for one in matches if one.startswith(MESH)}
        ids[iri] = frozenset(mesh.union(*(ids[one.iri] for one in same)))
    for iri, term in terms.items():
        terms[iri] = replace(term, broader=tuple(ours_of.get(one, one) for one in term.broader))
    return vocabulary_of(terms.values(), "benchmark"), ids


# --- Mentions ---


def reader() -> Language:
    """Make the pipeline that finds what a text's short forms stand for."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    nlp.add_pipe("kg_abbreviations")
    return nlp


def cases(path: Path, nlp: Language) -> Iterator[list[Case]]:
    """Read the disease mentions of a corpus, text by text."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        kinds = {(start, end): kind for start, end, kind in record["spans"]}
        gold = {(start, end): ids for start, end, ids in record["ids"] if kinds[start, end] == Kind.DISEASE}
        doc = nlp(record["text"])
        defined = {short.text: long.text for long, short in definitions(doc)}
        entities = entities_of(record["text"], gold, defined)
        long_forms = {**long_forms_of(entities.values()), **defined}
        yield [Case(entities[at], long_forms, frozenset(ids.split("|"))) for at, ids in gold.items()]


def entities_of(text: str, mentions: Iterable[Interval], defined: Mapping[str, str]) -> dict[Interval, Entity]:
    """Make the entity that extraction makes of each mention: what the text calls it elsewhere is beside its name."""
    named: dict[str, list[Interval]] = defaultdict(list)
    for start, end in mentions:
        named[text[start:end]].append((start, end))
    concepts = [Concept(Kind.DISEASE, name, tuple(places), 1.0) for name, places in named.items()]
    entities = {}
    for concept in joined(text, concepts):
        names = sorted({text[start:end] for start, end in concept.mentions})
        surfaces = sorted({*names, *(defined[name] for name in names if name in defined)})
        for start, end in concept.mentions:
            entities[start, end] = Entity(Kind.DISEASE, text[start:end], tuple(surfaces), Role.STUDIED)
    return entities


# --- Scores ---


def outcome(found: Grounding | None, case: Case, ids: Mapping[str, MeshIds], carried: MeshIds) -> str:
    """Tell right from wrong: of a mention that no term stands for, any link to a term with an id is wrong."""
    linkable = bool(case.ids & carried)
    if found is None or not (found.term.iri.startswith(DOID) or ids[found.term.iri]):
        return "missed" if linkable else "nil"
    if linkable:
        return "right" if ids[found.term.iri] & case.ids else "wrong"
    return "false"


def nearest(term: Term, vocabulary: Vocabulary, ids: Mapping[str, MeshIds]) -> MeshIds:
    """Give the MeSH ids of a term, else of the nearest above it that has some: MeSH is coarser."""
    lineage = (term.iri, *vocabulary.ancestors(term.iri))
    return next((ids[iri] for iri in lineage if ids.get(iri)), frozenset())


def score(texts: Iterable[list[Case]], vocabulary: Vocabulary, ids: Mapping[str, MeshIds]) -> tuple[float, float]:
    """Print how each step did; give the share of right links and of right refusals."""
    carried = frozenset().union(*ids.values())
    outcomes: Counter[tuple[str, str]] = Counter()
    above = 0
    start = time.perf_counter()
    for text in texts:
        for case in text:
            found = ground(case.entity, vocabulary, case.long_forms)
            outcomes[found.step if found else NONE, outcome(found, case, ids, carried)] += 1
            above += bool(found and nearest(found.term, vocabulary, ids) & case.ids)
    seconds = time.perf_counter() - start
    total: Counter[str] = Counter()
    for (_, what), count in outcomes.items():
        total[what] += count
    linkable, others = total["right"] + total["wrong"] + total["missed"], total["false"] + total["nil"]
    print(f"  linkable {linkable}: right {total['right'] / linkable:.3f}, wrong {total['wrong'] / linkable:.3f}")
    print(f"  right or, where the term has no MeSH id, with that of the nearest above it {above / linkable:.3f}")
    print(f"  others {others}: none {total['nil'] / others:.3f}")
    for step in sorted({step for step, _ in outcomes}):
        right, wrong, false = (outcomes[step, what] for what in ("right", "wrong", "false"))
        if step != NONE:
            precision = right / (right + wrong) if right + wrong else 0
            print(f"  {step:13} {right:5} right {wrong:5} wrong {precision:.3f}; {false:4} where none was right")
    print(f"  {seconds / outcomes.total() * 1e6:.0f} us a mention")
    return total["right"] / linkable, total["nil"] / others


def main(shared: str) -> int:
    """Score train and dev of both corpora; 1 where a bar is missed on dev."""
    vocabulary, ids = diseases(Path(shared) / "vocabulary")
    nlp = reader()
    passed = True
    for corpus, (right_bar, none_bar) in BARS.items():
        for part in ("train", "dev"):
            print(f"{corpus} {part}")
            texts = list(cases(Path(shared) / "public" / corpus / f"{part}.jsonl", nlp))
            right, none = score(texts, vocabulary, ids)
            passed = passed and (part == "train" or (right >= right_bar and none >= none_bar))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
