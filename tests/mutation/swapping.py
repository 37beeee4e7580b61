"""Mutants without a fresh start: the tests are collected once, and a fork gets the mutated code in place of the old.

The code and defaults of functions are exchanged, and constants made of plain data. What other modules made of these
when they were loaded stays, as do classes. So a survivor is believed only if nothing but the code of functions differs,
and none of them ran before the tests did; any other is tried once more with a fresh start (``running``).
"""

from __future__ import annotations

import ast
import functools
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from covering import Lines
from mutants import Mutant
from running import Trial, bound, waited

OURS = ("plainleaf", "tests")
Pair = tuple[CodeType, CodeType]


def exchanged(source: bytes, mutant: Mutant, path: str) -> list[Pair]:
    """The code of each function that the mutant changes, with what comes in its place."""
    old, new = (list(_functions(compile(text, path, "exec", dont_inherit=True)))
                for text in (source, mutant.applied(source)))  # fmt: skip
    if [code.co_qualname for code in old] != [code.co_qualname for code in new]:
        return []
    pairs = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
    return pairs if all(one.co_freevars == two.co_freevars for one, two in pairs) else []


def outside(source: bytes, path: str) -> str:
    """The code of a file but what is in its functions, to be compared: what runs when the file is loaded."""
    tree = ast.parse(source, path)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
    return ast.dump(tree)


def lines_of(code: CodeType) -> set[int]:
    """The lines that run when a function is called, with what is defined in it; not the line that defines it."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    own = {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
    return own.union(*map(lines_of, inner))


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes, without those inside functions."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & 2:  # its names are its own: no body of a class
                yield constant
            else:
                yield from _functions(constant)


def loaded(code: CodeType, live: ModuleType) -> ModuleType:
    """A module made of this code as if in the place of another. Raises what the code does."""
    fresh = ModuleType(live.__name__)
    fresh.__dict__.update(__file__=live.__file__, __package__=live.__package__)
    sys.modules[live.__name__] = fresh  # dataclasses look there for their types
    try:
        exec(code, fresh.__dict__)
    finally:
        sys.modules[live.__name__] = live
    return fresh


def take_over(live: ModuleType, fresh: ModuleType) -> None:
    """The constants that came out otherwise, and the defaults of functions."""
    for name, value in vars(fresh).items():
        own = vars(live).get(name)
        if isinstance(value, FunctionType) and isinstance(own, FunctionType):
            if _is_data(value.__defaults__) and _is_data(value.__kwdefaults__):
                own.__defaults__, own.__kwdefaults__ = value.__defaults__, value.__kwdefaults__
        elif name[:2] != "__" and name in vars(live) and _is_data(value) and own != value:
            _replace(name, own, value)


def _is_data(value: object) -> bool:
    if isinstance(value, tuple | list | set | frozenset):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(map(_is_data, (*value, *value.values())))
    return value is None or type(value) in (str, bytes, int, float, bool, range, Fraction, re.Pattern)


def _replace(name: str, old: object, new: object) -> None:
    """Also where other modules have imported it."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith(OURS) and vars(module).get(name) is old:
            setattr(module, name, new)


class Host:
    """A plugin of pytest that tries mutants instead of running the tests.

    ``target`` gets a line of JSON for each, its number and whether it survived, ``null`` for one that might be killed
    after a fresh start; first a line with the tests that fail in a fork without any mistake, and so can say nothing.
    ``early``: by file, the lines that ran before any test.
    """

    def __init__(self, root: Path, trials: Sequence[Trial], target: Path, early: Lines) -> None:
        self.root, self.trials, self.target, self.early = root, trials, target, early
        self.live: dict[tuple[str, str, int], list[FunctionType]] = {}
        self.caches: list[Any] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.unfreeze()  # what is frozen (tests/conftest.py) is not among the objects that are known
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                code = thing.__code__
                self.live.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(thing)
            elif isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith(OURS):
                self.caches.append(thing)
        asked = {test for trial in self.trials for test in trial.tests}
        items = {item.nodeid: item for item in session.items if item.nodeid in asked}
        failing = self._failing(list(items.values()))
        with self.target.open("w", encoding="utf-8") as out:
            print(json.dumps(failing), file=out, flush=True)
            for trial in self.trials:
                run = [items[test] for test in trial.tests if test in items and test not in failing]
                lives = not run or self._survives(trial, run)
                known = lives and (None if run and not self._is_whole(trial) else True)
                print(json.dumps([trial.number, known]), file=out, flush=True)
        return True

    def _failing(self, items: Sequence[pytest.Item]) -> list[str]:
        told = self.target.with_suffix(".failing")

        def run() -> int:
            told.write_text("\n".join(item.nodeid for item in _failed(items)), encoding="utf-8")
            return 0

        if self._forked(run, 3600) != 0:
            raise RuntimeError("the tests could not be run without a mistake")
        return told.read_text(encoding="utf-8").split("\n")

    def _is_whole(self, trial: Trial) -> bool:
        """Whether a fork differs in nothing from a process that was started with the mutant."""
        path = str(self.root / trial.mutant.file)
        source = Path(path).read_bytes()
        pairs = exchanged(source, trial.mutant, path)
        early = self.early.get(trial.mutant.file, set())
        return (
            bool(pairs)
            and outside(source, path) == outside(trial.mutant.applied(source), path)
            and all(self.live.get((path, old.co_qualname, old.co_firstlineno)) for old, _ in pairs)
            and not any(early & lines_of(old) for old, _ in pairs)
        )

    def _survives(self, trial: Trial, items: Sequence[pytest.Item]) -> bool:
        path = str(self.root / trial.mutant.file)
        pairs = exchanged(Path(path).read_bytes(), trial.mutant, path)
        changed = compile(trial.mutant.applied(Path(path).read_bytes()), path, "exec", dont_inherit=True)
        live = sys.modules.get(trial.mutant.file.removesuffix(".py").replace("/", "."))

        def run() -> int:
            for old, new in pairs:
                for function in self.live.get((path, old.co_qualname, old.co_firstlineno), ()):
                    function.__code__ = new
            if live:
                take_over(live, loaded(changed, live))
            for cache in self.caches:
                cache.cache_clear()
            return int(any(_failed(items)))

        return self._forked(run, trial.seconds) == 0

    @staticmethod
    def _forked(run: Callable[[], int], seconds: float) -> int | None:
        child = os.fork()
        if not child:
            code = 1  # no child goes on as its parent; a test that ends the process has noticed something
            try:
                os.setsid()
                bound(seconds)
                code = run()
            finally:
                os._exit(code)
        return waited(child, seconds)


def _failed(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Those that fail; file by file, so that what the tests of a file share is made once."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    ordered: list[pytest.Item | None] = [*(item for each in files.values() for item in each), None]
    for item, behind in pairwise(ordered):
        if item and any(report.failed for report in runtestprotocol(item, log=False, nextitem=behind)):
            yield item
