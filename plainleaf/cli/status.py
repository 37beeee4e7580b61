"""``status``: how far translations have come."""

from __future__ import annotations

import argparse
import sys

from plainleaf.cli import exits, locking, names, tables, values
from plainleaf.cli.names import say


def status(options: argparse.Namespace) -> int:
    from plainleaf import pipeline
    from plainleaf.actions import status as states
    from plainleaf.reports import terminal as report

    project = values.load_one(options)
    choice = values.choice(options, project)
    if about := values.unread(options, project):
        say(report.findings(about), to=sys.stderr)
        return exits.code(about)
    table = states.rows(project, choice.leaflets, choice.locales, values.today())
    written = states.sources(project, choice.leaflets, values.today())
    if options.json:
        say(states.as_json(written, table, states.forms(project, values.output(options, project))))
    elif not options.page:
        tables.show(report.SOURCE_HEADINGS, report.source_rows(written))
        if table:
            say()
            tables.show(report.STATUS_HEADINGS, report.status_rows(table))
        if told := report.status_changes(written, table):
            say(f"\n{told}")
    if options.page:
        output = values.output(options, project)
        with locking.alone_making(output):
            path = pipeline.write_status(project, output, values.today(), names.in_page)
        say(f"See {path}", to=sys.stderr if options.json else sys.stdout)
    return exits.GOOD
