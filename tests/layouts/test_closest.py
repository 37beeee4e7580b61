"""The end of a short leaflet set closest: dates beside the code to scan, with room between, each behind its label."""

from __future__ import annotations

import re
from typing import Any

import pytest
import weasyprint

from plainleaf.clinics.details import printed_address
from plainleaf.layouts.markup import dated
from tests.conftest import ROOT

BASE = ROOT / "layouts/base/base.css"
SIZES = (
    ":root { --body: 14pt; --lead: 14pt; --least: 12pt; --least-latin: 12pt; --latin: 14pt; --line: 1.4;"
    " --head: 10mm; --foot-line: 1.3 }"
)
FACTS = {
    "Fecha de redacción": dated("29 de noviembre de 2026"),
    "Próxima revisión": dated("29 de noviembre de 2027"),
    "País": "Estados Unidos",
}
ADDRESS = printed_address("https://clinic.example/leaflets/opioid-overdose.es.pdf")


def end(direction: str, width: int) -> Any:
    """The page's boxes: those of the facts, the code and the lines of the address."""
    macro = (ROOT / "layouts/base/parts.html").read_text(encoding="utf-8")
    assert (
        '<p class="label" role="term">{{ label }}</p><div class="value" role="definition">' in macro
    )  # as it is written here: a space would part them
    facts = "".join(
        f'<div class="fact" role="listitem"><p class="label" role="term">{label}</p>'
        f'<div class="value" role="definition"><p>{value}</p></div>\n</div>\n'
        for label, value in FACTS.items()
    )
    code = '<p class="code"><svg xmlns="http://www.w3.org/2000/svg" width="28mm" height="28mm"></svg></p>'
    link = f'<p class="label">En la web</p><p><bdi dir="ltr"><a href="https://clinic.example">{ADDRESS}</a></bdi></p>'
    scan = f'<div class="scan">{code}<div class="said">{link}</div></div>'
    body = f'<section class="closing about"><h2>Folleto</h2><div class="facts">{facts}</div>{scan}</section>'
    html = f'<html lang="es" dir="{direction}"><body class="closer closest">{body}</body></html>'
    css = f"@page {{ size: {width}mm 150mm; margin: 0 }} html {{ font-family: Noto Sans }}"
    styles = [weasyprint.CSS(string=text) for text in (SIZES, BASE.read_text(encoding="utf-8"), css)]
    (page,) = weasyprint.HTML(string=html, base_url=BASE.as_uri()).render(stylesheets=styles).pages
    return list(page._page_box.descendants())


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_text_keeps_clear_of_the_code_and_labels_stay_with_their_values(direction: str) -> None:
    boxes = end(direction, 170)
    texts = [box for box in boxes if getattr(box, "text", "")]
    (code,) = [box for box in boxes if str(box.element_tag).endswith("svg")]
    facts = [box for box in texts if any(box.element is each for each in _within(boxes, "facts"))]
    left, right = min(box.position_x for box in facts), max(box.position_x + box.width for box in facts)
    gap = code.position_x - right if direction == "ltr" else left - (code.position_x + code.width)
    assert gap >= 15  # px: 4 mm
    lines = _lines(facts)
    for label, value in FACTS.items():
        kept = value if value == dated(value) else value.split()[0]
        assert any(label.split()[-1] in line and kept in line for line in lines)
    address = re.sub("[\u200b\u2060]", "", "|".join(_lines([box for box in texts if box.element_tag == "a"])))
    assert address in (
        "clinic.example/leaflets/|opioid-overdose.es.pdf",
        "clinic.example/|leaflets/|opioid-overdose.es|.pdf",
    )


def _within(boxes: list[Any], name: str) -> list[Any]:
    return [
        each
        for box in boxes
        if box.element is not None and box.element.get("class") == name
        for each in box.element.iter()
    ]


def _lines(boxes: list[Any]) -> list[str]:
    """The texts of each line, in the order of the page."""
    lines: dict[int, str] = {}
    for box in boxes:
        middle = round(box.position_y + box.height / 2)
        at = next((line for line in lines if abs(line - middle) < 5), middle)
        lines[at] = lines.get(at, "") + box.text
    return list(lines.values())
