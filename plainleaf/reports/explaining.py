"""What ``plainleaf explain`` says: the records of all checks, each kept beside its check, as text and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from plainleaf.actions import explained as actions
from plainleaf.approvals import explained as approvals
from plainleaf.artifacts import explained as artifacts
from plainleaf.checks.page import printed
from plainleaf.checks.page.registry import PageCheck
from plainleaf.checks.readability import explained as readability
from plainleaf.checks.readability.judge import WAIVABLE
from plainleaf.checks.source import doses
from plainleaf.checks.source import explained as editions
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import Check as SourceCheck
from plainleaf.checks.translation import every
from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.registry import Check as TranslationCheck
from plainleaf.clinics import explained as clinics
from plainleaf.files import explained as opened
from plainleaf.formats import explained as formats
from plainleaf.languages import facts
from plainleaf.layouts import explained as layouts
from plainleaf.model import Location, Message
from plainleaf.model.explanations import Explanation
from plainleaf.provenance import explained as provenance
from plainleaf.sources import explained as sources
from plainleaf.terms import explained as terms
from plainleaf.translations import explained as translations
from plainleaf.typesetting import locales

_ROOMS = (
    sources, translations, terms, editions, readability, clinics, approvals, layouts, formats, actions, artifacts,
    provenance, opened,
)  # fmt: skip
_WAIVER_IN_CATALOG = (
    "if the translation is right, write in a comment of its entry: # plainleaf: ignore {} because ... (your reason); "
    "on a safety text the comment is signed, as the message shows"
)
_WAIVER_IN_SETTINGS = "add [[readability.waivers]] to the settings, with check, leaflet, locale, reason and until"


@cache
def explanations() -> Mapping[str, Explanation]:
    """The record of every check by its id, but for what only ``publish --fill`` finds (``copies.explained``)."""
    return {one.id: one for one in all_records()}


def all_records() -> tuple[Explanation, ...]:
    """The records of every room, in their order; each id is in one of them."""
    return (
        *(one for room in _ROOMS for one in room.EXPLAINED),
        *(_of_source(check) for check in doses.CHECKS),
        *(_of_translation(check) for check in every.CHECKS),
        *(_of_page(check) for check in printed.CHECKS),
    )


def waiver(record: Explanation) -> str:
    """How a person lets a finding of this check pass; "" where nobody can."""
    if record.id in every.IDS:
        return _WAIVER_IN_CATALOG.format(record.id.removeprefix("po-"))
    return _WAIVER_IN_SETTINGS if record.id in WAIVABLE else ""


def text(record: Explanation) -> str:
    """A record for a terminal."""
    parts = [f"{record.id}: {record.what}", f"Why: {record.why}", f"How to fix: {record.fix}"]
    if record.example:
        parts.append("Example:\n" + _indented(record.example))
    if passed := waiver(record):
        parts.append(f"To let it pass: {passed}")
    if record.reference:
        parts.append(f"Reference: {record.reference}")
    return "\n\n".join(parts)


def listed(records: Iterable[Explanation]) -> str:
    """One line for each record."""
    return "\n".join(f"{one.id}: {one.what}" for one in sorted(records, key=lambda one: one.id))


def page(records: Iterable[Explanation]) -> str:
    """All records as Markdown, by the first word of their ids; what ``docs/checks.md`` holds."""
    return "\n".join(_page(sorted(records, key=lambda one: one.id)))


def _page(records: list[Explanation]) -> Iterator[str]:
    yield "# What Plainleaf checks\n"
    yield "Each finding ends with the name of its check in brackets, such as `[fit-white]`, and"
    yield "`plainleaf explain fit-white` says more. This page is printed by `plainleaf explain --page`.\n"
    for one in records:
        yield f"## {one.id}\n"
        yield f"{_escaped(one.what)} {_escaped(one.why)}\n"
        yield f"**How to fix:** {_escaped(one.fix)}\n"
        if one.example:
            yield f"```text\n{one.example}\n```\n"
        if passed := waiver(one):
            yield f"**To let it pass:** {_escaped(passed)}\n"
        if one.reference:
            yield f"Reference: {_escaped(one.reference)}\n"


def _escaped(said: str) -> str:
    """A text in which no sign is taken for Markdown or HTML."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in said)


def _indented(said: str) -> str:
    return "\n".join(f"    {line}" for line in said.splitlines())


def _of_page(check: PageCheck) -> Explanation:
    return Explanation(check.id, check.what, check.rationale, check.fix, "", check.reference)


def _of_source(check: SourceCheck) -> Explanation:
    """A check on doses: what it says of its first example that is written wrong."""
    example = check.bad[0]
    words = doses.words_of(facts.default(example.locale, locales.locale(example.locale).script))
    passage = Passage.of(example.text, words, example.country, example.heads, bool(example.heads))
    found = next(check.run(passage))
    what = f"For example: {found.message}."
    return Explanation(check.id, what, check.rationale, f"Write: {check.write}.", example.text, check.reference)


def _of_translation(check: TranslationCheck) -> Explanation:
    """A check on translations: what it says of the first example that it finds something in."""
    example = check.fires_on[0]
    where = locales.locale(example.locale)
    message = Message(example.source, (Location(""),), safety=example.safety, flags=example.flags)
    data = facts.default(where.name, where.script)
    found = next(check.run(Case(message, example.translation, where, data, example.terms, example.names)))
    said = f"{example.source}\n{where.english_name}: {example.translation}"
    what = f"For example: {found.message}."
    fix = f"{found.hint[:1].upper()}{found.hint[1:]}."
    return Explanation(check.id, what, check.rationale, fix, said, check.reference)
