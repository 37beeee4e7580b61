"""What ``publish`` has made and found last time, for as long as it is true and the files lie there (``kept_runs``).

A run that changes nothing is told from memory: no source is parsed, no library for typesetting is loaded. What has
errors is not kept: a file that failed is tried anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainleaf import files
from plainleaf.artifacts.surroundings import Around
from plainleaf.cli import kept_runs, names, values
from plainleaf.files import marks
from plainleaf.model import Artifact, Finding, has_error
from plainleaf.provenance.commits import head

if TYPE_CHECKING:
    from plainleaf.pipeline import Outcome

KIND = "publish"
PAGES = ("provenance.json",)  # beside the artifacts, with those of ``Made.pages``
_TELLING = {  # what does not decide what is made
    "command", "debug", "root", "clinic", "quiet", "fill", "why", "watch", "scheduler", "tls_ca_file", "tls_cert",
    "tls_key",
}  # fmt: skip
_MOST_BYTES = 1_000_000_000  # of a file that was made


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has made and found, as it is told of; ``unmade``: what was asked for and is not printed, each with its
    name, leaflet, locale and why. ``output``: where it lies; ``why``: of each file that was made now, by path;
    ``pages``: the pages around them."""

    output: Path
    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    rendered: int
    unmade: tuple[tuple[str, str, str, str], ...]
    not_begun: frozenset[tuple[str, str]]
    why: Mapping[str, str]
    pages: tuple[str, ...] = ()


def made(outcome: Outcome, output: Path) -> Made:
    """What there is to tell of a run."""
    unmade = tuple((each.name, each.slug, each.locale, each.why) for each in outcome.unmade)
    told = (outcome.artifacts, outcome.findings, outcome.rendered, unmade, outcome.not_begun, outcome.why)
    return Made(output, *told, outcome.pages)


def asked(options: argparse.Namespace, clinic: str, several: bool) -> list[str]:
    """All that decides what is made, in words: the choice, where it goes, what the command is called on pages."""
    chosen = {name: value for name, value in vars(options).items() if name not in _TELLING}
    chosen |= {"output": options.output and values.place(options.output), "called": names.called(), "clinic": clinic}
    return [f"{name}={value}" for name, value in sorted({**chosen, "several": several}.items())]


def key(around: Around, asked: list[str], today: date) -> str:
    """The digest of all that a run depends on: what ``kept_runs`` knows, and the commit, which ``provenance`` notes."""
    found = kept_runs.key(around, asked, today)
    return hashlib.sha256(f"{found} {head(around.root)}".encode()).hexdigest() if found else ""


def recall(root: Path, asked: list[str], today: date) -> tuple[Made | None, str, Around]:
    """What a run would say, if there is nothing to do, else ``None``; the ``key`` of today, and what lies around."""
    wanted, kept = kept_runs.recall(KIND, root, asked)
    around = Around(root)
    now = key(around, asked, today)
    return (_recalled(kept) if wanted and now == wanted else None), now, around


def _recalled(kept: Any) -> Made | None:
    """What was kept of a run, if what it made lies there."""
    try:
        output = Path(kept["output"])
        if not _is_there(output, kept["files"]) or not _is_there(Path(), kept["system"]):
            return None
        artifacts = tuple(_artifact(each) for each in kept["artifacts"])
        findings = tuple(map(Finding.from_json, kept["findings"]))
        unmade = tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in kept["unmade"])
        return Made(
            output, artifacts, findings, 0, unmade, frozenset((str(a), str(b)) for a, b in kept["not_begun"]), {}
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def keep(root: Path, asked: list[str], wanted: str, done: Made) -> None:
    """Keep what a run has made, under the key that it had before the run and has after it; nothing if it has errors."""
    if has_error(done.findings) or not done.artifacts or not all(each.fresh for each in done.artifacts):
        return
    try:
        there = dict(_files(done.output, done.pages))
        system = {str(path): _seen(marks.mark(path.lstat()), path) for path in _system()}
    except OSError:
        return  # something lies there whose content cannot be told
    result: dict[str, Any] = {
        "output": str(done.output),
        "files": there,
        "system": system,
        "artifacts": [_plain(each) for each in done.artifacts],
        "findings": [each.as_json() for each in done.findings],
        "unmade": done.unmade,
        "not_begun": sorted(done.not_begun),
    }
    kept_runs.keep(KIND, root, asked, wanted, result)


def _system() -> Iterator[Path]:
    """The shared libraries, and the code of other packages' formats, that take part in what is made."""
    from plainleaf.artifacts.inputs import module_file
    from plainleaf.formats.base import FORMATS

    for form in FORMATS.values():
        yield from (path for _, path in form.parts.files() if path)
        modules = () if form.ours else (form.prepare.__module__, form.write.__module__, *form.parts.modules)
        yield from filter(None, map(module_file, modules))


def _files(output: Path, pages: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each file that was made, or that an earlier run had made, with its mark and digest; both "" if it is not there.
    Of one that was just written the mark is "": it may change once more without another one. Raises ``OSError``."""
    from plainleaf.artifacts.store import Store

    entries = Store(output).entries.values()
    noted = {name: file.mark for entry in entries for name, file in entry.files.items()}
    for name in sorted({*noted, *PAGES, *pages}):
        began, path = marks.now(), str(output / name)
        if not os.path.lexists(path):
            yield name, ["", ""]
        elif noted.get(name) and noted[name] == marks.marked(path, began):
            yield name, [noted[name], ""]
        else:
            yield name, _seen(marks.marked(path, began), output / name)


def _seen(mark: str, path: Path) -> list[str]:
    """The mark of a file, and its digest where there is no mark that it goes by. Raises ``OSError``."""
    return [mark, "" if mark else _digest(path)]


def _digest(path: Path) -> str:
    """Of a regular file. Raises ``OSError`` if it is none, or cannot be read."""
    if path.is_symlink():
        raise files.RefusedError(path, "is a link")
    return hashlib.sha256(files.ANYWHERE.read(path, _MOST_BYTES)).hexdigest()


def _is_there(folder: Path, kept: Mapping[str, list[str]]) -> bool:
    """Whether all files are as they were kept, and those that were not there still are not."""
    return all(_is_same(os.path.join(folder, name), *about) for name, about in kept.items())  # noqa: PTH118


def _is_same(path: str, mark: str, digest: str) -> bool:
    if not mark and not digest:
        return not os.path.lexists(path)
    try:
        return marks.mark(os.lstat(path)) == mark if mark else _digest(Path(path)) == digest
    except OSError:
        return False


_FIELDS = tuple(Artifact.__dataclass_fields__)


def _plain(artifact: Artifact) -> list[object]:
    since = artifact.since.isoformat() if artifact.since else None
    return [since if name == "since" else getattr(artifact, name) for name in _FIELDS]


def _artifact(kept: Iterable[Any]) -> Artifact:
    about = dict(zip(_FIELDS, kept, strict=True))
    since = date.fromisoformat(about["since"]) if about["since"] else None
    return Artifact(**{**about, "since": since, "looks": tuple(about["looks"])})
