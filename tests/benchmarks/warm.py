"""CPU seconds of a worker that is warm against one ``weasyprint`` process a file, for the same HTML and fonts.

    ./.venv/bin/python tests/benchmarks/warm.py [LAYOUT ...] [--locale TAG ...] [--leaflet SLUG ...] [--rounds N]

Ours is laid out as often as it takes to fit, checked, tagged and validated; "bare" is the library in this process, as
it comes, once. All three are measured in turns.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import weasyprint
from engine import LIMITS, jobs  # beside this file
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import format as pdf
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.model import digests
from plainleaf.typesetting import fontconfig


def children() -> float:
    """CPU seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command_line(sheet: Any, folder: Path) -> float:
    html, css = folder / "page.html", folder / "page.css"
    html.write_text(digests.filled(sheet.html, ""), encoding="utf-8")
    css.write_text(f"{sheet.css}\n{sheet.font_css}", encoding="utf-8")
    options = ["--quiet", "--pdf-variant", "pdf/ua-1", "--base-url", sheet.base, "-s", str(css)]
    before = children()
    subprocess.run(
        [sys.executable, "-m", "weasyprint", *options, str(html), str(folder / "page.pdf")],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return children() - before


def bare(sheet: Any, fonts: FontConfiguration, css: list[weasyprint.CSS]) -> float:
    begun = time.process_time()
    html = weasyprint.HTML(string=sheet.html, base_url=sheet.base, url_fetcher=Fetcher(sheet.folders))
    html.render(font_config=fonts, stylesheets=css).write_pdf(pdf_variant="pdf/ua-1")
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("layouts", nargs="*")
    parser.add_argument("--locale", nargs="*")
    parser.add_argument("--leaflet", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    for path, job in jobs(asked).items():
        sheet, fonts = job.prepared.content, FontConfiguration()
        fetcher = Fetcher(sheet.folders)
        css = [
            weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=sheet.base)
            for text in (sheet.css, sheet.font_css)
        ]
        pages = pdf.write(job.prepared, LIMITS).pages
        seconds: list[tuple[float, float, float]] = []
        for _ in range(asked.rounds):
            with tempfile.TemporaryDirectory() as name:
                theirs = command_line(sheet, Path(name))
            begun = time.process_time()
            pdf.write(job.prepared, LIMITS)
            seconds.append((theirs, bare(sheet, fonts, css), time.process_time() - begun))
        seconds = [(theirs, library, both - library) for theirs, library, both in seconds]
        theirs, library, ours = (statistics.median(column) for column in zip(*seconds, strict=True))
        print(
            f"{path}, {pages} pages: weasyprint {theirs:.2f}, bare {library:.2f}, ours {ours:.2f} CPU s; "
            f"{ours / theirs:.2f} of the command line, {ours / library:.2f} of the library",
            flush=True,
        )


if __name__ == "__main__":
    main()
