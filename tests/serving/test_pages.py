"""The pages for people: the query page as a browser shows it, and the explorer."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import RdfFormat, parse

from kg.exporters.explorer import render_explorer
from kg.exporters.picture.making import make_picture
from kg.exporters.picture.reading import read_contents
from kg.namespaces import DATA_IRI
from kg.queries import named_queries
from kg.store import Graph
from tests.serving.conftest import GRAPH
from tests.serving.server import Server, running

_LINKS: Final = "CONSTRUCT { ?a kg:uses ?b . ?b rdfs:label ?name } { ?a kg:uses ?b . ?b skos:prefLabel ?name }"
_SHOWN: Final = "kg:Paper kg:Method kg:Dataset kg:Modality kg:Disease kg:Task kg:Metric kg:Anatomy"
_REFUSED: Final = re.compile(r"404 \(Not Found\)|ERR_FAILED")
"""What a browser writes down of requests that fail, which it cannot be kept from."""
_MANY: Final = "SELECT ?a { ?a ?p ?o . ?b ?q ?r } LIMIT 1100"

Opens = Callable[..., Page]


@pytest.fixture
def opens(browser: Browser, server: Server) -> Iterator[Opens]:
    """Open pages of the server; in the end none may have asked anybody else, and nothing gone wrong."""
    noise: list[str] = []
    local = (server.url, "blob:", "data:")

    def open_page(path: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.on("request", lambda one: None if one.url.startswith(local) else noise.append(one.url))
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: noise.append(f"dialog {dialog.message}"))
        page.goto(server.url + path)
        if path.startswith(("query", "explore")):
            page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    # A query that is refused is a failed request to a browser, which it cannot be kept from writing down.
    assert [line for line in noise if "400 (Bad Request)" not in line] == []


def _run(page: Page, query: str) -> None:
    page.locator("#query").fill(query)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text(" ms")


def _cells(page: Page) -> list[list[str]]:
    cells: list[list[str]] = page.locator("#rows tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((one) => one.textContent))"
    )
    return cells


def _taken(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


# --- The query page ---


def test_each_example_runs_and_shows_the_rows_of_the_query(opens: Opens, sample: Graph) -> None:
    page = opens("query")
    for query in named_queries():
        page.locator("#example").select_option(label=query.question)
        page.keyboard.press("Control+Enter")
        rows = len(sample.select(query.text))
        expect(page.locator("#status")).to_contain_text(f"{rows} row{'' if rows == 1 else 's'} in ")

        assert rows > 0
        assert len(_cells(page)) == rows, query.name
        assert page.locator("#inputs input").count() == len(query.variables)


@pytest.mark.parametrize("value", ["GallStone", "<https://example.org/kg/id/disease/gallstone>"])
def test_field_of_an_example_narrows_it_by_name_or_iri(opens: Opens, value: str) -> None:
    page = opens("query")
    page.locator("#example").select_option("methods-by-disease-and-modality")
    page.get_by_label("?disease").fill(value)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("6 rows")

    assert {row[0] for row in _cells(page)} == {"gallstone"}


def test_field_may_hold_a_short_iri_or_a_name_with_quotes(opens: Opens) -> None:
    page = opens("query")
    page.locator("#example").select_option("evidence-for-claims")
    page.get_by_label("?predicate").fill("kg:proposes")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows tbody tr")).not_to_have_count(0)
    assert {row[1] for row in _cells(page)} == {"kg:proposes"}

    page.get_by_label("?object").fill('no "such" \\ thing')
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("0 rows")


def test_nodes_lead_to_their_pages_here(opens: Opens) -> None:
    page = opens("query")
    _run(page, f"SELECT ?node {{ VALUES ?node {{ <{DATA_IRI}method/u-net> }} }}")
    page.get_by_role("link", name="method/u-net").click()

    expect(page.locator("h1")).to_have_text("U-Net")


def test_rows_are_taken_along_in_each_format(opens: Opens, server: Server) -> None:
    page = opens("query")
    query = "SELECT ?s ?title { ?s dcterms:title ?title } ORDER BY ?title"
    _run(page, query)

    for name, media in {"CSV": "text/csv", "TSV": "text/tab-separated-values"}.items():
        assert _taken(page, name) == server.query(query, media).body
    assert len(list(csv.reader(_taken(page, "CSV").decode().splitlines()))) == len(_cells(page)) + 1
    assert _taken(page, "JSON") == server.query(query).body
    assert _taken(page, "XML").startswith(b"<?xml")


def test_triples_are_drawn_listed_and_taken_along(opens: Opens, sample: Graph) -> None:
    page = opens("query")
    _run(page, _LINKS)
    expected = set(sample.query(_LINKS).triples())
    nodes = {str(end) for one in expected if "uses" in str(one.predicate) for end in (one.subject, one.object)}

    assert len(_cells(page)) == len(expected)
    assert page.locator("#picture circle").count() == len(nodes)
    assert "U-Net" in page.locator("#picture text").all_text_contents()
    assert {one.triple for one in parse(_taken(page, "Turtle"), format=RdfFormat.TURTLE)} == expected

    first = page.locator("#picture").inner_html()
    _run(page, _LINKS + " ")
    assert page.locator("#picture").inner_html() == first


def test_text_of_the_graph_is_shown_as_it_is_and_never_run(opens: Opens) -> None:
    hostile = '<img src=x onerror="alert(1)"> \\ "é"\n\u2028tab\t😀'
    escaped = hostile.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    page = opens("query")

    _run(page, f'SELECT ("{escaped}" AS ?text) (<javascript:alert(1)> AS ?link) {{}}')
    assert _cells(page) == [[hostile, "javascript:alert(1)"]]
    assert page.locator("#rows a").count() == 0

    _run(page, f'CONSTRUCT {{ <javascript:a> rdfs:label "{escaped}"@en ; kg:uses <javascript:b> }} {{}}')
    assert [row[2] for row in _cells(page)] == [hostile, "javascript:b"]
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator("#picture circle").count() == 2


def test_yes_or_no_is_answered_in_a_word(opens: Opens) -> None:
    page = opens("query")
    _run(page, "ASK { ?s a kg:Paper }")

    assert _cells(page) == [["yes"]]


def test_long_answer_is_shown_a_part_at_a_time(opens: Opens) -> None:
    page = opens("query")
    _run(page, _MANY)
    assert "1,100 rows" in page.locator("#status").inner_text()
    assert len(_cells(page)) == 500

    page.get_by_role("button", name="Show more: 600 rows left").click()
    page.get_by_role("button", name="Show more: 100 rows left").click()
    assert len(_cells(page)) == 1100
    assert not page.locator("#more").is_visible()


def test_fault_is_told_in_one_line_and_the_next_query_clears_it(opens: Opens) -> None:
    page = opens("query")
    page.locator("#query").fill("SELECT nonsense")
    page.keyboard.press("Control+Enter")
    error = page.locator("#error")
    expect(error).to_be_visible()
    assert error.inner_text().startswith("error: not valid")
    assert "\n" not in error.inner_text()

    _run(page, "ASK {}")
    expect(error).to_be_hidden()


def test_query_that_runs_can_be_stopped(opens: Opens) -> None:
    page = opens("query")
    page.locator("#query").fill("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()

    expect(page.locator("#status")).to_have_text("Stopped.")
    expect(page.locator("#run")).to_have_text("Run")


def test_link_opens_the_query_and_its_answer(opens: Opens) -> None:
    query = 'SELECT ?s ("a+b & c=d #1 100%" AS ?x) { ?s a kg:Paper }'
    page = opens("query")
    _run(page, query)
    rows = _cells(page)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#toast")).to_have_text("Link copied.")
    link: str = page.evaluate("navigator.clipboard.readText()")

    assert link.endswith("/query#query=" + quote(query, safe="!'()*"))
    for form in ("#query=", "?query="):
        other = opens("query" + link.partition("/query")[2].replace("#query=", form))
        expect(other.locator("#status")).to_contain_text(" ms")
        assert other.locator("#query").input_value() == query
        assert _cells(other) == rows


def test_back_leads_to_the_query_before(opens: Opens) -> None:
    page = opens("query")
    _run(page, "SELECT (1 AS ?one) {}")
    page.locator("#query").fill("SELECT (2 AS ?two) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows th")).to_have_text("two")
    page.go_back()

    expect(page.locator("#rows th")).to_have_text("one")
    assert page.locator("#query").input_value() == "SELECT (1 AS ?one) {}"


def test_prefixes_are_declared_for_other_endpoints(opens: Opens) -> None:
    page = opens("query")
    page.locator("#query").fill("PREFIX kg: <urn:mine#>\nSELECT ?s { ?s a kg:Paper ; skos:note ?note }")
    page.get_by_role("button", name="Declare prefixes").click()

    first, second, _ = page.locator("#query").input_value().split("\n")
    assert first == "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    assert second == "PREFIX kg: <urn:mine#>"


@pytest.mark.parametrize(
    ("scheme", "paths"),
    [
        ("light", (f"query#query={quote(_LINKS)}", "query#query=broken")),
        ("dark", ("", f"query#query={quote(_LINKS)}", "query#query=broken", "id/method/u-net")),
    ],
)
def test_pages_have_no_serious_fault_of_accessibility(opens: Opens, scheme: str, paths: Sequence[str]) -> None:
    axe = Axe()
    for path in paths:
        page = opens(path, scheme=scheme)
        if "#" in path:
            expect(page.locator("#picture svg").or_(page.locator("#error:not([hidden])"))).to_be_visible()
        faults = axe.run(page).response["violations"]
        assert [(path, one["id"]) for one in faults if one["impact"] in {"serious", "critical"}] == []


def test_pages_fit_a_phone(opens: Opens) -> None:
    for path in ("", f"query#query={quote(_LINKS)}", "id/method/u-net"):
        page = opens(path, width=390)
        if "#" in path:
            expect(page.locator("#picture svg")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path


# --- The explorer ---


def test_explorer_is_the_page_that_an_export_writes(server: Server, sample: Graph) -> None:
    answer = server.ask("GET", "/explore")
    packed = server.ask("GET", "/explore", accept_encoding="gzip")

    assert answer.body == render_explorer(sample, max_nodes=20_000, served=True)
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(answer.body) / 2
    assert server.ask("GET", "/explore", if_none_match=answer.headers["etag"]).status == 304


def test_explorer_opens_at_the_node_that_a_page_leads_to_it_from(opens: Opens) -> None:
    page = opens("id/method/u-net")
    page.get_by_role("link", name="in the explorer").click()
    page.wait_for_selector("html[data-ready]")

    expect(page.locator("#panel")).to_contain_text("U-Net")


@pytest.fixture(scope="module")
def part_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serves the sample graph, but shows few of its nodes at first."""
    with running(GRAPH, "--max-nodes", "8", log=tmp_path_factory.mktemp("part") / "log") as one:
        yield one


@pytest.fixture
def part(browser: Browser, part_server: Server) -> Iterator[Opens]:
    """Open the explorer of few nodes; nothing may go wrong on it."""
    noise: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def open_page(address: str) -> Page:
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.goto(f"{part_server.url}explore{address}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    context.close()
    assert [line for line in noise if not _REFUSED.search(line)] == []


def _nodes(sample: Graph) -> list[str]:
    rows = sample.texts(f"SELECT DISTINCT ?node {{ VALUES ?type {{ {_SHOWN} }} ?node a ?type }} ORDER BY ?node")
    return [node.removeprefix(DATA_IRI) for (node,) in rows]


def _told(page: Page) -> list[str]:
    """All that the details say, and the sentences of each claim, in an order that does not depend on what is shown."""
    panel, claims = page.locator("#panel"), page.locator("#panel button[data-claim]")
    told = [line for line in panel.inner_text().splitlines() if not line.startswith("←")]  # the way back
    for place in range(claims.count()):
        claims.nth(place).click()
        told += panel.locator("blockquote").all_inner_texts()
    return sorted(told)


def test_explorer_of_a_part_tells_of_every_node_what_that_of_the_whole_tells(
    opens: Opens, part: Opens, sample: Graph
) -> None:
    nodes = _nodes(sample)
    page, whole = part("#view=graph"), opens("explore#view=graph")
    more = page.get_by_role("button", name="Ask the server for more")
    for key in (*nodes[::2], *nodes[::-1]):
        _go(page, key)
        if more.count():
            more.click()
            expect(page.locator("#toast")).to_have_text(re.compile("added|Nothing more"))
            expect(more).to_have_count(0)  # the graph is small: one answer holds all neighbours

    assert len(nodes) > 16
    for key in nodes:
        _go(page, key)
        _go(whole, key)
        assert _told(page) == _told(whole), key
    assert page.locator("#status").inner_text() == whole.locator("#status").inner_text()


def _go(page: Page, key: str) -> None:
    page.evaluate("(address) => { location.hash = address; }", f"#view=graph&node={quote(key)}")
    expect(page.locator("#panel .iri")).to_have_text(f"{DATA_IRI}{key}")


def test_explorer_of_a_part_says_so_and_counts_what_comes(part: Opens, sample: Graph) -> None:
    page = part("#")
    left = len(_nodes(sample)) - 8
    assert f"{left} nodes left out" in page.locator("#overview .warning").inner_text()

    shown = {node.name for node in make_picture(read_contents(sample, 8)).nodes}
    hidden = sorted({name for (name,) in sample.texts("SELECT ?name { ?node skos:prefLabel ?name }")} - shown)
    page.locator("#search").fill(next(name for name in hidden if len(name) > 2))
    page.locator("#found li", has_text="on the server").first.click()
    expect(page.locator("#panel h2")).to_be_focused()
    page.get_by_role("button", name="Overview").click()

    assert f"{left} nodes left out" not in page.locator("#overview").inner_text()
    assert not page.locator("#status").inner_text().startswith("8 nodes")


def test_explorer_whose_server_has_gone_says_so(part: Opens) -> None:
    page = part("#view=graph&node=no/such")
    expect(page.locator("#toast")).to_have_text("The server does not know that node.")
    page.route("**/explore/around**", lambda route: route.abort())
    page.evaluate("location.hash = '#view=graph&node=nor/such'")

    expect(page.locator("#toast")).to_have_text("The server gave no answer: Failed to fetch")


def test_what_lies_around_a_node_is_told_or_refused(part_server: Server) -> None:
    assert part_server.ask("GET", "/explore/around?node=method/u-net").status == 200
    assert part_server.ask("GET", f"/explore/around?node={DATA_IRI}method/u-net&from=200").status == 200
    for unknown in ("no/such", "%7C", "https://example.org/kg/id/"):
        assert part_server.ask("GET", f"/explore/around?node={unknown}").status == 404
    for bad in ("", "?node=", "?node=method/u-net&from=-1", "?node=method/u-net&from=%D9%A1", "?node=a&node=b"):
        assert part_server.ask("GET", f"/explore/around{bad}").status == 400


@pytest.mark.parametrize(("text", "found"), [("u-n", "U-Net"), ("U-NET", "U-Net"), ('"\\', None), ("?", None)])
def test_nodes_are_found_by_a_part_of_their_name(part_server: Server, text: str, found: str | None) -> None:
    answer = part_server.ask("GET", f"/explore/named?text={quote(text)}")
    assert [name for _, name, _ in json.loads(answer.body)][:1] == ([found] if found else [])
    assert part_server.ask("GET", "/explore/named").status == 400


def test_page_of_a_node_leads_to_a_picture_of_what_it_is_linked_to(opens: Opens) -> None:
    page = opens("id/method/u-net")
    page.get_by_role("link", name="what it is linked to").click()

    expect(page.locator("#picture text", has_text="BrookNet").first).to_be_visible()
