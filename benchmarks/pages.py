"""Measure the explorer in a browser beside pyvis and force-graph, on invented graphs: ``make benchmark-pages``.

All get the same graph, the same places, the same machine and the same minutes; only the ratios mean something. One line
of Markdown for each page and size:

- MB: of the file; export: seconds of the processor from a graph in memory to the bytes, with layout.
- first: seconds from opening to the first frame in which the graph stands.
- drag: frames per second while the picture is dragged; settle: longest gap between frames after it is let go, in ms.
- details, toggle: ms from a press to the frame that shows a node's details, or hides a type (the explorer only).
- heap: MB that the script holds.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.graphs import invented_graph
from benchmarks.rivals import force_graph_page, pyvis_page
from kg.exporters.explorer import render_explorer
from kg.exporters.picture.making import make_picture
from kg.exporters.picture.petals import place_nodes
from kg.exporters.picture.reading import read_contents
from kg.exporters.picture.topics import find_topics

_SIZES: Final = (1_000, 5_000, 20_000, 50_000)
_MOST: Final = {"pyvis": 20_000}
"""Nodes above which a page is not tried: it takes minutes."""
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--disable-background-networking")
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_Made = TypeVar("_Made")
_DRAG: Final = 1.5
_WATCH: Final = """
  window.bench = { first: null, frames: [] };
  const probe = new OffscreenCanvas(64, 40).getContext("2d", { willReadFrequently: true });
  const large = () => [...document.querySelectorAll("canvas")].filter((one) => one.offsetWidth > 300);
  const stands = () => large().some((canvas) => {
    probe.clearRect(0, 0, 64, 40);
    probe.drawImage(canvas, 0, 0, 64, 40);
    const { data } = probe.getImageData(0, 0, 64, 40);
    let seen = 0;
    for (let at = 3; at < data.length; at += 4) seen += data[at] > 20;
    return seen > 40;
  });
  const watch = (now) => {
    bench.frames.push(now);
    if (bench.first === null && stands()) bench.first = performance.now();
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
"""
_TILL_PAINTED: Final = """async (selector) => {
  const started = performance.now();
  document.querySelector(selector).click();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - started;
}"""


def main() -> int:
    """Measure and print; return the exit status."""
    sizes = [int(size) for size in sys.argv[1:]] or list(_SIZES)
    executable = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        print("error: no Chromium found; install it or set KG_CHROMIUM to its path", file=sys.stderr)
        return 2
    print("| nodes | page | MB | export | first | drag | settle | details | toggle | heap |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for name, path, seconds in _pages(size, Path(folder)):
                browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
                print(_line(size, name, path, seconds, _measured(browser, name, path)), flush=True)
                browser.close()
    return 0


def _pages(size: int, folder: Path) -> Iterator[tuple[str, Path, float]]:
    """Write the pages of a graph, one after the other; the time of the rivals is without reading and layout."""
    graph = invented_graph(size)
    explorer, seconds = _timed(lambda: render_explorer(graph))
    yield "explorer", _written(folder / "explorer.html", explorer), seconds
    picture = make_picture(read_contents(graph, size))
    places = place_nodes(picture, find_topics(picture))
    if size <= _MOST["pyvis"]:
        page, seconds = _timed(lambda: pyvis_page(picture, places))
        yield "pyvis", _written(folder / "pyvis.html", page.encode()), seconds
    rival, seconds = _timed(lambda: force_graph_page(picture, places))
    if rival is not None:
        yield "force-graph", _written(folder / "force-graph.html", rival.encode()), seconds


def _timed(make: Callable[[], _Made]) -> tuple[_Made, float]:
    started = time.process_time()
    return make(), time.process_time() - started


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _measured(browser: Browser, name: str, path: Path) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.context.set_offline(True)
    page.add_init_script(_WATCH)
    view = "#view=graph&all=1" if name == "explorer" else ""
    try:
        page.goto(path.as_uri() + view, timeout=120_000)
        page.wait_for_function("bench.first !== null", timeout=120_000)
        found = {"first": page.evaluate("bench.first") / 1000, **_dragged(page)}
        found["heap"] = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        if name == "explorer":
            page.wait_for_selector("html[data-ready]")
            found["details"] = page.evaluate(_TILL_PAINTED, "#overview .list .node")
            found["toggle"] = page.evaluate(_TILL_PAINTED, "#types [data-name=Method]")
    except BrowserError:
        return {}
    return found


def _dragged(page: Page) -> dict[str, float]:
    """Drag the picture to and fro from a place where little is drawn."""
    page.wait_for_timeout(500)
    x, y = 1180, 700
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("bench.frames = []")
    started, step = time.perf_counter(), 0
    while time.perf_counter() - started < _DRAG:
        step += 1
        page.mouse.move(x - 4 * (step % 60), y - 2 * (step % 50))
    frames: list[float] = page.evaluate("bench.frames")
    seconds = time.perf_counter() - started
    page.mouse.up()
    page.evaluate("bench.frames = [performance.now()]")
    page.wait_for_timeout(900)
    after: list[Any] = page.evaluate("bench.frames")
    return {"drag": len(frames) / seconds, "settle": max(b - a for a, b in pairwise(after))}


def _line(size: int, name: str, path: Path, seconds: float, found: dict[str, float]) -> str:
    def cell(key: str, digits: int) -> str:
        return f"{found[key]:.{digits}f}" if key in found else ""

    export = f"{seconds:.1f}" if name == "explorer" else ""
    measures = [cell("first", 2), *(cell(key, 0) for key in ("drag", "settle", "details", "toggle", "heap"))]
    return f"| {size:,} | {name} | {path.stat().st_size / 1e6:.2f} | {export} | {' | '.join(measures)} |"


if __name__ == "__main__":
    sys.exit(main())
