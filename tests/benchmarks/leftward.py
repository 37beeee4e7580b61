"""What poppler and PDFium take from finished files in languages from right to left, against the editions they print.

    ./.venv/bin/python -m tests.benchmarks.leftward build/*/*.ar*.pdf

For each file and reader: the share of words that come out, and the figures with their neighbours that do not come out
in reading order; the words with vowel signs that PDFium's search does not find. Files for the press are passed over.
A layout that leaves out what is too long for it lacks those words, too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Kind
from tests import extraction, shipped


def printed(path: Path) -> list[str]:
    """The texts of a file, by its name."""
    slug, languages, name, _ = path.name.split(".")
    layout, content = shipped.content().layouts[name], shipped.content()
    aside = {Kind.AUDIENCE.value, Kind.ALT.value}
    aside |= {Kind.TITLE.value, Kind.SUMMARY.value} if layout.text == "card" else set()
    editions = [shipped.editions()[slug, language.replace("-", "_")] for language in languages.split("+")]
    return [
        said.text
        for edition in editions
        for said in reading_order(edition, content.clinic, layout.text)
        if said.role not in aside
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        if path.name.split(".")[2] not in shipped.content().layouts:
            continue
        texts = printed(path)
        words = {word for text in texts for word in extraction.marked(text)}
        print(path.name)
        for name, reader in extraction.READERS.items():
            found = extraction.lost(texts, reader(path))
            print(f"  {name}: {found.kept:.2%} of {found.of} words, out of order: {', '.join(found.disordered) or '-'}")
        unfound = words - extraction.found_by_search(path, words)
        print(f"  search: {len(words) - len(unfound)} of {len(words)}; not {', '.join(sorted(unfound)) or '-'}")


if __name__ == "__main__":
    main()
