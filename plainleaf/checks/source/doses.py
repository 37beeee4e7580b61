"""How a dose, a day or an hour is written in a source: every text against every record, with the words of its language.

Severity follows one question: would a tired reader who takes it the other way come to harm? Then it is an error, as
for a pharmacist's label; what only slows readers down is a warning. A form in quotation marks is let pass: so a leaflet
can say what stands on a pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plainleaf.checks.source import begun, figures, places, short_forms, signs, times
from plainleaf.checks.source.dose_words import DoseWords, dose_words
from plainleaf.checks.source.passages import Passage, inside, passages
from plainleaf.checks.source.registry import Check, Found
from plainleaf.checks.translation.cases import Side, source_side
from plainleaf.languages import facts
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import bare
from plainleaf.model import Block, Clinic, Finding, Leaflet, Location, Severity, foreign, plain

CHECKS: tuple[Check, ...] = (
    *figures.CHECKS,
    *signs.CHECKS,
    *short_forms.CHECKS,
    *times.CHECKS,
    *places.CHECKS,
    *begun.CHECKS,
)
_EVERYWHERE = tuple(check for check in CHECKS if check.everywhere)


def found(passage: Passage, checks: tuple[Check, ...] = CHECKS) -> Iterator[Found]:
    """What the checks see in one text."""
    there = {"": True, "figure": passage.has_figure, "sign": passage.has_sign, "form": passage.may_have_form}
    for check in (check for check in checks if there[check.needs]):
        for problem in check.run(passage):
            severity = Severity.WARNING if problem.soft else check.severity
            yield Found(check.id, severity, problem.message, problem.hint)


@lru_cache(maxsize=64)
def words_of(data: LocaleData) -> DoseWords:
    """The words of a language. Where other letters are written, English short forms can mean nothing else."""
    latin = "LATIN" in data.list("", "scripts")
    return dose_words(data, None if latin else facts.english())


def leaflet(source: Leaflet, clinic: Clinic | None, language: LocaleData | None = None) -> tuple[Finding, ...]:
    """Findings on every text of a leaflet, and on what its clinic says beside its help lines; words in another language
    are held to what holds in that, as translations are.

    ``language``: the leaflet's own, as its locale has it; as it is shipped if it is not given.
    """
    own = language or facts.named(source.own_locale)
    words = words_of(own)
    told = [*passages(source, words), *(_of_clinic(clinic, words) if clinic else ())]
    seen = [(one, at) for passage, at in told for one in found(passage)]
    for block in source.walk():
        for other in foreign(block.inlines):
            seen += [(one, block.at) for one in translated(plain(other.children), facts.named(other.lang))]
    return tuple(
        dict.fromkeys(
            Finding(one.check, one.severity, one.message, at, in_own_words(one.hint, own)) for one, at in seen
        )
    )


_QUOTED = re.compile(r"“([^“”]+)”")


def in_own_words(hint: str, data: LocaleData) -> str:
    """A way out, which says so if it names words of English, for want of the language's own: what to say, not what to
    write."""
    quoted = " ".join(_QUOTED.findall(hint))
    english = _says(source_side(quoted)) and not _says(Side(quoted, data, is_source=False))
    return f"{hint}, in the words of this language" if english else hint


def _says(side: Side) -> bool:
    """Whether any word is one that the language is known to have."""
    return any(side.folded[hit.start : hit.end].replace(" ", "").isalpha() for hit in side.hits)


def _of_clinic(clinic: Clinic, words: DoseWords) -> Iterator[tuple[Passage, Location]]:
    for key, text in (("imprint", clinic.imprint), ("logo-alt", clinic.logo_alt)):
        yield Passage.of(text, words, clinic.country), clinic.place(key)
    for _, contact in clinic.contacts:
        for key, text in (("name", contact.name), ("note", contact.note)):
            yield Passage.of(text, words, clinic.country), contact.place(key, clinic.at)
        for kind, others in (("names", contact.names), ("notes", contact.notes)):
            for name, text in others:
                at = contact.place(f"{kind}.{name}", clinic.at)
                yield Passage.of(text, words_of(facts.named(name)), clinic.country), at


def translated(text: str, data: LocaleData) -> tuple[Found, ...]:
    """What is wrong with a translation as a text of its own language."""
    return tuple(found(Passage.of(bare(text), words_of(data)), _EVERYWHERE))


def filled_in(
    before: Block, after: Block, language: LocaleData, country: str, everywhere: bool
) -> Iterator[tuple[Passage, Found]]:
    """What is wrong with a block once its lines are filled in, and was not before; with the text that it is found in.

    ``everywhere``: only by what holds in every language, as for translations.
    """
    words, checks = words_of(language), _EVERYWHERE if everywhere else CHECKS
    for (empty, _), (passage, _) in zip(inside(before, words, country), inside(after, words, country), strict=True):
        if passage != empty:
            known = set(found(empty, checks))
            yield from ((passage, one) for one in found(passage, checks) if one not in known)
