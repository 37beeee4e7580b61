"""One glyph, several texts: codes that are added to the fonts of a PDF, and the text of complex scripts in readers that
do not heed ActualText (pdfminer)."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text

from plainleaf.formats.pdf import clusters
from plainleaf.formats.pdf.codes import Codes
from tests import verapdf
from tests.formats.pdf.test_tags import make, need, pdftotext, render

_HEX = re.compile(rb"<([0-9a-f]+)>")


def of_a(document: Any) -> Any:
    """The font that has the letter a."""
    return next(font for font in document.fonts.values() if "a" in font.to_unicode.values())


def recoded(body: str, texts: dict[str, str], **options: Any) -> bytes:
    """A PDF in which glyphs that say one letter say another; valid on both validators."""

    def finisher(document: Any, pdf: Any) -> None:
        codes = Codes(pdf)
        font = of_a(document)
        glyphs = {text: glyph for glyph, text in font.to_unicode.items()}
        changed = {b"%04x" % glyphs[old]: codes.code(font.hash, glyphs[old], new) for old, new in texts.items()}
        for reference in pdf.page_references:
            page = pdf.objects[int(reference.split()[0])]
            stream = pdf.objects[int(page["Contents"].split()[0])].stream
            for place, item in enumerate(stream):
                if isinstance(item, bytes) and item.endswith(b" TJ"):
                    stream[place] = _HEX.sub(
                        lambda run: b"<" + re.sub(b"....", lambda c: changed.get(c[0], c[0]), run[1]) + b">", item
                    )
        codes.finish()

    data: bytes = render(body).write_pdf(finisher=finisher, pdf_variant="pdf/ua-1", **options)
    assert page_validation.validate_pdf_bytes(data, profile="ua1").failures == []
    need(verapdf.available() is None, "veraPDF")
    assert verapdf.validate(data) == ()
    return data


def pixels(data: bytes) -> bytes:
    return b"".join(bytes(page.render(scale=2).buffer) for page in pypdfium2.PdfDocument(data))


def test_a_glyph_says_another_text_and_looks_the_same() -> None:
    body = "<p lang=en>Take the tablet</p>"
    plain, changed = recoded(body, {}), recoded(body, {"a": "\u0915\u094d\u0937", "b": "\U0001f48a"})
    assert "Take the tablet" in pdftotext(plain)
    wanted = "Take the tablet".replace("a", "\u0915\u094d\u0937").replace("b", "\U0001f48a")
    assert wanted in pdftotext(changed)
    assert wanted in extract_text(io.BytesIO(changed))
    assert wanted in pypdfium2.PdfDocument(changed)[0].get_textpage().get_text_range()
    assert pixels(changed) == pixels(plain)
    assert recoded(body, {"a": "\u0915\u094d\u0937", "b": "\U0001f48a"}) == changed


def test_many_texts_of_one_glyph_each_have_a_code() -> None:
    told = dict[bytes, str]()

    def finisher(document: Any, pdf: Any) -> None:
        codes = Codes(pdf)
        font = of_a(document)
        glyph = next(glyph for glyph, text in font.to_unicode.items() if text == "a")
        told.update({codes.code(font.hash, glyph, f"a{number}"): f"a{number}" for number in range(250)})
        assert codes.code(font.hash, glyph, "a") == b"%04x" % glyph  # its own code says so already
        assert codes.code(font.hash, glyph, "a7") in told  # asked again: no other code
        assert codes.text(font.hash, int(codes.code(font.hash, glyph, "a7"), 16)) == "a7"
        with pytest.raises(ValueError, match="without text"):
            codes.code(font.hash, glyph, "")
        codes.finish()

    data = render("<p>a</p>").write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = next(font for font in pdf.pages[0].Resources.Font.values() if b"<0061>" in font.ToUnicode.read_bytes())
        table = font.ToUnicode.read_bytes()
        inner = font.DescendantFonts[0]
        glyphs = inner.CIDToGIDMap.read_bytes()
        first, widths = list(inner.W)[-2:]
    assert len(told) == 250 and all(int(size) <= 100 for size in re.findall(rb"(\d+) beginbfchar", table))
    for code, text in told.items():
        assert b"<%b> <%b>" % (code, text.encode("utf-16-be").hex().encode()) in table
        place = int(code, 16)
        assert widths[place - first] == widths[0]
        assert glyphs[2 * place : 2 * place + 2] == glyphs[-2:]


@pytest.mark.parametrize(
    ("text", "glyphs", "parts"),
    [
        ("कि", 2, ["क", "ि"]),
        ("क्षि", 2, ["क्ष", "ि"]),
        ("क्ष", 1, ["क्ष"]),
        ("কো", 3, ["ক", "\u09c7", "\u09be"]),  # taken apart as Unicode does
        ("กำ", 3, ["ก", "ำ", "\u2060"]),  # Unicode has no parts of it
        ("", 0, []),
    ],
)
def test_letters_are_given_to_glyphs_in_the_order_of_writing(text: str, glyphs: int, parts: list[str]) -> None:
    assert clusters.split(text, glyphs) == parts


HINDI = "हिन्दी में किसी की चिकित्सा, जाँच या क्लिनिक: चिकित्सकों से मिलिए, सिर्फ़ निर्धारित मात्रा लीजिए।"


def test_hindi_is_read_without_actualtext() -> None:
    data = make(f"<h1>{HINDI}</h1><p>{HINDI} <b>{HINDI}</b></p>", lang="hi")
    wanted = f"{HINDI} {HINDI} {HINDI} 1".split()
    assert [unicodedata.normalize("NFC", word) for word in extract_text(io.BytesIO(data)).split()] == wanted
    assert pdftotext(data).split() == wanted
