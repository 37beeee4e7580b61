"""Each condition of the Matterhorn Protocol that software judges is met by a whole file, and fails in a spoilt one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from plainleaf.reading.conformance import report as reports
from plainleaf.reading.conformance.protocol import CHECKPOINTS, CONDITIONS, Judge
from plainleaf.reading.conformance.report import Report, Result, State
from plainleaf.reading.limits import UnreadableError
from tests import verapdf
from tests.formats.pdf.test_tags import need
from tests.reading.whole import WIDTH, Whole, letters, truetype, type_1
from tests.reading.written import marked, often, pdf, stream

Spoil = Callable[[Whole], object]


def descendant(whole: Whole, font: str) -> pikepdf.Object:
    return whole.parts[font].DescendantFonts[0]


def program(whole: Whole, font: str, *tables: tuple[int, int]) -> None:
    whole.parts[font].FontDescriptor.FontFile2 = whole.pdf.make_stream(truetype(*tables))


def metadata(whole: Whole, old: str, new: str) -> None:
    data = whole.pdf.Root.Metadata.read_bytes()
    assert old.encode() in data
    whole.pdf.Root.Metadata.write(data.replace(old.encode(), new.encode()))


def odd(whole: Whole, role: str, above: str) -> None:
    """A tag where it does not belong."""
    whole.tag(role, whole.parts[above], "0001")


SPOILT: dict[str, Spoil] = {
    "01-003": lambda whole: whole.draw("/P <</MCID 0>> BDC /Artifact BMC EMC EMC"),
    "01-004": lambda whole: whole.draw("/Artifact BMC /P <</MCID 0>> BDC EMC EMC"),
    "01-005": lambda whole: whole.draw("0 0 9 9 re f"),
    "01-007": lambda whole: whole.pdf.Root.MarkInfo.__setitem__("/Suspects", True),
    "02-001": lambda whole: odd(whole, "Kasten", "Document"),
    "02-003": lambda whole: whole.parts["root"].RoleMap.update({"/A": Name.B, "/B": Name.A}),
    "02-004": lambda whole: whole.parts["root"].RoleMap.__setitem__("/P", Name.Span),
    "06-001": lambda whole: whole.pdf.Root.__delitem__("/Metadata"),
    "06-002": lambda whole: metadata(whole, "<pdfuaid:part>1</pdfuaid:part>", ""),
    "06-003": lambda whole: metadata(whole, ">ABC<", "><"),
    "07-001": lambda whole: whole.pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
    "07-002": lambda whole: whole.pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
    "09-004": lambda whole: odd(whole, "TD", "Document"),
    "09-005": lambda whole: odd(whole, "P", "L"),
    "09-006": lambda whole: odd(whole, "TOCI", "Document"),
    "09-007": lambda whole: odd(whole, "RP", "Ruby"),
    "09-008": lambda whole: odd(whole, "WT", "Warichu"),
    "10-001": lambda whole: whole.parts["F0"].ToUnicode.write(letters({1: "A", 2: "B"})),
    "11-001": lambda whole: whole.pdf.Root.__delitem__("/Lang"),
    "11-002": lambda whole: whole.pdf.Root.__setitem__("/Lang", String("")),
    "11-003": lambda whole: whole.pdf.Root.__delitem__("/Lang"),
    "11-004": lambda whole: whole.pdf.Root.__delitem__("/Lang"),
    "11-005": lambda whole: whole.pdf.Root.__setitem__("/Lang", String("the English language")),
    "11-006": lambda whole: whole.pdf.Root.__delitem__("/Lang"),
    "13-004": lambda whole: whole.parts["Figure"].__setitem__("/Alt", String(" ")),
    "14-002": lambda whole: whole.parts["H1"].__setitem__("/S", Name.H2),
    "14-003": lambda whole: odd(whole, "H4", "Document"),
    "14-006": lambda whole: (odd(whole, "H", "Document"), odd(whole, "H", "Document")),
    "14-007": lambda whole: odd(whole, "H", "Document"),
    "15-003": lambda whole: whole.parts["TH"].__delitem__("/A"),
    "17-002": lambda whole: whole.parts["Formula"].__delitem__("/Alt"),
    "17-003": lambda whole: whole.parts["F0"].ToUnicode.write(letters({2: "B", 3: "C"})),
    "19-003": lambda whole: whole.parts["Note"].__delitem__("/ID"),
    "19-004": lambda whole: whole.parts["Note"].__setitem__("/ID", String("n2")),
    "20-001": lambda whole: whole.pdf.Root.OCProperties.Configs[0].__setitem__("/Name", String("")),
    "20-002": lambda whole: whole.pdf.Root.OCProperties.D.__delitem__("/Name"),
    "20-003": lambda whole: whole.pdf.Root.OCProperties.D.__setitem__("/AS", Array()),
    "21-001": lambda whole: whole.parts["file"].__delitem__("/UF"),
    "25-001": lambda whole: whole.parts["xfa"].write(b"<config><dynamicRender> required</dynamicRender></config>"),
    "28-002": lambda whole: whole.parts["Annot"].__setitem__("/S", Name.Span),
    "28-004": lambda whole: whole.parts["Text annotation"].__delitem__("/Contents"),
    "28-005": lambda whole: whole.parts["Widget annotation"].__delitem__("/TU"),
    "28-006": lambda whole: whole.parts["Projection annotation"].__setitem__("/Contents", String("")),
    "28-007": lambda whole: whole.annotation("TrapNet", "Annot", Contents=String("x")),
    "28-008": lambda whole: whole.parts["page"].obj.__delitem__("/Tabs"),
    "28-009": lambda whole: whole.parts["page"].obj.__setitem__("/Tabs", Name.R),
    "28-010": lambda whole: whole.parts["Form"].__setitem__("/S", Name.P),
    "28-011": lambda whole: whole.parts["Link"].__setitem__("/S", Name.Span),
    "28-012": lambda whole: whole.parts["Link annotation"].__delitem__("/Contents"),
    "28-014": lambda whole: whole.parts["clip"].__delitem__("/CT"),
    "28-015": lambda whole: whole.parts["clip"].__delitem__("/Alt"),
    "28-016": lambda whole: whole.parts["FileAttachment annotation"].__setitem__("/FS", Dictionary(EF=Dictionary())),
    "28-017": lambda whole: whole.annotation("PrinterMark", "P"),
    "28-018": lambda whole: whole.parts["looks"].write(b"0 0 9 9 re f"),
    "30-001": lambda whole: whole.parts["form"].__setitem__("/Ref", Dictionary()),
    "30-002": lambda whole: whole.draw("/Fm Do"),
    "31-001": lambda whole: whole.parts["CMap"].CIDSystemInfo.__setitem__("/Registry", String("Other")),
    "31-002": lambda whole: whole.parts["F1"].__setitem__("/Encoding", Name("/UniJIS-UCS2-H")),
    "31-003": lambda whole: whole.parts["CMap"].CIDSystemInfo.__setitem__("/Supplement", 3),
    "31-004": lambda whole: descendant(whole, "F0").__setitem__("/CIDToGIDMap", Name.Other),
    "31-005": lambda whole: descendant(whole, "F0").__delitem__("/CIDToGIDMap"),
    "31-006": lambda whole: whole.parts["F1"].__setitem__("/Encoding", Name("/Own-H")),
    "31-007": lambda whole: whole.parts["CMap"].__setitem__("/WMode", 1),
    "31-008": lambda whole: whole.parts["CMap"].__setitem__("/UseCMap", Name("/Own-H")),
    "31-009": lambda whole: descendant(whole, "F0").FontDescriptor.__delitem__("/FontFile2"),
    "31-011": lambda whole: odd_code(whole, "0063"),
    "31-012": lambda whole: whole.parts["F2"].FontDescriptor.__setitem__("/CharSet", String("/A/B")),
    "31-013": lambda whole: whole.parts["F2"].FontDescriptor.__setitem__("/CharSet", String("/A/B/C/Z")),
    "31-014": lambda whole: descendant(whole, "F0").FontDescriptor.CIDSet.write(b"\xe0"),
    "31-015": lambda whole: descendant(whole, "F0").FontDescriptor.CIDSet.write(b"\xf8"),
    "31-016": lambda whole: descendant(whole, "F0").__setitem__("/W", Array([1, 3, 602])),
    "31-017": lambda whole: program(whole, "F3", (3, 0)),
    "31-018": lambda whole: whole.swap("<43> Tj", "<43E9> Tj"),
    "31-019": lambda whole: whole.parts["F3"].__delitem__("/Encoding"),
    "31-020": lambda whole: whole.parts["F3"].Encoding.__delitem__("/BaseEncoding"),
    "31-021": lambda whole: whole.parts["F3"].Encoding.__setitem__("/BaseEncoding", Name.MacExpertEncoding),
    "31-022": lambda whole: whole.parts["F3"].Encoding.__setitem__("/Differences", Array([67, Name("/cat.alt9")])),
    "31-023": lambda whole: program(whole, "F3", (1, 0)),
    "31-024": lambda whole: whole.parts["F4"].__setitem__("/Encoding", Name.WinAnsiEncoding),
    "31-025": lambda whole: program(whole, "F4"),
    "31-026": lambda whole: program(whole, "F4", (3, 1), (1, 0)),
    "31-027": lambda whole: whole.parts["F0"].__delitem__("/ToUnicode"),
    "31-028": lambda whole: whole.parts["F0"].ToUnicode.write(letters({1: "A", 2: "B", 3: "C", 9: "\0"})),
    "31-029": lambda whole: whole.parts["F0"].ToUnicode.write(letters({1: "A", 2: "B", 3: "C", 9: "\ufeff"})),
    "31-030": lambda whole: odd_code(whole, "0000"),
}  # fmt: skip
ENCRYPTED = ("26-001", "26-002")
SOFTWARE = [condition.id for condition in CONDITIONS.values() if condition.judge is Judge.SOFTWARE]


def odd_code(whole: Whole, code: str) -> None:
    whole.tag("P", text=code)


def result(report: Report, condition: str) -> Result:
    return next(each for each in report.results if each.condition.id == condition)


@cache
def good() -> Report:
    return reports.judged(Whole().bytes())


def test_the_table_is_that_of_the_protocol() -> None:
    judges = Counter(condition.judge for condition in CONDITIONS.values())
    assert (len(CHECKPOINTS), len(CONDITIONS)) == (31, 137)  # 136 in its introduction, before 13-008
    assert judges == {Judge.SOFTWARE: 87, Judge.HUMAN: 48, Judge.NOBODY: 2}
    assert [each.id for each in CHECKPOINTS] == [f"{number:02}" for number in range(1, 32)]
    for checkpoint in CHECKPOINTS:
        ids = [condition.id for condition in checkpoint.conditions]
        assert ids == [f"{checkpoint.id}-{number:03}" for number in range(1, len(ids) + 1)]


def test_whatever_software_is_to_judge_is_judged() -> None:
    assert set(reports.CHECKS) == set(SOFTWARE)
    assert set(SPOILT) | set(ENCRYPTED) == set(SOFTWARE), "a condition that no spoilt file fails"


def test_a_whole_file_passes_all_of_it() -> None:
    states = {each.condition.id: each.state for each in good().results if each.condition.judge is Judge.SOFTWARE}
    apart = {"14-006", *ENCRYPTED}  # headings without a level go with none that have one; it is not encrypted
    assert {condition: state for condition, state in states.items() if state is not State.PASSED} == dict.fromkeys(
        sorted(apart), State.NOT_APPLICABLE
    )


@pytest.mark.parametrize("condition", sorted(SPOILT))
def test_what_is_spoilt_fails(condition: str) -> None:
    whole = Whole()
    SPOILT[condition](whole)
    found = result(reports.judged(whole.bytes()), condition)
    assert found.state is State.FAILED, found
    assert found.cases and all(case.what for case in found.cases)


def encrypted(user: str = "", accessible: bool = True) -> bytes:
    permits = pikepdf.Permissions(accessibility=accessible)
    return Whole().bytes(
        encryption=pikepdf.Encryption(owner="o", user=user, R=3, aes=False, allow=permits, metadata=False)
    )


def test_an_encrypted_file_is_judged_by_what_it_permits() -> None:
    report = reports.judged(encrypted())
    assert [result(report, each).state for each in ENCRYPTED] == [State.PASSED, State.PASSED]
    assert result(report, "13-004").state is State.PASSED
    report = reports.judged(encrypted(accessible=False))
    assert [result(report, each).state for each in ENCRYPTED] == [State.PASSED, State.FAILED]


def test_of_a_file_behind_a_password_only_its_encryption_is_judged() -> None:
    report = reports.judged(encrypted("secret", accessible=False))
    assert report.locked and not report.good and not report.questions
    assert result(report, "26-002").state is State.FAILED
    others = {each.state for each in report.results if each.condition.id not in ENCRYPTED}
    assert others == {State.NOT_JUDGED, State.NO_TEST}


def test_an_encrypted_file_that_does_not_say_what_it_permits_fails() -> None:
    data = encrypted()
    assert data.count(b"/P -") == 1
    assert result(reports.judged(data.replace(b"/P -", b"/Q -")), "26-001").state is State.FAILED


def test_a_heading_without_a_level_may_be_the_only_one_of_its_part() -> None:
    whole = Whole()
    odd(whole, "H", "Document")
    assert result(reports.judged(whole.bytes()), "14-006").state is State.PASSED


def test_a_tag_that_is_none_is_no_level_of_its_own() -> None:
    """Chromium puts NonStruct between an item and what it says."""
    whole = Whole()
    inner = whole.tag("NonStruct", whole.parts["LI"])
    whole.tag("LBody", inner, "0001")
    assert result(reports.judged(whole.bytes()), "09-005").state is State.PASSED
    whole.tag("P", inner, "0001")
    assert result(reports.judged(whole.bytes()), "09-005").cases[0].what == "P lies in LI"


def test_tagged_content_that_the_parent_tree_leaves_out_is_not_found_by_readers() -> None:
    objects = {10: stream(marked("a", "b")), 20: "<< /S /P /P 5 0 R /Pg 3 0 R /K [0 1] >>"}
    page = pdf(objects, tree="/K 20 0 R /ParentTree << /Nums [0 [20 0 R]] >>")
    found = result(reports.judged(page.replace(b"/Type /Page ", b"/StructParents 0 /Type /Page ")), "01-005")
    assert [case.what for case in found.cases] == ["text is tagged, but the parent tree does not say by which tag"]


# --------------------------------------------------------------------------- files from elsewhere


def test_a_file_without_tags_fails_by_what_it_draws_and_asks_nothing_about_tags() -> None:
    report = reports.judged(pdf({10: stream("BT /F1 9 Tf (a word) Tj ET")}))
    assert not report.tagged
    found = result(report, "01-005")
    assert (found.state, found.cases[0].page, found.cases[0].what) == (
        State.FAILED,
        1,
        "text is neither tagged nor an artifact",
    )
    assert result(report, "31-009").state is State.FAILED  # Helvetica is not in the file
    assert result(report, "13-004").state is State.NOT_APPLICABLE
    assert result(report, "14-001").state is State.NOT_APPLICABLE


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", pdf({}).replace(b"/Kids [3 0 R]", b"/Kids []")])
def test_what_cannot_be_read_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        reports.judged(data)
    assert str(refused.value) and refused.value.hint


@pytest.mark.parametrize(("key", "what"), [("K", "300,000 tags"), ("A", "1,000,000 attributes of tags")])
def test_what_many_tags_share_is_not_read_without_end(key: str, what: str) -> None:
    with pytest.raises(UnreadableError, match=f"more than {what}"):
        reports.judged(pdf(often(key), tree="/K 20 0 R"))


def test_parts_that_hold_themselves_end_somewhere() -> None:
    """Tags, forms, bookmarks, fields and pages in a circle."""
    objects = {
        2: "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>",
        10: stream("/P <</MCID 0>> BDC /Fm Do EMC"),
        11: "<< /XObject << /Fm 14 0 R >> >>",
        14: stream("/Fm Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 11 0 R"),
        20: "<< /S /Document /P 20 0 R /K [20 0 R 21 0 R] >>",
        21: "<< /S /P /P 20 0 R /Pg 3 0 R /K [0 20 0 R] >>",
        30: "<< /First 31 0 R >>",
        31: "<< /Title (a) /Next 31 0 R /First 31 0 R >>",
    }
    with pytest.raises(UnreadableError, match="parts in each other"):
        reports.judged(pdf(objects, "/Outlines 30 0 R", "/K 20 0 R /RoleMap << /X /Y /Y /X >>"))
    objects[14] = stream("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    report = reports.judged(pdf(objects, "/Outlines 30 0 R", "/K 20 0 R /RoleMap << /X /Y /Y /X >>"))
    assert (report.pages, result(report, "02-003").state) == (1, State.FAILED)


def test_a_file_of_the_wrong_kinds_of_objects_is_judged_all_the_same() -> None:
    objects = {
        10: stream("/P <</MCID (x)>> BDC BT /F1 (a) Tf 3 Tj [(a) /b] TJ ET EMC /Fm Do Q Q EMC gs Tf 1 Tr"),
        11: "<< /Font [1 2] /XObject 5 /Properties (a) >>",
        20: "<< /S (Document) /K [(a) 21 0 R << >> << /Type /MCR >> << /Type /OBJR >>] >>",
        21: "<< /S /Table /P 5 /Pg 20 0 R /K [<< /S /TR /K << /S /TH /A [3 (x)] /C 4 >> >>] /A /x /Alt 7 >>",
    }
    catalog = """/Metadata (x) /ViewerPreferences [1] /OCProperties << /Configs (x) /D 4 >> /Outlines 4 /Lang 3
        /AcroForm 3 /Names << /EmbeddedFiles << /Names 3 >> >> /MarkInfo 3"""
    report = reports.judged(pdf(objects, catalog, "/K [20 0 R 20 0 R 99 0 R] /RoleMap 3 /ClassMap 3"))
    assert not [each for each in report.results if each.why == reports.STUMBLED]
    assert result(report, "06-001").state is State.FAILED


def test_metadata_with_entities_are_not_read() -> None:
    """Entities within entities grow without end."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    objects = {10: stream(marked("a")), 12: stream(bomb)}
    assert result(reports.judged(pdf(objects, "/Metadata 12 0 R")), "06-001").state is State.FAILED


def test_content_that_cannot_be_read_is_not_said_to_be_good() -> None:
    objects = {10: stream(b"\x00\x01no flate", "/Filter /FlateDecode"), 20: "<< /S /P /P 5 0 R /Pg 3 0 R /K 0 >>"}
    report = reports.judged(pdf(objects, tree="/K 20 0 R"))
    for condition in ("01-005", "10-001", "31-009"):
        assert result(report, condition).state is State.NOT_JUDGED
        assert result(report, condition).why == "what is drawn on page 1 cannot be read"


def test_fonts_of_what_fields_look_like_count() -> None:
    whole = Whole()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    looks = whole.pdf.make_stream(b"/Tx BMC BT /Helv 9 Tf (A) Tj ET EMC")
    looks.Type, looks.Subtype, looks.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    looks.Resources = Dictionary(Font=Dictionary(Helv=font))
    field = whole.parts["Widget annotation"]
    field.AP = Dictionary(N=looks)
    found = result(reports.judged(whole.bytes()), "31-009")
    assert [case.what for case in found.cases] == ["the font Helvetica is not embedded"]
    field.F = 2  # hidden
    assert result(reports.judged(whole.bytes()), "31-009").state is State.PASSED


def test_an_annotation_beside_the_page_needs_no_tag() -> None:
    whole = Whole()
    whole.annotation("Text", Contents=String(""))
    assert result(reports.judged(whole.bytes()), "28-002").state is State.FAILED
    whole.parts["Text annotation"].Rect = Array([300, 300, 320, 320])
    report = reports.judged(whole.bytes())
    assert [result(report, each).state for each in ("28-002", "28-004")] == [State.PASSED, State.PASSED]


def test_a_type_1_font_in_its_old_form_is_read() -> None:
    whole = Whole()
    whole.parts["F5"].Widths = Array([WIDTH, WIDTH - 2, WIDTH])
    whole.parts["F5"].FontDescriptor.CharSet = String("/A/C/Z")
    report = reports.judged(whole.bytes())
    assert [result(report, each).cases[0].what for each in ("31-012", "31-013", "31-016")] == [
        "the font Own has the glyphs B, which its list has not",
        "the font Own lists the glyphs Z, which it has not",
        "the font Own has 1 glyphs of another width than the file says (0x42)",
    ]


def test_a_font_program_that_cannot_be_read_is_not_said_to_be_good() -> None:
    whole = Whole()
    file = whole.parts["F2"].FontDescriptor.FontFile3
    file.write(file.read_bytes()[:40])
    report = reports.judged(whole.bytes())
    for condition in ("31-011", "31-012", "31-016", "31-030"):
        found = result(report, condition)
        assert (found.state, found.why) == (State.NOT_JUDGED, "the embedded program of Own cannot be read")
    assert result(report, "31-009").state is State.PASSED
    assert not report.good


def test_a_glyph_that_cannot_be_drawn_is_as_wide_as_nobody_knows() -> None:
    whole = Whole()
    lines = bytes.fromhex("f88807 f888fc8805")  # up, then down to the right: two lines of each glyph
    assert lines in type_1()
    whole.parts["F2"].FontDescriptor.FontFile3.write(type_1().replace(lines, bytes.fromhex("8b8b8b05") * 2))
    found = result(reports.judged(whole.bytes()), "31-016")
    assert (found.state, found.why) == (State.NOT_JUDGED, "some glyphs of Own cannot be drawn")


# --------------------------------------------------------------------------- questions


def asked(condition: str) -> list[tuple[int, str, list[str]]]:
    found = result(good(), condition).questions
    return [(each.page, each.text, [item.text for item in each.items]) for each in found]


def test_a_person_is_asked_about_what_is_there() -> None:
    assert asked("13-004") == [(1, "Is this picture's text what a reader needs to know from it?", ["a cup"])]
    assert asked("06-004") == [(0, "Does this title say which document it is?", ["ABC"])]
    assert asked("14-001")[0][2] == ["A", "B"]
    assert asked("02-002") == [(1, "Is “Titel” a H2 in meaning?", ["B"])]
    assert asked("15-001")[0][1] == "Is it right that rows have no headers in the table that begins like this?"
    assert asked("03-001") and asked("03-002"), "there is a film, and an action that plays it"


def test_a_text_is_in_the_language_of_the_tag_that_holds_it() -> None:
    whole = Whole()
    whole.tag("Span", whole.tag("P", Lang=String("ar")), "0002", Lang=String("es"))
    report = reports.judged(whole.bytes())
    read = {item.text: item.language for item in result(report, "09-001").questions[0].items}
    assert read["B"] == "es"
    asked = {each.text: each.items[0].text for each in result(report, "11-007").questions if "as is all" in each.text}
    assert set(asked) == {f"Is this in the language “{tag}”, as is all that is said to be?" for tag in ("en", "es")}, (
        "nothing is in Arabic but a tag"
    )


def test_rows_of_different_lengths_are_named_in_the_question_about_heads() -> None:
    whole = Whole()
    span = Dictionary(O=Name.Table, ColSpan=2, RowSpan=2)
    whole.tag("TD", whole.parts["TR"], "0003", A=span)
    inner = whole.tag("Table", whole.parts["TD"])
    whole.tag("TD", whole.tag("TR", inner), "0001")
    report = reports.judged(whole.bytes())
    assert [each.text for each in result(report, "15-005").questions] == [
        "Is it clear for each cell of the table that begins so which headers it has?",
        "Is it clear for each cell of the table that begins so which headers it has?",
    ], "one column and two, then two that reach into one: three each; the inner table is another one"
    whole.tag("TD", whole.parts["TR"], "0003")
    asked = result(reports.judged(whole.bytes()), "15-005").questions
    assert [each.text.endswith("Its rows have 3 to 4 columns.") for each in asked] == [True, False]


def test_many_things_of_a_kind_are_asked_about_together() -> None:
    whole = Whole()
    for _ in range(70):
        whole.tag("Figure", text="0001", Alt=String("a cup"))
    asked = result(reports.judged(whole.bytes()), "13-004").questions
    assert len(asked) == 61 and asked[-1].text == "Is the same true of the 11 others of this kind?"


def test_cells_that_reach_far_do_not_keep_it_busy() -> None:
    cell = "<< /S /TR /K << /S /TD /A << /O /Table /ColSpan 1000000 /RowSpan 1000000 >> >> >>"
    objects = {10: stream(""), 20: f"<< /S /Table /P 5 0 R /K [{' '.join([cell] * 300)}] >>"}
    assert result(reports.judged(pdf(objects, tree="/K 20 0 R")), "15-005").state is State.HUMAN


def test_a_person_is_not_asked_about_what_is_not_there() -> None:
    for condition in ("03-003", "05-003", "08-001", "12-001", "22-001", "28-013", "29-001"):
        assert result(good(), condition).state is State.NOT_APPLICABLE


# --------------------------------------------------------------------------- another program

# What veraPDF judges otherwise: by another clause, or not at all.
OTHERWISE = {
    "02-003": "a circle of mappings that no tag uses",
    "06-003": "an empty title",
    "09-007": "the order within ruby",
    "09-008": "the order within warichu",
    "13-004": "a text of spaces alone",
    "17-003": "letters of formulas, as all letters (7.21.7)",
    "25-001": "the form itself",
    "28-006": "annotations of new kinds, as all annotations (7.18.1)",
    "28-016": "files of annotations, as all files",
    "28-018": "what a printer's mark looks like",
    "31-003": "the supplement",
    "31-014": "a list of glyphs that lacks one",
    "31-018": "glyphs that no table has, as glyphs that are not there (7.21.4.1)",
    "31-028": "letters of codes that are not used",
    "31-029": "letters of codes that are not used",
}


def test_verapdf_judges_alike() -> None:
    """The whole file is valid there, and each spoilt one fails by the same clause."""
    need(verapdf.available() is None, "veraPDF")
    assert verapdf.validate(Whole().bytes()) == ()
    for condition in sorted(set(SPOILT) - set(OTHERWISE)):
        whole = Whole()
        SPOILT[condition](whole)
        clause = CONDITIONS[condition].clause.rpartition("-")[0] or CONDITIONS[condition].clause
        clauses = [failure.clause for failure in verapdf.validate(whole.bytes())]
        assert any(each.startswith(clause) for each in clauses), (condition, clause, clauses)
