"""Why each finding on files of terms is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "terms-file",
        "A file of terms could not be read.",
        "Nothing is imported from a file of which a part is damaged, too large, or made to do harm.",
        "Export it again as TBX or as CSV in UTF-8, or correct the line.",
        "<!DOCTYPE tbx [<!ENTITY a 'aaaa'>]>",
        "ISO 30042:2019",
    ),
    Explanation(
        "terms-entry",
        "A term in the file cannot be used: it is empty, too long, there twice, or begins as a formula does.",
        "Nothing is imported until it is clear what each term is called.",
        "Correct the line, and import the file again.",
        "=CMD('calc')",
        "OWASP, CSV injection",
    ),
    Explanation(
        "terms-language",
        "The file has a language that the leaflets do not have.",
        "Its terms are left out.",
        "Start the language with plainleaf init, then import the file again; or leave it so.",
    ),
    Explanation(
        "terms-differ",
        "A term has another translation in the file than in a leaflet or in the term list.",
        "Two names for one medicine make readers look for a difference.",
        "Decide on one. For the term list, plainleaf terms import --replace takes that of the file.",
    ),
)
