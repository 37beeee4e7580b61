"""The job sheets below ``build/staff/print-list/``, for whoever stands at the printer: which file, which paper, what
then.

One page for each leaflet in each language, as the desk comes to it: leaflet, language, file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from plainleaf.actions.left_over import command
from plainleaf.checks.readability.verdicts import NOT_BEGUN
from plainleaf.files import shelf
from plainleaf.formats.base import FORMATS
from plainleaf.layouts import notices
from plainleaf.layouts import templates as layouts
from plainleaf.model import Artifact, Direction, Edition, Finding, Layout, Scheme, Severity, plain
from plainleaf.model.papers import us_paper
from plainleaf.project import Project
from plainleaf.site import papers
from plainleaf.site.offers import tongue
from plainleaf.site.titles import clinic, country, handed_out_first, link, long_day, title_of
from plainleaf.typesetting import locales, typography

FOLDER = "staff/print-list"
Page = tuple[str, Callable[[], str]]
Problems = Mapping[tuple[str, str], Sequence[Finding]]
_NONE: Mapping[tuple[str, str], str] = MappingProxyType({})
_WAYS = ("pages", "saddle-stitch", "trifold", "cards", "folded-cards")


@dataclass(frozen=True, slots=True)
class _Job:
    """One line of the list. ``path``: the file to print, relative to the page, "" if none may be printed; ``why`` not.

    ``copies``: how many sheets one copy takes, or how many copies one sheet gives; ``then``: what to do with it;
    ``at_home``: the clinic's country has its paper. ``changed``: what was left out, or that its paper is larger.
    """

    title: str
    way: str
    path: str
    paper: str
    copies: str
    then: str
    why: str
    at_home: bool
    changed: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What of an edition the desk has to know. ``notices``: why it is not to be handed out to patients yet; ``stale``:
    the day of its oldest file that is out of date, "" if none is; ``in_part``: others are current; ``to_begin``: what
    begins a translation that nobody has begun; ``lapsed``: what lapsed its signatures, each in a line."""

    notices: tuple[str, ...]
    checked: str
    stale: str
    in_part: bool
    problems: tuple[str, ...]
    to_begin: str = ""
    lapsed: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """In two or three words."""
        if self.to_begin:
            return "not begun"
        if self.stale or self.problems:
            what = "out of date" if self.stale else "not made"
            return f"some files {what}" if self.in_part else what
        return "; ".join(_SHORT.get(notice, notice) for notice in self.notices) or "current"


_SHORT = {notices.DRAFT: "draft", notices.SAMPLE: "sample for review", notices.PARTIAL: "translated in part"}


@dataclass(frozen=True, slots=True)
class _Other:
    """A file that no printer is needed for."""

    title: str
    path: str
    size: str
    media: str
    made: bool
    fresh: bool
    since: str


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to print, and the layouts that are printed so; its how-to stands in the template under its name."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An edition with its files, and what the desk has to know of it."""

    edition: Edition
    files: tuple[Artifact, ...]
    state: _State


def groups(
    project: Project,
    artifacts: Iterable[Artifact],
    editions: Iterable[Edition],
    problems: Problems,
    lapsed: Mapping[tuple[str, str], str] = _NONE,
) -> tuple[Group, ...]:
    """Each edition with its files. ``problems``: the findings of each, by (leaflet, locale name); ``lapsed``:
    signatures that count no more, as ``actions.status.lapsed`` gives them."""
    own = dict[tuple[str, str], list[Artifact]]()
    for artifact in artifacts:
        own.setdefault((artifact.slug, artifact.locale), []).append(artifact)
    return tuple(
        Group(edition, tuple(own[key]), _state(project, edition, own[key], problems.get(key, ()), lapsed))
        for edition in editions
        if (key := (edition.slug, edition.locale.name)) in own
    )


def _state(
    project: Project,
    edition: Edition,
    own: Sequence[Artifact],
    problems: Sequence[Finding],
    lapsed: Mapping[tuple[str, str], str],
) -> _State:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    where, approval = country(project), edition.approval
    checked = " and ".join(
        f"{'signed' if each.signed else 'noted'} by {each.by}, {long_day(each.on, where)}"
        for each in (approval.all if approval else ())
    )
    stale = long_day(min((each.since for each in own if each.since and each.made), default=None), where)
    begun_not = [each.message for each in errors if each.check == NOT_BEGUN]
    gone = (lapsed.get((edition.slug, ""), ""), lapsed.get((edition.slug, edition.locale.name), ""))
    return _State(
        notices.of(edition),
        checked,
        stale,
        any(each.fresh for each in own),
        () if begun_not and not stale else tuple(_said(each) for each in errors),
        begun_not[0] if begun_not and not stale else "",
        tuple(filter(None, gone)),
    )


def _said(finding: Finding) -> str:
    return f"{finding.po or finding.at}: {finding.message}"


def pages(project: Project, found: Sequence[Group], today: date) -> Iterator[Page]:
    """The pages of the list: how to print, the languages of each leaflet, the files of each edition."""
    leaflets = dict[str, list[Group]]()
    for group in found:
        leaflets.setdefault(group.edition.slug, []).append(group)
    yield f"{FOLDER}/index.html", partial(overview, project, found, today)
    for slug, own in leaflets.items():
        yield f"{FOLDER}/{slug}/index.html", partial(of_leaflet, project, own)
        for group in own:
            yield f"{FOLDER}/{slug}/{group.edition.locale.tag}.html", partial(of_edition, project, group)


def overview(project: Project, found: Sequence[Group], today: date) -> str:
    """``staff/print-list/index.html``: rules for every file, how each format is made, all leaflets."""
    artifacts = [file for group in found for file in group.files if FORMATS[file.format].for_printer]
    values = {
        "clinic": clinic(project),
        "day": long_day(today, country(project)),
        "leaflets": titles_of(group.edition for group in found),
        "ways": _ways(project, artifacts),
    }
    return layouts.screen(project.layout_folders, "print-list", link=link, **values)


def of_leaflet(project: Project, own: Sequence[Group]) -> str:
    """``staff/print-list/<leaflet>/index.html``: its languages, and how each of them is."""
    ((slug, title),) = titles_of(group.edition for group in own)
    source = own[0].edition.leaflet.own_locale
    rows = sorted(
        ((tongue(group.edition.locale), group.state.short) for group in own),
        key=lambda row: (row[0].locale != source, row[0].english_name),
    )
    values = {"clinic": clinic(project), "slug": slug, "title": title, "rows": rows}
    return _kept(project, "print-list-leaflet", slug, values)


def of_edition(project: Project, group: Group) -> str:
    """``staff/print-list/<leaflet>/<tag>.html``: the files of an edition. Raises ``TemplateError``."""
    of = group.edition
    offered_first = sorted(handed_out_first(project, group.files), key=lambda artifact: not artifact.fresh)
    printed = [file for file in offered_first if FORMATS[file.format].for_printer]
    jobs = [_job(project, file, of.locale.direction, group.state.problems) for file in printed]
    values = {
        "clinic": clinic(project),
        "slug": of.slug,
        "title": plain(of.leaflet.meta.title.inlines),
        "tongue": tongue(of.locale),
        "state": group.state,
        "jobs": tuple(job for job in jobs if job.at_home),
        "others": tuple(job for job in jobs if not job.at_home),
        "more": tuple(_other(project, file) for file in group.files if not FORMATS[file.format].for_printer),
        "other_paper": "A4 and its kin" if us_paper(country(project)) else "US paper",
    }
    return _kept(project, "print-list-edition", f"{of.slug} {of.locale.name}", values)


def _kept(project: Project, template: str, of: str, values: Mapping[str, object]) -> str:
    """A page, from memory if all that it shows is as it was."""

    def make() -> str:
        return layouts.screen(project.layout_folders, template, link=link, **values)

    return shelf.kept(f"{template} {of}", (sorted(values.items()),), make)


def titles_of(editions: Iterable[Edition]) -> tuple[tuple[str, str], ...]:
    """The leaflets of some editions: name and title, each once."""
    return tuple({each.slug: _title(each) for each in editions}.items())


def _title(edition: Edition) -> str:
    """A leaflet's title as it is printed."""
    leaflet = edition.leaflet
    return typography.words(plain(leaflet.meta.title.inlines), locales.locale(leaflet.own_locale))


def _other(project: Project, file: Artifact) -> _Other:
    since = long_day(file.since, country(project))
    media = FORMATS[file.format].media
    return _Other(title_of(project, file), file.path, file.size, media, file.made, file.fresh, since)


def _ways(project: Project, artifacts: Sequence[Artifact]) -> tuple[_Way, ...]:
    used: dict[str, dict[str, None]] = {}
    for artifact in artifacts:
        layout = project.layout_of(artifact)
        way = _way(_scheme(layout, artifact))
        name = layout.title.partition(" (")[0]  # how it is folded or cut does not depend on its paper
        used.setdefault(way, {}).setdefault(name + ", two languages" * (way == "folded-cards"))
    return tuple(_Way(name, tuple(sorted(used[name]))) for name in _WAYS if name in used)


def _job(project: Project, file: Artifact, direction: Direction, errors: Sequence[str]) -> _Job:
    layout = project.layout_of(file)
    scheme = _scheme(layout, file)
    title, way = title_of(project, file), _way(scheme)
    paper, at_home = (
        _paper(layout, scheme, file.pages),
        papers.is_at_home(layout, country(project)),
    )
    if not file.fresh:
        return _Job(title, way, "", "", "", "", _why(project, file, errors), at_home)
    path, copies = file.press or file.path, _copies(file.pages, scheme, layout)
    then = _then(file.pages, scheme, layout, direction)
    return _Job(title, way, path, paper, copies, then, "", at_home, file.changed)


def _scheme(layout: Layout, file: Artifact) -> Scheme | None:
    return layouts.scheme(layout, languages=2 if file.beside else 1)


def _way(scheme: Scheme | None) -> str:
    """How pages are set on sheets: "pages" for one after the other."""
    if scheme is None:
        return "pages"
    return "folded-cards" if scheme.folded else scheme.kind


def _why(project: Project, file: Artifact, errors: Sequence[str]) -> str:
    """Why a file is not to be printed."""
    how = f"run {command(project, file)}"
    reason = errors[0] if errors else f"a text or layout has changed since it was made: {how}"
    if not file.made:
        return f"Not made, because {reason}" if errors else f"Not made: {how}"
    since = f" since {long_day(file.since, country(project))}" if file.since else ""
    return f"Out of date{since}, because {reason}. Do not hand it out"


def _around(layout: Layout, scheme: Scheme | None) -> float:
    """How much larger the paper is on each side, for marks; mm."""
    return scheme.around_mm if scheme else layout.around_mm


def _paper(layout: Layout, scheme: Scheme | None, pages: int) -> str:
    """ "A4, both sides, flip on the short edge"; one page alone has one side."""
    press = layout.press
    if press is None:
        return ""
    size, name = papers.size(layout), papers.of(layout)
    if around := _around(layout, scheme):
        name = f"A larger sheet ({' × '.join(f'{length + 2 * around:g}' for length in size)} mm), cut to {name}"
    both = press.sides == 2 and (scheme or pages != 1)
    return f"{name}, both sides, flip on the {press.flip} edge" if both else f"{name}, one side only"


def _sheets(pages: int, scheme: Scheme | None, layout: Layout) -> int:
    """How many sheets of paper one copy takes."""
    if scheme and scheme.kind != "saddle-stitch":
        return 1
    a_sheet = 4 if scheme else layout.press.sides if layout.press else 2
    return -(-pages // a_sheet)


def _copies(pages: int, scheme: Scheme | None, layout: Layout) -> str:
    if scheme and scheme.kind == "cards":
        leaves = -(-pages // 2)
        cards = max(1, scheme.columns * scheme.rows // leaves)
        return f"1 sheet gives {cards} card{'s' * (cards > 1)}"
    sheets = _sheets(pages, scheme, layout)
    blank = -pages % 4 if scheme and scheme.kind == "saddle-stitch" else 0
    empty = f", {blank} blank page{'s' * (blank > 1)} before the back cover" if blank else ""
    return f"{sheets} sheet{'s' * (sheets > 1)} a copy{empty}"


def _then(pages: int, scheme: Scheme | None, layout: Layout, direction: Direction) -> str:
    """What is to be done with the printed sheets, in one sentence; marks outside a page that is cut go with the cut."""
    done = _folded(pages, scheme, layout, direction)
    if not _around(layout, scheme):
        return done or "Nothing more to do"
    done = done.replace(" along the marks", "")
    return f"Cut along the marks, then {done[0].lower()}{done[1:]}" if done else "Cut along the marks"


def _folded(pages: int, scheme: Scheme | None, layout: Layout, direction: Direction) -> str:
    side = "right" if direction == "rtl" else "left"
    match _way(scheme):
        case "saddle-stitch" if _sheets(pages, scheme, layout) > 1:
            return f"Fold the pile in the middle, staple in the fold; it opens with the fold on the {side}"
        case "saddle-stitch":
            return f"Fold in the middle; it opens with the fold on the {side}"
        case "trifold":
            return "Fold in three along the marks: the narrow panel in first, the cover over it"
        case "cards":
            return "Cut along the marks"
        case "folded-cards":
            cut = "Fold the sheet along the dashed marks, fronts outside, then cut along the other marks"
            return f"{cut}; each card opens with the fold on the {side}"
    return f"Staple in the upper {side} corner" if _sheets(pages, scheme, layout) > 1 else ""


def advice(project: Project, file: Artifact, direction: Direction, errors: Sequence[str]) -> tuple[_Job, int, int]:
    """What the list says of one file, how many sheets a copy of it takes, and how many copies a sheet gives (0: it is
    no card). ``errors``: what keeps it from being made, in words."""
    layout = project.layout_of(file)
    scheme = _scheme(layout, file)
    cards = scheme.columns * scheme.rows // -(-file.pages // 2) if scheme and scheme.kind == "cards" else None
    given = 0 if cards is None else max(1, cards)
    return _job(project, file, direction, errors), _sheets(file.pages, scheme, layout), given
