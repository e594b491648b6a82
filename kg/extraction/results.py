"""Component ``kg_results``: the numbers a paper reports, after the rules or after tagger and rules together."""

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import findings_of, set_findings
from kg.extraction.owners import judged_results
from kg.extraction.passages import passages_of
from kg.extraction.result_rules import measurements, results_of
from kg.extraction.tagger.reading import reading_of

__all__ = ["ResultFinder", "make_result_finder"]


@Language.factory("kg_results", requires=["token.sent_start"])
def make_result_finder(nlp: Language, name: str) -> "ResultFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return ResultFinder()


class ResultFinder:
    """Reads results off the sentences; concepts and roles must be known."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the results to the document's findings, and return it."""
        found, read = findings_of(doc), reading_of(doc)
        measured = measurements(found, passages_of(doc))
        if read is None:
            results = results_of(measured, found, passages_of(doc))
        else:
            results = judged_results(doc, found, measured, *read)
        set_findings(doc, results=results)
        return doc
