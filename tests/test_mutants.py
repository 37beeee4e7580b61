"""The mistakes that `tests/mutation` makes are real ones, in rooms that are there, and are drawn alike in each run."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.mutation.mutants import mutants

FOLDER = ROOT / "tests" / "mutation"
ROOMS = re.findall(r'^    "(plainleaf[\w.]+)",$', (FOLDER / "__main__.py").read_text(encoding="utf-8"), re.MULTILINE)
SOURCE = '''
LIMITS = {"mg": 5, "g": -1.5}
_WORD = re.compile(r"^(?:one|two)$")


@dataclass(frozen=True)
class Box:
    """Not this."""

    width: float | None = 2


def fits(box, boxes):
    if not box.open and 0 <= box.width < 3:
        told(f"never {box.width + 1}", loud=True)
    return [one + 1 for one in boxes if one in (box, None)]
'''


def changes(source: str) -> set[str]:
    return {mutant.change for mutant in mutants("a.py", source.encode())}


@pytest.mark.parametrize(
    "change",
    [
        "0 <= box.width < 3 -> (0 < box.width < 3)",
        "0 <= box.width < 3 -> (0 <= box.width >= 3)",
        "3 -> 4",
        "-1.5 -> (1.5)",
        "5 -> -5",
        "2 -> 1",
        "\"mg\" -> 'mg~'",
        '{"mg": 5, "g": -1.5} -> ({\'g\': -1.5})',
        "re.compile(r\"^(?:one|two)$\") -> (re.compile('^(?:one)$'))",
        "re.compile(r\"^(?:one|two)$\") -> (re.compile('(?:one|two)$'))",
        "not box.open -> (box.open)",
        "not box.open and 0 <= box.width < 3 -> (not box.open or 0 <= box.width < 3)",
        "not box.open and 0 <= box.width < 3 -> (not box.open)",
        "told(f\"never {box.width + 1}\", loud=True) -> (told(f'never {box.width + 1}'))",
        'told(f"never {box.width + 1}", loud=True) -> pass',
        "return [one + 1 for one in boxes if one in (box, None)] -> return None",
        "[one + 1 for one in boxes if one in (box, None)] -> ([one + 1 for one in boxes])",
        "one + 1 -> (one - 1)",
        "(box, None) -> (box,)",
        "one in (box, None) -> (one not in (box, None))",
    ],
)
def test_a_mistake_that_people_make(change: str) -> None:
    assert change in changes(SOURCE)


def test_words_for_people_types_and_decorators_stay() -> None:
    assert not [
        change for change in changes(SOURCE) if "never" in change.partition(" -> ")[0][:7] or "frozen" in change
    ]
    assert not [change for change in changes(SOURCE) if "Not this" in change or "float" in change]


def test_records_of_checks_and_what_their_examples_are_made_of_stay() -> None:
    records = (
        'def run(case):\n    return case > 1\n\n\n_PAGE = "a"\nCHECKS = (Check("x", run, (_PAGE, "b"), least=3),)\n'
    )
    assert changes(records) == {
        "return case > 1 -> return None", "case > 1 -> (case >= 1)", "case > 1 -> (case <= 1)",
        "1 -> 0", "1 -> 2", "1 -> -1",
    }  # fmt: skip


@pytest.mark.parametrize("room", ROOMS)
def test_every_mistake_changes_one_piece_of_a_room(room: str) -> None:
    source = (ROOT / (room.replace(".", "/") + ".py")).read_bytes()
    found = mutants(room, source)
    assert found
    assert all(mutant.old.encode() == source[mutant.start : mutant.end] != mutant.new.encode() for mutant in found)
    some, whole = found[:: max(1, len(found) // 3)], ast.dump(ast.parse(source))
    assert all(ast.dump(ast.parse(mutant.applied(source))) != whole for mutant in some)


def test_what_is_listed_as_equivalent_is_still_a_mistake_that_could_be_made() -> None:
    listed = tomllib.loads((FOLDER / "equivalent.toml").read_text(encoding="utf-8"))["mutant"]
    sources = [(ROOT / (room.replace(".", "/") + ".py")).read_text(encoding="utf-8") for room in ROOMS]
    for source in sources:
        lines = [line.strip() for line in source.splitlines()]
        if any(entry["line"] in lines for entry in listed):
            made = {(lines[mutant.line - 1], mutant.change) for mutant in mutants("a.py", source.encode())}
            listed = [entry for entry in listed if (entry["line"], entry["change"]) not in made]
    assert listed == []


# --------------------------------------------------------------------------- which are tried, and how


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A module of the tool by its name, found as `python tests/mutation` finds it."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        del sys.modules[name]


LONGER = "".join(f"def f{number}(one):\n    return one + {number}\n\n\n" for number in range(20))


def room(tool: Any, root: Path, name: str, source: str) -> Any:
    (root / f"{name}.py").write_text(source, encoding="utf-8")
    return tool("drawing").Room.read(root, name)


def test_a_sample_has_one_mutant_of_a_line_and_some_of_each_room(tool: Any, tmp_path: Path) -> None:
    rooms = [room(tool, tmp_path, "long", LONGER), room(tool, tmp_path, "short", SOURCE)]
    sample = tool("drawing").drawn(rooms, 1, 12, 2)
    assert len(sample) == 12 == len({(mutant.file, mutant.line) for mutant in sample})
    assert sum(mutant.file == "short.py" for mutant in sample) >= 2
    assert tool("drawing").drawn(rooms, 1, 12, 2) == sample != tool("drawing").drawn(rooms, 2, 12, 2)
    assert len(tool("drawing").drawn(rooms, 1, 1000, 0)) == sum(len(each.lines) for each in rooms)


def test_what_changes_elsewhere_changes_no_draw(tool: Any, tmp_path: Path) -> None:
    def names(source: str) -> set[tuple[str, str]]:
        sample = tool("drawing").drawn([room(tool, tmp_path, "long", source)], 1, 1000, 0)
        return {(mutant.text, mutant.change) for mutant in sample}

    assert names("NEW = 1\n\n" + LONGER) > names(LONGER)


def test_a_mutant_takes_the_place_of_code_that_is_loaded(tool: Any) -> None:
    swapping = tool("swapping")
    source = "LIMIT = 5\n\n\ndef over(x, more=1):\n    return x + more > LIMIT\n\n\ndef other():\n    return 7\n"
    live = ModuleType("plainleaf_sample")
    live.__file__ = "sample.py"
    exec(compile(source, "sample.py", "exec"), vars(live))
    for mutant in mutants("sample.py", source.encode()):
        pairs = swapping.exchanged(source.encode(), mutant, "sample.py")
        swapped = {old.co_qualname for old, _ in pairs}
        assert swapped == ({"over"} if mutant.line == 5 else {"other"} if mutant.line == 9 else set()), mutant
    (smaller,) = [mutant for mutant in mutants("sample.py", source.encode()) if mutant.change == "5 -> 4"]
    code = compile(smaller.applied(source.encode()), "sample.py", "exec")
    swapping.take_over(live, swapping.loaded(code, live))
    assert live.LIMIT == 4 and live.over(4)
    del sys.modules["plainleaf_sample"]
