"""One unit of length in another: millimetres (pages), points (type; 72 to the inch), CSS pixels (96 to the inch)."""

from __future__ import annotations

PT_PER_MM = 72 / 25.4
MM_PER_PT = 25.4 / 72
PX_PER_MM = 96 / 25.4
PT_PER_PX = 72 / 96
