"""The vocabulary in layers: what ships with kg first, then what was added, each concept once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Kind
from kg.vocabulary import AddedVocabularies, Choice, Index, Vocabulary, layered, read_vocabulary
from kg.vocabulary.compiling import compile_entries
from kg.vocabulary.entry import Entry, term_of
from kg.vocabulary.keys import keys_of
from kg.vocabulary.labels import label_keys
from kg.vocabulary.memory import MemoryLayer

SHIPPED = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix d: <https://example.org/kg/id/disease/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
d:fever a kg:Disease, skos:Concept ; skos:prefLabel "fever"@en ; skos:exactMatch obo:POND_1 .
d:reed-fever a kg:Disease, skos:Concept ; skos:prefLabel "reed fever"@en ; skos:broader d:fever ;
    skos:exactMatch <http://id.nlm.nih.gov/mesh/D000001> .
"""
FEVER, REED = "https://example.org/kg/id/disease/fever", "https://example.org/kg/id/disease/reed-fever"
OBO = "http://purl.obolibrary.org/obo/"

Layers = Callable[..., Vocabulary]


@pytest.fixture
def layers(tmp_path: Path) -> Layers:
    """Puts tables, by name, behind a small shipped vocabulary."""
    shipped = tmp_path / "disease.ttl"
    shipped.write_text(SHIPPED, "utf-8")

    def make(**tables: str) -> Vocabulary:
        added = AddedVocabularies(tmp_path / "added")
        for name, rows in tables.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(f"id,label,synonyms,broader,exact\n{rows}", "utf-8")
            added.add(path, Choice(kind=Kind.DISEASE))
        return layered(read_vocabulary([shipped]), added)

    return make


def found(vocabulary: Vocabulary, name: str) -> str | None:
    term = vocabulary.find(Kind.DISEASE, name)
    return term.iri if term else None


def test_without_added_vocabularies_nothing_changes(layers: Layers) -> None:
    vocabulary = layers()

    assert vocabulary.digest == vocabulary.layers[0].digest
    assert list(vocabulary.terms) == [FEVER, REED]
    assert vocabulary.ancestors(REED) == (FEVER,)


def test_a_concept_with_the_id_of_a_shipped_match_is_the_shipped_one(layers: Layers) -> None:
    vocabulary = layers(ponds="POND:1,pyrexia,heat of ponds,,\nPOND:2,pond fever,,POND:1,\n")

    assert found(vocabulary, "Heat of Ponds") == FEVER
    assert found(vocabulary, "pond fever") == f"{OBO}POND_2"
    assert vocabulary.terms[f"{OBO}POND_1"].iri == FEVER
    assert vocabulary.ancestors(f"{OBO}POND_2") == (FEVER,)


def test_a_concept_with_an_exact_match_of_a_shipped_one_is_the_shipped_one(layers: Layers) -> None:
    vocabulary = layers(ponds=f"7,reeds,,,MESH:D000001\n8,pyrexia,,,{FEVER}\n")

    assert (found(vocabulary, "reeds"), found(vocabulary, "pyrexia")) == (REED, FEVER)


def test_a_name_that_a_former_layer_knows_is_its_concept(layers: Layers) -> None:
    vocabulary = layers(
        a="POND:5,marsh fever,,,\n", b="MARSH:5,Marsh fevers,bog fever,,\nMARSH:6,Reed Fever,rush fever,,\n"
    )

    assert found(vocabulary, "reed fever") == REED
    assert found(vocabulary, "marsh fever") == f"{OBO}POND_5"
    assert found(vocabulary, "bog fever") == f"{OBO}MARSH_5"


def test_two_added_vocabularies_may_share_a_concept(layers: Layers) -> None:
    vocabulary = layers(a="POND:5,marsh fever,,,\n", b="B:1,bog fever,,,POND:5\nB:2,deep bog fever,,B:1,\n")

    assert found(vocabulary, "bog fever") == f"{OBO}POND_5"
    assert vocabulary.ancestors(f"{OBO}B_2") == (f"{OBO}POND_5",)


def test_concepts_that_are_one_close_no_circle(layers: Layers) -> None:
    vocabulary = layers(a="POND:1,pyrexia,,X:1,\nX:1,odd fever,,X:2,\nX:2,reeds,,,MESH:D000001\n")

    assert vocabulary.ancestors(f"{OBO}X_1") == (REED, FEVER)
    assert vocabulary.ancestors(FEVER) == ()


def test_another_kind_is_another_concept(layers: Layers, tmp_path: Path) -> None:
    path = tmp_path / "ponds.csv"
    path.write_text("id,label,exact\nP:1,fever,MESH:D000001\n", "utf-8")
    AddedVocabularies(tmp_path / "added").add(path, Choice(kind=Kind.METHOD))

    term = layers().find(Kind.METHOD, "fever")

    assert term is not None
    assert term.iri == f"{OBO}P_1"


def test_the_digest_is_of_the_content(layers: Layers) -> None:
    first = layers(a="POND:5,marsh fever,,,\n").digest
    same = layers(a="POND:5,marsh fever,,,\n\n").digest
    other = layers(a="POND:5,marsh fevers,,,\n").digest

    assert first == same != other


def test_words_of_names_lead_to_the_names_of_all_layers(layers: Layers) -> None:
    vocabulary = layers(a="POND:5,Marsh fevers,swamp fever|the ague,,\n")

    names = [(name, term.iri) for name, term in vocabulary.with_word(Kind.DISEASE, "fever")]

    marsh = f"{OBO}POND_5"
    assert names == [("fever", FEVER), ("reed fever", REED), ("marsh fever", marsh), ("swamp fever", marsh)]
    assert vocabulary.word_count(Kind.DISEASE, "fever") == 4
    assert vocabulary.word_count(Kind.METHOD, "fever") == 0


words = st.sampled_from(["reed", "fever", "ponds", "Of", "MRF", "tumours", "cat's"])
entries = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6).map(
    lambda names: [Entry(f"http://p.example/{n}", Kind.DISEASE, name, tuple(names[:n])) for n, name in enumerate(names)]
)


@settings(max_examples=30, deadline=None)
@given(made=entries)
def test_a_layer_on_disk_answers_as_one_in_memory(made: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("layer") / "x.sqlite"
    compile_entries(made, {"file": "made"}, path)
    disk, memory = Index(path), MemoryLayer(map(term_of, made), "")

    assert dict(disk.terms) == dict(memory.terms)
    for key in {key for term in memory.terms.values() for name in term.names for key in keys_of(name)}:
        assert disk.by_key(Kind.DISEASE, key) == memory.by_key(Kind.DISEASE, key)
        for word in key.split():
            assert list(disk.with_word(Kind.DISEASE, word)) == list(memory.with_word(Kind.DISEASE, word))
            assert disk.word_count(Kind.DISEASE, word) == memory.word_count(Kind.DISEASE, word)
    for iri in [*memory.terms, "http://p.example/none"]:
        assert disk.by_match(Kind.DISEASE, iri) == memory.by_match(Kind.DISEASE, iri)
    for key in ("reed", "reed fever", "fever"):
        longer = any(one.startswith(f"{key} ") for one in _label_keys(made))
        assert disk.begins(key) == longer


def _label_keys(made: list[Entry]) -> set[str]:
    return {key for entry in made for name in entry.names for key in label_keys(name)}
