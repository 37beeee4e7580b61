"""A layout of a root's own that prints a picture of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v{}z"/></svg>'


def stamped(root: Path) -> Path:
    """Put the layout “mine” into a root: A4 with a stamp; gives its folder."""
    folder = root / "layouts/mine"
    shutil.copytree(ROOT / "layouts/a4", folder)
    (folder / "layout.html").write_text(
        '{% extends "base/page.html" %}{% block opening %}{{ super() }}'
        '<p><img alt="A stamp" src="layouts/mine/stamp.svg" width="40" height="40"></p>{% endblock %}',
        encoding="utf-8",
    )
    (folder / "stamp.svg").write_text(SVG.format(3), encoding="utf-8")
    return folder
