"""The HTML file of an edition: whole, in order, with all in it, and nothing that belongs to paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import left_over
from plainleaf.actions import plan as planning
from plainleaf.formats.base import FORMATS, Limits, Made
from plainleaf.formats.html import judging, linking, tokens, trees
from plainleaf.formats.html import text as words
from plainleaf.layouts.reading_order import reading_order
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import Location
from plainleaf.model.tags import language_tag
from plainleaf.typesetting import locales
from tests import crawl
from tests.conftest import ROOT, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Replaced = Callable[[Path, str, str], None]
AT = Location("sources/sample.md")
EVERY = pipeline.Choice()
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
BODY = """
## Pictures

![A clock that shows noon](pictures/noon.svg)

| When | How much |
|---|---|
| Morning | 2 puffs |

1. First this.
   ![A foot](pictures/noon.svg)
2. Then that.
   - In small steps.

::: slip
## My clock

My name: ____
:::

::: questions
Is it safe?
: Yes.
:::

::: tip
Ask https://clinic.example/a-page/of-ours or [us](https://clinic.example).
:::
"""


def files(root: Path, choice: pipeline.Choice = EVERY) -> dict[str, Made]:
    """The HTML file of each edition, by its language."""
    content = project.load(root)
    made = {}
    for edition, _ in pipeline.editions(content, choice, TODAY):
        prepared = FORMATS["html"].prepare(content, edition, None, None, Texts(), "sample.html")
        assert prepared.content, prepared.findings
        made[edition.locale.tag] = FORMATS["html"].write(prepared, Limits(9, 999))
    return made


class Words(HTMLParser):
    """All words of a page, with those that stand for pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += dict(attrs).get("alt") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]", "", text)


@pytest.fixture
def rich(content: Path) -> Path:
    """A root whose leaflet has blocks of many kinds, in English alone."""
    (content / "sources/pictures").mkdir()
    (content / "sources/pictures/noon.svg").write_text(PICTURE, encoding="utf-8")
    with (content / "sources/inhaler.md").open("a", encoding="utf-8") as leaflet:
        leaflet.write(BODY)
    return content


def test_every_text_comes_in_the_order_of_the_source(rich: Path) -> None:
    content = project.load(rich)
    assert not content.findings
    edition, _ = next(iter(pipeline.editions(content, pipeline.Choice(locales=("en",)), TODAY)))
    said, place = squeezed(Words(files_of(rich, "en")).text), 0
    texts = [each.text for each in reading_order(edition, content.clinic)]
    assert {"A clock that shows noon", "In small steps.", "Is it safe?", "2 puffs"} <= set(texts)
    for text in texts:
        place = said.index(squeezed(text), place) + len(squeezed(text))


def files_of(root: Path, tag: str) -> str:
    made = files(root)[tag]
    assert not made.findings
    return made.files[".html"].decode()


def test_pictures_are_in_the_file_and_nothing_is_fetched(rich: Path) -> None:
    page = files_of(rich, "en")
    assert re.search(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="A clock that shows noon">', page)
    assert not re.search(r'\ssrc="(?!data:)|<link|@import|url\((?!data:)', page)


def test_a_page_in_its_folder_has_its_pictures_beside_it(rich: Path) -> None:
    content = project.load(rich)
    edition, _ = next(iter(pipeline.editions(content, pipeline.Choice(locales=("en",)), TODAY)))
    prepared = FORMATS["html"].prepare(content, edition, None, None, Texts(), "inhaler/en/index.html")
    made = FORMATS["html"].write(prepared, Limits(9, 999))
    index, *others = made.files
    page = made.files[index].decode()
    assert index == "index.html" and others and "data:image/svg+xml;base64," not in page
    assert all(re.search(rf'(src="|url\("\./){name}', page) for name in others)
    assert b"<svg" in made.files[next(name for name in others if name.endswith(".svg"))]


def test_nothing_that_belongs_to_paper_or_checks_is_left(rich: Path) -> None:
    page = files_of(rich, "en")
    assert "\u200b" not in page and "\u2060" not in page and "data-at" not in page and "Page " not in Words(page).text
    assert "clinic.example/a-page/of-ours" in page


LOCALES = ("en", "es", "ar", "zh_Hans")


@pytest.mark.parametrize("tag", map(language_tag, LOCALES))
def test_a_page_says_its_language_direction_and_that_it_is_a_draft(tag: str) -> None:
    page = shipped()[tag]
    direction = "rtl" if tag == "ar" else "ltr"
    assert page.startswith("<!doctype html>") and f'<html lang="{tag}" dir="{direction}">' in page
    assert re.search(r"<title>[^<]+</title>", page) and page.count("<h1") == 1
    notices = re.search(r'<div class="notices">(.*?)</div>', page, re.DOTALL)
    assert notices and notices[1].count("<p>") == (1 if tag == "en" else 3)


def shipped() -> dict[str, str]:
    if not _shipped:
        some = pipeline.Choice((sorted(path.stem for path in (ROOT / "sources").glob("[a-z]*.md"))[-1],), LOCALES)
        _shipped.update({tag: made.files[".html"].decode() for tag, made in files(ROOT, some).items()})
    return _shipped


_shipped: dict[str, str] = {}


def test_no_parser_reads_our_pages_otherwise_than_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "tinyhtml5", None)
    assert all(trees.tree(tokens.read(page)).find("body/main") is not None for page in shipped().values())


GOOD = '<!doctype html><html lang="en" dir="ltr"><title>A</title><main><h1>One</h1><p id="b">Two</p>{}</main></html>'
FAULTS = {
    "no alt": ('<img src="data:,">', "no alt"),
    "a file": ('<img alt="" src="a.png">', "a.png"),
    "left open": ("<div>", "closes nothing"),
    "closed twice": ("</p>", "closes nothing"),
    "twice": ('<p id="b">', "“b”"),
    "nowhere": ('<a href="#c">See</a>', "#c"),
    "two headings": ("<h1>Three</h1>", "2 <h1>"),
}


@pytest.mark.parametrize(("more", "said"), FAULTS.values(), ids=FAULTS)
def test_a_page_that_is_not_whole_is_found(more: str, said: str) -> None:
    assert not [*judging.faults(tokens.read(GOOD.format("")), [("One", AT), ("Two", AT)], AT)]
    assert said in " ".join(each.message for each in judging.faults(tokens.read(GOOD.format(more)), [], AT))


@pytest.mark.parametrize(("texts", "what"), [(("Two", "One"), "wrong place"), (("One", "Three"), "missing")])
def test_a_text_that_is_lost_or_misplaced_is_found_at_its_line(texts: tuple[str, str], what: str) -> None:
    places = [Location("sources/sample.md", line) for line in (7, 8)]
    (finding,) = judging.faults(tokens.read(GOOD.format("")), zip(texts, places, strict=True), AT)
    assert what in finding.message and finding.at.line == 8 and texts[1] in finding.message


def test_the_command_makes_lists_and_keeps_them(content: Path) -> None:
    done = plainleaf("publish", "--format", "html", root=content)
    assert done.returncode == 0, done.stderr
    assert "made: inhaler/es/index.html" in done.stdout and "html" in done.stdout and "KB" in done.stdout
    assert not [*(content / "build").rglob("*.pdf")]
    page = (content / "build/languages/es.html").read_text(encoding="utf-8")
    assert 'href="../inhaler/es/index.html"' in page
    page = (content / "build/staff/print-list/inhaler/es.html").read_text(encoding="utf-8")
    assert 'href="../../../inhaler/es/index.html" type="text/html"' in page[page.index("For screens") :]
    assert "es/index.html" not in page[: page.index("For screens")]
    assert "0 of them made now" in plainleaf("publish", "--format", "html", root=content).stdout


def test_the_settings_choose(content: Path) -> None:
    (content / "plainleaf.toml").write_text('formats = ["html"]\n', encoding="utf-8")
    done = plainleaf("publish", root=content)
    assert done.returncode == 0 and (content / "build/inhaler/en/index.html").is_file(), done.stderr
    assert not [*(content / "build").rglob("*.pdf")]


def test_a_text_that_has_changed_makes_the_file_anew(content: Path, replaced: Replaced) -> None:
    (content / "plainleaf.toml").write_text('formats = ["html"]\n', encoding="utf-8")
    plainleaf("publish", root=content)
    replaced(content / "sources/inhaler.md", "Shake it first.", "Shake it well.")
    done = plainleaf("publish", "--locale", "en", root=content)
    assert "1 of them made now" in done.stdout
    assert "Shake it well." in (content / "build/inhaler/en/index.html").read_text(encoding="utf-8")


def test_a_file_that_nobody_asks_for_today_is_planned_and_its_command_is_known(content: Path) -> None:
    (content / "plainleaf.toml").write_text('formats = ["pdf"]\n', encoding="utf-8")
    loaded = project.load(content)
    found = list(pipeline.editions(loaded, pipeline.Choice(), TODAY))
    plan = planning.plan(loaded, found, there=("inhaler/es/index.html", "inhaler/inhaler.en.odt"))
    (kept,) = plan.kept
    assert kept.path == "inhaler/es/index.html" and kept.path in plan.jobs
    assert left_over.command(loaded, kept).endswith("publish --format html")


@pytest.mark.parametrize(("asked", "hint"), [("htm", "html"), ("PDF", "pdf"), ("../x", "pdf, html")])
def test_a_format_that_is_not_there_is_wrong_usage(content: Path, asked: str, hint: str) -> None:
    done = plainleaf("publish", "--format", asked, root=content)
    assert done.returncode == 2 and f"“{asked}”" in done.stderr and hint in done.stderr
    (content / "plainleaf.toml").write_text(f'formats = ["{asked}"]\n', encoding="utf-8")
    done = plainleaf("publish", root=content)
    assert done.returncode == 2 and f"“{asked}”" in done.stderr and "plainleaf.toml:1" in done.stderr


def test_a_damaged_picture_is_a_finding_and_no_file(rich: Path) -> None:
    content = project.load(rich)
    edition, _ = next(iter(pipeline.editions(content, pipeline.Choice(locales=("en",)), TODAY)))
    (rich / "sources/pictures/noon.svg").write_text("<svg", encoding="utf-8")
    prepared = FORMATS["html"].prepare(content, edition, None, None, Texts(), "sample.html")
    assert prepared.content is None and "pictures/noon.svg" in prepared.findings[0].message


@pytest.mark.parametrize("option", ["--report", "--format"])
def test_the_form_of_a_report_has_its_own_name(content: Path, option: str) -> None:
    done = plainleaf("check", option, "json", root=content)
    assert done.stdout.startswith("{")


def test_a_page_leads_to_no_file_that_could_not_be_made(content: Path) -> None:
    own = content / "layouts/a4"
    shutil.copytree(ROOT / "layouts/a4", own)
    (own / "layout.html").write_text('{% extends "base/page.html" %}{% block main %}{{ 1 / 0 }}{% endblock %}')
    loaded, page = project.load(content), content / "build/inhaler/es/index.html"
    choice = pipeline.Choice(formats=("html", "pdf"), layouts=("a4",))
    made = [pipeline.publish(loaded, choice, content / "build", TODAY, lambda *_: None) for _ in "12"]
    assert [each.rendered for each in made] == [2, 0] and not [*(content / "build").rglob("*.pdf")]
    shown = page.read_text(encoding="utf-8")
    assert '../en/index.html"' in shown and ".pdf" not in shown and 'class="for-print"' not in shown


def test_each_part_of_a_date_has_a_name_of_its_own() -> None:
    line = '<span class="line" data-field="text" role="img" aria-label="Line to write on"></span>'
    page = words.to_fill_in(
        f"<p>Date: {line}/{line}/{line}</p><p>{line}–{line}</p><p>Take {line} puffs, {line} times</p>"
    )
    named = ["Date:", "Date: 2", "Date: 3", "Line to write on", "Line to write on 2", "Take", "puffs,"]
    assert re.findall('aria-label="([^"]*)"', page) == named
    assert re.findall('class="line( part|)"', page) == [" part"] * 5 + [""] * 2


def test_the_way_back_from_a_word_to_know_is_called_by_the_word_alone(content: Path) -> None:
    head = '<span class="term">asthma</span> <span class="say">Say it: <span>AZ-ma</span></span>'
    entry = f"<dt>{head}</dt>\n<dd>An illness.</dd>"
    page = f'<html lang="en"><body><main><p>You have asthma.</p><dl class="words">{entry}</dl></main></body></html>'
    clinic = project.load(content).clinic
    assert clinic
    made = linking.linked(page, clinic, [linking.Reader(locales.locale("en"), "Back", "en")])
    assert 'href="#word-1" aria-label="Back: asthma">Back</a>' in made


def test_a_page_that_is_left_over_is_named_before_what_it_shows(content: Path) -> None:
    (content / "plainleaf.toml").write_text('formats = ["html"]\n', encoding="utf-8")
    pipeline.publish(project.load(content), pipeline.Choice(), content / "build", TODAY, lambda *_: None)
    shutil.rmtree(content / "locales/es")
    done = pipeline.publish(project.load(content), pipeline.Choice(), content / "build", TODAY, lambda *_: None)
    (found,) = (each for each in done.findings if each.check == "left-over")
    assert found.at.file == "inhaler/es/index.html" and ".woff2" in found.message
    assert list(crawl.faults(content / "build", content)) == [], "what it leads to is gone, and leads on"
