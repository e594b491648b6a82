"""Component ``kg_guest``: entities of another spaCy pipeline, as candidates beside our own.

The guest reads the same characters with its own tokenizer; its entities are put on our tokens.
"""

import sys
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError, UnknownNameError
from kg.extraction.candidates import Candidate, put_candidates
from kg.records import Kind

__all__ = ["GUEST", "GuestReader", "make_guest_reader"]

GUEST: Final = "kg_guest"
_SCORE: Final = 0.8


@Language.factory("kg_guest", default_config={"pipeline": None, "labels": {}}, assigns=["doc.spans"])
def make_guest_reader(nlp: Language, name: str, pipeline: str, labels: dict[str, str]) -> "GuestReader":  # noqa: ARG001
    """Build the component: ``pipeline`` is a spaCy pipeline's name or folder, ``labels`` its labels to our kinds."""
    return GuestReader(_load(pipeline), {label: Kind(kind) for label, kind in labels.items()})


class GuestReader:
    """Marks what a guest pipeline finds.

    Args:
        guest: Writes ``doc.ents``; has read nothing yet.
        labels: What its labels mean; each must be one that it has.

    Attributes:
        digest: Hash of all that the guest is made of.

    Raises:
        UnknownNameError: The guest has no such label.
    """

    def __init__(self, guest: Language, labels: Mapping[str, Kind]) -> None:
        self.guest, self.labels = guest, dict(labels)
        guest.max_length = sys.maxsize  # as ours: how long a text may be is for its reader to say
        self.digest: Final = sha256(guest.to_bytes()).hexdigest()  # now, since a guest keeps the words that it reads
        known = {label for name in guest.pipe_names for label in guest.pipe_labels.get(name, ())}
        for label in labels:
            if label not in known:
                raise UnknownNameError("label of the model", label, known)

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates to ``doc.spans``, and return the document."""
        found = []
        for one in self.guest(doc.text).ents:
            span = doc.char_span(one.start_char, one.end_char, alignment_mode="expand")
            if one.label_ in self.labels and span is not None:
                found.append(Candidate(span.start, span.end, self.labels[one.label_], _SCORE))
        put_candidates(doc, GUEST, found)
        return doc


def _load(pipeline: str) -> Language:
    try:
        return spacy.load(pipeline)
    except Exception as error:  # any package or folder can be named, and fails in its own way
        reason = "no kg model and no spaCy pipeline of that name can be loaded"
        remedy = "give a folder written by kg train, or install the spaCy pipeline"
        raise ModelError(pipeline, reason, remedy) from error
