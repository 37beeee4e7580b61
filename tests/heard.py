"""What is heard of a finished PDF beside what its edition says: word by word, from the tags alone.

Where glyphs are on a page is nothing here: words that only their places keep apart are one word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Clinic, Edition, Kind
from plainleaf.reading import flow, tags

HYPHEN = "‐"  # U+2010, which no author of ours types


def stripped(text: str) -> tuple[str, frozenset[int]]:
    """The letters of a text that are seen, and before which of them (by number) words are parted."""
    letters, parted = list[str](), set[int]()
    for letter in text:
        if letter.isspace():
            parted.add(len(letters))
        elif unicodedata.category(letter) != "Cf":
            letters.append(letter)
    return "".join(letters), frozenset(parted)


def compared(said: Iterable[str], document: tags.Document) -> Iterator[tuple[str, str]]:
    """What differs, by kind and with the place; ("break", "") for each break that is in both."""
    told, parted = stripped("\n".join(run.text for run in flow.runs(document)))
    start = 0
    for text in said:
        letters, wanted = stripped(text)
        if not letters:
            continue
        at = told.find(letters, start)
        if at < 0:
            at = told.find(letters)
        else:
            start = at + len(letters)
        if at < 0:
            yield ("hyphen" if HYPHEN in told else "not found"), text[:60]
            continue
        for place in range(1, len(letters)):
            there, here = at + place in parted, place in wanted
            if here != there:
                around = f"{letters[max(0, place - 12) : place]}|{letters[place : place + 12]}"
                yield ("missing" if here else "too many"), around
            elif here:
                yield "break", ""


def facts(path: Path, edition: Edition, clinic: Clinic | None, text: str) -> Iterator[tuple[str, str]]:
    """What ``compared`` finds in a file."""
    aside = {Kind.AUDIENCE.value, *([Kind.TITLE.value, Kind.SUMMARY.value] if text == "card" else [])}
    said = [each.text for each in reading_order(edition, clinic, text) if each.role not in aside]
    yield from compared(said, tags.read(path.read_bytes()))
