"""What a check has found, as translator's comments in a .po file: every line of ours begins with ``# plainleaf> ``.

Poedit and Weblate show such comments beside the text. The file is not written anew: lines of ours go and come, and
every other byte stays, so that a file is as it was once all is fixed. No line is so long that a program would wrap it.
"""

from __future__ import annotations

import re
import textwrap
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MARK, DRAFT = "plainleaf>", "plainleaf draft>"
_OURS = re.compile(rf"[ \t]*#[ \t]*{MARK}")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ABOVE = ("#.", "#:", "#,", "#|", "msgctxt")  # what an entry has between its translator's comments and its msgid
_WIDTH = 76  # characters of a line with its mark: polib wraps from 78


@dataclass(frozen=True, slots=True)
class Noted:
    """A file with other notes than before, and where its lines are now: new numbers by old ones, from 1; lines that
    were ours have none."""

    data: bytes
    lines: Mapping[int, int]


def is_ours(comment: str) -> bool:
    """Whether a translator's comment, as a catalog has it, is one of these notes."""
    return comment.lstrip().startswith(MARK)


def others(comments: Iterable[str]) -> list[str]:
    """The comments that people have written."""
    return [comment for comment in comments if not is_ours(comment) and not is_draft(comment)]


def is_draft(comment: str) -> bool:
    """Whether a comment says where a draft comes from; it goes once somebody has checked the translation."""
    return comment.lstrip().startswith(DRAFT)


def draft(text: str) -> list[str]:
    """The comments of an entry that say where its draft comes from."""
    return [line.removeprefix("#") for line in _wrapped(text, DRAFT)]


def noted(data: bytes, notes: Mapping[int, Sequence[str]]) -> Noted:
    """The bytes of a .po file (UTF-8) with these notes and no other. ``notes``: what to say, a paragraph each, by the
    line of an entry's msgid, from 1."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    lines = _LINE.findall(data.removeprefix(mark).decode("utf-8"))
    before = {_top(lines, number - 1): said for number, said in notes.items()}
    made, moved = list[str](), dict[int, int]()
    for index, line in enumerate(lines):
        if index in before:
            end = re.search(r"[\r\n]*$", line)
            made += [text + (end[0] if end and end[0] else "\n") for part in before[index] for text in _wrapped(part)]
        if not _OURS.match(line):
            made.append(line)
            moved[index + 1] = len(made)
    return Noted(mark + "".join(made).encode(), moved)


def _top(lines: Sequence[str], index: int) -> int:
    """Where notes on an entry go: above its first line that is no translator's comment."""
    while index > 0:
        above = index - 1
        while above > 0 and not lines[above].strip():  # as may lie between a msgctxt and its msgid
            above -= 1
        text = lines[above].lstrip(" \t")
        if text.startswith("msgctxt") or (above == index - 1 and text.startswith(_ABOVE)):
            index = above
        elif text.startswith('"') and (start := _start(lines, above)) is not None:
            index = start
        else:
            break
    return index


def _start(lines: Sequence[str], index: int) -> int | None:
    """The first line of a msgctxt that ends in this one; ``None`` if the line is the end of something else."""
    while index > 0 and (not lines[index].strip() or lines[index].lstrip(" \t").startswith('"')):
        index -= 1
    return index if lines[index].lstrip(" \t").startswith("msgctxt") else None


def _wrapped(text: str, mark: str = MARK) -> list[str]:
    begin = f"# {mark} "
    whole = " ".join(text.split())
    made = textwrap.wrap(whole, _WIDTH, initial_indent=begin, subsequent_indent=f"{begin}  ", break_on_hyphens=False)
    return [line + " " if line.endswith("\\") else line for line in made]  # to GNU gettext it would go on
