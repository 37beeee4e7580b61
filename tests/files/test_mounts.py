"""Folders of other machines are told by what is mounted where; their locks are ones that other machines see."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from plainleaf import files
from plainleaf.files import locks, mounts
from tests.conftest import plainleaf


def mounted(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    device = folder.stat().st_dev
    numbers = f"{os.major(device)}:{os.minor(device)}"
    (folder / "mountinfo").write_text(
        "21 1 0:5 / / rw,relatime shared:1 - nfs4 there:/other rw\n"
        f"36 21 {numbers} / /a\\040place rw,noatime master:1 - {kind} there:/share rw,errors=continue\n",
        "utf-8",
    )
    monkeypatch.setattr(mounts, "_MOUNTS", folder / "mountinfo")


@pytest.mark.parametrize(
    ("kind", "remote"),
    [("nfs4", True), ("cifs", True), ("9p", True), ("fuse.sshfs", True), ("ext4", False), ("fuseblk", False)],
)
def test_a_folder_of_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, remote: bool) -> None:
    mounted(tmp_path, kind, monkeypatch)
    assert mounts.is_remote(tmp_path) == remote


@pytest.mark.parametrize("said", ["", "36 21\n", "a b c d - \n", "\udcff - nfs\n"])
def test_what_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    (tmp_path / "mountinfo").write_text(said, "utf-8", errors="surrogateescape")
    monkeypatch.setattr(mounts, "_MOUNTS", tmp_path / "mountinfo")
    assert not mounts.is_remote(tmp_path) and not mounts.is_remote(tmp_path / "none")


def test_one_run_at_a_time_is_kept_by_a_file_in_a_folder_of_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock of the folder itself would be one of this machine alone."""
    monkeypatch.setattr(mounts, "is_remote", lambda _: True)
    with files.locked(tmp_path, ()):
        handle = os.open(tmp_path / ".plainleaf.lock", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            locks.fcntl.flock(handle, locks.fcntl.LOCK_EX | locks.fcntl.LOCK_NB)
        os.close(handle)


@pytest.mark.parametrize("refusal", [errno.EROFS, errno.EACCES])
def test_where_no_file_can_be_made_the_folder_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    def opened(path: str, mode: int, *more: int) -> int:
        if mode & os.O_CREAT:
            raise OSError(refusal, os.strerror(refusal), path)
        return really(path, mode, *more)

    really = os.open
    monkeypatch.setattr(mounts, "is_remote", lambda _: True)
    monkeypatch.setattr(os, "open", opened)
    with locks.alone(tmp_path) as waited:
        assert not waited


@pytest.mark.parametrize(
    ("number", "way_out"), [(errno.ENOLCK, "cannot be locked here"), (errno.EIO, "the disk is failing")]
)
def test_a_folder_that_knows_no_locks_is_refused_by_name(
    content: Path, monkeypatch: pytest.MonkeyPatch, number: int, way_out: str
) -> None:
    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(locks.fcntl, "flock", flock)
    done = plainleaf("extract", root=content)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"{content}: {os.strerror(number)}" in done.stderr and way_out in done.stderr
    assert not (content / "locales/inhaler.pot").exists()
