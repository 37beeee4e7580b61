"""What is made elsewhere reads what it was sent, and nothing that lies on that machine."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from plainleaf.files.supplied import Supplied, current, instead


def test_files_are_read_by_their_content(tmp_path: Path) -> None:
    digest = sha256(b"<svg/>").hexdigest()
    (tmp_path / digest).write_bytes(b"<svg/>")
    sent = Supplied(str(tmp_path), {"/root/sources/link": (digest, ".svg")})
    assert sent.read(Path("/root/sources/link"), 100) == b"<svg/>"
    assert sent.suffix(Path("/root/sources/link")) == ".svg"


def test_a_file_that_was_not_sent_is_not_there_though_this_machine_has_one(tmp_path: Path) -> None:
    (tmp_path / "mine.svg").write_bytes(b"<svg/>")
    with pytest.raises(FileNotFoundError):
        Supplied(str(tmp_path), {}).read(tmp_path / "mine.svg", 100)


def test_it_lasts_for_one_task() -> None:
    sent = Supplied("", {})
    with instead(sent):
        assert current() is sent
    assert current() is None
