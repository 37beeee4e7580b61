"""Syllables of English: CMUdict's counts, the same for words made from its words, and rules for all others.

The counts in ``data/en-syllables.txt.gz`` are derived from CMUdict (BSD licence, see ``data/NOTICE``); the first
pronunciation of each word counts.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

# Letters that are not said are taken away first: a mute e or u, and a y that only joins two vowels.
_UNSAID = re.compile(
    "|".join(
        (
            r"(?<=ic)a(?=lly$)|(?<=v)e(?=ry.)|(?<=[st])e(?=nt?ing$)",  # basically, everyone, listening
            r"(?<=q)u|(?<=g)u(?=[eiy]|ar[daei]|an[ao])(?!e[dnr]?[st]?$|i[tns]|ous|ity)",  # quit, guard
            r"^y(?=[aeiou])|(?<=[aeo])y(?=[aeou])",  # yes, royal
            r"(?<=[gq])ue(?=s?$)",  # league
            r"(?<=[^aeiouylrwh])(?<![^aeiou][rl])e(?=s?$)(?<!bre)(?<!cre)|(?<=[aeiou][lrwh])e$|(?<=[aeiouy][lrw])e(?=s$)",
            r"(?<=[^aeiou]h)e$|(?<=r[lr])e$",
            r"(?<=[^aeioutdlry])e(?=d$)|(?<=[aeiouw][lr])e(?=d$)|(?<=[^aeiou][^aeioutdrl])e(?=d$)",  # used
            r"(?<=[aeiou]y)e(?=d$)|(?<=ll)e(?=d$)|(?<=rr)e(?=d$)",
        )
    )
)
_KEPT = re.compile(r"(?:[cgsxz]|[cs]h)es$")
# The mute e inside: careful, safety, something, basement.
_SECOND_PARTS = (
    "ly less ness ful ment where thing body one time work room side land wood ville man men line way ty bear board hold"
    " house keep like mak point port proof stone some ship shore hood back cake mate right head ward town berry field"
)
_INSIDE = re.compile(rf"(?<=[aeiouy][bcdfgkmnprstvz])e(?=(?:{'|'.join(_SECOND_PARTS.split())})(?!n?t$|d?r$))")
# Two vowels that are said apart: each match adds one.
_APART = re.compile(
    "|".join(
        (
            r"(?<![cgts])ia(?!g)(?!r[ds]?$)(?!ment)|(?<=[ct])ia(?=t[eio])|(?<=[eu]s)ia(?=s)|^[dgv]ia",
            r"thia|(?:ps|lg)ia$|stia(?=[^n])",
            r"(?<![cglnstx])io(?!us)|(?<=[^aeiou][ln])io(?!n)|(?<=[^lc]l)io(?!n)|(?<![cgtxs])io(?=us)|^lio|bio",
            r"(?<=[rt])io(?=[^nu]|$)(?=.{2})",
            r"iu(?!s?$)|(?<![cg])iu(?=s$)",
            r"(?<![gp])eo(?!u)(?!pl|pard|n$|ff)|(?<=[^g])eo(?=us)|(?<=^g)eo(?!rg)",
            r"(?<=[^aeiou][lrtn])ea$|(?<=[rc])ea(?=[tl]i[^en]|to|tu|t(?:e[ds]?|es|ing)$)|(?<=id)ea|thea(?=t)|rea$|nea$",
            r"^(?:re|pre)a(?=ct|[dl][jli]|pp|rr|ss|ff|lig|wak)|(?<=[lrn])ea(?=[rn]s?$)(?=.s?$)(?<=[a-z]{3}ea)",
            r"(?<=[ck])rea(?=t)|(?<=[a-z]{3}[dnrs])ea(?=ls?$|s?$|n$)|rrhea",
            r"(?<![gqs])ua(?!r[dt])|su[ae](?=l)|(?<=g)ua(?=t|l)",
            r"ue(?=[ln](?:[tcls]|$)|t)(?<![gq]ue)|ue(?=st$)(?<![gq]ue)|(?<=[lrd])ue(?=r)",
            r"ui(?=ng|n[aeoi]|ty|ti|d[s]?$|dit|ci|st)(?<![gq]ui)|ruin|uo(?<![q]uo)(?!r[sn]?$)|uu",
            r"(?<=[^aeiou])ie(?=r$|rs$|st$|ty|t[s]?$)(?<=[a-z]{3}ie)|(?<![ct])ie(?=n[ct])|^(?:d|qu|cl|sc|h)ie(?=t|n|r)",
            r"rie(?=n)|xie(?=t)|(?<=[a-z]{2})ie(?=n[is]?$)(?<=[lbd]ie)",
            r"ii|oi(?=ng|nc)|roi(?=n)|oie|oa(?=c[it]|gu|li|sis)|^boa|ao|ae(?=l)|aei",
            r"oe(?=[tmx]|[^aeiouys][^aeiou])(?<=[pcn]oe)|oo(?=[lp]o|pe|rd)(?<=[cz]oo)(?<!scoo)",
            r"ai(?=cs?$|sm|st|v|ti)|ei(?=ng|ty|s[mt]|c|nf|m[bp]|ns|nt)(?<!cei)(?<!gei)|eu(?=m|s(?:e?s)?$)|eui|eei|ee[ai]",
            r"(?<=[^aeiou])y(?=[aeiou])|yi|ayi|oyi|eyi|iy|uy(?=[aeiou])|uou|iou(?<![cgtx]iou)|iae|uie|aiu|eoi|ioi|oui|oue[dr]",
            # handling, tire
            r"(?<=[bdfgkptz])ling(?=s?$)|(?<![aeo])ir(?=(?:'?s?|'d|ing)$)(?<=[^aeious]ir)(?<!stir)(?=.)",
            r"(?<=[aeiouy])[hst]+m(?=s?$)|thm|(?<=[^aeioulr])n't|sm(?=s?$)",  # prism, rhythm, didn't
        )
    )
)
_STEM = re.compile(  # parts that end in a vowel and keep it before another: gastro-enteritis
    r"^(?:(?:anti|auto|bio|cardio|electro|endo|entero|gastro|hydro|hypo|immuno|intra|micro|multi|myo|neo|neuro|osteo|physio"
    r"|psycho|radio|retro|semi|thrombo|vaso|pre|re|co)(?=[aeiou])(?!read|reap|rea[cl]|rei[gn]|rest|coa[cstl]|coi|cou|coo[kl]|preac))+"
)
_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "ers",
    "ly",
    "ness",
    "less",
    "al",
    "ic",
    "able",
    "ment",
    "ation",
    "ist",
    "ists",
)
_SHORTEST = 4  # letters of a word that another may be made from
_GROUP = re.compile(r"[aeiouy]+")


def by_rules(word: str) -> int:
    """How many syllables the spelling tells."""
    if not _KEPT.search(word):
        word = _UNSAID.sub("'", word)
    word = _INSIDE.sub("'", word)
    return max(1, len(_GROUP.findall(word)) + len(_APART.findall(word)))


@cache
def dictionary() -> Mapping[str, int]:
    """Every word of CMUdict with its count."""
    found: dict[str, int] = {}
    packed = resources.files(__package__).joinpath("data/en-syllables.txt.gz").read_bytes()
    for line in gzip.decompress(packed).decode("ascii").splitlines():
        number, _, words = line.partition(" ")
        found.update(dict.fromkeys(words.split(), int(number)))
    return found


@lru_cache(maxsize=65_536)
def count(word: str) -> int:
    """Syllables of a word in small letters: CMUdict's count, that of the words inside it, or what the rules say."""
    known = dictionary()
    word = word.replace("’", "'")
    if word in known:
        return known[word]
    bare = word.removesuffix("'s").removesuffix("'")
    if bare != word:
        return count(bare) + (word.endswith("'s") and bare.endswith(("s", "x", "z", "ch", "sh", "ce", "ge")))
    return _inflected(word, known) or _joined(word, known) or _prefixed(word)


def _inflected(word: str, known: Mapping[str, int]) -> int:
    """The count of a known word and what the ending adds by the rules; 0 if no known word is inside."""
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST:
            for stem in (base, base + "e", base[:-1] + "y" if base.endswith("i") else base):
                if stem in known:
                    return known[stem] + by_rules(word) - by_rules(stem)
    return 0


def _joined(word: str, known: Mapping[str, int]) -> int:
    """The sum of two known words that stand together (nosebleed); 0 if there are no two."""
    for end in range(_SHORTEST, len(word) - _SHORTEST + 1):
        if word[:end] in known and word[end:] in known and not (word[end - 1] in "aeiou" and word[end] in "aeiou"):
            return known[word[:end]] + known[word[end:]]
    return 0


def _prefixed(word: str) -> int:
    found = _STEM.match(word)
    if not found or found.end() > len(word) - 3:
        return by_rules(word)
    return by_rules(found[0]) + by_rules(word[found.end() :])
