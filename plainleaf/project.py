"""A root folder read into values: sources, clinic, locales with their catalogs, layouts. Reads, never writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf import approvals, catalogs, layouts, locales, settings, sources
from plainleaf.approvals import Approvals
from plainleaf.catalogs import Catalog
from plainleaf.messages import Lookup
from plainleaf.model import Clinic, Finding, Layout, Leaflet, Locale, Location, Severity
from plainleaf.settings import Settings, nearest

WORDS = "layouts"  # the catalog of the words that layouts print


@dataclass(frozen=True, slots=True)
class Project:
    """All that a root folder holds. ``clinic`` is ``None`` if its file has errors. Names in order of the alphabet."""

    root: Path
    settings: Settings
    clinic: Clinic | None
    leaflets: Mapping[str, Leaflet]
    locales: Mapping[str, Locale]
    layouts: Mapping[str, Layout]
    catalogs: Mapping[tuple[str, str], Catalog]  # (locale name, leaflet slug or WORDS)
    findings: tuple[Finding, ...] = ()
    broken: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # catalogs that cannot be read
    approvals: Mapping[str, Approvals] = field(default_factory=dict)  # by locale name

    @property
    def layout_folders(self) -> tuple[Path, ...]:
        """Where layouts are looked for: the root's, then those shipped with the package."""
        return folders(self.root, "layouts")

    def lookup(self, locale: str, domain: str) -> Lookup:
        """Looks translations up in a locale's catalog; finds none if there is no such catalog."""
        catalog = self.catalogs.get((locale, domain))
        return catalog.lookup if catalog else lambda context, text: None


def shipped(kind: str) -> Path:
    """The folder of the layouts or locales that come with the package ("layouts", "locales")."""
    inside = Path(__file__).parent / "shipped" / kind
    return inside if inside.is_dir() else Path(__file__).parent.parent / kind


def folders(root: Path, kind: str) -> tuple[Path, ...]:
    """The root's own folder of a kind before the shipped one; only those that exist."""
    return tuple(dict.fromkeys(path for path in (root / kind, shipped(kind)) if path.is_dir()))


def po_path(root: Path, locale: str, domain: str) -> Path:
    """Where a catalog lives."""
    return root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"


def approvals_path(root: Path, locale: str) -> Path:
    """Where the approvals of a locale's translations live."""
    return root / "locales" / locale / approvals.FILE


def load(root: Path) -> Project:
    """Read everything below a root folder. Mistakes are findings; what can be read is there."""
    found: list[Finding] = []

    def keep(findings: tuple[Finding, ...]) -> None:
        found.extend(findings)

    options, findings = settings.load(root)
    keep(findings)
    clinic, findings = settings.load_clinic(root / "sources" / "clinic.toml", root)
    keep(findings)
    leaflets = dict(_leaflets(root, found))
    known = dict(_locales(root, found))
    formats = {}
    for name in layouts.names(folders(root, "layouts")):
        layout, findings = layouts.load(name, folders(root, "layouts"), root)
        keep(findings)
        if layout:
            formats[name] = layout
    found.extend(_unknown("layouts", options.layouts, formats))
    own = {leaflet.language.replace("-", "_"): leaflet for leaflet in leaflets.values()}
    found.extend(_unknown("locales", options.locales, {**own, **known}))
    kept: dict[tuple[str, str], Catalog] = {}
    broken = set()
    for locale in known:
        for domain in (*leaflets, WORDS):
            path = po_path(root, locale, domain)
            if not path.is_file() and domain == WORDS:
                path = shipped("locales") / locale / "LC_MESSAGES" / f"{WORDS}.po"
            if path.is_file():
                catalog, findings = catalogs.read(path, root)
                keep(findings)
                if catalog is None:
                    broken.add((locale, domain))
                else:
                    kept[locale, domain] = catalog
    signed = {locale: approvals.read(approvals_path(root, locale), root) for locale in known}
    found.extend(_strangers(signed, leaflets))
    return Project(root, options, clinic, leaflets, known, formats, kept, tuple(found), frozenset(broken), signed)


def _leaflets(root: Path, found: list[Finding]) -> Iterator[tuple[str, Leaflet]]:
    paths = sorted(path for path in (root / "sources").glob("*.md") if path.name != "README.md")
    if not paths:
        hint = "write the first one: sources/README.md tells how"
        found.append(Finding("source-none", Severity.ERROR, "there is no leaflet", Location("sources"), hint))
    for path in paths:
        file = path.relative_to(root).as_posix()
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            at = Location(file, error.object[: error.start].count(b"\n") + 1)
            found.append(Finding("source-encoding", Severity.ERROR, "is not UTF-8 text", at, "save the file as UTF-8"))
            continue
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            found.append(Finding("source-encoding", Severity.ERROR, what, Location(file), "mend its permissions"))
            continue
        leaflet, findings = sources.parse(file, text)
        found.extend(findings)
        if path.stem == WORDS:
            what, hint = f"the name “{WORDS}” belongs to the layouts' words", "give the leaflet's file another name"
            found.append(Finding("source-name", Severity.ERROR, what, Location(file), hint))
        elif leaflet and not locales.known(leaflet.language.replace("-", "_")):
            what, hint = f"CLDR knows no language “{leaflet.language}”", "write language: en, or another tag"
            found.append(Finding("source-language", Severity.ERROR, what, leaflet.at, hint))
        elif leaflet:
            yield leaflet.slug, leaflet


def _locales(root: Path, found: list[Finding]) -> Iterator[tuple[str, Locale]]:
    base = root / "locales"
    for folder in sorted(path for path in base.iterdir() if path.is_dir()) if base.is_dir() else ():
        name = folder.name
        if not locales.known(name):
            hint = "name the folder as Babel does: es, pt_BR, zh_Hans (publish.py init makes it)"
            what = "CLDR knows no such locale"
            found.append(Finding("locale-unknown", Severity.ERROR, what, Location(f"locales/{name}"), hint))
            continue
        locale, findings = locales.load(name, folder, root)
        found.extend(findings)
        yield name, locale


def _unknown(key: str, asked: tuple[str, ...], there: Mapping[str, object]) -> Iterator[Finding]:
    for name in asked:
        if name not in there:
            what = f"[tool.plainleaf] {key}: “{name}” is not there{nearest(name, list(there))}"
            hint = f"there are: {', '.join(there)}"
            yield Finding("settings", Severity.ERROR, what, Location("pyproject.toml"), hint)


def _strangers(signed: Mapping[str, Approvals], leaflets: Mapping[str, Leaflet]) -> Iterator[Finding]:
    """Approvals of leaflets that are not there; those of the others are looked at with their editions."""
    for locale, approved in signed.items():
        for slug in sorted({*approved.records, *approved.void} - set(leaflets)):
            what = f"there is no leaflet “{slug}”{nearest(slug, list(leaflets))}"
            hint = f"if the leaflet is gone for good, delete the table [{slug}]"
            at = Location(f"locales/{locale}/{approvals.FILE}")
            yield Finding("approval-unknown", Severity.WARNING, what, at, hint)
