"""Signals that end a run as Ctrl-C does: what was begun is put away, workers end, and one line says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(KeyboardInterrupt):
    """A run that a signal ends. ``code``: the exit code of such a run, as shells count them."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.code = 128 + number


@contextmanager
def heard() -> Iterator[None]:
    """While it lasts, a signal to end raises ``Stopped``; further ones are not heard while things are put away.

    What is ignored stays so: under ``nohup`` a run outlives its terminal. Only the main thread hears signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}

    def stop(number: int, _: object) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    mine = [number for number, handler in before.items() if handler == signal.SIG_DFL]
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # as ``__main__`` leaves it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for number in mine:
            signal.signal(number, stop)
        yield
    finally:
        for number in mine:
            signal.signal(number, before[number])
