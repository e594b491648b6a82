"""What a user means by an IRI or a name: the concepts, papers and authors of a graph, and the properties of claims."""

import re

from kg.errors import UnknownNameError, UsageError
from kg.mapping import CLAIM_PROPERTIES
from kg.namespaces import DATA_IRI, KG, NS_IRI, PREFIXES
from kg.queries.labels import close_labels, look_up, search
from kg.rdf import NamedNode
from kg.records import Kind
from kg.store import Graph

__all__ = ["find_node", "find_nodes", "find_property", "is_known"]

_IRI = re.compile(r"<([^<>\s]+)>|((?:https?|urn):\S+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_CLASSES = {kind.value.lower(): KG[kind.value].value for kind in Kind} | {
    "paper": KG.Paper.value,
    "author": KG.Author.value,
}
_PROPERTIES = {one.value.removeprefix(NS_IRI): one for one in (*CLAIM_PROPERTIES, KG.reportsResult)}

_TOLD = ("SELECT ?node { ?node ?property ?value } LIMIT 1", "SELECT ?node { ?subject ?property ?node } LIMIT 1")


def find_node(graph: Graph, value: str, *, variable: str = "") -> NamedNode:
    """Find what a user means by an IRI or a name: a concept, a paper or an author of the graph.

    Args:
        graph: Where to look.
        value: An IRI, with ``<>`` or without, such as ``kg:uses`` too, or a label as people write it.
        variable: What it shall be bound to; one named like a kind (``disease``) asks for that kind.

    Raises:
        UsageError: No node has that name, or several have it.
    """
    nodes = find_nodes(graph, value, variable=variable)
    if len(nodes) > 1:
        iris = ", ".join(node.value for node in nodes)
        raise UsageError(f"{value!r} names {len(nodes)} nodes; give one of their IRIs: {iris}")
    return nodes[0]


def find_nodes(graph: Graph, value: str, *, variable: str = "") -> list[NamedNode]:
    """Find all that a user may mean by an IRI or a name, in order of IRI; see `find_node`.

    An IRI may be cut as tables cut it: ``method/u-net`` stands under `DATA_IRI`. Where a node bears the name as it is
    written, or has an IRI made of it, others of the same normal form are not looked for.

    Raises:
        UsageError: No node has that name.
    """
    if (iri := _as_iri(value)) is not None:
        return [iri]
    asked = _CLASSES.get(variable)
    rows = look_up(graph, value)
    if not rows and (cut := _cut_iri(graph, value)):
        return [cut]
    if not rows or (asked and not any(asked in row.types for row in rows)):
        rows = search(graph, value) or rows
    for narrower in ([row for row in rows if asked in row.types], [row for row in rows if row.preferred]):
        rows = narrower or rows
    if not rows:
        close = ", or ".join(close_labels(graph, value))
        hint = f"did you mean {close}? " if close else ""
        raise UsageError(f"nothing in the graph is named {value!r}; {hint}give another name, or an IRI")
    return [NamedNode(node) for node in sorted({row.node for row in rows})]


def find_property(value: str) -> NamedNode:
    """Find the property that a user means: by IRI, or one that claims are made with by its name.

    >>> find_property("part of") == find_property("kg:partOf") == KG.partOf
    True

    Raises:
        UnknownNameError: No claims are made with one of that name.
        UsageError: It is written like an IRI, and is none.
    """
    squeezed = {_squeezed(name): one for name, one in _PROPERTIES.items()}
    found = _as_iri(value) or squeezed.get(_squeezed(value))
    if found is None:
        raise UnknownNameError("predicate", value, _PROPERTIES)
    return found


def is_known(graph: Graph, node: NamedNode) -> bool:
    """Tell whether a graph says anything of a node, or with it."""
    return any(graph.select(query, {"node": node}) for query in _TOLD)


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _as_iri(value: str) -> NamedNode | None:
    """Read an IRI, whole, with a known prefix, or relative in ``<>`` as in a query; None where it is a name."""
    prefix, colon, name = value.partition(":")
    if colon and prefix in PREFIXES:
        value = PREFIXES[prefix] + name
    match = _IRI.fullmatch(value)
    if match is None:
        return None
    iri = match[1] or match[2]
    try:
        return NamedNode(iri if _SCHEME.match(iri) else DATA_IRI + iri)
    except ValueError as error:
        raise UsageError(f"{value!r} is no IRI ({error}); give a whole IRI, or a name") from error


def _cut_iri(graph: Graph, value: str) -> NamedNode | None:
    """The IRI that a table has cut to this, where the graph tells something of it."""
    try:
        node = NamedNode(DATA_IRI + value)
    except ValueError:
        return None
    return node if is_known(graph, node) else None
