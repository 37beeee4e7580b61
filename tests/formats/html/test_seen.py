"""An HTML page shows that its text is a draft or a sample, whatever a template or style sheet does to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.formats.html import seen, tokens
from plainleaf.model import Location
from tests.conftest import ROOT, plainleaf

NOTICE = "Draft translation: not yet checked"
AT = Location("sources/sample.md")
LINE = f"<div class='notices'><p>{NOTICE}</p></div>"


def lacking(body: str, style: str = "") -> list[str]:
    """The checks that a page fails which must show one notice."""
    page = f"<!doctype html><html lang=en><head><title>A</title><style>{style}</style></head><body>{body}</body></html>"
    return [each.check for each in seen.faults(tokens.read(page), [NOTICE], AT)]


def test_a_notice_that_is_shown() -> None:
    assert not lacking(LINE)
    assert not lacking("<p>Draft <b>translation</b>:\n not&nbsp;yet <bdi>checked</bdi></p>")
    assert not lacking(f"<details open>{LINE}</details>")
    assert not lacking(LINE, ".notices { opacity: .9; height: 0.5em; margin: -1px; color: #000; font: 1.0em/0 serif }")
    assert not lacking(LINE, ".logo { display: none } p::before { display: none }")


@pytest.mark.parametrize(
    "body",
    [
        "<p>Text.</p>",
        f"<p title='{NOTICE}'>Text.</p>",
        f"<img alt='{NOTICE}'>",
        f"<div hidden>{LINE}</div>",
        f"<div aria-hidden=true>{LINE}</div>",
        f"<details><summary>More</summary>{LINE}</details>",
        f"<template>{LINE}</template>",
        f"<!-- {LINE} -->",
        f"<div style='display:none'>{LINE}</div>",
        LINE[: LINE.index(" not yet")] + "</p></div><p>Text.</p><p>not yet checked</p>",
    ],
)
def test_a_template_that_leaves_it_out(body: str) -> None:
    assert lacking(body) == ["fit-notice"]


@pytest.mark.parametrize(
    "style",
    [
        ".notices { display: none }",
        "body > .notices p { visibility: hidden !important }",
        "@media (max-width: 40rem) { .notices { display: none } }",
        "@media print { .notices { display: none } }",
        "p { font-size: 0 }",
        "p { font: bold 0/0 serif }",
        ".notices { opacity: 0.0 }",
        ".notices { height: 0px; overflow: hidden }",
        ".notices { position: absolute; left: -9999px }",
        ".notices { clip-path: inset(50%) }",
        ".notices { color: transparent }",
        ".notices { transform: scale(0) }",
        "h1, :is(.notices, .x) { display: none }",
    ],
)
def test_a_style_sheet_that_hides_it(style: str) -> None:
    assert lacking(LINE, style) == ["fit-notice"]


def test_it_is_an_error_of_the_file(content: Path, replaced: Callable[[Path, str, str], None]) -> None:
    shutil.copytree(ROOT / "layouts/base", content / "layouts/base")
    replaced(content / "layouts/base/web.css", ".notices { margin", ".notices { display: none; margin")
    done = plainleaf("publish", "inhaler", "--format", "html", "--locale", "es", root=content)
    assert done.returncode == 1 and "fit-notice" in done.stdout + done.stderr
    assert not (content / "build/inhaler/es/index.html").exists()
