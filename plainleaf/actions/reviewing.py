"""What a clinical translator reviews of a translation: each text beside its source, what it says literally, what was
found on it; safety texts first. Its digest is of all that an approval covers: a signature on paper belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plainleaf.actions import approve as approving
from plainleaf.actions.page_words import Shared
from plainleaf.approvals import sheets
from plainleaf.approvals.contents import Said
from plainleaf.checks.readability.verdicts import LACKING
from plainleaf.checks.translation.every import without_place
from plainleaf.model import Block, Edition, Finding, Inline, Kind, Leaflet, Location, Message, Severity, State, Text
from plainleaf.model.phrases import counted
from plainleaf.project import Project
from plainleaf.translations import messages
from plainleaf.translations.library import BACK
from plainleaf.translations.markup import from_text
from plainleaf.translations.notes import is_draft, is_ours
from plainleaf.translations.po import Catalog

_WORDS_TO_KNOW = (Kind.TERM, Kind.SAY, Kind.MEANS)
_LONG = 60  # characters: programs that wrap comments do so in lines longer than that


@dataclass(frozen=True, slots=True)
class Row:
    """A text. ``said`` is its translation, () for none; ``raw``: as the catalog has it, where its marks are broken.
    ``back``: what it says literally, "" if nobody has written that; ``about``: what the text is, and where."""

    number: int
    source: tuple[Inline, ...]
    said: tuple[Inline, ...]
    raw: str
    back: str
    about: str
    found: tuple[Finding, ...]
    state: State | None


@dataclass(frozen=True, slots=True)
class Review:
    """A translation to review. ``whole``: what was found on no text of it in particular."""

    leaflet: Leaflet
    safety: tuple[Row, ...]
    others: tuple[Row, ...]
    terms: tuple[Row, ...]
    words: tuple[Row, ...]
    whole: tuple[Finding, ...]
    digest: str

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.safety, *self.others, *self.terms, *self.words)

    @property
    def open(self) -> int:
        """How many texts have no checked translation: with one nothing can be signed."""
        return sum(row.state is not State.CURRENT for row in self.rows)

    def count(self, severity: Severity) -> int:
        """How many findings of a kind there are on its texts, and on the whole."""
        every = {*self.whole, *(each for row in self.rows for each in row.found)}
        return sum(each.severity is severity for each in every)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Why nobody can approve it yet, in words: no approval is given over any of this."""
        errors = self.count(Severity.ERROR)
        open_ = {each for row in self.safety for each in row.found if each.severity is Severity.WARNING}
        return (
            *((f"{counted(self.open, 'text has', 'texts have')} no checked translation",) if self.open else ()),
            *((f"{counted(errors, 'error')} must be fixed",) if errors else ()),
            *((f"{counted(len(open_), 'warning')} on safety texts must be settled",) if open_ else ()),
        )


def review(project: Project, edition: Edition, found: Iterable[Finding], of_layouts: Shared) -> Review:
    """All that is reviewed of an edition, with what was ``found`` on it."""
    leaflet, locale = edition.leaflet, edition.locale
    about = approving.subject(project, leaflet, locale, of_layouts, project.clinics)
    on_text: dict[Location, list[Finding]] = {}
    whole: list[Finding] = []
    for each in dict.fromkeys(found):
        if each.po and each.po.line and each.check not in LACKING:
            on_text.setdefault(each.po, []).append(each)
        elif each.check not in LACKING and each.severity in (Severity.ERROR, Severity.WARNING):
            whole.append(each)
    catalog = project.catalogs.get((locale.name, leaflet.slug))
    words = project.words(locale.name)
    blocks = dict(_blocks(leaflet))
    ordered = sorted(about.texts, key=lambda said: _part(said, blocks))
    rows = [_row(number, said, blocks.get(said.key), catalog, on_text) for number, said in enumerate(ordered, 1)]
    parts = [_part(said, blocks) for said in ordered]
    printed = [said for said in about.words if said.translation is not None]
    own = [_row(number, said, None, words, on_text) for number, said in enumerate(printed, len(rows) + 1)]
    seen = {each for row in (*rows, *own) for each in row.found}
    left = [each for about_one in on_text.values() for each in about_one if each not in seen]
    whole += [each for each in left if each.severity in (Severity.ERROR, Severity.WARNING)]
    safety, others, terms = (
        tuple(row for row, part in zip(rows, parts, strict=True) if part == number) for number in range(3)
    )
    return Review(
        leaflet, safety, others, terms, tuple(own), tuple(whole), sheets.digest(about, leaflet.slug, locale.name)
    )


def _blocks(leaflet: Leaflet) -> Iterator[tuple[tuple[str, str], Block]]:
    """The block that each message is first met in."""
    found: dict[tuple[str, str], Block] = {}

    def visit(block: Block, message: Message) -> Block:
        found.setdefault((message.context, message.text), block)
        return block

    messages.walk(leaflet, visit)
    return iter(found.items())


def _part(said: Said, blocks: dict[tuple[str, str], Block]) -> int:
    """0: a safety text, 1: another one, 2: a word to know."""
    if said.message.safety:
        return 0
    block = blocks.get(said.key)
    return 2 if block and block.kind in _WORDS_TO_KNOW else 1


def _row(
    number: int, said: Said, block: Block | None, catalog: Catalog | None, found: dict[Location, list[Finding]]
) -> Row:
    source = block.inlines if block else (Text(said.message.text),)
    translation = said.translation
    text = translation.text if translation else ""
    inlines, flaws = from_text(text, source) if block else ((Text(text),) if text else (), ())
    entry = catalog.live.get(said.key) if catalog else None
    about = tuple(found.get(translation.at, ())) if translation else ()
    where = said.message.comments[0] if said.message.comments else ""
    raw = text if flaws else ""
    back = translated_back(entry.comments) if entry else ""
    return Row(number, source, inlines, raw, back, where, about, translation.state if translation else None)


def translated_back(comments: Sequence[str]) -> str:
    """What a translation says literally, as a comment on its entry has it, "" if none does."""
    found: list[str] = []
    before = 0
    for comment in comments:
        text = comment.strip()
        if text.startswith(BACK):
            found = [text.removeprefix(BACK).strip()]
        elif not found or before < _LONG or is_ours(comment) or is_draft(comment) or text.startswith("plainleaf:"):
            if found:
                break
            continue
        else:  # a program has wrapped it
            found.append(text)
        before = len(comment)
    return " ".join(found)


def said_of(finding: Finding) -> str:
    """What a finding says, beside its text."""
    return without_place(finding.message)
