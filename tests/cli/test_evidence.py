"""Whether what a graph quotes stands in its papers' texts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.queries.quotes import Misquote, misquotes
from kg.rdf import RdfFormat, serialize
from kg.store import open_graph
from tests.cases import PAPER, ROOT, span
from tests.cli.test_why import PAPER_IRI, quads

_SAMPLE = ROOT / "exports" / "graph.ttl"


@pytest.fixture(scope="module")
def lines() -> bytes:
    return serialize(quads(), format=RdfFormat.N_QUADS) or b""


def check(path: Path, data: bytes) -> tuple[int, str]:
    path.write_bytes(data)
    done = CliRunner().invoke(cli, ["validate", "--evidence", str(path)])
    return done.exit_code, done.stdout


def test_the_sample_quotes_nothing_but_what_stands_in_its_texts() -> None:
    assert list(misquotes(open_graph(_SAMPLE))) == []


@pytest.mark.parametrize(
    ("written", "instead", "misquote"),
    [
        ('#exact> "MRI"', '#exact> "NMR"', Misquote(PAPER_IRI, *span("MRI"), "a mention", "NMR", "MRI")),
        ('#printed> "84.10"', '#printed> "84.1"', Misquote(PAPER_IRI, *span("84.10"), "a result", "84.1", "84.10")),
        ('not in MRI." ', 'nor in MRI." ', None),
    ],
    ids=["mention", "result", "sentence"],
)
def test_what_is_quoted_otherwise_is_found(
    tmp_path: Path, lines: bytes, written: str, instead: str, misquote: Misquote | None
) -> None:
    assert lines.count(written.encode()) == 1

    status, output = check(tmp_path / "graph.nq", lines.replace(written.encode(), instead.encode()))

    sentence = "It finds gallstones in chest CT, not in MRI."
    start, end = span(sentence)
    expected = misquote or Misquote(PAPER_IRI, start, end, "a sentence", sentence.replace("not", "nor"), sentence)
    assert (status, output) == (1, f"{expected}\n")


def test_a_text_that_changed_after_it_was_read_shows_everywhere(tmp_path: Path, lines: bytes) -> None:
    status, output = check(tmp_path / "graph.nq", lines.replace(b"BrookNet: Attention", b"BrookNetz: Attention", 1))

    assert status == 1
    assert f"{PAPER_IRI}: [0, {len(PAPER.text)}) from 8 the stored text says ': Attention" in output
    assert "a sentence says" in output
    assert "a mention says" in output


def test_offsets_that_lie_outside_the_text_quote_nothing(tmp_path: Path, lines: bytes) -> None:
    start, end = span("MRI")
    shifted = lines.replace(f'#end> "{end}"'.encode(), b'#end> "99999"').replace(
        f'#start> "{start}"'.encode(), b'#start> "9999"'
    )

    status, output = check(tmp_path / "graph.nq", shifted)

    assert status == 1
    assert f"{PAPER_IRI}: [9999, 99999) a mention says 'MRI'; there stands nothing\n" in output
