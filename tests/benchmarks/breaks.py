"""Word breaks of finished PDFs, as their tags have them, beside those of the editions.

    ./.venv/bin/python -m tests.benchmarks.breaks build/ [--root DIR] [--show N]

Reads each tagged PDF of a folder by ``plainleaf.reading`` alone: no place of a glyph is looked at. For every text of
``reading_order(edition)`` it says how many of its word breaks are no break in the tags (two words in one), how many
breaks the tags have too many (one word in two), how many hyphens come from layout, and how many texts were not found.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from plainleaf import pipeline, project
from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Clinic, Edition, Kind
from plainleaf.reading import flow, tags
from plainleaf.reading.limits import UnreadableError

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
    front = {Kind.TITLE.value, Kind.SUMMARY.value, Kind.AUDIENCE.value} if text == "card" else set()
    said = [each.text for each in reading_order(edition, clinic, text) if each.role not in front]
    yield from compared(said, tags.read(path.read_bytes()))


def main() -> None:
    """Print the figures of each locale, and of all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2])
    parser.add_argument("--show", type=int, default=3, help="how many places of each kind are named for a locale")
    parser.add_argument("--only", default="", help="of files whose name holds this")
    asked = parser.parse_args()
    whole = project.load(asked.root)
    editions = {
        (each.slug, each.locale.tag): each
        for each, _ in pipeline.editions(whole, pipeline.Choice(), datetime.now(UTC).date())
    }
    counts: dict[str, Counter[str]] = {}
    places: dict[str, list[str]] = {}
    for path in sorted(asked.folder.rglob("*.pdf")):
        slug, languages, layout = (*path.name.removesuffix(".pdf").split("."), "", "")[:3]
        if layout not in whole.layouts or asked.only not in path.name:
            continue
        for tag in languages.split("+"):
            count = counts.setdefault(tag, Counter())
            try:
                found = list(facts(path, editions[slug, tag], whole.clinic, whole.layouts[layout].text))
            except UnreadableError as error:
                found = [("unread", str(error))]
            count.update(kind for kind, _ in found)
            count["files"] += 1
            places.setdefault(tag, []).extend(f"{kind} {path.name}: {at}" for kind, at in found if kind != "break")
    for tag, count in sorted(counts.items()):
        print(tag, ", ".join(f"{count[kind]} {kind}" for kind in sorted({*count, "break", "missing", "too many"})))
        shown = Counter[str]()
        for place in places[tag]:
            kind = place.partition(" ")[0]
            shown[kind] += 1
            if shown[kind] <= asked.show:
                print("   ", place)
    print("all", dict(sum(counts.values(), Counter())))


if __name__ == "__main__":
    main()
