"""The pipeline put together: a blank English one with our components, found by their registered names."""

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from kg.errors import UsageError
from kg.extraction import (  # noqa: F401 - importing a component registers its factory, installed or not
    abbreviations,
    contributions,
    datasets,
    decision,
    links,
    names,
    phrases,
    relations,
    results,
    roles,
    sentences,
    sizes,
    terms,
    tokens,
)
from kg.extraction.guest import GUEST, GuestReader
from kg.extraction.lexicon import load_lexicon
from kg.extraction.rules import SOURCES
from kg.extraction.tagger.component import TaggerComponent
from kg.extraction.tagger.model import CARD
from kg.settings import Settings

__all__ = ["configuration_digest", "load_pipeline", "model_digest"]

_FINDERS: Final = (
    "kg_sentences",
    "kg_abbreviations",
    "kg_terms",
    "kg_phrases",
    "kg_contributions",
    "kg_datasets",
    "kg_names",
)
_JUDGES: Final = (
    "kg_decision",
    "kg_roles",
    "kg_relations",
    "kg_results",
    "kg_links",
    "kg_sizes",
)
_VOCABULARIES: Final = {
    "kg_phrases": ("vocabulary",),
    "kg_terms": ("vocabulary", "added"),
    "kg_decision": ("vocabulary", "added"),
    "kg_relations": ("vocabulary", "added"),
}
"""The settings of those components that know vocabularies."""


def load_pipeline(vocabulary: Path | None = None, settings: Settings = Settings()) -> Language:  # noqa: B008 - a value
    """Build the pipeline on the vocabularies of a folder, by default those shipped with `kg`.

    Raises:
        GraphError: An added vocabulary is missing or damaged.
        InputError: A vocabulary file is no valid Turtle.
        ModelError: The model is missing or damaged.
        UnknownNameError: The model has no such label.
        UsageError: The settings contradict one another.
    """
    known = {
        "vocabulary": str(vocabulary) if vocabulary else None,
        "added": [list(one) for one in settings.vocabularies],
    }
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    nlp.max_length = sys.maxsize  # the limit is for parsers; ours take memory and time in step with the text
    for component, config in (*((name, {}) for name in _FINDERS), *_readers(settings), *_judges(settings)):
        own = {key: known[key] for key in _VOCABULARIES.get(component, ())}
        nlp.add_pipe(component, config=own | config)
    return nlp


def _readers(settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    """Choose what reads the finders' candidates: the rules, and a learned model beside or behind them."""
    if settings.fast and (settings.model is not None or settings.labels):
        raise UsageError("fast reading takes no model and no labels; leave them out, or read without fast")
    if settings.fast:
        return [("kg_rules", {})]
    if settings.model is None or (Path(settings.model) / CARD).is_file():
        if settings.labels:
            raise UsageError("labels are for a spaCy pipeline; name one as the model")
        return [("kg_rules", {}), ("kg_tagger", {"model": settings.model})]
    if not settings.labels:
        reason = f"no kg model lies here (no {CARD})"
        remedy = "for a spaCy pipeline also say what its labels mean, such as DISEASE=Disease"
        raise UsageError(f"{settings.model}: {reason}; {remedy}")
    guest = {"pipeline": settings.model, "labels": {label: kind.value for label, kind in settings.labels}}
    return [(GUEST, guest), ("kg_rules", {"sources": {**SOURCES, GUEST: 1.0}})]


def _judges(settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    return [(name, {"least": settings.least} if name == "kg_decision" else {}) for name in _JUDGES]


def model_digest(nlp: Language) -> str | None:
    """Hash the learned model of a pipeline, None where it has none."""
    for _, component in nlp.pipeline:
        if isinstance(component, TaggerComponent):
            return component.tagger.digest
        if isinstance(component, GuestReader):
            return component.digest
    return None


def configuration_digest(nlp: Language) -> str:
    """Hash what the pipeline was built from: components in order, settings, contents of vocabularies and model."""
    settings = {name: _hashable(nlp.get_pipe_config(name)) for name in nlp.pipe_names}
    setup = {
        "pipeline": nlp.pipe_names,
        "components": settings,
        "tokenizer": nlp.config["nlp"]["tokenizer"],
        "model": model_digest(nlp),
    }
    return sha256(json.dumps(setup, sort_keys=True, default=str).encode()).hexdigest()


def _hashable(config: dict[str, Any]) -> dict[str, Any]:
    """Put the digest of the vocabularies in the place of their paths, which differ from machine to machine."""
    config = {key: value for key, value in config.items() if key not in {"model", "pipeline"}}
    if "vocabulary" not in config:
        return config
    folder, added = config["vocabulary"], config.pop("added", ())
    return {**config, "vocabulary": load_lexicon(folder, added).digest}
