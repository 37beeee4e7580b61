"""What the reports for programs share: a check run, its findings in order, their texts and fingerprints."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plainleaf.model import Finding, Location, Severity, Waived

GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.UNMEASURED, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Run:
    """What one check run found, and in which files it looked; ``strict``: warnings count as failures."""

    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()
    strict: bool = False

    def below(self, folder: str) -> Run:
        """The same with every file named from the folder above: ``below("content")`` gives ``content/sources/x.md``.

        Programs name files from the folder they run in (the repository's), whatever --root is.
        """
        if folder in ("", "."):
            return self

        def file(name: str) -> str:
            return name if not name or name.startswith("/") else f"{folder}/{name}"

        def place(at: Location) -> Location:
            return replace(at, file=file(at.file))

        def waived(one: Finding) -> Waived | None:
            return one.waived and replace(one.waived, at=one.waived.at and place(one.waived.at))

        moved = (
            replace(one, at=place(one.at), po=one.po and place(one.po), waived=waived(one)) for one in self.findings
        )
        return replace(self, findings=tuple(moved), checked=tuple(file(name) for name in self.checked))


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """In the order of files and lines: two runs over the same texts give the same bytes."""
    return sorted(found, key=lambda one: (one.at, one.po or Location(""), one.check, one.message, one.hint))


def spot(finding: Finding) -> Location:
    """The line to fix: that of the translation, if the finding is on one."""
    return finding.po or finding.at


def advice(finding: Finding) -> str:
    """What is wrong, and on a line of its own how to fix it."""
    return finding.message + (f"\nHow to fix: {finding.hint}" if finding.hint else "")


def places(finding: Finding) -> str:
    """Where to fix it; for a translation, where its source stands as well."""
    place = spot(finding)
    return f"{place}" if place == finding.at else f"{place}\nSource: {finding.at}"


def dumped(value: object) -> str:
    """A value as JSON for people and programs, indented by two."""
    return encodable(json.dumps(value, indent=2, ensure_ascii=False))


def encodable(text: str) -> str:
    """Halves of surrogate pairs (from the name of a file that is not UTF-8) cannot be written as UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def visible(text: str) -> str:
    """With all that XML 1.0 forbids and terminals obey made visible: U+0007 as ␇, anything else as �."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda match: chr(0x2400 + ord(match[0])), text)
    return re.sub("[\x7f-\x9f\ufffe\uffff]", "\ufffd", encodable(text))


def fingerprints(found: Iterable[Finding]) -> Iterator[str]:
    """What stays the same while lines move: hashes of the check, the files and the message, without any line number.

    The second of two that are alike gets ":2", in the order of the lines.
    """
    seen: Counter[str] = Counter()
    for finding in found:
        message = re.sub(r"(:|\blines? )\d+", r"\1", finding.message)
        parts = (finding.check, finding.at.file, finding.po.file if finding.po else "", message)
        mark = hashlib.sha256(encodable("\0".join(parts)).encode()).hexdigest()[:32]
        seen[mark] += 1
        yield f"{mark}:{seen[mark]}"
