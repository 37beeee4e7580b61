"""How many mistakes in translations the checks catch: ``python -m tests.unseen FILE...`` of lines in JSON.

A line has the keys id, locale, kind, source (English, as in a catalog), good and bad: a right translation, and the same
with one mistake of that kind. Either may be missing. Also terms, names, safety and flags, as in ``corpus/README.md``.

Prints what is caught, by errors and warnings, of the good ones what is refused and what is warned of; all of it by
kind and by language, then each line that went wrong. ``--golden`` writes kind x language as one line each instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from plainleaf.checks.translation.every import check
from plainleaf.languages import facts
from plainleaf.model import Location, Message, Severity
from plainleaf.translations import markup
from plainleaf.typesetting import locales
from tests.strings import inlines

AT = Location("sources/leaflet.md", 7)
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Text:
    """A translation of a line, right (``good``) or wrong."""

    id: str
    locale: str
    kind: str
    source: str
    said: str
    good: bool
    rest: Mapping[str, Any]

    @cached_property
    def found(self) -> tuple[tuple[str, str, str], ...]:
        """Severity, check and message of all that is found."""
        locale = locales.locale(self.locale)
        rest = self.rest
        flags, safety = tuple(rest.get("flags") or ()), bool(rest.get("safety"))
        message = Message(self.source, (AT,), flags=flags, safety=safety)
        data = facts.default(locale.name, locale.script)
        names = frozenset(rest.get("names") or ())
        checked = check(message, self.said, locale, data, rest.get("terms") or {}, (), names)
        found = [(one.severity.value, one.check, one.message) for one in checked]
        if self.said.strip():  # what is compared when a translation is put back into its blocks
            found += [(ERROR, "po-markup", what) for what in markup.from_text(self.said, inlines(self.source))[1]]
        return tuple(found)

    @property
    def worst(self) -> str:
        """ "error", "warning", or "" where nothing is found."""
        severities = {severity for severity, _, _ in self.found}
        return next((one for one in (Severity.ERROR.value, Severity.WARNING.value) if one in severities), "")


def texts(path: Path) -> Iterator[Text]:
    """The translations of a file, each once."""
    seen: set[tuple[str, str, str]] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line) if line.strip() else {}
        for key in ("good", "bad"):
            said, who = entry.get(key), (entry.get("locale", ""), entry.get("source", ""), entry.get(key) or "")
            if said and who not in seen:
                seen.add(who)
                kind = entry.get("kind", "good")
                yield Text(str(entry.get("id", "")), who[0], kind, who[1], said, key == "good", entry)


def _share(found: int, of: int) -> str:
    return f"{found}/{of} {found / of:.1%}" if of else "0/0"


def _row(name: str, every: Iterable[Text]) -> str:
    bad = Counter(text.worst for text in every if not text.good)
    good = Counter(text.worst for text in every if text.good)
    caught = bad[ERROR] + bad[WARNING]
    row = f"{name:22} caught {_share(caught, bad.total()):14} ({bad[ERROR]} as errors)"
    return f"{row:64} refused {_share(good[ERROR], good.total()):12} warned of {_share(good[WARNING], good.total())}"


def golden(every: Iterable[Text]) -> str:
    """Kind x language -> what becomes of each wrong text, and how many right ones are not silent."""
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in every:
        name = text.kind if not text.good else "(good)"
        outcome = {ERROR: "refused", WARNING: "warned", "": "silent"} if text.good else {
            ERROR: "caught", WARNING: "warned", "": "MISSED"}  # fmt: skip
        cells[name, text.locale].append(outcome[text.worst])
    rows = []
    for (kind, locale), outcomes in sorted(cells.items()):
        counted = ", ".join(f"{number} {outcome}" for outcome, number in sorted(Counter(outcomes).items()))
        rows.append(f"{kind} | {locale} | {counted}")
    return "\n".join(rows)


def report(every: list[Text]) -> str:
    """All figures as text."""
    rows = [_row("all", every)]
    for title, key in (("kind", "kind"), ("language", "locale")):
        rows += ["", f"by {title}"]
        rows += [
            _row(name, [text for text in every if getattr(text, key) == name])
            for name in sorted({getattr(text, key) for text in every})
        ]
    rows += ["", "missed"]
    rows += [f"  {t.id} {t.kind} {t.locale}: {t.source} -> {t.said}" for t in every if not t.good and not t.worst]
    for outcome in (ERROR, WARNING):
        rows += ["", f"good texts with {'an' if outcome == ERROR else 'a'} {outcome}"]
        rows += [
            f"  {t.id} {t.locale}: {check}: {message} | {t.source} -> {t.said}"
            for t in every
            if t.good and t.worst == outcome
            for severity, check, message in t.found
            if severity == outcome
        ]
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.unseen", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--golden", action="store_true", help="kind x language -> caught, warned, missed")
    asked = parser.parse_args()
    every = [text for path in asked.files for text in texts(path)]
    print(golden(every) if asked.golden else report(every))
    return 0


if __name__ == "__main__":
    sys.exit(main())
