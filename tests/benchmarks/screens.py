"""Pages for screens as a phone on a slow network sees them; axe over every language. What they cost: ``editions``.

    ./.venv/bin/python -m tests.benchmarks.screens [LEAFLET ...] [--locale NAME ...] [--axe]

For each page: KB of HTML, KB of the fonts that a phone loads, first paint and the largest one in ms, the foot of the
number to call in pixels on a screen of 360 x 640. The phone: 1.6 Mbit/s, 150 ms to the server and back, a processor
four times as slow as this one, nothing in its cache. ``--axe``: what axe finds at 1280, 390 and 320 pixels.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from plainleaf import pipeline
from plainleaf.model import has_error
from tests import shipped
from tests.browser import WIDTHS, chromium, opened, violations
from tests.conftest import TODAY
from tests.formats.html.making import written

_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
_SLOWER = 4
_SEEN = """() => new Promise(done => new PerformanceObserver(list => done([
    performance.getEntriesByName('first-contentful-paint')[0].startTime,
    list.getEntries().at(-1).startTime])).observe({type: 'largest-contentful-paint', buffered: true}))"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder as a static host serves it, and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def painted(browser: Browser, address: str) -> tuple[float, float, float]:
    """When a phone paints first and most, in ms; where the number to call ends, in pixels (0 if there is none)."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address)
    first, most = page.evaluate(_SEEN)
    call = page.locator(".emergency .call a").first
    box = call.bounding_box() if call.count() else None
    context.close()
    return first, most, box["y"] + box["height"] if box else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("leaflets", nargs="*", default=[shipped.FIRST, "opioid-overdose"])
    parser.add_argument("--locale", action="append", default=[])
    parser.add_argument("--axe", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, served(Path(folder)) as site:
        for slug in asked.leaflets:
            with shipped.unchecked():
                choice = pipeline.Choice((slug,), tuple(asked.locale))
                found = list(pipeline.editions(shipped.content(), choice, TODAY))
            editions = [edition for edition, about in found if not has_error(about)]
            pages = written(shipped.content(), editions, Path(folder))
            for edition in editions:
                path = pages[edition.locale.tag]
                fonts = sum(each.stat().st_size for each in path.parent.glob("*.woff2")) / 1000
                address = f"{site}/{slug}/{edition.locale.tag}/"
                first, most, foot = (
                    median(each) for each in zip(*(painted(browser, address) for _ in range(3)), strict=True)
                )
                found_by_axe = [each for width in WIDTHS if asked.axe for each in _axe(browser, path, width)]
                print(f"{slug:20} {edition.locale.tag:8} {path.stat().st_size / 1000:5.1f} KB, fonts {fonts:5.1f} KB, "
                      f"first paint {first:4.0f} ms, largest {most:4.0f} ms, call ends at {foot:3.0f} px "
                      f"{found_by_axe or ''}")  # fmt: skip


def _axe(browser: Browser, path: Path, width: int) -> list[str]:
    with opened(browser, path, width) as page:
        return violations(page)


if __name__ == "__main__":
    main()
