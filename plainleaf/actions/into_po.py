"""What a check has found goes into the catalogs, where translators see it, and out of them once it is fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from plainleaf import files
from plainleaf.checks.readability.verdicts import LACKING, Checked
from plainleaf.checks.translation.every import without_place
from plainleaf.files.places import WORDS
from plainleaf.model import Finding, Location, Severity
from plainleaf.translations import notes
from plainleaf.translations import po as catalogs

_SAID = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Written:
    """``changed``: the catalogs that were written; ``count``: how many findings are in them now; ``faults``: what could
    not be written. ``moved``: a place as it is now."""

    changed: tuple[Path, ...]
    count: int
    faults: tuple[Finding, ...]
    moved: Callable[[Location], Location]


def catalogs_of(checked: Iterable[str]) -> tuple[str, ...]:
    """The catalogs among the files that a check looked into, those of the layouts' words with them; from the root."""
    own = [PurePosixPath(file) for file in checked if file.endswith(".po")]
    words = [path.with_name(f"{WORDS}.po") for path in own]
    return tuple(dict.fromkeys(path.as_posix() for path in (*own, *words)))


def write(root: Path, among: Sequence[str], found: Iterable[Finding]) -> Written:
    """Note what was found in each of these catalogs, and delete earlier notes there. Their lines must be as they were
    when it was found. One that cannot be read stays as it is: its finding is in the report."""
    by_file: dict[str, dict[int, list[Finding]]] = {name: {} for name in among}
    for finding in found:
        place, said = finding.po, finding.severity in _SAID and finding.check not in LACKING  # these are shown anyway
        if place and place.line and said and place.file in by_file:
            by_file[place.file].setdefault(place.line, []).append(finding)
    changed, faults, count, lines = list[Path](), list[Finding](), 0, dict[str, notes.Noted]()
    for name, about in by_file.items():
        path = root / name
        if not files.there(path):
            continue
        data, _ = catalogs.content(path, root)
        catalog, _ = catalogs.parse(data, name) if data is not None else (None, ())
        if data is None or catalog is None:
            continue
        there = {entry.line for entry in catalog.live.values()}
        own = {line: _said(each) for line, each in about.items() if line in there}
        made = notes.noted(data, own)
        try:
            if files.Root(root).save(path, made.data, was=data):
                changed.append(path)
        except (files.RefusedError, files.UnwrittenError) as error:
            faults.append(files.finding(error, root))
            continue
        lines[name] = made
        count += sum(len(dict.fromkeys(about[line])) for line in own)

    def moved(place: Location) -> Location:
        known = lines.get(place.file)
        return replace(place, line=known.lines.get(place.line, place.line)) if known else place

    return Written(tuple(changed), count, tuple(faults), moved)


def _said(found: Sequence[Finding]) -> list[str]:
    said = []
    for each in dict.fromkeys(found):
        said.append(f"{each.severity.value}: {without_place(each.message)} [{each.check}]")
        said += [f"How to fix: {each.hint}"] if each.hint else []
    return said


def placed(checked: Checked, moved: Callable[[Location], Location]) -> Checked:
    """What was found, at the lines where it is now."""

    def now(finding: Finding) -> Finding:
        return replace(finding, at=moved(finding.at), po=moved(finding.po) if finding.po else None)

    return replace(
        checked,
        findings=tuple(map(now, checked.findings)),
        too_long=tuple(replace(each, finding=now(each.finding)) for each in checked.too_long),
        texts=tuple(map(now, checked.texts)),
    )
