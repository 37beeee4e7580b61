"""CPU seconds for each PDF by layout, without and with the shortcuts of ``plainleaf/formats/pdf/engine.py``.

    ./.venv/bin/python -m tests.benchmarks.engine [LAYOUT ...] [--locale TAG ...] [--leaflet SLUG ...]

Each sheet is set three times in this process: once for what a worker loads and keeps (fonts, style sheets, pictures),
then without and with them. The files must have the same bytes.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import weasyprint

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.editions import editions, with_files
from plainleaf.formats.base import Limits, Made
from plainleaf.formats.pdf import engine
from plainleaf.formats.pdf import format as pdf
from plainleaf.model import Artifact
from plainleaf.typesetting import fontconfig
from tests.benchmarks.measuring import ROOT, here

LIMITS = Limits(600, 4000)


def jobs(asked: argparse.Namespace, root: Path = ROOT) -> Mapping[str, planning.Job]:
    """What there is to print of the leaflets of a root, by path."""

    def chosen(artifact: Artifact) -> bool:
        wanted = ((asked.layouts, artifact.layout), (asked.locale, artifact.locale), (asked.leaflet, artifact.slug))
        return all(not names or name in names for names, name in wanted)

    content = project.load(root)
    found = with_files(content, list(editions(content, pipeline.Choice(), date(2026, 12, 1))))
    made = planning.plan(content, found, formats=(pdf.FORMAT.name,), chosen=chosen).jobs
    return {path: job for path, job in made.items() if job.form.name == pdf.FORMAT.name}


def timed(job: planning.Job) -> tuple[float, Made]:
    made = list[Made]()
    return here(lambda: made.append(pdf.write(job.prepared, LIMITS))).cpu, made[0]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("layouts", nargs="*")
    parser.add_argument("--locale", nargs="*")
    parser.add_argument("--leaflet", nargs="*")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    seconds = defaultdict[str, list[tuple[float, float]]](list)
    for path, job in jobs(parser.parse_args()).items():
        timed(job)
        engine.KNOWN = ""
        before, usual = timed(job)
        engine.KNOWN = weasyprint.__version__
        after, quick = timed(job)
        assert replace(usual, fitted="") == replace(quick, fitted=""), f"{path} differs"
        seconds[path.split(".")[-2]].append((before, after))
        print(f"{path}: {before:.2f} -> {after:.2f}", flush=True)
    for layout, pairs in seconds.items():
        without, with_them = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        ratio = with_them / without
        print(f"{layout}: {without:.2f} -> {with_them:.2f} CPU s a PDF, ratio {ratio:.2f} ({len(pairs)} PDFs)")


if __name__ == "__main__":
    main()
