"""What a page for screens makes of its text beyond paper: boxes and lines to fill in; and no tricks of printers.

All of it is done on the finished page, tag by tag, in time linear in its length.
"""

from __future__ import annotations

import html
import re

from plainleaf.clinics.details import without_breaks

# A space that holds a figure to what belongs to it, or a mark to its word as some languages write it, is real.
_GLUE = re.compile(r"(?<![\d%:;!?»«])\u00a0(?![\d%:;!?»«])")


def untied(page: str) -> str:
    """The page without what only breaks lines on paper."""
    return _GLUE.sub(" ", without_breaks(page))


# --------------------------------------------------------------------------- to fill in

_FIELD = re.compile(
    r'<img class="(?P<box>box[^"]*)" data-field="tick" alt="(?P<tick>[^"]*)"[^<>]*>'
    r'|<span class="(?P<line>line[^"]*)" data-field="text"[^<>]* aria-label="(?P<write>[^"]*)"></span>'
)
_MARKUP = re.compile(r"<[^<>]*>")
_NAMING = re.compile(r"\w")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|td|th|tr|div|dt|dd|section|h[1-6]|main|blockquote)(?=[\s>])[^<>]*>|<br>")


def to_fill_in(page: str) -> str:
    """The page with boxes and lines as fields of a form; each has the words beside it for a name. Nothing is sent."""
    if " data-field=" not in page:
        return page
    made, last = list[str](), 0
    places = [each.span() for each in _BLOCK.finditer(page)]
    edges = [0, *(at for span in places for at in span), len(page)]
    fields = list(_FIELD.finditer(page))
    edge, label, place = 0, "", 1
    for number, found in enumerate(fields):
        while edges[edge + 1] <= found.start():
            edge += 1
        begin = max(edges[edge], fields[number - 1].end() if number else 0)
        end = min(edges[edge + 1], fields[number + 1].start() if number + 1 < len(fields) else len(page))
        before, after = _said(page[begin : found.start()]), _said(page[found.end() : end])
        goes_on = bool(number) and begin == fields[number - 1].end() and _in_parts(fields[number - 1], before, found)
        is_left = end < len(page) and number + 1 < len(fields) and end == fields[number + 1].start()
        label, place = (label, place + 1) if goes_on else (before or found["write"] or "", 1)
        named = f"{label} {place}" if goes_on else before
        is_part = goes_on or (is_left and _in_parts(found, after, fields[number + 1]))
        made += (page[last : found.start()], _input(found, named, after, is_part))
        last = found.end()
    return "".join((*made, page[last:]))


def _in_parts(line: re.Match[str], between: str, other: re.Match[str]) -> bool:
    """Whether two lines are parts of one, such as a date, with nothing between them but a sign."""
    return bool(line["line"] and other["line"]) and not _NAMING.search(html.unescape(between))


def _said(part: str) -> str:
    return " ".join(_MARKUP.sub("", part).split())


def _input(found: re.Match[str], before: str, after: str, is_part: bool) -> str:
    if found["box"]:
        label = after or found["tick"]
        return f'<input class="{found["box"]}" type="checkbox" aria-label="{_quoted(label)}">'
    label = before or found["write"]
    kind = f"{found['line']} part" if is_part else found["line"]
    return f'<input class="{kind}" type="text" autocomplete="off" aria-label="{_quoted(label)}">'


def _quoted(text: str) -> str:
    return html.escape(html.unescape(text))
