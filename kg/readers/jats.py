"""JATS XML: articles of publishers and of PubMed Central, one or many in a file; their full text is passed over.

Elements as in https://jats.nlm.nih.gov/publishing/tag-library/1.3/. Of several abstracts the one without a type is
taken: the others are graphical, teasers, or for laypeople. Of several dates the earliest kind of publication; one of
a kind that is not listed here, such as the release in PubMed Central, only where there is no other.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from lxml import etree

from kg.errors import InputError, RecordError
from kg.readers.fields import checked_title, iso_date, normalised, orcid_in
from kg.readers.markup import text_of, without_heading
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.readers.xml_records import read_xml
from kg.records import Author, Paper, default_id
from kg.records.identifiers import normal_arxiv, normal_doi, normal_pmid

__all__ = ["READER"]

_XLINK = "{http://www.w3.org/1999/xlink}href"
_DATES = ("epub", "epub-ppub", "pub", "ppub", "collection", "")
"""Kinds of publication dates, in the order in which they are taken."""
_AFTERWARDS = re.compile(r"[ep]?(?:corrected|retracted)")
"""Kinds of dates that are not of the publication."""
_NOTICES = frozenset({"retraction-forward", "retraction", "withdrawal"})


def _detects(start: str) -> bool:
    return any(sign in start for sign in ("<article-meta", "//NLM//DTD JATS", "<pmc-articleset", "jats.nlm.nih.gov"))


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_xml(source, on_bad, ("{*}article",), _paper)


def _paper(article: etree._Element) -> Paper:
    meta = article.find("{*}front/{*}article-meta")
    if meta is None:
        raise RecordError("", "has no article-meta")
    title = checked_title(_title(meta))
    doi, pmid, arxiv = (
        normalised(normal, _identifier(meta, kind))
        for normal, kind in ((normal_doi, "doi"), (normal_pmid, "pmid"), (normal_arxiv, "arxiv"))
    )
    return Paper(
        id=default_id(title, doi, arxiv, pmid),
        title=title,
        abstract=_abstract(meta),
        authors=tuple(_authors(meta)),
        affiliations=tuple(_shared_affiliations(meta)),
        date=_date(meta),
        doi=doi,
        arxiv=arxiv,
        pmid=pmid,
        licence=_licence(meta),
        retraction=_retraction(meta),
    )


def _title(meta: etree._Element) -> str:
    group = meta.find("{*}title-group")
    parts = [] if group is None else [group.find(f"{{*}}{name}") for name in ("article-title", "subtitle")]
    return ": ".join(filter(None, (text_of(_without_notes(part)) for part in parts if part is not None)))


def _without_notes(title: etree._Element) -> etree._Element:
    """Drop the marks of footnotes, which are printed beside a title but are no part of it."""
    for note in [*title.iterfind(".//{*}fn"), *title.iterfind(".//{*}xref")]:
        note.text = None
        for child in note:
            note.remove(child)
    return title


def _abstract(meta: etree._Element) -> str:
    plain = (one for one in meta.iterfind("{*}abstract") if not one.get("abstract-type"))
    found = next(plain, None)
    return "" if found is None else without_heading(text_of(found))


def _identifier(meta: etree._Element, kind: str) -> str | None:
    return next((text_of(one) for one in meta.iterfind("{*}article-id") if one.get("pub-id-type") == kind), None)


def _contributors(meta: etree._Element) -> Iterator[etree._Element]:
    for contributor in meta.iterfind("{*}contrib-group/{*}contrib"):
        if contributor.get("contrib-type", "author") == "author":
            yield contributor


def _authors(meta: etree._Element) -> Iterator[Author]:
    places = {one.get("id"): _place(one) for one in meta.iterfind(".//{*}aff") if one.get("id")}
    for contributor in _contributors(meta):
        name = _name(contributor)
        if name:
            named = [_place(one) for one in contributor.iterfind("{*}aff")]
            referred = [
                places[target]
                for one in contributor.iterfind("{*}xref[@ref-type='aff']")
                for target in (one.get("rid") or "").split()
                if target in places
            ]
            yield Author(name, _orcid(contributor), "; ".join(filter(None, [*named, *referred])) or None)


def _name(contributor: etree._Element) -> str:
    for path in ("{*}name", "{*}name-alternatives/{*}name"):
        name = contributor.find(path)
        if name is not None:
            parts = (name.find(f"{{*}}{part}") for part in ("given-names", "surname", "suffix"))
            return " ".join(filter(None, (text_of(part) for part in parts if part is not None)))
    for path in ("{*}string-name", "{*}collab"):
        name = contributor.find(path)
        if name is not None:
            for members in name.iterfind("{*}contrib-group"):
                name.remove(members)
            return text_of(name)
    return ""


def _orcid(contributor: etree._Element) -> str | None:
    ids = contributor.iterfind("{*}contrib-id[@contrib-id-type='orcid']")
    return next(filter(None, (orcid_in(text_of(one)) for one in ids)), None)


def _place(affiliation: etree._Element) -> str:
    """An affiliation without the mark that points to it, and without the numbers of its institutions."""
    for name in ("{*}label", "{*}sup", ".//{*}institution-id"):
        for mark in affiliation.iterfind(name):
            mark.text = None
    return text_of(affiliation).strip(" ,;")


def _shared_affiliations(meta: etree._Element) -> Iterator[str]:
    """Affiliations that stand beside the contributors and to which none of them points."""
    pointed = {
        target for one in meta.iterfind(".//{*}xref[@ref-type='aff']") for target in (one.get("rid") or "").split()
    }
    for one in chain(meta.iterfind("{*}aff"), meta.iterfind("{*}contrib-group/{*}aff")):
        if one.get("id") not in pointed and (place := _place(one)):
            yield place


def _date(meta: etree._Element) -> str | None:
    dates = {_kind(one): one for one in reversed(meta.findall("{*}pub-date"))}
    others = sorted(kind for kind in dates if kind not in _DATES and not _AFTERWARDS.fullmatch(kind))
    for kind in (*_DATES, *others):
        if kind in dates:
            parts = (dates[kind].find(f"{{*}}{part}") for part in ("year", "month", "day"))
            date = iso_date(*("" if part is None else text_of(part) for part in parts))
            if date:
                return date
    return None


def _kind(date: etree._Element) -> str:
    """Older files name the kind ``epub`` or ``ppub``, newer ones say ``pub`` and tell the format apart."""
    return date.get("pub-type") or date.get("date-type") or ""


def _licence(meta: etree._Element) -> str | None:
    licence = meta.find("{*}permissions/{*}license")
    if licence is None:
        return None
    reference = licence.find("{*}license_ref")
    named = None if reference is None else text_of(reference)
    return licence.get(_XLINK) or named or text_of(licence) or None


def _retraction(meta: etree._Element) -> str | None:
    for one in meta.iterfind("{*}related-article"):
        if one.get("related-article-type") in _NOTICES:
            return one.get(_XLINK) or text_of(one) or "retracted"
    return None


READER = Reader(_detects, _read, is_sure=_detects)
