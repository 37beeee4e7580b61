"""Where the words are printed that layouts add to every leaflet: labels, notices, the clinic's details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plainleaf.formats.pages import words_of
from plainleaf.languages.facts import english
from plainleaf.languages.folding import PLACEHOLDER
from plainleaf.model import Locale, Location, Message, State
from plainleaf.project import Project
from plainleaf.reading import flow, tags
from plainleaf.reading.places import Pages
from plainleaf.screenshots.matching import Seen, Text, boxes_of, seen
from plainleaf.translations import layout_words

FUZZY = "its translation is marked as fuzzy"
_SCREENS = "/screen-words.html"
_MOST_PIECES = 12  # that one word of a layout may be printed in


@dataclass(frozen=True, slots=True)
class Word:
    """A message of the layouts, as pages in a language have it; ``letters`` matches what is seen of it."""

    message: Message
    said: str
    letters: re.Pattern[str]
    po: Location | None


def messages(project: Project) -> tuple[Message, ...]:
    """All words of layouts."""
    return layout_words.messages(project.layout_folders, project.root)


def words(project: Project, locale: Locale) -> Iterator[Word]:
    """The words of layouts as they are printed in a locale; not those that have no translation there."""
    catalog, printed = project.words(locale.name), words_of(project, locale)
    for message in messages(project):
        entry = catalog.lookup(message.context, message.text) if catalog else None
        if locale.name != english().name and (entry is None or entry.state is not State.CURRENT):
            continue
        said = printed.here(message.text)
        parts = [re.escape(seen(part)) for part in PLACEHOLDER.split(said)]
        if not re.search(r"\w", "".join(PLACEHOLDER.split(said))):
            continue  # “{head}: {cell}” could be anything
        yield Word(message, said, re.compile(".+".join(parts)), entry.at if entry else None)


def find(
    wanted: Iterable[Word], document: tags.Document, pages: Pages, language: str, others: Iterable[str]
) -> Iterator[Seen]:
    """The first place of each of these words that a finished PDF prints by itself, in the language of the page (BCP
    47): as a whole text, or as whole pieces of one, such as a label. ``others``: texts of the leaflet, which are not
    taken for words that say the same."""
    own = {seen(text) for text in others}
    spans = [span for run in flow.runs(document) for span in _spans(run, language) if span[0] not in own]
    for word in wanted:
        for letters, run, pieces in spans:
            if word.letters.fullmatch(letters):
                around = run.within[-1] if run.within else tags.Tag("")
                if boxes := boxes_of(pieces, around, pages):
                    key = word.message.context, word.message.text
                    said = " ".join("".join(piece.text for piece in pieces).split())
                    yield Seen(Text(key, said, word.message.at[0], word.po), boxes)
                    break


def _spans(run: flow.Run, language: str) -> Iterator[tuple[str, flow.Run, Sequence[tags.Piece]]]:
    """What neighbouring pieces of a text say together: the whole of it first."""
    around = run.within[-1].language if run.within else language
    pieces = [piece for piece in run.pieces if seen(piece.text)]
    if around != language and not any(piece.language == language for piece in pieces):
        return
    letters = [seen(piece.text) for piece in pieces]
    yield "".join(letters), run, pieces
    for first in range(len(pieces)):
        for last in range(first + 1, min(len(pieces), first + _MOST_PIECES) + 1):
            yield "".join(letters[first:last]), run, pieces[first:last]


def why(project: Project, locale: Locale, message: Message) -> str:
    """Why one of them has no picture, in words."""
    catalog = project.words(locale.name)
    entry = catalog.lookup(message.context, message.text) if catalog else None
    if locale.name != english().name and (entry is None or entry.state is not State.CURRENT):
        return "it is not translated" if entry is None or entry.state is State.UNTRANSLATED else FUZZY
    if all(at.file.endswith(_SCREENS) for at in message.at):
        return "only pages for screens show it"
    if not re.search(r"\w", PLACEHOLDER.sub("", message.text)):
        return "it has no words of its own"
    return "no layout that was asked for prints it by itself"
