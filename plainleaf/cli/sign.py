"""``review``, ``approve`` and ``sign-off``: who answers for a text."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, names, values
from plainleaf.cli.names import say

if TYPE_CHECKING:
    from plainleaf.actions.reviewing import Review
    from plainleaf.actions.signing import Signed
    from plainleaf.project import Project


def review(options: argparse.Namespace) -> int:
    from plainleaf import editions, pipeline
    from plainleaf.cli.publish import say_missing
    from plainleaf.model.usage import UsageError
    from plainleaf.reports import terminal as report

    project = values.load_one(options)
    (locale,), (slug,) = options.locales, options.leaflets
    options.locale, options.layout = [locale], []
    choice = values.choice(options, project)
    (locale,) = choice.locales
    if locale == project.leaflets[slug].own_locale:
        hint = f'a clinician signs it off: plainleaf sign-off {slug} --by "Name, role"'
        raise UsageError(f"{locale} is the language that “{slug}” is written in, not a translation", hint)
    if locale not in project.locales:
        raise UsageError(f"there is no translation into {locale} to review", f"start it: plainleaf init {locale}")
    if missing := editions.missing(project, choice):
        return say_missing(missing)
    output = values.output(options, project)
    with locking.alone_making(output):
        done = pipeline.review(project, slug, locale, output, values.today(), names.in_page)
    if done.findings:
        say(report.findings(done.findings), to=sys.stderr)
    for path in done.paths:
        say(f"written: {path}")
    if done.paths and not getattr(options, "quiet", False):
        say(_left(done.review))
    return exits.code(done.findings)


def _left(review: Review) -> str:
    """What a sheet has, and what keeps it from being signed."""
    from plainleaf.model import Severity
    from plainleaf.model.phrases import counted

    errors, warnings = (
        counted(review.count(Severity.ERROR), "error"),
        counted(review.count(Severity.WARNING), "warning"),
    )
    said = f"{len(review.rows)} texts with the digest {review.digest}; {errors} and {warnings} beside them"
    return f"{said}. Not ready to sign: {'; '.join(review.obstacles)}" if review.obstacles else said


def approve(options: argparse.Namespace) -> int:
    with locking.alone_writing(options):
        return _approve_alone(options)


def _approve_alone(options: argparse.Namespace) -> int:
    from plainleaf import library

    project = values.load_one(options)
    (locale,), (slug,) = options.locales, options.leaflets
    options.locale, options.layout = [locale], []
    choice = values.choice(options, project)
    (locale,) = choice.locales
    signed = library.approve(
        project, slug, locale, options.by, key=options.key, sheet=options.sheet, today=values.today()
    )
    about = signed.subject
    return _say_signed(
        options, project, signed, "approved",
        f"{slug} in {locale} by {options.by.strip()}: {len(about.texts)} texts, and "
        f"{len(about.words)} that every page prints, against the source of {about.written}",
        f"The next plainleaf publish prints it without the draft line, and “Translation check {_how(options)} by”.",
    )  # fmt: skip


def sign_off(options: argparse.Namespace) -> int:
    with locking.alone_writing(options):
        return _sign_off_alone(options)


def _sign_off_alone(options: argparse.Namespace) -> int:
    from plainleaf import library

    project = values.load_one(options)
    options.locale, options.layout = [], []
    (slug,) = values.choice(options, project).leaflets
    signed = library.sign_off(project, slug, options.by, key=options.key, today=values.today())
    return _say_signed(
        options, project, signed, "signed off",
        f"{slug} by {options.by.strip()}: {len(signed.subject.texts)} texts, as written on {signed.subject.written}",
        f"The next plainleaf publish says “Review {_how(options)} by”, and no longer that it is a sample for review.",
    )  # fmt: skip


def _how(options: argparse.Namespace) -> str:
    """What pages call it: without a key nobody can tell who typed the name."""
    return "signed" if options.key else "noted"


def _say_signed(options: argparse.Namespace, project: Project, signed: Signed, done: str, what: str, then: str) -> int:
    """Say what became of an approval or a sign-off."""
    from plainleaf.reports import terminal as report

    if signed.findings:
        say(report.findings(signed.findings), to=sys.stderr)
    if not signed.path:
        say(f"not {done}: {report.tally(signed.findings)}", to=sys.stderr)
        return exits.ERRORS
    if not getattr(options, "quiet", False):
        say(f"{done}: {what}")
        say(f"written: {signed.path.relative_to(project.root)}")
        kept = signed.record
        if kept and kept.second is None and project.settings.signatures == 2 and signed.subject.safety:
            say("It still needs a second person, who runs the same command with their own name (signatures = 2).")
            say("Two spellings of a name are one person; if names differ by a letter, both sign with --key.")
        else:
            say(then)
    return exits.GOOD
