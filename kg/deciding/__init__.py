"""What people decide about a graph: that two names are one, or are not, and why they are; and which claims hold."""

from kg.deciding.claims import claim_decisions, take_decisions
from kg.deciding.deciding import Decided, Question, decide, undo
from kg.deciding.explaining import explain
from kg.deciding.state import ledger_of

__all__ = [
    "Decided",
    "Question",
    "claim_decisions",
    "decide",
    "explain",
    "ledger_of",
    "take_decisions",
    "undo",
]
