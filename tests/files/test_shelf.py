"""Values are worked out once for all runs, for as long as what they come from is the same; a damaged shelf is none."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plainleaf.files import shelf
from plainleaf.model import Finding, Location, Severity

AROUND = ("around", "code")
VALUE = (Finding("x", Severity.ERROR, "what", Location("a.md", 3), "how"), {"a": date(2026, 12, 1), "b": Path("c")})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "values" / "root.values"


@pytest.fixture
def made() -> list[str]:
    """One entry for each time that a value is worked out."""
    return []


def run(path: Path, made: list[str], *values: object, around: tuple[str, str] = AROUND, narrow: bool = False) -> object:
    """What a run gets that asks for one value."""
    with shelf.opened(path, lambda: around):
        return shelf.kept("it", values, lambda: (made.append("made"), VALUE)[1], narrow)


def test_a_value_is_worked_out_once_for_all_runs(path: Path, made: list[str]) -> None:
    assert run(path, made, 1, "a") == run(path, made, 1, "a") == VALUE
    assert made == ["made"]


def test_where_no_shelf_is_open_it_is_worked_out_each_time(made: list[str]) -> None:
    for _ in range(2):
        assert shelf.kept("it", (), lambda: (made.append("made"), VALUE)[1]) == VALUE
    assert made == ["made"] * 2


@pytest.mark.parametrize("values", [(1,), (1, "b"), ("a", 1), (1, "a", "")])
def test_other_values_make_another_one(path: Path, made: list[str], values: tuple[object, ...]) -> None:
    run(path, made, 1, "a")
    run(path, made, *values)
    assert len(made) == 2


@pytest.mark.parametrize(
    ("around", "narrow", "times"),
    [(("else", "code"), False, 2), (("else", "code"), True, 1), (("around", "else"), True, 2)],
)
def test_what_lies_around_counts_and_for_some_the_code_alone(
    path: Path, made: list[str], around: tuple[str, str], narrow: bool, times: int
) -> None:
    run(path, made, narrow=narrow)
    run(path, made, around=around, narrow=narrow)
    assert len(made) == times


def test_a_table_is_of_the_values_that_it_is_asked_for_with_also_in_one_run(path: Path) -> None:
    with shelf.opened(path, lambda: AROUND):
        shelf.table("it", ("terms",))["text"] = "found"
        assert shelf.table("it", ("terms",)) == {"text": "found"} and shelf.table("it", ("others",)) == {}
    with shelf.opened(path, lambda: AROUND):
        assert shelf.table("it", ("others",)) == {}


def test_nothing_is_kept_if_what_lies_around_cannot_be_told(path: Path, made: list[str]) -> None:
    run(path, made, around=("", "code"))
    assert not path.exists()


def test_nothing_is_kept_if_somebody_saves_a_file_meanwhile(path: Path, made: list[str]) -> None:
    seen = iter([AROUND, ("else", "code")])
    with shelf.opened(path, lambda: next(seen)):
        shelf.kept("it", (), lambda: made.append("made"))
    assert made and not path.exists()


def test_nothing_is_kept_of_a_run_that_breaks_off(path: Path) -> None:
    with pytest.raises(KeyError), shelf.opened(path, lambda: AROUND):
        shelf.kept("it", (), lambda: 1)
        raise KeyError
    assert not path.exists()


class _Evil:
    """What a file would hold that is to run a command."""

    def __init__(self, do: Callable[..., object], *given: object) -> None:
        self._do, self._given = do, given

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._do, self._given


@pytest.mark.parametrize("inner", [True, False], ids=["a value", "the file"])
def test_nothing_that_a_file_names_is_called(path: Path, made: list[str], inner: bool, tmp_path: Path) -> None:
    run(path, made)
    evil = pickle.dumps(_Evil(os.mkdir, str(tmp_path / "done")))
    key = pickle.loads(path.read_bytes().split(b"\n", 1)[1])["it"][0]
    body = pickle.dumps({"it": (key, evil, 1)}) if inner else evil
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert run(path, made) == VALUE
    assert len(made) == 2 and not (tmp_path / "done").exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\n", b"x\ny"])
def test_a_damaged_file_is_begun_anew(path: Path, made: list[str], damage: bytes) -> None:
    run(path, made)
    path.write_bytes(damage)
    assert run(path, made) == run(path, made) == VALUE
    assert len(made) == 2


def test_half_a_file_is_none(path: Path, made: list[str]) -> None:
    run(path, made)
    path.write_bytes(path.read_bytes()[:-9])
    run(path, made)
    assert len(made) == 2


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path, made: list[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert run(tmp_path / "file" / "a.values", made) == VALUE


def test_a_text_that_is_too_deep_is_worked_out_each_time(path: Path) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with shelf.opened(path, lambda: AROUND):
        assert shelf.kept("it", (), lambda: deep) is deep
    while deep:  # or Python itself would take it down too deep
        deep = deep[0]  # type: ignore[assignment]


def test_what_nobody_asks_for_goes_in_the_end(path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(path, made)
    monkeypatch.setattr(shelf, "_DAYS", -1)
    with shelf.opened(path, lambda: AROUND):
        shelf.kept("other", (), lambda: 1)
    monkeypatch.undo()
    run(path, made)
    assert len(made) == 2


def test_the_oldest_shelves_of_many_roots_go(tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 2)
    for number in range(4):
        run(tmp_path / f"{number}.values", made)
        os.utime(tmp_path / f"{number}.values", (number, number))
    assert len(list(tmp_path.glob("*.values"))) <= 3


def test_each_field_of_our_own_values_comes_back_as_it_was(path: Path) -> None:
    long = Finding("x", Severity.NOTE, "m" * 9_000, Location("a.md"), po=Location("a.po", 2))
    value = (long, [Location("b.md", 7)], {"deep": (Location("c.md"), None, frozenset({"d"}))})
    with shelf.opened(path, lambda: AROUND):
        shelf.kept("it", (), lambda: value)
    with shelf.opened(path, lambda: AROUND):
        assert shelf.kept("it", (), lambda: None) == value


def test_a_table_is_there_again_with_what_was_put_into_it(path: Path) -> None:
    def run(*values: str, **more: str) -> dict[str, str]:
        with shelf.opened(path, lambda: AROUND):
            known = shelf.table("words", values)
            found = dict(known)
            known.update(more)
        return found

    assert run("en", a="1") == {}
    assert run("en", b="2") == {"a": "1"}
    assert run("en") == {"a": "1", "b": "2"}
    assert run("es") == {}  # of other values
    assert shelf.table("words", ("en",)) == {}  # no shelf is open


def test_a_table_that_is_too_long_is_begun_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_NAMES", 1)
    for _ in range(2):
        with shelf.opened(path, lambda: AROUND):
            known = shelf.table("words", ())
            assert known == {}
            known.update(a=1, b=2)


@pytest.fixture
def digested(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The values whose digests were worked out."""
    seen, look = list[object](), shelf._digest
    monkeypatch.setattr(shelf, "_digest", lambda value: (seen.append(value), look(value))[1])
    return seen


@pytest.mark.parametrize("part", [lambda value: value, lambda value: value[0]], ids=["a value", "a part of it"])
def test_what_comes_from_it_is_digested_once_for_all_runs(
    path: Path, digested: list[object], part: Callable[[tuple[object, ...]], object]
) -> None:
    found = []
    for _ in range(2):
        with shelf.opened(path, lambda: AROUND):
            found.append(shelf.digest(part(shelf.kept("it", (), lambda: VALUE))))
    assert digested == [part(VALUE)] and found == [shelf.digest(part(VALUE))] * 2


def test_another_value_has_a_digest_of_its_own(path: Path) -> None:
    found = set()
    for number in range(2):
        with shelf.opened(path, lambda: AROUND):
            found.add(shelf.digest(shelf.kept("it", (number,), lambda number=number: (VALUE[0], number))))
    assert len(found) == 2


def small(path: Path, made: list[str], about: str) -> str:
    with shelf.opened(path, lambda: AROUND):
        return shelf.small("sizes", (VALUE[0], about), lambda: (made.append(about), f"of {about}")[1])


def test_small_values_of_one_name_lie_beside_each_other(path: Path, made: list[str]) -> None:
    assert [small(path, made, about) for about in ("a", "b", "a", "b")] == ["of a", "of b"] * 2
    assert made == ["a", "b"]


def test_a_small_value_is_worked_out_where_no_shelf_is_open(made: list[str]) -> None:
    assert [shelf.small("sizes", (1,), lambda: made.append("made") or 5) for _ in range(2)] == [5, 5] and len(made) == 2
