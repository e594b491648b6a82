"""What stands beside a metric and is no outcome: counts, thresholds, settings, shares of the data."""

import re
from collections.abc import Sequence
from typing import Final

from kg.extraction.bounds import SIGN
from kg.extraction.metrics import fits, is_count, is_quality, is_share, names_setting
from kg.extraction.numbers import Number
from kg.extraction.scenes import Scene

__all__ = ["is_operating_point", "is_refused", "is_share_of_data"]

_PERCENT_OF = re.compile(
    r"[\s$]{0,2}of (?:the |all |our |its |total |available |original |labell?ed |annotated |[A-Z][\w-]* (?=data))*"
    r"(?:training|data|dataset|samples?|labels?|images?|cases|patients|annotations?|parameters|population|pixels|slices|women|"
    r"individuals|people|adults|energy|dose|children|deaths|cancers?|time|scans|subjects|participants|annotated|labeled)\b|"
    r"[\s$]{0,2}(?:labell?ed|annotated|training|annotation|unlabell?ed|missing|confidence|data|noise|masking|CI)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(SIGN)
_SAID = re.compile(r"\b(?:of|is|was|at|to)[\s$]?$")
_THING = re.compile(
    r"\s(?:[A-Z]{2,}[\w-]*\s)?(?!(?:and|or|for|with|while|on|vs|versus|in|at|by|to|from|using|as|which|when|across|"
    r"compared|over|than|points?|respectively|under|is|was|were|after|before|out|of|per|but|that|if|score)\b)(?P<word>[a-z]+)"
)
_AT = re.compile(r"\bat (?:an? )?(?:\w+ (?:of )?)?[\s$~]{0,2}$", re.IGNORECASE)
_NEAR: Final = 30


def is_refused(scene: Scene, index: int, run: Sequence[int], name: str) -> bool:
    """Tell a number that measures nothing, whatever stands beside it, or has a unit the metric cannot have."""
    number = scene.numbers[index]
    return (
        not fits(name, number.unit)
        or names_setting(scene.before(run[0])[-_NEAR:])
        or _is_threshold(scene, number, name)
        or _is_counted(scene, index, name)
    )


def is_share_of_data(scene: Scene, index: int, run: Sequence[int]) -> bool:
    """Tell how much of the data was used: "20% and 50% of the scans"."""
    return scene.numbers[index].unit == "%" and bool(_PERCENT_OF.match(scene.after(run[-1])))


def is_operating_point(scene: Scene, index: int) -> bool:
    """Tell where something was measured: "at 4 false positives"."""
    return bool(_AT.search(scene.before(index)))


def _is_threshold(scene: Scene, number: Number, name: str) -> bool:
    """Tell a condition, "in patients with LVEF > 50%", from an outcome."""
    sign = scene.text[number.first : number.start]
    said = scene.text[max(scene.low, number.first - 4) : number.first]
    return bool(_SIGN.search(sign)) and not _SAID.search(said) and not is_quality(name)


def _is_counted(scene: Scene, index: int, name: str) -> bool:
    """Tell how many things there are, "AUC over 200 images", and false positives that are an operating point."""
    if is_count(name):
        return is_operating_point(scene, index)
    is_whole = scene.numbers[index].bare and is_share(name)
    thing = _THING.match(scene.after(index)) if is_whole else None
    return thing is not None and not thing["word"].startswith(name[:4].lower())
