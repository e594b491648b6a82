import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gaps import find_gaps, gaps_table
from kg.records import Annotation, Entity, Kind, Paper, Role
from tests.cases import ANNOTATION, PAPER

COLUMNS = ["gap", "name", "papers", "places", "paper", "start", "end", "sentence"]


def a_paper(abstract: str, *, title: str = "On stones", name: str = "brook") -> Paper:
    return Paper(id=name, title=title, abstract=abstract)


def told(paper: Paper, *phrases: str) -> Annotation:
    """An annotation with an entity at the first place of each phrase."""
    starts = [paper.text.index(phrase) for phrase in phrases]
    return Annotation(
        paper.id,
        tuple(
            Entity(Kind.METHOD, phrase, (phrase,), Role.USED, ((start, start + len(phrase)),))
            for phrase, start in zip(phrases, starts, strict=True)
        ),
    )


def names_in(abstract: str, *known: str, title: str = "On stones") -> list[str]:
    paper = a_paper(abstract, title=title)
    return sorted(name.name for name in find_gaps([(paper, told(paper, *known))]).names)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We train BrookNet on pebbles.", ["BrookNet"]),
        ("BrookNet is new.", ["BrookNet"]),
        ("It has a mAP and an IoU of one.", ["IoU", "mAP"]),
        ("The PGM gates pebbles.", ["PGM"]),
        ("A stone-GAN draws them.", ["stone-GAN"]),
        ("It runs yolov8 beside Llama-2 and RIVER-5.", ["Llama-2", "RIVER-5", "yolov8"]),
        ("We use the W-Net and W-Net++ here.", ["W-Net", "W-Net++"]),
        ("It was trained on Pebble Genome data.", ["Pebble Genome"]),
        ("It was trained on the Atlas of the Brook Valley.", ["Atlas of the Brook Valley"]),
        ("We follow Pebblescapes closely.", ["Pebblescapes"]),
        ("Ours is Brook's Rule of old.", ["Brook's Rule"]),
        ("We follow Brookian's idea.", ["Brookian"]),
        ("Here (Weir Stones) are best.", ["Weir Stones"]),
        ("We use BrookNet, StoneNet and PebbleNet.", ["BrookNet", "PebbleNet", "StoneNet"]),
        ("Wir nutzen \u00dcberNetz hier.", ["\u00dcberNetz"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_finds_unknown_names(sentence: str, names: list[str]) -> None:
    assert names_in(sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "Stones roll. They gather no moss.",
        "It is simple: Stones roll. (a) Pebbles roll, (2) Stones too.",
        "See https://example.org/BrookNet or www.example.org/PGM.",
        "See github.com/brook/PebbleNet and write to Ada.Weir@Brook.example.",
        "Of doi:10.5555/Brook.1 and arXiv:2301.00001v2 and NCT01234567.",
        "It runs at 3 MHz with 12 GB, 120 kVp, 5mGy, 0.5-1kHz and 3T, within 40 HU.",
        "It is of stage III, grade IIb, and type IV.",
        "BACKGROUND: Stones roll. METHODS Stones were weighed. RESULTS: Good. CONCLUSIONS: Fine.",
        "MATERIALS AND METHODS: We weighed stones.",
        "It was done between March and June 2020, and in Sept.",
        "As shown (Weir and Ford, 2020; Mill, 2019), by Weir et al. and by Ford (2021) [3, 4].",
        r"With \textbf and \cite{BrookNet2020} and $X_{ABC}$ it rolls.",
        "It is seen in Fig. 2, Figure S1, Table III and Section B2.",
        "It is NOT so, AND never will be.",
        "STONES ROLL DOWNHILL UNDER BROOKS WITH PEBBLES.",
        "With top-5 of 3D and 2D shapes in a 10-fold t-test along the Z-direction.",
    ],
)
def test_leaves_out_what_is_no_name(sentence: str) -> None:
    assert names_in(sentence) == []


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Deep Pebble Learning for Stones in Brooks", []),
        ("BrookNet: Deep Pebble Learning for Stones", ["BrookNet"]),
        ("Learning to count the stones of Pebble Genome", ["Pebble Genome"]),
    ],
)
def test_capitals_of_a_title_are_no_sign(title: str, names: list[str]) -> None:
    assert names_in("Stones roll.", title=title) == names


def test_a_name_that_overlaps_a_mention_is_known() -> None:
    assert names_in("We use the Weir BrookNet and a StoneNet.", "BrookNet") == ["StoneNet"]


def test_surfaces_stand_in_for_the_mentions_of_a_record_written_by_hand() -> None:
    paper = a_paper("We use BrookNet. BrookNet rolls. It uses StoneNet.")
    by_hand = Annotation("brook", (Entity(Kind.METHOD, "BrookNet", ("BrookNet",), Role.USED),))

    gaps = find_gaps([(paper, by_hand)])

    assert [name.name for name in gaps.names] == ["StoneNet"]
    assert [one.text for one in gaps.silent] == ["On stones", "It uses StoneNet."]


def test_names_in_most_papers_come_first_with_an_example_each() -> None:
    papers = [
        a_paper("We use PebbleNet. Then PebbleNet and PebbleNet again.", name="c"),
        a_paper("We use StoneNets. It is good.", name="b"),
        a_paper("Before, StoneNet and StoneNet were used.", name="a"),
    ]

    gaps = find_gaps((paper, Annotation(paper.id)) for paper in papers)

    assert [(one.name, one.papers, one.places) for one in gaps.names] == [("StoneNet", 2, 3), ("PebbleNet", 1, 3)]
    first = gaps.names[0]
    assert (first.paper, first.example) == ("a", "Before, StoneNet and StoneNet were used.")
    assert papers[2].text[first.start : first.end] == "StoneNet"


def test_lists_sentences_without_a_mention() -> None:
    paper = a_paper("METHODS:\nWe use a net. It is said, e.g. Dr. Weir says, that 0.5 is small! Is it? Yes.")

    gaps = find_gaps([(paper, told(paper, "net"))])

    silent = ["On stones", "It is said, e.g. Dr. Weir says, that 0.5 is small!", "Is it?", "Yes."]
    assert [one.text for one in gaps.silent] == silent
    assert gaps.sentences == 5
    assert all(paper.text[one.start : one.end] == one.text and one.paper == "brook" for one in gaps.silent)


def test_finds_sentences_of_other_scripts() -> None:
    paper = a_paper("\u77f3\u5934\u6eda\u3002\u6ca1\u6709\u82d4\u85d3\u3002")

    assert find_gaps([(paper, Annotation("brook"))]).sentences == 3


def test_writes_a_table() -> None:
    rows = gaps_table(find_gaps([(PAPER, ANNOTATION)])).decode().splitlines()

    assert rows[0].split("\t") == COLUMNS
    assert [row.split("\t")[-1] for row in rows[1:]] == ["Code: https://github.com/brook/net."]


def test_writes_only_a_header_where_there_is_nothing() -> None:
    gaps = find_gaps([])

    assert (gaps.papers, gaps.sentences, gaps.silent, gaps.names) == (0, 0, (), ())
    assert gaps_table(gaps).decode() == "\t".join(COLUMNS) + "\n"


def test_cells_are_text_to_a_spreadsheet() -> None:
    paper = a_paper("=SUM(A1)\n+ BrookNet\tis\x00here.", name="@brook")

    rows = [row.split("\t") for row in gaps_table(find_gaps([(paper, Annotation("@brook"))])).decode().splitlines()]

    assert {row[4] for row in rows[1:]} == {"'@brook"}
    assert [row[-1] for row in rows if row[0] == "sentence"] == ["On stones", "'=SUM(A1)", "'+ BrookNet is here."]


TEXT = st.one_of(st.text(), st.lists(st.sampled_from(["BrookNet ", "a ", "W-Net", ". ", "\t", "\r\n"])).map("".join))


@given(records=st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=4), seed=st.integers(0, 9))
def test_any_text_gives_the_same_rows_in_any_order(records: list[tuple[str, str, str]], seed: int) -> None:
    pairs = [(Paper(id=name, title=title, abstract=abstract), Annotation(name)) for name, title, abstract in records]
    table = gaps_table(find_gaps(pairs))
    random.Random(seed).shuffle(pairs)

    assert gaps_table(find_gaps(pairs)) == table
    assert {line.count("\t") for line in table.decode().split("\n")[:-1]} == {len(COLUMNS) - 1}
    assert len(table.decode().splitlines()) == table.count(b"\n")


@given(title=TEXT, abstract=TEXT)
def test_offsets_are_true_in_any_text(title: str, abstract: str) -> None:
    paper = a_paper(abstract, title=title)

    gaps = find_gaps([(paper, Annotation("brook"))])

    assert all(paper.text[one.start : one.end] == one.text for one in gaps.silent)
    assert all(paper.text[one.start : one.end] in one.example for one in gaps.names)
    assert len(gaps.silent) == gaps.sentences
