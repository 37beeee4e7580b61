"""``provenance.json`` in the output folder: an in-toto Statement v1 with a predicate in the shape of SLSA Provenance.

Its subjects are all files that lie there. What each was made from and with stands in the predicate, below
``buildDefinition.internalParameters.artifacts``. The same files from the same inputs give the same bytes: there is no
clock in it, no name of a machine and no folder. https://in-toto.io/Statement/v1, https://slsa.dev/spec/v1.0/provenance
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from plainleaf.provenance.materials import KINDS, Material

FILE = "provenance.json"
TYPE = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD = "urn:plainleaf:publish:1"
MOST_BYTES = 200_000_000
STATES = ("none", "noted", "signed", "lapsed")  # of a signature
_HEX = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}|")


class DamagedError(ValueError):
    """A file that is no statement of ours; why, in words."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose signature an edition has. ``what``: "sign-off", or "approval", with the locale of the translation;
    ``state``: one of ``STATES``; ``by``: who, and on which day ("Name, role, 2026-12-01")."""

    what: str
    locale: str
    state: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An artifact: its files with their SHA-256, what it is, what it was made from and with, who has signed.

    ``content``: the digest of all that it says and looks like. ``commit``: where the source was, "" if nobody knows;
    ``uncommitted``: the files that were not as in that commit. ``tools``: as ``artifacts.inputs.tools`` gives them.
    ``version`` and ``digest``: what the last page says of itself, with a short digest (``model.digests``); "" if an
    earlier release of the tool noted neither.
    """

    files: Mapping[str, str]
    leaflet: str
    locale: str
    beside: str
    layout: str
    looks: tuple[str, ...]
    format: str
    content: str
    materials: tuple[Material, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)
    signatures: tuple[Signed, ...] = ()
    commit: str = ""
    uncommitted: tuple[str, ...] = ()
    version: str = ""
    digest: str = ""

    @property
    def printed(self) -> str:
        """The version as the last page has it."""
        return f"{self.version} · {self.digest}" if self.digest else self.version


@dataclass(frozen=True, slots=True)
class Statement:
    """Which clinic a folder is for, and its artifacts by path from there. ``site``: where it lies on the web, if the
    command line said so; "" where that is in the settings, if anywhere."""

    clinic: str = ""
    artifacts: Mapping[str, Entry] = field(default_factory=dict)
    site: str = ""

    def subjects(self) -> Iterator[tuple[str, str, str]]:
        """Every file with its digest and the artifact that it belongs to."""
        for path, entry in self.artifacts.items():
            for file, digest in entry.files.items():
                yield file, digest, path


# --------------------------------------------------------------------------- out


def dumped(statement: Statement) -> bytes:
    """A statement as it is written: a line for each file, each artifact and each of the materials."""
    entries = statement.artifacts
    subjects = ({"name": name, "digest": {"sha256": digest}} for name, digest, _ in sorted(statement.subjects()))
    worded = {id(entry.tools): _line(entry.tools) for entry in entries.values()}
    sets = sorted(set(worded.values()))
    numbers = {its: sets.index(words) for its, words in worded.items()}
    artifacts = (f"{_line(path)}: {_line(_out(each, numbers[id(each.tools)]))}" for path, each in entries.items())
    commits = sorted({entry.commit for entry in entries.values() if entry.commit})
    materials = sorted({each for entry in entries.values() for each in entry.materials})
    made_of = (
        *({"name": "source", "digest": {"gitCommit": name}} for name in commits),
        *(
            {"name": each.name, "digest": {"sha256": each.sha256}, "annotations": {"kind": each.kind}}
            for each in materials
        ),
    )
    told = {"clinic": statement.clinic, **({"site": statement.site} if statement.site else {})}
    builder = {"builder": {"id": "urn:plainleaf", "version": _versions(entries)}}
    whole = f"""\
{{"_type": {_line(TYPE)}, "predicateType": {_line(PREDICATE)},
"subject": {_lines("[]", map(_line, subjects))},
"predicate": {{"buildDefinition": {{"buildType": {_line(BUILD)},
"externalParameters": {_line(told)},
"internalParameters": {{"artifacts": {_lines("{}", artifacts)},
"tools": {_lines("[]", sets)}}},
"resolvedDependencies": {_lines("[]", map(_line, made_of))}}},
"runDetails": {_line(builder)}}}}}
"""
    return whole.encode(errors="replace")


def _line(value: object) -> str:
    """JSON without breaks: the library's quick writer makes it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _lines(around: str, each: Iterable[str]) -> str:
    """JSON of a list or an object, "[]" or "{}", of members that are JSON: each on a line of its own."""
    inner = ",\n ".join(each)
    return f"{around[0]}\n {inner}\n{around[1]}" if inner else around


def _versions(entries: Mapping[str, Entry]) -> dict[str, str]:
    """The versions of the tool, of all that made any of the files."""
    found = sorted({entry.tools.get("plainleaf", "").partition(" ")[0] for entry in entries.values()} - {""})
    return {"plainleaf": ", ".join(found)} if found else {}


def _out(entry: Entry, tools: int) -> dict[str, object]:
    return {
        "files": dict(entry.files),
        "leaflet": entry.leaflet,
        "locale": entry.locale,
        "beside": entry.beside,
        "layout": entry.layout,
        "looks": list(entry.looks),
        "format": entry.format,
        "inputs": {"sha256": entry.content},
        "materials": [[each.kind, each.name, each.sha256] for each in entry.materials],
        "tools": tools,
        "signatures": [
            {"what": each.what, "locale": each.locale, "state": each.state, "by": list(each.by)}
            for each in entry.signatures
        ],
        "commit": entry.commit,
        "uncommitted": list(entry.uncommitted),
        "version": entry.version,
        "digest": entry.digest,
    }


# --------------------------------------------------------------------------- in


def parsed(data: bytes) -> Statement:
    """What a file holds. Raises ``DamagedError``."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DamagedError("is not JSON") from error
    if _at(whole, "_type") != TYPE or _at(whole, "predicateType") != PREDICATE:
        raise DamagedError("is not an in-toto statement of this tool")
    definition = _at(whole, "predicate", "buildDefinition")
    if _at(definition, "buildType") != BUILD:
        raise DamagedError("is not an in-toto statement of this tool")
    inner = _at(definition, "internalParameters")
    try:
        sets = [_texts(each) for each in _list(_at(inner, "tools"))]
        material = cache(_material)  # most are shared by many files
        artifacts = {_text(path): _in(each, sets, material) for path, each in _dict(_at(inner, "artifacts")).items()}
        statement = Statement(
            _text(_at(definition, "externalParameters", "clinic")),
            artifacts,
            _text(_at(definition, "externalParameters", "site") or ""),
        )
        named = [(_text(_at(each, "name")), _at(each, "digest", "sha256")) for each in _list(_at(whole, "subject"))]
    except (TypeError, ValueError) as error:
        raise DamagedError("has entries that are damaged") from error
    if sorted(named) != sorted((name, digest) for name, digest, _ in statement.subjects()):
        raise DamagedError("lists other files as its subjects than those it says were made")
    return statement


def _in(value: object, sets: list[dict[str, str]], material: Callable[[str, str, str], Material]) -> Entry:
    about = _dict(value)
    number = about.get("tools")
    if type(number) is not int or not 0 <= number < len(sets):
        raise ValueError("tools")
    return Entry(
        files={_file(name): _digest(digest) for name, digest in _texts(about.get("files")).items()},
        leaflet=_text(about.get("leaflet")),
        locale=_text(about.get("locale")),
        beside=_text(about.get("beside")),
        layout=_text(about.get("layout")),
        looks=tuple(map(_text, _list(about.get("looks")))),
        format=_text(about.get("format")),
        content=_digest(_at(about.get("inputs"), "sha256")),
        materials=tuple(material(*map(_text, _list(each))) for each in _list(about.get("materials"))),
        tools=sets[number],
        signatures=tuple(map(_signed, _list(about.get("signatures")))),
        commit=_commit(about.get("commit")),
        uncommitted=tuple(map(_text, _list(about.get("uncommitted")))),
        version=_text(about.get("version", "")),
        digest=_text(about.get("digest", "")),
    )


def _material(kind: str, name: str, digest: str) -> Material:
    if kind not in KINDS:
        raise ValueError(kind)
    return Material(kind, name, _digest(digest))


def _signed(value: object) -> Signed:
    about = _dict(value)
    by = tuple(map(_text, _list(about.get("by"))))
    found = Signed(_text(about.get("what")), _text(about.get("locale")), _text(about.get("state")), by)
    if found.what not in ("sign-off", "approval") or found.state not in STATES:
        raise ValueError(found.what)
    return found


def _at(value: object, *keys: str) -> Any:
    """What lies deep in dictionaries, ``None`` if there is nothing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _file(name: str) -> str:
    """The path of a file in the output folder."""
    if not name.isprintable() or name.startswith("/") or ".." in name.split("/"):
        raise ValueError(name)
    return name


def _digest(value: object) -> str:
    if not _HEX.fullmatch(_text(value)):
        raise ValueError("digest")
    return _text(value)


def _commit(value: object) -> str:
    if not _COMMIT.fullmatch(_text(value)):
        raise ValueError("commit")
    return _text(value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _texts(value: object) -> dict[str, str]:
    return {key: _text(each) for key, each in _dict(value).items()}
