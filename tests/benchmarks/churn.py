"""How many words a translator types again after small edits of a leaflet, and what dangerous proposals are made.

Fourteen single edits of a leaflet whose Spanish catalog is complete, each from the same beginning. Beside ours: GNU
msgmerge on our messages, Babel on our messages, Babel on raw Markdown blocks, and po4a, as far as they are installed.

- "not current": words of the messages that are untranslated or fuzzy after the edit (as in facts/po.md)
- "to type": words of their sentences whose translation does not stand in the proposal either
- "wrong": proposals in which a figure, a number word, a negation or a medicine is not that of the text
- "rejected": files that ``msgfmt -c`` refuses

The translation turns each letter by 13 places, so it is known of every sentence where its translation is.

Run: python tests/benchmarks/churn.py [-v]
"""

from __future__ import annotations

import codecs
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from plainleaf.sources import markdown as sources
from plainleaf.translations import merge as merging
from plainleaf.translations import messages
from plainleaf.translations import po as catalogs
from plainleaf.translations.memory import HEAVY, Guard, sentences

HEAD = """\
---
title: Your blue inhaler
summary: How to use your blue inhaler when it is hard to breathe.
audience: People who have asthma, and those close to them
written: 2026-11-01
review-by: 2028-11-01
country: US
---
"""
BODY = """\
## When it is hard to breathe

Sit up and stay calm. Take 4 puffs of salbutamol, one by one. Wait for 4 minutes. If you do not feel better, call for
help and take 4 puffs again.

- Do not lie down.
- Do not wait for a long time before you call.
- Keep someone with you until you can speak again.

## How to use it

Shake the inhaler well. Breathe out all the way. Put it between your lips, press it and breathe in slowly.

Ask your nurse to watch you the first time. You can also read [our page on inhalers](https://clinic.example/inhalers)
or watch the short film there, which shows each step.

1. Take the cap off and look inside.
2. Hold the inhaler upright.
3. Hold your breath for two seconds.

## How much to take

| When | How much |
| --- | --- |
| Before sport | 2 puffs |
| When you wheeze | 2 puffs |
| At night | Only if you need it |

Take no more than 8 puffs in one day. Tell your doctor if you need it more than three times a week.

## What else may happen

Your hands may shake a little and your heart may beat faster. This is common and goes away soon.

- A dry mouth
- A mild headache
- A rash on your arms or face

**Stop and call us** if you get a rash or if your lips swell.

## Look after it

Wash the plastic part with warm water once a week. Let it dry overnight. Never put the metal part in water.

Keep it away from heat, and take it with you wherever you go.

Order a new one when the counter shows 20. Do not throw the old one into a fire.

## Other medicines

Beta blockers such as propranolol can stop it from working. Tell us about all that you take.

Use your brown inhaler with beclometasone each day, even when you feel well.
"""


def moved(body: str) -> str:
    """The section on care goes to the end."""
    parts = re.split(r"(?m)^(?=## )", body)
    care = next(part for part in parts if part.startswith("## Look after it"))
    return "".join(part for part in parts if part is not care).rstrip() + "\n\n" + care.rstrip() + "\n"


def rewrapped(body: str) -> str:
    return body.replace("you do not feel better, call for\nhelp and", "you do not feel better, call\nfor help and")


def swap(old: str, new: str) -> Callable[[str], str]:
    def edit(body: str) -> str:
        assert body.count(old) == 1, old
        return body.replace(old, new)

    return edit


RASH = "- A rash on your arms or face\n"
EDITS: dict[str, tuple[Callable[[str], str], ...]] = {
    "change a word": (swap("goes away soon", "goes away quickly"),),
    "delete a bullet": (swap(RASH, ""),),
    "delete and restore a bullet": (swap(RASH, ""), lambda body: body.replace("headache\n", "headache\n" + RASH)),
    "move a section": (moved,),
    "rewrap a paragraph": (rewrapped,),
    "rename a heading": (swap("## Look after it", "## Care for your inhaler"),),
    "change a URL": (swap("clinic.example/inhalers", "clinic.example/asthma/inhalers"),),
    "change a table cell": (swap("Only if you need it", "Only if you wheeze"),),
    "change a dose in a cell": (swap("| Before sport | 2 puffs |", "| Before sport | 1 puff |"),),
    "change a dose in a text": (swap("no more than 8 puffs", "no more than 6 puffs"),),
    "change a number word": (swap("for two seconds", "for ten seconds"),),
    "take a “not” away": (swap("- Do not lie down.", "- Lie down."),),
    "change a medicine": (swap("such as propranolol", "such as bisoprolol"),),
    "split a paragraph": (swap("Let it dry overnight. Never", "Let it dry overnight.\n\nNever"),),
}

_NUMBER_WORDS = "one two three four five six seven eight nine ten twice once"
_OTHER_WORDS = "no not never salbutamol propranolol bisoprolol beclometasone"
DANGEROUS = frozenset(f"{_NUMBER_WORDS} {_OTHER_WORDS}".split())
GUARD = Guard(HEAVY | {"salbutamol", "beclometasone"})


@dataclass
class Entry:
    """What a tool's catalog says for one message."""

    text: str
    string: str
    fuzzy: bool


@dataclass
class Score:
    not_current: int = 0
    to_type: int = 0
    wrong: int = 0
    rejected: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def turned(text: str) -> str:
    """A translation into no language: other letters, the same figures, tags, links and sentences."""
    parts = re.split(r"(</?\w+>|\{[^{}]*\}|\]\([^)]*\))", text)
    return "".join(part if index % 2 else codecs.encode(part, "rot13") for index, part in enumerate(parts))


def danger(text: str) -> Counter[str]:
    """The figures and dangerous words of a text."""
    found = re.findall(r"\d+|[^\W\d_]+", re.sub(r"</?\w+>|\]\([^)]*\)", "", text).lower())
    return Counter(word for word in found if word.isdigit() or word in DANGEROUS)


def scored(entries: list[Entry], file: str) -> Score:
    """How much work is left in a file, and how dangerous it is."""
    score = Score()
    for entry in entries:
        if entry.string and not entry.fuzzy:
            continue
        score.not_current += len(entry.text.split())
        left = [sentence for sentence in sentences(entry.text) if turned(sentence) not in entry.string]
        score.to_type += sum(len(sentence.split()) for sentence in left)
        # a sentence that stands in the proposal as it is was left to the translator on purpose
        translated = entry.string
        for sentence in left:
            translated = translated.replace(sentence, turned(sentence))
        score.wrong += bool(entry.string) and danger(turned(translated)) != danger(entry.text)
    if shutil.which("msgfmt"):
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "-"], input=file.encode(), capture_output=True)
        score.rejected += done.returncode != 0
    return score


# --------------------------------------------------------------------------- the tools; each keeps a .po as text


class Ours:
    """publish.py update."""

    name = "plainleaf"

    def fresh(self, body: str) -> catalogs.Catalog:
        leaflet, findings = sources.parse("sources/inhaler.md", HEAD + body)
        assert leaflet and not findings, findings
        found = messages.extract(leaflet)
        return merging.new(found, "inhaler", "2026-11-01", "es", "Spanish", "nplurals=2; plural=(n != 1);")

    def start(self, body: str) -> str:
        catalog = self.fresh(body)
        for entry in catalog.live.values():
            entry.string = turned(entry.key[1])
        return catalogs.write(catalog)

    def update(self, po: str, body: str) -> str:
        catalog, _ = catalogs.parse(po.encode(), "inhaler.po")
        assert catalog
        return catalogs.write(merging.update(catalog, self.fresh(body), GUARD))

    def entries(self, po: str) -> list[Entry]:
        found = polib.pofile(po)
        return [Entry(one.msgid, one.msgstr, one.fuzzy) for one in found if not one.obsolete]


class Msgmerge(Ours):
    """GNU msgmerge with our messages."""

    name = "GNU msgmerge, our messages"

    def update(self, po: str, body: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "x.po"), Path(folder, "x.pot")
            old.write_text(po, encoding="utf-8")
            new.write_text(catalogs.write(self.fresh(body)), encoding="utf-8")
            command = ["msgmerge", "--quiet", "--previous", "--no-wrap", str(old), str(new)]
            return subprocess.run(command, capture_output=True, check=True, text=True).stdout


class BabelTags(Ours):
    """pybabel update with our messages."""

    name = "Babel, our messages"

    def texts(self, body: str) -> list[tuple[str | None, str]]:
        return [(context or None, text) for context, text in self.fresh(body).live]

    def _catalog(self, body: str, complete: bool) -> Catalog:
        catalog = Catalog("es", creation_date=datetime(2026, 11, 1, tzinfo=UTC))
        for context, text in self.texts(body):
            catalog.add(text, turned(text) if complete else "", context=context)
        return catalog

    def _written(self, catalog: Catalog) -> str:
        file = io.BytesIO()
        write_po(file, catalog, include_previous=True)
        return file.getvalue().decode()

    def start(self, body: str) -> str:
        return self._written(self._catalog(body, complete=True))

    def update(self, po: str, body: str) -> str:
        catalog = read_po(io.BytesIO(po.encode()), locale="es")
        catalog.update(self._catalog(body, complete=False))
        return self._written(catalog)

    def entries(self, po: str) -> list[Entry]:
        found = [one for one in read_po(io.BytesIO(po.encode()), locale="es") if one.id]
        return [Entry(str(one.id), str(one.string), one.fuzzy) for one in found]


class BabelRaw(BabelTags):
    """pybabel update with blocks of Markdown as they stand (a list point, a table row and a paragraph are a block)."""

    name = "Babel, raw Markdown"

    def texts(self, body: str) -> list[tuple[str | None, str]]:
        blocks = re.split(r"\n\n+|\n(?=- |\d+\. |\|)", body.strip())
        bare = (re.sub(r"^(#+|-|\d+\.) ", "", " ".join(block.split())) for block in blocks)
        return [(None, text) for text in bare if re.search(r"\w", text)]


class Po4a(Ours):
    """po4a-updatepo with its Markdown reader."""

    name = "po4a"

    def start(self, body: str) -> str:
        po = polib.pofile(self._run("", body))
        for one in po:
            one.msgstr = turned(one.msgid)
            one.flags = [flag for flag in one.flags if flag != "fuzzy"]
        return self._named(str(po))

    def update(self, po: str, body: str) -> str:
        return self._run(po, body)

    def _run(self, po: str, body: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            source, path = Path(folder, "x.md"), Path(folder, "x.po")
            source.write_text(body, encoding="utf-8")
            if po:
                path.write_text(po, encoding="utf-8")
            command = [
                "po4a-updatepo",
                "-f",
                "text",
                "-o",
                "markdown",
                "-M",
                "utf-8",
                "-m",
                str(source),
                "-p",
                str(path),
            ]
            subprocess.run(command, capture_output=True, check=True)
            return self._named(path.read_text(encoding="utf-8"))

    @staticmethod
    def _named(po: str) -> str:
        """po4a leaves the header's language and charset to the translator."""
        return po.replace("charset=CHARSET", "charset=UTF-8").replace('"Language: \\n"', '"Language: es\\n"')


def measured(tool: Ours) -> dict[str, Score]:
    """The score of a tool after each edit."""
    scores: dict[str, Score] = {}
    start = tool.start(BODY)
    for what, steps in EDITS.items():
        po, body, rejected = start, BODY, 0
        for step in steps:
            body = step(body)
            po = tool.update(po, body)
            scores[what] = scored(tool.entries(po), po)
            rejected |= scores[what].rejected
        scores[what].rejected = rejected
    return scores


def row(what: str, score: Score) -> str:
    return f"{what:30} {score.not_current:12} {score.to_type:9} {score.wrong:7} {score.rejected:9}"


def main() -> None:
    verbose = "-v" in sys.argv[1:]
    tools: list[Ours] = [Ours(), BabelTags(), BabelRaw()]
    for tool, program in ((Msgmerge(), "msgmerge"), (Po4a(), "po4a-updatepo")):
        if shutil.which(program):
            tools.append(tool)
        else:
            print(f"not measured: {tool.name} ({program} is not installed)")
    print(f"{len(BODY.splitlines())} lines, {len(BODY.split())} words, {len(EDITS)} edits\n")
    print(f"{'':30} {'not current':>12} {'to type':>9} {'wrong':>7} {'rejected':>9}")
    for tool in tools:
        scores = measured(tool)
        print(row(tool.name, sum(scores.values(), Score())))
        if verbose:
            print("\n".join(row(f"    {what}", score) for what, score in scores.items()))


if __name__ == "__main__":
    main()
