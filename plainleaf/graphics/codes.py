"""QR codes as SVG pictures. The only importer of segno."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

QUIET = 4  # modules around the code, ISO/IEC 18004
SIZE_MM = 28.0  # with the quiet zone
LEAST_MODULE_MM = 0.5  # finer ones are lost on a copied page
LONGEST = 200  # characters of an address


@lru_cache(maxsize=64)
def picture(address: str) -> str:
    """A code that opens a web address, as ``data:`` address of an SVG, black on white in every look.

    Correction M at least (15 % may be spoilt), more where the code does not grow by it. It is ``SIZE_MM`` wide, or as
    wide as modules of ``LEAST_MODULE_MM`` ask for.
    """
    import segno

    code = segno.make_qr(address, error="m", boost_error=True)
    modules = code.symbol_size(border=QUIET)[0]
    module = max(SIZE_MM / modules, LEAST_MODULE_MM)
    out = io.BytesIO()
    code.save(
        out, kind="svg", scale=round(module, 4), unit="mm", border=QUIET, dark="#000", light="#fff",
        xmldecl=False, nl=False,
    )  # fmt: skip
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
