"""What the records of citation managers have in common, made a paper.

They hold the same few things under other names: a title, people, a date, identifiers with or without their
addresses. An identifier, date or address that is none costs that field, never the record.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from msgspec import structs

from kg.errors import RecordError
from kg.readers.fields import normalised
from kg.readers.markup import abstract_text, plain_text
from kg.records import Author, Links, Paper, default_id
from kg.records.identifiers import normal_arxiv, normal_date, normal_doi, normal_openalex, normal_pmid

__all__ = ["Citation", "in_reading_order", "paper_of", "split_list"]

_ARXIV_IN_WORDS = re.compile(
    r"\barxiv[\s:/]\s*(?:abs/)?([a-z\-]+(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(v[0-9]+)?", re.IGNORECASE
)
_DOI_IN_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.[^\s?#]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|ftp://\S+", re.IGNORECASE)
_KNOWN_HOSTS = re.compile(
    r"https?://(?:(?:dx\.|www\.)?doi\.org|(?:www\.|export\.)?arxiv\.org|pubmed\.ncbi\.nlm\.nih\.gov"
    r"|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|(?:api\.)?openalex\.org)/",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[JS]r\.?|I{2,3}|IV|[0-9](?:nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Citation:
    """A record as its format tells it; the empty string is no value.

    Attributes:
        title: With markup.
        abstract: With markup.
        authors: Names in reading order.
        date: As near to ISO 8601 as the format comes.
        doi: Or its address, or "doi:" and it.
        arxiv: Likewise, or words that name it, such as "arXiv preprint arXiv:2301.00001".
        pmid: Likewise.
        openalex: Likewise.
        keywords: Become the paper's categories.
        addresses: Of the paper; identifiers are read off them too.
        licence: As stated.
        retraction: What is said of its retraction.
        record_id: The record's own id, where the format has one that is more than a number of a row.
    """

    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    date: str = ""
    doi: str = ""
    arxiv: str = ""
    pmid: str = ""
    openalex: str = ""
    keywords: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    licence: str = ""
    retraction: str = ""
    record_id: str = ""


def paper_of(citation: Citation) -> Paper:
    """Make a paper of a record.

    Raises:
        RecordError: It has no title.
    """
    title = plain_text(citation.title)
    if not title:
        raise RecordError("", "has no title")
    found = _identifiers(citation)
    doi, arxiv, pmid, openalex = found.doi or None, found.arxiv or None, found.pmid or None, found.openalex or None
    paper = Paper(
        id=citation.record_id or default_id(title, doi, arxiv, pmid, openalex),
        title=title,
        abstract=abstract_text(citation.abstract),
        authors=citation.authors,
        authors_complete=citation.authors_complete,
        date=normalised(normal_date, citation.date),
        categories=tuple(dict.fromkeys(filter(None, map(plain_text, citation.keywords)))),
        doi=doi,
        arxiv=arxiv,
        pmid=pmid,
        openalex=openalex,
        licence=" ".join(citation.licence.split()) or None,
        retraction=" ".join(citation.retraction.split()) or None,
    )
    other = _other_addresses(citation.addresses)
    return structs.replace(paper, links=Links(other=other)) if other else paper


def _identifiers(citation: Citation) -> Citation:
    """Bring the identifiers into their normal forms, those told by addresses and by arXiv's own DOIs too."""
    dois = [citation.doi, *(match[1] for one in citation.addresses if (match := _DOI_IN_ADDRESS.match(one.strip())))]
    doi = _first_of(normal_doi, dois)
    words = _ARXIV_IN_WORDS.search(citation.arxiv)
    by_doi = _ARXIV_DOI.fullmatch(doi)
    arxivs = [citation.arxiv, words[1] + (words[2] or "") if words else "", by_doi[1] if by_doi else ""]
    return replace(
        citation,
        doi=doi,
        arxiv=_first_of(normal_arxiv, [*arxivs, *citation.addresses]),
        pmid=_first_of(normal_pmid, [citation.pmid, *(one for one in citation.addresses if "pubmed" in one.lower())]),
        openalex=_first_of(normal_openalex, [citation.openalex, *citation.addresses]),
    )


def _first_of(normal: Callable[[str], str], candidates: Iterable[str]) -> str:
    return next((made for one in candidates if (made := normalised(normal, one))), "")


def _other_addresses(addresses: Iterable[str]) -> tuple[str, ...]:
    """Addresses that say more than the identifiers do."""
    printed = (one.strip() for one in addresses)
    return tuple(dict.fromkeys(one for one in printed if _ADDRESS.fullmatch(one) and not _KNOWN_HOSTS.match(one)))


def split_list(printed: str, marks: str = ";,") -> tuple[str, ...]:
    """Split a list at the first of the marks that it has.

    >>> split_list("computed tomography; kidney, left"), split_list("CT, MRI"), split_list("")
    (('computed tomography', 'kidney, left'), ('CT', 'MRI'), ())
    """
    mark = next((mark for mark in marks if mark in printed), ";")
    return tuple(part for one in printed.split(mark) if (part := one.strip()))


def in_reading_order(printed: str) -> str:
    """Turn a name that is printed family name first; one without a comma stays.

    >>> [in_reading_order(name) for name in ("Weir, Ada", "van Ford, Bo, Jr.", "Ford, Bo 3rd", "Stone Group,")]
    ['Ada Weir', 'Bo van Ford Jr.', 'Bo Ford 3rd', 'Stone Group']
    """
    family, *rest = [part for one in printed.split(",") if (part := " ".join(one.split()))] or [""]
    if len(rest) > 1 and _SUFFIX.fullmatch(rest[0]):  # BibTeX's order
        rest = [*rest[1:], rest[0]]
    elif len(rest) == 1 and _SUFFIX.fullmatch(rest[0].rpartition(" ")[2]):  # MEDLINE's
        rest = [part for part in rest[0].rpartition(" ")[::2] if part]
    return " ".join([*rest[:1], family, *rest[1:]])
