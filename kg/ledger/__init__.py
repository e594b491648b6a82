"""The ledger: every link and merge of names as a row that can be read, corrected and reversed."""

from kg.ledger.agreement import check_agreement
from kg.ledger.decisions import parse_decisions, with_rows, without
from kg.ledger.rows import Decision, Justification, Match, Row
from kg.ledger.sssom import sssom_of

__all__ = [
    "Decision",
    "Justification",
    "Match",
    "Row",
    "check_agreement",
    "parse_decisions",
    "sssom_of",
    "with_rows",
    "without",
]
