"""The settings of a root folder, from ``plainleaf.toml`` or ``pyproject.toml``, wherever in these they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf import files
from plainleaf.files.toml import Table, read_toml
from plainleaf.model import PROFILES, USUAL_FORMATS, USUAL_PROFILE, BraillePage, Finding, Location, Profile, Severity
from plainleaf.model.phrases import closest

OWN, SHARED = "plainleaf.toml", "pyproject.toml"  # plain keys; below [tool.plainleaf], among other tools' tables
FILES = (OWN, SHARED)
_POLICIES = ("refuse", "show-source")
_ENDS = ("bottom", "top")
_INNER = "readability"  # the one table among our keys: read by the gate
_OF_INNER = ("second-opinion", "source-link", "limits", "waivers")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# Our keys, and how to tell that a value below another tool's head is meant for us.
_KEYS: dict[str, Callable[[object], bool]] = {
    "layouts": _is_list,
    "locales": _is_list,
    "looks": _is_list,
    "formats": _is_list,
    "clinic": lambda value: isinstance(value, str),
    "site-url": lambda value: isinstance(value, str),
    "profile": lambda value: value in PROFILES,
    "untranslated": lambda value: value in _POLICIES,
    "signatures": _is_number,
    "require-signature": lambda value: isinstance(value, bool),
    "time-limit": _is_number,
    "memory-limit": _is_number,
    "braille-cells": _is_number,
    "braille-lines": _is_number,
    "braille-page-numbers": lambda value: value in _ENDS,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a root folder, from ``plainleaf.toml`` or ``pyproject.toml``. Empty tuples mean "all there are".

    ``untranslated``: what becomes of an edition with texts that have no checked translation. "refuse": it is not made;
    "show-source": they are printed in the source's language and marked, but for safety texts, which always refuse.
    ``file``: where they are, or belong. ``unread``: nobody could read them, and what was chosen is not known.
    """

    root: Path
    layouts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    time_limit: int = 120  # seconds of processor time for one PDF
    memory_limit: int = 4096  # MB for one worker
    untranslated: str = "refuse"
    clinic: str = ""  # the one that a run is for if none is named
    looks: tuple[str, ...] = ()  # beside plain: "yellow-on-black", "dyslexia+ink-saving"
    formats: tuple[str, ...] = USUAL_FORMATS  # what each edition is written as
    profile: Profile = USUAL_PROFILE  # the standards that PDFs follow, where a layout does not say otherwise
    braille: BraillePage = field(default_factory=BraillePage)
    file: str = OWN
    lines: Mapping[str, int] = field(default_factory=dict)  # of keys
    unread: bool = False
    site_url: str = ""  # where the output folder lies on the web, without a slash at its end; "" for nowhere
    signatures: int = 1  # persons who must sign a text that can do harm
    require_signature: bool = False  # whether a signature counts only with a key

    def at(self, key: str) -> Location:
        """Where a key is written."""
        return Location(self.file, self.lines.get(key, 0))

    def called(self, key: str) -> str:
        """A key with the table that it belongs in."""
        return key if self.file == OWN else f"[tool.plainleaf] {key}"


def load(root: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings of a root folder; without a file the defaults."""
    ours = table(root)
    unread = bool(ours.findings) and not ours.data
    lines = {key: ours.line(key) for key in _KEYS if key in ours.data}
    settings = Settings(
        root,
        layouts=ours.strings("layouts", ()),
        locales=ours.strings("locales", ()),
        time_limit=int(ours.number("time-limit", 120, 5, 3600)),
        memory_limit=int(ours.number("memory-limit", 4096, 512, 65536)),
        looks=ours.strings("looks", ()),
        formats=ours.strings("formats", USUAL_FORMATS) or USUAL_FORMATS,
        profile=PROFILES[ours.choice("profile", USUAL_PROFILE, tuple(PROFILES))],
        braille=_braille(ours),
        untranslated=ours.choice("untranslated", "refuse", _POLICIES),
        clinic=ours.string("clinic", ""),
        site_url=ours.string("site-url", "").strip().rstrip("/"),
        file=ours.file,
        lines=lines,
        unread=unread,
        signatures=_persons(ours),
        require_signature=ours.boolean("require-signature", True) and "require-signature" in ours.data,
    )
    ours.asked.append(_INNER)
    return settings, ours.done()


def _braille(ours: Table) -> BraillePage:
    """Lines of 20 to 100 cells: shorter ones hold no telephone number, and no embosser makes longer ones."""
    cells = int(ours.number("braille-cells", 40, 20, 100))
    lines = int(ours.number("braille-lines", 25, 10, 60))
    return BraillePage(
        cells, lines, "top" if ours.choice("braille-page-numbers", "bottom", _ENDS) == "top" else "bottom"
    )


def _persons(ours: Table) -> int:
    """How many must sign: 1 or 2; a wrong value counts as the stricter."""
    value = ours.data.get("signatures", 1)
    ours.asked.append("signatures")
    if type(value) is not int or value not in (1, 2):
        ours.complain("signatures", f"{value!r} is not 1 or 2", "write how many people must sign: 1 or 2")
        return 2
    return value


def table(root: Path) -> Table:
    """The settings of a root folder as a table, with what is wrong about where they are; empty if there are none.

    A key of ours that is below another head, where it was probably meant for us, is a finding, and counts as if it
    were in its place: what would follow from its absence is nobody's mistake.
    """
    own, shared = (read_toml(root / name, root) if files.there(root / name) else None for name in FILES)
    theirs = shared.table("tool").table("plainleaf") if shared else None
    if own and (own.data or own.findings or not (theirs and theirs.data)):
        ours = _unwrapped(own)
        if own.data and theirs and theirs.data:
            at = Location(theirs.file, theirs.line(next(iter(theirs.data))))
            what, hint = f"these settings are not read: there are also settings in {OWN}", f"move them to {OWN}"
            ours.findings.append(Finding("settings", Severity.ERROR, what, at, hint))
    elif shared and theirs:
        ours = theirs
        for inner in [*_tables_below(shared)]:
            if not inner.prefix.startswith(ours.prefix) and _may_be_ours(inner.prefix[:-1]):
                foreign = [key for key in inner.data if key in _KEYS and _KEYS[key](inner.data[key])]
                _hoist(inner, foreign, ours, f"below [tool.plainleaf], or keep Plainleaf's settings in {OWN}")
        if not (ours.data or ours.findings):
            return Table(OWN, "", {})
    else:
        return Table(OWN, "", {})
    for inner in [*_tables_below(ours)]:
        if inner is not ours:
            _hoist(inner, [key for key in inner.data if key in _KEYS], ours, _place_of(ours))
    for key in [key for key in ours.data if key in _OF_INNER]:
        ours.complain(key, "this key has no effect here", f"move the line below [{ours.prefix}{_INNER}]")
        del ours.data[key]
    return ours


def _may_be_ours(name: str) -> bool:
    """Whether keys in a table of the shared file were probably meant for us.

    They were in none, in ``project`` and ``tool``, which have no such keys, and in one with a name like ours. Any other
    tool may have keys of the same names.
    """
    return name in ("", "project", "tool") or any(closest(part, ["plainleaf"]) for part in name.split("."))


def _place_of(ours: Table) -> str:
    return f"below [{ours.prefix[:-1]}]" if ours.prefix else "up, above the first line in [brackets]"


def _unwrapped(own: Table) -> Table:
    """Our own file without the head [tool.plainleaf], which is for pyproject.toml."""
    tool = own.data.get("tool")
    inner = tool.get("plainleaf") if isinstance(tool, dict) else None
    if isinstance(tool, dict) and isinstance(inner, dict):
        own.inner("tool", tool).complain(
            "plainleaf", f"this table belongs in {SHARED}: the keys of this file need none", "delete the line"
        )
        own.data = {key: value for key, value in own.data.items() if key != "tool"} | inner
    return own


def _tables_below(outer: Table) -> Iterator[Table]:
    """A table, and all tables in it, at any depth."""
    yield outer
    for key, value in outer.data.items():
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, dict):
                yield from _tables_below(outer.inner(key, item, index))


def _hoist(inner: Table, keys: Iterable[str], ours: Table, place: str) -> None:
    """Tell of keys of ours in a table that is not ours, and take them as if they were in their place."""
    for key in keys:
        what = f"this key of Plainleaf has no effect below [{inner.prefix[:-1]}]"
        inner.complain(key, what if inner.prefix else "this key of Plainleaf has no effect here", f"move it {place}")
        ours.data.setdefault(key, inner.data.pop(key))
