"""``read``: what a screen reader says of a finished PDF, line by line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from plainleaf.cli import exits, values
from plainleaf.cli.names import say


def read(options: argparse.Namespace) -> int:
    from plainleaf.reading import aloud, tags
    from plainleaf.reading.limits import UnreadableError

    try:
        document = tags.read(values.pdf(options.file))
    except UnreadableError as error:
        say(f"plainleaf: {options.file.name} cannot be read aloud: {error}", to=sys.stderr)
        say(f"    How to fix: {error.hint}", to=sys.stderr)
        return exits.ERRORS
    if options.json:
        about = {"title": document.title, "language": document.language, "pages": document.pages}
        spoken = [asdict(line) for line in aloud.spoken(document)]
        say(json.dumps({"version": 1, **about, "lines": spoken}, ensure_ascii=False, indent=1))
    else:
        for line in aloud.lines(document):
            say(line)
    return exits.GOOD
