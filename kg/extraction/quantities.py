"""How the digits of a number and its unit are printed, and what they mean."""

from typing import Final

__all__ = ["DASH", "GAP", "MINUSES", "PLAIN", "SIGNED", "UNIT", "scale_of", "unit_name", "value_of"]

PLAIN: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?|[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})(?!\d)"
MINUSES: Final = "-\u2212"
SIGNED: Final = rf"[-+\u2212]?{PLAIN}"
GAP: Final = r"[\s$~{}\\,]{0,4}"
UNIT: Final = (
    r"(?:(?:\\\s?)?%(?:[- ]points?\b)?|(?:percentage[- ]points?|percent|per cent|pp|points?|dB|mm|cm|µm|μm|um|nm|HU|"
    r"ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|hours?|h|days?|fps|FPS|Hz|kHz|MHz|GHz|"
    r"[GMT]?FLOPS?|[GMT]?FLOPs|GMACs?|MACs|[TGMk]B|kWh|m?J|[mk]?W|m?V|mL|ml|mmHg|M?k?Pa|[mknp]g|m?Gy|mSv|mmol|bpm|T|"
    r"px|pixels?|voxels?|degrees?|years?|yrs?|months?|weeks?|"
    r"million|billion|thousand|M|B|K|k|times|folds?|x)\b(?!\^)(?:/[a-z]{1,8}[23²³]?\b)?|°C?|×|\\times\b)"
)
DASH: Final = r"(?:--?|[\u2010-\u2014]|(?<=[\w%])\u2212|\u2212(?=\s)|~|\\sim\b)"
"""Between the ends of a range; a minus sign with a gap before it, and none behind, is the second number's own."""

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
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "yr": "years",
    "yrs": "years",
    "degree": "degrees",
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
_SCALES: Final = (
    dict.fromkeys(("%", "pp", "percentage points"), 0.01)
    | {"k": 1e3, "M": 1e6, "B": 1e9}
    | {"ms": 1e-3, "minutes": 60.0, "min": 60.0, "hours": 3600.0, "h": 3600.0}
)


def scale_of(unit: str | None) -> float:
    """Give what one of a unit is on a scale of its own kind: a share, a plain count, seconds.

    >>> scale_of("%"), scale_of("M"), scale_of(None)
    (0.01, 1000000.0, 1.0)
    """
    return _SCALES.get(unit or "", 1.0)


def unit_name(printed: str | None) -> str | None:
    """Name a unit: "percent" is "%", "times" is "x"."""
    if printed is None:
        return None
    plain = " ".join(printed.replace("-", " ").split())
    if "%" in plain:
        return "%" if plain.endswith("%") else "percentage points"
    if plain in {"percentage point", "percentage points"}:
        return "percentage points"
    return _UNIT_NAMES.get(plain, plain)


def value_of(printed: str) -> float | int:
    """Read printed digits.

    >>> value_of("1,200"), value_of("\u22120.41")
    (1200, -0.41)
    """
    plain = printed.replace(",", "").replace("\u2212", "-").lstrip("+")
    return float(plain) if "." in plain else int(plain)
