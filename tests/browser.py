"""Pages in a real browser: the system's Chromium, driven by Playwright, and axe, which judges how accessible they
are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import needs

_OPEN: list[Browser] = []
WIDTHS = (1280, 390, 320)  # pixels: a desk, a phone, the narrowest that WCAG 1.4.10 asks for
PATIENCE = 120_000  # ms, on a busy machine: how long anything that is expected may take
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window; skips the test on a user's machine that has none. There is one at a
    time in a process: who asks while it is open is given that one."""
    needs("chromium")
    if _OPEN:
        yield _OPEN[0]
        return
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        _OPEN.append(found)
        try:
            yield found
        finally:
            _OPEN.clear()
            found.close()


def window(browser: Browser, width: int = 1280, height: int = 800, **options: Any) -> Page:
    """An empty page of so many pixels in a context of its own, which waits patiently; ``options``: of the context, such
    as ``color_scheme``."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@contextmanager
def opened(browser: Browser, path: Path, width: int, **options: Any) -> Iterator[Page]:
    """A file as a page of so many pixels."""
    page = window(browser, width, **options)
    try:
        page.goto(path.as_uri())
        yield page
    finally:
        page.context.close()


@cache
def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, and where it is broken first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then(found => found.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def scrolled_sideways(page: Page) -> int:
    """How many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
