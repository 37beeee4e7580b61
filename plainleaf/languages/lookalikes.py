"""Letters of Latin, Greek and Cyrillic that print alike."""

from __future__ import annotations

# Each row: one shape, the scripts that have it, Latin first.
_ALIKE = (
    "aаα", "cсϲ", "eе", "iіι", "jј", "oоοσ", "pрρ", "sѕ", "xхχ", "yуγ", "vνѵ", "uυ", "kкκ", "tт", "hһ", "dԁ",
    "qԛ", "wԝω", "AАΑ", "BВΒ", "CС", "EЕΕ", "HНΗ", "IІΙ", "JЈ", "KКΚ", "MМΜ", "NΝ", "OОΟ", "PРΡ", "SЅ", "TТΤ", "XХΧ",
    "YУΥ", "ZΖ", "ïї", "ëё", "óό", "íί", "áά",
)  # fmt: skip
CONFUSABLE = frozenset("".join(_ALIKE))
LIKE_LATIN = str.maketrans({other: row[0] for row in _ALIKE for other in row[1:]})
