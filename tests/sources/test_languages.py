"""The line of languages, and how it is written when it is not right."""

from __future__ import annotations

import pytest

from plainleaf.model import Kind, plain
from plainleaf.translations import messages
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found


def test_the_words_before_the_names_are_ours_or_the_authors() -> None:
    (ours,) = leaflet("::: languages {#L1 .short}\n:::").blocks
    assert (ours.kind, ours.id, ours.short, ours.children) == (Kind.LANGUAGES, "L1", True, ())
    made = leaflet("::: languages\nAsk us for it in:\n:::")
    assert plain(made.blocks[0].children[0].inlines) == "Ask us for it in:"
    assert "Ask us for it in:" in [message.text for message in messages.extract(made)]


@pytest.mark.parametrize("body", ["- Español", "Ask us:\n\nEspañol", "Ask us:\n\n## Now\n\nHere", "- a\n\nAsk us:"])
def test_it_holds_no_more_than_these_words(body: str) -> None:
    assert [each.check for each in found(f"::: languages\n{body}\n:::")] == ["source-languages"]


@pytest.mark.parametrize("tried", ["translations", "language-line", "Languages", "langauges"])
def test_another_name_for_it_is_answered_with_ours(tried: str) -> None:
    (finding,) = found(f"::: {tried}\n:::")
    assert finding.check == "source-block-unknown"
    assert "languages" in finding.hint
