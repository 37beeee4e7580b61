"""What git has of a folder. Runs nothing that a repository's own settings name: only stored objects are listed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SECONDS = 20


def asked(root: Path, *arguments: str) -> bytes:
    """What git answers, b"" if it does not. Never raises."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.fsmonitor=false", "--no-replace-objects", *arguments]
    try:
        done = subprocess.run(
            command, cwd=root, env=own, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""


def sizes(root: Path, below: str) -> dict[str, int]:
    """The files of the commit that is checked out, at or below a path from the root: their paths from there, and how
    many bytes each has. Nothing where git has nothing, or is not there."""
    found = {}
    for line in asked(root, "ls-tree", "-r", "-l", "-z", "HEAD", "--", below).split(b"\0"):
        about, _, path = line.partition(b"\t")
        parts = about.split()
        if len(parts) == 4 and parts[1] == b"blob" and parts[3].isdigit():
            found[os.fsdecode(path)] = int(parts[3])
    return found


def content(root: Path, path: str) -> bytes:
    """A file as that commit has it; b"" if it does not."""
    return asked(root, "cat-file", "blob", f"HEAD:./{path}")
