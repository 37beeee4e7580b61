"""What git is not to take into a repository of leaflets."""

from __future__ import annotations

from pathlib import Path

from plainleaf.files.root import Root

IGNORED = ("build/", "filled/", ".plainleaf-*.tmp", ".plainleaf.lock")  # made, for one person, left by killed runs
_NAME = ".gitignore"


def ignore(root: Path) -> Path | None:
    """Add what is missing of it to the ``.gitignore`` of a root that is a git repository; gives the file if it changed.

    Raises ``RefusedError``, ``UnwrittenError``.
    """
    if not (root / ".git").exists():
        return None
    path = root / _NAME
    try:
        text = Root(root).read(path).decode(errors="surrogateescape")
    except FileNotFoundError:
        text = ""
    known = {line.strip().strip("/") for line in text.splitlines()}
    missing = [line for line in IGNORED if line.strip("/") not in known]
    if not missing:
        return None
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    whole += "".join(f"{line}\n" for line in ("# Made by plainleaf", *missing))
    return path if Root(root).save(path, whole.encode(errors="surrogateescape")) else None
