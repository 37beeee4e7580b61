"""How long catalogs take: 200,000 entries read and written, 2,000 changed messages merged. Processor seconds.

Run: python tests/benchmarks/catalogs.py
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from plainleaf.model import Location, Message
from plainleaf.translations import merge as merging
from plainleaf.translations import po as catalogs
from plainleaf.translations.memory import Guard
from plainleaf.translations.po import Catalog

T = TypeVar("T")
ENTRIES, CHANGED = 200_000, 2_000
ENTRY = """\
#. Paragraph, under “A heading”.
#: sources/x.md
#, fuzzy
#| msgid "An old text, number {0}, of a leaflet"
msgid "A text, number {0}, of a leaflet that has some words"
msgstr "Un texto, número {0}, de un folleto"
"""
SYLLABLES = [first + second for first in ("ba", "ke", "li", "mo", "tu") for second in ("ran", "se", "tir", "no", "pul")]


def timed(what: str, limit: float, run: Callable[[], T]) -> T:
    """Run something and say how long it took."""
    start = time.process_time()
    result = run()
    seconds = time.process_time() - start
    print(f"{what:<60} {seconds:5.1f} s  (limit {limit:.0f} s){'' if seconds < limit else '  TOO SLOW'}")
    return result


def merged(sentences: int) -> None:
    """Merge 2,000 messages, each with one word changed, into their complete catalog."""
    dice = random.Random(1)
    texts = [" ".join(_sentence(dice) for _ in range(sentences)) for _ in range(CHANGED)]
    old = _new(texts)
    for entry in old.live.values():
        entry.string = entry.key[1].replace("a", "á")
    fresh = _new([_changed(text, dice) for text in texts])
    what = f"{CHANGED} changed messages of {sentences} sentences, merged"
    new = timed(what, 5, lambda: merging.update(old, fresh, Guard()))
    proposed = sum(entry.fuzzy for entry in new.live.values())
    print(f"    {proposed} proposals")


def _sentence(dice: random.Random) -> str:
    return " ".join(["We", *(dice.choice(SYLLABLES) for _ in range(dice.randint(4, 16)))]) + "."


def _changed(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    at = dice.choice([index for index, word in enumerate(words) if word.isalpha() and word != "We"])
    words[at] = dice.choice(SYLLABLES) + "x"
    return " ".join(words)


def _new(texts: list[str]) -> Catalog:
    messages = [Message(text, (Location("sources/x.md", 1),)) for text in texts]
    return merging.new(messages, "x", "2026-11-22", "es", "Spanish", "nplurals=2; plural=(n != 1);")


def main() -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    data = (head + "\n".join(ENTRY.format(number) for number in range(ENTRIES))).encode()
    catalog, _ = timed(f"{ENTRIES} entries, {len(data) >> 20} MB, read", 10, lambda: catalogs.parse(data, "x.po"))
    assert catalog and len(catalog.live) == ENTRIES
    timed(f"{ENTRIES} entries, written", 10, lambda: catalogs.write(catalog))
    for sentences in (1, 3):
        merged(sentences)


if __name__ == "__main__":
    main()
