"""The small interactive graph: one HTML page with everything in it, its picture drawn by pyvis."""

from kg.exporters.pyvis.page import render_pyvis

__all__ = ["render_pyvis"]
