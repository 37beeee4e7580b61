"""A catalog with the messages of today: what each entry keeps, by what the catalog had for it."""

from __future__ import annotations

import pytest

from plainleaf.model import State
from plainleaf.translations.memory import Guard
from plainleaf.translations.merge import update
from plainleaf.translations.po import Catalog, Entry

TEXT, OTHER = "Ask our nurse about this.", "Ask our nurses about this."
HEADER = "Language: es\nPOT-Creation-Date: 2025-01-01 00:00+0000\nContent-Type: text/plain; charset=latin-1\nX-Own: 1\n"
FRESH = (
    "POT-Creation-Date: 2026-11-01 00:00+0000\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: n\nLanguage: xx\n"
)


def entry(text: str = TEXT, string: str = "", *flags: str, **more: object) -> Entry:
    return Entry(("", text), string, flags=set(flags), **more)  # type: ignore[arg-type]


def merged(live: list[Entry], gone: list[Entry], fresh: Entry) -> Catalog:
    old = Catalog("es.po", HEADER, live={one.key: one for one in live}, gone={one.key: one for one in gone})
    return update(old, Catalog("", FRESH, live={fresh.key: fresh}), Guard())


def kept(live: list[Entry], gone: list[Entry], fresh: Entry) -> Entry:
    return merged(live, gone, fresh).live[fresh.key]


def test_flags_that_extraction_decides_come_from_today_and_others_stay() -> None:
    old = entry(TEXT, "Pregunte.", "python-format", "python-brace-format", "no-wrap")
    assert kept([old], [], entry(TEXT, "", "max-length:9")).flags == {"no-wrap", "max-length:9"}
    assert kept([old], [], entry(TEXT, "", "python-brace-format")).flags == {"no-wrap", "python-brace-format"}


def test_a_proposal_keeps_the_translators_flags_and_comments_and_is_fuzzy() -> None:
    old = entry(OTHER, "Pregunte.", "python-format", "no-wrap", comments=["mine"])
    new = kept([old], [], entry(TEXT, "", "max-length:9"))
    assert (new.string, new.flags, new.comments) == ("Pregunte.", {"no-wrap", "max-length:9", "fuzzy"}, ["mine"])
    assert new.previous == ("", OTHER)


@pytest.mark.parametrize("origin", ["fuzzy", ""])
def test_nothing_is_proposed_from_what_nobody_has_checked(origin: str) -> None:
    old = entry(OTHER, "Pregunte." if origin else "", origin or "no-wrap")
    assert kept([old], [], entry()) == entry()


@pytest.mark.parametrize(
    ("live", "gone", "string", "state"),
    [
        (["Ya"], [], "Ya", State.CURRENT), ([], ["Ya"], "Ya", State.CURRENT), (["Ya"], ["No"], "Ya", State.FUZZY),
        ([""], ["No"], "No", State.FUZZY), (["Ya"], [""], "Ya", State.FUZZY), ([""], [], "", State.UNTRANSLATED),
        ([""], [""], "", State.UNTRANSLATED), ([], [], "", State.UNTRANSLATED),
    ],
)  # fmt: skip
def test_of_a_live_and_an_obsolete_entry_the_translated_one_is_kept(
    live: list[str], gone: list[str], string: str, state: State
) -> None:
    found = kept([entry(TEXT, one) for one in live], [entry(TEXT, one) for one in gone], entry())
    assert (found.string, found.state) == (string, state)


def test_what_a_fuzzy_entry_was_made_for_stays_with_it_alone() -> None:
    for flags, previous in ((("fuzzy",), ("", "Old")), ((), None)):
        assert kept([entry(TEXT, "Ya", *flags, previous=("", "Old"))], [], entry()).previous == previous
    assert kept([entry(TEXT, "", "fuzzy", previous=("", "Old"))], [], entry()).previous is None


def test_translations_of_messages_that_are_gone_become_obsolete_and_empty_ones_vanish() -> None:
    made = merged([entry("Bye", "Adiós"), entry("Empty")], [entry("Once", "Antes"), entry()], entry())
    assert {key[1]: each.string for key, each in made.gone.items()} == {"Bye": "Adiós", "Once": "Antes"}


def test_of_two_entries_with_one_text_the_live_one_is_proposed() -> None:
    live = Entry(("title", OTHER), "Pregunte.", ["live"])
    gone = Entry(("", OTHER), "Diga.", ["gone"])
    new = kept([live], [gone], entry())
    assert (new.string, new.comments, new.previous) == ("Pregunte.", ["live"], live.key)


def test_the_header_keeps_its_fields_and_gets_todays_date_utf_8_and_what_it_lacks() -> None:
    assert merged([], [], entry()).header == (
        "Language: es\nPOT-Creation-Date: 2026-11-01 00:00+0000\nContent-Type: text/plain; charset=UTF-8\nX-Own: 1\n"
        "Plural-Forms: n\n"
    )


def test_a_comment_on_a_text_that_is_gone_stays_in_the_file() -> None:
    asked = entry(OTHER, comments=[" which nurse?"])
    found = merged([asked], [], entry("Wash your hands."))
    assert found.gone[asked.key].comments == [" which nurse?"]
    again = update(found, Catalog("", FRESH, live={asked.key: entry(OTHER)}), Guard())
    assert again.live[asked.key].comments == [" which nurse?"] and not again.gone


@pytest.mark.parametrize("fresh", [TEXT, OTHER])
def test_the_comments_of_a_live_and_an_obsolete_entry_are_both_kept(fresh: str) -> None:
    live, gone = entry(TEXT, "", comments=["new", "same"]), entry(TEXT, "Ya", comments=["old", "same"])
    found = merged([live], [gone], entry(fresh))
    one = (found.live if fresh == TEXT else found.gone)[live.key]
    assert one.string == "Ya" and one.comments == ["old", "same", "new"]
