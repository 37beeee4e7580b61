"""Why something could not be written, for somebody at a screen who waits for it."""

from __future__ import annotations

from plainleaf import files

PATIENCE = 10.0
"""Seconds that somebody at a screen waits for another command that writes in the folder."""

REFUSALS = (files.RefusedError, files.UnwrittenError, files.BusyError)


def why(error: OSError, what: str = "the file") -> str:
    """What to say of one of ``REFUSALS``; ``what`` was to be written."""
    if isinstance(error, files.BusyError):
        other = (error.strerror or "").partition(";")[0]
        return f"nothing was written, as {other}; try again when it has ended"
    return f"{what} could not be written: it {error.strerror}"
