"""A root folder read into values: sources, a clinic, locales with their catalogs, layouts. Reads, never writes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from plainleaf import crosschecks, files
from plainleaf.approvals import keys, signatures
from plainleaf.approvals.keys import Signers
from plainleaf.approvals.signatures import APPROVALS, SIGN_OFFS, Approvals
from plainleaf.clinics import contacts
from plainleaf.clinics import file as clinicfile
from plainleaf.files import settings, shelf
from plainleaf.files.places import RESERVED, WORDS, folders, waits
from plainleaf.files.settings import Settings
from plainleaf.languages import naming
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks, styles
from plainleaf.layouts import templates as layouts
from plainleaf.model import Artifact, Clinic, Finding, Layout, Leaflet, Locale, Location, Look, Profile, Severity
from plainleaf.model.links import Links
from plainleaf.model.settings import BraillePage
from plainleaf.model.tags import locale_name
from plainleaf.sources import markdown as sources
from plainleaf.terms import glossary, termlist
from plainleaf.translations import catalogs
from plainleaf.translations.messages import Lookup
from plainleaf.translations.po import Catalog
from plainleaf.typesetting import locales


@dataclass(frozen=True, slots=True)
class Project:
    """All that a root folder holds, for one clinic. Names in order of the alphabet.

    ``clinic`` is ``None`` if its file has errors, or if nobody says which it is; ``clinics`` names all there are.
    ``asked_site``: where this run says that its files lie on the web, "" if it leaves that to the settings.
    """

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
    clinics: tuple[str, ...] = ()
    clinic_name: str = ""  # the name of the clinic's file
    looks: Mapping[str, Look] = field(default_factory=dict)  # that layouts can be printed in
    sign_offs: Approvals = field(default_factory=Approvals)  # of the leaflets as they are written
    signers: Signers = field(default_factory=Signers)  # whose keys count
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # lists of terms, by locale name
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what all leaflets rely on, by locale name
    links: Mapping[tuple[str, str], Links] = field(default_factory=dict)  # of pages for screens, as (leaflet, locale)
    asked_site: str = ""

    @property
    def output(self) -> Path:
        """Where what is made goes if nobody says otherwise: a clinic that had to be named has a folder of its own."""
        return self.root / "build" / _own_folder(self.settings, self.clinics, self.clinic_name)

    @property
    def site(self) -> str:
        """Where that folder lies on the web, without a slash at its end; "" if nobody says so, or not in an address."""
        return site_of(self.settings, self.clinics, self.clinic_name)

    @property
    def layout_folders(self) -> tuple[Path, ...]:
        """Where layouts are looked for: the root's, then those shipped with the package."""
        return folders(self.root, "layouts")

    @property
    def shows_source(self) -> bool:
        """Whether texts that are not translated are printed in the language of the source."""
        return self.settings.untranslated == "show-source"

    @property
    def braille(self) -> BraillePage:
        """How much braille a page holds."""
        return self.settings.braille

    def layout_of(self, file: Artifact) -> Layout:
        """The layout of a file, in the looks and on the paper that it is printed in."""
        layout = looks.dressed(self.layouts[file.layout], [self.looks[look] for look in file.looks])
        return layout.roomy if file.larger and layout.roomy else layout

    def words(self, locale: str) -> Catalog | None:
        """The translations of the words that layouts print, by a locale's name."""
        return self.catalogs.get((locale, WORDS))

    def lookup(self, locale: str, domain: str) -> Lookup:
        """Looks translations up in a locale's catalog; finds none if there is no such catalog."""
        catalog = self.catalogs.get((locale, domain))
        return catalog.lookup if catalog else lambda context, text: None


def _own_folder(options: Settings, clinics: tuple[str, ...], name: str) -> str:
    """The folder of a clinic's files below ``build/``; "" for the one that need not be named."""
    return "" if name in ("", clinicfile.standard(clinics, options.clinic)) else name


def site_of(options: Settings, clinics: tuple[str, ...], name: str) -> str:
    """Where the files of a clinic lie on the web; "" for nowhere, or where no address says it."""
    if not options.site_url or contacts.wrong_site(options.site_url):
        return ""
    return "/".join(filter(None, (options.site_url, _own_folder(options, clinics, name))))


def approvals_path(root: Path, locale: str) -> Path:
    """Where the approvals of a locale's translations live."""
    return root / "locales" / locale / APPROVALS.file


def sign_offs_path(root: Path) -> Path:
    """Where the clinicians' sign-offs of the sources live."""
    return root / "sources" / SIGN_OFFS.file


@dataclass(frozen=True, slots=True)
class Only:
    """What of a root is read: these leaflets, and their catalogs in these languages and in those that layouts set
    beside them. All else that pages are made with is read whole."""

    leaflets: tuple[str, ...]
    locales: tuple[str, ...]


def load(root: Path, clinic_name: str = "", only: Only | None = None, site_url: str = "") -> Project:
    """Read everything below a root folder, for one clinic; or ``only`` some leaflets, for a look at their pages.

    Mistakes are findings; what can be read is there. ``site_url``: where the output folder lies on the web, in place
    of what the settings say.
    """
    found: list[Finding] = [*files.odd(root)]
    options, findings = settings.load(root)
    found += (*findings, *crosschecks.of_site(options))
    options = replace(options, site_url=site_url.rstrip("/") or options.site_url)
    leaflets = dict(_leaflets(root, found, only.leaflets if only else ()))
    clinics = clinicfile.names(root)
    clinic_name = clinic_name or clinicfile.standard(clinics, options.clinic)
    clinic, findings = _clinic(root, clinics, clinic_name, leaflets, options)
    found += findings
    idle = waiting(root, leaflets)
    known = dict(_locales(root, found, idle))
    languages = partial(_languages, root, leaflets, idle)
    formats, findings = shelf.kept("layouts", (), partial(_layouts, root))
    formats = {name: _profiled(layout, options.profile) for name, layout in formats.items()}
    found += findings
    worn, findings = shelf.kept("looks", (), partial(_looks, root))
    found += findings
    found += crosschecks.of_front_matter(root, leaflets, known)
    found += crosschecks.of_profiles(options, formats)
    found += crosschecks.of_layouts(formats, languages([layout.beside for layout in formats.values()]))
    found += crosschecks.of_pictures(root, leaflets)
    found += crosschecks.of_settings(root, options, clinics, languages(options.locales), worn)
    if clinic:
        spoken = {*known, *(leaflet.own_locale for leaflet in leaflets.values())}
        found += clinicfile.addresses(clinic, len(leaflets), len(_published(options, spoken)))
        found += clinicfile.unordered(clinic, [path.stem for path in leaflet_files(root)])
    spoken = {name for name in known if not only or name in _needed(only, leaflets, formats)}
    kept, broken = catalogs.read(root, leaflets, known, spoken, found)
    lists = {name: termlist.read(root, name) for name in known if name in spoken}
    found += [finding for each in lists.values() for finding in each.findings]
    terms = {name: glossary.pool(leaflets.values(), kept, name, each.terms) for name, each in lists.items()}
    signed, sign_offs = _signatures(root, known, found)
    found += crosschecks.of_catalogs(root, known, [*(path.stem for path in leaflet_files(root)), WORDS])
    return Project(
        root,
        options,
        clinic,
        leaflets,
        known,
        formats,
        kept,
        tuple(dict.fromkeys(found)),
        broken,
        signed,
        clinics,
        clinic_name,
        worn,
        sign_offs,
        keys.signers(root),
        {name: each.terms for name, each in lists.items()},
        terms,
        asked_site=site_url.rstrip("/"),
    )


def _clinic(
    root: Path, clinics: tuple[str, ...], name: str, leaflets: Mapping[str, Leaflet], options: Settings
) -> tuple[Clinic | None, tuple[Finding, ...]]:
    """The clinic that a run is for, with what is wrong with it and with the choice."""
    if not clinics:
        return None, (clinicfile.none_found(root),)
    former = clinicfile.left_over(root)
    if not name:
        return None, former if options.unread else (*former, clinicfile.unnamed(clinics, options))
    if name not in clinics:
        return None, former  # a wrong name in the settings is a finding of its own
    clinic, findings = clinicfile.load(root, name)
    if clinic and (site := site_of(options, clinics, name)):
        clinic = replace(clinic, leaflets=f"{site}/{{leaflet}}/{{language}}/")
    if name in leaflets:  # both are folders of build/
        what, hint = f"there is a leaflet with the name “{name}”", "give the clinic's file another name"
        at = Location((clinicfile.FOLDER / f"{name}.toml").as_posix())
        return None, (*former, *findings, Finding("settings", Severity.ERROR, what, at, hint))
    return clinic, (*former, *findings)


def leaflet_files(root: Path) -> tuple[Path, ...]:
    """The files of leaflets, whether they can be read or not."""
    there = files.Root(root).listed(root / "sources")
    return tuple(path for path in there if path.suffix == ".md" and path.name != "README.md" and path.name[0] != ".")


def unread(root: Path, leaflets: Mapping[str, Leaflet]) -> frozenset[str]:
    """The names of leaflets whose files are there and cannot be read."""
    return frozenset(path.stem for path in leaflet_files(root)) - set(leaflets)


def languages(root: Path, leaflets: Mapping[str, Leaflet], asked: Iterable[str]) -> tuple[str, ...]:
    """The Babel names of all languages that there are: those of leaflets and those with a folder that is begun.

    The language of a leaflet that cannot be read is not known: then it may be any of those ``asked`` for.
    """
    return _languages(root, leaflets, waiting(root, leaflets), asked)


def _languages(
    root: Path, leaflets: Mapping[str, Leaflet], idle: Collection[str], asked: Iterable[str]
) -> tuple[str, ...]:
    own = {leaflet.own_locale: None for leaflet in leaflets.values()}
    there = [path.name for path in files.Root(root).listed(root / "locales") if path.is_dir()]
    named = [locale_name(name) for name in there if name not in idle]
    lost = unread(root, leaflets)
    may_be = [name for name in asked if lost and naming.known(name)]
    return tuple(dict.fromkeys((*own, *named, *may_be)))


def waiting(root: Path, leaflets: Mapping[str, Leaflet]) -> tuple[str, ...]:
    """The Babel names of languages that nobody has begun with: their folders hold the words that layouts print, and no
    leaflet is written in them."""
    own = {leaflet.own_locale for leaflet in leaflets.values()}
    there = [path for path in files.Root(root).listed(root / "locales") if path.is_dir() and path.name not in own]
    return tuple(path.name for path in there if naming.known(path.name) and waits(path))


_NEARLY = (".md", ".markdown", ".mdown")  # what is a leaflet by another name
_OFFICE = (".docx", ".doc", ".odt", ".rtf")  # what may be meant as one
_UNPRINTED = ("Cc", "Zl", "Zp", "Cs")  # Unicode's categories; they would end a line of a catalog in its middle


def _needed(only: Only, leaflets: Mapping[str, Leaflet], formats: Mapping[str, Layout]) -> set[str]:
    """The languages whose catalogs pages may be made with."""
    own = {leaflet.own_locale for leaflet in leaflets.values()}
    return own | set(only.locales) | {layout.beside for layout in formats.values()}


def _leaflets(root: Path, found: list[Finding], only: Collection[str] = ()) -> Iterator[tuple[str, Leaflet]]:
    paths = leaflet_files(root)
    if not paths:
        hint = "write the first one, sources/<name>.md: a title and facts between two lines of ---, then the text"
        found.append(Finding("source-none", Severity.ERROR, "there is no leaflet", Location("sources"), hint))
    for path in files.Root(root).listed(root / "sources") if not only else ():
        kind = path.suffix.lower()
        if path.suffix != ".md" and kind in (*_NEARLY, *_OFFICE) and path.name[0] not in ".~" and path.stem != "README":
            what = "is not read: a leaflet is a file of plain text, whose name ends in “.md”"
            new = f"copy its text into a new file, {path.stem}.md; under another name alone it could not be read"
            hint = f"call it {path.stem}.md" if kind in _NEARLY else new
            at = Location(path.relative_to(root).as_posix())
            found.append(Finding("source-name", Severity.WARNING, what, at, hint))
    for path in (path for path in paths if not only or path.stem in only):
        leaflet, findings = read_leaflet(root, path)
        found.extend(findings)
        if leaflet:
            yield leaflet.slug, leaflet


def read_leaflet(root: Path, path: Path) -> tuple[Leaflet | None, tuple[Finding, ...]]:
    """A leaflet's file; ``None`` if it cannot be read, and what is wrong with it."""
    file = path.relative_to(root).as_posix()
    if any(unicodedata.category(sign) in _UNPRINTED for sign in path.name):
        what = "the file's name contains a line break or another character that cannot be printed"
        return None, (Finding("source-name", Severity.ERROR, what, Location(file), "give the file another name"),)
    try:
        text = files.Root(root).read(path).decode("utf-8-sig")
    except files.RefusedError as error:
        return None, (files.finding(error, root),)
    except UnicodeDecodeError as error:
        at = Location(file, error.object[: error.start].count(b"\n") + 1)
        return None, (Finding("source-encoding", Severity.ERROR, "is not UTF-8 text", at, "save the file as UTF-8"),)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        what = "is no longer there" if gone else f"could not be read: {error.strerror}"
        hint = "put the file back" if gone else "correct its permissions"
        return None, (Finding("source-encoding", Severity.ERROR, what, Location(file), hint),)
    leaflet, findings = shelf.kept(f"leaflet {file}", (file, text), partial(sources.parse, file, text), narrow=True)
    if path.stem == WORDS:
        what, hint = f"the name “{WORDS}” is used for the layouts' words", "give the leaflet's file another name"
        return None, (*findings, Finding("source-name", Severity.ERROR, what, Location(file), hint))
    if path.stem.casefold() in RESERVED:  # one folder, where names are the same in any case
        what = f"the name “{path.stem}” is used for a folder of the catalogue's pages"
        hint = "give the leaflet's file another name"
        return None, (*findings, Finding("source-name", Severity.ERROR, what, Location(file), hint))
    if leaflet and not naming.known(leaflet.own_locale):
        what, hint = f"“{leaflet.language}” is not a known language", "write language: en, or another tag"
        return None, (*findings, Finding("source-language", Severity.ERROR, what, leaflet.at, hint))
    return leaflet, tuple(findings)


def _locales(root: Path, found: list[Finding], idle: Collection[str]) -> Iterator[tuple[str, Locale]]:
    for folder in (path for path in files.Root(root).listed(root / "locales") if path.is_dir()):
        name = folder.name
        if folder.is_symlink() and not files.Root(root).listed(folder):
            continue  # it leads out of the root: told of by ``files.odd``
        if folder.suffix == ".pot":
            found.append(files.finding(files.RefusedError(folder, "is not a plain file but a folder"), root))
            continue
        if not naming.known(name):
            hint = "name the folder as Babel does: es, pt_BR, zh_Hans (plainleaf init creates it)"
            what = "not a known language"
            found.append(Finding("locale-unknown", Severity.ERROR, what, Location(f"locales/{name}"), hint))
            continue
        if name in idle:
            continue
        locale, findings = shelf.kept(f"locale {name}", (), partial(locales.load, name, folder, root))
        found.extend(findings)
        yield name, locale


def _looks(root: Path) -> tuple[dict[str, Look], tuple[Finding, ...]]:
    """The looks that can be worn, by name, and what is wrong with these and with the others."""
    among = folders(root, "layouts")
    worn, found = dict[str, Look](), list[Finding]()
    for name in looks.names(among):
        look, findings = looks.load(name, among, root)
        css = looks.style(name, among)
        wrong = tuple(styles.faults(css, root)) if css else ()
        found += (*findings, *wrong)
        if look and not wrong:
            worn[name] = look
    return worn, tuple(found)


def _signatures(root: Path, known: Iterable[str], found: list[Finding]) -> tuple[dict[str, Approvals], Approvals]:
    """The approvals of translations, by locale, and the sign-offs of the sources."""
    slugs = [path.stem for path in leaflet_files(root)]
    signed = {locale: signatures.read(approvals_path(root, locale), root) for locale in known}
    for locale, approved in signed.items():
        found += crosschecks.of_signatures(approved, APPROVALS, approvals_path(root, locale), root, slugs)
    sign_offs = signatures.read(sign_offs_path(root), root, SIGN_OFFS)
    found += crosschecks.of_signatures(sign_offs, SIGN_OFFS, sign_offs_path(root), root, slugs)
    return signed, sign_offs


def _published(options: Settings, there: Iterable[str]) -> list[str]:
    return [name for name in there if not options.locales or name in options.locales]


def _profiled(layout: Layout, usual: Profile) -> Layout:
    """A layout that says which standards its files follow: its own, or those of the settings."""
    profile = layout.profile or usual
    return replace(layout, profile=profile, roomy=replace(layout.roomy, profile=profile) if layout.roomy else None)


def _layouts(root: Path) -> tuple[dict[str, Layout], tuple[Finding, ...]]:
    """The layouts that can be used, by name, and what is wrong with these and with the others."""
    among = folders(root, "layouts")
    formats, found = dict[str, Layout](), dict[Finding, None]()
    sheets: dict[Path, tuple[Finding, ...]] = {}  # most are shared
    for name in layoutfile.names(among):
        layout, findings = layoutfile.load(name, among, root)
        found |= dict.fromkeys(findings)
        if layout:
            own = list(layouts.faults(layout, among, root))
            for path in styles.files(layout, among):
                if path not in sheets:
                    sheets[path] = tuple(styles.faults(path, root))
                own += sheets[path]
            found |= dict.fromkeys(own)
            if not own:
                formats[name] = layout
    for name, finding in list(layoutfile.clashes(formats, root)):
        del formats[name]
        found[finding] = None
    return formats, tuple(found)
