"""The targets: what is drawn for each, and what a run does with it. A run is given bytes, as if they lay in a file."""

from __future__ import annotations

import gc
import random
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from unittest import mock

from plainleaf import crosschecks, library, pipeline
from plainleaf import project as projects
from plainleaf.actions.choice import Choice
from plainleaf.approvals import records, signatures
from plainleaf.checks.readability import gate, judge, ratchet
from plainleaf.checks.source import editions as of_editions
from plainleaf.checks.translation import catalog as of_catalogs
from plainleaf.checks.translation import clinics as of_clinics
from plainleaf.clinics import details
from plainleaf.clinics import file as clinicfile
from plainleaf.copies import making
from plainleaf.editions import Found, editions, with_files
from plainleaf.files import settings as rootsettings
from plainleaf.graphics import logos, photos, pictures
from plainleaf.languages import facts, naming
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks, styles
from plainleaf.model import Finding, LanguageFacts, Leaflet, Location, Severity
from plainleaf.model.usage import UsageError
from plainleaf.project import Project
from plainleaf.readability import style
from plainleaf.readability import wording as lists
from plainleaf.reading.conformance import report as conformance
from plainleaf.reading.limits import UnreadableError
from plainleaf.reports import conformance as conformance_told
from plainleaf.reports import terminal
from plainleaf.reports.registry import FORMATS
from plainleaf.reports.run import Run
from plainleaf.site import conformance as conformance_page
from plainleaf.terms import table, tbx, termlist
from plainleaf.translations import merge, messages, notes, po
from plainleaf.typesetting import locales
from tests.conftest import TESTS, TODAY
from tests.fuzz import catalogs, leaflets, pdfs, settings, sheets, terms
from tests.fuzz import pictures as drawn
from tests.fuzz.grammar import Rules, draw, spoilt

LINES = "\nYour name: ____\n\nTake ____{puffs} puffs, not more than ____{dose}.\n"
WHOLE = 1000  # of so many runs of a text, one goes through all that ``check`` does
REPORTS, REPORTED = 10, 8  # of so many runs, one writes its first findings in the formats for programs


class World:
    """A root with one leaflet in two languages, read once; targets put their bytes in the place of one of its files."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        shutil.copytree(TESTS / "content", self.root)
        with (self.root / "sources/inhaler.md").open("a", encoding="utf-8") as leaflet:
            leaflet.write(LINES)
        for name in ("layouts/own", "layouts/base/looks", "locales/es"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        whole = library.load(self.root)
        self.project = replace(whole, layouts={name: whole.layouts[name] for name in ("a4", "trifold")})
        self.made: dict[Choice, list[Found]] = {}
        self.judged: set[LanguageFacts] = set()

    @cached_property
    def leaflet(self) -> Leaflet:
        return self.project.leaflets["inhaler"]

    def editions(self, project: Project, choice: Choice, today: date) -> list[Found]:
        """The editions of the project's own leaflet: no table of people changes them, so they are made once."""
        assert project is self.project
        if choice not in self.made:
            self.made[choice] = with_files(project, editions(project, choice, today))
        return self.made[choice]

    def warm(self) -> None:
        """What is read once in a process, for all that are forked from this one: languages, layouts, fonts."""
        self.checked(self.project)
        naming.named("")
        gc.collect()
        gc.freeze()  # or each process goes through all of it again, and takes a copy of its own

    def put(self, name: str, data: bytes) -> Path:
        path = self.root / name
        path.write_bytes(data)
        return path

    def checked(self, project: Project) -> tuple[Finding, ...]:
        """All that ``check`` finds without files."""
        return pipeline.check(project, Choice(layouts=("a4",)), TODAY).findings


Run_ = Callable[[World, bytes], Iterable[Finding]]


@dataclass(frozen=True)
class Target:
    """``make`` draws an input, ``run`` does what the tool does with it. ``share``: how many of these ``.ci/run`` makes,
    10,000 or as many as 20 CPU seconds are enough for."""

    make: Callable[[random.Random], bytes]
    run: Run_
    share: int = 10_000


def _whole(data: bytes) -> bool:
    return zlib.crc32(data, 1) % WHOLE == 0


def _text(rules: Rules, start: str) -> Callable[[random.Random], bytes]:
    return lambda chance: spoilt(chance, draw(chance, rules, start))


# --------------------------------------------------------------------------- texts


def _leaflet(world: World, data: bytes) -> Iterable[Finding]:
    found: list[Finding] = []
    path = world.put("sources/inhaler.md", data)
    there = dict(projects._leaflets(world.root, found))  # decodes as well
    path.unlink()
    own = replace(world.project, leaflets=there)
    for leaflet in there.values():
        where = locales.locale(leaflet.own_locale)
        found += of_editions.leaflet(leaflet, own.clinic, TODAY, facts.of(where))
        edition, about = messages.localize(leaflet, where, "US", None, draft=False)
        found += (*about, *of_editions.edition(edition, own.clinic, own.locales))
        po.write(merge.template(messages.extract(leaflet), "inhaler", ""))
    if there and _whole(data):
        found += world.checked(replace(own, findings=tuple(found)))
    return found


def _said(entry: po.Entry) -> tuple[object, ...]:
    """All of an entry but our own notes."""
    return entry.key, entry.string, notes.others(entry.comments), entry.flags, entry.previous


def _catalog(world: World, data: bytes) -> Iterable[Finding]:
    catalog, found = po.parse(data, "locales/es/LC_MESSAGES/inhaler.po")
    if catalog is None:
        return found
    again, none = po.parse(po.write(catalog).encode("utf-8", "surrogatepass"), "again.po")
    assert again is not None and not none, "what was written cannot be read"
    noted = notes.noted(data, {entry.line: ["error: “4” \\ is missing " * 5] for entry in catalog.live.values()})
    beside, none = po.parse(noted.data, "noted.po")
    assert beside is not None and not none, "a catalog with notes cannot be read"
    assert [*map(_said, beside.live.values())] == [*map(_said, catalog.live.values())], "notes change an entry"
    assert notes.noted(noted.data, {}).data == notes.noted(data, {}).data, "notes leave something behind"
    es = world.project.locales["es"]
    lookup = catalog.lookup
    _, about = messages.localize(world.leaflet, es, "US", lookup, True, catalog.file, True)
    there = of_catalogs.check(of_catalogs.Subject(world.leaflet, es, catalog, (), None, world.root))
    found = (*found, *about, *there)
    if _whole(data):
        kept = {**world.project.catalogs, ("es", "inhaler"): catalog}
        found = (*found, *world.checked(replace(world.project, catalogs=kept)))
    return found


# --------------------------------------------------------------------------- settings


def _settings(world: World, data: bytes) -> Iterable[Finding]:
    path = world.put("plainleaf.toml", data)
    options, found = rootsettings.load(world.root)
    project = replace(world.project, settings=options)
    about = tuple(crosschecks.of_settings(world.root, options, ("sample",), ("en", "es"), {}))
    _, rules = gate.options(project, TODAY)
    path.unlink()
    return (*found, *about, *rules)


def _clinic(world: World, data: bytes) -> Iterable[Finding]:
    world.put("sources/clinics/odd.toml", data)
    clinic, found = clinicfile.load(world.root, "odd")
    (world.root / "sources/clinics/odd.toml").unlink()
    if clinic is None:
        return found
    for where in (locales.locale("en"), world.project.locales["es"]):
        details.placeholders(clinic, where)
        found = (*found, *of_clinics.check(clinic, where))
        list(details.written(clinic, where))
    if _whole(data):
        found = (*found, *world.checked(replace(world.project, clinic=clinic)))
    return found


def _language(world: World, data: bytes) -> Iterable[Finding]:
    es = world.project.locales["es"]
    path = world.put("locales/es/checks.toml", data)
    own, found = facts.own(es, path.parent, world.root)
    path.unlink()
    if own is None or own in world.judged:  # as when nothing in the file was right
        return found
    world.judged.add(own)
    where = replace(es, own=own)
    known = facts.of(where)
    assert known.lexicon and known.tags
    project = replace(world.project, locales={"es": where})
    catalog = project.catalogs["es", "inhaler"]
    edition, about = messages.localize(world.leaflet, where, "US", catalog.lookup, True)
    more = of_editions.edition(edition, project.clinic, project.locales)
    pairs = of_catalogs.check(of_catalogs.Subject(world.leaflet, where, catalog, (), None, world.root))
    return (*found, *about, *more, *pairs, *(world.checked(project) if _whole(data) else ()))


def _wording(world: World, data: bytes) -> Iterable[Finding]:
    path = world.put("locales/es/checks.toml", data)  # read as that of English, which the leaflet is written in
    own, found = facts.own(locales.locale("en"), path.parent, world.root)
    path.unlink()
    if own is None or own in world.judged:
        return found
    world.judged.add(own)
    for kept in (lists.wording, style._same, facts.laid):  # of one language after another, they take up memory
        kept.cache_clear()
    where = replace(locales.locale("en"), own=own)
    edition, _ = messages.localize(world.leaflet, where, "US", None, draft=False)
    judged = judge.judged(edition, judge.measure(edition), judge.Options(TODAY))
    more = of_editions.leaflet(world.leaflet, world.project.clinic, TODAY, facts.of(where))
    return (*found, *judged.findings, *more)


def _locale(world: World, data: bytes) -> Iterable[Finding]:
    path = world.put("locales/es/locale.toml", data)
    where, found = locales.load("es", path.parent, world.root)
    path.unlink()
    return (*found, *(world.checked(replace(world.project, locales={"es": where})) if _whole(data) else ()))


def _layout(world: World, data: bytes) -> Iterable[Finding]:
    path = world.put("layouts/own/layout.toml", data)
    _, found = layoutfile.load("own", world.project.layout_folders, world.root)
    path.unlink()
    return found


def _look(world: World, data: bytes) -> Iterable[Finding]:
    world.put("layouts/base/looks/odd.css", b"a{}")
    path = world.put("layouts/base/looks/odd.toml", data)
    _, found = looks.load("odd", world.project.layout_folders, world.root)
    path.unlink()
    return found


def _scores(world: World, data: bytes) -> Iterable[Finding]:
    path = world.put(ratchet.FILE, data)
    record, found = ratchet.read(world.root)
    path.unlink()
    return (*found, *ratchet.strangers(record, frozenset({("inhaler", "es")})))


def _signed(book: signatures.Book, name: str) -> Run_:
    def run(world: World, data: bytes) -> Iterable[Finding]:
        path = world.put(name, data)
        read = signatures.read(path, world.root, book)
        path.unlink()
        for slug, record in read.records.items():
            table = records.table(book.kind, path.parent.name, slug, record)
            again = signatures.read(world.put(name, table.encode()), world.root, book)
            path.unlink()
            bare = replace(record, signature=again.records[slug].signature)  # in which blank lines mean nothing
            assert again.records == {slug: bare} or record.second, "a record that was written again is another one"
        project = replace(
            world.project, **{"approvals": {"es": read}} if book is signatures.APPROVALS else {"sign_offs": read}
        )
        more = world.checked(project) if _whole(data) else ()
        return (*read.void.values(), *([read.unreadable] if read.unreadable else []), *more)

    return run


def _signed_bytes(kind: str, folder: str) -> Callable[[random.Random], bytes]:
    return lambda chance: spoilt(chance, settings.signed(chance, kind, folder))


# --------------------------------------------------------------------------- pictures, style sheets, tables


def _picture(kind: str) -> Run_:
    def run(world: World, data: bytes) -> Iterable[Finding]:
        pictures._judged.clear()
        faults = [pictures.judged(data, kind, paper) for paper in (False, True)]
        if kind == ".svg" and not faults[0]:
            logos.contrast(world.put("logo.svg", data))
        elif not any(faults):
            photos.clean(data, 16)
        return [
            Finding("picture", Severity.ERROR, fault, Location(f"a{kind}"), pictures.SAVE_ANEW)
            for fault in faults
            if fault
        ]

    return run


def _sheet(world: World, data: bytes) -> Iterable[Finding]:
    styles._parsed.cache_clear()
    path = world.put("layouts/own/style.css", data)
    found = tuple(styles.faults(path, world.root))
    styles._css(path, (world.root,))
    path.unlink()
    return found


def _people(world: World, data: bytes) -> Iterable[Finding]:
    choice = Choice(("inhaler",), layouts=("a4",))
    ready = {"editions": lambda *about: iter(world.editions(*about)), "with_files": lambda _, there: [*there]}
    with suppress(UsageError), mock.patch.multiple(making, **ready):
        return making.fill(
            world.project, choice, data, "people.csv", world.root / "filled", TODAY, lambda *_: None
        ).findings
    return ()


def _terms(ending: str) -> Run_:
    """A file of terms is imported or refused; what it says goes out again, and comes back as it was."""

    def run(world: World, data: bytes) -> Iterable[Finding]:
        read = (tbx.read if ending == ".tbx" else table.read)(data, f"terms{ending}")
        if not read.findings:
            said = {(entry.term, entry.language): entry.text for entry in read.entries}
            added = termlist.added("", {term: text for (term, tag), text in said.items() if tag == "es"}, "Spanish")
            path = world.put("locales/es/terms.toml", added.encode())
            listed = termlist.read(world.root, "es")
            path.unlink()
            assert not listed.findings, listed.findings
            assert {text for (_, tag), text in said.items() if tag == "es"} <= {*listed.terms.values()} or len(said) > 1
        return read.findings

    return run


# --------------------------------------------------------------------------- finished files


def _pdf(_: World, data: bytes) -> Iterable[Finding]:
    """A file of anybody's is judged or refused; that is no finding about a leaflet."""
    with suppress(UnreadableError):
        report = conformance.judged(data)
        stumbled = [each.condition.id for each in report.results if each.why == conformance.STUMBLED]
        assert not stumbled, stumbled
        conformance_told.as_json(report, "x.pdf", ())
        conformance_page.page(report, "x.pdf", {}, ())
    return ()


TARGETS: Mapping[str, Target] = {
    "front-matter": Target(_text(leaflets.RULES, "front-matter"), _leaflet, 8_000),
    "markdown": Target(_text(leaflets.RULES, "markdown"), _leaflet, 1_000),
    "po": Target(_text(catalogs.RULES, "catalog"), _catalog),
    "settings": Target(_text(*settings.KINDS["settings"]), _settings, 4_000),
    "clinic": Target(_text(*settings.KINDS["clinic"]), _clinic, 6_500),
    "language": Target(_text(*settings.KINDS["language"]), _language, 4_000),
    "wording": Target(_text(*settings.KINDS["wording"]), _wording, 1_000),
    "locale": Target(_text(*settings.KINDS["locale"]), _locale, 6_500),
    "layout": Target(_text(*settings.KINDS["layout"]), _layout),
    "look": Target(_text(*settings.KINDS["look"]), _look, 6_500),
    "scores": Target(_text(*settings.KINDS["scores"]), _scores, 6_500),
    "approvals": Target(
        _signed_bytes("approval", "es"), _signed(signatures.APPROVALS, "locales/es/approvals.toml"), 6_500
    ),
    "sign-offs": Target(
        _signed_bytes("sign-off", "sources"), _signed(signatures.SIGN_OFFS, "sources/sign-offs.toml"), 6_500
    ),
    "svg": Target(_text(drawn.SVG, "drawing"), _picture(".svg")),
    "png": Target(drawn.png, _picture(".png")),
    "jpeg": Target(drawn.jpeg, _picture(".jpg")),
    "css": Target(_text(sheets.CSS, "sheet"), _sheet, 5_000),
    "pdf": Target(pdfs.pdf, _pdf, 1_000),
    "csv": Target(_text(sheets.CSV, "people"), _people, 2_000),
    "tbx": Target(_text(terms.TBX, "file"), _terms(".tbx"), 4_000),
    "terms": Target(_text(terms.CSV, "table"), _terms(".csv"), 4_000),
}


def told(found: Iterable[Finding], number: int = 0) -> None:
    """What is found can be told: in words that are short enough, on a terminal, in every format for programs."""
    found = tuple(found)
    for finding in found:
        assert finding.message.strip() and len(finding.message) < 2000, (
            f"a message of {len(finding.message)} characters"
        )
        assert finding.hint or finding.severity is not Severity.ERROR, f"no way to fix: {finding.message}"
    terminal.findings(found, everything=True).encode("utf-8", "surrogatepass")
    for report in FORMATS.values() if number % REPORTS == 0 else ():
        report(Run(found[:REPORTED], ("sources/inhaler.md",))).encode()
