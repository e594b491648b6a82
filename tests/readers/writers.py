"""Papers written in the formats of others, for tests that read them back; each writer keeps what its format holds."""

import json
from collections.abc import Iterable
from html import escape

from kg.records import Author, Paper

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pubmed_xml(papers: Iterable[Paper]) -> str:
    """A PubmedArticleSet, titles with the full stop that NLM adds."""
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
    )
    return head + "".join(map(_pubmed_record, papers)) + "</PubmedArticleSet>\n"


def _pubmed_record(paper: Paper) -> str:
    complete = "Y" if paper.authors_complete else "N"
    doi = f'<ArticleId IdType="doi">{escape(paper.doi)}</ArticleId>' if paper.doi else ""
    pmid = f'<PMID Version="1">{paper.pmid}</PMID>' if paper.pmid else ""
    return (
        f"<PubmedArticle><MedlineCitation>{pmid}<Article>"
        f"<Journal><JournalIssue><PubDate>{_pubmed_date(paper.date)}</PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{escape(paper.title)}.</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(paper.abstract)}</AbstractText></Abstract>"
        f'<AuthorList CompleteYN="{complete}">{"".join(map(_pubmed_author, paper.authors))}</AuthorList>'
        f"</Article></MedlineCitation><PubmedData><ArticleIdList>{doi}</ArticleIdList></PubmedData></PubmedArticle>\n"
    )


def _pubmed_author(author: Author) -> str:
    first, _, last = author.name.rpartition(" ")
    fore = f"<ForeName>{escape(first)}</ForeName>" if first else ""
    orcid = f'<Identifier Source="ORCID">{author.orcid}</Identifier>' if author.orcid else ""
    return f"<Author><LastName>{escape(last)}</LastName>{fore}{orcid}</Author>"


def _pubmed_date(date: str | None) -> str:
    parts = (date or "").split("-")
    names = ("Year", "Month", "Day")
    printed = [_MONTHS[int(part) - 1] if name == "Month" else part for name, part in zip(names, parts, strict=False)]
    return "".join(f"<{name}>{part}</{name}>" for name, part in zip(names, printed, strict=False) if part)


def arxiv_atom(papers: Iterable[Paper], total: int | None = None) -> str:
    """An answer of arXiv's API, its lines folded as arXiv folds them."""
    entries = list(map(_arxiv_entry, papers))
    count = len(entries) if total is None else total
    search = '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
    head = f"<?xml version='1.0' encoding='UTF-8'?>\n{ATOM}<id>http://arxiv.org/api/x</id>"
    return f"{head}{search}{count}</opensearch:totalResults>" + "".join(entries) + "</feed>"


def _arxiv_entry(paper: Paper) -> str:
    title, abstract = escape(paper.title).replace(": ", ":\n  "), escape(paper.abstract).replace(". ", ".\n")
    doi = f"<arxiv:doi>{escape(paper.doi)}</arxiv:doi>" if paper.doi else ""
    primary = "".join(f'<arxiv:primary_category term="{one}"/>' for one in paper.categories[:1])
    categories = "".join(f'<category term="{one}"/>' for one in paper.categories)
    authors = "".join(f"<author><name>{escape(author.name)}</name></author>" for author in paper.authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}</id><title>{title}</title>"
        f"<published>{paper.date}T17:59:59Z</published><summary>{abstract}\n</summary>"
        f"{authors}{doi}{primary}{categories}</entry>\n"
    )


def openalex_work(paper: Paper) -> dict[str, object]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(paper.abstract.split()):
        index.setdefault(word, []).append(place)
    return {
        "id": f"https://openalex.org/{paper.openalex}",
        "doi": paper.doi and f"https://doi.org/{paper.doi.lower()}",
        "ids": {"pmid": paper.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{paper.pmid}"},
        "title": paper.title,
        "abstract_inverted_index": index or None,
        "authorships": [
            {
                "author": {"display_name": one.name, "orcid": one.orcid and f"https://orcid.org/{one.orcid}"},
                "raw_affiliation_strings": [one.affiliation] if one.affiliation else [],
            }
            for one in paper.authors
        ],
        "is_authors_truncated": not paper.authors_complete,
        "publication_date": (paper.date or "2020").ljust(10, "x").replace("xxxxxx", "-01-01").replace("xxx", "-01"),
    }


def openalex_json(papers: Iterable[Paper], total: int | None = None) -> str:
    works = list(map(openalex_work, papers))
    return json.dumps({"meta": {"count": len(works) if total is None else total, "page": 1}, "results": works})


def crossref_work(paper: Paper) -> dict[str, object]:
    return {
        "DOI": paper.doi,
        "title": [paper.title],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{escape(paper.abstract)}</jats:p>",
        "author": [_crossref_author(author) for author in paper.authors],
        "published": {"date-parts": [[int(part) for part in (paper.date or "").split("-") if part]]},
        "is-referenced-by-count": 3,
    }


def _crossref_author(author: Author) -> dict[str, object]:
    first, _, last = author.name.rpartition(" ")
    written: dict[str, object] = {"family": last, "sequence": "additional", "affiliation": []}
    if first:
        written["given"] = first
    if author.orcid:
        written["ORCID"] = f"http://orcid.org/{author.orcid}"
    return written


def crossref_json(papers: Iterable[Paper], total: int | None = None) -> str:
    items = list(map(crossref_work, papers))
    message = {"total-results": len(items) if total is None else total, "items": items}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})
