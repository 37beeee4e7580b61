"""A tagged PDF with something for each condition of the Matterhorn Protocol that software judges, and nothing wrong.

``Whole()`` builds it, object by object with pikepdf; tests spoil one of its ``parts``, and write it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pikepdf import Array, Dictionary, Name, String

LETTERS = ("A", "B", "C")  # what the fonts have, after .notdef
WIDTH = 600  # of each, in thousandths
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /Identity-H usecmap
/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def
/CMapName /Own def /CMapType 1 def /WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 begincidrange <0001> <0003> 1 endcidrange endcmap end end"""
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">ABC</rdf:li></rdf:Alt></dc:title><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@lru_cache(maxsize=8)
def truetype(*tables: tuple[int, int]) -> bytes:
    """A TrueType font with our letters, and these tables of codes (platform, encoding)."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    order = [".notdef", *LETTERS]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(letter): letter for letter in LETTERS})
    builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    font = builder.font
    del font["cmap"]
    if tables:
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion, font["cmap"].tables = 0, [_table(*each) for each in tables]
    return _saved(font)


def _table(platform: int, encoding: int) -> CmapSubtable:
    table = CmapSubtable.newSubtable(4 if platform == 3 else 0)
    table.platformID, table.platEncID, table.language = platform, encoding, 0
    start = 0xF000 if encoding == 0 and platform == 3 else 0
    table.cmap = {start + ord(letter): letter for letter in LETTERS}
    return table


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def type_1() -> bytes:
    """A Type 1 font with our letters, as CFF."""
    pen = T2CharStringPen(WIDTH, None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    order = [".notdef", *LETTERS]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCFF("Own", {}, dict.fromkeys(order, pen.getCharString()), {})
    out = io.BytesIO()
    builder.font["CFF "].cff.compile(out, builder.font)
    return out.getvalue()


@lru_cache(maxsize=1)
def old_type_1() -> bytes:
    """A Type 1 font with our letters, in its old form: its second part is encrypted twice."""

    wide = bytes([247 + (WIDTH - 108) // 256, (WIDTH - 108) % 256])
    drawn = b"\x8b" + wide + b"\x0d\x0e"  # 0 WIDTH hsbw endchar
    glyphs = b""
    for glyph in (".notdef", *LETTERS):
        data = eexec.encrypt(b"0000" + drawn, 4330)[0]
        glyphs += b"/%s %d RD %s ND\n" % (glyph.encode(), len(data), data)
    private = (
        b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def /ND {noaccess def}"
        b" executeonly def /NP {noaccess put} executeonly def /BlueValues [] def /password 5839 def /lenIV 4 def"
        b" 2 index /CharStrings 4 dict dup begin\n%send end readonly put noaccess put dup/FontName get exch definefont"
        b" pop mark currentfile closefile\n" % glyphs
    )
    codes = "".join(f"dup {ord(letter)} /{letter} put\n" for letter in LETTERS)
    clear = (
        "%!PS-AdobeFont-1.0: Own 1.0\n11 dict begin /FontName /Own def /FontType 1 def /PaintType 0 def\n"
        "/FontMatrix [0.001 0 0 0.001 0 0] readonly def /FontBBox {0 0 500 500} readonly def\n"
        f"/Encoding 256 array 0 1 255 {{1 index exch /.notdef put}} for\n{codes}readonly def currentdict end\n"
        "currentfile eexec\n"
    )
    return clear.encode() + eexec.encrypt(b"0000" + private, 55665)[0] + b"0" * 64 + b"\ncleartomark\n"


def letters(codes: Mapping[int, str], size: int = 2) -> bytes:
    """A ToUnicode table."""
    lines = " ".join(f"<{code:0{2 * size}X}> <{said.encode('utf-16-be').hex()}>" for code, said in codes.items())
    ends = f"<{'00' * size}> <{'FF' * size}>"
    return f"1 begincodespacerange {ends} endcodespacerange {len(codes)} beginbfchar {lines} endbfchar".encode()


class Whole:
    """The file, with its ``parts`` by name."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.parts: dict[str, Any] = {}
        self._content: list[bytes] = []
        self._tree: list[Any] = []
        self._fonts()
        self._page()
        self._facts()
        self._tags()
        self._annotations()

    def bytes(self, **how: Any) -> bytes:
        """The file as it is now."""
        self._own()
        self.parts["page"].Contents = self.pdf.make_stream(b"\n".join(self._content))
        out = io.BytesIO()
        self.pdf.save(out, static_id=True, **how)
        return out.getvalue()

    def draw(self, content: str) -> None:
        """Draw more on the page."""
        self._content.append(content.encode("latin-1"))

    def swap(self, old: str, new: str) -> None:
        """Draw otherwise what has been drawn so far."""
        drawn = b"\n".join(self._content)
        assert old.encode() in drawn
        self._content = [drawn.replace(old.encode(), new.encode(), 1)]

    def tag(self, role: str, above: Any = None, text: str = "", **said: Any) -> Any:
        """A tag at the end of another one, perhaps with a text of its own in the font F0 (codes in hex)."""
        above = self.parts["Document"] if above is None else above
        held = Dictionary(S=Name(f"/{role}"), P=above, K=Array(), Pg=self.parts["page"].obj, **said)
        element = self.pdf.make_indirect(held)
        if text:
            number = len(self._tree)
            self._tree.append(element)
            element.K.append(number)
            self.draw(f"/{role} <</MCID {number}>> BDC BT /F0 9 Tf <{text}> Tj ET EMC")
        above.K.append(element)
        self.parts.setdefault(role, element)
        return element

    def annotation(self, kind: str, role: str = "", above: Any = None, **said: Any) -> Any:
        """An annotation, in a tag with this role if that is given."""
        number = 100 + len(self.parts["page"].get("/Annots", ()))
        held = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), **said)
        note = self.parts[f"{kind} annotation"] = self.pdf.make_indirect(held)
        self.parts["page"].Annots.append(note)
        if role:
            note.StructParent = number
            element = self.tag(role, above)
            element.K.append(Dictionary(Type=Name.OBJR, Obj=note, Pg=self.parts["page"].obj))
        return note

    # ----------------------------------------------------------------------- parts

    def _stream(self, data: bytes, **keys: Any) -> Any:
        stream = self.pdf.make_stream(data)
        for key, value in keys.items():
            stream[f"/{key}"] = value
        return stream

    def _descriptor(self, key: str, program: bytes, flags: int = 32, **said: Any) -> Any:
        subtype = {"Subtype": Name.Type1C} if key == "FontFile3" else {}
        file = {key: self._stream(program, **subtype)}
        name = Name("/ABCDEF+Own")
        return self.pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=name, Flags=flags, **file, **said))

    def _composite(self, encoding: Any, map_: Any, **said: Any) -> Any:
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        below = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Own"), CIDSystemInfo=info,
            CIDToGIDMap=map_, DW=WIDTH, W=Array([1, Array([WIDTH] * 3)]),
            FontDescriptor=self._descriptor("FontFile2", truetype((3, 1)), **said),
        )  # fmt: skip
        return self.pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Own"), Encoding=encoding,
            DescendantFonts=Array([self.pdf.make_indirect(below)]),
            ToUnicode=self._stream(letters(dict(enumerate(LETTERS, 1)))),
        ))  # fmt: skip

    def _simple(self, kind: str, descriptor: Any, **said: Any) -> Any:
        return self.pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/ABCDEF+Own"), FirstChar=65, LastChar=67,
            Widths=Array([WIDTH] * 3), FontDescriptor=descriptor, **said,
        ))  # fmt: skip

    def _fonts(self) -> None:
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        cmap = self._stream(
            _CMAP, Type=Name.CMap, CMapName=Name.Own, CIDSystemInfo=info, WMode=0, UseCMap=Name("/Identity-H")
        )
        differing = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array([67, Name.C]))
        table = b"".join(number.to_bytes(2, "big") for number in range(4))
        self.parts |= {
            "F0": self._composite(Name("/Identity-H"), Name.Identity, CIDSet=self._stream(b"\xf0")),
            "F1": self._composite(cmap, self._stream(table)),
            "F2": self._simple(
                "Type1",
                self._descriptor("FontFile3", type_1(), CharSet=String("/A/B/C")),
                Encoding=Name.WinAnsiEncoding,
            ),
            "F3": self._simple("TrueType", self._descriptor("FontFile2", truetype((3, 1), (1, 0))), Encoding=differing),
            "F4": self._simple(
                "TrueType",
                self._descriptor("FontFile2", truetype((3, 0), (1, 0)), flags=4),
                ToUnicode=self._stream(letters({65 + at: letter for at, letter in enumerate(LETTERS)}, 1)),
            ),
            "F5": self._simple("Type1", self._descriptor("FontFile", old_type_1(), flags=4, CharSet=String("/A/B/C"))),
            "CMap": cmap,
        }

    def _page(self) -> None:
        self.pdf.add_blank_page(page_size=(200, 200))
        page = self.parts["page"] = self.pdf.pages[0]
        form = self.parts["form"] = self._stream(
            b"/P <</MCID 0>> BDC BT /F0 9 Tf <0001> Tj ET EMC", Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 9, 9]), StructParents=1, Resources=Dictionary(Font=Dictionary(F0=self.parts["F0"])),
        )  # fmt: skip
        fonts = Dictionary({f"/F{number}": self.parts[f"F{number}"] for number in range(6)})
        page.Resources = Dictionary(Font=fonts, XObject=Dictionary(Fm=form))
        page.StructParents, page.Tabs, page.Annots = 0, Name.S, Array()

    def _facts(self) -> None:
        root = self.pdf.Root
        root.Lang, root.MarkInfo = String("en"), Dictionary(Marked=True, Suspects=False)
        root.Metadata = self._stream(_XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        layer = self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        further = Array([Dictionary(Name=String("further"))])
        root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=String("first")), Configs=further)
        held = self._stream(b"abc", Type=Name.EmbeddedFile)
        file = self.parts["file"] = self.pdf.make_indirect(
            Dictionary(Type=Name.Filespec, F=String("a.txt"), UF=String("a.txt"), EF=Dictionary(F=held))
        )
        root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), file])))
        mark = self.pdf.make_indirect(Dictionary(Title=String("ABC")))
        root.Outlines = self.pdf.make_indirect(Dictionary(Type=Name.Outlines, First=mark, Last=mark, Count=1))
        self.parts["xfa"] = self._stream(b"<config><dynamicRender>forbidden</dynamicRender></config>")
        root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("config"), self.parts["xfa"]]))

    def _tags(self) -> None:
        roles = Dictionary(Titel=Name.H2)
        root = self.parts["root"] = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=roles))
        self.pdf.Root.StructTreeRoot = root
        document = Dictionary(S=Name.Document, P=root, K=Array())
        self.parts["Document"] = root.K = self.pdf.make_indirect(document)
        self.tag("H1", text="0001")
        self.tag("Titel", text="0002")
        self.tag("P", text="0003", E=String("a b c"))
        self.tag("Figure", text="0001", Alt=String("a cup"))
        self.tag("Formula", text="0001", Alt=String("a"))
        self.tag("Note", text="0001", ID=String("n1"))
        self.tag("Note", text="0001", ID=String("n2"))
        self._grouped()
        self.draw("/Artifact <</Type /Pagination>> BDC 0 0 9 9 re f EMC")
        for number, (font, code) in enumerate((("F1", "0001"), ("F2", "41"), ("F3", "43"), ("F4", "41"), ("F5", "42"))):
            paragraph = self.tag("P", text="0001")
            self.swap(
                f"<</MCID {paragraph.K[0]}>> BDC BT /F0 9 Tf <0001>",
                f"<</MCID {paragraph.K[0]}>> BDC BT /{font} 9 Tf <{code}>",
            )
            self.parts[f"text {number}"] = paragraph
        self.draw("/Fm Do")
        inner = self.tag("P")
        inner.K.append(Dictionary(Type=Name.MCR, MCID=0, Stm=self.parts["form"], Pg=self.parts["page"].obj))
        self.parts["in form"] = inner

    def _grouped(self) -> None:
        table = self.tag("Table")
        row = self.tag("TR", table)
        self.tag("TH", row, "0001", A=Dictionary(O=Name.Table, Scope=Name.Column))
        self.tag("TD", self.tag("TR", table), "0002")
        item = self.tag("LI", self.tag("L"))
        self.tag("Lbl", item, "0001")
        self.tag("LBody", item, "0002")
        self.tag("Reference", self.tag("TOCI", self.tag("TOC")), "0001")
        ruby = self.tag("Ruby", self.tag("P"))
        self.tag("RB", ruby, "0001")
        self.tag("RT", ruby, "0002")
        warichu = self.tag("Warichu", self.tag("P"))
        for role in ("WP", "WT", "WP"):
            self.tag(role, warichu, "0001")

    def _annotations(self) -> None:
        site = Dictionary(S=Name.URI, URI=String("https://example.org"))
        self.annotation("Link", "Link", self.tag("P"), Contents=String("our site"), A=site)
        self.annotation("Text", "Annot", Contents=String("a note"))
        self.annotation("Projection", "Annot", Contents=String("of a new kind"))
        self.annotation("FileAttachment", "Annot", Contents=String("a file"), FS=self.parts["file"])
        clip = self.parts["clip"] = self.pdf.make_indirect(Dictionary(
            Type=Name.MediaClip, S=Name.MCD, CT=String("video/mp4"), D=self.parts["file"],
            Alt=Array([String("en"), String("a film")]),
        ))  # fmt: skip
        film = Dictionary(S=Name.Rendition, R=Dictionary(S=Name.MR, C=clip))
        self.annotation("Screen", "Annot", Contents=String("a film"), A=film)
        field = self.annotation("Widget", "Form", FT=Name.Tx, T=String("f"), TU=String("your name"))
        self.pdf.Root.AcroForm.Fields.append(field)
        looks = self.parts["looks"] = self._stream(
            b"/Artifact BMC 0 0 9 9 re f EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        self.annotation("PrinterMark", Contents=String("a mark"), AP=Dictionary(N=looks))

    def _own(self) -> None:
        numbers: Sequence[Any] = [0, Array(self._tree), 1, Array([self.parts["in form"]])]
        notes = [(note.StructParent, note) for note in self.parts["page"].Annots if "/StructParent" in note]
        owners = {
            int(kid.Obj.StructParent): element for element in self._all() for kid in element.K if _is_reference(kid)
        }
        for number, _ in notes:
            numbers = [*numbers, int(number), owners[int(number)]]
        self.parts["root"].ParentTree = Dictionary(Nums=Array(numbers))

    def _all(self) -> list[Any]:
        waiting, found = [self.parts["Document"]], []
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [kid for kid in element.K if isinstance(kid, Dictionary) and "/S" in kid]
        return found


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"
