"""What people are offered: each leaflet in each language, and the files of it by what they are to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from plainleaf.formats.base import FORMATS
from plainleaf.layouts import notices, purposes
from plainleaf.model import Artifact, Block, Direction, Edition, Kind, Locale, plain
from plainleaf.model.tags import locale_name
from plainleaf.project import Project
from plainleaf.site import papers
from plainleaf.site.titles import country, title_of
from plainleaf.site.words import in_order
from plainleaf.typesetting import locales, typography

MOST_WORDS = 300  # characters of what a leaflet is found by beside its title and summary


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as pages name it; ``locale`` is Babel's name, ``tag`` BCP 47's."""

    locale: str
    tag: str
    own_name: str
    english_name: str
    direction: Direction
    script: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the offer's language, or in the language ``tag`` ("" for its own): it is not translated yet.
    ``marked``: the same as an element's content, where that differs."""

    words: str
    tag: str = ""
    marked: str = ""

    def __html__(self) -> str:
        """As an element's content."""
        return self.marked or str(escape(self.words))


@dataclass(frozen=True, slots=True)
class File:
    """A file of an offer. ``path``: below the output folder. ``purpose``: one of ``layouts.purposes``, "" if only its
    ``title`` says what it is, in English. ``paper``: "" if it has none; ``at_home``: the clinic's country has it.
    ``looks``: what people call them, in English. ``since``: the day since when it is out of date."""

    path: str
    format: str
    layout: str
    media: str
    title: str
    purpose: str
    paper: str
    at_home: bool
    pages: int
    made: bool
    fresh: bool
    draft: bool
    printed: bool
    press: str = ""
    looks: tuple[str, ...] = ()
    beside: Tongue | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a first page: where it is, below the output folder, and its size in px."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A leaflet in a language. ``more``: other words that it is found by. ``notices``: what every page has to say of it
    (``layouts.notices``). ``screen``: the path of its page for screens, "" if that is not made or out of date."""

    slug: str
    tongue: Tongue
    title: Text
    summary: Text
    more: str
    files: tuple[File, ...]
    notices: tuple[str, ...]
    written: date
    review_by: date
    translated: bool
    draft: bool
    sample: bool
    screen: str = ""
    picture: Picture | None = None

    @property
    def folder(self) -> str:
        """Where its own pages are, below the output folder."""
        return f"{self.slug}/{self.tongue.tag}"

    @property
    def current(self) -> tuple[File, ...]:
        """The files that may be handed out."""
        return tuple(file for file in self.files if file.fresh)

    @property
    def unchecked(self) -> bool:
        """Whether it is a draft or a sample, which search engines are asked not to show."""
        return self.draft or self.sample

    @property
    def is_made(self) -> bool:
        """Whether there is anything of it: else patients are not shown it."""
        return any(file.made for file in self.files)


def tongue(locale: Locale) -> Tongue:
    """A locale as pages name it."""
    return Tongue(locale.name, locale.tag, locale.own_name, locale.english_name, locale.direction, locale.script)


def of(project: Project, artifacts: Iterable[Artifact], editions: Iterable[Edition]) -> tuple[Offer, ...]:
    """All offers, in the order of the editions."""
    tongues = {edition.locale.name: tongue(edition.locale) for edition in editions}
    own = dict[tuple[str, str], list[File]]()
    for artifact in artifacts:
        own.setdefault((artifact.slug, artifact.locale), []).append(_file(project, artifact, tongues))
    return tuple(
        _offer(edition, own[edition.slug, edition.locale.name])
        for edition in editions
        if (edition.slug, edition.locale.name) in own
    )


def _offer(edition: Edition, files: Sequence[File]) -> Offer:
    meta = edition.meta
    screens = [file.path for file in files if file.purpose == "on-screen" and file.fresh and not file.looks]
    return Offer(
        edition.slug,
        tongue(edition.locale),
        _text(meta.title, edition.locale),
        _text(meta.summary, edition.locale),
        _more(edition),
        tuple(sorted(files, key=_order)),
        notices.in_full(edition),
        meta.written,
        meta.review_by,
        edition.locale.name != edition.leaflet.own_locale,
        edition.draft,
        edition.sign_off is None,
        screens[0] if screens else "",
    )


def _text(block: Block, where: Locale) -> Text:
    own = locales.locale(locale_name(block.language)) if block.language else where
    words = typography.words(plain(block.inlines), own)
    marked = in_order(words, own)
    return Text(words, block.language, "" if marked == escape(words) else marked)


def _more(edition: Edition) -> str:
    """What a leaflet is found by beside its title and summary: its title as it was written, the words that it explains,
    its headings, whom it is for."""
    said = [plain(edition.leaflet.meta.title.inlines)] if edition.locale.name != edition.leaflet.own_locale else []
    for block in edition.meta.terms.walk():
        if block.kind is Kind.TERM:
            said.append(plain(block.inlines))
    said += [plain(block.inlines) for block in edition.walk() if block.kind in (Kind.HEADING, Kind.AUDIENCE)]
    taken = list[str]()
    for text in dict.fromkeys(said):
        if sum(map(len, taken)) + len(text) > MOST_WORDS:
            break
        taken.append(text)
    return " | ".join(taken)


_ORDER: Mapping[str, int] = {name: place for place, name in enumerate(purposes.PURPOSES)}


def _order(file: File) -> tuple[int, bool, bool, bool, str]:
    """As people are offered files: by what they are for, those in one language and on paper of the clinic's country
    first."""
    place = _ORDER.get(file.purpose, len(_ORDER))
    return place, file.beside is not None, not file.at_home, bool(file.looks), file.path


def _file(project: Project, artifact: Artifact, tongues: Mapping[str, Tongue]) -> File:
    form = FORMATS[artifact.format]
    layout = project.layout_of(artifact) if artifact.layout else None
    looks = [project.looks[look].title for look in artifact.looks]
    return File(
        artifact.path,
        artifact.format,
        artifact.layout,
        form.media,
        title_of(project, artifact),
        (layout.purpose if layout else "") or purposes.of_format(form.name, form.media),
        papers.of(layout) if layout else "",
        papers.is_at_home(layout, country(project)) if layout else True,
        artifact.pages,
        artifact.made,
        artifact.fresh,
        artifact.draft,
        form.for_printer,
        artifact.press,
        tuple(looks),
        _beside(project, artifact, tongues),
        artifact.since,
    )


def _beside(project: Project, artifact: Artifact, tongues: Mapping[str, Tongue]) -> Tongue | None:
    if not artifact.beside:
        return None
    there = project.locales.get(artifact.beside) or locales.locale(artifact.beside)
    return tongues.get(artifact.beside) or tongue(there)


def by_tongue(offers: Iterable[Offer]) -> Mapping[Tongue, tuple[Offer, ...]]:
    """Offers that patients see, by language."""
    found = dict[Tongue, list[Offer]]()
    for offer in offers:
        if offer.is_made:
            found.setdefault(offer.tongue, []).append(offer)
    return {tongue: tuple(own) for tongue, own in found.items()}


def grouped(files: Iterable[File]) -> Iterator[tuple[str, tuple[File, ...]]]:
    """Files by their purpose, those without by their title, in the order in which they come."""
    found = dict[str, list[File]]()
    for file in files:
        found.setdefault(file.purpose or file.title, []).append(file)
    yield from ((name, tuple(own)) for name, own in found.items())
