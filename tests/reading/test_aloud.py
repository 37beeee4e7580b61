"""What a screen reader says of a document: every kind of tag in words, in reading order, from the tags alone."""

from __future__ import annotations

from plainleaf.reading import aloud, tags
from tests import sheets
from tests.reading.written import marked, pdf, stream

BODY = """<main><h1>Dose</h1>
<p>Take <strong>5 mg</strong> of <span lang=es>naloxona</span> each day.</p>
<p lang=fr>Bonjour.</p>
<ul><li>One<ul style='list-style: disc'><li>Deep</ul><li><a href="https://example.org/">example.org</a> or
    <a href="https://example.org/sick">our page</a>, <a href="tel:+12025550148">(202) 555-0148</a></ul>
<ol><li>First<li><ul style='list-style: disc'><li>Deeper</ul></ol>
<p><svg
    xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img" aria-label="A cup"><path d="M0 0h9v9z"/></svg>
<table><caption>When</caption><thead><tr><th scope=col>Day<th scope=col>Dose</thead>
    <tr><th scope=row>Monday<td>5 mg<tr><th scope=row>Tuesday<td></table></main>"""


def test_our_own_pages_are_said_as_they_are_meant() -> None:
    document = tags.read(sheets.printed(BODY).data)
    assert list(aloud.lines(document)) == [
        "[en] document: Sample, 1 page",
        "heading 1: Dose",
        "Take 5 mg of [es: naloxona] each day.",
        "[fr] Bonjour.",
        "[en] list of 2 items",
        "  • One",
        "  list of 1 item",
        "    • Deep",
        "  • [link: example.org] or [link: our page, to https://example.org/sick], [link: (202) 555-0148]",
        "list of 2 items",
        *("  1. First", "  2.", "  list of 1 item", "    • Deeper"),
        *("picture: A cup", "table: 3 rows, 2 columns", "caption: When"),
        "  row 1, column 1, header of the column: Day",
        "  row 1, column 2, header of the column: Dose",
        "  row 2, column 1, header of the row: Monday",
        "  row 2, column 2 (Dose; Monday): 5 mg",
        "  row 3, column 1, header of the row: Tuesday",
        "  row 3, column 2 (Dose; Tuesday): empty",
    ]


def test_tags_of_others_are_said_too() -> None:
    """Notes, contents, expansions, text in place of glyphs, cells that span and name their heads, what is in no tag."""
    objects = {
        10: stream(marked("Two mg", "of opium", "A note", "p. 3", "Both", "1", "Field", "lost", "!", "p. 3")),
        20: "<< /S /Sect /T (Part one) /K [21 0 R 22 0 R 23 0 R 24 0 R 26 0 R 29 0 R] >>",
        21: "<< /S /P /Pg 3 0 R /K [40 0 R 41 0 R 8] >>",
        40: "<< /S /Span /Pg 3 0 R /K 0 /E (Two milligrams ) >>",
        41: "<< /S /Span /Pg 3 0 R /K 1 /ActualText (of it) >>",
        22: "<< /S /Note /K << /S /P /Pg 3 0 R /K 2 >> >>",
        23: "<< /S /TOC /K << /S /TOCI /K << /S /Reference /Pg 3 0 R /K 3 >> >> >>",
        24: "<< /S /Table /K [<< /S /TR /K 25 0 R >> << /S /TR /K [<< /S /TD >> 27 0 R] >>] >>",
        25: "<< /S /TH /Pg 3 0 R /K 4 /ID (h) /A << /O /Table /ColSpan 2 >> >>",
        27: "<< /S /TD /Pg 3 0 R /K 5 /A << /O /Table /Headers [(h)] >> >>",
        29: "<< /S /Div /T (p. 3) /K << /S /P /Pg 3 0 R /K 9 >> >>",
        26: "<< /S /Form /Pg 3 0 R /K [<< /Type /OBJR /Obj 28 0 R >>] >>",
        28: "<< /Subtype /Widget /TU (Your name) /Rect [0 0 1 1] >>",
    }
    document = tags.read(pdf(objects, tree="/K 20 0 R"))
    assert list(aloud.lines(document)) == [
        *("[en] document: without a title, 1 page", "section: Part one", "Two milligrams of it!", "  note: A note"),
        *("contents of 1 entry", "  p. 3", "table: 2 rows, 2 columns", "  row 1, column 1, header: Both"),
        *("  row 2, column 1: empty", "  row 2, column 2 (Both): 1", "[field: Your name]", "p. 3"),
        *("not read, in no tag on page 1: Field", "not read, in no tag on page 1: lost"),
    ]


def test_what_is_deep_or_wide_is_said_in_time() -> None:
    for one, other in (("Div", "P"), ("Span", "Span"), ("L", "LI"), ("Sect", "Note")):
        deep = {20 + at: f"<< /S /{(one, other)[at % 2]} /K {21 + at} 0 R >>" for at in range(95)}
        document = tags.read(
            pdf({10: stream(marked("x")), **deep, 115: "<< /S /P /Pg 3 0 R /K 0 >>"}, tree="/K 20 0 R")
        )
        assert list(aloud.lines(document))[-1].strip().endswith("x")
    head = "<< /S /TH /A << /O /Table /ColSpan 9999999 /RowSpan 9999999 /Scope /Both >> >>"
    rows = " ".join(f"<< /S /TR /K [{head} {head} << /S /TD >>] >>" for _ in range(2000))
    table = tags.read(pdf({10: stream(""), 20: f"<< /S /Table /K [{rows}] >>"}, tree="/K 20 0 R"))
    assert len(list(aloud.lines(table))) == 2 + 3 * 2000
