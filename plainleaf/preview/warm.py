"""The warm process as the server starts it: it answers through a pipe, until that is closed."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from plainleaf.artifacts.processes import note
from plainleaf.preview.workshop import Workshop
from plainleaf.typesetting import fontconfig


def run(pipe: Connection, root: Path, clinic: str, today: date) -> None:
    """Answer the server until the pipe is closed."""
    gc.set_threshold(50_000, 20, 50)  # a page makes boxes by the thousand, and all of them go at the end
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    shop = Workshop(root, clinic, today, pipe.send, pipe)
    try:
        while _went_on(shop, pipe):
            pass
    except BrokenPipeError:  # the server ended while it was told something
        pass
    finally:
        shop.close()


def _went_on(shop: Workshop, pipe: Connection) -> bool:
    """Do what there is to do, once something is; whether the server still listens."""
    shop.begin()
    ready = wait([pipe, *(copy.pipe for copy in shop.copies)], timeout=5.0 if shop.copies else None)
    if pipe in ready:
        try:
            while True:
                _asked(shop, pipe.recv())
                if not pipe.poll():
                    break
        except (EOFError, OSError):
            return False
    for copy in [each for each in shop.copies if each.pipe in ready]:
        shop.hear(copy)
    shop.late()
    return True


def _asked(shop: Workshop, said: tuple[Any, ...]) -> None:
    kind, *about = said
    try:
        asked: dict[str, Callable[..., None]] = {"look": shop.look, "changed": shop.changed, "answer": shop.answer}
        asked[kind](*about)
    except Exception as error:  # a mistake of ours: what was asked fails, the preview goes on
        note(traceback.format_exc())
        shop.tell(("failed", f"{type(error).__name__}: {error}"))


def main() -> None:
    """As the server starts it: the number of the pipe's file, then a line of JSON with what it works on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server hears Ctrl-C and closes the pipe
    pipe = Connection(int(sys.argv[1]))
    given = json.loads(sys.argv[2])
    run(pipe, Path(given["root"]), given["clinic"], date.fromisoformat(given["today"]))


if __name__ == "__main__":
    main()
