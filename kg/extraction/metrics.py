"""What a number measures: the metrics a text names, and the literal words where no entity stands for them."""

import re
from dataclasses import dataclass
from typing import Final

from kg.extraction.findings import Findings
from kg.extraction.words import word_set
from kg.records import Kind

__all__ = ["Measure", "fits", "is_share", "measures_of", "words_after", "words_before"]

_KNOWN = re.compile(
    r"\b(?:(?:mean |average |balanced |top-\d |overall )?accurac(?:y|ies)|"
    r"(?:(?:macro|micro|weighted)[- ])?F1(?:[- ]scores?)?|"
    r"sensitivit(?:y|ies)|specificit(?:y|ies)|precision|recall|AUROCs?|AUCs?|AUPRC|(?:mean )?Dice|DSC|mIoU|IoU|"
    r"HD95|ASSD|PSNR|SSIM|MAE|RMSE|FID|mAPs?|mAP@?\d+|C-index|kappa|R\^?2|"
    r"(?:(?:model|trainable|additional|learnable|tunable) )?parameters|(?:Pearson |Spearman )?correlations?|"
    r"FLOPs|GFLOPs|ICC|QWK|BLEU(?:-\d)?|ROUGE(?:-L)?|METEOR|error rate|concordance|(?:hazard|odds|risk) ratios?)\b"
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
    r"(?:scores?|values?|rates?)?\s?(?:of|=|:|is|was|were|are|to|at|reached|reaching)[\s$~{}]{1,3}$"
)
_CHANGED = re.compile(
    r"\b(?:reduc|decreas|increas|improv|lower|cut|boost|rais|shorten|enhanc|sav|accelerat|remov|correct)"
    r"(?:e|es|ed|ing|s|ting|t)?\s"
    r"(?:the |its |their )?(?P<words>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,3})\s(?:by|from)[\s$~]{1,3}$|"
    r"(?P<risen>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,2})\s(?:score )?"
    r"(?:improve|increase|decrease|rise|rose|drop|fall|fell|decline|grow|grew)(?:s|d|ped|ing)?\s(?:by|from)[\s$~]{1,3}$"
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
    attaining demonstrated demonstrating reached corresponding respective competitive superior remarkable
    """
)
_STOPS: Final = word_set(
    "and or while with by for on in to from at than over compared when using as without which that across of is are was"
)
_SETTINGS = re.compile(
    r"learning rate|dropout|noise|confidence interval|compression ratio|threshold|ratio of|momentum|weight decay",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"time|latency|speed|duration|runtime|delay|runs?\b|seconds|hour", re.IGNORECASE)
_SHARES = re.compile(
    r"accurac|dice|dsc|auc|auroc|f1|f-1|sensitiv|specific|precision|recall|iou|jaccard|kappa|ssim|c-index|concordance|"
    r"\bap\b|map|auprc|mcc|correlation|\bicc\b",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    r"distance|hausdorff|\bhd|assd|\basd|error|mae|rmse|msd|thickness|size|diameter|resolution|surface|deviation|"
    r"length|depth|width|displacement|radius|accuracy|tre",
    re.IGNORECASE,
)
_UNITS: Final = (
    (word_set("s ms min minutes hours h second days"), _TIME),
    (word_set("mm cm µm nm"), _LENGTH),
    (frozenset({"dB"}), re.compile(r"psnr|snr|cnr|ratio|gain|noise|contrast|nmse|sdr|power|level", re.IGNORECASE)),
    (word_set("M B k"), re.compile(r"param|flop|mac|token|size|cost|weight|complexity", re.IGNORECASE)),
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


def is_share(metric: str) -> bool:
    """Tell whether a metric cannot be over one, or over 100 %."""
    return bool(_SHARES.search(metric))


def words_before(text: str, low: int, at: int) -> str | None:
    """Read the literal words that a number is the value of: "rejection rate of", "reduces body scatter by"."""
    before = text[max(low, at - 80) : at]
    if change := _CHANGED.search(before):
        return _trimmed(change["words"] or change["risen"])
    named = _BEFORE.search(before)
    return _trimmed(named["words"]) if named else None


def words_after(text: str, at: int, high: int) -> str | None:
    """Read the literal words behind a number: "reduction in run time", "fewer tokens", "faster"."""
    after = text[at : min(high, at + 80)]
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
