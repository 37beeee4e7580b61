"""Pages for screens in a real browser: nothing that axe finds, and no line to scroll sideways for, down to 320 px."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plainleaf.site import patients
from plainleaf.site.offers import Text
from tests import crawl, shipped
from tests.browser import WIDTHS, chromium, opened, scrolled_sideways, violations
from tests.conftest import TESTS, plainleaf
from tests.site.test_site import offer, tongue

PAGES = (
    "index.html", "languages/en.html", "languages/es.html", "inhaler/es/formats.html", "staff/index.html",
    "staff/print-list/index.html", "staff/print-list/inhaler/index.html", "staff/print-list/inhaler/es.html",
    "staff/status/index.html", "staff/status/more/index.html", "staff/status/more/es.html",
    "staff/readability/index.html", "staff/readability/inhaler/index.html", "staff/readability/inhaler/es.html",
    "staff/readability/inhaler/es.sentences.html", "inhaler/es/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What publishing a small root makes, in which two leaflets have a translation each with gaps."""
    root = tmp_path_factory.mktemp("browser") / "root"
    shutil.copytree(TESTS / "content", root)
    second = (root / "sources/inhaler.md").read_text(encoding="utf-8").replace("title: ", "title: More on ", 1)
    (root / "sources/more.md").write_text(second, encoding="utf-8")
    plainleaf("init", "ar", root=root)
    assert plainleaf("publish", "--format", "html", root=root).returncode == 0
    return root / "build"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_no_width_scrolls_sideways(browser: Browser, build: Path, name: str) -> None:
    with opened(browser, build / name, WIDTHS[0]) as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert (width, violations(page), scrolled_sideways(page)) == (width, [], 0)


def test_every_link_of_the_pages_leads_somewhere(build: Path) -> None:
    assert list(crawl.faults(build, build.parent)) == []


def test_axe_and_the_width_are_really_looked_at(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><title>x</title><img src=x><p style='width: 99em'>x", encoding="utf-8")
    with opened(browser, bad, 320) as page:
        assert scrolled_sideways(page) > 100 and any("image-alt" in each for each in violations(page))


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}], ids=str
)
def test_axe_finds_nothing_whatever_colours_the_reader_has_set(
    browser: Browser, build: Path, options: dict[str, str]
) -> None:
    for name in ("index.html", "languages/es.html", "inhaler/es/formats.html", "staff/index.html"):
        with opened(browser, build / name, 390, **options) as page:
            assert (name, violations(page)) == (name, [])


# --------------------------------------------------------------------------- the search

TITLES = {
    "en": ("Your blue inhaler", "Diabetes: what to eat"),
    "zh_Hans": ("您的蓝色吸入器", "糖尿病：吃什么"),
    "th": ("ยาพ่นสีฟ้าของคุณ", "โรคเบาหวาน กินอะไรดี"),
    "km": ("ថ្នាំបាញ់ពណ៌ខៀវរបស់អ្នក", "ជំងឺទឹកនោមផ្អែម ត្រូវញ៉ាំអ្វី"),
    "my": ("သင့်ပြာရောင် ရှူဆေးဘူး", "ဆီးချိုရောဂါ ဘာစားမလဲ"),
    "ar": ("بخاخك الأزرق", "السكري: ماذا تأكل"),
    "vi": ("Ống hít màu xanh của bạn", "Bệnh tiểu đường: ăn gì"),
    "hi": ("आपका नीला इनहेलर", "मधुमेह: क्या खाएँ"),
}
ASKED = [
    ("en", "inhalers", 0), ("en", "Diabtes", 1), ("en", "eat", 1), ("zh_Hans", "尿病", 1), ("zh_Hans", "蓝色", 0),
    ("th", "เบาหวาน", 1), ("th", "สีฟ้า", 0), ("km", "ទឹកនោមផ្អែម", 1), ("my", "ရှူဆေး", 0), ("my", "ဆီးချို", 1),
    ("ar", "الازرق", 0), ("ar", "السُّكَّري", 1), ("vi", "tieu duong", 1), ("hi", "मधुमेह", 1), ("hi", "इनहेलर", 0),
]  # fmt: skip


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists of two leaflets in languages of many scripts, with all that they load; from a folder, as on a stick."""
    top, content = tmp_path_factory.mktemp("lists"), shipped.content()
    offered = []
    for name, titles in TITLES.items():
        for slug, title in zip(("one", "two"), titles, strict=True):
            offered.append(replace(offer(slug, name, title), summary=Text("-"), more="", tongue=tongue(name)))
    for path, make in patients.pages(content, offered):
        if path.startswith("languages/"):
            made = make()
            (top / path).parent.mkdir(exist_ok=True)
            (top / path).write_bytes(made if isinstance(made, bytes) else made.encode())
    return top / "languages"


def shown(page: Page) -> list[str]:
    """The leaflets that are seen, in their order."""
    return [str(each.get_attribute("data-id")) for each in page.locator("li[data-id]").all() if each.is_visible()]


@pytest.mark.parametrize("name", TITLES)
def test_the_search_finds_words_in_every_script(browser: Browser, lists: Path, name: str) -> None:
    with opened(browser, lists / f"{name.replace('_', '-')}.html", 390) as page:
        for language, words, place in ASKED:
            if language == name:
                page.fill("#q", words)
                assert (words, shown(page)) == (words, [("one", "two")[place]])
        page.fill("#q", "qqqq")
        assert shown(page) == [] and page.locator("#none").is_visible()
        page.fill("#q", "")
        assert sorted(shown(page)) == ["one", "two"] and not page.locator("#none").is_visible()
        page.select_option("#f", index=1)
        assert sorted(shown(page)) == ["one", "two"]


def test_without_a_script_the_whole_list_is_there(browser: Browser, lists: Path) -> None:
    with opened(browser, lists / "ar.html", 390, java_script_enabled=False) as page:
        assert sorted(shown(page)) == ["one", "two"] and not page.locator("#search").is_visible()


def test_the_desk_prints_with_three_clicks_of_the_keyboard(browser: Browser, build: Path) -> None:
    with opened(browser, build / "staff/index.html", 1280) as page:
        expect(page.locator("#q")).to_be_focused()  # nothing has to be clicked before
        page.keyboard.type("más")  # a title in another language finds the leaflet too
        expect(page.locator("#q")).to_have_value("más")
        page.fill("#q", "More on")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**/staff/print-list/more/index.html")
        for _ in range(20):
            page.keyboard.press("Tab")
            if "English" in str(page.evaluate("document.activeElement.innerText")):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/staff/print-list/more/en.html")
        links = [str(each.get_attribute("href")) for each in page.locator("main a").all()]
        assert links == ["../../../more/en/index.html"]
