"""The check on the language of a text: a paragraph of a neighbouring language has the right letters, and reads well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from hashlib import sha256

from plainleaf.checks.translation.cases import Case, sentences_of
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.files import shelf
from plainleaf.languages import facts, naming
from plainleaf.languages.addresses import ADDRESS
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import HOLE, fold
from plainleaf.languages.identifying import rival
from plainleaf.languages.letters import WORD
from plainleaf.languages.scripts import script_of
from plainleaf.model import Severity

LEAST = 8  # words; shorter texts are too alike
_LETTERS = 20, 12  # as many where no spaces stand between words: of an alphabet, of Chinese characters
_SURE, _LIKELY = 0.7, 0.35  # how far another language is ahead: five times as likely, twice
_ALIKE = 1.5  # one that the model takes this for now and then
_SAMPLE = 60  # characters of a text in a message
_CHARSETS: Mapping[str, tuple[str, str]] = {"Hans": ("gb2312", "big5"), "Hant": ("big5", "gb2312")}


def _language(case: Case) -> Iterator[Problem]:
    if case.respelling or case.language.base == case.source.data.base:
        return
    for part in sentences_of(case.target.text) if case.target.sentences else ():
        words = _words_only(case, part)
        if _is_long(words, case.language) and (other := _other(words, case)) and other[1]:
            yield _problem(other[0], part, case, soft=False)
            return
    text = _words_only(case, case.target.text)
    if _is_long(text, case.language) and (other := _other(text, case)):
        yield _problem(other[0], case.target.text.replace(HOLE, "…"), case, soft=not other[1])
        return
    yield from _characters(case)


def _problem(name: str, text: str, case: Case, soft: bool) -> Problem:
    sample = text if len(text) <= _SAMPLE else f"{text[:_SAMPLE].rpartition(' ')[0] or text[:_SAMPLE]} ..."
    may = "may be" if soft else "reads as"
    what = f"“{sample}” {may} {name}, not {case.locale.english_name}"
    return Problem(what, "put the translation into the right file; if it is right so, waive “language”", soft)


# --------------------------------------------------------------------------- what is read


def _words_only(case: Case, text: str) -> str:
    """The words of a text, without figures, addresses, names, and what the source has too."""
    latin = case.locale.script == "Latn"
    known = {word for word in case.source.text.split() if len(word) > 3} | case.names
    text = ADDRESS.sub(" ", text).replace(HOLE, " ")
    if not case.language.spaced:
        return " ".join(run for run in WORD.findall(text) if not run.isascii())
    found = (word for word in WORD.findall(text) if word not in known and (latin or not word.isascii()))
    return " ".join(word for word in found if not any(letter.isupper() for letter in word[1:]))


def _is_long(text: str, data: LocaleData) -> bool:
    if data.spaced:
        return len(text.split()) >= LEAST
    return len(text.replace(" ", "")) >= _LETTERS[any(script_of(letter) == "CJK" for letter in text)]


def _other(text: str, case: Case) -> tuple[str, bool] | None:
    """As ``_read_as``; what earlier runs have read need not be read again, nor the model, which takes half a second."""
    data = case.language
    about = [data.list("identity", key) for key in ("codes", "alike", "only")]
    known = shelf.table(f"languages {case.locale.name}", (f"{data.base} {about}",))
    name = sha256(text.encode(errors="surrogatepass")).hexdigest()
    if name not in known:
        known[name] = _read_as(text, data)
    found: tuple[str, bool] | None = known[name]
    return found


def _read_as(text: str, data: LocaleData) -> tuple[str, bool] | None:
    """Another language that a text reads as, by its English name, and whether that is certain."""
    if near := _by_words(text, data):
        return naming.english_name(near), True
    own = _codes(data)
    code, ahead = rival(text, own, _others())
    if ahead < (_ALIKE if code in data.list("identity", "alike") else _LIKELY):
        return None
    return naming.english_name(_others_by_code()[code]), ahead >= _SURE


def _codes(data: LocaleData) -> tuple[str, ...]:
    """What the model calls a language."""
    return data.list("identity", "codes") or (data.base,)


@cache
def _others_by_code() -> Mapping[str, str]:
    """The languages that translations are checked in, by the model's codes; a language's own code comes first."""
    found = {code: name for name in facts.every() if "_" not in name for code in _codes(facts.named(name))}
    return {**found, **{name: name for name in facts.every() if "_" not in name}}


@cache
def _others() -> frozenset[str]:
    return frozenset(_others_by_code())


# --------------------------------------------------------------------------- languages that the model does not part


def _by_words(text: str, data: LocaleData) -> str:
    """A language that the model takes for this one, or this for that, by words and letters that only one has."""
    mine = {*data.list("identity", "only")}
    for name in _alike(data.base):
        theirs = {*facts.named(name).list("identity", "only")}
        if _count(text, theirs) > max(1, 2 * _count(text, mine)):
            return name
    return ""


@cache
def _alike(base: str) -> tuple[str, ...]:
    """Languages with lists of their own words that share a code of the model with a language."""
    codes = {*_codes(facts.named(base))}
    names = (name for name in facts.every() if "_" not in name and name != base)
    return tuple(
        name for name in names if facts.named(name).list("identity", "only") and codes & {*_codes(facts.named(name))}
    )


def _count(text: str, words: Collection[str]) -> int:
    """How many words of a text are among these, or have one of these letters."""
    letters = {word for word in words if len(word) == 1}
    return sum(word in words or bool(letters & {*word}) for word in fold(text).split())


# --------------------------------------------------------------------------- simplified and traditional


def _characters(case: Case) -> Iterator[Problem]:
    """Chinese characters of the other way to write them: those that only the other one's charset has."""
    if case.locale.script not in _CHARSETS:
        return
    own, other = _CHARSETS[case.locale.script]
    letters = [letter for letter in case.target.text if script_of(letter) == "CJK"]
    strange = [letter for letter in dict.fromkeys(letters) if not _has(own, letter) and _has(other, letter)]
    if strange and (len(strange) > 2 or not case.language.list("letters", strange[0])):
        listed = "".join(strange[:6])
        kind = "simplified" if case.locale.script == "Hant" else "traditional"
        soft = 6 * len(strange) < len({*letters}) or len(strange) < 3
        yield Problem(f"has {kind} characters: {listed}", "write it in the characters of the locale", soft)


@cache
def _encoded(charset: str) -> dict[str, bool]:
    return {}


def _has(charset: str, letter: str) -> bool:
    known = _encoded(charset)  # of a few thousand characters at most
    if letter not in known:
        known[letter] = bool(letter.encode(charset, "ignore"))
    return known[letter]


CHECKS = (
    Check(
        "po-language",
        Severity.ERROR,
        "A paragraph of the neighbouring language has the right letters and reads well to everybody but its readers."
        " Texts of 8 words or more are read as py3langid does, names and figures left out.",
        _language,
        (
            Example(
                "es",
                "Stay at home when you have a fever. Drink water each hour.",
                "Fique em casa quando tiver febre. Beba água a cada hora.",
            ),
            Example(
                "uk",
                "Take the tablets each day with a glass of water.",
                "Принимайте таблетки каждый день и запивайте их стаканом воды.",
            ),
            Example(
                "de",
                "Call your doctor when the pain does not go away.",
                "Bel uw arts wanneer de pijn na enkele dagen niet weggaat.",
            ),
            Example(
                "fa",
                "Call your doctor when the pain does not go away.",
                "اتصل بطبيبك إذا لم يختف الألم بعد بضعة أيام من العلاج.",
            ),
            Example("zh_Hant", "Call your doctor when you have a fever.", "如果您发烧，请给医生打电话。"),
            Example(
                "es",
                "Call us today. Stay at home when you have a fever and drink water each hour of the day.",
                "Llámenos hoy mismo. Fique em casa quando tiver febre e beba água a cada hora do dia.",
            ),
        ),
        (
            Example(
                "es",
                "Stay at home when you have a fever. Drink water each hour.",
                "Quédese en casa cuando tenga fiebre. Beba agua cada hora.",
            ),
            Example("es", "Stay at home.", "Fique em casa."),
            Example("zh_Hant", "Call your doctor when you have a fever.", "如果您發燒，請打電話給醫生。"),
            Example("zh_Hans", "Call your doctor when you have a fever.", "如果您发烧，请给医生打电话。"),
        ),
        "WCAG 2.2, 3.1.1 Language of Page",
    ),
)
