"""Where a text says what it rests on: ``refs="kunoe2009 asam2025:19"`` names references, and pages in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAGE = re.compile(r"([A-Za-z]?)(\d+)(?:[-–]([A-Za-z]?)(\d+))?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference by its key, and the page or pages in it as they were typed ("19", "19-21"), "" for all of it."""

    key: str
    page: str = ""

    @property
    def sound(self) -> bool:
        """Whether what stands behind the colon is a page, or pages from one to a later one."""
        if not self.page:
            return True
        found = _PAGE.fullmatch(self.page)
        if not found:
            return False
        letter, first, letter_too, last = found.groups()
        # "541-6" leaves out what is the same; "S19-24" may say its letter once.
        return last is None or letter_too not in ("", letter) or len(last) != len(first) or first < last

    @property
    def several(self) -> bool:
        """Whether it names more than one page."""
        return len(re.split("[-–]", self.page)) > 1


def cited(refs: str) -> tuple[Citation, ...]:
    """The citations of an option ``refs``, each once, in the order in which they were typed."""
    return tuple(dict.fromkeys(Citation(*word.split(":", 1)) for word in refs.split()))
