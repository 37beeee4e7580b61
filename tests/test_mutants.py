"""The mistakes that `tests/mutation` makes are real ones, in rooms that are there."""

from __future__ import annotations

import ast
import re
import tomllib

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
