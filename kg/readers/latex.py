r"""LaTeX as it stands in bibliographies, turned into the text a reader sees.

Bibliographies are only half LaTeX: exporters escape some characters and leave others, so that "50% of" stands
beside "50\% of" and one dollar sign beside a formula. What LaTeX would take for a comment, a table's column or
an open formula is therefore taken as printed; braces that only keep capitals go.
"""

import logging
import re
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexMacroNode, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_macros
from pylatexenc.macrospec import LatexContextDb, std_macro

from kg.readers.markup import raised

__all__ = ["text_of_latex"]

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what is broken in a title is no news to a user

_LONGEST = 100_000
"""Characters that are decoded; no abstract is longer, and the decoder takes a tenth of a millisecond for a sign."""
_PLAIN = re.compile(r"(?:[^\\$~`'\-]++|\\[%&#_$]|'(?!')|-(?!-))*+")
_ESCAPE = re.compile(r"\\([%&#_$])|[{}]")
_ADDRESS = re.compile(r"\\(?:href\s*\{[^{}]*\}|url\b)")
"""What stands before the words of a link."""
_BARE = re.compile(r"(?<!\\)((?:\\\\)*)([%&#])")
_DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
_FORMULA = re.compile(r"(?<!\\)\$(?:[^$\\]|\\.)*\$")
_SCRIPT = re.compile(r"(?P<mark>[\^_])(?P<what>\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s{}\\$])")
"""What is raised or lowered in a formula: a group, a command, or one character."""
_COMMAND = re.compile(r"\\[A-Za-z]+\s?|\\(?=.)|[{}]")
_NAMED = {"textless": "<", "textgreater": ">", "textasciicircum": "^", "textasciitilde": "~"}
"""Characters that exporters write by name."""


def text_of_latex(latex: str) -> str:
    r"""Decode accents, commands and formulas, on one line.

    >>> text_of_latex(r"{MRI} of {S}j{\"o}gren's: 50\% of 20% at $p<0.05$, $\alpha$ and {\ss}")
    "MRI of Sjögren's: 50% of 20% at p<0.05, α and ß"
    """
    if _PLAIN.fullmatch(latex):  # most, and it is a hundred times as quick
        latex = _ESCAPE.sub(r"\1", latex)
    else:
        latex = _decoded(latex) if len(latex) <= _LONGEST else _COMMAND.sub("", latex)
    return " ".join(latex.split())


def _decoded(latex: str) -> str:
    latex = _BARE.sub(r"\1\\\2", _ADDRESS.sub("", latex))
    if len(_DOLLAR.findall(latex)) % 2:
        latex = _DOLLAR.sub(r"\1\\$", latex)
    latex = _FORMULA.sub(lambda formula: _SCRIPT.sub(_script, formula[0]), latex)
    try:
        return str(_decoder().latex_to_text(latex, latex_context=_macros()))
    except (LatexWalkerError, RecursionError, ValueError, IndexError, TypeError):
        return _COMMAND.sub("", latex)


def _script(match: re.Match[str]) -> str:
    command = "textsuperscript" if match["mark"] == "^" else "textsubscript"
    return rf"\{command}{{{match['what']}}}"


def _in_raised_characters(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    """As `kg.readers.markup` writes what is raised, so that a paper reads the same from every format."""
    return raised(l2tobj.nodelist_to_text(node.nodeargd.argnlist))


@cache
def _macros() -> LatexContextDb:
    """What takes arguments, as far as the parser does not know it."""
    known = get_default_macros()
    known.add_context_category("scripts", prepend=True, macros=[std_macro("textsuperscript", "{")])
    return known


@cache
def _decoder() -> LatexNodes2Text:
    known = get_default_latex_context_db()
    known.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, char) for name, char in _NAMED.items()),
            MacroTextSpec("cite", ""),
            MacroTextSpec("mbox", "%s"),
            MacroTextSpec("textsuperscript", simplify_repl=_in_raised_characters),
        ],
    )
    return LatexNodes2Text(known, math_mode="text", strict_latex_spaces=False)
