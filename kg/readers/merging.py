"""Records of one paper made one, by a stated order that has nothing to do with the order of the inputs.

Records are ordered: one whose abstract is the authors' own before one that retells it, then the one with more
fields filled, then the one with the longer abstract, then by the text of the record. Each field is that of the
first record that has it, except that

- the list of authors is the one that is complete, names most of them, and writes their names longest; ORCIDs and
  affiliations that it lacks are taken from lists of the same people;
- the date is the most precise that agrees with the first;
- a publisher's DOI goes before the one that arXiv gives;
- categories, affiliations, links and unknown keys are those of all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from msgspec.structs import replace

from kg.errors import InputError
from kg.readers.identity import Index, groups_of
from kg.readers.reader import Located
from kg.readers.spool import Spool
from kg.records import Author, Links, Paper, default_id, encode
from kg.text import normal_form

__all__ = ["merged", "one_of"]

_Value = TypeVar("_Value")
_FIRST = ("doi", "arxiv", "pmid", "openalex", "licence", "retraction", "code_available")
"""Fields of one value."""
_ARXIV_DOI = "10.48550/arxiv."


def merged(
    records: Iterable[Located], on_bad: Callable[[InputError], None], on_note: Callable[[str], None]
) -> Iterator[Paper]:
    """Let each paper through once, where its first record stands, after all records were read.

    Args:
        records: Any number; they are kept on disk.
        on_bad: Takes the error of a record whose id is that of another paper; it is then left out.
        on_note: Takes a line for each paper whose records contradict one another.
    """
    with Spool() as spool:
        index = Index()
        for row, record in enumerate(records):
            spool.append(record)
            index.add(row, record.paper)
        shared = index.shared()
        groups = groups_of((row, spool[row].paper) for row in shared)
        bad = set(_clashes(spool, groups, on_bad))
        leads = {group[0]: [row for row in group if row not in bad] for group in groups}
        others = set(shared) - leads.keys()
        for row in range(len(spool)):
            if row not in others and (rows := leads.get(row, [row])):
                paper, conflict = one_of([spool[one] for one in rows])
                if conflict:
                    on_note(conflict)
                yield paper


def _clashes(spool: Spool, groups: Sequence[Sequence[int]], on_bad: Callable[[InputError], None]) -> Iterator[int]:
    """Give the rows whose id is another paper's too; of the papers that share it, the first in order keeps it."""
    papers_of: dict[str, dict[int, list[int]]] = {}
    for number, group in enumerate(groups):
        members = [(row, spool[row].paper) for row in group]
        is_known = any(paper.identifiers for _, paper in members)
        for row, paper in members:
            if paper.identifiers or not is_known or paper.id != _default_id(paper):  # else another is the paper's id
                papers_of.setdefault(paper.id, {}).setdefault(number, []).append(row)
    for name, papers in papers_of.items():
        if len(papers) == 1:
            continue
        kept = min(chain.from_iterable(papers.values()), key=lambda row: _order(spool[row]))
        for row in chain.from_iterable(rows for rows in papers.values() if kept not in rows):
            reason = f"its id {name!r} is that of another paper, at {spool[kept].place}"
            on_bad(InputError(spool[row].place, reason, "give one of the two another id"))
            yield row


def one_of(records: Sequence[Located]) -> tuple[Paper, str]:
    """Make one paper of its records, and tell in a line in what they contradict one another.

    >>> from kg.records import make_paper
    >>> by_year = Located("a.bib:1", make_paper({"title": "Stones", "date": "2024", "doi": "10.1/x"}))
    >>> by_day = Located("b.ris:1", make_paper({"title": "Stones.", "date": "2024-03-09"}))
    >>> paper, conflict = one_of([by_day, by_year])
    >>> paper.id, paper.date, conflict
    ('10.1/x', '2024-03-09', '')
    """
    if len(records) == 1:
        return records[0].paper, ""
    ordered = sorted(records, key=_order)
    papers = [record.paper for record in ordered]
    if all(paper == papers[0] for paper in papers):
        return papers[0], ""
    abstract = next((paper for paper in papers if paper.abstract), papers[0])
    authors = max(papers, key=_authorship)
    fields = {name: _first(getattr(paper, name) for paper in papers) for name in _FIRST}
    own = [paper.doi for paper in papers if paper.doi and not paper.doi.lower().startswith(_ARXIV_DOI)]
    paper = replace(
        papers[0],
        abstract=abstract.abstract,
        abstract_note=abstract.abstract_note,
        authors=_authors(authors.authors, papers),
        authors_complete=authors.authors_complete,
        date=_date(papers),
        source=_first(paper.source for paper in papers) or "",
        affiliations=_all(paper.affiliations for paper in papers),
        categories=_all(paper.categories for paper in papers),
        links=_links(papers),
        extra={key: value for paper in reversed(papers) for key, value in paper.extra.items()},
        **fields | ({"doi": own[0]} if own else {}),
    )
    return replace(paper, id=_id(paper, papers)), _conflict(ordered)


def _links(papers: Sequence[Paper]) -> Links:
    if all(paper.links == papers[0].links for paper in papers):
        return papers[0].links
    return Links(*(_all(getattr(paper.links, name) for paper in papers) for name in Links.__struct_fields__))


def _order(record: Located) -> tuple[bool, int, int, str]:
    paper = record.paper
    filled = sum(bool(getattr(paper, name)) for name in Paper.__struct_fields__)
    return paper.abstract_note is not None, -filled, -len(paper.abstract), encode(paper)


def _first(values: Iterable[_Value]) -> _Value | None:
    return next((value for value in values if value is not None and value != ""), None)


def _all(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(values)))


def _id(paper: Paper, papers: Iterable[Paper]) -> str:
    """A record's own id, else what stands for it in the merged paper."""
    own = (one.id for one in papers if one.id != _default_id(one))
    return next(own, None) or _default_id(paper)


def _default_id(paper: Paper) -> str:
    return default_id(paper.title, paper.doi, paper.arxiv, paper.pmid, paper.openalex)


def _authorship(paper: Paper) -> tuple[bool, int, int]:
    return (
        bool(paper.authors) and paper.authors_complete,
        len(paper.authors),
        sum(len(author.name) for author in paper.authors),
    )


def _authors(authors: tuple[Author, ...], papers: Iterable[Paper]) -> tuple[Author, ...]:
    """Fill in what other lists of the same people say of them."""
    names = [_surname(author) for author in authors]
    for paper in papers:
        if [_surname(author) for author in paper.authors] == names:
            authors = tuple(
                replace(one, orcid=one.orcid or other.orcid, affiliation=one.affiliation or other.affiliation)
                for one, other in zip(authors, paper.authors, strict=True)
            )
    return authors


def _surname(author: Author) -> str:
    """The last word of a name as printed, or the first where the family name goes before initials ("Weir A")."""
    words = [word for word in normal_form(author.name).split() if len(word) > 2] or normal_form(author.name).split()  # noqa: PLR2004
    return words[-1] if words else ""


def _date(papers: Iterable[Paper]) -> str | None:
    date = None
    for paper in papers:
        if paper.date and paper.date.startswith(date or ""):
            date = paper.date
    return date


def _conflict(records: Sequence[Located]) -> str:
    first, *others = records
    differ = [
        (other.place, names)
        for other in others
        if (names := [name for name, form in _FORMS.items() if _contradict(form(first.paper), form(other.paper))])
    ]
    if not differ:
        return ""
    place, names = differ[0]
    more = f" (and {len(differ) - 1} more)" if len(differ) > 1 else ""
    return f"{first.place} and {place}{more} are one paper, but differ in {', '.join(names)}; the first is taken"


def _identifier(paper: Paper, kind: str) -> list[str]:
    return [one for one in paper.identifiers if one.startswith(f"{kind}/")]


def _contradict(one: Any, other: Any) -> bool:  # noqa: ANN401 - the form of any field
    if not one or not other:
        return False
    return not (one.startswith(other) or other.startswith(one)) if isinstance(one, str) else bool(one != other)


_FORMS: dict[str, Callable[[Paper], Any]] = {
    "title": lambda paper: [normal_form(paper.title)],
    "abstract": lambda paper: paper.abstract.casefold().split(),
    "authors": lambda paper: [_surname(author) for author in paper.authors] if paper.authors_complete else None,
    "date": lambda paper: paper.date,
    "DOI": lambda paper: _identifier(paper, "doi"),
    "arXiv id": lambda paper: _identifier(paper, "arxiv"),
    "PMID": lambda paper: _identifier(paper, "pmid"),
    "OpenAlex id": lambda paper: _identifier(paper, "openalex"),
    "licence": lambda paper: paper.licence,
    "retraction": lambda paper: paper.retraction,
}
"""What is compared of two records; what only one of them says is no contradiction."""
