"""``guide``: prints a guide, which comes with the package: no page of the web is needed, and none is out of date."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

from plainleaf.cli import exits
from plainleaf.cli.names import COMMANDS, PACKAGE, say

GUIDES: Mapping[str, tuple[str, str, str]] = {
    "writing": ("sources", "README.md", "how leaflets and a clinic's file are written"),
    "translating": ("locales", "README.md", "how a language is added, translated and checked"),
    "layouts": ("layouts", "README.md", "how a layout or look is made"),
    "printing": ("docs", "printing.md", "what is printed, on which paper, and how it is folded or cut"),
    "formats": ("docs", "formats.md", "what PDF, HTML, EPUB and braille carry of a leaflet"),
    "ebooks": ("docs", "ebooks.md", "leaflets as books for e-readers, in two languages too"),
    "web": ("docs", "web.md", "leaflets as pages for phones, and where to put them"),
    "preview": ("docs", "preview.md", "a leaflet's pages in a browser, as you write or translate it"),
    "catalogue": ("docs", "catalogue.md", "the pages for patients and the desk, and catalogue.json for other programs"),
    "filling": ("docs", "filling.md", "a copy for each patient, from a table"),
    "signing": ("docs", "signing.md", "who has checked what, with and without a key"),
    "provenance": ("docs", "provenance.md", "where a file comes from, and whether it is up to date"),
    "conformance": ("docs", "conformance.md", "a report on PDF/UA, and how far it can be relied on"),
    "reading-aloud": ("docs", "reading-aloud.md", "what a screen reader says of a PDF"),
    "screenshots": ("docs", "screenshots.md", "a picture of each text as it is printed, for Weblate and its like"),
    "scale": ("docs", "scale.md", "many leaflets, many machines"),
    "library": ("docs", "library.md", "Plainleaf in programs of your own"),
    "ci": ("docs", "ci.md", "checks with every change, in a repository of your own"),
    "checks": ("docs", "checks.md", "everything that is checked, and why"),
}
MOST_BYTES = 1_000_000
# The guides name the command as who reads them in the repository types it; ``say`` prints it as it was called.
_IN_REPOSITORY = re.compile(rf"\./do(?= (?:{'|'.join(COMMANDS)})\b)")


def guide(options: argparse.Namespace) -> int:
    if not options.guide:
        say("\n".join(f"plainleaf guide {name}: {about}" for name, (_, _, about) in GUIDES.items()))
    else:
        say(_IN_REPOSITORY.sub(PACKAGE, text(options.guide)), end="")
    return exits.GOOD


def text(name: str) -> str:
    """A guide in Markdown."""
    from plainleaf import files

    return files.ANYWHERE.read(path(name), MOST_BYTES).decode("utf-8")


def path(name: str) -> Path:
    """Where a guide is, in the package or in the repository."""
    from plainleaf.files.places import shipped

    folder, file, _ = GUIDES[name]
    return shipped(folder) / file
