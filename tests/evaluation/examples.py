"""Short ways to write records, and one pair of them small enough to count by hand."""

from kg.records import Annotation, Entity, Kind, Links, Predicate, Result, ResultKind, Role

__all__ = ["GOLD", "PREDICTED", "TEXT", "entity", "paper"]

TEXT = (
    "MossNet: Finding Kidney Cysts in Renal CT\n"
    "We propose MossNet, a U-Net with a fern gate, to find kidney cysts. On GLADE-9 it reaches a Dice of 81.5%, "
    "4.0% above U-Net. Code: https://github.com/moss/net and data: https://moss.example/glade."
)


def entity(kind: Kind, name: str, role: Role, *surfaces: str) -> Entity:
    return Entity(kind, name, surfaces or (name,), role)


def paper(*entities: Entity, name: str = "moss") -> Annotation:
    return Annotation(name, entities)


GOLD = Annotation(
    "moss",
    entities=(
        entity(Kind.METHOD, "MossNet", Role.PROPOSED),
        entity(Kind.METHOD, "U-Net", Role.USED),
        entity(Kind.METHOD, "fern gate", Role.PROPOSED),
        entity(Kind.DATASET, "GLADE-9", Role.USED),
        entity(Kind.MODALITY, "renal CT", Role.STUDIED, "Renal CT"),
        entity(Kind.DISEASE, "kidney cyst", Role.STUDIED, "Kidney Cysts", "kidney cysts"),
        entity(Kind.METRIC, "Dice", Role.REPORTED),
    ),
    relations=(
        ("fern gate", Predicate.PART_OF, "MossNet"),
        ("MossNet", Predicate.BASED_ON, "U-Net"),
        ("MossNet", Predicate.TARGETS, "kidney cyst"),
    ),
    results=(
        Result("MossNet", "Dice", 81.5, "%", "GLADE-9"),
        Result("MossNet", "Dice", 4.0, "%", None, kind=ResultKind.GAIN),
    ),
    links=Links(code=("https://github.com/moss/net",), data=("https://moss.example/glade",)),
)

PREDICTED = Annotation(
    "moss",
    entities=(
        entity(Kind.METHOD, "MossNet", Role.PROPOSED),
        entity(Kind.METHOD, "U-Nets", Role.COMPARED, "U-Net"),
        entity(Kind.METHOD, "GLADE-9", Role.USED),
        entity(Kind.MODALITY, "CT", Role.STUDIED),
        entity(Kind.DISEASE, "kidney cysts", Role.STUDIED, "kidney cysts", "cysts", "cystitis"),
        entity(Kind.METRIC, "Dice", Role.REPORTED),
    ),
    relations=(
        ("MossNet", Predicate.BASED_ON, "U-Nets"),
        ("MossNet", Predicate.TARGETS, "kidney cysts"),
        ("MossNet", Predicate.APPLIED_TO, "CT"),
        ("MossNet", Predicate.COMPARED_WITH, "U-Nets"),
    ),
    results=(
        Result("MossNet", "Dice", 4.0, "%", None, kind=ResultKind.GAIN),
        Result("U-Nets", "dice", 81.5, "%", "GLADE-9"),
        Result("MossNet", "accuracy", 81.5, "%", "GLADE-9"),
    ),
    links=Links(code=("https://github.com/moss/net",), other=("https://moss.example/glade",)),
)
