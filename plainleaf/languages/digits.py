"""Digits of all scripts, by the names that CLDR has for them; Roman numerals."""

from __future__ import annotations

import re

# The code of the digit zero; one to nine follow it. CLDR: common/supplemental/numberingSystems.xml.
ZEROS = {
    "latn": 0x30, "arab": 0x660, "arabext": 0x6F0, "nkoo": 0x7C0, "deva": 0x966, "beng": 0x9E6, "guru": 0xA66,
    "gujr": 0xAE6, "orya": 0xB66, "taml": 0xBE6, "telu": 0xC66, "knda": 0xCE6, "mlym": 0xD66, "thai": 0xE50,
    "laoo": 0xED0, "tibt": 0xF20, "mymr": 0x1040, "khmr": 0x17E0, "fullwide": 0xFF10,
}  # fmt: skip
TO_ASCII = {zero + digit: str(digit) for zero in ZEROS.values() for digit in range(10)}  # for str.translate
ROMAN = re.compile(r"[IVX]+")  # of stages, types and kings; larger ones are more often letters for a name
