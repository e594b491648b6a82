"""Across papers: which names the rules take for one, which they keep apart, and what stands under what."""

import pytest

from kg.concepts import Linking
from kg.linking import link
from kg.records import Annotation, Entity, Kind, Role
from kg.text import occurrences
from kg.vocabulary import shipped_vocabulary

_ROLES = {Kind.METHOD: Role.USED, Kind.DATASET: Role.USED, Kind.TASK: Role.ADDRESSED, Kind.METRIC: Role.REPORTED}
VOCABULARY = shipped_vocabulary()


def linked(kind: Kind, *surfaces: tuple[str, ...]) -> Linking:
    """Link papers that each name one thing, by its name and what stands beside it."""
    entities = [Entity(kind, names[0], names, _ROLES.get(kind, Role.STUDIED)) for names in surfaces]
    return link([Annotation(str(number), (one,)) for number, one in enumerate(entities)], VOCABULARY)


def nodes(kind: Kind, *surfaces: str | tuple[str, ...]) -> int:
    names = [(one,) if isinstance(one, str) else one for one in surfaces]
    return len(set(linked(kind, *names).iris.values()))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.METHOD, ["ORF-Netv2", "ORF-Net v2", "ORFNet-v2", "ORF-Net version 2"]),
        (Kind.DATASET, ["ISIC 2018", "ISIC-2018", "ISIC2018", "ISIC 2018 challenge", "ISIC2018 dataset"]),
        (Kind.DATASET, ["ChestX-ray14", "ChestXray14", "NIH ChestX-ray14"]),
        (Kind.DATASET, ["PEBBLE 2021", "PEBBLE21", "PEBBLE-2021 dataset"]),
        (Kind.METHOD, ["BrookNet", "Brook-Net", "BrookNet model"]),
        (
            Kind.METHOD,
            [("QLR", "quiet lake routing"), ("quiet lake routing",), ("QLR",), ("quiet-lake routings", "QLR")],
        ),
        (Kind.TASK, ["synthesis of quartz images", "quartz image synthesis"]),
        (Kind.METHOD, [("stone graph convolution", "SGC"), ("SGC", "stone graph convolutional network")]),
        (Kind.METHOD, ["pebble-level sorter", "pebble sorter"]),
        (Kind.METHOD, ["pebble-supervised", "pebble-supervised learning", "pebble supervision"]),
        (Kind.TASK, ["diagnosis", "disease diagnosis", "diagnostic assessment"]),
    ],
    ids=lambda value: value if isinstance(value, Kind) else str(value[0]),
)
def test_spellings_are_one(kind: Kind, names: list[str | tuple[str, ...]]) -> None:
    assert nodes(kind, *names) == 1


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.METHOD, ["ORF-Net", "ORF-Netv2", "ORF-Netv3"]),
        (Kind.METHOD, ["STU-Brook", "ST-UBrook"]),
        (Kind.METHOD, ["ST-UBrook", ("STU-Brook", "stone tracing unit brook")]),
        (Kind.METHOD, ["Brook", "Brook++"]),
        (Kind.DATASET, ["PEBBLE 2021", "PEBBLE 2020"]),
        (Kind.DATASET, ["PEBBLE 1 10", "PEBBLE 11 0"]),
        (Kind.METHOD, [("QLR", "quiet lake routing"), ("QLR", "quick log reader"), ("QLR",)]),
        (Kind.METHOD, ["fusion", "fusion module"]),
        (Kind.METRIC, ["pebbles per quartz", "quartz per pebble"]),
        (Kind.METRIC, [("QI", "quartz index"), ("QI",)]),
    ],
    ids=lambda value: value if isinstance(value, Kind) else str(value[0]),
)
def test_others_are_not(kind: Kind, names: list[str | tuple[str, ...]]) -> None:
    assert nodes(kind, *names) == len(names)


def test_a_name_with_a_head_more_goes_with_the_one_that_is_written_like_it() -> None:
    linking = linked(Kind.METHOD, ("ST-UBrook",), ("STU-Brook",), ("STU-Brook model",))

    assert linking.iris["2", "STU-Brook model"] == linking.iris["1", "STU-Brook"] != linking.iris["0", "ST-UBrook"]


def test_an_acronym_goes_with_the_sense_whose_long_form_the_paper_names_beside_it() -> None:
    def paper(paper_id: str, *names: tuple[str, ...]) -> Annotation:
        return Annotation(paper_id, tuple(Entity(Kind.METHOD, one[0], one, Role.USED) for one in names))

    linking = link(
        [
            paper("a", ("QLR", "quiet lake routing")),
            paper("b", ("QLR", "quick log reader")),
            paper("c", ("QLR",), ("quick log reader",)),
        ],
        VOCABULARY,
    )

    assert linking.iris["c", "QLR"] == linking.iris["b", "QLR"] != linking.iris["a", "QLR"]


def test_a_long_form_that_the_vocabulary_does_not_know_is_not_its_acronym() -> None:
    linking = linked(Kind.METHOD, ("Segment Anything Model",), ("SAM", "stone asking machine"))

    assert linking.iris["0", "Segment Anything Model"] != linking.iris["1", "SAM"]


def paper_on(paper_id: str, *names: str | tuple[str, ...], role: Role = Role.PROPOSED, text: str = "") -> Annotation:
    """A paper that names methods, or tasks if it addresses them, where they stand in a text."""
    kind = Kind.TASK if role is Role.ADDRESSED else Kind.METHOD
    surfaces = [(one,) if isinstance(one, str) else one for one in names]
    spans = [tuple(occurrences(text, one[0])) for one in surfaces]
    entities = (Entity(kind, one[0], one, role, at) for one, at in zip(surfaces, spans, strict=True))
    return Annotation(paper_id, tuple(entities))


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Brookformer", "Brook Transformer"), "We propose the Brook Transformer (Brookformer)."),
        (("Brookformer", "Brook Transformer"), "Brookformer: Brook Transformer for pebbles."),
        (("QLR", "Quiet Multi-Lake Routing"), "QLR: sorting via Quiet Multi-Lake Routing."),
        (("QuietLR", "Quiet Lake Routing"), "QuietLR sorts pebbles. Quiet Lake Routing is fast."),
        (("pebble sorting", "pebble sorting from brook"), ""),
        (("twin sorting network", "twin convolutional sorting network"), ""),
        (("twin pebble sorter", "brook-guided twin pebble sorter"), ""),
    ],
)
def test_what_a_paper_proposes_is_one_by_its_name_in_full_and_in_short(names: tuple[str, ...], text: str) -> None:
    linking = link([paper_on("a", *names, text=text)], VOCABULARY)

    assert len(set(linking.iris.values())) == 1


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Brookformer", "Brook Transformer"), "We propose Brookformer, the best of all that has a Brook Transformer."),
        (("Alder", "Alder-AID"), "Alder: Alder-AID"),
        (("ALDER", "Alder Reading"), "ALDER: Alder Reading"),
        (("ALR+", "Alder Lake Routing"), "ALR+: Alder Lake Routing"),
        (("pebble sorter", "granite pebble sorter"), ""),
        (("deep learning", "deep quartz-supervised learning"), ""),
        (("pebble sorting network", "pebble grinding network"), ""),
    ],
)
def test_names_of_a_paper_that_only_look_alike_stay_apart(names: tuple[str, ...], text: str) -> None:
    linking = link([paper_on("a", *names, text=text)], VOCABULARY)

    assert len(set(linking.iris.values())) == len(names)


def test_what_a_paper_only_uses_is_not_joined_by_letters() -> None:
    linking = link(
        [paper_on("a", "QLR", "Quiet Multi-Lake Routing", role=Role.USED, text="QLR: Quiet Multi-Lake Routing")],
        VOCABULARY,
    )

    assert len(set(linking.iris.values())) == len(linking.iris)


def test_a_task_is_one_with_and_without_the_words_of_the_field() -> None:
    linking = link([paper_on("a", "pebble grading", "pebble image grading", role=Role.ADDRESSED)], VOCABULARY)

    assert len(set(linking.iris.values())) == 1


def test_a_shorter_name_that_another_paper_uses_by_itself_stays_apart() -> None:
    linking = link(
        [
            paper_on("a", "pebble grading", "pebble image grading", role=Role.ADDRESSED),
            paper_on("b", "pebble grading", role=Role.ADDRESSED),
        ],
        VOCABULARY,
    )

    assert linking.iris["a", "pebble image grading"] != linking.iris["a", "pebble grading"]
    assert linking.iris["a", "pebble grading"] == linking.iris["b", "pebble grading"]


def test_a_name_is_one_with_its_short_forms_spelled_out_across_papers() -> None:
    linking = link(
        [paper_on("a", ("quiet lake routing", "QLR"), "twin QLR"), paper_on("b", "twin quiet lake routing")], VOCABULARY
    )

    assert linking.iris["a", "twin QLR"] == linking.iris["b", "twin quiet lake routing"]


def test_a_short_form_that_papers_spell_out_in_two_ways_is_not_spelled_out_in_a_name() -> None:
    linking = link(
        [
            paper_on("a", ("quiet lake routing", "QLR"), "twin QLR", "twin quiet lake routing"),
            paper_on("b", ("quick log reader", "QLR"), "twin QLR", "twin quick log reader"),
        ],
        VOCABULARY,
    )

    assert linking.iris["a", "twin QLR"] not in {
        linking.iris["a", "twin quiet lake routing"],
        linking.iris["b", "twin quick log reader"],
    }


def test_a_joined_node_bears_the_name_that_is_used_most_then_the_coined_one() -> None:
    paper = paper_on("a", "Brookformer", "Brook Transformer", text="The Brook Transformer (Brookformer).")
    other = paper_on("b", "Brook Transformer")

    assert link([paper], VOCABULARY).concept_of("a", "Brookformer").label == "Brookformer"
    assert link([paper, other], VOCABULARY).concept_of("a", "Brookformer").label == "Brook Transformer"


@pytest.mark.parametrize(
    ("kind", "name", "above"),
    [
        (Kind.METHOD, "ORF-Netv2", "ORF-Net"),
        (Kind.DATASET, "PEBBLE 2021", "PEBBLE"),
        (Kind.DISEASE, "quartz and breast cancer", "cancer"),
        (Kind.TASK, "quartz segmentation of brain tumours", "segmentation"),
        (Kind.MODALITY, "contrast-enhanced quartz CT", "CT"),
        (Kind.DISEASE, "non-quartz pneumonia", "pneumonia"),
    ],
)
def test_a_name_stands_under_the_head_or_the_plain_name_it_contains(kind: Kind, name: str, above: str) -> None:
    linking = linked(kind, (above,), (name,))

    assert linking.concept_of("1", name).broader == (linking.iris["0", above],)


def test_a_name_that_denies_a_word_of_a_concept_does_not_stand_under_it() -> None:
    linking = linked(Kind.METHOD, ("nonlinear mixed-effects model",))

    assert "linear mixed-effects model" not in {one.label for one in linking.concepts.values()}
