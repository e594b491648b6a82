"""The two records that travel: a `Paper` as it was read, and the `Annotation` made of its text.

Both are frozen values and JSON Lines on disk. The `Annotation` is the one interchange record: what the
extractor writes, what people correct by hand, and what the mapper reads.
"""

from kg.records.annotation import (
    ROLES,
    Annotation,
    Claim,
    Entity,
    Interval,
    Kind,
    Predicate,
    Relation,
    Result,
    ResultKind,
    Role,
    Size,
    Status,
)
from kg.records.jsonl import decode_annotation, decode_paper, default_id, encode, make_paper
from kg.records.mentions import mentions_of
from kg.records.paper import Author, Links, Paper

__all__ = [
    "ROLES",
    "Annotation",
    "Author",
    "Claim",
    "Entity",
    "Interval",
    "Kind",
    "Links",
    "Paper",
    "Predicate",
    "Relation",
    "Result",
    "ResultKind",
    "Role",
    "Size",
    "Status",
    "decode_annotation",
    "decode_paper",
    "default_id",
    "encode",
    "make_paper",
    "mentions_of",
]
