"""Why each finding on what a command is to make is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "beside",
        "A leaflet cannot be printed beside its text in the other language.",
        "The other text has errors or is not fully translated.",
        "Fix the errors of that language first, or finish its translation.",
    ),
    Explanation(
        "edition-not-begun",
        "A translation has not been started.",
        "The leaflet is not published in this language.",
        "Run plainleaf init or plainleaf update, then translate.",
    ),
    Explanation(
        "edition-incomplete",
        "A translation is not complete.",
        "The edition is not made, or parts of it are printed in the language of the source.",
        "Translate the texts that plainleaf check --all lists.",
    ),
    Explanation(
        "edition-lapsed",
        "A safety text has changed since it was translated.",
        "The published translation may say what is no longer true: do not hand it out.",
        "Run plainleaf update, and translate the text again.",
    ),
    Explanation(
        "left-over",
        "A file in the output folder belongs to no leaflet that can be published today.",
        "Somebody could hand it out.",
        "Delete it; if its leaflet has errors, fix them.",
    ),
    Explanation(
        "out-of-date",
        "A file in the output folder is older than its sources.",
        "Somebody could hand it out.",
        "Run the command that the message names, or delete the file.",
    ),
    Explanation(
        "picture-exchanged",
        "A picture was replaced while the command was running.",
        "It is not the picture that was signed.",
        "Run the command again when nobody is changing files.",
    ),
    Explanation(
        "layout-exchanged",
        "A layout was changed while the command was running.",
        "The page may not be what was signed.",
        "Run the command again when nobody is changing files.",
    ),
    Explanation(
        "languages-none",
        "The line that lists the leaflet's languages is not printed.",
        "The leaflet is published in no other language yet.",
        "Nothing needs to be done: it appears with the first complete translation.",
    ),
    Explanation(
        "locale-unknown",
        "A folder in locales/, or the language asked for, is not a language that is known.",
        "Dates, numbers and letters could not be printed right.",
        "Name it as Babel does: es, pt_BR, zh_Hans.",
    ),
    Explanation(
        "locale-words",
        "Nobody says what a language calls itself, its weekdays or its months.",
        "CLDR, where such words come from, has none of it; its pages print English days and dates in figures.",
        "Write them into the language's locale.toml; plainleaf init makes the file.",
    ),
    Explanation(
        "font-none",
        "No font is chosen for the script of a language.",
        "Its letters would print as empty boxes, so that nothing can be published in it.",
        "Name a font that has them in the language's locale.toml, as [[fonts]].",
    ),
    Explanation(
        "font-missing",
        "A font of one language is not installed on this computer.",
        "Nothing can be printed in this language; all others are made.",
        "Install it with the command that is shown, and publish again.",
    ),
    Explanation(
        "picture",
        "A picture is missing, damaged or not safe to print.",
        "There would be an empty place on the page.",
        "Put the file where the leaflet looks for it, or save it again as SVG, PNG or JPEG.",
    ),
    Explanation(
        "drawing",
        "The numbers in a drawing and its labels do not match.",
        "A label would point at the wrong part of the body.",
        "Give each number in the picture one label, and each label one number.",
    ),
)
