"""A paper as a reader gives it: its text kept as printed, its identifiers normalised."""

import re
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field

from kg.text import normal_form, slug

__all__ = ["Author", "Links", "Paper"]

_ARXIV_DOI = "10.48550/arxiv."
_ARXIV_VERSION = re.compile(r"v[0-9]+$")
_SLUG_LENGTH = 40
"""Characters of a title that stand in an IRI for people to read; a hash tells titles apart."""


class Author(Struct, frozen=True, omit_defaults=True):
    """One author of a paper.

    Attributes:
        name: As printed.
        orcid: The bare identifier, such as ``0000-0002-1825-0097``.
        affiliation: As printed.
        placed: False where it is known that this is an author but not at which place in the list.
    """

    name: str
    orcid: str | None = None
    affiliation: str | None = None
    placed: bool = True


class Links(Struct, frozen=True):
    """Addresses, exactly as printed, without a trailing full stop."""

    code: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class Paper(Struct, frozen=True, omit_defaults=True, dict=True):  # a dict, for what is worked out once
    """One paper.

    Attributes:
        id: Unique within a graph: the record's own, else DOI, arXiv id, PMID or OpenAlex id, else a slug of the title.
        abstract: Empty where the source gives none; nothing is then claimed of the paper.
        authors: In printed order; those whose place is unknown stand last.
        authors_complete: False where the source cuts the list ("et al.").
        affiliations: Printed for the paper, without saying whose.
        date: ISO 8601, as precise as the source: ``2023``, ``2023-06`` or ``2023-06-23``.
        openalex: The bare id of the work, such as ``W2741809807``.
        code_available: True or False where the source says so, with an address or without.
        abstract_note: What a reader must know where the abstract is not the authors' own words.
        licence: The terms it may be used under, as the source names them: an address, a short name or a sentence.
        retraction: The notice that withdraws it, as the source names it; None where the source tells of none.
        source: The collection it was read from; equal author names are one person only within one source.
        extra: Keys of the record that `kg` does not know, kept as they are.
    """

    id: str
    title: str
    abstract: str
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    affiliations: tuple[str, ...] = ()
    date: str | None = None
    categories: tuple[str, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    pmid: str | None = None
    openalex: str | None = None
    links: Links = Links()
    licence: str | None = None
    retraction: str | None = None
    code_available: bool | None = None
    abstract_note: str | None = None
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The annotated text: every offset in an annotation counts its code points."""
        return f"{self.title}\n{self.abstract}"

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Its DOI, arXiv id, PMID and OpenAlex id, those it has in this order, such as ``doi/10.1000/182``.

        DOIs fold case (DOI Handbook 2.4), and an arXiv id loses its version. The DOI that arXiv gives each of its
        papers (https://info.arxiv.org/help/doi.html) is the arXiv id in other words, and counts as that.
        """
        doi, arxiv = (self.doi or "").lower(), (self.arxiv or "").lower()
        if doi.startswith(_ARXIV_DOI):
            doi, arxiv = "", arxiv or doi.removeprefix(_ARXIV_DOI)
        known = (
            ("doi", doi),
            ("arxiv", arxiv and _ARXIV_VERSION.sub("", arxiv)),
            ("pmid", self.pmid),
            ("openalex", self.openalex),
        )
        return tuple([f"{name}/{value}" for name, value in known if value])

    @property
    def title_key(self) -> str:
        """What its title makes of it, where it has no identifier; two segments of an IRI."""
        return _title_key(self.title)

    @cached_property
    def key(self) -> str:
        """What makes this paper this one: the first of its identifiers, else its title; two segments of an IRI."""
        for identifier in self.identifiers:
            name, _, value = identifier.partition("/")
            return f"{name}/{quote(value, safe='')}"
        return self.title_key


@lru_cache(maxsize=256)
def _title_key(title: str) -> str:
    """Make the key of a paper without identifiers; asked for with every IRI of the paper's parts."""
    digest = sha256((normal_form(title) or title).encode()).hexdigest()
    words = slug(title)
    if len(words) > _SLUG_LENGTH:
        words = words[:_SLUG_LENGTH].rpartition("-")[0] or words[:_SLUG_LENGTH]
    return f"title/{f'{words}-' if words else ''}{digest[:8]}"
