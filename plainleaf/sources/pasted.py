"""What pasting from a word processor, a sheet or an e-mail leaves behind, as records: lists, columns, blanks."""

from __future__ import annotations

import re
from typing import Final

from plainleaf.sources.dialects import (
    ANYWHERE,
    CELL,
    COLUMNS,
    LIST,
    PARAGRAPH,
    POINT,
    UNFINISHED,
    Dialect,
    multiline,
)

# Characters of the fonts Symbol and Wingdings (in Word: U+F000 and the place in the font), by what they show.
PRIVATE: Final = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fb": "✗", "\uf076": "❖", "\uf06e": "■",
    "\uf06f": "□", "\uf0a8": "□", "\uf071": "❑", "\uf06c": "●", "\uf0e0": "→", "\uf0e8": "➔", "\uf02d": "-",
    "\uf0ae": "→", "\uf0ac": "←", "\uf0ad": "↑", "\uf0af": "↓", "\uf0b0": "°", "\uf0b1": "±", "\uf0a3": "≤",
    "\uf0b3": "≥", "\uf0b4": "×", "\uf0b8": "÷", "\uf0b9": "≠", "\uf0bb": "≈", "\uf061": "α", "\uf062": "β",
    "\uf067": "γ", "\uf06d": "µ", "\uf04a": "☺", "\uf028": "☎", "\uf02a": "✉",
}  # fmt: skip

_BULLETS = "•◦‣⁃∙●○◉◎■□▪▫▸►▶➢➤➔◆◇❖★☆✓✔✗✘✦✱❑❒☐☑☒→⇒·・˙¤" + "".join(
    sign for sign, shown in PRIVATE.items() if shown in "•▪➢✓✗❖■□❑●→➔-"
)
_DASHES = "–—―−‒‑"
_TEXTS = frozenset({PARAGRAPH, POINT})
_POINTS = "type “- ” (a hyphen and a space) before each point, each on a separate line, with a blank line above"
_STEPS = "type “1. ”, “2. ” before each step, each on a separate line, with a blank line above"


def _twice(start: str) -> str:
    """Two or more lines with this start, whatever stands between them."""
    return rf"^(?:{start})[^\n]*(?:\n[^\n]*){{0,6}}?\n(?:{start})[^\n]*(?:\n(?:{start})[^\n]*){{0,200}}"


PASTED: Final[tuple[Dialect, ...]] = (
    Dialect(
        "bullet",
        multiline(rf"^[{_BULLETS}][ \t\u00a0]*(?=\S)[^\n]*|(?<=\s)[•◦‣▪●■]\s[^\n]*\s[•◦‣▪●■]\s[^\n]*"),
        "a list whose bullets were typed or pasted",
        _POINTS,
        ("• Water\n• Tea", "·\tTea", "\uf0b7 A towel", "◦ a", "✓ Rest", "Bring: • water • tea"),
        ("Mon · Tue", "Phone • Fax", "paral·lel", "Go →"),
        check=LIST,
    ),
    Dialect(
        "dash-points",
        multiline(rf"\A[{_DASHES}]\s+(?=\S)[^\n]*|" + _twice(r"[–−‒‑―](?=[^\W\d])|[–—―−‒‑]\s+(?=\S)")),
        "a list whose points begin with a dash",
        _POINTS,
        ("– Water\n– Tea", "— Water", "–Water\n–Tea", "Bring:\n– Food\n– Money"),
        ("Rest\n– then walk.", "−5 °C is cold.", "—Hola —dijo.", "Rest – then walk."),
        check=LIST,
    ),
    Dialect(
        "hyphen-points",
        multiline(r"\A-(?=[^\W\d])[^\n]*|" + _twice(r"-(?=[^\W\d])") + r"|^\+(?=[^\W\d])[^\n]*"),
        "a list without a space after its sign",
        _POINTS,
        ("-Water\n-Tea", "-Water", "+Water\n+Tea"),
        ("-5 °C is cold.", "+1 202", "a well-\n-known sign"),
        check=LIST,
        within=_TEXTS,
    ),
    Dialect(
        "letter-o",
        multiline(
            r"\Ao[ \t\u00a0]+[A-Z][^\n]*|\Ao\t\S[^\n]*|\Ao[ \t]+\S[^\n]*(?:\no[ \t]+\S[^\n]*)+|"
            + _twice(r"o[ \t]+(?=[A-Z])")
        ),
        "a list from Word, with an o as its bullet",
        _POINTS,
        ("o Water\no Tea", "o\tWater", "o Your card"),
        ("o remédio", "sangre\no dolor", "Or tea", "O Tannenbaum"),
        check=LIST,
    ),
    Dialect(
        "lettered",
        multiline(
            r"\A\(?(?:[a-z]|[ivx]{1,5})\)\s+\S[^\n]*|\A\(?[A-Z]\)\s+\S[^\n]*|\A(?:[a-z]|[ivx]{2,5})\.\s+(?=[^\W\d]{2})[^\n]*|"
            r"(?<=\n)a[.)]\s+(?=\S)[^\n]*|" + _twice(r"\(?(?:[A-Za-z]|[ivxIVX]{1,5})[.)]\s+(?=\S)")
        ),
        "a list whose letters were typed",
        _STEPS + "; letters are not numbers of a list",
        (
            "a) Water\nb) Tea",
            "(a) Water",
            "a. Water\nb. Tea",
            "i. Water\nii. Tea",
            "iv) Tea",
            "A. Water\nB. Tea",
            "Sit up.\na. Put both feet down.",
        ),
        ("A. Smith is our nurse.", "Either\n(a) rest or walk", "e.g. tea", "a.m. or p.m.", "I. Smith"),
        check=LIST,
        within=_TEXTS,
    ),
    Dialect(
        "numbered",
        multiline(
            r"\A\(\d{1,2}\)\s*\S[^\n]*|\A\d{1,2}[.)](?=[^\W\d])[^\n]*|"
            + _twice(r"\(?\d{1,2}[.)](?:\s+(?=\S)|(?=[^\W\d]))")
            + r"|\A[①-⑳❶-❿➀-➓]\s*\S[^\n]*|\A\d{1,2}[．、）]\s*\S[^\n]*"
        ),
        "a list whose numbers were typed or pasted",
        _STEPS,
        ("1.Water\n2.Tea", "1)Come at 8\n2)Sit down", "(1) Water", "Then\n2. Water\n3. Tea", "① Water", "1、Water"),
        ("3.5 mg a day", "10.30 is late", "Take it on page\n2. Then rest.", "2 mg"),
        check=LIST,
        within=_TEXTS,
    ),
    Dialect(
        "cell-list",
        multiline(
            r"\A\s*[-*+]\s+(?=[^\W\d])[^\n]*|(?:\A|\s)\d{1,2}[.)]\s+\S[^\n]{0,200}?\s\d{1,2}[.)]\s+\S[^\n]*"
            r"|(?:\A|\s)\(?[a-d]\)\s\S[^\n]{0,200}?\s\(?[b-e]\)\s\S[^\n]*"
        ),
        "a list in a cell of a table",
        "make a row of each point, or a list below the table",
        ("- water - tea", "1. rest 2. sleep", "a) rest b) sleep"),
        ("1. Morning", "-", "5 - 10", "rest, then sleep"),
        check=LIST,
        within=frozenset({CELL}),
    ),
    Dialect(
        "steps-in-words",
        multiline(r"^([^\W\d]{2,20}) (\d{1,2})[:.)] [^\n]*\n\1 (?!\2)\d{1,2}[:.)] [^\n]*"),
        "two steps in one paragraph",
        _STEPS,
        ("Step 1: Sit up.\nStep 2: Cough.", "Paso 1. Siéntese.\nPaso 2. Tosa."),
        ("Step 1: Sit up.", "Take step 1: sit up.\nThen rest."),
        check=LIST,
        stops=False,
        within=_TEXTS,
    ),
    Dialect(
        "tabs",
        multiline(r"^[^\n\t]*\S[ ]*\t+[ ]*\S[^\n]*"),
        "a row of columns pasted from a spreadsheet",
        "make a table: | Day | Dose |, with | --- | --- | below its first row",
        ("Day\tDose\nMonday\t5 ml", "Monday\t5 ml"),
        ("Day and dose",),
        check=COLUMNS,
    ),
    Dialect(
        "columns",
        multiline(r"^[^\n]*\S {3,}\S[^\n]*\n[^\n]*\S {3,}\S[^\n]*"),
        "two rows of columns that are made with spaces",
        "make a table: | Day | Dose |, with | --- | --- | below its first row",
        ("Monday     5 ml\nTuesday    10 ml",),
        ("Rest.   Then walk.", "One.  Two.\nThree.  Four."),
        check=COLUMNS,
    ),
    Dialect(
        "star-alone",
        multiline(r"(?<=\S )\*(?= (?!key\b|sign\b|button\b)\S)"),
        "a star between two words",
        "write “×” between figures; put each point of a list on a separate line, after “- ”",
        ("Take 2 * 50 mg.", "Rest * Drink * Sleep"),
        ("Take 2 × 50 mg.", "Rest *well* tonight.", "Beds* are free.", "Press the * key."),
    ),
    Dialect(
        "line-to-write-on",
        multiline(r"(?:\. ){4,}\.?|(?:_ ){2,}_?"),
        "a line to write on that was typed with spaces",
        "write underscores without spaces: Your name: ____",
        ("Name: . . . . . .", "Name: _ _ _ _"),
        ("Wait ... then walk.", "And so on…", "etc....", "Your name: ____"),
    ),
    Dialect(
        "unfinished",
        multiline(
            r"\b(?:TODO|FIXME)\b[:(]|\bFIXME\b|(?<=[:;,=(] )TB[CDA]\b|\bX{3,}\b(?=\s?[a-zµ%]{1,3}\b)|(?<=[:=] )X{3,}\b"
            r"|(?<=\S )\?{3,}(?!\S)|\blorem ipsum\b|\bLorem ipsum\b|\btk\s?tk\b|\bTKTK\b"
        ),
        "a note that something is still to be written",
        "write the text, or delete the note",
        ("TODO: ask the nurse.", "Dose: XXX mg.", "Room: TBC.", "Dose: ??? mg", "Lorem ipsum dolor"),
        ("TBC es una enfermedad.", "TODO ES POSIBLE", "Really???", "Size XXL", "chapter XXX"),
        check=UNFINISHED,
    ),
    Dialect(
        "private-letter",
        re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+"),
        "a sign that only one font has, such as Word's Symbol or Wingdings: in another font it is an empty box",
        "type the sign itself, or the word",
        ("5 \uf06dg", "Take it \uf0e0 rest", "\ue001"),
        ("5 µg", "→"),
        check="source-private-character",
        within=ANYWHERE,
    ),
)
"""Searched before the records of ``dialects``."""
