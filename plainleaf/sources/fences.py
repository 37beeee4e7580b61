"""The blocks of our own, ``::: name`` to ``:::``, and the marks ``{#A1 .safety}``; their Markdown is not read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from plainleaf.model.phrases import hint_at
from plainleaf.sources.characters import Notes, squash

DEEPEST_BLOCK = 6  # blocks inside one another
HOPELESS = 100  # from this depth on, what is opened is no longer matched with what is closed

_FENCE = re.compile(r"\s*(?P<colons>:{3,})(?P<info>.*)")
_MARKS = re.compile(r'(?:^|[ \t\n])\{(?P<marks>(?:[^{}"]|"[^"]*")*)\}\s*$')
_MARK = re.compile(r'(?P<key>[A-Za-z]+)="(?P<value>[^"]*)"(?=\s|$)|(?P<word>\S+)')
_OPTION = re.compile(r'(?P<key>[A-Za-z-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?=\s|$)|(?P<other>\S+)')
_LIKE_MARKS = re.compile(r'[#.="]|^$')  # the rest are details of the clinic, perhaps misspelt: {Clinic_phone}
_KNOWN_MARKS = (".safety", ".short", ".optional", ".more", 'note="..."', 'context="..."')


@dataclass(frozen=True, slots=True)
class Marks:
    """What an author noted on a block; ``line`` is where the marks stand."""

    line: int
    id: str = ""
    safety: bool = False
    short: bool = False
    more: bool = False
    optional: bool = False
    note: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """The options that a block must have, those that it may have, and other names that people may try for it.

    ``bare``: the one whose value may stand there without its name.
    """

    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    bare: str = ""


class Known(Protocol):
    """What must be known of a block before its content is read; ``body.Fenced`` is one."""

    @property
    def options(self) -> Options:
        """What may stand behind its name."""

    @property
    def example(self) -> str:
        """A whole block, as an author writes it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of Markdown, the first of them line ``first`` of the file."""

    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of our own. ``name`` is "" for one we do not know: what it holds counts as if it stood free."""

    name: str
    line: int
    marks: Marks
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    parts: tuple[Part, ...] = ()


Part = Lines | Fence


# --------------------------------------------------------------------------- marks


def split_marks(notes: Notes, text: str, line: int) -> tuple[str, Marks]:
    """``text`` without the marks at its end, and those marks; ``line`` is where the text begins."""
    found = _MARKS.search(text) if text.rstrip().endswith("}") else None
    if not found or not _LIKE_MARKS.search(found["marks"]):
        return text, Marks(line)
    return text[: found.start()], _marks(notes, found["marks"], line + text.count("\n", 0, found.start("marks")))


def _marks(notes: Notes, text: str, line: int) -> Marks:
    ids: list[str] = []
    classes = {".safety": False, ".short": False, ".more": False, ".optional": False}
    said: dict[str, str] = {}
    for mark in _MARK.finditer(text):
        word = mark["word"] or ""
        if word in classes:
            classes[word] = True
        elif word.startswith("#"):
            ids += _id(notes, word[1:], line)
        elif mark["key"] in ("note", "context") and mark["key"] not in said:
            said[mark["key"]] = squash(mark["value"])
        else:
            what = "appears twice" if mark["key"] in said else "is not a mark"
            hint = hint_at(word or f'{mark["key"]}="..."', _KNOWN_MARKS, f"marks are #name, {', '.join(_KNOWN_MARKS)}")
            if mark[0].startswith("lang="):
                hint = "write [words]{lang=es}, or put the text between “::: language es” and “:::”"
            notes.error("source-mark-unknown", line, f"“{mark[0][:60]}” {what}", hint)
    if not text.strip():
        notes.error("source-mark-unknown", line, "“{}” contains no mark", "delete it")
    if len(ids) > 1:
        notes.error("source-id-bad", line, f"there are two names: {', '.join(ids)}", "keep one of them")
    return Marks(
        line,
        ids[0] if ids else "",
        classes[".safety"],
        classes[".short"],
        classes[".more"],
        classes[".optional"],
        said.get("note", ""),
        said.get("context", ""),
    )


def _id(notes: Notes, name: str, line: int) -> list[str]:
    if re.fullmatch(r"[A-Za-z0-9_.-]+", name):
        return [name]
    hint = "use letters (a to z), digits, “-”, “_” and “.”, such as {#A1}"
    notes.error("source-id-bad", line, f"“#{name[:40]}” is not a valid name", hint)
    return []


# --------------------------------------------------------------------------- blocks


@dataclass(slots=True)
class _Open:
    """A block while it is read; the outermost one is the leaflet itself."""

    length: int
    fence: Fence
    called: str
    parts: list[Part] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    first: int = 0

    def keep_lines(self) -> None:
        """Make a part of the lines so far."""
        if any(line.strip() for line in self.lines):
            self.parts.append(Lines(self.first, tuple(self.lines)))
        self.lines = []


def read(notes: Notes, lines: list[str], first: int, known: Mapping[str, Known]) -> tuple[Part, ...]:
    """The parts of a body whose first line is number ``first`` of the file; ``known``: all blocks, by name."""
    stack = [_Open(0, Fence("", first, Marks(first)), "")]
    for number, line in enumerate(lines, first):
        found = _FENCE.fullmatch(line)
        if not found:
            if not stack[-1].lines:
                stack[-1].first = number
            stack[-1].lines.append(line)
            continue
        stack[-1].keep_lines()
        info = found["info"].strip()
        if info:
            _open(stack, len(found["colons"]), _fence(notes, info, number, known), notes)
        else:
            _close(notes, stack, len(found["colons"]), number)
    while len(stack) > 1:
        _unclosed(notes, stack[-1])
        _pop(stack)
    stack[0].keep_lines()
    return tuple(stack[0].parts)


def _open(stack: list[_Open], length: int, begun: tuple[Fence, str], notes: Notes) -> None:
    outer = stack[-1]
    fence, called = begun
    line = fence.line
    if outer.length and length >= outer.length:
        notes.error(
            "source-block-fence",
            line,
            f"“{called}” begins inside “{outer.called}” of line {outer.fence.line}",
            f"close “{outer.called}” first; if it should contain this block, give it more colons, above and below",
        )
    if len(stack) > DEEPEST_BLOCK:
        hint = f"blocks can be nested {DEEPEST_BLOCK} deep at most"
        notes.error("source-nested-too-deep", line, f"“{called}” is nested too deeply", hint)
        fence = Fence("", line, Marks(line))
    if len(stack) > HOPELESS:
        return
    stack.append(_Open(length, fence, called))


def _close(notes: Notes, stack: list[_Open], length: int, line: int) -> None:
    if len(stack) == 1:
        notes.error(
            "source-block-stray", line, "these colons do not close any block", "delete them, or name the block: ::: tip"
        )
        return
    if any(block.length == length for block in stack[1:]):
        while stack[-1].length != length:
            _unclosed(notes, stack[-1])
            _pop(stack)
    else:
        wanted = ":" * stack[-1].length
        what = f"“{stack[-1].called}” of line {stack[-1].fence.line} is closed with {length} colons"
        notes.error("source-block-fence", line, what, f"write {wanted[:40]}, the same number as above")
    _pop(stack)


def _pop(stack: list[_Open]) -> None:
    done = stack.pop()
    done.keep_lines()
    fence = done.fence
    parts = tuple(done.parts)
    if len(stack) > DEEPEST_BLOCK:
        stack[-1].parts.extend(parts)  # too deep: not nested further, so that no later walk is deep
    else:
        stack[-1].parts.append(Fence(fence.name, fence.line, fence.marks, fence.options, parts))


def _unclosed(notes: Notes, block: _Open) -> None:
    what = f"“{block.called}” is never closed"
    notes.error("source-block-unclosed", block.fence.line, what, f"put {':' * min(block.length, 40)} below its end")


def _fence(notes: Notes, info: str, line: int, known: Mapping[str, Known]) -> tuple[Fence, str]:
    """The block that begins with this line, and what to call it in findings."""
    text, marks = split_marks(notes, info, line)
    name, _, rest = text.strip().partition(" ")
    called = f"::: {name[:40]}".rstrip()
    if name not in known:
        tried = name.rstrip(":").lower()
        like = [each for each, about in known.items() if tried in about.options.like]
        hint = f"write ::: {like[0]}" if like else hint_at(tried, known, f"blocks are {', '.join(known)}")
        notes.error("source-block-unknown", line, f"there is no block “{called}”", hint)
        return Fence("", line, Marks(line)), called
    return Fence(name, line, marks, _options(notes, name, rest, line, known[name])), called


def _options(notes: Notes, name: str, text: str, line: int, known: Known) -> dict[str, str]:
    needed, all_of_them = known.options.needs, (*known.options.needs, *known.options.takes)
    options: dict[str, str] = {}
    found = list(_OPTION.finditer(text))
    if known.options.bare and (bare := [option["other"] for option in found if option["other"]]):
        options[known.options.bare] = " ".join(bare)
        found = [option for option in found if not option["other"]]
    for option in found:
        key = option["key"] or option["other"]
        if option["key"] in all_of_them and option["key"] not in options:
            options[option["key"]] = squash(option["quoted"] or option["bare"] or "")
        else:
            only = f"only {', '.join(all_of_them)}=..." if all_of_them else "no options"
            what = "appears twice" if option["key"] in options else "is not an option here"
            hint = hint_at(key, all_of_them, f"“::: {name}” takes {only}")
            notes.error("source-option-unknown", line, f"“{key[:40]}” {what}", hint)
    for key in needed:
        if not options.get(key):
            hint = f"write {known.example.splitlines()[0]}"
            notes.error("source-option-missing", line, f"“::: {name}” does not say its {key}", hint)
    return options
