"""The explorer: what is in the page, and what a browser makes of it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Download, Page

from benchmarks.graphs import invented_graph
from kg.exporters.explorer import Published, render_explorer
from kg.exporters.explorer.bundle import bundle
from kg.rdf import parse_file
from kg.store import Graph
from tests.browser import another_browser
from tests.exporters.graphs import EMPTY, RIB_FRACTURES, TWO_PAPERS, hostile_graph, stored_graph

VIEWS: Final = ("overview", "graph", "table", "compare", "results")
QUESTION: Final = "which methods target rib fracture"


class _Pages:
    """Opens pages from disk and hears of everything that goes wrong in them."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self.noise: list[str] = []

    def __call__(
        self,
        graph: Graph | str,
        view: str = "",
        *,
        title: str = "Ribs",
        max_nodes: int = 1000,
        width: int = 1280,
        scheme: str = "light",
    ) -> Page:
        path = self._folder / "graph.html"
        stored = stored_graph(graph) if isinstance(graph, str) else graph
        path.write_bytes(render_explorer(stored, title=title, max_nodes=max_nodes))
        return self.at(f"{path.as_uri()}#{view}", width=width, scheme=scheme)

    def at(self, address: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": 800},
            offline=True,
            reduced_motion="reduce",
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        path = address.partition("#")[0]
        local = (path, "blob:", "data:")
        page.on("request", lambda one: None if one.url.startswith(local) else self.noise.append(one.url))
        page.on("console", lambda message: self.noise.append(message.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("dialog", lambda dialog: self.noise.append(f"dialog {dialog.message}"))
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        return page


@pytest.fixture
def opens(browser: Browser, tmp_path: Path) -> Iterator[_Pages]:
    """Open graphs; in the end nothing may have been fetched, and nothing gone wrong."""
    pages = _Pages(browser, tmp_path)
    yield pages
    for context in browser.contexts:
        context.close()
    assert pages.noise == []


def _ask(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def _saved(page: Page, act: Callable[[], None]) -> bytes:
    with page.expect_download() as download:
        act()
    found: Download = download.value
    return Path(found.path()).read_bytes()


def _exported(page: Page, choice: str) -> bytes:
    page.get_by_role("button", name="Export", exact=True).click()
    return _saved(page, page.get_by_role("menuitem", name=choice).click)


# --- What is in the file ---


def test_page_names_its_title_language_and_a_policy_that_lets_nothing_in() -> None:
    page = render_explorer(stored_graph(TWO_PAPERS), title="Lungs & lobes").decode()

    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Lungs &amp; lobes</title>" in page
    assert 'name="viewport"' in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert not re.search("unsafe|https?:|connect-src", policy[1])


def test_page_names_no_file_that_a_browser_would_fetch() -> None:
    page = render_explorer(stored_graph(TWO_PAPERS)).decode()

    assert re.findall(r"<(?:link|img|iframe|script[^>]*\ssrc)|@import|url\(", page) == []


def test_script_makes_elements_and_never_parses_them() -> None:
    script = render_explorer(stored_graph(EMPTY)).decode().partition('<script type="module">')[2]

    assert re.findall(r"innerHTML|insertAdjacent|document\.write|\beval\(|new Function|XMLHttp", script) == []
    assert script.count("outerHTML") == 1  # read once, to save the page
    assert script.count("fetch(") == 1  # where a server shows the page; from disk the policy lets nothing in


def test_no_two_modules_name_a_thing_alike_so_that_they_can_be_joined() -> None:
    script = render_explorer(stored_graph(EMPTY)).decode().partition('<script type="module">')[2]
    names = re.findall(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", script, re.MULTILINE)

    assert len(names) > 200
    assert sorted(names) == sorted(set(names))
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)


def test_page_is_the_same_whatever_the_order_of_the_graph() -> None:
    assert len({render_explorer(stored_graph(RIB_FRACTURES, seed)) for seed in range(4)}) == 1


@pytest.mark.parametrize("environment", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C"}])
def test_page_is_the_same_in_another_process(environment: dict[str, str]) -> None:
    code = (
        "import sys; from benchmarks.graphs import invented_graph; from kg.exporters.explorer import render_explorer;"
        "sys.stdout.buffer.write(render_explorer(invented_graph(150)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, **environment}
    )

    assert run.stdout == render_explorer(invented_graph(150))


# --- What a reader finds ---


def test_reader_first_sees_what_is_in_the_graph(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES)

    text = page.locator("#overview").inner_text()
    assert page.locator("#graph").is_hidden()
    assert page.locator(".tile").all_inner_texts() == [
        f"{count}\n{name}"
        for count, name in (
            (2, "Papers"),
            (2, "Methods"),
            (1, "Dataset"),
            (2, "Modalities"),
            (2, "Diseases"),
            (1, "Metric"),
        )
    ]
    assert "Which methods target rib fracture?" in text
    assert "recall on CAGE-12, higher is better" in text
    assert page.locator(".chart button").first.get_attribute("aria-label") == "2021: 1 paper. Show them."


def test_keyboard_alone_answers_a_question_reads_the_evidence_and_copies_a_link_to_it(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES)
    keys = page.keyboard

    _ask(page, QUESTION)
    wanted = page.locator("#panel .wanted")
    assert wanted.locator("h3").inner_text().split() == ["targeted", "by", "methods", "2"]
    assert wanted.locator(".node").all_inner_texts() == ["RibNet", "CostaNet"]
    for _ in range(2):  # the method, its sentence
        keys.press("Tab")
    keys.press("Enter")
    assert wanted.locator("blockquote p").inner_text() == "RibNet 😀 marks rib fractures in every slice."
    assert wanted.locator("mark").all_inner_texts() == ["RibNet", "rib fractures"]
    while page.evaluate("document.activeElement.textContent") != "Copy link":
        keys.press("Shift+Tab")
    keys.press("Enter")
    keys.press("/")
    keys.press("Control+V")
    link = page.locator("#search").input_value()

    again = opens.at(link)
    assert again.locator("#panel h2").inner_text() == "rib fracture"
    assert again.locator("#panel .wanted blockquote p").inner_text().startswith("RibNet 😀")
    assert again.evaluate("document.activeElement.dataset.claim") is not None
    assert again.url.partition("&camera")[0] == page.url.partition("&camera")[0]


def test_search_knows_aliases_counts_and_says_when_nothing_is_found(opens: _Pages) -> None:
    page = opens(TWO_PAPERS)

    page.keyboard.press("/")
    page.keyboard.type("lobe networ")
    assert page.locator("#found li").first.inner_text().split() == ["LobeNet", "Method"]
    assert page.locator("#found-count").inner_text() == "1 found"
    page.locator("#search").fill("no such thing")
    assert page.locator("#found li").all_inner_texts() == ["Nothing has a name like that."]


def test_details_name_facts_claims_results_and_what_is_denied(opens: _Pages) -> None:
    page = opens(TWO_PAPERS)

    _ask(page, "lobenet: a small")
    text = page.locator("#panel").inner_text()
    assert "Bo Zimmer, Ada Lund, Caro Aue and others" in text
    assert re.search(r"Läppchen\s+negated\s+50 %", text)
    assert re.search(r"Dice\s+91.5 %\s+score\s+80 %", text)
    links = page.locator("#panel a").all()
    assert [link.get_attribute("href") for link in links] == [
        "https://doi.org/10.1000/lobe",
        "https://code.example/lobenet",
    ]
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}


def test_way_back_and_escape_undo_steps(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES)

    _ask(page, "CostaNet")
    page.locator("#panel .node", has_text="CAGE-12").first.click()
    assert page.locator("#panel h2").inner_text() == "CAGE-12"
    page.locator("#panel .back").click()
    assert page.locator("#panel h2").inner_text() == "CostaNet"
    page.go_back()
    assert page.locator("#panel h2").inner_text() == "CAGE-12"
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_filters_change_what_is_shown(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=graph")
    status = page.locator("#status")

    assert status.inner_text() == "10 nodes and 12 edges in the graph"
    page.locator("#types [data-name=Method]").click()
    assert status.inner_text() == "8 of 10 nodes and 3 edges in the graph"
    page.locator("#types [data-name=Method]").click()
    page.locator("#types [data-name=Paper]").dblclick()
    assert status.inner_text() == "2 of 10 nodes and 0 edges in the graph"
    page.get_by_role("button", name="Reset filters").click()
    page.locator("#from").fill("2022")
    page.keyboard.press("Tab")
    assert status.inner_text() == "8 of 10 nodes and 9 edges in the graph"
    assert "from=2022" in page.url
    page.get_by_role("button", name="Reset filters").click()
    page.locator("#least").fill("60")
    page.locator("#show-table").click()
    _ask(page, "rib fracture")
    assert page.locator("#panel").get_by_role("button", name="CostaNet", exact=True).count() == 0
    assert page.locator("#panel").get_by_role("button", name="RibNet", exact=True).count() == 1


def test_table_sorts_filters_and_goes_to_a_spreadsheet(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=table&type=Paper")

    names = page.locator("#table-body th")
    page.get_by_role("button", name="Year").click()
    assert names.all_inner_texts() == ["CostaNet: ribs without CT", "RibNet: finding broken ribs early"]
    assert page.locator("#table-head [aria-sort=descending]").inner_text() == "Year"
    page.locator("#table-query").fill("early")
    assert page.locator("#table-caption").inner_text() == "1 row with “early” in a name"
    rows = _saved(page, page.locator("#table-csv").click).decode("utf-8-sig").splitlines()
    assert rows[0] == "Name,Type,Year,Papers,Statements,IRI"
    assert rows[1].startswith("RibNet: finding broken ribs early,Paper,2021,,")


def test_comparison_marks_what_is_shared(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=compare")

    for name in ("ribnet", "costanet"):
        page.locator("#compare-add").fill(name)
        page.locator("#compare-found button", has_text="Method").click()
    assert page.locator("#compared-count").inner_text() == "2"
    assert page.locator("#compare-table .shared").all_inner_texts()[:2] == ["rib fracture\n91 %", "rib fracture\n58 %"]
    assert "recall 0.87 on CAGE-12 (score)" in page.locator("#compare-table").inner_text()
    assert b"targets disease,rib fracture,rib fracture" in _saved(page, page.locator("#compare-csv").click)


def test_results_are_ranked(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=results")

    rows = [row.split("\t") for row in page.locator("#board-0 tbody tr").all_inner_texts()]
    assert [[row[0].strip(), row[1].strip(), row[2].strip()] for row in rows] == [
        ["1", "CostaNet", "0.87"],
        ["2", "RibNet", "0.81"],
    ]


def test_large_graph_shows_its_top_first_and_all_on_demand(opens: _Pages) -> None:
    page = opens(invented_graph(420), "view=graph")

    assert page.locator("#part-text").inner_text() == "The top 300 of 421 nodes"
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#status").inner_text().startswith("421 nodes")
    assert "all=1" in page.url
    page.get_by_role("button", name="By year").click()
    assert "by=years" in page.url


@pytest.fixture(scope="module")
def timeline(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=bundle("timeline.js"))
    yield page
    page.close()


@given(st.lists(st.tuples(st.integers(-99, 99), st.one_of(st.none(), st.integers(1990, 2026))), max_size=60))
@settings(max_examples=60, deadline=None)
def test_later_years_lie_further_right_and_no_place_is_given_twice(
    timeline: Page, nodes: list[tuple[int, int | None]]
) -> None:
    years = [year for _, year in nodes]
    placed = timeline.evaluate(
        "([y, years]) => { const { xs, ys, columns } = placeByYear(y.map(() => 0), y, years);"
        " return [[...xs], [...ys], columns]; }",
        [[y for y, _ in nodes], years],
    )
    xs, ys, columns = placed

    assert len(set(zip(xs, ys, strict=True))) == len(nodes)
    known = sorted((year, x) for x, year in zip(xs, years, strict=True) if year is not None)
    assert all(before < after for (one, before), (other, after) in pairwise(known) if one < other)
    assert [year for _, year in columns] == sorted({*years}, key=lambda year: (year is None, year or 0))


def test_what_lies_over_the_picture_of_a_large_graph_fits_a_phone(opens: _Pages) -> None:
    page = opens(invented_graph(1_100), "view=graph", width=390)

    for control in page.locator("#stage .over > *:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390, control.inner_text()


def test_part_of_a_graph_says_what_was_left_out(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, max_nodes=6)

    assert page.locator("#left-out").inner_text() == "4 nodes left out, the least connected ones."
    assert "4 nodes left out" in page.locator("#overview .warning").inner_text()


@pytest.mark.parametrize(
    ("max_nodes", "said"),
    [
        (6, "Only papers of this page are ranked: the graph holds more."),
        (0, "The papers of this page state no results."),
    ],
)
def test_results_of_a_part_say_that_they_are_of_a_part(opens: _Pages, max_nodes: int, said: str) -> None:
    page = opens(RIB_FRACTURES, "view=results", max_nodes=max_nodes)

    assert said in page.locator("#results").inner_text()


_READ: Final = """
i:run a kg:ExtractionActivity ; prov:wasAssociatedWith i:software ; kg:vocabularyHash "77e2a7c28305" .
i:software schema:name "kg" ; schema:softwareVersion "0.1.0" .
i:paper\\/ribs dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
"""


def test_page_says_how_it_was_made_of_what_date_and_under_which_licence(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES + _READ)

    assert page.locator("#dated").inner_text() == "Papers up to 2024-08-01."
    page.get_by_role("button", name="About this page").click()
    told = page.get_by_role("dialog", name="About this page").inner_text()
    assert "kg export html" in told
    assert "2, from 2021-03-01 to 2024-08-01" in told
    assert "kg 0.1.0, vocabulary 77e2a7c2" in told
    assert "creativecommons.org/licenses/by/4.0: 1 paper\nnone stated: 1 paper" in told
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_page_of_a_release_names_its_date_and_licence(browser: Browser, tmp_path: Path) -> None:
    pages, path = _Pages(browser, tmp_path), tmp_path / "release.html"
    published = Published("2026-03-31", "https://creativecommons.org/publicdomain/zero/1.0/")
    path.write_bytes(render_explorer(stored_graph(RIB_FRACTURES), published=published))
    page = pages.at(path.as_uri())

    page.get_by_role("button", name="About this page").click()
    told = page.get_by_role("dialog").inner_text()
    assert "Published\n2026-03-31\nLicence\ncreativecommons.org/publicdomain/zero/1.0" in told
    assert pages.noise == []


# --- What can be taken away ---


def test_pictures_and_selections_are_what_they_say(opens: _Pages, tmp_path: Path) -> None:
    page = opens(RIB_FRACTURES, "view=graph&node=disease/rib-fracture&group=targetsDisease:by:Method")

    png = _exported(page, "PNG")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 2 * round(box["width"])
    svg = ET.fromstring(_exported(page, "SVG"))  # noqa: S314 - of our making
    assert {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")} == {
        "rib fracture",
        "RibNet",
        "CostaNet",
    }
    found = json.loads(_exported(page, "JSON"))
    assert {node["name"] for node in found["nodes"]} == {"rib fracture", "RibNet", "CostaNet"}
    sentences = [one["sentence"] for statement in found["statements"] for one in statement["evidence"]]
    assert "RibNet 😀 marks rib fractures in every slice." in sentences
    (tmp_path / "selection.ttl").write_bytes(_exported(page, "Turtle"))
    assert len(list(parse_file(tmp_path / "selection.ttl"))) == 3 * 2 + 2
    assert b"RibNet,targets disease,rib fracture,asserted,0.91," in _exported(page, "CSV")


def test_moved_node_stays_where_it_was_put_in_the_saved_page(opens: _Pages, tmp_path: Path) -> None:
    page = opens('i:method\\/alone a kg:Method ; skos:prefLabel "Alone"@en .', "view=graph")
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.mouse.move(x, y)
    assert page.locator("#tip strong").inner_text() == "Alone"
    page.mouse.down()
    page.mouse.move(x + 30, y - 60, steps=3)
    page.mouse.up()
    saved = tmp_path / "saved.html"
    saved.write_bytes(_exported(page, "This page"))
    assert re.search(r'id="pins">\{"0":\[20,-40\]\}', saved.read_text("utf-8"))
    assert opens.at(f"{saved.as_uri()}#view=graph").locator("#status").inner_text().startswith("1 node")


def test_node_that_is_pressed_in_the_picture_opens(opens: _Pages) -> None:
    page = opens('i:method\\/alone a kg:Method ; skos:prefLabel "Alone"@en .', "view=graph")

    page.locator("#canvas").click()
    assert page.locator("#panel h2").inner_text() == "Alone"


def test_edge_that_is_pressed_in_the_picture_shows_what_it_was_read_from(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=graph&node=disease/rib-fracture&group=targetsDisease:by:Method")
    svg = ET.fromstring(_exported(page, "SVG"))  # noqa: S314 - of our making
    ends = [line.get("d") or "" for line in svg.iter("{http://www.w3.org/2000/svg}path") if not line.get("fill")]
    (ax, ay), (bx, by) = (map(float, pair.split()) for pair in re.findall(r"[\d.]+ [\d.]+(?=Q|$)", ends[0]))

    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + (ax + bx) / 2, box["y"] + (ay + by) / 2)
    assert page.locator("#panel blockquote p").count() == 1


# --- For everybody ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_a_serious_fault_of_accessibility(opens: _Pages, scheme: str) -> None:
    page = opens(RIB_FRACTURES, scheme=scheme)
    axe = Axe()

    for view in VIEWS:
        page.locator(f"#show-{view}").click()
        if view == "compare":
            page.locator("#compare-starts button").first.click()
        if view == "graph":
            _ask(page, QUESTION)
            page.locator("#panel .evidence").first.click()
            page.get_by_role("button", name="Export", exact=True).click()
        faults = axe.run(page).response["violations"]
        assert [
            (view, one["id"], one["nodes"][0]["html"]) for one in faults if one["impact"] in {"serious", "critical"}
        ] == []
        page.keyboard.press("Escape")


def test_page_fits_a_phone_with_its_details_at_the_foot(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, width=390)

    for view in VIEWS:
        page.locator(f"#show-{view}").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390, view
    search = page.locator("#search").bounding_box()
    assert search is not None
    assert search["width"] > 340
    _ask(page, "rib fracture")
    panel = page.locator("#panel").bounding_box()
    assert panel is not None
    assert panel["width"] == 390
    assert panel["y"] > 300
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters").click()
    small = "[...document.querySelectorAll('button')].filter((b) => b.offsetHeight && b.offsetHeight < 44)"
    assert page.evaluate(f"{small}.map((b) => b.textContent)") == []


_COLOURS: Final = """async () => {
  const drawn = document.getElementById("ground");
  const canvas = new OffscreenCanvas(drawn.width, drawn.height);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(drawn, 0, 0);
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const hex = (value) => value.toString(16).padStart(2, "0");
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] === 255) seen.add("#" + [0, 1, 2].map((i) => hex(pixels[at + i])).join(""));
  }
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "method", "dataset", "modality", "disease", "metric"];
  return names.filter((name) => !seen.has(style.getPropertyValue("--" + name).trim()));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_is_drawn_in_every_colour(opens: _Pages, scheme: str) -> None:
    page = opens(RIB_FRACTURES, "view=graph", scheme=scheme)
    page.wait_for_url(re.compile("camera="))  # which is kept when the picture is drawn

    assert page.evaluate(_COLOURS) == []
    page.locator("#theme").click()
    page.wait_for_timeout(100)
    assert page.evaluate(_COLOURS) == []


def test_nothing_moves_for_those_who_asked_for_calm(opens: _Pages) -> None:
    page = opens(RIB_FRACTURES, "view=graph")

    page.wait_for_url(re.compile("camera="))
    before = page.url
    page.locator("#zoom-in").click()
    page.wait_for_url(lambda url: url != before)
    settled = page.url
    page.wait_for_timeout(450)
    assert page.url == settled
    assert page.evaluate("getComputedStyle(document.getElementById('ground')).transitionDuration") == "0s"


def test_page_works_without_3d(browser: Browser, tmp_path: Path) -> None:
    with another_browser(browser, "--disable-3d-apis") as other:
        pages = _Pages(other, tmp_path)
        page = pages(RIB_FRACTURES, "view=graph")
        assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
        assert page.evaluate(_COLOURS) == []
        assert pages.noise == []


# --- Hard input ---


def test_empty_graph_says_so(opens: _Pages) -> None:
    page = opens(EMPTY)

    assert "This graph is empty" in page.locator("#overview").inner_text()
    for view in VIEWS:
        page.locator(f"#show-{view}").click()


def test_names_of_all_scripts_and_lengths_are_shown_whole(opens: _Pages) -> None:
    names = ["x" * 5000, "شبكة عصبية", "👩🏽‍⚕️ scan", "Z̸̢a̵͝l̷g̶o", "two\\nlines"]
    lines = [f'i:method\\/{n} a kg:Method ; skos:prefLabel "{name}" .' for n, name in enumerate(names)]
    page = opens("\n".join(lines), "view=graph")

    for name in names:
        shown = name.replace("\\n", " ")
        _ask(page, shown[:12])
        assert page.locator("#panel h2").inner_text() == shown
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_missing_years_and_confidences_that_are_none_are_left_open(opens: _Pages) -> None:
    trig = RIB_FRACTURES.replace("kg:confidence 0.91", 'kg:confidence "NaN"^^xsd:double').replace(
        "dcterms:issued", "dcterms:description"
    )
    page = opens(trig, "view=graph&node=method/ribnet")

    claim = page.locator("#panel section", has_text="targets disease").locator("li").first
    assert claim.locator(".meter").count() == 0
    assert page.locator("#years").is_hidden()


def test_nothing_in_a_hostile_graph_runs(opens: _Pages) -> None:
    title = "</title><script>alert(1)</script>"
    page = opens(hostile_graph(), title=title)

    assert page.title() == title
    page.locator("#show-table").click()
    count = page.locator("#table-body button").count()
    assert count == 14
    for place in range(count):
        page.locator("#table-body button").nth(place).click()
        if page.locator("#panel .evidence").count():
            page.locator("#panel .evidence").first.click()
            assert page.locator("#panel blockquote").count() > 0
    for view in VIEWS:
        page.locator(f"#show-{view}").click()
    _ask(page, "alert")
    page.mouse.move(640, 400)
    ET.fromstring(_exported(page, "SVG"))  # noqa: S314 - of our making
    assert page.locator("body img, body iframe, body svg[onload], body a:not([href^=http])").count() == 0
    assert page.locator("script").count() == 2  # ours, and the places of moved nodes
    links: list[Any] = [link.get_attribute("href") for link in page.locator("a").all()]
    assert all(re.match("https?://", link) for link in links)
