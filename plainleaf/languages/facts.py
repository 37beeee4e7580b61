"""What is known of a language: number words, units, negation, marks. Data, laid in layers, key by key.

``data/scripts/<Script>.toml`` is overlaid by ``data/<language>.toml`` and ``data/<language>_<REGION>.toml`` (shipped),
and last by the content's own ``locales/<name>/checks.toml``. A list adds to the list below it; an entry that begins
with "!" takes that entry away; a single value replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from plainleaf.files import writing as files
from plainleaf.files.toml import Table, read_toml
from plainleaf.languages.folding import fold
from plainleaf.languages.lexicon import Lexicon
from plainleaf.model import Finding, Locale, Location, Severity

SHIPPED = Path(__file__).parent / "data"
FILE = "checks.toml"

DOSE = ("mg", "mcg", "g", "kg", "ng", "ml", "l", "unit", "mmol", "mmhg", "percent", "celsius", "fahrenheit")
SIZES = ("mm", "cm", "m", "km", "inch", "pound", "ounce", "calorie")
TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
COUNTS = ("times", "tablet", "capsule", "drop", "puff", "spoon", "patch", "injection", "glass", "pack", "person")
UNITS = DOSE + SIZES + TIMES + COUNTS

WORDS = (
    "not", "without", "maybe-not", "more", "less", "before", "after", "start", "stop", "least", "most", "raise",
    "lower", "high", "low", "morning", "evening", "left", "right", "hot", "cold", "always", "never", "safe",
    "unsafe", "am", "pm", "minus", "pair", "neutral", "english", "medicine-endings", "no-medicine",
)  # fmt: skip
MARKS = ("stops", "questions", "colons", "exclamations", "quotes", "spaced")
EXCEPTIONS = ("doubled", "same", "dual")
# Error-prone short forms: what to write, with the forms that stand for it ("~": only in a dose, as it has other uses).
SHORT_FORMS = (
    "frequency", "route", "place", "order", "medicine", "unit", "international", "microgram", "mcg", "nanogram",
    "gram", "cc", "spoon", "overdose",
)  # fmt: skip
# Words around doses, for the checks on how a dose is written; of countries, their codes.
DOSE_WORDS = (
    "verbs", "breaks", "articles", "columns", "words", "drops", "food", "opening", "strengths", "stages", "sections",
    "spoons", "networks", "boxes", "overdose-before", "micrograms-in-full", "clock-of-12",
)  # fmt: skip
SENTENCES = ("abbreviations", "before-figure", "last", "ordinals", "months", "starters", "lettered", "also-ends")


@dataclass(frozen=True, slots=True)
class Layer:
    """One file, read: lists by (section, key), single values by key."""

    lists: Mapping[tuple[str, str], tuple[str, ...]]
    values: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class LocaleData:
    """A language as the checks see it. ``known``: there are lists of its words, such as its negations."""

    name: str
    known: bool = False
    lists: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def list(self, section: str, key: str) -> tuple[str, ...]:
        """The entries of ``key`` in ``[section]``; "" is the top of the file."""
        return self.lists.get((section, key), ())

    def section(self, section: str) -> Mapping[str, tuple[str, ...]]:
        """All lists of a section."""
        return self._sections.get(section, {})

    def folded(self, section: str, key: str) -> frozenset[str]:
        """The entries of a list, made comparable."""
        return self._folded.setdefault((section, key), frozenset(fold(entry) for entry in self.list(section, key)))

    @cached_property
    def _sections(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for (section, key), entries in self.lists.items():
            found.setdefault(section, {})[key] = entries
        return found

    @cached_property
    def _folded(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def value(self, key: str, default: Any) -> Any:
        """A single value."""
        return self.values.get(key, default)

    @cached_property
    def has_script(self) -> bool:
        """Whether anything is known of the script: its marks, its joiners, whether spaces stand between words."""
        return bool(self.list("", "scripts"))

    @cached_property
    def spaced(self) -> bool:
        """Whether spaces stand between words."""
        return bool(self.value("word-spaces", True))

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words of all lists, ready to be found."""
        forms: dict[str, Sequence[str]] = {}
        for section, tag in _TAGS.items():
            forms |= {f"{tag}:{key}": entries for key, entries in self.section(section).items()}
        for key in ("english", "medicine-endings", "no-medicine"):
            forms.pop(f"word:{key}", None)
        return Lexicon(forms, self.spaced, self.value("glued", ""))

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag that has a form: what this language can be asked for."""
        return frozenset(f"{_TAGS[section]}:{key}" for section, key in self.lists if section in _TAGS)

    def knows(self, tag: str) -> bool:
        """Whether any form is listed for a tag such as "unit:mg"."""
        return tag in self.tags


_VALUES = {
    "word-spaces": bool,
    "opening-marks": bool,
    "counted-first": bool,
    "glued": str,
    "counters": str,
    "length": float,
}
_TAGS = {"numbers": "number", "hints": "hint", "months": "month", "units": "unit", "words": "word"}


# --------------------------------------------------------------------------- reading


def load(locale: Locale, folder: Path | None, root: Path) -> tuple[LocaleData, tuple[Finding, ...]]:
    """The data of a locale; ``folder`` is its folder below locales/, which may hold a checks.toml."""
    own = folder / FILE if folder else None
    layers = [*shipped(locale.name, locale.script)]
    known = _has_words(layers)
    if own and files.there(own):
        layers.append(read(own, root))
        known = True
    data = _merged(locale.name, known, layers)
    findings = [finding for layer in layers for finding in layer.findings]
    if not known:
        where = Location(f"locales/{locale.name}/{FILE}")
        what = f"no word lists for {locale.english_name}: number words, units and negation are not compared"
        what += (
            "" if data.has_script else f", nor marks, spaces and length, as nothing is known of script {locale.script}"
        )
        findings.append(
            Finding("po-data", Severity.UNMEASURED, what, where, f"write {where}; one for Spanish is shipped")
        )
    return data, tuple(findings)


@cache
def default(name: str, script: str) -> LocaleData:
    """The shipped data of a locale alone."""
    layers = shipped(name, script)
    return _merged(name, _has_words(layers), layers)


@cache
def english() -> LocaleData:
    """The data of the language that leaflets are written in."""
    return default("en", "Latn")


@cache
def shipped(name: str, script: str) -> tuple[Layer, ...]:
    """The shipped layers: the script's, the language's, the region's. The first is there even if it is empty."""
    parts = name.split("_")
    names = ["_".join(parts[:length]) for length in range(1, len(parts) + 1)]
    base = SHIPPED / "scripts" / f"{script}.toml"
    paths = [SHIPPED / f"{part}.toml" for part in names]
    return (_shipped(base) or Layer({}, {}), *filter(None, map(_shipped, paths)))


@cache
def _shipped(path: Path) -> Layer | None:
    return read(path, SHIPPED) if path.is_file() else None


def _has_words(layers: Sequence[Layer]) -> bool:
    return any(section == "words" for layer in layers for section, _ in layer.lists)


def _merged(name: str, known: bool, layers: Sequence[Layer]) -> LocaleData:
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    values: dict[str, Any] = {}
    for layer in layers:
        values |= layer.values
        for key, entries in layer.lists.items():
            gone = {entry[1:] for entry in entries if len(entry) > 1 and entry[0] == "!"}
            kept = [entry for entry in lists.get(key, ()) if entry not in gone]
            new = [entry for entry in entries if entry[:1] != "!" or len(entry) == 1]
            lists[key] = tuple(dict.fromkeys(kept + new))
    return LocaleData(name, known, lists, values)


def read(path: Path, root: Path) -> Layer:
    """One file of data; what is wrong in it is a finding."""
    table = read_toml(path, root)
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    values: dict[str, Any] = {}
    for key in ("conventions", "digits", "zero-width", "scripts", "dual-endings"):
        _take(lists, "", table, key)
    for key, kind in _VALUES.items():
        if key in table.data:
            values[key] = _single(table, key, kind)
    table.asked += _VALUES
    for section in ("numbers", "hints"):
        inner = table.table(section)
        for key in inner.data:
            if _is_number(key):
                _take(lists, section, inner, key)
        inner.unknown()
    for section, keys in (("months", tuple(str(month) for month in range(1, 13))), ("units", UNITS), ("words", WORDS),
                          ("marks", MARKS), ("exceptions", EXCEPTIONS), ("dose", DOSE_WORDS)):  # fmt: skip
        inner = table.table(section)
        for key in keys:
            _take(lists, section, inner, key)
        inner.unknown()
    short = table.table("short")
    for name in SHORT_FORMS:
        inner = short.table(name)
        for key in inner.data:
            _take(lists, f"short.{name}", inner, key)
        inner.unknown()
    short.unknown()
    for section in ("letters", "wrong-marks"):
        inner = table.table(section)
        for key in inner.data:
            lists[section, key] = (inner.string(key),)
    if root == SHIPPED:
        _take_sentences(lists, values, table.table("sentences"))
    return Layer(lists, values, table.done())


def _take_sentences(lists: dict[tuple[str, str], tuple[str, ...]], values: dict[str, Any], table: Table) -> None:
    """What ends sentences, which no locale's own file can say: it is asked for by language, before any is read."""
    for key in SENTENCES:
        if key in table.data:
            lists["sentences", key] = tuple(table.string(key).split())
    if "characters" in table.data:
        values["characters"] = table.boolean("characters", True)
    table.unknown()


def _take(lists: dict[tuple[str, str], tuple[str, ...]], section: str, table: Table, key: str) -> None:
    entries = table.strings(key, ())
    for entry in entries:
        if not entry.strip():
            table.complain(
                key, "an entry is empty", "write a word or a mark between the quotation marks, or take it away"
            )
        elif key == "quotes" and len(entry.removeprefix("!")) != 2:
            table.complain(key, f"“{entry}” is not a pair", "write the sign that opens and the sign that closes: “«»”")
    right = tuple(e for e in entries if e.strip() and (key != "quotes" or len(e.removeprefix("!")) == 2))
    if right:
        lists[section, key] = right


def _single(table: Table, key: str, kind: type) -> Any:
    if kind is bool:
        return table.boolean(key, True)
    return table.string(key) if kind is str else table.number(key, 1.0, 0.1, 4.0)


def _is_number(key: str) -> bool:
    try:
        Fraction(key)
    except (ValueError, ZeroDivisionError):
        return False
    return True
