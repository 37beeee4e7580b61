"""A style sheet that is read file by file is the one that is read in one piece."""

from __future__ import annotations

from typing import Any

import pytest
import tinycss2

from plainleaf.formats.pdf import kept

FIRST = (
    "@page { size: 90mm 70mm } @page :first { margin: 9mm }\n:root { --room: 2mm }\np.sample, li > p { color: red }\n"
)
SECOND = "@media print { p { margin: 2mm } }\n/* p */ li::marker { color: blue } p { colour: red; color: #111 }\n"
THIRD = "p:has(+ p) { color: green } p::no-such { color: red }\n@page { @top-left { content: 'Sample' } }\n[ { }"
FOLDERS, BASE = ("/sheets",), "file:///sheets/"


def read(css: str, *starts: int) -> tuple[Any, list[str]]:
    """All that a sheet says, in its order, and the mistakes in it."""
    kept.stylesheet.cache_clear()
    sheet, faults = kept.stylesheet(css, FOLDERS, BASE, starts)
    by_kind = vars(sheet.matcher)
    selectors = [
        (kind, key, *rest[:-1], repr(rest[-1]))
        for kind in sorted(by_kind)
        if isinstance(by_kind[kind], dict)
        for key, entries in by_kind[kind].items()
        for _, *rest in entries
    ]
    others = [(*rest[:-1], repr(rest[-1])) for _, *rest in sheet.matcher.other_selectors]
    return (selectors, others, repr(sheet.page_rules), sheet.layers, sheet.base_url), [
        each.getMessage() for each in faults
    ]


def lines(*files: str) -> tuple[int, ...]:
    return tuple("".join(files[:number]).count("\n") + 1 for number in range(len(files)))


def test_it_says_the_same_and_names_the_same_lines() -> None:
    files = (FIRST, SECOND, THIRD)
    whole, parts = read("".join(files)), read("".join(files), *lines(*files))
    assert len(whole[1]) >= 2
    assert parts == whole


@pytest.mark.parametrize(
    "files",
    [
        ("p { color: red\n", "} b { color: red }\n"),
        ("p { color: red } /* \n", "b { color: blue } */ i { color: red }\n"),
        ("p,\n", "b { color: red }\n"),
        ("p { color: red } }\n", "b { color: red }\n"),
        ("p { content: 'a\\\n", "b' } i { color: red }\n"),
        ("@layer low { p { color: red } }\n", "@layer high, low; p { color: blue }\n"),
        ("p { color: red }\n", "@import 'other.css'; b { color: red }\n"),
        ("@media print { @layer one { p { color: red } } }\n", "@layer two { p { color: blue } }\n"),
    ],
)
def test_what_goes_on_in_the_next_file_is_read_in_one_piece(files: tuple[str, str]) -> None:
    assert read("".join(files), *lines(*files)) == read("".join(files))


def test_a_file_that_two_sheets_share_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept._part.cache_clear()
    read_texts: list[str] = []
    usual = tinycss2.parse_stylesheet

    def counted(text: str, *others: Any, **named: Any) -> Any:
        read_texts.append(text)
        return usual(text, *others, **named)

    monkeypatch.setattr(tinycss2, "parse_stylesheet", counted)
    for own in ("b { color: red }", "i { color: red }"):
        read(FIRST + SECOND + own, *lines(FIRST, SECOND, own))
    assert sum("sample" in text for text in read_texts) == 1
