"""CPU seconds of a worker that is warm against one ``weasyprint`` process a file, for the same HTML and fonts.

    ./.venv/bin/python -m tests.benchmarks.warm [LAYOUT ...] [--locale TAG ...] [--leaflet SLUG ...] [--rounds N]

"Like against like" is one layout of the same page in the same fonts, by the library as it comes and by the library with
our shortcuts, in one process that has loaded fonts and style sheets: what makes the page fit, checks, tags, validates
and imposes it comes on top ("whole"). All are measured in turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from plainleaf.artifacts.manifest import Job
from plainleaf.artifacts.rendering import search_seldom
from plainleaf.formats.pdf import engine as shortcuts
from plainleaf.formats.pdf import format as pdf
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.graphics import photos
from plainleaf.model import digests
from plainleaf.typesetting import fontconfig
from tests.benchmarks.engine import LIMITS, jobs
from tests.benchmarks.measuring import Spent, command, here


@dataclass(frozen=True, slots=True)
class Row:
    """One file: CPU seconds (medians) of one process of the command line, of the library as it comes, of the same once
    with our shortcuts, and of all that a worker does."""

    path: str
    pages: int
    command_line: float
    library: float
    once: float
    whole: float

    @property
    def like(self) -> float:
        """One layout, ours to the library's."""
        return self.once / self.library

    @property
    def ratio(self) -> float:
        """All that a worker does to one process of the command line."""
        return self.whole / self.command_line


def chosen(layouts: Sequence[str], locales: Sequence[str], leaflets: Sequence[str]) -> argparse.Namespace:
    """What ``jobs`` is asked for; nothing of a kind is all of it."""
    return argparse.Namespace(layouts=layouts, locale=locales, leaflet=leaflets)


def page(sheet: Any, folder: Path) -> Path:
    """A sheet as one file, with its styles and where its pictures lie."""
    head = f'<base href="{sheet.base}"><style>{sheet.css}\n{sheet.font_css}</style></head>'
    path = folder / "page.html"
    path.write_text(digests.filled(sheet.html, "").replace("</head>", head, 1), encoding="utf-8")
    return path


def command_line(sheet: Any, folder: Path) -> Spent:
    """One process of the library's own command."""
    options = ["--quiet", "--pdf-variant", "pdf/ua-1"]
    return command(sys.executable, "-m", "weasyprint", *options, str(page(sheet, folder)), str(folder / "page.pdf"))


def whole(job: Job) -> None:
    """All that a worker does for a file."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    pdf.write(job.prepared, LIMITS)


def _once(sheet: Any, fonts: FontConfiguration, css: Sequence[weasyprint.CSS], images: dict[str, Any]) -> None:
    """One layout of a sheet and its PDF, from its HTML."""
    text = digests.filled(sheet.html, "")
    html = weasyprint.HTML(string=text, base_url=sheet.base, url_fetcher=Fetcher(sheet.folders))
    document = html.render(font_config=fonts, stylesheets=css, cache=images, dpi=photos.DPI)
    document.write_pdf(pdf_variant="pdf/ua-1")


def measured(todo: Mapping[str, Job], rounds: int) -> Iterator[Row]:
    """Each of these files, measured in turns. What is loaded and kept once is loaded before."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    search_seldom()  # as a worker does
    for path, job in todo.items():
        sheet, fonts, images = job.prepared.content, FontConfiguration(), dict[str, Any]()
        fetcher = Fetcher(sheet.folders)
        css = [
            weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=sheet.base)
            for text in (sheet.css, sheet.font_css)
        ]
        library = partial(_once, sheet, fonts, css, images)
        ours = shortcuts.tuned()(library)
        pages = pdf.write(job.prepared, LIMITS).pages
        library()
        ours()
        turns: list[tuple[float, ...]] = []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                theirs = command_line(sheet, Path(folder)).cpu
            turns.append((theirs, *(here(each).cpu for each in (library, ours, partial(whole, job)))))
        yield Row(path, pages, *(statistics.median(column) for column in zip(*turns, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layouts", nargs="*")
    parser.add_argument("--locale", nargs="*")
    parser.add_argument("--leaflet", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for row in measured(jobs(asked), asked.rounds):
        print(
            f"{row.path}, {row.pages} pages: weasyprint {row.command_line:.2f}, library once {row.library:.2f}, "
            f"ours once {row.once:.2f}, whole {row.whole:.2f} CPU s; like against like {row.like:.2f}, "
            f"whole to command line {row.ratio:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
