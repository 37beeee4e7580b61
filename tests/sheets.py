"""Small sheets printed in this process, for the checks on the page."""

from __future__ import annotations

from functools import cache
from typing import Any

from plainleaf.formats.pdf import render as pdf
from plainleaf.model import Location, Printed, Rules, Severity, Sheet
from plainleaf.typesetting import locales, subsets

RULES = Rules("sample", "English", "en", "Latn", 14, 12, 1.4, at=Location("layouts/sample/layout.toml"))
BASE = (
    "@page { size: 210mm 297mm; margin: 20mm } html { font-size: 14pt; line-height: 1.4; color: #111111 }"
    " h1, h2 { font-size: 1em } td { padding: 0 } a { text-decoration: none }"
)


@cache
def cuts(tag: str, letters: str) -> tuple[subsets.CutFont, ...]:
    """The fonts of a locale cut to what a text needs; basic letters are always in them."""
    return subsets.cut(locales.locale(tag).fonts, letters)


def sheet(body: str, css: str = "", tag: str = "en", **rules: Any) -> Sheet:
    """A whole sheet around what stands in ``<body>``; ``rules`` differ from ``RULES``."""
    where = locales.locale(tag)
    made = Rules(**{name: rules.get(name, getattr(RULES, name)) for name in Rules.__slots__})
    used = cuts(tag, "".join(sorted({char for char in body if not char.isascii()})))
    return Sheet(
        name="sample.pdf",
        html=f"<!doctype html><html lang='{where.tag}' dir='{where.direction}'><head><title>Sample</title></head>"
        f"<body>{body}</body></html>",
        css=BASE + css,
        font_css=subsets.face_css(used),
        families=subsets.aliases(used),
        folders=tuple(map(str, subsets.cut_folders(used))),
        base="file:///sheets/",
        at=Location("sources/a.md"),
        rules=made,
    )


def printed(body: str, css: str = "", tag: str = "en", **rules: Any) -> Printed:
    """What the PDF writer makes of it."""
    return pdf.write(sheet(body, css, tag, **rules))


def raised(made: Printed) -> dict[str, Severity]:
    """The checks that found something, each with the gravest of its findings (errors first)."""
    order = list(Severity)
    found: dict[str, Severity] = {}
    for finding in made.findings:
        found[finding.check] = min(found.get(finding.check, Severity.UNMEASURED), finding.severity, key=order.index)
    return found
