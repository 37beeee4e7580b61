"""A translator may set a check aside for one entry: ``# plainleaf: ignore numbers because we count in dozens``.

On a safety text nobody can sign over that alone: there the comment ends with who waives it, and with the code of the
text and translation that it was given for, ``; signed: A. Sample, clinical translator; text: 0f1e2d3c``. Once either
has changed, such a waiver counts no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from plainleaf.approvals import records, signatures
from plainleaf.checks.translation.registry import Found
from plainleaf.model import Message, Severity
from plainleaf.model.phrases import nearest

WAIVER = "po-waiver"
LEAST = 8  # characters; "ok" is no reason

_LINE = re.compile(
    r"plainleaf:\s*ignore\b\s*(?P<names>(?!because\b)[\w-]+(?:\s*(?:,|\band\b)\s*[\w-]+)*)?\s*(?:because\b\s*(?P<reason>.*))?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:[;,.]|(?<!\s))\s*\bsigned:(?P<by>[^;]{0,300});\s*text:\s*(?P<text>[0-9a-f]{8})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Check ids that one comment sets aside, and why; ``by`` whom and for which ``text`` (a code), "" if unsigned."""

    checks: tuple[str, ...]
    reason: str
    by: str = ""
    text: str = ""


def code(message: Message, translation: str) -> str:
    """What a signed waiver names a text with its translation by."""
    return records.fingerprint((message.context, message.text), translation)[:8]


def signed(checks: Iterable[str], by: str, text: str) -> str:
    """The comment of a signed waiver, but for its reason."""
    names = ", ".join(check.removeprefix("po-") for check in checks)
    return f"# plainleaf: ignore {names} because ...; signed: {by.replace(';', ',')}; text: {text}"


def read(comments: Iterable[str], known: Iterable[str]) -> tuple[tuple[Waiver, ...], tuple[Found, ...]]:
    """The waivers in an entry's translator comments, and what is wrong with them."""
    ids = list(known)
    waivers: list[Waiver] = []
    wrong: list[Found] = []
    lines = list(comments)
    for number, comment in enumerate(lines):
        if not _LINE.search(comment):
            continue
        comment, signature = _parted(lines[number:])
        match = _LINE.search(comment)
        assert match
        names = re.findall(r"[\w-]+", re.sub(r"\band\b", ",", match["names"] or ""))
        reason = (match["reason"] or "").strip()
        checks = [name if name.startswith("po-") else f"po-{name}" for name in names]
        for name, check in zip(names, checks, strict=True):
            if check not in ids:
                near = nearest(name, [one.removeprefix("po-") for one in ids])
                wrong.append(_wrong(f"there is no check “{name}” to set aside{near}"))
        if not names:
            wrong.append(_wrong("this waiver names no check"))
        if len(reason) < LEAST:
            wrong.append(_wrong(f"no reason is given for setting aside {', '.join(names) or 'a check'}"))
        else:
            by, text = (signature["by"].strip(), signature["text"].lower()) if signature else ("", "")
            if signature and (fault := signatures.fault_of_name(by)):
                wrong.append(_wrong(f"“{by}” does not say who sets {', '.join(names)} aside: {fault}"))
                continue
            waivers.append(Waiver(tuple(check for check in checks if check in ids), reason, by, text))
    return tuple(waivers), tuple(wrong)


def _parted(lines: Sequence[str]) -> tuple[str, re.Match[str] | None]:
    """A waiver without its signature, and that, which a program may have wrapped onto the next lines."""
    whole = " ".join([lines[0], *takewhile(lambda line: not _LINE.search(line), lines[1:])])
    signature = _SIGNED.search(whole)
    return (whole[: signature.start()], signature) if signature else (lines[0], None)


def apply(found: Iterable[Found], waivers: tuple[Waiver, ...], text: str = "", safety: bool = False) -> Iterator[Found]:
    """The findings, those that are set aside with their reason; a waiver that sets nothing aside is one more.

    ``text`` is the code of the text with its translation as they are now. ``safety``: a waiver must be signed.
    """
    used: set[tuple[Waiver, str]] = set()
    holding = [waiver for waiver in waivers if waiver.text in ("", text)]
    for one in found:
        waiver = next((waiver for waiver in holding if one.check in waiver.checks), None)
        yield replace(one, waived=waiver.reason, by=waiver.by) if waiver else one
        if waiver and safety and not waiver.text and (waiver, one.check) not in used:
            what = f"the waiver of {one.check} is not signed: a safety text cannot be approved with it"
            yield Found(WAIVER, Severity.WARNING, what, f"write: {signed([one.check], 'Name, role', text)}")
        if waiver:
            used.add((waiver, one.check))
    for waiver in waivers:
        if waiver not in holding:
            what = f"the waiver of {', '.join(waiver.checks)} by {waiver.by} was given for another text: it has lapsed"
            hint = f"delete it; or check this text again and write: {signed(waiver.checks, 'Name, role', text)}"
            yield Found(WAIVER, Severity.WARNING, what, hint)
            continue
        for check in waiver.checks:
            if (waiver, check) not in used:
                what = f"the waiver of {check} is not needed: nothing was found"
                yield Found(WAIVER, Severity.WARNING, what, "delete the comment")


def _wrong(what: str) -> Found:
    return Found(WAIVER, Severity.ERROR, what, "write: # plainleaf: ignore numbers because ... (say why)")


EXAMPLES = (
    ((" plainleaf: ignore numbers",), True),
    ((" plainleaf: ignore because it is so in our town",), True),
    ((" plainleaf: ignore nubmers because the clinic counts in dozens",), True),
    ((" plainleaf: ignore numbers because the clinic counts in dozens",), False),
    ((" plainleaf: ignore numbers, length and po-terms because the clinic counts in dozens",), False),
    ((" plainleaf: ignore numbers because we count in dozens; signed: x; text: 0f1e2d3c",), True),
    ((" plainleaf: ignore numbers because we count in dozens; signed: A. Sample, nurse; text: 0f1e2d3c",), False),
    ((" Somebody wrote this comment for us",), False),
)
"""Comments, and whether they are wrong in themselves (for the tests and the reference page)."""
