"""How sure an entity is, given the score that the decision put together.

The figures are shares of right entities by kind and score, measured on annotated abstracts; where sources or
vocabularies change, they must be measured anew.
"""

from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.records import Kind

__all__ = ["confidence"]

_FROM: Final = (0.75, 0.87, 0.93, 0.97)
_RIGHT: Final[Mapping[Kind, tuple[float, ...]]] = MappingProxyType(
    {
        Kind.METHOD: (0.48, 0.57, 0.66, 0.85, 0.94),
        Kind.DATASET: (0.55, 0.82, 0.9, 0.97, 0.97),
        Kind.MODALITY: (0.5, 0.66, 0.81, 0.91, 0.94),
        Kind.DISEASE: (0.45, 0.58, 0.81, 0.93, 0.93),
        Kind.TASK: (0.42, 0.5, 0.51, 0.72, 0.84),
        Kind.METRIC: (0.5, 0.5, 0.77, 0.85, 0.92),
        Kind.ANATOMY: (0.3, 0.5, 0.67, 0.89, 0.93),
    }
)


def confidence(kind: Kind, score: float) -> float:
    """Give the share of right entities among those of this kind and score.

    >>> confidence(Kind.METHOD, 0.6), confidence(Kind.METHOD, 0.99)
    (0.48, 0.94)
    """
    return _RIGHT[kind][bisect_right(_FROM, score)]
