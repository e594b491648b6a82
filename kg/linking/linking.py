"""Which names are one concept, in a paper and across papers, and where it stands in the vocabularies.

A name that a vocabulary knows is the vocabulary's concept; any other is a concept of its own, made of its kind
and normal form, so that its IRI does not depend on what other papers say. One acronym with two long forms is
two concepts.
"""

from collections import defaultdict
from collections.abc import Iterable

from kg.concepts import Linking
from kg.linking.grounding import ground
from kg.linking.making import concepts_of
from kg.linking.named import Named
from kg.linking.readings import long_forms_of
from kg.linking.senses import local_name, senses
from kg.namespaces import DATA_IRI
from kg.records import Annotation, Kind
from kg.text import normal_form
from kg.vocabulary import Vocabulary

__all__ = ["link"]


def link(annotations: Iterable[Annotation], vocabulary: Vocabulary, base_iri: str = DATA_IRI) -> Linking:
    """Link every entity of all annotations; the order they come in does not matter."""
    iris: dict[tuple[str, str], str] = {}
    members: dict[str, list[Named]] = defaultdict(list)
    unknown: dict[tuple[Kind, str], list[Named]] = defaultdict(list)
    for annotation in annotations:
        long_forms = long_forms_of(annotation.entities)
        for entity in annotation.entities:
            named = Named(annotation.id, entity)
            found = ground(entity, vocabulary, long_forms)
            if found is None:
                unknown[entity.type, normal_form(entity.name)].append(named)
            else:
                members[found.term.iri].append(named)
    for (kind, form), group in unknown.items():
        for iri, some in senses(f"{base_iri}{kind.value.lower()}/{local_name(form)}", group):
            members[iri] += some
    for iri, group in members.items():
        iris |= {(named.paper_id, named.entity.name): iri for named in group}
    return Linking(concepts_of(members, vocabulary), iris)
