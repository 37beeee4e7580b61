"""Word breaks of finished PDFs, as their tags have them, beside those of the editions.

    ./.venv/bin/python -m tests.benchmarks.breaks build/ [--root DIR] [--show N]

Reads each tagged PDF of a folder by ``plainleaf.reading`` alone: no place of a glyph is looked at. For every text of
``reading_order(edition)`` it says how many of its word breaks are no break in the tags (two words in one), how many
breaks the tags have too many (one word in two), how many hyphens come from layout, and how many texts were not found.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from plainleaf import pipeline, project
from plainleaf.reading.limits import UnreadableError
from tests import heard


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
                found = list(heard.facts(path, editions[slug, tag], whole.clinic, whole.layouts[layout].text))
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
