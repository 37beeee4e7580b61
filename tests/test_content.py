"""The shipped leaflet carries the facts that it must, in plain words, and nothing that must not be printed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from plainleaf import sources
from plainleaf.model import Block, Kind, Leaflet, plain

FILE = ROOT / "sources" / "naltrexone-implants.md"

# Every fact that the leaflet must keep, by its id.
CARRIED = [*(f"F{number:02d}" for number in range(1, 40)), "F21a", *(f"A{number}" for number in range(1, 9))]

# Figures that must stand in the block of that id, or in the list or table that follows it.
FIGURES = {
    "F05": "5", "F07": "5", "F08": "2 6", "F14": "2", "F15": "9", "F20": "2", "F21": "2009 56 180 45 60 2",
    "F22": "2014 9", "F26": "3", "F32": "2002 8", "F33": "10 2012", "A3": "7 10 14 2",
}  # fmt: skip

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


def running_text(leaflet: Leaflet) -> list[str]:
    """Sentences of the running text: paragraphs, list points of three words or more, questions and answers."""
    kinds = {Kind.PARAGRAPH, Kind.ITEM, Kind.QUESTION, Kind.ANSWER, Kind.SUMMARY}
    texts = [re.sub(r"\{\w+\}", "number", plain(block.inlines)) for block in leaflet.walk() if block.kind in kinds]
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
    ids = Counter(block.id for block in leaflet.walk() if block.id)
    assert ids == Counter(CARRIED)


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
    for name in ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "F11", "F27", "F29", "F30", "F35"):
        assert block_of(leaflet, name).safety, name


def test_the_main_message_and_the_overdose_box_come_first(leaflet: Leaflet) -> None:
    first, second = leaflet.blocks[:2]
    assert (first.options["name"], second.options["name"]) == ("summary", "urgent")
    assert {"A1", "A2", "A7"} <= {block.id for block in second.walk()}


def test_no_sentence_is_longer_than_20_words(leaflet: Leaflet) -> None:
    assert not [sentence for sentence in running_text(leaflet) if len(words(sentence)) > 20]


def test_the_reading_grade_is_6_or_less(leaflet: Leaflet) -> None:
    """Flesch-Kincaid, 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975)."""
    sentences = running_text(leaflet)
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
