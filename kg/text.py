"""Text forms shared by all stages: the label of a name, its normal form, its slug; and where one stands.

Both sides of every comparison go through :func:`normal_form`: a vocabulary when it is read, a mention
when it is linked. A rule added here therefore reaches both at once.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = [
    "GAPS",
    "TOKEN",
    "form_hint",
    "is_acronym",
    "label_of",
    "names_something",
    "normal_form",
    "occurrences",
    "printable",
    "singular",
    "slug",
    "split_words",
]

TOKEN: Final = re.compile(r"(?:\\(?:text\w\w|emph|math\w\w\w?|underline)\{\w+\}|\{\w+\}|\w)+|[^\w\s]|\s+")
"""A whole word, LaTeX inside it or not, one other sign, or a stretch of white space."""

GAPS: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212/_ \n\t")
"""Tokens that may stand between the words of one name."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_TO_SPACE = dict.fromkeys(map(ord, "-_/"), " ")
_GAP = re.compile(r"[\s\-_/]+")
_EDGE = " .,;:()[]\"'"
_HISSING_PLURAL = re.compile(r"(?<=ss|sh|[a-z]x)es$|(?<=tch|[nr]ch)es$|(?<=oach)es$")
_SINGULARS = frozenset({"atlas", "bias", "lens"})
"""Words that end like a plural, beside those in -ss, -us and -is."""
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z0-9][A-Za-z0-9\-+/.]*")
_ACRONYM_PLURAL = re.compile(r"\b([A-Z][A-Z0-9]+)s\b")
_COMMAND_WITH_BRACES = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf)?|emph|math(?:bf|it|rm|cal|bb)|underline)\s*\{([^{}]*)\}"
)
_LATEX = re.compile(r"[\\{}$]")
_ESCAPED = re.compile(r"\\([%&_#${}])")
_BRACES = re.compile(r"[{}$]")
_MATH_SIGNS = {
    r"\geq": "\N{GREATER-THAN OR EQUAL TO}",
    r"\leq": "\N{LESS-THAN OR EQUAL TO}",
    r"\times": "\N{MULTIPLICATION SIGN}",
    r"\pm": "\N{PLUS-MINUS SIGN}",
    r"\sim": "~",
    r"\alpha": "\N{GREEK SMALL LETTER ALPHA}",
    r"\beta": "\N{GREEK SMALL LETTER BETA}",
}
_MATH_COMMAND = re.compile(rf"(?:{'|'.join(map(re.escape, _MATH_SIGNS))})(?![A-Za-z])")


def label_of(name: str) -> str:
    r"""Make a printable label of a stretch of text: LaTeX commands, braces and doubled spaces go.

    >>> label_of(r"\textbf{G}lobal-\textbf{L}ocal \textbf{M}asked \textbf{A}uto\textbf{E}ncoder")
    'Global-Local Masked AutoEncoder'
    >>> label_of("{U}-Net\n of 5\\%")
    'U-Net of 5%'
    """
    if not _LATEX.search(name):  # nearly all names
        return " ".join(name.split())
    previous = None
    while previous != name:  # commands may be nested
        previous, name = name, _COMMAND_WITH_BRACES.sub(r"\1", name)
    name = _MATH_COMMAND.sub(lambda match: _MATH_SIGNS[match[0]], name)
    name = _BRACES.sub("", _ESCAPED.sub(r"\1", name).replace("\\", " "))
    return " ".join(name.split())


def names_something(text: str) -> bool:
    """Tell whether a stretch of text can be a name: its label holds a letter or a digit.

    >>> [names_something(text) for text in ("C++", "α", "$", "±", "{}")]
    [True, True, False, False, False]
    """
    return any(char.isalnum() for char in label_of(text))


def is_acronym(name: str) -> bool:
    """Tell whether a single word is written like an acronym: it holds two capitals or more.

    >>> [is_acronym(name) for name in ("CT", "U-Net", "IoU", "Dice", "chest CT")]
    [True, True, True, False, False]
    """
    return bool(_ACRONYM.fullmatch(name))


def singular(word: str) -> str:
    """Cut a plural s; the forms it makes serve comparison, not print.

    >>> [singular(word) for word in ("images", "biopsies", "masses", "glass", "analysis", "virus", "GANs")]
    ['image', 'biopsy', 'mass', 'glass', 'analysis', 'virus', 'GAN']
    """
    if word in _SINGULARS:
        return word
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - "dies" and "lies" are not plurals of -y
        return word[:-3] + "y"
    if _HISSING_PLURAL.search(word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - "gas"
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 14)
def normal_form(name: str) -> str:
    """Fold accents, case, dashes and plurals, so that the spellings of one name meet.

    A normal form is its own normal form.

    >>> normal_form("Chest X-Rays"), normal_form("chest x ray"), normal_form("CTs")
    ('chest x ray', 'chest x ray', 'ct')
    """
    previous, form = None, name
    while form != previous:  # a cut plural may lay bare an edge or another plural
        previous, form = form, _fold(form)
    return form


def form_hint(name: str) -> str:
    """Give what names of one normal form have in common, in a fifth of the time: the first two letters of each word.

    >>> form_hint("Counting Kidney-Stones"), form_hint("counting kidney stone")
    ('co ki st', 'co ki st')
    """
    if not name.isascii() or _LATEX.search(name) or "'" in name:  # a cut 's may lay bare an edge
        name = normal_form(name)
    words = (word.strip(_EDGE) for word in name.casefold().translate(_TO_SPACE).split())
    return " ".join(word[:2] for word in words if word)


def _fold(name: str) -> str:
    label = _ACRONYM_PLURAL.sub(r"\1", label_of(name))
    if not label.isascii():
        decomposed = unicodedata.normalize("NFKD", label).translate(_DASHES)
        label = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = [word.strip(_EDGE) for word in _GAP.sub(" ", label.casefold()).split()]
    return " ".join(singular(word) for word in words if word)


def occurrences(text: str, surface: str) -> list[tuple[int, int]]:
    """Find a surface wherever it stands as whole words, from left to right.

    >>> occurrences("CT, PET/CT and SPECT", "CT")
    [(0, 2), (8, 10)]
    """
    found = []
    start = text.find(surface)
    while start >= 0 and surface:
        end = start + len(surface)
        if _is_in_word(text, start - 1) or _is_in_word(text, end):
            end = start + 1
        else:
            found.append((start, end))
        start = text.find(surface, end)
    return found


def _is_in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def printable(text: str) -> str:
    r"""Put a text on one line, without what prints nothing, steers a terminal or turns the direction of reading.

    >>> printable("U-Net\x1b[2J\r\n of\t\u202e5\u00a0layers")
    'U-Net [2J of 5 layers'
    """
    if text.isprintable() and text.isascii():  # nearly all texts, in a tenth of the time
        return " ".join(text.split())
    kept = (char if char.isprintable() else " " for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(kept).split())


def slug(name: str) -> str:
    """Make the last part of an IRI of a name: lower-case letters and digits with hyphens between.

    A plus sign tells names apart (U-Net, U-Net++) and is spelt out.

    >>> slug("F1 score"), slug("nnU-Net v2 (2D)"), slug("Ménière's disease"), slug("U-Net++")
    ('f1-score', 'nnu-net-v2-2d', 'meniere-s-disease', 'u-net-plus-plus')
    """
    decomposed = unicodedata.normalize("NFKD", label_of(name).replace("+", " plus "))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return unicodedata.normalize("NFC", re.sub(r"[\W_]+", "-", plain).strip("-"))


def split_words(text: str) -> list[str]:
    """Cut a name into its words and signs, gaps left out.

    >>> split_words("Alzheimer's U-Net")
    ['Alzheimer', "'", 's', 'U', 'Net']
    """
    return [piece for piece in TOKEN.findall(text) if piece not in GAPS and not piece.isspace()]
