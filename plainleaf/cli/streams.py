"""What may happen to output: a stream that is closed, full, or of a coding without most letters; and what no terminal
is to get as it is, because it would act on it."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import IO

from plainleaf.languages.invisible import CONTROLS, EMBEDDINGS, ISOLATE_END, ISOLATES

_ACTING = re.compile(f"[{CONTROLS}\r{EMBEDDINGS}{ISOLATES}{ISOLATE_END}\ud800-\udfff]")
_OURS = re.compile(r"(\x1b\[(?:1;4|0)m)")  # bold and underlined, and the end of it


def shown(text: str) -> str:
    r"""A text without what terminals act on (escapes, returns, turned directions) or cannot print: it is written as
    JSON writes it, ``\u001b``. Words that we have underlined stay so."""
    if not _ACTING.search(text):
        return text
    parts = _OURS.split(text)
    return "".join(
        part if number % 2 else _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", part)
        for number, part in enumerate(parts)
    )


def ready() -> None:
    """Have streams that can be written to: nothing in the place of one that is closed, signs for letters that its
    coding lacks."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # nobody reads it; its number must not become that of a file of ours
            setattr(sys, name, _nowhere("r" if name == "stdin" else "w"))
        elif isinstance(stream, TextIOWrapper) and name != "stdin":
            with suppress(ValueError, OSError):
                stream.reconfigure(errors="backslashreplace")


def flushed() -> None:
    """Have all of stdout arrive. Raises ``OSError`` where it cannot, now rather than when Python ends."""
    sys.stdout.flush()


def give_up() -> None:
    """Write nothing more to a stdout that takes nothing."""
    sys.stdout = _nowhere("w")


def _nowhere(mode: str) -> IO[str]:
    """A stream that lasts as long as the process, which closes it."""
    return open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123
