"""``explain``: what a finding means, by the name in brackets behind it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from plainleaf.cli import exits
from plainleaf.cli.names import say
from plainleaf.model.explanations import Explanation
from plainleaf.model.phrases import nearest
from plainleaf.model.usage import UsageError


def explain(options: argparse.Namespace) -> int:
    from plainleaf.reports import explaining

    known = records()
    if options.page:
        say(explaining.page(known.values()), end="")
    elif not options.ids:
        say(explaining.listed(known.values()))
    for number, name in enumerate(map(_bare, options.ids)):
        if name not in known:
            raise UsageError(f"there is no check “{name}”{nearest(name, known)}", "plainleaf explain lists all of them")
        say(("\n" if number else "") + explaining.text(known[name]))
    return exits.GOOD


def records() -> Mapping[str, Explanation]:
    """The record of every check, by its id."""
    from plainleaf.copies.explained import EXPLAINED
    from plainleaf.reports.explaining import explanations

    return {**explanations(), **{one.id: one for one in EXPLAINED}}


def _bare(name: str) -> str:
    """A name as it was copied from a finding, brackets and all."""
    return name.strip().strip("[]")
