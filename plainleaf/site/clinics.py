"""The page above the folders of several clinics, which ``publish --clinic all`` writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from plainleaf import files
from plainleaf.actions import left_over
from plainleaf.artifacts.manifest import Manifest
from plainleaf.files.places import shipped
from plainleaf.layouts import templates
from plainleaf.model import Finding
from plainleaf.provenance.statement import FILE as STATEMENT
from plainleaf.provenance.statement import MOST_BYTES, DamagedError, parsed
from plainleaf.site import catalogue, desk, moved, offers, patients, whole
from plainleaf.site.titles import link
from plainleaf.site.words import Words
from plainleaf.typesetting import locales

FILE = "clinics.html"
_MOST_BYTES = 200_000_000  # of a catalogue


def write(output: Path, folders: Sequence[Path]) -> Path | None:
    """Write the page into the folder that holds those of the clinics, or is that of one, which has its own index there;
    nothing if none was published. Raises ``files.RefusedError``."""
    top = output.resolve()
    below = [folder.resolve() for folder in folders if folder.resolve().is_relative_to(top)]
    there = sorted((name, folder.relative_to(top).as_posix()) for folder in below if (name := _clinic(folder)))
    if not there:
        return None
    made = page(there).encode()
    for name in (FILE,) if top in below else (FILE, "index.html"):
        files.Root(output).save(output / name, made)
    if top not in below:
        _sweep(top, {folder.relative_to(top).parts[0] for folder in below})
    return output / FILE


def left(output: Path, folders: Sequence[Path]) -> list[Finding]:
    """The leaflets that lie in the folder above those of the clinics, from when it was that of the only one."""
    top = output.resolve()
    below = [folder.resolve() for folder in folders]
    if top in below or not any(folder.is_relative_to(top) for folder in below):
        return []
    with closing(Manifest(top)) as manifest:
        return left_over.above(manifest, _former(top))


def _former(top: Path) -> str:
    """The file name of the clinic that a folder was published for, "" if nobody has noted it."""
    try:
        return parsed(files.Root(top).read(top / STATEMENT, MOST_BYTES)).clinic
    except (OSError, DamagedError):
        return ""


def _sweep(top: Path, own: set[str]) -> None:
    """Take away the pages and the catalogue of what was published above the folders of the clinics (``own``); what its
    leaflets still lead to leads on to the page above the clinics."""
    if own & {patients.FOLDER, desk.FOLDER}:
        return
    place = files.Root(top)
    on = [page for page in moved.of_left_over((shipped("layouts"),), top) if page[0].partition("/")[0] not in own]
    _, paths = whole.write(top, top, on, str)
    whole.sweep(top, paths, (f"{desk.FOLDER}/index.html", *moved.OLD))
    if _clinic(top):
        place.delete(top / catalogue.FILE)


def page(clinics: Sequence[tuple[str, str]]) -> str:
    """The page as HTML. ``clinics``: their names and folders, as the page reaches these; "." for its own."""
    english = locales.locale("en")
    there = [(name, "" if folder == "." else f"{folder}/") for name, folder in clinics]
    values = {"clinics": there, "say": Words(None, english), "tongue": offers.tongue(english), "link": link}
    up = next((folder for _, folder in there), "")
    return templates.screen((shipped("layouts"),), "site-clinics", up=link(up), **values)


def _clinic(folder: Path) -> str:
    """The name of the clinic that a folder was published for, "" for none."""
    try:
        found = json.loads(files.Root(folder).read(folder / catalogue.FILE, _MOST_BYTES))
        return str(found["clinic"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""
