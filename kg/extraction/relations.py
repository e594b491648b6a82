"""Component ``kg_relations``: how concepts of the text relate, by the rules alone or by tagger and rules together."""

from collections.abc import Iterator, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import Findings, Statement, findings_of, set_findings
from kg.extraction.judge import Judge
from kg.extraction.lexicon import Lexicon, load_lexicon
from kg.extraction.pairing import Pair, concept_pairs
from kg.extraction.passages import passages_of
from kg.extraction.relation_rules import rule_statements
from kg.extraction.tagger.reading import Reading, reading_of
from kg.records import Predicate

__all__ = ["RelationFinder", "make_relation_finder", "possible"]

_ONE_WAY: Final = frozenset({Predicate.NARROWER_THAN, Predicate.PART_OF, Predicate.BASED_ON})
"""What holds in one direction at most."""


@Language.factory("kg_relations", default_config={"vocabulary": None, "added": []}, requires=["token.sent_start"])
def make_relation_finder(
    nlp: Language,  # noqa: ARG001 - asked for by spaCy
    name: str,  # noqa: ARG001 - as above
    vocabulary: str | None,
    added: list[list[str]],
) -> "RelationFinder":
    """Build the component; see `load_lexicon` for what the settings mean."""
    return RelationFinder(load_lexicon(vocabulary, added))


class RelationFinder:
    """Relates concepts; their roles must be known."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Add the statements to the document's findings, and return it."""
        found, read = findings_of(doc), reading_of(doc)
        if read is None:
            statements = rule_statements(found, passages_of(doc), self.lexicon)
        else:
            reading, judge = read
            statements = tuple(_judged(possible(doc, found, reading, self.lexicon), found, judge))
        set_findings(doc, statements=statements)
        return doc


def possible(doc: Doc, found: Findings, reading: Reading, lexicon: Lexicon) -> list[Pair]:
    """Give all relations that tagger or rules see between concepts, unlikely ones too; the judge has yet to speak."""
    at = {one.name: place for place, one in enumerate(found.concepts)}
    ruled = rule_statements(found, passages_of(doc), lexicon)
    by_rule = {(at[one.subject], one.predicate.value, at[one.object]): one.score for one in ruled}
    return concept_pairs(doc, found, reading, by_rule)


def _judged(pairs: Sequence[Pair], found: Findings, judge: Judge) -> Iterator[Statement]:
    """Yield the likely ones; of two opposite ones the likelier, of equals the one whose subject comes first."""
    chances = {pair[:3]: chance for pair in pairs if (chance := judge.pair(pair.name, pair.traits)) >= judge.least_pair}
    for (subject, name, target), chance in sorted(chances.items()):
        predicate = Predicate(name)
        opposite = chances.get((target, name, subject))
        if predicate in _ONE_WAY and opposite is not None and (opposite, subject) > (chance, target):
            continue
        yield Statement(found.concepts[subject].name, predicate, found.concepts[target].name, chance)
