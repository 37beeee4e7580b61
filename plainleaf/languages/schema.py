"""What a file of a language's data may say: sections, keys and kinds of values, and how one file is read.

The same keys hold for what is shipped (``data/<tag>.toml``, ``data/scripts/<Script>.toml``) and for the content's own
``locales/<name>/checks.toml``. Whatever else stands in such a file is a finding with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from plainleaf.files.toml import Table, read_toml
from plainleaf.model import Finding, LanguageFacts
from plainleaf.model.phrases import clipped, nearest

DOSE = ("mg", "mcg", "g", "kg", "ng", "ml", "l", "unit", "mmol", "mmhg", "percent", "celsius", "fahrenheit")
SIZES = ("mm", "cm", "m", "km", "inch", "pound", "ounce", "calorie")
TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
COUNTS = ("times", "tablet", "capsule", "drop", "puff", "spoon", "patch", "injection", "glass", "pack", "person")

WORDS = (
    "not", "without", "maybe-not", "more", "less", "before", "after", "start", "stop", "least", "most", "raise",
    "lower", "high", "low", "morning", "evening", "left", "right", "hot", "cold", "always", "never", "safe",
    "unsafe", "am", "pm", "minus", "pair", "neutral", "english", "medicine-endings", "no-medicine",
    # people, parts of the body, complaints
    "child", "adult", "doctor", "nurse", "nose", "mouth", "eye", "ear", "arm", "leg", "hand", "foot", "ankle", "wrist",
    "knee", "neck", "shoulder", "stomach", "chest", "heart", "kidney", "liver", "elbow", "finger", "throat",
    "pharmacist",
    "baby", "dizzy", "rash", "diarrhea", "itch", "swelling", "headache", "constipation", "tired", "vomit",
    "fever", "cough", "chew", "pregnant", "breastfeed", "alcohol",
    # small words that turn an advice round
    "now", "later", "only", "must", "may", "all", "one-of", "even-if", "unless", "or", "and", "empty", "food", "whole",
    "ever",
    # measures of one kind, of which one holds three times as much as the other
    "teaspoon", "tablespoon",
)  # fmt: skip
MEDICINES = (
    "naloxone", "naltrexone", "methadone", "buprenorphine", "ibuprofen", "paracetamol", "aspirin", "insulin",
    "morphine", "metformin", "penicillin", "amoxicillin",
)  # fmt: skip
# Error-prone short forms: what to write, with the forms that stand for it ("~": only in a dose, as it has other uses).
SHORT_FORMS = (
    "frequency", "route", "place", "order", "medicine", "unit", "international", "microgram", "mcg", "nanogram",
    "gram", "cc", "spoon", "overdose",
)  # fmt: skip
# Words around doses, for the checks on how a dose is written; of countries, their codes.
DOSE_WORDS = (
    "verbs", "breaks", "articles", "columns", "words", "drops", "food", "opening", "strengths", "stages", "sections",
    "pages", "spoons", "networks", "boxes", "overdose-before", "micrograms-in-full", "clock-of-12",
)  # fmt: skip

# Formulas that a language may be scored by; ``readability.formulas`` has them with their coefficients and sources.
FORMULAS = (
    "flesch-kincaid", "flesch", "smog", "gunning-fog", "coleman-liau", "ari", "szigriszt", "fernandez-huerta",
    "gulpease", "wiener-1", "wiener-2", "wiener-3", "wiener-4", "amstad", "douma", "lix", "rix", "kandel-moles",
    "oborneva", "fog-pl", "martins", "atesman",
)  # fmt: skip
LIMITS = ("sentence-warn", "sentence-fail", "point-warn", "heading", "section-mean")
METHODS = ("dictionary", "spelling", "vowels", "hyphenation")  # how syllables are counted (``readability.syllables``)
SPELLINGS = (  # rules in ``readability.spelling``
    "spanish", "italian", "german", "dutch", "polish", "french", "portuguese", "swedish", "danish", "norwegian",
    "romanian",
)  # fmt: skip

STYLE = ("address", "gender", "digits", "quotes")  # what translators are asked to keep to, in English sentences

CHARSETS = ("gb2312", "big5", "shift_jis")  # whose codes follow the reading of a character, or its strokes

TOP = "", ("conventions", "digits", "zero-width", "scripts", "dual-endings", "call-us")
# Lists of words, marks or phrases.
LISTS: Mapping[str, tuple[str, ...]] = {
    "months": tuple(str(month) for month in range(1, 13)),
    "units": DOSE + SIZES + TIMES + COUNTS,
    "words": WORDS,
    "medicines": MEDICINES,  # of a script: languages that share it write them much alike
    "marks": ("stops", "questions", "colons", "exclamations", "quotes", "nested", "spaced"),
    "exceptions": ("doubled", "same", "dual", "never-doubled"),
    "dose": DOSE_WORDS,
    "between": ("to", "or", "and", "of"),
    "limits": ("from", "to"),  # with {} for the figure that is the least or the most
    "no-break": ("units", "counted"),
    "passive": ("be", "between", "participles", "states", "endings"),
    "terms": ("plain", "endings", "restored", "explained-by", "introduced-by", "explained-next"),
    "pemat": ("actions", "sums"),
    "readability": ("beside", "ages"),
    "persons": ("the", "a", "follow"),
    "unless": ("stigma", "jargon", "passive", "filler", "condescending"),
    "spellings": ("pairs",),
    "short-words": ("known", "explained-by"),
    "negatives": ("nots", "words", "breaks", "fine"),
    "nominal": ("verbs", "before"),
    "figures": ("people", "numbers", "counted", "ordinary"),
    "order": ("actions", "conditions", "fine"),
    # numbers written in characters: between the parts of a fraction, before an ordinal, behind a century and a decade
    "numerals": ("of", "ordinal", "century", "decade"),
}
# Lists of single words, written as one text with spaces between them.
SPACED: Mapping[str, tuple[str, ...]] = {
    "sentences": ("abbreviations", "before-figure", "last", "ordinals", "months", "starters", "lettered", "also-ends"),
    "counted": ("words", "uncounted", "numbered", "articles", "dual"),
    # what the model calls this language, codes that it takes it for, words and letters that only this one has
    "identity": ("codes", "alike", "only"),
    "sources": ("confirmed",),  # keys of [words] that a second source has too: an error may rest on these
    "order": ("alphabet",),  # letters, and pairs that count as one, as they follow one another
}
NUMBERS = ("numbers", "hints", "numerals")  # lists by the number that their entries say
SHORT = "short"  # a table for each kind of short form: lists by what to write for them
# A text for each key, which is a letter, a mark or a phrase; an empty text takes the key away.
TEXTS = (
    "letters", "wrong-marks", "jargon", "stigma", "filler", "condescending", "made-of-verbs", "same-thing",
    "sorted-as",
)  # fmt: skip

Value = bool | float | str
MOST_BYTES = 200_000  # of a file: what is shipped of English, the largest, has 46,000


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a single value is read; it is a finding if it is of another kind."""

    take: Callable[[Table, str], Value]


def _number(least: float, most: float) -> _Kind:
    return _Kind(lambda table, key: table.number(key, least, least, most))


def _choice(*choices: str) -> _Kind:
    return _Kind(lambda table, key: table.choice(key, choices[0], choices))


def _whole(table: Table, key: str) -> Value:
    value = table.number(key, 1, 1, 500)
    if value != int(value):
        table.complain(key, f"{value:g} is not a whole number", "write a whole number")
    return int(value)


def _goal(table: Table, key: str) -> Value:
    value = table.number(key, 0, -100, 200)
    return int(value) if value == int(value) else value


def _pattern(table: Table, key: str) -> Value:
    """A text with two gaps; one that has not has none that is used."""
    text = table.string(key)
    if not re.fullmatch(r"[^{}]*\{\}[^{}]*\{\}[^{}]*", text):
        table.complain(key, f"“{text}” does not have two gaps", 'write {} where each of the two goes: "{} – {}"')
        return "{} – {}"
    return text


_FLAG = _Kind(lambda table, key: table.boolean(key, True))
_TEXT = _Kind(lambda table, key: table.string(key, ""))
_WHOLE = _Kind(_whole)
VALUES: Mapping[str, Mapping[str, _Kind]] = {
    "": {
        "word-spaces": _FLAG, "opening-marks": _FLAG, "counted-first": _FLAG, "glued": _TEXT, "article": _TEXT,
        "counters": _TEXT, "length": _number(0.1, 4.0), "years-ahead": _number(1, 1000),
    },
    "sentences": {"characters": _FLAG, "spaces": _FLAG},
    "days": {"from-to": _Kind(_pattern)},
    "order": {"charset": _choice(*CHARSETS)},
    "readability": dict.fromkeys(LIMITS, _WHOLE),
    "syllables": {
        "method": _choice(*METHODS), "rules": _choice(*SPELLINGS), "vowels": _TEXT, "syllabic": _TEXT,
        "apostrophe-inside": _FLAG, "spells-initials": _FLAG,
    },
    "passive": {"unlike": _TEXT, "gap": _WHOLE},
    "terms": {"from": _WHOLE},
    "style": dict.fromkeys(STYLE, _TEXT),
}  # fmt: skip
GOALS = ("target", "fail")  # tables of [readability]: a number for each formula


@dataclass(frozen=True, slots=True)
class Layer:
    """One file, read, and what is wrong in it."""

    facts: LanguageFacts
    findings: tuple[Finding, ...] = ()

    @property
    def lists(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The lists by section and key."""
        return {(section, key): entries for section, key, entries in self.facts.lists}

    @property
    def values(self) -> Mapping[str, Value]:
        """The single values by their whole key: "length", "sentences.characters"."""
        return dict(self.facts.values)


def read(path: Path, root: Path, formulas: Collection[str] = FORMULAS) -> Layer:
    """One file of data; what is wrong in it is a finding. ``formulas``: those that its language may be scored by."""
    table = read_toml(path, root, MOST_BYTES)
    reader = _Reader(formulas)
    reader.section("", table)
    for section in dict.fromkeys((*LISTS, *SPACED, *NUMBERS, *TEXTS, *VALUES)):
        if section:
            inner = table.table(section)
            reader.section(section, inner)
            inner.unknown()
    short = table.table(SHORT)
    for name in SHORT_FORMS:
        inner = short.table(name)
        reader.short(name, inner)
        inner.unknown()
    short.unknown()
    lists = tuple((section, key, entries) for (section, key), entries in reader.lists.items())
    return Layer(LanguageFacts(lists, tuple(reader.values.items())), table.done())


class _Reader:
    def __init__(self, formulas: Collection[str]) -> None:
        self.formulas = formulas
        self.lists: dict[tuple[str, str], tuple[str, ...]] = {}
        self.values: dict[str, Value] = {}

    def section(self, section: str, table: Table) -> None:
        """All that one section may say. What it does not say is left out, so that the layers below show through."""
        for key in TOP[1] if section == "" else LISTS.get(section, ()):
            self._list(section, table, key)
        for key in SPACED.get(section, ()):
            text = table.string(key, "")
            if text == table.data.get(key):  # an empty one says that there is a list, and nothing in it
                self.lists[section, key] = tuple(text.split())
        for key in filter(_is_number, table.data) if section in NUMBERS else ():
            self._list(section, table, key)
        for key in table.data if section in TEXTS else ():
            text = table.string(key, "")
            if text == table.data[key]:  # a wrong one takes nothing away
                self.lists[section, key] = (text,)
        for key, kind in VALUES.get(section, {}).items():
            table.asked.append(key)
            if key in table.data:
                self._value(f"{section}.{key}" if section else key, kind, table, key)
        for name in GOALS if section == "readability" else ():
            self._goals(name, table.table(name))
        if section == "readability":
            self._beside(table)
        if section == "syllables":
            self._syllables(table)

    def short(self, name: str, table: Table) -> None:
        """The short forms of one kind, by what to write for them."""
        for key in table.data:
            self._list(f"{SHORT}.{name}", table, key)

    def _value(self, name: str, kind: _Kind, table: Table, key: str) -> None:
        wrong = len(table.findings)
        value = kind.take(table, key)
        if len(table.findings) == wrong:  # a wrong one leaves what the layers below say
            self.values[name] = value

    def _list(self, section: str, table: Table, key: str) -> None:
        entries = table.strings(key, ())
        right = tuple(entry for entry in entries if _fits(table, key, entry))
        if right:
            self.lists[section, key] = right

    def _goals(self, name: str, table: Table) -> None:
        """A number for each formula of the language."""
        for key in table.data:
            table.asked.append(key)
            if key not in self.formulas:
                what = f"“{key}” is not a formula for this language{nearest(key, list(self.formulas))}"
                there = ", ".join(self.formulas) or "none: its texts are not scored"
                table.complain(key, what, f"validated formulas are: {there}")
            else:
                self._value(f"{name}.{key}", _Kind(_goal), table, key)
        table.unknown()

    def _beside(self, table: Table) -> None:
        known = []
        for name in self.lists.get(("readability", "beside"), ()):
            if name.removeprefix("!") in FORMULAS:
                known.append(name)
            else:
                what = f"“{name}” is not a formula{nearest(name, list(FORMULAS))}"
                table.complain("beside", what, f"known formulas: {', '.join(FORMULAS)}")
        if known:
            self.lists["readability", "beside"] = tuple(known)
        else:
            self.lists.pop(("readability", "beside"), None)

    def _syllables(self, table: Table) -> None:
        """A method that lacks what it goes by is none."""
        needed = {"spelling": "rules", "vowels": "vowels"}.get(str(self.values.get("syllables.method")), "")
        if needed and not self.values.get(f"syllables.{needed}"):
            table.complain(
                "method", f"syllables cannot be counted in this way without “{needed}”", f"add a line {needed} = ..."
            )
            del self.values["syllables.method"]


def _fits(table: Table, key: str, entry: str) -> bool:
    if not entry.strip():
        table.complain(
            key, "an entry is empty", "write a word or a mark between the quotation marks, or delete the entry"
        )
        return False
    if key in ("quotes", "nested") and len(entry.removeprefix("!")) != 2:
        table.complain(key, f"“{entry}” is not a pair", "write the sign that opens and the sign that closes: “«»”")
        return False
    if key == "pairs" and not re.fullmatch(r"!?[^\W\d_]{2,}=[^\W\d_]{2,}", entry):
        what = f"“{clipped(entry, 80)}” is not a pair of spellings"
        table.complain(key, what, "write both with “=” between them, each of two letters or more: “isation=ization”")
        return False
    return True


def _is_number(key: str) -> bool:
    """Whether a key is a number, of a length that people write: 1e99999999 would take for ever to be one."""
    if len(key) > 12 or "e" in key.lower():
        return False
    try:
        Fraction(key)
    except (ValueError, ZeroDivisionError):
        return False
    return True
