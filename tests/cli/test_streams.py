"""Output that is closed, full or of another coding; and what no terminal gets as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plainleaf.cli import streams
from tests.conftest import OURS, ROOT


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\r", "\x07", "\x7f", "\u202e", "\u2066", "\udc80"])
def test_what_a_terminal_acts_on_is_written_as_json_writes_it(sign: str) -> None:
    said = streams.shown(f"a{sign}[2Jb\n")
    assert sign not in said and json.loads(f'"{said.strip()}"') == f"a{sign}[2Jb"


def test_what_is_underlined_stays_so_and_letters_are_left_alone() -> None:
    for text in ("\x1b[1;4mlong\x1b[0m\tword\n", "“é” قرص\u200f नि\u200d"):
        assert streams.shown(text) == text


def run(root: Path, arguments: str, how: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command as a shell runs it, with its streams led elsewhere."""
    command = f'"{sys.executable}" "{ROOT / "publish.py"}" {arguments} {how}'
    own = {**os.environ, **OURS, **environment}
    return subprocess.run(["/bin/sh", "-c", command], cwd=root, env=own, capture_output=True, check=False)


def test_streams_that_take_nothing_give_no_traceback(content: Path) -> None:
    closed = run(content, "check", ">&-")
    assert (closed.returncode, b"Traceback" in closed.stderr) == (0, False), closed.stderr
    full = run(content, "check", ">/dev/full")
    assert full.returncode == 1 and b"No space left" in full.stderr and b"Exception" not in full.stderr
    assert full.stderr.count(b"Traceback") == 0


def test_json_is_json_on_a_stream_of_ascii_and_without_stderr(content: Path) -> None:
    found = run(content, "check --report json", "2>&-", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert found.returncode == 0 and json.loads(found.stdout.decode())
    table = run(content, "status", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert table.returncode == 0 and b"Traceback" not in table.stderr and table.stdout.isascii()
