"""What a window is told as it opens: what is known of the text as it is now."""

from __future__ import annotations

import pytest

from plainleaf.preview.hub import Hub
from plainleaf.preview.sights import News, Sight

TEXT, PAPER = Sight("inhaler", "es", ""), Sight("inhaler", "es", "a4")


def edition(mark: str) -> News:
    return News("edition", TEXT, {"mark": mark})


@pytest.fixture
def hub() -> Hub:
    """It has heard what a text was printed as, and what was found on it."""
    hub = Hub(lambda _: None)
    for news in (
        edition("first"),
        News("page", PAPER, {"page": 1}),
        News("findings", PAPER, {"of": "page"}),
        News("findings", TEXT, {"of": "text"}),
    ):
        hub.hear(news)
    return hub


def told(hub: Hub) -> list[str]:
    """The kinds of news that a new window hears."""
    waiting, kinds = hub.opened(PAPER).waiting, list[str]()
    while not waiting.empty():
        kinds.append(str(waiting.get_nowait()).partition("\n")[0].removeprefix("event: "))
    return kinds


def test_a_window_is_told_all_that_is_known(hub: Hub) -> None:
    assert told(hub) == ["edition", "page", "findings", "findings"]


def test_what_was_found_on_a_text_before_it_was_edited_is_not_told(hub: Hub) -> None:
    hub.hear(edition("second"))
    assert told(hub) == ["edition"]


def test_a_page_for_screens_that_is_made_again_of_the_same_text_takes_nothing_away(hub: Hub) -> None:
    hub.hear(edition("first"))
    assert sorted(told(hub)) == ["edition", "findings", "findings", "page"]
