"""Papers of a graph by any name that a user may give them."""

from collections.abc import Iterable, Iterator

from kg.errors import RecordError, UsageError
from kg.records import Paper, make_paper
from kg.store import Records
from kg.text import printable

__all__ = ["find_papers"]


def find_papers(records: Records, names: Iterable[str], base_iri: str) -> list[str]:
    """Find the keys of papers by id, DOI, arXiv id, PMID, OpenAlex id, IRI or exact title, in the order given.

    Raises:
        UsageError: A paper is not there, or a title is that of several.
    """
    return list(dict.fromkeys(_find(records, name, base_iri) for name in names))


def _find(records: Records, name: str, base_iri: str) -> str:
    bare = name.strip().removeprefix("<").removesuffix(">")
    key = bare.removeprefix(base_iri).removeprefix("paper/")
    tries = (f"id/{name}", key, *_identifiers(bare))
    found = [one for one in map(records.key_of, tries) if one is not None] or records.keys_of_title(name)
    if not found:
        what = printable(name)
        raise UsageError(f"{what!r}: no such paper here; give its id, DOI, arXiv id, PMID, IRI or whole title")
    if len(set(found)) > 1:
        raise UsageError(f"{printable(name)!r} names {len(set(found))} papers here; give an id: {', '.join(found)}")
    return found[0]


def _identifiers(name: str) -> Iterator[str]:
    """What a name may be as an identifier, in any of the ways that records write these."""
    for field in ("doi", "arxiv", "pmid", "openalex"):
        try:
            paper: Paper = make_paper({"title": "x", field: name})
        except RecordError:
            continue
        yield from paper.identifiers
