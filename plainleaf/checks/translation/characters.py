"""Checks on characters: what cannot be seen, what looks like another letter, what was damaged on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.invisible import (
    ATTACHED,
    BIDI_CONTROLS,
    CONTROLS,
    DIRECTION_MARKS,
    ISOLATE_END,
    ISOLATES,
    JOINERS,
    WORD_CONTROLS,
    ZERO_WIDTH_SPACE,
)
from plainleaf.languages.letters import WORD
from plainleaf.languages.lookalikes import CONFUSABLE
from plainleaf.languages.scripts import script_of, scripts_of
from plainleaf.model import Severity

_BIDI = re.compile(f"[{BIDI_CONTROLS}]")
_HIDDEN = re.compile(f"[{JOINERS}{WORD_CONTROLS}{ATTACHED}]")
_SPELLING = ZERO_WIDTH_SPACE + JOINERS  # part of it in many scripts
_DAMAGED = re.compile(rf"[\ufffd\ue000-\uf8ff{CONTROLS}]|Ã[\x80-\xbf©¡³±ª¨]|â€|Â[\xa0-\xbf]|Ð[\x80-\xbf°±]|Ø[§±ª¨¯]")

_WESTERN = frozenset({"LATIN", "CYRILLIC", "GREEK"})


def _nfc(case: Case) -> Iterator[Problem]:
    text = case.translation
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    made = unicodedata.normalize("NFC", text)
    words = [word for word in text.split() if word not in made.split()]
    yield Problem(f"“{words[0] if words else text[:20]}” is not in the composed form", "save the file with text in NFC")


def _bidi(case: Case) -> Iterator[Problem]:
    text = case.target.text
    if not _BIDI.search(text):
        return
    for character in sorted(set(_BIDI.findall(text))):
        name = f"{unicodedata.name(character).title()} (U+{ord(character):04X})"
        right_to_left = case.locale.direction == "rtl"
        if not right_to_left or character not in DIRECTION_MARKS + ISOLATES + ISOLATE_END:
            yield Problem(f"contains an invisible {name}", "delete it; the page sets directions automatically")
    opened = sum(text.count(character) for character in ISOLATES)
    if opened != text.count(ISOLATE_END):
        yield Problem(
            "an isolate is opened and not closed, or closed and not opened", "delete these invisible characters"
        )


def _zero_width(case: Case) -> Iterator[Problem]:
    allowed = case.language.list("", "zero-width") if case.language.has_script else _SPELLING
    for character in sorted(set(_HIDDEN.findall(case.target.text))):
        if character not in allowed and character not in case.source.text:
            name = unicodedata.name(character, "character").title()
            yield Problem(
                f"contains an invisible {name} (U+{ord(character):04X})", "delete it: it breaks words and search"
            )


def _damaged(case: Case) -> Iterator[Problem]:
    found = _DAMAGED.search(case.translation)
    if found:
        around = case.translation[max(0, found.start() - 8) : found.end() + 8]
        yield Problem(f"damaged characters in “{around}”", "open the file as UTF-8, and type the word again")


def _lookalikes(case: Case) -> Iterator[Problem]:
    text = case.target.text
    if text.isascii():
        return
    own = set(case.language.list("", "scripts"))
    for match in WORD.finditer(text):
        word = match[0]
        if word.isascii() and "CYRILLIC" not in own and "GREEK" not in own:
            continue
        scripts = scripts_of(word) & _WESTERN
        if len(scripts) > 1 and word not in case.source.text and not word.startswith("μ"):
            if any(character in CONFUSABLE for character in word):
                yield Problem(f"“{word}” mixes letters of {_and(scripts)} that look alike", "type the word again")
        elif scripts and own & _WESTERN and not scripts & own and _is_disguised(word, case):
            yield Problem(f"“{word}” is written in {_and(scripts)} letters that only look right", "type the word again")


def _is_disguised(word: str, case: Case) -> bool:
    """A whole word in look-alikes. Latin capitals such as vitamin C are names if the source has them too."""
    if not all(character in CONFUSABLE for character in word):
        return False
    if len(word) == 1 and script_of(word) == "GREEK":
        return False  # TNF-α, ω-3
    in_source = re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", case.source.text)
    long_latin = len(word) > 3 and scripts_of(word) == {"LATIN"}
    return not (in_source and (word.isupper() or len(word) > 1)) and not long_latin


def _and(scripts: frozenset[str]) -> str:
    return " and ".join(sorted(script.title() for script in scripts))


def _foreign(case: Case) -> Iterator[Problem]:
    """Letters of a script that neither the language nor the source has."""
    own = set(case.language.list("", "scripts"))
    if not own or case.target.text.isascii():
        return
    for match in WORD.finditer(case.target.text):
        if match[0].isascii():
            continue
        strange = [
            c for c in match[0] if (script := script_of(c)) and script not in own and script not in ("LATIN", "GREEK")
        ]
        if strange and match[0] not in case.source.text and not all(c in CONFUSABLE for c in strange):
            what = f"“{match[0]}” has letters of another script ({script_of(strange[0]).title()})"
            yield Problem(what, "write it in this language's letters")
            return


def _letters(case: Case) -> Iterator[Problem]:
    """Letters of a sister language: Arabic ي in Persian, traditional characters in simplified Chinese."""
    wrong = case.language.texts("letters")
    found = [character for character in dict.fromkeys(case.target.text) if character in wrong]
    if found:
        pairs = ", ".join(f"{one} (write {wrong[one]})" for one in found[:4])
        yield Problem(f"letters of a related language: {pairs}", "search and search engines do not find such words")


CHECKS = (
    Check(
        "po-nfc",
        Severity.WARNING,
        "One letter in two codes is not found by a search, and some fonts set its accent beside it.",
        _nfc,
        (Example("es", "The doctor", "El me\u0301dico"),),
        (Example("es", "The doctor", "El médico"), Example("hi", "need", "ज़रूरत")),
        "UAX #15",
    ),
    Check(
        "po-bidi",
        Severity.ERROR,
        "An invisible override can show 51 mg for 15 mg, while every tool compares the right figure.",
        _bidi,
        (
            Example("ar", "Tablet (50 mg)", "قرص (\u202e50\u202c ملغ)"),
            Example("es", "Call now", "Llame\u200f ahora"),
            Example("ar", "Call Vivitrol now", "اتصل \u2066Vivitrol الآن"),
            Example("ar", "Call Vivitrol now", "اتصل Vivitrol\u2069 الآن"),
        ),
        (
            Example("ar", "Call Vivitrol!", "اتصل Vivitrol!\u200f"),
            Example("ar", "Call Vivitrol now", "اتصل \u2066Vivitrol\u2069 الآن"),
        ),
        "UAX #9; Trojan Source",
    ),
    Check(
        "po-zero-width",
        Severity.ERROR,
        "An invisible space inside a word breaks it on the line, for search and for a screen reader. Joiners are right"
        " where the script needs them: Persian, Urdu, the scripts of India, Sinhala.",
        _zero_width,
        (Example("es", "The doctor", "El mé\u200bdico"), Example("ar", "The doctor", "\ufeffالطبيب")),
        (
            Example("fa", "You can", "می\u200cتوانید"),
            Example("si", "the dose", "මාත්\u200dරාව"),
            Example("de", "dependence", "Abhängig\u00adkeit"),
            Example("es", "Call\u200bnow", "Llame\u200bahora"),
        ),
        "UAX #31, joiner characters",
    ),
    Check(
        "po-damaged",
        Severity.ERROR,
        "A file opened in the wrong encoding prints rubbish for every accent.",
        _damaged,
        (Example("es", "The doctor", "El mÃ©dico"), Example("vi", "The doctor", "B\ufffdc sĩ")),
        (Example("es", "The doctor", "El médico"),),
    ),
    Check(
        "po-lookalikes",
        Severity.ERROR,
        "A Cyrillic o in a Latin word looks right on paper; search, screen readers and spelling checkers fail on it.",
        _lookalikes,
        (
            Example("es", "Ask your doctor.", "Pregunte a su m\u0435dico."),
            Example("ru", "doctors", "вpачи"),
            Example("ru", "He waits.", "Он ждет, a не спит; cop."),
            Example("es", "Yes, go on.", "\u0421\u0430\u0441\u043e sí."),
        ),
        (
            Example("ru", "vitamin C", "витамин C"),
            Example("es", "5 μg", "5 μg"),
            Example("es", "TNF-α is a signal.", "El TNF-α es una señal."),
            Example("ru", "Call Vivitrol", "Звоните в Vivitrol"),
            Example("ru", "ACE inhibitors", "Ингибиторы ACE"),
        ),
        "UTS #39",
    ),
    Check(
        "po-foreign-letters",
        Severity.ERROR,
        "A letter of another script got in by a wrong key or by copying.",
        _foreign,
        (Example("es", "Tell your doctor.", "Dígale a su 医生."),),
        (
            Example("zh_Hans", "Tell your doctor.", "请告诉您的医生。"),
            Example("es", "In Chinese: 医生", "En chino: 医生"),
            Example("es", "Ask your doctor.", "Pregunte a su doctor."),
        ),
    ),
    Check(
        "po-letters",
        Severity.WARNING,
        "Arabic ي and ك in Persian or Urdu, traditional characters in simplified Chinese: readable, but wrong.",
        _letters,
        (Example("fa", "month", "يک ماه"), Example("zh_Hans", "medicine", "藥物")),
        (Example("fa", "month", "یک ماه"), Example("ar", "drug", "دواء طبي")),
    ),
)
