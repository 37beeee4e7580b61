"""What a page draws, without its marks for tags: the rest of its bytes are as they were.

Only what can hold or hide a mark is looked at: names, strings, property lists, comments. To read each number and glyph
of a page takes thirty times as long. ISO 32000-1, 7.2 (words and what parts them), 7.8.2 (operators), 14.6 (marks).
"""

from __future__ import annotations

import re

_OTHER = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"  # what a name or operator is made of
_BEGIN, _END = rb"(?<!" + _OTHER + rb")(?<!/)", rb"(?!" + _OTHER + rb")"
_SPACE = rb"[\0\t\n\f\r ]*"
_NAME = rb"/" + _OTHER + rb"*" + _END + _SPACE

_NEXT = re.compile(
    b"|".join(
        (
            rb"(?P<comment>%[^\r\n]*)",
            rb"(?P<string>\()",
            rb"(?P<list>" + _NAME + rb"<<)",
            rb"(?P<open>" + _NAME + rb"(?:" + _NAME + rb"BDC|BMC)" + _END + rb")",
            rb"(?P<close>" + _BEGIN + rb"EMC" + _END + rb")",
            rb"(?P<picture>" + _BEGIN + rb"BI" + _END + rb")",
        )
    )
)
_IN_LIST = re.compile(rb"<<|>>|\(|<[^<>]*>|%[^\r\n]*|/ActualText" + _END)
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_MARKS = re.compile(_SPACE + rb"BDC" + _END)


_SPAN = b"/Span"  # poppler heeds ActualText in no other mark
PASSED_OVER = b"/Stored"
"""A mark whose ActualText poppler is to pass over; PDFium reads it."""


def untagged(content: bytes) -> bytes:
    """A content stream without its marks. Text that glyphs alone do not give (``ActualText``) stays.

    Raises ``ValueError`` if strings, property lists or marks do not end, or end twice. A picture among the operators
    (``BI``) is refused too: WeasyPrint writes none, and nothing but its decoding tells where it ends.
    """
    kept, start, at = list[bytes](), 0, 0
    opened = list[bool]()  # whether the end of each mark stays
    while found := _NEXT.search(content, at):
        at, text = found.end(), b""
        if found["string"]:
            at = _after_string(content, at)
        elif found["picture"]:
            raise ValueError("there is a picture in the text of a page")
        elif found["list"]:
            at, text = _after_list(content, at)
        if found["close"]:
            if not opened:
                raise ValueError("a mark of a page ends that has not begun")
            if opened.pop():
                continue
        elif found["open"]:
            opened.append(False)
        elif found["list"] and (marks := _MARKS.match(content, at)):
            at = marks.end()
            opened.append(bool(text))
        else:
            continue
        kept.append(content[start : found.start()])
        if text:
            passed_over = found["list"].removesuffix(b"<<").strip() == PASSED_OVER
            kept.append(b"%b <</ActualText %b>> BDC" % (PASSED_OVER if passed_over else _SPAN, text))
        start = at
    if opened:
        raise ValueError("a mark of a page does not end")
    return b"\n".join((*kept, content[start:]))


def _after_string(content: bytes, at: int) -> int:
    """Where a string ends whose text begins at a place: strings hold pairs of brackets."""
    depth = 1
    while depth:
        found = _IN_STRING.search(content, at)
        if found is None:
            raise ValueError("a string of a page does not end")
        at = found.end()
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
    return at


def _after_list(content: bytes, at: int) -> tuple[int, bytes]:
    """Where a property list ends whose first key begins at a place, and its ``ActualText`` as it is written there."""
    depth, asked, text = 1, False, b""
    while depth:
        found = _IN_LIST.search(content, at)
        if found is None:
            raise ValueError("a property list of a page does not end")
        at, word = found.end(), found[0]
        if word == b"(":
            at = _after_string(content, at)
        if asked and word[:1] in b"(<" and word != b"<<":
            text = content[found.start() : at]
        asked = word == b"/ActualText" and depth == 1
        depth += {b"<<": 1, b">>": -1}.get(word, 0)
    return at, text
