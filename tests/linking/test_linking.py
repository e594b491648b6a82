import random
from pathlib import Path

import pytest

from kg.concepts import Linking
from kg.linking import link
from kg.records import Annotation, Entity, Kind, Role
from kg.vocabulary import Vocabulary, read_vocabulary

VOCABULARY = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix m: <https://example.org/kg/id/modality/> .
m:ct a kg:Modality, skos:Concept ; skos:prefLabel "CT"@en ; skos:altLabel "computed tomography"@en .
m:chest-ct a kg:Modality, skos:Concept ; skos:prefLabel "chest CT"@en ; skos:broader m:ct ;
    kg:ambiguousLabel "CCT"@en .
"""
CT = "https://example.org/kg/id/modality/ct"


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    path = tmp_path / "modality.ttl"
    path.write_text(VOCABULARY, "utf-8")
    return read_vocabulary([path])


def paper(paper_id: str, *entities: tuple[Kind, str, tuple[str, ...]]) -> Annotation:
    roles = {Kind.METHOD: Role.USED, Kind.MODALITY: Role.STUDIED, Kind.DISEASE: Role.STUDIED}
    return Annotation(paper_id, tuple(Entity(kind, name, found, roles[kind]) for kind, name, found in entities))


def iris(linking: Linking) -> set[str]:
    return {iri.rpartition("/id/")[2] for iri in linking.iris.values()}


def test_a_known_name_is_the_vocabularys_concept_with_all_above_it(vocabulary: Vocabulary) -> None:
    linking = link([paper("a", (Kind.MODALITY, "Chest-CTs", ("Chest-CTs",)))], vocabulary)

    concept = linking.concept_of("a", "Chest-CTs")
    assert concept.label == "chest CT"
    assert concept.broader == (CT,)
    assert linking.concepts[CT].label == "CT"


def test_a_known_long_form_links_a_name_that_is_not_known(vocabulary: Vocabulary) -> None:
    linking = link([paper("a", (Kind.MODALITY, "CTX", ("CTX", "computed tomography")))], vocabulary)

    assert linking.concept_of("a", "CTX").iri == CT


def test_a_known_name_of_another_kind_is_not_taken(vocabulary: Vocabulary) -> None:
    linking = link([paper("a", (Kind.METHOD, "CT", ("CT",)))], vocabulary)

    assert iris(linking) == {"method/ct"}


def test_spellings_of_a_new_name_are_one_concept_labelled_by_the_most_frequent(vocabulary: Vocabulary) -> None:
    spellings = ["BrookNet", "brooknet", "BrookNet"]
    papers = [paper(str(number), (Kind.METHOD, name, (name,))) for number, name in enumerate(spellings)]

    linking = link(papers, vocabulary)

    assert iris(linking) == {"method/brooknet"}
    assert linking.concept_of("1", "brooknet").label == "BrookNet"


def test_a_new_term_stands_under_the_longest_head_it_contains(vocabulary: Vocabulary) -> None:
    names = ("contrast-enhanced chest CT", "non-chest CT")

    linking = link([paper("a", *((Kind.MODALITY, name, (name,)) for name in names))], vocabulary)

    assert linking.concept_of("a", names[0]).broader == (f"{CT[:-2]}chest-ct",)
    assert linking.concept_of("a", names[1]).broader == (CT,)


def test_an_acronym_with_two_long_forms_is_two_concepts(vocabulary: Vocabulary) -> None:
    linking = link(
        [
            paper("a", (Kind.METHOD, "SAX", ("SAX", "segment all xylophones"))),
            paper("b", (Kind.METHOD, "SAX", ("SAX", "sharpness aware xenon"))),
            paper("c", (Kind.METHOD, "SAX", ("SAX", "Segment All Xylophone"))),
            paper("d", (Kind.METHOD, "SAX", ("SAX",))),
        ],
        vocabulary,
    )

    senses = {one: linking.concept_of(one, "SAX").iri.rpartition("/")[2] for one in "abcd"}
    assert senses["a"] == senses["c"] == "sax--segment-all-xylophone"
    assert senses["b"] == "sax--sharpness-aware-xenon"
    assert senses["d"] == "sax"


def test_names_that_a_slug_cannot_tell_apart_are_two_concepts(vocabulary: Vocabulary) -> None:
    linking = link([paper("a", *((Kind.METHOD, name, (name,)) for name in ("C", "C++", "C*")))], vocabulary)

    assert len(iris(linking)) == 3


def test_the_order_of_papers_does_not_matter(vocabulary: Vocabulary) -> None:
    papers = [
        paper("a", (Kind.METHOD, "U-Stone", ("U-Stone",)), (Kind.MODALITY, "CT", ("CT",))),
        paper("b", (Kind.METHOD, "u-stones", ("u-stones",))),
        paper("c", (Kind.METHOD, "deep U-Stone", ("deep U-Stone",))),
    ]
    expected = link(papers, vocabulary)

    for seed in range(4):
        random.Random(seed).shuffle(papers)
        linking = link(papers, vocabulary)
        assert linking.concepts == expected.concepts
        assert list(linking.concepts) == list(expected.concepts)
        assert linking.iris == expected.iris
