"""What a translator gets to see of a leaflet, and that a translation can bring in nothing but words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.model import Block, Inline, Leaflet, Link, Location, Placeholder, State, Strong, Text, Translation, plain
from plainleaf.sources import markdown as sources
from plainleaf.translations.markup import from_text, link_targets, to_text
from plainleaf.translations.messages import babel_extract, extract, localize
from plainleaf.typesetting import locales
from tests.strategies import FEWER, inlines, leaflets

ES = locales.locale("es")
HEAD = """---
title: Implants
summary: What an implant does.
audience: Adults
written: 2026-11-22
review-by: 2028-11-22
country: US
---
"""


def leaflet(body: str) -> Leaflet:
    """A leaflet without mistakes."""
    found, problems = sources.parse("sources/x.md", HEAD + body)
    assert found and not problems, problems
    return found


def inside(parts: tuple[Inline, ...]) -> Iterator[Inline]:
    """All inline content, also what stands inside other."""
    for part in parts:
        yield part
        if not isinstance(part, Text | Placeholder):
            yield from inside(part.children)


def bare(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks without the lines of their translations."""
    return tuple(replace(block, po=None, children=bare(block.children)) for block in blocks)


def current(context: str, text: str) -> Translation:
    """A catalog in which every message is its own translation."""
    return Translation(text, State.CURRENT, Location("locales/es/LC_MESSAGES/x.po", 7))


# --------------------------------------------------------------------------- text and inline content


def test_markup_becomes_tags_that_name_themselves() -> None:
    (block,) = leaflet(
        "**Call** {clinic_phone}, *now*: [a](https://a.org) & [**b**](https://b.org) \\{x\\} 5 < 6"
    ).blocks
    text = "<b>Call</b> {clinic_phone}, <em>now</em>: <a1>a</a1> &amp; <a2><b>b</b></a2> &#123;x&#125; 5 &lt; 6"
    assert to_text(block.inlines) == text
    assert link_targets(block.inlines) == ("https://a.org", "https://b.org")


@given(inlines())
def test_text_and_back_is_the_same(content: tuple[Inline, ...]) -> None:
    assert from_text(to_text(content), content) == (content, ())


MARKS = ["<b>", "</b>", "<em>", "</em>", "<a1>", "</a1>", "<a2>", "<B>", "<b", "<script>", "< b>", "{clinic_phone}",
         "{b}", "{a1}", "{x}", "{", "}", "{}", "<", ">", "&lt;", "&amp", "&amp;", "&#60;", "&#x202e;", "&#0;", "&zip;",
         "&#1114112;", "&#55296;", "50 mg", " ", "\n", "word"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=4)), max_size=12).map("".join), inlines())
def test_a_translation_brings_in_nothing_but_words(text: str, source: tuple[Inline, ...]) -> None:
    found, flaws = from_text(text, source)
    allowed = {part.name for part in inside(source) if isinstance(part, Placeholder)}
    for part in inside(found):
        assert not isinstance(part, Placeholder) or part.name in allowed
        assert not isinstance(part, Link) or part.href in link_targets(source)
        assert isinstance(part, Text | Placeholder) or part.children
    if not flaws:
        assert sorted(link_targets(found)) == sorted(link_targets(source))
        assert {part.name for part in inside(found) if isinstance(part, Placeholder)} == allowed
        assert from_text(to_text(found), source) == (found, ())


@pytest.mark.parametrize(
    ("source", "translation", "flaw"),
    [
        ("**a** b", "a b", "the tag <b> is missing"),
        ("**a** b", "<b>a b", "<b> is never closed"),
        ("**a** b", "a</b> <b>b</b>", "</b> closes a tag that is not open"),
        ("**a** b", "<b>a</b> <b>b</b>", "<b> appears 2 times, in the source 1"),
        ("**a** b", "<b></b>a b", "<b></b> contains no words"),
        ("**a** b", "<b><b>a</b></b> b", "<b> is inside a tag"),
        ("**a** *b*", "<b><em>a</b> b</em>", "</b> closes a tag that is not open"),
        ("[a](https://a.org) [b](https://b.org)", "<a1>a <a2>b</a2></a1>", "<a2> is inside a tag"),
        ("a", "<a1>a</a1>", "the tag <a1> is not in the source"),
        ("a", "<a href='x'>a</a>", "“<a href='x'>” is not a tag of this message"),
        ("a {b}", "<b>a</b> {b}", "the tag <b> is not in the source"),
        ("a {a1}", "<a1>a</a1> {a1}", "the tag <a1> is not in the source"),
        ("**a** {c}", "<{c}b> <b>a</b>", "“<” is not a tag of this message"),
        ("a {clinic_phone}", "a", "the placeholder {clinic_phone} is missing"),
        ("a {clinic_phone}", "a {clinic_phone} {clinic_name}", "{clinic_name} is not a placeholder of the source"),
        ("a {clinic_phone}", "a {Clinic_phone}", "{Clinic_phone} is not a placeholder of the source"),
        ("a", "a {", "{ is not a placeholder of the source"),
        ("a", "a }", "} is not a placeholder of the source"),
        ("a", "a &zip;", "&zip; is not a character"),
        ("a", "a &#8238;b", "&#8238; is not a character"),  # turns the direction of what follows
        ("a", "5 < 6", "“< 6” is not a tag of this message"),
    ],
)  # fmt: skip
def test_other_markup_is_a_flaw_and_stays_text(source: str, translation: str, flaw: str) -> None:
    content = leaflet(source).blocks[0].inlines
    found, flaws = from_text(translation, content)
    assert any(wrong.message.startswith(flaw) for wrong in flaws)
    assert len(list(inside(found))) <= 8  # nothing is multiplied


def test_tags_and_details_may_change_their_order() -> None:
    content = leaflet("**a** [b](https://b.org) {c}").blocks[0].inlines
    found, flaws = from_text("{c} <a1>B</a1> <b>A</b> &quot;&nbsp;R&D>", content)
    assert not flaws
    assert found[-2:] == (Strong((Text("A"),)), Text(' "\u00a0R&D>'))


@pytest.mark.parametrize(
    ("source", "translation", "what"),
    [
        ("a {c}", "{c} b {c}", "the placeholder {c} appears twice, in the source once"),
        ("a {c}", "{c} {c} {c}", "the placeholder {c} appears 3 times, in the source once"),
        ("{c} a {c}", "b {c}", "the placeholder {c} appears once, in the source twice"),
        ("{c} a {c}", "b", "the placeholder {c} is missing"),
        ("{c} a {c}", "{c} {c} b", ""),
    ],
)
def test_a_detail_is_there_as_often_as_in_the_source(source: str, translation: str, what: str) -> None:
    _, flaws = from_text(translation, leaflet(source).blocks[0].inlines)
    assert [flaw.message for flaw in flaws] == ([what] if what else [])
    assert {flaw.check for flaw in flaws} <= {"po-placeholder"}


def test_a_hostile_translation_takes_no_time_and_no_depth() -> None:
    content = leaflet("**a** b").blocks[0].inlines
    for text in ("<b>" * 20_000, "{" * 20_000, "<" * 20_000, "</b>" * 20_000, "<b>x" + "</b>" * 9, "&" * 20_000):
        found, flaws = from_text(text, content)
        assert flaws and to_text(found) is not None
        assert plain(found) is not None


# --------------------------------------------------------------------------- messages


def test_a_message_says_where_it_stands_and_what_to_mind() -> None:
    body = """
## Doses {#doses .safety}

See [the site](https://a.org). {note="Not the app." context="web"}

| Medicine | Morning |
| --- | --- |
| Ventolin | 2 puffs |

::::: only country=US
::: tip
Call {clinic_phone}.
:::
:::::
"""
    *_, heading, paragraph, _, _, _, cell, call = extract(leaflet(body))
    safety = "SAFETY: a mistake here can harm. Keep every figure, every “not” and every “before” and “after”."
    assert heading.comments == ("Heading. Name: doses", safety)
    assert heading.safety and heading.id == "doses"
    assert paragraph.context == "web"
    assert paragraph.comments == (
        "Paragraph, under “Doses”.", "<a1> leads to https://a.org", "From the writer: Not the app."
    )  # fmt: skip
    assert cell.context == "Morning | Ventolin"
    assert cell.comments == ("Table cell in column “Morning”, row “Ventolin”, under “Doses”.",)
    assert call.comments == (
        "Paragraph, in the box “tip”, under “Doses”.", "Printed in this country only: US"
    )  # fmt: skip
    assert call.flags == ("python-brace-format",) and not paragraph.flags


def test_a_text_used_twice_is_one_message_with_both_places() -> None:
    (*_, twice) = extract(leaflet("- Rest\n\n## Next\n\n- Rest {.safety}\n"))[:4]
    first, second = twice.at
    assert second.line == first.line + 4
    assert len(twice.comments) == 3 and twice.safety


def test_a_cell_with_figures_is_known_by_its_place() -> None:
    table = (
        "| When | Dose |\n| --- | --- |\n| Morning | 50 mg |\n| Evening | 50 mg |\n| Night | [None](https://a.org) |\n"
    )
    keys = [(message.context, message.text) for message in extract(leaflet(table))]
    assert ("Dose | Morning", "50 mg") in keys and ("Dose | Evening", "50 mg") in keys
    assert ("", "<a1>None</a1>") in keys  # the figure of a tag is none
    changed = extract(leaflet(table.replace("Evening | 50", "Evening | 60")))
    assert len(set(keys) - {(message.context, message.text) for message in changed}) == 1


def test_what_has_no_words_is_no_message() -> None:
    assert len(extract(leaflet("| a | b |\n| --- | --- |\n| — | {clinic_phone} |\n"))) == 5  # the head's three, a, b


def test_a_renamed_heading_and_a_moved_link_change_no_other_message() -> None:
    before = leaflet("## One\n\nGo [there](https://a.org).\n\n- And rest.\n")
    after = leaflet("## Two\n\n- And rest.\n\nGo [there](https://b.org).\n")
    gone = {message.text for message in extract(before)} - {message.text for message in extract(after)}
    assert gone == {"One"}


def test_pybabel_reads_leaflets_and_passes_over_other_markdown() -> None:
    def read(text: str, name: str) -> list[object]:
        file = io.BytesIO(text.encode())
        file.name = name
        return list(babel_extract(file, {}, [], {}))

    context = '- Shot {context="a jab"}\n'
    assert read("\ufeff\n" + HEAD + context, "/a/b/sources/x.md")[-1] == (
        10, "pgettext", ("a jab", "Shot"), ["List point."]
    )  # fmt: skip
    assert read("# Read me\n\nText.\n", "x.md") == []
    assert read(HEAD + context, "sources/README.md") == []


# --------------------------------------------------------------------------- back again


@FEWER
@given(leaflets())
def test_the_identity_translation_gives_the_source_back(source: Leaflet) -> None:
    edition, findings = localize(source, ES, source.meta.country, current, draft=True)
    same, _ = localize(source, ES, source.meta.country, None, draft=False)
    assert not findings
    assert bare(edition.blocks) == same.blocks
    assert bare(tuple(edition.walk())) == bare(tuple(same.walk()))
    assert bare((edition.meta.terms,)) == bare((same.meta.terms,))


@FEWER
@given(leaflets())
def test_what_is_extracted_is_what_is_looked_up(source: Leaflet) -> None:
    asked = []

    def lookup(context: str, text: str) -> None:
        asked.append((context, text))

    edition, findings = localize(source, ES, source.meta.country, lookup, draft=True, po_file="x.po")
    assert list(dict.fromkeys(asked)) == [(message.context, message.text) for message in extract(source)]
    assert {finding.check for finding in findings} == {"po-missing"}
    assert {finding.po for finding in findings} == {Location("x.po")}
    assert bare(tuple(edition.walk())) == tuple(edition.walk())


@pytest.mark.parametrize("state", [State.FUZZY, State.UNTRANSLATED])
def test_only_a_current_translation_is_printed(state: State) -> None:
    source = leaflet("Do **not** stop. {.safety}\n")
    edition, findings = localize(source, ES, "US", lambda *_: Translation("Pare.", state, Location("x.po", 9)), True)
    (block,) = edition.blocks
    assert plain(block.inlines) == "Do not stop." and block.po is None and block.language == "en"
    assert findings[-1].check == f"po-{state.value}" and findings[-1].po == Location("x.po", 9)
    assert findings[-1].message.endswith("It is a safety message")


def test_a_flaw_names_the_source_line_and_the_po_line() -> None:
    source = leaflet("Do **not** stop.\n")
    _, findings = localize(
        source, ES, "US", lambda *_: Translation("No pare.", State.CURRENT, Location("x.po", 9)), True
    )
    (finding,) = findings
    assert (finding.check, finding.at.line, finding.po) == ("po-tag", 9, Location("x.po", 9))


@pytest.mark.parametrize(("country", "printed"), [("US", []), ("NO", ["Call 112."]), ("", ["Call 112."])])
def test_what_is_for_all_countries_but_one_stands_in_for_its_text(country: str, printed: list[str]) -> None:
    source = leaflet("::: only country=not-US\nCall 112.\n:::\n")
    edition, _ = localize(source, ES, country, current, draft=True)
    assert [plain(block.inlines) for block in edition.blocks] == printed
    assert extract(source)[-1].comments[-1] == "Printed in all countries but this: US"


def test_blocks_of_other_countries_are_left_out_but_translated() -> None:
    source = leaflet("::: only country=US\nCall 911.\n:::\n\nRest.\n")
    edition, _ = localize(source, ES, "NO", current, draft=True)
    assert [plain(block.inlines) for block in edition.blocks] == ["Rest."]
    assert "Call 911." in [message.text for message in extract(source)]
