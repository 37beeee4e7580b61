"""Why each finding on a catalog is one, but for those that compare texts, which ``checks.translation`` has."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "po-syntax",
        "A line of a .po file could not be read.",
        "The texts below it would be lost.",
        "Compare the entry with its neighbours, or open the file in Poedit.",
        'msgstr "Llame al "911""',
    ),
    Explanation(
        "po-cut",
        "A .po file lacks translations that git has of it, or that the preview saw in it: it ends too early.",
        "A program was stopped as it saved the file; what is missing would be asked of the translator again.",
        "Bring the file back as it was committed (git restore) or saved, and do again what was translated since.",
    ),
    Explanation(
        "po-missing",
        "A text is not in the catalog.",
        "It cannot be printed in this language.",
        "Run plainleaf update, then translate it.",
    ),
    Explanation(
        "po-fuzzy",
        "A translation is marked fuzzy: it was proposed, and nobody has checked it.",
        "It may belong to an earlier text, with another dose.",
        "Compare it with the source, then remove the mark.",
    ),
    Explanation(
        "po-tag",
        "The tags of a translation are not those of its source.",
        "A link would lead nowhere, or bold text would run on to the end.",
        "Put the same tags around the same words as in the source.",
        "Llame <b>ahora.",
    ),
    Explanation(
        "po-placeholder",
        "A placeholder is missing, unknown or there too often.",
        "The clinic's phone number would be missing from the page.",
        "Keep {clinic_phone} and the like exactly as they are in the source.",
        "Llame al {telefono_clinica}.",
    ),
    Explanation(
        "po-unused",
        "Nothing is made of a catalog.",
        "After a leaflet was renamed, nobody would miss its translations.",
        "Give the catalog the name of its leaflet, or delete it.",
    ),
    Explanation(
        "po-data",
        "There are no word lists for this language.",
        "Number words, units and negations cannot be compared with the source.",
        "Write the word lists (checks.toml), or have the translation compared by a person.",
    ),
    Explanation(
        "po-unlisted",
        "A leaflet names a medicine, and neither the words to know of any leaflet nor the term list says what it is"
        " called in this language.",
        "Its name cannot be compared: it could be misspelled, or that of another medicine.",
        "Explain it among the words to know, or add a line to the term list of the language.",
        '"naloxone" = "naloxona"',
    ),
    Explanation(
        "po-waived",
        "A translator has set a check aside, with a reason.",
        "It is listed so that reviewers see it.",
        "Nothing needs to be done if the reason is right.",
    ),
    Explanation(
        "po-waiver",
        "A comment that sets a check aside does not count.",
        "Without a reason, and on a safety text without a signature, nobody can judge it.",
        "Write: # plainleaf: ignore numbers because ... (say why).",
    ),
)
