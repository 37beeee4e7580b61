"""Checks on every translation: one message, its translation, the language's data. Pure; the examples are the tests.

Tags and placeholders are compared where the translation is read (``markup.from_text``), glyphs and boxes where it is
printed. Here is what only the two texts side by side can tell. ``findings`` is what the pipeline calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from plainleaf.checks.translation import (
    characters,
    doses,
    ignoring,
    language,
    marks,
    meaning,
    names,
    numbers,
    pairs,
    parts,
    units,
    words,
)
from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.registry import Check, Found, found
from plainleaf.languages.facts import LocaleData
from plainleaf.model import Finding, Locale, Message, Severity, Translation, Waived
from plainleaf.translations.messages import quoted

CHECKS: tuple[Check, ...] = (
    *numbers.CHECKS, *units.CHECKS, *doses.CHECKS, *pairs.CHECKS, *names.CHECKS, *words.CHECKS, *meaning.CHECKS,
    *parts.CHECKS, *marks.CHECKS, *characters.CHECKS, *language.CHECKS,
)  # fmt: skip
IDS = tuple(check.id for check in CHECKS)
WAIVED = "po-waived"


def check(
    message: Message,
    text: str,
    locale: Locale,
    data: LocaleData,
    terms: Mapping[str, str],
    comments: Iterable[str] = (),
    names: frozenset[str] = frozenset(),
) -> tuple[Found, ...]:
    """What is wrong with ``text`` as a translation of ``message``.

    ``terms``: the leaflet's words to know in English, with their translations in this catalog. ``comments``: the
    translator's own comments on the entry, which may waive a check. ``names``: the leaflet's brand names.
    """
    if not text.strip():
        return ()
    case = Case(message, text, locale, data, terms, names)
    raised = [one for each in CHECKS for one in found(each, case)]
    granted, wrong = ignoring.read(comments, IDS)
    return (*ignoring.apply(raised, granted, ignoring.code(message, text), message.safety), *wrong)


def findings(
    message: Message,
    translation: Translation,
    locale: Locale,
    data: LocaleData,
    terms: Mapping[str, str],
    comments: Sequence[str] = (),
    names: frozenset[str] = frozenset(),
    known: dict[str, tuple[Found, ...]] | None = None,
) -> tuple[Finding, ...]:
    """The same as findings of a run; what a translator has waived is listed, and stops nothing. ``known``: what was
    found earlier on texts that have the same language, terms and names; takes what is found now."""
    said = (message.text, message.context, message.comments, message.flags, message.safety, message.id)
    about = repr((*said, message.language, translation.text, *comments))
    name = sha256(about.encode(errors="surrogatepass")).hexdigest()
    known = {} if known is None else known
    if name not in known:
        known[name] = check(message, translation.text, locale, data, terms, comments, names)
    return tuple(_finding(one, message, translation, locale) for one in known[name])


def _finding(one: Found, message: Message, translation: Translation, locale: Locale) -> Finding:
    where = _place(locale.english_name, quoted(message.text))
    if one.waived:
        what = f"set aside by {one.by or 'the translator'}: {one.message} {where}; because {one.waived} [{one.check}]"
        waived = Waived(one.check, one.severity, f"{one.message} {where}", one.hint, one.waived, one.by)
        return Finding(WAIVED, Severity.UNMEASURED, what, message.at[0], "", translation.at, waived)
    return Finding(one.check, one.severity, f"{one.message} {where}", message.at[0], one.hint, translation.at)


def _place(language: str, text: str) -> str:
    """How a finding says which text it is about, for those who read it elsewhere than beside the text."""
    return f"({language}: {text})"


_PLACE = re.compile(r" \((?:[^():“]|\([^():“]{1,40}\)){1,60}: “[^”]*”\)")


def without_place(what: str) -> str:
    """The message of a finding, to be read beside its text."""
    return _PLACE.sub("", what, count=1)
