"""What ``kg vocabulary check`` finds wrong, and where."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.vocabulary.checking import check_files
from tests.cli.runner import kg

HEAD = """@prefix kg: <https://example.org/kg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix d: <https://example.org/kg/id/disease/> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/> .
@prefix scheme: <https://example.org/kg/id/scheme/> .

"""
GOOD = """d:reed-fever a kg:Disease, skos:Concept ;
    skos:inScheme scheme:disease ;
    skos:prefLabel "reed fever"@en ;
    skos:altLabel "reeds"@en, "RF"@en ;
    kg:abbreviation "RF"@en ;
    skos:definition "Fever that reeds give."@en ;
    skos:broader d:pneumonia ;
    skos:exactMatch mesh:D999901 .

"""
OTHER = """d:marsh-fever a kg:Disease, skos:Concept ;
    skos:inScheme scheme:disease ;
    skos:prefLabel "marsh fever"@en ;
    skos:definition "Fever in a marsh."@en .
"""


def faults(folder: Path, text: str) -> list[str]:
    path = folder / "disease.ttl"
    path.write_text(HEAD + text, "utf-8")
    return [str(fault).removeprefix(str(folder)) for fault in check_files([path])]


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD + OTHER) == []


MESH = "http://id.nlm.nih.gov/mesh/"
REED, MARSH = "https://example.org/kg/id/disease/reed-fever", "https://example.org/kg/id/disease/marsh-fever"


@pytest.mark.parametrize(
    ("former", "now", "found"),
    [
        ('skos:prefLabel "reed fever"@en ;', "", [f"7: {REED}: has no prefLabel, and needs one"]),
        ('"Fever that reeds give."@en', '"a"@en, "b"@en', [f"7: {REED}: has 2 definitions, and needs one"]),
        ('"reeds"@en', '"reeds"', [f"10: {REED}: altLabel 'reeds' is not marked as English (@en)"]),
        ('"reeds"@en', '"roseaux"@fr', [f"10: {REED}: altLabel 'roseaux' is not marked as English (@en)"]),
        ('"reeds"@en', '" reeds"@en', [f"10: {REED}: altLabel ' reeds' has white space at its ends or twice"]),
        ('"reeds"@en', '" "@en', [f"7: {REED}: altLabel ' ' is empty"]),
        (
            '"reeds"@en',
            '"Marsh-Fevers"@en',
            [
                f"10: {REED}: 'Marsh-Fevers' also names {MARSH}; mark it as kg:ambiguousLabel of both",
                f"18: {MARSH}: 'marsh fever' also names {REED}; mark it as kg:ambiguousLabel of both",
            ],
        ),
        ('"reeds"@en, "RF"@en', '"reeds"@en', [f"11: {REED}: the abbreviation 'RF' is none of the labels"]),
        ("d:pneumonia", "d:pneumona", [f"13: {REED}: stands below {REED[:-10]}pneumona, which is not there"]),
        ("d:pneumonia", "d:reed-fever", [f"13: {REED}: stands above itself: {REED} > {REED}"]),
        (
            "d:pneumonia",
            "<https://example.org/kg/id/modality/ct>",
            [f"13: {REED}: is a Disease and stands below https://example.org/kg/id/modality/ct, a Modality"],
        ),
        (
            "mesh:D999901",
            "mesh:999901",
            [f"14: {REED}: the match {MESH}999901 is not formed as the ids of <{MESH}> are"],
        ),
        ("a kg:Disease, skos:Concept ;", "a skos:Concept ;", [f"7: {REED}: has no kind, such as kg:Disease"]),
        ("a kg:Disease, skos:Concept ;", "a kg:Disease ;", [f"7: {REED}: is not a skos:Concept"]),
        ("skos:inScheme scheme:disease ;", "", [f"7: {REED}: stands in no skos:ConceptScheme"]),
    ],
)
def test_a_fault_is_told_with_its_line_and_concept(former: str, now: str, found: list[str], tmp_path: Path) -> None:
    assert former in GOOD

    assert faults(tmp_path, GOOD.replace(former, now, 1) + OTHER) == [f"/disease.ttl:{one}" for one in found]


def test_a_label_of_two_concepts_may_be_marked_ambiguous(tmp_path: Path) -> None:
    ambiguous = 'kg:ambiguousLabel "reeds"@en ;\n    skos:definition'

    assert faults(tmp_path, GOOD + OTHER.replace("skos:definition", 'skos:altLabel "reeds"@en ;\n    skos:definition'))
    assert faults(tmp_path, GOOD + OTHER.replace("skos:definition", ambiguous)) == []


def test_one_exact_match_is_of_one_concept(tmp_path: Path) -> None:
    twice = GOOD + OTHER.replace("skos:definition", "skos:exactMatch mesh:D999901 ;\n    skos:definition")

    assert faults(tmp_path, twice) == [
        f"/disease.ttl:14: {REED}: http://id.nlm.nih.gov/mesh/D999901 is an exact match of {MARSH} too",
        f"/disease.ttl:19: {MARSH}: http://id.nlm.nih.gov/mesh/D999901 is an exact match of {REED} too",
    ]


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"disease\.ttl:7: not valid Turtle"):
        faults(tmp_path, "d:reed a .\n")


def test_the_command_tells_faults_with_status_1_and_bad_files_with_2(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(HEAD + GOOD, "utf-8")
    (tmp_path / "faulty.ttl").write_text(HEAD + OTHER.replace("@en", ""), "utf-8")

    good = kg("vocabulary", "check", "good.ttl", cwd=tmp_path)
    faulty = kg("vocabulary", "check", "good.ttl", "faulty.ttl", cwd=tmp_path)
    missing = kg("vocabulary", "check", "gone.ttl", cwd=tmp_path)

    assert (good.returncode, good.stdout, good.stderr) == (0, "", "1 file, no fault\n")
    assert (faulty.returncode, faulty.stderr) == (1, "2 files, 2 faults\n")
    assert faulty.stdout.startswith(f"faulty.ttl:9: {MARSH}: prefLabel 'marsh fever' is not marked as English (@en)\n")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("error: gone.ttl: No such file or directory")
