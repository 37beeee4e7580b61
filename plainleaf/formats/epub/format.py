"""EPUB for e-readers, one book for each edition and pair of languages: what it is made from, and its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plainleaf.checks.source import editions as checks
from plainleaf.formats import pages
from plainleaf.formats.base import Format, Limits, Made, Parts, Prepared, Root
from plainleaf.formats.epub import adapting, glossary, judging, package, xhtml
from plainleaf.formats.epub.adapting import PICTURES
from plainleaf.formats.epub.cover import Cover, cover
from plainleaf.formats.epub.judging import Text
from plainleaf.formats.epub.package import CONTENTS, COVER, FRONT, PACKAGE, STYLE, TEXT, About
from plainleaf.formats.html import beside, linking, seen, text
from plainleaf.formats.html.beside import Beside
from plainleaf.formats.html.format import LIBRARIES, SCREEN
from plainleaf.formats.pdf import format as paper
from plainleaf.formats.pdf import system
from plainleaf.layouts import templates as layouts
from plainleaf.layouts import webfonts
from plainleaf.layouts.file import BASE
from plainleaf.layouts.reading_order import HEAD
from plainleaf.model import Edition, Finding, Kind, Layout, Location, Severity, digests
from plainleaf.typesetting import fonts

PAGE = f"{BASE}/epub.html"
FONTS = "fonts/"
_COVER_HINT = "fix the template: layouts/base/cover.html"


@dataclass(frozen=True, slots=True)
class Book:
    """The texts of a book's files by their names, in order; those that it takes from elsewhere; pictures that the page
    itself held. ``streams``: what it must hold in this order, in each of its languages; ``notices``: what readers must
    see in it, as nobody has checked the text."""

    texts: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, Beside], ...]
    cover: Cover
    drawn: tuple[tuple[str, bytes], ...]
    streams: tuple[tuple[Text, ...], ...]
    notices: tuple[str, ...]


def prepare(
    project: Root, edition: Edition, second: Edition | None, layout: Layout | None, texts: layouts.Prepared, name: str
) -> Prepared:
    """The whole book but for its pictures and fonts, which are named. Raises ``TemplateError``."""
    at, both = edition.leaflet.at, [edition, *([second] if second else [])]
    screen = replace(SCREEN, beside=second.locale.name if second else "", beside_pages="own")
    page, found = pages.html(project, edition, second, screen, texts, PAGE, digest=True)
    if not page:
        return Prepared(name, at, findings=found)
    try:
        letters, notices = digests.lettered(page), pages.notices_of(project, edition, second)
        lettering, as_cut = webfonts.both_ways(letters, edition, second, project.locales, FONTS)
        front = cover(project, edition, second, page, as_cut)
    except fonts.FontError as error:
        return Prepared(name, at, findings=(*found, checks.font_failed(error, edition.locale)))
    assert project.clinic
    readers = [linking.Reader(each.locale, *pages.way_back(project, each.locale)) for each in both]
    root, wrong = xhtml.read(linking.linked(text.untied(page), project.clinic, readers))
    pictures = _Pictures(project, at)
    adapted = adapting.adapt(root, pictures.named)
    faults = [Finding("epub", Severity.ERROR, what, at, judging.HINT) for what in wrong] + pictures.faults
    if faults:
        return Prepared(name, at, findings=(*found, *faults))
    glossary.note(root)
    shown = {PICTURES + each.name: each for each in pictures.shown.values()}
    shown |= {FONTS + path.name: beside.font(path) for path in lettering.files}
    drawn = {PICTURES + each: data for each, data in sorted(adapted.drawn.items())}
    about = _about(project, both, texts, any(kind.startswith(PICTURES) for kind in (*shown, *drawn)))
    files = _texts(root, about, notices, lettering.css, adapted.rules, (COVER, *shown, *drawn))
    streams = tuple(_stream(project, each, texts, [other for other in both if other is not each]) for each in both)
    book = Book(files, tuple(shown.items()), front, tuple(drawn.items()), streams, notices)
    places = tuple(str((each.at, each.po)) for stream in streams for each in stream)
    seen_by_readers = tuple(said for file, said in files if file in (TEXT, CONTENTS))
    read = tuple(dict.fromkeys((each.path, each.sha256) for each in shown.values()))
    made_of = repr((files, front.about, book.drawn))
    return Prepared(name, at, book, found, about=made_of, printed=seen_by_readers, read=read, places=places)


def _stream(project: Root, edition: Edition, texts: layouts.Prepared, others: Sequence[Edition]) -> tuple[Text, ...]:
    """What a book must hold of an edition; ``others``: that which stands beside it."""
    said = texts.said(edition, SCREEN.text, project.clinic, "".join(each.locale.tag for each in others))
    return tuple(Text(each.text, each.at, each.block.po, each.role == HEAD) for each in said)


class _Pictures:
    """The pictures of a page, by their paths from the root, and what is wrong with them."""

    def __init__(self, project: Root, at: Location) -> None:
        self._root, self._folders, self._at = project.root, (project.root / "sources", *project.layout_folders), at
        self.shown = dict[str, Beside]()
        self.faults = list[Finding]()

    def named(self, path: str) -> str:
        """The name of a picture in the book."""
        if path not in self.shown:
            try:
                self.shown[path] = beside.picture(self._root / path, self._folders)
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else error
                hint = "check the picture's name, and that it opens in a browser"
                what = f"the picture {path} could not be read: {why}"
                fault = Finding("image-failed", Severity.ERROR, what, self._at, hint)
                self.faults += [fault] if fault not in self.faults else []
                return path
        return self.shown[path].name


def _about(project: Root, both: Sequence[Edition], texts: layouts.Prepared, pictures: bool) -> About:
    assert project.clinic
    edition, *others = both
    return About(
        slug=edition.slug,
        title=" · ".join(_said(each, Kind.TITLE, project, texts) for each in both),
        clinic=project.clinic.name,
        imprint=project.clinic.imprint,
        summary=" ".join((*(f"{each}." for each in pages.notices_of(project, edition, *others)),
                          *(_said(each, Kind.SUMMARY, project, texts) for each in both))),
        languages=tuple(each.locale.tag for each in both),
        direction=edition.locale.direction,
        written=max(each.meta.written for each in both),
        changed=max(each.changed for each in both),
        review_by=min(each.meta.review_by for each in both),
        unchecked=any(each.draft or not each.sign_off for each in both),
        pictures=pictures,
        certified_by=project.clinic.certified_by,
    )  # fmt: skip


def _said(edition: Edition, kind: Kind, project: Root, texts: layouts.Prepared) -> str:
    """A text of the front matter in words."""
    return next(
        " ".join(each.text.split())
        for each in texts.said(edition, SCREEN.text, project.clinic)
        if each.role == kind.value
    )


def _texts(
    root: xhtml.Element, about: About, notices: Sequence[str], font_css: str, rules: str, others: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """The files of a book that are text, of the tree of its page."""
    head, body = root.find("head"), root.find("body")
    assert head is not None and body is not None
    style = "\n".join("".join(each.itertext()) for each in head.iter("style"))
    made = xhtml.document(about.title, about.languages[0], about.direction, STYLE)
    body.attrib.pop("class", None)
    nav = body.find("nav")
    heading = nav[0] if nav is not None and len(nav) else xhtml.Element("h1")
    if nav is not None:
        body.remove(nav)
    made.append(body)
    parts = adapting.headings(body)
    marks = [("bodymatter", parts[0].name, about.title)] if parts else []
    listed = body.find(".//section[@role='doc-bibliography']/h2")
    if listed is not None:
        marks.append(("bibliography", listed.get("id", ""), xhtml.words(listed)))
    files = {FRONT: package.front(about, notices), TEXT: xhtml.written(made), STYLE: font_css + style + rules}
    contents = package.contents(about, heading, parts, marks)
    listing = package.package(about, (CONTENTS, *files, *others))
    return (PACKAGE, listing), (CONTENTS, contents), *files.items()


def write(prepared: Prepared, limits: Limits) -> Made:
    """The book, once it is seen to be whole."""
    book: Book = prepared.content
    files = {name: digests.filled(said, prepared.digest).encode() for name, said in book.texts}
    try:
        files |= {name: beside.content(each) for name, each in book.beside}
    except (OSError, ValueError) as error:
        why = str((isinstance(error, OSError) and error.strerror) or error)
        hint = "publish again; if this happens again, check that the picture opens in a browser"
        return Made({}, (Finding("image-failed", Severity.ERROR, why, prepared.at, hint),))
    from plainleaf.formats.pdf import covers  # WeasyPrint

    files[COVER] = covers.drawn(book.cover.html, book.cover.font_css, book.cover.folders)
    if not files[COVER]:
        return Made({}, (Finding("epub", Severity.ERROR, "the cover could not be drawn", prepared.at, _COVER_HINT),))
    data = package.archive({**files, **dict(book.drawn)})
    if found := tuple(judging.faults(data, book.streams, book.notices, prepared.at)):
        return Made({}, found)
    return Made({FORMAT.suffix: data}, size=f"{max(1, round(len(data) / 1000))} KB")


def reads(prepared: Prepared) -> tuple[str, ...]:
    """The fonts that were cut for its cover."""
    book: Book = prepared.content
    return book.cover.fonts


def _system() -> Iterator[str]:
    yield from package.packing()
    yield from system.typesetting()


FORMAT = Format(
    name="epub",
    title="EPUB for e-readers",
    suffix=".epub",
    media=package.MEDIA,
    kind="flowing",
    prepare=prepare,
    write=write,
    needs=system.missing,
    reads=reads,
    pairs=True,
    parts=Parts(
        tuple(sorted({*LIBRARIES, *paper.LIBRARIES})),
        code=(*(each.__name__ for each in (beside, package, judging, seen, digests)), "plainleaf.formats.pdf.covers"),
        system=_system,
        files=system.libraries,
    ),
    preload=("plainleaf.formats.pdf.loading", "plainleaf.formats.pdf.covers"),
    template=PAGE,
)
