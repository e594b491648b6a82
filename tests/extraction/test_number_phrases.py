"""A table of number phrases, read by the rules with the shipped vocabulary: each sentence, and the results in it."""

from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import extract, load_pipeline
from kg.extraction.numbers import read_numbers
from kg.extraction.sizes import read_sizes
from kg.records import Paper, Result
from kg.settings import Settings

TITLE = "FernNet: A Pebble-Aware Network for Liver Tumor Segmentation in Chest CT"
OPENING = "We propose FernNet and test it on the GLADE-9 dataset. "


class Reading(NamedTuple):
    """What a result must say; `ci` is low, high, level."""

    metric: str | None
    value: float
    unit: str | None = None
    kind: str = "score"
    value_max: float | None = None
    deviation: float | None = None
    ci: tuple[float, float, float] | None = None
    comparator: str | None = None


def gain(metric: str, value: float, unit: str | None = None, value_max: float | None = None) -> Reading:
    return Reading(metric, value, unit, "gain", value_max)


def baseline(metric: str, value: float, unit: str | None = None) -> Reading:
    return Reading(metric, value, unit, "baseline")


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load_pipeline(settings=Settings(fast=True))


def read(nlp: Language, sentence: str) -> tuple[Result, ...]:
    return extract(nlp, Paper("fern", TITLE, OPENING + sentence)).results


def reading(one: Result) -> Reading:
    kind = one.kind.value
    return Reading(one.metric, one.value, one.unit, kind, one.value_max, one.deviation, one.ci, one.comparator)


SCORES = [
    ("FernNet reaches a Dice of 0.913.", [Reading("Dice", 0.913)]),
    ("FernNet reaches a DSC of 91.3%.", [Reading("Dice", 91.3, "%")]),
    ("The AUROC was 0.874.", [Reading("AUC", 0.874)]),
    ("We saw 88.4 percent accuracy.", [Reading("accuracy", 88.4, "%")]),
    ("Its accuracy (92.5%) was steady.", [Reading("accuracy", 92.5, "%")]),
    ("Results were good (AUC, 0.91).", [Reading("AUC", 0.91)]),
    (
        "It is strong: sensitivity = 0.81, specificity = 0.77.",
        [Reading("sensitivity", 0.81), Reading("specificity", 0.77)],
    ),
    ("The mean surface error fell under 1.2 mm.", [Reading("surface error", 1.2, "mm", comparator="<")]),
    ("The HD95 is 4.7 mm.", [Reading("HD95", 4.7, "mm")]),
    ("The PSNR reached 31.5 dB.", [Reading("PSNR", 31.5, "dB")]),
    ("The inference time is 35 ms.", [Reading("inference time", 35, "ms")]),
    (
        "The model has 4.2M parameters and needs 14.5 GFLOPs.",
        [Reading("parameters", 4.2, "M"), Reading("FLOPs", 14.5, "GFLOPs")],
    ),
    ("The mean absolute error was 6.3 months.", [Reading("mean absolute error", 6.3, "months")]),
    ("Its correlation of -0.41 was weak.", [Reading("correlation", -0.41)]),
    ("Its correlation of −0.41 was weak.", [Reading("correlation", -0.41)]),
    (
        "Its correlation of −0.41 (95% CI −0.60 to −0.20) was weak.",
        [Reading("correlation", -0.41, ci=(-0.6, -0.2, 95))],
    ),
    ("Its correlation of −0.41 (−0.60 to −0.20) was weak.", [Reading("correlation", -0.41)]),
    (
        "The correlations were 0.41, -0.38 and −0.12.",
        [Reading("correlations", 0.41), Reading("correlations", -0.38), Reading("correlations", -0.12)],
    ),
    ("The FID of 17 is low.", [Reading("FID", 17)]),
    ("The FID of 17.2 is low.", [Reading("FID", 17.2)]),
    ("An AUC of .91 was found.", [Reading("AUC", 0.91)]),
    (r"An accuracy of 91.4\% was found.", [Reading("accuracy", 91.4, "%")]),
    (r"A Dice of $0.91$ was found.", [Reading("Dice", 0.91)]),
]

LISTS = [
    (
        "It got mAPs of 41.2, 38.5 and 27.6 on its three sets.",
        [Reading("mAP", 41.2), Reading("mAP", 38.5), Reading("mAP", 27.6)],
    ),
    (
        "It reached 88.1%, 87.4% and 95.6% on recall, F1 score and AUC, respectively.",
        [Reading("recall", 88.1, "%"), Reading("F1 score", 87.4, "%"), Reading("AUC", 95.6, "%")],
    ),
    (
        "Precision, recall and F1 score of 0.84, 0.79 and 0.81 were measured, and 0.95 overall.",
        [Reading("precision", 0.84), Reading("recall", 0.79), Reading("F1 score", 0.81), Reading("F1 score", 0.95)],
    ),
    (
        "Sensitivity and specificity rose from 0.61 to 0.72 and from 0.55 to 0.68.",
        [
            baseline("sensitivity", 0.61),
            Reading("sensitivity", 0.72),
            baseline("specificity", 0.55),
            Reading("specificity", 0.68),
        ],
    ),
    (
        "It had a specificity of 88%, and 97% sensitivity.",
        [Reading("specificity", 88, "%"), Reading("sensitivity", 97, "%")],
    ),
    ("The PSNR/SSIM were 29.8 dB/90.8%.", [Reading("PSNR", 29.8, "dB"), Reading("SSIM", 90.8, "%")]),
    (
        "It gained 4 and 7 percentage points in mAP.",
        [gain("mAP", 4, "percentage points"), gain("mAP", 7, "percentage points")],
    ),
    ("Its Dice was 0.91 on liver and 0.84 on spleen.", [Reading("Dice", 0.91), Reading("Dice", 0.84)]),
    (
        "It has 95.1% sensitivity and 93.4% specificity.",
        [Reading("sensitivity", 95.1, "%"), Reading("specificity", 93.4, "%")],
    ),
    ("Its AUC is 0.91 and its Dice 0.84.", [Reading("AUC", 0.91), Reading("Dice", 0.84)]),
    ("The Dice was 0.91 (IoU 0.83).", [Reading("Dice", 0.91), Reading("IoU", 0.83)]),
    (
        "An RMSE of 2.6 (r = 0.89) in adults and 4.9 in children.",
        [Reading("RMSE", 2.6), Reading("r", 0.89), Reading("RMSE", 4.9)],
    ),
]

CHANGES = [
    ("The Dice rose from 0.52 to 0.66.", [baseline("Dice", 0.52), Reading("Dice", 0.66)]),
    ("It improves the Dice by 6.3%.", [gain("Dice", 6.3, "%")]),
    ("It outperforms BrackenNet by 2.7% (Dice) and 3.4% (IoU).", [gain("Dice", 2.7, "%"), gain("IoU", 3.4, "%")]),
    ("FernNet is 10-15 times faster.", [gain("speed", 10, "x", 15)]),
    ("FernNet is 3.2x faster.", [gain("speed", 3.2, "x")]),
    ("FernNet was x13.27 faster.", [gain("speed", 13.27, "x")]),
    ("It reduces the memory by a factor of 48.", [gain("memory", 48, "x")]),
    (r"Its PSNR goes up by ${+}0.43$~dB.", [gain("PSNR", 0.43, "dB")]),
    ("We saw improvements of +1.3 to +2.6 points in Dice.", [gain("Dice", 1.3, "points", 2.6)]),
    ("A 4-5% improvement in accuracy was seen.", [gain("accuracy", 4, "%", 5)]),
    ("It has an AUC of 0.91, with 96% fewer tokens.", [Reading("AUC", 0.91), gain("tokens", 96, "%")]),
    ("It has a 12% lower error rate.", [gain("error rate", 12, "%")]),
    ("The accuracy increased 4.1%.", [gain("accuracy", 4.1, "%")]),
    ("It reduces false alarms by 31%.", [gain("false alarms", 31, "%")]),
    ("It adds +2.4% Dice.", [gain("Dice", 2.4, "%")]),
    ("The Dice fell (−2.4%).", [gain("Dice", 2.4, "%")]),
    ("The Dice changed by −2 to −3%.", [gain("Dice", 2, "%", 3)]),
    ("The Dice changed by -2.4% (95% CI -3.1 to -1.2%).", [Reading("Dice", 2.4, "%", "gain", ci=(1.2, 3.1, 95))]),
    (
        "Its Dice of 0.91 is better (0.91 vs. 0.84).",
        [Reading("Dice", 0.91), Reading("Dice", 0.91), baseline("Dice", 0.84)],
    ),
    ("The Dice is 0.91, compared to 0.84 before.", [Reading("Dice", 0.91), baseline("Dice", 0.84)]),
    ("The mean Dice: FernNet - 0.91; BrackenNet - 0.84.", [Reading("Dice", 0.91), Reading("Dice", 0.84)]),
]

AROUND = [
    ("The Dice is 84.1 ± 2.3 %.", [Reading("Dice", 84.1, "%", deviation=2.3)]),
    (r"The Dice is $0.84 \pm 0.02$.", [Reading("Dice", 0.84, deviation=0.02)]),
    ("The Dice is 0.84 (SD 0.02).", [Reading("Dice", 0.84, deviation=0.02)]),
    ("The Dice is 0.84 sd 0.02.", [Reading("Dice", 0.84, deviation=0.02)]),
    ("The Dice is 0.84 plus-minus 0.02.", [Reading("Dice", 0.84, deviation=0.02)]),
    ("The reading time (SD) was 32.3 (6.1) minutes.", [Reading("reading time", 32.3, "minutes", deviation=6.1)]),
    ("The AUC was 0.91 (95% CI 0.88-0.94).", [Reading("AUC", 0.91, ci=(0.88, 0.94, 95))]),
    ("The AUC was 0.91 [95% CI: 0.88, 0.94].", [Reading("AUC", 0.91, ci=(0.88, 0.94, 95))]),
    ("The AUC was 0.91 (99% CI, 0.86 to 0.95).", [Reading("AUC", 0.91, ci=(0.86, 0.95, 99))]),
    ("The AUC was 0.91 in adults (95% CI 0.88-0.94).", [Reading("AUC", 0.91, ci=(0.88, 0.94, 95))]),
    (
        "The AUC was 0.91 (95% confidence interval [CI], 0.88-0.94) and 0.80.",
        [Reading("AUC", 0.91, ci=(0.88, 0.94, 95)), Reading("AUC", 0.8)],
    ),
    ("The AUC was 0.91 (IQR 0.88-0.94).", [Reading("AUC", 0.91)]),
    ("The AUC was 0.91 (range 0.88-0.94).", [Reading("AUC", 0.91)]),
    ("The Dice ranged from 0.67 to 0.96.", [Reading("Dice", 0.67, value_max=0.96)]),
    (
        r"The RMSE ranged from $6.4\pm1.3$ to $8.5\pm0.7$ HU, and the SSIM from 0.88 to 0.92.",
        [Reading("RMSE", 6.4, "HU", value_max=8.5, deviation=1.3), Reading("SSIM", 0.88, value_max=0.92)],
    ),
    ("The Dice was between 83.2% and 85.7%.", [Reading("Dice", 83.2, "%", value_max=85.7)]),
    ("The Dice was 83.2-85.7%.", [Reading("Dice", 83.2, "%", value_max=85.7)]),
    ("The Dice was 83.2−85.7%.", [Reading("Dice", 83.2, "%", value_max=85.7)]),
    ("The AUC was 0.91 (95% CI 0.88−0.94).", [Reading("AUC", 0.91, ci=(0.88, 0.94, 95))]),
    ("The correlation ranged from −0.4 to −0.2.", [Reading("correlation", -0.4, value_max=-0.2)]),
    ("A Dice of at least 0.85.", [Reading("Dice", 0.85, comparator=">=")]),
    ("A Dice of up to 0.85.", [Reading("Dice", 0.85, comparator="<=")]),
    ("The Dice did not exceed 0.85.", [Reading("Dice", 0.85, comparator="<=")]),
    ("The Dice was not more than 0.85.", [Reading("Dice", 0.85, comparator="<=")]),
    ("An accuracy of more than 90% was met.", [Reading("accuracy", 90, "%", comparator=">")]),
    (
        "The results hold (SSIM > 0.94, MSE < 0.006).",
        [Reading("SSIM", 0.94, comparator=">"), Reading("mean squared error", 0.006, comparator="<")],
    ),
    (
        "OakDet AUC: 0.74, OakNet AUC: 0.58; p<.002.",
        [Reading("AUC", 0.74), Reading("AUC", 0.58)],
    ),
]

NOTHING = [
    "The accuracy is good.",
    "There were 85.5% of them.",
    "In 2019 the accuracy was still unknown.",
    "The AUC was compared on ISIC 2018 with ResNet-50 and F1 in 3D.",
    "It was significant for the AUC (p = 0.03).",
    "The AUC differed (P<.002, 0.021, and .044, respectively).",
    "P values of the accuracy tests were less than 0.05.",
    "The tests on recall held (p=0.0048 < 0.01, alpha = 0.05).",
    "We used 1,200 scans, 12 readers and 30% of the training data.",
    "See Section 4.2, Table 3 and Fig. 5 for accuracy [12].",
    "Version 1.2.3 of the accuracy tool (v2.1) is out.",
    "We use 5-fold cross-validation for accuracy on 256x256 inputs (n = 20).",
    r"Frames of $256 \times 384$ were used for accuracy.",
    "Patients with an LVEF > 50% were kept.",
    "The learning rate of 0.001 and a dropout of 0.5 were used for accuracy.",
    "The score (Mayo: 0 to 3) is coarse.",
    "BI-RADS 4 and Gleason score 7 were graded for accuracy.",
    "Scans at 1.5 T or 3 T were used for accuracy.",
    "The Jaccard index over 200 PEBBLE images was used.",
    "With 549 patients reaching an accuracy that is high.",
]

BESIDE = [
    ("It has a sensitivity of 90.8% at 4 false positives per scan.", [Reading("sensitivity", 90.8, "%")]),
    ("It cuts the error by 16.3% in 95% Hausdorff distance.", [gain("HD95", 16.3, "%")]),
    ("For compression ratios of 10x and 20x the Dice was 0.91.", [Reading("Dice", 0.91)]),
    ("A Dice of 0.91 on 20% and 50% of the GLADE dataset.", [Reading("Dice", 0.91)]),
    ("The AUC for finding LVEF <= 50% was 0.93.", [Reading("AUC", 0.93)]),
]

TABLE = [*SCORES, *LISTS, *CHANGES, *AROUND, *((sentence, []) for sentence in NOTHING), *BESIDE]


@pytest.mark.parametrize(("sentence", "expected"), TABLE, ids=[sentence for sentence, _ in TABLE])
def test_reads_the_phrase(shipped: Language, sentence: str, expected: list[Reading]) -> None:
    assert [reading(one) for one in read(shipped, sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "normalised"),
    [
        ("The AUC was 0.855.", 0.855),
        ("The AUC was 85.5%.", 0.855),
        ("The AUC was 97.8.", None),
        ("The Dice was 1.2.", None),
        ("The HD95 was 1.2 mm.", 1.2),
        ("It has 1.5M parameters.", 1_500_000),
        ("The inference time was 2 minutes.", 120),
        ("The inference time was 2 h.", 7200),
        ("The inference time was 2 hours.", 7200),
        ("It gained 4 percentage points in Dice.", 0.04),
        ("It gained 4 pp in Dice.", 0.04),
        ("The Dice changed by −4%.", 0.04),
    ],
)
def test_keeps_what_is_printed_and_flags_what_cannot_be(
    shipped: Language, sentence: str, normalised: float | None
) -> None:
    (result,) = read(shipped, sentence)

    assert result.printed
    assert result.printed in sentence
    assert result.value == float(result.printed)
    assert result.normalised == normalised


SCRAPS = """
    0.9 91% 12 3.2x -1.5 (0.7) [0.8, 0.9] (95% CI 0.8-0.9) 1,200 x15.1 5-12% $84.1\\pm2.3$ 0.1/0.2 ${+}1.0$ r=0.8
    −1.5 0.8−0.9 Dice AUC accuracy of from to by and vs. , ; . ( ) mm points respectively was improved fewer
    tokens at <= ranged
"""
PIECES = [*(sentence for sentence, _ in TABLE), *SCRAPS.split()]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
@example("The Dice and AUC are improved by 1.64% and 2.88% to 88.87% and 86.33%, respectively.")
def test_no_digits_are_read_twice(shipped: Language, text: str) -> None:
    paper = Paper("fern", TITLE, OPENING + text)
    results = extract(shipped, paper).results

    taken: dict[str, int] = {}
    for one in results:
        assert one.span is not None
        assert one.sentence is not None
        assert one.metric
        assert one.printed
        assert one.printed == paper.text[slice(*one.span)]
        assert one.value == float(one.printed.replace(",", "").replace("−", "-"))
        assert one.sentence[0] <= one.span[0] < one.span[1] <= one.sentence[1]
        assert taken.get(one.kind.value, 0) <= one.span[0]
        taken[one.kind.value] = one.span[1]


@pytest.mark.parametrize(
    "piece", ["from 0.1 ", "0.1 to 0.2 from ", "(n = 5) a ", "a-", "95% CI ", "Dice (", "0.1/", "1 aa ", "p-values "]
)
def test_reads_long_texts_in_step_with_their_length(piece: str) -> None:
    text = "The Dice ranged from 0.1 to 0.2, " + piece * (50_000 // len(piece))
    started = process_time()
    read_numbers(text)
    list(read_sizes(text))

    assert process_time() - started < 5
