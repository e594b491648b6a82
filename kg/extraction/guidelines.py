"""Reads a text as the guideline of another corpus would have it, to be measured there.

A tagger learns from corpora that disagree on what a mention is; the one named here decides.
"""

from itertools import takewhile

from spacy.language import Language

from kg.errors import UnknownNameError, UsageError
from kg.extraction.annotate import readable
from kg.extraction.tagger.component import TaggerComponent
from kg.extraction.tagger.decoding import stretches
from kg.extraction.tagger.labels import HEADS
from kg.extraction.tagger.signals import GUIDELINES
from kg.records import Paper

__all__ = ["mark"]


def mark(nlp: Language, paper: Paper, guideline: str) -> list[tuple[int, int, str]]:
    """Give the mentions of a paper: start, end, label of the corpus; offsets count the characters of ``paper.text``.

    Raises:
        UnknownNameError: The tagger knows no such guideline.
        UsageError: The pipeline has no tagger.
    """
    if guideline not in GUIDELINES:
        raise UnknownNameError("guideline", guideline, GUIDELINES)
    component = next((one for _, one in nlp.pipeline if isinstance(one, TaggerComponent)), None)
    if component is None:
        raise UsageError("a guideline needs the learned tagger; leave out what replaces it")
    doc = nlp.make_doc(readable(paper.text))
    for _, pipe in takewhile(lambda named: named[1] is not component, nlp.pipeline):  # what the tagger hears
        doc = pipe(doc)
    head = HEADS[guideline]
    found = component.tagger.read(doc, guideline).probabilities[:, head.columns]
    spans = ((doc[one.start : one.end], one.label) for one in stretches(found, head.labels))
    return [(span.start_char, span.end_char, label) for span, label in spans]
