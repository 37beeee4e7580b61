"""What the layout of lines takes or adds is neither missing nor too much for who hears, copies or searches a text."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from types import SimpleNamespace

import pypdfium2
import pytest

from plainleaf.formats.pdf import lineends
from plainleaf.formats.pdf.actualtext import Mark, utf_16
from plainleaf.reading import flow, tags
from tests import sheets
from tests.conftest import needs

NARROW = "p, h1, h2, li, td, div.narrow { width: 44mm; hyphens: manual } .wide { width: auto } table { width: 90mm }"
WORDS = "Take the tablets with food each evening, and tell the nurse when you feel sick or dizzy afterwards."


def made(body: str, tag: str = "en", css: str = "") -> bytes:
    """A sheet whose texts break into lines of a few words."""
    data = sheets.printed(body, NARROW + css, tag).data
    assert data
    return data


def told(body: str, tag: str = "en", css: str = "") -> list[str]:
    """Its texts by the tags alone, with their white space as it is."""
    document = tags.read(made(body, tag, css))
    texts = ("".join(piece.text for piece in run.pieces) for run in flow.runs(document))
    return [re.sub(" *\n *", "\n", text).rstrip(" ") for text in texts]


def test_a_line_ends_with_the_space_of_the_source() -> None:
    words = WORDS.split()
    body = f"<p>{WORDS}</p><h1>{WORDS}</h1><table><tr><th>Day<th>Dose<tr><td>{WORDS}<td>{WORDS}</table>"
    assert told(body) == [WORDS, WORDS, "Day", "Dose", WORDS, WORDS]
    marked = " ".join(f"<strong>{word}</strong>" for word in words)  # every line ends with the end of an element
    linked = f"<a href='https://example.org/'>{WORDS}</a>"
    assert told(f"<p>{marked}</p><p>{linked}</p>") == [WORDS, WORDS]
    pictured = "<span style='display: inline-block'>".join(f"{word}</span> " for word in words)
    assert told(f"<p><span style='display: inline-block'>{pictured}</p>")[0].split() == words


def test_lines_go_on_over_pages() -> None:
    words = " ".join(f"word{number}" for number in range(700))
    assert told(f"<p>{words}</p><ul><li>{words}</ul>")[::2] == [words, words]


def test_a_line_that_the_author_ends_is_a_line_for_all() -> None:
    assert told("<p>Main Street 1<br>Springfield<br><strong>Room 2</strong> <br>left</p>") == [
        "Main Street 1\nSpringfield\nRoom 2\nleft"
    ]
    hindi = "मुख्य सड़क 1<br>दिल्ली"
    assert told(f"<p>{hindi}</p>", "hi") == [hindi.replace("<br>", "\n")]
    assert told("<p>شارع 1<br>دمشق</p>", "ar") == ["شارع 1 دمشق"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ar", "خذ الأقراص مع الطعام كل مساء، وأخبر الممرضة إذا شعرت بالغثيان أو الدوار بعد ذلك مباشرة."),
        ("hi", "हर शाम गोलियाँ खाने के साथ लें, और यदि बाद में जी मिचलाए या चक्कर आए तो नर्स को बताएँ।"),
        ("zh_Hans", "每天晚上随餐服药，如果之后感到恶心或头晕，请告诉护士。请不要自行停药，先与医生商量。"),
    ],
)
def test_every_script_has_the_spaces_that_it_writes(tag: str, text: str) -> None:
    assert told(f"<p>{text}</p>", tag) == [text]


def test_signs_beside_a_latin_name_in_arabic_are_read_in_order() -> None:
    text = "اضغط على صدره: الإنعاش القلبي الرئوي (CPR). يتنفس؟ ضعه على جنبه."
    body = (
        f"<p>{text.replace('CPR', '<bdi dir=ltr lang=en>CPR</bdi>').replace('يتنفس؟', '<strong>يتنفس؟</strong>')}</p>"
    )
    assert told(body, "ar", "p { width: auto }") == [text]


def test_a_hyphen_of_the_layout_is_none_and_that_of_the_author_is_one() -> None:
    text = "El tratamiento antirretrovírico extrahospitalario se administra semanalmente: franco-canadienses, 3-4 días."
    css = "p { hyphens: auto; hyphenate-limit-chars: 5 2 2; width: 26mm }"
    said = told(f"<p lang=es>{text}</p>", "es", css)
    assert "\u00ad" in said[0]
    assert [each.replace("\u00ad", "") for each in said] == [text]
    needs("pdftotext")
    data = made(f"<p lang=es>{text}</p>", "es", css)
    copied = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert "‐" not in copied
    assert "\u00ad\n" in copied


def test_blocks_in_one_text_are_not_glued_together_and_parts_of_a_word_are_not_torn() -> None:
    block = "<span style='display: block'>"
    assert told(f"<p>One{block}two</span>{block}three</span></p>") == ["One two three"]
    for look in ("block", "inline-block"):
        link = f"<a href='https://example.org/' style='display: {look}'><p>One</p><p>two</p>{block}three</span></a>"
        assert told(f"{link}<ul><li>{link}</li></ul>")[::2] == ["One two three", "One two three"]
        assert told(f"<ul><li>See {link.replace('p>', 'div>')}</li></ul>")[-1] == "See One two three"
    held = "<span style='display: inline-block'>555-0142</span>"
    assert told(f"<p class=wide>Call ({held}), {held}.</p>") == ["Call (555-0142), 555-0142."]


def test_a_float_is_not_glued_to_the_text_around_it() -> None:
    floating = "<span style='float: right'>Page 2</span>"
    assert told(f"<p class=wide>Doses{floating}at night</p><p>{floating}Two</p>") == [
        "Doses Page 2 at night",
        "Page 2 Two",
    ]


def test_a_line_that_ends_without_a_sign_has_no_hyphen() -> None:
    css = "p { overflow-wrap: anywhere; hyphenate-character: '' }"
    address = "www.example.org/health/leaflets/naltrexone/implants"
    assert told(f"<p>{address}</p>", css=css) == [address]
    assert told("<p>每天晚上随餐服药，如果之后感到恶心或头晕，请告诉护士。</p>", "zh_Hans", css) == [
        "每天晚上随餐服药，如果之后感到恶心或头晕，请告诉护士。"
    ]


class TextBox:
    text = "Hi-"


@pytest.mark.parametrize(("added", "ending"), [("", " "), ("-", "\u00ad")])
def test_a_font_of_bitmaps_has_codes_of_one_byte_and_gets_no_others(added: str, ending: str) -> None:
    properties = {"MCID": 0}
    stream = ["/Span", properties, b"BDC", b"BT", b"/f 1 Tf", b"[<2a2b2c>] TJ", b"ET", b"EMC"]
    mark = Mark(0, 0, TextBox(), stream, 1, 7, added=added, ending=ending)
    lineends.draw([mark], {"f": SimpleNamespace(hash="f", bitmap=True, to_unicode={3: " ", 0x2A: "H"}, widths={})})
    assert stream[5] == b"[<2a2b2c>] TJ"
    assert properties == {"MCID": 0, "ActualText": utf_16(TextBox.text.removesuffix(added) + ending)}


def _pictures(data: bytes) -> Iterator[bytes]:
    for page in pypdfium2.PdfDocument(data):
        yield bytes(page.render(scale=1.5).buffer)


def test_nobody_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    css = "p { hyphens: auto; hyphenate-limit-chars: 5 2 2 }"
    for tag, body in (
        ("es", f"<p>{WORDS}<br>Sí.</p><p>extrahospitalario " * 9),
        ("ar", "<p>خذ الأقراص مع الطعام كل مساء، " * 9),
    ):
        found = made(body, tag, css)
        with monkeypatch.context() as patch:
            patch.setattr(lineends, "draw", lambda marks, fonts: None)
            assert found != made(body, tag, css)
            assert list(_pictures(found)) == list(_pictures(made(body, tag, css)))
