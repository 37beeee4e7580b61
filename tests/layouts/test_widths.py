"""How wide a text will be is reckoned for each script, which keeps the foot of a page off the paper's edge."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import polib
import pytest

from plainleaf.layouts.widths import width
from tests import sheets
from tests.conftest import ROOT, needs

SAID = (
    "Draft translation: not yet checked by a clinical translator",
    "Sample for review by the clinic's own clinicians",
)
WIDE = "@page { size: 900mm 297mm } p { white-space: nowrap }"
SIZE = 14  # pt, as small sheets are set


@pytest.mark.parametrize(
    "tag", ["bn", "gu", "he", "hi", "km", "my", "pa", "si", "ta", "te", "th", "uk", "vi", "zh_Hant"]
)
def test_the_lines_that_each_page_prints_are_as_wide_as_was_reckoned(tag: str, tmp_path: Path) -> None:
    needs("pdftotext")
    known = {each.msgid: each.msgstr for each in polib.pofile(str(ROOT / f"locales/{tag}/LC_MESSAGES/layouts.po"))}
    data = sheets.printed("".join(f"<p>{known[said]}</p>" for said in SAID), WIDE, tag=tag).data
    assert data
    file = tmp_path / "lines.pdf"
    file.write_bytes(data)
    command = ["pdftotext", "-bbox-layout", str(file), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = re.findall(r'<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', found)
    set_in_ems = [(float(right) - float(left)) / SIZE for left, right in lines]
    assert set_in_ems == pytest.approx([width(known[said]) for said in SAID], rel=0.1)
