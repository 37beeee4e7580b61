"""What a run of ``publish`` costs beside its renders after one string has changed, in libraries of so many targets.

The content is the tool's own leaflets, once or twice, in some layouts. Nothing is laid out: a file is written as two
lines of text, by a function that takes the writer's place. What is measured is all the rest of the whole command:
reading, planning, pages for staff, provenance. Fonts that were cut for an earlier run come from the user's cache.

Run: python -m tests.benchmarks.one_string [targets ...] [--profile FILE] (default: 36 144 396)
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from plainleaf.files import marks
from tests.benchmarks import measuring

ROOT = Path(__file__).parents[2]
_MOST = '["a4", "letter", "easy-read", "easy-read-letter", "large-print", "bilingual", "bilingual-letter", "booklet"]'
_ALL_BUT_TWO = _MOST[:-1] + ', "booklet-letter", "trifold", "wallet-card", "wallet-card-letter"]'
SETTINGS = {  # of about how many files: the layouts, and how often the leaflets are there
    36: ('["a4", "trifold"]', 1),
    144: (_MOST, 1),
    396: (_ALL_BUT_TWO, 2),
}
ROUNDS = 3


def child(command: list[str], profile: str) -> int:
    """The command in this process, where files are written without being laid out."""
    from plainleaf.artifacts import workers
    from plainleaf.cli import main as cli
    from plainleaf.formats.base import FORMATS, Limits, Made, Prepared

    def write(prepared: Prepared, limits: Limits) -> Made:
        return Made({".pdf": f"{prepared.name}\n{prepared.digest}\n".encode()}, (), "1 page", "", 1)

    def run() -> int:
        with workers.in_this_process():
            return cli.main(command, "publish.py")

    write.__module__ = FORMATS["pdf"].write.__module__
    object.__setattr__(FORMATS["pdf"], "write", write)
    if not profile:
        return run()
    import cProfile

    watch = cProfile.Profile(time.process_time)
    code: int = watch.runcall(run)
    watch.dump_stats(profile)
    return code


def cost(root: Path, *more: str, profile: str = "") -> tuple[float, int]:
    """The CPU seconds of a run, and how many files it made."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, "--child", profile, "publish", "--root", str(root), *more]
    environment = {**measuring.environment(), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"(\d+) of them made now", done.stdout)
    assert found, done.stdout + done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(found[1])


def made_up(root: Path, settings: str, times: int) -> None:
    """A root with the tool's own leaflets, each so many times."""
    for name in ("sources", "locales"):
        shutil.copytree(ROOT / name, root / name)
    (root / "plainleaf.toml").write_text(
        f'clinic = "sample-us"\nformats = ["pdf"]\nlayouts = {settings}\n', encoding="utf-8"
    )
    for source in list((root / "sources").glob("*.md")):
        if source.name == "README.md":
            continue
        for number in range(1, times):
            slug = f"{source.stem}-{number}"
            shutil.copy(source, source.with_stem(slug))
            for catalog in (root / "locales").glob(f"*/LC_MESSAGES/{source.stem}.po"):
                shutil.copy(catalog, catalog.with_stem(slug))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@clinic.example"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], cwd=root, check=True)


def changed(root: Path, turn: int) -> None:
    """One string of one translation is another one."""
    path = root / "locales/es/LC_MESSAGES/opioid-overdose.po"
    text = path.read_text(encoding="utf-8")
    words = f'msgstr "Sobredosis de opioides{" y ya" * (turn + 1)}: '
    new = re.sub(r'msgstr "Sobredosis de opioides[^:"]*: ', words, text, count=1)
    assert new != text
    path.write_text(new, encoding="utf-8")


def measured(targets: int, profile: str) -> dict[str, Any]:
    """CPU seconds of a library: nothing changed, a choice without changes, one string changed."""
    settings, times = SETTINGS[targets]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SOURCE_DATE_EPOCH"] = "1796083200"
        root = Path(folder, "root")
        made_up(root, settings, times)
        _, files = cost(root)
        time.sleep(2 * marks.STEADY_NS / 1e9)
        cost(root)
        nothing = min(cost(root)[0] for _ in range(ROUNDS))
        cost(root, "--locale", "en", "--layout", "a4")
        chosen = min(cost(root, "--locale", "en", "--layout", "a4")[0] for _ in range(ROUNDS))
        spent = []
        for turn in range(ROUNDS):
            changed(root, turn)
            time.sleep(2 * marks.STEADY_NS / 1e9)
            seconds, made = cost(root, profile=profile)
            spent.append(seconds)
        return {"files": files, "nothing": nothing, "chosen": chosen, "string": min(spent), "made": made}


def main() -> int:
    """A row for each library."""
    if "--child" in sys.argv[1:2]:
        return child(sys.argv[3:], sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", type=int, choices=[*SETTINGS, []], default=[*SETTINGS])
    parser.add_argument("--profile", default="", help="where a profile of the last run goes")
    options = parser.parse_args()
    print(f"{'files':>6} {'nothing changed':>16} {'en a4, nothing':>16} {'one string':>16} {'of which made':>14}")
    for targets in options.targets:
        row = measured(targets, options.profile)
        seconds = " ".join(f"{row[name]:>14.2f} s" for name in ("nothing", "chosen", "string"))
        print(f"{row['files']:>6} {seconds} {row['made']:>14}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
