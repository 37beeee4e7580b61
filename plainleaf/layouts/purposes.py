"""What a layout, or a format, is to people: "large print", "to fold", "for the wallet"; never a name that designers
gave it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "on-screen": "on_screen",
        "to-print": "on_paper",
        "large-print": "large_print",
        "easy-read": "easy_read",
        "one-sheet": "on_one_sheet",
        "fold": "to_fold",
        "booklet": "booklet",
        "wallet": "wallet_card",
        "two-languages": "two_languages",
        "e-reader": "for_e_readers",
        "braille": "braille",
    }
)
"""What ``purpose = "..."`` in a layout.toml may say, in the order in which people are offered them; each with the name
of its word in ``layouts/base/screen-words.html``."""

_BY_MEDIA: Mapping[str, str] = MappingProxyType(
    {"text/html": "on-screen", "application/epub+zip": "e-reader", "text/x-brf": "braille"}
)


def of_format(name: str, media: str) -> str:
    """The purpose of a format without layouts, by its name or media type; "" if nobody has said."""
    return name if name in PURPOSES else _BY_MEDIA.get(media.partition(";")[0], "")
