"""How the IRIs of a graph are printed for people."""

from kg.namespaces import DATA_IRI, PREFIXES

__all__ = ["short_iri"]


def short_iri(iri: str) -> str:
    """Shorten an IRI by the known prefixes, and one of our data to what stands behind the base.

    >>> short_iri("https://example.org/kg/ns#partOf"), short_iri("https://example.org/kg/id/method/u-net")
    ('kg:partOf', 'method/u-net')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri.removeprefix(DATA_IRI)
