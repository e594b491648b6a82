r"""Number phrases of a text: the value with its range, unit, deviation, confidence interval and comparator.

What only looks like a measured number is no number here: part of a name ("ResNet-50", "3D", "10-fold"), a
version, a citation, a year, a p-value, the number of a figure. LaTeX is read where it stands, ``$84.1\pm2.3$``.
"""

import re
from dataclasses import dataclass
from typing import Final

from kg.extraction.words import word_set

__all__ = ["Number", "read_numbers"]

_PLAIN: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?|[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})(?!\d)"
_GAP: Final = r"[\s$~{}\\,]{0,4}"
_UNIT: Final = (
    r"(?:(?:\\\s?)?%(?:[- ]points?\b)?|(?:percentage[- ]points?|percent|per cent|pp|points?|dB|mm|cm|µm|μm|um|nm|HU|"
    r"ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|hours?|h|days?|fps|FPS|Hz|kHz|MHz|GHz|"
    r"[GMT]?FLOPS?|[GMT]?FLOPs|GMACs?|MACs|GB|MB|kWh|mJ|mL|ml|mmHg|M?k?Pa|mg|m?Gy|mSv|px|pixels?|voxels?|"
    r"million|billion|thousand|M|B|K|k|times|folds?|x)\b(?!\^)(?:/[a-z]{1,8}[23²³]?\b)?|°C?|×|\\times\b)"
)
_DASH: Final = r"(?:--?|[\u2010-\u2014]|~|\\sim\b)"

_HEAD = re.compile(
    rf"(?P<sign>[-+\u2212\u2191\u2193](?:\$|\s)?)?(?<![\w.])(?P<value>{_PLAIN})"
    rf"(?P<rest>(?:{_GAP}(?P<unit>{_UNIT}))?)(?![\w@^])"
)
_MORE = re.compile(rf"{_GAP}(?P<dash>{_DASH})\$?\s?(?P<value>-?{_PLAIN})(?:{_GAP}(?P<unit>{_UNIT}))?(?![\w@-])")
_TO = re.compile(rf"\$?\s(?P<word>to|and)\s\$?(?P<value>{_PLAIN})(?:{_GAP}(?P<unit>{_UNIT}))?(?![\w@-])")
_FOLD = re.compile(r"(?:[- ]?\$?-?folds?)\b(?![- ](?:cross|CV|nested|stratified|internal|validation))")
_DEVIATION = re.compile(
    rf"{_GAP}[(]?(?:\u00b1|\\pm(?![a-z])|\+ ?/ ?-|\+-|plus or minus|plus-minus|\+/\u2212|"
    rf"(?<=\()(?:std|SD)\b\.?\s?[=:]?){_GAP}"
    rf"(?P<value>{_PLAIN})"
    rf"(?:{_GAP}(?P<unit>{_UNIT}))?[)]?"
)
_LATE_UNIT = re.compile(rf"{_GAP}(?P<unit>{_UNIT})")
_CI = re.compile(
    rf"[\s,;$]{{0,3}}[(\[]?\s?(?P<level>\d\d(?:\.\d)?)\s?\\?%[\s-]?(?:CIs?|confidence intervals?(?:\s?\(?CI\)?)?)"
    rf"[\s:=,\[(]{{0,4}}(?P<low>-?{_PLAIN})\s?\\?%?\s?(?:to|,|;|{_DASH})\s?(?P<high>-?{_PLAIN})\s?\\?%?[)\]]{{0,2}}",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    rf"\s?[(\[](?:range:? |IQR:? |CI:? )?(?P<low>{_PLAIN})\s?\\?%?\s?"
    rf"(?:to|,|;|{_DASH})\s?(?P<high>{_PLAIN})\s?\\?%?[)\]]"
)
_EQUALS: Final = r"(?:=|<|>|\u2264|\u2265|\\leq?|\\geq?|\\ll|&lt;|&gt;|\u226a)"
_SIGNIFICANCE = re.compile(
    rf"(?:\b[pqPQ]|\b[pqPQ][ -]?values?|\\alpha|\bp_\w+)[\s$*}})]{{0,3}}"
    rf"(?:(?:of|was|were|is|at|all)\s)?{_EQUALS}*[\s$]{{0,2}}$"
)
_NUMBERED = re.compile(
    r"\b(?:fig(?:ure|s)?\.?|tables?|sections?|sec\.|eqs?\.?|equations?|tasks?|stages?|phases?|tracks?|versions?|v\.?|"
    r"grades?|types?|levels?|steps?|class|chapter|appendix|part|top|no\.|seed|day|age[ds]?|batch size|"
    r"epochs?|n|k|N|rank|algorithm|experiments?|cohorts?|sites?|centers?|batch|days?|weeks?|year|years)\s?[:=~]?\s?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:(?P<least>at least|no less than|>=|\u2265|\\geq?\b|\\geqslant|not less than)|"
    r"(?P<more>more than|greater than|over|above|exceed(?:s|ing|ed)?|beyond|(?<![-=])>|&gt;)|"
    r"(?P<most>up to|at most|as (?:high|much|low) as|no more than|<=|\u2264|\\leq?\b|\\leqslant|a maximum of)|"
    r"(?P<less>less than|fewer than|under|below|within|<|&lt;)|"
    r"(?P<about>approximately|approx\.|about|around|~|\\sim|\\approx|\u2248|nearly|roughly|almost|close to|ca\.))"
    r"[\s$~{}]{0,3}(?:an? |the )?[\s$]?$",
    re.IGNORECASE,
)
_SIGNS: Final = {"least": ">=", "more": ">", "most": "<=", "less": "<", "about": "~"}
_RANGING = re.compile(r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|between|by)(?: from| between)?[\s$]{1,2}$")
_GRID = re.compile(r"\d[\s$]{0,2}(?:[x×]|\\times)[\s$]{0,2}$")
_LEVEL = re.compile(r"\s?\\?%[\s-]?(?:CIs?\b|confidence|credible|prediction interval)", re.IGNORECASE)
_LOOK_BACK: Final = 24
_UNIT_NAMES: Final = {
    "percent": "%",
    "per cent": "%",
    "times": "x",
    "×": "x",
    "\\times": "x",
    "seconds": "s",
    "second": "s",
    "sec": "s",
    "secs": "s",
    "milliseconds": "ms",
    "millisecond": "ms",
    "hour": "hours",
    "mins": "min",
    "minute": "minutes",
    "million": "M",
    "billion": "B",
    "K": "k",
    "thousand": "k",
    "pixel": "pixels",
    "voxel": "voxels",
    "point": "points",
    "μm": "µm",
    "um": "µm",
    "FPS": "fps",
    "fold": "x",
    "folds": "x",
}
_SCALES: Final = {"%": 0.01, "k": 1e3, "M": 1e6, "B": 1e9, "ms": 1e-3, "minutes": 60.0, "min": 60.0, "hours": 3600.0}
_WIDTHLESS: Final = word_set("x × \\times")


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
        return _value(self.printed)

    @property
    def bare(self) -> bool:
        """Whether it is a whole number without unit, as counts and the numbers of things are."""
        return self.unit is None and "." not in self.printed and self.deviation is None and self.ci is None

    def scaled(self) -> float:
        """The value on a scale of its own kind: a share, a plain count, seconds."""
        return float(f"{self.value * _SCALES.get(self.unit or '', 1.0):.12g}")


def read_numbers(text: str) -> list[Number]:
    """Read the number phrases of a text, in order; none overlap."""
    found, at = [], 0
    while head := _HEAD.search(text, at):
        number = _read(text, head)
        at = max(head.end(), number.stop) if number else _behind(text, head)
        if number:
            found.append(number)
    return found


def _behind(text: str, head: re.Match[str]) -> int:
    """Step over the digits of what is no number, so that no part of them is taken for one."""
    at = head.end("value")
    while at < len(text) and (text[at].isdigit() or (text[at] in ".," and text[at + 1 : at + 2].isdigit())):
        at += 1
    return at


def _read(text: str, head: re.Match[str]) -> Number | None:
    before = text[max(0, head.start() - _LOOK_BACK) : head.start()]
    if not _begins(text, head) or not _ends(text, head):
        return None
    if _SIGNIFICANCE.search(before) or (head["unit"] is None and _is_numbered(head, before)):
        return None
    is_minus = head["sign"] == "-" and not before.endswith("-")
    start = head.start("sign" if is_minus else "value")
    printed = text[start : head.end("value")]
    unit, value_max, stop = _range(text, head, before)
    deviation, unit, stop = _deviation(text, unit, stop)
    ci, stop = _interval(text, _value(printed), stop)
    compared = _COMPARED.search(before)
    return Number(
        start=start,
        end=head.end("value"),
        first=head.start() - (len(before) - compared.start()) if compared else start,
        stop=stop,
        printed=printed,
        value_max=value_max,
        unit=_unit(unit),
        deviation=deviation,
        ci=ci,
        comparator=_SIGNS[compared.lastgroup] if compared and compared.lastgroup else None,
        signed=bool(head["sign"]) or before.endswith(("arrow ", "arrow")),
    )


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
    if _LEVEL.match(text, head.end("value")):
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


def _range(text: str, head: re.Match[str], before: str) -> tuple[str | None, float | int | None, int]:
    """Read unit, upper end of a range, and where both end."""
    unit, stop = _fold(text, head["unit"], head.end())
    more = _MORE.match(text, stop) or _to(text, stop, before)
    if more is None:
        return unit, None, stop
    unit, stop = _fold(text, more["unit"] or unit, more.end())
    return unit, _value(more["value"]), stop


def _to(text: str, stop: int, before: str) -> re.Match[str] | None:
    """Read the other end of "between 3 and 5", "by 3 to 5"; but "by 3 and 5" are two numbers."""
    ranging, other = _RANGING.search(before), _TO.match(text, stop)
    if ranging is None or other is None:
        return None
    return other if other["word"] == "to" or "between" in ranging[0] else None


def _fold(text: str, unit: str | None, stop: int) -> tuple[str | None, int]:
    """Take "-fold" for a unit where there is none."""
    fold = _FOLD.match(text, stop) if unit is None else None
    return ("x", fold.end()) if fold else (unit, stop)


def _deviation(text: str, unit: str | None, stop: int) -> tuple[float | None, str | None, int]:
    """Read a deviation, and the unit that may stand behind it."""
    spread = _DEVIATION.match(text, stop)
    if spread is None:
        return None, unit, stop
    unit, stop = unit or spread["unit"], spread.end()
    late = _LATE_UNIT.match(text, stop) if unit is None else None
    if late:
        unit, stop = late["unit"], late.end()
    return float(_value(spread["value"])), unit, stop


def _interval(text: str, value: float, stop: int) -> tuple[tuple[float, float, float] | None, int]:
    """Read a confidence interval; bounds without a level are stepped over."""
    if interval := _CI.match(text, stop):
        low, high, level = (float(_value(interval[name])) for name in ("low", "high", "level"))
        return (low, high, level), interval.end()
    bounds = _BOUNDS.match(text, stop)
    if bounds and _value(bounds["low"]) <= value <= _value(bounds["high"]):
        stop = bounds.end()
    return None, stop


def _unit(printed: str | None) -> str | None:
    """Name a unit: "percent" is "%", "times" is "x"."""
    if printed is None:
        return None
    plain = " ".join(printed.replace("-", " ").split())
    if "%" in plain:
        return "%" if plain.endswith("%") else "percentage points"
    if plain in {"percentage point", "percentage points"}:
        return "percentage points"
    return _UNIT_NAMES.get(plain, plain)


def _value(printed: str) -> float | int:
    plain = printed.replace(",", "").replace("\u2212", "-")
    return float(plain) if "." in plain else int(plain)
