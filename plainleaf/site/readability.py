"""The pages below ``build/staff/readability/``: how easy each leaflet is to read, sentence by sentence.

An index, a page for each leaflet, one for each of its languages, and one with all sentences in that. Prepares values
for their templates; what is hard or long is decided by ``readability`` and ``checks``, never here.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import quote

from plainleaf.checks.readability import gate, pemat, ratchet
from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability.judge import Judged, Options
from plainleaf.files import shelf
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Edition, Finding, Locale, Location, Meta, Severity, plain
from plainleaf.model.phrases import counted
from plainleaf.project import Project
from plainleaf.readability.scores import Limits, Reading
from plainleaf.readability.sentences import Sentence
from plainleaf.site import scores as reading_scores
from plainleaf.site import sentence_picture as reading_picture
from plainleaf.site import titles
from plainleaf.site.scores import Rule, Score, Trend
from plainleaf.site.sentence_picture import FAR, FITS, LONG, Picture
from plainleaf.site.titles import link
from plainleaf.typesetting import locales

FOLDER = "staff/readability"
Page = tuple[str, Callable[[], str]]
MOST_SENTENCES = 10  # to fix first
MOST_PROBLEMS = 5  # errors of an edition that is not judged


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of a file as people read it, and where a click leads."""

    words: str
    href: str
    file: str
    line: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence; ``long``: a long word."""

    text: str
    long: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence in the table, or among those to fix; ``gain``: what the score gains, "" if that cannot be told."""

    number: int
    level: str
    state: str
    pieces: tuple[_Piece, ...]
    words: int
    long_words: int
    places: tuple[_Place, ...]
    gain: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A section with its sentences and their picture; ``gist`` says what the picture shows."""

    number: int
    heading: str
    gist: str
    picture: Picture
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is told of an edition. ``state``: a class of ``reading_scores``; ``over``, ``far``: sentences too long."""

    scored: bool
    state: str
    verdict: str
    unit: str
    gist: str
    over: str
    far: str
    too_long: int
    mean: str
    noise: str
    method: str
    opinion: str  # of another program
    long_words: str  # what a long word is
    tally: str
    aside: str  # of texts that are printed by themselves
    limits: Limits
    scores: tuple[Score, ...]
    beside: tuple[Score, ...]  # those without a target
    rules: tuple[Rule, ...]
    trends: tuple[Trend, ...]
    parts: tuple[_Part, ...]
    worst: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A leaflet in one language; one with errors in its texts is not judged, and ``problems`` are the first of them."""

    locale: Locale
    judged: _Judged | None
    problems: tuple[str, ...] = ()
    more_problems: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """A PEMAT or CDC item, and its answer, or none where a person has to answer."""

    numbers: str
    question: str
    answer: _Answer | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """ "yes", "no", or "open" with the reason in ``words``; ``notes`` say what to fix, and where."""

    state: str
    words: str
    notes: tuple[tuple[str, tuple[_Place, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """A language of a leaflet: its page in HTML and that of its sentences ("" if there are none), and of its values
    those that the tables above it show."""

    page: _Page
    html: str
    sentences: str


@dataclass(frozen=True, slots=True)
class _Leaflet:
    """A leaflet in the index. ``states``: how many languages are in each, ``far``: the sentences too long in all."""

    slug: str
    title: str
    language: str
    pages: tuple[_Page, ...]
    states: tuple[tuple[str, int], ...]
    far: int


@dataclass(frozen=True, slots=True)
class _Links:
    """Where places of the sources can be seen: by an address from the settings, or as files beside the page.

    ``root``: the root folder as the page reaches it, such as "..".
    """

    root: str
    pattern: str

    def places(self, *where: Location | None) -> tuple[_Place, ...]:
        """A place for each line that is known, a file named once."""
        return tuple(self._place(at) for at in dict.fromkeys(where) if at and at.file)

    def _place(self, at: Location) -> _Place:
        words = f"{at.file}, line {at.line}" if at.line else at.file
        if self.pattern:
            href = self.pattern.replace("{line}", str(at.line or 1)).replace("{file}", quote(at.file))
        else:
            href = quote(f"{self.root}/{at.file}")
        return _Place(words, href, at.file, f"line {at.line}" if at.line else "")


def pages(
    project: Project, editions: Iterable[tuple[Edition, Sequence[Finding]]], output: Path, today: date
) -> Iterator[Page]:
    """All of them. ``editions`` come with what was found on them; ``output``: the folder that the paths are in."""
    options, faults = gate.options(project, today)
    by_leaflet: dict[str, list[tuple[Edition, Sequence[Finding]]]] = {}
    for edition, findings in editions:
        by_leaflet.setdefault(edition.slug, []).append((edition, findings))
    folders, known = project.layout_folders, dict[tuple[str, str], _Made]()

    def made(edition: Edition, findings: Sequence[Finding]) -> _Made:
        """One for all pages that show it; from memory if it is as it was."""
        if (key := (edition.slug, edition.locale.name)) not in known:
            links = _links(project, options, output / FOLDER / edition.slug)
            values = (edition, [each for each in findings if each.severity is Severity.ERROR], options, links)
            known[key] = shelf.kept(f"readability {' '.join(key)}", values, partial(_made, *values, folders))
        return known[key]

    def shown(slug: str) -> _Leaflet:
        about = by_leaflet[slug][0][0].leaflet
        return _leaflet(about.meta, about.language, slug, [made(*each).page for each in by_leaflet[slug]])

    def index() -> str:
        clinic, day = titles.clinic(project), locales.long_date(today, locales.locale("en"))
        leaflets = [shown(slug) for slug in by_leaflet]
        wrong = [f"{fault.at}: {fault.message}" for fault in faults]
        values = {"clinic": clinic, "day": day, "leaflets": leaflets, "faults": wrong, "record": ratchet.FILE}
        return layouts.screen(folders, "readability", link=link, **values)

    def languages(slug: str) -> str:
        return layouts.screen(folders, "readability-languages", link=link, leaflet=shown(slug))

    def one(edition: Edition, findings: Sequence[Finding]) -> str:
        return made(edition, findings).html

    def sentences(edition: Edition, findings: Sequence[Finding]) -> str:
        return made(edition, findings).sentences

    yield f"{FOLDER}/index.html", index
    for slug, found in by_leaflet.items():
        yield f"{FOLDER}/{slug}/index.html", partial(languages, slug)
        for edition, findings in found:
            yield f"{FOLDER}/{slug}/{edition.locale.tag}.html", partial(one, edition, findings)
            with suppress(TemplateError):  # which the page above tells of
                if made(edition, findings).sentences:
                    yield f"{FOLDER}/{slug}/{edition.locale.tag}.sentences.html", partial(sentences, edition, findings)


def _links(project: Project, options: Options, folder: Path) -> _Links:
    return _Links(Path(os.path.relpath(project.root, folder)).as_posix(), options.source_link)


def _leaflet(meta: Meta, language: str, slug: str, pages: Sequence[_Page]) -> _Leaflet:
    states = Counter(page.judged.verdict if page.judged else "Not judged" for page in pages)
    far = sum(page.judged.too_long for page in pages if page.judged)
    return _Leaflet(slug, plain(meta.title.inlines), language, tuple(pages), tuple(states.items()), far)


def _made(
    edition: Edition, errors: Sequence[Finding], options: Options, links: _Links, folders: Sequence[Path]
) -> _Made:
    """The page of an edition; one with ``errors`` is not judged. Raises ``TemplateError``."""
    items, checklist = tuple[_Item, ...](), tuple(_Item(numbers, question) for numbers, question in pemat.CHECKLIST)
    if errors:
        said = tuple(f"{error.po or error.at}: {error.message}" for error in errors[:MOST_PROBLEMS])
        page = _Page(edition.locale, None, said, len(errors) - len(said))
    else:
        judged = readability.judged(edition, readability.measure(edition), options)
        page, answers = _Page(edition.locale, _judged(judged, links)), _answers(edition, judged, links)
        items = tuple(_Item(item.numbers, item.question, answers[item.name]) for item in pemat.JUDGED)
    values = {
        "page": page,
        "told": page.judged,
        "leaflet_title": plain(edition.leaflet.meta.title.inlines),
        "leaflet_language": edition.leaflet.language,
    }
    html = layouts.screen(folders, "readability-edition", items=items, checklist=checklist, **values)
    sentences = _sentences(page.judged.parts, values, options, folders) if page.judged else ""
    light = page.judged and replace(page.judged, parts=(), worst=())
    return _Made(replace(page, judged=light), html, sentences)


def _sentences(parts: Sequence[_Part], values: Mapping[str, object], options: Options, folders: Sequence[Path]) -> str:
    """The page of all sentences; "" if there are none. The file that most of them are in is named once."""
    rows = [row for part in parts for row in part.rows]
    files = Counter(row.places[-1].file for row in rows if row.places)
    usual = max(sorted(files), key=lambda file: files[file], default="")
    linked = bool(options.source_link)
    return layouts.screen(folders, "readability-sentences", usual=usual, linked=linked, **values) if rows else ""


# --------------------------------------------------------------------------- one edition


def _judged(judged: Judged, links: _Links) -> _Judged:
    reading, findings = judged.reading, judged.findings
    rows = [_row(reading, sentence, number, links) for number, sentence in enumerate(reading.prose.scored, 1)]
    state, verdict = reading_scores.verdict(reading)
    over, far = sum(row.level != FITS for row in rows), sum(row.level == FAR for row in rows)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return _Judged(
        scored=reading.scored,
        state=state,
        verdict=verdict,
        unit=reading.unit,
        gist=_gist(reading, rows),
        over=f"{over} of {len(rows)}" if over else "none",
        far=f"{far} too long" if far else "",
        too_long=far,
        mean=f"{reading.mean:.1f}",
        noise=reading_scores.noise(reading),
        method=reading_scores.method(reading),
        opinion=reading_scores.second_opinion(judged.verdict),
        long_words=reading_scores.long_words(reading),
        tally=f"{counted(errors, 'error')} and {counted(warnings, 'warning')}",
        aside=_aside(reading),
        limits=reading.limits,
        scores=tuple(reading_scores.score(score, reading) for score in reading.scores if score.goal),
        beside=tuple(reading_scores.score(score, reading) for score in reading.scores if not score.goal),
        rules=tuple(reading_scores.rules(reading)),
        trends=tuple(reading_scores.trend(figure) for figure in judged.verdict.figures),
        parts=tuple(_parts(reading, rows)),
        worst=tuple(_to_mend(reading, rows)),
    )


def _row(reading: Reading, sentence: Sentence, number: int, links: _Links) -> _Row:
    level = reading_picture.level(sentence, reading)
    state = {FITS: "", LONG: "long", FAR: "too long"}[level]
    hard = [word.text for word in reading.long_words(sentence)]
    pieces = tuple(_pieces(sentence.text, hard))
    places = links.places(sentence.at, sentence.po)
    return _Row(number, level, state, pieces, sentence.length, len(hard), places)


def _pieces(text: str, marked: Iterable[str]) -> Iterator[_Piece]:
    """A sentence cut at its long words, which are named in their order."""
    done = 0
    for word in marked:
        start = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, done)
        if not start:
            continue
        if start.start() > done:
            yield _Piece(text[done : start.start()], False)
        yield _Piece(word, True)
        done = start.end()
    if done < len(text):
        yield _Piece(text[done:], False)


def _parts(reading: Reading, rows: Sequence[_Row]) -> Iterator[_Part]:
    means = reading.section_means()
    for number, picture in reading_picture.pictures(reading).items():
        own = tuple(rows[mark.number - 1] for mark in picture.marks)
        heading = reading.prose.sections[number].heading
        gist = f"{counted(len(own), 'sentence')}, {means[number]:.1f} {reading.unit} on average; {_over(own)}"
        yield _Part(number, heading, gist, picture, own)


def _over(rows: Sequence[_Row]) -> str:
    long, far = sum(row.level == LONG for row in rows), sum(row.level == FAR for row in rows)
    said = [f"{number} {word}" for number, word in ((long, "long"), (far, "too long")) if number]
    return ", ".join(said) or "none too long"


def _gist(reading: Reading, rows: Sequence[_Row]) -> str:
    limits, unit = reading.limits, reading.unit
    over = [sum(row.words > limit for row in rows) or "none" for limit in (limits.sentence_warn, limits.sentence_fail)]
    short = len(reading.prose.short_points)
    apart = f" Left out: {counted(short, 'list point')} of one or two words." if short else ""
    if (share := reading.prose.share) < 0.995:
        apart += f" Scored are {share:.0%} of the words: headings, tables, captions and small formats are left out."
    return (
        f"{counted(len(rows), 'sentence')}, {over[0]} over {limits.sentence_warn} {unit}, {over[1]} over"
        f" {limits.sentence_fail}; {reading.mean:.1f} {unit} on average.{apart}"
    )


def _aside(reading: Reading) -> str:
    """What there is of texts that are printed by themselves (``::: short``, ``::: easy``): they are not scored."""
    sentences = reading.prose.aside
    if not sentences:
        return ""
    long = sum(reading_picture.level(sentence, reading) != FITS for sentence in sentences)
    over = f"{long or 'none'} of them over a limit"
    return f"Not scored here: {counted(len(sentences), 'sentence')} of the short, easy and card texts, {over}."


def _to_mend(reading: Reading, rows: Sequence[_Row]) -> Iterator[_Row]:
    numbers = {id(sentence): number for number, sentence in enumerate(reading.prose.scored)}
    for sentence, gain in reading.worst(MOST_SENTENCES):
        points = f"{gain:.2f} points ({reading.scores[0].formula.name})" if reading.scores and gain > 0 else ""
        yield replace(rows[numbers[id(sentence)]], gain=points)


# --------------------------------------------------------------------------- PEMAT and CDC


def _answers(edition: Edition, judged: Judged, links: _Links) -> dict[str, _Answer]:
    """What the program says to each of its items, by the item's name."""
    reading, kept = judged.reading, set(judged.findings)
    open_ = pemat.unjudged(edition, reading)
    found: dict[str, list[Finding]] = {}
    for finding, _ in pemat.check(edition, reading):
        found.setdefault(finding.check.removeprefix("pemat-"), []).append(finding)
    answers = {}
    for item in pemat.JUDGED:
        own = found.get(item.name, [])
        notes = tuple((f"{each.message}: {each.hint}", links.places(each.at, each.po)) for each in own if each in kept)
        if notes:
            answers[item.name] = _Answer("no", "No", notes)
        elif own:
            answers[item.name] = _Answer("open", "no, but a waiver lets it pass")
        elif item.name in open_:
            answers[item.name] = _Answer("open", open_[item.name])
        else:
            answers[item.name] = _Answer("yes", "Yes")
    return answers
