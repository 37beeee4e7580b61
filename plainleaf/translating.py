"""The life of the catalogs: templates, new languages, updates, and how far each translation has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plainleaf import catalogs, locales, messages
from plainleaf.catalogs import Catalog
from plainleaf.files import save
from plainleaf.matching import HEAVY, Guard
from plainleaf.model import Finding, Leaflet, Location, Message, Severity, State, plain
from plainleaf.project import WORDS, Project, po_path, shipped
from plainleaf.settings import nearest


@dataclass(frozen=True, slots=True)
class Written:
    """What a command wrote: the files that changed, how many it looked at, what was wrong."""

    changed: tuple[Path, ...]
    seen: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one catalog has come, counted in messages; ``words`` are the source's words still to translate."""

    domain: str
    locale: str
    messages: int
    done: int
    fuzzy: int
    untranslated: int
    words: int
    safety: int
    broken: bool


@dataclass(frozen=True, slots=True)
class _Domain:
    """What is translated together in one catalog: a leaflet, or the layouts' words."""

    name: str
    messages: tuple[Message, ...]
    created: str
    guard: Guard


def _domains(project: Project) -> Iterator[_Domain]:
    for slug, leaflet in project.leaflets.items():
        yield _Domain(slug, messages.extract(leaflet), str(leaflet.meta.written), Guard(HEAVY | _terms(leaflet)))
    words = catalogs.layout_messages(project.layout_folders, project.root)
    newest = max((str(leaflet.meta.written) for leaflet in project.leaflets.values()), default="2000-01-01")
    yield _Domain(WORDS, words, newest, Guard())


def _terms(leaflet: Leaflet) -> frozenset[str]:
    """The words that the leaflet explains: medicines and conditions that no proposal may confuse."""
    terms = (plain(word.children[0].inlines) for word in leaflet.meta.terms.children)
    return frozenset(part.lower() for term in terms for part in term.split())


def extract(project: Project) -> Written:
    """Write ``locales/<leaflet>.pot`` and ``locales/layouts.pot``."""
    found = _unsound(project)
    texts = {
        project.root / "locales" / f"{domain.name}.pot": catalogs.template(domain.messages, domain.name, domain.created)
        for domain in _domains(project)
        if not _blocked(domain.name, found)
    }
    return _write(texts, found)


def update(project: Project, names: tuple[str, ...]) -> Written:
    """Bring the catalogs of the named locales (all if none is named) up to date. No translated word is lost."""
    found = [*_unsound(project), *(_unknown(name, project) for name in names if name not in project.locales)]
    own = {leaflet.language.replace("-", "_") for leaflet in project.leaflets.values()}
    texts = {}
    for name in names or project.locales:
        if name in own or name not in project.locales:
            continue
        for domain in _domains(project):
            if domain.name == WORDS and _shipped(project, name):
                continue
            if (name, domain.name) in project.broken or _blocked(domain.name, found):
                continue  # its finding is there; a file that cannot be read is never written over
            path = po_path(project.root, name, domain.name)
            catalog = project.catalogs.get((name, domain.name))
            texts[path] = _merged(catalog, domain, name)
    broken = [finding for finding in project.findings if finding.check == "po-syntax"]
    return _write(texts, [*found, *broken])


def init(project: Project, names: tuple[str, ...]) -> Written:
    """Start the translation into new languages: an empty catalog for each leaflet and for the layouts' words."""
    found = _unsound(project)
    texts = {}
    for name in names:
        if not locales.known(name):
            hint = "write Babel's name: es, pt_BR, zh_Hans"
            found.append(Finding("locale-unknown", Severity.ERROR, f"CLDR knows no locale “{name}”", Location("locales"), hint))
            continue
        for domain in _domains(project):
            path = po_path(project.root, name, domain.name)
            if domain.name == WORDS and _shipped(project, name):
                continue
            if not path.exists() and not _blocked(domain.name, found):
                texts[path] = _merged(project.catalogs.get((name, domain.name)), domain, name)
    return _write(texts, found)


def _shipped(project: Project, locale: str) -> bool:
    """Whether the layouts' words of a locale come with the package, and the root has none of its own to keep up."""
    own = (project.root / "layouts").is_dir() or po_path(project.root, locale, WORDS).exists()
    return not own and (shipped("locales") / locale / "LC_MESSAGES" / f"{WORDS}.po").is_file()


def _merged(catalog: Catalog | None, domain: _Domain, locale: str) -> Catalog:
    if catalog is None:
        team = locales.locale(locale).english_name
        plural = locales.plural_forms(locale)
        return catalogs.new(domain.messages, domain.name, domain.created, locale, team, plural)
    return catalogs.update(catalog, domain.messages, domain.created, domain.guard)


def _write(texts: dict[Path, Catalog], found: Iterable[Finding]) -> Written:
    changed = tuple(path for path, catalog in texts.items() if save(path, catalogs.write(catalog).encode()))
    return Written(changed, len(texts), tuple(dict.fromkeys(found)))


def _unsound(project: Project) -> list[Finding]:
    """Errors of the sources: half a leaflet must not make the other half's translations obsolete."""
    return [
        finding
        for finding in project.findings
        if finding.severity is Severity.ERROR and finding.at.file.startswith("sources/") and finding.check != "settings"
    ]


def _blocked(domain: str, found: Iterable[Finding]) -> bool:
    return any(finding.at.file == f"sources/{domain}.md" for finding in found)


def _unknown(name: str, project: Project) -> Finding:
    what = f"there is no locale “{name}”{nearest(name, list(project.locales))}"
    return Finding("locale-unknown", Severity.ERROR, what, Location("locales"), f"start it: publish.py init {name}")


def status(project: Project, leaflets: tuple[str, ...], names: tuple[str, ...]) -> tuple[Progress, ...]:
    """How far each chosen catalog has come, by leaflet and locale."""
    own = {leaflet.language.replace("-", "_") for leaflet in project.leaflets.values()}
    return tuple(
        _progress(project, domain, locale)
        for domain in _domains(project)
        if not leaflets or domain.name in leaflets
        for locale in project.locales
        if locale not in own and (not names or locale in names)
    )


def _progress(project: Project, domain: _Domain, locale: str) -> Progress:
    catalog = project.catalogs.get((locale, domain.name))
    todo: dict[State, list[Message]] = {state: [] for state in State}
    for message in domain.messages:
        found = catalog.lookup(message.context, message.text) if catalog else None
        todo[found.state if found else State.UNTRANSLATED].append(message)
    left = todo[State.FUZZY] + todo[State.UNTRANSLATED]
    return Progress(
        domain.name,
        locale,
        len(domain.messages),
        len(todo[State.CURRENT]),
        len(todo[State.FUZZY]),
        len(todo[State.UNTRANSLATED]),
        sum(len(message.text.split()) for message in left),
        sum(message.safety for message in left),
        (locale, domain.name) in project.broken,
    )
