"""Why a file was made anew, in words."""

from __future__ import annotations

from dataclasses import replace

from plainleaf.provenance.differing import NEW, reason
from plainleaf.provenance.materials import Material
from plainleaf.provenance.statement import Entry

WAS = Entry({}, "inhaler", "en", "", "", (), "html", "1a", (Material("text", "sources/inhaler.md", "0"),))


def test_each_reason_is_the_true_one() -> None:
    assert reason(None, WAS) == NEW
    assert reason(WAS, WAS).startswith("its file had been changed")
    assert "links" in reason(WAS, replace(WAS, content="2b")), "nothing that it is made from is another"
    text = replace(WAS, content="2b", materials=(Material("text", "sources/inhaler.md", "1"),))
    assert reason(WAS, text) == "the text (sources/inhaler.md)"
