"""The interactive graph: one HTML page with everything in it."""

from kg.exporters.html.page import render_html
from kg.exporters.html.reading import SelectsRows

__all__ = ["SelectsRows", "render_html"]
