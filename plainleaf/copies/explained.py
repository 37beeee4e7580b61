"""Why each finding on a table that fills leaflets in is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "fill-file",
        "The table could not be read.",
        "A table that is read the wrong way prints wrong names and doses.",
        "Save it in the spreadsheet as “CSV UTF-8”.",
    ),
    Explanation(
        "fill-row",
        "A row has more or fewer cells than the table has columns.",
        "Its texts may be in the wrong columns: a dose in place of a date.",
        "Put a text that holds a comma between quotation marks, or save the table as CSV again.",
    ),
    Explanation(
        "fill-column",
        "A column cannot be matched with a line of the leaflet.",
        "What is in it would be printed nowhere, or on the wrong line.",
        "Give the column the name of the line, as the leaflet writes it.",
    ),
    Explanation(
        "fill-empty",
        "A cell, or a whole row, is empty.",
        "The copy has a line to write on there.",
        "Fill the cell in if it is known, or delete the row.",
    ),
    Explanation(
        "fill-missing",
        "The table has no column for a line of the leaflet.",
        "Every copy has a line to write on there.",
        "Add a column if it is known for each person.",
    ),
    Explanation(
        "fill-value",
        "A cell cannot be printed as it is, or is not safe to print.",
        "Spreadsheets turn 1/2 into a date, and a dose such as .5 mg is read as 5 mg.",
        "Write it the way the message says. In the spreadsheet, make the cell a text.",
    ),
    Explanation(
        "fill-choice",
        "A row names a language, layout or leaflet that does not exist or does not fit.",
        "No copy could be made for this person.",
        "Name one of those that the message lists.",
    ),
    Explanation(
        "fill-approval",
        "The leaflet or its translation has not been signed off.",
        "Who gets a leaflet with their own name and dose acts on it.",
        "Have it checked, then sign it: plainleaf sign-off, plainleaf approve.",
    ),
)
