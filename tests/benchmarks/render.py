"""CPU seconds for each PDF: a whole run of ours against one ``weasyprint`` process a file, for the same HTML.

    ./.venv/bin/python tests/benchmarks/render.py [ROUNDS] [--cold] [--root DIR]

Both are measured in turns in one run, as CPU time (user and system) of all processes they start. Ours includes
reading the sources, cutting fonts (from a warm cache, as on every run but the first; ``--cold`` empties it), checking
the pages, repairing the tags, validating, and writing the catalogue page.
"""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from plainleaf import pipeline, project
from plainleaf.formats.pages import Words
from plainleaf.layouts import styles
from plainleaf.layouts import templates as layouts

ROOT = Path(__file__).resolve().parent.parent.parent
CONTENT = Path(sys.argv[sys.argv.index("--root") + 1]).resolve() if "--root" in sys.argv else ROOT
PR_SET_CHILD_SUBREAPER = 36


def cpu() -> float:
    """CPU seconds of all children that have ended, and of theirs."""
    while True:  # what outlives its parent (a fork server) comes to us
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pages(folder: Path) -> list[tuple[Path, Path]]:
    """The HTML of every edition in every layout, with its CSS beside it, the fonts by their installed names."""
    content = project.load(CONTENT)
    assert content.clinic
    files = []
    for edition, _ in pipeline.editions(content, pipeline.Choice(), date(2026, 12, 1)):
        words = Words(content.catalogs.get((edition.locale.name, project.WORDS)))
        for layout in content.layouts.values():
            name = f"{edition.locale.tag}.{layout.name}"
            families = ", ".join(f'"{family.name}"' for family in edition.locale.fonts)
            style = styles.joined(styles.pieces(layout, edition.locale, content.layout_folders))
            (folder / f"{name}.css").write_text(f"{style}\nhtml {{ font-family: {families} }}", encoding="utf-8")
            html = layouts.render(edition, layout, content.clinic, words, content.layout_folders)
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            files.append((folder / f"{name}.html", folder / f"{name}.css"))
    return files


def theirs(files: list[tuple[Path, Path]]) -> None:
    for html, css in files:
        command = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-s", str(css)]
        subprocess.run([*command, str(html), str(html.with_suffix(".pdf"))], check=True)


def ours(output: Path, environment: dict[str, str]) -> None:
    command = [
        sys.executable,
        str(ROOT / "publish.py"),
        "--quiet",
        "--root",
        str(CONTENT),
        "build",
        "--output",
        str(output),
    ]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


def main() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    rounds = int(next((word for word in sys.argv[1:] if word.isdigit()), "3"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = pages(folder)
        environment = {**os.environ, "PLAINLEAF_CACHE": str(folder / "cache"), "SOURCE_DATE_EPOCH": "1796083200"}
        if "--cold" not in sys.argv:
            ours(folder / "warm", environment)
        figures: dict[str, list[float]] = {"weasyprint, one process a file": [], "plainleaf": []}
        for turn in range(rounds):
            before = cpu()
            theirs(files)
            between = cpu()
            ours(folder / f"ours-{turn}", environment)
            after = cpu()
            figures["weasyprint, one process a file"].append((between - before) / len(files))
            figures["plainleaf"].append((after - between) / len(files))
        made = {"weasyprint": list(folder.glob("*.pdf")), "plainleaf": list((folder / "ours-0").rglob("*.pdf"))}
        sizes = {kind: sum(path.stat().st_size for path in found) for kind, found in made.items()}
    for kind, seconds in figures.items():
        print(f"{kind}: {statistics.median(seconds):.2f} CPU s a PDF ({min(seconds):.2f} to {max(seconds):.2f})")
    theirs_median, ours_median = (statistics.median(seconds) for seconds in figures.values())
    print(f"{len(files)} PDFs, {rounds} rounds: ratio {ours_median / theirs_median:.2f}")
    print(f"all PDFs together: weasyprint {sizes['weasyprint'] // 1024} KB, plainleaf {sizes['plainleaf'] // 1024} KB")


if __name__ == "__main__":
    main()
