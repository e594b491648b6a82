"""Which graphs a request lets a query or an update see."""

from dataclasses import dataclass

__all__ = ["Scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs that a request names (https://www.w3.org/TR/sparql11-protocol/#dataset).

    Attributes:
        default: IRIs of the graphs whose union is the default graph.
        named: IRIs of the graphs that ``GRAPH`` sees.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
