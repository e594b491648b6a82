r"""Text as LaTeX: what is a sign to TeX is escaped, what its fonts lack is spelt with commands.

The result is ASCII and needs no package and no fonts but TeX's own, so that pdflatex sets it in a small installation
too, and so does any other engine. A character that nothing here spells is printed as its number, such as [U+4E2D].
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["latex_text"]

_GREEK: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_COMMANDS: Final = (
    "± pm ∓ mp × times ÷ div · cdot ∙ cdot • bullet ≥ geq ≤ leq ⩾ geq ⩽ leq ≠ neq ≈ approx ≃ simeq \u223c sim ~ sim "
    "≡ equiv ≫ gg ≪ ll » gg « ll ∝ propto ∞ infty √ surd → rightarrow ← leftarrow ↔ leftrightarrow ↑ uparrow "
    "↓ downarrow ⇒ Rightarrow ⇔ Leftrightarrow ∈ in \u222a cup ∩ cap ⊂ subset ⊕ oplus ⊗ otimes ∑ sum ∏ prod ∂ partial "
    "∇ nabla ∅ emptyset µ mu ϵ epsilon ϕ phi ϑ vartheta \u2113 ell ⋆ star § mathsection ¶ mathparagraph † dagger "
    "‡ ddagger \\ backslash"
)
_FORMULAS: Final = "\u2032 ' ″ '' \u2212 - \u2217 * < < > > | | ° ^{\\circ} ⁺ ^{+} ⁻ ^{-} ⁿ ^{n} ™ ^{\\mathrm{TM}}"
_LETTERS: Final = "ß ss æ ae Æ AE œ oe Œ OE ø o Ø O ł l Ł L \u0131 i ȷ j"
_WORDS: Final = (
    "\u2010 - \u2011 - \u2012 -- \u2013 -- — --- ― --- … ... \u2018 ` \u2019 ' \u201a , “ `` ” '' „ ,, \" '' "
    "\u2044 / © (c) ® (R) £ GBP € EUR ¿ ?` ¡ !` đ d Đ D ð d Ð D þ th Þ Th ^ \\^{}"
)
_ACCENTS: Final = dict(
    zip(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0331",
        "`'^~=u.\"rHvdcb",
        strict=True,
    )
)


def _letter(name: str) -> str:
    """A Greek letter by TeX's name for it."""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {size} LETTER {name.replace('ambda', 'amda')}")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    words = text.split()
    return zip(words[::2], words[1::2], strict=True)


_SPELT: Final = {
    **{_letter(name): rf"$\{name}$" for name in _GREEK.split()},
    **{sign: rf"$\{name}$" for sign, name in _pairs(_COMMANDS)},
    **{sign: f"${formula}$" for sign, formula in _pairs(_FORMULAS)},
    **{sign: f"$^{{{number}}}$" for number, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{sign: f"$_{{{number}}}$" for number, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{sign: f"\\{name}{{}}" for sign, name in _pairs(_LETTERS)},
    **dict(_pairs(_WORDS)),
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    **{sign: f"{{{sign}}}" for sign in "[]*"},  # right behind a line's end they would be its arguments
}
_LIGATURES: Final = re.compile(r"-(?=-)|[?!](?=`)|`(?=`)|'(?=')|,(?=,)")
"""Where TeX would draw two signs as one."""


def latex_text(text: str) -> str:
    r"""Spell a text that stands on one line.

    >>> latex_text("Dice ≥ 84.1 % ± 0.2")
    'Dice $\\geq$ 84.1 \\% $\\pm$ 0.2'
    >>> latex_text("Weiß & Žižek: 5 µm")
    'Wei\\ss{} \\& \\v{Z}i\\v{z}ek: 5 $\\mu$m'
    """
    composed = unicodedata.normalize("NFC", text)
    parts = _LIGATURES.sub(lambda found: f"{found[0]}\0", composed).split("\0")
    return "{}".join("".join(map(_spelt, part)) for part in parts)


def _spelt(char: str) -> str:
    if char in _SPELT or char.isascii():
        return _SPELT.get(char, char)
    base, *marks = list(unicodedata.normalize("NFD", char))
    if base.isascii() and base.isalpha():
        return _accented(base, marks)
    plain = unicodedata.normalize("NFKD", char)
    if all(one.isascii() or one in _SPELT for one in plain):
        return "".join(map(_spelt, plain))
    return "" if unicodedata.combining(char) else f"{{[}}U+{ord(char):04X}{{]}}"


def _accented(base: str, marks: Sequence[str]) -> str:
    """Set the first mark on a letter that TeX's own fonts have; two would not stand well above each other."""
    accent = next((_ACCENTS[mark] for mark in marks if mark in _ACCENTS), None)
    if accent is None:
        return base
    return f"\\{accent}{{\\{base}}}" if base in "ij" else f"\\{accent}{{{base}}}"
