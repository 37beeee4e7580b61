"""What a file is made from, part by part, with a digest of each: so that a change can be named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plainleaf import files
from plainleaf.approvals.keys import FILE as SIGNERS
from plainleaf.approvals.signatures import Approvals
from plainleaf.artifacts.manifest import Job
from plainleaf.clinics import file as clinicfile
from plainleaf.files import places, shelf
from plainleaf.files.places import WORDS, around, po_path, shipped, shown
from plainleaf.languages.cldr import parents
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks
from plainleaf.layouts.file import BASE
from plainleaf.model import Artifact, Edition, FontFamily
from plainleaf.project import Project, approvals_path, sign_offs_path
from plainleaf.typesetting import fonts

KINDS = {
    "text": "the text",
    "translation": "its translation",
    "words": "the layouts’ words",
    "language": "settings of the language",
    "clinic": "the clinic",
    "layout": "the layout",
    "look": "the look",
    "picture": "a picture",
    "font": "a font",
    "signature": "who has signed",
    "settings": "the settings",
    "lock": "the lock of the libraries",
    "tool": "what it is made with",
}
_MOST_BYTES = 200_000_000  # of a picture or a font
_FONTS = {".ttf", ".otf", ".ttc"}


class Material(NamedTuple):
    """A part that a file is made from: its kind (a key of ``KINDS``), its name for people, its SHA-256 in hexadecimal.

    Names are paths from the root, or begin with "plainleaf:" for what comes with the package. A tuple, as tens of
    thousands of them are compared and sorted in a run.
    """

    kind: str
    name: str
    sha256: str


class Materials:
    """Looks up, once a run, what the files of a project are made from."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._roots = (project.root, *around(project.layout_folders), shipped("layouts").parent)
        self._digests = dict[Path, str]()
        self._trees = dict[Path, str]()
        self._in_trees = dict[Path, list[Path]]()
        self._names = dict[Path, str]()
        self._parts = dict[tuple[str, ...], frozenset[Material]]()  # what many files share
        self._paths = dict[Material, frozenset[str]]()

    def of(self, artifact: Artifact, job: Job, editions: Iterable[Edition]) -> tuple[Material, ...]:
        """The parts of an artifact; ``editions``: its own, and the one beside."""
        sets = [
            self._shared(("edition", each.slug, each.locale.name), partial(self._of_edition, each)) for each in editions
        ]
        worn = ("layout", artifact.layout, *artifact.looks)
        sets += [self._shared(("clinic",), self._of_clinic), self._shared(worn, partial(self._of_layout, artifact))]
        sets += [self._shared(("file", path), partial(self._of_name, path)) for path in job.named]
        return tuple(sorted(frozenset[Material]().union(*sets)))

    def _shared(self, about: tuple[str, ...], look: Callable[[], Iterable[Material]]) -> frozenset[Material]:
        """What is looked up once for all files of an edition, a layout or a clinic, or that name the same file."""
        if about not in self._parts:
            self._parts[about] = frozenset(look())
        return self._parts[about]

    def _of_name(self, name: str) -> Iterator[Material]:
        path = Path(name)
        yield from self._file("font" if path.suffix.lower() in _FONTS else "picture", path)

    def _of_edition(self, edition: Edition) -> Iterator[Material]:
        root, slug, locale = self._project.root, edition.slug, edition.locale
        yield from self._file("text", root / edition.leaflet.at.file)
        for name in (locale.name, *parents(locale.name)):
            yield from self._file("translation", po_path(root, name, slug))
            words = po_path(root, name, WORDS)
            usual = po_path(shipped("locales").parent, name, WORDS)
            yield from self._file("words", words if files.there(words) else usual)
        folder = root / "locales" / locale.name
        for path in files.Root(root).listed(folder):
            if path.suffix == ".toml" and path != approvals_path(root, locale.name):
                yield from self._file("language", path)
        yield from _signed(sign_offs_path(root).relative_to(root), self._project.sign_offs, slug)
        approved = self._project.approvals.get(locale.name)
        if approved:
            yield from _signed(approvals_path(root, locale.name).relative_to(root), approved, slug)
        yield from _fonts(locale.fonts)

    def _of_clinic(self) -> Iterator[Material]:
        root = self._project.root
        yield from self._file("clinic", root / clinicfile.FOLDER / f"{self._project.clinic_name}.toml")
        for name in dict.fromkeys((self._project.settings.file, "plainleaf.toml")):
            yield from self._file("settings", root / name)
        yield from self._file("signature", root / SIGNERS)
        yield from self._file("lock", places.lock())

    def _of_layout(self, artifact: Artifact) -> Iterator[Material]:
        among = (*self._project.layout_folders, shipped("layouts"))
        layout = self._project.layouts.get(artifact.layout)
        names = [layout.name, layout.like] if layout else []
        folders = [layoutfile.folder_of(name, among) for name in names if name]
        for folder in dict.fromkeys((*folders, *(at / BASE for at in among))):
            if folder and folder.is_dir():
                yield Material("layout", self._name(folder), self._tree(folder))
        for name in artifact.looks:
            if css := looks.style(name, among):
                yield from self._file("look", css)
                yield from self._file("look", css.with_suffix(".toml"))

    def _name(self, path: Path) -> str:
        if path not in self._names:
            ours = not path.is_relative_to(self._project.root)
            self._names[path] = f"{'plainleaf:' if ours else ''}{shown(path, self._project.root)}"
        return self._names[path]

    def _file(self, kind: str, path: Path) -> Iterator[Material]:
        """A file, if it is there and can be read."""
        if digest := self._digest(path):
            yield Material(kind, self._name(path), digest)

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            look = partial(files.digest, path, *self._roots, most=_MOST_BYTES)
            self._digests[path] = shelf.of_file("digest", path, look)
        return self._digests[path]

    def _tree(self, folder: Path) -> str:
        """The digest of a layout's folder: of all files in it by their names, without the looks, which are apart."""
        if folder not in self._trees:
            digest, inside = hashlib.sha256(), self._in_trees.setdefault(folder, [])
            apart = {folder.parent / looks.FOLDER, folder / "__pycache__"}
            for path in sorted(folder.rglob("*"), key=lambda each: each.relative_to(folder).parts):
                hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
                if not hidden and not apart.intersection(path.parents) and path.is_file():
                    inside.append(path)
                    digest.update(f"{path.relative_to(folder).as_posix()}\0{self._digest(path)}\n".encode())
            self._trees[folder] = digest.hexdigest()
        return self._trees[folder]

    def paths(self, materials: Iterable[Material]) -> tuple[str, ...]:
        """The files of the root among these, also those in the folders of layouts, as paths from the root."""
        found = set[str]()
        for material in materials:
            if material not in self._paths:
                self._paths[material] = frozenset(self._files_of(material))
            found |= self._paths[material]
        return tuple(sorted(found))

    def _files_of(self, material: Material) -> Iterator[str]:
        root = self._project.root
        name = material.name.rpartition(", ")[0] if material.kind == "signature" else ""
        path = root / (name or material.name)
        for each in (path, *self._in_trees.get(path, ())):
            if each.is_relative_to(root) and each.is_file():
                yield each.relative_to(root).as_posix()


def _signed(file: Path, there: Approvals, slug: str) -> Iterator[Material]:
    """What stands for one leaflet in a file of signatures."""
    if kept := there.records.get(slug):
        yield Material("signature", f"{file.as_posix()}, {slug}", hashlib.sha256(repr(kept).encode()).hexdigest())


def _fonts(families: Iterable[FontFamily]) -> Iterator[Material]:
    """The installed files of font families, by their names alone: they lie in other folders elsewhere."""
    for file in dict.fromkeys(file for family in families for file in (family.regular, family.bold)):
        if digest := fonts.digest(file):
            face = file.partition("#")
            yield Material("font", Path(face[0]).name + face[1] + face[2], digest)
