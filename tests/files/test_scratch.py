"""Folders for what is needed only while a run lasts."""

from __future__ import annotations

import os
from pathlib import Path

from plainleaf import files


def test_a_folder_goes_with_its_run() -> None:
    with files.scratch() as folder:
        (folder / "font.ttf").touch()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_a_forked_process_that_ends_earlier_leaves_it_alone() -> None:
    lasting = files.scratch()
    folder: Path = lasting.__enter__()
    kept: list[object] = [lasting]
    del lasting
    if not (child := os.fork()):
        kept.clear()  # as `multiprocessing` does in a new process, with what is to be done at the end of the old one
        os._exit(0)
    os.waitpid(child, 0)
    assert folder.is_dir()
    kept.clear()
    assert not folder.exists()
