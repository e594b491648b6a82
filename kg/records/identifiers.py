"""Identifiers and dates in one written form each, so that two records of one paper meet."""

import re
from datetime import date

from kg.errors import RecordError

__all__ = ["normal_arxiv", "normal_date", "normal_doi", "normal_openalex", "normal_orcid", "normal_pmid"]

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi[:\s]\s*)?(10\.[0-9]+(?:\.[0-9]+)*/\S+)", re.IGNORECASE
)
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
    r"([a-z\-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(v[0-9]+)?(?:\.pdf)?(?:[?#/].*)?",
    re.IGNORECASE,
)
_PMID = re.compile(
    r"(?:(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?)|pmid[:\s]\s*)?"
    r"([0-9]+)(?:[?#/].*)?",
    re.IGNORECASE,
)
_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W[0-9]+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", re.IGNORECASE)
_DATE = re.compile(r"(([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?)(?:[T ].*)?")


def normal_doi(text: str) -> str:
    """Cut the address of the resolver off a DOI.

    >>> normal_doi("https://doi.org/10.1000/X.1"), normal_doi("http://dx.doi.org/10.1000/X.1"), normal_doi("DOI 10.1/x")
    ('10.1000/X.1', '10.1000/X.1', '10.1/x')

    Raises:
        RecordError: It is no DOI.
    """
    return _matched(_DOI, text, "doi", "10.1000/182")[1]


def normal_arxiv(text: str) -> str:
    """Cut the address off an arXiv id, old or new; its version stays.

    >>> normal_arxiv("https://arxiv.org/pdf/2301.00001v3.pdf"), normal_arxiv("arXiv:math.GT/0309136")
    ('2301.00001v3', 'math.GT/0309136')
    >>> normal_arxiv("http://export.arxiv.org/abs/2301.00001?context=cs"), normal_arxiv("arxiv.org/html/2301.00001v1")
    ('2301.00001', '2301.00001v1')

    Raises:
        RecordError: It is no arXiv id.
    """
    match = _matched(_ARXIV, text, "arxiv", "2301.00001 or math.GT/0309136")
    return match[1] + (match[2] or "")


def normal_pmid(text: str) -> str:
    """Cut words and addresses off a PubMed id.

    >>> normal_pmid("PMID: 12"), normal_pmid("https://www.ncbi.nlm.nih.gov/pubmed/12?dopt=Abstract")
    ('12', '12')
    >>> normal_pmid("https://pubmed.ncbi.nlm.nih.gov/12/"), normal_pmid("http://ncbi.nlm.nih.gov/pubmed/?term=12")
    ('12', '12')

    Raises:
        RecordError: It is no PubMed id.
    """
    return _matched(_PMID, text, "pmid", "31452104")[1]


def normal_openalex(text: str) -> str:
    """Cut the address off the OpenAlex id of a work.

    >>> normal_openalex("https://openalex.org/w12")
    'W12'

    Raises:
        RecordError: It is no such id.
    """
    return _matched(_OPENALEX, text, "openalex", "W2741809807")[1].upper()


def normal_orcid(text: str) -> str:
    """Cut the address off an ORCID.

    >>> normal_orcid("https://orcid.org/0000-0002-1825-009x")
    '0000-0002-1825-009X'

    Raises:
        RecordError: It is no ORCID.
    """
    return _matched(_ORCID, text, "authors.orcid", "0000-0002-1825-0097")[1].upper()


def normal_date(text: str) -> str:
    """Cut a time of day off a date, and see that there is such a day, month or year.

    >>> normal_date("2023-06-03T10:00:00Z"), normal_date("2023-06")
    ('2023-06-03', '2023-06')

    Raises:
        RecordError: There is no such date.
    """
    match = _matched(_DATE, text, "date", "2024, 2024-03 or 2024-03-09")
    try:
        date(int(match[2]), int(match[3] or 1), int(match[4] or 1))
    except ValueError as error:
        raise RecordError("date", f"there is no day {text!r}") from error
    return match[1]


def _matched(pattern: re.Pattern[str], text: str, field: str, example: str) -> re.Match[str]:
    match = pattern.fullmatch(text.strip())
    if match is None:
        raise RecordError(field, f"{text!r} is not of the form {example}")
    return match
