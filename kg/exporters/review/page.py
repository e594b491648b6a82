"""Write the page: our template, style and script, and the claims; nothing is fetched, nothing else may run."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from string import Template
from typing import Final

from kg.exporters.explorer.bundle import bundle, web_file
from kg.exporters.review.payload import payload
from kg.records import Annotation, ClaimDecision, Paper

__all__ = ["render_review"]

_WEB: Final = "review/web"


def render_review(
    records: Iterable[tuple[Paper, Annotation]],
    decisions: Sequence[ClaimDecision] = (),
    *,
    title: str = "Review of claims",
    limit: int = 2_000,
) -> bytes:
    """Show claims, least sure first, as one HTML page on which people decide about them.

    Args:
        records: Papers with their annotations as they were read.
        decisions: Those taken so far, in order.
        title: Of the page.
        limit: How many claims to show at most; the page says how many it left out.

    Returns:
        The page in UTF-8; the same records and decisions give the same bytes.
    """
    script, style = bundle("main.js", _WEB), web_file("page.css", _WEB)
    data = payload(records, decisions, title=title, limit=limit)
    page = Template(web_file("page.html", _WEB)).substitute(
        title=html.escape(title),
        script=script,
        script_hash=_sha256(script),
        style=style,
        style_hash=_sha256(style),
        data=_json(data),
    )
    return page.encode()


def _json(data: object) -> str:
    """JSON that holds no character that means something in HTML."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
