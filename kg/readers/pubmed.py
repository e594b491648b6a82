"""PubMed XML: what the E-utilities' ``efetch`` and the yearly baseline files hold, a ``PubmedArticleSet``.

Elements as in NLM's DTD, https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/. Titles lose what NLM adds to them:
the final full stop, and the brackets around a translated title. The parts of a structured abstract follow one
another, each behind its label, as in PubMed's own text form.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from lxml import etree

from kg.errors import InputError
from kg.readers.fields import checked_title, iso_date, normalised, orcid_in
from kg.readers.markup import text_of
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.readers.xml_records import read_xml
from kg.records import Author, Paper, default_id
from kg.records.identifiers import normal_doi, normal_pmid

__all__ = ["READER"]

_Children: TypeAlias = dict[Any, etree._Element]  # noqa: SLF001 - lxml has no other name for it
"""By name; comments and the like by the function that makes them."""

_NAMES = ("ForeName", "LastName", "Suffix", "CollectiveName")
_RETRACTED = "D016441"
"""The MeSH id of the publication type "Retracted Publication"."""


def _detects(start: str) -> bool:
    return any(f"<{name}" in start for name in ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle"))


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_xml(source, on_bad, ("PubmedArticle", "PubmedBookArticle"), _paper)


def _paper(record: etree._Element) -> Paper:
    frame = _children(record)
    citation = frame.get("MedlineCitation", frame.get("BookDocument", record))
    cited = _children(citation)
    about = cited.get("Article", citation)
    article = _children(about)
    title = checked_title(_title(article))
    doi, pmid = _doi(frame, about), normalised(normal_pmid, _text(cited, "PMID"))
    authors, abstract = _list_of_authors(about), article.get("Abstract", _NOTHING)
    return Paper(
        id=default_id(title, doi, pmid),
        title=title,
        abstract=" ".join(filter(None, [_labelled(part) for part in abstract if part.tag == "AbstractText"])),
        authors=tuple(_authors(authors)),
        authors_complete=authors.get("CompleteYN") != "N",
        date=_date(article),
        doi=doi,
        pmid=pmid,
        licence=_text(_children(abstract), "CopyrightInformation") or None,
        retraction=_retraction(cited, article),
    )


_NOTHING = etree.Element("nothing")
"""Stands for an element that is not there."""


def _children(element: etree._Element) -> _Children:
    """The children by name, the last of each: a record is walked once, since a search by path takes far longer."""
    return {child.tag: child for child in element}


def _text(parts: _Children, name: str) -> str:
    return text_of(parts[name]) if name in parts else ""


def _title(article: _Children) -> str:
    title = _text(article, "ArticleTitle") or _text(article, "VernacularTitle")
    if not title and "Book" in article:
        title = _text(_children(article["Book"]), "BookTitle")
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    return title[1:-1] if title.startswith("[") and title.endswith("]") else title


def _labelled(part: etree._Element) -> str:
    label, text = part.get("Label"), text_of(part)
    return f"{label}: {text}" if label and text else text


def _list_of_authors(article: etree._Element) -> etree._Element:
    """The list of those who wrote it; a chapter of a book may have one of editors beside it."""
    lists = (one for one in article if one.tag == "AuthorList" and one.get("Type") != "editors")
    return next(lists, _NOTHING)


def _authors(listed: etree._Element) -> Iterator[Author]:
    for author in listed:
        if author.tag == "Author" and author.get("ValidYN") != "N":  # a spelling that was corrected
            parts, orcid, places = _parts_of(author)
            name = " ".join([parts[key] for key in _NAMES if key in parts])
            if name:
                yield Author(name, orcid, "; ".join(places) or None)


def _parts_of(author: etree._Element) -> tuple[dict[Any, str], str | None, list[str]]:
    """The text of each part, the ORCID and the affiliations; in one walk, for authors are most of a record."""
    parts: dict[Any, str] = {}
    orcid, places = None, []
    for part in author:
        tag = part.tag
        if tag == "AffiliationInfo":
            places.extend([text_of(one) for one in part if one.tag == "Affiliation"])
        elif tag == "Identifier":
            orcid = orcid or (orcid_in(part.text) if part.get("Source") == "ORCID" else None)
        elif tag in _NAMES:
            parts[tag] = text_of(part)
    return parts, orcid, places


def _doi(frame: _Children, article: etree._Element) -> str | None:
    """The DOI of the article, which stands at up to two places; only the first list is the article's own."""
    data = frame.get("PubmedData", frame.get("PubmedBookData", _NOTHING))
    located = (one for one in article if one.get("EIdType") == "doi")
    listed = (one for ids in data if ids.tag == "ArticleIdList" for one in ids if one.get("IdType") == "doi")
    for one in (*located, *listed):
        if one.get("ValidYN") != "N" and (doi := normalised(normal_doi, text_of(one))):
            return doi
    return None


def _date(article: _Children) -> str | None:
    """The date of the issue as printed; that of the electronic article where the issue has none."""
    for printed in (_issue_date(article), article.get("ArticleDate", _NOTHING)):
        parts = _children(printed)
        date = iso_date(*(_text(parts, name) for name in ("Year", "Month", "Day")))
        date = date or iso_date(_text(parts, "MedlineDate")[:4])  # such as "1998 Dec-1999 Jan"
        if date:
            return date
    return None


def _issue_date(article: _Children) -> etree._Element:
    journal = _children(article.get("Journal", _NOTHING))
    return _children(journal.get("JournalIssue", article.get("Book", _NOTHING))).get("PubDate", _NOTHING)


def _retraction(cited: _Children, article: _Children) -> str | None:
    for notice in cited.get("CommentsCorrectionsList", _NOTHING):
        if notice.get("RefType") == "RetractionIn":
            parts = _children(notice)
            pmid = _text(parts, "PMID")
            return " ".join(filter(None, (_text(parts, "RefSource"), pmid and f"PMID: {pmid}"))) or "retracted"
    types = article.get("PublicationTypeList", _NOTHING)
    return next((text_of(one) for one in types if one.get("UI") == _RETRACTED), None)


READER = Reader(_detects, _read, is_sure=_detects)
