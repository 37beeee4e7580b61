"""What differs between two things that an artifact was made from: why it is another one, or was made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainleaf.provenance.materials import KINDS
from plainleaf.provenance.statement import Entry

NEW = "it is new"
_NOTHING = "its file had been changed, or a finding on it names another line today"

_AROUND = "its links or its list of languages: other files of the leaflet are there, or at other addresses"


def differences(was: Entry, now: Entry) -> Iterator[tuple[str, str]]:
    """The parts that differ, by kind, in the order of ``KINDS``."""
    found = {(each.kind, each.name) for each in set(was.materials) ^ set(now.materials)}
    tools = {name for name, _ in set(was.tools.items()) ^ set(now.tools.items())}
    order = list(KINDS)
    yield from sorted(found, key=lambda each: (order.index(each[0]), each[1]))
    yield from (("tool", _tool(name, was.tools, now.tools)) for name in sorted(tools))


def _tool(name: str, was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """A library whose version is another one, in words."""
    versions = [each.get(name, "none").partition(" ")[0] for each in (was, now)]
    return f"{name} {versions[0]}, now {versions[1]}" if versions[0] != versions[1] else f"{name} {versions[0]}"


def reason(was: Entry | None, now: Entry) -> str:
    """Why an artifact was made anew, in words: the parts of it that are others now."""
    if was is None:
        return NEW
    if (was.content, was.tools) == (now.content, now.tools):
        return _NOTHING
    return ", ".join(f"{KINDS[kind]} ({name})" for kind, name in differences(was, now)) or _AROUND
