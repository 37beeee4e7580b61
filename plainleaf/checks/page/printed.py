"""All checks on the printed page. ``check`` is what a format calls once it has laid out and written a sheet."""

from __future__ import annotations

from plainleaf.checks.page import (
    acting,
    contrast,
    danger,
    dots,
    fit,
    ink,
    linebreaks,
    notices,
    paging,
    sections,
    setting,
    style,
    white,
)
from plainleaf.checks.page.boxes import Printout
from plainleaf.checks.page.registry import PageCheck, found
from plainleaf.model import Finding

CHECKS: tuple[PageCheck, ...] = (
    *fit.CHECKS, *paging.CHECKS, *white.CHECKS, *sections.CHECKS, *setting.CHECKS, *linebreaks.CHECKS,
    *contrast.CHECKS, *ink.CHECKS, *style.CHECKS, *dots.CHECKS, *notices.CHECKS, *danger.CHECKS, *acting.CHECKS,
)  # fmt: skip

FOLLOWING = frozenset(
    {"fit-heading", "fit-alone", "fit-section", "fit-white", "fit-notice", "fit-box-torn", "fit-acting"}
)
"""What comes of more pages than there may be, which is an error of its own: pages that nobody has planned."""


def check(printout: Printout) -> tuple[Finding, ...]:
    """Findings on the pages; those that need the painted page are left out where there is none."""
    wanted = [each for each in CHECKS if not each.painted or printout.ground is not None]
    if paging.surplus(printout):
        wanted = [each for each in wanted if each.id not in FOLLOWING]
    return tuple(dict.fromkeys(finding for each in wanted for finding in found(each, printout)))
