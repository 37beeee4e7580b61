"""Stock ``pybabel extract`` with our ``[tool.babel]`` mapping gives the messages that ``publish.py extract`` gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from plainleaf.translations import po as catalogs
from tests.conftest import ROOT, plainleaf


def messages(*paths: Path) -> dict[tuple[str, str], frozenset[str]]:
    """The words that these templates say to translators of each message, in any order: Babel breaks long comments into
    lines, and puts those of all places of a message together, where each leaflet has a template of its own with us."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for path in paths:
        catalog, findings = catalogs.read(path, path.parent)
        assert catalog, findings
        for key, entry in catalog.live.items():
            found[key] = found.get(key, frozenset()) | {*" ".join(entry.notes).split()}
    return found


def pybabel(root: Path, *arguments: str) -> None:
    """Run the command that Babel installs; our extractor reaches it by the installed package's entry point."""
    if "plainleaf" not in entry_points(group="babel.extractors").names:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("the package is not installed; run: pip install -e .")
    command = [str(Path(sys.executable).with_name("pybabel")), "-q", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


def test_pybabel_extracts_what_we_extract(tmp_path: Path) -> None:
    root = tmp_path / "copy"
    for folder in ("sources", "layouts"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "tests" / "content" / "sources" / "inhaler.md", root / "sources")
    shutil.copy(ROOT / "pyproject.toml", root)
    done = plainleaf("extract", root=root)
    assert done.returncode == 0, done.stderr
    pybabel(root, "extract", "-F", "pyproject.toml", "-c", "Translators:", "-o", "x.pot", ".")
    ours, theirs = messages(*(root / "locales").glob("*.pot")), messages(root / "x.pot")
    assert len(ours) > 200
    assert {key for key in ours if key[0]}  # messages with a context are among them
    assert theirs == ours
