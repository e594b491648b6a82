"""Papers as rows of a comparison: every cell holds what the paper asserts."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from kg.namespaces import BIBO, DCTERMS, FABIO, KG
from kg.rdf import NamedNode
from kg.tables.document import Cell, Item
from kg.tables.reading import Concepts, Contents, Facts, first
from kg.tables.rows import PaperRow, ResultRow
from kg.text import printable

__all__ = ["concept_items", "paper_rows", "with_results"]

_PLAIN_CELLS: Final[Mapping[str, tuple[NamedNode, ...]]] = MappingProxyType(
    {
        "compared": (KG.comparedWith,),
        "dataset": (KG.introduces, KG.usesDataset),
        "introduced": (KG.introduces,),
        "modality": (KG.hasModality,),
        "disease": (KG.targetsDisease,),
        "anatomy": (KG.imagesAnatomy,),
        "task": (KG.addressesTask,),
        "metric": (KG.reportsMetric,),
    }
)
_ADDRESSES: Final = (
    (BIBO.doi, "https://doi.org/"),
    (FABIO.hasArXivID, "https://arxiv.org/abs/"),
    (BIBO.pmid, "https://pubmed.ncbi.nlm.nih.gov/"),
)


def paper_rows(contents: Contents) -> list[PaperRow]:
    """Make a row of each paper, without its results: the oldest first, those without a date last."""
    rows = [_row(iri, facts, contents) for iri, facts in contents.papers.items()]

    def place(row: PaperRow) -> tuple[bool, str, str, str]:
        issued = first(contents.papers[row.iri], DCTERMS.issued)
        return not issued, issued, row.cells["paper"][0].text.casefold(), row.iri

    return sorted(rows, key=place)


def with_results(papers: Iterable[PaperRow], results: Iterable[ResultRow]) -> list[PaperRow]:
    """Give each paper a cell with the results it asserts, each in a few words."""
    said: dict[str, list[ResultRow]] = {}
    for result in results:
        if result.cells["status"] == (Item("asserted"),):
            said.setdefault(result.paper, []).append(result)
    return [
        PaperRow(one.iri, one.names, {**one.cells, "result": tuple(_in_words(it, one) for it in said.get(one.iri, ()))})
        for one in papers
    ]


def concept_items(iris: Iterable[str], concepts: Concepts, title: str = "") -> Cell:
    """Name concepts: those that a title names first and in its order, then by name."""
    folded = title.casefold()

    def place(item: Item) -> tuple[bool, int, str, str]:
        at = folded.find(item.text.casefold())
        return at < 0, at, item.text.casefold(), item.concept

    return tuple(sorted((Item(concepts.label(iri), concept=iri) for iri in set(iris)), key=place))


def _row(iri: str, facts: Facts, contents: Contents) -> PaperRow:
    title = printable(first(facts, DCTERMS.title)) or iri
    year = first(facts, DCTERMS.issued)[:4]
    own = (facts.get(term.value, ()) for term in (DCTERMS.identifier, BIBO.doi, FABIO.hasArXivID, BIBO.pmid))
    cells = {
        "paper": (Item(title, href=_address(facts)),),
        "year": (Item(printable(year)),) if year else (),
        "author": tuple(map(Item, contents.authors.get(iri, ()))),
        "code": _links(facts, KG.hasCode),
        "data": _links(facts, KG.hasData),
        "id": tuple(Item(printable(one)) for one in facts.get(DCTERMS.identifier.value, ())),
    }
    for name, iris in _methods(facts, contents.wholes).items():
        cells[name] = concept_items(iris, contents.concepts, title)
    for name, terms in _PLAIN_CELLS.items():
        iris = [one for term in terms for one in facts.get(term.value, ())]
        cells[name] = concept_items(iris, contents.concepts, title)
    return PaperRow(iri, (iri, title, *(name for names in own for name in names)), cells)


def _methods(facts: Facts, wholes: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Tell the parts of what a paper proposes from the rest.

    A part is one that the paper has a role for: what other papers say of the same method is not its claim.
    """
    proposed, used = facts.get(KG.proposes.value, ()), facts.get(KG.uses.value, ())
    compared = facts.get(KG.comparedWith.value, ())
    parts = [one for one in (*proposed, *used, *compared) if not wholes.get(one, frozenset()).isdisjoint(proposed)]
    whole = [one for one in proposed if one not in parts]
    return {"method": whole or list(proposed), "part": parts if whole else [], "used": list(used)}


def _address(facts: Facts) -> str:
    found = (base + quote(value, safe="/:.()") for term, base in _ADDRESSES if (value := first(facts, term)))
    return next(found, "")


def _links(facts: Facts, term: NamedNode) -> Cell:
    values = map(printable, facts.get(term.value, ()))
    return tuple(Item(one, href=one if one.startswith(("https://", "http://")) else "") for one in values)


def _in_words(result: ResultRow, paper: PaperRow) -> Item:
    """Such as "Dice 84.1 % on RIVER-5 (at full size)"; the method is named where it is not the paper's only one."""
    words = {name: "; ".join(item.text for item in cell) for name, cell in result.cells.items()}
    kind, of = words["kind"], words["method"]
    own = paper.cells["method"]
    is_plain = kind in {"", "score"} and (not of or (len(own) == 1 and own[0].concept == result.method))
    aside = [] if is_plain else [" ".join(filter(None, (kind if kind != "score" else "", "of" if of else "", of)))]
    aside += [words["condition"]] if words["condition"] else []
    said = " ".join(filter(None, (words["metric"], words["value"], words["unit"], words["spread"])))
    said += f" on {words['dataset']}" if words["dataset"] else ""
    return Item(f"{said} ({', '.join(aside)})" if aside else said)
