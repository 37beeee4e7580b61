"""MB of a worker over many sheets, each in fonts of its own: it is not to grow with them.

    ./.venv/bin/python -m tests.benchmarks.memory [--sheets 1000] [--drawings] [--leaflets]

A sheet is a page of a paragraph in two font files that no other one has, as each edition has its own cut ones.
``--drawings``: each prints a drawing of its own too. ``--leaflets``: those of this repository instead, in all layouts
and languages. The last column is what the worker holds, as Linux counts it.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import multiprocessing
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from plainleaf.formats.pdf import render
from plainleaf.model import Location, Rules, Sheet
from plainleaf.typesetting import fontconfig, fonts, subsets
from tests.benchmarks.engine import jobs

WORDS = "Take one tablet each morning with water, and call us if you feel worse. "
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{0}</title>{1}</svg>'


def held() -> float:
    """MB of this process that lie in memory."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def sheet(number: int, folder: Path, cuts: tuple[subsets.CutFont, ...], drawing: bool) -> Sheet:
    """A page in fonts of its own."""
    own = []
    for cut in cuts:
        path = folder / f"{number}-{cut.weight}{cut.path.suffix}"
        shutil.copyfile(cut.path, path)
        own.append(subsets.CutFont(cut.family, cut.weight, path))
    body = f"<h1>Sheet {number}</h1><p>{WORDS * 8}</p>"
    if drawing:
        shapes = "".join(f'<path d="M{at % 9} {at // 9}l3 {number % 7}v1z"/>' for at in range(60))
        (folder / f"{number}.svg").write_text(DRAWING.format(number, shapes), encoding="utf-8")
        body += f'<img alt="Drawing" src="{number}.svg">'
    return Sheet(
        name=f"{number}.pdf",
        html=f'<!doctype html><html lang="en"><title>Sheet {number}</title><body>{body}</body></html>',
        css="@page { size: A5; margin: 15mm } body { font-size: 12pt; line-height: 1.4 }",
        font_css=subsets.face_css(own),
        families=subsets.aliases(own),
        folders=(str(folder),),
        base=f"{folder.as_uri()}/",
        at=Location("sources/sheet.md"),
        rules=Rules("a5", "English", "en", "Latn", 12, 12, 1.4),
    )


def leaflets(folder: Path) -> Iterator[Sheet]:
    """Those of this repository, again and again; made ready by another process, as a worker holds no more than one."""
    planning = multiprocessing.get_context("spawn").Process(target=_planned, args=(folder,))
    planning.start()
    planning.join()
    return (pickle.loads(path.read_bytes()) for path in itertools.cycle(sorted(folder.glob("*.sheet"))))


def _planned(folder: Path) -> None:
    asked = argparse.Namespace(layouts=[], locale=[], leaflet=[])
    for number, job in enumerate(jobs(asked).values()):
        (folder / f"{number:05}.sheet").write_bytes(pickle.dumps(job.prepared.content))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=1000)
    parser.add_argument("--drawings", action="store_true")
    parser.add_argument("--leaflets", action="store_true")
    asked = parser.parse_args()
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    cuts = subsets.cut(fonts.FAMILIES["Latn"][:1], WORDS + "Sheet0123456789")
    begun, most, first = time.process_time(), 0.0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        tempfile.tempdir = name
        own = (sheet(number, folder, cuts, asked.drawings) for number in itertools.count(1))
        pages = leaflets(folder) if asked.leaflets else own
        for number, page in enumerate(itertools.islice(pages, asked.sheets), 1):
            made = render.write(page)
            assert made.data, made.findings
            if number % (asked.sheets // 10) == 0:
                gc.collect()
                most, first = max(most, held()), first or held()
                print(f"{number} sheets, {time.process_time() - begun:.0f} CPU s: {held():.1f} MB", flush=True)
    print(f"at most {most / first:.2f} of what it held after a tenth of them")


if __name__ == "__main__":
    main()
