"""The pipeline put together: a blank English one with our components, found by their registered names."""

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

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
from kg.extraction.lexicon import load_lexicon

__all__ = ["configuration_digest", "load_pipeline"]

_COMPONENTS: Final = (
    "kg_sentences",
    "kg_abbreviations",
    "kg_terms",
    "kg_phrases",
    "kg_contributions",
    "kg_datasets",
    "kg_names",
    "kg_decision",
    "kg_roles",
    "kg_relations",
    "kg_results",
    "kg_links",
    "kg_sizes",
)
_WITH_VOCABULARY: Final = frozenset({"kg_terms", "kg_phrases", "kg_decision", "kg_relations"})


def load_pipeline(vocabulary: Path | None = None) -> Language:
    """Build the pipeline on the vocabularies of a folder, by default those shipped with `kg`.

    Raises:
        InputError: A vocabulary file is no valid Turtle.
    """
    folder = str(vocabulary) if vocabulary else None
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    nlp.max_length = sys.maxsize  # the limit is for parsers; ours take memory and time in step with the text
    for component in _COMPONENTS:
        nlp.add_pipe(component, config={"vocabulary": folder} if component in _WITH_VOCABULARY else {})
    return nlp


def configuration_digest(nlp: Language) -> str:
    """Hash what the pipeline was built from: components in order, settings, contents of the vocabularies."""
    settings = {name: _hashable(nlp.get_pipe_config(name)) for name in nlp.pipe_names}
    setup = {"pipeline": nlp.pipe_names, "components": settings, "tokenizer": nlp.config["nlp"]["tokenizer"]}
    return sha256(json.dumps(setup, sort_keys=True, default=str).encode()).hexdigest()


def _hashable(config: dict[str, object]) -> dict[str, object]:
    """Put the digest of a vocabulary in the place of its path, which differs from machine to machine."""
    if "vocabulary" not in config:
        return config
    folder = config["vocabulary"]
    return {**config, "vocabulary": load_lexicon(str(folder) if folder else None).digest}
