"""One node is validated for all that look the same to the shapes: what is found is what each one alone shows."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import parse

from kg.namespaces import KG, PREFIXES, SKOS, XSD
from kg.rdf import Literal, NamedNode, Quad, RdfFormat, Term
from kg.store.likeness import Surroundings
from kg.store.validation import Violation, validate

_VALID = list(parse((Path(__file__).parent / "valid.trig").read_text("utf-8"), format=RdfFormat.TRIG))
_BASE = "https://example.org/kg/id/"

_Fault = Callable[[Quad, Random], list[Quad]]

_VALUES: list[Term] = [
    *(Literal(text) for text in ("", "a", "\n", "a longer text", "2024-02-30", "accept", "score")),
    *(Literal(text, language="en") for text in ("", "a", "another label")),
    Literal("ein Wort", language="de"),
    *(Literal(digits, datatype=XSD.integer) for digits in ("-1", "0", "1", "7", "4000", "seven")),
    *(
        Literal(digits, datatype=XSD.decimal)
        for digits in ("-0.1", "0", "0.5", "1", "1.5", "100", "0.12345678901234567890")
    ),
    *(Literal(text, datatype=XSD.date) for text in ("2024-02-03", "2024-13-03")),
    Literal("2024", datatype=XSD.gYear),
    Literal("true", datatype=XSD.boolean),
    KG.Method,
    KG.asserted,
    SKOS.Concept,
    NamedNode("https://example.org/elsewhere"),
]


def _copied(quad: Quad, number: int) -> Quad:
    """The statement in a copy of the valid graph, whose nodes have names of their own."""

    def named(term: object) -> object:
        if not isinstance(term, NamedNode) or not term.value.startswith(_BASE) or "/scheme/" in term.value:
            return term
        return NamedNode(term.value.replace(_BASE, f"{_BASE}{number}/"))

    return Quad(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]


def _other_value(quad: Quad, random: Random) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, random.choice(_VALUES))]


def _one_more_value(quad: Quad, random: Random) -> list[Quad]:
    return [quad, *_other_value(quad, random)]


def _value_of_another(quad: Quad, random: Random) -> list[Quad]:
    return [quad, Quad(quad.subject, quad.predicate, random.choice(_VALID).object)]


def _value_of_its_own(quad: Quad, random: Random) -> list[Quad]:
    number = quad.subject.value.removeprefix(_BASE).split("/")[0] if isinstance(quad.subject, NamedNode) else ""
    other = _copied(random.choice(_VALID), int(number) if number.isdigit() else 0)
    return [quad, Quad(quad.subject, quad.predicate, other.subject)]


def _other_property(quad: Quad, random: Random) -> list[Quad]:
    return [Quad(quad.subject, random.choice(_VALID).predicate, quad.object)]


def _stray_property(quad: Quad, random: Random) -> list[Quad]:
    return [quad, Quad(quad.subject, random.choice(_VALID).predicate, random.choice(_VALUES))]


def _itself(quad: Quad, random: Random) -> list[Quad]:  # noqa: ARG001 - as the others
    return [Quad(quad.subject, quad.predicate, quad.subject)]


def _nothing(quad: Quad, random: Random) -> list[Quad]:  # noqa: ARG001 - as the others
    return []


_FAULTS: list[_Fault] = [
    _other_value,
    _one_more_value,
    _value_of_another,
    _value_of_its_own,
    _other_property,
    _stray_property,
    _itself,
    _nothing,
]


def faulty(seed: int, copies: int) -> list[Quad]:
    """Copies of the valid graph, most of them changed at one place or two; made again from the same seed."""
    random = Random(seed)
    quads: list[Quad] = []
    for number in range(copies):
        copy = [_copied(quad, number) for quad in _VALID]
        for _ in range(random.randrange(3)):
            place = random.randrange(len(copy))
            copy[place : place + 1] = random.choice(_FAULTS)(copy[place], random)
        quads += copy
    return quads


def _each_alone(quads: list[Quad], shapes: Path | None = None) -> list[Violation]:
    """What is found where no two nodes look the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Surroundings, "look_of", lambda _, node: node)
        patch.setattr(Surroundings, "sample_of", Surroundings.seen_from)
        return validate(quads, shapes)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_changed_the_same_is_found_as_of_each_node_alone(seed: int) -> None:
    quads = faulty(seed, 25)
    found = validate(quads)
    assert len({one.message for one in found}) > 10
    assert found == _each_alone(quads)


_SHAPES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{PREFIXES["kg"]}> . @prefix oa: <{PREFIXES["oa"]}> .
@prefix dcterms: <{PREFIXES["dcterms"]}> . @prefix skos: <{PREFIXES["skos"]}> . @prefix foaf: <{PREFIXES["foaf"]}> .
[] a sh:NodeShape ; sh:targetClass kg:Sentence ; CONSTRAINT .
"""


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("sh:pattern '2$'", []),
        ("sh:property [ sh:path oa:exact ; sh:pattern '^x' ]", ["xa", "ax", "xb"]),
        (
            "sh:property [ sh:path oa:exact ; sh:or ( [ sh:pattern '^x' ] [ sh:maxLength 1 ] ) ]",
            ["xab", "abx", "a", "b"],
        ),
        (
            "sh:property [ sh:path oa:exact ; sh:minLength 3 ; sh:maxLength 4 ]",
            ["ab", "abc", "abcd", "abcde", "a\nb", "é"],
        ),
        ("sh:property [ sh:path oa:exact ; sh:minInclusive 'm' ]", ["aaa", "zzz"]),
        ("sh:property [ sh:path oa:exact ; sh:hasValue 'one' ]", ["one", "two"]),
        ("sh:property [ sh:path oa:exact ; sh:equals oa:prefix ]", ["the same", "another"]),
        ("sh:property [ sh:path oa:exact ; sh:lessThan oa:prefix ]", ["the same", "another", "zebra"]),
        ("sh:property [ sh:path oa:hasSource ; sh:pattern '/2/' ]", []),
        ("sh:property [ sh:path [ sh:inversePath kg:inSentence ] ; sh:pattern '/2/' ]", []),
        ("sh:property [ sh:path [ sh:inversePath kg:inSentence ] ; sh:maxCount 1 ]", []),
        ("sh:property [ sh:path oa:start ; sh:maxExclusive 5 ; sh:lessThan oa:end ]", []),
    ],
)
def test_what_any_shape_looks_at_tells_nodes_apart(constraint: str, values: list[str], tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(_SHAPES.replace("CONSTRAINT", constraint))
    quads = [_copied(quad, number) for number in range(4) for quad in _VALID]
    sentences = sorted({one.subject for one in quads if one.object == KG.Sentence}, key=str)
    exact = NamedNode(f"{PREFIXES['oa']}exact")
    if values:
        quads = [one for one in quads if not (one.subject in sentences and one.predicate == exact)]
        quads += [Quad(node, exact, Literal(values[at % len(values)])) for at, node in enumerate(sentences)]
        quads += [Quad(node, NamedNode(f"{PREFIXES['oa']}prefix"), Literal("the same")) for node in sentences]
    found = _places(validate(quads, shapes))
    assert found
    assert found == _places(_each_alone(quads, shapes))


def _places(violations: list[Violation]) -> set[tuple[str, str, str]]:
    return {(one.focus, one.path, one.value) for one in violations}
