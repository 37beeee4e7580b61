"""The page above the folders of several clinics, which ``publish --clinic all`` writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import shipped
from plainleaf.layouts import templates
from plainleaf.site import catalogue, offers
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
    return output / FILE


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
