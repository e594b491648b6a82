"""What people decide about the claims of papers: that one holds, does not hold, or should be another.

Decisions are lines of a file beside the graph that is only ever added to. They are applied to annotations as they were
read, on the way to linking, so that they outlive every rebuild and win over every extractor.
"""

from kg.reviewing.applying import apply, stale_decisions
from kg.reviewing.reading import merge_claim_decisions, parse_claim_decisions
from kg.reviewing.standing import Standing

__all__ = ["Standing", "apply", "merge_claim_decisions", "parse_claim_decisions", "stale_decisions"]
