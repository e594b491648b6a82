"""One HTML page to decide about the claims of a graph: it opens from disk, and saves a file of decisions."""

from kg.exporters.review.page import render_review

__all__ = ["render_review"]
