"""List the most frequent concepts of each kind, to be reviewed by reading.

    kg extract PAPERS -o annotations.jsonl
    python tools/frequent_concepts.py annotations.jsonl 100 > list.tsv

A reader adds a verdict and a reason to each row: whether it is a concept of its kind, and no other row's duplicate. The
lists in ``ontology/reviews`` were made so.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.linking import link
from kg.records import Kind, decode_annotation
from kg.vocabulary import shipped_vocabulary

SURFACES = 6


def rows(path: Path, most: int) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield kind, label, number of papers, whether a vocabulary has it, and how papers write it most."""
    annotations = [decode_annotation(line) for line in path.read_text("utf-8").splitlines()]
    linking = link(annotations, shipped_vocabulary())
    papers: dict[str, set[str]] = defaultdict(set)
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    for annotation in annotations:
        for entity in annotation.entities:
            iri = linking.iris[annotation.id, entity.name]
            papers[iri].add(annotation.id)
            surfaces[iri].update(entity.surfaces)
    for kind in Kind:
        concepts = [linking.concepts[iri] for iri in papers if linking.concepts[iri].kind is kind]
        for one in sorted(concepts, key=lambda one: (-len(papers[one.iri]), one.label))[:most]:
            written = " | ".join(surface for surface, _ in surfaces[one.iri].most_common(SURFACES))
            yield kind.value, one.label, len(papers[one.iri]), "vocabulary" if one.term else "own", written


def main(path: str, most: str) -> int:
    """Write the table to standard output."""
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(("type", "label", "papers", "known", "surfaces"))
    writer.writerows(rows(Path(path), int(most)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
