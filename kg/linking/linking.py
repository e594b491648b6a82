"""Which names are one concept, in a paper and across papers, and where it stands in the vocabularies.

Every name has an IRI of its own. Rules and people say which other name or concept of a vocabulary it is, each in a row
of the ledger; where rows contradict each other, people win, then the surer rule. What is joined is one node.
"""

from collections.abc import Iterable, Sequence

from kg.concepts import Linking
from kg.ledger import Decision, Match
from kg.linking.beside import joins_within_papers
from kg.linking.checking import check_decisions
from kg.linking.grounding import Grounding, ground
from kg.linking.joining import groundings, joins
from kg.linking.making import concepts_of
from kg.linking.names import Name, Names, names_of
from kg.linking.nodes import join
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
    check_decisions(decisions, names.by_iri, vocabulary)
    terms = _terms(names, vocabulary)
    all_names = names.by_iri.values()
    links = [*groundings(all_names, terms), *joins(all_names, terms), *joins_within_papers(all_names, terms)]
    nodes = join(names.by_iri, links, decisions, vocabulary.terms)
    groups = grouped(names.by_iri, nodes.node_of, vocabulary)
    decided = [one.row for one in decisions if one.row.match is Match.BROAD]
    over, broader = place(groups, decided)
    iris = {used: nodes.node_of[name] for used, name in names.used.items()}
    rows = tuple(sorted({*nodes.rows, *decided, *broader}))
    return Linking(concepts_of(groups, over), iris, names.used, nodes.node_of, rows)


def _terms(names: Names, vocabulary: Vocabulary) -> dict[str, Grounding]:
    found = {iri: _ground(name, vocabulary) for iri, name in names.by_iri.items()}
    return {iri: one for iri, one in found.items() if one is not None}


def _ground(name: Name, vocabulary: Vocabulary) -> Grounding | None:
    """What most papers that use a name mean by it, then the surest; a name stands for one concept at most."""
    votes: dict[str, list[Grounding]] = {}
    seen: dict[tuple[object, ...], Grounding | None] = {}
    for named in name.users:
        entity = named.entity
        key = entity.name, entity.surfaces, named.long_forms
        if key not in seen:
            seen[key] = ground(entity, vocabulary, dict(named.long_forms))
        found = seen[key]
        if found is not None:
            votes.setdefault(found.term.iri, []).append(found)
    if not votes:
        return None
    best = min(votes, key=lambda iri: (-len(votes[iri]), -max(one.score for one in votes[iri]), iri))
    return max(votes[best], key=lambda one: (one.score, one.step))
