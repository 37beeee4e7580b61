"""One unit of length in another: millimetres (pages), points (type; 72 to the inch), CSS pixels (96 to the inch)."""

from __future__ import annotations

PT_PER_MM = 72 / 25.4
MM_PER_PT = 25.4 / 72
PX_PER_MM = 96 / 25.4
PT_PER_PX = 72 / 96

# CSS pixels in each unit of CSS, in small letters ("q" is a quarter of a millimetre, "pc" a pica of 12 points).
PX_PER = {
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": PX_PER_MM,
    "cm": 10 * PX_PER_MM,
    "in": 96.0,
    "q": PX_PER_MM / 4,
}
