"""Why each finding on a layout or look is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "layout",
        "A layout cannot be used.",
        "Nothing can be printed in it until it is right.",
        "Correct the value that the message names in the layout's layout.toml.",
    ),
    Explanation(
        "layout-css",
        "A rule in a layout's CSS could not be read.",
        "The rule, and sometimes all that follow, would have no effect.",
        "Correct or delete it at the line that the message names.",
    ),
    Explanation(
        "layout-template",
        "A layout's template cannot be used.",
        "Texts could be missing from the page.",
        "Correct it at the line that the message names; it may use what layouts/base/page.html uses.",
    ),
    Explanation(
        "layout-words",
        "The words that the layouts print, such as “Page”, are not translated.",
        "They are printed in English on a page in another language.",
        "Run plainleaf init with the language, and translate its layouts.po.",
    ),
    Explanation(
        "look",
        "A look cannot be used.",
        "Nothing can be printed in it until it is right.",
        "Correct what the message names.",
    ),
    Explanation(
        "source-link-elsewhere",
        "A link leads to a part that this layout does not print.",
        "The reader of the short format would look for a part that was left out.",
        "Mark that part {.short} too, or say in the text what to do.",
    ),
    Explanation(
        "source-short-danger",
        "A short layout prints only some of the texts about a danger.",
        "Half of the warning signs look like all of them.",
        "Mark the whole box or list with {.short}.",
    ),
)
