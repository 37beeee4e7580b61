"""What was published earlier and is replaced or taken away since: so that a paper in a drawer is known as an old one.

``former.jsonl`` in the output folder has a line of JSON for each file that gave way to another; lines are added, and
none is changed. Of more than ``MOST`` the oldest go. A line that is damaged says nothing, and stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.provenance.statement import Entry, Statement

FILE = "former.jsonl"
MOST = 20_000  # lines
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Former:
    """An artifact as it was: its path, clinic and version as printed; the digests of its files (SHA-256) and of its
    pages ("1a2b 3c4d", "" for none). ``until``: the day of the run that replaced it; ``by``: with which version and
    digest, "" if with nothing."""

    path: str
    clinic: str
    version: str
    digest: str
    files: tuple[str, ...]
    until: date
    by: str = ""

    @property
    def why(self) -> str:
        """What became of it, as the end of a sentence."""
        if self.by:
            return f"on {self.until} {self.by} replaced it"
        return f"on {self.until} it was removed and not replaced"


def replaced(before: Statement, now: Mapping[str, Entry], today: date) -> Iterator[Former]:
    """What of an earlier statement is another file now, or none."""
    for path, was in before.artifacts.items():
        new = now.get(path)
        if new is None or (new.digest, new.files) != (was.digest, was.files):
            digests = tuple(sorted(set(was.files.values())))
            by = new.printed or path if new else ""
            yield Former(path, before.clinic, was.version, was.digest, digests, today, by)


def note(output: Path, new: Iterable[Former]) -> None:
    """Add lines to the file of an output folder. Raises ``files.RefusedError``, ``OSError``."""
    lines = [json.dumps(_out(each), ensure_ascii=False, sort_keys=True).encode() for each in new]
    if not lines:
        return
    path = output / FILE
    there = files.Root(output).read(path, MOST_BYTES).splitlines() if files.there(path) else []
    files.Root(output).save(path, b"\n".join([*there, *lines][-MOST:]) + b"\n")


def known(output: Path) -> tuple[Former, ...]:
    """What the file of an output folder says, the newest first; nothing if there is none, or it cannot be read."""
    try:
        lines = files.Root(output).read(output / FILE, MOST_BYTES).splitlines()
    except OSError:
        return ()
    return tuple(each for each in map(_in, reversed(lines)) if each)


def _out(former: Former) -> dict[str, object]:
    return {
        "path": former.path,
        "clinic": former.clinic,
        "version": former.version,
        "digest": former.digest,
        "files": list(former.files),
        "until": former.until.isoformat(),
        "by": former.by,
    }


def _in(line: bytes) -> Former | None:
    """A line as it was written; ``None`` if it is damaged."""
    try:
        about = json.loads(line)
        texts = [about[key] for key in ("path", "clinic", "version", "digest", "by")]
        digests, until = about["files"], date.fromisoformat(about["until"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(digests, list) or not all(isinstance(each, str) for each in (*texts, *digests)):
        return None
    path, clinic, version, digest, by = texts
    return Former(path, clinic, version, digest, tuple(digests), until, by)
