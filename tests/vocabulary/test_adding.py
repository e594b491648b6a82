"""What is taken of a vocabulary that somebody adds, whatever its format."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError, KgError, UnknownNameError
from kg.records import Kind
from kg.vocabulary import AddedVocabularies, AddReport, Choice, Index
from kg.vocabulary.compiling import rules_digest
from tests.cases import SHARED
from tests.vocabulary.writing import PONDS, WRITERS, Concept, curie, write

DISEASES = Choice(kind=Kind.DISEASE)
DOID = SHARED / "vocabulary" / "doid.tsv"

every_format = pytest.mark.parametrize("name", list(WRITERS))


def add(path: Path, folder: Path, choice: Choice = DISEASES) -> tuple[AddReport, Index]:
    added = AddedVocabularies(folder / "added")
    report = added.add(path, choice, name="one")
    (index,) = added
    return report, index


def changed(path: Path, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@every_format
def test_every_format_gives_its_concepts_under_all_their_names(name: str, tmp_path: Path) -> None:
    report, index = add(write(PONDS, tmp_path, name), tmp_path)

    assert (report.concepts, report.names) == (3, 7)
    fever = index.terms[curie("POND:2")]
    assert (fever.kind, fever.label) == (Kind.DISEASE, "reed fever")
    assert fever.labels == ("cat's-tail fever", "reedy fever")
    assert fever.broader == (curie("POND:1"),)
    assert fever.exact_matches == (curie("MESH:D000001"),)
    found = index.by_key(Kind.DISEASE, "mrf")
    assert found
    assert [term.label for term in found[1]] == ["marsh reed fever"]
    assert index.by_key(Kind.METHOD, "mrf") is None


names = st.text(st.sampled_from("abcdefghij ABC129\"'\\{}!(),;-/é"), min_size=3, max_size=12)
names = names.map(lambda name: " ".join(f"x{name}x".split()))


@st.composite
def vocabularies(draw: st.DrawFn) -> list[Concept]:
    made: list[Concept] = []
    for number in range(draw(st.integers(1, 4))):
        above = draw(st.sets(st.integers(0, number - 1))) if number else set()
        synonyms = tuple(draw(st.lists(names, max_size=3)))
        broader = tuple(f"POND:{one}" for one in sorted(above))
        made.append(
            Concept(f"POND:{number}", draw(names), synonyms, broader, (f"MESH:D{number}",)[: draw(st.integers(0, 1))])
        )
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vocabularies(), st.randoms(use_true_random=False))
def test_every_format_in_any_order_gives_the_same_index(
    tmp_path: Path, concepts: list[Concept], random: Random
) -> None:
    digests = set()
    for name in WRITERS:
        shuffled = random.sample(concepts, len(concepts))
        digests.add(add(write(shuffled, tmp_path, name), tmp_path)[1].digest)

    assert len(digests) == 1


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(PONDS, tmp_path, "vocabulary.obo")

    first, second = (add(path, tmp_path / folder)[1].path.read_bytes() for folder in ("a", "b"))

    assert first == second


def test_mappings_give_their_subjects_the_names_of_exact_matches(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "ponds.sssom.tsv",
        "#curie_map:\n#  POND: http://purl.obolibrary.org/obo/POND_\n#  MESH: http://id.nlm.nih.gov/mesh/\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
        "POND:2\treed fever\tskos:exactMatch\tMESH:D000001\treedy fever\tsemapv:ManualMappingCuration\n"
        "POND:2\treed fever\tskos:broadMatch\tMESH:D000002\tfever\tsemapv:ManualMappingCuration\n",
    )

    report, index = add(path, tmp_path)

    term = index.terms[curie("POND:2")]
    assert (term.label, term.labels, term.exact_matches) == ("reed fever", ("reedy fever",), (curie("MESH:D000001"),))
    assert report.left_out == {"mappings that are not exact": 1}


def test_broad_and_related_synonyms_and_obsolete_terms_are_left_out_and_counted(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "x.obo",
        'format-version: 1.2\n\n[Term]\nid: P:1\nname: reed fever\nsynonym: "fever" BROAD []\n'
        'synonym: "reeds" RELATED []\n'
        'synonym: "marsh fever" NARROW []\n\n[Term]\nid: P:2\nname: old fever\nis_obsolete: true\n',
    )

    report, index = add(path, tmp_path)

    assert index.terms[curie("P:1")].names == ("reed fever", "marsh fever")
    assert report.left_out == {"broader or related synonyms": 2, "obsolete concepts": 1}
    assert len(index) == 1


def test_names_that_would_be_found_everywhere_are_left_out_or_wait_for_another(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "x.csv", "label,synonyms\nreed fever,RF|fever|Table\nroot fever,root disease|fever\nfever X,\n"
    )

    report, index = add(path, tmp_path)

    assert (report.common, report.unclear) == (("Table",), ("fever", "RF", "fever"))
    assert [(term.label, name, clear) for term, name, clear in index.labels("rf")] == [("reed fever", "RF", False)]
    assert index.by_key(Kind.DISEASE, "rf") is None
    assert index.labels("table") == ()


def test_a_name_of_several_concepts_is_looked_up_with_all_of_them(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.csv", "label,synonyms\nreed fever,wet ague\nroot fever,wet agues\n")

    _, index = add(path, tmp_path)

    found = index.by_key(Kind.DISEASE, "wet ague")
    assert found
    assert [term.label for term in found[1]] == ["reed fever", "root fever"]
    assert [clear for _, _, clear in index.labels("wet ague")] == [False, False]


def test_a_name_that_is_the_label_of_one_concept_is_that_concepts(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.csv", "label,synonyms\nreed fever,\nroot fever,Reed fevers\n")

    report, index = add(path, tmp_path)

    found = index.by_key(Kind.DISEASE, "reed fever")
    assert found
    assert [term.label for term in found[1]] == ["reed fever"]
    assert report.unclear == ("Reed fevers",)


@pytest.mark.parametrize("branch", ["reed fever", "Reedy Fevers", "POND:2", curie("POND:2")])
def test_a_branch_is_a_concept_and_all_below_it(branch: str, tmp_path: Path) -> None:
    _, index = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path, Choice(kind=Kind.DISEASE, branch=branch))

    assert list(index.terms) == [curie("POND:2"), curie("POND:3")]
    assert index.terms[curie("POND:2")].broader == ()


def test_a_type_chooses_where_the_file_tells_the_kinds(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.csv", "label,type\nreed fever,Disease\nreed scan,modality\n")

    both = add(path, tmp_path, Choice())[1]
    one = add(path, tmp_path, Choice(kind=Kind.MODALITY))[1]

    assert (both.kinds, len(both)) == ((Kind.DISEASE, Kind.MODALITY), 2)
    assert [term.label for term in one.terms.values()] == ["reed scan"]


def test_ids_without_a_scheme_stand_under_the_base(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.csv", "id,label,parent\n7,reed fever,\nred/1,root fever,7\n")
    added = AddedVocabularies(tmp_path / "added")

    added.add(path, DISEASES, name="ours", base_iri="https://lab.example/")

    (index,) = added
    base = "https://lab.example/vocabulary/ours/"
    assert {iri: term.broader for iri, term in index.terms.items()} == {f"{base}7": (), f"{base}red%2F1": (f"{base}7",)}


def test_the_preferred_label_is_printed_before_any_other(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "x.ttl",
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<http://p.example/1> a s:Concept ; r:label "fever of reeds"@en ; s:prefLabel "reed fever" .\n',
    )

    (term,) = add(path, tmp_path)[1].terms.values()

    assert (term.label, term.labels) == ("reed fever", ("fever of reeds",))


def test_blank_lines_may_stand_above_a_table(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.csv", "\n  \nid;label\nP:1;reed fever, red\n")

    assert [term.label for term in add(path, tmp_path)[1].terms.values()] == ["reed fever, red"]


def test_names_in_other_languages_are_left_out(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "x.ttl",
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix p: <http://p.example/> .\n"
        'p:1 a s:Concept ; s:prefLabel "Schilffieber"@de, "reed fever"@en-GB ; s:narrower p:2 .\n'
        'p:2 a s:Concept ; s:prefLabel "Fieber"@de .\np:3 a s:Concept ; s:prefLabel "marsh fever" ; s:broader p:1 .\n',
    )

    report, index = add(path, tmp_path)

    assert {term.label: term.broader for term in index.terms.values()} == {
        "reed fever": (),
        "marsh fever": ("http://p.example/1",),
    }
    assert report.left_out == {"names in other languages": 2, "concepts without a name": 1}


SSSOM = "#curie_map:\n#  P: http://p.example/\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\n"
BAD = {
    "empty": ("x.csv", "", "x.csv: is empty; give a file with concepts in it"),
    "binary": ("x.obo", "a\0b", "x.obo: is a binary file; give a vocabulary as text; unpack it if it is packed"),
    "unknown format": (
        "x.txt",
        "Reeds grow here.\n",
        "x.txt: is of no format that we know; name it with --from: csv, obo, owl, skos, sssom, tsv",
    ),
    "no labels": ("x.csv", "id,colour\n1,red\n", "x.csv:1: no column of labels among id, colour; name one of the"),
    "too many values": ("x.csv", "id,label\n1,reed fever\n2,fever, red\n", "x.csv:3: 3 values under 2 headings"),
    "open quotes": ("x.csv", 'id,label\n1,"reed fever\n', "x.csv:2: not a valid table (unexpected end of data)"),
    "gaps only": ("x.csv", "\u00a0\n", "x.csv:1: no column of labels; name one of"),
    "signs only": ("x.csv", ",,,\n", "x.csv:1: no column of labels; name one of"),
    "number for an id": (
        "x.tsv",
        "#mapping_set_id: 3\nsubject_id\tpredicate_id\tobject_id\n",
        "x.tsv: not valid SSSOM (",
    ),
    "mapping head": (
        "x.sssom.tsv",
        "#curie_map: [\nsubject_id\tpredicate_id\tobject_id\n",
        "x.sssom.tsv: not valid SSSOM (",
    ),
    "no kind": ("x.csv", "label,kind\nreed fever,Fever\n", "x.csv:2: 'Fever' is no kind; use one of Method"),
    "obo": ("x.obo", "format-version: 1.2\n\n[Term]\nid: P:1\nnam reed\n", "x.obo:5: not valid OBO ("),
    "turtle": ("x.ttl", "<http://p.example/1> a .\n", "x.ttl:1: not valid Turtle ("),
    "xml": ("x.owl", "<rdf:RDF>\n<a></b>", "x.owl"),
    "entities": (
        "x.owl",
        '<!DOCTYPE r [\n<!ENTITY a "b">\n<!ENTITY c "&a;&a;">]>\n',
        "x.owl:3: an XML entity that could",
    ),
    "mapping": (
        "x.tsv",
        f"{SSSOM}P:1\tskos:exactMatch\tP:2\tsemapv:ManualMappingCuration\nP:1\tskos:exactMatch\tQ:2\tsemapv:X\n",
        "x.tsv:5: not a valid mapping (",
    ),
    "no concepts": (
        "x.csv",
        "label,obsolete\nreed fever,true\n",
        "x.csv: has no concept to add (1 obsolete concepts);",
    ),
    "duplicates": (
        "x.csv",
        "id,label\nP:1,reed fever\nP:2,marsh fever\nP:1,root fever\n",
        f"x.csv:4: the id {curie('P:1')} stands here, as in line 2; keep one of them",
    ),
    "circle": (
        "x.csv",
        "id,label,parent\nP:1,reed fever,P:2\nP:2,marsh fever,P:3\nP:3,root fever,P:1\n",
        "x.csv:2: concepts stand above themselves: reed fever > marsh fever > root fever > reed fever; break the",
    ),
    "above itself": (
        "x.csv",
        "id,label,parent\nP:1,reed fever,P:1\n",
        "x.csv:2: concepts stand above themselves: reed",
    ),
}


@pytest.mark.parametrize(("name", "text", "line"), BAD.values(), ids=list(BAD))
def test_a_bad_file_is_told_on_one_line_and_the_former_vocabulary_stays(
    name: str, text: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path)[1].path.read_bytes()

    with pytest.raises(KgError) as caught:
        add(saved(tmp_path, name, text).relative_to(tmp_path), tmp_path)

    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in (tmp_path / "added").iterdir()} == {"one.sqlite": before}


def test_a_byte_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"label\nreed fever\nfi\xe8vre\n")

    with pytest.raises(KgError, match=r"x\.csv:3: not UTF-8 \(byte 3\)"):
        add(path, tmp_path)


def test_nothing_is_made_where_there_was_nothing(tmp_path: Path) -> None:
    with pytest.raises(KgError):
        add(saved(tmp_path, "x.csv", "label\n"), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (Choice(), "does not say of what kind its concepts are; give --type: Method"),
        (
            Choice(kind=Kind.DISEASE, branch="reed fevre"),
            "no concept 'reed fevre' for --branch; did you mean 'reed fever'?",
        ),
        (Choice(kind=Kind.DISEASE, branch="stone"), "no concept 'stone' for --branch; give the IRI, id or label"),
        (Choice("obow", Kind.DISEASE), "unknown format 'obow'; did you mean obo?"),
    ],
)
def test_a_choice_of_nothing_is_told(choice: Choice, line: str, tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path, choice)

    assert line in str(caught.value)


def test_a_hierarchy_may_be_deep(tmp_path: Path) -> None:
    rows = "".join(f"P:{number},reed fever {number},P:{number + 1}\n" for number in range(3_000))

    _, index = add(saved(tmp_path, "x.csv", f"id,label,parent\n{rows}P:3000,marsh fever,\n"), tmp_path)

    assert len(index) == 3_001


def test_a_vocabulary_that_other_rules_compiled_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path)[1]
    monkeypatch.setattr("kg.vocabulary.compiling.rules_digest", lambda: "other")
    monkeypatch.setattr("kg.vocabulary.added.rules_digest", lambda: "other")

    (index,) = AddedVocabularies(tmp_path / "added")

    assert (former.about["rules"], index.about["rules"]) != ("other", "other")
    assert index.about["rules"] == "other"
    assert {**former.about, "rules": "other"} == index.about


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path)[1].path
    path.write_bytes(b"SQLite format 3\0 and no more")

    with pytest.raises(KgError, match=r"one\.sqlite: not a compiled vocabulary \(.*\); remove it and add it again"):
        list(AddedVocabularies(tmp_path / "added"))


@pytest.mark.parametrize("name", ["concepts", "digest", "file", "kinds", "names", "rules"])
def test_a_file_that_does_not_tell_of_itself_is_told(name: str, tmp_path: Path) -> None:
    path = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path)[1].path
    changed(path, "DELETE FROM about WHERE name = ?", name)

    with pytest.raises(GraphError, match=rf"one\.sqlite: not a compiled vocabulary \(it does not tell its {name}\);"):
        list(AddedVocabularies(tmp_path / "added"))


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "added" / "one.sqlite").mkdir(parents=True)

    with pytest.raises(GraphError, match=r"one\.sqlite: not a compiled vocabulary \("):
        list(AddedVocabularies(tmp_path / "added"))


def test_damaged_concepts_are_told_when_they_are_read_and_not_before(tmp_path: Path) -> None:
    path = add(write(PONDS, tmp_path, "vocabulary.csv"), tmp_path)[1].path
    changed(path, "UPDATE concept SET entry = '{'")

    (index,) = AddedVocabularies(tmp_path / "added")

    assert curie("POND:1") in index.terms
    assert curie("POND:4") not in index.terms
    with pytest.raises(GraphError, match=r"one\.sqlite: not a compiled vocabulary \("):
        index.terms[curie("POND:1")]
    with pytest.raises(GraphError, match=r"one\.sqlite: not a compiled vocabulary \("):
        list(index.entries())


def test_one_vocabulary_can_be_compiled_twice_at_once(tmp_path: Path) -> None:
    path = write(PONDS, tmp_path, "vocabulary.csv")
    expected = add(path, tmp_path)[1].path.read_bytes()

    def compile_between(*_arguments: object) -> str:
        monkey.undo()
        add(path, tmp_path)
        return rules_digest()

    with pytest.MonkeyPatch.context() as monkey:
        monkey.setattr("kg.vocabulary.compiling.rules_digest", compile_between)
        AddedVocabularies(tmp_path / "added").add(path, DISEASES, name="one")

    (index,) = AddedVocabularies(tmp_path / "added")
    assert index.path.read_bytes() == expected
    assert [one.name for one in (tmp_path / "added").iterdir()] == ["one.sqlite"]


def test_removing_needs_a_name_that_is_there(tmp_path: Path) -> None:
    added = AddedVocabularies(tmp_path / "added")
    added.add(write(PONDS, tmp_path, "vocabulary.csv"), DISEASES)

    with pytest.raises(UnknownNameError, match="unknown vocabulary 'ponds'; known: vocabulary"):
        added.remove("ponds")
    added.remove("vocabulary")

    assert not (tmp_path / "added").exists()


def test_the_disease_ontologys_own_table_is_read_whole(tmp_path: Path) -> None:
    if not DOID.exists():
        pytest.skip("the Disease Ontology is not here")

    report, index = add(DOID, tmp_path, Choice(kind=Kind.DISEASE, branch="DOID:850"))

    assert report.concepts > 50
    (pneumonia,) = [term for term in index.terms.values() if term.label == "pneumonia"]
    assert "http://id.nlm.nih.gov/mesh/D011014" in {obj.value for _, _, obj in pneumonia.statements}
