"""What the later components share: the concepts decided on, with their roles and relations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.records import Interval, Kind, Links, Predicate, Result, Role, Size

__all__ = ["Concept", "Findings", "Statement", "findings_of", "set_findings"]

_KEY = "kg_findings"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of the text.

    Attributes:
        mentions: In text order, as characters.
        score: The share of right ones among concepts found like this one.
        iri: The vocabulary's concept, or empty.
        notes: What finders noted on its mentions, such as "proposed".
    """

    kind: Kind
    name: str
    mentions: tuple[Interval, ...]
    score: float
    iri: str = ""
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two concepts, by name."""

    subject: str
    predicate: Predicate
    object: str
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the pipeline has found so far; each component adds its part."""

    concepts: tuple[Concept, ...] = ()
    roles: Mapping[str, tuple[Role, float]] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    links: Links = field(default_factory=Links)
    sizes: tuple[Size, ...] = ()
    results: tuple[Result, ...] = ()


def findings_of(doc: Doc) -> Findings:
    """Give what was found so far."""
    found: Findings = doc.user_data.get(_KEY, Findings())
    return found


def set_findings(doc: Doc, **parts: object) -> None:
    """Add parts to what was found."""
    doc.user_data[_KEY] = replace(findings_of(doc), **parts)  # type: ignore[arg-type]  # checked by the dataclass
