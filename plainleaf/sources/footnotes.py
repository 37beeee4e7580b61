"""Notes as everybody types them in Markdown: ``[^1]`` in a text, ``[^1]: what it says`` on a line of its own.

Both are found in the lines before Markdown is read, which takes such a line for the last row of a table or the end of
a list point. What the notes of a leaflet come to is ``blocks.notes``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plainleaf.model import NOTE
from plainleaf.sources.fences import Lines

_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}"
_MARK = re.compile(rf"(?<!\\)(?:(?<=\S)\[\^|\[\^(?={_NAME}\](?!:)))({_NAME})\]")  # before a colon: right after a word
_DEFINED = re.compile(rf" {{0,3}}\[\^({_NAME})\]:(?:[ \t]+(.*)|$)")
# What ends a note, beside an empty line: what begins another block.
_OTHER_BLOCK = re.compile(r"\s*$|\s*(?:[|#>]|[-*+][ \t]|\d+[.)][ \t])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A note that a text marks, as ``name`` and as ``typed``, and the ``line`` on which it does."""

    name: str
    typed: str
    line: int


@dataclass(frozen=True, slots=True)
class Written:
    """A note, by the name that marks it; ``text`` is Markdown that begins in ``line``."""

    name: str
    typed: str
    line: int
    text: str


def _name(typed: str) -> str:
    """The name in a placeholder, which has small letters and no hyphen."""
    return typed.lower().replace("-", "_")


def marked(text: str, line: int) -> tuple[str, list[Mark]]:
    """A text that begins in ``line`` with placeholders for its marks, and those marks."""
    found = [Mark(_name(mark[1]), mark[1], line + text.count("\n", 0, mark.start())) for mark in _MARK.finditer(text)]
    return (_MARK.sub(lambda mark: f"{{{NOTE}{_name(mark[1])}}}", text) if found else text), found


def taken_out(lines: Lines) -> tuple[Lines, list[Written]]:
    """The lines with those of notes left empty, so that all others keep their numbers; and the notes."""
    kept, written = list[str](), list[Written]()
    going_on = False
    for number, line in enumerate(lines.lines, lines.first):
        if begun := _DEFINED.fullmatch(line):
            written.append(Written(_name(begun[1]), begun[1], number, (begun[2] or "").strip()))
        elif going_on and not _OTHER_BLOCK.match(line):
            written[-1] = replace(written[-1], text=f"{written[-1].text}\n{line.strip()}")
        else:
            kept.append(line)
            going_on = False
            continue
        kept.append("")
        going_on = True
    return (replace(lines, lines=tuple(kept)) if written else lines), written
