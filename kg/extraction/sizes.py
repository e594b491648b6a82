"""Component ``kg_sizes``: how many of what, printed as digits: "1,200 CT scans", "5 hospitals"."""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import set_findings
from kg.extraction.words import word_set
from kg.records import Size

__all__ = ["SizeFinder", "make_size_finder"]

_COUNTED: Final = word_set(
    """annotations? biops(?:y|ies) cases? cent(?:er|re)s? classes clips? countries datasets?
    exam(?:ination)?s? eyes? frames? hospitals? images? individuals? institutions? lesions? mammograms?
    nodules? pairs? participants? patches patients? questions? radiographs? radiologists? readers?
    reports? samples? scans? scanners? sections? sites? slices? slides? specimens? stud(?:y|ies)
    subjects? videos? volumes? wom[ae]n WSIs? X-rays?
    """
)
_MODIFIER = (
    r"(?!(?:and|or|of|in|for|with|from|to|the|per|over|on|by|at|into|ms|s|seconds|minutes|GB|MB|epochs)\b)"
    r"[^\W\d][\w-]* "
)
_SIZE = re.compile(
    r"(?<![\w.,%$-])(?P<count>\d{1,3}(?:,\d{3})+|\d+) "
    rf"(?P<of>(?:{_MODIFIER}){{0,4}}?(?:{'|'.join(sorted(_COUNTED))}))(?![\w-])"
)


@Language.factory("kg_sizes")
def make_size_finder(nlp: Language, name: str) -> "SizeFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return SizeFinder()


class SizeFinder:
    """Reads a whole number and the counted noun, up to four words behind it."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the sizes to the document's findings, and return it."""
        set_findings(doc, sizes=tuple(dict.fromkeys(_sizes(doc.text))))
        return doc


def _sizes(text: str) -> Iterator[Size]:
    for size in _SIZE.finditer(text):
        yield Size(int(size["count"].replace(",", "")), size["of"])
