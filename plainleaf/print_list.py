"""The job sheet ``build/print-list.html``, for whoever stands at the printer: which file, which paper, what then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plainleaf import layouts
from plainleaf.catalogue import long_day, title_of
from plainleaf.model import Artifact, Direction, Edition, Finding, Layout, Locale, Scheme, Severity, plain
from plainleaf.project import Project

_PAPERS = {
    (148.0, 210.0): "A5",
    (210.0, 297.0): "A4",
    (297.0, 420.0): "A3",
    (215.9, 279.4): "US letter",
    (215.9, 355.6): "US legal",
}
_WAYS = ("pages", "saddle-stitch", "trifold", "cards", "folded-cards")
_CUT = 1.0  # mm; paper is named by its size if it is no further off


@dataclass(frozen=True, slots=True)
class _Job:
    """One line of the list. ``path``: the file to print, relative to the page, "" if none may be printed; ``why`` not.

    ``copies``: how many sheets one copy takes, or how many copies one sheet gives; ``then``: what to do with it.
    """

    title: str
    way: str
    path: str
    paper: str
    copies: str
    then: str
    why: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The lines of one edition. ``state``: why it is not to be handed out to patients yet, "" if it may be."""

    locale: Locale
    state: tuple[str, ...]
    jobs: tuple[_Job, ...]


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
    clinic = project.clinic.name if project.clinic else "your clinic"
    values = {"clinic": clinic, "day": long_day(today), "leaflets": leaflets, "ways": _ways(project, artifacts)}
    return layouts.screen(project.layout_folders, "print-list", **values)


def _ways(project: Project, artifacts: Sequence[Artifact]) -> tuple[_Way, ...]:
    used: dict[str, dict[str, None]] = {}
    for artifact in artifacts:
        layout = project.layouts[artifact.layout]
        way = _way(_scheme(layout, artifact))
        used.setdefault(way, {}).setdefault(layout.title + ", two languages" * (way == "folded-cards"))
    return tuple(_Way(name, tuple(sorted(used[name]))) for name in _WAYS if name in used)


def _group(project: Project, edition: Edition, own: Sequence[Artifact], problems: Sequence[Finding]) -> _Group:
    state = []
    if edition.draft:
        state.append("Draft translation: not yet checked by a clinical translator")
    if not edition.meta.reviewed_by:
        state.append("Sample for review by the clinic's own clinicians")
    errors = [f"{each.po or each.at}: {each.message}" for each in problems if each.severity is Severity.ERROR]
    offered_first = sorted(own, key=lambda artifact: not artifact.fresh)
    jobs = tuple(_job(project, artifact, edition.locale.direction, errors) for artifact in offered_first)
    return _Group(edition.locale, tuple(state), jobs)


def _job(project: Project, file: Artifact, direction: Direction, errors: Sequence[str]) -> _Job:
    layout = project.layouts[file.layout]
    scheme = _scheme(layout, file)
    title, way = title_of(project, file), _way(scheme)
    if not file.fresh:
        return _Job(title, way, "", "", "", "", _why(file, errors))
    path, copies = file.press or file.path, _copies(file.pages, scheme, layout)
    return _Job(title, way, path, _paper(layout), copies, _then(file.pages, scheme, layout, direction), "")


def _scheme(layout: Layout, file: Artifact) -> Scheme | None:
    return layouts.scheme(layout, languages=2 if file.beside else 1)


def _way(scheme: Scheme | None) -> str:
    """How pages are set on sheets: "pages" for one after the other."""
    if scheme is None:
        return "pages"
    return "folded-cards" if scheme.folded else scheme.kind


def _why(file: Artifact, errors: Sequence[str]) -> str:
    """Why a file is not to be printed."""
    reason = errors[0] if errors else "a text or layout has changed and it was not made anew: run publish.py"
    if not file.pages:
        return f"Not made, because {reason}" if errors else "Not made: run publish.py"
    since = f" since {long_day(file.since)}" if file.since else ""
    return f"Out of date{since}, because {reason}. Do not hand it out"


def _paper(layout: Layout) -> str:
    """ "A4, both sides, flip on the short edge"."""
    press = layout.press
    if press is None:
        return ""
    size = (layout.page_width_mm, layout.page_height_mm)
    if press.scheme:
        size = (press.scheme.sheet_width_mm, press.scheme.sheet_height_mm)
    name = press.paper or _named(size)
    return f"{name}, both sides, flip on the {press.flip} edge" if press.sides == 2 else f"{name}, one side only"


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
    return f"{sheets} sheet{'s' * (sheets > 1)} a copy"


def _then(pages: int, scheme: Scheme | None, layout: Layout, direction: Direction) -> str:
    """What is to be done with the printed sheets, in one sentence."""
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
            return "Fold the sheet along the dashed marks, red frames outside; then cut along the other marks"
    return f"Staple in the upper {side} corner" if _sheets(pages, scheme, layout) > 1 else "Nothing more to do"
