"""Errands of the front desk: what takes seconds and asks a whole project, each in a process of its own.

    python -m plainleaf.preview.errands '{"errand": "print", "root": "/leaflets", ...}'

It prints one line of JSON; one that takes long prints others before it, with how far it is. A mistake in the files is
part of what it says; only our own mistakes end it otherwise.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from plainleaf import editions, files, library, project
from plainleaf.actions import reviewing, status
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions.choice import Choice
from plainleaf.actions.page_words import shared
from plainleaf.approvals import sheets
from plainleaf.clinics import file as clinicfile
from plainleaf.clinics.details import fill
from plainleaf.files.places import WORDS, po_path
from plainleaf.formats.pdf.format import FORMAT as PDF
from plainleaf.layouts import excerpts, notices
from plainleaf.model import Block, Finding, Inline, Layout, Leaflet, Locale, Message, Severity, plain
from plainleaf.model.papers import us_paper
from plainleaf.model.phrases import counted
from plainleaf.model.usage import UsageError
from plainleaf.preview import begun, lying, refusals
from plainleaf.project import Project
from plainleaf.site import print_list
from plainleaf.sources import template
from plainleaf.translations import messages
from plainleaf.typesetting import locales

Answer = dict[str, Any]


def overview(root: Path, clinic: str, today: date) -> Answer:
    """What there is to hand out, and what is to be done about it by whom."""
    there = project.load(root, clinic)
    leaflets = []
    for slug, leaflet in there.leaflets.items():
        written = locales.locale(leaflet.own_locale)
        edition, _ = messages.localize(leaflet, written, there.clinic.country if there.clinic else "", None, False)
        begun = [where for name, where in there.locales.items() if (name, slug) in there.catalogs]
        spoken = [written, *(each for each in begun if leaflet.meant_for(each.name) and each.name != written.name)]
        layouts = [name for name, layout in there.layouts.items() if not excerpts.unwanted(edition, layout)]
        leaflets.append(
            {
                "name": slug,
                "title": plain(leaflet.meta.title.inlines),
                "tag": leaflet.language,
                "languages": [
                    {"name": each.name, "tag": each.tag, "own": each.own_name, "english": each.english_name}
                    for each in spoken
                ],
                "layouts": layouts,
            }
        )
    return {
        "clinics": list(there.clinics),
        "clinic": there.clinic_name,
        "leaflets": leaflets,
        "layouts": _layouts(there),
        "todo": list(_todo(there, today)),
    }


_TEXTS = ("full", "easy", "short-or-full", "short", "card")  # of a leaflet, in the order in which people choose


def _layouts(there: Project) -> list[Answer]:
    """The layouts, those on the paper of the clinic's country first. ``two``: it sets two languages side by side."""
    country = there.clinic.country if there.clinic else ""
    asked = there.settings.layouts
    listed = [layout for name, layout in there.layouts.items() if not asked or name in asked]
    names = [each.name for each in listed]
    told = [
        {
            "name": each.name,
            "title": each.title,
            "home": _at_home(each.name, country, names),
            "two": bool(each.beside) and each.beside_pages == "shared",
        }
        for each in sorted(listed, key=_asked_first)
    ]
    return sorted(told, key=lambda each: (not each["home"], each["two"]))


def _asked_first(layout: Layout) -> tuple[int, bool, float]:
    """Where a layout is in a list: the whole text first, page by page, in the usual size."""
    text = _TEXTS.index(layout.text) if layout.text in _TEXTS else len(_TEXTS)
    return text, layout.press is not None and layout.press.scheme is not None, layout.body_pt


def _at_home(name: str, country: str, there: Sequence[str]) -> bool:
    """Whether a layout is on the paper of a country, or there is none of its kind that is."""
    if us_paper(country):
        return name.endswith("letter") or (f"{name}-letter" not in there and name != "a4")
    return not name.endswith("letter")


# --------------------------------------------------------------------------- what is to be done


def _todo(there: Project, today: date) -> Iterator[Answer]:
    """What is out of date or waits for somebody, who that is, and what they do; what is dangerous first."""
    if there.clinic is None:
        at = f"{clinicfile.FOLDER.as_posix()}/{there.clinic_name}.toml"
        yield _task("you", "The clinic's details have mistakes: nothing can be printed", "correct them below", at, 0)
    for source in status.sources(there, today=today):
        yield from _of_source(source, today)
    first = next(iter(there.leaflets), "")
    for row in status.rows(there, today=today):
        own = row.leaflet is None and files.there(po_path(there.root, row.locale.name, WORDS))
        words = {"leaflet": first, "words": True} if own else {}  # any leaflet's page leads to them
        yield from ({**task, **words} for task in _of_row(row))


def _task(
    who: str, what: str, do: str, about: str, rank: int, leaflet: str = "", locale: str = "", sign: bool = False
) -> Answer:
    return {
        "who": who, "what": what, "do": do, "about": about, "rank": rank, "leaflet": leaflet, "locale": locale,
        "sign": sign,
    }  # fmt: skip


def _of_source(source: status.Source, today: date) -> Iterator[Answer]:
    leaflet = source.leaflet
    title, slug = plain(leaflet.meta.title.inlines), leaflet.slug
    if leaflet.meta.review_by < today:
        what = f"It was to be checked again by {leaflet.meta.review_by}"
        yield _task(
            "the writer, then a clinician", what, "check it against today's evidence, and set new dates", title, 0, slug
        )
    if source.fault or source.lapses:
        yield _task(
            "a clinician",
            f"Its sign-off no longer counts: {source.sign_off}",
            "read it, and sign it off",
            title,
            0,
            slug,
            "",
            True,
        )
    elif source.standing is None:
        yield _task(
            "a clinician",
            "Nobody has signed it off: every page says that it is a sample",
            "read it, and sign it off",
            title,
            1,
            slug,
            "",
            True,
        )


def _of_row(row: status.Row) -> Iterator[Answer]:
    slug, locale = (row.leaflet.slug if row.leaflet else ""), row.locale.name
    title = plain(row.leaflet.meta.title.inlines) if row.leaflet else "Words that every leaflet prints"
    about = f"{title}, {row.locale.english_name}"
    if row.broken:
        yield _task(
            "the translator",
            "The file of the translation cannot be read",
            "save it again as a .po file",
            about,
            0,
            slug,
            locale,
        )
    elif row.done == 0:
        yield _task("a translator", "Nobody has begun with it", "translate it", about, 3, slug, locale)
    elif row.tasks:
        danger = f", {counted(row.safety, 'safety text')} among them" if row.safety else ""
        what = f"{counted(len(row.tasks), 'text')} to translate or to check again{danger}"
        yield _task("the translator", what, "open Translate", about, 0 if row.safety else 2, slug, locale)
    elif row.leaflet and (row.fault or row.lapses):
        yield _task(
            "a clinical translator",
            f"Its approval no longer counts: {row.approval}",
            "read it, and approve it",
            about,
            0,
            slug,
            locale,
            True,
        )
    elif row.leaflet and row.standing is None:
        yield _task(
            "a clinical translator",
            "Nobody has approved it: every page says that it is a draft",
            "read it, and approve it",
            about,
            2,
            slug,
            locale,
            True,
        )


# --------------------------------------------------------------------------- the file to print


def printed(root: Path, clinic: str, today: date, leaflet: str, locale: str, layout: str) -> Answer:
    """The file of a leaflet, made now if it is out of date, with what the print list says of it."""
    there = library.load(root, clinic)
    done = library.publish(
        there, leaflets=[leaflet], locales=[locale], layouts=[layout], formats=[PDF.name], today=today
    )
    own = [each for each in done.artifacts if (each.slug, each.locale, each.layout) == (leaflet, locale, layout)]
    file = next((each for each in own if not each.looks), None)
    errors = [each for each in done.findings if each.severity is Severity.ERROR]
    if file is None:
        why = next((each.why for each in done.unmade), "this leaflet is not made in this layout")
        return {"path": "", "why": why, "findings": _said(errors)}
    edition = next(each for each, _ in editions.editions(there, Choice((leaflet,), (locale,)), today))
    said = [f"{each.po or each.at}: {each.message}" for each in errors]
    job, sheets_each, cards = print_list.advice(there, file, edition.locale.direction, said)
    return {
        "path": _below(there, job.path),
        "screen": _below(there, file.path) if file.fresh else "",
        "title": job.title,
        "pages": file.pages,
        "paper": job.paper,
        "copies": job.copies,
        "sheets": {"each": sheets_each, "cards": cards},
        "then": job.then,
        "why": job.why,
        "changed": job.changed,
        "draft": notices.DRAFT in notices.of(edition),
        "sample": notices.SAMPLE in notices.of(edition),
        "findings": _said(errors),
    }


def _below(there: Project, path: str) -> str:
    """A file of the output folder, from the root's folder ``build``."""
    below = there.output.relative_to(there.root / "build")
    return (below / path).as_posix() if path else ""


def _said(found: Sequence[Finding]) -> list[Answer]:
    return [each.as_json() for each in found]


# --------------------------------------------------------------------------- who answers for a text


def texts(root: Path, clinic: str, today: date, leaflet: str, locale: str) -> Answer:
    """What somebody signs: the safety texts to be seen one by one, the digest of all, and what keeps it from being
    signed. ``locale``: of a translation, "" for the leaflet as it is written."""
    there = library.load(root, clinic)
    own = there.leaflets[leaflet].own_locale
    edition, found = next(editions.editions(there, Choice((leaflet,), (locale or own,)), today))
    every = [*editions.found_in_files(there, edition), *found]
    if locale and locale != own:
        return _translation(there, reviewing.review(there, edition, every, shared(there)), edition.locale)
    about = signing_off.subject(there, edition.leaflet, shared(there), there.clinics)
    rows = [
        _row(_printed(there, block.inlines, edition.locale), "", "", message.at[0])
        for message, block in _messages(edition.leaflet)
        if message.safety
    ]
    open_ = signing_off.in_the_way(every)
    unwritten = sum(each.check == template.CHECK for each in open_)
    errors = len(open_) - unwritten
    return {
        "rows": rows,
        "others": len(about.texts) - len(rows),
        "digest": sheets.digest(about, leaflet, own),
        "obstacles": [
            *([f"{counted(errors, 'error')} must be fixed"] if errors else []),
            *([f"{counted(unwritten, 'sentence')} of the template must be replaced"] if unwritten else []),
        ],
        "tag": edition.leaflet.language,
        "key": there.settings.require_signature,
    }


def _messages(leaflet: Leaflet) -> list[tuple[Message, Block]]:
    """The messages of a leaflet, each with the block that it is met in first."""
    blocks: dict[tuple[str, str], Block] = {}

    def visit(block: Block, message: Message) -> Block:
        blocks.setdefault((message.context, message.text), block)
        return block

    messages.walk(leaflet, visit)
    return [(each, blocks[each.context, each.text]) for each in messages.extract(leaflet)]


def _printed(there: Project, inlines: tuple[Inline, ...], where: Locale) -> str:
    """A text as pages have it, with the clinic's details in their places."""
    return plain(fill(inlines, there.clinic, where) if there.clinic else inlines)


def _row(source: str, said: str, back: str, at: object) -> Answer:
    name = hashlib.sha256("\x04".join((source, said)).encode()).hexdigest()[:16]
    return {"id": name, "source": source, "said": said, "back": back, "at": str(at)}


def _translation(there: Project, review: reviewing.Review, where: Locale) -> Answer:
    own = locales.locale(review.leaflet.own_locale)
    rows = [
        _row(_printed(there, each.source, own), each.raw or _printed(there, each.said, where), each.back, each.about)
        for each in review.safety
    ]
    return {
        "rows": rows,
        "others": len(review.rows) - len(rows),
        "digest": review.digest,
        "obstacles": list(review.obstacles),
        "tag": where.tag,
        "key": there.settings.require_signature,
    }


def sign(
    root: Path, clinic: str, today: date, leaflet: str, locale: str, by: str, digest: str, seen: Sequence[str]
) -> Answer:
    """Sign a leaflet off, or approve a translation, as the commands do: only if the texts are those that were seen."""
    with files.locked(root, files.TEXTS, patience=refusals.PATIENCE):
        now = texts(root, clinic, today, leaflet, locale)
        if now["digest"] != digest:
            return {"done": False, "changed": True, "findings": []}
        if missing := [each for each in now["rows"] if each["id"] not in seen]:
            return {"done": False, "unseen": len(missing), "findings": []}
        there = library.load(root, clinic)
        if locale and locale != there.leaflets[leaflet].own_locale:
            signed = library.approve(there, leaflet, locale, by, sheet=digest, today=today)
        else:
            signed = library.sign_off(there, leaflet, by, today=today)
    open_ = [each for each in signed.findings if each.severity is Severity.ERROR]
    kept = signed.record
    second = kept is not None and kept.second is None and there.settings.signatures == 2 and bool(signed.subject.safety)
    return {"done": signed.path is not None, "findings": _said(open_), "second": second}


def _said_now(said: Answer) -> None:
    """A line on the way to the answer."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


ERRANDS: Mapping[str, Callable[..., Answer]] = {
    "overview": overview,
    "print": printed,
    "texts": texts,
    "sign": sign,
    "language": begun.language,
    "leaflet": begun.leaflet,
    "update": begun.texts,
    "lying": lying.lying,
    "clear": lying.clear,
    "renew": partial(lying.renew, told=_said_now),
}


def run(given: Mapping[str, Any]) -> Answer:
    """What an errand gives, or why it could not be done as it was asked for."""
    about = {name: value for name, value in given.items() if name not in ("errand", "root", "today")}
    try:
        return ERRANDS[given["errand"]](Path(given["root"]), today=date.fromisoformat(given["today"]), **about)
    except UsageError as error:
        return {"failed": f"{error}: {error.hint}", "findings": _said(error.about)}
    except library.MissingPartsError as error:
        return {"failed": f"{error}. How to fix: run {error.command or 'plainleaf doctor'}"}
    except refusals.REFUSALS as error:
        return {"failed": refusals.why(error, str(error.filename))}


def main() -> None:
    """Do one errand."""
    _said_now(run(json.loads(sys.argv[1])))


if __name__ == "__main__":
    main()
