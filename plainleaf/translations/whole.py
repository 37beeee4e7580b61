"""Whether a catalog is whole: a program that was stopped while it saved may have left only its beginning.

Most such files end in a line or an entry that is not complete, which ``po`` sees. One that was cut between two entries
reads like a shorter one: it is compared with what git has of it. Translations of texts that are still there are never
taken out of a catalog, neither here nor by GNU gettext, Poedit or Weblate: they are emptied, or become obsolete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plainleaf import files
from plainleaf.files import commits
from plainleaf.files.places import folders
from plainleaf.languages.facts import english
from plainleaf.model import Finding, Leaflet, Location, Severity
from plainleaf.model.phrases import counted
from plainleaf.translations import layout_words, messages, po, regional
from plainleaf.translations.po import Catalog, Key

CHECK = "po-cut"


def sizes(root: Path, below: str = "locales") -> Mapping[str, int]:
    """How many bytes git has of each catalog at or below a path; paths from the root."""
    return commits.sizes(root, below) if files.there(root / below) else {}


def size(path: Path) -> int:
    """How many bytes a catalog has now."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def fault(
    root: Path, locale: str, leaflet: Leaflet | None, names: Iterable[str], catalog: Catalog, had: tuple[int, int]
) -> Finding | None:
    """What is wrong with a locale's catalog of a leaflet, or of the layouts' words, if it lacks translations that the
    last commit has, of texts of today.

    ``had``: how many bytes it has, and how many in that commit (``sizes``). ``names``: all locales, as one of them may
    have what is not said here (``regional``).
    """
    now, then = had
    if now >= then or regional.parent(locale, {*names, leaflet.own_locale if leaflet else english().name}):
        return None
    data = commits.content(root, catalog.file)
    before, _ = po.parse(data, catalog.file) if data else (None, ())
    if before is None:
        return None
    hint = f"bring it back whole: git restore {catalog.file}; if they are to go, commit the file as it is"
    return _lacks(root, leaflet, before, catalog, "of the last commit", hint)


def shortened(root: Path, leaflet: Leaflet, before: Catalog, now: Catalog) -> Finding | None:
    """The same where git has nothing of a catalog, by what was read of it ``before``: for a run that has followed the
    file, and saw the translations go of texts that are still in the source."""
    hint = "save it again in the program that wrote it, or put a copy back; if they are to go, begin this run again"
    return _lacks(root, leaflet, before, now, "that it had a moment ago", hint)


def _lacks(root: Path, leaflet: Leaflet | None, before: Catalog, now: Catalog, which: str, hint: str) -> Finding | None:
    """That a catalog lacks translations, of texts of today, that it had before."""
    there = now.live.keys() | now.gone.keys()
    lost = [key for key, entry in before.live.items() if entry.begun and key not in there]
    wanted = _wanted(root, leaflet) if lost else ()
    lost = [key for key in lost if key in wanted]
    if not lost:
        return None
    last = max((entry.line for entry in now.live.values()), default=0)
    what = f"{counted(len(lost), 'translation')} {which} {'is' if len(lost) == 1 else 'are'} missing here"
    about = f"{what}, the first of “{_short(lost[0][1])}”: the file was cut off, below this line or before it"
    return Finding(CHECK, Severity.ERROR, about, Location(now.file, last), hint, Location(now.file, last))


def _wanted(root: Path, leaflet: Leaflet | None) -> frozenset[Key]:
    every = messages.extract(leaflet) if leaflet else layout_words.messages(folders(root, "layouts"), root)
    return frozenset((each.context, each.text) for each in every)


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"
