"""Tags of finished PDFs are read as any program wrote them; what cannot be read is refused in plain words."""

from __future__ import annotations

import io

import pikepdf
import pytest

from plainleaf.reading import limits, tags
from plainleaf.reading.tags import Annotation, Document, Piece, Tag
from tests import sheets
from tests.reading.written import marked, often, pdf, stream


def outline(document: Document) -> list[str]:
    """Each tag with its depth, language and the words that are right in it."""
    found: list[str] = []

    def add(tag: Tag, depth: int) -> None:
        own = "".join(kid.text for kid in tag.kids if isinstance(kid, Piece))
        found.append("  " * depth + f"{tag.role} {tag.language} {own}".rstrip())
        for kid in tag.tags:
            add(kid, depth + 1)

    for tag in document.tags:
        add(tag, 0)
    return found


def test_tags_of_another_program_are_read() -> None:
    """Own names for roles, text by names of letters and by tables, what stands for text, forms, classes, loose text."""
    content = """/Titel << /MCID 0 >> BDC BT /F1 9 Tf (Caf\\351 ) Tj (50\\200) Tj ET EMC
        /P << /MCID 1 >> BDC BT /F2 9 Tf [<0001> -20 <00020003>] TJ ET
          /Span << /Lang (fr) >> BDC BT /F1 9 Tf (oui) Tj ET EMC
          /Span << /ActualText <FEFF0041006C> >> BDC BT /F1 9 Tf (x) Tj ET EMC EMC
        /Artifact BMC BT /F1 9 Tf (page 1) Tj ET EMC
        BT /F1 9 Tf (lost) Tj ET
        /Fm Do
        /P << /MCID 7 >> BDC BT /F1 9 Tf (in no tag) Tj ET EMC"""
    table = """1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <00660069> endbfchar
        1 beginbfrange <0002> <0003> <03B1> endbfrange"""
    objects = {
        10: stream(content),
        11: "<< /Font << /F1 4 0 R /F2 12 0 R >> /XObject << /Fm 14 0 R >> >>",
        12: "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 13 0 R >>",
        13: stream(table),
        14: stream(marked("in a form"), "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
        20: "<< /Type /StructElem /S /Buch /P 5 0 R /K [21 0 R [22 0 R 23 0 R]] >>",
        21: "<< /S /Titel /P 20 0 R /Pg 3 0 R /K 0 /T (Kopf) /Lang (de) /A [<< /O /Layout /SpaceAfter 3 >> 0] >>",
        22: "<< /S /P /P 20 0 R /Pg 3 0 R /K [1 << /Type /OBJR /Obj 24 0 R >>] /C /wide /E (in full) /ID (p-1) >>",
        23: "<< /S /Figure /P 20 0 R /K << /Type /MCR /Pg 3 0 R /Stm 14 0 R /MCID 0 >> /Alt (A cup) >>",
        24: "<< /Subtype /Link /Contents (our site) /A << /S /URI /URI (https://example.org) >> /Rect [0 0 1 1] >>",
    }
    roles = "/RoleMap << /Buch /Werk /Werk /Document /Titel /H1 >>"
    classes = "/ClassMap << /wide << /O /Table /ColSpan 2 /Headers [(a) (b)] >> >>"
    document = tags.read(pdf(objects, tree=f"/K 20 0 R {roles} {classes}"))
    assert outline(document) == ["Document en", "  H1 de Café 50€", "  P en fiαβouiAl", "  Figure en in a form"]
    title, words, picture = document.tags[0].tags
    assert (title.name, title.title, title.attributes) == ("Titel", "Kopf", {"Layout.SpaceAfter": 3})
    assert [kid.language for kid in words.kids if isinstance(kid, Piece)] == ["en", "fr", "en"]
    assert words.kids[-1] == Annotation(1, "Link", "our site", "https://example.org")
    assert (words.expansion, words.identifier, words.says("Headers")) == ("in full", "p-1", ("a", "b"))
    assert picture.alt == "A cup"
    assert [piece.text for piece in document.artifacts] == ["page 1"]
    assert [piece.text for piece in document.loose] == ["lost", "in no tag"]


def test_our_own_tags_are_read_in_four_scripts() -> None:
    body = """<h1>Dose</h1><p>Take <strong>5 mg</strong> of <span lang=es>naloxona</span>.</p>
        <ul><li>One</ul><p><a href="https://example.org/">example.org</a></p>"""
    data = sheets.printed(body).data
    assert outline(tags.read(data)) == [
        *("Document en", "  H1 en Dose", "  P en Take  of .", "    Span en 5 mg", "    Span es naloxona"),
        *("  L en", "    LI en", "      Lbl en •", "      LBody en One", "  P en", "    Link en example.org"),
    ]
    for tag, words in (("ar", "خذ 5 ملغ"), ("hi", "दवा की ख़ुराक"), ("zh_Hans", "每天服用5毫克")):
        document = tags.read(sheets.printed(f"<h1>{words}</h1>", tag=tag).data)
        assert "".join(each.text for each in document.walk() if each.role == "H1") == words


def test_words_that_no_space_keeps_apart_are_one_word() -> None:
    """Where glyphs stand is nothing to a screen reader."""
    content = "/P << /MCID 0 >> BDC BT /F1 9 Tf 9 100 Td (one) Tj 0 -30 Td (two) Tj ET EMC"
    tree = {10: stream(content), 20: "<< /S /P /P 5 0 R /Pg 3 0 R /K 0 >>"}
    assert tags.read(pdf(tree, tree="/K 20 0 R")).tags[0].text == "onetwo"


def test_lines_from_right_to_left_are_put_in_reading_order() -> None:
    """As programs draw them: glyphs from left to right, one by one too, some of them with a text of their own."""
    letters = "شارع"
    table = "".join(f"<{number:02x}> <{ord(letter):04x}> " for number, letter in enumerate(letters, 1))
    drawn = "<04> Tj 4 0 Td <03> Tj /Span << /ActualText <FEFF0627> >> BDC 4 0 Td <78> Tj EMC 4 0 Td <01> Tj"
    content = f"""/P << /MCID 0 >> BDC BT /F2 9 Tf {drawn} ET EMC
        /P << /MCID 1 >> BDC BT /F2 9 Tf <01> Tj /F1 9 Tf ( 20-35% Sample Clinic 1.5 ) Tj /F2 9 Tf <02> Tj ET EMC"""
    tree = {
        10: stream(content),
        11: "<< /Font << /F1 4 0 R /F2 12 0 R >> >>",
        12: "<< /Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode 13 0 R >>",
        13: stream(f"1 begincodespacerange <00> <ff> endcodespacerange 4 beginbfchar {table} endbfchar"),
        20: "<< /S /P /P 5 0 R /Pg 3 0 R /K [0 1] >>",
    }
    said = [kid.text for kid in tags.read(pdf(tree, tree="/K 20 0 R")).tags[0].kids if isinstance(kid, Piece)]
    assert said == ["شارع", "ا 1.5 Sample Clinic 20-35% ش"]


def deep(depth: int) -> dict[int, str | bytes]:
    tree = {number: f"<< /S /Div /K {number + 1} 0 R >>" for number in range(20, 20 + depth)}
    return {10: stream(""), **tree, 20 + depth: "<< /S /P >>"}


def forms(depth: int) -> dict[int, str | bytes]:
    """A drawing that draws the next ten times, that the next ten times, and so on."""
    numbers = range(30, 30 + depth)
    found: dict[int, str | bytes] = {
        number: stream("/Fm Do " * 10, f"/Subtype /Form /Resources << /XObject << /Fm {number + 1} 0 R >> >>")
        for number in numbers
    }
    return found | {
        10: stream("/Fm Do"),
        11: "<< /XObject << /Fm 30 0 R >> >>",
        30 + depth: stream("", "/Subtype /Form"),
    }


def locked() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf({10: stream("")}, tree="/K []"))) as file:
        file.save(made, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return made.getvalue()


TWICE = {10: stream(marked("x")), 20: "<< /S /P /K [21 0 R 21 0 R] >>", 21: "<< /S /Span /Pg 3 0 R /K 0 >>"}
LOOP = {10: stream(""), 20: "<< /S /Div /K 21 0 R >>", 21: "<< /S /Div /K 20 0 R >>"}
LISTS = {10: stream(""), 20: "[21 0 R]", 21: "[20 0 R 20 0 R]"}
MANY = {10: stream(""), 20: "[" + "null " * (limits.MOST_TAGS + 1) + "]"}
SHARED = {10: stream(marked("x")), 20: "<< /S /P /Pg 3 0 R /K [0 0] >>"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no PDF"),
        (b"PK\x03\x04 a docx", "it is no PDF"),
        (b"%PDF-1.7 and no more", "it is damaged"),
        (pdf({10: stream(marked("x"))}), "it has no tags"),
        (pdf({10: stream("")}, tree="/K 20 0 R")[:-700], "it is damaged"),
        (pdf({10: stream(""), 5: "(tags)"}, tree="x"), "its tags are no tree"),
        (pdf(LOOP, tree="/K 20 0 R"), "a tag is in the tree twice"),
        (pdf(TWICE, tree="/K 20 0 R"), "a tag is in the tree twice"),
        (pdf(SHARED, tree="/K 20 0 R"), "a text is in two tags"),
        (pdf(LISTS, tree="/K 20 0 R"), "more than 300,000 tags"),
        (pdf(MANY, tree="/K 20 0 R"), "it has more in it than is read"),
        (pdf(often("A"), tree="/K 20 0 R"), "more than 1,000,000 attributes of tags"),
        (pdf(deep(1000), tree="/K 20 0 R"), "tags in more than 100 others"),
        (pdf(forms(9), tree="/K []"), "more than 50 MB of drawing"),
        (
            pdf({10: stream("/P BMC " * 2000), 20: "<< /S /P >>", 2: "<< /Kids [2 0 R] /Count 1 >>"}, tree="/K 20 0 R"),
            "it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(data: bytes, why: str) -> None:
    with pytest.raises(limits.UnreadableError) as refused:
        tags.read(data)
    assert why in str(refused.value)
    assert refused.value.hint


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(limits.UnreadableError, match="locked with a password"):
        tags.read(locked())


def test_a_file_that_is_cut_off_anywhere_is_read_or_refused() -> None:
    data = sheets.printed("<h1>Dose</h1><p>Take one.</p>").data
    for end in range(0, len(data), len(data) // 40):
        try:
            tags.read(data[:end])
        except limits.UnreadableError as refused:
            assert refused.hint


def test_other_values_than_a_key_takes_do_no_harm() -> None:
    """A number in place of a name, a name in place of a list, and so on, wherever a value stands in the tree."""
    whole = "<< /S /P /P 5 0 R /Pg 3 0 R /K [0 24 0 R] /A << /O /List >> /C /x /Lang (en) /T (a) /Alt (b) /ID (c) >>"
    for key in ("/S", "/P", "/Pg", "/K", "/A", "/C", "/Lang", "/T", "/Alt", "/ID"):
        for value in ("7", "-1", "/Name", "(text)", "[]", "[[[7]]]", "<< >>", "null", "99 0 R", "5 0 R", "true"):
            changed = whole.replace(f"{key} ", f"{key} {value} /Was", 1)
            try:
                tags.read(pdf({10: stream(marked("x")), 20: changed, 24: "<< /Type /OBJR /Obj 7 >>"}, tree="/K 20 0 R"))
            except limits.UnreadableError as refused:
                assert refused.hint
