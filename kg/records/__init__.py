"""The two records that travel: a `Paper` as it was read, and the `Annotation` made of its text.

Both are frozen values and JSON Lines on disk. The `Annotation` is the one interchange record: what the
extractor writes, what people correct by hand, and what the mapper reads.
"""

from kg.records.annotation import (
    ROLES,
    Annotation,
    Claim,
    ClaimDecision,
    Entity,
    Interval,
    Kind,
    Named,
    Predicate,
    Relation,
    Result,
    ResultKind,
    Role,
    Said,
    Size,
    Status,
    Verdict,
)
from kg.records.claims import RELATION_KINDS, claims_of
from kg.records.jsonl import (
    decode_annotation,
    decode_claim_decision,
    decode_paper,
    default_id,
    encode,
    encode_claim_decision,
    make_paper,
)
from kg.records.mentions import mentions_of
from kg.records.paper import Author, Links, Paper

__all__ = [
    "RELATION_KINDS",
    "ROLES",
    "Annotation",
    "Author",
    "Claim",
    "ClaimDecision",
    "Entity",
    "Interval",
    "Kind",
    "Links",
    "Named",
    "Paper",
    "Predicate",
    "Relation",
    "Result",
    "ResultKind",
    "Role",
    "Said",
    "Size",
    "Status",
    "Verdict",
    "claims_of",
    "decode_annotation",
    "decode_claim_decision",
    "decode_paper",
    "default_id",
    "encode",
    "encode_claim_decision",
    "make_paper",
    "mentions_of",
]
