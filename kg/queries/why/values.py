"""What there is to say of a claim; the attributes, in their order, are the keys of the JSON.

Offsets are those of the graph: code points of the paper's text (title, line break, abstract), half-open.
"""

from dataclasses import dataclass

__all__ = ["Claim", "Evidence", "Measured", "Mention", "Node", "Paper", "Run", "Sentence"]


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A concept, a paper or a result.

    Attributes:
        iri: None where the text has words for it that are no concept of the graph.
        name: Its label or title; for a result the value as printed, with its unit.
    """

    iri: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, as far as it has to be known to find it.

    Attributes:
        retraction: The notice that withdraws it; None where its source tells of none.
    """

    iri: str
    id: str
    title: str
    retraction: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What read a paper: versions and hashes; None is what is not told, or has no part in it.

    Attributes:
        version: Of `kg`.
    """

    iri: str
    version: str | None = None
    model: str | None = None
    configuration: str | None = None
    vocabulary: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paper's text."""

    iri: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a paper's text that names concepts, mostly one."""

    iri: str
    start: int
    end: int
    quote: str
    concepts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one paper gives for a claim; sentences and mentions in text order.

    Attributes:
        component: Of the extraction, by its name in the pipeline: each kind of claim is made by one.
    """

    paper: Paper
    confidence: float
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    run: Run | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a result says; numbers are decimals as text, and None is what is not stated.

    Attributes:
        printed: The characters of the value in the text.
        start: Where these stand.
        end: Where they end.
    """

    value: str
    printed: str | None
    start: int | None
    end: int | None
    unit: str | None
    metric: Node | None
    method: Node | None
    dataset: Node | None
    task: Node | None
    kind: str | None
    comparator: str | None
    condition: str | None
    value_max: str | None
    deviation: str | None
    ci_low: str | None
    ci_high: str | None
    ci_level: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A distinct claim with a status.

    Attributes:
        iri: Of the assertion; of a result, its own.
        predicate: An IRI.
        status: Asserted, negated, hypothesised or background.
        support: The number of papers that make the claim.
        evidence: The surest first.
        result: What a result says; None for any other claim.
    """

    iri: str
    subject: Node
    predicate: str
    object: Node
    status: str
    confidence: float
    support: int
    evidence: tuple[Evidence, ...]
    result: Measured | None = None
