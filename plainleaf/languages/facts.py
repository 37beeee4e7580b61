"""What is known of a language: its words, units, marks, sentences, syllables, targets. Data, laid in layers by key.

``data/scripts/Zyyy.toml``, which holds for all, is overlaid by ``data/scripts/<Script>.toml``, ``data/<language>.toml``
and ``data/<language>_<REGION>.toml`` (shipped), and last by the content's own ``locales/<name>/checks.toml``. A list
adds to the list below it; an entry that begins with "!" takes that entry away; a single value or text replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.files.toml import Table, read_toml
from plainleaf.languages import own_words
from plainleaf.languages.folding import fold
from plainleaf.languages.lexicon import Lexicon
from plainleaf.languages.schema import FORMULAS, TEXTS, Layer, read
from plainleaf.model import Finding, LanguageFacts, Locale, Location, Severity
from plainleaf.model.tags import locale_name

SHIPPED = Path(__file__).parent / "data"
FILE = "checks.toml"
ENGLISH = "en"
_EVERY = "Zyyy"  # the code that ISO 15924 has for what all scripts share


@dataclass(frozen=True, eq=False)
class LocaleData:
    """A language as all rooms see it. ``known``: there are lists of its words, such as its negations."""

    name: str
    known: bool = False
    lists: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The language without script and region: "pt" of "pt_BR"."""
        return self.name.partition("_")[0]

    def list(self, section: str, key: str) -> tuple[str, ...]:
        """The entries of ``key`` in ``[section]``; "" is the top of the file."""
        return self.lists.get((section, key), ())

    def section(self, section: str) -> Mapping[str, tuple[str, ...]]:
        """All lists of a section."""
        return self._sections.get(section, {})

    def texts(self, section: str) -> Mapping[str, str]:
        """All texts of a section that has one for each key, in the order of the files, but those taken away."""
        return {key: entries[0] for key, entries in self.section(section).items() if entries and entries[0]}

    def folded(self, section: str, key: str) -> frozenset[str]:
        """The entries of a list, made comparable."""
        if (section, key) not in self._folded:
            self._folded[section, key] = frozenset(fold(entry) for entry in self.list(section, key))
        return self._folded[section, key]

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
        """A single value by its whole key: "length", "syllables.method"."""
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
        return Lexicon(forms, self.spaced, self.value("glued", ""), self.value("article", ""))

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag that has a form: what this language can be asked for."""
        return frozenset(f"{_TAGS[section]}:{key}" for section, key in self.lists if section in _TAGS)

    def sure_of(self, *words: str) -> bool:
        """Whether a second source has these words of meaning too, so that an error may rest on them."""
        return {*words} <= {*self.list("sources", "confirmed")}

    def knows(self, tag: str) -> bool:
        """Whether any form is listed for a tag such as "unit:mg"."""
        return tag in self.tags


_TAGS = {
    "numbers": "number",
    "hints": "hint",
    "months": "month",
    "units": "unit",
    "words": "word",
    "medicines": "medicine",
}


# --------------------------------------------------------------------------- whose


def of(locale: Locale) -> LocaleData:
    """What is known of a locale's language, with what its own checks.toml says."""
    return laid(locale.name, locale.script, locale.own)


def every() -> tuple[str, ...]:
    """The names of the languages of which something is known."""
    return tuple(path.stem for path in sorted(SHIPPED.glob("*.toml")))


def named(name: str) -> LocaleData:
    """What is shipped of a language by its name or tag (Babel's or BCP 47's), also of one that CLDR does not know."""
    return _named(locale_name(name))


@lru_cache(maxsize=1024)
def _named(name: str) -> LocaleData:
    from plainleaf.languages import cldr  # not before it is needed: Babel takes its time

    made = pseudo().get(name)
    return default(name, cldr.script_of(made.like if made else name) or _EVERY)


def default(name: str, script: str) -> LocaleData:
    """The shipped data of a language in a script."""
    return laid(name, script, None)


def english() -> LocaleData:
    """The data of the language that leaflets are written in."""
    return default(ENGLISH, "Latn")


@lru_cache(maxsize=256)
def laid(name: str, script: str, own: LanguageFacts | None) -> LocaleData:
    """The shipped data of a language in a script, with what a file of the content's own says."""
    return shelf.kept(f"facts {name} {script} {own is None}", (own,), partial(_laid, name, script, own), narrow=True)


def _laid(name: str, script: str, own: LanguageFacts | None) -> LocaleData:
    layers = shipped(name, script)
    known = own is not None or any(section == "words" for layer in layers for section, _ in layer.lists)
    return _merged(name, known, [*(layer.facts for layer in layers), *([own] if own else [])])


def own(locale: Locale, folder: Path, root: Path) -> tuple[LanguageFacts | None, tuple[Finding, ...]]:
    """What the checks.toml in a locale's folder says, and what is wrong in it; ``None`` if there is none.

    It may set other targets, but bring no formula to a language that has no validated one.
    """
    path = folder / FILE
    if not files.there(path):
        return None, ()
    below = default(locale.name, locale.script)
    layer = read(path, root, [formula for formula in FORMULAS if f"target.{formula}" in below.values])
    return layer.facts, layer.findings


def part(own: LanguageFacts | None, *sections: str) -> LanguageFacts | None:
    """What a file says in some sections; ``None`` if it says nothing there."""
    lists = tuple(entry for entry in own.lists if entry[0] in sections) if own else ()
    values = tuple(entry for entry in own.values if entry[0].partition(".")[0] in sections) if own else ()
    return LanguageFacts(lists, values) if lists or values else None


def unmeasured(locale: Locale) -> tuple[Finding, ...]:
    """What cannot be compared in a language, for want of lists of its words."""
    data = of(locale)
    if data.known:
        return ()
    where = Location(f"locales/{locale.name}/{FILE}")
    what = f"no word lists for {locale.english_name}: number words, units and negation are not compared"
    what += (
        ""
        if data.has_script
        else f", nor marks, spaces and length, because there are no rules for the script {locale.script}"
    )
    hint = f"write {where}; one for Spanish is shipped"
    return (Finding("po-data", Severity.UNMEASURED, what, where, hint),)


# --------------------------------------------------------------------------- layers


@lru_cache(maxsize=1024)
def shipped(name: str, script: str) -> tuple[Layer, ...]:
    """The shipped layers: what holds for all, the script's, the language's, the region's; those that there are. Below
    those of Dari are those of Persian, which it is like."""
    lines = [each.split("_") for each in (own_words.shipped(name).like, name) if each]
    names = ["_".join(parts[:length]) for parts in lines for length in range(1, len(parts) + 1)]
    scripts = [SHIPPED / "scripts" / f"{each}.toml" for each in dict.fromkeys((_EVERY, script))]
    paths = [*scripts, *(SHIPPED / f"{part}.toml" for part in names)]
    return tuple(filter(None, map(_shipped, paths)))


@lru_cache(maxsize=1024)
def _shipped(path: Path) -> Layer | None:
    return read(path, SHIPPED) if files.there(path) else None


def _merged(name: str, known: bool, layers: Sequence[LanguageFacts]) -> LocaleData:
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    values: dict[str, Any] = {}
    for layer in layers:
        values |= dict(layer.values)
        for section, key, entries in layer.lists:
            if section in TEXTS:
                lists[section, key] = entries
                continue
            gone = {entry[1:] for entry in entries if len(entry) > 1 and entry[0] == "!"}
            kept = [entry for entry in lists.get((section, key), ()) if entry not in gone]
            new = [entry for entry in entries if entry[:1] != "!" or len(entry) == 1]
            lists[section, key] = tuple(dict.fromkeys(kept + new))
    return LocaleData(name, known, lists, values)


# --------------------------------------------------------------------------- all languages


@cache
def scripts() -> frozenset[str]:
    """The scripts that something is known of, by their code in ISO 15924: those that a language is written in today."""
    return frozenset(path.stem for path in (SHIPPED / "scripts").glob("*.toml"))


@cache
def everywhere(section: str, key: str) -> frozenset[str]:
    """The entries of a list in the files of all languages, for text that nobody knows the language of."""
    head = f"[{section}]".encode()  # most files have none: these need not be read as TOML
    layers = filter(None, (_shipped(path) for path in sorted(SHIPPED.glob("*.toml")) if head in path.read_bytes()))
    return frozenset(entry for layer in layers for entry in layer.lists.get((section, key), ()))


@dataclass(frozen=True, slots=True)
class Pseudo:
    """A made-up language for tests: the one that it is printed ``like``, and how its texts are ``made``."""

    like: str
    made: str


@cache
def pseudo() -> Mapping[str, Pseudo]:
    """The made-up languages by name (``data/pseudo/<name>.toml``)."""
    return {path.stem: _pseudo(read_toml(path, SHIPPED)) for path in sorted((SHIPPED / "pseudo").glob("*.toml"))}


def _pseudo(table: Table) -> Pseudo:
    return Pseudo(table.string("like"), table.string("made"))
