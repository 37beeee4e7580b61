"""Pages that are hard to tag, as a screen reader says them: ``tests/golden/read-hard.txt``.

``PLAINLEAF_GOLDEN=1`` writes it anew; read the difference with your ears.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from plainleaf.formats.pdf import render
from plainleaf.reading import aloud, tags
from plainleaf.typesetting import locales, subsets
from tests import sheets

GOLDEN = Path(__file__).parents[1] / "golden" / "read-hard.txt"
VOICES = {
    "ar": ("ar", "rtl", "خذ 5 ملغ من (naloxone) كل يوم."),
    "hi": ("hi", "ltr", "हर दिन 5 मिलीग्राम लें।"),
    "zh-Hans": ("zh_Hans", "ltr", "每天服用5毫克。"),
    "th": ("th", "ltr", "กินยาวันละ 5 มิลลิกรัม"),
    "es": ("es", "ltr", "Tome 5 mg cada día."),
}
FILLER = "Words that fill a line and go on and on. "
ADDRESS = "https://example.org/a-long-way-from-here"


def body() -> str:
    """Lists in lists, a table and a link over pages, a box over two of them, a note, five scripts in a line."""
    deep = "".join(f"<li>Step {number}<ul class=dots><li>{FILLER * 3}<li>Part two</ul>" for number in range(1, 13))
    rows = "".join(f"<tr><th scope=row>Day {day}<td>{day} mg<td>{FILLER if day % 7 else ''}" for day in range(1, 61))
    voices = " ".join(f"<bdi lang={tag} dir={way}>{said}</bdi>" for tag, (_, way, said) in VOICES.items())
    head = "<thead><tr><th scope=col>When<th scope=col>Dose<th scope=col>More</thead>"
    return f"""<main><h1>Hard pages</h1><p>Mixed voices: {voices} And on in English.</p>
<section class=box><h2>A box over two pages</h2><p>{FILLER * 40}</p><p>{FILLER * 60}</p></section>
<h2>Steps</h2><ol>{deep}</ol>
<h2>Days</h2><table><caption>Sixty days</caption>{head}{rows}</table>
<h2>A link</h2><p>Before <a href="{ADDRESS}">{FILLER * 70}</a> after.<a href="#n1" role="doc-noteref">[1]</a></p>
<p role=doc-footnote id=n1>A note with <strong>weight</strong>.</p></main>"""


def test_hard_pages_are_heard_in_order() -> None:
    css = "tr { break-inside: avoid } .box { border: 1pt solid #111; padding: 3mm } .dots { list-style: disc }"
    names = ("en", *(name for name, _, _ in VOICES.values()))
    used = dict.fromkeys(font for name in names for font in locales.locale(name).fonts)
    fonts = subsets.cut(used, "".join(said for _, _, said in VOICES.values()))
    sheet = replace(
        sheets.sheet(body(), css),
        font_css=subsets.face_css(fonts),
        families=subsets.aliases(fonts),
        folders=tuple(map(str, subsets.cut_folders(fonts))),
    )
    made = render.write(sheet)
    assert made.data, made.findings
    assert made.pages > 6
    found = "\n".join(line.replace(FILLER.strip(), "~") for line in aloud.lines(tags.read(made.data))) + "\n"
    if os.environ.get("PLAINLEAF_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
