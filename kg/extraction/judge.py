"""How sure an entity is, its role, and its relations: linear models over a few traits of a concept or a pair.

They are multinomial logistic regressions, fitted on texts that the tagger did not learn from, so that a confidence
of .8 means: of such entities, 80 in 100 were right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extraction.tagger.pairs import JUDGED
from kg.records import ROLES, Kind, Role

__all__ = ["Judge", "Regression"]

_ARRAYS: Final = ("mean", "scale", "weights", "intercepts")


@dataclass(frozen=True, eq=False)
class Regression:
    """A multinomial logistic regression.

    Attributes:
        classes: What it tells apart.
        mean: Of each trait, where it was fitted.
        scale: Standard deviation of each trait there.
        weights: Classes x traits.
        intercepts: One for each class.
    """

    classes: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    def probabilities(self, traits: Sequence[float]) -> NDArray[np.float64]:
        """Give the probability of each class."""
        scores = self.weights @ ((np.asarray(traits) - self.mean) / self.scale) + self.intercepts
        raised = np.exp(scores - scores.max())
        found: NDArray[np.float64] = raised / raised.sum()
        return found

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], traits: int) -> "Regression":
        """Read what `to_json` wrote of a regression over so many traits.

        Raises:
            KeyError: A part is missing.
            ValueError: A part is of another size, or holds what is no number.
        """
        classes = tuple(raw["classes"])
        read = cls(classes, *(np.asarray(raw[name], dtype=np.float64) for name in _ARRAYS))
        shapes = ((traits,), (traits,), (len(classes), traits), (len(classes),))
        for name, shape in zip(_ARRAYS, shapes, strict=True):
            part: NDArray[np.float64] = getattr(read, name)
            if part.shape != shape or not np.isfinite(part).all():
                raise ValueError(f"{name} should be {' x '.join(map(str, shape))} numbers")
        if not classes or not (read.scale > 0).all():
            raise ValueError("there should be classes, and a scale above 0")
        return read

    def to_json(self) -> dict[str, Any]:
        """Write as values that JSON knows; five decimals are plenty."""
        arrays = {name: getattr(self, name).round(5).tolist() for name in _ARRAYS}
        return {"classes": list(self.classes), **arrays}


@dataclass(frozen=True, eq=False)
class Judge:
    """What was measured of a tagger.

    Attributes:
        right: Tells whether an entity is right, from `kg.extraction.traits.entity_traits`.
        roles: For each kind the role, from `kg.extraction.traits.role_traits`.
        pairs: For each relation whether a pair is right, from `kg.extraction.pairing`.
        least: The confidence from which on entities are kept: where F1 was highest.
        least_pair: The same for relations.
    """

    right: Regression
    roles: Mapping[Kind, Regression]
    pairs: Mapping[str, Regression]
    least: float
    least_pair: float

    def confidence(self, traits: Sequence[float]) -> float:
        """Give the share of right entities among those with such traits, two decimals."""
        return _chance_of_right(self.right, traits)

    def pair(self, name: str, traits: Sequence[float]) -> float:
        """Give the share of right pairs among those with such traits, two decimals."""
        return _chance_of_right(self.pairs[name], traits)

    def role(self, kind: Kind, traits: Sequence[float]) -> tuple[Role, float]:
        """Give the likeliest role and its probability, two decimals; the first of equals."""
        model = self.roles[kind]
        chances = model.probabilities(traits).round(2)
        best = int(chances.argmax())
        return Role(model.classes[best]), float(chances[best])

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], *, traits: int, role_traits: int, pair_traits: int) -> "Judge":
        """Read what `to_json` wrote.

        Args:
            raw: What it wrote.
            traits: How many numbers tell of an entity.
            role_traits: How many tell of its role.
            pair_traits: How many tell of a pair.

        Raises:
            KeyError: A part, a kind or a relation is missing.
            ValueError: A part is of another size, or a class, a role or a bar is none.
        """
        right = _right_or_wrong(raw["right"], traits)
        roles = {kind: Regression.from_json(raw["roles"][kind.value], role_traits) for kind in Kind}
        pairs = {name: _right_or_wrong(raw["pairs"][name], pair_traits) for name in JUDGED}
        for kind, model in roles.items():
            if strange := [one for one in model.classes if one not in ROLES[kind]]:
                raise ValueError(f"{strange[0]!r} is no role of a {kind.value}")
        bars = {name: float(raw[name]) for name in ("least", "least_pair")}
        for name, bar in bars.items():
            if not 0 <= bar <= 1:
                raise ValueError(f"{name} should be a probability")
        return cls(right, roles, pairs, **bars)

    def to_json(self) -> dict[str, Any]:
        """Write as values that JSON knows."""
        roles = {kind.value: model.to_json() for kind, model in self.roles.items()}
        pairs = {name: model.to_json() for name, model in self.pairs.items()}
        bars = {"least": self.least, "least_pair": self.least_pair}
        return {"right": self.right.to_json(), "roles": roles, "pairs": pairs, **bars}


def _right_or_wrong(raw: Mapping[str, Any], traits: int) -> Regression:
    read = Regression.from_json(raw, traits)
    if strange := [one for one in read.classes if one not in {"right", "wrong"}]:
        raise ValueError(f"{strange[0]!r} is neither right nor wrong")
    return read


def _chance_of_right(model: Regression, traits: Sequence[float]) -> float:
    chances = dict(zip(model.classes, model.probabilities(traits), strict=True))
    return round(float(chances.get("right", 0.0)), 2)
