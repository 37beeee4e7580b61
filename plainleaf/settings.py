"""Typed settings from TOML: the repository's, a clinic's. An unknown key names the nearest known one."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from plainleaf.model import Clinic, Finding, Helpline, Location, Opening, Severity

T = TypeVar("T")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def nearest(word: str, known: list[str]) -> str:
    """A sentence's end that names the known word closest to ``word`` ("; did you mean “phone”?"), or ""."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else ""


@dataclass(slots=True)
class Table:
    """One TOML table while it is read: typed look-ups that collect findings instead of raising."""

    file: str
    text: str
    data: dict[str, Any]
    prefix: str = ""
    findings: list[Finding] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def line(self, key: str) -> int:
        """The line where ``key`` (or the table itself) is written, for people; 1 if it cannot be told."""
        head = self.prefix.rsplit(".", 1)[-1]
        after = 0
        if head:
            found = re.search(rf"^\s*\[+[^\]\n]*\b{re.escape(head)}\b[^\]\n]*\]", self.text, re.MULTILINE)
            after = found.start() if found else 0
        for start in (after, 0):
            pattern = re.compile(rf'^[ \t]*\[*[ \t]*["\']?{re.escape(key)}["\']?\b', re.MULTILINE)
            found = pattern.search(self.text, start)
            if found:
                return self.text.count("\n", 0, found.start()) + 1
        return self.text.count("\n", 0, after) + 1

    def complain(self, key: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Note that the value of ``key`` is wrong."""
        where = Location(self.file, self.line(key))
        self.findings.append(Finding("settings", severity, f"{self.prefix}{key}: {message}", where, hint))

    def _get(self, key: str, default: T | None, right: Callable[[Any], bool], what: str) -> Any:
        self.asked.append(key)
        if key not in self.data:
            if default is None:
                self.complain(key, "this key is missing", f"add a line {key} = ... ({what})")
            return default
        value = self.data[key]
        if not right(value):
            self.complain(key, f"{value!r} is not {what}", f"write {what}")
            return default
        return value

    def string(self, key: str, default: str | None = None) -> str:
        """A string; without ``default`` a missing one is a finding and "" stands in."""
        return self._get(key, default, lambda v: isinstance(v, str), "a text in quotes") or ""

    def number(self, key: str, default: float | None, least: float, most: float) -> float:
        """A number from ``least`` to ``most``."""
        what = f"a number from {least:g} to {most:g}"
        right = self._get(
            key, default, lambda v: isinstance(v, int | float) and not isinstance(v, bool) and least <= v <= most, what
        )
        return float(least if right is None else right)

    def boolean(self, key: str, default: bool) -> bool:
        """true or false."""
        return bool(self._get(key, default, lambda v: isinstance(v, bool), "true or false"))

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        right = lambda v: isinstance(v, list) and all(isinstance(item, str) for item in v)  # noqa: E731 - one use
        return tuple(self._get(key, default, right, "a list of texts in quotes") or ())

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        """One of ``choices``."""
        value = self.string(key, default)
        if value not in choices:
            near = nearest(value, list(choices))
            self.complain(key, f"“{value}” is not known{near}", f"one of: {', '.join(choices)}")
            return default
        return value

    def table(self, key: str) -> Table:
        """The table ``[key]``, empty if there is none; its findings join this one's."""
        value = self._get(key, {}, lambda v: isinstance(v, dict), f"a table [{self.prefix}{key}]")
        return self._inner(key, value or {})

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables ``[[key]]``."""
        right = lambda v: isinstance(v, list) and all(isinstance(item, dict) for item in v)  # noqa: E731 - one use
        value = self._get(key, (), right, f"tables [[{self.prefix}{key}]]")
        return tuple(self._inner(key, item) for item in value or ())

    def _inner(self, key: str, value: dict[str, Any]) -> Table:
        return Table(self.file, self.text, value, f"{self.prefix}{key}.", self.findings)

    def unknown(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                self.complain(key, f"unknown key{nearest(key, self.asked)}", f"known here: {', '.join(self.asked)}")

    def done(self) -> tuple[Finding, ...]:
        """All findings, unknown keys included."""
        self.unknown()
        return tuple(self.findings)


def read_toml(path: Path, root: Path) -> Table:
    """Read a TOML file into a ``Table``; one that cannot be read is an empty table with a finding."""
    try:
        file = path.relative_to(root).as_posix()
    except ValueError:
        file = path.name
    table = Table(file, "", {})
    try:
        table.text = path.read_bytes().decode("utf-8-sig")
        table.data = tomllib.loads(table.text)
    except OSError as error:
        table.findings.append(_unreadable(file, 0, f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        table.findings.append(_unreadable(file, line, "is not UTF-8 text; save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else table.text.count("\n") + 1
        table.findings.append(_unreadable(file, line, str(error)))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list a thousand deep
        table.findings.append(_unreadable(file, 0, f"is no TOML that can be read: {str(error)[:80]}"))
    return table


def _unreadable(file: str, line: int, why: str) -> Finding:
    hint = 'a line of TOML reads: key = "text in straight quotes"'
    return Finding("settings", Severity.ERROR, why, Location(file, line), hint)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[tool.plainleaf]`` of the root's ``pyproject.toml``. Empty tuples mean "all there are".

    ``untranslated``: what becomes of an edition with texts that have no checked translation. "refuse": it is not made;
    "show-source": they are printed in the source's language and marked, but for safety texts, which always refuse.
    """

    root: Path
    layouts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    time_limit: int = 120  # seconds for one PDF
    memory_limit: int = 4096  # MB for one worker
    untranslated: str = "refuse"


def load(root: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings of a root folder; without a file the defaults."""
    path = root / "pyproject.toml"
    if not path.is_file():
        return Settings(root), ()
    whole = read_toml(path, root)
    tool = whole.table("tool")
    ours = tool.table("plainleaf")
    settings = Settings(
        root,
        layouts=ours.strings("layouts", ()),
        locales=ours.strings("locales", ()),
        time_limit=int(ours.number("time-limit", 120, 5, 3600)),
        memory_limit=int(ours.number("memory-limit", 4096, 512, 65536)),
        untranslated=ours.choice("untranslated", "refuse", ("refuse", "show-source")),
    )
    ours.asked.append("readability")  # read by the gate
    return settings, ours.done()


def load_clinic(path: Path, root: Path) -> tuple[Clinic | None, tuple[Finding, ...]]:
    """The clinic's details; ``None`` with findings if any error stands in the file."""
    table = read_toml(path, root)
    if table.findings:
        return None, tuple(table.findings)
    logo = table.string("logo", "")
    clinic = Clinic(
        name=_filled(table, "name"),
        address=table.strings("address"),
        phone=_filled(table, "phone"),
        web=_web(table),
        hours=tuple(_opening(entry) for entry in table.tables("hours")),
        logo=logo,
        logo_alt=table.string("logo-alt", ""),
        emergency_number=_filled(table, "emergency-number"),
        helplines=tuple(_helpline(table.table("helplines"))),
        country=_country(table),
        at=Location(table.file),
    )
    if logo and not clinic.logo_alt:
        table.complain("logo", "nothing tells those who do not see it", 'add logo-alt = "what the logo shows"')
    place = (path.parent / logo).resolve()
    if logo and not (place.is_file() and place.is_relative_to(path.parent.resolve())):
        table.complain("logo", f"there is no file sources/{logo}", "name a picture below sources/")
    findings = table.done()
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    return (None if failed else clinic), findings


def _filled(table: Table, key: str) -> str:
    value = table.string(key)
    if key in table.data and not value.strip():
        table.complain(key, "this is empty", "patients need it on the page: fill it in")
    return value


def _web(table: Table) -> str:
    web = table.string("web", "")
    if web and not re.fullmatch(r"https?://[^\s<>\"]+", web):
        table.complain("web", f"“{web}” is not a web address", 'write it whole: "https://..."')
    return web


def _country(table: Table) -> str:
    country = table.string("country")
    if country and not re.fullmatch("[A-Z]{2}", country):
        table.complain("country", f"“{country}” is not a country code", 'two capital letters, such as "US" (ISO 3166)')
    return country


def _opening(entry: Table) -> Opening:
    days = entry.strings("days")
    wrong = [day for day in days if day not in DAYS]
    if wrong:
        entry.complain("days", f"unknown day “{wrong[0]}”{nearest(wrong[0], list(DAYS))}", f"use: {', '.join(DAYS)}")
    opens, closes = entry.string("opens"), entry.string("closes")
    for key, value in (("opens", opens), ("closes", closes)):
        if value and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            entry.complain(key, f"“{value}” is not a time", 'write "08:30", from 00:00 to 23:59')
            opens = closes = "00:00"
    entry.unknown()
    return Opening(tuple(DAYS.index(day) for day in days if day in DAYS), opens or "00:00", closes or "00:00")


def _helpline(table: Table) -> list[Helpline]:
    lines = []
    for key in table.data:
        if not re.fullmatch("[a-z][a-z0-9_]*", key):
            table.complain(key, "a helpline's key is used in placeholders", "use small letters, digits and _ only")
        entry = table.table(key)
        lines.append(Helpline(key, _filled(entry, "name"), _filled(entry, "phone"), entry.string("note", "")))
        entry.unknown()
    return lines
