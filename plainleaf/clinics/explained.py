"""Why each finding on a clinic's details is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "clinic-detail",
        "The leaflet prints a detail that the clinic's file does not have.",
        "The sentence would have a gap where the phone number should be.",
        "Fill it in in the clinic's file, or correct its name in the text.",
        "Call {clinic_fax}.",
    ),
    Explanation(
        "clinic-closed",
        "Readers in danger are asked to call the clinic, and nobody says whom to call at night.",
        "Emergencies do not keep opening hours.",
        "Add out-of-hours to the clinic's file: the number that answers when the clinic is closed.",
    ),
    Explanation(
        "clinic-note",
        "A note in the clinic's file has no translation.",
        "It is printed in its own language, which readers may not understand.",
        "Add notes.<language> below it in the clinic's file.",
    ),
    Explanation(
        "leaflet-address",
        "All codes to scan open the same page.",
        "Readers would have to look for their leaflet and their language.",
        "Write {leaflet}, {language} or {layout} in the address where it differs, if each has its own page.",
    ),
)
