"""Plainleaf: accessible, multilingual health leaflets for print and PDF.

What a program may use is named here and described in ``docs/library.md``; nothing is imported before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainleaf.library import (
        Checked,
        Filled,
        Finding,
        MissingPartsError,
        Outcome,
        Project,
        Severity,
        Signed,
        UsageError,
        approve,
        check,
        fill,
        load,
        publish,
        sign_off,
    )

__version__ = "0.2.0"
__all__ = [
    "Checked",
    "Filled",
    "Finding",
    "MissingPartsError",
    "Outcome",
    "Project",
    "Severity",
    "Signed",
    "UsageError",
    "__version__",
    "approve",
    "check",
    "fill",
    "load",
    "publish",
    "sign_off",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from plainleaf import library

    return getattr(library, name)


def __dir__() -> list[str]:
    return __all__
