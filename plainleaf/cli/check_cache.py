"""What ``check`` found last time, kept for as long as nothing has changed that it depends on.

The key is a digest of all of it: every file of the sources, locales and layouts, the settings, our own code and data,
the fonts that are installed, the versions of Python and of the libraries, the day, and what was asked for. A kept
result whose key or digest does not fit is as good as none: there is never a pass that was not earned.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.approvals import keys
from plainleaf.checks.readability.verdicts import Checked, Figure, Mend, Outcome, Verdict
from plainleaf.files import places, settings
from plainleaf.model import Finding
from plainleaf.typesetting import fonts

_MOST_BYTES = 200_000_000  # of one result
MOST = 50  # results, of as many folders and choices
_SKIPPED = {"__pycache__"}


# Digests of plain files that this process has read, by path: the key of a run is asked for before and after it. Only of
# files that had not changed for a while, since two changes at nearly the same time leave the same marks.
_SEEN: dict[str, tuple[tuple[int, ...], bytes]] = {}
_STEADY_NS = 2_000_000_000


class _UnsureError(Exception):
    """Something lies there whose content cannot be told for sure."""


def key(root: Path, asked: Sequence[str], today: date) -> str:
    """The digest of all that a result depends on; "" if that cannot be told, and nothing may be kept.

    ``asked``: the choice and the options of the run, in words.
    """
    digest = hashlib.sha256()
    try:
        for part in _parts(root, asked, today):
            digest.update(len(part).to_bytes(8, "big") + part)
    except (_UnsureError, OSError):
        return ""
    return digest.hexdigest()


def _parts(root: Path, asked: Sequence[str], today: date) -> Iterator[bytes]:
    environment = [f"{name}={value}" for name, value in os.environ.items() if name.startswith("PLAINLEAF_")]
    here = (keys.program(), str(root), sys.version, today.isoformat())
    for words in (asked, sorted(environment), _libraries(), _fonts(), here):
        yield "\n".join(words).encode(errors="surrogateescape")
    own = [root / name for name in (*settings.FILES, keys.FILE, "sources", "locales", "layouts")]
    for top in dict.fromkeys((*own, *_ours())):
        yield from _content(top)


def _ours() -> Sequence[Path]:
    """Our own code and data, and the layouts and locales that come with them."""
    return (places.PACKAGE, *(places.shipped(kind) for kind in ("layouts", "locales")))


def _libraries() -> Iterator[str]:
    """Names and versions of all that is installed, as their folders have them."""
    for folder in sys.path:
        with suppress(OSError):
            yield from sorted(at.name for at in Path(folder).iterdir() if at.suffix in (".dist-info", ".egg-info"))


def _fonts() -> Iterator[str]:
    """Font files by path, size and times of change, as ``fonts`` itself tells old from new."""
    for top in fonts.folders():
        for folder, inner, names in os.walk(top):
            inner.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)  # noqa: PTH118 - hundreds of files
                with suppress(OSError):  # a link that leads nowhere
                    yield f"{path} {fonts.mark(os.stat(path))}"  # noqa: PTH116


def _content(top: Path) -> Iterator[bytes]:
    """A file, or every folder and file below one: names and content."""
    if not files.there(top):
        yield f"{top} is not there".encode()
        return
    if not top.is_dir():
        yield from _file(str(top), top)
        return
    for folder, inner, names in os.walk(top, onerror=_unsure):
        inner[:] = sorted(name for name in inner if name not in _SKIPPED)
        yield f"{folder}/".encode(errors="surrogateescape")
        if any(os.path.islink(os.path.join(folder, name)) for name in inner):  # noqa: PTH114, PTH118
            raise _UnsureError  # what lies behind is not walked
        for name in sorted(names):
            yield from _file(os.path.join(folder, name), top)  # noqa: PTH118


def _unsure(error: OSError) -> None:
    raise error


def _file(path: str, top: Path) -> Iterator[bytes]:
    """Nothing of a pipe, or of a link that leads out of the root: ``files.Root.read`` refuses it."""
    yield path.encode(errors="surrogateescape")
    about = os.lstat(path)  # no link is followed
    mark = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    if stat.S_ISREG(about.st_mode) and (known := _SEEN.get(path)) and known[0] == mark:
        yield known[1]
        return
    begun = time.time_ns()
    digest = hashlib.sha256(files.Root(top.parent).read(Path(path))).digest()
    if begun - max(about.st_mtime_ns, about.st_ctime_ns) > _STEADY_NS:
        _SEEN[path] = (mark, digest)
    yield digest


# --------------------------------------------------------------------------- on disk


def recall(root: Path, asked: Sequence[str], wanted: str) -> Checked | None:
    """The result that was kept under exactly this key, or ``None``."""
    try:
        data = json.loads(files.ANYWHERE.read(_path(root, asked), _MOST_BYTES))
        if not wanted or data["key"] != wanted or data["digest"] != _digest(data["result"]):
            return None
        return _checked(data["result"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # none there, or no file of ours


def keep(root: Path, asked: Sequence[str], wanted: str, checked: Checked) -> None:
    """Keep a result, in place of an older one of the same choice. A cache that cannot be written is no fault."""
    result = _plain(checked)
    data = {"key": wanted, "digest": _digest(result), "result": result}
    path = _path(root, asked)
    with suppress(OSError):
        files.Root(path.parent).save(path, json.dumps(data, ensure_ascii=False).encode(errors="surrogatepass"))
        _prune(path.parent)


def _prune(folder: Path) -> None:
    there = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in there[MOST:]:
        files.Root(folder).delete(path)


def _path(root: Path, asked: Sequence[str]) -> Path:
    name = hashlib.sha256("\0".join((str(root), *asked)).encode(errors="surrogatepass")).hexdigest()[:24]
    return fonts.cache_folder() / "check" / f"{name}.json"


def _digest(result: object) -> str:
    text = json.dumps(result, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


# --------------------------------------------------------------------------- as JSON


def _plain(checked: Checked) -> dict[str, Any]:
    places_of = {finding: number for number, finding in enumerate(checked.findings)}
    return {
        "findings": [found.as_json() for found in checked.findings],
        "texts": [found.as_json() for found in checked.texts],
        "verdicts": [
            [each.slug, each.locale, each.outcome.name, each.sentences, each.second, each.waived, each.share,
             [[f.name, f.value, f.target, f.rises, f.noise, f.was] for f in each.figures]]
            for each in checked.verdicts
        ],
        "mends": [
            [places_of[each.finding], each.locale, each.text, list(each.hard), each.gain, each.grades, each.formula,
             each.excess]
            for each in checked.mends
        ],
        "files": list(checked.files),
    }  # fmt: skip


def _checked(data: dict[str, Any]) -> Checked:
    findings, texts = (tuple(map(Finding.from_json, data[key])) for key in ("findings", "texts"))
    verdicts = tuple(
        Verdict(slug, locale, Outcome[outcome], _figures(figures), sentences, second, waived, share)
        for slug, locale, outcome, sentences, second, waived, share, figures in data["verdicts"]
    )
    mends = tuple(
        Mend(findings[number], locale, text, tuple(hard), gain, grades, formula, excess)
        for number, locale, text, hard, gain, grades, formula, excess in data["mends"]
    )
    return Checked(findings, verdicts, mends, tuple(data["files"]), texts)


def _figures(figures: Iterable[list[Any]]) -> tuple[Figure, ...]:
    return tuple(Figure(*figure) for figure in figures)
