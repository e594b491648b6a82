"""The review page: driven by keyboard alone, and what its file makes of the graph."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from kg.exporters.review import render_review
from kg.records import Annotation, claims_of
from kg.reviewing import Standing, apply, parse_claim_decisions
from tests.cases import ANNOTATION, PAPER
from tests.reviewing.cases import FILE, line, parsed, quads_of, said


class _Pages:
    """Opens review pages from disk and hears of everything that goes wrong in them."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self.noise: list[str] = []

    def __call__(self, page: bytes, *, scheme: str = "light") -> Page:
        path = self._folder / "review.html"
        path.write_bytes(page)
        context = self._browser.new_context(offline=True, color_scheme="dark" if scheme == "dark" else "light")
        # Chromium would ask with a window of its own where to write, which no page can answer.
        context.add_init_script("delete window.showSaveFilePicker")
        opened = context.new_page()
        opened.on("request", lambda one: None if one.url.startswith(("file:", "blob:")) else self.noise.append(one.url))
        opened.on("console", lambda message: self.noise.append(message.text))
        opened.on("pageerror", lambda error: self.noise.append(str(error)))
        opened.goto(path.as_uri())
        opened.wait_for_selector("html[data-ready]")
        return opened


@pytest.fixture
def opens(browser: Browser, tmp_path: Path) -> Iterator[_Pages]:
    pages = _Pages(browser, tmp_path)
    yield pages
    for context in browser.contexts:
        context.close()
    assert pages.noise == []


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _name_oneself(page: Page) -> None:
    page.keyboard.type("Ada Weir")
    page.keyboard.press("Enter")


def _save(page: Page) -> bytes:
    with page.expect_download() as download:
        page.keyboard.press("s")
    assert download.value.suggested_filename == FILE.name
    return Path(download.value.path()).read_bytes()


def _rebuilt(file: bytes, annotation: Annotation = ANNOTATION) -> Annotation:
    return apply(PAPER, annotation, Standing(parse_claim_decisions(file, FILE)).of(PAPER))


def _heading(page: Page) -> str:
    return page.locator("#card h2").inner_text()


def test_claims_are_decided_by_keyboard_alone_and_a_rebuild_shows_it(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]))
    assert _heading(page) == "pebble attention part of BrookNet"
    assert page.locator("blockquote mark").all_inner_texts() == ["BrookNet", "pebble attention"]

    _press(page, "a")  # asks who decides, and goes on
    _name_oneself(page)
    assert _heading(page) == "BrookNet applied to MRI (negated)"
    _press(page, "c", "Tab", "Tab")  # to the object, which no longer is MRI
    page.keyboard.type("chest")
    _press(page, "Tab")
    page.keyboard.type("asserted")
    _press(page, "Enter")
    assert _heading(page) == "The paper studied gallstone"
    _press(page, "j", "k", "ArrowDown", "r")
    assert "3 of 10 claims decided, 3 not saved" in page.locator("#progress-text").inner_text()
    made = _rebuilt(_save(page))

    assert page.locator("#progress-text").inner_text() == "3 of 10 claims decided"
    decided = {(one.subject, one.predicate, one.object, one.confidence) for one in claims_of(made) if one.decision}
    assert decided == {
        ("pebble attention", "partOf", "BrookNet", 1.0),
        ("BrookNet", "appliedTo", "chest CT", 1.0),
        (None, "mentioned", "U-Net", 0.7),
    }
    assert quads_of(made) != quads_of(ANNOTATION)


def test_what_is_taken_back_after_saving_leaves_the_graph_as_it_was(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]))

    _press(page, "r")
    _name_oneself(page)
    first = _save(page)
    _press(page, "k", "u")
    second = _save(page)

    assert second.startswith(first)  # a file of decisions is only ever added to
    assert [json.loads(one)["verdict"] for one in second.splitlines()] == ["reject", "undo"]
    assert quads_of(_rebuilt(first)) != quads_of(ANNOTATION)
    assert quads_of(_rebuilt(second)) == quads_of(ANNOTATION)


def test_what_is_taken_back_before_saving_leaves_no_trace(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]))

    _press(page, "r")
    _name_oneself(page)
    _press(page, "k", "u", "a")

    assert [json.loads(one)["verdict"] for one in _save(page).splitlines()] == ["accept"]


def test_decisions_of_the_graph_are_shown_and_those_of_a_file_are_added_to(opens: _Pages, tmp_path: Path) -> None:
    there = parsed(line("d1", "reject", said("pebble attention", "partOf", "BrookNet")))
    (tmp_path / "mine.jsonl").write_text(
        line("d2", "accept", said("BrookNet", "appliedTo", "MRI", "negated")) + "\n", encoding="utf-8"
    )
    page = opens(render_review([(PAPER, ANNOTATION)], there))
    assert "Rejected by Ada Weir" in page.locator("#card").inner_text()

    page.locator("#import-file").set_input_files(tmp_path / "mine.jsonl")
    expect(page.locator("#progress-text")).to_have_text("2 of 10 claims decided")
    _press(page, "u")  # who decides is known from the file
    saved = [json.loads(one) for one in _save(page).splitlines()]

    assert [(one["verdict"], one.get("undoes")) for one in saved] == [("accept", None), ("undo", "d1")]


def test_a_file_that_is_none_is_refused_in_words(opens: _Pages, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text("{}\n", encoding="utf-8")
    page = opens(render_review([(PAPER, ANNOTATION)]))

    page.locator("#import-file").set_input_files(tmp_path / "mine.jsonl")

    page.get_by_text("Line 1 is no decision; nothing was opened.").wait_for()


def test_filters_choose_what_is_listed(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]))

    page.locator("#filter-type").select_option("Modality")
    assert page.locator("#claims li").count() == 3
    page.locator("#filter-predicate").select_option("appliedTo")
    assert page.locator("#claims li .what").all_inner_texts() == ["BrookNet applied to MRI (negated)"]
    page.locator("#filter-paper").fill("no such title")
    assert "No claim is listed" in page.locator("#card").inner_text()


def test_where_the_browser_can_write_files_the_one_chosen_is_written_over(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]))
    page.evaluate("""() => {
        window.written = [];
        const file = { write: async (text) => window.written.push(text), close: async () => {} };
        window.showSaveFilePicker = async () => ({ createWritable: async () => file });
    }""")

    _press(page, "a")
    _name_oneself(page)
    _press(page, "s")
    expect(page.locator("#progress-text")).to_have_text("1 of 10 claims decided")
    _press(page, "r", "s")
    expect(page.locator("#progress-text")).to_have_text("2 of 10 claims decided")

    first, second = page.evaluate("window.written")
    assert second.startswith(first)
    assert [json.loads(one)["verdict"] for one in second.splitlines()] == ["accept", "reject"]


def test_a_page_of_a_large_graph_says_what_it_left_out(opens: _Pages) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)], limit=2))

    assert page.locator("#left-out").inner_text() == "The 2 least sure claims; 8 surer ones are left out."


def test_offsets_count_code_points_and_texts_are_never_code(opens: _Pages) -> None:
    evil = "</script><img src=x onerror=alert(1)> \N{GRINNING FACE} "
    paper = replace(PAPER, title=evil)
    moved = len(evil) - len(PAPER.title)
    claims = tuple(
        replace(one, sentence=(one.sentence[0] + moved, one.sentence[1] + moved))
        for one in claims_of(ANNOTATION)
        if one.sentence
    )
    entities = tuple(replace(one, mentions=()) for one in ANNOTATION.entities)
    page = opens(render_review([(paper, replace(ANNOTATION, entities=entities, claims=claims))]))

    assert page.locator("blockquote mark").all_inner_texts() == ["BrookNet", "pebble attention"]
    assert page.locator("blockquote footer").inner_text().startswith(evil.strip())
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(opens: _Pages, scheme: str) -> None:
    page = opens(render_review([(PAPER, ANNOTATION)]), scheme=scheme)

    for keys in ((), ("?",), ("Escape", "a"), ("Escape", "c")):
        _press(page, *keys)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_page_lets_nothing_in_and_never_parses_what_it_shows() -> None:
    page = render_review([(PAPER, ANNOTATION)]).decode()
    script = page.partition('<script type="module">')[2]
    names = re.findall(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", script, re.MULTILINE)

    assert "default-src 'none'" in page
    assert re.findall(r"<(?:link|img|iframe|script[^>]*\ssrc)|@import|url\(|https?:", page.partition("<main>")[0]) == []
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|fetch\(|XMLHttp", script) == []
    assert sorted(names) == sorted(set(names))
    assert render_review([(PAPER, ANNOTATION)]).decode() == page
