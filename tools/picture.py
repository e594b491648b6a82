"""Take a picture of an HTML graph: ``python tools/picture.py exports/graph.html exports/graph.png``.

What is behind "#" in the address of a view may follow the page: ``exports/graph.html#view=graph``.
The browser is Chromium as ``KG_CHROMIUM`` or ``PATH`` names it, driven by Playwright from the ``dev`` extra.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_WIDTH, _HEIGHT = 1600, 1000


def main(arguments: list[str]) -> int:
    """Take the picture; return the exit status."""
    if len(arguments) != 2:  # noqa: PLR2004 - a page and a picture
        return _fail("usage: python tools/picture.py PAGE.html[#VIEW] PICTURE.png")
    name, _, view = arguments[0].partition("#")
    page, picture = Path(name), Path(arguments[1])
    if not page.is_file():
        return _fail(f"{page}: no such file; run the build first")
    browser = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if browser is None:
        return _fail("no Chromium found; install it or set KG_CHROMIUM to its path")
    _shoot(browser, f"{page.resolve().as_uri()}#{view}", picture)
    return 0


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 2


def _shoot(executable: str, address: str, picture: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed to say that there is no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        context = browser.new_context(
            viewport={"width": _WIDTH, "height": _HEIGHT}, offline=True, reduced_motion="reduce"
        )
        tab = context.new_page()
        tab.goto(address)
        tab.wait_for_selector("html[data-ready]")
        tab.wait_for_timeout(200)  # the canvas is painted with the next frame
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
