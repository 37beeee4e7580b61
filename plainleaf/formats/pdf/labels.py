"""The page numbers that a PDF reader shows and jumps to: those printed on the pages, 1, 2, 3 ...

Called by the finisher of ``formats/pdf.py``. ISO 32000-1, 12.4.2; WCAG 2.2, technique PDF17.
"""

from __future__ import annotations

import pydyf


def number_pages(pdf: pydyf.PDF) -> None:
    """Label the pages of a PDF that is about to be written in decimal figures, from 1."""
    decimal = pydyf.Dictionary({"S": "/D", "St": 1})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})
