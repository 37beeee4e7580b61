"""What templates and style sheets print without a catalog is found, so that it can be signed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

from plainleaf.layouts import literals, sandbox
from tests.conftest import ROOT


def found(tmp_path: Path, name: str, text: str) -> list[str]:
    file = tmp_path / "layouts/a4" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [message.text for message in literals.messages([tmp_path / "layouts"])]


CSS = {
    "a string": ('p::before { content: "Stop" }', ['p::before { content: "Stop" }']),
    "a string with others": ('p::before { content: "[" attr(lang) }', ['p::before { content: "[" attr(lang) }']),
    "in a variable": (':root { --word: "Not" }', [':root { --word: "Not" }']),
    "in a list's marks": ('ul { list-style-type: "x " }', ['ul { list-style-type: "x " }']),
    "on the margin": ('@page { @top-left { content: "Old" } }', ['@page @top-left { content: "Old" }']),
    "for print alone": ('@media print { p::after { content: "!" } }', ['@media print p::after { content: "!" }']),
    "in a counter": ('@counter-style c { symbols: "1" "7" }', ['@counter-style c { symbols: "1" "7" }']),
    "what hides": ("p { color: red; display: none }", ["p { display: none }"]),
    "what changes letters": ("p { text-transform: uppercase }", ["p { text-transform: uppercase }"]),
    "a picture": ("p { background: url(none.svg) }", ["p { background: url(none.svg) }"]),
    "what hides by a variable": (":root { --gone: none }", [":root { --gone: none }"]),
    "what strikes text out": ("b { text-decoration: line-through }", ["b { text-decoration: line-through }"]),
    "what turns letters": ("b { transform: rotate(180deg) }", ["b { transform: rotate(180deg) }"]),
    "another order": ("ol { flex-direction: column-reverse }", ["ol { flex-direction: column-reverse }"]),
    "a figure that is counted": (
        "p { counter-reset: dose 20 } p::before { content: counter(dose) }",
        ["p { counter-reset: dose 20 }", "p::before { content: counter(dose) }"],
    ),
    "a picture in quotation marks": ('p { background: url("none.svg") }', ['p { background: url("none.svg") }']),
    "an empty string": ('p::before { content: "" }', []),
    "the name of a font": ('p { font-family: "Noto Sans" }', []),
    "a string in a selector": ('p[data-kind="x"] { color: red }', []),
    "a comment": ('/* p::before { content: "Stop" } */', []),
    "what is no CSS": ('p { content "Stop" ', []),
}


@pytest.mark.parametrize(("css", "texts"), CSS.values(), ids=CSS)
def test_of_style_sheets(tmp_path: Path, css: str, texts: list[str]) -> None:
    assert [text.strip() for text in found(tmp_path, "layout.css", css)] == texts


HTML = {
    "words": ("<p class='x'>Take two</p>", ["Take two"]),
    "words around a value": ("<p{{ attrs }}>Take {{ dose }} now</p>", ["Take", "now"]),
    "an attribute that is read aloud": ('<img src="x.svg" alt="A hand">', ["alt: A hand"]),
    "an expression": ("<p>{{ 'Not' if sample else title }}</p>", ["Not"]),
    "a text handed on": ("{{ fact('Call 911') }}", ["Call 911"]),
    "a text that is set": ("{% set x = 'Twice a day' %}", ["Twice a day"]),
    "a figure": ("<p>{{ 20 }} or {{ 2.5 }}</p>", ["or", "20", "2.5"]),
    "a part of a list": ("{{ ['Take 20', 'Take 2'][0] }}", ["Take 20", "Take 2"]),
    "a part of a table": ("{{ {'x': 'Take 20'}['x'] }}", ["Take 20"]),
    "a text that is changed": ("{{ 'Take 20 '.strip() }}", ["Take 20"]),
    "one after another": ("{% for x in ['Take 20'] %}{{ x }}{% endfor %}", ["Take 20"]),
    "for some lines": ("{% with x = 'Take 20' %}{{ x }}{% endwith %}", ["Take 20"]),
    "what replaces words": ("{% filter replace('2', '20') %}{{ x }}{% endfilter %}", ["2", "20"]),
    "what replaces a small word": ("{% filter replace('puffs', 'drops') %}{{ x }}{% endfilter %}", ["puffs", "drops"]),
    "where a list begins": ('<ol start="20"></ol>', ["start: 20"]),
    "a style": ('<style>p::after { content: "no" }</style>', ['p::after { content: "no" }']),
    "a message": ("<p>{{ _('Phone') }}</p>", []),
    "a message that is put together": ("{{ _('Take ' ~ '20') }}", ["Take", "20"]),
    "a message that no catalog has": ("{{ source('Take half') }}", ["Take half"]),
    "names of things": ("{% set x = 'heading' %}<p class=\"{{ x }}\"></p>", []),
    "a comment": ("{# not this #}<!-- nor this --><p></p>", []),
    "a template that cannot be read": ("{% if %}", []),
}


@pytest.mark.parametrize(("html", "texts"), HTML.values(), ids=HTML)
def test_of_templates(tmp_path: Path, html: str, texts: list[str]) -> None:
    assert found(tmp_path, "layout.html", html) == texts


@pytest.mark.parametrize("css", ["url(stop.svg)", 'url("stop.svg")', "url(go.svg), url( 'stop.svg' )"])
def test_a_picture_is_signed_as_it_is_drawn(tmp_path: Path, css: str) -> None:
    css = f"p {{ background: {css} }}"
    first = found(tmp_path, "stop.svg", "<svg/>") + found(tmp_path, "layout.css", css)
    assert found(tmp_path, "stop.svg", "<svg><path/></svg>") != first


@pytest.mark.parametrize("name", ["base/status.html", "base/screen.css"])
def test_what_is_not_signed_is_on_no_page_of_a_leaflet(name: str) -> None:
    sandbox.environment((ROOT / "layouts",), staff=True).get_template(name)
    with pytest.raises(TemplateNotFound):
        sandbox.environment((ROOT / "layouts",)).get_template(name)


def test_a_long_declaration_is_signed_by_its_digest(tmp_path: Path) -> None:
    css = "p {{ background: url(data:image/png;base64,{}) }}"
    one, other = (found(tmp_path, "layout.css", css.format("A" * 9000 + end)) for end in "BC")
    assert one != other and len(one[0]) < 600


def test_pages_for_staff_are_those_for_screens() -> None:
    """No patient reads them."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plainleaf/site").glob("*.py"))
    named = {f"base/{name}.html" for name in re.findall(r'"([a-z-]+)"', code)}
    pages = {name for name in named if (ROOT / "layouts" / name).is_file()}
    texts = [(ROOT / "layouts" / name).read_text(encoding="utf-8") for name in pages]
    parts = {part for text in texts for part in re.findall(r'(?:from|extends) "(base/[a-z-]+\.html)"', text)}
    pages -= {"base/page.html", "base/parts.html"}  # words of this program that are names of templates too
    assert pages | parts == {name for name in literals.FOR_STAFF if name.endswith(".html")}
