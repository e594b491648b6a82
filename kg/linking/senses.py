"""Concepts that no vocabulary knows: one for each name, several where one acronym has several long forms."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from kg.linking.named import Named
from kg.records import Entity
from kg.text import is_acronym, normal_form, slug

__all__ = ["local_name", "senses"]

_SAME_LONG_FORM = 0.5


def local_name(form: str) -> str:
    """The slug of a normal form, told apart by a hash where it loses more than the spaces ("c++")."""
    name = slug(form)
    if name == "-".join(form.replace("+", " plus ").split()):
        return name
    return f"{name}-{sha256(form.encode()).hexdigest()[:8]}".lstrip("-")


def senses(iri: str, group: list[Named]) -> Iterator[tuple[str, list[Named]]]:
    """Split the users of one acronym by its long forms, where there are several."""
    by_form: dict[str, list[Named]] = defaultdict(list)
    for named in group:
        by_form[_long_form(named.entity)].append(named)
    clusters = _clusters(sorted(form for form in by_form if form))
    if len(clusters) < 2:  # noqa: PLR2004 - one sense
        yield iri, group
        return
    if by_form[""]:
        yield iri, by_form[""]
    for cluster in clusters:
        yield f"{iri}--{slug(cluster[0])}", [named for form in cluster for named in by_form[form]]


def _long_form(entity: Entity) -> str:
    if not is_acronym(entity.name):
        return ""
    forms = [normal_form(one) for one in entity.surfaces if not is_acronym(one) and " " in one.strip()]
    return max(forms, key=lambda form: (len(form), form), default="")


def _clusters(forms: list[str]) -> list[list[str]]:
    """Put long forms together that share half of their words with the first of their cluster."""
    clusters: list[list[str]] = []
    for form in forms:
        words = set(form.split())
        for cluster in clusters:
            first = set(cluster[0].split())
            if len(words & first) >= _SAME_LONG_FORM * len(words | first):
                cluster.append(form)
                break
        else:
            clusters.append([form])
    return clusters
