"""Why a claim is in the graph: the papers, sentences and mentions it was read from, with their offsets.

A result is a claim too: that its paper reports it.
"""

from kg.queries.why.layout import as_json, as_text
from kg.queries.why.missing import say_what_there_is
from kg.queries.why.question import Question, claims_asked_for, claims_at, read_question
from kg.queries.why.values import Claim, Evidence, Measured, Mention, Node, Paper, Run, Sentence

__all__ = [
    "Claim",
    "Evidence",
    "Measured",
    "Mention",
    "Node",
    "Paper",
    "Question",
    "Run",
    "Sentence",
    "as_json",
    "as_text",
    "claims_asked_for",
    "claims_at",
    "read_question",
    "say_what_there_is",
]
