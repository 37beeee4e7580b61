"""The job sheet ``build/print-list.html``, for whoever stands at the printer: which file, which paper, what then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plainleaf.actions.plan import command
from plainleaf.formats.base import FORMATS
from plainleaf.layouts import notices
from plainleaf.layouts import templates as layouts
from plainleaf.model import Artifact, Direction, Edition, Finding, Layout, Locale, Scheme, Severity, plain
from plainleaf.model.papers import us_paper
from plainleaf.project import Project
from plainleaf.site.catalogue import country, handed_out_first, long_day, title_of

_PAPERS = {
    (148.0, 210.0): "A5",
    (210.0, 297.0): "A4",
    (297.0, 420.0): "A3",
    (215.9, 279.4): "US letter",
    (215.9, 355.6): "US legal",
    (279.4, 431.8): "US tabloid",
}
_WAYS = ("pages", "saddle-stitch", "trifold", "cards", "folded-cards")
_CUT = 1.0  # mm; paper is named by its size if it is no further off


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
class _Group:
    """The lines of one edition. ``state``: why it is not to be handed out to patients yet, "" if it may be;
    ``others``: the lines for paper of other countries."""

    locale: Locale
    state: tuple[str, ...]
    jobs: tuple[_Job, ...]
    others: tuple[_Job, ...]


@dataclass(frozen=True, slots=True)
class _Leaflet:
    slug: str
    title: str
    editions: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to print, and the layouts that are printed so; its how-to stands in the template under its name."""

    name: str
    titles: tuple[str, ...]


def page(
    project: Project,
    artifacts: Sequence[Artifact],
    editions: Iterable[Edition],
    problems: Mapping[tuple[str, str], Sequence[Finding]],
    today: date,
) -> str:
    """The page as HTML. ``problems``: the findings of each edition, by (leaflet, locale name).

    Raises ``ValueError`` if its template fails.
    """
    known = {(edition.slug, edition.locale.name): edition for edition in editions}
    by_leaflet: dict[str, dict[str, list[Artifact]]] = {}
    artifacts = [artifact for artifact in artifacts if FORMATS[artifact.format].for_printer]
    for artifact in artifacts:
        by_leaflet.setdefault(artifact.slug, {}).setdefault(artifact.locale, []).append(artifact)
    leaflets = tuple(
        _Leaflet(
            slug,
            plain(project.leaflets[slug].meta.title.inlines),
            tuple(
                _group(project, known[slug, name], own, problems.get((slug, name), ()))
                for name, own in by_locale.items()
            ),
        )
        for slug, by_locale in by_leaflet.items()
    )
    values = {
        "clinic": project.clinic.name if project.clinic else "your clinic",
        "day": long_day(today, country(project)),
        "leaflets": leaflets,
        "ways": _ways(project, artifacts),
        "other_paper": "A4 and its kin" if _has_us_paper(project) else "US paper",
    }
    return layouts.screen(project.layout_folders, "print-list", **values)


def _has_us_paper(project: Project) -> bool:
    return us_paper(country(project))


def _ways(project: Project, artifacts: Sequence[Artifact]) -> tuple[_Way, ...]:
    used: dict[str, dict[str, None]] = {}
    for artifact in artifacts:
        layout = project.layout_of(artifact)
        way = _way(_scheme(layout, artifact))
        name = layout.title.partition(" (")[0]  # how it is folded or cut does not depend on its paper
        used.setdefault(way, {}).setdefault(name + ", two languages" * (way == "folded-cards"))
    return tuple(_Way(name, tuple(sorted(used[name]))) for name in _WAYS if name in used)


def _group(project: Project, edition: Edition, own: Sequence[Artifact], problems: Sequence[Finding]) -> _Group:
    errors = [f"{each.po or each.at}: {each.message}" for each in problems if each.severity is Severity.ERROR]
    offered_first = sorted(handed_out_first(project, own), key=lambda artifact: not artifact.fresh)
    jobs = [_job(project, artifact, edition.locale.direction, errors) for artifact in offered_first]
    here, elsewhere = (tuple(job for job in jobs if job.at_home is at_home) for at_home in (True, False))
    return _Group(edition.locale, notices.of(edition), here, elsewhere)


def _job(project: Project, file: Artifact, direction: Direction, errors: Sequence[str]) -> _Job:
    layout = project.layout_of(file)
    scheme = _scheme(layout, file)
    title, way = title_of(project, file), _way(scheme)
    paper, at_home = (
        _paper(layout, scheme, file.pages),
        _named(_size(layout)).startswith("US ") is _has_us_paper(project),
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


def _size(layout: Layout) -> tuple[float, float]:
    """Of the sheets as they are handed out or folded; mm."""
    if layout.press and layout.press.scheme:
        return layout.press.scheme.sheet_width_mm, layout.press.scheme.sheet_height_mm
    return layout.page_width_mm, layout.page_height_mm


def _around(layout: Layout, scheme: Scheme | None) -> float:
    """How much larger the paper is on each side, for marks; mm."""
    return scheme.around_mm if scheme else layout.around_mm


def _paper(layout: Layout, scheme: Scheme | None, pages: int) -> str:
    """ "A4, both sides, flip on the short edge"; one page alone has one side."""
    press = layout.press
    if press is None:
        return ""
    size = _size(layout)
    name = press.paper or _named(size)
    if around := _around(layout, scheme):
        name = f"A larger sheet ({' × '.join(f'{length + 2 * around:g}' for length in size)} mm), cut to {name}"
    both = press.sides == 2 and (scheme or pages != 1)
    return f"{name}, both sides, flip on the {press.flip} edge" if both else f"{name}, one side only"


def _named(size: tuple[float, float]) -> str:
    """A paper's usual name, whichever way it lies, or else its size."""
    short, long = sorted(size)
    near = (name for (a, b), name in _PAPERS.items() if abs(a - short) <= _CUT and abs(b - long) <= _CUT)
    return next(near, f"{size[0]:g} × {size[1]:g} mm")


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
