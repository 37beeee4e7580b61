"""Letters of a sister language: some of them are named, each with the letter to write."""

from __future__ import annotations

from plainleaf.checks.translation.every import check
from plainleaf.languages import facts
from plainleaf.model import Location, Message
from plainleaf.typesetting import locales


def test_four_letters_of_a_sister_language_are_named_at_most() -> None:
    where = locales.locale("zh_Hans")
    data = facts.of(where)
    wrong = list(data.texts("letters"))[:5]
    message = Message("Ask us.", (Location("sources/leaflet.md", 7),))
    (found,) = [one for one in check(message, "".join(wrong), where, data, {}) if "related language" in one.message]
    assert len(wrong) == 5 and found.message.count("(write ") == 4
