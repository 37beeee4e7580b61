"""How long an edit of a translation takes to be seen in the live preview, in a real browser.

    ./.venv/bin/python -m tests.benchmarks.preview [PAGES ...] [--edits N] [--library LEAFLETS]

A leaflet of so many pages on A4 is the tool's own with paragraphs added or left out. A word of its Spanish catalog
changes, the file is saved as editors do it (another file in its place), and the browser notes when the page for
screens is another one, when the printed page in view is, and when that is known to be final. Milliseconds by the
clock, so that whatever else the machine does is in them: the least is what the preview needs, the median what people
see. ``--library``: in a folder with so many leaflets, each in four languages.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks import measuring
from tests.browser import chromium

ROOT = Path(__file__).parents[2]
LOCALE, LAYOUT = "es", "a4"
SHORT, LONG = "clinic-visit", "naltrexone-implants"
LEAFLETS = {3: (SHORT, 0), 6: (SHORT, 9), 12: (LONG, 0), 15: (LONG, 15)}  # by their pages: paragraphs that are added
LOCALES = ("ar", "es", "hi", "zh_Hans")
_PARAGRAPH = (
    "\nThis paragraph was added so that the leaflet is longer. It says what its number is: {}. " + "Read it. " * 60
)
_WATCH = """() => {
  window.seen = [];
  const root = document.documentElement;
  new MutationObserver(() => window.seen.push([Date.now(), root.dataset.shown ?? "", root.dataset.final ?? ""]))
    .observe(root, { attributes: true, attributeFilter: ["data-shown", "data-final"] });
}"""


def library(root: Path, count: int) -> None:
    """A root with the leaflet that is measured, and so many others."""
    (root / "sources").mkdir()
    for name in ("clinics", "pictures", "drawings"):
        if (ROOT / "sources" / name).is_dir():
            shutil.copytree(ROOT / "sources" / name, root / "sources" / name)
    (root / "plainleaf.toml").write_text('clinic = "sample-us"\n', encoding="utf-8")
    for number in range(count + 1):
        for slug in (SHORT, LONG) if not number else (LONG,):
            own = f"{slug}-{number}" if number else slug
            shutil.copy(ROOT / "sources" / f"{slug}.md", root / "sources" / f"{own}.md")
            for locale in LOCALES:
                folder = root / "locales" / locale / "LC_MESSAGES"
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / "locales" / locale / "LC_MESSAGES" / f"{slug}.po", folder / f"{own}.po")
                shutil.copy(ROOT / "locales" / locale / "LC_MESSAGES" / "layouts.po", folder / "layouts.po")


def lengthened(root: Path, slug: str, by: int) -> None:
    """A leaflet with so many paragraphs more at its end."""
    path = root / "sources" / f"{slug}.md"
    text = (ROOT / "sources" / f"{slug}.md").read_text(encoding="utf-8")
    added = "".join(f"{_PARAGRAPH.format(number)}\n" for number in range(by))
    path.write_text(text.rstrip("\n") + "\n" + added, encoding="utf-8")


@contextmanager
def previewed(root: Path) -> Iterator[tuple[str, float]]:
    """The preview's address while it runs, and the seconds until it answered."""
    begun = time.perf_counter()
    command = [sys.executable, str(ROOT / "publish.py"), "preview", LONG, "--locale", LOCALE, "--root", str(root)]
    process = subprocess.Popen(
        [*command, "--no-browser", "--port", "0"], stdout=subprocess.PIPE, text=True, env=measuring.environment()
    )
    try:
        assert process.stdout
        line = next(line for line in process.stdout if "http://" in line)
        yield line.split()[-1], time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(20)


def edited(path: Path, turn: int) -> float:
    """Change a word of a catalog, in one piece; gives the time (ms since 1970) of the save."""
    text = path.read_text(encoding="utf-8")
    about = r'(?s)(#\. What the leaflet is about.*?msgstr ")(?:Turno \d+: )?'
    new = re.sub(about, rf"\g<1>Turno {turn}: ", text, count=1)
    assert new != text
    beside = path.with_suffix(".new")
    beside.write_text(new, encoding="utf-8")
    beside.replace(path)
    return time.time() * 1000


def waits(page: Any, saved: float, kind: int, before: str) -> float:
    """Milliseconds from a save until what the browser notes is another one (1: what is shown, 2: what is final)."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for row in page.evaluate("window.seen"):
            if row[0] >= saved and row[kind] and row[kind] != before:
                return float(row[0] - saved)
        page.wait_for_timeout(15)
    raise AssertionError("the page did not change within a minute")


def measured(page: Any, root: Path, slug: str, edits: int, printed: bool) -> dict[str, list[float]]:
    """How long each edit took: until a page is shown, and until it is final."""
    path = root / "locales" / LOCALE / "LC_MESSAGES" / f"{slug}.po"
    page.evaluate(_WATCH)
    found: dict[str, list[float]] = {"shown": [], "final": []}
    for turn in range(edits):
        before = page.evaluate("document.documentElement.dataset.shown")
        page.evaluate("window.seen.length = 0")
        saved = edited(path, 1000 * printed + turn)
        found["shown"].append(waits(page, saved, 1, before))
        if printed:
            found["final"].append(waits(page, saved, 2, before))
        page.wait_for_timeout(400)
    return found


def told(what: str, times: Sequence[float]) -> None:
    """A row: the least, the median, the longest."""
    least, middle, most = min(times), statistics.median(times), max(times)
    print(f"  {what:<34} least {least:6.0f} ms, median {middle:6.0f} ms, longest {most:6.0f} ms", flush=True)


def pages_now(page: Any) -> int:
    """How many printed pages there are."""
    page.locator("#state", has_text="Up to date").wait_for(timeout=90_000)
    words = page.locator("#number").text_content() or "1 of 1"
    return int(words.split()[-1])


def run(page: Any, address: str, root: Path, pages: int, edits: int) -> None:
    """The rows of a leaflet of so many pages."""
    slug, by = LEAFLETS[pages]
    lengthened(root, slug, by)
    page.evaluate(f"sessionStorage.setItem('layout', '{LAYOUT}')")
    page.goto(f"{address.partition('?')[0].rsplit('/', 1)[0]}/{slug}")
    print(f"{pages_now(page)} pages on {LAYOUT}, {edits} edits:")
    page.wait_for_timeout(5000)
    found = measured(page, root, slug, edits, printed=True)
    told("printed page in view, first proof", found["shown"])
    told("printed page in view, final", found["final"])
    page.locator("#layouts").select_option("")
    page.locator("#state", has_text="Up to date").wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    told("page for screens", measured(page, root, slug, edits, printed=False)["shown"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=int, default=[6, 15])
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--library", type=int, default=0, metavar="LEAFLETS")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder)
        library(root, asked.library)
        with previewed(root) as (address, seconds):
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            begun = time.perf_counter()
            page.goto(address)
            page.locator("#state", has_text="Up to date").wait_for(timeout=120_000)
            later = time.perf_counter() - begun
            print(f"{asked.library + 1} leaflets: answers after {seconds:.1f} s, first page {later:.1f} s later")
            for pages in asked.pages:
                run(page, address, root, pages, asked.edits)


if __name__ == "__main__":
    main()
