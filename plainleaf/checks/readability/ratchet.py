"""The recorded scores of each edition (``sources/readability.toml``): no leaflet gets harder to read unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf import files
from plainleaf.checks.readability.verdicts import SLACK
from plainleaf.files.toml import Table, read_toml
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import nearest
from plainleaf.readability.formulas import FORMULAS
from plainleaf.readability.scores import Reading, worse

FILE = "sources/readability.toml"
MEAN = "sentence-mean"
OPINION = "textstat"  # the second opinion on the edition's first formula
_HEAD = """\
# Recorded readability, by leaflet and locale; written by the command, after a review, never by hand. A text that gets
# harder to read than this is an error. "sentence-mean" is for languages that have no validated formula. "textstat" is
# another program's value of the first formula: a second opinion, which nothing is held to.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What was recorded: by (leaflet, locale) the value of each formula, and the line where the entry stands."""

    values: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def with_readings(
        self, readings: Iterable[Reading], second: Callable[[Reading], float | None] = lambda _: None
    ) -> Record:
        """The record with the figures of these readings in place of their old ones; ``second``: what another program
        says of one, ``None`` for nothing."""
        fresh = {(each.slug, each.locale): {**each.record(), **_with(OPINION, second(each))} for each in readings}
        return Record({**self.values, **fresh}, self.lines)

    def without_strangers(self, known: frozenset[tuple[str, str]]) -> Record:
        """The record without editions that are no longer there."""
        return Record({key: value for key, value in self.values.items() if key in known}, self.lines)

    def text(self) -> str:
        """The record as its file."""
        parts = [_HEAD]
        for (slug, locale), values in sorted(self.values.items()):
            parts.append(f'\n["{slug}".{locale}]\n')
            parts.extend(f"{name} = {value:.1f}\n" for name, value in sorted(values.items()))
        return "".join(parts)


def _with(name: str, value: float | None) -> Mapping[str, float]:
    return {} if value is None else {name: value}


def read(root: Path) -> tuple[Record, tuple[Finding, ...]]:
    """The record of a root folder; empty if there is none."""
    path = root / FILE
    if not files.there(path):
        return Record(), ()
    table = read_toml(path, root, files.MOST)
    values: dict[tuple[str, str], dict[str, float]] = {}
    lines: dict[tuple[str, str], int] = {}
    for slug in table.data:
        leaflet = table.table(slug)
        for locale in leaflet.data:
            entry = leaflet.table(locale)
            values[slug, locale] = dict(_values(entry))
            lines[slug, locale] = leaflet.line(locale)
    return Record(values, lines), table.done()


def _values(entry: Table) -> Iterator[tuple[str, float]]:
    known = [*FORMULAS, MEAN, OPINION]
    for name in entry.data:
        if name in known:
            yield name, entry.number(name, 0, -1000, 1000)
        else:
            entry.asked.append(name)
            entry.complain(name, f"no such score{nearest(name, known)}", f"known: {', '.join(known)}")


def compare(reading: Reading, record: Record) -> Iterator[Finding]:
    """An error for each figure that is worse than the recorded one; a warning if nothing is recorded."""
    key = (reading.slug, reading.locale)
    start = reading.prose.sections[0]
    recorded = record.values.get(key)
    if recorded is None:
        if record.values:
            what = f"{reading.locale}: no score of this edition is recorded in {FILE}"
            hint = "have the text reviewed, then record its score"
            yield Finding("readability-unrecorded", Severity.WARNING, what, start.at, hint, start.po)
        return
    for name, now in reading.record().items():
        before = recorded.get(name)
        formula = FORMULAS.get(name)
        if before is None or abs(now - before) <= SLACK or not worse(formula, now, before):
            continue
        title = formula.name if formula else f"{reading.unit} a sentence"
        what = f"{reading.locale}: harder to read than recorded: {title} {now:.1f}, was {before:.1f}"
        hint = (
            f"fix the sentences listed here, or record the new score after a review ({FILE}:{record.lines.get(key, 0)})"
        )
        yield Finding("readability-ratchet", Severity.ERROR, what, start.at, hint, start.po)


def strangers(record: Record, known: frozenset[tuple[str, str]]) -> Iterator[Finding]:
    """Entries of editions that are no longer there."""
    for slug, locale in record.values:
        if (slug, locale) not in known:
            at = Location(FILE, record.lines.get((slug, locale), 0))
            what = f"there is no edition of {slug} in {locale}"
            yield Finding("readability-unrecorded", Severity.WARNING, what, at, "plainleaf check --record drops it")
