"""``verify``: is a file what these sources make, and who answers for it?"""

from __future__ import annotations

import argparse
import sys

from plainleaf.cli import exits, values
from plainleaf.cli.names import say
from plainleaf.model import digests
from plainleaf.model.usage import UsageError


def verify(options: argparse.Namespace) -> int:
    from plainleaf.provenance import verifying
    from plainleaf.reports import provenance as report
    from plainleaf.reports import terminal

    root = values.root(options)
    if not (root / "sources").is_dir():
        raise UsageError(f"{root} has no folder sources/", "go to the folder of your leaflets, or name it with --root")
    if not options.files and not options.digest:
        raise UsageError("there is nothing to verify", "name a file, or give --digest with the digits on the last page")
    asked = [_typed(" ".join(words)) for words in options.digest]
    output = values.place(options.output) if options.output else None
    verdicts, found = verifying.verify(root, options.files, output, values.today(), asked)
    if options.json:
        say(report.as_json(verdicts, found))
    else:
        if found:
            say(terminal.findings(found), to=sys.stderr)
        quiet = getattr(options, "quiet", False)
        if said := report.text(each for each in verdicts if not (quiet and each.good)):
            say(said)
    return exits.GOOD if all(each.good for each in verdicts) and not found else exits.ERRORS


def _typed(words: str) -> str:
    """The digest that somebody has typed."""
    if digest := digests.typed(words):
        return digest
    hint = "it follows the version on the last page, as in --digest 1a2b 3c4d"
    raise UsageError(f"“{words}” is not a digest: a digest has eight digits and letters from a to f", hint)
