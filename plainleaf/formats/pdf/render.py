"""HTML -> PDF/UA-1, checked.

One call renders one edition in one layout. What a run shares is kept in the process (``kept``), so that a long-lived
worker pays for it once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import weasyprint

from plainleaf.checks.page import boxes, paging, printed, walking
from plainleaf.checks.page.geometry import Edges
from plainleaf.formats.base import Read
from plainleaf.formats.pdf import (
    again,
    backmatter,
    choices,
    composing,
    cutting,
    engine,
    firstpage,
    fitting,
    glyphs,
    greying,
    imposition,
    kept,
    labels,
    naming,
    outline,
    profiles,
    raster,
    releasing,
    sheets,
    shortening,
    shrinking,
    stylesheets,
    system,
    tags,
    trimming,
    validation,
    warnings,
)
from plainleaf.formats.pdf.choices import Memory
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.formats.pdf.xmp import About
from plainleaf.graphics import photos
from plainleaf.model import (
    LARGER,
    USUAL_PROFILE,
    Finding,
    Printed,
    Profile,
    Severity,
    Sheet,
    digests,
    has_error,
)
from plainleaf.model.lengths import PT_PER_PX


@engine.tuned()
def write(sheet: Sheet, seconds: float = 120, digest: str = "", read: Read = (), near: str = "") -> Printed:
    """Render, check and validate. Mistakes of content are findings; nothing is written to disk.

    ``seconds``: of computing, what the caller has for it; a text that is too long is laid out again only as far as that
    allows. ``digest``: the short one that is printed beside the version; "" for none. ``read``: the
    files as they were when their signatures were judged; another one in the place of one of these is not printed.
    ``near``: what ``Printed.fitted`` was last time; it saves layouts, and changes nothing of what is made.
    """
    made = _made(sheet, seconds, digest, read, near)
    if engine.users() == 1 and any(each.check == warnings.FOREIGN_FONT for each in made.findings):
        kept.forget_all()  # Pango looks for emoji in all fonts there are, also in those of earlier sheets
        made = _made(sheet, seconds, digest, read, near)
    return made


@releasing.at_end()
def _made(sheet: Sheet, seconds: float, digest: str, read: Read, near: str) -> Printed:
    return finished(laid_out(sheet, seconds, digest, read, near))


def laid_out(sheet: Sheet, seconds: float = 120, digest: str = "", read: Read = (), near: str = "") -> Fitted:
    """A sheet as it is laid out in the end, before it is drawn and checked; as ``write``, within ``engine.tuned``."""
    kept.make_room()
    patience = shortening.Patience(seconds)
    before, _, after = near.partition(LARGER)
    fitted = _fitted(sheet, patience, digest, read, before.strip())
    if sheet.parted and _misses(fitted):
        fitted = _fitted(sheet.parted, patience, digest, read, before.strip())
    if sheet.larger and paging.too_long(fitted.laid_out):
        fitted = _fitted(sheet.larger, patience, digest, read, after.strip())
    return fitted


def finished(fitted: Fitted) -> Printed:
    """A sheet that is laid out as a PDF, checked and validated; within ``engine.tuned``."""
    sheet, document, done = fitted.setter.sheet, fitted.document, fitted.done
    with warnings.listening() as log:
        data = _drawn(sheet, document, fitted.laid_out)
    findings = [*printed.check(_painted(fitted.setter, document, done, fitted.laid_out, data))]
    findings += [warnings.finding(sheet, record) for record in (*fitted.records, *log)]
    kept.forget_pictures()
    findings += warnings.foreign_fonts(sheet, document)
    if not has_error(findings):
        findings += [
            Finding("pdf-ua", Severity.ERROR, problem, sheet.at, "report this: the layout makes an invalid PDF")
            for problem in validation.problems(data, sheet.rules.profile)
        ]
    press, faults = (
        _imposed(sheet, data, _about(document.metadata, sheet.titles)) if not has_error(findings) else (b"", [])
    )
    findings += faults
    larger = f"in a larger size: {sheet.title}" if sheet.title else ""
    note = "; ".join(filter(None, (larger, done.note(sheet.rules)))) if not has_error(findings) else ""
    whole = b"" if has_error(findings) else data
    step = " ".join(filter(None, (LARGER if sheet.title else "", shrinking.short(done.step) if done.step else "")))
    again_as = step or choices.short(fitted.setter.memory.made, fitted.of)
    return Printed(whole, len(document.pages), tuple(dict.fromkeys(findings)), note, press, again_as)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A sheet as it was laid out in the end, what was done for that, and what WeasyPrint warned of; ``of``: a digest of
    all that decides where its pages end."""

    setter: Setter
    document: Any
    done: fitting.Set
    laid_out: boxes.Printout
    records: tuple[logging.LogRecord, ...]
    of: str


def _fitted(sheet: Sheet, patience: shortening.Patience, digest: str, read: Read, near: str) -> Fitted:
    sheet = replace(sheet, html=digests.filled(sheet.html, digest))
    parsed = styled(sheet)
    with warnings.listening() as log:
        step, of = shrinking.remembered(near, sheet.rules), _all_of(sheet, read)
        memory = Memory(choices.remembered(near, of))
        setter = begun(sheet, [style for style, _ in parsed], read, patience, step, memory)
        document, done = fitting.cut_off(setter, *fitting.fitted(setter))
        laid_out = setter.read(document)
    records = (*(record for _, faults in parsed for record in faults), *log)
    return Fitted(setter, document, done, laid_out, records, of)


def styled(sheet: Sheet) -> list[tuple[weasyprint.CSS, stylesheets.Records]]:
    """The parsed style sheets of a sheet: the layout's, and that of the fonts; this process keeps them."""
    starts = tuple(line for line, _ in sheet.css_origins)
    return [
        kept.stylesheet(sheet.css, sheet.folders, sheet.base, starts),
        kept.stylesheet(sheet.font_css, sheet.folders, sheet.base),
    ]


def begun(
    sheet: Sheet,
    styles: Sequence[weasyprint.CSS],
    read: Read,
    patience: shortening.Patience,
    near: shrinking.Step | None = None,
    memory: Memory | None = None,
) -> Setter:
    """What lays a sheet out, in which nothing is laid out yet; its digest is filled in."""
    fetcher = Fetcher(sheet.folders, kept.digests(read))
    html = weasyprint.HTML(string=sheet.html, base_url=sheet.base, url_fetcher=fetcher)
    return Setter(sheet, html, styles, patience, near, memory or Memory())


def _misses(fitted: Fitted) -> bool:
    """Whether a sheet that holds its panel for an emergency whole is too long, or does not have it on page 1."""
    return paging.too_long(fitted.laid_out) or firstpage.amiss(fitted.setter.root, fitted.document, "whole")


def _all_of(sheet: Sheet, read: Read) -> str:
    """A digest of all that decides where pages end."""
    return choices.digest(
        (
            *(sheet.html, sheet.css, sheet.font_css, repr(sheet.rules), read),
            *(composing.code(fitting, backmatter, firstpage, again), weasyprint.__version__, *system.typesetting()),
        )
    )


def _drawn(sheet: Sheet, document: Any, laid_out: boxes.Printout) -> bytes:
    """The PDF; nothing where something is drawn with opacity, which has no place in the tag tree and is told of."""
    if any(page.faded for page in laid_out.pages):
        return b""
    return written(document, sheet.rules.profile, sheet.titles, sheet.rules.grey)


def written(
    document: Any,
    profile: Profile = USUAL_PROFILE,
    titles: tuple[tuple[str, str], ...] = (),
    grey: bool = False,
) -> bytes:
    """A document as a PDF that follows a profile. ``titles``: pairs of a language and the title in it; without any
    those of the page's head."""
    finish = partial(_finish, grey=grey, profile=profile, titles=titles)
    version = profiles.STANDARDS[profile].version
    pdf: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_version=version, pdf_identifier=True)
    return pdf


def _painted(setter: Setter, document: Any, done: fitting.Set, laid_out: boxes.Printout, data: bytes) -> boxes.Printout:
    """The pages as they are judged: with what is drawn, the edges of their paper, and what lays them out again."""
    whole = replace(laid_out, shorter=setter.shorter(done), papers=_papers(setter.sheet, document))
    if not data:
        return whole
    bleed = document.pages[0].bleed
    grounds = raster.Grounds(data, (bleed["left"], bleed["top"]))
    return replace(whole, ground=grounds.page, ink=grounds.ink)


def _imposed(sheet: Sheet, data: bytes, about: About) -> tuple[bytes, list[Finding]]:
    """The pages on sheets for the press, where the layout has them so; and why that fails."""
    if not sheet.scheme:
        return b"", []
    try:
        return imposition.impose(data, sheet.scheme, sheet.direction, about, Path(sheet.name).name), []
    except sheets.ImpositionError as error:
        hint = "correct the sizes in the layout's layout.toml"
        return b"", [Finding("imposition", Severity.ERROR, f"{sheet.name}: {error}", sheet.rules.at, hint)]


def _papers(sheet: Sheet, document: Any) -> list[Edges]:
    """Where the edges of the paper lie, in px from the corner of each page: the page's own, or those of its sheet."""
    pt = PT_PER_PX
    sizes = [(page.width * pt, page.height * pt) for page in document.pages]
    rooms = [(0.0, 0.0, 0.0, 0.0)] * len(sizes)
    if sheet.scheme:
        try:
            rooms = sheets.room(sizes, sheet.scheme, sheet.direction)
        except sheets.ImpositionError:  # told when it is imposed
            return []
    return [
        (-left / pt, -top / pt, (width + right) / pt, (height + bottom) / pt)
        for (width, height), (left, top, right, bottom) in zip(sizes, rooms, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Setter:
    """Lays a sheet out, as often as it takes to make it fit, or to say by how much it does not."""

    sheet: Sheet
    html: weasyprint.HTML
    styles: Sequence[weasyprint.CSS]
    patience: shortening.Patience
    near: shrinking.Step | None = None
    memory: Memory = field(default_factory=Memory)
    layouts: list[again.Layout] = field(default_factory=list)  # the last one

    @property
    def root(self) -> Any:
        """The document's element tree."""
        return self.html.etree_element

    def within(self, how: fitting.Set, most: int) -> Any:
        """The document, set in one way; ``None`` if that is found to take more than ``most`` pages (0: any number)."""
        try:
            return self.laid_out(how, most)
        except again.TooManyError:
            return None

    def begun(self, how: fitting.Set, question: again.Question) -> Any:
        """The document, set in one way; an ``again.Begun`` with its first pages alone, where these are amiss."""
        try:
            return self.laid_out(how, question=question)
        except again.BegunError as stopped:
            return stopped.begun

    def laid_out(self, how: fitting.Set, most: int = 0, question: again.Question | None = None) -> Any:
        """The document, set in one way. Raises ``again.TooManyError`` as soon as it has more than ``most`` pages, and
        ``again.BegunError`` where its first ones are not as is asked."""
        config, images = kept.shared()
        rules = self.sheet.rules
        closer = [weasyprint.CSS(string=shrinking.css(how.step, rules), font_config=config)] if how.step else []
        body = self.root.find("body")
        lowered = cutting.lowered(cutting.lowest(body), how.lower) if how.lower else nullcontext()
        with self.patience.counted(), backmatter.also(body, how.classes), lowered:
            sheets_of_all = [*self.styles, *closer]
            before = self.layouts.pop() if self.layouts else None
            layout = before.next(sheets_of_all) if before else again.Layout(sheets=sheets_of_all)
            layout.most, layout.question = most, question
            self.layouts.append(layout)
            wanted = rules.fit == "refuse" and not rules.together
            options = {"font_config": config, "stylesheets": sheets_of_all, "cache": images, "dpi": photos.DPI}
            try:
                with again.noted(layout), composing.composed(wanted, self.memory):
                    layout.document = self.html.render(**options)
            except again.SameError:
                assert before
                self.layouts[:] = [before]
            return self.layouts[-1].document

    def read(self, document: Any) -> boxes.Printout:
        """What checks see of it, before it is written."""
        return replace(
            walking.read(document, self.root, self.sheet.rules),
            extents=glyphs.extents,
            origins=self.sheet.origins,
            css=self.sheet.css,
            css_place=partial(warnings.css_place, self.sheet),
        )

    def shorter(self, how: fitting.Set) -> Callable[[Mapping[Any, int]], boxes.Printout | None]:
        """What lays it out again, set in the same way, without the ends of some blocks."""

        def again(cuts: Mapping[Any, int]) -> boxes.Printout | None:
            if not self.patience.one_more():
                return None
            with shortening.shortened(cuts), warnings.listening():
                return self.read(self.laid_out(how))

        return again


def _finish(
    document: Any,
    pdf: Any,
    grey: bool = False,
    profile: Profile = USUAL_PROFILE,
    titles: tuple[tuple[str, str], ...] = (),
) -> None:
    """What WeasyPrint calls with a PDF before it is written."""
    root = tags.repair(document, pdf)
    outline.write(root, document, pdf)
    labels.number_pages(pdf)
    trimming.set_bleed(pdf)
    if grey:
        greying.to_grey(pdf)
    profiles.conform(pdf, root, profile, _about(document.metadata, titles), grey)
    profiles.press(pdf.objects)
    root.take_apart()


TOOL = "Plainleaf"


def _about(metadata: Any, titles: tuple[tuple[str, str], ...]) -> About:
    """What a document says of itself: the facts that the page's head holds, as they are read aloud."""
    title = naming.said(metadata.title or "")
    own = tuple((language, naming.said(text)) for language, text in titles) or ((metadata.lang or "", title),)
    return About(
        title=title,
        titles=own if len(own) > 1 else ((own[0][0], title),),
        authors=tuple(map(naming.said, metadata.authors)),
        description=naming.said(metadata.description or ""),
        keywords=tuple(filter(None, map(naming.said, metadata.keywords))),
        created=metadata.created or "",
        modified=metadata.modified or "",
        tool=TOOL,
        producer=f"WeasyPrint {weasyprint.__version__}",
    )
