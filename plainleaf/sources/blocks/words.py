"""The words to know, from the head."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks

KINDS = (
    About(Kind.WORDS, box=True),
    About(Kind.WORD, printed="words"),
    About(Kind.TERM, "Word to know", printed="words"),
    About(Kind.SAY, "How to say the word (for readers of your language)", printed="words"),
    About(Kind.MEANS, "What the word means", prose=True, printed="words"),
)


def words(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """The place where the words stand; nothing is written there."""
    if fence.parts:
        hint = "write the words under “terms” in the front matter"
        body.notes.error("source-words", fence.line, "“::: words” must be empty", hint)
    return [body.made(Kind.WORDS, fence.line, marks, (), body.terms.children)]


FENCED = (Fenced("words", words, "::: words\n:::", empty=True),)
