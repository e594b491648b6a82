"""The interactive graph: what is in the page, and what a browser makes of it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.exporters.pyvis import render_pyvis
from tests.exporters.graphs import EMPTY, TWO_PAPERS, hostile_graph, stored_graph

Opens = Callable[[str], Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opens]:
    """Open the page of a graph from disk; in the end nothing may have been fetched, and nothing gone wrong."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True, reduced_motion="reduce")
    noise: list[str] = []

    def opens(trig: str) -> Page:
        path = tmp_path / "graph.html"
        path.write_bytes(render_pyvis(stored_graph(trig), title="Two papers"))
        page = context.new_page()
        page.on("request", lambda request: noise.append(request.url) if request.url != path.as_uri() else None)
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: noise.append(f"dialog {dialog.message}"))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield opens
    context.close()
    assert noise == []


_MISSING_COLOURS = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const hex = (value) => value.toString(16).padStart(2, "0");
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4) seen.add("#" + [0, 1, 2].map((i) => hex(pixels[at + i])).join(""));
  return [Object.keys(SHAPES).filter((type) => !seen.has(colours[type.toLowerCase()])), colours.paper];
}"""


def _search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_page_names_its_title_language_and_policy() -> None:
    page = render_pyvis(stored_graph(TWO_PAPERS), title="Lungs & lobes").decode()
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Lungs &amp; lobes</title>" in page
    assert 'name="viewport"' in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_page_names_no_host_it_could_fetch_from() -> None:
    page = render_pyvis(stored_graph(TWO_PAPERS)).decode()
    assert re.findall(r"<(?:link|img|iframe|script[^>]*\ssrc)", page) == []
    assert "jsdelivr" not in page
    assert "sourceMappingURL" not in page


def test_page_is_the_same_whatever_the_order_of_the_graph() -> None:
    pages = {render_pyvis(stored_graph(TWO_PAPERS, seed)) for seed in range(5)}
    assert len(pages) == 1


@pytest.mark.parametrize(
    "environment", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_page_is_the_same_in_another_process(environment: dict[str, str]) -> None:
    code = (
        "import sys; from kg.exporters.pyvis import render_pyvis; from tests.exporters.graphs import *;"
        "sys.stdout.buffer.write(render_pyvis(stored_graph(TWO_PAPERS)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, **environment}
    )
    assert run.stdout == render_pyvis(stored_graph(TWO_PAPERS))


def test_too_large_a_graph_keeps_papers_first_and_says_what_it_left_out() -> None:
    page = render_pyvis(stored_graph(TWO_PAPERS), max_nodes=4).decode()
    assert "6 nodes left out" in page
    assert page.count('"group":"Paper"') == 2
    assert '"label":"LobeNet","group":"Method"' in page
    assert "left out" not in render_pyvis(stored_graph(TWO_PAPERS)).decode()


def test_retold_abstracts_are_said_to_be_retold() -> None:
    assert "Abstracts: retold in our own words." in render_pyvis(stored_graph(TWO_PAPERS)).decode()


def test_pyvis_is_imported_only_when_a_page_is_made() -> None:
    code = "import sys, kg.exporters.pyvis; sys.exit('pyvis' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False).returncode == 0


def test_empty_graph_says_so(open_page: Opens) -> None:
    assert "This graph is empty" in open_page(EMPTY).locator("#message").inner_text()


def test_every_paper_is_in_the_picture_and_in_the_list(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    assert page.evaluate("Object.keys(network.getPositions()).length") == 10
    labels = page.evaluate(
        "network.body.data.nodes.get().filter((node) => node.group === 'Paper').map((node) => node.label)"
    )
    assert labels == ["LobeNet", "A second look at chest CT with…"]
    page.get_by_role("button", name="List").click()
    rows = page.locator("#list tbody tr").all_inner_texts()
    assert len(rows) == 10
    assert rows[0].startswith("LobeNet: a small network that finds lung lobes")
    assert page.locator("#caption").inner_text() == "10 nodes"


def test_long_data_is_packed_and_still_opens(open_page: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.exporters.pyvis.page._PLAIN_LIMIT", 100)
    page = open_page(TWO_PAPERS)
    assert page.locator("#status").inner_text() == "10 nodes, 8 edges shown."


def test_both_edges_between_the_same_nodes_are_kept(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    pairs = page.evaluate("network.body.data.edges.get().map((edge) => edge.from + ' ' + edge.to)")
    assert len(pairs) - len(set(pairs)) == 1


def test_legend_shows_shapes_and_counts(open_page: Opens) -> None:
    legend = open_page(TWO_PAPERS).locator("#types button")
    assert legend.count() == 8
    assert [text.split() for text in legend.all_inner_texts()][:2] == [["Paper", "2"], ["Method", "1"]]
    shapes = {path.get_attribute("d") for path in legend.locator("path").all()}
    assert len(shapes) == 8


def test_type_toggle_changes_what_is_shown(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    assert page.locator("#status").inner_text() == "10 nodes, 8 edges shown."
    page.locator("#types button[data-type=Method]").click()
    assert page.locator("#status").inner_text() == "9 of 10 nodes, 4 edges shown."
    page.locator("#types button[data-type=Modality]").dblclick()
    assert page.locator("#status").inner_text() == "2 of 10 nodes, 1 edge shown."
    page.locator("#types button[data-type=Modality]").dblclick()
    assert page.locator("#status").inner_text() == "10 nodes, 8 edges shown."


def test_search_opens_the_node_with_its_facts_and_evidence(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    _search(page, "lobe networ")  # an alias
    panel = page.locator("#panel")
    text = panel.inner_text()
    assert panel.locator("h2").inner_text() == "LobeNet"
    for expected in (
        "lobe network",
        "A network for lobes.",
        "proposed by",
        "93 %",
        "We propose LobeNet, a network for chest CT.",
    ):
        assert expected in text
    assert re.search(r"results\s*1\s*Dice\s*91.5 %\s*score\s*80 %", text)
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_panel_of_a_paper_orders_authors_links_safely_and_marks_what_is_denied(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    _search(page, "lobenet: a small")
    panel = page.locator("#panel")
    assert "Bo Zimmer, Ada Lund, Caro Aue and others" in panel.inner_text()
    assert "Läppchen\nnegated" in panel.inner_text()
    links = panel.locator("a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://doi.org/10.1000/lobe",
        "https://code.example/lobenet",
    ]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}


def test_pointing_at_a_node_or_an_edge_tells_of_it(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    ends = page.evaluate("[0, 2].map((node) => network.canvasToDOM(network.getPositions([node])[node]))")
    page.mouse.move(box["x"] + ends[0]["x"], box["y"] + ends[0]["y"])
    assert "LobeNet: a small network" in page.locator("#tip").inner_text()
    edge = page.evaluate("data.edges.find((edge) => facts.statements[edge.id][4] !== null)")
    ends = page.evaluate(
        "([a, b]) => [a, b].map((node) => network.canvasToDOM(network.getPositions([node])[node]))",
        [edge["from"], edge["to"]],
    )
    middle = [(ends[0][axis] + ends[1][axis]) / 2 for axis in ("x", "y")]
    page.mouse.move(box["x"] + middle[0], box["y"] + middle[1])
    assert re.search(r"LobeNet\s+proposes\s+LobeNet\s*93 %", page.locator("#tip").inner_text())


def test_keyboard_reaches_the_list_and_a_node_in_it(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    for _ in range(3):  # search, graph, list
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#list").is_visible()
    page.locator("#list thead button").first.focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text().startswith("LobeNet: a small network")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_address_keeps_what_is_selected(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    _search(page, "emphysema")
    assert page.url.endswith("#https%3A%2F%2Fexample.org%2Fkg%2Fid%2Fdisease%2Femphysema")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#panel h2").inner_text() == "emphysema"


def test_nothing_in_a_hostile_graph_runs(open_page: Opens) -> None:
    page = open_page(hostile_graph())
    for node in range(14):
        page.evaluate("(node) => { select(node); hover(node, nodeTip(node), { clientX: 9, clientY: 9 }); }", node)
        page.evaluate("(node) => selectEdge(node % 7)", node)
    _search(page, "alert")
    page.get_by_role("button", name="List").click()
    page.wait_for_timeout(200)
    assert page.locator("body img, body iframe, body svg[onload]").count() == 0
    assert page.locator("script:not([type])").count() == 1 + 1  # ours, and vis-network
    for link in page.locator("a").all():
        assert re.match("https?://", link.get_attribute("href") or "")


def test_labels_of_a_hostile_graph_are_escaped_and_whole() -> None:
    page = render_pyvis(stored_graph(hostile_graph()), title="</title><script>alert(1)</script>").decode()
    assert "<script>alert(1)" not in page
    assert "<img" not in page
    assert "\u2028" not in page.partition('<script type="application/json"')[2]
    assert "\\u003cimg src=x onerror=alert(1)\\u003e" in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_is_drawn_in_every_colour(open_page: Opens, scheme: str) -> None:
    page = open_page(TWO_PAPERS)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_timeout(100)
    colours = page.evaluate(_MISSING_COLOURS)
    assert colours == [[], "#e8e8ea" if scheme == "dark" else "#26272b"]


def test_page_fits_a_phone(open_page: Opens) -> None:
    page = open_page(TWO_PAPERS)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    box = page.locator("#search").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] >= 44
