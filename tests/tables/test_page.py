"""The page in a browser: nothing is fetched, nothing goes wrong, and a phone shows it whole."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from kg.tables import FORMATS, Choice, make_tables
from tests.tables.graphs import hostile_graph, two_papers

_CONTRAST: Final = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const ground = light(getComputedStyle(document.querySelector("table")).backgroundColor);
  return [...document.querySelectorAll("th, td, a")].map((one) => light(getComputedStyle(one).color))
    .map((ink) => Math.max(ink, ground) / Math.min(ink, ground)).reduce((a, b) => Math.min(a, b));
}"""


Shows = Callable[[bytes, int, str], Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Shows]:
    """Open a page with a width, light or dark; in the end nothing may have been fetched, and nothing gone wrong."""
    noise: list[str] = []
    path = tmp_path / "table.html"

    def shows(data: bytes, width: int, scheme: str) -> Page:
        path.write_bytes(data)
        page = browser.new_page(viewport={"width": width, "height": 800}, offline=True)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.on("request", lambda request: noise.append(request.url) if request.url != path.as_uri() else None)
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: noise.append(f"dialog {dialog.message}"))
        page.goto(path.as_uri())
        return page

    yield shows
    for context in browser.contexts:
        context.close()
    assert noise == []


@pytest.mark.parametrize("kind", ["papers", "results", "leaderboard"])
def test_the_page_opens_clean(show: Shows, kind: str) -> None:
    page = show(FORMATS["html"](make_tables(two_papers(), kind, Choice())), 1200, "light")

    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == page.locator("h1").inner_text()
    assert page.locator("table").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"


def test_hostile_names_are_text(show: Shows) -> None:
    page = show(FORMATS["html"](make_tables(hostile_graph(), "results", Choice())), 1200, "light")

    assert page.locator("table script, table img").count() == 0
    assert page.get_by_text("<script>alert(1)</script>", exact=True).count() > 0


def test_a_phone_shows_rows_as_cards_that_fit(show: Shows) -> None:
    page = show(FORMATS["html"](make_tables(two_papers(), "results", Choice())), 360, "light")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("tbody tr").count() == 11
    assert page.evaluate("getComputedStyle(document.querySelector('tbody td'), '::before').content") == '"method"'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(show: Shows, scheme: str) -> None:
    page = show(FORMATS["html"](make_tables(two_papers(), "papers", Choice())), 1200, scheme)

    assert page.evaluate(_CONTRAST) >= 4.5
