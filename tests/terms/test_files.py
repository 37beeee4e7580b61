"""Files of terms: what goes out comes back the same, and what is broken or hostile is a finding with its line."""

from __future__ import annotations

import csv
from xml.etree import ElementTree

import pytest

from plainleaf.terms import table, tbx, termlist
from plainleaf.terms.entries import LONGEST, Concept, Read

CONCEPTS = (
    Concept("=naloxone", {"es": "-naloxona", "zh_Hans": "纳洛酮"}, "@ medicine, “for” an overdose", {}, ("a", "b")),
    Concept("tolerance & <more>", {"es": "tolerancia, «más»"}, "", {"es": "Cuando…"}),
)
LANGUAGES = ["es", "zh_Hans"]
NS = {"t": tbx.NAMESPACE}


def said(read: Read) -> list[tuple[str, str, str]]:
    return [(entry.term, entry.language, entry.text) for entry in read.entries]


def test_a_table_comes_back_as_it_went_out_and_runs_nothing_in_between() -> None:
    data = table.written(CONCEPTS[:1], LANGUAGES)
    cells = next(list(row) for row in [*csv.reader(data.decode("utf-8-sig").splitlines())][1:])
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert said(table.read(data, "x.csv")) == [("=naloxone", "es", "-naloxona"), ("=naloxone", "zh-Hans", "纳洛酮")]


def test_tbx_comes_back_as_it_went_out() -> None:
    data = tbx.written(CONCEPTS, LANGUAGES)
    assert data == tbx.written(CONCEPTS, LANGUAGES)
    root = ElementTree.fromstring(data)
    assert (
        root.tag == f"{{{tbx.NAMESPACE}}}tbx" and root.attrib["style"] == "dca" and root.attrib["type"] == "TBX-Basic"
    )
    assert len(root.findall(".//t:conceptEntry", NS)) == 2
    read = tbx.read(data.replace(b"=naloxone", b"naloxone").replace(b" &amp; &lt;more&gt;", b""), "x.tbx")
    assert not read.findings and [*read.languages] == ["es", "zh-Hans"]
    assert said(read)[1:] == [("naloxone", "zh-Hans", "纳洛酮"), ("tolerance", "es", "tolerancia, «más»")]


DCT = """<tbx style="dct" xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="1">
<langSec xml:lang="en-US"><termSec><term>heroin</term></termSec></langSec>
<langSec xml:lang="es"><termSec><term>jaco</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>heroína</term></termSec></langSec></conceptEntry></body></text></tbx>"""
OLD = """<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX"><text><body><termEntry>
<langSet xml:lang="EN"><ntig><termGrp><term>heroin</term></termGrp></ntig></langSet>
<langSet xml:lang="es"><tig><term>heroína</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [DCT, OLD], ids=["DCT", "2008"])
def test_other_styles_of_tbx_are_read_and_a_deprecated_term_is_not_taken(text: str) -> None:
    assert said(tbx.read(text.encode(), "x.tbx")) == [("heroin", "es", "heroína")]


BOMB = '<!DOCTYPE tbx [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">]>\n<tbx>&b;</tbx>'
OUTSIDE = '<!DOCTYPE tbx [\n<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<tbx>&a;</tbx>'
ENTRY = """<tbx><text><body><conceptEntry>
<langSec xml:lang="en"><termSec><term>{}</term></termSec></langSec>
<langSec xml:lang="es"><termSec><term>{}</term></termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (BOMB, 2, "declares entities"),
        (OUTSIDE, 2, "declares entities"),
        ("<tbx>\n<text>\n</tbx>", 3, "not sound XML"),
        ("", 1, "not sound XML"),
        ("<html></html>", 1, "is no TBX file"),
        ("<tbx>\n" + "<p>" * 60 + "</p>" * 60 + "</tbx>", 2, "deep inside each other"),
        ('<tbx>\n<langSec lang="">\n</langSec></tbx>', 2, "does not say its language"),
        (ENTRY.format("heroin", "x" * (20 * LONGEST + 1)), 3, "a term has more than"),
        (ENTRY.format("heroin", "x" * (LONGEST + 1)), 3, f"more than {LONGEST}"),
        (ENTRY.format("heroin", "her\u202eoína"), 3, "U+202E"),
        (ENTRY.format("heroin", "{clinic_phone}"), 3, "marks of a leaflet"),
        (ENTRY.format("heroin", "…"), 3, "no letter or figure"),
    ],
)
def test_what_is_broken_or_hostile_is_a_finding_with_its_line(text: str, line: int, what: str) -> None:
    read = tbx.read(text.encode(), "x.tbx")
    (finding,) = read.findings
    assert what in finding.message and finding.hint
    assert (finding.at.file, finding.at.line) == ("x.tbx", line)


@pytest.mark.parametrize("data", [b"<?xml version='1.0' encoding='klingon'?><tbx/>", b"<tbx>\xff</tbx>", b"\0" * 50])
def test_a_wrong_encoding_of_tbx_is_a_finding(data: bytes) -> None:
    assert len(tbx.read(data, "x.tbx").findings) == 1


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("term,es\nheroin,=CMD|'/C calc'!A0\n", 2, "begins as a formula does"),
        ("term,es\n\nheroin, @SUM(A1)\n", 3, "begins as a formula does"),
        ("term,es\nheroin,a\nHeroin,b\n", 3, "also in line 2"),
        ("name,es\nheroin,a\n", 1, "row 1 does not name"),
        ("term\nheroin\n", 1, "row 1 does not name"),
        ("term,es,ES\nheroin,a,b\n", 1, "two columns"),
        ("term,es\nheroin,a,b\n", 2, "has 3 cells"),
        ("term,es\n,heroína\n", 2, "has no term"),
        ('term,es\n"heroin,heroína\n', 2, "not closed"),
        ("", 1, "row 1 does not name"),
    ],
)
def test_a_broken_table_is_a_finding_with_its_line(text: str, line: int, what: str) -> None:
    (finding,) = table.read(text.encode(), "x.csv").findings
    assert what in finding.message and finding.hint and finding.at.line == line


def test_a_table_in_an_old_encoding_is_refused_and_one_of_excel_in_unicode_is_read() -> None:
    (finding,) = table.read("term,es\nheroin,heroína\n".encode("cp1252"), "x.csv").findings
    assert finding.at.line == 2 and "older encoding" in finding.message
    assert said(table.read("term\tes\nheroin\theroína\n".encode("utf-16"), "x.csv")) == [("heroin", "es", "heroína")]


def test_a_list_keeps_its_comments_when_terms_are_added() -> None:
    text = '# ours\n"heroin" = "caballo" # ask Ana\nmorphine = "morfina"\n'
    more = termlist.added(text, {"Heroin": "heroína", "naloxone": 'la "naloxona"'}, "Spanish")
    assert more == '# ours\n"heroin" = "heroína" # ask Ana\nmorphine = "morfina"\n"naloxone" = "la \\"naloxona\\""\n'
    assert termlist.added(more, {}, "Spanish") == more
