"""``screenshots``: a picture of each message as it is printed, for platforms where translators work."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from plainleaf.cli import exits, locking, values
from plainleaf.cli.names import say
from plainleaf.cli.progress import Progress
from plainleaf.model.phrases import counted


def screenshots(options: argparse.Namespace) -> int:
    from plainleaf import editions
    from plainleaf.cli.publish import say_missing
    from plainleaf.reports import terminal as report
    from plainleaf.screenshots import making

    project = values.load_one(options)
    choice = values.choice(options, project)
    if gone := editions.missing(project, choice):
        return say_missing(gone)
    pdfs = values.output(argparse.Namespace(output=None), project)
    output = values.place(options.output) if options.output else pdfs / making.FOLDER
    quiet = getattr(options, "quiet", False)
    found: dict[str, None] = {}
    pictured, code = 0, exits.GOOD
    with locking.alone_making(pdfs), Progress(quiet=quiet or not sys.stdout.isatty()) as progress:
        for made in making.make(project, choice, output, pdfs, values.today(), progress.told):
            if said := report.findings(report.wrong(made.findings)):
                found[said] = None
            pictured, code = pictured + made.pictured, max(code, exits.code(made.findings))
            if not quiet:
                say(f"{counted(made.pictured, 'text')} with a picture in {made.folder}")
                for why, number in Counter(why for _, why in made.unprinted).items():
                    say(f"  {counted(number, 'text')} without one: {why}")
                words, every = made.words
                say(f"{words} of {every} words of layouts with a picture there")
    for said in found:
        say(said, to=sys.stderr)
    return code if code or pictured else exits.ERRORS
