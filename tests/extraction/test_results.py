"""Number phrases of all the kinds that abstracts hold, in sentences of our own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import extract
from kg.extraction.numbers import read_numbers
from kg.records import Paper, Result, ResultKind, Status

TITLE = "BrookNet: Pebble-Aware Attention for Liver Tumor Segmentation in Chest CT"
OPENING = "We propose BrookNet, a U-Net, for the RIVER-5 dataset. "


def read(nlp: Language, sentence: str) -> tuple[Result, ...]:
    return extract(nlp, Paper("brook", TITLE, OPENING + sentence)).results


def brief(result: Result) -> str:
    """Write a result as "kind metric value unit"."""
    upper = f"-{result.value_max}" if result.value_max is not None else ""
    return f"{result.kind.value} {result.metric} {result.printed}{upper}{result.unit or ''}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It reaches a Dice of 0.91.", ["score Dice 0.91"]),
        ("It reaches a Dice score of 91.2%.", ["score Dice 91.2%"]),
        ("It improves Dice and IoU by 3.2% and 5.7%, respectively.", ["gain Dice 3.2%", "gain IoU 5.7%"]),
        ("The Dice was between 83.2% and 85.7%.", ["score Dice 83.2-85.7%"]),
        ("The hazard ratio was 0.7 and 8.4% of patients in the placebo group died.", ["score hazard ratio 0.7"]),
        ("It reaches 91.2% accuracy.", ["score accuracy 91.2%"]),
        ("The AUC was 0.97.", ["score AUC 0.97"]),
        ("The AUC is 97.8.", ["score AUC 97.8"]),
        ("Accuracy: 88.", []),
        ("It was good (AUC: 0.88).", ["score AUC 0.88"]),
        ("It was good (AUC = 0.88).", ["score AUC 0.88"]),
        ("It was good (AUC 0.88, Dice 0.71).", ["score AUC 0.88", "score Dice 0.71"]),
        ("The accuracy reached 93 percent.", ["score accuracy 93%"]),
        (r"The accuracy is 0.9007\% here.", ["score accuracy 0.9007%"]),
        (r"The Dice is $84.1\pm2.3$ here.", ["score Dice 84.1"]),
        (r"It has a Dice of $\geq$ 0.80 on all.", ["score Dice 0.80"]),
        ("The Dice is 84.1 ± 2.3 % here.", ["score Dice 84.1%"]),
        ("A sensitivity of $6$% is poor.", ["score sensitivity 6%"]),
        ("Dice scores of 0.72, 0.83 and 0.81.", ["score Dice 0.72", "score Dice 0.83", "score Dice 0.81"]),
        ("It has mAPs of 41.3, 52.6 and 27.8.", ["score mAP 41.3", "score mAP 52.6", "score mAP 27.8"]),
        (
            "It got 93.2%, 93.1% and 97.8% on accuracy, F1 score and AUC, respectively.",
            ["score accuracy 93.2%", "score F1 score 93.1%", "score AUC 97.8%"],
        ),
        (
            "The sensitivity and specificity were 0.857 and 0.852, respectively.",
            ["score sensitivity 0.857", "score specificity 0.852"],
        ),
        (
            "The sensitivity and specificity were 0.8 and 0.7 for men, and 0.6 and 0.5 for women.",
            ["score sensitivity 0.8", "score specificity 0.7", "score sensitivity 0.6", "score specificity 0.5"],
        ),
        ("It has 95.1% sensitivity, 93% specificity.", ["score sensitivity 95.1%", "score specificity 93%"]),
        ("An AUC of 0.95 alongside 95% accuracy.", ["score AUC 0.95", "score accuracy 95%"]),
        ("It has accuracies of 0.939/0.983.", ["score accuracy 0.939", "score accuracy 0.983"]),
        ("The AUC rose from 0.51 to 0.67.", ["baseline AUC 0.51", "score AUC 0.67"]),
        ("It improves the AUC from 51% to 67%.", ["baseline AUC 51%", "score AUC 67%"]),
        ("The Dice went up (0.61 → 0.72).", ["baseline Dice 0.61", "score Dice 0.72"]),
        ("It improves the Dice by 6.3%.", ["gain Dice 6.3%"]),
        (r"It improves the Dice by 6.3\%.", ["gain Dice 6.3%"]),
        ("It improves the Dice by up to 6.3 points.", ["gain Dice 6.3points"]),
        ("It beats it by 3.5 percentage points in AUC.", ["gain AUC 3.5percentage points"]),
        ("A 2.5% improvement in accuracy was seen.", ["gain accuracy 2.5%"]),
        ("A gain of 3.2% in AUC was seen.", ["gain AUC 3.2%"]),
        ("It has a 16% higher Dice score.", ["gain Dice 16%"]),
        ("It raises the accuracy by 5-12%.", ["gain accuracy 5-12%"]),
        ("It raises the accuracy by 5% to 12%.", ["gain accuracy 5-12%"]),
        ("It gains +7% Dice on average.", ["gain Dice 7%"]),
        ("The AUC changed (-0.012).", ["gain AUC 0.012"]),
        ("The AUC changed (−0.012).", ["gain AUC 0.012"]),
        ("It improves AUC by 16% in slices and 22% in volumes.", ["gain AUC 16%", "gain AUC 22%"]),
        ("It is 3.2x faster.", ["gain speed 3.2x"]),
        ("It is 10-15 times faster than others.", ["gain speed 10-15x"]),
        (r"It is 10$\times$ faster.", ["gain speed 10x"]),
        ("It needs 4-fold fewer labels.", ["gain labels 4x"]),
        ("It has 244x fewer parameters.", ["gain parameters 244x"]),
        ("A 47% reduction in runtime was seen.", ["gain runtime 47%"]),
        ("It reduces body scatter by 57.1%.", ["gain body scatter 57.1%"]),
        ("It has just 2.07 million parameters.", ["score parameters 2.07M"]),
        ("It has 1.6M additional parameters.", ["score additional parameters 1.6M"]),
        ("The HD95 was 3.49 mm.", ["score HD95 3.49mm"]),
        ("The PSNR is 34 dB.", ["score PSNR 34dB"]),
        ("The hazard ratio was 0.67.", ["score hazard ratio 0.67"]),
        ("The mean error of 1.8 mm/s was low.", ["score error 1.8mm/s"]),
        ("An error of 8.7° was seen.", ["score error 8.7°"]),
        ("The Dice varied between 0.03 and 0.65.", ["score Dice 0.03-0.65"]),
        ("The Dice is good (range from 0.67 to 0.96).", ["score Dice 0.67-0.96"]),
        ("The Dice changed (0.94 -> 0.07).", ["baseline Dice 0.94", "score Dice 0.07"]),
        ("Its AUC of 0.9 exceeds the previous best of 0.8.", ["score AUC 0.9", "baseline AUC 0.8"]),
        ("This led to a 6.5% accuracy increase.", ["gain accuracy 6.5%"]),
        ("An AUC of 0.82-0.91 was seen.", ["score AUC 0.82-0.91"]),
        ("The AUC was 0.91 (95% CI 0.88-0.94).", ["score AUC 0.91"]),
        ("The AUC was 0.91 (95% CI: 0.88, 0.94; p = 0.01).", ["score AUC 0.91"]),
        ("The AUC was 0.91 (0.88-0.94).", ["score AUC 0.91"]),
        ("Alpha AUC: 0.67, Beta AUC: 0.51; p<.001.", ["score AUC 0.67", "score AUC 0.51"]),
        ("An AUC of 0.7 was lower (p < 0.05).", ["score AUC 0.7"]),
        ("The Dice is 0.9 compared to 0.7.", ["score Dice 0.9", "baseline Dice 0.7"]),
        ("The Dice is better (0.9 vs. 0.7).", ["score Dice 0.9", "baseline Dice 0.7"]),
        ("It has a Dice of 0.9, surpassing the baseline score of 0.7.", ["score Dice 0.9", "baseline Dice 0.7"]),
        ("An accuracy of .857 was seen.", ["score accuracy .857"]),
        ("An F1 of 0.8 on ISIC 2018 with ResNet-50.", ["score F1 0.8"]),
        ("We used 1,200 CT scans and 30% of the training data.", []),
        ("In 2019, accuracy was studied in 3D by version 1.2.3 [12].", []),
        ("See Section 4, Table 2, Fig. 3 on accuracy.", []),
        ("We use 5-fold cross-validation for accuracy on 256x256 images (n = 20).", []),
        ("Only p = 0.03 was found for the AUC.", []),
        ("The accuracy is good.", []),
        ("There were 85.5% of them.", []),
        ("The learning rate of 0.0001 was used.", []),
        ("The accuracy is 0,85 here.", []),
    ],
)
def test_reads_number_phrases(nlp: Language, sentence: str, expected: list[str]) -> None:
    assert [brief(one) for one in read(nlp, sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "key", "expected"),
    [
        ("The Dice is 84.1 ± 2.3 %.", "deviation", 2.3),
        (r"The Dice is $84.1\pm2.3$.", "deviation", 2.3),
        ("The Dice is 0.84 (std=0.02).", "deviation", 0.02),
        ("The AUC was 0.91 (95% CI 0.88-0.94).", "ci", (0.88, 0.94, 95.0)),
        ("The AUC was 0.91 [95% confidence interval: 0.88 to 0.94].", "ci", (0.88, 0.94, 95.0)),
        ("A Dice of at least 0.85.", "comparator", ">="),
        (r"A Dice of $\geq$ 0.85.", "comparator", ">="),
        ("An AUC greater than 0.96.", "comparator", ">"),
        ("An AUC of up to 0.96.", "comparator", "<="),
        ("An HD95 below 3 mm.", "comparator", "<"),
        ("An AUC of approximately 0.9.", "comparator", "~"),
        ("An AUC of 85.5%.", "normalised", 0.855),
        ("An AUC of 0.855.", "normalised", 0.855),
        ("An AUC of 97.8.", "normalised", None),
        ("An HD95 of 3.49 mm.", "normalised", 3.49),
        ("It has 2.07 million parameters.", "normalised", 2070000.0),
        ("An AUC of 0.91 on the external cohort.", "condition", "on the external cohort"),
        ("An AUC of 0.51 for StoneFormer.", "condition", None),
        ("An AUC of 0.51 for the proposed BrookNet.", "condition", None),
        ("An AUC of 0.51 for BrookNet on the external cohort.", "condition", "on the external cohort"),
        ("An AUC of 0.51 for BrookNet on RIVER-5.", "condition", None),
        ("It improves the AUC by 3% over StoneFormer.", "condition", "over StoneFormer"),
        ("It could reach a Dice of 0.9.", "status", Status.HYPOTHESISED),
        ("It reached a Dice of 0.9.", "status", Status.ASSERTED),
        ("We do not reach a Dice of 0.9.", "status", Status.NEGATED),
        ("No AUC above 0.7 was found.", "status", Status.NEGATED),
    ],
)
def test_reads_what_stands_around_a_value(nlp: Language, sentence: str, key: str, expected: object) -> None:
    (result,) = read(nlp, sentence)

    assert getattr(result, key) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has a Dice of 0.9.", [("BrookNet", "RIVER-5", ResultKind.SCORE)]),
        ("It has a Dice of 0.9 on an external cohort.", [("BrookNet", "RIVER-5", ResultKind.SCORE)]),
        ("On the external cohort the Dice is 0.9.", [("BrookNet", None, ResultKind.SCORE)]),
        (
            "On the LAKE-7 and POND-3 datasets the Dice is 0.9 and 0.8.",
            [("BrookNet", "LAKE-7", ResultKind.SCORE), ("BrookNet", "POND-3", ResultKind.SCORE)],
        ),
        (
            "It has a Dice of 0.9 and 0.8 on the LAKE-7 dataset and the POND-3 dataset.",
            [("BrookNet", "LAKE-7", ResultKind.SCORE), ("BrookNet", "POND-3", ResultKind.SCORE)],
        ),
        (
            "It has a Dice of 0.9 on the LAKE-7 dataset and 0.8 on the POND-3 dataset.",
            [("BrookNet", "LAKE-7", ResultKind.SCORE), ("BrookNet", "POND-3", ResultKind.SCORE)],
        ),
        (
            "Its Dice of 0.9 is higher than that of StoneFormer (0.7).",
            [("BrookNet", "RIVER-5", ResultKind.SCORE), ("StoneFormer", "RIVER-5", ResultKind.BASELINE)],
        ),
        ("It outperforms StoneFormer by 3% in Dice.", [("BrookNet", "RIVER-5", ResultKind.GAIN)]),
    ],
)
def test_says_whose_result_it_is(
    nlp: Language, sentence: str, expected: list[tuple[str | None, str | None, ResultKind]]
) -> None:
    assert [(one.method, one.dataset, one.kind) for one in read(nlp, sentence)] == expected


PIECES = (
    "Dice AUC accuracy of 0.9 91% 3.2x -1.5 ± \\pm (95% CI 0.8-0.9) , and ; vs. from to by 5 1,200 2.07 million "
    "10-15 times $84.1\\pm2.3$ \\% . The on RIVER-5 dataset BrookNet improves mm dB p<.001 [12] 3D F1 → - -- / ~ = : "
    "at least respectively 0.1.2 1e-5 \n StoneFormer (0.7) +7% −1.5 0.8−0.9"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.text(alphabet="0123456789.,%±-−+/()[]$\\{} \nxDiceof~=<>→"),
        st.lists(st.sampled_from(PIECES.split(" "))).map(" ".join),
    )
)
def test_every_value_is_read_once_and_is_the_text_at_its_span(nlp: Language, sentence: str) -> None:
    paper = Paper("brook", TITLE, OPENING + sentence)
    annotation = extract(nlp, paper)

    names = {one.name for one in annotation.entities} | {None}
    digits: set[tuple[str, int]] = set()
    for one in annotation.results:
        assert one.span is not None
        assert one.sentence is not None
        assert one.printed == paper.text[slice(*one.span)]
        assert one.sentence[0] <= one.span[0] < one.span[1] <= one.sentence[1]
        assert {one.method, one.dataset} <= names
        assert one.value == float(one.printed.replace(",", "").replace("−", "-"))
        places = {(one.kind.value, place) for place in range(*one.span)}
        assert digits.isdisjoint(places)
        digits |= places


def test_long_lines_of_numbers_are_read_to_their_end(nlp: Language) -> None:
    assert len(read_numbers("Dice of 0.91, " * 20000)) == 20000
    assert read_numbers("1" * 100_000 + ".a") == []
    assert read(nlp, "Dice of 0.91, " * 5000) == ()
    assert len(read(nlp, "The Dice is 0.91. " * 1000)) == 1000
