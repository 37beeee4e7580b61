"""Tables for the terminal, and for files that a table is sent to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from plainleaf.cli import streams
from plainleaf.cli.names import as_called


def show(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table under its headings."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(streams.shown(as_called(cell)) for cell in row))
    Console(width=None if terminal else 160, highlight=False, markup=False).print(table)
