"""What a screen reader gets: language of parts, whole lists and tables, named links, text that copies as printed."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import page as page_validation
import pikepdf
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine, tags
from plainleaf.formats.pdf.actualtext import TagError
from tests import tagtree, verapdf
from tests.conftest import ROOT

FONTS = Path("/usr/share/fonts/truetype/noto")
DOT = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
).decode("ascii")

# language: (font, text); sentences with reordered, stacked and joined letters, some of them with digits
SCRIPTS = {
    "hi": ("Devanagari", "आपकी दवा की खुराक डॉक्टर ने तय की है। इंजेक्शन से 24 घंटे पहले फ़ोन करें, स्त्री और प्रश्न।"),
    "bn": ("Bengali", "আপনার ওষুধের মাত্রা ডাক্তার ঠিক করেছেন। সমস্যা হলে দ্রুত ফোন করুন, শ্রদ্ধেয় রোগী।"),
    "ta": ("Tamil", "உங்கள் மருந்தின் அளவை மருத்துவர் முடிவு செய்துள்ளார். உடனே அழைக்கவும்."),
    "te": ("Telugu", "మీ మందు మోతాదును వైద్యుడు నిర్ణయించారు. సమస్య ఉంటే వెంటనే ఫోన్ చేయండి."),
    "kn": ("Kannada", "ನಿಮ್ಮ ಔಷಧಿಯ ಪ್ರಮಾಣವನ್ನು ವೈದ್ಯರು ನಿರ್ಧರಿಸಿದ್ದಾರೆ. ತಕ್ಷಣ ಕರೆ ಮಾಡಿ."),
    "ml": ("Malayalam", "നിങ്ങളുടെ മരുന്നിന്റെ അളവ് ഡോക്ടർ തീരുമാനിച്ചിട്ടുണ്ട്. ഉടൻ വിളിക്കുക."),
    "gu": ("Gujarati", "તમારી દવાની માત્રા ડૉક્ટરે નક્કી કરી છે. તરત ફોન કરો, સ્ત્રી."),
    "pa": ("Gurmukhi", "ਤੁਹਾਡੀ ਦਵਾਈ ਦੀ ਖੁਰਾਕ ਡਾਕਟਰ ਨੇ ਤੈਅ ਕੀਤੀ ਹੈ। ਤੁਰੰਤ ਫ਼ੋਨ ਕਰੋ।"),
    "si": ("Sinhala", "ඔබේ ඖෂධ මාත්‍රාව වෛද්‍යවරයා තීරණය කර ඇත. වහාම අමතන්න."),
    "th": ("Thai", "แพทย์เป็นผู้กำหนดขนาดยาของคุณ ห้ามหยุดยาเองโดยไม่ปรึกษาแพทย์ก่อน"),
    "lo": ("Lao", "ທ່ານໝໍໄດ້ກຳນົດປະລິມານຢາຂອງທ່ານ ຖ້າມີບັນຫາກະລຸນາໂທຫາຄລີນິກ"),
    "km": ("Khmer", "គ្រូពេទ្យ\u200bបាន\u200bកំណត់\u200bកម្រិត\u200bថ្នាំ\u200bរបស់\u200bអ្នក។ សូម\u200bទូរស័ព្ទ\u200bភ្លាម\u200bៗ។"),
    "my": ("Myanmar", "သင့်\u200bဆေး\u200bပမာဏ\u200bကို\u200bဆရာဝန်က\u200bသတ်မှတ်\u200bထားသည်။ ပြဿနာ\u200bရှိပါက\u200bဖုန်းဆက်ပါ။"),
    "yo": ("", "Dókítà ni ó pinnu ìwọ̀n oògùn rẹ. Ẹ̀yin ọ̀rẹ́, ẹ pè wá kíákíá."),
    "vi": ("", "Bác sĩ đã quyết định liều thuốc của bạn."),
}  # fmt: skip


def need(found: object, what: str) -> None:
    """Skip where a tool is missing; on the build server that is an error."""
    if not found:
        if os.environ.get("CI"):
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is missing")


@cache
def config() -> FontConfiguration:
    return FontConfiguration()


def render(body: str, css: str = "", lang: str = "en", more: str = "", script: str = "") -> weasyprint.Document:
    need(FONTS.is_dir(), "fonts-noto-core")
    families, faces = "", ""
    for font in ("", "Devanagari", script, "Arabic"):
        path = FONTS / f"NotoSans{font}-Regular.ttf"
        need(path.is_file(), path.name)
        faces += f"@font-face {{ font-family: 'Test{font}'; src: url({path.as_uri()}) }}"
        families += f"'Test{font}', "
    page = "@page { size: A6; margin: 1cm; @bottom-center { content: counter(page) } }"
    style = f"<style>{faces}{page} body {{ font: 12pt {families} monospace }} {css}</style>"
    html = f"<!doctype html><html lang={lang} {more}><title>T</title>{style}<body>{body}</body></html>"
    with engine.tuned():
        return weasyprint.HTML(string=html).render(font_config=config())


def write(document: weasyprint.Document) -> bytes:
    """The repaired PDF, which both validators have to pass."""
    with engine.tuned():
        data: bytes = document.write_pdf(finisher=tags.repair, pdf_variant="pdf/ua-1")
    assert [(f.rule_id, f.message) for f in page_validation.validate_pdf_bytes(data, profile="ua1").failures] == []
    if verapdf.available() is None or os.environ.get("CI"):
        assert verapdf.validate(data) == ()
    return data


def make(body: str, css: str = "", **options: str) -> bytes:
    return write(render(body, css, **options))


def tree(body: str, css: str = "", **options: str) -> list[str]:
    """The lines of the tag tree, without the root."""
    return [line[2:] for line in tagtree.dump(make(body, css, **options)).splitlines()[1:]]


def pdftotext(data: bytes) -> str:
    need(which("pdftotext"), "pdftotext (poppler-utils)")
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def squeeze(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------------- text


@pytest.mark.parametrize("lang", SCRIPTS)
def test_text_copies_as_printed(lang: str) -> None:
    script, text = SCRIPTS[lang]
    start = re.split("[ \u200b]", text)[0]
    foot = f"@page {{ @bottom-center {{ content: '{start}' }} }}"
    data = make(f"<h1>{start}</h1><p>{text} <b>{start}</b> metformin 500 mg {text}</p>", foot, lang=lang, script=script)
    wanted = f"{start} {text} {start} metformin 500 mg {text}"
    found = pdftotext(data)
    assert squeeze(found) == squeeze(f"{wanted} {start}")
    if lang not in ("th", "lo", "km", "my"):  # these break lines where there is no space
        assert found.split() == f"{wanted} {start}".split()
    assert squeeze(tagtree.text(data)) == squeeze(wanted)
    assert tagtree.artifacts(data) == [start]


def test_without_repair_hindi_is_wrong() -> None:
    """If this fails, WeasyPrint has learnt it and ActualText can go."""
    text = "हम हिन्दी लिखते हैं"
    assert text not in pdftotext(render(f"<p>{text}</p>", lang="hi").write_pdf(pdf_variant="pdf/ua-1"))
    assert text in pdftotext(make(f"<p>{text}</p>", lang="hi"))


def test_english_in_hindi() -> None:
    body = "<p>रोज़ <bdi dir=ltr lang=en>metformin <b>500</b> mg</bdi> लें।</p>"
    assert tree(body, lang="hi") == ["P", '  "रोज़"', '  Span "metformin 500 mg" lang=en', '  "लें।"']
    assert pdftotext(make(body, lang="hi")).split()[:5] == ["रोज़", "metformin", "500", "mg", "लें।"]


def test_plain_text_gets_no_actualtext() -> None:
    data = render("<p>Take 500 mg — office, naïve, déjà.</p>").write_pdf(
        finisher=tags.repair, pdf_variant="pdf/ua-1", uncompressed_pdf=True
    )
    assert b"ActualText" not in data


def arabic_font(name: str) -> str:
    path = FONTS / f"{name}-Regular.ttf"
    need(path.is_file(), path.name)
    return f"@font-face {{ font-family: {name}; src: url({path.as_uri()}) }} body {{ font-family: {name}, Test }}"


@pytest.mark.parametrize("font", ["NotoNaskhArabic", "NotoSansArabic", "NotoNastaliqUrdu"])
def test_right_to_left_is_read_in_order(font: str) -> None:
    body = "<p>خذ <bdi dir=ltr>metformin <b>500</b> mg</bdi> ولا تتوقف</p>"
    data = make(body, arabic_font(font), lang="ar", more="dir=rtl")
    assert tagtree.text(data) == "خذ metformin 500 mg ولا تتوقف\n"


def test_brackets_around_arabic_are_read_right_beside_brackets_around_figures() -> None:
    """One glyph opens from left to right and closes from right to left; the font's table has one text for it."""
    body = '<p>الرقم <bdi dir="ltr">(202)</bdi>.</p><p>اسم (دواء آخر) هنا.</p>'
    read = "".join(tree(body, arabic_font("NotoNaskhArabic"), lang="ar"))
    assert "(202)" in read and "(دواء آخر)" in read


def test_naskh_copies_as_printed() -> None:
    text = "الجرعة التي قررها الطبيب لا تتغير"
    found = pdftotext(make(f"<p>{text}</p>", arabic_font("NotoNaskhArabic"), lang="ar", more="dir=rtl"))
    assert re.sub("[\u202a-\u202e]", "", found).splitlines()[0] == text  # poppler adds marks of direction


def test_every_glyph_has_some_text() -> None:
    data = make(f"<p>{SCRIPTS['hi'][1]}</p>", lang="hi")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tables = [font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()]
    assert tables and not any(b"<>" in table for table in tables)


# ---------------------------------------------------------------------- language


def test_language_of_parts() -> None:
    assert tree(
        "<h1>Leaflet</h1><h2 lang=es>Título</h2><p>Ask for <span lang=es>Doña <b>Inés</b></span> today.</p>"
        "<section lang=hi><p>दवा</p><p lang=en>Medicine</p></section>"
    ) == [
        'H1 "Leaflet"',
        'H2 "Título" lang=es',
        "P",
        '  "Ask for"',
        '  Span "Doña Inés" lang=es',
        '  "today."',
        "Sect lang=hi",
        '  P "दवा"',
        '  P "Medicine" lang=en',
    ]


def test_language_of_a_part_over_lines() -> None:
    data = make(f"<p>Say <span lang=fr>{'bonjour ' * 40}</span> now</p>")
    assert tagtree.dump(data).count("lang=fr") == 1


# ---------------------------------------------------------------------- across pages


def test_latin_words_that_nobody_gave_a_language_are_not_said_in_that_of_another_script() -> None:
    link = "<a href='https://clinic.example/'>clinic.example</a>"
    found = tree(f"<p>रोज़ <span>FDA</span> की 5 {link} <span>24</span></p><p lang=hi-Latn>roz</p>", lang="hi")
    assert found == [
        *("P", '  "रोज़"', '  Span "FDA" lang=und-Latn', '  "की 5"'),
        *('  Link contents="clinic.example"', '    Span "clinic.example" lang=und-Latn', '  "24"'),
        'P "roz" lang=hi-Latn',
    ]


def test_list_over_pages_is_one_list() -> None:
    document = render("<ul>" + "".join(f"<li>Item {i} has words for two lines, or three" for i in range(40)) + "</ul>")
    assert len(document.pages) >= 3
    lines = tagtree.dump(write(document)).splitlines()
    names = [line.split()[0] for line in lines]
    assert (names.count("L"), names.count("LI"), names.count("Lbl"), names.count("LBody")) == (1, 40, 40, 40)
    assert lines[1] == "  L ListNumbering=Disc"


def test_table_over_pages_is_one_table() -> None:
    rows = "".join(f"<tr><th>Row {i}<td>{i} mg" for i in range(150))
    head, foot = "<thead><tr><th>Name<th>Dose</thead>", "<tfoot><tr><td>Sum<td>x</tfoot>"
    document = render(f"<table><caption>Doses</caption>{head}{foot}{rows}</table>")
    pages = len(document.pages)
    assert pages >= 4
    data = write(document)
    lines = tagtree.dump(data).splitlines()
    names = [line.split()[0] for line in lines]
    assert [names.count(name) for name in ("Table", "THead", "TBody", "TFoot", "TR", "Caption")] == [1, 1, 1, 1, 152, 1]
    assert lines[1:7] == [
        "  Table",
        '    Caption "Doses"',
        "    THead",
        "      TR",
        '        TH "Name" Scope=Column id=t1-1-1',
        '        TH "Dose" Scope=Column id=t1-1-2',
    ]
    assert lines[-6:-4] == ['        TH "Row 149" Scope=Row id=t1-151-1', '        TD "149 mg" Headers=t1-1-2,t1-151-1']
    assert lines[-3:] == ["      TR", '        TD "Sum" Headers=t1-1-1', '        TD "x" Headers=t1-1-2']
    # printed on every page, part of the document once
    assert tagtree.artifacts(data).count("Dose") == tagtree.artifacts(data).count("Sum") == pages - 1


def test_paragraph_and_its_sections_over_pages_are_one() -> None:
    words = " ".join(f"word{i}" for i in range(400))
    document = render(f"<section><div><p>{words}</p></div></section><p>End</p>")
    pages = len(document.pages)
    assert pages >= 3
    assert tagtree.dump(write(document)).splitlines()[1:] == [
        "  Sect",
        "    Div",
        f'      P "{words}" pages=1-{pages}',
        '  P "End"',
    ]


def test_cell_and_columns() -> None:
    long = "words to fill a page " * 60
    lines = tree(f"<table><tr><th>A<tr><td>{long}</table>")
    assert lines[-1] == f'      TD "{long.strip()}" pages=1-2'
    lines = tree("<ul>" + "<li>x" * 30 + "</ul>", "ul { columns: 2 }")
    assert [line.split()[0] for line in lines].count("L") == 1


# ---------------------------------------------------------------------- links, heads, lists, pictures


def test_links_are_named() -> None:
    body = """<p><a href="https://www.example.org/">www.example.org</a> <a href="https://example.org/a">our page</a>
        <a href="tel:+442079460958">+44 20 7946 0958</a> <a href="#end">last <b>page</b></a> <a>no link</a></p>
        <p id=end>End</p>"""
    assert tree(body) == [
        "P",
        '  Link "www.example.org" contents="www.example.org"',
        '  Link "our page" contents="our page (https://example.org/a)"',
        '  Link "+44 20 7946 0958" contents="+44 20 7946 0958"',
        '  Link "last page" contents="last page"',
        '  "no link"',
        'P "End"',
    ]


def test_link_over_lines_is_one_link() -> None:
    data = make("<p>See <a href='https://example.org/'>" + "a long name " * 12 + "</a></p>")
    assert tagtree.dump(data).count("Link ") == 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages[0].Annots) > 2


def test_block_links() -> None:
    body = "<a href='https://a.org/'>A</a><a href='https://b.org/'>B</a><ul><li><a href='#x'>C</a></ul><p id=x>D</p>"
    assert tree(body, "a { display: block }")[:4] == [
        "P",
        '  Link "A" contents="A (https://a.org/)"',
        "P",
        '  Link "B" contents="B (https://b.org/)"',
    ]


def test_scope_of_heads() -> None:
    table = "<table><thead><tr><td><th>Day</thead><tr><th>One<td>1<tr><th scope=col>Two<td>2</table>"
    assert [
        line.strip() for line in tree(table) if line.strip()[:3] in ("TH ", "TD ")
    ] == [  # heads are for cells below
        'TH "Day" Scope=Column id=t1-1-2',
        'TH "One" Scope=Row id=t1-2-1',
        'TD "1" Headers=t1-1-2,t1-2-1',
        'TH "Two" Scope=Column id=t1-3-1',
        'TD "2" Headers=t1-1-2',
    ]


def test_a_grid_under_one_row_of_heads_needs_no_headers() -> None:
    found = tree("<table><thead><tr><th>Day<th>Dose</thead><tr><td>1<td>5 mg</table>")
    assert [line.strip() for line in found][-2:] == ['TD "1"', 'TD "5 mg"']


def test_heads_of_cells_in_a_table_with_spans() -> None:
    table = "<tr><th colspan=2>AB<th rowspan=2>C<tr><th>a<th>b<tr><td>1<td>2<td>3<tr><td colspan=2>4<td>5"
    assert [line.strip() for line in tree(f"<table>{table}</table>") if line.strip()[:2] in ("TH", "TD")] == [
        'TH "AB" ColSpan=2 Scope=Column id=t1-1-1',
        'TH "C" RowSpan=2 Scope=Column id=t1-1-3',
        'TH "a" Scope=Column id=t1-2-1',
        'TH "b" Scope=Column id=t1-2-2',
        'TD "1" Headers=t1-1-1,t1-2-1',
        'TD "2" Headers=t1-1-1,t1-2-2',
        'TD "3" Headers=t1-1-3',
        'TD "4" ColSpan=2 Headers=t1-1-1,t1-2-1,t1-2-2',
        'TD "5" Headers=t1-1-3',
    ]


def test_lists() -> None:
    body = """<ol><li>One<ol class=a><li>deep</ol><li><p>Two</p></ol><ul class=n><li>plain</ul>
        <ul class="n arrow"><li>arrow</ul>
        <dl><dt>Dose</dt><dd>How much</dd><dd>or how often</dd><dt>Rash</dt><dt>Hives</dt><dd>On the skin</dd></dl>"""
    css = ".a { list-style: lower-alpha } .n { list-style: none } .arrow li::before { content: '→ ' }"
    assert "\n".join(tree(body, css)) == (
        """L ListNumbering=Decimal
  LI
    Lbl "1."
    LBody
      "One"
      L ListNumbering=LowerAlpha
        LI
          Lbl "a."
          LBody "deep"
  LI
    Lbl "2."
    LBody
      P "Two"
L ListNumbering=None
  LI
    LBody "plain"
L ListNumbering=Disc
  LI
    Lbl "→"
    LBody "arrow"
L ListNumbering=None
  LI
    Lbl "Dose"
    LBody "How much"
    LBody "or how often"
  LI
    Lbl "Rash"
    Lbl "Hives"
    LBody "On the skin\""""
    )


@pytest.mark.parametrize("columns", [1, 3])
def test_a_step_with_a_picture_is_one_list_item_with_its_number(columns: int) -> None:
    picture = f"<figure><img alt='A cup' src='{DOT}'></figure>"
    steps = "".join(f"<li>{picture}<div class=said>{text}</div></li>" for text in ("Drink.", "Rest."))
    css = (ROOT / "layouts/base/blocks/list.css").read_text(encoding="utf-8")
    css += ":root { --space: 1 } ol.shown > li::before { content: counter(list-item) '.' }"
    lines = tree(f"<ol class='shown in-{columns}'>{steps}</ol>", css)
    assert [line.strip() for line in lines] == [
        "L ListNumbering=Decimal",
        *("LI", 'Lbl "1."', "LBody", 'Figure alt="A cup"', "Div", 'P "Drink."'),
        *("LI", 'Lbl "2."', "LBody", 'Figure alt="A cup"', "Div", 'P "Rest."'),
    ]


def test_pictures_and_decoration() -> None:
    body = f"""<figure><img alt="A dot" src="{DOT}"><figcaption>Dot</figcaption></figure>
        <p class=d>Text <img alt="" src="{DOT}"><span aria-hidden=true>★</span></p>
        <p><a href="#top" id=top><img alt="Up" src="{DOT}"></a></p>"""
    data = make(body, f".d::before {{ content: url({DOT}) }}")
    assert [line[2:] for line in tagtree.dump(data).splitlines()[1:]] == [
        'Figure alt="A dot"',
        '  Caption "Dot"',
        'P "Text"',
        "P",
        '  Link contents="Up"',
        '    Figure alt="Up"',
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        figure = pdf.Root.StructTreeRoot.K[0].K[0]
        left, bottom, right, top = (float(number) for number in figure.A.BBox)
        height = float(pdf.pages[0].MediaBox[3])
    assert 0 < left < right < 80 and height / 2 < bottom < top < height  # it is at the top of the page


def test_what_is_printed_on_every_page_is_no_text() -> None:
    css = ".head { position: running(head) } @page { @top-left { content: element(head) } } .fix { position: fixed }"
    body = (
        "<p class=head lang=hi>क्लिनिक <a href='https://example.org/'>site</a></p><p>Text</p><p class=fix>Call 999</p>"
    )
    document = render(body + "<p>x</p>" * 60, css)
    data = write(document)
    assert tagtree.text(data).splitlines()[:2] == ["Text", "Call 999"]
    assert tagtree.text(data).count("Call 999") == 1
    found, pages = tagtree.artifacts(data), len(document.pages)
    assert (found.count("क्लिनिक"), found.count("Call 999"), found.count("2")) == (pages, pages - 1, 1)
    with pikepdf.open(io.BytesIO(data)) as pdf:  # what is no text must not be a link
        assert not any("/Annots" in page for page in pdf.pages)


def test_picture_on_every_page_is_in_the_tree_once() -> None:
    css = ".fix { position: fixed; bottom: 0 } .fix > img { display: block }"
    picture = f"<img alt='Logo' src='{DOT}'>"
    link = f"<a href='https://example.org/'>{picture}</a>"
    table = f"<table><thead><tr><th>{link}</thead>" + "<tr><td>x" * 60 + "</table>"
    document = render(f"<p>A</p><div class=fix>{picture}<p>{link}</p></div>{table}", css)
    assert len(document.pages) > 2
    lines = tagtree.dump(write(document))
    assert (lines.count('Figure alt="Logo"'), lines.count('Link contents="Logo')) == (3, 2)


def test_empty_tags_vanish() -> None:
    body = "<p></p><p>&nbsp;</p><div><span></span></div><ul><li></ul><table><tr><th>A<th>B<tr><td><td>&nbsp;</table>"
    assert [line.strip() for line in tree(body)] == [
        *("L ListNumbering=Disc", "LI", 'Lbl "•"', "Table", "TBody"),
        *("TR", 'TH "A" Scope=Column', 'TH "B" Scope=Column', "TR", "TD", "TD"),
    ]


def test_text_of_a_div_is_a_paragraph() -> None:
    assert tree("<div>Before <p>P</p> after</div><p>A <span style='display: block'>B</span></p>") == [
        *("Div", '  P "Before"', '  P "P"', '  P "after"', 'P "A B"')
    ]


# ---------------------------------------------------------------------- the pairing


def test_what_cannot_be_proven_is_an_error() -> None:
    with pytest.raises(TagError, match="opacity"):
        render("<p style='opacity: .5'>Pale</p>").write_pdf(finisher=tags.repair, pdf_variant="pdf/ua-1")

    def moved(document: Any, pdf: Any) -> None:
        boxes = [box for box in document.pages[0]._page_box.descendants() if getattr(box, "text", "") == "Here"]
        boxes[0].position_x += 1
        tags.repair(document, pdf)

    with pytest.raises(TagError, match="'Here' is not drawn where it should be"):
        render("<p>Here</p>").write_pdf(finisher=moved, pdf_variant="pdf/ua-1")


def test_writing_twice_gives_the_same() -> None:
    document = render("<p><a href='https://example.org/'>A</a></p><ul><li>B</ul>")
    assert write(document) == write(document)


def test_the_head_of_a_group_is_a_head_of_each_cell_below_it_and_of_no_other() -> None:
    table = """<table><thead><tr><th scope=col>Age<th scope=col>Shot</thead>
        <tbody><tr><th scope=rowgroup colspan=2>Babies<tr><th scope=row rowspan=2>2 months<td>A<tr><td>B</tbody>
        <tbody><tr><th scope=rowgroup colspan=2>Adults<tr><th scope=row>Each year<td>Flu</tbody></table>"""
    assert [line.strip() for line in tree(table) if "TD " in line] == [
        'TD "A" Headers=t1-1-2,t1-2-1,t1-3-1',
        'TD "B" Headers=t1-1-2,t1-2-1,t1-3-1',
        'TD "Flu" Headers=t1-1-2,t1-5-1,t1-6-1',
    ]


def test_a_list_of_blocks_is_a_list() -> None:
    body = "<div role=list><div role=listitem><p>One</p><p>more</p></div><div role=listitem><p>Two</p></div></div>"
    tags = [line.strip() for line in tree(body)]
    assert tags[tags.index("L ListNumbering=None") :] == [
        "L ListNumbering=None", "LI", "LBody", 'P "One"', 'P "more"', "LI", "LBody", 'P "Two"'
    ]  # fmt: skip


def test_each_record_of_a_list_has_its_head_and_the_list_its_caption() -> None:
    def item(term: str, *said: str) -> str:
        return f"<div role=listitem><p role=term>{term}</p>{''.join(f'<p>{text}</p>' for text in said)}</div>"

    records = f"<div role=list>{item('Day: <strong>1</strong>', 'Morning: 10 mg', 'Night: 5 mg')}{item('Day: 2')}</div>"
    found = tree(f"<h1>T</h1><div role=figure><p role=caption>Doses</p>{records}</div>")
    assert found[1:] == [
        *("L ListNumbering=None", '  Caption "Doses"'),
        *("  LI", "    Lbl", '      "Day:"', '      Strong "1"'),
        *("    LBody", '      P "Morning: 10 mg"', '      P "Night: 5 mg"', "  LI", '    Lbl "Day: 2"'),
    ]


def test_a_caption_of_two_lists_is_a_text_before_them() -> None:
    lists = "<div role=list><div role=listitem><p>One</p></div></div><p>Then</p>" * 2
    found = tree(f"<h1>T</h1><div role=figure><p role=caption>Doses</p>{lists}</div>")
    assert found[1:3] == ["Div", '  P "Doses"']


# ---------------------------------------------------------------------- what is more than its words


def test_stressed_words_are_so_in_newer_readers_and_text_in_older_ones() -> None:
    data = make("<h1>T</h1><p>Take <strong>one <em>small</em></strong> cup, <em>not</em> two.</p>")
    assert [line[2:] for line in tagtree.dump(data).splitlines()[2:]] == [
        *("P", '  "Take"', "  Strong", '    "one"', '    Em "small"', '  "cup,"', '  Em "not"', '  "two."')
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert dict(pdf.Root.StructTreeRoot.RoleMap) == {"/Em": "/Span", "/Strong": "/Span"}


def test_stressed_words_over_lines_are_one_tag() -> None:
    found = tree(f"<p>And <strong>{'word ' * 30}</strong> so <a href='https://e.org/'>{'link ' * 30}</a></p>")
    assert [line.split()[0] for line in found] == ["P", '"And"', "Strong", '"so"', "Link"]


def test_a_box_has_a_name() -> None:
    box = "<section role=note aria-label='Important'><p>Important</p><ul><li>Call.</ul></section>"
    data = make(f"<h1>T</h1>{box}")
    assert '  Aside title="Important"' in tagtree.dump(data).splitlines()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.StructTreeRoot.RoleMap.Aside == "/Sect"


def test_names_have_no_signs_that_nobody_hears() -> None:
    boxes = "<section aria-label='In\u200bside\u2060 '><p>Important</p></section><section aria-label=' '><p>So.</p>"
    assert tree(f"<h1>T</h1>{boxes}")[1:] == ['Sect title="Inside"', '  P "Important"', "Sect", '  P "So."']


LINE = "<span class=line role=img data-field=text aria-label='Line to write on'></span>"


@pytest.mark.parametrize("look", ["", ".line { align-self: stretch; border-radius: 1mm; background: #ffffff }"])
def test_what_is_filled_in_on_paper_is_a_field_that_says_what_it_is(look: str) -> None:
    css = (ROOT / "layouts/base/blocks/paragraph.css").read_text(encoding="utf-8") + ":root { --ink: #000 }" + look
    body = f"<h1>T</h1><p class=fill>Name: {LINE} {LINE}</p><p>Take {LINE} puffs {LINE}</p>"
    tick = f"<ul style='list-style: none'><li><img data-field=tick alt='To tick:' src='{DOT}'>Cough</ul>"
    line = '  Form alt="Line to write on" Desc=Line to write on Role=tv'
    assert tree(body + tick, css)[1:] == [
        *("P", '  "Name:"', line, line, "P", '  "Take"', line, '  "puffs"', line),
        *("L ListNumbering=None", "  LI", "    LBody"),
        *('      Form alt="To tick:" Desc=To tick: Role=cb checked=off', '      "Cough"'),
    ]


def test_a_field_of_another_kind_is_what_it_is_without_that() -> None:
    assert tree("<h1>T</h1><p>On <span data-field=date>Monday</span></p>")[1:] == ['P "On Monday"']


# ---------------------------------------------------------------------- notes

MARK = "<a class='mark' id='m-1' href='#n-1' role='doc-noteref' aria-label='Note 1'>[1]</a>"
BACK = "<a class='mark' href='#m-1' role='doc-backlink' aria-label='Back'>[1]</a>"
NOTE_TAGS = ["Note id=note-1", "  Lbl", '    Link "[1]" contents="Back"', '  "If told so."']


@pytest.mark.parametrize(
    ("body", "around"),
    [
        (f"<p>5 ml{MARK}</p>", ["P", '  "5 ml"', "  Reference", '    Link "[1]" contents="Note 1"']),
        (f"<ul><li>5 ml{MARK}</li></ul>", ["LBody", '  "5 ml"', "  Reference", '    Link "[1]" contents="Note 1"']),
        (f"<div>5 ml{MARK}</div>", ["P", '  "5 ml"', "  Reference", '    Link "[1]" contents="Note 1"']),
    ],
)
def test_the_mark_of_a_note_is_a_named_link_and_leads_to_a_note_with_an_id(body: str, around: list[str]) -> None:
    found = tree(f"<h1>T</h1>{body}<p id='n-1' role='doc-footnote'>{BACK} If told so.</p>")
    start = next(number for number, line in enumerate(found) if line.endswith("Reference")) - 2
    deep = len(found[start]) - len(found[start].lstrip())
    assert [line[deep:] for line in found[start : start + 4]] == around
    assert found[-4:] == NOTE_TAGS


def test_notes_are_found_by_their_ids() -> None:
    notes = "".join(f"<p id='n-{number}' role='doc-footnote'>Note {number}</p>" for number in (1, 2))
    with pikepdf.open(io.BytesIO(make(f"<h1>T</h1>{notes}"))) as pdf:
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
    assert [str(name) for name in names[::2]] == ["note-1", "note-2"]
    assert [str(node.S) for node in names[1::2]] == ["/Note", "/Note"]


# ---------------------------------------------------------------------- citations


@pytest.mark.parametrize(("lang", "source"), [("en", "Source 2, page 12"), ("ar", "المصدر 2، الصفحة 12")])
def test_a_citation_is_a_reference_with_a_link_that_says_where_it_leads(lang: str, source: str) -> None:
    cited = f"<p>{'و' if lang == 'ar' else 'And'} <a href='#r-b' role='doc-biblioref'>{source}</a></p>"
    way = "rtl" if lang == "ar" else "ltr"
    found = tree(f"<div lang={lang} dir={way}><h1>T</h1>{cited}<ol><li id='r-b'>Bell B.</li></ol></div>")
    start = next(number for number, line in enumerate(found) if line.endswith("Reference"))
    link = " ".join(line.strip() for line in found[start + 1 : start + 3])
    assert link.startswith("Link") and f'"{source}"' in link and f'contents="{source}"' in link


def test_an_entry_of_the_references_is_one() -> None:
    entries = "<ol><li>Bell B. <em>Coughs</em>. <a href='https://b.org/'>b.org</a></ol>"
    found = tree(f"<h1>T</h1><section role=doc-bibliography><h2>References</h2>{entries}</section>")
    assert [line.strip() for line in found[-8:]] == [
        *("LI", 'Lbl "1."', "LBody", "BibEntry", '"Bell B."', 'Em "Coughs"', '"."', 'Link "b.org" contents="b.org"')
    ]


def test_a_number_alone_has_a_name_that_says_it_is_a_source() -> None:
    body = "<p>Sources <a href='#r-b' role='doc-biblioref' aria-label='Source 1'>1</a></p><ol><li id='r-b'>B.</li></ol>"
    assert 'Link "1" contents="Source 1"' in [line.strip() for line in tree(f"<h1>T</h1>{body}")]
