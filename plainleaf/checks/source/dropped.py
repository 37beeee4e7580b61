"""Does a layout's template print all of the text that it is given, as it is? Asked of the HTML, before it is laid out.

A template may leave out what it likes; what it leaves out by mistake no reader misses. What is in the HTML and does not
reach the paper is found on the page (``checks.page.fit``).
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from plainleaf.files.places import is_ours
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts.file import BASE
from plainleaf.layouts.file import FILE as LAYOUT_FILE
from plainleaf.layouts.reading_order import HEAD, Said
from plainleaf.layouts.templates import Prepared, fault_of_ours
from plainleaf.model import Block, Clinic, Edition, Finding, Kind, Layout, Severity, digests, plain
from plainleaf.model.phrases import shortened
from plainleaf.typesetting import locales

_PLACE = re.compile(r'\sdata-kind="([^"]*)"\s+data-at="([^"]*)"(?:\s+data-po="([^"]*)")?')
_ELSEWHERE = {HEAD, Kind.TITLE.value, Kind.SUMMARY.value, Kind.AUDIENCE.value}  # a template may set these otherwise
_SHOWN = 50  # characters of a text, to name it by


def check(
    page: str,
    editions: Sequence[Edition],
    layout: Layout,
    root: Path,
    clinic: Clinic | None = None,
    texts: Prepared | None = None,
) -> Iterator[Finding]:
    """Texts of the editions (a page may hold two) that the layout is to print and that its HTML does not hold, or not
    as they are.

    Each piece is known by ``{{ piece.attrs }}`` in its tag; cells of a row share their place, and are counted. Safety
    texts that are gone are an error, others a warning. ``clinic``: whose details stand in the texts; with it they are
    looked for letter by letter, and one that the page has otherwise is an error, in
    a layout that comes with the tool a warning. ``texts``: what was made ready of the editions for other layouts.
    """
    texts = texts or Prepared()
    body = page.partition("</head>")[2] or page
    letters = _letters(_MARKUP.sub("", body)) if clinic else ""
    there = Counter(tuple(map(html.unescape, found)) for found in _PLACE.findall(page))
    for edition in editions:
        said = texts.said(edition, layout.text, clinic)
        asked = [each.block for each in said if each.role not in _ELSEWHERE]  # heads of tables may stand in each row
        gone = [block for block in asked if _key(block) not in there]
        gone += [block for block in _short(asked, there) if block not in gone]
        for severity, lost in (
            (Severity.ERROR, [block for block in gone if block.safety]),
            (Severity.WARNING, [block for block in gone if not block.safety]),
        ):
            if lost:
                yield _finding(severity, lost, layout, is_ours(Path(layout.folder), root))
        if clinic:
            changed = [block for block in _otherwise(body, letters, edition, said) if block not in gone]
            if changed:
                yield _changed(changed, layout, is_ours(Path(layout.folder), root))
    if clinic:
        yield from _foreign(page, editions, layout, root, clinic)
        yield from _unsaid(letters, editions[0], layout, root, clinic)


_TAG = re.compile(r"<style\b[^<>]*>[^<]*|<(?!a\b|base\b)[a-z][^<>]*>", re.IGNORECASE)
_FILES = (  # of a tag as it is written, and of its styles as they are read
    re.compile(
        r"""\s(?:src|srcset|data|href|xlink:href|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
    ),
    re.compile(r"""\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()]+))""", re.IGNORECASE),
)


def _files(page: str) -> Iterator[str]:
    """The files that a page shows, as paths; pictures that it holds in itself, and its own parts, are none."""
    for tag in _TAG.findall(page):
        written, styled = _FILES
        for found in (*written.findall(tag), *styled.findall(html.unescape(tag))):
            name = html.unescape("".join(found)).strip()
            if name and not name.startswith(("data:", "#")):
                yield posixpath.normpath(unquote(name))


def _foreign(page: str, editions: Sequence[Edition], layout: Layout, root: Path, clinic: Clinic) -> Iterator[Finding]:
    """Pictures that are neither the leaflet's nor the clinic's nor in a layout's folder: all of these are signed."""
    known = {block.options["src"] for each in editions for block in each.leaflet.walk() if block.kind is Kind.FIGURE}
    known |= {f"sources/{logo}" for logo in (clinic.logo, clinic.second_logo) if logo}
    if re.search(r"<base\b", page, re.IGNORECASE):
        what = f"layouts/{layout.name} has <base>: pictures would be looked for elsewhere"
        yield Finding("layout-picture", Severity.ERROR, what, layout.at, "take <base> out of its template")
    for name in dict.fromkeys(_files(page)):
        first, _, below = name.partition("/")
        folder = below.partition("/")[0]
        of_layout = first == "layouts" and (folder == BASE or (root / first / folder / LAYOUT_FILE).is_file())
        if name not in known and not of_layout:
            what = f"layouts/{layout.name} prints the picture {name}, which nobody signs: it is not part of the leaflet"
            hint = f"put it into layouts/{layout.name}/, or show it in the leaflet’s text"
            yield Finding("layout-picture", Severity.ERROR, what, layout.at, hint)


def _unsaid(said: str, edition: Edition, layout: Layout, root: Path, clinic: Clinic) -> Iterator[Finding]:
    """What a page is to say of its leaflet and does not, unless ``layout.toml`` says that it leaves it out.
    ``said``: its letters."""
    day = locales.long_date(edition.meta.review_by, edition.locale, clinic.country)
    asked = {
        "version": ("the version with its digest, which identifies a printed page", digests.PLACE),
        "review-by": ("the day of the next review, after which it should not be relied on", _letters(day)),
        "emergency-number": ("the number to call in an emergency", _letters(clinic.emergency_number)),
    }
    for name, (what, text) in asked.items():
        if text not in said and name not in layout.leaves_out:
            ours = is_ours(Path(layout.folder), root)
            hint = f'print {{{{ parts.about() }}}} and {{{{ parts.clinic() }}}}, or say so: leaves-out = ["{name}"]'
            message = f"layouts/{layout.name} does not print {what}"
            yield Finding("layout-dropped", Severity.WARNING, message, layout.at, fault_of_ours() if ours else hint)


_PICTURE = re.compile(r'<img\b[^<>]*?\salt="([^"]*)"[^<>]*>')
_MARKUP = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile(rf"[\s{ZERO_WIDTH_SPACE}{WORD_JOINER}{BIDI_CONTROLS}]")  # spaces, breaks, directions


def _otherwise(body: str, seen: str, edition: Edition, texts: Sequence[Said]) -> Iterator[Block]:
    """The blocks whose texts are nowhere on the page letter by letter; what its letters are is not looked at. ``seen``:
    the letters of its ``body``."""
    spoken = _PICTURE.sub(r"\1", body)  # a box to tick stands in a text, and is none of it
    heard = seen if spoken == body else _letters(_MARKUP.sub("", spoken))
    named = {id(child) for block in edition.walk() if block.kind is Kind.LANGUAGES for child in block.children}
    for each in texts:
        if id(each.block) in named:  # the language that stands beside is left out of them
            continue
        said = _UNSEEN.sub("", each.text)
        if each.role not in _ELSEWHERE and said not in seen and said not in heard:
            yield each.block


def _letters(text: str) -> str:
    return _UNSEEN.sub("", html.unescape(text))


def _short(asked: Sequence[Block], there: Counter[tuple[str, ...]]) -> Iterator[Block]:
    """The last of the blocks that share a place, if fewer of them are on the page than the edition has."""
    wanted = Counter(map(_key, asked))
    last = {_key(block): block for block in asked}
    yield from (last[key] for key, count in wanted.items() if there[key] < count)


def _key(block: Block) -> tuple[str, ...]:
    return block.kind.value, str(block.at), str(block.po or "")


def _changed(blocks: Sequence[Block], layout: Layout, ours: bool) -> Finding:
    text = shortened(" ".join(plain(blocks[0].inlines).split()), _SHOWN)
    more = f", and {len(blocks) - 1} more" if len(blocks) > 1 else ""
    what = f"layouts/{layout.name} prints “{text}”{more} otherwise than it is written"
    mend = "print {{ piece.text }} as it is, without filters, slices and words of the template's own within it"
    at, po = blocks[0].at, blocks[0].po
    severity = Severity.WARNING if ours else Severity.ERROR
    return Finding("layout-changed", severity, what, at, fault_of_ours() if ours else mend, po)


def _finding(severity: Severity, lost: Sequence[Block], layout: Layout, ours: bool) -> Finding:
    first, safety = lost[0], severity is Severity.ERROR
    text = " ".join(plain(first.inlines).split())
    said = shortened(text, _SHOWN) or "a line to write on"
    picture = " (what a picture shows)" if first.kind is Kind.ALT else ""
    what = f"layouts/{layout.name} does not print {len(lost)} {'safety ' * safety}text{'s' * (len(lost) > 1)}"
    what += f", {'the first: ' * (len(lost) > 1)}“{said}”{picture}"
    mend = "print every piece in the layout's template, with {{ piece.attrs }} in its tag"
    return Finding("layout-dropped", severity, what, first.at, fault_of_ours() if ours else mend, first.po)
