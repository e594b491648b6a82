"""Each format prints what a cell holds and nothing else, whatever the cell holds; and other programs read it."""

import csv
import html
import io
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.tables import FORMATS, Cell, Choice, Document, Head, Item, Table, make_tables
from kg.tables.signs import latex_text
from kg.tables.text import to_text
from kg.text import printable
from tests.tables.graphs import HOSTILE, hostile_graph, two_papers

TITLES = [printable(text) for text in HOSTILE]


def document(*texts: str, value: str = "1") -> Document:
    """A table of texts, each beside a number."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(((Item(text),), (Item(value),)) for text in texts)
    heads = (Head("paper"), Head("value", is_numeric=True))
    return Document("Title", ("task",), heads, "paper", (Table("Board", ("grading",), rows),), ("A note.",))


def written(format_name: str, kind: str = "papers") -> str:
    return FORMATS[format_name](make_tables(hostile_graph(), kind, Choice())).decode()


def test_markdown_is_headings_and_tables() -> None:
    assert FORMATS["markdown"](document("A", "B")).decode() == (
        "# Title\n\n## Board\n\n| paper | value |\n| --- | ---: |\n| A | 1 |\n| B | 1 |\n\nA note.\n"
    )


@pytest.mark.parametrize("text", TITLES)
def test_markdown_prints_a_cell_as_it_is(text: str) -> None:
    tokens = MarkdownIt("js-default", {"html": True}).parse(FORMATS["markdown"](document(text)).decode())

    cells = [token for token in tokens if token.type == "inline"][4:6]
    assert [cell.content for cell in cells][1] == "1"
    parts = cells[0].children or []
    assert {part.type for part in parts} <= {"text", "text_special"}
    assert "".join(part.content for part in parts) == text


def test_markdown_links_stay_links() -> None:
    link = Item("a]b", href="https://doi.org/10.1/x(1)|2")
    made = Document("T", (), (Head("paper"),), "paper", (Table("", (), (((link,),),)),))

    assert "| [a\\]b](https://doi.org/10.1/x%281%29%7C2) |" in FORMATS["markdown"](made).decode()


def test_csv_is_one_header_and_a_line_a_row_with_what_the_table_says_of_all() -> None:
    assert FORMATS["csv"](document("A", "B, C")).decode() == 'task,paper,value\r\ngrading,A,1\r\ngrading,"B, C",1\r\n'


@pytest.mark.parametrize(
    ("text", "value"),
    [("=1+1", "-0.5"), ("+1", "+3.2"), ("-x", "-1,200.5"), ("@A1", "-1e-5"), ("\N{FULLWIDTH EQUALS SIGN}1", "1")],
)
def test_csv_marks_what_would_run_as_text_but_leaves_numbers(text: str, value: str) -> None:
    [_, row] = csv.reader(io.StringIO(FORMATS["csv"](document(text, value=value)).decode()))

    assert row == ["grading", f"'{text}", value]


def test_csv_marks_what_only_begins_like_a_number() -> None:
    [_, row] = csv.reader(io.StringIO(FORMATS["csv"](document("A", value="-1+A2")).decode()))

    assert row[2] == "'-1+A2"


@pytest.mark.parametrize("kind", ["papers", "results"])
def test_csv_of_hostile_names_holds_no_formula(kind: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", kind))))

    assert [row["paper"].removeprefix("'") for row in rows] == sorted(TITLES, key=str.casefold)
    risky = [text for row in rows for name, text in row.items() if name != "value" and text.startswith(tuple("=+-@"))]
    assert risky == []
    if kind == "results":
        assert {row["value"] for row in rows} == {"-0.5"}


def test_latex_is_a_whole_document_of_ascii() -> None:
    text = written("latex")

    assert text.isascii()
    assert text.count(r"\begin{document}") == text.count(r"\end{document}") == 1
    assert text.count(r"\begin{longtable}") == text.count(r"\end{longtable}") == 1
    rows = [line for line in text.splitlines() if line.endswith(r"\\[2pt]")]
    assert len(rows) == len(HOSTILE)
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {2}


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("50% of a_b & {c} #1 $x", r"50\% of a\_b \& \{c\} \#1 \$x"),
        (r"\end{document}", r"$\backslash$end\{document\}"),
        ("[2pt] *", "{[}2pt{]} {*}"),
        ("a--b ''c", "a-{}-b '{}'c"),
        ("± ≥ µ μ α → – ×", r"$\pm$ $\geq$ $\mu$ $\mu$ $\alpha$ $\rightarrow$ -- $\times$"),
        ("“x” ’ … x² H₂O −1", r"``x'' ' ... x$^{2}$ H$_{2}$O $-$1"),
        ("Žižek naïve e\u0301 Ångström Łąß", r"\v{Z}i\v{z}ek na\"{\i}ve \'{e} \r{A}ngstr\"{o}m \L{}a\ss{}"),
        ("\N{LATIN SMALL LIGATURE FI} ½ \N{MATHEMATICAL ITALIC SMALL X} 中", r"fi 1/2 x {[}U+4E2D{]}"),
    ],
)
def test_latex_spells(text: str, spelt: str) -> None:
    assert latex_text(text) == spelt


def test_latex_addresses_hold_nothing_but_the_address() -> None:
    link = Item("code", href="https://brook.org/~fern/a_b^c?d=1&e={f}#g%20h")
    made = Document("T", (), (Head("paper"),), "paper", (Table("", (), (((link,),),)),))

    assert (
        r"\href{https://brook.org/\~fern/a\_b\%5Ec?d=1\&e=\%7Bf\%7D\#g\%20h}{code}" in FORMATS["latex"](made).decode()
    )


@given(st.text())
def test_latex_of_any_text_is_ascii_with_its_braces_closed(text: str) -> None:
    spelt = re.sub(r"\\[{}]", "", latex_text(printable(text)))

    assert spelt.isascii()
    assert spelt.count("{") == spelt.count("}")
    assert spelt.replace(r"\$", "").count("$") % 2 == 0


@given(st.text())
def test_printable_text_is_one_line_of_what_can_be_printed(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert printable(text).isprintable()
    assert not any(unicodedata.category(char) == "Cf" for char in printable(text))


class _Tags(HTMLParser):
    """Collects the tags of a page with their attributes, and the texts of its cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_prints_hostile_names_and_makes_nothing_of_them() -> None:
    page = _Tags(written("html", "results"))

    assert not {"script", "img", "svg", "iframe", "link"} & {tag for tag, _ in page.tags}
    assert set(TITLES) <= set(page.texts)
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert len(links) == len(HOSTILE)
    assert all(link.startswith("https://doi.org/10.1/") for link in links)


def test_html_heads_say_what_they_head() -> None:
    page = _Tags(FORMATS["html"](make_tables(two_papers(), "leaderboard", Choice())).decode())
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]

    assert scopes.count("col") == 2 * 11
    assert scopes.count("row") == 10


def test_columns_that_hold_nothing_are_left_out_but_in_csv() -> None:
    choice = Choice(papers=("pond",), columns=("paper", "disease", "year"))
    made = make_tables(two_papers(), "papers", choice)

    assert "| paper | year |" in FORMATS["markdown"](made).decode()
    assert FORMATS["csv"](made).decode().startswith("paper,disease,year\r\n")


def test_text_is_a_grid_where_it_fits_with_sentences_below() -> None:
    choice = Choice(papers=("brook",), columns=("method", "value", "sentence"), where=(("status", "asserted"),))
    lines = FORMATS["text"](make_tables(two_papers(), "results", choice)).decode().splitlines()

    assert lines[:5] == ["6 results of 1 paper", "", "method    value", "--------  -----", "BrookNet  84.10"]
    assert lines[-1] == "    On RIVER-5, BrookNet reaches a Dice of 84.10 % and U-Net one of 80 %."
    assert len(lines) == 4 + 6 + 1


def test_text_of_sentences_alone_has_no_head() -> None:
    made = make_tables(two_papers(), "results", Choice(papers=("brook",), columns=("sentence",)))

    assert FORMATS["text"](made).decode().splitlines()[:3] == [
        "7 results of 1 paper",
        "",
        "    On RIVER-5, BrookNet reaches a Dice of 84.10 % and U-Net one of 80 %.",
    ]


def test_text_is_a_block_for_each_row_where_a_grid_would_be_longer() -> None:
    made = make_tables(two_papers(), "papers", Choice(papers=("brook",)))

    assert to_text(made, width=60).decode().splitlines()[2:6] == [
        "BrookNet finds gallstones in chest CT",
        "  year      2024",
        "  method    BrookNet",
        "  part      pebble attention",
    ]


@pytest.mark.parametrize("width", [1, 20, 60, 200])
def test_text_fits_the_width(width: int) -> None:
    text = to_text(make_tables(hostile_graph(), "results", Choice()), width=width).decode()

    assert max(map(len, text.splitlines())) <= max(width, 30)


def test_html_of_any_text_is_read_back() -> None:
    page = _Tags(FORMATS["html"](document(*TITLES)).decode())

    assert [text for text in page.texts if text in TITLES] == TITLES
    assert html.escape(TITLES[5]) in FORMATS["html"](document(*TITLES)).decode()
