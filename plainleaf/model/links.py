"""What pages for screens lead to: files of the same leaflet in the same output folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """What there is of an edition's leaflet beside its own page. ``locales``: the names of those in which it has a page
    for screens too, in order; ``paper``: the path of the PDF to print, from the output folder, "" for none."""

    locales: tuple[str, ...] = ()
    paper: str = ""


NOWHERE = Links()
