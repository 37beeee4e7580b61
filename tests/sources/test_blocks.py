"""The table of blocks: nothing of a kind is missing, and each block says how it is written when it is misused."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from plainleaf.approvals import contents
from plainleaf.layouts import excerpts
from plainleaf.layouts.reading_order import GROUP_HEAD, HEAD, ROW_HEAD, reading_order
from plainleaf.model import Block, Kind, Leaflet, has_error, without_foreign
from plainleaf.sources import markdown
from plainleaf.sources.blocks import FENCED, KINDS
from plainleaf.sources.body import About
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.conftest import ROOT
from tests.layouts.test_first_block import HEAD as HEAD_OF_ALL

TEMPLATES = ROOT / "layouts/base/blocks"
README = (ROOT / "sources/README.md").read_text(encoding="utf-8")
PLAIN = """
## At home

Drink water.

- Rest.

| Form | Dose |
|---|---|
| Syrup | 5 ml[^1] |

[^1]: Shake it first.

![A cup](pictures/cup.svg "Drink each hour")
"""


def leaflet(body: str) -> Leaflet:
    made, _ = markdown.parse("sources/cough.md", HEAD_OF_ALL + body + "\n")
    assert made
    return made


@cache
def written() -> tuple[Block, ...]:
    """Every block that the examples of the table and plain Markdown make."""
    bodies = (PLAIN, *(fenced.example for fenced in FENCED.values()))
    return tuple(block for body in bodies for block in leaflet(body).walk())


def missing(kind: Kind, about: About | None, blocks: tuple[Block, ...], templates: Path) -> list[str]:
    """What a kind of block lacks, in words."""
    if about is None:
        return ["what is known of it (KINDS in a module of plainleaf/sources/blocks/)"]
    found = []
    these = [block for block in blocks if block.kind is kind]
    if not these:
        found.append("a parser that makes it from the example of a block, or from plain Markdown")
    if any(block.inlines for block in these) and not about.message:
        found.append("what translators are shown of its text (message)")
    template = templates / f"{about.template}.html"
    if about.template and not template.exists():
        found.append(f"its template {template.name}")
    elif about.template and not re.search(
        rf"{{% macro {about.template}\(piece\)", template.read_text(encoding="utf-8")
    ):
        found.append(f"a macro {about.template}(piece) in its template")
    return found


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_nothing_of_a_kind_is_missing(kind: Kind) -> None:
    assert missing(kind, KINDS.get(kind), written(), TEMPLATES) == []


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    question = KINDS[Kind.QUESTION]
    blocks = written()
    assert missing(Kind.QUESTION, None, blocks, TEMPLATES)[0].startswith("what is known of it")
    assert missing(Kind.QUESTION, question, (), TEMPLATES)[0].startswith("a parser")
    assert missing(Kind.QUESTION, replace(question, message=""), blocks, TEMPLATES)[0].startswith("what translators")
    assert missing(Kind.QUESTION, question, blocks, tmp_path) == ["its template questions.html"]
    (tmp_path / "questions.html").write_text("{% macro question(piece) %}{% endmacro %}", encoding="utf-8")
    assert missing(Kind.QUESTION, question, blocks, tmp_path) == ["a macro questions(piece) in its template"]


def test_every_template_and_style_sheet_belongs_to_a_kind() -> None:
    used = {about.template for about in KINDS.values()}
    assert {path.stem for path in TEMPLATES.iterdir()} <= used


@pytest.mark.parametrize("name", FENCED)
def test_an_example_is_written_as_the_readme_says_and_has_no_mistake(name: str) -> None:
    text = HEAD_OF_ALL + "::: words\n:::\n" * (name != "words") + FENCED[name].example + "\n"
    _, findings = markdown.parse("sources/cough.md", text)
    assert not has_error(findings), findings
    assert re.search(rf"^\|.*`::: {name}[ `]", README, re.MULTILINE), f"sources/README.md has no line for “::: {name}”"


@pytest.mark.parametrize("name", FENCED)
def test_every_text_of_a_block_reaches_translators_and_readers(name: str) -> None:
    made = leaflet(FENCED[name].example)
    texts = [block for top in made.blocks for block in top.walk() if block.inlines]
    at = {place for message in messages.extract(made) for place in message.at}
    own = [block for block in texts if without_foreign(block.inlines)]  # words in another language are not translated
    assert {block.at for block in own} <= at
    edition, _ = messages.localize(made, locales.locale("en"), "US", None, draft=False)
    said = [said for text in excerpts.TEXTS for said in reading_order(edition, text=text)]
    assert {block.at for block in texts} <= {each.block.at for each in said}
    assert {each.role for each in said} <= {HEAD, ROW_HEAD, GROUP_HEAD, *(kind.value for kind in Kind)}


@pytest.mark.parametrize("name", FENCED)
def test_what_a_block_says_of_itself_is_sealed(name: str) -> None:
    made = leaflet(FENCED[name].example)

    def sealed(blocks: tuple[Block, ...]) -> str:
        return contents.subject(replace(made, blocks=blocks), lambda *_: None, (), ROOT).content

    first, *rest = made.blocks
    for other in (replace(first, kind=Kind.TITLE), replace(first, options={**first.options, "more": "yes"})):
        assert sealed((other, *rest)) != sealed(made.blocks)
