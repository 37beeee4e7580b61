"""Links to another part of the leaflet: by the name that its author gave it, or by the words of its heading."""

from __future__ import annotations

import pytest

from plainleaf.model import Kind, Leaflet, Link
from plainleaf.sources import markdown
from plainleaf.translations import messages
from tests.sources.test_blocks import HEAD_OF_ALL

FIRST = HEAD_OF_ALL.count("\n")
PARTS = "## Side effects {#side}\n\nNone.\n\n## When to stop\n\nNow.\n\n## When to stop\n\nLater.\n\n"


def leaflet(body: str) -> Leaflet:
    made, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + "::: words\n:::\n\n" + body)
    assert made and {finding.check for finding in findings} <= {"source-reference-unused"}, findings
    return made


def test_a_link_leads_to_the_name_of_a_part_however_it_is_written() -> None:
    body = "See [A](#side), [B](#side-effects), [C](#when-to-stop), [D](#when-to-stop-1)."
    made = leaflet(PARTS + body)
    headings = [block.id for block in made.blocks if block.kind is Kind.HEADING]
    links = [part.href for part in made.blocks[-1].inlines if isinstance(part, Link)]
    assert headings == ["side", "when-to-stop", "when-to-stop-1"]
    assert links == ["#side", "#side", "#when-to-stop", "#when-to-stop-1"]


def test_a_heading_that_no_link_leads_to_gets_no_name() -> None:
    assert [block.id for block in leaflet(PARTS).blocks if block.kind is Kind.HEADING] == ["side", "", ""]


def test_a_link_may_lead_to_a_table_or_a_picture() -> None:
    leaflet("| A | B |\n|---|---|\n| 1 | 2 |\n{#T1}\n\n![A cup](pictures/cup.svg)\n{#P1}\n\nSee [A](#T1), [B](#P1).")


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("sides", "did you mean “side”?"),
        ("When-To-Stop", "did you mean “when-to-stop”?"),
        ("xyz", "put {#name} after the heading, and write #name in the link"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_at_its_line(target: str, hint: str) -> None:
    _, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + PARTS + f"Stop.\nSee [Side effects](#{target}).")
    found = [(each.at.line - FIRST, each.hint) for each in findings if each.check == "source-link-missing"]
    assert found == [(PARTS.count("\n") + 2, hint)]


def test_translators_learn_which_part_a_link_leads_to() -> None:
    found = {message.text: message for message in messages.extract(leaflet(PARTS + "See [it](#side)."))}
    assert "<a1> leads to the part “Side effects” of this leaflet" in found["See <a1>it</a1>."].comments
