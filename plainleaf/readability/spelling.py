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


# --------------------------------------------------------------------------- Portuguese

_CLOSED = "(?!nh|[mnlrz](?![aeiouáàâãéêíóôõúh]))"  # ruim, ainda, raiz: the weak vowel is said apart; rainha
_PT = re.compile(
    r"(?<=[qg])u(?=[eiéêíaoáâãóôõ])|i(?=es?$)|(?<=^a)o(?=s?$)"  # quatro, guia, série, aos
    rf"|([ãõ][eo]|e(?=u(?:ni|sa))|[aeoáàâéêóô](?:[iu]{_CLOSED})?|i[iu]{_CLOSED}|ui{_CLOSED}|[iuyíúüãõ])"
)


def portuguese(word: str) -> int:
    """i and u behind a vowel join it, unless they stand before m, n, l, r, z of their own syllable; before one they do
    not (pa-ci-en-te), but u behind q and g does."""
    return sum(1 for found in _PT.finditer(word) if found[1])


# --------------------------------------------------------------------------- Swedish, Danish, Norwegian

_SV = re.compile(r"(?<=[tsx])i(?=on)|(eau|au(?!m)|eu(?!m|s$)|ou|[aeiouyåäöéèáüà])")
_DA = re.compile(r"(?<=[ts])i(?=on)|(eau|au|eu(?!m|s$)|ou|ai(?!v)|oy(?=a)|[aeiouyæøåéèáüöä])")
_NB = re.compile(
    r"(?<=[ts])i(?=on)"
    r"|(eau|au|eu(?!m|s$)|ou|øy|(?<!prot)(?<!kod)(?<!koff)(?<!kas)ei(?!sm)|ai(?!n)|oi|[aeiouyæøåéèáüöäòóêâ])"
)


def swedish(word: str) -> int:
    """A vowel letter is a syllable, but for au, eu, ou and the i of -tion and -sion."""
    return sum(1 for found in _SV.finditer(word) if found[1])


def danish(word: str) -> int:
    """A vowel letter is a syllable, but for a few foreign pairs and the i of -tion and -sion."""
    return sum(1 for found in _DA.finditer(word) if found[1])


def norwegian(word: str) -> int:
    """A vowel letter is a syllable, but for the diphthongs ei, øy, au, ai, oi."""
    return sum(1 for found in _NB.finditer(word) if found[1])


# --------------------------------------------------------------------------- Romanian

_RO_V = "aeiouăâî"
# Infinitives, and a few other words, whose last i is said; that of plurals is not.
_RO_SAID = """
albi ameți amorți auzi cheltui chibzui chinui citi clinti coborî deveni deși dori dovedi feri folosi fugi ghici
goli grăbi gândi găsi hrăni ieși iubi izbuti lipi lipsi locui lovi lămuri mirosi mulțumi muri numi obișnui obosi ocoli
oferi opri plesni plictisi plăti pomeni porni potrivi pregăti preveni primi privi păzi păți reuși roși sfârși
simți slăbi sosi sprijini stropi suferi supraviețui sări tanti taxi topi trebui trăi tuși umbri uni urmări veni
viețui vorbi zâmbi îmbolnăvi împărți încălzi înghiți îngriji însoți însănătoși întâlni întări învineți"""
_RO_GLIDE_E = (  # ea is one (seară), but not in words taken over (real, teatru, ocean)
    r"(?<!^r)(?<!^ir)(?<!^id)(?<!^c)(?<!^t)(?<!^cr)(?<!cer)(?<!rec)e(?=al)"
    r"|(?<!oc)(?<!^cr)(?<!^t)(?<!^r)(?<!id)(?<!rop)e(?=a(?!l|ți))|(?<=^c)e(?=a)"
)
_RO_STEPS = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (rf"^({'|'.join(sorted({word[:-1] for word in _RO_SAID.split()}))})i$", r"\1e"),
        (  # chiar, picior, cincizeci, câțiva; but contagios, sociolog
            r"(?<=[cg]h)i(?=[aeouă](?!j))|(?<!soc)(?<=c)i(?=u|o(?!l|n|z))|(?<=g)i(?=u|o(?!s$|as|l|n|z))"
            r"|(?<=cinc)i(?=[zs])|(?<=âț)i(?=va)",
            "j",
        ),
        (rf"(?<=[^{_RO_V}])ii$|(?<=[^{_RO_V}]i)ii$", "y"),  # copii, copiii
        (  # the last i of plurals: cartofi, but not codri, și
            rf"(?<=[^{_RO_V}j])(?<![bcdfgptv][lr])(?<!^[^{_RO_V}])(?<!^[sș][^{_RO_V}])(?<!^[bcdfgptv][lr])i$",
            "j",
        ),
        (r"ui$", "uj"),
        (rf"(?<=[{_RO_V}])[iu](?=[aeouăâî])|^i(?=[aeou])", "j"),  # cheia, două, iar
        (rf"(?<=[{_RO_V}])u$|(?<=[aeoăâî])i$|i(?=ul(?:ui)?$)", "j"),
        (  # piele, fier, piatră; but pacient, dietă
            r"(?<=[pbfmv])(?<!^sov)i(?=e(?!$|i$|t[aă]|n[țt]|ri?$)|erd|eți)|(?<=^f)i(?=eri?$)|(?<=^[pv])i(?=a[tț])|(?<=^m)i(?=az)"
            r"|(?<=^acești)i(?=a$)",
            "j",
        ),
        (rf"{_RO_GLIDE_E}|o(?=a)(?!ag|ab|ap[er])", "j"),
        (  # mâine, haină; but cocaină, aici, tifoid
            r"(?<=[âî])i(?=[nm]|ț)|(?<=^tre)i(?=[lsz])|(?<=^do)i(?=[ls])|(?<=[ao])i(?!n(?!ic)|ci?$|s[ăt]|d$|$)"
            r"|(?<=^[hfmt]a)i(?=n)|(?<=[eo])u(?=[r])(?<!reu)",
            "j",
        ),
    )
)
_RO = re.compile("[aeiouăâîy]")


def romanian(word: str) -> int:
    """A vowel letter is a syllable, but for i and u beside vowels, e and o before a, and the last i of plurals."""
    word = word.replace("ş", "ș").replace("ţ", "ț")
    for step, mark in _RO_STEPS:
        word = step.sub(mark, word)
    return len(_RO.findall(word))


# By the names that [syllables] of a language's data gives them.
RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        spanish, italian, german, dutch, polish, french, portuguese, swedish, danish, norwegian, romanian,
    )
}  # fmt: skip
