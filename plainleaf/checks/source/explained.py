"""Why each finding on an edition, or on what a layout makes of it, is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "review-overdue",
        "The day of the next review has passed.",
        "The leaflet may say what is no longer true.",
        "Have the facts checked, then set new dates for written and review-by.",
    ),
    Explanation(
        "review-near",
        "The leaflet must be reviewed soon.",
        "After that day it is no longer published without an error.",
        "Have the facts checked, then set new dates for written and review-by.",
    ),
    Explanation(
        "country-other",
        "The leaflet was written for another country.",
        "Emergency numbers, names of medicines and rules differ.",
        "Have a clinician of that country review it; put what differs into ::: only country=...",
    ),
    Explanation(
        "layout-changed",
        "A layout prints a text otherwise than it is written.",
        "What was signed is not what readers get.",
        "Print {{ piece.text }} as it is, without filters or words of the template's own.",
    ),
    Explanation(
        "layout-dropped",
        "A layout does not print a text, or leaves out what every page must say.",
        "A warning could be missing from the page.",
        "Print every piece in the template, or write leaves-out in layout.toml where that is meant.",
    ),
    Explanation(
        "layout-picture",
        "A layout prints a picture that is not the leaflet's own.",
        "Nobody signs such a picture.",
        "Put it into the layout's folder, or show it in the leaflet's text.",
    ),
)
