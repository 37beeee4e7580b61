"""Words in another language inside a source: which one it is, and what may not stand in it."""

from __future__ import annotations

from plainleaf.languages import facts, naming
from plainleaf.languages.scripts import scripts_of
from plainleaf.model import Inline, foreign, plain
from plainleaf.model.tags import language_tag
from plainleaf.sources.characters import Notes

CHECK = "source-language"
WRITTEN = "[words]{lang=es}"
_USUAL = "write a language code such as es, ar or zh-Hans (BCP 47)"


def tag(notes: Notes, word: str, line: int) -> str:
    """The BCP 47 tag of a language that an author names by its code; "" with a finding if CLDR knows none such."""
    name = naming.spelt(word)
    if naming.usual(name):
        return language_tag(name)
    if word:
        what = f"there is no language “{word[:40]}”"
        notes.error(CHECK, line, what, naming.question(word[:40]) or _USUAL)
    return ""


def judge(notes: Notes, inlines: tuple[Inline, ...], lang: str, line: int) -> None:
    """Note what is wrong with words that are in a language: others inside them, or the letters of another script."""
    if any(foreign(inlines)):
        what = "words in another language are inside words in another language"
        notes.error(CHECK, line, what, f"close the outer ones first: {WRITTEN} and {WRITTEN.replace('es', 'ar')}")
        return
    said, known = scripts_of(plain(inlines)), facts.named(lang).list("", "scripts")
    if said and known and not said & {*known}:
        name = naming.english_name(naming.spelt(lang))
        what = (
            f"none of these letters belongs to {name}: “{plain(inlines)[:40]}” would be read aloud in the wrong voice"
        )
        notes.error(CHECK, line, what, f"write the code of the language of these words instead of {lang}")
