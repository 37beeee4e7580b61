"""Checks on names: medicines, the leaflet's words to know, brand names, web and mail addresses."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages import addresses
from plainleaf.languages.facts import english
from plainleaf.languages.folding import fold, tokens
from plainleaf.languages.scripts import script_of
from plainleaf.model import Message, Severity
from plainleaf.model.phrases import closest

_BRAND_LIST = re.compile(r"\b[Bb]rand names?:? +((?:[A-Z][\w-]+(?:, (?:and |or )?| and | or )?)+)")
_INNER_CAPITAL = re.compile(r"\b(?=\w{5})[A-Z][a-z]+[A-Z][A-Za-z]*\b|\b[A-Z][\w-]+(?=[®™])")
_NO_BRAND = frozenset({"None", "No", "Brand", "Name", "Names", "Generic", "Other", "Unknown"})


def brands(messages: Iterable[Message]) -> frozenset[str]:
    """The brand names of a leaflet: called so, with a capital inside, or standing in a column of brand names."""
    found: set[str] = set()
    for message in messages:
        found |= _brands_in(message.text)
        if any("brand name" in comment.lower() for comment in message.comments) and "header" not in message.context:
            found |= _cell_brands(message.text)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _brands_in(text: str) -> frozenset[str]:
    found = set(_INNER_CAPITAL.findall(text))
    for listed in _BRAND_LIST.findall(text):
        found |= set(re.findall(r"[A-Z][\w-]+", listed))
    return frozenset(found - _NO_BRAND)


def _cell_brands(text: str) -> frozenset[str]:
    """ "Depade, ReVia" stands under “Brand names”; "None approved (as of 2019)" stands there too."""
    parts = [part.strip() for part in re.split(r",| and | or |/", text)]
    if all(re.fullmatch(r"[A-Z][\w-]+[®™]?", part) for part in parts):
        return frozenset(part.rstrip("®™") for part in parts) - _NO_BRAND
    return frozenset()


def _brands(case: Case) -> Iterator[Problem]:
    text = case.source.text
    known = set(_brands_in(text)) | {name for name in case.names if name in text}
    printed = case.target.text.lower()
    for name in sorted(known):
        if name.lower() not in printed and re.search(rf"\b{re.escape(name)}\b", text):
            near = closest(name, re.findall(r"[A-Za-z-]+", case.target.text), least=0.7)
            what = f"the brand name {name} is written {near}" if near else f"the brand name {name} is missing"
            yield Problem(what, "keep brand names as they are on the pack, in Latin letters")


# --------------------------------------------------------------------------- words to know


@cache
def is_medicine(term: str) -> bool:
    """Whether a term reads like the name of a medicine: one word with an ending of such names."""
    endings, others = (english().list("words", key) for key in ("medicine-endings", "no-medicine"))
    word = term.lower()
    return " " not in word and len(word) > 5 and word.endswith(endings) and word not in others


@lru_cache(maxsize=4096)
def _in_english(term: str) -> re.Pattern[str]:
    stem = re.escape(term.lower())
    stem = rf"{stem[:-1]}(?:y|ies)" if stem.endswith("y") else rf"{stem}(?:e?s)?"
    return re.compile(rf"(?<![^\W_]){stem}(?![^\W_])")


@lru_cache(maxsize=4096)
def _stems(term: str, loose: bool) -> tuple[str, ...]:
    """What must be found of a translated term: of a name all but its last letter, of other words the first part."""
    found = []
    for token in tokens(fold(term)):
        word = token.text.removeprefix("ال") if len(token.text) > 4 else token.text
        if not loose:
            keep = len(word) - 1 if len(word) > 5 and word[-1] in "aeiouyаеоуіиыэюяъьаہهة" else len(word)
        else:
            keep = max(2, len(word) // 2) if script_of(word[0]) == "CJK" else max(3, -(-len(word) * 6 // 10))
        found.append(word[:keep])
    return tuple(found)


def _count(stems: tuple[str, ...], folded: str) -> int:
    """How often a term is met; of several words half must be there."""
    counts = sorted((folded.count(stem) for stem in stems), reverse=True)
    return counts[(len(counts) - 1) // 2] if counts else 0


def _spoken(case: Case) -> dict[str, int]:
    """The leaflet's terms that the source has, and how often."""
    folded = case.source.folded
    near = [term for term in case.terms if term[:-1].lower() in folded]
    found = {term: len(_in_english(term).findall(folded)) for term in near}
    return {term: count for term, count in found.items() if count}


def _medicines(case: Case) -> Iterator[Problem]:
    spoken = _spoken(case)
    folded = case.target.folded
    names = {term: given for term, given in case.terms.items() if is_medicine(term) and given.strip()}
    counts = {term: _count(_stems(given, loose=False), folded) for term, given in names.items()}
    strangers = [term for term in names if counts[term] and term not in spoken and not _inside(term, names, counts)]
    named = [term for term in names if term in spoken]
    if named and strangers:
        what = f"the source says {named[0]}, the translation also or only {names[strangers[0]]} ({strangers[0]})"
        yield Problem(what, f"write {names[named[0]]}: these are two medicines")
        return
    for term in named:
        if counts[term] >= spoken[term]:
            continue
        if slip := _slip(names[term], case, names.values()):
            yield Problem(f"“{slip}” is perhaps a misspelling of {names[term]} ({term})", f"write {names[term]}")
        elif not counts[term]:
            yield Problem(f"the medicine {term} is not named", f"write {names[term]}, as among the words to know")


def _inside(term: str, names: dict[str, str], counts: dict[str, int]) -> bool:
    """Whether a name is only met as part of another one."""
    own = _stems(names[term], loose=False)
    return any(
        other != term
        and counts[other]
        and all(any(stem in long for long in _stems(names[other], False)) for stem in own)
        for other in names
    )


def _slip(given: str, case: Case, known: Iterable[str]) -> str:
    """A word that is nearly the term, and no other known name."""
    stems = [stem for name in known for stem in _stems(name, loose=False)]
    word = fold(given)
    if not case.language.spaced:
        return _slip_in_letters(word, case.target.folded, known)
    for token in case.target.tokens:
        text = token.text
        if len(text) > 5 and abs(len(text) - len(word)) < 4 and not any(stem in text for stem in stems):
            matcher = difflib.SequenceMatcher(None, text, word)
            if matcher.real_quick_ratio() > 0.78 and matcher.quick_ratio() > 0.78 and matcher.ratio() > 0.78:
                return text
    return ""


def _slip_in_letters(word: str, folded: str, known: Iterable[str]) -> str:
    """The same where no spaces stand between words: one character of three or more is another."""
    others = [fold(name) for name in known]
    for start in range(len(folded) - len(word) + 1) if len(word) > 2 else ():
        part = folded[start : start + len(word)]
        if sum(one != other for one, other in zip(part, word, strict=True)) == 1 and part not in others:
            return part
    return ""


def _terms(case: Case) -> Iterator[Problem]:
    for term in _spoken(case):
        given = case.terms[term]
        if given.strip() and not is_medicine(term) and not _count(_stems(given, loose=True), case.target.folded):
            yield Problem(f"“{term}” is not translated as among the words to know", f"there it is “{given}”")


# --------------------------------------------------------------------------- addresses


def _web(case: Case) -> Iterator[Problem]:
    known = {fault.text for fault in addresses.faults(case.source.text)}
    broken = [fault for fault in addresses.faults(case.target.text) if fault.text not in known]
    for fault in broken:
        yield Problem(f"the address “{fault.text}” {fault.what}", f"{fault.right}; copy it from the source")
    wanted = Counter(_address(text, case) for text in case.source.addresses)
    given = Counter(_address(text, case) for text in case.target.addresses)
    for address, times in (wanted - given).items():
        if not given[address]:
            yield Problem(f"the address {address} is missing or another", "copy it letter by letter")
        else:
            what = f"the address {address} is there {given[address]} of {given[address] + times} times"
            yield Problem(what, "write it as often as the source does")
    if wanted - given or broken:
        return
    for address in given - wanted:
        if wanted[address]:
            yield Problem(f"the address {address} is there more often than in the source", "write it as often as there")
        else:
            yield Problem(f"the address {address} is not in the source", "delete it, or have it added to the source")


def _address(text: str, case: Case) -> str:
    """An address without what may differ: its case, and the page in the reader's language."""
    language = re.escape(case.locale.tag.split("-")[0].lower())
    return re.sub(rf"(?<=[^/])/(?:{language}|en)(?=/|$)", "", text.lower()).rstrip("/.")


_MEDICINES = {"naltrexone": "naltrexona", "naloxone": "naloxona"}

CHECKS = (
    Check(
        "po-medicines",
        Severity.ERROR,
        "Naloxone and naltrexone differ by four letters. A medicine's name is compared with its entry among the words"
        " to know, whatever its ending in the sentence.",
        _medicines,
        (
            Example("es", "Ask for naloxone.", "Pida naltrexona.", _MEDICINES),
            Example("es", "Ask for naloxone.", "Pida naxolona.", _MEDICINES),
            Example("es", "Ask for naloxone.", "Pídala.", _MEDICINES),
            Example("zh_Hans", "Ask for naloxone.", "请索要纳洛铜。", {"naloxone": "纳洛酮"}),
            Example("zh_Hans", "Ask for naloxone.", "请索要它。", {"naloxone": "纳洛酮"}),
            Example("es", "Naloxone saves: carry naloxone.", "La naloxona salva: lleve naloxana.", _MEDICINES),
        ),
        (
            Example("es", "Ask for naloxone.", "Pida naloxona.", _MEDICINES),
            Example("ru", "Ask for naloxone.", "Спросите о налоксоне.", {"naloxone": "налоксон"}),
            Example("es", "Naloxone saves: carry naloxone.", "La naloxona salva: llévela.", _MEDICINES),
            Example(
                "zh_Hans",
                "Ask for ethylmorphine.",
                "请索要乙基吗啡。",
                {"morphine": "吗啡", "ethylmorphine": "乙基吗啡"},
            ),
            Example(
                "ar", "Naltrexone blocks opioids.", "يحجب النالتريكسون المواد الأفيونية.", {"naltrexone": "نالتريكسون"}
            ),
        ),
        "ISMP list of confused drug names",
    ),
    Check(
        "po-terms",
        Severity.WARNING,
        "Two words for one thing make readers look for a difference.",
        _terms,
        (Example("es", "Your tolerance falls.", "Su aguante disminuye.", {"tolerance": "tolerancia"}),),
        (Example("es", "Your tolerance falls.", "Su tolerancia disminuye.", {"tolerance": "tolerancia"}),),
    ),
    Check(
        "po-brands",
        Severity.ERROR,
        "The name on the pack is what a patient compares with the leaflet.",
        _brands,
        (
            Example("es", "oxycodone (brand name OxyContin)", "oxicodona (marca OxyCotin)"),
            Example("zh_Hans", "It is sold as ReVia.", "它的商品名是瑞维亚。"),
            Example("es", "Ask for iGlucose.", "Pida el medidor.", names=frozenset({"iGlucose"})),
        ),
        (Example("zh_Hans", "oxycodone (brand name OxyContin)", "羟考酮（商品名：OxyContin）"),),
    ),
    Check(
        "po-web",
        Severity.ERROR,
        "A wrong address leads nowhere, or to somebody else.",
        _web,
        (
            Example("es", "See www.samhsa.gov for help.", "Busque ayuda en www.samsha.gov."),
            Example("es", "See our page for help.", "Busque ayuda en www.samhsa.gov."),
            Example("es", "Read https://www.coughs.example/rest now.", "Lea https:/www.coughs.example/rest ya."),
            Example("es", "Read https://www.coughs.example/rest now.", "Lea www.coughs.example/rest ya."),
            Example("es", "Read https://www.coughs.example/rest now.", "Lea http://www.coughs.example/rest ya."),
            Example("es", "Read https://www.coughs.example/rest now.", "Lea https://www.coughs .example/rest ya."),
            Example("es", "Read https://www.coughs.example/rest now.", "Lea https://www.coughs,example/rest ya."),
            Example("es", "Read www.cdc.gov now.", "Lea www.cdc.gov ya, sí, www.cdc.gov."),
            Example("es", "Read www.cdc.gov, then www.cdc.gov.", "Lea www.cdc.gov."),
            Example("es", "Write to help@clinic.example.", "Escriba a help@ clinic.example."),
            Example("es", "Call us.", "Escriba a ayuda@clinica."),
        ),
        (
            Example("es", "See www.samhsa.gov for help.", "Busque ayuda en www.samhsa.gov."),
            Example("es", "See https://www.cdc.gov/flu/.", "Vea https://www.cdc.gov/es/flu/."),
            Example("zh_Hans", "See https://www.cdc.gov/flu/.", "请见 https://www.cdc.gov/zh/flu/。"),
        ),
    ),
)
