"""PDFs that are spoilt: a whole file with words, names and numbers put for others, and parts taken or doubled."""

from __future__ import annotations

import random
import re
from functools import cache

import pikepdf

from tests.reading.whole import Whole

_WORD = re.compile(rb"(?<=[ \[<(])(/?\w+|\d+ 0 R|-?\d+)(?=[ \]>/)])")
_OTHERS = (
    *(b"null", b"-1", b"999999999999", b"[", b"]", b"<<", b">>", b"()", b"/X", b"1 0 R", b"2 0 R", b"99 0 R", b"true"),
    *(b"3.5", b"<41>", b"/K", b"/Kids", b"/P", b"/S", b"/Type", b"BDC", b"EMC", b"Do", b"Q"),
)


@cache
def _whole() -> bytes:
    """Without compression, so that its words can be met."""
    plain = pikepdf.ObjectStreamMode.disable
    return Whole().bytes(compress_streams=False, object_stream_mode=plain)


def pdf(chance: random.Random) -> bytes:
    data = bytearray(_whole())
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, how = chance.randrange(len(data)), chance.random()
        if how < 0.25:
            data[at] = chance.randrange(256)
        elif how < 0.8:
            if words := list(_WORD.finditer(bytes(data[at : at + 400]))):
                word = chance.choice(words)
                data[at + word.start() : at + word.end()] = chance.choice(_OTHERS)
        elif how < 0.9:
            del data[at : at + chance.randrange(1, 200)]
        else:
            data[at:at] = data[at : at + chance.randrange(1, 300)]
    return bytes(data)
