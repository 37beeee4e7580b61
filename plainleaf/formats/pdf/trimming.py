"""How far a page's ground goes on past the cut, as a print shop is told: 3 mm, where there are crop marks.

WeasyPrint says 10 pt (3.5 mm) for any bleed as large as that. Called by the finisher of ``formats/pdf.py``.
ISO 32000-1, 14.11.2.
"""

from __future__ import annotations

import pydyf

from plainleaf.model.lengths import PT_PER_MM

BLEED = 3 * PT_PER_MM


def set_bleed(pdf: pydyf.PDF) -> None:
    """Set the bleed box of every page of a PDF that is about to be written: 3 mm around its trim, within the page."""
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        left, bottom, right, top = page["MediaBox"]
        west, south, east, north = page["TrimBox"]
        reach = (max(left, west - BLEED), max(bottom, south - BLEED), min(right, east + BLEED), min(top, north + BLEED))
        page["BleedBox"] = pydyf.Array(round(edge, 3) for edge in reach)
