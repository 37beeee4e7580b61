"""What the readers of a leaflet share: where findings go, which characters may stand in a source, plain white space."""

from __future__ import annotations

import re
import unicodedata

from plainleaf.languages.invisible import (
    BIDI_CONTROLS,
    BYTE_ORDER_MARK,
    CONTROLS,
    JOINERS,
    LINE_ENDS,
    WORD_CONTROLS,
)
from plainleaf.model import Finding, Location, Severity

# Nobody sees these, so a reviewer cannot approve them: controls, bidi controls, zero-width and tag characters, private
# line ends, half characters, and U+FFFD, which says that the file was decoded with the wrong encoding. Zero-width
# (non-)joiners belong to the spelling of Persian, Urdu and the Indic languages, so there they may stand.
_UNSEEN = re.compile(
    f"[{CONTROLS}\r{BIDI_CONTROLS}{WORD_CONTROLS}\u2065\u206a-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffd\ufffe\uffff\U000e0000-\U000e007f]"
    f"|(?<![\u0600-\u1aff])[{JOINERS}]"
    "|[" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17)) + "]"
)
_LINE_ENDS = "\u000b\u000c\u0085" + LINE_ENDS  # they part words, so a space takes their place


class Notes:
    """The findings on one file, in the order in which they are met."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._findings: list[Finding] = []

    def at(self, line: int) -> Location:
        """A line of this file."""
        return Location(self.path, line)

    def error(self, check: str, line: int, message: str, hint: str) -> None:
        """Note what stops the leaflet."""
        self._findings.append(Finding(check, Severity.ERROR, message, self.at(line), hint))

    def warning(self, check: str, line: int, message: str, hint: str) -> None:
        """Note what should be corrected but stops nothing."""
        self._findings.append(Finding(check, Severity.WARNING, message, self.at(line), hint))

    def in_order(self) -> tuple[Finding, ...]:
        """All findings by line, each once."""
        return tuple(sorted(dict.fromkeys(self._findings), key=lambda finding: finding.at))


def squash(text: str) -> str:
    """Runs of spaces, tabs and line ends become one space, none at the edges; a no-break space stays."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def visible(notes: Notes, line: int, text: str) -> str:
    """``text`` without characters that nobody sees; each kind of them is a finding."""
    for character in dict.fromkeys(_UNSEEN.findall(text)):
        name = unicodedata.name(character, "a control character").lower()
        notes.error(
            "source-unseen-character",
            line,
            f"there is an invisible character: U+{ord(character):04X}, {name}",
            "delete it, or type the words around it again",
        )
    text = _UNSEEN.sub(lambda found: " " if found[0] in _LINE_ENDS else "", text)
    return unicodedata.normalize("NFC", text)


def read_lines(notes: Notes, text: str) -> list[str]:
    """The lines of a file. A byte order mark and the line ends of other systems are fine; unseen characters are not."""
    lines = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    apart = [number for number, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)]
    if apart:
        more = f" and in {len(apart) - 1} more lines" if len(apart) > 1 else ""
        notes.warning(
            "source-not-nfc",
            apart[0],
            f"accents are stored apart from their letters here{more}; Plainleaf reads them as one character (NFC)",
            "save the file in Unicode normal form C",
        )
    return [visible(notes, number, line) for number, line in enumerate(lines, 1)]
