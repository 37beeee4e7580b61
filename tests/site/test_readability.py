"""The page on readability: every sentence is drawn and listed, nothing is told by colour or by a mouse alone."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from plainleaf import pipeline, project
from plainleaf.checks.readability import gate, pemat
from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability.judge import Options
from plainleaf.cli import main as cli
from plainleaf.clinics.details import placeholders
from plainleaf.files.toml import Table
from plainleaf.model import Edition, Locale
from plainleaf.readability import scores
from plainleaf.site import judgement
from plainleaf.site import readability as reading_page
from plainleaf.site import scores as reading_scores
from plainleaf.site import sentence_picture as reading_picture
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.conftest import ROOT, TODAY
from tests.shipped import content as whole
from tests.shipped import editions

Edit = Callable[[Path, str, str], None]
SOURCE = Path("sources/inhaler.md")
VOID = {"meta", "br"}
HEAD = """---
title: Test
summary: A short text for tests.
audience: All
written: 2026-11-01
review-by: 2028-11-01
country: US
---

"""


class Node:
    """An element with its attributes, its children, and all text inside it."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Node] = []
        self.text = ""

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        found = []
        for child in self.children:
            fits = all(child.attrs.get(name.rstrip("_")) == value for name, value in attrs.items())
            found += [child] if (not tag or child.tag == tag) and fits else []
            found += child.all(tag, **attrs)
        return found

    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()


class Page(HTMLParser):
    """A page as a tree; every tag must be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)
        self.ids: dict[str, list[Node]] = defaultdict(list)
        self.feed(html)
        assert self.at is self.root, f"<{self.at.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.at = self.at.children[-1]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if "id" in node.attrs:
            self.ids[node.attrs["id"]].append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag and self.at.parent, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        node: Node | None = self.at
        while node:
            node.text += data
            node = node.parent

    def id(self, name: str) -> Node:
        (found,) = self.ids[name]
        return found


class Pages:
    """All pages below ``staff/readability``, by their paths there."""

    def __init__(self, pages: Iterable[tuple[str, Callable[[], str]]]) -> None:
        self.html = {path.removeprefix("staff/readability/"): make() for path, make in pages}
        self.pages = {path: Page(html) for path, html in self.html.items()}
        self.root = self._joined(*self.pages)

    def _joined(self, *paths: str) -> Node:
        whole = Node("", {}, None)
        whole.children = [self.pages[path].root for path in paths if path in self.pages]
        whole.text = "".join(child.text for child in whole.children)
        return whole

    def edition(self, leaflet: str, tag: str) -> Node:
        """The page of an edition, with that of its sentences."""
        return self._joined(f"{leaflet}/{tag}.html", f"{leaflet}/{tag}.sentences.html")

    def row(self, leaflet: str, tag: str, number: int) -> Node:
        """A sentence in the table."""
        return self.pages[f"{leaflet}/{tag}.sentences.html"].id(str(number))


def made(body: str, language: str = "en") -> Edition:
    """A source text as an edition in its own language."""
    head = HEAD if language == "en" else HEAD.replace("---\n", f"---\nlanguage: {language}\n", 1)
    leaflet, _ = markdown.parse("sources/test.md", head + body)
    assert leaflet
    edition, _ = messages.localize(leaflet, locales.locale(language.replace("-", "_")), "US", None, False)
    return edition


def page_of(root: Path, *editions: Edition) -> Pages:
    content = whole() if root == ROOT else project.load(root)
    return Pages(reading_page.pages(content, [(edition, ()) for edition in editions], root / "build", TODAY))


@pytest.fixture(scope="module")
def shipped() -> list[Edition]:
    """A shipped leaflet of no great length in every language; what else may be wrong with it does not matter here."""
    return [edition for (slug, _), edition in editions().items() if slug == "clinic-visit"]


@pytest.fixture(scope="module")
def page(shipped: list[Edition]) -> Pages:
    return page_of(ROOT, *shipped)


def details(where: Locale) -> Mapping[str, str]:
    """What the shipped clinic's placeholders print."""
    clinic = whole().clinic
    assert clinic
    return placeholders(clinic, where)


def name(edition: Edition) -> tuple[str, str]:
    return edition.slug, edition.locale.tag


# --------------------------------------------------------------------------- every sentence


def test_every_sentence_is_a_mark_and_a_row(page: Pages, shipped: list[Edition]) -> None:
    assert len(shipped) > 1
    for edition in shipped:
        text = readability.measure(edition).prose
        part = page.edition(*name(edition))
        marks = [node for node in part.all("g") if "mark" in node.classes()]
        rows = [node for node in part.all("tr") if re.fullmatch(r"\d+", node.attrs.get("id", ""))]
        assert len(marks) == len(rows) == len(text.scored), name(edition)
        own = details(edition.locale)
        said = [judgement.as_read(sentence.text, own) for sentence in text.scored]
        assert [row.children[1].text for row in rows] == said
        assert [int(re.sub(r"\D", "", row.children[2].text)) for row in rows] == [s.length for s in text.scored]


def test_a_sentence_has_the_number_that_readers_read(content: Path) -> None:
    head = HEAD.replace("title: Test", "title: Ask {clinic_name}", 1)
    body = "## Call {emergency_number}\n\nCall {emergency_number} now.\n"
    leaflet, _ = markdown.parse("sources/test.md", head + body)
    assert leaflet
    edition, _ = messages.localize(leaflet, locales.locale("en"), "US", None, False)
    found = page_of(content, edition)
    assert "_number}" not in found.root.text and "{clinic" not in found.root.text
    assert found.row("test", "en", 2).children[1].text == "Call \u2068911\u2069 now."


def test_each_row_says_in_words_where_the_sentence_stands(page: Pages, shipped: list[Edition]) -> None:
    translation = next(edition for edition in shipped if edition.locale.tag == "es")
    sentence = readability.measure(translation).prose.scored[3]
    assert sentence.po
    assert page.row(*name(translation), 4).children[-1].text == f"line {sentence.po.line}"
    assert f"Lines are those of {sentence.po.file}." in page.edition(*name(translation)).text
    (worst, *_) = [node for node in page.edition(*name(translation)).all("p", class_="where") if len(node.all("a")) > 1]
    assert [link.text.partition(", line ")[0] for link in worst.all("a")] == [sentence.at.file, sentence.po.file]


def test_pictures_tell_their_gist_in_words(page: Pages, shipped: list[Edition]) -> None:
    for edition in shipped:
        reading = readability.measure(edition)
        limits, lengths = reading.limits, [sentence.length for sentence in reading.prose.scored]
        over = [sum(n > most for n in lengths) or "none" for most in (limits.sentence_warn, limits.sentence_fail)]
        gist = f"{over[0]} over {limits.sentence_warn} {reading.unit}, {over[1]} over {limits.sentence_fail};"
        own = page.pages["/".join(name(edition)) + ".html"]
        assert gist in own.id("gist").text
        pictures = own.root.all("svg", role="img")
        assert pictures
        for picture in pictures:
            names = picture.attrs.get("aria-labelledby", "").split()
            assert picture.attrs.get("aria-label") or [own.id(each).text.strip() for each in names]
    loose = [svg for svg in page.root.all("svg") if not {"role", "aria-hidden"} & set(svg.attrs)]
    assert not loose, "a picture is neither named nor hidden"


def test_a_mark_over_a_limit_has_a_sign_besides_its_colour(content: Path) -> None:
    long, far, short, point = ("word " * number + "end." for number in (16, 30, 9, 12))
    found = page_of(content, made(f"{long}\n\n{far}\n\n- {short}\n- {point}\n"))
    _, *marks = [node for node in found.root.all("g") if "mark" in node.classes()]  # the first is the summary's
    assert [mark.all("title")[0].text.partition(": ")[2] for mark in marks] == [
        "17 words; long", "31 words; too long", "10 words", "13 words; long",
    ]  # fmt: skip
    levels = ("long", "far", "fits", "long")
    for mark, level, signs, dots in zip(marks, levels, (1, 1, 0, 1), (0, 0, 1, 1), strict=True):
        assert mark.classes() == ["mark", level]
        assert (len(mark.all("path", class_="sign")), len(mark.all("path", class_="dot"))) == (signs, dots)


def test_a_mark_is_as_high_as_its_sentence_and_never_higher_than_the_picture() -> None:
    edition = made("One two three four.\n\nOne two three four five six seven eight.\n\n" + "word " * 300 + "end.\n")
    (picture,) = reading_picture.pictures(readability.measure(edition)).values()
    heights = [float(re.findall(r"v-([\d.]+)", mark.words)[0]) for mark in picture.marks]
    assert heights[2] == pytest.approx(2 * heights[1], abs=0.2)
    assert heights[3] <= picture.height
    assert "higher than the picture" in picture.marks[3].title


# --------------------------------------------------------------------------- what is said


def test_the_page_of_a_leaflet_has_a_row_for_each_edition(page: Pages, shipped: list[Edition]) -> None:
    table = page.pages["clinic-visit/index.html"].root.all("table", class_="overview")[0]
    rows = {row.all("a")[0].attrs["href"]: row.text for row in table.all("tr") if row.all("a")}
    assert set(rows) == {f"{edition.locale.tag}.html" for edition in shipped}
    for edition in shipped:
        reading, told = readability.measure(edition), rows[f"{edition.locale.tag}.html"]
        if reading.scored:
            first = reading.scores[0]
            assert f"{first.formula.name} {first.value:.1f}, at {'least' if first.formula.rises else 'most'}" in told
        else:
            assert "Not scored" in told and "target" not in told
    (row,) = page.pages["index.html"].root.all("table")[0].all("tr")[1:]
    assert row.all("a")[0].attrs["href"] == "clinic-visit/index.html" and "× Not scored" in row.text


@pytest.mark.parametrize("tag", ["ar", "hi", "zh-Hans"])
def test_a_language_without_a_formula_is_said_to_be_unscored(page: Pages, shipped: list[Edition], tag: str) -> None:
    (edition,) = [edition for edition in shipped if edition.locale.tag == tag]
    part = page.edition(*name(edition))
    told = " ".join(part.text.split())
    assert "Not scored" in told and "This is not a pass: a native reader has to judge" in told
    assert f"No sentence over {readability.measure(edition).limits.sentence_fail}" in part.text
    assert not part.all("svg", class_="gauge") and "meets its target" not in part.text.lower()


def test_right_to_left_sentences_say_so(page: Pages, shipped: list[Edition]) -> None:
    for edition in shipped:
        for number in (1, 2):
            cell = page.row(*name(edition), number).children[1]
            assert (cell.attrs["lang"], cell.attrs["dir"]) == (edition.locale.tag, edition.locale.direction)


def test_the_direction_of_a_score_is_told(page: Pages, shipped: list[Edition]) -> None:
    for tag, way in (("en", "lower is easier"), ("es", "higher is easier")):
        (edition,) = [edition for edition in shipped if edition.locale.tag == tag]
        assert all(way in g.attrs["aria-label"] for g in page.edition(*name(edition)).all("svg", class_="gauge"))


def test_the_trend_is_told_against_the_record(content: Path) -> None:
    now = pipeline.record(project.load(content), pipeline.Choice(), TODAY)
    assert now
    assert "the same as at the last review" in the_page(content).edition("inhaler", "en").text
    record = now.read_text(encoding="utf-8")
    for line, told in (
        ("flesch-kincaid = 9.0", "better by "),
        ("flesch-kincaid = -9.0", "worse by "),
        ("", "Flesch-Kincaid grade: nothing is recorded"),
    ):
        now.write_text(re.sub(r"flesch-kincaid = .*", line, record), encoding="utf-8")
        assert told in the_page(content).edition("inhaler", "en").text


def the_page(root: Path) -> Pages:
    content = whole() if root == ROOT else project.load(root)
    return Pages(reading_page.pages(content, pipeline.editions(content, pipeline.Choice(), TODAY), root / "b", TODAY))


def test_a_score_near_its_target_is_not_called_a_miss() -> None:
    score = replace(readability.measure(made("Tome agua. " * 40, "es")).scores[0], value=68.0, state=scores.State.WARN)
    reading = replace(readability.measure(made("Tome agua. " * 40, "es")), scores=(score,))
    assert reading_scores.verdict(reading) == ("near", "Near its target")
    missed = replace(reading, scores=(replace(score, value=60.0, state=scores.State.FAIL),))
    assert reading_scores.verdict(missed) == ("miss", "Misses its target")


def test_sentences_to_mend_have_their_long_words_marked(content: Path) -> None:
    hard = "Naturally occurring opiates unfortunately complicate matters."
    found = page_of(content, made(hard + "\n" + "\nGo now.\n" * 12))
    (first, *_) = found.root.all("p", class_="said")
    assert [mark.text for mark in first.all("mark")] == [
        "Naturally", "occurring", "opiates", "unfortunately", "complicate",
    ]  # fmt: skip
    assert first.text == hard


def test_an_edition_with_errors_is_not_judged_and_says_why(content: Path, replaced: Edit) -> None:
    replaced(content / SOURCE, "Then breathe out.", "Then breathe out slowly.")
    found = the_page(content)
    assert "Not judged" in found.edition("inhaler", "es").text
    assert "locales/es/LC_MESSAGES/inhaler.po" in found.edition("inhaler", "es").text
    assert not found.edition("inhaler", "es").all("svg")
    assert found.edition("inhaler", "en").all("svg")


def test_texts_that_are_printed_by_themselves_are_counted_apart(content: Path) -> None:
    part = page_of(content, made(f"Take one pill.\n\n::: short\nOne.\n\n{'word ' * 18}end.\n:::\n")).edition(
        "test", "en"
    )
    assert "Not scored here: 2 sentences of the short, easy and card texts, 1 of them over a limit." in part.text
    assert len([node for node in part.all("g") if "mark" in node.classes()]) == 2  # summary and pill


def test_a_text_without_sentences_has_a_page(content: Path) -> None:
    edition = made("## Only a heading\n")
    empty = replace(edition, meta=replace(edition.meta, summary=replace(edition.meta.summary, inlines=())))
    assert "There is no running text." in page_of(content, empty).edition("test", "en").text


# --------------------------------------------------------------------------- PEMAT and CDC


def test_what_a_person_must_judge_is_a_checklist_with_a_square_in_each_language(content: Path) -> None:
    found = the_page(content)
    for tag in ("en", "es"):
        (table,) = found.edition("inhaler", tag).all("table", class_="asked")
        rows = {row.children[0].text: row for row in table.all("tr")[1:-1]}
        assert list(rows) == [numbers for numbers, _ in pemat.CHECKLIST]
        for row in rows.values():
            (square,) = row.all("span", class_="square")
            assert square.attrs["aria-label"]


def test_what_the_program_judges_is_answered_with_its_reason(content: Path) -> None:
    found = the_page(content)
    english, spanish = (
        {
            row.children[0].text: row.children[2].text.split()
            for row in found.edition("inhaler", tag).all("tr")
            if len(row.children) > 2
        }
        for tag in ("en", "es")
    )
    assert english["PEMAT 11, CDC 2, 10"] == ["Yes"]
    assert spanish["PEMAT 11, CDC 2, 10"] == ["–", "not", "judged:", "as", "in", "its", "source"]
    assert english["PEMAT 7, CDC 17"] == spanish["PEMAT 7, CDC 17"] == ["Yes"]
    assert english["PEMAT 17"][3:] == ["it", "has", "none"]


def test_an_item_that_is_not_met_says_what_to_mend(content: Path) -> None:
    found = page_of(content, made("Take one pill. Then add up 2 mg and 3 mg.\n"))
    (row,) = [row for row in found.edition("test", "en").all("tr") if row.children[0].text == "PEMAT 7, CDC 17"]
    assert "the reader has to do a sum" in row.text and "sources/test.md, line 10" in row.text


def test_every_finding_on_an_item_is_one_that_the_page_knows(shipped: list[Edition]) -> None:
    names = {item.name for item in pemat.JUDGED}
    assert len(names) == len(pemat.JUDGED)
    for edition in (*shipped, made("Add up 2 and 3.\n\n" + "It was taken by us. " * 25)):
        reading = readability.measure(edition)
        found = {finding.check.removeprefix("pemat-") for finding, _ in pemat.check(edition, reading)}
        assert found <= names - set(pemat.unjudged(edition, reading))


# --------------------------------------------------------------------------- links, safety, access


def test_all_ids_are_unique_and_all_links_lead_somewhere(page: Pages) -> None:
    for path, own in page.pages.items():
        assert not [ids for ids in own.ids.values() if len(ids) > 1]
        for node in own.root.all():
            names = (node.attrs.get("aria-labelledby", "") + " " + node.attrs.get("aria-describedby", "")).split()
            assert all(each in own.ids for each in names), names
        for link in own.root.all("a"):
            to, _, at = link.attrs["href"].partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(to)))
            if there in page.pages:
                assert not at or at in page.pages[there].ids, link.attrs["href"]
            elif not there.startswith(("../index", "../print-list/", "../status/")):
                assert (ROOT / "build/staff/readability" / there).resolve().is_file(), there


def test_the_settings_can_send_links_to_a_repository(content: Path) -> None:
    pattern = "https://code.example/leaflets/blob/main/{file}#L{line}"
    (content / "pyproject.toml").write_text(f'[tool.plainleaf.readability]\nsource-link = "{pattern}"\n')
    links = the_page(content).row("inhaler", "es", 1).all("a")
    assert [link.attrs["href"].partition("#L")[0] for link in links] == [
        "https://code.example/leaflets/blob/main/locales/es/LC_MESSAGES/inhaler.po"
    ]
    assert all(re.fullmatch(r"\d+", link.attrs["href"].partition("#L")[2]) for link in links)


@pytest.mark.parametrize(
    "wrong",
    ["javascript:alert('{file}{line}')", "https://code.example/{file}", "https://x/{file}{line}{more}", "{file}{line}"],
)
def test_a_source_link_must_be_a_web_address_with_file_and_line(wrong: str) -> None:
    table = Table("pyproject.toml", f'source-link = "{wrong}"', {"source-link": wrong})
    assert readability.read_options(table, TODAY).source_link == ""
    (finding,) = table.findings
    assert "source-link" in finding.message


def test_nothing_of_a_leaflet_is_markup_on_the_page(content: Path) -> None:
    bad = 'Take <script>alert("1")</script> & "more" 1 < 2.'
    edition = made(r"## A \<b>bold\</b> & \"quoted\" heading" + "\n\nTake it.\n\n- " + "One & two. " * 3 + "\n")
    nasty = replace(edition.blocks[1].inlines[0], text=bad)  # type: ignore[type-var]
    block = replace(edition.blocks[1], inlines=(nasty,))
    found = page_of(content, replace(edition, blocks=(edition.blocks[0], block)))
    html = "".join(found.html.values())
    assert "<script" not in html and "<b>" not in html
    cells = [cell.text for cell in found.root.all("td", lang="en")]
    assert any('<script>alert("1")</script> & "more" 1 < 2.' in cell for cell in cells)


def test_headings_go_down_step_by_step(page: Pages) -> None:
    for own in page.pages.values():
        levels = [int(node.tag[1]) for node in own.root.all() if re.fullmatch("h[1-6]", node.tag)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


def test_tables_have_headings_with_a_scope_and_scroll_by_keyboard(page: Pages) -> None:
    for own in page.pages.values():
        names = list[str]()
        for table in own.root.all("table"):
            assert all("scope" in head.attrs for head in table.all("th"))
            assert all(row.all("th") or row.attrs.get("id") for row in table.all("tr"))
            around = table.parent
            assert around and (around.attrs.get("role"), around.attrs.get("tabindex")) == ("region", "0")
            names.append(around.attrs.get("aria-label", ""))
        assert all(names) and len(names) == len(set(names)), "each region has a name of its own"


def test_the_page_works_without_scripts_and_fetches_nothing(page: Pages) -> None:
    assert page.root.all("html", lang="en")
    assert not page.root.all("script") and not page.root.all("link") and not page.root.all("img")


def test_all_text_keeps_its_contrast() -> None:
    """Text against the ground that it stands on: 4.5:1; shapes in pictures against white: 3:1."""
    files = [ROOT / "layouts/base" / name for name in ("screen.css", "readability.css")]
    css = "".join(file.read_text(encoding="utf-8") for file in files)
    inks = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", css))
    assert len(inks) > 4 and all(contrast(ink, "#ffffff") >= 4.5 for ink in inks)
    chips = re.findall(r"\.(?:good|near|miss|none) \{ color: (#\w{6}); background: (#\w{6})", css)
    assert len(chips) == 4 and all(contrast(ink, ground) >= 4.5 for ink, ground in chips)
    assert contrast("#1d2b33", "#fbe7a1") >= 4.5
    shapes = re.findall(r"\.(?:w|l|dot|sign|line|aim|here)\b[^{}]*\{ (?:fill|stroke): (#[0-9a-f]{6})", css)
    assert len(shapes) > 8
    assert not [(shape, contrast(shape, "#ffffff")) for shape in shapes if contrast(shape, "#ffffff") < 3]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


# --------------------------------------------------------------------------- written


def test_check_writes_the_page_where_it_is_asked_to(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(content), "check", "--page", "--output", str(content / "out")]) == 0
    path = content / "out/staff/readability/index.html"
    assert f"See {path}" in capsys.readouterr().out
    assert Page(path.read_text(encoding="utf-8")).root.all("a", href="inhaler/index.html")
    assert (path.parent / "inhaler/en.html").is_file()


def test_a_template_that_fails_is_a_finding(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "layouts/base").mkdir(parents=True)
    (content / "layouts/base/readability.html").write_text("{{ nothing.there }}")
    assert cli.main(["--root", str(content), "check", "--page"]) == 1
    assert "layouts/base/readability.html" in capsys.readouterr().err
    assert not (content / "build/staff/readability/index.html").exists()


def test_publishing_writes_pages_of_less_than_100_kb_each_and_links_them(published: Path) -> None:
    folder = published / "staff/readability"
    for (slug, _), edition in editions().items():
        assert f'href="{slug}/index.html"' in (folder / "index.html").read_text(encoding="utf-8")
        assert f'href="{edition.locale.tag}.html"' in (folder / slug / "index.html").read_text(encoding="utf-8")
    large = {path.relative_to(published): path.stat().st_size for path in folder.rglob("*.html")}
    assert len(large) > 80 and max(large.values()) < 100_000
    assert 'href="readability/index.html"' in (published / "staff/index.html").read_text(encoding="utf-8")


def test_settings_that_cannot_be_read_are_told_on_the_page(content: Path) -> None:
    (content / "sources/readability.toml").write_text("this is [ no TOML")
    _, faults = gate.options(project.load(content), TODAY)
    assert faults and faults[0].message in the_page(content).pages["index.html"].root.text


def test_a_waived_item_is_shown_as_waived() -> None:
    edition = made("Take one pill. Then add up 2 mg and 3 mg.\n")
    table = Table("pyproject.toml", "", {"waivers": [{
        "check": "pemat-sum", "leaflet": "test", "locale": "en", "reason": "the law says so", "until": TODAY,
    }]})  # fmt: skip
    options = readability.read_options(table, TODAY)
    assert options.waivers and not table.findings
    judged = readability.judged(edition, readability.measure(edition), options)
    assert judged.findings != readability.judged(edition, readability.measure(edition), Options(TODAY)).findings
    answers = judgement.answers_of(edition, judged, judgement.Links("..", ""))
    assert answers["sum"].words == "no, but a waiver lets it pass"
