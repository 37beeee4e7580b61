"""Two runs in one folder at once: what both have written is there, and what a killed one has left is swept."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from plainleaf import files, pipeline, project
from plainleaf.actions import update as translating
from plainleaf.artifacts.store import STORE, Store
from plainleaf.checks.readability import gate
from plainleaf.cli import main as cli
from plainleaf.files import locks
from plainleaf.pipeline import Choice
from tests.conftest import OURS, ROOT, TODAY, plainleaf

WHO = ("Ana Sample, translator", "Ben Sample, translator")


@pytest.fixture
def content(content: Path, two_layouts: None) -> Path:
    """The small leaflet, printed in few layouts."""
    return content


@pytest.fixture
def root(content: Path) -> Path:
    """The small content with a second leaflet."""
    for file in ("sources/{}.md", "locales/es/LC_MESSAGES/{}.po"):
        shutil.copy(content / file.format("inhaler"), content / file.format("puffer"))
    return content


@contextmanager
def busy(folder: Path) -> Iterator[None]:
    """While it lasts, somebody else writes in the folder: a thread of ours, which holds its lock."""
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with files.locked(folder, ()):
            held.set()
            over.wait(300)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(60)
    try:
        yield
    finally:
        over.set()
        other.join()


def at_once(root: Path, folder: Path, *commands: list[str]) -> None:
    """Run commands in processes of their own, which begin to write at the same moment: when the folder is free."""
    folder.mkdir(exist_ok=True)
    with busy(folder):
        runs = [
            subprocess.Popen(
                [sys.executable, str(ROOT / "publish.py"), *command],
                cwd=root, env=os.environ | OURS, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for command in commands
        ]  # fmt: skip
        for run in runs:
            assert run.stderr
            said = run.stderr.readline()
            assert said == f"waiting for another plainleaf run in this folder (process {os.getpid()})\n"
    for run in runs:
        out, err = run.communicate(timeout=300)
        assert run.returncode == 0, out + err


def forked_at_once(root: Path, said: Path, *commands: list[str]) -> None:
    """The same in forks of this process, which have all modules loaded. ``said``: a folder for what they say."""
    said.mkdir()
    fork = multiprocessing.get_context("fork")
    free = fork.Event()

    def run(command: list[str], out: Path) -> None:
        with out.open("w", encoding="utf-8", buffering=1) as file, redirect_stdout(file), redirect_stderr(file):
            free.wait(60)
            with chdir(root):
                sys.exit(cli.main(command))

    outs = [said / f"{number}.txt" for number in range(len(commands))]
    for out in outs:
        out.touch()
    runs = [fork.Process(target=run, args=pair) for pair in zip(commands, outs, strict=True)]
    for each in runs:
        each.start()  # before the thread that holds the lock: a fork would hold it too
    with busy(root):
        free.set()
        for each, out in zip(runs, outs, strict=True):
            while each.is_alive() and "waiting for another plainleaf run" not in out.read_text(encoding="utf-8"):
                time.sleep(0.01)
            assert each.is_alive(), out.read_text(encoding="utf-8")
    for each, out in zip(runs, outs, strict=True):
        each.join(300)
        assert each.exitcode == 0, out.read_text(encoding="utf-8")


def approve(leaflet: str, who: str) -> list[str]:
    return ["approve", "es", leaflet, "--by", who]


def approved(root: Path) -> dict[str, str]:
    kept = tomllib.loads((root / "locales/es/approvals.toml").read_text(encoding="utf-8"))
    return {slug: record["by"] for slug, record in kept.items()}


def test_two_approvals_and_an_update_at_once_are_all_kept(root: Path, tmp_path: Path) -> None:
    (root / "locales/fr").mkdir()
    forked_at_once(root, tmp_path / "said", approve("inhaler", WHO[0]), approve("puffer", WHO[1]), ["update", "fr"])
    assert approved(root) == {"inhaler": WHO[0], "puffer": WHO[1]}
    assert (root / "locales/fr/LC_MESSAGES/puffer.po").is_file()


def test_two_runs_into_one_folder_at_once_know_of_each_others_files(root: Path) -> None:
    build = ["build", "--format", "html"]
    at_once(root, root / "build", [*build, "inhaler", "--locale", "en"], [*build, "puffer", "--locale", "es"])
    noted = Store(root / "build").entries
    assert sorted(noted) == ["inhaler/en/index.html", "puffer/es/index.html"]
    for path in noted:
        page = root / f"build/languages/{path.split('/')[1]}.html"
        assert f'href="../{path}"' in page.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- what was read earlier is read anew


def test_an_approval_is_kept_by_one_that_did_not_know_of_it(root: Path) -> None:
    early = project.load(root)
    for leaflet, who in zip(("inhaler", "puffer"), WHO, strict=True):
        assert pipeline.approve(early, leaflet, "es", who, TODAY).path
    assert approved(root) == {"inhaler": WHO[0], "puffer": WHO[1]}


def test_a_translation_is_kept_by_an_update_that_did_not_know_of_it(root: Path) -> None:
    early = project.load(root)
    po = root / "locales/es/LC_MESSAGES/inhaler.po"
    text = po.read_text(encoding="utf-8")
    assert text.count("Primero agítelo.") == 1
    po.write_text(text.replace("Primero agítelo.", "Agítelo primero."), encoding="utf-8")
    translating.update(early, ("es",))
    assert "Agítelo primero." in po.read_text(encoding="utf-8")


def test_an_update_leaves_a_catalog_alone_that_was_broken_meanwhile(root: Path) -> None:
    early = project.load(root)
    po = root / "locales/es/LC_MESSAGES/inhaler.po"
    po.write_bytes(b"<<<<<<< ours\n")
    assert "po-syntax" in [finding.check for finding in translating.update(early, ("es",)).findings]
    assert po.read_bytes() == b"<<<<<<< ours\n"


def test_a_record_of_scores_is_kept_by_one_that_did_not_know_of_it(root: Path) -> None:
    early = project.load(root)
    made = [edition for edition, _ in pipeline.editions(early, Choice(), TODAY)]
    for slug in ("inhaler", "puffer"):
        assert gate.keep(early, [edition for edition in made if edition.slug == slug], TODAY)
    kept = tomllib.loads((root / "sources/readability.toml").read_text(encoding="utf-8"))
    assert sorted(kept) == ["inhaler", "puffer"]


# --------------------------------------------------------------------------- the lock


def test_nobody_waits_for_ever(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    with busy(content):
        done = plainleaf("extract", root=content)
    assert done.returncode == 1
    assert f"(process {os.getpid()}) has not finished" in done.stderr
    assert not (content / "locales/inhaler.pot").exists()


def test_who_only_reads_does_not_wait(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    with busy(content):
        assert plainleaf("check", root=content).returncode == 0
        assert plainleaf("status", root=content).returncode == 0


def test_a_lock_leaves_nothing_behind_and_may_be_taken_twice(tmp_path: Path) -> None:
    with files.locked(tmp_path, ()) as waited, files.locked(tmp_path, ()) as again:
        assert not waited and not again
    assert list(tmp_path.iterdir()) == []


def test_folders_that_cannot_be_locked_have_a_file_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock, tried = locks.fcntl.flock, []

    def on_a_network(handle: int, how: int) -> None:
        tried.append(handle)
        if len(tried) == 1:
            raise OSError(9, "Bad file descriptor")
        flock(handle, how)

    monkeypatch.setattr(locks.fcntl, "flock", on_a_network)
    with files.locked(tmp_path, ()):
        assert [path.name for path in tmp_path.iterdir()] == [".plainleaf.lock"]


def test_without_locks_all_but_rendering_works() -> None:
    code = "import sys; sys.modules['fcntl'] = None\nfrom plainleaf.actions import approve, update\n"
    code += "from plainleaf.checks.readability import gate\nfrom plainleaf.cli import main\n"
    code += "from pathlib import Path\nfrom plainleaf import files"
    code += "\nwith files.locked(Path.cwd(), ()) as waited: print(waited)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --------------------------------------------------------------------------- what a killed run leaves


def test_what_a_killed_run_left_is_swept_and_nothing_else(content: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept = [elsewhere / ".plainleaf-abcd1234.tmp", content / "locales/.plainleaf-notes.tmp", content / "sources/a.tmp"]
    swept = [
        content / folder / ".plainleaf-ab_d1234.tmp" for folder in ("sources", "locales", "locales/es/LC_MESSAGES")
    ]
    for path in (*kept, *swept):
        path.touch()
    (content / "locales/elsewhere").symlink_to(elsewhere)
    plainleaf("extract", root=content)
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in swept)


def test_an_output_folder_is_swept_too(content: Path) -> None:
    (content / "build/inhaler").mkdir(parents=True)
    left = [content / "build" / folder / ".plainleaf-abcd1234.tmp" for folder in (".", "inhaler")]
    for path in left:
        path.touch()
    assert plainleaf("status", "--page", root=content).returncode == 0
    assert not any(path.exists() for path in left)


# --------------------------------------------------------------------------- output folders


def test_an_output_folder_that_is_a_link_out_of_the_root_is_refused(content: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (content / "build").symlink_to(tmp_path / "elsewhere")
    done = plainleaf("status", "--page", root=content)
    assert done.returncode == 1
    assert "build: error: is a link to a place outside the root" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("make", [os.mkfifo, Path.touch])
def test_what_is_no_folder_is_told(make: Callable[[Path], None], content: Path) -> None:
    make(content / "build")
    done = plainleaf("status", "--page", root=content)
    assert done.returncode == 1
    assert "build: error: is not a folder [file-refused]" in done.stderr


def test_one_that_is_asked_for_may_lie_anywhere(content: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    assert plainleaf("status", "--page", "--output", str(tmp_path / "out"), root=content).returncode == 0
    assert (tmp_path / "elsewhere/staff/status/index.html").is_file()


@pytest.mark.parametrize(
    "names", [["staff/status/index.html", "index.html", "inhaler/inhaler.en.a4.pdf"], [STORE], [f"{STORE}-wal"]]
)
def test_links_in_an_output_folder_do_not_lead_out(names: list[str], content: Path, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("keep", encoding="utf-8")
    for name in names:
        path = content / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(tmp_path / "keep.txt")
    done = plainleaf("build", "--locale", "en", "--layout", "a4", root=content)
    assert done.returncode == 1
    assert all(f"{name}: error: is a link to a place outside the root" in done.stderr for name in names)
    assert (tmp_path / "keep.txt").read_text(encoding="utf-8") == "keep"


def test_what_a_translators_program_saves_during_an_update_stays(
    root: Path, replaced: Callable[[Path, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It knows no locks: the catalog is saved between its being read and its being written."""
    path = root / "locales/es/LC_MESSAGES/inhaler.po"
    replaced(root / "sources/inhaler.md", "Then breathe out.", "Then breathe out slowly.")
    usual, saved = translating._merged, []

    def merged(*given: Any) -> Any:
        found = usual(*given)
        if not saved:
            saved.append(path)
            path.write_bytes(path.read_bytes() + b'\n#~ msgid "Saved."\n#~ msgstr "Guardado."\n')
        return found

    monkeypatch.setattr(translating, "_merged", merged)
    assert not translating.update(project.load(root), ("es",)).findings
    text = path.read_text(encoding="utf-8")
    assert "Guardado." in text and "breathe out slowly" in text


def test_a_catalog_that_is_saved_again_and_again_is_left_alone(
    root: Path, replaced: Callable[[Path, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "locales/es/LC_MESSAGES/inhaler.po"
    replaced(root / "sources/inhaler.md", "Then breathe out.", "Then breathe out slowly.")
    usual = translating._merged

    def merged(*given: Any) -> Any:
        found = usual(*given)
        path.write_bytes(path.read_bytes() + b"# saved\n")
        return found

    monkeypatch.setattr(translating, "_merged", merged)
    written = translating.update(project.load(root), ("es",))
    assert [each.check for each in written.findings if each.at.file.endswith("inhaler.po")] == [files.UNWRITTEN]
    assert path.read_text(encoding="utf-8").endswith("# saved\n") and "slowly" not in path.read_text(encoding="utf-8")
