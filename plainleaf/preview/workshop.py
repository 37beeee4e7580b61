"""The warm process: it reads what is in view, makes pages for screens, and has copies of itself print and judge.

A copy begins with all that is loaded and parsed here, can be ended at any moment when a newer edit makes its work
useless, and takes nothing down with it. Where processes had better not be copied, as on macOS, all happens here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from plainleaf.artifacts.processes import note
from plainleaf.formats.html import beside
from plainleaf.formats.html.beside import Beside
from plainleaf.formats.html.format import Page
from plainleaf.formats.pdf import format as pdf
from plainleaf.formats.pdf import proofs
from plainleaf.formats.pdf.proofs import How, Proof
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Edition, Finding, Location, Printed, digests
from plainleaf.preview import reading
from plainleaf.preview.reading import Reader, Text
from plainleaf.preview.sights import News, Sight, digest
from plainleaf.preview.views import VIEWS

AT_ONCE = 2  # copies that work at a time
COPIES = sys.platform == "linux"
MOST_BEFORE = 8  # of what was looked at before: it is kept up to date when there is nothing else to do
_PATIENCE = 300.0  # seconds that a copy may take by the clock

Tell = Callable[[Any], None]


@dataclass(slots=True)
class Copy:
    """A copy of this process at work: on a page of a text as it was when ``mark`` was its digest; ``key``: what it does
    of that, as ``Shown.done`` has it; ``behind``: nobody has the page in view, and it works when there is time."""

    what: str
    sight: Sight
    mark: str
    key: str
    process: Any
    pipe: Any
    deadline: float
    behind: bool = False


@dataclass(slots=True)
class Shown:
    """What is done with a text in view: the digest of the edition; ``done``: what of it is printed or judged already;
    ``proofed``: the layouts in which it was printed; ``hows``: how it was set in each."""

    mark: str = ""
    done: set[str] = field(default_factory=set)
    proofed: set[str] = field(default_factory=set)
    hows: dict[str, How] = field(default_factory=dict)


class Workshop:
    """All that is in view, and the copies at work."""

    def __init__(self, root: Path, clinic: str, today: date, tell: Tell, pipe: Connection | None = None) -> None:
        """``tell`` hears what is to be told to the server; ``pipe``: the way to it, which no copy keeps open."""
        self.reader = Reader(root, clinic, today)
        self.tell, self.pipe = tell, pipe
        self.sights: list[Sight] = []  # the latest first
        self.shown: dict[tuple[str, str], Shown] = {}
        self.before: list[Sight] = []  # what was in view and is no more, the latest first
        self.copies: list[Copy] = []
        self.others_due = False  # whether any of that may be out of date
        self.beside: set[str] = set()  # pictures and fonts that the server has

    # ----------------------------------------------------------------------- what the server asks

    def look(self, sights: Iterable[Sight]) -> None:
        """These are in view now, the latest first."""
        there = list(dict.fromkeys(sights))
        left = [sight for sight in (*self.sights, *self.before) if not any(_alike(sight, each) for each in there)]
        firsts = {(sight.text, sight.layout): sight for sight in reversed(left)}
        self.before = list(firsts.values())[::-1][:MOST_BEFORE]
        self.sights, self.others_due = there, True
        for sight in self.sights:
            self._edition(sight, anew=False)
        seen = {each.text for each in self.sights}
        self._end(copy for copy in self.copies if copy.what != "answer" and copy.sight.text not in seen)
        self._end(copy for copy in self.copies if copy.behind and self._is_in_view(copy.sight))  # not fast enough

    def changed(self, paths: Collection[str]) -> None:
        """Somebody has saved these files (from the root)."""
        wide = self.reader.changed(paths)
        self.others_due = True
        self._end(copy for copy in self.copies if copy.what == "print" and copy.sight in self.before)
        for sight in self.sights:
            if wide or any(reading.concerns(path, sight.text) for path in paths):
                self._edition(sight, anew=True)

    def answer(self, number: int, kind: str, about: Mapping[str, Any]) -> None:
        """Answer a view's question by the function that it names for that."""
        view = next((each for each in VIEWS if kind in each.answers), None)
        if view is None:
            self.tell(("answer", number, None, f"nobody answers “{kind}”"))
            return
        work = partial(_answered, view.answers[kind], self.reader, number, about)
        if kind in view.apart:
            self._copied("answer", Sight("", "", ""), "", work)
        else:
            work(self.tell)

    # ----------------------------------------------------------------------- pages for screens

    def _edition(self, sight: Sight, anew: bool) -> None:
        """Make the page for screens of a text in view, and have the rest done after it."""
        there = self.shown.setdefault(sight.text, Shown())
        text = self.reader.text(*sight.text)
        mark = _mark(text, self.reader.root)
        if mark == there.mark and not anew:
            return
        if mark and mark != there.mark:
            self._end(copy for copy in self.copies if copy.sight.text == sight.text and copy.mark != mark)
            there.mark, there.done, there.proofed = mark, set(), set()
            self._begin("print", sight)  # what takes longest goes first
        page, faults = reading.screen(text)
        on_text = replace(sight, layout="")
        if page:
            html = _served(page, self._show_beside)
            self.tell(News("edition", on_text, {"mark": mark}, f"edition/{mark}", html.encode(), "text/html"))
        self.tell(News("trouble", on_text, {"findings": _said(() if page else faults or _nothing(text))}))

    def _show_beside(self, of: Beside) -> None:
        """Hand a picture or font to the server, once."""
        if of.name not in self.beside:
            self.beside.add(of.name)
            with suppress(OSError, ValueError):  # it was replaced a moment ago: the page is made again
                self.tell(("file", f"beside/{of.name}", beside.content(of)))

    def begin(self) -> None:
        """Have the next things done, the latest sight first: its page printed, then its text judged."""
        for what in ("print", "judge"):
            for sight in self.sights:
                if sum(copy.what != "answer" for copy in self.copies) < AT_ONCE:
                    self._begin(what, sight)
        if self.others_due and not self.copies:
            self._go_on_with_others()

    def _go_on_with_others(self) -> None:
        """Bring the first of what was looked at before up to date, if any of it is not."""
        for sight in self.before:
            self._edition(sight, anew=False)
            self._begin("print", sight)
            if self.copies:
                return
        self.others_due = False

    def _begin(self, what: str, sight: Sight) -> None:
        there = self.shown.get(sight.text)
        if there is None or not there.mark or (what == "print" and not sight.layout):
            return
        key = f"print {sight.layout} {sight.page}" if what == "print" else "judge"
        waits = what == "judge" and sight.layout and sight.layout not in there.proofed
        if waits and any(copy.what == "print" for copy in self.copies):
            return  # until the page in view is seen
        if key in there.done or any(copy.what == what and self._brings(copy, sight) for copy in self.copies):
            return
        there.done.add(key)
        work = self._printing(sight, there) if what == "print" else self._judging(sight)
        if work:
            self._copied(what, sight, there.mark, work, key)

    def _is_in_view(self, sight: Sight) -> bool:
        return any(_alike(sight, each) for each in self.sights)

    def _brings(self, copy: Copy, sight: Sight) -> bool:
        """Whether what a copy is at will show this too: the other pages come after the one in view."""
        return copy.sight.text == sight.text and (copy.what == "judge" or copy.sight.layout == sight.layout)

    def _printing(self, sight: Sight, there: Shown) -> Callable[[Tell], None] | None:
        """What prints a page; its style sheets and fonts are parsed here, where the next copy finds them."""
        text = self.reader.text(*sight.text)
        layout = text.project.layouts.get(sight.layout)
        if not text.edition or not layout:
            return None
        one, why = reading.second(text, layout, self.reader)
        if why:
            self.tell(News("page", sight, {"none": why}))
            return None
        try:
            prepared = pdf.prepare(text.project, one.edition, one.second, layout, Texts(), f"{sight.leaflet}.pdf")
        except TemplateError as error:
            failed: tuple[Finding, ...] = (error.finding(text.project.root, Location("layouts")),)
            self.tell(News("trouble", sight, {"findings": _said(failed)}))
            return None
        if prepared.content is None:
            self.tell(News("trouble", sight, {"findings": _said(prepared.findings)}))
            return None
        proofs.warm(prepared.content)
        in_view = self._is_in_view(sight)
        before = there.hows.get(sight.layout)
        return partial(_print, prepared.content, sight, there.mark, before, prepared.findings, in_view)

    def _judging(self, sight: Sight) -> Callable[[Tell], None]:
        reader = self.reader
        return partial(_judge, reader.root, reader.clinic, sight, reader.today)

    # ----------------------------------------------------------------------- copies

    def _copied(self, what: str, sight: Sight, mark: str, work: Callable[[Tell], None], key: str = "") -> None:
        if not COPIES:
            said: list[Any] = []
            work(said.append)
            alone = Copy(what, sight, mark, key, None, None, 0.0)
            for each in said:
                self._heard(alone, each)
            return
        ours, theirs = multiprocessing.Pipe(duplex=False)
        context = multiprocessing.get_context("fork")
        others = [ours, *(copy.pipe for copy in self.copies), *([self.pipe] if self.pipe else [])]
        process = context.Process(target=_at_work, args=(theirs, work, others), daemon=True)
        process.start()
        theirs.close()
        behind = what == "print" and not self._is_in_view(sight)
        self.copies.append(Copy(what, sight, mark, key, process, ours, time.monotonic() + _PATIENCE, behind))

    def _end(self, copies: Iterable[Copy], done: bool = False) -> None:
        for copy in list(copies):
            self.copies.remove(copy)
            there = self.shown.get(copy.sight.text)
            if there and not done and there.mark == copy.mark:
                there.done.discard(copy.key)
            copy.process.kill()
            copy.process.join()
            copy.pipe.close()

    def close(self) -> None:
        """End all copies."""
        self._end(list(self.copies))

    def hear(self, copy: Copy) -> None:
        """Hand on what a copy says."""
        try:
            said = copy.pipe.recv()
        except (EOFError, OSError):
            copy.process.join()
            if copy.process.exitcode and copy.what != "answer":
                self.tell(News("trouble", copy.sight, {"findings": [], "failed": copy.what}))
            self._end([copy], done=True)
            return
        self._heard(copy, said)

    def _heard(self, copy: Copy, said: Any) -> None:
        if copy.what == "answer":
            self.tell(said)
            return
        there = self.shown.get(copy.sight.text)
        if there is None or there.mark != copy.mark:
            return
        if isinstance(said, Proof):
            self._proof(copy, said, there)
        elif isinstance(said, News):
            self.tell(said)
        elif isinstance(said, Edition) and self.reader.judged(said):
            self._edition(copy.sight, anew=True)

    def _proof(self, copy: Copy, proof: Proof, there: Shown) -> None:
        if copy.sight.layout not in there.proofed:
            there.proofed.add(copy.sight.layout)
            self.tell(News("trouble", copy.sight, {"findings": []}))
        there.hows[copy.sight.layout] = proof.how
        there.done.add(f"print {copy.sight.layout} {proof.number}")
        name = f"picture/{digest(proof.png)}.png"
        about = {
            "mark": copy.mark, "page": proof.number, "pages": proof.pages, "width": proof.width,
            "height": proof.height, "final": proof.final, "picture": name,
            "spots": [
                {"at": str(each.at), "po": str(each.po or ""), "boxes": each.boxes} for each in proof.spots
            ],
        }  # fmt: skip
        self.tell(News("page", copy.sight, about, name, proof.png, "image/png"))

    def late(self) -> None:
        """Give up copies that take too long."""
        for copy in [each for each in self.copies if time.monotonic() > each.deadline]:
            self.tell(News("trouble", copy.sight, {"findings": [], "failed": copy.what}))
            self._end([copy], done=True)


def _alike(one: Sight, other: Sight) -> bool:
    """Whether the same is printed for both, whichever page is in view."""
    return one.text == other.text and one.layout == other.layout


def _mark(text: Text, root: Path) -> str:
    """A digest of all that a text's pages are made from."""
    there = text.project
    if text.edition is None:
        return ""
    parts = (text.edition, there.clinic, sorted(there.layouts.items()), there.words(text.edition.locale.name))
    return digest(repr(parts))


_BESIDE = re.compile(r'( src="|url\("\./)([0-9A-Za-z._-]+)(?=")')


def _served(page: Page, shown: Callable[[Beside], None]) -> str:
    """The page with its pictures and fonts where the server has them."""
    for each in page.beside:
        shown(each)
    names = {each.name for each in page.beside}

    def address(found: re.Match[str]) -> str:
        start = found[1].removesuffix("./")
        return f"{start}/kept/beside/{found[2]}" if found[2] in names else found[0]

    return _BESIDE.sub(address, digests.filled(page.html, ""))


def _nothing(text: Text) -> tuple[Finding, ...]:
    return text.findings or text.project.findings


def _said(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [each.as_json() for each in found]


# --------------------------------------------------------------------------- in a copy


def _at_work(pipe: Connection, work: Callable[[Tell], None], others: Iterable[Connection]) -> None:
    """Do the work. ``others``: ends of pipes that are not a copy's: with these open nobody would notice who is gone."""
    for each in others:
        each.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what is there already stays: not to be walked through again and again
    with suppress(BrokenPipeError):
        work(pipe.send)


def _print(
    sheet: Any, sight: Sight, mark: str, before: How | None, found: tuple[Finding, ...], in_view: bool, tell: Tell
) -> None:
    if not in_view:
        os.nice(15)

    def checked(printed: Printed) -> None:
        every = (*found, *printed.findings)
        tell(News("findings", sight, {"mark": mark, "of": "page", "findings": _said(every), "note": printed.note}))

    proofs.make(sheet, sight.page, tell, checked, before)


def _answered(name: str, reader: Reader, number: int, about: Mapping[str, Any], tell: Tell) -> None:
    """Answer a question by the function of that name."""
    module, _, function = name.partition(":")
    try:
        tell(("answer", number, getattr(import_module(module), function)(reader, **about), ""))
    except Exception as error:  # a mistake of ours: this answer fails, the preview goes on
        note(traceback.format_exc())
        tell(("answer", number, None, f"{type(error).__name__}: {error}"))


def _judge(root: Path, clinic: str, sight: Sight, today: date, tell: Tell) -> None:
    os.nice(10)  # pages in view go first
    edition, found = reading.thoroughly(root, clinic, sight.leaflet, sight.locale, today)
    tell(News("findings", replace(sight, layout=""), {"of": "text", "findings": _said(found)}))
    if edition:
        tell(edition)
