"""Whether the parts of a root folder fit together: names of what is not there, pictures that are missing, looks that
clash. Each part was read by itself before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from plainleaf import files
from plainleaf.approvals.signatures import Approvals, Book
from plainleaf.clinics import contacts
from plainleaf.files import shelf
from plainleaf.files.places import folders, po_path
from plainleaf.files.settings import Settings
from plainleaf.formats import base
from plainleaf.formats.pdf import validation
from plainleaf.graphics import pictures
from plainleaf.languages import naming
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks
from plainleaf.model import Block, Finding, Kind, Layout, Leaflet, Location, Look, Severity
from plainleaf.model.phrases import meant, nearest
from plainleaf.model.tags import language_tag
from plainleaf.typesetting import locales

UNUSED = "po-unused"


def of_settings(
    root: Path, options: Settings, clinics: tuple[str, ...], languages: tuple[str, ...], worn: Mapping[str, Look]
) -> Iterator[Finding]:
    """What the settings name and what is not there; a layout or look with faults of its own is there."""
    among = folders(root, "layouts")
    asked = tuple(name for look in options.looks for name in looks.parts(look))
    yield from _unknown(options, "clinic", (options.clinic,) if options.clinic else (), clinics)
    yield from _unknown(options, "layouts", options.layouts, layoutfile.names(among))
    yield from _unknown(options, "formats", options.formats, tuple(base.FORMATS))
    yield from base.faults(options.at("formats"))
    yield from _unknown(options, "looks", asked, looks.names(among))
    yield from _clashing(options, worn)
    yield from _unknown(options, "locales", options.locales, languages)


def of_site(options: Settings) -> Iterator[Finding]:
    """An address of the output folder on the web that is none: codes on paper would open nothing."""
    if options.site_url and (fault := contacts.wrong_site(options.site_url)):
        what = f"{options.called('site-url')}: {fault[0]}"
        yield Finding("settings", Severity.ERROR, what, options.at("site-url"), fault[1])


def of_front_matter(root: Path, leaflets: Mapping[str, Leaflet], known: Iterable[str]) -> Iterator[Finding]:
    """Layouts and languages that the heads of leaflets name and that are not there."""
    yield from _unmade(leaflets, layoutfile.names(folders(root, "layouts")))
    yield from _unspoken(leaflets, [*(leaflet.own_locale for leaflet in leaflets.values()), *known])
    yield from _twice(leaflets)


def _twice(leaflets: Mapping[str, Leaflet]) -> Iterator[Finding]:
    """Former names that another leaflet has, or had: one address cannot lead to both."""
    had = dict[str, str]()
    for leaflet in leaflets.values():
        for name in leaflet.meta.formerly:
            other = name if name in leaflets else had.setdefault(name, leaflet.slug)
            if other != leaflet.slug:
                what = f"the former name “{name}” leads to another leaflet: sources/{other}.md"
                hint = "leave the name in one of the two, under “formerly” of the leaflet that replaces the old one"
                yield Finding("source-name", Severity.ERROR, what, leaflet.at, hint)


def _unknown(options: Settings, key: str, asked: tuple[str, ...], there: Collection[str]) -> Iterator[Finding]:
    """Names in the settings of what is not there; what is there with mistakes of its own is told with these."""
    for name in asked:
        if name not in there:
            what = f"{options.called(key)}: there is no “{name}”{nearest(name, list(there))}"
            yield Finding("settings", Severity.ERROR, what, options.at(key), f"there are: {', '.join(there)}")


def _clashing(options: Settings, there: Mapping[str, Look]) -> Iterator[Finding]:
    """Looks of the settings that cannot be worn together."""
    for names in map(looks.parts, options.looks):
        if why := looks.clash([there[name] for name in names if name in there]):
            what = f"{options.called('looks')}: {why}"
            yield Finding("settings", Severity.ERROR, what, options.at("looks"), "use only one of them")


def of_pictures(root: Path, leaflets: Mapping[str, Leaflet]) -> Iterator[Finding]:
    """Pictures of leaflets that are missing, damaged or unsafe: told at once, not when they are printed."""
    for slug, leaflet in leaflets.items():
        yield from shelf.kept(f"pictures {slug}", (leaflet,), lambda: tuple(_of_pictures(root, leaflet)))  # noqa: B023


def _of_pictures(root: Path, leaflet: Leaflet) -> Iterator[Finding]:
    for figure in (block for block in leaflet.walk() if block.kind is Kind.FIGURE):
        src = figure.options["src"]
        if not files.there(root / src):
            what = f"there is no picture {src}"
            yield Finding("picture", Severity.ERROR, what, figure.at, _otherwise_written(root / src))
        elif fault := pictures.fault(root / src, root, photos=True):
            what = f"the picture {src}: {fault}"
            yield Finding("picture", Severity.ERROR, what, figure.at, pictures.SAVE_ANEW)
    for drawing in (block for block in leaflet.walk() if block.kind is Kind.DRAWING):
        yield from _of_labels(root, drawing)


def _otherwise_written(path: Path) -> str:
    """How to fix that there is no such file. To people, names that differ only in capitals or in how accents are stored
    (by a Mac apart from their letters) are the same."""
    same = files.nearly(path)
    if same and same.casefold() == path.name.casefold():
        return f"the file there is called “{same}”: write it like that, or rename the file"
    if same:
        return f"the file there stores accents apart from letters: give it the name “{path.name}” again, typed here"
    return "put the file there, or correct its name in the leaflet"


def _of_labels(root: Path, drawing: Block) -> Iterator[Finding]:
    """Labels that have no place in their drawing, and places that no label is for."""
    figure, labels = drawing.children
    src = figure.options["src"]
    if not files.there(root / src):
        return
    told = pictures.told(root / src, root)
    if told.upright:
        hint = "draw it so that it is twice as wide as high; or show it as a picture without numbers"
        yield Finding("drawing", Severity.ERROR, f"{src} is higher than wide: it would fill a page", figure.at, hint)
    spots = [spot.number for spot in told.spots]
    for number, label in enumerate(labels.children, 1):
        if number not in spots:
            hint = f'add <circle data-label="{number}" ...> to the picture, or delete the label'
            what = f"label {number} has no place in {src}"
            yield Finding("drawing", Severity.ERROR, what, label.at, hint)
    for number in spots:
        what = f"in {src} the number {number}"
        if number not in range(1, len(labels.children) + 1):
            hint = "write a label for each number of the picture, in their order"
            yield Finding("drawing", Severity.ERROR, f"{what} has no label", labels.at, hint)
        elif spots.count(number) > 1:
            hint = "give each place in the picture its own number"
            yield Finding("drawing", Severity.ERROR, f"{what} appears more than once", figure.at, hint)


def of_layouts(there: Mapping[str, Layout], languages: Collection[str]) -> Iterator[Finding]:
    """Layouts that set a language beside others in which no leaflet is."""
    for layout in there.values():
        if layout.beside not in ("", layoutfile.SOURCE, *languages):
            what = f"no leaflet is in “{layout.beside}”{nearest(layout.beside, list(languages))}, so nothing is made"
            hint = f'write beside = "{layoutfile.SOURCE}", or one of {", ".join(languages)}'
            yield Finding("layout", Severity.WARNING, f"beside: {what}", layout.at, hint)


def of_profiles(options: Settings, there: Mapping[str, Layout]) -> Iterator[Finding]:
    """Standards that files are to follow, and that no validator on this machine knows."""
    unknown = {layout.profile for layout in there.values() if layout.profile and not validation.CHECKED[layout.profile]}
    for profile in sorted(unknown):
        own = [layout.at for layout in there.values() if layout.profile == profile != options.profile]
        what = f"profile: files of “{profile}” are made, but validated in Plainleaf's own tests only"
        hint = "have a validator such as veraPDF look at them before you hand them on"
        for at in dict.fromkeys([options.at("profile")] if profile == options.profile else own):
            yield Finding("settings", Severity.UNMEASURED, what, at, hint)


def _unmade(leaflets: Mapping[str, Leaflet], there: Collection[str]) -> Iterator[Finding]:
    """Layouts that a leaflet's head asks for and that are not there."""
    for leaflet in leaflets.values():
        for name in leaflet.meta.layouts:
            if name not in there:
                what = f"there is no layout “{name}”{nearest(name, list(there))}"
                hint = f"there are: {', '.join(there)}"
                yield Finding("source-layout", Severity.ERROR, what, leaflet.meta.layouts_at or leaflet.at, hint)


def _english_name(name: str) -> str:
    return locales.locale(name).english_name.casefold()


def _unspoken(leaflets: Mapping[str, Leaflet], there: Collection[str]) -> Iterator[Finding]:
    """Languages that a leaflet's head asks for and that are none, or not spelt as the folder of one is."""
    tags = {name: language_tag(name) for name in there}
    for leaflet in leaflets.values():
        for name in leaflet.meta.languages:
            same = [tag for other, tag in tags.items() if other.partition("_")[0] == name.partition("_")[0]]
            if name in there or (naming.usual(name) and not same):
                continue
            tag = language_tag(name)
            called = (tag for other, tag in tags.items() if _english_name(other) == name.casefold())
            own = next(called, "") or next(iter(same), "")
            near = f"; {meant(own)}" if own else nearest(tag, list(tags.values()))
            what = f"there is no language “{tag}”{near}"
            hint = f"there are: {', '.join(tags.values())}; plainleaf init starts another one"
            yield Finding("source-language", Severity.ERROR, what, leaflet.meta.languages_at or leaflet.at, hint)


def of_catalogs(root: Path, known: Iterable[str], names: Collection[str]) -> Iterator[Finding]:
    """Catalogs of which nothing is made: after a leaflet got another name, nobody would miss its translations.
    ``names``: those that a catalog can have."""
    expected = {f"{name}.po" for name in names}
    hint = "if its leaflet was renamed, give the catalog the new name, and run plainleaf update"
    hint += "; if it is gone for good, delete the catalog"
    for locale in known:
        for path in files.Root(root).listed(po_path(root, locale, "").parent):
            if path.suffix.lower() == ".po" and path.name not in expected and not path.name.startswith("."):
                why = f"there is no leaflet “{path.stem}”{nearest(path.stem, [*names])}"
                at = Location(path.relative_to(root).as_posix())
                yield Finding(UNUSED, Severity.WARNING, f"nothing is made of this catalog: {why}", at, hint)


def of_signatures(
    signed: Approvals, book: Book, path: Path, root: Path, leaflets: Collection[str]
) -> Iterator[Finding]:
    """Approvals of leaflets that are not there; those of the others are looked at with their editions."""
    for slug in sorted({*signed.records, *signed.void} - set(leaflets)):
        what = f"there is no leaflet “{slug}”{nearest(slug, list(leaflets))}"
        hint = f"if the leaflet is gone for good, delete the table [{slug}]"
        at = Location(path.relative_to(root).as_posix())
        yield Finding(f"{book.kind}-unknown", Severity.WARNING, what, at, hint)
