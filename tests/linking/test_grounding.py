"""Which names are one concept and which are not; the examples are our own."""

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import link
from kg.linking.grounding import Grounding, Step, ground
from kg.linking.readings import long_forms_of
from kg.records import Annotation, Entity, Kind, Role
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.keys import keys_of
from kg.vocabulary.vocabulary import vocabulary_of

DISEASE, METHOD, DATASET = Kind.DISEASE, Kind.METHOD, Kind.DATASET
MODALITY, ANATOMY, METRIC, TASK = Kind.MODALITY, Kind.ANATOMY, Kind.METRIC, Kind.TASK


def term(name: str, kind: Kind = DISEASE, *labels: str, broader: tuple[str, ...] = ()) -> Term:
    return Term(f"https://example.org/{kind}/{name.replace(' ', '-')}", kind, name, labels, broader=broader)


def vocabulary(*terms: Term) -> Vocabulary:
    return vocabulary_of(terms, "")


def entity(name: str, kind: Kind = DISEASE, *surfaces: str) -> Entity:
    return Entity(kind, name, (name, *surfaces), Role.MENTIONED)


def found(known: str, written: str, kind: Kind) -> Grounding | None:
    return ground(entity(written, kind), vocabulary(term(known, kind)))


@pytest.mark.parametrize(
    ("known", "written", "kind", "step"),
    [
        ("river fever", "River Fevers", DISEASE, Step.EXACT),
        ("wide-mouth palsy", "wide mouth palsy", DISEASE, Step.EXACT),
        ("Weir's disease", "Weir disease", DISEASE, Step.EXACT),
        ("brook tumor", "brook tumours", DISEASE, Step.NORMALISED),
        ("pebble anemia", "pebble anaemia", DISEASE, Step.NORMALISED),
        ("stone edema", "stone oedema", DISEASE, Step.NORMALISED),
        ("brook ischemia", "brook ischaemia", DISEASE, Step.NORMALISED),
        ("esophageal web", "oesophageal web", DISEASE, Step.NORMALISED),
        ("river diarrhea", "river diarrhoea", DISEASE, Step.NORMALISED),
        ("celiac stone", "coeliac stone", DISEASE, Step.NORMALISED),
        ("leukocyte weir", "leucocyte weir", DISEASE, Step.NORMALISED),
        ("generalized moss", "generalised moss", DISEASE, Step.NORMALISED),
        ("brook metastasis", "brook metastases", DISEASE, Step.NORMALISED),
        ("moss carcinoma", "moss carcinomata", DISEASE, Step.NORMALISED),
        ("mural thrombus", "mural thrombi", DISEASE, Step.NORMALISED),
        ("weir disease type 2", "Weir disease type II", DISEASE, Step.NORMALISED),
        ("factor 5 weakness", "factor V weakness", DISEASE, Step.NORMALISED),
        ("\u03b2 stone", "beta-stone", DISEASE, Step.NORMALISED),
        ("gallstone", "gall stones", DISEASE, Step.NORMALISED),
        ("nonstone fever", "non-stone fever", DISEASE, Step.NORMALISED),
        ("BRK 3", "BRK3", DISEASE, Step.NORMALISED),
        ("Weir\u2019s disease", "Weir disease", DISEASE, Step.NORMALISED),
        ("brook cancer", "cancer of the brook", DISEASE, Step.REORDERED),
        ("type 2 mossitis", "mossitis type II", DISEASE, Step.REORDERED),
        ("type 2 mossitis", "mossitis 2", DISEASE, Step.REORDERED),
        ("neoplasm, mossy", "mossy neoplasms", DISEASE, Step.REORDERED),
        ("kidney stone", "renal stones", DISEASE, Step.REWORDED),
        ("tumor of the liver", "hepatic neoplasm", DISEASE, Step.REWORDED),
        ("lung cancer", "malignant tumour of the lung", DISEASE, Step.REWORDED),
        ("heart failure", "cardiac insufficiency", DISEASE, Step.REWORDED),
        ("mossy disorder", "mossy disease", DISEASE, Step.REWORDED),
        ("brookase deficiency", "brookase-deficient", DISEASE, Step.REWORDED),
        ("hypertension", "hypertensive", DISEASE, Step.REWORDED),
        ("Weir syndrome", "Weir", DISEASE, Step.REWORDED),
        ("brook-weir palsy", "brook-weir palsy disease", DISEASE, Step.REWORDED),
        ("pebble pneumothorax", "pebble pneumonthorax", DISEASE, Step.APPROXIMATE),
        ("mossy lymphangiomatosis", "mossy lymphangiomtosis", DISEASE, Step.APPROXIMATE),
        ("left kidney", "left kidneys", ANATOMY, Step.EXACT),
        ("lobe of liver", "hepatic lobe", ANATOMY, Step.REWORDED),
        ("stone segmentation", "segmentation of stones", TASK, Step.REORDERED),
        ("river MRI", "river-MRI", MODALITY, Step.EXACT),
        ("river endoscopy video", "video of river endoscopy", MODALITY, Step.REORDERED),
        ("U-Net", "UNet", METHOD, Step.NORMALISED),
        ("Brook-Net v2", "BrookNet v2", METHOD, Step.NORMALISED),
        ("pebble data augmentation", "augmentation of pebble data", METHOD, Step.REORDERED),
        ("STONES 2018", "STONES-2018", DATASET, Step.EXACT),
        ("RiverX-ray14", "River Xray 14", DATASET, Step.NORMALISED),
    ],
)
def test_spellings_of_one_name_are_one_concept(known: str, written: str, kind: Kind, step: Step) -> None:
    grounding = found(known, written, kind)

    assert grounding is not None
    assert (grounding.term.label, grounding.step) == (known, step)


@pytest.mark.parametrize(
    ("known", "written", "kind"),
    [
        ("weir disease type 1", "weir disease type 2", DISEASE),
        ("weir disease type I", "weir disease type II", DISEASE),
        ("stage 1 type 2 mossitis", "stage 2 type 1 mossitis", DISEASE),
        ("BRK1 weakness", "BRK2 weakness", DISEASE),
        ("BRK3", "BRK6", DISEASE),
        ("mossitis A", "mossitis B", DISEASE),
        ("mossitis A", "mossitis", DISEASE),
        ("river hypertension", "river hypotension", DISEASE),
        ("hyperstonemia of rivers", "hypostonemia of rivers", DISEASE),
        ("intraventricular stone", "interventricular stone", DISEASE),
        ("acute mossitis", "chronic mossitis", DISEASE),
        ("benign brook tumor", "malignant brook tumor", DISEASE),
        ("left brook palsy", "right brook palsy", DISEASE),
        ("mossitis with stones", "mossitis without stones", DISEASE),
        ("small pebble cancer", "non-small pebble cancer", DISEASE),
        ("mossy lymphadenoma", "mossy lymphadenitis", DISEASE),
        ("brook cancer", "early brook cancer", DISEASE),
        ("brook cancer", "familial brook cancer", DISEASE),
        ("familial brook cancer", "brook cancer", DISEASE),
        ("brook and moss cancer", "brook or moss cancer", DISEASE),
        ("brook moss cancer", "brook and moss cancer", DISEASE),
        ("Weir syndrome", "Weir disease", DISEASE),
        ("disease", "syndrome", DISEASE),
        ("alpha stone", "beta stone", DISEASE),
        ("left kidney", "right kidney", ANATOMY),
        ("upper lobe", "lower lobe", ANATOMY),
        ("river MRI", "river CT", MODALITY),
        ("T1 river MRI", "T2 river MRI", MODALITY),
        ("seconds per frame", "frames per second", METRIC),
        ("stone detection", "stone segmentation", TASK),
        ("U-Net", "U-Net++", METHOD),
        ("BrookNet-50", "BrookNet-101", METHOD),
        ("BrookNet", "BrookNet v2", METHOD),
        ("stone transformer network", "stone transfermer network", METHOD),
        ("heart network", "cardiac network", METHOD),
        ("STONES 2018", "STONES 2019", DATASET),
        ("STONES18", "STONES 1 8 9", DATASET),
        ("river stone archive", "archive of river stones", DATASET),
    ],
)
def test_names_that_differ_in_meaning_are_not_one_concept(known: str, written: str, kind: Kind) -> None:
    assert found(known, written, kind) is None


def test_a_more_exact_name_wins_over_a_looser_one() -> None:
    known = vocabulary(term("cancer of the brook", DISEASE), term("brook cancer", DISEASE))

    grounding = ground(entity("Brook cancer"), known)

    assert grounding is not None
    assert grounding.term.label == "brook cancer"


def test_of_two_terms_that_share_a_name_the_one_it_labels_is_meant() -> None:
    known = vocabulary(term("mossitis"), term("river fever", DISEASE, "mossitis"))

    grounding = ground(entity("mossitis"), known)

    assert grounding is not None
    assert grounding.term.label == "mossitis"


def test_of_two_terms_that_share_a_name_the_one_above_the_other_is_meant() -> None:
    above = term("river fever", DISEASE, "RF palsy")
    below = term("spring river fever", DISEASE, "RF palsy", broader=(above.iri,))

    grounding = ground(entity("RF palsy"), vocabulary(above, below))

    assert grounding is not None
    assert grounding.term == above


def test_a_name_that_two_terms_share_alike_is_no_link() -> None:
    known = vocabulary(term("river fever", DISEASE, "mossitis"), term("brook fever", DISEASE, "mossitis"))

    assert ground(entity("mossitis"), known) is None


def test_the_long_form_decides_what_an_acronym_is() -> None:
    known = vocabulary(term("alpine lung disease", DISEASE, "ALD"), term("artesian leg dystrophy"))

    grounding = ground(entity("ALD", DISEASE, "artesian leg dystrophy"), known)

    assert grounding is not None
    assert (grounding.term.label, grounding.step) == ("artesian leg dystrophy", Step.ABBREVIATION)


def test_an_acronym_is_nothing_known_where_its_long_form_is_not() -> None:
    known = vocabulary(term("alpine lung disease", DISEASE, "ALD"))

    assert ground(entity("ALD", DISEASE, "adult locust dread"), known) is None


def test_an_acronym_without_long_form_counts_as_it_stands() -> None:
    known = vocabulary(term("alpine lung disease", DISEASE, "ALD"))

    grounding = ground(entity("ALD"), known)

    assert grounding is not None
    assert grounding.step is Step.EXACT


def test_what_holds_the_acronym_is_not_what_it_stands_for() -> None:
    known = vocabulary(term("alpine lung disease", DISEASE, "ALD"))

    grounding = ground(entity("ALD", DISEASE, "ALD progression"), known)

    assert grounding is not None
    assert grounding.term.label == "alpine lung disease"


def test_a_label_that_often_means_something_else_is_linked_where_the_kind_has_no_other() -> None:
    ambiguous = replace(term("alpine lung disease", DISEASE), ambiguous_labels=("ALD",))
    rival = replace(term("artesian leg dystrophy", DISEASE), ambiguous_labels=("ALD",))

    grounding = ground(entity("ALD"), vocabulary(ambiguous))

    assert grounding is not None
    assert grounding.step is Step.AMBIGUOUS
    assert ground(entity("ALD"), vocabulary(ambiguous, rival)) is None


def test_a_short_form_inside_a_name_is_spelled_out() -> None:
    known = vocabulary(term("brookase deficiency"), term("alpine lung cancer"))
    long_forms = {"BRA": "brookase", "AL": "alpine lung"}

    assert [
        grounding and grounding.term.label
        for grounding in (
            ground(entity("BRA deficiency"), known, long_forms),
            ground(entity("brookase (BRA) deficiency"), known, long_forms),
            ground(entity("AL cancer"), known, long_forms),
            ground(entity("AL cancer"), known),
        )
    ] == ["brookase deficiency", "brookase deficiency", "alpine lung cancer", None]


@pytest.mark.parametrize("written", ["patients with brook fever", "brook fever patients", "brook fever gene"])
def test_who_has_a_disease_and_what_causes_it_is_no_part_of_its_name(written: str) -> None:
    grounding = found("brook fever", written, DISEASE)

    assert grounding is not None
    assert grounding.step is Step.EXACT
    assert found("brook fever", written, METHOD) is None


def test_plurals_of_short_forms_and_those_between_hyphens_are_spelled_out() -> None:
    known = vocabulary(term("brook fever"), term("brookase-deficient palsy"))
    long_forms = {"BF": "brook fever", "BRA": "brookase"}

    assert ground(entity("BFs"), known, long_forms) is not None
    assert ground(entity("BRA-deficient palsy"), known, long_forms) is not None


def test_a_paper_tells_what_its_acronyms_stand_for() -> None:
    entities = [
        entity("mossy river fever", DISEASE, "MRF"),
        entity("DaSilva stone"),
        entity("DSS"),
        entity("DS"),
        entity("BN", METHOD),
        entity("brook nausea"),
    ]

    assert long_forms_of(entities) == {"MRF": "mossy river fever", "DSS": "DaSilva stone", "DS": "DaSilva stone"}


def test_an_acronym_that_two_names_fit_stands_for_neither() -> None:
    assert long_forms_of([entity("brook fever"), entity("bone fatigue"), entity("BF")]) == {}


def test_links_of_a_paper_use_what_its_other_entities_spell_out() -> None:
    known = vocabulary(term("brook fever"), term("brook fever seizure"))
    entities = (entity("brook fever", DISEASE, "BF"), entity("BF seizures"))

    linking = link([Annotation("a", entities)], known)

    assert linking.concept_of("a", "BF seizures").label == "brook fever seizure"


_WORDS = st.lists(st.text(string.ascii_lowercase, min_size=2, max_size=9), min_size=1, max_size=4).map(" ".join)
_NAMES = st.one_of(
    _WORDS,
    st.builds("{} type {}".format, _WORDS, st.integers(1, 14)),
    st.builds("{}{}".format, _WORDS, st.integers(1, 30)),
)


@given(_NAMES, st.sampled_from(Kind), st.sampled_from(Kind))
def test_no_link_leaves_the_kind(name: str, kind: Kind, other: Kind) -> None:
    grounding = ground(entity(name, kind), vocabulary(term(name, other)))

    assert grounding is None or grounding.term.kind is kind


@given(st.lists(_NAMES, min_size=1, max_size=5), _NAMES)
def test_no_link_joins_names_with_different_numbers(names: list[str], written: str) -> None:
    grounding = ground(entity(written), vocabulary(*map(term, sorted(set(names)))))

    assert grounding is None or _numbers(grounding.term.label) == _numbers(written)


@given(st.lists(_NAMES, min_size=1, max_size=5), st.sampled_from(Kind))
def test_every_name_of_a_vocabulary_is_found_as_it_stands(names: list[str], kind: Kind) -> None:
    for name in names:
        assert (grounding := ground(entity(name, kind), vocabulary(term(name, kind)))) is not None
        assert (grounding.step, grounding.score) == (Step.EXACT, 1.0)


def _numbers(name: str) -> list[str]:
    return sorted(re.findall(r"\d+", keys_of(name).spelled))
