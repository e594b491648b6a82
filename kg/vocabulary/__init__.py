"""The names we know: the vocabularies that come with `kg`, and those that a graph has added, under one look-up."""

from kg.vocabulary.added import AddedVocabularies, AddReport, Choice
from kg.vocabulary.index import Index
from kg.vocabulary.skos import read_vocabulary, shipped_vocabulary
from kg.vocabulary.term import Term
from kg.vocabulary.vocabulary import Vocabulary, layered

__all__ = [
    "AddReport",
    "AddedVocabularies",
    "Choice",
    "Index",
    "Term",
    "Vocabulary",
    "layered",
    "read_vocabulary",
    "shipped_vocabulary",
]
