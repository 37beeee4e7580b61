"""One memory of a language: what is translated in one leaflet is offered in the others, as drafts to check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from plainleaf.translations.library import Draft, Library
from plainleaf.translations.memory import HEAVY, Guard
from plainleaf.translations.po import Catalog, Entry
from tests.translations.test_translators_day import say

Edit = Callable[[Path, str, str], None]
SHAKE = "Shake the inhaler well, then breathe all the way out with your mouth open."
AGITE = "Agite bien el inhalador; luego, eche todo el aire con la boca abierta."


def catalog(*pairs: tuple[str, str], context: str = "") -> Catalog:
    return Catalog(
        live={
            (context, text): Entry((context, text), string, ["", f" back-translation: {text}"])
            for text, string in pairs
        }
    )


def offered(known: Catalog, text: str, context: str = "") -> tuple[Entry, tuple[Draft, ...]]:
    filled, drafts = Library(Guard(HEAVY), [("inhaler", known)], {"heroin": "heroína"}).filled(
        catalog((text, ""), context=context)
    )
    return filled.live[context, text], drafts


def test_the_same_text_is_filled_in_as_a_draft_that_says_where_from() -> None:
    entry, (draft,) = offered(catalog((SHAKE, AGITE)), SHAKE)
    assert entry.string == AGITE and entry.fuzzy and entry.previous is None and draft.exact
    assert entry.comments[-2:] == [f" back-translation: {SHAKE}", " plainleaf draft> from inhaler: the same text"]
    entry, _ = offered(catalog(), "heroin")
    assert entry.string == "heroína" and "the list of terms" in entry.comments[-1]


def test_a_text_much_like_it_is_offered_with_the_difference() -> None:
    near = SHAKE.replace("well", "hard")
    entry, (draft,) = offered(catalog((SHAKE, AGITE)), near)
    assert entry.string == AGITE and entry.fuzzy and entry.previous == ("", SHAKE) and not draft.exact
    said = " ".join(each.split("> ")[-1].strip() for each in entry.comments if "draft>" in each)
    assert "Shake the inhaler [-well-]{+hard+}, then breathe" in said
    assert not [each for each in entry.comments if "back-translation" in each and SHAKE in each]


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("Take 4 puffs of the blue inhaler in the morning.", "Take 6 puffs of the blue inhaler in the morning."),
        ("Do not use the blue inhaler when you are well.", "Use the blue inhaler when you are well today."),
        ("Ask your care team for naloxone to keep at home.", "Ask your care team for naltrexone to keep at home."),
        ("Breathe in before you press on the blue inhaler.", "Breathe in after you press on the blue inhaler."),
    ],
)
def test_nothing_is_offered_across_figures_negation_and_medicines(known: str, new: str) -> None:
    entry, drafts = offered(catalog((known, "algo")), new)
    assert entry.string == "" and not drafts


def test_a_text_with_a_context_is_only_filled_in_from_the_same_place() -> None:
    assert offered(catalog(("50 mg", "50 mg de día"), context="Dose | Day"), "50 mg", "Dose | Night")[1] == ()
    assert offered(catalog(("50 mg", "50 mg de día"), context="Dose | Day"), "50 mg")[1] == ()
    assert (
        offered(catalog(("50 mg", "50 mg de día"), context="Dose | Day"), "50 mg", "Dose | Day")[0].string
        == "50 mg de día"
    )


def test_what_nobody_has_checked_is_not_offered() -> None:
    known = catalog((SHAKE, AGITE))
    known.live["", SHAKE].flags.add("fuzzy")
    assert offered(known, SHAKE)[1] == ()


def test_a_new_leaflet_begins_with_what_is_translated_already(content: Path, two_layouts: None, replaced: Edit) -> None:
    source = (content / "sources/inhaler.md").read_text(encoding="utf-8")
    (content / "sources/spacer.md").write_text(source.replace("Take 4 puffs", "Take 6 puffs"), encoding="utf-8")
    said = say(content, "update", "es")
    assert "spacer.po (13 filled in, 1 offered from a text much like it, as drafts to check)" in said
    path = content / "locales/es/LC_MESSAGES/spacer.po"
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert entries["How to use it"].fuzzy and entries["How to use it"].msgstr == "Cómo usarlo"
    other_dose = "<b>Do not wait.</b> Take 6 puffs, one by one."  # the sentence with the dose stays in English
    assert entries[other_dose].msgstr == "<b>No espere.</b> Take 6 puffs, one by one."
    written = path.read_bytes()
    assert "0 of" in say(content, "update", "es") and path.read_bytes() == written
    assert "out of date" not in say(content, "check", "--locale", "es")

    catalog = polib.pofile(str(path), wrapwidth=-1)
    entry = next(each for each in catalog if each.msgid == "How to use it")
    entry.flags.remove("fuzzy")
    catalog.save()
    say(content, "update", "es")
    entry = next(each for each in polib.pofile(str(path)) if each.msgid == "How to use it")
    assert not entry.fuzzy and "draft>" not in entry.tcomment
