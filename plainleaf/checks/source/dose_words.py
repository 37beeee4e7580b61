"""A language's words around doses, compiled: units, forms of medicine, verbs of taking, error-prone short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import fold
from plainleaf.languages.letters import COMBINING
from plainleaf.languages.schema import COUNTS, DOSE, SHORT_FORMS, TIMES

NUMBER = r"\d[\d.,]{0,30}"
START = r"(?<![0-9A-Za-z_.,:/])"  # no figure, letter or mark of a longer figure is before it
GAP = "[ \ufffc-]{0,3}"  # between a figure and what it counts; a detail of the clinic may stand there
# In a marked text the letters of a unit are one of these, so that patterns hold for every language.
SYMBOL, MEASURED, TAKEN, TIMES_OF, NUMERAL = "\ue001\ue002\ue003\ue004\ue005"
LETTER = r"(?:[^\W\d_]|[\ue001-\ue005])"  # in a marked text
DOSE_UNIT = f"[{SYMBOL}{MEASURED}]+"  # mg, millilitres, units
COUNTED = f"[{SYMBOL}{MEASURED}{TAKEN}]+"  # these, and tablets, drops
ANY_UNIT = f"[{SYMBOL}{MEASURED}{TAKEN}{TIMES_OF}]+"  # these, and hours, days, "times"
WORD = r"(?<![^\W_])(?:{})(?![^\W_])"  # a template of ``DoseWords.pattern``: one of the words, whole
_SYMBOLS = (
    "mg",
    "mcg",
    "µg",
    "ug",
    "kg",
    "g",
    "ng",
    "ml",
    "cl",
    "dl",
    "l",
    "iu",
    "mmol",
    "meq",
    "gm",
    "cc",
    "units",
    "unit",
)
_MEASURED = tuple(unit for unit in DOSE if unit not in ("percent", "celsius", "fahrenheit", "mmhg", "mmol"))
_TAKEN = tuple(unit for unit in COUNTS if unit not in ("times", "person", "pack"))
_TOKEN = re.compile(rf"(?:[^\W\d_][{COMBINING}]*)+")
_DOTTED = re.compile(r"(?<![^\W_])[^\W\d_]\. ?[^\W\d_](?![^\W_])|(?<![^\W_])[^\W_]/")


def one_of(forms: Iterable[str]) -> str:
    """An alternation of words and stems ("microgram*"), the longest first; without any, one that never matches."""
    ordered = sorted({form.replace("μ", "µ") for form in forms}, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\*", r"[^\W\d_]*") for form in ordered) or "(?!)"


@dataclass(frozen=True, slots=True)
class Form:
    """One short form. ``exact``: as its capitals are written; ``in_dose``: only beside a dose."""

    text: str
    better: str
    exact: bool
    in_dose: bool


class DoseWords:
    """Everything is compiled when it is first asked for: most texts have no figure and no short form."""

    def __init__(self, data: LocaleData, fallback: LocaleData | None = None) -> None:
        self.data = data
        self.fallback = fallback  # whose short forms are foreign words here, and so mean nothing else

    def marked(self, text: str) -> str:
        """The text with the letters of every unit and small number replaced by its sign; places stay."""
        found = self._in_letters if not self.data.spaced else _TOKEN
        return found.sub(self._sign, text)

    def _sign(self, match: re.Match[str]) -> str:
        token = match[0]
        known = token.lower() if token.isascii() else fold(token).replace("μ", "µ")
        sign = self._forms.get(known, "")
        if not sign and len(known) > 3:
            sign = next((sign for sign, stems in self._stems.items() if known.startswith(stems)), "")
        return sign * len(token) if sign else token

    @cached_property
    def _forms(self) -> dict[str, str]:
        found = dict.fromkeys(self._numbers(), NUMERAL)
        for sign, names in ((TIMES_OF, (*TIMES, "times")), (TAKEN, _TAKEN), (MEASURED, _MEASURED)):
            found |= {fold(form).replace("μ", "µ"): sign for form in self._units(names) if form[-1] != "*"}
        return found | dict.fromkeys(_SYMBOLS, SYMBOL)

    @cached_property
    def _stems(self) -> dict[str, tuple[str, ...]]:
        return {
            sign: tuple(fold(form[:-1]) for form in self._units(names) if form[-1] == "*")
            for sign, names in ((MEASURED, _MEASURED), (TAKEN, _TAKEN), (TIMES_OF, (*TIMES, "times")))
        }

    @cached_property
    def _in_letters(self) -> re.Pattern[str]:
        return re.compile(one_of((*(form for form in self._forms if not form.isascii()), *_SYMBOLS)), re.IGNORECASE)

    def _units(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.data.list("units", name)

    def _numbers(self) -> Iterator[str]:
        for value in range(1, 11):
            yield from (form for form in self.data.list("numbers", str(value)) if " " not in form)

    def pattern(self, template: str, key: str) -> re.Pattern[str]:
        """A pattern with the words of a list of ``[dose]`` in the place of "{}", compiled once; in any letters."""
        if (template, key) not in self._patterns:
            self._patterns[template, key] = re.compile(template.replace("{}", self.some(key)), re.IGNORECASE)
        return self._patterns[template, key]

    @cached_property
    def _patterns(self) -> dict[tuple[str, str], re.Pattern[str]]:
        return {}

    def some(self, key: str) -> str:
        """The words of a list of ``[dose]``, as an alternation."""
        return one_of(self.data.list("dose", key))

    def has(self, key: str, entry: str) -> bool:
        """Whether a list of ``[dose]`` has an entry."""
        return entry in self.data.list("dose", key)

    # ------------------------------------------------------------------ short forms

    def may_have_form(self, text: str) -> bool:
        """Whether a text is worth a search for short forms: it has letters that one of them has."""
        return bool(_DOTTED.search(text)) or not self._letters.isdisjoint(_TOKEN.findall(text.lower()))

    @cached_property
    def _letters(self) -> frozenset[str]:
        forms = (form for known, _ in self.forms.values() for each in known.values() for form in each)
        runs = (re.findall(r"[^\W\d_]+", form.text.lower()) for form in forms if "." not in form.text)
        return frozenset(max(reversed(found), key=len) for found in runs if found)

    @cached_property
    def forms(self) -> dict[str, tuple[dict[str, list[Form]], re.Pattern[str]]]:
        """By group, the short forms by their letters alone, and a pattern that finds them all."""
        return {group: self._group(group) for group in SHORT_FORMS}

    def _group(self, group: str) -> tuple[dict[str, list[Form]], re.Pattern[str]]:
        found: dict[str, list[Form]] = {}
        texts: set[str] = set()
        for better, entry in self._entries(group):
            bare = entry.lstrip("~")
            form = Form(bare, better, bare != bare.lower() and "." not in bare, entry.startswith("~"))
            found.setdefault(letters(bare), []).append(form)
            texts.add(bare.lower())
        alternatives = "|".join(_spelled(text) for text in sorted(texts, key=len, reverse=True))
        pattern = rf"(?<![^\W\d_])(?<![.@/'-])(?:{alternatives})(?![^\W_]|[@']|\.[^\W\d_])" if texts else "(?!)"
        return found, re.compile(pattern, re.IGNORECASE)

    def _entries(self, group: str) -> Iterable[tuple[str, str]]:
        for better, entries in self.data.section(f"short.{group}").items():
            yield from ((better, entry) for entry in entries)
        for better, entries in self.fallback.section(f"short.{group}").items() if self.fallback else ():
            yield from ((better, entry) for entry in entries if entry[0] != "~")

    @cached_property
    def dose_before(self) -> re.Pattern[str]:
        """A figure, its unit, and at most two words: the end of a text that has a dose just there."""
        unit = rf"(?:{GAP}{COUNTED})?"
        return re.compile(
            rf"(?:{NUMBER}|[½¼¾]){unit}(?:[ ,]+(?!{self.breaks})[^\s.!?:;]+){{0,2}}[ ,(]*$", re.IGNORECASE
        )

    @cached_property
    def taking_before(self) -> re.Pattern[str]:
        """A verb of taking and at most four words, none of which begins another thought."""
        words = rf"(?:[ ,]+(?!{self.breaks})[^\s.!?:;]+){{0,4}}"
        return re.compile(rf"(?<![^\W_])(?:{self.some('verbs')}){words}[ ,(:]*$", re.IGNORECASE)

    @cached_property
    def breaks(self) -> str:
        """Words behind which a sentence speaks of something else."""
        return rf"(?:{self.some('breaks')})(?![^\W_])"


def letters(form: str) -> str:
    """A short form by its letters and digits alone: "q. d." is "qd"."""
    return re.sub(r"[^\w/+µ]", "", form.lower())


def _spelled(form: str) -> str:
    """A pattern for one form: a point may be left out at its end, a space may follow each."""
    if "." not in form:
        return re.escape(form).replace(r"\ ", "[ -]?").replace(r"\-", "[ -]?")
    parts = [part for part in form.split(".") if part]
    return r"\. ?".join(map(re.escape, parts)) + r"(?:\.(?!\d))?"


_MADE: dict[int, tuple[LocaleData, DoseWords]] = {}


def dose_words(data: LocaleData, fallback: LocaleData | None = None) -> DoseWords:
    """The compiled words of a language's data; made once for each."""
    if id(data) not in _MADE:
        _MADE[id(data)] = data, DoseWords(data, fallback)  # the data is kept, so that its id stays its own
    return _MADE[id(data)][1]
