"""What there is to make: every edition in every layout and look that it is meant for, as jobs for the workers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from plainleaf.actions import printing
from plainleaf.actions.printing import Page, Written
from plainleaf.artifacts import manifest as build
from plainleaf.artifacts.inputs import Inputs
from plainleaf.artifacts.manifest import Job, Manifest
from plainleaf.checks.page.boxes import squeezed
from plainleaf.checks.source import editions as checks
from plainleaf.clinics import details as clinics
from plainleaf.clinics import file as clinicfile
from plainleaf.layouts import styles
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.looks import clash, dressed, parts
from plainleaf.model import (
    Artifact,
    Clinic,
    Edition,
    Finding,
    Layout,
    Locale,
    Location,
    Origin,
    Severity,
    Sheet,
    State,
    has_error,
)
from plainleaf.model.tags import language_tag, locale_name
from plainleaf.project import WORDS, Project
from plainleaf.typesetting import fonts, pseudo


@dataclass(frozen=True, slots=True)
class Unmade:
    """An edition that a layout does not print, and why, in words."""

    slug: str
    locale: str
    layout: str
    why: str


@dataclass(slots=True)
class Plan:
    """What there is to make: every artifact, the jobs of those that can be made, what was found on each edition.

    ``faults``: what was found on one file alone, by its path: in its layout, or in the text beside.
    ``kept``: those that nobody asks for today, but that an earlier run with other options has left in the folder.
    ``unmade``: what is asked for and not made, in order, each once for all looks.
    """

    wanted: list[Artifact]
    jobs: dict[str, Job]
    problems: dict[tuple[str, str], list[Finding]]
    editions: list[Edition]
    kept: list[Artifact]
    unmade: dict[Unmade, None]
    faults: dict[str, tuple[Finding, ...]]


def formats(project: Project, looks: Iterable[str] = (), beside: str = "") -> Iterator[Layout]:
    """Every layout, plain and in each look of the settings and of ``looks`` ("yellow-on-black", "dyslexia+marks").

    ``beside``: the locale that stands beside an edition's own, in layouts that set two side by side.
    """
    variants = dict.fromkeys(map(parts, ("", *project.settings.looks, *looks)))
    for layout in project.layouts.values():
        for names in variants:
            if worn := _worn(project, layout, names, beside):
                yield worn


def _worn(project: Project, layout: Layout, names: Sequence[str], beside: str) -> Layout | None:
    """A layout in looks; ``None`` if one is not there or they exclude each other, a finding on the settings."""
    worn = [project.looks[name] for name in names if name in project.looks]
    if len(worn) < len(names) or clash(worn):
        return None
    return replace(dressed(layout, worn), beside=beside if beside and layout.beside else layout.beside)


def _left_behind(project: Project, there: Iterable[str]) -> Iterator[Layout]:
    """The layouts in the looks and with the second languages that files in the output folder have, by their names."""
    options = dict[tuple[str, str, str], None]()
    for found in filter(None, map(_NAME.fullmatch, there)):
        second = locale_name(found["tags"].partition("+")[2])
        options[found["layout"], found["looks"] or "", second] = None
    for name, looks, second in sorted(options):
        layout = project.layouts.get(name)
        if layout and (worn := _worn(project, layout, parts(looks), second)):
            yield worn


def plan(
    project: Project,
    found: Iterable[tuple[Edition, Sequence[Finding]]],
    looks: Iterable[str] = (),
    beside: str = "",
    there: Iterable[str] = (),
) -> Plan:
    """The plan for editions with what was found on each of them. An edition with errors has no jobs.

    ``there``: the paths of files that earlier runs have left, maybe in other looks or pairs of languages: what today's
    sources say of those is planned too, so that it is seen whether they are out of date.
    """
    made = Plan([], {}, {}, [], [], {}, {})
    inputs = Inputs((project.root / "sources", *project.layout_folders))
    there = set(there)
    for edition, findings in found:
        made.editions.append(edition)
        made.problems[edition.slug, edition.locale.name] = list(findings)
    known = {printing.key(edition): edition for edition in made.editions}
    wrong = {key: about for key, about in made.problems.items() if has_error(about)}  # in the texts, not in one layout
    layouts_and_looks = [(layout, True) for layout in formats(project, looks, beside)]
    layouts_and_looks += [(layout, False) for layout in _left_behind(project, sorted(there))]
    for edition in made.editions:
        planned = dict[str, Page]()
        for layout, asked in layouts_and_looks:
            page, why = printing.page(edition, layout, known)
            if why:
                if asked:
                    made.unmade[Unmade(edition.slug, edition.locale.name, layout.name, why)] = None
                continue
            artifact = _artifact(edition, layout, page.second)
            if artifact.path in planned or not (asked or artifact.path in there):
                continue
            planned[artifact.path] = page
            (made.wanted if asked else made.kept).append(artifact)
        if printing.key(edition) in wrong or not project.clinic:
            continue
        made_of = printing.write(project, project.clinic, planned.values(), wrong)
        for path, written in zip(planned, made_of, strict=True):
            sheet, faults = _sheet(project, project.clinic, written, path)
            made.faults[path] = faults
            if sheet:
                made.jobs[path] = Job(path, sheet, inputs.fingerprint(sheet))
    return made


def _artifact(edition: Edition, layout: Layout, second: Edition | None) -> Artifact:
    """Its path is ``<leaflet>/<leaflet>.<locale>[+<second>].<layout>[.<look>].pdf``, locales as BCP 47 tags."""
    pair = f"+{second.locale.tag}" if second else ""
    path = f"{edition.slug}/{edition.slug}.{edition.locale.tag}{pair}.{layout.label}.pdf"
    return Artifact(
        path=path,
        pages=0,
        slug=edition.slug,
        locale=edition.locale.name,
        layout=layout.name,
        looks=layout.looks,
        beside=second.locale.name if second else "",
        draft=edition.draft or bool(second and second.draft),
        fresh=False,
        reviewed=edition.sign_off is not None,
        press=build.press_path(path) if layout.press and layout.press.scheme else "",
    )


def _sheet(project: Project, clinic: Clinic, written: Written, path: str) -> tuple[Sheet | None, tuple[Finding, ...]]:
    html, edition, second, layout = written.html, written.page.edition, written.page.second, written.page.layout
    if not html:
        return None, written.findings
    try:
        cuts = fonts.cut(edition.locale.fonts, html)
        others = fonts.cut(second.locale.fonts, html) if second else ()
    except fonts.FontError as error:
        return None, (checks.font_failed(error, edition.locale),)
    sources, other = project.root / "sources", second.locale if second else None
    style = styles.pieces(layout, edition.locale, project.layout_folders, clinic.colour, other)
    sheet = Sheet(
        name=path,
        html=html,
        css=styles.joined(style),
        css_origins=styles.origins(style, project.root),
        font_css=fonts.face_css(cuts) + fonts.face_css(others, ".beside"),
        families=(*fonts.aliases(cuts), *fonts.aliases(others)),
        folders=tuple(str(folder) for folder in (sources, *project.layout_folders, fonts.cache_folder())),
        base=project.root.as_uri() + "/",
        at=edition.leaflet.at,
        rules=layouts.rules(layout, edition.locale, other),
        scheme=layouts.scheme(layout, languages=2 if second else 1),
        direction=edition.locale.direction,
        origins=_origins(project, clinic, layout, [each.locale for each in (edition, second) if each]),
    )
    return sheet, written.findings


def _origins(project: Project, clinic: Clinic, layout: Layout, where: Iterable[Locale]) -> tuple[Origin, ...]:
    """Where the clinic's facts and the layouts' words in these languages are to be mended."""
    found: list[Origin] = []
    for locale in where:
        notes = (clinics.note_of(line, locale) or line.note for line in clinic.helplines)
        facts = (*clinics.placeholders(clinic, locale).values(), *notes, *clinic.address)
        found += [Origin(squeezed(text), clinic.at) for text in facts if text]
        if catalog := project.catalogs.get((locale.name, WORDS)):
            entries = [entry for entry in catalog.live.values() if entry.state is State.CURRENT]
            found += [
                Origin(squeezed(entry.string), layout.at, Location(catalog.file, entry.line)) for entry in entries
            ]
    return tuple(dict.fromkeys(found))


_NAME = re.compile(r"(?P<slug>[^/]+)/[^/.]+\.(?P<tags>[^.]+)\.(?P<layout>[^.]+)(?:\.(?P<looks>[^.]+))?\.pdf")


def left_over(manifest: Manifest, known: Iterable[Artifact]) -> list[Finding]:
    """PDFs of leaflets, languages, layouts or looks that are no longer there, or that cannot be read today: one finding
    for those of a leaflet in a language.

    Those in made-up languages, which nobody hands out, are left alone.
    """
    made_up = {language_tag(name) for name in pseudo.NAMES}
    together: dict[str, list[str]] = {}
    for path in manifest.left(artifact.path for artifact in known):
        found = _NAME.fullmatch(path)
        if not found or not made_up.intersection(found["tags"].split("+")):
            together.setdefault(f"{found['slug']}.{found['tags']}" if found else path, []).append(path)
    what = "{files} {lie} in the output folder and {belong} to no leaflet that can be published today"
    hint = "take them away, so that nobody hands them out; if their leaflet has errors, mend them"
    return [
        Finding("left-over", Severity.WARNING, _of(paths, what), Location(paths[0]), hint)
        for paths in together.values()
    ]


def out_of_date(project: Project, kept: Iterable[Artifact]) -> list[Finding]:
    """Files of earlier runs' options (looks, pairs of languages) or settings that are not what the sources say today.

    One finding for all those that one command makes anew.
    """
    together: dict[str, list[str]] = {}  # by command
    for file in kept:
        if not file.fresh:
            together.setdefault(command(project, file), []).extend([file.path, *([file.press] if file.press else [])])
    return [
        Finding(
            "out-of-date",
            Severity.WARNING,
            _of(paths, "{files} {are} out of date: kept from a run with other options"),
            Location(paths[0]),
            f"run {asking}, or take old files away, so that nobody hands them out",
        )
        for asking, paths in together.items()
    ]


_NAMED = 3  # files that a finding on several names beside the one that it is on


def _of(paths: Sequence[str], what: str) -> str:
    """What is said of some files, of which the first is the finding's own place."""
    others = [PurePosixPath(path).name for path in paths[1:]]
    if len(others) > _NAMED:
        others[_NAMED:] = [f"{len(others) - _NAMED} more"]
    many = bool(others)
    files = f"this file and {', '.join(others)}" if many else "this file"
    verbs = ("lie", "belong", "are") if many else ("lies", "belongs", "is")
    return what.format(files=files, lie=verbs[0], belong=verbs[1], are=verbs[2])


def command(project: Project, file: Artifact) -> str:
    """The command that makes a file in its look and with its second language."""
    usual = project.layouts[file.layout].beside
    if usual == SOURCE:
        usual = project.leaflets[file.slug].own_locale
    options = []
    if project.clinic_name != clinicfile.standard(project.clinics, project.settings.clinic):
        options.append(f"--clinic {project.clinic_name}")
    if project.settings.layouts and file.layout not in project.settings.layouts:
        options.append(f"--layout {file.layout}")
    if project.settings.locales and file.locale not in project.settings.locales:
        options.append(f"--locale {file.locale.replace('_', '-')}")
    if file.looks:
        options.append(f"--look {'+'.join(file.looks)}")
    if file.beside not in ("", usual):
        options.append(f"--beside {file.beside.replace('_', '-')}")
    return " ".join(["plainleaf publish", *options])
