"""How type is set: its size as printed, the length and the height of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from plainleaf.checks.page.boxes import HEADINGS, Line, Printout, Run, classes_of, quoted
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.checks.page.scripts import REFERENCES, families, family, length
from plainleaf.model import Severity

FINE = "fine"  # class of what no patient acts on, which a layout may set smaller: ``fine-size``
LONGEST_LINE = 80  # characters, of which a wide (CJK) one counts as two: 40
LINES_DIFFER = 1.05  # what is measured is a paragraph's mean: so much above the limit is not warned of
LEAST_LEADING = 1.2  # of the type size
MANY_LINES = 3  # from here on a paragraph has lines to get lost between

_ROUNDING = 0.05  # pt
_BESIDE = 0.25  # em: lines of which one begins so little lower stand beside one another, such as a number in a disc
_NO_PARAGRAPHS = HEADINGS | {"th", "td", "dt", "caption"}


def _size(printout: Printout) -> Iterator[Problem]:
    """Type that is smaller on paper than the layout allows, at most once for each block."""
    rules = printout.rules
    told: set[Any] = set()
    letters = set("".join(printout.root.itertext()))
    factors = {family(script): factor for script, factor in (*rules.others, (rules.script, rules.size_factor))}
    for run in printout.runs:
        block = run.generated or run.element
        if block in told or not run.read:
            continue
        usual = rules.fine_pt if rules.fine_pt and _is_fine(printout, run.element) else rules.least_pt
        for script in families(run.text) or {"Latn"}:
            least = usual * factors.get(script, 1.0)
            factor = min(_factor(printout, run, script, letters), _featured(printout, run))
            if run.size_pt * factor < least - _ROUNDING:
                told.add(block)
                seen = f"{run.size_pt * factor:.1f} pt" + (f" (set in {run.size_pt:.4g} pt)" if factor < 1 else "")
                what = f"page {run.page}: {quoted(run)} is as small as {seen}, not {least:.4g} pt"
                yield Problem(run.element, what, f"make it larger in the layout's CSS; least-size is set in {rules.at}")
                break


def _is_fine(printout: Printout, element: Any) -> bool:
    """Whether an element is part of what no patient acts on: references, dates and versions."""
    while element is not None:
        if FINE in classes_of(element):
            return True
        element = printout.parents.get(element)
    return False


def _factor(printout: Printout, run: Run, script: str, letters: set[str]) -> float:
    """By how much a script's letters are smaller in a run's font than in that which sizes are stated for; 1 at most."""
    letter, usual = REFERENCES.get(script, ("", 0.0))
    # a letter that the text lacks is not in the font, which holds the text's letters only
    if printout.extents is None or not letter or (letter not in letters and not letter.isascii()):
        return 1.0
    return min(1.0, printout.extents(run.style, letter, featured=False)[0] / usual)


def _featured(printout: Printout, run: Run) -> float:
    """By how much the font features of a style make letters smaller, as raised figures are; 1 at most.

    Small capitals are as tall as small letters: nothing is lost as long as a letter is not lower than these.
    """
    if printout.extents is None or not run.featured:
        return 1.0
    factors = [1.0]
    for letter in set(filter(str.isalnum, run.text)):
        usual, made = (sum(printout.extents(run.style, letter, featured)) for featured in (False, True))
        factors.append(made / min(usual, REFERENCES["Latn"][1]) if usual > 0 else 1.0)
    return min(factors)


def _paragraphs(printout: Printout) -> Iterator[tuple[Any, list[Line]]]:
    """The texts of more than one line, each with its lines in one column."""
    lines = (line for page in printout.pages for line in page.body if line.runs)
    for (element, _, _), group in groupby(lines, key=lambda line: (line.element, line.page, line.flow)):
        own = list(group)
        if len(own) > 1:
            yield element, own


def _long(printout: Printout) -> Iterator[Problem]:
    """Lines that are too long, told of the worst paragraph: it is one fault of the layout."""
    worst: tuple[float, Any, int] = (0.0, None, 0)
    count = 0
    for element, lines in _paragraphs(printout):
        if len(lines) < MANY_LINES or element.tag in _NO_PARAGRAPHS:
            continue
        full = [length(line.text) for line in lines[:-1]]
        mean = sum(full) / len(full)  # a single line of narrow letters may hold more
        if mean > LONGEST_LINE * LINES_DIFFER:
            count += 1
            worst = max(worst, (mean, element, lines[0].page), key=lambda each: each[0])
    if count:
        mean, element, page = worst
        wide = family(printout.rules.script) == "Hani"
        most, seen = (LONGEST_LINE // 2, mean / 2) if wide else (LONGEST_LINE, mean)
        what = f"page {page}: lines of {seen:.0f} characters, not {most} at most{_more(count)}"
        yield Problem(element, what, f"larger type, wider margins or columns: {printout.rules.at}")


def _more(count: int) -> str:
    return f" (and in {count - 1} more paragraphs)" if count > 1 else ""


def _tight(printout: Printout) -> Iterator[Problem]:
    """Lines that stand too close, told of the closest paragraph."""
    worst: tuple[float, Any, int] = (LEAST_LEADING - 0.01, None, 0)
    count = 0
    for element, lines in _paragraphs(printout):
        steps = [after.edges[1] - line.edges[1] for line, after in pairwise(lines)]
        size = max(run.style["font_size"] for line in lines for run in line.runs)
        leading = min((step for step in steps if step > _BESIDE * size), default=0.0) / size  # not those side by side
        if 0 < leading < LEAST_LEADING - 0.01:
            count += 1
            worst = min(worst, (leading, element, lines[0].page), key=lambda each: each[0])
    if count:
        leading, element, page = worst
        what = f"page {page}: lines are {leading:.2f} of the type size apart, less than {LEAST_LEADING}{_more(count)}"
        yield Problem(element, what, f"set a larger line-height: {printout.rules.at}, or the layout's CSS")


_P = "<p data-at='sources/a.md:7'>{}</p>"
_SENTENCE = "Take one tablet each morning with a full glass of water, and do not stop by yourself. " * 6
_CHINESE = "每天早上用一杯水服一片药，不要自己停药。" * 12
_WIDE = "html { font-size: 12pt } @page { margin: 5mm; size: 297mm 210mm }"
_ARABIC = {"size_factor": 1.15, "script": "Arab"}

CHECKS = (
    PageCheck(
        "fit-small",
        Severity.ERROR,
        "Small print is not read. Measured on paper, by the height of letters: 12 pt of one face are 10 of another.",
        _size,
        (
            Example(_P.format("small"), "p { font-size: 9pt }"),
            Example(_P.format("made small"), "p { transform: scale(.6) }"),
            Example(_P.format("made narrow"), "p { transform: scale(.3, 1.5); white-space: nowrap; width: 40mm }"),
            Example(_P.format("Take 500 mg"), "p { font-size: 12pt; font-feature-settings: 'sups' }"),
            Example(_P.format("Take <b>500</b>"), "html { font-size: 12pt } b { font-variant-position: super }"),
            Example("<ol><li>Take one</ol>", "li::marker { font-size: 9pt }"),
            Example(_P.format("one"), "@page { @bottom-center { content: 'Draft'; font-size: 9pt } }"),
            Example(_P.format("مرحبا بكم"), "p { font-size: 12pt }", _ARABIC, "ar"),
            Example(_P.format("٩٩٩"), "p { font-size: 12pt }", _ARABIC, "ar"),
            Example(f"<div class='fine'>{_P.format('small')}</div>", "p { font-size: 10pt }"),
            Example(f"<div class='fine'>{_P.format('small')}</div>", "p { font-size: 10pt }", {"fine_pt": 10.5}),
            Example(_P.format("small"), "p { font-size: 11pt }", {"fine_pt": 10.5}),
            Example(_P.format("مرحبا بكم"), "p { font-size: 12pt }", {"others": (("Arab", 1.15),)}, "ar"),
        ),
        (
            Example(_P.format("as large as may be"), "p { font-size: 12pt; font-variant-numeric: lining-nums }"),
            Example(_P.format("made large"), "p { font-size: 6pt; transform: scale(2); width: 20mm; margin: 20mm }"),
            Example("<ul><li>Take one</ul>", "li::marker { font-size: 6pt }"),
            Example(f"<div class='fine'>{_P.format('small')}</div>", "p { font-size: 10.5pt }", {"fine_pt": 10.5}),
            Example(_P.format("مرحبا بكم, 12 mg"), "p { font-size: 13.8pt }", _ARABIC, "ar"),
            Example(_P.format("020\u00a07946\u202f0171"), "p { font-size: 12pt }", _ARABIC, "ar"),
        ),
        "UKAAF G003, 2: clear print 12 pt, large print 16 pt at least",
        what="A text is printed in letters that are too small.",
        fix="Set a larger size in the layout's CSS.",
    ),
    PageCheck(
        "fit-long-lines",
        Severity.WARNING,
        "From the end of a long line the eye does not find back to the next one.",
        _long,
        (
            Example(_P.format(_SENTENCE), _WIDE),
            Example(_P.format(_CHINESE), _WIDE, tag="zh_Hans"),
        ),
        (
            Example(_P.format(_SENTENCE), "html { font-size: 14pt }"),
            Example(_P.format(_CHINESE), "html { font-size: 14pt } @page { margin: 20mm }", tag="zh_Hans"),
        ),
        "WCAG 2.2, 1.4.8 (80 characters, 40 of Chinese, Japanese, Korean)",
        what="Lines are too long to read comfortably.",
        fix="Set larger type, wider margins or columns in the layout.",
    ),
    PageCheck(
        "fit-leading",
        Severity.WARNING,
        "Lines that nearly touch run into one another for weak eyes.",
        _tight,
        (
            Example(_P.format(_SENTENCE), "p { line-height: 1.1 }"),
            Example("<h2>Take it<br>each day</h2><p>One</p>", "h2 { line-height: 1.05 }"),
            Example("<table><tr><td>Take it<br>each day</table>", "td { line-height: 1.1 }"),
        ),
        (
            Example(_P.format(_SENTENCE), "p { line-height: 1.2 }"),
            Example(
                _P.format("Take one"),
                "p::before { content: '1'; display: inline-block; width: 1.5em; vertical-align: .05em }",
            ),
        ),
        "WCAG 2.2, 1.4.8 (line spacing); UKAAF G003",
        what="Lines are too close to each other.",
        fix="Set a larger line-height in the layout.",
    ),
)
