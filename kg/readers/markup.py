"""Markup inside titles and abstracts, turned into the text a reader sees.

Three kinds meet here: elements of an XML record (`text_of`), and strings that hold JATS, HTML or their escaped
forms (`plain_text`). What markup means for the value of a number is kept: an exponent stays an exponent, and a
fraction gets its stroke.
"""

import re
from html import unescape

from lxml import etree

__all__ = ["abstract_text", "on_one_line", "plain_text", "raised", "text_of", "without_heading"]

_BLOCKS = frozenset({"p", "sec", "title", "list", "list-item", "li", "ul", "ol", "div", "br", "break", "disp-formula"})
_HIDDEN = frozenset({"annotation", "annotation-xml", "tex-math", "script", "style"})
"""Second spellings of a formula, which stand beside the one that is shown; and what is never shown."""

_INLINE = frozenset(
    {
        "a",
        "b",
        "bold",
        "em",
        "ext-link",
        "i",
        "inline-formula",
        "italic",
        "monospace",
        "roman",
        "sans-serif",
        "sc",
        "small",
    }
    | {"span", "strike", "strong", "styled-content", "sub", "sup", "tt", "u", "underline", "xref", "abstract", "math"}
    | {"mi", "mn", "mo", "mrow", "msub", "msup", "msubsup", "mtext", "mfrac", "mstyle", "mspace", "msqrt", "mfenced"}
)
_TAG = re.compile(
    rf"</?(?:[a-z]\w*:)?(?P<name>{'|'.join(sorted(_INLINE | _BLOCKS | _HIDDEN))})"
    r"""(?:\s+[\w:.\-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?>""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EXPONENT = re.compile(r"[0-9+\-\u2212]+")
_RAISED = str.maketrans(
    "0123456789+-\u2212", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_HEADING = re.compile(r"(?:abstract|summary)\s*[:.]\s+", re.IGNORECASE)
_WRAPPED = (
    '<text xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">{}</text>'
)


def text_of(element: etree._Element) -> str:
    r"""Give the text of an element on one line, markup dropped.

    >>> text_of(etree.XML("<p>A <i>p</i> of 10<sup>-3</sup>\n  in H<sub>2</sub>O</p>"))
    'A p of 10⁻³ in H2O'
    """
    if len(element):
        return on_one_line(_piece_of(element))
    return on_one_line(element.text or "")


def plain_text(text: str) -> str:
    """Give the text of a string that may hold JATS or HTML, on one line; what merely looks like a tag stays.

    >>> plain_text("<jats:p>Of p&lt;0.05 and <jats:italic>n</jats:italic> &amp;gt; 3</jats:p>")
    'Of p<0.05 and n > 3'
    >>> plain_text("if a<b and c>d")
    'if a<b and c>d'
    """
    if "<" not in text and "&" not in text:  # nearly all
        return on_one_line(text)
    if _TAG.search(text) is None:
        text = _unescaped(text)  # the markup itself may be escaped
    parsed = _parsed(text) if _TAG.search(text) else None
    try:
        shown = _TAG.sub(_gap, text) if parsed is None else text_of(parsed)
    except RecursionError:  # nobody nests so deep who means well; the bare words will do
        shown = _TAG.sub(_gap, text)
    return on_one_line(_unescaped(shown))


def abstract_text(text: str) -> str:
    """Give the text of an abstract in JATS or HTML; a heading that says no more than "Abstract" goes.

    >>> abstract_text("<jats:title>Abstract</jats:title><jats:p>We count stones.</jats:p>")
    'We count stones.'
    """
    return without_heading(plain_text(text))


def without_heading(abstract: str) -> str:
    """Cut a heading that says no more than "Abstract" off the plain text of an abstract."""
    heading = _HEADING.match(abstract)
    return abstract[heading.end() :] if heading else abstract


def on_one_line(text: str) -> str:
    """Make every run of white space one space; half a surrogate pair, which is no character, becomes U+FFFD."""
    if text.isprintable() and "  " not in text:  # nearly all, and quick to tell
        return text.strip()
    return " ".join(_LONE_SURROGATE.sub("\ufffd", text).split())


def _parsed(text: str) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(_WRAPPED.format(text).encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None


def _gap(tag: re.Match[str]) -> str:
    return " " if tag["name"].lower() in _BLOCKS else ""


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), text)


def _collect(element: etree._Element, pieces: list[str]) -> None:
    """Add the text inside an element; its tail belongs to its parent."""
    if isinstance(element, etree._Entity):  # noqa: SLF001 - lxml has no other name for it
        pieces.append(_unescaped(element.text or ""))
        return
    if not isinstance(element.tag, str):  # a comment or an instruction
        return
    name = element.tag.rpartition("}")[2]
    if name not in _HIDDEN:
        _COLLECTORS.get(name, _collect_inside)(element, pieces)


def _collect_inside(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        _collect(child, pieces)
        pieces.append(child.tail or "")


def _collect_block(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(" ")
    _collect_inside(element, pieces)
    pieces.append(" ")


def _collect_title(element: etree._Element, pieces: list[str]) -> None:
    """A section's title, set off from its text by a colon, as PubMed prints the labels of abstracts."""
    title = _piece(element).strip()
    if title:
        pieces.append(f" {title} " if title.endswith((":", ".", "?", "!")) else f" {title}: ")


def _collect_raised(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(raised(_piece(element)))


def _collect_power(element: etree._Element, pieces: list[str]) -> None:
    """MathML's ``msup``: a base and its exponent."""
    base, *exponents = [_piece_of(child) for child in element] or [""]
    pieces.extend([base, *map(raised, exponents)])


def _collect_fraction(element: etree._Element, pieces: list[str]) -> None:
    pieces.append("/".join(_piece_of(child).strip() for child in element))


def _piece(element: etree._Element) -> str:
    pieces: list[str] = []
    _collect_inside(element, pieces)
    return "".join(pieces)


def _piece_of(element: etree._Element) -> str:
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def raised(text: str) -> str:
    """Write an exponent in raised characters, since "10-3" would be another number; a word stays as it is."""
    plain = text.strip()
    return plain.translate(_RAISED) if _EXPONENT.fullmatch(plain) else text


_COLLECTORS = dict.fromkeys(_BLOCKS, _collect_block) | {
    "title": _collect_title,
    "sup": _collect_raised,
    "msup": _collect_power,
    "mfrac": _collect_fraction,
}
