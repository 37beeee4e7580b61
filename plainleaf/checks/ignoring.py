"""A translator may set a check aside for one entry: ``# plainleaf: ignore numbers because we count in dozens``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plainleaf.checks.registry import Found
from plainleaf.model import Severity
from plainleaf.settings import nearest

WAIVER = "po-waiver"
LEAST = 8  # characters; "ok" is no reason

_LINE = re.compile(
    r"plainleaf:\s*ignore\b\s*(?P<names>(?!because\b)[\w-]+(?:\s*(?:,|\band\b)\s*[\w-]+)*)?\s*(?:because\b\s*(?P<reason>.*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Check ids that one comment sets aside, and why."""

    checks: tuple[str, ...]
    reason: str


def read(comments: Iterable[str], known: Iterable[str]) -> tuple[tuple[Waiver, ...], tuple[Found, ...]]:
    """The waivers in an entry's translator comments, and what is wrong with them."""
    ids = list(known)
    waivers: list[Waiver] = []
    wrong: list[Found] = []
    for comment in comments:
        match = _LINE.search(comment)
        if not match:
            continue
        names = re.findall(r"[\w-]+", re.sub(r"\band\b", ",", match["names"] or ""))
        reason = (match["reason"] or "").strip()
        checks = [name if name.startswith("po-") else f"po-{name}" for name in names]
        for name, check in zip(names, checks, strict=True):
            if check not in ids:
                near = nearest(name, [one.removeprefix("po-") for one in ids])
                wrong.append(_wrong(f"there is no check “{name}” to set aside{near}"))
        if not names:
            wrong.append(_wrong("a waiver that names no check"))
        if len(reason) < LEAST:
            wrong.append(_wrong(f"no reason is given for setting aside {', '.join(names) or 'a check'}"))
        else:
            waivers.append(Waiver(tuple(check for check in checks if check in ids), reason))
    return tuple(waivers), tuple(wrong)


def apply(found: Iterable[Found], waivers: tuple[Waiver, ...]) -> Iterator[Found]:
    """The findings, those that are set aside with their reason; a waiver that sets nothing aside is one more."""
    used: set[str] = set()
    for one in found:
        reason = next((waiver.reason for waiver in waivers if one.check in waiver.checks), "")
        if reason:
            used.add(one.check)
        yield replace(one, waived=reason)
    for waiver in waivers:
        for check in waiver.checks:
            if check not in used:
                what = f"the waiver of {check} is not needed: nothing was found"
                yield Found(WAIVER, Severity.WARNING, what, "take the comment away")


def _wrong(what: str) -> Found:
    return Found(WAIVER, Severity.ERROR, what, "write: # plainleaf: ignore numbers because ... (say why)")


EXAMPLES = (
    ((" plainleaf: ignore numbers",), True),
    ((" plainleaf: ignore because it is so in our town",), True),
    ((" plainleaf: ignore nubmers because the clinic counts in dozens",), True),
    ((" plainleaf: ignore numbers because the clinic counts in dozens",), False),
    ((" plainleaf: ignore numbers, length and po-terms because the clinic counts in dozens",), False),
    ((" Somebody wrote this comment for us",), False),
)
"""Comments, and whether they are wrong in themselves (for the tests and the reference page)."""
