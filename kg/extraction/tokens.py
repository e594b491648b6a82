r"""The tokenizer: a token is a whole word, one other sign, or a stretch of white space.

Every change between word and other characters is a token boundary, so whatever a rule marks begins and ends
where a word does. A word that LaTeX takes apart, ``\textbf{G}lobal`` or ``{for}``, is one token.
"""

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.text import TOKEN, label_of

__all__ = ["WordTokenizer", "is_word", "make_word_tokenizer", "plain_words"]


@registry.tokenizers("kg.WordTokenizer.v1")  # type: ignore[untyped-decorator]  # so in spaCy
def make_word_tokenizer() -> "_MakeTokenizer":
    """Register the tokenizer, so that a saved pipeline's config names it."""
    return _MakeTokenizer()


class _MakeTokenizer:
    def __call__(self, nlp: Language) -> "WordTokenizer":
        return WordTokenizer(nlp.vocab)


class WordTokenizer:
    """Cuts a text into words, signs and white space; the tokens put together are the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make a `Doc`; a single space after a token is the token's own, as everywhere in spaCy."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in TOKEN.findall(text):
            rest = piece
            if words and not spaces[-1] and piece[0] == " ":
                spaces[-1] = True
                rest = piece[1:]
            if rest:
                words.append(rest)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Serialise: there is no state."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "WordTokenizer":
        """Restore: there is no state."""
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Save: there is no state."""

    def from_disk(self, *_: object, **__: object) -> "WordTokenizer":
        """Load: there is no state."""
        return self


def plain_words(doc: Doc) -> list[str]:
    """Give the text of each token, LaTeX taken out."""
    return [label_of(token.text) if "{" in token.text and len(token) > 1 else token.text for token in doc]


def is_word(token: str) -> bool:
    """Tell a word from a sign or white space."""
    return token[0].isalnum() or token[-1].isalnum()
