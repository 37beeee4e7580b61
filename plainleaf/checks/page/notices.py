"""Does every page say that its text is a draft, or a sample? A layout's template or style sheet may take that away."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.page.boxes import Page, Printout
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.layouts.notices import letters
from plainleaf.model import Severity


def _unmarked(printout: Printout) -> Iterator[Problem]:
    """A notice that some page lacks, with the first such page."""
    pages = [(page, letters(_text(page))) for page in printout.pages if not page.blank]
    for notice in printout.rules.notices:
        lacking = [page.number for page, said in pages if letters(notice) not in said]
        if len(lacking) == len(pages) or (lacking and not printout.rules.together):
            what = f"page {lacking[0]} does not say “{notice}”"
            if len(lacking) > 1:
                what = f"{len(lacking)} pages do not say “{notice}”, the first is page {lacking[0]}"
            hint = "print {{ parts.notice_box() }}, and {{ parts.page_foot() }} on every page, and hide nothing of them"
            yield Problem(printout.root, what, hint, at=printout.rules.at)


def _text(page: Page) -> str:
    return "".join(line.text for line in page.lines)


_SAYS = {"notices": ("Draft translation: not checked",)}
_LOW = "@page { size: 210mm 50mm } "  # a page for one line
_FOOT = _LOW + "@page { @bottom-center { content: 'Draft translation: not checked' } }"
_PAGES = "<p>One.</p><p style='break-before: page'>Two.</p>"
_LINE = "<p>Draft translation: <b>not checked</b></p>"

CHECKS = (
    PageCheck(
        "fit-notice",
        Severity.ERROR,
        "A copied page is all that some readers get: one that does not say that nobody has checked it is believed.",
        _unmarked,
        (
            Example("<p>One.</p>", rules=_SAYS),
            Example(_LINE + _PAGES, _LOW, rules=_SAYS),
            Example(_PAGES, _LOW, rules={**_SAYS, "together": True}),
        ),
        (
            Example(_PAGES, _LOW),
            Example(_LINE, rules=_SAYS),
            Example(_PAGES, _FOOT, rules=_SAYS),
            Example(_LINE + _PAGES, rules={**_SAYS, "together": True}),
            Example("<p style='width: 30mm'>Draft translation: not checked</p>", rules=_SAYS),
        ),
        "ISO 17100:2015, 5.3 (a translation is released after it has been checked)",
        what="A page does not say that it is a draft or a sample.",
        fix="Print the notice on each page: the layout's template must not hide it.",
    ),
)
