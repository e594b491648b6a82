"""A browser for tests: Chromium as the machine has it, driven without the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

__all__ = ["another_browser", "open_browser"]

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def _find_browser() -> str | None:
    named = os.environ.get("KG_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the browser that ``KG_CHROMIUM`` or ``PATH`` names; skip without one, but fail on a build server."""
    path = _find_browser()
    if path is None:
        reason = "no Chromium found; install it or set KG_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def another_browser(browser: Browser, *flags: str) -> Iterator[Browser]:
    """Start a second browser with further flags beside one that is open."""
    other = browser.browser_type.launch(executable_path=_find_browser(), args=[*_FLAGS, *flags])
    yield other
    other.close()
