"""Which names are one concept, in a paper and across papers, and where it stands in the vocabularies.

Every name has an IRI of its own. Rules and people say which other name or concept of a vocabulary it is, each in a row
of the ledger; where rows contradict each other, people win, then the surer rule. What is joined is one node.
"""

from collections.abc import Iterable, Sequence

from kg.concepts import Linking
from kg.ledger import Decision, Match
from kg.linking.checking import check_decisions
from kg.linking.grounding import Grounding, agreed, ground_use
from kg.linking.joining import join_names
from kg.linking.making import concepts_of
from kg.linking.names import Name, names_of
from kg.linking.placing import grouped, place
from kg.namespaces import DATA_IRI
from kg.records import Annotation
from kg.vocabulary import Vocabulary

__all__ = ["link"]


def link(
    annotations: Iterable[Annotation],
    vocabulary: Vocabulary,
    base_iri: str = DATA_IRI,
    decisions: Sequence[Decision] = (),
) -> Linking:
    """Link every entity of all annotations; the order they come in does not matter.

    Raises:
        InputError: A decision is about something unknown, or contradicts others.
    """
    names = names_of(annotations, base_iri)
    check_decisions(decisions, lambda iri: names.by_iri[iri].kind if iri in names.by_iri else None, vocabulary)
    terms = _terms(names.by_iri.values(), vocabulary)
    nodes = join_names(names.by_iri, terms, vocabulary, decisions)
    groups = grouped(names.by_iri, nodes.node_of, vocabulary)
    decided = [one.row for one in decisions if one.row.match is Match.BROAD]
    over, broader = place(groups, decided)
    iris = {used: nodes.node_of[name] for used, name in names.used.items()}
    rows = tuple(sorted({*nodes.rows, *decided, *broader}))
    return Linking(concepts_of(groups, over), iris, names.used, nodes.node_of, rows)


def _terms(names: Iterable[Name], vocabulary: Vocabulary) -> dict[str, Grounding]:
    found = {}
    for name in names:
        meant = [(ground_use(name.kind, use, vocabulary), count) for use, count in name.uses.items()]
        grounding = agreed((one, count) for one, count in meant if one is not None)
        if grounding is not None:
            found[name.iri] = grounding
    return found
