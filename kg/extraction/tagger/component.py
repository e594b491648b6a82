"""Component ``kg_tagger``: a learned reading of the text, word by word, beside that of the rules."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.tagger.model import Tagger, load_tagger, shipped_model
from kg.extraction.tagger.reading import set_reading

__all__ = ["TaggerComponent", "make_tagger"]


@Language.factory("kg_tagger", default_config={"model": None}, requires=["doc.spans"])
def make_tagger(nlp: Language, name: str, model: str | None) -> "TaggerComponent":  # noqa: ARG001 - asked for by spaCy
    """Build the component; ``model`` is the folder of a model, None for the one shipped."""
    return TaggerComponent(load_tagger(shipped_model() if model is None else Path(model)))


class TaggerComponent:
    """Lets a trained tagger read a document that the rules have read."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """Keep what the tagger says with the document, and return it."""
        set_reading(doc, self.tagger.read(doc), self.tagger.judge)
        return doc
