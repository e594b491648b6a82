"""The rules by which two names are one concept because one paper calls it by both.

They are bolder than those between papers, so they hold only where every paper that uses the shorter name uses the
longer one too, and only for what no vocabulary knows.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from typing import Final

from kg.ledger import Row
from kg.linking.names import Name, Named
from kg.linking.proposing import link_row
from kg.linking.readings import spell_out
from kg.records import Kind, Role
from kg.text import normal_form

__all__ = ["joins_within_papers"]

_CONFIDENCE: Final = 0.75

_ROLES: Final = {Kind.METHOD: Role.PROPOSED, Kind.TASK: Role.ADDRESSED}
"""The kinds that a paper has descriptions and names for, and what it is about."""

_OF_THE_FIELD: Final = frozenset({"biomedical", "data", "image", "imaging", "medical"})
_OF_ITS_MAKE: Final = frozenset("convolutional deep fully neural self semi supervised unsupervised weakly".split())  # noqa: SIM905
_LEFT_OUT: Final = _OF_THE_FIELD | _OF_ITS_MAKE
"""Words that a paper leaves out of a name once it has said them: of the whole field, or of how a method is made."""

_HOW: Final = frozenset({"aware", "based", "driven", "guided"})
"""Second halves of words in front of a name that say how a method works: "uncertainty-guided"."""

_PREPOSITIONS: Final = frozenset({"by", "for", "from", "in", "of", "on", "using", "via", "with"})
_FEWEST_WORDS: Final = 2


def joins_within_papers(names: Iterable[Name], known: Container[str]) -> Iterator[Row]:
    """Yield the links between names of one paper, in no order.

    Args:
        names: All of a graph.
        known: IRIs of the names that are concepts of a vocabulary.
    """
    papers: dict[tuple[str, Kind], list[tuple[Name, list[str]]]] = defaultdict(list)
    for name in names:
        for user in name.users:
            if user.entity.role is _ROLES.get(name.kind) and name.iri not in known:
                papers[user.paper_id, name.kind].append((name, _words(user)))
    for beside in papers.values():
        for (name, words), (other, others) in combinations(beside, 2):
            comment = _reason(words, others, name.kind)
            if comment and _papers(name) == _papers(other):
                yield link_row(name, other, _CONFIDENCE, comment)


def _words(user: Named) -> list[str]:
    return normal_form(spell_out(user.entity.name, dict(user.long_forms))).split()


def _papers(name: Name) -> set[str]:
    return {user.paper_id for user in name.users}


def _reason(words: list[str], others: list[str], kind: Kind) -> str:
    short, long = sorted((words, others), key=len)
    if len(short) < _FEWEST_WORDS or len(short) == len(long):
        return ""
    if kind is Kind.METHOD and long[: len(short)] == short and long[len(short)] in _PREPOSITIONS:
        return "the paper says more of it once"
    if kind is Kind.METHOD and long[2:] == short and long[1] in _HOW:
        return "the paper says once how it works"
    if _is_fuller(short, long):
        return "the paper leaves a word out that says little"
    return ""


def _is_fuller(short: list[str], long: list[str]) -> bool:
    """Tell whether a name is another with words that say little between its first and its last."""
    rest, added = iter(long), []
    for word in short:
        while (one := next(rest, None)) != word:
            if one is None:
                return False
            added.append(one)
    return short[0] == long[0] and short[-1] == long[-1] and set(added) <= _LEFT_OUT and next(rest, None) is None
