"""Which heavy parts a command loads, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import OURS

HEAVY = ("babel", "jinja2", "markdown_it", "plainleaf.pipeline")


def loaded(root: Path, *command: str) -> list[str]:
    """Those of ``HEAVY`` that a command in a root has loaded when it ends."""
    code = f"import sys, plainleaf.cli.main as c\nc.main({[*command]})\nprint(*(set({HEAVY}) & sys.modules.keys()))"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=root, capture_output=True, text=True, check=True, env={**os.environ, **OURS})
    return done.stdout.split("\n")[-2].split()
