"""The shipped leaflet carries the facts that it must, in plain words, and nothing that must not be printed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from plainleaf.layouts import excerpts
from plainleaf.model import Block, Kind, Leaflet, plain
from plainleaf.sources import markdown as sources
from plainleaf.translations import markup
from tests.conftest import ROOT

FILE = ROOT / "sources" / "naltrexone-implants.md"

# Every fact that the leaflet must keep, by its id.
CARRIED = [
    *(f"F{number:02d}" for number in range(1, 40) if number != 38),  # 38 is said by 24
    *("F21a", "S02", "S06"),
    *(f"A{number}" for number in (*range(1, 10), *range(11, 15))),  # 10 is said by A2
]

# Figures that must stand in the block of that id, or in the list or table that follows it.
FIGURES = {
    "F08": "2 6", "F21": "2009 56 180 45 60 2", "F22": "2014 9", "F32": "2002 8", "F33": "10 2012", "A3": "7 10 2",
}  # fmt: skip

# What each small format must say of a fact, word by word: with its figures, its "not" and its "before".
SAID = {
    "short": {
        "A1": ("tolerance falls", "wear off or be removed", "you may stop", "you used before can kill you",
               "while the implant wears off", "after detox"),
        "A2": ("Ask for naloxone", "It is not naltrexone", "family and friends"),
        "A3": ("free of opioids first", "sudden, severe withdrawal", "Do not start before",
               "such as heroin: at least 7 to 10 days", "about 2 weeks, or longer if your care team says so"),
        "A4": ("pain, cough or diarrhea will not work as usual", "doctor, dentist and surgeon", "medical card"),
        "A5": ("Call {clinic_phone} right away", "upper belly for more than a few days", "dark urine", "pale stools",
               "yellow eyes or skin"),
        "A6": ("think about suicide", "Call {helpline_crisis}"),
        "A3 fentanyl": ("Did you use fentanyl", "may have to wait longer"),
        "A7": ("Any one of these signs", "cannot wake the person", "Slow, shallow or no breathing",
               "Choking, gurgling or snoring", "Blue, purple or gray lips or nails", "On darker skin: gray or ashen"),
        "A9": ("Overdose? Call {emergency_number} now", "Try to wake the person", "Rub the breastbone",
               "Call {emergency_number}. Do what they say", "Give naloxone", "no harm if it was not an overdose",
               "another dose every 2 to 3 minutes until the person breathes", "rescue breaths", "on the side",
               "Stay. Naloxone may wear off in 30 minutes"),
        "A8": ("Methadone and buprenorphine are medicines that work well",),
        "A11": ("redness that spreads", "heat, swelling or pus", "a fever", "see the implant",
                "Never take the implant"),
        "A12": ("trouble breathing", "face or throat swell", "Call {emergency_number}"),
        "F08": ("2 to 6 months", "depends on the product", "wears off bit by bit"),
        "F11": ("The FDA has not approved any naltrexone implant in the U.S.",),
        "F15": ("does not treat withdrawal",),
        "F17": ("not a cure",),
        "F29": ("Do not take more to feel the drug again", "opioids or alcohol can kill you", "coma"),
        "F30": ("Talk to your care team first", "methadone or buprenorphine", "Not enough is known",
                "Do not start it if you still use opioids", "Do not stop the medicine on your own"),
        "F35": ("Ask your care team. Do not stop breastfeeding on your own",),
    },
    "easy": {
        "A1": ("stand less opioid than before", "wears off bit by bit", "take the implant out", "you may stop",
               "you used before can kill you", "This amount can kill you then, too", "higher after detox"),
        "A2": ("Ask for naloxone", "not naltrexone", "family and friends"),
        "A3": ("free of opioids first", "suddenly very ill", "Do not start before",
               "short-acting opioids, wait at least 7 to 10 days", "Did you use fentanyl",
               "After methadone or buprenorphine", "about 2 weeks, or longer"),
        "A4": ("pain, cough or diarrhea will not work as usual", "doctor, dentist and surgeon", "medical card"),
        "A5": ("Call {clinic_phone} right away", "any one of these signs", "Pain in your upper belly",
               "more than a few days", "Dark urine", "Pale stools", "Yellow eyes or skin"),
        "A6": ("think about suicide", "Call {helpline_crisis}"),
        "A7": ("Any one of these signs is enough", "cannot wake the person", "Slow, shallow or no breathing",
               "Choking, gurgling or snoring", "Blue, purple or gray lips or nails", "On darker skin: gray or ashen"),
        "A9": ("Overdose? Call {emergency_number} now", "Call {emergency_number}", "Give naloxone",
               "Stay. The overdose can come back"),
        "A8": ("Methadone and buprenorphine are medicines that work well",),
        "F08": ("2 to 6 months", "depends on the product", "wears off bit by bit"),
        "A11": ("Redness that spreads", "heat, swelling or pus", "A fever", "see the implant",
                "Never take the implant out"),
        "A12": ("trouble breathing", "face or throat swell", "severe allergic reaction"),
        "F11": ("The FDA has not approved any naltrexone implant in the U.S.",),
        "F15": ("does not treat withdrawal",),
        "F17": ("not a cure",),
        "F29": ("Do not take more opioids or alcohol to feel the drug again", "kill you or put you in a coma"),
        "F30": ("Talk to your care team first", "methadone or buprenorphine", "Not enough is known",
                "Do not start naltrexone if you still use opioids"),
        "F35": ("Do you breastfeed? Ask your care team", "Do not stop breastfeeding on your own"),
    },
    "card": {
        "A2": ("Give me naloxone",),
        "A4": ("Opioids may not work as usual", "non-opioid or regional pain relief"),
        "A9": ("Overdose? Call {emergency_number} now", "Stay with me until help comes"),
        "A15": ("I have a naltrexone implant", "To medical staff"),
        "F29": ("to overcome the block can stop my breathing",),
    },
}  # fmt: skip
NOT_MARKED = {"F15", "F17"}  # in the leaflet's own text they have no mark .safety either

STIGMA = re.compile(r"\b(addicts?|abus\w+|clean|dirty|junkie|drug habit|struggling with addiction)\b", re.IGNORECASE)
OUT = re.compile(
    r"1?[- .]?888[- .]?744[- .]?0789|who answers|luxury|click to call|call now|verify (your )?(benefits|insurance)"
    r"|check online now|american addiction centers|within 24 hours|insurance may cover",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def leaflet() -> Leaflet:
    parsed, findings = sources.parse("sources/naltrexone-implants.md", FILE.read_text(encoding="utf-8"))
    assert parsed and not findings
    return parsed


def printed(leaflet: Leaflet, text: str) -> list[Block]:
    """All blocks that a layout of this text prints, those inside others too."""
    return [inner for block in excerpts.blocks(leaflet.blocks, text) for inner in block.walk()]


def running_text(blocks: list[Block]) -> list[str]:
    """Sentences of the running text: paragraphs, list points of three words or more, questions and answers."""
    kinds = {Kind.PARAGRAPH, Kind.ITEM, Kind.QUESTION, Kind.ANSWER, Kind.SUMMARY}
    texts = [re.sub(r"\{\w+\}", "number", plain(block.inlines)) for block in blocks if block.kind in kinds]
    protected = [re.sub(r"\bU\.S\.(?= \w)", "US", text) for text in texts]
    sentences = [part for text in protected for part in re.split(r"(?<=[.?!:])[”\"’)]*\s+", text)]
    return [sentence for sentence in sentences if len(words(sentence)) > 2]


def words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9][\w.,'’-]*", sentence)


def syllables(word: str) -> int:
    """Vowel groups, less a silent e: reads most words right and errs to the high side on the others."""
    word = word.lower().strip(".,'’-")
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = re.search(r"[^aeiouyl]e[sd]?$", word) and not re.search(r"([td]ed|[sxz]es|ches|shes|ges|ces)$", word)
    return max(1, groups - bool(silent))


def block_of(leaflet: Leaflet, name: str) -> Block:
    return next(block for block in leaflet.walk() if block.id == name)


def test_every_fact_is_carried_once(leaflet: Leaflet) -> None:
    assert Counter(block.id for block in printed(leaflet, "full") if block.id) == Counter(CARRIED)


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_of_a_fact_are_kept(leaflet: Leaflet, name: str) -> None:
    blocks = list(leaflet.walk())
    start = blocks.index(block_of(leaflet, name))
    own = [blocks[start]]
    for block in blocks[start + 1 :]:  # the list or table that belongs to it
        if block.id or block.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.EVIDENCE):
            break
        own.append(block)
    figures = Counter(re.findall(r"\d+", " ".join(plain(block.inlines) for block in own)))
    assert not Counter(FIGURES[name].split()) - figures


def test_the_dangers_are_marked_so_that_they_are_never_printed_untranslated(leaflet: Leaflet) -> None:
    for name in (
        "A1",
        "A2",
        "A3",
        "A4",
        "A5",
        "A6",
        "A7",
        "A8",
        "A9",
        "A11",
        "A12",
        "A13",
        "A14",
        "F11",
        "F27",
        "F29",
        "F30",
        "F35",
    ):
        assert block_of(leaflet, name).safety, name


def test_what_to_do_in_an_overdose_comes_first_then_the_main_message_and_why(leaflet: Leaflet) -> None:
    panel, main, why = leaflet.blocks[:3]
    assert [block.options["name"] for block in (panel, main, why)] == ["emergency", "summary", "urgent"]
    assert {"A7", "A9"} <= {block.id for block in panel.walk()}
    assert {"A1", "A2"} <= {block.id for block in why.walk()}


def test_studies_words_and_the_example_are_in_the_second_layer(leaflet: Leaflet) -> None:
    own = [block for block in leaflet.blocks if block.kind is not Kind.PART]
    second = next(number for number, block in enumerate(own) if block.options.get("more"))
    kinds = {inner.kind for block in own[:second] for inner in block.walk()}
    assert not kinds & {Kind.EVIDENCE, Kind.WORDS}
    act, more = (sum(map(length_of, part)) for part in (own[:second], own[second:]))
    assert act < more


def test_no_sentence_is_longer_than_20_words(leaflet: Leaflet) -> None:
    assert not [sentence for sentence in running_text(printed(leaflet, "full")) if len(words(sentence)) > 20]


def test_the_reading_grade_is_6_or_less(leaflet: Leaflet) -> None:
    """Flesch-Kincaid, 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975)."""
    sentences = running_text(printed(leaflet, "full"))
    count = [word for sentence in sentences for word in words(sentence)]
    grade = 0.39 * len(count) / len(sentences) + 11.8 * sum(map(syllables, count)) / len(count) - 15.59
    assert len(sentences) > 150
    assert 2 < grade <= 6


def test_headings_are_short_and_in_sentence_case(leaflet: Leaflet) -> None:
    for block in leaflet.walk():
        if block.kind is Kind.HEADING:
            assert len(words(plain(block.inlines))) <= 8
            assert not plain(block.inlines).isupper()


def files() -> list[Path]:
    return [
        path for folder in ("sources", "locales", "layouts") for path in (ROOT / folder).rglob("*") if path.is_file()
    ]


def test_nothing_on_the_out_list_stands_in_any_file_we_print_from() -> None:
    readable = [path for path in files() if path.suffix in {".md", ".po", ".pot", ".toml", ".html", ".css", ".svg"}]
    assert len(readable) > 15
    for path in readable:
        assert not OUT.search(path.read_text(encoding="utf-8")), path


def test_no_word_of_stigma_is_used(leaflet: Leaflet) -> None:
    for block in leaflet.walk():
        assert not STIGMA.search(plain(block.inlines)), block.at


def test_references_are_printed_in_their_correct_form(leaflet: Leaflet) -> None:
    dois = {reference.url.removeprefix("https://doi.org/") for reference in leaflet.meta.references}
    assert {
        "10.1192/bjp.bp.108.055319",
        "10.1111/dar.12095",
        "10.1111/j.0004-8666.2002.548_14.x",
        "10.1371/journal.pone.0052812",
    } <= dois
    assert not any("Opiate withdrawal. National Institutes" in reference.text for reference in leaflet.meta.references)


# --------------------------------------------------------------------------- the small formats


def as_written(block: Block) -> str:
    """A block's text with its details of the clinic by name."""
    return re.sub(r"</?(b|em)>", "", markup.to_text(block.inlines))


def length(blocks: list[Block]) -> int:
    """Words in print; what a picture shows is only read aloud, and a detail of the clinic counts as two."""
    texts = (as_written(block) for block in blocks if block.kind is not Kind.ALT)
    return sum(len(words(re.sub(r"\{\w+\}", "two words", text))) for text in texts)


def length_of(block: Block) -> int:
    return length(list(block.walk()))


@pytest.mark.parametrize(("text", "fact"), [(text, fact) for text, facts in SAID.items() for fact in facts])
def test_a_small_format_carries_the_dangers_with_their_figures(leaflet: Leaflet, text: str, fact: str) -> None:
    for said in SAID[text][fact]:
        texts = [block for block in printed(leaflet, text) if block.kind is not Kind.ALT]
        found = [block for block in texts if said in as_written(block)]
        assert found, said
        assert fact in NOT_MARKED or all(block.safety for block in found), said


def test_the_short_text_fits_a_cover_a_flap_and_three_panels(leaflet: Leaflet) -> None:
    panel, main, why, *rest = excerpts.blocks(leaflet.blocks, "short")
    assert [block.options["name"] for block in (panel, main, why)] == ["emergency", "summary", "urgent"]
    assert length_of(panel) + length_of(why) <= 250
    needed = [block for block in rest if not block.options.get("optional")]
    assert 300 <= sum(map(length_of, needed)) <= 430


def test_the_easy_text_has_a_picture_beside_every_one_or_two_short_texts(leaflet: Leaflet) -> None:
    _, *rest = excerpts.blocks(leaflet.blocks, "easy")
    blocks = [block for block in rest if block.kind is not Kind.HEADING]
    kinds = "".join({Kind.FIGURE: "f", Kind.PARAGRAPH: "p", Kind.PICTURES: "P"}[block.kind] for block in blocks)
    assert re.fullmatch(r"(fpp?|P){28,38}", kinds)
    for block in (inner for each in blocks for inner in each.walk()):
        if block.kind is Kind.FIGURE:
            assert (ROOT / block.options["src"]).is_file(), block.at
        assert length([block]) <= 15, block.at


def test_the_easy_text_begins_with_the_signs_and_the_steps_each_with_a_picture(leaflet: Leaflet) -> None:
    panel = excerpts.blocks(leaflet.blocks, "easy")[0]
    assert panel.options["name"] == "emergency"
    signs, steps = (block for block in panel.children if block.kind is Kind.LIST)
    for items, pictures in ((signs, 4), (steps, 3)):  # lips and nails of any skin are one picture
        assert sum(block.kind is Kind.FIGURE for block in items.walk()) == pictures


def test_the_card_says_what_to_do_and_speaks_to_staff_on_one_side_and_has_lines_to_fill_in_on_the_other(
    leaflet: Leaflet,
) -> None:
    panel, staff, name, *back = excerpts.blocks(leaflet.blocks, "card")
    assert panel.options["name"] == "emergency"
    assert length_of(panel) + length_of(staff) <= 60
    assert all(block.safety for block in (*panel.walk(), staff))
    assert plain(name.inlines) == "About me"
    lines = [as_written(block) for block in back]
    assert lines == [
        "My name: {line}",
        "Implant put in on: {line} Product: {line}",
        "It may stop working after: {line}",
        "Emergency contact: {line}",
        "My clinic: {clinic_name}, {clinic_phone}. When it is closed: {clinic_out_of_hours}",
    ]


@pytest.mark.parametrize("text", SAID)
def test_no_sentence_written_for_a_small_format_is_longer_than_15_words(leaflet: Leaflet, text: str) -> None:
    marked = running_text(printed(leaflet, "full"))
    ours = [sentence for sentence in running_text(printed(leaflet, text)) if sentence not in marked]
    assert ours and max(len(words(sentence)) for sentence in ours) <= 15
