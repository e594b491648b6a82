"""What a number measures: the metrics a text names, and the literal words where no entity stands for them."""

import re
from dataclasses import dataclass
from typing import Final

from kg.extraction.findings import Findings
from kg.extraction.words import word_set
from kg.records import Interval, Kind

__all__ = [
    "Measure",
    "fits",
    "is_count",
    "is_quality",
    "is_share",
    "may_have",
    "measures_of",
    "names_setting",
    "own_words",
    "words_after",
    "words_before",
]

_KNOWN = re.compile(
    r"\b(?:(?:mean |average |balanced |top-\d |overall )?accurac(?:y|ies)|"
    r"(?:(?:macro|micro|weighted)[- ])?F1(?:[- ]scores?)?|"
    r"sensitivit(?:y|ies)|specificit(?:y|ies)|precision|recall|AUROCs?|AUCs?|AUPRC|(?:mean )?Dice|DSC|mIoU|IoU|"
    r"HD95|ASSD|PSNR|SSIM|MAE|RMSE|FID|mAPs?|mAP@?\d+|C-index|kappa|R\^?2|"
    r"(?:(?:model|trainable|additional|learnable|tunable) )?parameters|(?:Pearson |Spearman )?correlations?|"
    r"r(?=\s?=\s?[-\u2212]?[01]?\.)|FLOPs|GFLOPs|"
    r"ICC|QWK|BLEU(?:-\d)?|ROUGE(?:-L)?|METEOR|error rate|concordance|(?:hazard|odds|risk) ratios?)\b"
)
_HEADS: Final = (
    r"(?:accurac(?:y|ies)|scores?|rates?|errors?|distances?|times?|coefficients?|index|ind(?:ic|ex)es|ratios?|"
    r"similarit(?:y|ies)|"
    r"correlations?|loss|precision|recall|kappa|agreement|concordance|latency|speed|throughput|deviation|bias|"
    r"differences?|thickness|volumes?|gap|costs?|usage|consumption|overhead|complexity|resolution|entropy|uncertainty|"
    r"sensitivit(?:y|ies)|specificit(?:y|ies)|values?|parameters|memory|variance|probability|proportion|fraction|"
    r"prevalence|coverage|quality|consistency|performance|runtime|success|detection|diversity|fidelity|robustness|"
    r"improvements?|gains?|reductions?|increases?)"
)
_ACRONYM_PLURAL = re.compile(r"(?<=[A-Z])(?<!FLOP)s$")
_BEFORE = re.compile(
    rf"(?P<words>(?:[A-Za-z][\w/-]*\s){{0,3}}(?:{_HEADS}|[A-Z][\w-]*[A-Z0-9][\w-]*))(?:\s\([^()]{{1,12}}\))?\s?"
    r"(?:scores?|values?|rates?)?\s?(?:of|=|:|is|was|were|are|to|at|reached|reaching|"
    r"fell|dropped|rose|stayed|remained)[\s$~{}]{1,3}$"
)
_CHANGED = re.compile(
    r"\b(?:reduc|decreas|increas|improv|lower|cut|boost|rais|shorten|enhanc|sav|accelerat|remov|correct)"
    r"(?:e|es|ed|ing|s|ting|t)?\s"
    r"(?:the |its |their )?(?P<words>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,3})\s"
    r"(?:by(?: an?(?: \w+)? factor of)?|from)[\s$~]{1,3}$|"
    r"(?P<risen>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,2})\s(?:score )?"
    r"(?:improve|increase|decrease|rise|rose|drop|fall|fell|decline|grow|grew)(?:s|d|ped|ing)?\s(?:by|from)[\s$~]{1,3}$"
)
_SAVED = re.compile(
    r"\b(?:reduc|decreas|lower|cut|shorten|sav)(?:e|es|ed|ing|s|ting)?\s(?:the |its |their )?"
    r"(?P<words>(?!\w+ly\b)[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,3})\sby[\s$~]{1,3}$"
)
_AFTER = re.compile(
    r"[\s$~]{0,3}(?:\w+ )?(?:reduction|increase|decrease|improvement|drop|gain|boost|savings?|change|rise|decline)s? "
    r"(?:in|of) (?:the |its )?(?P<words>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,3})"
)
_FEWER = re.compile(
    r"[\s$~]{0,3}(?:fewer|less|lower|higher|more|smaller|shorter|better)\s"
    r"(?P<words>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*)?)"
)
_FASTER = re.compile(r"[\s$~]{0,3}(?:times )?(?:faster|speed-?ups?|acceleration|quicker|slower)\b")
_NAMED = re.compile(rf"[\s$~]{{1,3}}(?P<words>(?:[a-z][\w-]*\s){{0,2}}{_HEADS})\b")
_PARAMETERS = re.compile(r"[\s$~]{0,3}(?P<words>(?:\w+ )?(?:parameters?|params))\b")
_ARTICLES: Final = word_set(
    """a an the its their our with and or of mean average overall high higher highest best an in by for to on at from as
    is was were that which this these achieves achieved achieving obtains reaching attains yields yielding yielded
    obtained obtaining showed showing had has have only total up reported maximum minimum median achieve attained
    attaining demonstrated demonstrating reached corresponding respective competitive superior remarkable consistent
    equivalent also both
    """
)
_STOPS: Final = word_set(
    "and or while with by for on in to from at than over compared when using as without which that across of is are was"
)
_SETTINGS = re.compile(
    r"learning rate|dropout|noise|confidence interval|(?:compression|contamination) ratio|threshold|ratio of|momentum|"
    r"weight decay|isotropic|voxel size|\w+[-_]?RADS\b|Kellgren",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"time|latency|speed|duration|runtime|delay|runs?\b|seconds|hour|throughput|fps|frames per", re.IGNORECASE
)
_AGE: Final = re.compile(
    r"time|\bage|error|mae\b|rmse|survival|duration|period|interval|delay|gap|difference|stay|follow|reduction",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(
    r"^(?:[\w-]+ )*(?:false positives?|false negatives?|FPs?|FPPI|FPs?/\w+|G?FLOPs|parameters|params|epochs|steps)"
    r"(?: per \w+)?$",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"accurac|dice|dsc|auc|auroc|f1|f-1|sensitiv|specific|precision|recall|iou|jaccard|kappa|ssim|c-index|concordance|"
    r"\bap\b|map|auprc|mcc|correlation|\bicc\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"error|\b[nr]?mse\b|\bm?ae\b|rmse|\br\^?2|r\u00b2|distance|hausdorff|\bhd|psnr|gamma|score|rate\b|time|latency|fps|loss|"
    r"parameters|flops|speed|memory|ratio|p-?value|improvement|gain|success|agreement|efficiency|coverage",
    re.IGNORECASE,
)
_REACH: Final = 80
_LENGTH: Final = re.compile(
    r"distance|hausdorff|\bhd|assd|\basd|error|mae|rmse|msd|thickness|size|diameter|resolution|surface|deviation|"
    r"length|depth|width|displacement|radius|accuracy|tre",
    re.IGNORECASE,
)
_UNITS: Final = (
    (word_set("s ms min minutes hours h second"), _TIME),
    (word_set("days weeks months years"), _AGE),
    (frozenset({"T"}), re.compile(r"field", re.IGNORECASE)),
    (word_set("mm cm µm nm"), _LENGTH),
    (frozenset({"dB"}), re.compile(r"psnr|snr|cnr|ratio|gain|noise|contrast|nmse|sdr|power|level", re.IGNORECASE)),
    (word_set("M B k"), re.compile(r"param|flop|mac|token|size|cost|weight|complexity", re.IGNORECASE)),
    (
        word_set("FLOPs GFLOPs TFLOPs MFLOPs FLOPS GFLOPS MACs GMACs GMAC"),
        re.compile(r"flop|comput|cost|mac", re.IGNORECASE),
    ),
    (word_set("GB MB"), re.compile(r"memory|vram|size|storage|usage|footprint", re.IGNORECASE)),
    (frozenset({"%"}), re.compile(r"^(?!.*(?:hazard|odds|risk|likelihood|rate) ratio)", re.IGNORECASE)),
    (word_set("HU"), re.compile(r"error|mae|rmse|difference|hu\b|bias|deviation|noise|shift|value", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric where the text names it."""

    start: int
    end: int
    name: str


def measures_of(text: str, found: Findings) -> list[Measure]:
    """Give the places of metrics in text order: those decided on, and well-known names elsewhere."""
    taken = [(*mention, one) for one in found.concepts for mention in one.mentions]
    named = [
        Measure(start, end, one.name)
        for start, end, one in taken
        if one.kind is Kind.METRIC and not _SETTINGS.search(one.name)
    ]
    covered = bytearray(len(text) + 1)
    for start, end, _ in taken:
        covered[start:end] = b"\1" * (end - start)
    more = [
        Measure(match.start(), match.end(), _ACRONYM_PLURAL.sub("", match[0]).replace("ccuracies", "ccuracy"))
        for match in _KNOWN.finditer(text)
        if not any(covered[match.start() : match.end()])
    ]
    return sorted([*named, *more], key=lambda one: (one.start, one.end, one.name))


def fits(metric: str, unit: str | None) -> bool:
    """Tell whether a metric can have a unit: no Dice score is in milliseconds."""
    return all(unit not in units or pattern.search(metric) for units, pattern in _UNITS)


def may_have(metric: str, unit: str | None) -> bool:
    """Tell whether a metric that is not named beside a number can be scored in its unit: no count is in per cent."""
    return fits(metric, unit) and not (unit == "%" and is_count(metric))


def names_setting(words: str) -> bool:
    """Tell whether words name what is chosen, not measured: a learning rate, a threshold."""
    return bool(_SETTINGS.search(words))


def is_count(metric: str) -> bool:
    """Tell whether a metric counts things: false positives, parameters."""
    return bool(_COUNTS.search(metric))


def is_share(metric: str) -> bool:
    """Tell whether a metric cannot be over one, or over 100 %."""
    return bool(_SHARES.search(metric))


def is_quality(metric: str) -> bool:
    """Tell a measure of how well something is done from one of the patients, "diameter > 30 mm", "LVEF > 50%"."""
    return is_share(metric) or bool(_QUALITY.search(metric))


def own_words(text: str, low: int, number: Interval, high: int, metric: str) -> str | None:
    """Read what a difference is plainly one of, instead of a metric further ahead: "2x faster", "96% fewer tokens"."""
    after = text[number[1] : min(high, number[1] + _REACH)]
    if _FASTER.match(after):
        return None if _TIME.search(metric) else "speed"
    if fewer := _FEWER.match(after):
        return _opening(fewer["words"])
    saved = _SAVED.search(text[max(low, number[0] - _REACH) : number[0]])
    return _trimmed(saved["words"]) if saved else None


def words_before(text: str, low: int, at: int) -> str | None:
    """Read the literal words that a number is the value of: "rejection rate of", "reduces body scatter by"."""
    before = text[max(low, at - _REACH) : at]
    if change := _CHANGED.search(before):
        return _trimmed(change["words"] or change["risen"])
    named = _BEFORE.search(before)
    return _trimmed(named["words"]) if named else None


def words_after(text: str, at: int, high: int) -> str | None:
    """Read the literal words behind a number: "reduction in run time", "fewer tokens", "faster"."""
    after = text[at : min(high, at + _REACH)]
    if _FASTER.match(after):
        return "speed"
    match = _AFTER.match(after) or _FEWER.match(after) or _PARAMETERS.match(after) or _NAMED.match(after)
    return _opening(match["words"]) if match else None


def _opening(words: str) -> str | None:
    """Cut what follows the phrase at the beginning."""
    parts = words.split()
    ends = (index for index, word in enumerate(parts) if word.lower() in _STOPS | _ARTICLES)
    phrase = " ".join(parts[: next(ends, len(parts))])
    return phrase if phrase and not _SETTINGS.search(phrase) else None


def _trimmed(words: str) -> str | None:
    """Cut what stands before the phrase at the end."""
    parts = words.split()
    last = max((index for index, word in enumerate(parts) if word.lower() in _STOPS | _ARTICLES), default=-1)
    phrase = " ".join(parts[last + 1 :])
    return phrase if phrase and not _SETTINGS.search(phrase) else None
