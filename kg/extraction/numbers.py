r"""Number phrases of a text: the value with its range, unit, deviation, confidence interval and comparator.

What only looks like a measured number is no number here: part of a name ("ResNet-50", "3D", "10-fold"), a
version, a citation, a year, a p-value, the number of a figure. LaTeX is read where it stands, ``$84.1\pm2.3$``.
"""

import re
from dataclasses import dataclass
from typing import Final

from kg.extraction.bounds import comparator_before
from kg.extraction.quantities import DASH, GAP, MINUSES, PLAIN, SIGNED, UNIT, scale_of, unit_name, value_of
from kg.extraction.words import word_set

__all__ = ["Number", "read_numbers"]

_HEAD = re.compile(
    rf"(?P<sign>\{{?[-+\u2212\u2191\u2193]\}}?(?:\$|\s)?)?(?:(?<![\w.])|(?<=(?<!\w)x))(?P<value>{PLAIN})"
    rf"(?P<rest>(?:{GAP}(?P<unit>{UNIT}))?)(?![\w@^])"
)
_MORE = re.compile(
    rf"{GAP}(?<!,)(?<!, )(?P<dash>{DASH})\$?\s?(?P<value>[{MINUSES}]?{PLAIN})(?:{GAP}(?P<unit>{UNIT}))?(?![\w@-])"
)
_TO = re.compile(rf"\$?\s(?P<word>to|and)\s\$?(?P<value>{SIGNED})(?:{GAP}(?P<unit>{UNIT}))?(?![\w@-])")
_FOLD = re.compile(r"(?:[- ]?\$?-?folds?)\b(?![- ](?:cross|CV|nested|stratified|internal|validation))")
_DEVIATION = re.compile(
    rf"{GAP}[(]?(?:\u00b1|\\pm(?![a-z])|\+ ?/ ?-|\+-|plus or minus|plus-minus|\+/\u2212|"
    rf"(?<=[\s(])(?:std|SD|sd|standard deviation)\b\.?\s?(?:of\b|[=:])?){GAP}"
    rf"(?P<value>{PLAIN})"
    rf"(?:{GAP}(?P<unit>{UNIT}))?[)]?"
)
_LATE_UNIT = re.compile(rf"{GAP}(?P<unit>{UNIT})")
_SPREAD_FIRST = re.compile(r"\((?:SD|std|standard deviation)\)[^.;]*$")
_SPREAD = re.compile(rf"\s?\((?P<value>{PLAIN})\)")
_INTERVAL: Final = (
    r"(?P<level>\d\d(?:\.\d)?)\s?\\?%[\s-]?"
    r"(?:CIs?|CrIs?|(?:confidence|credible) intervals?(?:\s?[(\[]?CrIs?|\s?[(\[]?CIs?)?)"
    r"[)\]]?[\s:=,\[(]{0,4}"
)
_BETWEEN: Final = rf"\s?\\?%?\s?(?:to|and|,|;|{DASH})\s?"
_CI = re.compile(
    rf"(?P<gap>[\s,;$]{{0,3}}|[^\d.;()\[\]\n]{{1,60}}?)[(\[]?\s?{_INTERVAL}"
    rf"(?P<low>{SIGNED}){_BETWEEN}(?P<high>{SIGNED})\s?\\?%?[)\]]{{0,2}}",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"(?:{_INTERVAL}|\b(?:IQR|interquartile range)[\])]?[\s:,\[(]{{1,3}})(?:{SIGNED}{_BETWEEN})?$", re.IGNORECASE
)
"""What stands before a bound of an interval that belongs to a number further ahead, or to none."""
_BOUNDS = re.compile(
    rf"(?:\s?[(\[]|[;,]\s?(?=range|IQR|interquartile))"
    r"(?:(?:range|IQR|interquartile range|CI)(?:\s?[\[(]IQR[\])])?[:,]?\s)?"
    rf"(?P<low>{SIGNED})\s?\\?%?\s?(?:to|,|;|{DASH})\s?(?P<high>{SIGNED})(?:{GAP}{UNIT})?[)\]]"
)
_EQUALS: Final = r"(?:=|<|>|\u2264|\u2265|\\leq?|\\geq?|\\ll|&lt;|&gt;|\u226a)"
_SIGNIFICANCE = re.compile(
    rf"(?:\b[pqPQ]|\b[pqPQ][ -]?values?|\\alpha|\balpha|\u03b1|\bp_\w+)[\s$*}})]{{0,3}}"
    rf"(?:(?:of|was|were|is|at|all)\s)?{_EQUALS}*[\s$]{{0,2}}(?:{PLAIN}[\s,]{{0,2}}(?:and\s|{_EQUALS}\s?)?){{0,3}}$|"
    r"\b[pP][ -]?values?\b[^.;,()]*$"
)
_NUMBERED = re.compile(
    r"\b(?:fig(?:ure|s)?\.?|tables?|sections?|sec\.|eqs?\.?|equations?|tasks?|stages?|phases?|tracks?|versions?|v\.?|"
    r"grades?|types?|levels?|steps?|class|chapter|appendix|part|top|no\.|seed|day|age[ds]?|batch size|"
    r"epochs?|n|k|N|rank|algorithm|experiments?|cohorts?|sites?|centers?|batch|days?|weeks?|year|years|patient|scenario|"
    r"[A-Z]{1,2}[-_]?RADS|Gleason(?: score)?|grade \([A-Z]+\)|set to)\s?[:=~<>]?\s?$",
    re.IGNORECASE,
)
_RANGING = re.compile(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|between|by|"
    r"(?:improvement|gain|increase|reduction|decrease|drop|boost|change)s? of)(?: from| between)?[\s$]{1,2}$"
)
_FROM = re.compile(r"\bfrom[\s$]{1,2}$")
_TURN = re.compile(r"[.;]\s|\b(?:increas|improv|decreas|reduc|ris|rose|rais|drop|fall|fell|went|boost)")
_BRACKETS = re.compile(r"\([^()]*\)")
_FACTOR = re.compile(r"\ban? (?:\w+ )?factor of[\s$]{1,2}(?:up to |about |over |nearly )?$")
_SCALE = re.compile(rf"\s?(?:to|{DASH})\s?[0-9]+(?![\w%]|\.\d|\s?{UNIT})")
_SCALED = re.compile(rf"(?<![\d.,])0\s?(?:to|{DASH})\s?$")
_GRID = re.compile(r"\d[\s$]{0,2}(?:[x×]|\\times)[\s$]{0,2}$")
_LEVEL = re.compile(
    r"\s?\\?%[\s-]?(?:CIs?\b|CrIs?\b|confidence|credible|prediction interval|limits of agreement)", re.IGNORECASE
)
_QUANTILE = re.compile(r"(?:95|99)\s?\\?%[\s-]?(?:Hausdorff|HD\b)", re.IGNORECASE)
_LOOK_BACK: Final = 24
_LOOK_FAR_BACK: Final = 80
_WIDTHLESS: Final = word_set("x × \\times times")


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase.

    Attributes:
        start: Where the characters of the value begin.
        end: Where they end.
        first: Where the whole phrase begins: its comparator.
        stop: Where the whole phrase ends: behind range, unit, deviation and interval.
        signed: Whether a plus, minus or arrow stands before it, as before a difference.
    """

    start: int
    end: int
    first: int
    stop: int
    printed: str
    value_max: float | int | None = None
    unit: str | None = None
    deviation: float | None = None
    ci: tuple[float, float, float] | None = None
    comparator: str | None = None
    signed: bool = False

    @property
    def value(self) -> float | int:
        """The number that is printed."""
        return value_of(self.printed)

    @property
    def bare(self) -> bool:
        """Whether it is a whole number without unit, as counts and the numbers of things are."""
        return self.unit is None and "." not in self.printed and self.deviation is None and self.ci is None

    def scaled(self) -> float:
        """The value on a scale of its own kind: a share, a plain count, seconds."""
        return float(f"{self.value * scale_of(self.unit):.12g}")


def read_numbers(text: str) -> list[Number]:
    """Read the number phrases of a text, in order; none overlap."""
    found: list[Number] = []
    at, ranged = 0, 0
    while head := _HEAD.search(text, at):
        is_ranging = bool(ranged) and _goes_on_ranging(text, ranged, head.start())
        number = _read(
            text, head, listed=bool(found) and text[found[-1].stop : head.start()] == "/", ranging=is_ranging
        )
        at = max(head.end(), number.stop) if number else _behind(text, head)
        if number:
            found.append(number)
            ranged = number.stop if number.value_max is not None else ranged
    return found


def _goes_on_ranging(text: str, stop: int, start: int) -> bool:
    """Tell whether a "from" goes on with the ranges before it: "ranging from 1 to 2 and in women from 3 to 4"."""
    if start - stop > _LOOK_FAR_BACK:
        return False
    between = _BRACKETS.sub("", text[stop:start])
    return bool(_FROM.search(between)) and not _TURN.search(between)


def _behind(text: str, head: re.Match[str]) -> int:
    """Step over the digits of what is no number, so that no part of them is taken for one."""
    at = head.end("value")
    while at < len(text) and (text[at].isdigit() or (text[at] in ".," and text[at + 1 : at + 2].isdigit())):
        at += 1
    return at


def _read(text: str, head: re.Match[str], *, listed: bool, ranging: bool) -> Number | None:
    """Read one number phrase; ``listed`` behind a slash, ``ranging`` where a range was spoken of."""
    before = text[max(0, head.start() - _LOOK_BACK) : head.start()]
    if not (listed or _begins(text, head)) or not _ends(text, head) or _is_aside(text, head):
        return None
    if head["unit"] is None and (_is_numbered(head, before) or _is_scale(text, head, before)):
        return None
    is_minus = head["sign"] in tuple(MINUSES) and not before.endswith(tuple(MINUSES))
    start = head.start("sign" if is_minus else "value")
    printed = text[start : head.end("value")]
    ranging = ranging or bool(_RANGING.search(before))
    unit, value_max, stop = _range(text, head, before if ranging else "")
    deviation, unit, stop = _deviation(text, unit, stop, before)
    if ranging and value_max is None and deviation is not None and (other := _to(text, stop, before)):
        value_max, unit = value_of(other["value"]), unit or other["unit"]
        _, unit, stop = _deviation(text, unit, other.end(), "")
    ci, stop = _interval(text, value_of(printed), stop)
    comparator, compared = comparator_before(before)
    if unit is None and (_FACTOR.search(before) or text[head.start("value") - 1 : head.start("value")] == "x"):
        unit = "x"
    return Number(
        start=start,
        end=head.end("value"),
        first=head.start() - len(before) + compared if comparator else start,
        stop=stop,
        printed=printed,
        value_max=value_max,
        unit=unit_name(unit),
        deviation=deviation,
        ci=ci,
        comparator=comparator,
        signed=_is_signed(head["sign"]) or before.endswith(("arrow ", "arrow")),
    )


def _is_signed(sign: str | None) -> bool:
    """Tell a sign from the dash of a label, "Dice - 0.91"."""
    return sign is not None and not (sign[0] in MINUSES and sign[-1].isspace())


def _is_aside(text: str, head: re.Match[str]) -> bool:
    """Tell a p-value and a bound of an interval."""
    before = text[max(0, head.start() - _LOOK_FAR_BACK) : head.start()]
    return bool(_SIGNIFICANCE.search(before) or _INSIDE.search(before))


def _begins(text: str, head: re.Match[str]) -> bool:
    """Tell whether no name, path or other number runs into the value."""
    at = head.start()
    before = text[at - 1] if at else " "
    if text[at - 2 : at] in {"^{", "_{"} or _GRID.search(text[max(0, at - _LOOK_BACK) : at]):
        return False
    if head["sign"]:
        return not before.isalnum() and before not in ")]"
    if before == "/" and "." in head["value"] and (text[at - 2 : at - 1].isdigit() or text[at - 2 : at - 1] == "%"):
        return True
    if before in "@/^_&#[" or (before in ".,:" and text[at - 2 : at - 1].isdigit()):
        return False
    return before not in "-\u2010\u2011\u2012\u2013\u2014" or text[at - 2 : at - 1] in ("-", " ", "")


def _ends(text: str, head: re.Match[str]) -> bool:
    """Tell whether the value is not the beginning of a version, a size of a grid or a compound."""
    after = text[head.end() : head.end() + 3]
    if _LEVEL.match(text, head.end("value")) or _QUANTILE.match(text, head.start("value")):
        return False
    if after[:1] in ".," and after[1:2].isdigit():
        return False
    if head["unit"] is None:
        compound = after[:1] in "-\u2010\u2011" and after[1:2].isalpha() and not _FOLD.match(text, head.end())
        return not compound and not after.startswith(("th ", "]")) and not re.match(r"\s?[x×:]\s?\d|/\d{2}", after)
    if head["unit"] in _WIDTHLESS:
        return not re.match(r"[\s$]?\d", after)
    return not (after[:1] == "-" and after[1:2].isalpha() and head["unit"] not in {"%", "\\%"})


def _is_numbered(head: re.Match[str], before: str) -> bool:
    """Tell a year and the number of a thing ("Figure 3", "n = 20") from a measured number."""
    value = head["value"]
    if "." in value:
        return False
    return bool(re.fullmatch(r"(?:19|20)\d\d", value) or _NUMBERED.search(before))


def _is_scale(text: str, head: re.Match[str], before: str) -> bool:
    """Tell the ends of a scale of whole numbers, "a score of 0 to 4"."""
    return (head["value"] == "0" and bool(_SCALE.match(text, head.end()))) or bool(_SCALED.search(before))


def _range(text: str, head: re.Match[str], before: str) -> tuple[str | None, float | int | None, int]:
    """Read unit, upper end of a range, and where both end."""
    unit, stop = _fold(text, head["unit"], head.end())
    more = _MORE.match(text, stop) or _to(text, stop, before)
    if more is None:
        return unit, None, stop
    unit, stop = _fold(text, more["unit"] or unit, more.end())
    return unit, value_of(more["value"]), stop


def _to(text: str, stop: int, before: str) -> re.Match[str] | None:
    """Read the other end of "between 3 and 5", "by 3 to 5"; but "by 3 and 5" are two numbers."""
    other = _TO.match(text, stop) if before else None
    if other is None:
        return None
    ranging = _RANGING.search(before)
    return other if other["word"] == "to" or (ranging and "between" in ranging[0]) else None


def _fold(text: str, unit: str | None, stop: int) -> tuple[str | None, int]:
    """Take "-fold" for a unit where there is none."""
    fold = _FOLD.match(text, stop) if unit is None else None
    return ("x", fold.end()) if fold else (unit, stop)


def _deviation(text: str, unit: str | None, stop: int, before: str) -> tuple[float | None, str | None, int]:
    """Read a deviation, and the unit that may stand behind it."""
    spread = _DEVIATION.match(text, stop)
    if spread is None and _SPREAD_FIRST.search(before):
        spread = _SPREAD.match(text, stop)
    if spread is None:
        return None, unit, stop
    unit, stop = unit or spread.groupdict().get("unit"), spread.end()
    late = _LATE_UNIT.match(text, stop) if unit is None else None
    if late:
        unit, stop = late["unit"], late.end()
    return float(value_of(spread["value"])), unit, stop


def _interval(text: str, value: float, stop: int) -> tuple[tuple[float, float, float] | None, int]:
    """Read a confidence interval, a few words behind the value or right behind it; other bounds are stepped over."""
    if interval := _CI.match(text, stop):
        low, high, level = (float(value_of(interval[name])) for name in ("low", "high", "level"))
        is_near = not interval["gap"].strip(" ,;$")
        return (low, high, level), interval.end() if is_near else stop
    bounds = _BOUNDS.match(text, stop)
    if bounds and value_of(bounds["low"]) <= value <= value_of(bounds["high"]):
        stop = bounds.end()
    return None, stop
