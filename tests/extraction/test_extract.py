import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import configuration_digest, extract, load_pipeline
from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.findings import findings_of
from kg.records import Annotation, Entity, Kind, Paper, Predicate, Role, Status, encode
from kg.settings import Settings

PAPER = Paper(
    id="brook",
    title="BrookNet: Pebble-Aware Attention for Liver Tumor Segmentation in Chest CT",
    abstract=(
        "Metastases of a tumor are hard to see. Earlier work used self-supervised learning. "
        "We propose BrookNet, a U-Net with a pebble gating module (PGM), without CNNs. "
        "On the RIVER-5 dataset it reaches a Dice score of 91% and outperforms StoneFormer. "
        "Code: https://github.com/brook/net."
    ),
)


FAST = Settings(fast=True)


@pytest.fixture(scope="module")
def annotation(nlp: Language) -> Annotation:
    return extract(nlp, PAPER)


def named(annotation: Annotation, name: str) -> Entity:
    return next(one for one in annotation.entities if one.name == name)


def test_nothing_is_claimed_of_a_paper_without_an_abstract(nlp: Language) -> None:
    assert extract(nlp, Paper("x", PAPER.title, "")) == Annotation("x", claims=())


@pytest.mark.parametrize(
    ("name", "kind", "role", "surfaces"),
    [
        ("BrookNet", Kind.METHOD, Role.PROPOSED, ("BrookNet",)),
        ("U-Net", Kind.METHOD, Role.USED, ("U-Net",)),
        ("pebble gating module", Kind.METHOD, Role.PROPOSED, ("pebble gating module", "PGM")),
        ("StoneFormer", Kind.METHOD, Role.COMPARED, ("StoneFormer",)),
        ("RIVER-5", Kind.DATASET, Role.USED, ("RIVER-5",)),
        ("Liver Tumor Segmentation", Kind.TASK, Role.ADDRESSED, ("Liver Tumor Segmentation",)),
        ("liver tumor", Kind.DISEASE, Role.STUDIED, ("Liver Tumor",)),
        ("metastasis", Kind.DISEASE, Role.MENTIONED, ("Metastases",)),
        ("chest CT", Kind.MODALITY, Role.STUDIED, ("Chest CT",)),
        ("Dice", Kind.METRIC, Role.REPORTED, ("Dice score",)),
    ],
)
def test_reads_concepts_with_their_roles(
    annotation: Annotation, name: str, kind: Kind, role: Role, surfaces: tuple[str, ...]
) -> None:
    entity = named(annotation, name)

    assert (entity.type, entity.role, entity.surfaces) == (kind, role, surfaces)


@pytest.mark.parametrize(
    "relation",
    [
        ("BrookNet", Predicate.ADDRESSES, "Liver Tumor Segmentation"),
        ("BrookNet", Predicate.APPLIED_TO, "chest CT"),
        ("BrookNet", Predicate.TARGETS, "liver tumor"),
        ("BrookNet", Predicate.BASED_ON, "U-Net"),
        ("BrookNet", Predicate.COMPARED_WITH, "StoneFormer"),
        ("BrookNet", Predicate.EVALUATED_ON, "RIVER-5"),
        ("pebble gating module", Predicate.PART_OF, "BrookNet"),
        ("liver tumor", Predicate.NARROWER_THAN, "tumor"),
        ("U-Net", Predicate.NARROWER_THAN, "convolutional neural network"),
    ],
    ids=str,
)
def test_relates_concepts(annotation: Annotation, relation: tuple[str, Predicate, str]) -> None:
    stated = {(one.subject, one.predicate, one.object) for one in annotation.claims or ()}

    assert relation in stated


def test_every_role_and_relation_is_a_claim(annotation: Annotation) -> None:
    claims = annotation.claims or ()

    assert [one.object for one in claims if one.subject is None] == [one.name for one in annotation.entities]
    assert annotation.relations == tuple(
        (one.subject, one.predicate, one.object)
        for one in claims
        if one.subject is not None and one.status is Status.ASSERTED
    )


def test_what_is_denied_or_background_is_not_asserted(annotation: Annotation) -> None:
    status = {one.object: one.status for one in annotation.claims or () if one.subject is None}

    assert status["convolutional neural network"] is Status.NEGATED
    assert status["metastasis"] is Status.BACKGROUND


def test_a_claim_stands_in_its_sentence(annotation: Annotation) -> None:
    sentences = {PAPER.text[slice(*one.sentence)] for one in annotation.claims or () if one.sentence}

    assert "Code: https://github.com/brook/net." not in sentences
    assert "We propose BrookNet, a U-Net with a pebble gating module (PGM), without CNNs." in sentences


def test_a_relation_shows_the_sentence_that_names_both_or_else_the_object(nlp: Language) -> None:
    abstract = (
        "We propose BrookNet. It is compared with U-Net. The liver tumor is hard. BrookNet finds the liver tumor."
    )
    paper = Paper("brook", "BrookNet: Pebble Gating", abstract)

    claims = {one.object: one for one in extract(nlp, paper).claims or () if one.subject == "BrookNet" and one.sentence}
    shown = {name: paper.text[slice(*one.sentence)] for name, one in claims.items() if one.sentence}

    assert shown["U-Net"] == "It is compared with U-Net."
    assert shown["liver tumor"] == "BrookNet finds the liver tumor."
    for name, one in claims.items():
        assert {paper.text[slice(*mention)] for mention in one.mentions} == {"BrookNet", name}


@pytest.mark.parametrize(
    ("title", "abstract", "read", "not_read"),
    [
        ("T", "We propose BrookNet. Code: https://github.com/a/StoneNet.", "BrookNet", "StoneNet"),
        ("A study of U-Net: results", "We use U-Net.", "U-Net", "A study of U-Net"),
        ("T", "We curated PathTalk-200K, a dataset of CT scans.", "PathTalk-200K", "dataset"),
        ("T", "Academia and sympathy matter for a liver tumor.", "liver tumor", "Academia"),
    ],
    ids=["address", "title that is a phrase", "curated dataset", "everyday words with Greek endings"],
)
def test_a_name_is_one_that_the_paper_speaks_of(
    nlp: Language, title: str, abstract: str, read: str, not_read: str
) -> None:
    names = [one.name for one in extract(nlp, Paper("p", title, abstract)).entities]

    assert read in names
    assert not_read not in names


def test_a_dataset_is_for_training_or_for_evaluation(nlp: Language) -> None:
    abstract = "We propose BrookNet. BrookNet was trained on the RIVER-5 dataset and evaluated on DRIVE."

    relations = extract(nlp, Paper("p", "BrookNet: Gating", abstract)).relations

    assert [one for one in relations if one[1] in {Predicate.TRAINED_ON, Predicate.EVALUATED_ON}] == [
        ("BrookNet", Predicate.TRAINED_ON, "RIVER-5"),
        ("BrookNet", Predicate.EVALUATED_ON, "DRIVE"),
    ]


WORDS = st.sampled_from(
    [
        *("We", "propose", "BrookNet", ",", "a", "CT", "(", "of", "tumors", "U-Net", "the", "DRIVE", "dataset", "."),
        *("liver", "tumor", "segmentation", "network", "StoneFormer", "Dice", "CNN", "(CNN)", "US", "ultrasound", ":"),
        *("\\textbf{G}ate", "{for}", "{", "\n", "https://a.org/b", "91%"),
        *("\u00e9", "\U0001f600", "\x00", "\u3000", "\ud800"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=st.one_of(st.text(), st.lists(WORDS).map(" ".join)), abstract=st.lists(WORDS).map(" ".join))
def test_surfaces_are_the_text_at_the_mentions(nlp: Language, title: str, abstract: str) -> None:
    paper = Paper("p", title, abstract)
    annotation = extract(nlp, paper)

    names = [one.name for one in annotation.entities]
    assert len(set(names)) == len(names)
    for one in annotation.entities:
        assert set(one.surfaces) == {paper.text[start:end] for start, end in one.mentions}
        assert all(surface == surface.strip() != "" for surface in one.surfaces)
        assert one.name.strip()
    for subject, _, target in annotation.relations:
        assert {subject, target} <= set(names)


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("", ""),
        ("T", ""),
        ("\u7b97\u6cd5\u7814\u7a76", "\u6211\u4eec\u63d0\u51fa\u3002"),
        ("\x00\x1f", "\U0001f600" * 9),
        ("{" * 50, "\\" * 50),
    ],
    ids=["nothing", "no abstract", "another language", "control characters", "open braces"],
)
def test_survives_odd_texts(nlp: Language, title: str, abstract: str) -> None:
    annotation = extract(nlp, Paper("p", title, abstract))

    assert (annotation.id, annotation.entities, annotation.results) == ("p", (), ())


def test_a_text_of_many_thousand_words_is_read_to_its_end(nlp: Language) -> None:
    annotation = extract(nlp, Paper("p", PAPER.title, f"{PAPER.abstract} " * 1000))

    assert named(annotation, "BrookNet").role is Role.PROPOSED


def test_company_does_not_change_what_is_read(nlp: Language, annotation: Annotation) -> None:
    extract(nlp, Paper("other", "CNN as Cyclic Neat Nonsense (CNN)", "A U-Net."))

    assert extract(nlp, PAPER) == annotation


SCRIPT = """
import sys
from pathlib import Path
from kg.extraction import configuration_digest, extract, load_pipeline
from kg.records import decode_paper, encode
from kg.settings import Settings
nlp = load_pipeline(Path(sys.argv[1]), Settings(fast=True))
print(configuration_digest(nlp), encode(extract(nlp, decode_paper(sys.stdin.read()))))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_does_not_matter(vocabulary: Path, nlp: Language, annotation: Annotation, seed: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, str(vocabulary)],
        input=encode(PAPER),
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == f"{configuration_digest(nlp)} {encode(annotation)}"


def test_the_digest_tells_vocabularies_apart_but_not_their_places(
    nlp: Language, tmp_path: Path, vocabulary: Path
) -> None:
    text = (vocabulary / "small.ttl").read_text()
    (same := tmp_path / "same").mkdir()
    (same / "small.ttl").write_text(text)
    (changed := tmp_path / "changed").mkdir()
    (changed / "small.ttl").write_text(text.replace('"Dice"', '"Mice"'))

    assert configuration_digest(load_pipeline(same, FAST)) == configuration_digest(nlp)
    assert configuration_digest(load_pipeline(changed, FAST)) != configuration_digest(nlp)


def test_another_source_of_candidates_needs_only_its_name_in_the_config(vocabulary: Path) -> None:
    nlp = load_pipeline(vocabulary, FAST)
    rules = nlp.get_pipe("kg_rules")
    rules.sources = {**rules.sources, "mills": 1.0}  # type: ignore[attr-defined]
    doc = nlp.make_doc("the old mill")
    put_candidates(doc, "mills", [Candidate(1, 3, Kind.METHOD, 0.9)])

    assert [one.name for one in findings_of(nlp(doc)).concepts] == ["old mill"]


def test_a_saved_pipeline_reads_the_same(nlp: Language, annotation: Annotation, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)

    assert configuration_digest(again) == configuration_digest(nlp)
    assert extract(again, PAPER) == annotation
