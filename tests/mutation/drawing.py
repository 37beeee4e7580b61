"""Which mutants are tried: a sample by a seed that stays the same where the code stays the same."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from mutants import Mutant, mutants

EQUIVALENT = Path(__file__).parent / "equivalent.toml"


@dataclass(frozen=True, slots=True)
class Room:
    """A module with its mutants, those of one line together. ``equivalent``: how many are left out."""

    name: str
    file: str
    source: bytes
    lines: tuple[tuple[Mutant, ...], ...]
    equivalent: int

    @classmethod
    def read(cls, root: Path, name: str) -> Room:
        file = name.replace(".", "/") + ".py"
        source = (root / file).read_bytes()
        equal = _equivalent()
        lines: dict[int, list[Mutant]] = defaultdict(list)
        left = 0
        for mutant in mutants(file, source):
            if (mutant.text, mutant.change) in equal:
                left += 1
            else:
                lines[mutant.line].append(mutant)
        return cls(name, file, source, tuple(map(tuple, lines.values())), left)

    @property
    def size(self) -> int:
        return sum(map(len, self.lines))

    def drawn(self, seed: int) -> list[tuple[bytes, Mutant]]:
        """One mutant of each line, for a long table weighs no more than its lines; with what orders them."""
        ranked = [min(((_rank(seed, mutant), mutant) for mutant in line), key=_place) for line in self.lines]
        return sorted(ranked, key=_place)


def drawn(rooms: Sequence[Room], seed: int, size: int, least: int) -> list[Mutant]:
    """The first ``least`` of each room, then of all rooms together until there are ``size``; all can be compiled."""
    chosen: list[Mutant] = []
    rest: list[tuple[bytes, Mutant]] = []
    sources = {room.file: room.source for room in rooms}
    for room in rooms:
        ranked = iter(room.drawn(seed))
        fit = (mutant for _, mutant in ranked if mutant.compiles(room.source))
        chosen += islice(fit, least)
        rest += ranked
    fit = (mutant for _, mutant in sorted(rest, key=_place) if mutant.compiles(sources[mutant.file]))
    return [*chosen, *islice(fit, max(0, size - len(chosen)))]


def _rank(seed: int, mutant: Mutant) -> bytes:
    """A place in the draw by the mutant's own text: a change elsewhere, or a mutant left out, moves no other."""
    return hashlib.sha256(f"{seed}\0{mutant.file}\0{mutant.text}\0{mutant.change}".encode()).digest()


def _place(ranked: tuple[bytes, Mutant]) -> tuple[bytes, int]:
    return ranked[0], ranked[1].start


def _equivalent() -> set[tuple[str, str]]:
    """Mutants that change nothing that anybody could see, listed by hand: the line, and what changes in it."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    assert all(entry["reason"] for entry in entries)
    return {(entry["line"], entry["change"]) for entry in entries}
