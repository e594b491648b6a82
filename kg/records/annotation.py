"""What was read off a paper's text: entities, relations, results and the claims they rest on.

The shape is that of the annotation guide: a name stands for one concept of the paper, a mention is a
half-open range of characters of ``Paper.text``.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import force_setattr

from kg.records.paper import Links

__all__ = [
    "ROLES",
    "Annotation",
    "Claim",
    "ClaimDecision",
    "Entity",
    "Interval",
    "Kind",
    "Named",
    "Predicate",
    "Relation",
    "Result",
    "ResultKind",
    "Role",
    "Said",
    "Size",
    "Status",
    "Verdict",
]

Interval = tuple[int, int]
"""Start and end of a stretch of ``Paper.text``: code points, half-open."""


class Kind(StrEnum):
    """What sort of concept an entity is."""

    METHOD = "Method"
    DATASET = "Dataset"
    MODALITY = "Modality"
    DISEASE = "Disease"
    TASK = "Task"
    METRIC = "Metric"
    ANATOMY = "Anatomy"


class Role(StrEnum):
    """How the paper relates to an entity."""

    PROPOSED = "proposed"
    USED = "used"
    COMPARED = "compared"
    INTRODUCED = "introduced"
    STUDIED = "studied"
    ADDRESSED = "addressed"
    REPORTED = "reported"
    MENTIONED = "mentioned"


class Predicate(StrEnum):
    """How two entities of one paper relate."""

    PART_OF = "partOf"
    BASED_ON = "basedOn"
    EVALUATED_ON = "evaluatedOn"
    TRAINED_ON = "trainedOn"
    COMPARED_WITH = "comparedWith"
    ADDRESSES = "addresses"
    APPLIED_TO = "appliedTo"
    TARGETS = "targets"
    HAS_MODALITY = "hasModality"
    COVERS = "covers"
    NARROWER_THAN = "narrowerThan"


class Status(StrEnum):
    """What the text says of a claim; only an asserted one becomes a plain triple."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    HYPOTHESISED = "hypothesised"
    BACKGROUND = "background"


class ResultKind(StrEnum):
    """Whether a number is the paper's own score, a difference, or a compared method's score."""

    SCORE = "score"
    GAIN = "gain"
    BASELINE = "baseline"


_STUDIED = (Role.STUDIED, Role.MENTIONED)

ROLES: Final[Mapping[Kind, tuple[Role, ...]]] = MappingProxyType(
    {
        Kind.METHOD: (Role.PROPOSED, Role.COMPARED, Role.USED, Role.MENTIONED),
        Kind.DATASET: (Role.INTRODUCED, Role.USED, Role.MENTIONED),
        Kind.MODALITY: _STUDIED,
        Kind.DISEASE: _STUDIED,
        Kind.TASK: (Role.ADDRESSED, Role.MENTIONED),
        Kind.METRIC: (Role.REPORTED, Role.MENTIONED),
        Kind.ANATOMY: _STUDIED,
    }
)
"""The roles an entity of each kind can have."""

Relation = tuple[str, Predicate, str]
"""Names of two entities of one annotation, and how the first relates to the second."""


_SURE: Final = 1.0


class Entity(Struct, frozen=True, omit_defaults=True):
    """One concept of one paper.

    Attributes:
        name: The node's label; unique within the annotation.
        surfaces: Every distinct string of the text that names it, characters as they stand.
        mentions: Where it is named, in text order; empty in a record written by hand.
        confidence: Between 0 and 1, two decimals.
        extra: Keys of the record that `kg` does not know, kept as they are.
    """

    type: Kind
    name: str
    surfaces: tuple[str, ...]
    role: Role
    mentions: tuple[Interval, ...] = ()
    confidence: float = _SURE
    extra: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make a confidence of 1 the default itself: a float that only equals it, as after pickling, is not omitted."""
        if self.confidence == _SURE:
            force_setattr(self, "confidence", _SURE)


class Result(Struct, frozen=True):
    """A number the paper reports as an outcome of measurement.

    Attributes:
        method: Name of an entity, or null.
        metric: Name of an entity, or the metric's literal words.
        value: As printed: 0.855 stays 0.855, 93.2% is 93.2 with unit ``%``.
        value_max: The upper end where a range is printed.
        printed: The characters of the value, from which the decimal literal is made.
        normalised: The value on a common scale: 0.855 for 85.5 %.
        deviation: Printed after ``±``, in the value's unit.
        ci: Confidence interval: low, high, level in per cent.
        comparator: Such as ``>=`` for "at least".
        span: Where the value stands.
        sentence: The sentence it stands in.
    """

    method: str | None
    metric: str | None
    value: float | int
    unit: str | None = None
    dataset: str | None = None
    condition: str | None = None
    kind: ResultKind = ResultKind.SCORE
    value_max: float | int | None = None
    printed: str | None = None
    normalised: float | None = None
    deviation: float | None = None
    ci: tuple[float, float, float] | None = None
    comparator: str | None = None
    status: Status = Status.ASSERTED
    confidence: float = 1.0
    span: Interval | None = None
    sentence: Interval | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Size(Struct, frozen=True):
    """How many of what, printed as digits: "1,200 CT scans"."""

    count: float | int
    of: str
    dataset: str | None = None


class Claim(Struct, frozen=True):
    """A relation or a role, with what it rests on; a null subject or object is the paper itself.

    Attributes:
        decision: The id of the decision of a person that it rests on, where there is one.
    """

    subject: str | None
    predicate: str
    object: str | None
    status: Status = Status.ASSERTED
    confidence: float = 1.0
    sentence: Interval | None = None
    mentions: tuple[Interval, ...] = ()
    decision: str | None = None


class Verdict(StrEnum):
    """What a person says of a claim, or that an earlier decision is taken back."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNDO = "undo"


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What a claim says, without what it rests on; a null subject is the paper itself."""

    subject: str | None
    predicate: str
    object: str
    status: Status = Status.ASSERTED


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """An entity as it stood when somebody decided: enough to find it again in the paper's text."""

    type: Kind
    name: str
    surfaces: tuple[str, ...]
    mentions: tuple[Interval, ...] = ()


class ClaimDecision(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a person decided about one claim of one paper.

    Attributes:
        id: Unique within a file.
        paper: The key of the paper (`Paper.key`), or another of its identifiers written alike.
        author: Who decided: a name, or the IRI of an ORCID.
        date: When: ISO 8601, with time and zone.
        claim: The claim meant; None of an undo.
        instead: What it should be; of a correction alone.
        entities: Those that ``claim`` and ``instead`` name, so that they can be found when no extractor does.
        sentence: The evidence that was seen.
        quote: Its words.
        mentions: The marked ones in it.
        undoes: The id of the earlier decision that is withdrawn; of an undo alone.
    """

    id: str
    paper: str
    verdict: Verdict
    author: str
    date: str
    claim: Said | None = None
    instead: Said | None = None
    entities: tuple[Named, ...] = ()
    sentence: Interval | None = None
    quote: str | None = None
    mentions: tuple[Interval, ...] = ()
    undoes: str | None = None
    comment: str = ""


class Annotation(Struct, frozen=True):
    """All that was read off one paper.

    Attributes:
        id: The paper's.
        relations: What ``claims`` asserts between two entities.
        claims: None in a record written by hand: then every relation and role counts as asserted.
        decisions: Of people, which it follows, in their order; None where nobody decided anything.
        extra: Keys of the record that `kg` does not know, kept as they are.
    """

    id: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    sizes: tuple[Size, ...] = ()
    links: Links = Links()
    claims: tuple[Claim, ...] | None = None
    decisions: tuple[ClaimDecision, ...] | None = None
    extra: dict[str, Any] = field(default_factory=dict)
