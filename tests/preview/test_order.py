"""What the warm process does first: what is in view, the latest edit before all else; what was in view, afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plainleaf.preview import workshop
from plainleaf.preview.sights import News, Sight
from plainleaf.preview.workshop import Workshop
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]
CATALOG = "locales/es/LC_MESSAGES/inhaler.po"
IN_VIEW, OTHER = Sight("inhaler", "es", "a4"), Sight("inhaler", "en", "a4")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is printed and judged, in order; nothing is laid out."""
    order = list[str]()

    def printed(sheet: Any, sight: Sight, mark: str, before: Any, found: Any, in_view: bool, tell: Any) -> None:
        order.append(f"print {sight.locale}{'' if in_view else ' behind'}")

    def judged(root: Path, clinic: str, sight: Sight, today: Any, tell: Any) -> None:
        order.append(f"judge {sight.locale}")

    monkeypatch.setattr(workshop, "COPIES", False)
    monkeypatch.setattr(workshop, "_print", printed)
    monkeypatch.setattr(workshop, "_judge", judged)
    monkeypatch.setattr(workshop.proofs, "warm", lambda _: None)
    return order


def test_what_is_in_view_is_printed_then_judged_and_what_was_in_view_follows(
    content: Path, done: list[str], replaced: Edit
) -> None:
    said = list[Any]()
    shop = Workshop(content, "", TODAY, said.append)
    for sight in (OTHER, IN_VIEW):
        shop.look([sight])
        shop.begin()
    assert done == ["print en", "judge en", "print es", "judge es"]
    assert [news.kind for news in said if isinstance(news, News) and news.sight.locale == "es"] == [
        "edition",
        "trouble",
    ]
    done.clear()
    shop.begin()
    assert not done  # nothing has changed
    replaced(content / CATALOG, "Primero agítelo", "Primero sacúdalo")
    shop.changed({CATALOG})
    shop.begin()
    assert done == ["print es", "judge es"]
    done.clear()
    replaced(content / "sources/inhaler.md", "Shake it first.", "Shake it well.")
    shop.changed({"sources/inhaler.md"})
    shop.begin()
    assert done == ["print es", "judge es", "print en behind"]


@pytest.mark.skipif(not workshop.COPIES, reason="processes had better not be copied on this system")
def test_what_comes_into_view_while_it_is_printed_with_patience_is_begun_anew(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "_print", lambda *_: time.sleep(600))
    monkeypatch.setattr(workshop.proofs, "warm", lambda _: None)
    shop = Workshop(content, "", TODAY, lambda _: None)
    try:
        for sights in ([IN_VIEW], []):
            shop.look(sights)
        shop.begin()
        (patient,) = shop.copies
        assert patient.behind
        shop.look([IN_VIEW])
        assert patient not in shop.copies and patient.process.exitcode
        shop.begin()
        assert [(copy.sight, copy.behind) for copy in shop.copies] == [(IN_VIEW, False)]
        shop.look([replace(IN_VIEW, page=2)])
        assert len(shop.copies) == 1, "another page comes with the first"
    finally:
        shop.close()


def test_a_question_that_fails_or_that_nobody_answers_is_told(content: Path) -> None:
    said = list[Any]()
    shop = Workshop(content, "", TODAY, said.append)
    shop.answer(1, "unheard of", {})
    shop.answer(2, "entries", {"leaflet": "inhaler"})
    shop.answer(3, "choices", {"leaflet": "inhaler", "locale": "es"})
    assert [(each[0], each[1], bool(each[3])) for each in said] == [
        ("answer", 1, True),
        ("answer", 2, True),
        ("answer", 3, False),
    ]
    assert said[2][2]["locale"] == "es"
