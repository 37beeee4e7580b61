"""Where paper comes in US sizes. All other countries have A4."""

from __future__ import annotations

# CLDR, supplementalData.xml, paperSize.
_US = frozenset(("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"))


def us_paper(country: str) -> bool:
    """Whether printers in a country (ISO 3166) hold US letter."""
    return country in _US
