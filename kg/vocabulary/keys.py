"""The keys of a name: the forms it shares with the other spellings of the same name, from exact to loose.

A vocabulary is stored under the keys of its names, and a mention is looked up by its own: a rule added here
reaches both at once. The rules are of the language (spelling, numerals, word order, the Latin and the English word
for one organ); none is a list of names. They may make a word that is none ("glucosis"): keys are never printed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from kg.text import normal_form, singular

__all__ = ["Keys", "fold_word", "is_designation", "keys_of"]

# --- One word of a text ---

_ACRONYM_PLURAL = re.compile(r"(?<![A-Z0-9])([A-Z][A-Z0-9]+)s$")
_GREEK_PLURAL = re.compile(r"(?<=[a-z]{3})(os|tas|lys|thes)es$")
_SPELLINGS: Final = (
    (re.compile("tumour"), "tumor"),
    (re.compile("haem(?=o|a)"), "hem"),
    (re.compile("oedema"), "edema"),
    (re.compile("oesoph"), "esoph"),
    (re.compile("(?<=[a-z]{3})isation$"), "ization"),
    (re.compile("^fibre$"), "fiber"),
)


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """Fold accents, case, plural and British spelling of one word.

    >>> [fold_word(word) for word in ("Tumours", "metastases", "WSIs", "diagnosis")]
    ['tumor', 'metastasis', 'wsi', 'diagnosis']
    """
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    word = _ACRONYM_PLURAL.sub(r"\1", word)
    word = singular(_GREEK_PLURAL.sub(r"\1is", word.casefold()))
    for spelling, ours in _SPELLINGS:
        word = spelling.sub(ours, word)
    return word


# --- Spelling, numerals and letters of a normal form ---

_BRITISH_OR_LATIN: Final = tuple(
    (re.compile(pattern), ours)
    for pattern, ours in (
        (r"(?<=[a-z])ae(?=[a-qs-z])", "e"),  # anaemia, paediatric
        (r"^ae(?=[st])", "e"),  # aetiology
        (r"(?<=rh)oe(?=[ai])", "e"),  # diarrhoea
        (r"oe(?=dema|dip|soph|str[aou])", "e"),  # oedema, oesophagus, oestrogen
        (r"(?<=^f)oe(?=t[aiu])", "e"),  # foetal
        (r"(?<=^c)oe(?=li)", "e"),  # coeliac
        (r"(?<=hom)oe(?=o)", "e"),  # homoeostasis
        (r"(?<=^am)oe(?=b)", "e"),  # amoebic
        (r"(?<=[a-z]{3})our(?=$|al|s)", "or"),  # tumour, behavioural
        (r"(?<=[a-z]{3})is(?=ation$|ed$|ing$|e$)", "iz"),  # generalised
        (r"(?<=[a-z]{2})([bt])re$", r"\1er"),  # fibre, centre
        (r"sulph", "sulf"),
        (r"leuco", "leuko"),
        (r"(?<=[a-z]{2}om)ata$", "a"),  # carcinomata
        (r"(?<=[a-z]{2}it)ide$", "is"),  # hepatitides, the s cut already
        (r"(?<=[a-z]{3})(os|tas|lys|thes)e$", r"\1is"),  # metastases, likewise
        (r"(?<=[a-z]{2}[bcdlmnrt]a)e$", ""),  # vertebrae
        (r"(?<=[a-z]{2}[bcdlmrt])i$", "us"),  # thrombi
    )
)
_GREEK: Final = {char: unicodedata.name(char).rpartition(" ")[2].lower() for char in "αβγδεζηθικλμνξοπρστυφχψω"}
_ROMAN: Final = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14",
}  # fmt: skip
_LETTER_OR_ROMAN: Final = {"v": "5", "x": "10"}
"""Numerals only where something is counted: "factor V", but "X-linked"."""
_COUNTED: Final = frozenset({"class", "factor", "grade", "group", "phase", "stage", "type"})


def _numeral_or_word(word: str, before: str) -> str:
    return _ROMAN.get(word) or (_LETTER_OR_ROMAN.get(word) if before in _COUNTED else None) or _spell(word)


@lru_cache(maxsize=1 << 14)
def _spell(word: str) -> str:
    if not word.isascii():
        word = "".join(_GREEK.get(char, char) for char in word.replace("\u2019", "'"))
    word = word.removesuffix("'s").strip("'")
    for spelling, ours in _BRITISH_OR_LATIN:
        word = spelling.sub(ours, word)
    return word


# --- Words that count ---

_NO_CONTENT: Final = frozenset({"an", "as", "at", "by", "due", "for", "from", "in", "of", "on", "the", "to", "with"})
"""What is left out between words; never "and", "or", "without": they tell names apart."""
_DESIGNATION = re.compile(r"\d+[a-z]?|[a-z]")


def is_designation(word: str) -> bool:
    """Tell whether a word of a normal form is a number or letter that tells members of a family apart.

    >>> [is_designation(word) for word in ("2", "2a", "b", "t4", "type")]
    [True, True, True, False, False]
    """
    return bool(_DESIGNATION.fullmatch(word))


def _content(words: list[str]) -> list[str]:
    """Leave out what carries no meaning; of several designations each stays with the word it follows."""
    kept: list[str] = []
    several = sum(map(is_designation, words)) > 1
    for place, word in enumerate(words):
        before = kept[-1] if kept else ""
        if word in _NO_CONTENT or (word == "a" and before not in _COUNTED and place < len(words) - 1):
            continue
        if not is_designation(word) or not before or (before not in _COUNTED and not several):
            kept.append(word)
        else:
            kept[-1] = f"{before}#{word}" if several else word  # "type 2" alone says no more than "2"
    return kept


# --- Words that mean the same ---

_SAME_WORD: Final = {
    word: ours
    for ours, words in {
        "abdomen": "abdominal",
        "aorta": "aortic",
        "artery": "arterial",
        "bone": "bony osseous",
        "brain": "cerebral",
        "breast": "mammary",
        "bronchus": "bronchial",
        "cancer": "malignancy",
        "cervix": "cervical",
        "childhood": "infantile juvenile pediatric",
        "colon": "colonic",
        "cornea": "corneal",
        "deficiency": "deficient",
        "diabete": "diabetic",  # its s is cut
        "disease": "disorder",
        "duodenum": "duodenal",
        "endometrium": "endometrial",
        "esophagus": "esophageal",
        "eye": "ocular ophthalmic",
        "failure": "insufficiency",
        "heart": "cardiac",
        "hemorrhage": "bleeding hemorrhagic",
        "hereditary": "familial inherited",
        "injury": "trauma traumatic",
        "intestine": "bowel intestinal",
        "kidney": "renal",
        "larynx": "laryngeal",
        "liver": "hepatic",
        "lung": "pulmonary",
        "mental": "psychiatric",
        "mouth": "oral",
        "muscle": "muscular",
        "nerve": "neural",
        "nose": "nasal",
        "ovary": "ovarian",
        "pancrea": "pancreatic",
        "pelvis": "pelvic",
        "pharynx": "pharyngeal",
        "prostate": "prostatic",
        "rectum": "rectal",
        "retina": "retinal",
        "skin": "cutaneous dermal",
        "spleen": "splenic",
        "stomach": "gastric",
        "testis": "testicular",
        "thymus": "thymic",
        "tumor": "neoplasia neoplasm",
        "uterus": "uterine",
        "valve": "valvular",
        "vein": "venous",
    }.items()
    for word in words.split()
}
_ADJECTIVES: Final = {
    "otic": "osis",
    "itic": "itis",
    "emic": "emia",
    "tensive": "tension",
    "plegic": "plegia",
    "trophic": "trophy",
    "pathic": "pathy",
    "toxic": "toxicity",
    "philic": "philia",
    "phrenic": "phrenia",
    "rhythmic": "rhythmia",
    "algic": "algia",
    "leptic": "lepsy",
    "megalic": "megaly",
    "plastic": "plasia",
    "tonic": "tonia",
    "ressive": "ression",
    "vulsive": "vulsion",
    "tistic": "tism",
    "ical": "ic",
}
_ADJECTIVE = re.compile(rf"(?<=[a-z]{{2}})(?:{'|'.join(_ADJECTIVES)})$")


def _alike(content: list[str]) -> list[str]:
    words = [_ADJECTIVE.sub(lambda found: _ADJECTIVES[found[0]], word) for word in content]
    words = [_SAME_WORD.get(word, word) for word in words]
    if {"malignant", "tumor"} <= set(words):
        words.remove("malignant")
        words[words.index("tumor")] = "cancer"
    return words


_HEADS: Final = frozenset({"disease", "syndrome"})

# --- Names ---


class Keys(NamedTuple):
    """The keys of one name; the later, the more spellings meet in it.

    Attributes:
        normal: `kg.text.normal_form`.
        spelled: In American spelling, numerals in digits, Greek letters by name.
        joined: The same without gaps, but for those between digits.
        reordered: Words that carry meaning, in alphabetic order.
        alike: The same with one word for those that mean the same.
        bare: The same without the head that only says that it is a disease.
    """

    normal: str
    spelled: str
    joined: str
    reordered: str
    alike: str
    bare: str


@lru_cache(maxsize=1 << 14)
def keys_of(name: str) -> Keys:
    """Make the keys of a name.

    >>> keys_of("Tumours of the Kidney, type II")
    Keys(normal='tumour of the kidney type ii', spelled='tumor of the kidney type 2', joined='tumorofthekidneytype2', \
reordered='2 kidney tumor', alike='2 kidney tumor', bare='2 kidney tumor')
    >>> keys_of("renal neoplasm type 2").alike
    '2 kidney tumor'
    """
    normal = normal_form(name)
    words = normal.split()
    words = [_numeral_or_word(word, before) for before, word in zip(("", *words), words, strict=False)]
    content = _content(words)
    spelled = " ".join(words)
    alike = sorted(_alike(content))
    return Keys(
        normal=normal,
        spelled=spelled,
        joined=re.sub(r"(?<!\d) | (?!\d)", "", spelled),
        reordered=" ".join(sorted(content)),
        alike=" ".join(alike),
        bare=" ".join(word for word in alike if word not in _HEADS) or " ".join(alike),
    )
