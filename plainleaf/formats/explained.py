"""Why each finding on a file as it is written is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "braille-emoji",
        "An emoji beside the words of a text is left out of its braille, which has no sign for it.",
        "Who reads with the fingers does not get what it says, if it says anything.",
        "Nothing has to be done for one that decorates. If it says something, say that in words: the emoji may stay.",
    ),
    Explanation(
        "braille-figure",
        "A figure of a text is not in its braille.",
        "A dose or a telephone number would be read wrong.",
        "Name another table in the language's locale.toml (braille = ...), and report it: the table has a mistake.",
    ),
    Explanation(
        "braille-order",
        "A text is missing from the braille file, or is in the wrong place.",
        "Readers would miss it, or read it in the wrong context.",
        "Correct the template layouts/base/braille.html: it prints every text once, in the order of the source.",
    ),
    Explanation(
        "braille-page",
        "A braille file is not what was to be written.",
        "Lines would be cut off or missing.",
        "Report this: it is a mistake in Plainleaf.",
    ),
    Explanation(
        "braille-table",
        "A braille table that a locale.toml names does not exist.",
        "No braille can be made in that language.",
        "Write the name of a table that this computer's liblouis has, or delete the line: there is a usual table.",
    ),
    Explanation(
        "braille-unknown",
        "The braille of a language has no sign for a character.",
        "Readers would get a code or a blank in its place.",
        "Write it in another way, or mark words in another language with [words]{lang=es}.",
    ),
    Explanation(
        "format",
        "An output format of another package cannot be used.",
        "Files in this format are not made.",
        "Update or remove that package, and report the message to its authors.",
    ),
    Explanation(
        "epub",
        "The EPUB file is not a valid book.",
        "E-readers may refuse it, or not show all of it.",
        "Correct the template that the message names.",
        reference="EPUB 3.3",
    ),
    Explanation(
        "epub-order",
        "A text is missing from the EPUB file, or is in the wrong place.",
        "Readers would miss it, or read it in the wrong context.",
        "Correct the template: it prints every text once, in the order of the source.",
    ),
    Explanation(
        "html",
        "The HTML file is not valid.",
        "Browsers and screen readers may not show all of it.",
        "Correct the template that the message names.",
    ),
    Explanation(
        "html-order",
        "A text is missing from the HTML file, or is in the wrong place.",
        "Readers would miss it, or read it in the wrong context.",
        "Correct the template: it prints every text once, in the order of the source.",
    ),
    Explanation(
        "image-failed",
        "A picture could not be printed.",
        "There would be an empty place on the page.",
        "Check the picture's name, and that it opens in a browser.",
    ),
    Explanation(
        "imposition",
        "The pages could not be put on sheets for the printer.",
        "Folded or cut, the leaflet would have its pages in the wrong order or size.",
        "Correct the sizes in the layout's layout.toml.",
    ),
    Explanation(
        "pdf-ua",
        "The PDF does not follow the standards that its profile names.",
        "Screen readers may not be able to read it, or archives to keep it.",
        "Give the layout's CSS colours of screens only (no device-cmyk). "
        "Else report this: it is a mistake in Plainleaf.",
        reference="ISO 14289-1 (PDF/UA-1); ISO 19005-2 (PDF/A-2a)",
    ),
    Explanation(
        "render-warning",
        "The PDF engine did not understand a rule of the layout.",
        "The page is not what the layout asks for.",
        "Correct the layout's template or CSS.",
    ),
    Explanation(
        "font-fallback",
        "A font was used that nobody chose.",
        "Its letters may be too small or too thin, and look different on another machine.",
        "Name a font that has these characters in the language's locale.toml.",
    ),
    Explanation(
        "font-failed",
        "A font file could not be used.",
        "Letters would be missing or printed in another font.",
        "Install the font again; plainleaf doctor says which are missing.",
    ),
    Explanation(
        "glyph-missing",
        "A character would print as an empty box.",
        "Readers cannot tell what it should be, and a dose may be lost.",
        "Write it in another way, mark words in another language with [words]{lang=es}, or name a font that has it.",
    ),
)
