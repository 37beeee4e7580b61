"""The promises of layouts: what is on a page, in which order and language, in which sizes and colours.

``PLAINLEAF_GOLDEN=1 pytest tests/layouts/test_templates.py`` writes the expected HTML anew;
read what changed before you keep it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from plainleaf.checks.source import dropped
from plainleaf.clinics import details as clinics
from plainleaf.languages import facts
from plainleaf.languages.scripts import scripts_of
from plainleaf.layouts import excerpts, markup, notices, styles
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import templates as layouts
from plainleaf.model import (
    Approval,
    Block,
    Clinic,
    Contact,
    Edition,
    Emphasis,
    Inline,
    Isolate,
    Kind,
    Layout,
    Leaflet,
    Link,
    Locale,
    Location,
    Meta,
    Opening,
    Placeholder,
    Reference,
    Strong,
    Text,
    digests,
)
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import bidi, locales
from tests.conftest import ROOT, TESTS
from tests.sources.test_blocks import HEAD_OF_ALL

FOLDERS = [ROOT / "layouts"]
GOLDEN = TESTS / "golden"
DRAFT = "Draft translation: not yet checked by a clinical translator"
SAMPLE = "Sample for review by the clinic's own clinicians"
SIGNED = date(2026, 11, 20)

# --------------------------------------------------------------------------- a leaflet with every kind of block

CLINIC = Clinic(
    name="Sample Clinic",
    address=("1 Test Road", "Springfield"),
    phone="+1 202-555-0142",
    web="https://clinic.example/",
    hours=(Opening((0, 1, 2, 3, 4), "08:30", "17:00"),),
    logo="",
    logo_alt="",
    emergency_number="911",
    helplines=(Contact("crisis", "Crisis Lifeline", "988", "free, day and night"),),
    country="US",
    at=Location("sources/clinics/sample.toml"),
)


@dataclass(frozen=True)
class Words:
    """The layouts' words, translated by a plain table."""

    table: Mapping[str, str] = field(default_factory=dict)

    def here(self, msgid: str) -> str:
        return self.table.get(msgid, msgid)

    def source(self, msgid: str) -> str:
        return msgid

    def source_tag(self, msgid: str) -> str:
        return "en"


ARABIC = Words({DRAFT: "ترجمة مسودة: لم يراجعها مترجم طبي بعد", SAMPLE: "عينة ليراجعها أطباء العيادة",
                "Page {page} of {pages}": "صفحة {page} من {pages}", "Your clinic": "عيادتك"})  # fmt: skip

_lines: Iterator[int] = iter(range(1, 10**9))


def block(kind: Kind, *content: Inline | Block | str, id: str = "", **options: str) -> Block:
    parts = [Text(part) if isinstance(part, str) else part for part in content]
    return Block(
        kind,
        Location("sources/sample.md", next(_lines)),
        inlines=tuple(part for part in parts if not isinstance(part, Block)),
        children=tuple(part for part in parts if isinstance(part, Block)),
        id=id,
        options=options,
    )


def row(*cells: str, header: str = "no") -> Block:
    heads = ["yes" if header == "yes" or not at else "no" for at in range(len(cells))]
    made = [block(Kind.CELL, cell, header=head) for cell, head in zip(cells, heads, strict=True)]
    return block(Kind.ROW, *made, header=header)


WHOLE = ("full", excerpts.SHORT_OR_FULL)  # layouts of these texts print a leaflet that marks none of it as short


def body() -> tuple[Block, ...]:
    phone, emergency = Placeholder("clinic_phone"), Placeholder("emergency_number")
    studies = Strong((Text("45 fewer days"),))
    page = Link((Text("our page"),), "https://a.example")
    nested = block(Kind.LIST, block(Kind.ITEM, "tablet"), ordered="no")
    return (
        block(Kind.CALLOUT, block(Kind.PARAGRAPH, "It is not a cure."), name="summary"),
        block(
            Kind.CALLOUT,
            block(Kind.HEADING, "Call ", emergency, " at once", level="2"),
            block(Kind.PARAGRAPH, Strong((Text("Your tolerance falls."),)), " Ask for help.", id="A1"),
            name="urgent",
        ),
        block(Kind.HEADING, "The forms", level="2", id="forms"),
        block(Kind.PARAGRAPH, "Take 50 mg, call ", phone, ", or read ", page, "."),
        block(Kind.LIST, block(Kind.ITEM, "heroin"), block(Kind.ITEM, "oxycodone", nested), ordered="no"),
        block(Kind.LIST, block(Kind.ITEM, "Stop."), block(Kind.ITEM, "Wait."), ordered="yes"),
        block(
            Kind.TABLE,
            block(Kind.CAPTION, "In use"),
            row("Form", "Brand", "Dose", "How often", header="yes"),
            row("Tablet", "ReVia", "50 mg", "Each day"),
        ),
        block(Kind.FIGURE, block(Kind.ALT, "An implant"), block(Kind.CAPTION, "Where it sits"), src="sources/a.svg"),
        block(Kind.CALLOUT, block(Kind.PARAGRAPH, "Carry a card."), name="tip"),
        block(Kind.QUESTIONS, block(Kind.QUESTION, "Surgery?"), block(Kind.ANSWER, "Tell the surgeon.")),
        block(Kind.EVIDENCE, block(Kind.PARAGRAPH, "They had ", studies, "."), refs="b2014 a2009 gone"),
        block(Kind.CALLOUT, block(Kind.PARAGRAPH, Emphasis((Text("An example."),))), name="story"),
        words(),
    )


def words() -> Block:
    say = block(Kind.SAY, "nal-OX-own")
    first = block(Kind.WORD, block(Kind.TERM, "naloxone"), say, block(Kind.MEANS, "A medicine."))
    return block(Kind.WORDS, first, block(Kind.WORD, block(Kind.TERM, "craving"), block(Kind.MEANS, "An urge.")))


def edition(name: str = "en", draft: bool = False, title: str = "Implants", blocks: tuple[Block, ...] = ()) -> Edition:
    global _lines
    _lines = iter(range(1, 10**9))
    meta = Meta(
        title=block(Kind.TITLE, "Implants"),
        summary=block(Kind.SUMMARY, "What an implant does."),
        audience=block(Kind.AUDIENCE, "People with an implant"),
        written=date(2026, 11, 22),
        review_by=date(2028, 11, 22),
        country="US",
        references=(
            Reference("a2009", "Ånes A. Trial. 2009.", "https://doi.org/10.1192/a.1", Location("sources/sample.md", 5)),
            Reference("b2014", "Bell B. Review. 2014.", "", Location("sources/sample.md", 6)),
        ),
        terms=words(),
    )
    source = Leaflet("sample", "en", meta, blocks or body(), Location("sources/sample.md"))
    own = replace(meta, title=replace(meta.title, inlines=(Text(title),)))
    return Edition(source, locales.locale(name), draft, own, source.blocks)


def layout(name: str = "a4") -> Layout:
    found, findings = layoutfile.load(name, FOLDERS, ROOT)
    assert found and not findings
    return found


def html(made: Edition, name: str = "a4", said: Words | None = None, clinic: Clinic = CLINIC) -> str:
    chosen = layout(name)
    if chosen.text not in WHOLE:  # a small format prints what is written for it
        made = replace(made, blocks=(block(Kind.PART, *made.blocks, name=chosen.text),))
    beside = (replace(made, locale=second(made.locale)), Words()) if chosen.beside else None
    return layouts.render(made, chosen, clinic, said or Words(), FOLDERS, beside)


def second(first: Locale) -> Locale:
    """The language beside another one, in layouts that set two side by side."""
    return locales.locale("es" if first.name == "en" else "en")


SHIPPED = layoutfile.names(FOLDERS)
FULL = [name for name in SHIPPED if layout(name).text in WHOLE]  # they print the whole leaflet, on pages with a foot


# --------------------------------------------------------------------------- layouts as folders


def test_every_folder_with_a_layout_toml_is_a_layout_but_base_is_none() -> None:
    folders = (path.parent.name for path in (ROOT / "layouts").glob("*/layout.toml"))
    assert tuple(sorted(folders)) == SHIPPED
    assert {"a4", "letter", "large-print"} < set(SHIPPED) and "base" not in SHIPPED


def test_a_new_folder_is_a_new_layout_with_the_shared_page_and_style(tmp_path: Path) -> None:
    poster = tmp_path / "layouts" / "poster"
    poster.mkdir(parents=True)
    toml = (ROOT / "layouts" / "a4" / "layout.toml").read_text().replace("page-width = 210", "page-width = 300")
    (poster / "layout.toml").write_text(toml)
    (poster / "layout.css").write_text("h1 { font-size: 4em }")
    (poster / "layout.html").write_text('{% extends "base/page.html" %}{% block closing %}The end{% endblock %}')
    folders = [tmp_path / "layouts", *FOLDERS]
    assert layoutfile.names(folders) == tuple(sorted([*SHIPPED, "poster"]))
    made, findings = layoutfile.load("poster", folders, tmp_path)
    assert made and not findings and made.page_width_mm == 300 and made.at == Location("layouts/poster/layout.toml")
    css = styles.joined(styles.pieces(made, locales.locale("en")))
    assert "size: 300mm 297mm" in css and "h1 { font-size: 4em }" in css and ".callout" in css
    page = layouts.render(edition(), made, CLINIC, Words(), folders)
    assert "The end" in page and "<h1" in page and "Your clinic" not in page


def test_the_first_folder_that_has_a_layout_wins(tmp_path: Path) -> None:
    own = tmp_path / "a4"
    own.mkdir()
    toml = (ROOT / "layouts" / "a4" / "layout.toml").read_text().replace('title = "A4"', 'title = "Ours"')
    (own / "layout.toml").write_text(toml)
    made, _ = layoutfile.load("a4", [tmp_path, *FOLDERS], tmp_path)
    assert made and made.title == "Ours"


NO_TEXT = "what follows “=” on this line is not a text in straight quotes, a number or a list"


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("page-width", "page-widht", "page-widht: unknown key; did you mean “page-width”?", 4),
        ("top = 17", "topp = 17", "margins.topp: unknown key; did you mean “top”?", 14),
        ("body-size = 13", 'body-size = "14"', "body-size: '14' is not a number from 6 to 72", 6),
        ("body-size = 13", "body-size = 11", "body-size: the text is smaller than least-size", 6),
        ("left = 20", "left = 195", "margins: the margins leave no room on the page", 13),
        ('title = "A4"', "title = A4", NO_TEXT, 2),
    ],
)
def test_a_wrong_layout_toml_is_a_finding_at_its_line(tmp_path: Path, old: str, new: str, said: str, line: int) -> None:
    toml = (ROOT / "layouts" / "a4" / "layout.toml").read_text()
    assert old in toml
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.toml").write_text(toml.replace(old, new, 1))
    made, findings = layoutfile.load("mine", [tmp_path], tmp_path)
    assert made is None
    assert (said, Location("mine/layout.toml", line)) in [(finding.message, finding.at) for finding in findings]


def test_a_layout_that_is_not_there_names_the_nearest_one() -> None:
    made, (finding,) = layoutfile.load("leter", FOLDERS, ROOT)
    assert made is None and "did you mean “letter”?" in finding.message and "a4, bilingual" in finding.hint


def test_a_template_that_fails_says_which_layout(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "layout.html").write_text("{% block %}")
    with pytest.raises(ValueError, match="layouts/broken: "):
        layouts.render(edition(), replace(layout(), name="broken", folder=str(broken)), CLINIC, Words(), [tmp_path])


# --------------------------------------------------------------------------- the HTML


@pytest.mark.parametrize("name", ["en", "ar"])
def test_golden(name: str) -> None:
    made = edition(name, draft=name != "en", title="Implants" if name == "en" else "غرسات")
    page = re.sub(r"\n\s*\n+", "\n", html(made, said=ARABIC if name == "ar" else Words()))
    page = digests.filled(page, "1a2b 3c4d")
    path = GOLDEN / f"leaflet-{name}.html"
    if os.environ.get("PLAINLEAF_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


class Tags(HTMLParser):
    """Checks that tags close in order, and keeps them with their attributes and text."""

    VOID = ("meta", "img", "br", "col")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[tuple[str, ...], str]] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.inside.append((tuple(self.open), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.inside.append((tuple(self.open), data))


@pytest.mark.parametrize(("layout_name", "name"), product(SHIPPED, ["en", "ar", "zh_Hans"]))
def test_the_tags_are_sound_and_fit_for_pdf_ua(layout_name: str, name: str) -> None:
    tags = Tags(html(edition(name, draft=True), layout_name))
    levels = [int(tag[1]) for tag, _ in tags.seen if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) <= 2 and all(b - a <= 1 for a, b in pairwise(levels))
    ids = [attrs["id"] for _, attrs in tags.seen if "id" in attrs]
    assert len(ids) == len(set(ids)) and {"b-A1", "b-forms"} <= set(ids)
    assert ("r-a2009" in ids) is (layout_name in FULL), "only the whole leaflet has its references"
    for path, _ in tags.inside:
        assert "a" not in path[:-1], "a link holds text only"
        assert "li" not in path[:-1] or path[-1] in ("li", "ul", "ol", "a", "bdi", "span", "strong", "em"), path
    assert all(attrs.get("alt") for tag, attrs in tags.seen if tag == "img")
    assert all(attrs.get("scope") for tag, attrs in tags.seen if tag == "th")
    assert not [tag for tag, _ in tags.seen if tag in ("svg", "script", "style", "i", "u", "font")]


def test_every_block_says_what_it_is_and_where_it_is_from() -> None:
    made = edition()
    first = replace(made.blocks[0], po=Location("locales/es/LC_MESSAGES/sample.po", 32))
    made = replace(made, blocks=(first, *made.blocks[1:]))
    seen = [(a["data-kind"], a["data-at"]) for _, a in Tags(html(made)).seen if "data-kind" in a]
    assert sorted(seen) == sorted((piece.kind.value, str(piece.at)) for piece in made.walk())
    assert f'data-kind="callout" data-at="{first.at}" data-po="locales/es/LC_MESSAGES/sample.po:32"' in html(made)


def test_hostile_text_stays_text_everywhere() -> None:
    evil = "<script>alert('x')</script>\"&{{ 7*7 }}{% include 'x' %}"
    text = block(Kind.PARAGRAPH, evil, Link((Text(evil),), 'https://a.example/"><script>'), Strong((Text(evil),)))
    bad = Link((Text("run"),), "javascript:alert(1)")
    made = edition("ar", draft=True, title=evil, blocks=(text, block(Kind.PARAGRAPH, bad)))
    reference = Reference("k", evil, 'https://doi.org/"><script>', Location("x"))
    made = replace(
        made,
        meta=replace(
            made.meta,
            references=(reference,),
        ),
        sign_off=Approval(evil, SIGNED, SIGNED),
    )
    clinic = replace(CLINIC, name=evil, address=(evil,), helplines=(Contact("crisis", evil, evil, evil),))
    page = html(made, said=Words({DRAFT: evil, "Phone": evil}), clinic=clinic)
    assert "<script" not in page and "javascript:" not in page and "{{ 7*7 }}{% include" in page
    assert 'href="https://a.example/&quot;&gt;&lt;script&gt;"' in page
    Tags(page)


def test_the_head_holds_language_direction_title_and_facts() -> None:
    page = html(edition("zh_Hans", title="植入剂"))
    assert '<html lang="zh-Hans" dir="ltr" data-script="Hans">' in page and "<title>植入剂</title>" in page
    assert '<meta name="author" content="Sample Clinic">' in page
    assert '<meta name="dcterms.created" content="2026-11-22">' in page
    assert '<meta name="dcterms.modified" content="2026-11-22">' in page
    assert f'<meta name="description" content="{SAMPLE.replace(chr(39), "&#39;")}. What an implant does.">' in page
    assert 'name="generator"' not in page
    assert '<html lang="ar" dir="rtl" data-script="Arab">' in html(edition("ar"))


def test_a_draft_says_so_in_both_languages_in_flow_foot_and_metadata() -> None:
    page = html(edition("ar", draft=True), said=ARABIC)
    here = ARABIC.here(DRAFT)
    english = f'<bdi dir="ltr" lang="en">{DRAFT}</bdi>'
    foot, flow = page.split("<main>")
    assert foot.count(f">{here}</span>") == 1 and foot.count(f">{english}</span>") == 1
    assert flow.count(f"<p>{here}</p>") == 1 and flow.count(f"<p>{english}</p>") == 1
    assert f'<meta name="description" content="{here}. {DRAFT}. ' in page
    assert f", {DRAFT}, " in page.split('name="keywords"')[1].split(">")[0]
    assert '<body class="draft foot-' in page


def test_a_final_edition_says_nothing_of_drafts_and_samples() -> None:
    page = html(replace(edition("es"), sign_off=Approval("Dr. A. Sample, clinician", SIGNED, SIGNED)))
    assert "Draft" not in page and "Sample for review" not in page and 'class="notice' not in page
    assert (
        '<bdi dir="ltr" lang="en">Dr. A. Sample, clinician</bdi></p>\n<p>20 de noviembre de 2026</p>'
        in page.replace("\u00a0", " ")
    )


@pytest.mark.parametrize(
    ("layout_name", "draft", "here", "rows", "lines"),
    [
        ("a4", "译文草稿" * 4, "样本" * 6, [["译文草稿" * 4, "样本" * 6], [DRAFT]], 2),
        ("a4", "x" * 60, "y" * 60, [["x" * 60], ["y" * 60], [DRAFT]], 3),
        ("a4", "x" * 60, "y", [["x" * 60, "y"], [DRAFT]], 2),
        ("large-print", "x" * 70, "y" * 30, [["x" * 70], [DRAFT], ["y" * 30]], 4),
    ],
)
def test_the_foot_takes_as_few_lines_as_hold_its_notices(
    layout_name: str, draft: str, here: str, rows: list[list[str]], lines: int
) -> None:
    said = Words({DRAFT: draft, SAMPLE: here})
    page = html(edition("es", draft=True), layout_name, said)
    foot = page.split('class="running page-foot"')[1].split("<main>")[0]
    starts = [part.split("</div>")[0] for part in foot.split('<div class="start">')[1:]]
    assert [re.findall(r">([^<>]+)</(?:span|bdi)>", start) for start in starts] == rows
    assert f'<body class="draft foot-{lines}">' in page
    css = styles.joined(styles.pieces(layout(layout_name), locales.locale("es")))
    assert (f"body.foot-{lines} {{ page: foot-{lines} }}" in css) == (lines > 1)
    room = {int(rows): float(mm) for rows, mm in re.findall(r"@page foot-(\d) { margin-bottom: ([\d.]+)mm }", css)}
    chosen = layout(layout_name)
    room[0] = room[1] = chosen.margins_mm[2]
    assert room[lines] >= room[lines - 1] + min(lines - 1, 1) * chosen.least_pt / 72 * 25.4


def test_a_list_of_a_few_words_each_is_told_from_others() -> None:
    short = block(Kind.LIST, *(block(Kind.ITEM, word) for word in ("Very dizzy", "Confused")), ordered="no")
    long_ = block(Kind.LIST, block(Kind.ITEM, "Very dizzy"), block(Kind.ITEM, "word " * 12), ordered="no")
    steps = replace(short, options={"ordered": "yes"})
    page = html(edition(blocks=(short, long_, steps)))
    assert page.count('class="brief paired"') == 1
    assert page.index('<ul class="brief paired"') < page.index("<ul data-kind")


@pytest.mark.parametrize(
    ("layout_name", "words", "paired"),
    [("a4", 2, True), ("a4", 6, False), ("trifold", 3, False), ("large-print", 2, True)],
)
def test_points_stand_two_in_a_row_where_that_saves_lines(layout_name: str, words: int, paired: bool) -> None:
    points = [block(Kind.ITEM, "breath " * words) for _ in range(5)]
    page = html(edition(blocks=(block(Kind.LIST, *points, ordered="no"),)), layout_name)
    assert ("brief paired" in page) == paired and "brief" in page


def test_the_country_is_named_in_the_language() -> None:
    assert "<p>United States</p>" in html(edition()) and "<p>Estados Unidos</p>" in html(edition("es"))


def test_the_clinics_own_names_are_read_in_the_language_they_are_in() -> None:
    name, line = Placeholder("clinic_name"), Placeholder("helpline_crisis_name")
    text = block(Kind.PARAGRAPH, "Llame a ", Strong((name,)), " o ", Link((line,), "tel:988"), ".")
    page = html(edition("es", blocks=(text,)))
    assert '<strong><bdi dir="ltr" lang="en">Sample Clinic</bdi></strong>' in page
    assert '<bdi dir="ltr" lang="en"><a href="tel:988">Crisis Lifeline</a></bdi>' in page
    assert '<p class="name"><bdi dir="ltr" lang="en">Sample Clinic</bdi></p>' in page
    assert '<p class="note"><bdi dir="ltr" lang="en">free, day and night</bdi></p>' in page
    assert 'lang="en">Sample Clinic' not in html(edition("en", blocks=(text,)))
    arabic = replace(CLINIC, name="عيادة")  # not English, as its letters tell
    assert "<strong>عيادة</strong>" in html(edition("ar", blocks=(text,)), clinic=arabic)


def test_staff_find_the_source_title_beside_a_translated_one_only() -> None:
    title = '<p class="source-title"><bdi dir="ltr" lang="en">Implants</bdi></p>'
    assert title in html(edition("ar", title="غرسات")) and "source-title" not in html(edition("en"))
    assert "source-title" not in html(edition("es", title="Implants")), "the same words twice"
    made = edition("pl", title="Implanty")
    source = replace(made.leaflet.meta, title=block(Kind.TITLE, 'Your "chip"'))
    page = html(replace(made, leaflet=replace(made.leaflet, meta=source)))
    assert 'lang="en">Your “chip”</bdi>' in page, "English has its own quotation marks"


def test_page_numbers_stand_where_the_language_puts_them() -> None:
    page = html(edition("hi"), said=Words({"Page {page} of {pages}": "{pages} में से {page}"}))
    assert '<span class="page-count"></span> में से <span class="page-number"></span>' in page


def test_english_words_around_page_numbers_keep_their_order_on_a_right_to_left_page() -> None:
    own = '<bdi dir="ltr">Page <span class="page-number"></span> of <span class="page-count"></span></bdi>'
    assert own in html(edition("he"))
    assert own not in html(edition("de"))
    arabic = Words({"Page {page} of {pages}": "الصفحة {page} من {pages}"})
    assert '<bdi dir="ltr">الصفحة' not in html(edition("ar"), said=arabic)


@pytest.mark.parametrize("name", ["a4", "trifold"])
def test_a_language_in_its_own_letters_is_as_wide_as_its_name_and_the_dot_behind_it(name: str) -> None:
    assert re.search(r'<span class="nb">[^ ]*العربية[^ ]* ·</span> ', html(edition("ar"), name))


def test_references_are_english_numbered_and_show_the_doi() -> None:
    page = html(edition("ar"))
    entry = '<li lang="en" dir="ltr" id="r-a2009">Ånes A. Trial. 2009.<br><a href="https://doi.org/10.1192/a.1">'
    assert entry + "doi:10.1192/a.1</a></li>" in re.sub("[\u200b\u2060]", "", page)  # marks of where it may be broken
    first, second = (
        '<a href="#r-b2014" role="doc-biblioref" aria-label="Source 1">1</a>',
        '<a href="#r-a2009" role="doc-biblioref" aria-label="Source 2">2</a>',
    )
    assert f"Sources {first} و{second}" in page, "in the order in which they are cited, not in that of the head"


def test_wide_tables_are_stacked_in_large_print_only() -> None:
    assert '<th scope="col"' in html(edition(), "a4")
    large = html(edition(), "large-print")
    assert "<table" not in large and '<span class="label">How often: </span>Each day' in large
    narrow = block(Kind.TABLE, row("Form", "Dose", header="yes"), row("Tablet", "50 mg"))
    assert "<table" in html(edition(blocks=(narrow,)), "large-print")


def schedule(columns: int = 4, name: str = "Measurement") -> Block:
    """A table with a cell that holds nothing but a line to write on."""
    heads = [block(Kind.CELL, f"{name}{at}", header="yes") for at in range(columns)]
    line = block(Kind.CELL, Placeholder("line"), header="no")
    cells = [block(Kind.CELL, "Birth", header="yes"), *(block(Kind.CELL, "B", header="no") for _ in heads[2:]), line]
    row = block(Kind.ROW, *cells, header="no")
    return block(Kind.TABLE, block(Kind.ROW, *heads, header="yes"), row)


def test_a_line_to_write_on_is_not_lost_where_a_table_becomes_a_list() -> None:
    page = html(edition(blocks=(schedule(),)), "large-print")
    assert re.search('<span class="asked">Measurement3: </span><span class="line"[^>]*></span></p>', page)


def test_a_line_in_bold_is_not_lost_there_either() -> None:
    line = Strong((Placeholder("line"),))
    heads = [block(Kind.CELL, name, header="yes") for name in ("Age", "Shot", "Done", "Date")]
    cells = [block(Kind.CELL, part, header="no") for part in ("Birth", "B", "No", line)]
    table = block(Kind.TABLE, block(Kind.ROW, *heads, header="yes"), block(Kind.ROW, *cells, header="no"))
    page = html(edition(blocks=(table,)), "large-print")
    assert re.search('Date: </span><strong><span class="line"[^>]*></span></strong></p>', page)


def test_a_table_is_as_wide_as_this_layout_whichever_was_prepared_before() -> None:
    made, shared = edition(blocks=(schedule(3, "Measurements"),)), layouts.Prepared()

    def prepared(name: str) -> str:
        return layouts.render(made, layout(name), CLINIC, Words(), FOLDERS, prepared=shared)

    assert [("<table" in prepared(name)) for name in ("a4", "large-print", "a4")] == [True, False, True]


def test_a_cell_that_a_layout_leaves_out_is_found_also_among_others_of_its_line_in_the_source() -> None:
    table = schedule()
    at = Location("sources/sample.md", 7)
    table = replace(
        table,
        children=tuple(
            replace(row, children=tuple(replace(cell, at=at) for cell in row.children)) for row in table.children
        ),
    )
    made = edition(blocks=(table,))
    page = html(made, "large-print")
    assert not [*dropped.check(page, [made], layout("large-print"), ROOT)]
    lost = re.sub(r'<p class="fill" data-kind="cell".*?</p>', "", page)
    assert lost != page
    (finding,) = dropped.check(lost, [made], layout("large-print"), ROOT)
    assert "does not print 1 text, “a line to write on”" in finding.message and finding.at == at


def test_a_table_wider_than_the_page_is_a_list_in_any_layout() -> None:
    assert "<table" in html(edition(blocks=(schedule(3),)), "a4")
    assert "<table" not in html(edition(blocks=(schedule(6),)), "a4")


def test_the_words_that_templates_say_are_messages() -> None:
    class Upside(Words):
        def here(self, msgid: str) -> str:
            return "¿" + msgid

    text = " ".join(data for _, data in Tags(html(edition(draft=True), said=Upside())).inside)
    for word in ("Important", "Tip", "Main message", "Example", "Sources", "Say it:", "Your clinic",
                 "Phone", "Web", "Opening hours", "Emergency", "Help lines", "References", "About this leaflet",
                 "Written for", "Written", "Next review", "Language", "Country", "Version",
                 DRAFT, SAMPLE, "Page "):  # fmt: skip
        assert re.search(rf"(?<!\w)¿{re.escape(word)}", text), word
        assert word in (DRAFT, "Page ") or not re.search(rf"(^|\s){re.escape(word)}(\s|$)", text), word


# --------------------------------------------------------------------------- inline content and clinic details


@pytest.mark.parametrize(
    ("inlines", "direction", "expected"),
    [
        ((Text("a < b & c"),), "ltr", "a &lt; b &amp; c"),
        ((Strong((Text("no"),)), Emphasis((Text("so"),))), "ltr", "<strong>no</strong><em>so</em>"),
        ((Link((Text("x"),), "https://a.example/?b&c"),), "ltr", '<a href="https://a.example/?b&amp;c">x</a>'),
        ((Link((Strong((Text("b"),)), Text("c")), "tel:1"),), "ltr",
         '<strong><a href="tel:1">b</a></strong><a href="tel:1">c</a>'),
        ((Link((Text("x"),), "data:text/html,x"),), "ltr", "x"),
        ((Isolate((Text("metformin "), Strong((Text("500"),)), Text(" mg")), "ltr"),), "rtl",
         '<bdi dir="ltr">metformin <strong>500</strong> mg</bdi>'),
        ((Placeholder("nobody"),), "ltr", "{nobody}"),
        ((Text("Call +1 202-555-0142 now"),), "ltr", 'Call <span class="nb">+1 202-555-0142</span> now'),
        ((Text("Call (202) 555-0142 now"),), "ltr", 'Call <span class="nb">(202) 555-0142</span> now'),
        ((Text("Call 020 7946 0142."),), "ltr", "Call 020\u00a07946\u00a00142."),
        ((Text("0800 1111 or 116 123"),), "ltr",
         "0800\u00a01111 or 116\u00a0123"),
        ((Text("in 2009 56 people"),), "ltr", "in 2009 56 people"),
        ((Text("7–10 days, 2.5 mg of 3 mgs"),), "ltr",
         '<span class="nb">7–10 days</span>, 2.5\u00a0mg of 3 mgs'),
        ((Text("wait 7 to 10 days"),), "ltr", "wait 7\u00a0to\u00a010\u00a0days"),
        ((Text("每天50毫克。"),), "ltr", '每天<span class="nb">50毫克</span>。'),
        ((Text("٥٠ mg"),), "rtl", "٥٠\u00a0mg"),
        ((Isolate((Text("7"),), "ltr"), Text(" إلى "), Isolate((Text("10"),), "ltr"), Text(" x")), "rtl",
         '<bdi dir="ltr">7</bdi>\u00a0إلى\u00a0<bdi dir="ltr">10</bdi> x'),
        ((Isolate((Text("380"),), "ltr"), Text(" ملغ شهر")), "rtl", '<bdi dir="ltr">380</bdi>\u00a0ملغ شهر'),
    ],
)  # fmt: skip
def test_inline_html(inlines: tuple[Inline, ...], direction: str, expected: str) -> None:
    language = facts.named("ar" if direction == "rtl" else "zh_Hans" if "毫克" in expected else "en")
    assert markup.html(inlines, "rtl" if direction == "rtl" else "ltr", language=language) == expected


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "every 4 weeks", "4 weeks"),
        ("es", "de 7 a 10 días", "7 a 10 días"),
        ("hi", "7 से 10 दिन", "7 से 10 दिन"),
        ("zh-Hans", "约2到6个月后", "2到6个月"),
        ("zh-Hans", "有8人住院", "8人"),
    ],
)
def test_a_number_stays_with_the_words_of_its_language(language: str, text: str, whole: str) -> None:
    kept = f'<span class="nb">{whole}</span>' if language == "zh-Hans" else whole.replace(" ", "\u00a0")
    assert kept in markup.html((Text(text),), language=facts.named(language))


def test_arabic_days_stay_with_their_number() -> None:
    inlines = bidi.isolate((Text("انتظر 10 أيام ثم"),), "rtl")
    assert "</bdi>\u00a0أيام ثم" in markup.html(inlines, "rtl", language=facts.named("ar"))


@pytest.mark.parametrize(
    ("text", "language"),
    [("8:30 am – 5:00 pm", "hi"), ("8:30\u202fAM – 5:00\u202fPM", "en"), ("8:30 ص – 5:00 م", "ar"),
     ("AM 8:30 – PM 5:00", "ko"),
     ("08:30 – 17:00", "de"), ("8:30 ਪੂ.ਦੁ. – 5:00 ਬਾ.ਦੁ.", "pa"), ("2 Tabletten – 3 Tabletten", "de")],
)  # fmt: skip
def test_no_line_begins_with_the_dash_of_a_range_on_a_narrow_screen_either(text: str, language: str) -> None:
    made = markup.html((Text(text),), "rtl" if language == "ar" else "ltr", language=facts.named(language))
    assert "\u00a0– " in made, ascii(made)
    assert "\u00a0–" not in markup.html((Text("Take 2 – then rest"),)), "a dash between sentences is no range"


def test_inline_html_keeps_the_text() -> None:
    text = "Call +1 (202) 555-0142 or 1-800-662-4357 from 8:30 – 17:00, take 2–3 ml/kg & 5 % <b>"
    made = markup.html((Text(text),))
    assert "".join(data for _, data in Tags(made).inside).replace("\u00a0", " ") == text


def test_placeholders_take_the_clinics_details() -> None:
    values = clinics.placeholders(CLINIC)
    assert {name: value for name, value in values.items() if value} == {
        "clinic_name": "Sample Clinic",
        "clinic_phone": "(202) 555-0142",
        "clinic_web": "clinic.example",
        "clinic_address": "1 Test Road, Springfield",
        "clinic_hours": "Monday – Friday 8:30\u202fAM – 5:00\u202fPM",
        "emergency_number": "911",
        "helpline_crisis": "988",
        "helpline_crisis_name": "Crisis Lifeline",
    }
    assert "8:30\u202fa.m. – 5:00\u202fp.m." in clinics.placeholders(CLINIC, locales.locale("es"))["clinic_hours"]


def test_filled_details_keep_their_own_direction() -> None:
    arabic, english = locales.locale("ar"), locales.locale("en")
    phone = (Strong((Placeholder("clinic_phone"),)),)
    assert clinics.fill(phone, CLINIC, english) == (Strong((Text("(202) 555-0142"),)),)
    assert clinics.fill(phone, CLINIC, arabic) == (Strong((Isolate((Text("(202) 555-0142"),), "ltr"),)),)
    number = (Placeholder("emergency_number"),)
    assert clinics.fill(number, CLINIC, arabic) == (Isolate((Text("911"),), "ltr"),)
    named = replace(CLINIC, name="عيادة")
    assert clinics.fill((Placeholder("clinic_name"),), named, english) == (Isolate((Text("عيادة"),), "rtl"),)
    assert clinics.fill((Placeholder("clinic_name"),), named, arabic) == (Text("عيادة"),)
    web = Link((Text("clinic.example"),), "https://clinic.example/")
    assert clinics.fill((Placeholder("clinic_web"),), CLINIC, english) == (web,)
    assert clinics.fill((Placeholder("clinic_fax"),), CLINIC, english) == (Text("{clinic_fax}"),)
    kept = (Strong((Placeholder("clinic_name"), Text(": "), Placeholder("emergency_number"))),)
    named = (Strong((Placeholder("clinic_name"), Text(": "), Text("911"))),)
    assert clinics.fill(kept, CLINIC, english, keep={"clinic_name"}) == named


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("zh_Hans", "由 FDA 批准，每天 5 mg", '由 <span lang="en">FDA</span> 批准，每天 5\u00a0mg'),
        ("hi", "यह OxyContin & Co. है", 'यह <span lang="en">OxyContin</span> &amp; <span lang="en">Co</span>. है'),
        ("ar", "خذ 500 mg ثم اتصل", 'خذ <bdi dir="ltr">500\u00a0mg</bdi> ثم اتصل'),
        ("es", "La FDA dice", "La FDA dice"),
    ],
)
def test_words_in_latin_letters_are_said_in_the_language_of_the_source_on_pages_of_another_script(
    locale: str, text: str, found: str
) -> None:
    assert f">{found}</p>" in html(edition(locale, blocks=(block(Kind.PARAGRAPH, text),)))


def test_how_a_chinese_word_is_said_is_chinese_in_latin_letters() -> None:
    parts = (block(Kind.TERM, "剂量"), block(Kind.SAY, "jì liàng"), block(Kind.MEANS, "多少药"))
    page = html(edition("zh_Hans", blocks=(block(Kind.WORDS, block(Kind.WORD, *parts)),)))
    assert '<span lang="zh-Latn">jì liàng</span>' in page


def test_right_to_left_text_isolates_latin_runs_with_their_markup_inside() -> None:
    text = block(Kind.PARAGRAPH, "خذ metformin ", Strong((Text("500"),)), " mg كل يوم")
    page = html(edition("ar", blocks=(text,)))
    assert 'خذ <bdi dir="ltr" lang="en">metformin <strong>500</strong> mg</bdi> كل يوم' in page
    assert '<p class="address"><bdi dir="ltr" lang="en">1 Test Road</bdi></p>' in page
    assert '<p class="note"><bdi dir="ltr" lang="en">free, day and night</bdi></p>' in page


# --------------------------------------------------------------------------- the style


@pytest.mark.parametrize(("layout_name", "name"), product(SHIPPED, ["en", "ar", "hi"]))
def test_the_stylesheet_is_whole_and_fit_for_every_reader(layout_name: str, name: str) -> None:
    css = styles.joined(styles.pieces(layout(layout_name), locales.locale(name)))
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert not re.search(r"url\((?!data:image/)", bare), "pictures are part of the stylesheet"
    for banned in ("font-family", "@font-face", "@import", "italic", "underline", "uppercase", "small-caps", "opacity",
                   "text-align: justify", "grid", "column-rule", "writing-mode", "letter-spacing"):  # fmt: skip
        assert banned not in bare
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align: (left|right)|float", bare)
    assert "hyphens: manual" in bare
    assert not [rule for rule in tinycss2.parse_stylesheet(css) if rule.type == "error"]


def test_the_language_scales_sizes_and_sets_digits() -> None:
    persian = replace(locales.locale("fa"), size_factor=1.5, line_height_factor=1.1, digits="arabext", hyphenate=True)
    css = styles.joined(styles.pieces(replace(layout(), body_pt=14, least_pt=12, line_height=1.5), persian))
    assert "--body: 21pt" in css and "--least: 18pt" in css and "--line: 1.65" in css
    assert "counter(page, persian)" in css and "ol { list-style-type: persian }" in css and "hyphens: auto" in css


def _colours(css: str) -> tuple[dict[str, str], set[str], set[str]]:
    """The colour variables (the last one wins), and the variables used for text and for grounds."""
    named = dict(re.findall(r"(--[a-z-]+):\s*(#[0-9a-f]{6})", css))
    elsewhere = re.sub(r"url\([^)]*\)|--[a-z-]+:\s*#[0-9a-f]{6}", "", css)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", elsewhere), "every colour has a name"
    text = set(re.findall(r"(?<![-\w])color:\s*var\((--[a-z-]+)\)", css))
    grounds = set(re.findall(r"background(?:-color)?:\s*var\((--[a-z-]+)\)", css))
    assert len(re.findall(r"(?<![-\w])color:", css)) == len(re.findall(r"(?<![-\w])color:\s*var", css))
    return named, text, grounds


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("layout_name", SHIPPED)
def test_every_text_colour_keeps_seven_to_one_on_every_ground(layout_name: str) -> None:
    named, text, grounds = _colours(styles.joined(styles.pieces(layout(layout_name), locales.locale("en"))))
    assert {"--ink", "--quiet", "--calm", "--urgent"} <= text
    assert {"--paper", "--calm-ground", "--urgent-ground"} <= grounds
    # An emergency's heading, the numbers in a drawing, a draft's bar: the texts that are lighter than their grounds.
    dark = [("--paper", "--urgent"), ("--paper", "--ink"), ("--notice", "--notice-bar")]
    light = product(text - {one for one, _ in dark}, grounds - {ground for _, ground in dark})
    for one, ground in (*light, *dark):
        assert contrast(named[one], named[ground]) >= 7, (one, ground)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


# --------------------------------------------------------------------------- the pages


# On A4 and its kin from right to left, on letter paper from left to right.
PAGES = [(name, "en" if name.endswith("letter") else "ar") for name in FULL]


def _is_fine(box: Any) -> bool:
    """Whether a box is one of what no patient acts on."""
    return box.element is not None and "fine" in (box.element.get("class") or "").split()


@pytest.mark.parametrize(("layout_name", "name"), PAGES)
def test_pages_carry_their_furniture_inside_the_paper_and_no_small_type(layout_name: str, name: str) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    made = edition(name, draft=True, title="Implants" if name == "en" else "غرسات")
    made = replace(made, blocks=tuple(b for b in made.blocks if b.kind is not Kind.FIGURE) * 2)
    made = replace(made, blocks=tuple(replace(b, id="", children=()) if b.id else b for b in made.blocks))
    chosen = layout(layout_name)
    families = ", ".join(f'"{family.name}"' for family in made.locale.fonts)
    beside = second(made.locale) if chosen.beside else None
    style = styles.joined(styles.pieces(chosen, made.locale, beside=beside))
    css = weasyprint.CSS(string=style + f"html {{ font-family: {families} }}")
    said = ARABIC if name == "ar" else Words()
    pages = weasyprint.HTML(string=html(made, layout_name, said)).render(stylesheets=[css]).pages
    assert len(pages) > 1
    number = said.here("Page {page} of {pages}")
    for at, page in enumerate(pages, 1):
        texts = [box for box in page._page_box.descendants(placeholders=True) if type(box).__name__ == "TextBox"]
        whole = "".join(box.text for box in texts).replace(" ", "")
        expected = [DRAFT, said.here(DRAFT), said.here(SAMPLE), made.locale.own_name]
        expected.append(made.locale.english_name)
        expected.append("Implants" if name == "en" else "غرسات")
        page_number, page_count = (locales.number(count, made.locale) for count in (at, len(pages)))
        expected.append(number.format(page=page_number, pages=page_count))
        for words_ in expected:
            assert words_.replace(" ", "") in whole, (at, words_)
        factor = min(where.size_factor for where in (made.locale, beside) if where)
        fine = {id(each) for box in page._page_box.descendants() if _is_fine(box) for each in box.descendants(True)}
        for box in texts:
            latin = scripts_of(box.text) <= {"LATIN"}  # looks larger, and is set smaller beside Arabic
            small = chosen.fine_pt if id(box) in fine else 0.0
            least = (small or chosen.least_pt) * (1 if latin else factor) * 96 / 72
            assert box.style["font_size"] >= least - 0.01, box.text
        edge = 5 / 25.4 * 96  # printers leave about 5 mm white
        assert min(box.position_x for box in texts) >= edge and min(box.position_y for box in texts) >= edge
        assert max(box.position_x + box.width for box in texts) <= page.width - edge
        # a font's own height is far more than that of its letters
        assert max(box.position_y + box.baseline + 0.3 * box.style["font_size"] for box in texts) <= page.height - edge


def test_what_every_page_has_to_say_are_words_that_the_layouts_print() -> None:
    known = (ROOT / "locales/layouts.pot").read_text(encoding="utf-8")
    assert all(f'msgid "{message}"' in known for message in (notices.DRAFT, notices.SAMPLE))


def test_a_cell_beside_one_of_the_row_above_keeps_its_distance() -> None:
    source, _ = markdown.parse("sources/a.md", f"{HEAD_OF_ALL}| Age | Shot |\n|---|---|\n| **2** | A |\n| ^^ | B |\n")
    assert source
    made, _ = messages.localize(source, locales.locale("en"), "US", None, draft=False)
    rows = re.findall(r"<tr[^>]*>", html(made))
    assert [" below" in row or '"below' in row for row in rows] == [False, False, True]
    css = styles.joined(styles.pieces(layout(), locales.locale("en")))
    assert ".below > :is(th, td)" in css
