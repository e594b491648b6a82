"""Papers written in the formats of reference managers and databases, as far as each can hold them."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from kg.records import Paper

__all__ = ["WRITERS"]

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}$%&#_"},
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _latex(text: str) -> str:
    return re.sub(r"--|''|``", lambda two: f"{{{two[0][0]}}}{{{two[0][1]}}}", "".join(_LATEX.get(c, c) for c in text))


def _family_first(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else f"{family},"


def _date(paper: Paper) -> list[str]:
    return (paper.date or "").split("-") if paper.date else []


def bibtex(papers: Iterable[Paper]) -> str:
    return "\n".join(map(_entry, papers))


def _entry(paper: Paper) -> str:
    names = [f"{{{_latex(author.name)}}}" for author in paper.authors]
    fields = {
        "author": " and ".join(names if paper.authors_complete else [*names, "others"]),
        "title": f"{{{_latex(paper.title)}}}",
        "abstract": _latex(paper.abstract),
        "doi": _latex(paper.doi or ""),
        "eprint": paper.arxiv or "",
        "archiveprefix": "arXiv" if paper.arxiv else "",
        "pmid": paper.pmid or "",
        **dict(zip(("year", "month", "day"), _date(paper), strict=False)),
    }
    if "month" in fields:
        fields["month"] = _MONTHS[int(fields["month"]) - 1]
    return "@article{key,\n" + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value) + "}\n"


def ris(papers: Iterable[Paper]) -> str:
    return "".join(map(_ris_record, papers))


def _ris_record(paper: Paper) -> str:
    lines = [
        ("TY", "JOUR"),
        *(("AU", _family_first(author.name)) for author in paper.authors),
        ("TI", paper.title),
        ("AB", paper.abstract),
        ("DA", "/".join(_date(paper))),
        ("DO", paper.doi),
        ("M1", paper.arxiv and f"arXiv:{paper.arxiv}"),
        ("DB", paper.pmid and "PubMed"),
        ("AN", paper.pmid),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n\n"


def nbib(papers: Iterable[Paper]) -> str:
    return "\n".join(_medline(number, paper) for number, paper in enumerate(papers, start=1))


def _medline(number: int, paper: Paper) -> str:
    lines = [
        ("PMID", paper.pmid or str(number)),
        ("DP", " ".join(_medline_date(_date(paper)))),
        ("TI", f"{paper.title}."),
        ("AB", paper.abstract.replace(". ", ".\n      ")),
        *(pair for author in paper.authors for pair in (("FAU", _family_first(author.name)), ("AU", "Short A"))),
        *([] if paper.authors_complete else [("AU", "et al.")]),
        ("LID", paper.doi and f"{paper.doi} [doi]"),
    ]
    return "".join(f"{tag:<4}- {value}\n" for tag, value in lines if value)


def _medline_date(parts: Sequence[str]) -> list[str]:
    return [_MONTHS[int(part) - 1].title() if at == 1 else part.lstrip("0") for at, part in enumerate(parts)]


def csl_json(papers: Iterable[Paper]) -> str:
    return json.dumps([_item(paper) for paper in papers], indent=1)


def _item(paper: Paper) -> dict[str, object]:
    names = [author.name.rpartition(" ") for author in paper.authors]
    fields = {
        "type": "article-journal",
        "title": paper.title,
        "abstract": paper.abstract,
        "author": [{"given": given, "family": family} for given, _, family in names],
        "issued": {"date-parts": [[int(part) for part in _date(paper)]]} if paper.date else None,
        "DOI": paper.doi,
        "number": paper.arxiv and f"arXiv:{paper.arxiv}",
        "PMID": paper.pmid,
    }
    return {key: value for key, value in fields.items() if value}


def table(papers: Iterable[Paper]) -> str:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["Title", "Abstract", "Authors", "Date", "DOI", "arXiv id", "PMID"])
    for paper in papers:
        names = "; ".join(_family_first(author.name) for author in paper.authors)
        names += "" if paper.authors_complete else " et al."
        rows.writerow([paper.title, paper.abstract, names, paper.date, paper.doi, paper.arxiv, paper.pmid])
    return file.getvalue()


def text(papers: Iterable[Paper]) -> str:
    return "\n".join(f"{paper.title}\n{paper.abstract}\n" for paper in papers)


WRITERS: Final[dict[str, Callable[[Iterable[Paper]], str]]] = {
    "bibtex": bibtex,
    "ris": ris,
    "nbib": nbib,
    "csl-json": csl_json,
    "csv": table,
    "text": text,
}
"""By the name of the reader that must read it."""
