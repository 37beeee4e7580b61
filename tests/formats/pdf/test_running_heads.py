"""Running heads and feet say that they are (ISO 14289-1, 7.8), so that a reader can be asked for them."""

from __future__ import annotations

from plainleaf.model import USUAL_PROFILE
from plainleaf.reading.conformance.document import Document
from tests.formats.pdf.test_profiles import make

RUNNING = """<style>@page { @top-left { content: "Head" } @bottom-right { content: counter(page) }
    @left-middle { content: "Side" } }</style><h1>Title</h1><p>One.</p><p style="break-before: page">Two.</p>"""


def test_running_heads_and_feet_are_told_apart() -> None:
    document = Document(make(USUAL_PROFILE, body=RUNNING))
    said = {
        (each.text, each.properties.get("Type", ""), each.properties.get("Subtype", ""))
        for _, each in document.sequences
        if each.artifact and each.text.strip()
    }
    page = ("/Pagination", "/Header"), ("/Pagination", "/Footer")
    assert said == {("Head", *page[0]), ("1", *page[1]), ("2", *page[1]), ("Side", "/Pagination", "")}
