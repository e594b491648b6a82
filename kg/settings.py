"""How texts shall be read: the choices a user has, as one value that travels between processes."""

from dataclasses import dataclass

from kg.records import Kind

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What reads a text, and what it keeps.

    Attributes:
        model: A folder written by ``kg train``, or the name or folder of a spaCy pipeline; None for the shipped model.
        labels: What a spaCy pipeline's entity labels mean; its other labels are left out.
        fast: Rules and vocabularies alone, no learned model.
        least: The confidence below which an entity is dropped; None for the one at which F1 was highest.
        vocabularies: Path and digest of each compiled vocabulary whose names are to be found too.
    """

    model: str | None = None
    labels: tuple[tuple[str, Kind], ...] = ()
    fast: bool = False
    least: float | None = None
    vocabularies: tuple[tuple[str, str], ...] = ()
