"""A page without its marks for tags draws what it drew: judged by another reader of content streams, pikepdf's."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainleaf.formats.pdf.untagged import untagged

Operations = list[tuple[str, bytes]]


def read(content: bytes) -> Operations:
    """The operators of a content stream, each with all that it works on, as QPDF reads them and writes them."""
    with pikepdf.new() as file:
        found = pikepdf.parse_content_stream(pikepdf.Stream(file, content))
        return [(str(each.operator), pikepdf.unparse_content_stream([each])) for each in found]


def without_marks(operations: Operations) -> Operations:
    """What is to be left of operators whose marks have no text of their own."""
    return [each for each in operations if each[0] not in ("BMC", "BDC", "EMC")]


PIECES = [
    b"q", b"Q", b"BT", b"ET", b"1 0 0 -1 52.9 76.7 cm", b"/a1.0 gs", b"/F1 12 Tf", b"[<0055>0<0049>-.5(a)]TJ", b"W*",
    b"(EMC)Tj", b"(/Span <</MCID 0>> BDC)Tj", b"((BI) \\) \\( %)Tj", b"(\\\\)Tj", b"<454D43>Tj", b"/EMC gs", b"/BI gs",
    b"% EMC\n", b"%/P BMC\r", b"/P <</MCID 7 /A (EMC)>> DP", b"/P MP", b"/ABMC gs", b"BX EX", b"0.5 0 0 rg", b"()Tj",
    b"/#45MC gs", b"(\xff\xfe\0)Tj",
]  # fmt: skip
BEGINS = [
    b"/Span\n<</MCID 0>>\nBDC", b"/Artifact BMC", b"/Artifact\nBMC",
    b"/Span<</MCID 0>>BDC", b"/P /MC0 BDC", b"/P/MC0 BDC",
    b"/Span <</A [(>>) <3E3E>] /B <</C (BDC)>> >>BDC", b"/Span <</A /ActualText /MCID 3>> BDC", b"/ BMC",
    b"/Span <</ActualTexts (no)>> BDC", b"/Span <</B <</ActualText (no)>> >> BDC", b"/P<</A%>>\n 1>>BDC",
]  # fmt: skip
PLAIN = st.lists(st.sampled_from(PIECES), max_size=4)
SPACES = st.sampled_from([b"\n", b" ", b"\r\n", b" \t\0\f"])


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    space = draw(SPACES)
    parts = draw(PLAIN)
    for begin in draw(st.lists(st.sampled_from(BEGINS), max_size=3)):
        parts = [*draw(PLAIN), begin, *parts, b"EMC", *draw(PLAIN)]
    return space.join(parts)


@given(pages())
@example(b"Q/Artifact BMC[(a)]TJ EMC/F1 12 Tf")
@example(b"q(a)Tj/Span<</MCID 0>>BDC(b)Tj(c)Tj EMC(d)Tj")
def test_all_but_the_marks_is_drawn_as_before(content: bytes) -> None:
    assert read(untagged(content)) == without_marks(read(content))


@given(pages())
def test_once_is_enough(content: bytes) -> None:
    bare = untagged(content)
    assert untagged(bare) == bare


@pytest.mark.parametrize("text", [b"(a \\(b\\) (c))", b"<feff0061>", b"< FE FF 00 61 >", b"()", b"(EMC)"])
@pytest.mark.parametrize("before", [b"/MCID 4 ", b"", b"/A <</ActualText (no)>> ", b"/Lang (en) "])
def test_text_that_glyphs_do_not_give_stays_and_nothing_else_of_its_mark(text: bytes, before: bytes) -> None:
    content = b"q /P BMC /Span <<" + before + b"/ActualText " + text + b"/Z (no)>> BDC <0001> Tj EMC EMC Q"
    wanted = b"q /Span <</ActualText " + text + b">> BDC <0001> Tj EMC Q"
    assert read(untagged(content)) == read(wanted)


def test_a_mark_inside_one_with_text_goes_and_that_one_ends_where_it_did() -> None:
    content = b"/Span<</ActualText(a)>>BDC /Span<</MCID 1>>BDC (b)Tj EMC (c)Tj EMC (d)Tj"
    assert read(untagged(content)) == read(b"/Span<</ActualText(a)>>BDC (b)Tj (c)Tj EMC (d)Tj")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"q EMC Q", "ends that has not begun"),
        (b"/P BMC q Q", "a mark of a page does not end"),
        (b"/Span <</ActualText (a)>> BDC", "a mark of a page does not end"),
        (b"(a(b) Tj", "a string of a page does not end"),
        (b"(a\\", "a string of a page does not end"),
        (b"/Span <</MCID 0 BDC q EMC", "a property list of a page does not end"),
        (b"BI /W 1 /H 1 ID x EI", "there is a picture in the text"),
    ],
)
def test_what_does_not_end_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        untagged(content)


def test_a_page_that_is_not_touched_keeps_its_bytes() -> None:
    content = b"q\n0.75 0 0 0.75 0 0 cm\nBT\n[<0055>0<0049>] TJ\nET\nQ"
    assert untagged(content) == content
    assert untagged(b"") == b""


def test_a_text_that_only_one_reader_is_to_heed_keeps_the_name_of_its_mark() -> None:
    content = b"/P <</MCID 1 /ActualText (a)>> BDC\n/Stored <</ActualText ()>> BDC\nBT ET\nEMC\nEMC"
    kept = b"/Span <</ActualText (a)>> BDC /Stored <</ActualText ()>> BDC BT ET EMC EMC"
    assert untagged(content).split() == kept.split()
