"""Syllables from spelling: one small set of rules per language, measured in tests/benchmarks/readability.py.

Each rule takes a word in small letters and counts its syllables as the word is said in clear speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Rule = Callable[[str], int]


# --------------------------------------------------------------------------- Spanish, Italian, Portuguese, Catalan

_ES = re.compile(
    r"(?<=[qg])u(?=[eiéí])|h|y(?=[aeiouáéíóú])"  # not sounded as vowels: que, guitarra, ya
    r"|([iuü]h?[aeoáéó](?:[iuy](?![iuaeoáéíóú]))?|[aeoáéó]h?[iuüy](?![aeoáéóiuíú])|[iu][uiúíü]|[aeoáéóiuüyíú])"
)


def spanish(word: str) -> int:
    """A weak vowel (i, u) joins its neighbour unless it carries the accent; two strong vowels stand apart."""
    return sum(1 for found in _ES.finditer(word) if found[1])


_IT = re.compile(
    r"(?<=[cg])i(?=[aouàòù])|(?<=gl)i(?=[aeouàèéòù])|(?<=sc)i(?=e)|(?<=q)u"  # letters that are not sounded
    r"|((?:[iuj]?[aeoàèéòó](?:[iu](?![aeoàèéòó]))?)|[iu][iuìù]|[iuìíùúy])"
)
_IT_STRESSED = re.compile(
    r"[^aeiou]*(?:[iu][aeo]|uoi|iei)|(?:[st]uo|mie)i"  # mio, tua, suoi, miei: the stress is on the first
    r"|.*(?:[lgfrn]ogi|scopi|grafi|metri|patri|terapi|nomi|tomi|[ae]rgi|latti|izi|oesi|tasi|farmaci|allegri|galleri)[ae]"
)


def italian(word: str) -> int:
    """i and u before a vowel, or after a, e, o, are glides; not so where they are stressed (mio, via, energia)."""
    stressed = _IT_STRESSED.fullmatch(word) and not word.startswith("qu")
    return sum(1 for found in _IT.finditer(word) if found[1]) + bool(stressed)


# --------------------------------------------------------------------------- German, Dutch, Polish

_DE = re.compile(
    r"(?<=q)u|^y(?=[aeou])|i(?=on)"  # not sounded as vowels: Quelle, Nation
    r"|(^[bg]e(?=e[hin])|(?<=[aeiouäöüy][lnrd])i(?=en?$)|eau|äu|[ae][iuy]|oi|ie|aa|ee(?!n$|um)|oo|ou"
    r"|[aeiouyäöüáéèêàâóôíú])"
)


def german(word: str) -> int:
    """Diphthongs and doubled vowels are one."""
    return sum(1 for found in _DE.finditer(word) if found[1])


_NL = re.compile(r"aai|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|ij|ai|oi|[aeiouyäëïöüáéèêàâóôíú]")


def dutch(word: str) -> int:
    """Dutch writes long vowels and diphthongs with two letters; the dieresis parts them."""
    return len(_NL.findall(word))


_PL = re.compile(r"i(?=[aeiouąęó])|((?<!z)(?<!n)au(?!f)|eu(?!m|sz|st)|[aeiouyąęóéäöü])")


def polish(word: str) -> int:
    """A vowel letter is a syllable; i before a vowel only softens the consonant."""
    return sum(1 for found in _PL.finditer(word) if found[1])


# --------------------------------------------------------------------------- French

_V = "aeiouyàâäéèêëîïôöùûüœæ"
_C = f"[^{_V}]"
_FR_NOUNS = re.compile(  # their -ent is said, as that of all words in -ment
    r"(?:.*(?:[cvs]i?dent|incid|occid|(?:in|na|ré|dé|adoles)cent|[aru]gent|lligent|(?:sou|con|cou)vent|(?:con|la)tent|talent"
    r"|[lcti]ient|pr[éu][cs]édent|prudent|présent|absent|parent|différent|cellent|violent|manent|tinent|quent|valent|polent)"
    r"|vent|lent|dent|cent|ardent|serpent|violent|insolent)s?"
)
_AFTER_L_R = "(?<![bcdfgptv][lr])"  # oublier, ouvrier: the i is said
_FR_STEPS = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"qu", "q"),
        (r"gu(?=[eéèêiîy])", "g"),
        (r"ge(?=[aouâô])", "j"),
        (r"(?<=[aeuo])ill|(?<=[aeu])il(?=s?$)", "j"),  # famille keeps its i, travail does not
        (r"(?:(?<!m)|(?<=^aim)|(?<=rm)|(?<=[ns]omm))ent$", "e"),  # plural of verbs
        (r"es?$", ""),  # mute at the end
        (r"(?<=[iuéay])e(?=m|r[aio])", ""),  # paiement, remerciera
        (rf"{_AFTER_L_R}i(?=[{_V}])|(?:^|(?<={_C}))y(?=[{_V}])", ""),  # glides: bien, nation
        (rf"{_AFTER_L_R}ou(?=[aeéèêi])|(?<![aeo]){_AFTER_L_R}u(?=[{_V}])|(?<![aeo])u(?=i)", "w"),
    )
)
_FR = re.compile(rf"eau|oeu|œu|ao[uû]|[aeo][uû]|oo|o[iîy]|a[iî]|ay(?!s$|san|sag)|ei|ey|[{_V}]")


def french(word: str) -> int:
    """Mute e falls away at the end, not inside; i, u and ou before a vowel are glides."""
    if len(_FR.findall(word)) < 2:
        return len(_FR.findall(word))
    if _FR_NOUNS.fullmatch(word):
        word = word.replace("ent", "ant")
    word = word.replace("emment", "amant")
    for step, mark in _FR_STEPS:
        word = step.sub(mark, word)
    return len(_FR.findall(word))


# By the names that [syllables] of a language's data gives them.
RULES: Mapping[str, Rule] = {rule.__name__: rule for rule in (spanish, italian, german, dutch, polish, french)}
