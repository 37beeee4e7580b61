"""Every regular expression of the package takes time with a text's length, not with its square, whatever the text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import plainleaf

HERE = Path(plainleaf.__file__).parent
LENGTH = 20_000  # signs: the square of it takes thousands of times as long as a linear pattern
SECONDS = 0.3  # of CPU, for one text; a linear pattern takes a few milliseconds, a square one more than a second
PIECES = (
    "a",
    "1",
    " ",
    "(",
    "[",
    "{",
    "<",
    "*",
    "_",
    "-",
    ".",
    "/",
    "\\",
    '"',
    "“",
    "a ",
    "1,",
    "a-",
    "a.",
    "a@",
    "{a",
    "[a](",
    "no ",
    "م",
)
ONCE = {"match", "fullmatch", "pattern"}  # these begin at one place


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(plainleaf.__path__, "plainleaf."):
        if not module.name.endswith("__main__"):
            yield module.name


def _asked(source: str) -> Iterator[tuple[str, str]]:
    """Names and what is asked of them: ``_DOSE.finditer`` and ``doses.DOSE.finditer`` alike."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            yield owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", ""), node.attr


@dataclass(frozen=True)
class Pattern:
    """A pattern as a module keeps it, and which methods of it anybody calls by its name."""

    name: str
    compiled: re.Pattern[str]
    methods: frozenset[str]


@cache
def _patterns() -> list[Pattern]:
    sources = {path: path.read_text("utf-8") for path in HERE.rglob("*.py")}
    asked = {path: list(_asked(source)) for path, source in sources.items()}
    found = list[Pattern]()
    for module in map(importlib.import_module, _modules()):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                where = [Path(str(module.__file__))] if name.startswith("_") else list(asked)
                methods = frozenset(method for path in where for owner, method in asked[path] if owner == name)
                found.append(Pattern(f"{module.__name__}.{name}", value, methods))
    return found


class Slow(BaseException):
    """More than ``SECONDS`` of CPU."""


@pytest.fixture
def limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Slow

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def _slow(pattern: re.Pattern[str], methods: frozenset[str] = frozenset()) -> list[str]:
    """The pieces of which a long text takes too long. ``methods``: what is asked of the pattern; none is any."""
    found = []
    for piece in PIECES:
        text = piece * (LENGTH // len(piece))
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            if methods and methods <= ONCE:
                pattern.match(text)
                pattern.fullmatch(text)
            else:
                deque(pattern.finditer(text), maxlen=0)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except Slow:  # the clock of one text rings once
            found.append(piece)
    return found


def test_patterns_are_found_and_a_slow_one_is_noticed(limited: None) -> None:
    assert len(_patterns()) > 150
    assert _slow(re.compile(r"\w+@\w+")) == ["a", "1", "_", "م"]
    assert not _slow(re.compile(r"\w+@\w+"), frozenset({"fullmatch"}))


def test_no_pattern_takes_time_with_the_square_of_a_text(limited: None) -> None:
    slow = {each.name: _slow(each.compiled, each.methods) for each in _patterns()}
    assert {name: pieces for name, pieces in slow.items() if pieces} == {}
