"""Why each finding on an approval or sign-off is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "approval-broken",
        "The file of approvals, or one approval in it, was changed by hand.",
        "An approval that can be typed would be worth nothing.",
        "Undo the change, or have the translation checked and approve it again.",
    ),
    Explanation(
        "approval-name",
        "The name does not say who approves the translation.",
        "Readers of the leaflet, and its next editor, must be able to ask that person.",
        'Write the name and the role: --by "Name, clinical translator".',
    ),
    Explanation(
        "approval-sheet",
        "The digest on the review sheet is not that of the texts as they are now.",
        "A signature on paper belongs to the texts that were printed; another word may be another dose.",
        "Print a new sheet with plainleaf review, and have that signed.",
    ),
    Explanation(
        "approval-signature",
        "A signature with a key is missing or does not count.",
        "A name without a key can be typed by anybody.",
        "Sign with --key and a key that the file allowed_signers lists.",
    ),
    Explanation(
        "approval-unknown",
        "There is an approval of a leaflet that does not exist.",
        "It may be the approval of a leaflet that was renamed.",
        "If the leaflet is gone for good, delete its table.",
    ),
    Explanation(
        "sign-off-broken",
        "The file of sign-offs, or one sign-off in it, was changed by hand.",
        "A sign-off that can be typed would be worth nothing.",
        "Undo the change, or have the text checked and sign it off again.",
    ),
    Explanation(
        "sign-off-name",
        "The name does not say who signs the text off.",
        "The pages print who reviewed the text: readers must be able to ask that person.",
        'Write the name and the role: --by "Name, nurse".',
    ),
    Explanation(
        "sign-off-signature",
        "A signature with a key is missing or does not count.",
        "A name without a key can be typed by anybody.",
        "Sign with --key and a key that the file allowed_signers lists.",
    ),
    Explanation(
        "sign-off-unknown",
        "There is a sign-off of a leaflet that does not exist.",
        "It may be the sign-off of a leaflet that was renamed.",
        "If the leaflet is gone for good, delete its table.",
    ),
)
