"""Which old translation is proposed for a new text: never where a figure, a name or a "not" differs."""

from __future__ import annotations

import pytest

from plainleaf.translations.memory import Guard, Memory, Proposal, sentences

GUARD = Guard()


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("We help people here.", "We help persons here.", True),
        ("We help people.", "We help persons.", False),  # too short
        ("Ask our nurse about this.", "Ask our nurses about this.", True),
        ("Take 2 of these pills.", "Take 3 of these pills.", False),
        ("Take 5 of these now.", "Take -5 of these now.", False),
        ("Wait for about 5% of it.", "Wait for about 5‰ of it.", False),
        ("It is safe for you.", "It is not safe for you.", False),
        ("It isn't good for you.", "It wasn't good for you.", False),
        ("It isn’t good for you.", "It wasn’t good for you.", False),
        ("Rest in bed a week.", "Rest in bed a month.", False),
        ("Take the tablet with water.", "Take the capsule with water.", False),
        ("Ask about oxycodone at home.", "Ask about hydrocodone at home.", False),
        ("Ask about vitamin B at home.", "Ask about vitamin K at home.", False),
        ("Ask about ReVia at home.", "Ask about Depade at home.", False),
        ("The FDA knows about it.", "The EMA knows about it.", False),
        ("Call {clinic_phone} about it now.", "Call {clinic_fax} about it now.", False),
        ("Take this, but not that one.", "Not take this, but that one.", False),
        ("It is a healthy thing here.", "It is an unhealthy thing here.", False),
        ("It is a harmful thing here.", "It is a harmless thing here.", False),
        ("Do it <b>quickly</b> at home.", "Do it <em>quickly</em> at home.", True),
        ("i am here with a friend.", "a am here with i friend.", True),
    ],
)
def test_a_translation_is_proposed_only_for_what_says_the_same(old: str, new: str, allowed: bool) -> None:
    assert GUARD.allows(old, new) is allowed
    assert GUARD.allows(new, old) is allowed


def test_a_leaflets_own_terms_weigh_too() -> None:
    own = Guard(GUARD.words | {"fits"})
    old, new = "They may have had fits here.", "They may have had pains here."
    assert GUARD.allows(old, new) and not own.allows(old, new)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sit down. Rest.", ["Sit down.", "Rest."]),
        ("Sit down at 8 a.m. and rest.", ["Sit down at 8 a.m. and rest."]),
        ("Rest. Sit down at 8 a.m. and rest. Go.", ["Rest.", "Sit down at 8 a.m. and rest.", "Go."]),
        ("Is it red? Ask! Rest", ["Is it red?", "Ask!", "Rest"]),
        ("<b>Sit down. Rest.</b> Go.", ["<b>Sit down. Rest.</b>", "Go."]),
        ("<b>Sit down.</b> Rest.", ["<b>Sit down.</b>", "Rest."]),
        ("He said “Sit.” Then he left.", ["He said “Sit.”", "Then he left."]),
        ("Sit down... “and rest.”", ["Sit down... “and rest.”"]),
        ("请坐。休息！好", ["请坐。", "休息！", "好"]),
        ("बैठिए। आराम करें।", ["बैठिए।", "आराम करें।"]),
        ("", []),
    ],
)
def test_a_text_in_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


DRINK, BEBA = "Drink water very slowly.", "Beba agua muy despacio."
SIT, SIENTESE = "Sit somewhere and rest awhile.", "Siéntese en algún sitio y descanse."
EIGHT = "The nurse here will greet you later, friend."
NINE = "The nurse here will greet you later, dear friend."


@pytest.fixture
def memory() -> Memory:
    made = Memory(GUARD)
    made.learn(f"{SIT} {DRINK}", f"{SIENTESE} {BEBA}")
    return made


def test_the_same_text_comes_back_as_it_was_learnt_first(memory: Memory) -> None:
    whole = f"{SIT} {DRINK}"
    memory.learn(whole, "Otra cosa. Y otra.")
    assert memory.recall(whole) == Proposal(f"{SIENTESE} {BEBA}", whole)


def test_known_sentences_come_back_in_another_order(memory: Memory) -> None:
    assert memory.recall(f"{DRINK} {SIT}") == Proposal(f"{BEBA} {SIENTESE}", f"{SIT} {DRINK}")
    assert memory.recall(DRINK) == Proposal(BEBA, f"{SIT} {DRINK}")


def test_a_third_of_the_words_must_be_known(memory: Memory) -> None:
    assert memory.recall(f"{DRINK} {EIGHT}") == Proposal(f"{BEBA} {EIGHT}", f"{SIT} {DRINK}")
    assert memory.recall(f"{DRINK} {NINE}") is None


def test_a_text_much_like_a_known_one_gets_its_translation(memory: Memory) -> None:
    assert memory.recall("Sit somewhere and rest awhiles.") == Proposal(SIENTESE, f"{SIT} {DRINK}")
    assert memory.recall("Lie anywhere or sleep at home.") is None
    assert memory.recall("Sit somewhere and never rest awhile.") is None


def test_a_short_text_gets_none() -> None:
    made = Memory(GUARD)
    made.learn("Sit down here. Drink some milk here.", "Siéntese aquí. Beba leche aquí.")
    assert made.recall("Sit down here.") is None
    assert made.recall("Drink some milk here.") == Proposal("Beba leche aquí.", "Sit down here. Drink some milk here.")


@pytest.mark.parametrize(
    "translation",
    ["Siéntese. Descanse. Beba agua.", f"{SIENTESE} Beba 2 aguas muy despacio.", f"{SIENTESE} <b>Beba</b> agua.",
     f"{SIENTESE * 6} Beba."],
)  # fmt: skip
def test_sentences_that_do_not_fit_their_translations_are_not_learnt(translation: str) -> None:
    made = Memory(GUARD)
    made.learn(f"{SIT} {DRINK}", translation)
    assert made.recall(f"{DRINK} {SIT}") is None


def test_a_full_width_stop_needs_no_space_behind_it() -> None:
    made = Memory(GUARD)
    made.learn(f"{SIT} {DRINK}", "请找个地方坐下休息。请慢慢喝水。")
    assert made.recall(f"{DRINK} {SIT}") == Proposal("请慢慢喝水。请找个地方坐下休息。", f"{SIT} {DRINK}")
