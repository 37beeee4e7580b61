"""Who makes files: workers of this machine, or of a cluster (``publish --scheduler``)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.artifacts.schedulers import Place


def check(options: argparse.Namespace) -> None:
    """Raises ``UsageError`` if a cluster is asked for that cannot be used, as far as that can be seen from here."""
    if not options.scheduler:
        if options.tls_ca_file or options.tls_cert or options.tls_key:
            hint = "How to fix: also give the scheduler: --scheduler tls://ADDRESS:PORT"
            raise UsageError("there are certificates but no scheduler", hint)
        return
    if options.fill:
        hint = "How to fix: leave out --scheduler; copies are made on this machine"
        raise UsageError("--fill prints personal data, which is never sent to another machine", hint)
    from plainleaf.artifacts import schedulers

    schedulers.checked(_place(options))


@contextmanager
def workers(options: argparse.Namespace) -> Iterator[None]:
    """While it lasts, files are made by whom the options say. Raises ``UsageError`` if these cannot be reached."""
    if not options.scheduler:
        yield
        return
    from plainleaf.artifacts import cluster
    from plainleaf.artifacts.workers import written_by

    with cluster.connected(_place(options)) as there, written_by(there.made):
        yield


def _place(options: argparse.Namespace) -> Place:
    from plainleaf.artifacts.schedulers import Place

    return Place(options.scheduler, options.tls_ca_file, options.tls_cert, options.tls_key)
