"""Pages in reading order -> sheets for the printing press: booklets, leaflets folded in three, cards.

An edition is always rendered first as the accessible PDF, a page after the other. Imposing
puts those pages on sheets as form XObjects: nothing is drawn anew, all sheets share the fonts and pictures, and text
stays text. The order of a sheet is no order to read in, so an imposed file has no tags and does not claim PDF/UA; its
title says that it is for the press and where the accessible file is.

``sheets`` says which page goes where. The same input gives the same bytes, always.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from plainleaf.formats.pdf import xmp
from plainleaf.formats.pdf.sheets import ImpositionError, Side, arranged, check_room, placed
from plainleaf.formats.pdf.untagged import untagged
from plainleaf.formats.pdf.xmp import About
from plainleaf.model import Direction, Scheme
from plainleaf.model.lengths import PT_PER_MM

_MOST_BLEED = 3 * PT_PER_MM  # ground that goes on past the cut
_EDGE = 5 * PT_PER_MM  # of the sheet, which printers leave white: fold marks begin behind that, if no room is around it
_FOLD = 4 * PT_PER_MM  # their length, between the margins of two panels
_MARK = 5 * PT_PER_MM  # length of the marks beside the pages
_HALO = 0.5  # pt of white on both sides of a fold mark, which may stand on a dark ground
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DASH = f"[{PT_PER_MM:.3f}] 0 d"  # 1 mm, from the sheet's edge inwards


def impose(data: bytes, scheme: Scheme, direction: Direction, about: About | None = None, twin: str = "") -> bytes:
    """The sheets of a PDF whose pages stand in reading order, as a PDF: front, back, front, back ...

    Raises ``ImpositionError``, in words to show, if the bytes are no PDF that can be read, if it is locked with a
    password, or if its pages are of the wrong number or size for the scheme.

    ``saddle-stitch``: two pages side by side, as many sheets as it takes, the last page on the back cover and blank
    ones, if it takes any, before it; folded in one pile and
    stapled in the fold, on the left or (``rtl``) the right. Against creep, pages stand nearer the fold by 0.1 mm, the
    thickness of paper, for each sheet that lies outside theirs: once the pile is trimmed, all have the same margin.

    ``trifold``: page 1 the cover, 2 the flap that is folded in (narrower by 2 or 3 mm), 3 4 5 the inside, 6 the back;
    page 5 is printed behind the flap. Of fewer pages the last is the back, and the inside has blank panels before it.

    ``cards``: pages in pairs, front and back; the cards in turn until the grid of the last sheet is full, so that one
    card fills a sheet. Without a gap (the default) neighbours share a cut and marks stand at the outer edges only: half
    the cuts, and no strip of waste that can be left on a card. A card whose ground is coloured to its edge needs a gap
    (``gap_mm``), for the ground to go on to both sides of the cut. ``folded`` cards of a row stay together: one card of
    two leaves, to be folded with the fronts outside. The first of them is the cover: it has the fold where its language
    begins, so it stands on the right of the sheet's front, or (``rtl``) on the left.

    ``around_mm``: the sheet is so much larger on each side, and is cut down to its size: for marks and bleed where the
    pages fill it.

    ``about``: the facts of the accessible file, if they are at hand; ``twin``: its name.
    """
    with _readable():
        reader, pages = _read(data)
        sizes = [(float(page.trimbox.width), float(page.trimbox.height)) for page in pages]
    sides = arranged(sizes, scheme, direction)
    check_room(sides[0], scheme)
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    with _readable():
        forms = [_form(page, writer) for page in pages]
        _describe(writer, reader, scheme, about or _facts(reader), twin)
    for side in sides:
        _add_sheet(writer, side, scheme, pages, forms)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


@contextmanager
def _readable() -> Iterator[None]:
    """Turns all that pypdf raises or logs of a damaged file into ``ImpositionError``.

    It goes on after a warning with what it could save of a page: words would be lost, and nobody told.
    """
    warnings: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warnings.append(record.getMessage())

    logger = logging.getLogger("pypdf")
    before, logger.propagate = (list(logger.handlers), logger.propagate), False
    logger.handlers = [Keeper(logging.WARNING)]
    try:
        yield
    except (ImpositionError, MemoryError):
        raise
    except Exception as error:
        warnings.append(str(error) or type(error).__name__)
    finally:
        logger.handlers, logger.propagate = before
    if warnings:
        raise ImpositionError(f"this PDF could not be read: {warnings[-1]}")


def _read(data: bytes) -> tuple[PdfReader, list[PageObject]]:
    reader = PdfReader(BytesIO(data), strict=True)
    if reader.is_encrypted:
        raise ImpositionError("this PDF is locked with a password: pages can be taken from an open file only")
    pages = list(reader.pages)
    if not pages:
        raise ImpositionError("this PDF has no pages")
    return reader, pages


# ---------------------------------------------------------------------- drawing


def _form(page: PageObject, writer: PdfWriter) -> StreamObject:
    """A page as a form XObject in its own coordinates, drawn as far as its bleed."""
    content = page.get_contents()
    form = _stream(untagged(content.get_data()) if content is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(corner) for corner in page.bleedbox)
    if "/Resources" in page:
        # A reference stays one, so that all pages go on sharing their fonts.
        form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    if "/Group" in page:
        form[NameObject("/Group")] = page.raw_get("/Group").clone(writer)
    writer._add_object(form)
    return form


def _stream(data: bytes) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream.flate_encode()


def _add_sheet(
    writer: PdfWriter, side: Side, scheme: Scheme, pages: Sequence[PageObject], forms: Sequence[StreamObject]
) -> None:
    """One side of a sheet: each page in the middle of its place, the marks over them."""
    columns, lines, sheet = placed(side, scheme)
    drawn, used = list[str](), DictionaryObject()
    for (bottom, top), row in zip(lines, side.rows, strict=True):
        for (left, right), number in zip(columns, row, strict=True):
            if number is None:
                continue
            trim = pages[number].trimbox
            inwards = side.creep if left + right < sheet[0] else -side.creep
            x = (left + right - float(trim.left) - float(trim.right)) / 2 + inwards
            y = (bottom + top - float(trim.bottom) - float(trim.top)) / 2
            (west, east), (south, north) = _reach(left, right, columns, scheme), _reach(bottom, top, lines, scheme)
            drawn.append(f"q {_numbers(west, south, east - west, north - south)} re W n")
            drawn.append(f"1 0 0 1 {_numbers(x, y)} cm /P{number + 1} Do Q")
            used[NameObject(f"/P{number + 1}")] = forms[number].indirect_reference
    if scheme.marks:
        folded = scheme.folded or scheme.kind != "cards"
        drawn += _marks(columns, lines, sheet, folded=folded, filled=scheme.kind == "trifold")
    page = writer.add_blank_page(*sheet)
    page[NameObject("/Contents")] = writer._add_object(_stream("\n".join(drawn).encode()))
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): used})
    trim = (columns[0][0], lines[-1][0], columns[-1][1], lines[0][1])
    bleed = (trim[0] - _MOST_BLEED, trim[1] - _MOST_BLEED, trim[2] + _MOST_BLEED, trim[3] + _MOST_BLEED)
    for name, edges in (("/TrimBox", trim), ("/BleedBox", bleed)):
        page[NameObject(name)] = ArrayObject(
            FloatObject(round(min(max(edge, 0.0), most), 3)) for edge, most in zip(edges, sheet * 2, strict=True)
        )


def _reach(start: float, end: float, places: Sequence[tuple[float, float]], scheme: Scheme) -> tuple[float, float]:
    """How far a page may draw: up to a fold or shared cut, half a gap, and the bleed at the outer edges."""
    between, first, last = scheme.gap_mm * PT_PER_MM / 2, min(places)[0], max(places)[1]
    return start - (_MOST_BLEED if start == first else between), end + (_MOST_BLEED if end == last else between)


def _marks(
    columns: Sequence[tuple[float, float]],
    lines: Sequence[tuple[float, float]],
    sheet: tuple[float, float],
    folded: bool,
    filled: bool,
) -> list[str]:
    """Hairlines around the pages: whole ones where to cut, dashed ones where to fold.

    They start beyond the bleed. Where there is no room beside the pages there is no cut; and a sheet that its panels
    fill (``filled``) has fold marks 5 to 9 mm from its edge, where office printers print and no text is. Those lie on
    white, as the ground may be of any colour.
    """
    cuts_x = sorted({round(edge, 3) for place in columns for edge in place})
    cuts_y = sorted({round(edge, 3) for place in lines for edge in place})
    folds = cuts_x[1:-1] if folded else []
    drawn = ["q 0 G 0.25 w"]
    for x in (x for x in cuts_x if x not in folds):
        drawn += [f"{_numbers(x, a)} m {_numbers(x, b)} l S" for a, b in _beside(cuts_y, sheet[1])]
    for y in cuts_y:
        drawn += [f"{_numbers(a, y)} m {_numbers(b, y)} l S" for a, b in _beside(cuts_x, sheet[0])]
    inside = [(_EDGE, _EDGE + _FOLD), (sheet[1] - _EDGE, sheet[1] - _EDGE - _FOLD)]
    ends = list(_beside(cuts_y, sheet[1])) or (inside if filled else [])
    lines_to_fold = [f"{_numbers(x, a)} m {_numbers(x, b)} l S" for x in folds for a, b in ends]
    drawn += [f"q 1 G {2 * _HALO:g} w {line} Q {_DASH} {line}" for line in lines_to_fold]
    return [*drawn, "Q"] if len(drawn) > 1 else []


def _beside(cuts: Sequence[float], whole: float) -> Iterator[tuple[float, float]]:
    """From where to where marks go before and after the pages, if there is room."""
    for edge, outwards, room in ((cuts[0], -1, cuts[0]), (cuts[-1], 1, whole - cuts[-1])):
        if room >= _MOST_BLEED + PT_PER_MM:
            yield edge + outwards * _MOST_BLEED, edge + outwards * min(room, _MOST_BLEED + _MARK)


def _numbers(*lengths: float) -> str:
    return " ".join(f"{length:.3f}".rstrip("0").rstrip(".") for length in lengths)


# ---------------------------------------------------------------------- what the file says of itself


def _facts(reader: PdfReader) -> About:
    """What a file says of itself in its older dictionary."""
    info = {key: str(value) for key, value in (reader.metadata or {}).items()}
    days = [_DAY.match(info.get(f"/{key}Date", "")) for key in ("Creation", "Mod")]
    created, modified = ("-".join(day.groups()) if day else "" for day in days)
    return About(
        title=info.get("/Title", ""),
        authors=tuple(filter(None, [info.get("/Author")])),
        description=info.get("/Subject", ""),
        keywords=tuple(filter(None, info.get("/Keywords", "").split(", "))),
        created=created,
        modified=modified,
        tool=info.get("/Creator", ""),
        producer=info.get("/Producer", "pypdf"),
    )


def _describe(writer: PdfWriter, reader: PdfReader, scheme: Scheme, about: About, twin: str) -> None:
    """Title, notices (a draft's too) and dates of the accessible file, which one that is, and how to print: both sides,
    in full size. No standard is claimed."""
    purpose = f"for the printing press; the accessible file is {twin or 'the one without -print in its name'}"
    edge = "long" if scheme.sheet_height_mm > scheme.sheet_width_mm else "short"
    notice = f"{purpose[0].upper()}{purpose[1:]}. Print on both sides, flip on the {edge} edge, in actual size."
    title = f"{about.title} ({purpose})" if about.title else f"{purpose[0].upper()}{purpose[1:]}"
    titles = tuple((language, f"{text} ({purpose})") for language, text in about.titles)
    description = f"{notice} {about.description}".rstrip()
    about = replace(about, title=title, titles=titles, description=description, relation=(twin,) if twin else ())
    writer.metadata = {f"/{key}": fact for key, fact in xmp.info(about).items()}
    metadata = DecodedStreamObject()
    metadata.set_data(xmp.packet(about))
    metadata.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)
    if "/Lang" in reader.root_object:
        writer.root_object[NameObject("/Lang")] = reader.root_object["/Lang"].clone(writer)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),
            NameObject("/PrintScaling"): NameObject("/None"),
            NameObject("/PickTrayByPDFSize"): BooleanObject(True),
            NameObject("/Duplex"): NameObject(f"/DuplexFlip{edge.title()}Edge"),
        }
    )
