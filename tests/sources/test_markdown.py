"""What a leaflet may say, what each mistake is called, and that nothing an author types can break the reader."""

from __future__ import annotations

import pickle
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.model import (
    Block,
    Emphasis,
    Finding,
    Inline,
    Kind,
    Leaflet,
    Link,
    Location,
    Placeholder,
    Severity,
    Strong,
    Text,
)
from plainleaf.sources.markdown import FRONT_MATTER, parse
from tests.conftest import ROOT
from tests.strategies import FEWER, leaflets

PATH = "sources/leaflet.md"
HEAD = """\
title: Implants
summary: What an implant does.
audience: People who think about one
written: 2026-11-22
review-by: 2028-11-22
country: US
"""
TERMS = "terms:\n  opioid:\n    say: OH-pee-oyd\n    means: A drug *like* morphine.\n"
REFERENCES = "references:\n  kunoe2009:\n    text: Kunøe N. 2009.\n    url: https://doi.org/10.1192/x\n"


def leaflet(body: str, head: str = HEAD) -> str:
    """The full text of a leaflet."""
    return f"---\n{head}---\n{body}"


def findings(text: str) -> list[tuple[str, int]]:
    """The check and the line of each finding."""
    return [(finding.check, finding.at.line) for finding in parse(PATH, text)[1]]


def body_findings(body: str, head: str = HEAD) -> list[tuple[str, int]]:
    """The same, with lines counted from the first one of the body."""
    above = leaflet("", head).count("\n")
    return [(check, line - above) for check, line in findings(leaflet(body, head))]


def read(body: str, head: str = HEAD) -> tuple[Block, ...]:
    """The blocks of a body without mistakes."""
    found, problems = parse(PATH, leaflet(body, head))
    assert found and not problems, problems
    return found.blocks


def shape(block: Block) -> object:
    """A block as kind and content, for short comparisons."""
    inner = [shape(child) for child in block.children]
    return (block.kind.value, block.inlines, inner) if inner else (block.kind.value, block.inlines)


# --------------------------------------------------------------------------- what is read


def test_the_head_becomes_meta() -> None:
    text = leaflet("::: evidence refs=kunoe2009\nIt works.\n:::\n::: words\n:::", HEAD + TERMS + REFERENCES)
    found, problems = parse(PATH, text)
    assert found and not problems
    meta = found.meta
    assert (found.slug, found.language, found.at) == ("leaflet", "en", Location(PATH, 1))
    assert (meta.written, meta.review_by, meta.country) == (date(2026, 11, 22), date(2028, 11, 22), "US")
    assert [(block.inlines, block.at.line) for block in (meta.title, meta.summary, meta.audience)] == [
        ((Text("Implants"),), 2),
        ((Text("What an implant does."),), 3),
        ((Text("People who think about one"),), 4),
    ]
    assert [(entry.key, entry.url, entry.at.line) for entry in meta.references] == [
        ("kunoe2009", "https://doi.org/10.1192/x", 13)
    ]
    assert [(part.kind.value, part.at.line) for part in meta.terms.walk()] == [
        ("words", 8), ("word", 9), ("term", 9), ("say", 10), ("means", 11)
    ]  # fmt: skip
    assert meta.terms.children == found.blocks[1].children
    assert found.blocks[1].children[0].children[2].inlines == (
        Text("A drug "), Emphasis((Text("like"),)), Text(" morphine.")
    )  # fmt: skip


def test_the_head_takes_values_as_written() -> None:
    head = HEAD.replace("US", "NO").replace("Implants", "2026") + "language: pt-BR\n"
    found, problems = parse(PATH, leaflet("Text", head))
    assert found and not problems
    assert (found.meta.country, found.language) == ("NO", "pt-BR")
    assert found.meta.title.inlines == (Text("2026"),)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("plain", (Text("plain"),)),
        ("one\ntwo\n  three", (Text("one two three"),)),
        ("**bold** and *stress*", (Strong((Text("bold"),)), Text(" and "), Emphasis((Text("stress"),)))),
        ("[our **page**](https://a.org/b_c)", (Link((Text("our "), Strong((Text("page"),))), "https://a.org/b_c"),)),
        ("[mail](mailto:a@b.org), [call](tel:988)", (
            Link((Text("mail"),), "mailto:a@b.org"), Text(", "), Link((Text("call"),), "tel:988"))),
        ("Call {clinic_phone}.", (Text("Call "), Placeholder("clinic_phone"), Text("."))),
        ("{helpline_crisis_name}{clinic_web}", (Placeholder("helpline_crisis_name"), Placeholder("clinic_web"))),
        (r"a \{b\} \*c\* &amp; 1 < 2", (Text("a {b} *c* & 1 < 2"),)),
        ("“smart” – 'quotes'...", (Text("“smart” – 'quotes'..."),)),
        ("4\u00a0mg", (Text("4\u00a0mg"),)),
        (r"\[Warning\]: stop", (Text("[Warning]: stop"),)),
        ("می\u200cخواهم", (Text("می\u200cخواهم"),)),
    ],
)  # fmt: skip
def test_text(body: str, expected: tuple[Inline, ...]) -> None:
    assert [block.inlines for block in read(body)] == [expected]


def test_every_block() -> None:
    blocks = read(
        "## One\n\nTwo\n\n1. three\n   - four\n2. five\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        '![A *pill*](pictures/p.svg "The **pill**")\n\n::: questions\nWhy?\n: So\n  it is.\n\nHow?\n: Thus.\n:::'
    )
    assert [shape(block) for block in blocks] == [
        ("heading", (Text("One"),)),
        ("paragraph", (Text("Two"),)),
        ("list", (), [
            ("item", (Text("three"),), [("list", (), [("item", (Text("four"),))])]),
            ("item", (Text("five"),)),
        ]),
        ("table", (), [
            ("row", (), [("cell", (Text("a"),)), ("cell", (Text("b"),))]),
            ("row", (), [("cell", (Text("c"),)), ("cell", (Text("d"),))]),
        ]),
        ("figure", (), [
            ("alt", (Text("A pill"),)),
            ("caption", (Text("The "), Strong((Text("pill"),)))),
        ]),
        ("questions", (), [
            ("question", (Text("Why?"),)), ("answer", (Text("So it is."),)),
            ("question", (Text("How?"),)), ("answer", (Text("Thus."),)),
        ]),
    ]  # fmt: skip
    heading, _, points, table, figure, questions = blocks
    assert heading.options == {"level": "2"}
    assert points.options == {"ordered": "yes"} and points.children[0].children[0].options == {"ordered": "no"}
    assert [row.options["header"] for row in table.children] == ["yes", "no"]
    assert [cell.options["header"] for row in table.children for cell in row.children] == ["yes", "yes", "no", "no"]
    assert figure.options == {"src": "sources/pictures/p.svg"}
    assert [block.at.line - 8 for block in questions.walk()] == [15, 16, 17, 20, 21]


def test_blocks_of_our_own() -> None:
    urgent, evidence = read(
        ":::: urgent {#A7 .safety}\n## Call\n\n::: tip\nNow\n:::\n::::\n:::evidence refs='kunoe2009'\nx\n:::".replace(
            "'", '"'
        ),
        HEAD + REFERENCES,
    )
    assert (urgent.kind, urgent.options, urgent.id) == (Kind.CALLOUT, {"name": "urgent"}, "A7")
    assert [block.safety for block in urgent.walk()] == [True] * 4
    assert urgent.children[1].options == {"name": "tip"} and urgent.children[1].id == ""
    assert (evidence.kind, evidence.options) == (Kind.EVIDENCE, {"refs": "kunoe2009"})
    assert not evidence.safety


def test_only_hands_down_its_country_and_vanishes() -> None:
    before, inside, points, after = read("a\n\n::: only country=US {.safety}\nb\n\n- c\n:::\nd")
    assert [(block.country, block.safety) for block in (before, inside, points, points.children[0], after)] == [
        ("", False), ("US", True), ("US", True), ("US", True), ("", False)
    ]  # fmt: skip


def test_a_third_urgent_may_be_for_another_country() -> None:
    urgent = ":::: only country={}\n::: urgent\nx\n:::\n::::\n"
    assert not body_findings("::: urgent\nx\n:::\n" + urgent.format("US") + urgent.format("CA"))


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("Text {#A1}", "paragraph"),
        ("one\ntwo {#A1 .safety}", "paragraph"),
        ("## Head {#A1}\n\nText", "heading"),
        ("- point {#A1}", "item"),
        ("::: questions\nWhy? {#A1}\n: So.\n:::", "question"),
        ("::: questions\nWhy?\n: So. {#A1}\n:::", "answer"),
        ("::: tip {#A1}\nText\n:::", "callout"),
        ("| a |\n|---|\n| b |\n{#A1}", "table"),
        ("![alt](p.svg)\n{#A1}", "figure"),
        ("Call {clinic_phone} {#A1}", "paragraph"),
    ],
)
def test_marks(body: str, marked: str) -> None:
    named = [inner for block in read(body) for inner in block.walk() if inner.id]
    assert [(block.kind.value, block.id) for block in named] == [(marked, "A1")]
    assert "#A1" not in repr([block.inlines for block in named])


def test_a_second_layer_begins_with_a_heading_once_for_each_reader() -> None:
    text = "x\n\n::: only country=US\n## a {.more}\nx\n:::\n::: only country=not-US\n## b {.more}\nx\n:::\n## c\nx"
    made, findings = parse(PATH, leaflet(text))
    assert made and not findings
    assert [block.options.get("more") for block in made.blocks if block.kind is Kind.HEADING] == ["yes", "yes", None]


def test_texts_of_small_formats_may_be_marked_as_those_to_leave_out_first() -> None:
    points = "- y {.short .optional}\n- z {.short}"
    box = "::: tip {.short}\n- y {.optional}\n:::"
    drawing = "::: drawing {.short .optional}\n![A cup](pictures/cup.svg)\n\n1. Its rim\n:::"
    picture = "![A cup](pictures/cup.svg)\n{.short .optional}"
    card = "::: card\nx {.optional}\n:::"
    text = "\n\n".join(("## a {.optional}", "x {.short .optional}", points, picture, drawing, box, card))
    made, findings = parse(PATH, leaflet(text))
    assert made and not findings
    marked = [block.kind for block in made.walk() if block.options.get("optional")]
    assert marked == [Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.FIGURE, Kind.DRAWING, Kind.ITEM, Kind.PARAGRAPH]


def test_marks_speak_to_translators() -> None:
    (block,) = read('Stop. {.safety note="Naloxone, {not} the  other" #F1.b context="a sign"}')
    assert (block.inlines, block.id, block.safety) == ((Text("Stop."),), "F1.b", True)
    assert (block.note, block.context) == ("Naloxone, {not} the other", "a sign")


def test_a_placeholder_at_the_end_is_no_mark() -> None:
    (block,) = read("Call {clinic_phone}")
    assert block.inlines == (Text("Call "), Placeholder("clinic_phone"))


def test_a_safe_table_is_safe_in_every_cell() -> None:
    (table,) = read("| a |\n|---|\n| b |\n{.safety}")
    assert [block.safety for block in table.walk()] == [True] * 5


def test_files_of_other_systems_are_fine() -> None:
    text = leaflet("## A\n\nb")
    assert (
        parse(PATH, "\ufeff" + text.replace("\n", "\r\n")) == parse(PATH, text) == parse(PATH, text.replace("\n", "\r"))
    )


# --------------------------------------------------------------------------- what is wrong

HEADS = [
    ("", "source-head-missing", 1),
    ("## Text", "source-head-missing", 1),
    (f"---\n{HEAD}\nText", "source-head-unclosed", 1),
    (leaflet("x", HEAD.replace("title: Implants\n", "")), "source-head-key-missing", 1),
    (leaflet("x", HEAD + "titel: x\n"), "source-head-key-unknown", 8),
    (leaflet("x", HEAD + "title: Again\n"), "source-head-twice", 8),
    (leaflet("x", HEAD.replace("Implants", "[a, b]")), "source-head-type", 2),
    (leaflet("x", HEAD.replace("Implants", "")), "source-head-type", 2),
    (leaflet("x", HEAD.replace("Implants", "{}")), "source-head-type", 2),
    (leaflet("x", HEAD.replace("Implants", "What: it is")), "source-head-yaml", 2),
    (leaflet("x", HEAD + "terms: " + "[" * 5000 + "\n"), "source-head-yaml", 8),
    (leaflet("x", HEAD + 'layouts: "\\UFFFFFFFF"\n'), "source-head-yaml", 2),
    (leaflet("x", HEAD + f"layouts: {'a' * 100_000}\n"), "source-too-large", 2),
    (leaflet("x", HEAD + "reviewed-by: Dr. A. Sample, GP, 2026-11-30\n"), "source-head-reviewed-by", 8),
    (leaflet("x", HEAD + "Reviewed_by: [x]\n"), "source-head-reviewed-by", 8),
    (leaflet("x", HEAD + "signed-off-by: 2099-01-01\n"), "source-head-reviewed-by", 8),
    (leaflet("x", "- a\n- b\n"), "source-head-type", 1),
    (leaflet("x", HEAD + "? [a]\n: b\n"), "source-head-type", 8),
    (leaflet("x", HEAD.replace("Implants", "Call {clinic_phone}")), "source-brace", 2),
    (leaflet("x", HEAD.replace("2026-11-22", "22.11.2026")), "source-head-type", 5),
    (leaflet("x", HEAD.replace("2026-11-22", "2026-02-30")), "source-head-type", 5),
    (leaflet("x", HEAD.replace("2028-11-22", "2026-11-22")), "source-head-dates", 6),
    (leaflet("x", HEAD.replace("US", "usa")), "source-head-type", 7),
    (leaflet("x", HEAD + "language: English\n"), "source-head-type", 8),
    (leaflet("x", HEAD + "terms: none\n"), "source-head-type", 8),
    (leaflet("x", HEAD + "terms:\n  opioid: a drug\n"), "source-head-type", 9),
    (leaflet("x", HEAD + "terms:\n  opioid:\n    say: x\n"), "source-head-key-missing", 9),
    (leaflet("::: words\n:::", HEAD + TERMS.replace("say", "sya")), "source-head-key-unknown", 10),
    (leaflet("x", HEAD + "references:\n  a:\n    text: b\n"), "source-head-key-missing", 9),
    (leaflet("x", HEAD + "references:\n  a:\n    text: b\n    url: doi.org/x\n"), "source-head-type", 11),
    (leaflet("x", HEAD + "references:\n  a b:\n    text: b\n"), "source-head-type", 9),
    (leaflet("x", HEAD + REFERENCES), "source-reference-unused", 9),
    (leaflet("x", HEAD + TERMS), "source-words", 8),
    (leaflet("\n"), "source-text-missing", 1),
    (leaflet("x", HEAD.replace("Implants", '"a\\u202eb"')), "source-unseen-character", 2),
    (leaflet("a" * 1_000_000), "source-too-large", 0),
    (leaflet("- a\n" * 5001), "source-too-large", 5001),
]


@pytest.mark.parametrize(("text", "check", "line"), HEADS)
def test_mistakes_in_the_head(text: str, check: str, line: int) -> None:
    assert (check, line) in findings(text)


DEEP = "\n".join([f"{':' * n} tip" for n in range(9, 2, -1)] + ["x"] + [":" * n for n in range(3, 10)])
BODIES = [
    # blocks of our own
    ("::: urgnet\nx\n:::", "source-block-unknown", 1),
    ("::: {.safety}\nx\n:::", "source-block-unknown", 1),
    ("x\n::: tip\ny", "source-block-unclosed", 2),
    (":::: tip\n::: story\ny\n::::", "source-block-unclosed", 2),
    ("x\n:::\ny", "source-block-stray", 2),
    ("::: tip\nx\n:::\n:::", "source-block-stray", 4),
    ("::: tip\nx\n::::", "source-block-fence", 3),
    ("::: tip\n::: story\ny\n:::\n:::", "source-block-fence", 2),
    ("::: tip\n:::", "source-block-empty", 1),
    ("::: only country=US\n:::", "source-block-empty", 1),
    ("::: tip colour=red\nx\n:::", "source-option-unknown", 1),
    ("::: tip now\nx\n:::", "source-option-unknown", 1),
    ("::: only country=US country=CA\nx\n:::", "source-option-unknown", 1),
    ("::: only\nx\n:::", "source-option-missing", 1),
    ('::: evidence refs=""\nx\n:::', "source-option-missing", 1),
    ("::: evidence refs=kunoe2008\nx\n:::", "source-reference-unknown", 1),
    ("::: only country=usa\nx\n:::", "source-country", 1),
    ("::: only country=not-usa\nx\n:::", "source-country", 1),
    (":::: only country=US\n::: only country=CA\nx\n:::\n::::", "source-country", 2),
    ("::: only country=US {#A1}\nx\n:::", "source-mark-alone", 1),
    ("x\n\n::: words\n:::", "source-words", 3),
    ("::: questions\nWhy?\n:::", "source-question", 2),
    ("::: questions\nWhy?\n\n: So.\n:::", "source-question", 4),
    ("::: questions\nWhy?\n: So.\n: Or so.\n:::", "source-question", 2),
    ("::: questions\nWhy?\n:\n:::", "source-question", 3),
    ("::: questions\n- Why?\n:::", "source-question", 2),
    (":::: questions\n::: tip\nx\n:::\n::::", "source-question", 2),
    ("::: urgent\nx\n:::\n" * 3, "source-urgent-many", 7),
    (DEEP, "source-nested-too-deep", 7),
    # headings
    ("## a\n\n#### b\nx", "source-heading-skipped", 3),
    ("### a\nx", "source-heading-skipped", 1),
    (":::: tip\n## a\nx\n::::\n::: tip\n#### b\nx\n:::", "source-heading-skipped", 6),
    ("# a\nx", "source-heading-title", 1),
    ("## a\n### b\n#### c\nx\n##### d\nx", "source-heading-too-deep", 5),
    ("##\nx", "source-heading-empty", 1),
    ("## {#A1}\nx", "source-heading-empty", 1),
    ("## a", "source-section-empty", 1),
    ("## a\n## b\nx", "source-section-empty", 1),
    ("## a\nx\n### b\n## c\nx", "source-section-empty", 3),
    ("## a\nx\n::: tip\ny\n## b\n:::\nz", "source-section-empty", 5),
    ("## a\n::: easy\nx\n:::", "source-section-empty", 1),
    ("::: only country=US\n## a\n:::\n::: only country=NO\nx\n:::", "source-section-empty", 2),
    ("## a {.short}\nx\n\n## b\ny {.short}", "source-section-empty", 1),
    ("x\n\n## a {.more}\nx\n\n## b {.more}\ny", "source-more", 6),
    ("## a\nx\n\n### b {.more}\ny", "source-more", 4),
    ("x\n\n::: tip\n## a {.more}\nx\n:::", "source-more", 4),
    ("x\n\n::: easy\n## a {.more}\nx\n:::", "source-more", 4),
    ("x {.more}", "source-more", 1),
    ("- x {.more}", "source-more", 1),
    ("::: tip {.more}\nx\n:::", "source-more", 1),
    ("::: only country=US {.more}\nx\n:::", "source-more", 1),
    ("x {.safety .short .optional}", "source-optional", 1),
    ("::: urgent {.safety .short}\n- x {.optional}\n:::", "source-optional", 2),
    ("x {.optional}", "source-optional", 1),
    ("::: tip {.short .optional}\nx\n:::", "source-optional", 1),
    ("::: easy\n![A cup](pictures/cup.svg)\n\nx {.optional}\n:::", "source-optional", 4),
    ("::: drawing\n![A cup](pictures/cup.svg)\n\n1. x {.short .optional}\n:::", "source-drawing", 4),
    ("a\n===\nx", "source-heading-underlined", 1),
    ("x\n\na\n---\nx", "source-heading-underlined", 3),
    # what is not allowed
    ("<div>a</div>", "source-html", 1),
    ("a\nb <br> c", "source-html", 2),
    ("x\n\n<!-- a -->", "source-html", 3),
    ("a `b` c", "source-code", 1),
    ("a\n\n    b", "source-code", 3),
    ("```\na\n```\nx", "source-code", 1),
    ("x\n\n> a", "source-quote", 3),
    ("a\n\n---\n\nb", "source-rule", 3),
    ("a  \nb", "source-line-break", 1),
    ("a\nb\\\nc", "source-line-break", 2),
    # pictures
    ("a\nb ![c](d.svg)", "source-picture-inline", 2),
    ("- b ![c](d.svg)", "source-picture-inline", 1),
    ("![a](b.svg) ![c](d.svg)", "source-picture-inline", 1),
    ("![](d.svg)", "source-picture-alt", 1),
    ("![ ](d.svg)", "source-picture-alt", 1),
    ("![{clinic_name}](d.svg)", "source-brace", 1),
    ("![a](/d.svg)", "source-picture-path", 1),
    ("![a](../d.svg)", "source-picture-path", 1),
    ("![a](b/../../sources/d.svg)", "source-picture-path", 1),
    ("![a](https://a.org/d.svg)", "source-picture-path", 1),
    (r"![a](C:\d.svg)", "source-picture-path", 1),
    ("![a]()", "source-picture-path", 1),
    ("![a](<b #2.jpg>)", "source-picture-path", 1),
    ("![a](<50%2F.jpg>)", "source-picture-path", 1),
    ("![a](<%2e./b.jpg>)", "source-picture-path", 1),
    # marks and names
    ("a {#A1}\n\nb {#A1}", "source-id-twice", 3),
    ("a {#Ä}", "source-id-bad", 1),
    ("a {#}", "source-id-bad", 1),
    ("a {#a #b}", "source-id-bad", 1),
    ("a\nb {.saftey}", "source-mark-unknown", 2),
    ("a {#A1 safety}", "source-mark-unknown", 1),
    ('a {nota="b"}', "source-mark-unknown", 1),
    ('a {note="b" note="c"}', "source-mark-unknown", 1),
    ("a {note=“b”}", "source-mark-unknown", 1),
    ("a {}", "source-mark-unknown", 1),
    ("a\n\n{#A1}", "source-mark-alone", 3),
    # braces
    ("a\nb {Clinic_phone} c", "source-brace", 2),
    ("a {Clinic_phone}", "source-brace", 1),
    ("a } b", "source-brace", 1),
    ("a{#A1}", "source-brace", 1),
    ("a {#A1} b", "source-brace", 1),
    ("| a |\n|---|\n| b {#A1} |", "source-brace", 3),
    # links and emphasis
    ("[a](page.html)", "source-link-target", 1),
    ("a\n[b](javascript:alert)", "source-link-target", 2),
    ("[b](javascript&#58;alert)", "source-link-target", 1),
    ("<ftp://a.org>", "source-link-target", 1),
    ("[a](https://)", "source-link-target", 1),
    ("[a](tel:{clinic_phone})", "source-link-target", 1),
    ("x [](https://a.org)", "source-link-empty", 1),
    ("x\n[a [b](https://b.org) c](https://a.org)", "source-link-broken", 2),
    ("[a <https://b.org> c](https://a.org)", "source-link-broken", 1),
    ("[a](https://a.org/b c)", "source-link-broken", 1),
    ("** a** b", "source-emphasis-broken", 1),
    ("*a **b *c **d *e **f *g **h** g* f** e* d** c* b** a*", "source-nested-too-deep", 1),
    # lists
    ("- a\n  - b\n    - c", "source-nested-too-deep", 3),
    ("- a\n\n  b", "source-list-point", 3),
    ("- a\n  - b\n\n  c", "source-list-point", 4),
    ("- a\n  ## b", "source-list-point", 2),
    ("- a\n  > b", "source-quote", 2),
    ("- a\n-\n- b", "source-list-point", 2),
    ("- a\n- - b", "source-list-point", 2),
    ("3. a", "source-list-start", 1),
    # tables
    ("| a | b |\n|---|---|\n| c |", "source-table-ragged", 3),
    ("| a | b |\n|---|---|\n| c | d |\n| c | d | e |", "source-table-ragged", 4),
    ("| a | |\n|---|---|\n| c | d |", "source-table-header", 1),
    ("| a | b |\n|---|---|\n| c | |", "source-table-empty", 3),
    ("| a | b |\n|---|---|\n| ^^ | d |", "source-table-merged", 3),
    ("| a | b |\n|---|---|\n| c ||\n| ^^ | d |", "source-table-merged", 4),
    ("| a | b | c |\n|---|---|---|\n| d || e |\n| ^^ | f | g |", "source-table-merged", 3),
    ("| a | b |\n|---|---|\n| c | d |\n| e ||", "source-table-group", 4),
    ("| a | b |\n|---|---|\n| c | d |\nTable:", "source-table-caption", 4),
    ("Table: A\n\n| a |\n|---|\n| c |\nTable: B", "source-table-caption", 6),
    ("Table: A\n\nText", "source-table-caption", 1),
    ("| a | b |\n|---|---|", "source-table-broken", 1),
    ("| a | b |\n| c | d |", "source-table-broken", 1),
    ("a | b\n---|---|---\nc | d", "source-table-broken", 1),
    # characters
    ("a\nb\u200bc", "source-unseen-character", 2),
    ("a\u202eb", "source-unseen-character", 1),
    ("a\u200cb", "source-unseen-character", 1),
    ("a\x07b", "source-unseen-character", 1),
    ("a\ufffdb", "source-unseen-character", 1),
    ("a&#x202E;b", "source-unseen-character", 1),
    ("a\ncafe\u0301", "source-not-nfc", 2),
    ("a " * 5001, "source-too-large", 1),
]  # fmt: skip


@pytest.mark.parametrize(("body", "check", "line"), BODIES)
def test_mistakes_in_the_body(body: str, check: str, line: int) -> None:
    found = body_findings(body)
    assert (check, line) in found
    assert {other for other, _ in found} <= {check}, "one mistake, one name"


def test_without_an_end_of_the_head_nothing_is_guessed() -> None:
    assert findings(f"---\n{HEAD}\n# Text") == [("source-head-unclosed", 1)]


def test_words_stand_once_and_empty() -> None:
    assert body_findings("::: words\n:::\n::: words\nx\n:::", HEAD + TERMS) == [
        ("source-words", 3),
        ("source-words", 3),
    ]


def test_all_mistakes_are_told_not_only_the_first() -> None:
    body = "# a\n\n<b>\n\n::: nope\nb `c`\n:::\n\n![](x.svg)"
    head = HEAD.replace("title: Implants\n", "") + "x: y\n"
    assert [check for check, _ in findings(leaflet(body, head))] == [
        "source-head-key-missing", "source-head-key-unknown", "source-heading-title", "source-html",
        "source-block-unknown", "source-code", "source-picture-alt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (leaflet("x", HEAD + "titel: x\n"), "did you mean “title”?"),
        (leaflet("::: urgnet\nx\n:::"), "did you mean “urgent”?"),
        (leaflet("::: evidence refs=kunoe2008\nx\n:::", HEAD + REFERENCES), "did you mean “kunoe2009”?"),
        (leaflet("x {.saftey}"), "did you mean “.safety”?"),
        (leaflet("::: only contry=US\nx\n:::"), "did you mean “country”?"),
    ],
)
def test_a_misspelt_word_names_the_nearest(text: str, hint: str) -> None:
    assert hint in [finding.hint for finding in parse(PATH, text)[1]]


def test_only_three_findings_are_mere_warnings() -> None:
    texts = [case[0] for case in HEADS] + [leaflet(case[0]) for case in BODIES]
    every = [finding for text in texts for finding in parse(PATH, text)[1]]
    assert {finding.check for finding in every if finding.severity is not Severity.ERROR} == {
        "source-not-nfc", "source-reference-unused", "source-table-empty"
    }  # fmt: skip
    for finding in every:
        assert finding.at.file == PATH and finding.message and finding.hint
        assert re.fullmatch(r"source-[a-z]+(-[a-z]+)*", finding.check)


def test_a_target_we_do_not_know_never_gets_on_a_page() -> None:
    found, _ = parse(PATH, leaflet("[a](javascript:alert)"))
    assert found and found.blocks[0].inlines == (Text("a"),)


def test_decomposed_accents_are_joined() -> None:
    found, _ = parse(PATH, leaflet("cafe\u0301"))
    assert found and found.blocks[0].inlines == (Text("café"),)


@pytest.mark.parametrize("key", [key.name for key in FRONT_MATTER if key.needed])
def test_there_is_no_leaflet_without_a_needed_key(key: str) -> None:
    found, problems = parse(PATH, leaflet("x", re.sub(rf"(?m)^{key}:.*\n", "", HEAD)))
    assert found is None and [finding.check for finding in problems] == ["source-head-key-missing"]


# --------------------------------------------------------------------------- nothing breaks it

WHOLE = leaflet(
    '::: summary {#S1}\n**Bold** *and* [link](https://a.org) {clinic_phone}. {.safety note="n"}\n:::\n\n'
    "## Head {#H1}\n\n"
    "- a\n  1. b\n- c\n\n| a | b |\n|---|---|\n| c | d |\n{#T1}\n\n"
    '![alt](p.svg "caption")\n{#P1}\n\n:::: only country=US\n::: evidence refs="kunoe2009"\nText.\n:::\n::::\n\n'
    "::: questions\nWhy?\n: So.\n:::\n\n::: words\n:::\n",
    HEAD + TERMS + REFERENCES,
)
_BITS = st.one_of(
    st.sampled_from(
        sorted({*WHOLE, *WHOLE.split(), "\n", "\n\n", "    ", ":::", "```", "<!--", "![", "](", "{#", "&#0;", "\\"})
    ),
    st.text(max_size=8),
)


def check_sound(result: tuple[Leaflet | None, tuple[Finding, ...]]) -> None:
    """What later stages rely on, whatever the source was."""
    found, problems = result
    assert list(problems) == sorted(problems, key=lambda finding: finding.at)
    assert found or any(finding.severity is Severity.ERROR for finding in problems)
    for block in found.walk() if found else ():
        assert block.at.line >= 1 and block.at.file
        check_inlines(block.inlines)
        assert block.kind is not Kind.HEADING or block.options["level"] in "234"


def check_inlines(inlines: tuple[Inline, ...]) -> None:
    for left, right in zip((None, *inlines), inlines, strict=False):
        assert not (isinstance(left, Text) and isinstance(right, Text)), "neighbouring texts are one"
        if isinstance(right, Text):
            assert right.text and "\n" not in right.text and "  " not in right.text
            assert unicodedata.is_normalized("NFC", right.text)
        elif not isinstance(right, Placeholder):
            assert right.children
            check_inlines(right.children)


def test_the_whole_example_is_right() -> None:
    assert findings(WHOLE) == []


@given(st.one_of(st.text(), st.lists(_BITS).map("".join), st.lists(_BITS).map(lambda bits: leaflet("".join(bits)))))
def test_any_text_is_read(text: str) -> None:
    check_sound(parse(PATH, text))


@given(st.data())
def test_any_change_of_a_good_leaflet_is_read(data: st.DataObject) -> None:
    text = WHOLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(_BITS) + text[start + data.draw(st.integers(0, 20)) :]
    check_sound(parse(PATH, text))


MANY = (
    "[",
    "![",
    "*a ",
    "**a",
    "`",
    "<a ",
    "> ",
    "- ",
    "- a\n",
    "{",
    ' {"',
    "&#1;",
    "\u200b",
    "[a](<b",
    "<!--",
    "[a](",
)
HOSTILE = [
    *(part * (20_000 // len(part)) for part in MANY),
    *(part * (9_990 // len(part)) for part in MANY),  # just below the limit of a text
    "*" * 4000 + "a" + "*" * 4000,
    "::: tip\n" * 5000 + ":::\n" * 5000,
    "a|" * 120 + "\n" + "-|" * 120 + "\na" * 120,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:8]!a}-{len(text)}")
def test_a_hostile_text_is_read_too(text: str) -> None:
    check_sound(parse(PATH, leaflet(text)))


@pytest.mark.parametrize(
    ("text", "line", "most"),
    [
        ("a\n" * 5001, 5001, "5,000 lines"),
        ("- a\n- b\n  - c\n  - d\n" * 1200, 4008, "5,000 texts, points and cells"),
    ],
    ids=["lines", "points"],
)
def test_a_leaflet_has_so_many_lines_and_blocks_at_most(text: str, line: int, most: str) -> None:
    found, problems = parse(PATH, leaflet(text))
    (refused,) = [each for each in problems if each.check == "source-too-large"]
    assert found is None and refused.message == f"the file has more than {most}; the rest is not read"
    assert (refused.at.line, bool(refused.hint)) == (line, True)


@FEWER
@given(leaflets())
def test_random_leaflets_are_like_read_ones(random: Leaflet) -> None:
    check_sound((random, ()))
    assert pickle.loads(pickle.dumps(random)) == random  # they travel between processes


@pytest.mark.parametrize("path", sorted((ROOT / "sources").glob("*.md")), ids=lambda path: path.name)
def test_our_own_leaflets_are_right(path: Path) -> None:
    if path.name != "README.md":
        found, problems = parse(f"sources/{path.name}", path.read_text(encoding="utf-8"))
        assert found and not problems


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ('title: "Your tablets\nsummary: How to take them.\n', 2, "is never closed"),
        ("title: Your tablets\n\tsummary: How to take them.\n", 3, "begins with a tab"),
        ('title: "Your \\"blue\\" tablets"\nsummary: x: y\n', 3, "could not be read"),
    ],
)
def test_usual_slips_in_the_front_matter_are_named_where_they_are(head: str, line: int, said: str) -> None:
    _, found = parse("sources/x.md", f"---\n{head}---\n\nText.\n")
    (error,) = [each for each in found if each.check == "source-head-yaml"]
    assert error.at.line == line and said in error.message, error
