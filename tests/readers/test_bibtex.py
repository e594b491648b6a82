"""BibTeX as it comes from Zotero, JabRef and Google Scholar, with what is odd about it."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers
from kg.readers.latex import text_of_latex
from kg.records import Author, Links, Paper

DATA = Path(__file__).parent / "data"


def bib(tmp_path: Path, text: str) -> str:
    path = tmp_path / "library.bib"
    path.write_text(text, "utf-8")
    return str(path)


def read(tmp_path: Path, text: str) -> list[Paper]:
    return list(read_papers([bib(tmp_path, text)]))


def test_an_entry_with_all_that_bibtex_knows() -> None:
    first = next(read_papers([str(DATA / "zotero.bib")]))

    assert first == Paper(
        id="10.5555/a_b",
        title="MRI of Östlund's stones: a Brook",
        abstract=(
            "We find that 50% of stones at 3 T are seen; p < 0.05. The Dice of BrookNet is 0.84 ± 0.02, up 2% @ rest."
        ),
        authors=(
            *map(Author, ("Ada Weir", "Bo van der Ford", "Cy Mill Jr", "The Stone Group", "Ludwig van Beek")),
            Author("Jörg Müller"),
        ),
        authors_complete=False,
        date="2024-03-09",
        categories=("stones", "rivers"),
        doi="10.5555/a_b",
        links=Links(other=("https://example.org/stones_and_rivers?a=1&b=2",)),
        licence="CC-BY-4.0",
    )


def test_identifiers_are_found_where_each_program_puts_them() -> None:
    papers = {paper.title: paper for paper in read_papers([str(DATA / "zotero.bib")])}

    assert papers["BrookNet: A Preprint"].arxiv == "2301.00001v2"
    assert papers["BrookNet: A Preprint"].date == "2023-05"
    assert papers["Sand"].pmid == "12345678"
    assert papers["Gravel"].arxiv == "2302.00002"


def test_a_date_is_inherited_from_an_entry_below() -> None:
    papers = {paper.title: paper for paper in read_papers([str(DATA / "zotero.bib")])}

    assert papers["Pebbles in CT"].date == "2021-09"
    assert "Rivers of 2021" not in papers


def test_entries_may_share_a_key_and_are_two_papers(tmp_path: Path) -> None:
    papers = read(tmp_path, "@misc{a, title={One}}\n@misc{a, title={Two}}\n@misc{, title={Three}}")

    assert [paper.title for paper in papers] == ["One", "Two", "Three"]


def test_an_entry_that_is_never_closed_costs_no_other(tmp_path: Path) -> None:
    text = "@misc{a, title={One}}\n@misc{b,\n  title={Two\n@misc{c, title={Three}}\n@misc{d, title={Four"
    bad: list[InputError] = []
    path = bib(tmp_path, text)

    assert [paper.title for paper in read_papers([path], on_bad=bad.append)] == ["One", "Three"]
    assert [error.place for error in bad] == [f"{path}:2", f"{path}:5"]


def test_several_entries_and_words_may_stand_on_a_line(tmp_path: Path) -> None:
    papers = read(tmp_path, "see @misc{a, title={One}} @misc{b, title={Two}} or\n  @MISC (c, title = {Three})")

    assert [paper.title for paper in papers] == ["One", "Two", "Three"]


def test_an_entry_without_a_title_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no title") as caught:
        read(tmp_path, "\n\n@misc{a, year={2020}}")

    assert caught.value.place.endswith(":3")


def test_a_file_says_its_encoding_as_jabref_does(tmp_path: Path) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("% Encoding: Cp1252\n\n@misc{a, title={Gefäße}}\n".encode("cp1252"))

    assert [paper.title for paper in read_papers([str(path)])] == ["Gefäße"]


@pytest.mark.parametrize("stated", ["rot13", "hex", "zlib", "undefined", "UTF-16", "nonsense"])
def test_an_encoding_that_no_file_of_bibtex_has_is_not_believed(stated: str, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(f"% Encoding: {stated}\n@article{{a, title={{Stones}}, year=2024}}\n")

    (paper,) = read_papers([str(tmp_path / "a.bib")])

    assert paper.title == "Stones"


def test_a_line_in_another_encoding_costs_the_whole_entry_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "mixed.bib"
    path.write_bytes(
        b"@misc{a, title={One}}\n" + "@misc{ä,\n title={Two}}\n@misc{c,\n title={Größe}}\n".encode("latin-1")
        + b"@misc{d, title={Four}}\n"
    )  # fmt: skip
    bad: list[InputError] = []

    assert [paper.title for paper in read_papers([str(path)], on_bad=bad.append)] == ["One", "Four"]
    assert [error.place for error in bad] == [f"{path}:2", f"{path}:5"]


def test_ten_thousand_authors_are_read_in_order(tmp_path: Path) -> None:
    names = " and ".join(f"Weir{number}, Ada" for number in range(10_000))

    (paper,) = read(tmp_path, f"@misc{{a, title={{One}}, author={{{names}}}}}")

    assert len(paper.authors) == 10_000
    assert paper.authors[-1].name == "Ada Weir9999"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\O}stergaard, \L{}ukasz, {\v S}, Na{\"\i}ve, {\ss}", "Østergaard, Łukasz, Š, Naïve, ß"),
        (r"50\% of 20% \& 3 & #1 \_ x_y", "50% of 20% & 3 & #1 _ x_y"),
        (r"costs $5", "costs $5"),
        (r"at $p<0.05$, $\alpha = 10^{-3}$", "at p<0.05, α = 10⁻³"),
        (r"H$_2$O, $^{\textrm{18}}$F, CO\textsubscript{2}, \textsuperscript{18}F", "H2O, ¹⁸F, CO2, ¹⁸F"),
        (r"$\mathrm{R}^2$, $x_{ij}$, $p^n$, a_b^c", "R², xij, pn, a_b^c"),
        (r"an \mbox{U-Net}", "an U-Net"),
        (r"a \textit{b} \emph{\textbf{c}} \unknown{d}", "a b c d"),
        (
            r"see \url{https://x.org/a_b%20c} or \href{https://x.org}{here} \cite{k}",
            "see https://x.org/a_b%20c or here",
        ),
        (r"\textless 5, {\textgreater}6", "<5, >6"),
        ("{never {closed", "never closed"),
        ("closed} twice}", "closed twice"),
        ("``a'' -- b~c", "“a” – b c"),
        ("a\\", "a"),
    ],
)
def test_latex_becomes_what_is_seen(latex: str, text: str) -> None:
    assert text_of_latex(latex) == text


def test_broken_latex_is_read_in_silence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (paper,) = read(tmp_path, r"@misc{a, title={One $x and \frac}, abstract={" + r"\frac{" * 2_000 + "}" * 2_000 + "}}")

    assert paper.title.startswith("One $x and")
    assert capfd.readouterr().err == ""
