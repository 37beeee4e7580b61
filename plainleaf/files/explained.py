"""Why each finding on files and settings is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "settings",
        "A value or key in a settings file (TOML) cannot be used.",
        "A mistyped key has no effect, and a wrong value ends up on every page.",
        "Write what the message says, at the line that it names.",
        'phone = "555"',
    ),
    Explanation(
        "file-refused",
        "A file or folder is not what is needed: a link to outside, a folder in place of a file, or too large.",
        "Only plain files in the folder of the leaflets are read, so that nothing else gets into a published file.",
        "Put the file itself there, or delete it.",
    ),
    Explanation(
        "file-unwritten",
        "A file could not be written.",
        "What was there before is still there, and may be out of date.",
        "Free some space, change the permissions, or close the program that has it open; then run the command again.",
    ),
)
