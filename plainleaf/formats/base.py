"""What an edition can be written as: one record for each format, ours and those of other installed packages.

To add a format is to write one folder here and its line in ``_OURS``; a package of its own names it as an entry point
of the group ``plainleaf.formats`` instead.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Literal, Protocol

from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import Clinic, Edition, Finding, Layout, Locale, Location, Severity
from plainleaf.model.links import Links
from plainleaf.model.settings import BraillePage
from plainleaf.translations.po import Catalog

GROUP = "plainleaf.formats"
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]+)+")
_OURS = (
    EntryPoint("pdf", "plainleaf.formats.pdf.format:FORMAT", GROUP),
    EntryPoint("html", "plainleaf.formats.html.format:FORMAT", GROUP),
    EntryPoint("epub", "plainleaf.formats.epub.format:FORMAT", GROUP),
    EntryPoint("braille", "plainleaf.formats.braille.format:FORMAT", GROUP),
)


class Root(Protocol):
    """What a format sees of a project."""

    @property
    def root(self) -> Path:
        """The folder with sources/, locales/ and layouts/."""

    @property
    def clinic(self) -> Clinic | None:
        """Who hands the leaflets out; there is one wherever anything is made."""

    @property
    def locales(self) -> Mapping[str, Locale]:
        """The languages of translations by name, as the content's own settings have them."""

    @property
    def layout_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for."""

    @property
    def links(self) -> Mapping[tuple[str, str], Links]:
        """What the pages of editions for screens may lead to, by leaflet and locale; none where they stand alone."""

    @property
    def site(self) -> str:
        """Where the output folder lies on the web, without a slash at its end; "" for nowhere."""

    @property
    def shows_source(self) -> bool:
        """Whether texts that are not translated are printed in the language of the source."""

    @property
    def braille(self) -> BraillePage:
        """How much braille a page holds."""

    def words(self, locale: str) -> Catalog | None:
        """The translations of the layouts' own words, by a locale's name."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file: seconds of computing (of a processor, not of the clock), and MB of address space."""

    seconds: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the system that is not there, who needs it, and the package that has it ("" if we know none).

    ``locale``: the name of the only language that cannot do without it, as with a font; "" where none can.
    """

    what: str
    needed_for: str
    package: str
    locale: str = ""


def install(gone: Iterable[Missing]) -> str:
    """The one line to run; "" if no package is known for any of the parts."""
    packages = sorted({part.package for part in gone if part.package})
    if not packages:
        return ""
    if sys.platform == "darwin":
        return f"brew install {' '.join(packages)}"
    return f"sudo apt-get install -y {' '.join(packages)}"


Read = tuple[tuple[str, str], ...]  # absolute paths of files, each with the SHA-256 of its content in hexadecimal


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that one file is made from, made ready in the parent process.

    ``content`` goes to a worker, so it can be pickled; ``None``: nothing can be made, and ``findings`` say why.
    ``texts`` name all pictures and fonts that are read, ``shared`` are those of them that many files have, ``about``
    is what counts beside them: from these it is told whether a file is out of date; they do not go to a worker, nor do
    ``printed`` and ``places``. ``at``: the leaflet's source.
    ``printed``: what of all that readers see, pictures aside; () for everything. ``digest``: a short one of that
    (``model.digests``), to be printed beside the version; "" for none. ``read``: the pictures and fonts in it as they
    were when all this was judged; a file that is another one when it is written is an error. ``places``: where in the
    sources its texts stand, for what may be found on it; a file on which nothing was found is the same without.
    ``near``: what ``Made.fitted`` of the same file was last time, "" if nobody knows; it may save work, and has no part
    in what is made.
    """

    name: str
    at: Location
    content: Any = None
    findings: tuple[Finding, ...] = ()
    texts: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    about: str = ""
    printed: tuple[str, ...] = ()
    digest: str = ""
    read: Read = ()
    places: tuple[str, ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a file: its bytes by suffix, the format's own first; none if any finding is an error. Of a format
    with a folder for each edition: the bytes of all files there by name, the ``index`` first.

    ``size`` in words ("12 pages", "14 KB"). ``note``: what was done to make the text fit, "" for nothing. ``pages``:
    how many, in formats that have pages. ``fitted``: where to begin when its text is made to fit again, in words of the
    format's own; "" for nothing.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    size: str = ""
    note: str = ""
    pages: int = 0
    fitted: str = ""


def _no_lines() -> Iterator[str]:
    yield from ()


def _no_files() -> Iterator[tuple[str, Path | None]]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a format's files depend on beside what they are prepared from.

    ``distributions`` as pip knows them; ``modules`` of other packages that ship no distribution; ``code``: the modules
    of Plainleaf's own that write a file, with all that they import (() for the whole package); ``system``: a line for
    each part of the system that takes part, with its version; ``files``: those of them that are files, by name.
    """

    distributions: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    system: Callable[[], Iterable[str]] = _no_lines
    files: Callable[[], Iterable[tuple[str, Path | None]]] = _no_files


def _always(edition: Edition) -> str:
    return ""


def _nothing(locale: Locale) -> tuple[Missing, ...]:
    return ()


def _no_more(prepared: Prepared) -> tuple[str, ...]:
    return ()


Prepare = Callable[[Root, Edition, Edition | None, Layout | None, Texts, str], Prepared]
Write = Callable[[Prepared, Limits], Made]


@dataclass(frozen=True, slots=True)
class Format:
    """What editions are written as.

    ``kind``: "paged" comes once in each layout; "flowing" (for screens) and "linear" (one letter after the other) come
    once for each edition. ``suffix`` and ``press``: of its file, and of the one with pages imposed on sheets, "" for
    none. ``index``: the name of the file that people open, for a format that fills a folder of its own with each
    edition ("index.html"); "" for one file. ``media``: its media type. ``for_printer``: whether it belongs on the
    printer's job sheet.

    ``pairs``: whether one without pages also comes in two languages, where layouts set two side by side.

    ``prepare(project, edition, beside, layout, texts, name)`` gives all that the file ``name`` is made from; ``beside``
    is ``None`` but in two languages, ``layout`` is ``None`` but for paged formats; ``texts`` is shared by all files of
    an edition. It raises ``TemplateError``. ``write(prepared, limits)`` runs in a worker and is the only one to import
    heavy libraries, such as those that ``preload`` names. ``wanted(edition)`` says why there is no such file, "" if
    there is one. ``needs(locale)`` names what the system lacks. ``reads(prepared)``: absolute paths of the files that
    ``write`` opens beside those of ``prepared.read``; another machine that writes it is sent them. ``template``: the
    page that ``prepare`` fills, by its path below ``layouts/``, for formats without layouts; ``check`` fills it too.
    """

    name: str
    title: str
    suffix: str
    media: str
    kind: Literal["paged", "flowing", "linear"]
    prepare: Prepare
    write: Write
    for_printer: bool = False
    wanted: Callable[[Edition], str] = _always
    needs: Callable[[Locale], tuple[Missing, ...]] = _nothing
    reads: Callable[[Prepared], tuple[str, ...]] = _no_more
    parts: Parts = Parts()
    press: str = ""
    pairs: bool = False
    index: str = ""
    preload: tuple[str, ...] = ()
    template: str = ""

    @property
    def paged(self) -> bool:
        return self.kind == "paged"

    @property
    def ours(self) -> bool:
        """Whether it comes with Plainleaf, and its failures are ours."""
        return self.prepare.__module__.startswith("plainleaf.")


class _Table(Mapping[str, Format]):
    """All formats by name: ours first, then those of other packages on ``sys.path`` that can be used."""

    def __getitem__(self, name: str) -> Format:
        return _read()[0][name]

    def __iter__(self) -> Iterator[str]:
        return iter(_read()[0])

    def __len__(self) -> int:
        return len(_read()[0])


FORMATS: Mapping[str, Format] = _Table()


def faults(at: Location) -> tuple[Finding, ...]:
    """What is wrong with formats of other packages; ``at``: the settings, as those have no place in the root."""
    hint = "install that package again or remove it; its authors can fix it"
    return tuple(Finding("format", Severity.WARNING, what, at, hint) for what in _read()[1])


@lru_cache(maxsize=4)
def _others(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """The formats of other packages; looked for once for each ``sys.path``, as every package there is opened."""
    return tuple(sorted(metadata.entry_points(group=GROUP), key=lambda point: (point.name, point.value)))


def _read() -> tuple[dict[str, Format], list[str]]:
    """The table, and what keeps others out of it."""
    return _put_together(_others(tuple(sys.path)))


@lru_cache(maxsize=4)
def _put_together(others: tuple[EntryPoint, ...]) -> tuple[dict[str, Format], list[str]]:
    table: dict[str, Format] = {}
    wrong: list[str] = []
    for point in (*_OURS, *others):
        found = _loaded(point)
        if isinstance(found, str):
            wrong.append(f"the format “{point.name}” of another package is not used: {found}")
        elif found.name in table or any(found.suffix == other.suffix for other in table.values()):
            what = f"there is a format “{found.name}” or one whose files end in {found.suffix} already"
            wrong.append(f"the format “{point.name}” of another package ({point.value}) is not used: {what}")
        else:
            table[found.name] = found
    return table, wrong


@lru_cache(maxsize=64)
def _loaded(point: EntryPoint) -> Format | str:
    """A format, or why there is none, in words."""
    try:
        found = point.load()
    except Exception as error:  # another package's code may do anything wrong
        return f"{point.value} could not be loaded ({type(error).__name__}: {error})"
    if not isinstance(found, Format):
        return f"{point.value} is not a plainleaf.formats.base.Format"
    if not _SUFFIX.fullmatch(found.suffix):
        return f"“{found.suffix}” is not the ending of a file, such as .html"
    try:
        pickle.dumps(found.write)
    except (pickle.PicklingError, AttributeError, TypeError):
        return f"{point.value}: write must be a function of a module, because it is called in another process"
    return found
