"""What a page for screens allows itself: nothing but the style and the pictures that stand in it."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from plainleaf.layouts.content_policy import guarded
from tests.browser import chromium, window
from tests.conftest import plainleaf

BLOCKED = re.compile(
    r"\bstyle=\"|<[a-z][^<>]*\son[a-z]+=|<script(?! type=\"application/ld\+json\")|<iframe|<object|<embed|<form|<link"
    r"|<base|@import|url\((?!\"\./|\"?data:)"
)
# Files beside a page, by an address that leads nowhere else; a form that is never sent.
BESIDE = re.compile(r'<(?:link rel="(?:stylesheet|canonical)" href|script src)="[^":]+">|<form class="search"')
POLICY = "Content Security Policy"  # what a browser says of what it blocks


def policy(page: str) -> dict[str, list[str]]:
    """The rules of a page's policy, which stands before all that it rules; each name with its values."""
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert len(found) == 1
    assert page.index("Content-Security-Policy") < page.index("<title")
    return {name: values for name, *values in (rule.split() for rule in found[0].split(";"))}


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_a_page_loads_nothing_and_its_own_style_is_known_by_its_digest() -> None:
    page = '<head><meta charset="utf-8"><title>A</title><style>p { color: #000 }\n</style></head><p>é</p>'
    assert policy(guarded(page)) == {
        "default-src": ["'none'"], "style-src": [digest("p { color: #000 }\n")], "img-src": ["data:"],
        "base-uri": ["'none'"], "form-action": ["'none'"],
    }  # fmt: skip


def test_each_style_and_script_has_its_digest_once() -> None:
    head = "<style>a</style><script type=module>b</script><style media=print>c</style><style>a</style>"
    page = f"<head><title></title>{head}</head>"
    rules = policy(guarded(page))
    assert rules["style-src"] == sorted([digest("a"), digest("c")])
    assert rules["script-src"] == [digest("b")]


@pytest.mark.parametrize("page", ["<p>no head</p>", ""])
def test_what_is_no_page_stays_as_it_is(page: str) -> None:
    assert guarded(page) == page


@pytest.mark.parametrize(
    "page", ["<head><title></title><style>a", "<head><title></title><style", "<head><title></title>"]
)
def test_a_style_that_does_not_end_has_no_digest(page: str) -> None:
    assert "style-src" not in policy(guarded(page))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every HTML page that publishing a small root makes, by its name."""
    root = tmp_path_factory.mktemp("policy") / "root"
    shutil.copytree(Path(__file__).parents[1] / "content", root)
    with (root / "sources/inhaler.md").open("a", encoding="utf-8") as leaflet:
        leaflet.write("\n## Steps\n\n1. First this.\n2. Then that.\n\nWait.\n\n3. Now this.\n4. Then that.\n")
    done = plainleaf(
        "--root", str(root), "publish", "--locale", "en", "--format", "html", "--output", str(root / "out")
    )
    assert done.returncode == 0, done.stderr
    return {path.relative_to(root / "out").as_posix(): path for path in sorted((root / "out").rglob("*.html"))}


def test_every_page_of_the_output_has_a_policy_that_fits_what_stands_in_it(pages: dict[str, Path]) -> None:
    parts = ("index", "status/index", "print-list/index", "readability/index", "readability/inhaler/en")
    assert {*(f"staff/{part}.html" for part in parts), "index.html", "inhaler/en/index.html"} <= set(pages)
    for path in pages.values():
        page = path.read_text(encoding="utf-8")
        own = sorted(map(digest, set(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))))
        beside = ["'self'"] if '<link rel="stylesheet"' in page else []
        assert policy(page).get("style-src", []) == beside + own
        assert ("script-src" in policy(page)) is ("<script" in page)
        assert not BLOCKED.search(BESIDE.sub("", page)), path


def test_a_browser_finds_nothing_to_block(pages: dict[str, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(guarded('<!doctype html><head><title>x</title></head><p style="color: red">x'), encoding="utf-8")
    still = [path for path in pages.values() if 'http-equiv="refresh' not in path.read_text(encoding="utf-8")]
    with chromium() as browser:
        page = window(browser)
        with page.expect_console_message(lambda each: POLICY in each.text):
            page.goto(bad.as_uri())
        page.context.close()
        page, said = window(browser), list[str]()
        page.on("console", lambda each: said.append(each.text))
        for path in still:
            page.goto(path.as_uri())
            assert page.title()
            assert not any(POLICY in each for each in said), (path, said)
        page.context.close()
