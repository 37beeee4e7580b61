"""Can text, frames and icons be told from what lies behind them, in colour and on a grey copy? Measured from pixels.

Contrast is WCAG's ratio. A grey copy is what office printers make of a colour: its luma, 0.299 red + 0.587 green +
0.114 blue of the coded values (ITU-R BT.601).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from plainleaf.checks.page.boxes import Colour, Frame, Ground, Printout, Run, colour, given, quoted
from plainleaf.checks.page.geometry import Edges, around
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.graphics import colours
from plainleaf.model import Severity
from plainleaf.sources.blocks import KINDS

LEAST_TEXT = 4.5  # WCAG 2.2, 1.4.3
LEAST_FRAME = 3.0  # WCAG 2.2, 1.4.11

_SPECK_SHARE = 0.2  # of the ground behind a letter: less is an edge or a speck
_LETTER = 1.0  # em; the ground is looked at in pieces so wide
_SPECK = 10.0  # px², of an icon's ink
_OUTSIDE = (1.5, 5.0)  # px beyond a frame, where its ground is looked at
_FRAMED = frozenset(kind.value for kind, about in KINDS.items() if about.framed)


def _behind(run: Run, ink: Colour, ground: Ground) -> tuple[str, str]:
    """The colour that a run is hardest to read on, and the words that stand there. Looked at where letters are densest,
    between its baseline and half an em above."""
    tones = ground.colours(around(run.band(0.5, 0), run.matrix))
    if len(tones) == 1:
        return next(iter(tones)), run.text
    worst = ((hardest(ground, ink, edges), words) for words, edges in run.cut(0.5, 0, _LETTER))
    return min(worst, key=lambda each: colours.contrast(blend(ink, each[0]), each[0]))


def hardest(ground: Ground, ink: Colour, edges: Edges) -> str:
    """The colour within some edges that ink is hardest to see on, leaving out specks."""
    tones = ground.colours(edges)
    worst = sorted(tones, key=lambda tone: colours.contrast(blend(ink, tone), tone))
    share = 0.0
    for tone in worst:
        share += tones[tone]
        if share >= _SPECK_SHARE:
            return tone
    return worst[-1]


def _text(printout: Printout) -> Iterator[Problem]:
    """Text against the colours behind it; each pair of colours is told once, with its first place."""
    least = max(LEAST_TEXT, printout.rules.least_contrast)
    for (ink, tone), (run, words) in _pairs(printout).items():
        ratio = colours.contrast(ink, tone)
        if ratio < least:
            what = f"page {run.page}: {quoted(run, words)} has {ratio:.1f}:1 to its ground ({ink} on {tone})"
            soft = ratio >= LEAST_TEXT
            hint = f"take a darker or lighter colour: {least if soft else LEAST_TEXT:g}:1 at least"
            yield Problem(run.element, what, hint, soft=soft)


def _pairs(printout: Printout) -> Mapping[tuple[str, str], tuple[Run, str]]:
    """Every ink on the colours that it is hardest to read on, with the first run where it is so and its words there."""
    if not printout.pairs:
        inks: dict[int, Colour] = {}  # by style: many runs share one
        for run in printout.runs:
            if printout.ground and run.read:
                ink = inks.get(id(run.style)) or inks.setdefault(id(run.style), colour(run.style["color"]))
                tone, words = _behind(run, ink, printout.ground(run.page))
                printout.pairs.setdefault((blend(ink, tone), tone), (run, words))
    return printout.pairs


@lru_cache(maxsize=1024)
def blend(ink: Colour, tone: str) -> str:
    """The colour that is seen where ink is not opaque."""
    alpha = ink[3]
    under = [int(tone[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(
        f"{round(255 * part * alpha + below * (1 - alpha)):02x}" for part, below in zip(ink, under, strict=False)
    )


@lru_cache(maxsize=1024)
def grey(tone: str) -> str:
    """A colour as it is printed in black and white."""
    red, green, blue = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + 3 * f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}"


def _copied(printout: Printout) -> Iterator[Problem]:
    """What can be told apart in colour and not on a grey copy; frames and icons that cannot be told even in colour."""
    for (ink, tone), (run, words) in _pairs(printout).items():
        ratio = colours.contrast(grey(ink), grey(tone))
        if ratio < LEAST_TEXT <= colours.contrast(ink, tone):
            what = f"page {run.page}: {quoted(run, words)} has {ratio:.1f}:1 on a grey copy ({ink} on {tone})"
            yield Problem(run.element, what, "make one of the two colours darker or lighter, not only another")
    yield from _unseen(printout)


def _unseen(printout: Printout) -> Iterator[Problem]:
    """Frames and icons; each kind of block is told once."""
    told: set[tuple[str, str]] = set()
    for frame in (frame for page in printout.pages for frame in page.frames):
        name = frame.element.get("class") or frame.element.get("data-kind") or frame.element.tag
        if printout.ground is None or (name, frame.icon) in told:
            continue
        ground = printout.ground(frame.page)
        if frame.element.get("data-kind") in _FRAMED and (ratio := _frame_contrast(frame, ground)) < LEAST_FRAME:
            told.add((name, frame.icon))
            what = f"page {frame.page}: the frame of “{name}” has {ratio:.1f}:1 to its ground on a grey copy"
            yield Problem(frame.element, what, f"a darker colour for it: {LEAST_FRAME:g}:1 at least", soft=True)
        elif frame.icon and (ratio := _icon_contrast(frame, ground)) < LEAST_FRAME:
            told.add((name, frame.icon))
            what = f"page {frame.page}: the icon of “{name}” has {ratio:.1f}:1 to its ground on a grey copy"
            yield Problem(frame.element, what, f"a darker picture: {LEAST_FRAME:g}:1 at least", soft=True)


def _seen(frame: Frame) -> Iterator[int]:
    """The sides of a frame that are drawn."""
    for side in range(4):
        if frame.widths[side] > 0 and frame.styles[side] not in ("none", "hidden") and frame.colours[side][3] > 0:
            yield side


def _frame_contrast(frame: Frame, ground: Ground) -> float:
    """The best contrast of any side with what lies outside it, in grey; a box without a frame has nothing to lose."""
    ratios = []
    for side in _seen(frame):
        tones = ground.colours(_beside(frame.edges, side))
        tone = max(tones, key=lambda each: tones[each])
        ratios.append(_weaker(blend(frame.colours[side], tone), tone))
    return max(ratios, default=21.0)


def _beside(edges: Edges, side: int) -> Edges:
    """A strip along the outside of a box's side (0 top, then clockwise)."""
    left, top, right, bottom = edges
    near, far = _OUTSIDE
    return (
        (left, top - far, right, top - near),
        (right + near, top, right + far, bottom),
        (left, bottom + near, right, bottom + far),
        (left - far, top, left - near, bottom),
    )[side]


def _weaker(one: str, other: str) -> float:
    """The contrast of two colours, in colour or in grey, whichever is less."""
    return min(colours.contrast(one, other), colours.contrast(grey(one), grey(other)))


def _icon_contrast(frame: Frame, ground: Ground) -> float:
    """The contrast of an icon's strongest ink with what it stands on."""
    left, top, right, bottom = frame.edges
    above, after, below, before = frame.widths
    inner = (left + before + 1, top + above + 1, right - after - 1, bottom - below - 1)
    tones = ground.colours(inner)
    base = max(tones, key=lambda each: tones[each])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    inks = [tone for tone, share in tones.items() if tone != base and share * area >= _SPECK]
    return max((_weaker(tone, base) for tone in inks), default=21.0)  # none: nothing was drawn, which is told elsewhere


def _colour_alone(printout: Printout) -> Iterator[Problem]:
    """Boxes of different meaning that nothing but colour tells apart."""
    looks: dict[tuple[Any, ...], dict[str, tuple[Frame, Any]]] = {}
    seen: dict[str, tuple[tuple[Any, ...], Any, Frame]] = {}
    frames = [frame for page in printout.pages for frame in page.frames]
    icons = {id(frame.element): frame.icon for frame in frames if frame.icon}
    for frame in frames:
        name = frame.element.get("class") or ""
        if frame.element.get("data-kind") != "callout" or name in seen:
            continue
        icon = tuple(icons[id(part)] for part in frame.element.iter() if id(part) in icons)
        words = " ".join("".join(given(frame.element)).split())
        shape = (tuple(round(width) for width in frame.widths), frame.styles, frame.rounded, bool(icon), icon, words)
        tones = (frame.ground, tuple(frame.colours[side] for side in _seen(frame)))
        seen[name] = (shape, tones, frame)
        looks.setdefault(shape, {})[name] = (frame, tones)
    for alike in looks.values():
        if len({tones for _, tones in alike.values()}) > 1:
            one, other = list(alike)[:2]
            what = f"the boxes “{one}” and “{other}” differ by colour alone"
            hint = "give each a label, an icon or a border of its own: one man in twelve does not tell red from green"
            yield Problem(alike[other][0].element, what, hint)


_P = "<p data-at='sources/a.md:7'>Stop and call us.</p>"
_BOX = (
    "<section class='callout {0}' data-kind='callout' data-at='sources/a.md:{1}'>"
    "{2}<p data-at='sources/a.md:{1}'>Call us.</p></section>"
)
_BAND = "<div style='background: #222222; height: 30mm'></div>"
_LONG = "<p data-at='sources/a.md:7'>Take one tablet with water every day, 500 mg at most.</p><div></div>"
_PATCH = "div {{ position: absolute; z-index: -1; left: 60mm; top: 0; height: 60mm; width: {}mm; background: #222222 }}"
_ICON = (
    "p {{ padding-left: 20px; background: url(\"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'"
    " viewBox='0 0 9 9'><rect width='9' height='9' fill='%23{}'/></svg>\") no-repeat; background-size: 16px 16px }}"
)
_FRAME = ".urgent { border: 1mm solid #8f1d14 } .tip { border: 1mm solid #0b4a57 } section { margin: 5mm }"

CHECKS = (
    PageCheck(
        "fit-contrast",
        Severity.ERROR,
        "Pale text is not seen by weak eyes, in poor light, or once it is copied. Looked at on the printed page.",
        _text,
        (
            Example(_P, "p { color: #888888 }"),
            Example(_P, "p { color: #ffffff; background: #ffb0a0 }"),
            Example(_P, "p { color: rgba(0, 0, 0, .4) }"),
            Example(_P, "p { color: #555555 }", {"least_contrast": 8.0}),
            Example(_BAND + _P, "p { margin-top: -20mm; color: #333333 }"),
            Example(_P, "p { color: #ffffff; background: linear-gradient(to right, #ffffff, #000000) }"),
            Example(_LONG, _PATCH.format(5)),
            Example("<ol><li>Call us</ol>", "li::marker { color: #aaaaaa }"),
            Example(_P, "@page { @bottom-center { content: 'Draft'; color: #aaaaaa } }"),
            Example(_P, "p { color: #aaaaaa; transform: rotate(90deg); width: 40mm }"),
        ),
        (
            Example(_P, "p { color: #767676 }"),
            Example(_P, "p { color: #ffffff; background: #222222 }"),
            Example(_P, "p { color: #222222; background: linear-gradient(to right, #ffffff, #cccccc) }"),
            Example("<ul><li>Call us</ul>", "li::marker { color: #aaaaaa }"),
            Example(_P, "p { color: #ffffff; background: #222222; transform: rotate(90deg); width: 40mm }"),
        ),
        "WCAG 2.2, 1.4.3 (4.5:1) and 1.4.6 (7:1)",
        painted=True,
        what="Text is too pale on its background.",
        fix="Make one of the two colours darker or lighter.",
    ),
    PageCheck(
        "fit-grey",
        Severity.ERROR,
        "Most leaflets are copied in black and white: what differs only by hue is lost there.",
        _copied,
        (
            Example(_P, "p { color: #00ff00; background: #800080 }"),
            Example(_BOX.format("urgent", 7, ""), "section { border: 1mm solid #ffb0a0; margin: 5mm }"),
            Example(_BOX.format("urgent", 7, "") * 2, "section { border-left: 1mm solid #ffb0a0; margin: 5mm }"),
            Example(_P, _ICON.format("ffdd88")),
        ),
        (
            Example(_P, "p { color: #8f1d14; background: #fdf3f0 }"),
            Example(_BOX.format("urgent", 7, ""), _FRAME),
            Example(_P, _ICON.format("8f1d14")),
        ),
        "WCAG 2.2, 1.4.11 (frames and icons 3:1)",
        painted=True,
        what="Text or a sign is too pale on a grey copy.",
        fix="Make one of the two colours darker or lighter, not only another.",
    ),
    PageCheck(
        "fit-colour-alone",
        Severity.ERROR,
        "A red box that only its red tells from a blue one is a box like any other on a grey copy.",
        _colour_alone,
        (Example(_BOX.format("urgent", 7, "") + _BOX.format("tip", 9, ""), _FRAME),),
        (
            Example(_BOX.format("urgent", 7, "<p>Danger</p>") + _BOX.format("tip", 9, "<p>Tip</p>"), _FRAME),
            Example(_BOX.format("urgent", 7, "") + _BOX.format("tip", 9, ""), _FRAME + ".tip { border-style: dashed }"),
            Example(_BOX.format("tip", 7, "") + _BOX.format("tip", 9, ""), _FRAME),
        ),
        "WCAG 2.2, 1.4.1",
        what="Two things differ by colour alone.",
        fix="Add a word, an icon or a frame to it.",
    ),
)
