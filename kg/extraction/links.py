"""Component ``kg_links``: addresses in the text, and whether they offer code, data or something else."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import set_findings
from kg.extraction.passages import passages_of
from kg.records import Interval, Links

__all__ = ["LinkFinder", "addresses", "make_link_finder"]

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>{}\"'\u201c\u201d\u2018\u2019|]+"
    r"|(?<![\w/.@])(?:github\.com|gitlab\.com|huggingface\.co|zenodo\.org|doi\.org|10\.\d{4,9})/"
    r"[^\s<>{}\"'\u201c\u201d\u2018\u2019|]+",
    re.IGNORECASE,
)
_TRAILING = frozenset(".,;:!?")
_OPENERS = {")": "(", "]": "[", "}": "{"}
_CODE = re.compile(
    r"\b(?:code\w*|implementations?|software|scripts?|toolbox|package|library|source|repository|open-?sourced?|"
    r"models|weights|checkpoints?)\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"(?<!pre-processed )(?<!preprocessed )(?<!processed )(?<!synthetic )(?<!sample )(?<!example )(?<!demo )"
    r"\b(?:data|datasets?|databases?|annotations?|corpus|cohort|images)\b",
    re.IGNORECASE,
)
"""Prepared data and samples come with code; they are no dataset by themselves."""
_CODE_HOST = re.compile(r"github\.com|gitlab|bitbucket|\.git\b|sourceforge|4open", re.IGNORECASE)
_DATA_HOST = re.compile(
    r"zenodo|figshare|physionet|kaggle\.com|mendeley|dataverse|huggingface\.co/datasets|synapse\.org|cancerimagingarchive",
    re.IGNORECASE,
)
_OFFER_REACH = 90


@Language.factory("kg_links", requires=["token.sent_start"])
def make_link_finder(nlp: Language, name: str) -> "LinkFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return LinkFinder()


class LinkFinder:
    """Sorts addresses by the words of their sentence before them, and by their host."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the links to the document's findings, and return it."""
        passages = passages_of(doc)
        text = passages.text
        code, data, other = [], [], []
        for match in _ADDRESS.finditer(text):
            address = _trimmed(match[0])
            if "." not in address:
                continue
            start = passages.starts[passages.number(match.span())]
            said_data = bool(_DATA.search(text, max(start, match.start() - _OFFER_REACH), match.start()))
            said_code = bool(_CODE.search(text, start, match.start()))
            is_code = said_code or (bool(_CODE_HOST.search(address)) and not said_data)
            is_data = said_data or (bool(_DATA_HOST.search(address)) and not said_code)
            if is_code:
                code.append(address)
            if is_data:
                data.append(address)
            if not is_code and not is_data:
                other.append(address)
        set_findings(doc, links=Links(_once(code), _once(data), _once(other)))
        return doc


def addresses(text: str) -> list[Interval]:
    """Find where addresses stand."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def _trimmed(address: str) -> str:
    """Cut signs that belong to the sentence; a bracket that the address itself opens stays."""
    while address[-1:] in _TRAILING or (address[-1:] in _OPENERS and not _is_paired(address)):
        address = address[:-1]
    return address


def _is_paired(address: str) -> bool:
    return address.count(_OPENERS[address[-1]]) >= address.count(address[-1])


def _once(addresses: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))
