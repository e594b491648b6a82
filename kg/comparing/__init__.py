"""What differs between two graphs, and why: papers, concepts, claims and results that came, went or changed."""

from kg.comparing.comparing import Comparison
from kg.comparing.layout import as_json, as_text
from kg.comparing.sides import Side, find_graph, open_side
from kg.comparing.values import Cause, Change, Facts, Part, Reason, Way

__all__ = [
    "Cause",
    "Change",
    "Comparison",
    "Facts",
    "Part",
    "Reason",
    "Side",
    "Way",
    "as_json",
    "as_text",
    "find_graph",
    "open_side",
]
