"""Shapes that look further than one step, or in other ways than ours: what the engine finds in the whole is found."""

from pathlib import Path

import pytest
from pyrudof import RDFFormat, ReaderMode, Rudof, RudofConfig

from kg.rdf import RdfFormat, parse, serialize
from kg.store.validation import Validator

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:S a sh:NodeShape .
e:N sh:property [ sh:path e:q ; sh:maxCount 0 ] .
"""


@pytest.mark.parametrize(
    ("shapes", "data"),
    [
        (
            "e:S sh:targetClass e:C ; sh:property [ sh:path e:n ; sh:maxInclusive .5 ] .",
            [f"<e:a{at}> {told} ." for at in (1, 2) for told in ("a <e:C>", f"<e:n> {(0.1, 7.7)[at - 1]}")],
        ),
        (
            "e:S sh:targetObjectsOf e:q ; sh:property [ sh:path e:p ; sh:minCount 1 ] .",
            ["<e:a> <e:r> 1 .", "<e:b> <e:r> 1 .", "<e:x> <e:q> <e:b> ."],
        ),
        (
            "e:S sh:targetNode e:none ; sh:property [ sh:path e:p ; sh:minCount 1 ] .",
            ["<e:a> <e:r> 1 ."],
        ),
        (
            "e:C a sh:NodeShape, rdfs:Class ; sh:pattern 'a$' .",
            ["<e:a> a <e:C> .", "<e:b> a <e:C> ."],
        ),
        (
            "e:S sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:node e:N ] .",
            ["<e:a> a <e:C> ; <e:p> <e:b> .", "<e:b> <e:q> 1 ."],
        ),
        (
            "e:S sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:maxCount 0 ] .",
            ["<e:D> rdfs:subClassOf <e:C> .", "<e:a> a <e:D> ; <e:p> 1 ."],
        ),
    ],
)
def test_what_the_engine_finds_in_the_whole_is_found(shapes: str, data: list[str], tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(HEAD + shapes, "utf-8")
    rudof = Rudof(RudofConfig())
    turtle = (HEAD + "\n".join(data)).replace("<e:", "<http://e.org/")
    rudof.read_data(turtle, RDFFormat.Turtle, reader_mode=ReaderMode.Strict)
    rudof.read_shacl(HEAD + shapes)
    expected = {one.focus_node for one in rudof.validate_shacl().violations}

    assert expected
    assert {one.focus for one in Validator(file).violations(_lines(turtle))} == expected


def _lines(turtle: str) -> list[str]:
    triples = (quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE))
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().splitlines()
