"""Which English words are hard as Gunning counts them: three syllables or more, but for three kinds that he leaves out.

Gunning 1952, The Technique of Clear Writing: no names, no combinations of short easy words (bookkeeper, manpower), no
words that only an ending makes three syllables long (-es, -ed, and -ing as his later readers add).
"""

from __future__ import annotations

from functools import lru_cache

from plainleaf.readability import english

_HARD = 3  # syllables
_EASY = 2  # syllables of a short word
# Short words that stand in combinations; a part may end in -s, -ed, -er, -ing.
_WORDS = """
after an any back bag band bath bed belly bird birth blood board body bone book bottle bowl box boy brain bread
breast brick brother butter cake call care chair child cloth color copy cotton cover cup day dose down draw drink
drop dry ear earth eat eating ever every eye face fall farm father feed field finger fire fish flow fly foot fore
free friend front girl glass go goal gold gone grand ground guard guest hair hammer hand head heart heat heavy heel
high hold home honey horse house how hurry in keep ladder lady laid lamp land lay less life light line load lock
long look mad maker making man mark market master mate meal men milk minded money moon mother motor mouth neck nerve
news night noon nose note oat other out over pack paper parent part pass past pay pencil person pick piece place
plant play pocket point poison post pot power price proof rain read ride right ring road room round run sale sales
salt sand screen sea see self sell set shade shake share ship shoe shop short shoulder show shut sick side sign
silver sister skate skin sleep slow smoke snake snow some son spoon spread stairs stand start step stick stock
stomach stone stop store storm straw stream string sugar sun swallow sweat table take taker taking tea teen tender
test thing thirsty throat throw thumb thunder tight time tip tooth top touch town train trip trust turn under up
wake walk wall wash waste watch water way wear week weight wet what wheel wheelchair where which white who whole
wide wild will wind window wise with wood word work world worm worth worthy wrist write writer written year young"""
_PARTS = frozenset(_WORDS.split())
_ENDINGS = ("", "s", "es", "ed", "d", "er", "ers", "r", "rs", "ing", "ings")


@lru_cache(maxsize=65_536)
def is_hard(word: str) -> bool:
    """Whether a word in small letters is hard; whether it is a name, its sentence tells."""
    if "-" in word:
        return not all(english.count(part) <= _EASY for part in word.split("-") if part)
    count = english.count(word)
    return count >= _HARD and not _is_combination(word) and not (count == _HARD and _is_made_by_ending(word))


def _is_combination(word: str) -> bool:
    """Whether it is two short easy words that were written as one, the second with an ending or not."""
    for place in range(2, len(word) - 1):
        if word[:place] in _PARTS and any(
            word.endswith(ending) and word[place : len(word) - len(ending)] in _PARTS for ending in _ENDINGS
        ):
            return True
    return False


def _is_made_by_ending(word: str) -> bool:
    """Whether its third syllable is that of -es, -ed or -ing: "trespasses", but not "medicines"."""
    for ending in ("es", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word:
            once = stem[:-1] if stem[-1:] == stem[-2:-1] else stem  # beginning, begin
            known = [each for each in (stem, f"{stem}e", once) if each in english.dictionary()]
            return any(english.count(each) <= _EASY for each in known or (stem,))
    return False
