"""What people decide about a graph's concepts: that two names are one, or are not; and why they are as they are."""

from kg.deciding.deciding import Decided, Question, decide, undo
from kg.deciding.explaining import explain
from kg.deciding.state import ledger_of

__all__ = ["Decided", "Question", "decide", "explain", "ledger_of", "undo"]
