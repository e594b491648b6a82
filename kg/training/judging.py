"""Measures a tagger on texts it did not learn from: how often an entity with such traits is right, in which role."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
from kg.evaluation.names import EXACT
from kg.extraction.annotate import readable
from kg.extraction.decision import read_concepts, settled
from kg.extraction.findings import Concept, Findings
from kg.extraction.judge import Judge, Regression
from kg.extraction.lexicon import load_lexicon
from kg.extraction.pairing import PAIR_TRAITS
from kg.extraction.tagger.pairs import JUDGED, OF_NUMBERS
from kg.extraction.tagger.reading import Reading
from kg.extraction.traits import ROLE_TRAITS, entity_traits, role_traits, rule_scores
from kg.records import ROLES, Annotation, Kind, Role
from kg.training.corpora import Labelled
from kg.training.examples import Example
from kg.training.fitting import predict
from kg.training.judging_pairs import PairCase, partners_of, related_cases
from kg.training.network import Network

__all__ = ["fit_judge"]

_STRENGTH: Final = {"right": 0.3, "role": 0.05, "pair": 0.1}
"""Of the regressions: the smaller, the closer weights are held to nothing."""

_NO_SPREAD: Final = 1e-3
_CANDIDATE_BARS: Final = np.arange(0.1, 0.61, 0.01)
_PAIR_SLACK: Final = 0.002
"""F1 of relations this far below the best is as good: what ships has learnt from more texts than what is measured,
and is right more often than it says."""


def fit_judge(network: Network, nlp: Language, held: Sequence[tuple[Labelled, Sequence[Example]]]) -> Judge:
    """Fit the judge on annotated texts.

    Args:
        network: Did not learn from these texts.
        nlp: Holds the finders and rules.
        held: Texts with their examples.

    Raises:
        InputError: The texts are too few to tell right from wrong.
    """
    texts = [_read(network, nlp, labelled, examples) for labelled, examples in held]
    cases = [case for text in texts for case in text.cases]
    if len({case.right for case in cases}) < len((True, False)):
        raise InputError("the annotated texts", "too few to tell right from wrong entities", "give more of them")
    traits = np.array([case.traits for case in cases])
    right = _regression(traits, ["right" if case.right else "wrong" for case in cases], _STRENGTH["right"])
    chances = np.array([right.probabilities(row)[right.classes.index("right")] for row in traits])
    least = _best_bar(chances, np.array([case.right for case in cases]), sum(len(text.gold.entities) for text in texts))
    judge = Judge(right, {}, {}, least, 0.0)
    played = [part for text in texts for part in _parts_played(text, judge)]
    judge = replace(judge, roles={kind: _role_regression(kind, played) for kind in Kind})
    related = [one for text in texts for one in related_cases(text.doc, _found(text, judge), text.reading, text.gold)]
    judge = replace(judge, pairs={name: _pair_regression(name, related) for name in JUDGED})
    sure = np.array([judge.pair(one.name, one.traits) for one in related if one.name not in OF_NUMBERS])
    true = np.array([one.right for one in related if one.name not in OF_NUMBERS])
    wanted = sum(len(text.gold.relations) for text in texts)
    return replace(judge, least_pair=_best_bar(sure, true, wanted, _PAIR_SLACK))


class _Case(NamedTuple):
    """An entity that the tagger found."""

    traits: list[float]
    right: bool


class _Part(NamedTuple):
    """An entity that was right, with the role it should have."""

    kind: Kind
    traits: list[float]
    role: Role


class _Text(NamedTuple):
    """A text as the tagger read it, beside what people said."""

    doc: Doc
    reading: Reading
    concepts: tuple[Concept, ...]
    cases: list[_Case]
    gold: Annotation


def _read(network: Network, nlp: Language, labelled: Labelled, examples: Sequence[Example]) -> _Text:
    doc = nlp(readable(labelled.paper.text))
    reading = Reading.unread(len(doc))
    for one in examples:
        reading.add(one.window.tokens[one.window.first], predict(network, one))
    concepts = read_concepts(doc, reading, load_lexicon(None))
    gold = labelled.gold or Annotation(labelled.paper.id)
    partners = partners_of(concepts, gold, doc.text, EXACT)
    rules = rule_scores(doc)
    cases = [_Case(entity_traits(doc, one, reading, rules), at in partners) for at, one in enumerate(concepts)]
    return _Text(doc, reading, concepts, cases, gold)


def _parts_played(text: _Text, judge: Judge) -> Iterator[_Part]:
    """Yield the right ones among the entities that are kept, with what the decision would know of them."""
    kept = _kept(text, judge)
    for at, gold_at in partners_of(kept, text.gold, text.doc.text, EXACT).items():
        traits = role_traits(text.doc, kept[at], kept, text.reading)
        yield _Part(kept[at].kind, traits, text.gold.entities[gold_at].role)


def _kept(text: _Text, judge: Judge) -> tuple[Concept, ...]:
    judged = (
        replace(one, score=judge.confidence(case.traits)) for one, case in zip(text.concepts, text.cases, strict=True)
    )
    return settled(text.doc, [one for one in judged if one.score >= judge.least])


def _found(text: _Text, judge: Judge) -> Findings:
    """Give what the relations of a text would rest on."""
    kept = _kept(text, judge)
    roles = {one.name: judge.role(one.kind, role_traits(text.doc, one, kept, text.reading)) for one in kept}
    return Findings(concepts=kept, roles=roles)


def _pair_regression(name: str, cases: Sequence[PairCase]) -> Regression:
    """Fit the pairs of one relation; one that never was possible is never right."""
    own = [one for one in cases if one.name == name]
    if not own:
        return _regression(np.zeros((1, PAIR_TRAITS)), ["wrong"], _STRENGTH["pair"])
    classes = ["right" if one.right else "wrong" for one in own]
    return _regression(np.array([one.traits for one in own]), classes, _STRENGTH["pair"])


def _role_regression(kind: Kind, played: Sequence[_Part]) -> Regression:
    """Fit the roles of one kind; of a kind that no text names, the commonest role is all there is to know."""
    own = [part for part in played if part.kind is kind]
    if not own:
        return _regression(np.zeros((1, ROLE_TRAITS)), [ROLES[kind][0].value], _STRENGTH["role"])
    return _regression(np.array([part.traits for part in own]), [part.role.value for part in own], _STRENGTH["role"])


def _regression(traits: NDArray[np.float64], classes: Sequence[str], strength: float) -> Regression:
    mean, spread = traits.mean(axis=0), traits.std(axis=0)
    scale = np.where(spread > _NO_SPREAD, spread, 1.0)  # a trait that never differs says nothing
    if len(set(classes)) == 1:  # nothing to tell apart
        nothing = np.zeros((1, traits.shape[1]))
        return Regression((classes[0],), mean, scale, nothing, np.zeros(1))
    model = LogisticRegression(C=strength, max_iter=5000).fit((traits - mean) / scale, list(classes))
    weights, intercepts = model.coef_, model.intercept_
    if len(weights) == 1:  # of two classes scikit-learn writes the second only
        weights = np.vstack([np.zeros_like(weights), weights])
        intercepts = np.array([0.0, *intercepts])
    return Regression(tuple(map(str, model.classes_)), mean, scale, weights, intercepts)


def _best_bar(chances: NDArray[np.float64], right: NDArray[np.bool_], wanted: int, slack: float = 0.0) -> float:
    """Choose the lowest confidence from which on keeping what was found gives the best F1, or one less by ``slack``."""
    scores = np.array(
        [2 * right[chances >= bar].sum() / max(1, (chances >= bar).sum() + wanted) for bar in _CANDIDATE_BARS]
    )
    return round(float(_CANDIDATE_BARS[int(np.argmax(scores >= scores.max() - slack))]), 2)
