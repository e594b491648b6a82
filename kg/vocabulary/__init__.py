"""The names we know: the vocabularies that come with `kg`, one look-up by normal form."""

from kg.vocabulary.skos import read_vocabulary, shipped_vocabulary
from kg.vocabulary.term import Term
from kg.vocabulary.vocabulary import Vocabulary

__all__ = ["Term", "Vocabulary", "read_vocabulary", "shipped_vocabulary"]
