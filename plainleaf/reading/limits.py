"""How much of a file is read, and what is said of one that cannot be.

A file from elsewhere may be damaged, or made to keep a program busy: each step asks here whether it may go on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pypdf.errors import LimitReachedError

MOST_BYTES = 200_000_000  # of a file
MOST_PAGES = 5_000
MOST_DEPTH = 100  # of tags in each other; of drawings in each other much less
MOST_TAGS = 300_000  # with the pieces of text and links that they hold
MOST_ATTRIBUTES = 1_000_000  # of all tags together, each as often as a tag names it
MOST_DRAWN = 50_000_000  # bytes of content streams, each as often as it is drawn
MOST_LETTERS = 20_000_000
MOST_CODES = 100_000  # in the table of a font


class UnreadableError(ValueError):
    """A file whose tags cannot be read; the message says why, the ``hint`` how to go on."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def too_much(what: str) -> UnreadableError:
    """The error of a file that asks for more than is read."""
    return UnreadableError(
        f"it has {what}", "this is too large for a leaflet: split the file, or ask its author for a smaller one"
    )


def broken(why: str) -> UnreadableError:
    """The error of a file whose parts are not there, or contradict each other."""
    return UnreadableError(
        f"it is damaged ({why})", "make or download the file again; if that does not help, report it to who made it"
    )


@dataclass(slots=True)
class Budget:
    """What may still be read of one file."""

    tags: int = MOST_TAGS
    attributes: int = MOST_ATTRIBUTES
    drawn: int = MOST_DRAWN
    letters: int = MOST_LETTERS

    def tag(self, number: int = 1) -> None:
        """So many more tags, or things in a tag. Raises ``UnreadableError``."""
        self.tags -= number
        if self.tags < 0:
            raise too_much(f"more than {MOST_TAGS:,} tags")

    def describe(self, number: int) -> None:
        """So many more attributes of a tag. Raises ``UnreadableError``."""
        self.attributes -= number
        if self.attributes < 0:
            raise too_much(f"more than {MOST_ATTRIBUTES:,} attributes of tags")

    def draw(self, size: int) -> None:
        """One more content stream of so many bytes. Raises ``UnreadableError``."""
        self.drawn -= size + 1000  # also for what is empty
        if self.drawn < 0:
            raise too_much(f"more than {MOST_DRAWN // 1_000_000} MB of drawing")

    def say(self, text: str) -> str:
        """The text. Raises ``UnreadableError`` where it is too much with all before it."""
        self.letters -= len(text)
        if self.letters < 0:
            raise too_much(f"more than {MOST_LETTERS // 1_000_000} million letters")
        return text


@contextmanager
def guarded() -> Iterator[None]:
    """Turns all that a damaged file makes pypdf raise into ``UnreadableError``, and keeps its log quiet, and that
    of fontTools.

    Any exception: a hostile file can make it stumble anywhere, over a number where a name should be.
    """
    loggers = [logging.getLogger(name) for name in ("pypdf", "fontTools")]
    before = [(list(logger.handlers), logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        yield
    except (UnreadableError, MemoryError):
        raise
    except LimitReachedError as error:
        raise too_much(f"more in it than is read ({error})") from error
    except RecursionError as error:
        raise broken("its parts hold each other without end") from error
    except Exception as error:
        raise broken(" ".join(str(error).split())[:200] or type(error).__name__) from error
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = was
