"""Component ``kg_decision``: which places are concepts, of which kind, in which role, and how sure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate, candidates, flat, one_kind
from kg.extraction.findings import Concept, set_findings
from kg.extraction.given import find_given, given_of
from kg.extraction.grouping import group
from kg.extraction.judge import Judge
from kg.extraction.lexicon import Lexicon, load_lexicon
from kg.extraction.passages import passages_of
from kg.extraction.rules import RULES
from kg.extraction.spreading import spread
from kg.extraction.tagger.reading import Reading, reading_of
from kg.extraction.terms import TERMS
from kg.extraction.traits import entity_traits, role_traits, rule_scores
from kg.extraction.variants import joined
from kg.extraction.words import word_set
from kg.records import Kind

__all__ = ["Decision", "make_decision", "read_concepts", "settled"]

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_LOOSE: Final = _OPENING | _CLOSING | frozenset(".,;:-\u2013\u2014'\"\u201c\u201d\u2018\u2019 \n")

_DANGLING: Final = word_set("and between by for from of or the to via with")
"""No name ends with one of these; a reader that cuts a title short leaves them."""

_CONSIDERED: Final = 0.05
"""A place that only the rules found is considered if the tagger gives it this chance; most are dropped later."""


@Language.factory(
    "kg_decision", default_config={"vocabulary": None, "added": [], "least": None}, requires=["doc.spans"]
)
def make_decision(
    nlp: Language,  # noqa: ARG001 - asked for by spaCy
    name: str,  # noqa: ARG001 - as above
    vocabulary: str | None,
    added: list[list[str]],
    least: float | None,
) -> "Decision":
    """Build the component; see :class:`Decision` for what the settings mean."""
    return Decision(load_lexicon(vocabulary, added), least)


class Decision:
    """Turns readings into concepts: those of the tagger and the rules together, or of the rules alone.

    Args:
        lexicon: Gives the names of the vocabulary's concepts.
        least: The confidence below which a concept is dropped; None for the one at which F1 was highest.
    """

    def __init__(self, lexicon: Lexicon, least: float | None) -> None:
        self.lexicon, self.least = lexicon, least

    def __call__(self, doc: Doc) -> Doc:
        """Add the concepts to the document's findings, and return it."""
        given, read = given_of(doc), reading_of(doc)
        if given is not None:
            find_given(doc, given, _known(doc))
        elif read is None:
            kept, nested = flat(one_kind(doc, list(candidates(doc, RULES))))
            concepts = _at_least(0.0 if self.least is None else self.least, group(doc, kept, nested, self.lexicon))
            set_findings(doc, concepts=concepts)
        else:
            reading, judge = read
            found = _judged(doc, read_concepts(doc, reading, self.lexicon), reading, judge)
            concepts = settled(doc, _at_least(judge.least if self.least is None else self.least, found))
            roles = {one.name: judge.role(one.kind, role_traits(doc, one, concepts, reading)) for one in concepts}
            set_findings(doc, concepts=concepts, roles=roles)
        return doc


def _at_least(bar: float, concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    return tuple(one for one in concepts if one.score >= bar)


def _judged(doc: Doc, concepts: Iterable[Concept], reading: Reading, judge: Judge) -> Iterator[Concept]:
    rules = rule_scores(doc)
    for one in concepts:
        yield replace(one, score=judge.confidence(entity_traits(doc, one, reading, rules)))


def read_concepts(doc: Doc, reading: Reading, lexicon: Lexicon) -> tuple[Concept, ...]:
    """Give every concept that a tagger and the rules see together, unlikely ones too; the judge has yet to speak."""
    return group(doc, *flat(one_kind(doc, list(_places(doc, reading)))), lexicon)


def settled(doc: Doc, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Find kept concepts wherever they are named, and join those that are one."""
    return joined(passages_of(doc).text, spread(doc, concepts))


def _places(doc: Doc, reading: Reading) -> Iterator[Candidate]:
    """Yield the tagger's places, then those of the rules that touch none of them, with what the vocabularies know."""
    known = _known(doc)
    ruled, ruled_nested = flat(candidates(doc, RULES))
    for read, others, likelihood in (
        (reading.flat(), ruled, reading.likelihood),
        (reading.nested(), ruled_nested, reading.nested_likelihood),
    ):
        own = [whole for one in read if (whole := _without_loose_ends(doc, one)).start < whole.end]
        taken = {place for one in own for place in one.tokens}
        also = [
            replace(one, score=round(score, 2))
            for one in others
            if taken.isdisjoint(one.tokens) and (score := likelihood(one.start, one.end, one.kind)) >= _CONSIDERED
        ]
        for one in (*own, *also):
            iri, note = known.get((one.start, one.end, one.kind), ("", ""))
            yield replace(one, iri=iri, note=note)


def _without_loose_ends(doc: Doc, one: Candidate) -> Candidate:
    """Cut a place before a bracket that has no partner in it, and what at its edges belongs to no name."""
    start, end, opened = one.start, one.end, []
    for place in range(start, end):
        if doc[place].text in _OPENING:
            opened.append(place)
        elif doc[place].text in _CLOSING and not opened:
            opened = [place]
            break
        elif doc[place].text in _CLOSING:
            opened.pop()
    if opened:
        end = opened[0]
    while start < end and doc[start].text in _LOOSE:
        start += 1
    while start < end and (doc[end - 1].text in _LOOSE - _CLOSING or doc[end - 1].lower_ in _DANGLING):
        end -= 1
    return replace(one, start=start, end=end)


def _known(doc: Doc) -> dict[tuple[int, int, Kind], tuple[str, str]]:
    """Give the concept of the vocabularies, and the finder's note, of each place; the rules' own choice comes first."""
    known: dict[tuple[int, int, Kind], tuple[str, str]] = {}
    for source in (TERMS, RULES):
        for one in candidates(doc, source):
            place = (one.start, one.end, one.kind)
            iri, note = known.get(place, ("", ""))
            known[place] = (one.iri or iri, one.note or note)
    return known
