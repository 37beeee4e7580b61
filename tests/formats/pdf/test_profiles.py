"""What a PDF claims, for readers and archives, is so; and what it says of itself is what the leaflet says."""

from __future__ import annotations

import io
import os
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pydyf
import pytest
import weasyprint
from PIL import Image, ImageCms

from plainleaf import project
from plainleaf.actions import plan as planning
from plainleaf.formats.pdf import format as pdf
from plainleaf.formats.pdf import profiles, render, srgb, validation, xmp
from plainleaf.model import PROFILES, USUAL_PROFILE, Profile, Severity
from tests import sheets, shipped, verapdf
from tests.conftest import ROOT
from tests.profiles import FLAVOURS, claims

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
}  # fmt: skip


def picture(kind: str, mode: str) -> str:
    out = io.BytesIO()
    Image.new(mode, (8, 8), (200, 30, 40, 128)[: len(mode)]).save(out, kind)
    return f"data:image/{kind.lower()};base64,{b64encode(out.getvalue()).decode()}"


Edit = Callable[[Path, str, str], None]
BODY = (
    "<h1 id='top'>Asthma</h1>"
    "<p style='background: rgba(200, 0, 0, .2)'>Two <strong>puffs</strong> at <em>8:00</em>.</p>"
    f"<p><img alt='Clear' src='{picture('PNG', 'RGBA')}'> <img alt='Photo' src='{picture('JPEG', 'RGB')}'></p>"
    "<ul><li>One</li></ul><ol><li>First<ul style='list-style: none'><li>Inner</li></ul></li></ol>"
    "<dl><dt>Puff</dt><dd>One breath</dd></dl><div role='list'><div role='listitem'><p>A row</p></div></div>"
    "<h2 id='end'>Help</h2><p>Call <a href='tel:911'>911</a>, see <a href='#top'>above</a>.</p>"
    "<table><caption>Days</caption><thead><tr><th scope='col'>Day</th><th scope='col'>Dose</th></tr></thead>"
    "<tbody><tr><th scope='row'>One</th><td>5 mg</td></tr></tbody></table>"
    "<ol role='doc-toc'><li><a href='#end'>Help</a></li></ol><p>Known<a href='#n1' role='doc-noteref'>1</a></p>"
    "<p role='doc-footnote' id='n1'>A note.</p><section role='note' aria-label='Tip'><p>Carry it.</p></section>"
    "<section><p>A box without a heading.</p></section><blockquote><p>Said.</p></blockquote>"
)


def make(profile: Profile, tag: str = "en", grey: bool = False, body: str = BODY) -> bytes:
    """A whole small PDF, without what judges its pages."""
    sheet = sheets.sheet(body, "", tag)
    styles = [weasyprint.CSS(string=text) for text in (sheet.css, sheet.font_css)]
    document = weasyprint.HTML(string=sheet.html, base_url=sheet.base).render(stylesheets=styles)
    return render.written(document, profile, grey=grey)


def packet(data: bytes) -> ElementTree.Element:
    with pikepdf.open(io.BytesIO(data)) as file:
        return ElementTree.fromstring(file.Root.Metadata.read_bytes())


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("tag", "grey"), [("en", False), ("en", True), ("ar", False)])
def test_a_file_is_what_its_profile_claims(profile: Profile, tag: str, grey: bool) -> None:
    data = make(profile, tag, grey)
    assert claims(data) == {*FLAVOURS[profile]}
    assert not validation.problems(data, profile)
    if reason := verapdf.available():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    assert {each: verapdf.validate(data, each) for each in FLAVOURS[profile]} == dict.fromkeys(FLAVOURS[profile], ())


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_sheet_gives_the_same_bytes_and_another_one_another_id(profile: Profile) -> None:
    def identity(data: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(data)) as file:
            return [bytes(part) for part in file.trailer.ID]

    data = make(profile)
    assert data == make(profile)
    assert identity(data) != identity(make(profile, body=BODY.replace("Two", "Three")))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("tag", "direction"), [("en", None), ("ar", "/R2L")])
def test_readers_show_the_title_and_turn_pages_as_the_language_does(
    profile: Profile, tag: str, direction: str | None
) -> None:
    body = "<h1>الربو</h1><p>بختان كل صباح.</p>" if tag == "ar" else BODY
    with pikepdf.open(io.BytesIO(make(profile, tag, body=body))) as file:
        wishes = file.Root.ViewerPreferences
        assert (wishes.DisplayDocTitle, wishes.get("/Direction")) == (True, direction)


def test_in_the_second_part_links_bookmarks_and_contents_lead_to_tags() -> None:
    with pikepdf.open(io.BytesIO(make("ua-2 + wtpdf + a-4"))) as file:
        assert file.pdf_version == "2.0" and "/Info" not in file.trailer
        first = file.Root.Outlines.First
        assert first.A.SD[0].objgen == first.SE.objgen and str(first.SE.S) == "/H1"
        links = [link.A for page in file.pages for link in page.get("/Annots", []) if link.A.S == "/GoTo"]
        assert [(str(link.D), str(link.SD[0].S)) for link in links] == [
            ("top", "/H1"), ("end", "/H2"), ("n1", "/FENote"),
        ]  # fmt: skip
        elements = [
            each for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/NS" in each
        ]
        refers = {str(each.S): [str(one.S) for one in each.Ref] for each in elements if "/Ref" in each}
        assert refers == {"/TOCI": ["/H2"], "/Reference": ["/FENote"], "/FENote": ["/Reference"]}
        kinds = [str(each.A.ListNumbering) for each in elements if each.S == "/L"]
        assert kinds == ["/Disc", "/Decimal", "/None", "/Description", "/None"]


def test_a_file_is_made_anew_where_its_profile_or_a_title_changes() -> None:
    first = sheets.sheet("<p>A</p>")
    others = [replace(first, rules=replace(first.rules, profile=profile)) for profile in PROFILES]
    keys = {pdf.prepared(each).about for each in (first, *others, replace(first, titles=(("en", "A"),)))}
    assert len(keys) == 3


@pytest.mark.usefixtures("two_layouts")
def test_a_layout_goes_before_the_settings_and_what_no_machine_validates_is_told(content: Path, replaced: Edit) -> None:
    newer = 'profile = "ua-2 + wtpdf + a-4"\n'
    (content / "layouts/mine").mkdir(parents=True)
    toml = (ROOT / "layouts/a4/layout.toml").read_text(encoding="utf-8")
    mine = content / "layouts/mine/layout.toml"
    mine.write_text(newer + toml, encoding="utf-8")
    there = project.load(content)
    assert {name: layout.profile for name, layout in there.layouts.items()} == {
        "a4": USUAL_PROFILE, "bilingual": USUAL_PROFILE, "mine": "ua-2 + wtpdf + a-4",
    }  # fmt: skip
    (told,) = [finding for finding in there.findings if finding.message.startswith("profile: ")]
    assert (str(told.at), told.severity) == ("layouts/mine/layout.toml", Severity.UNMEASURED)
    (content / "plainleaf.toml").write_text(newer, encoding="utf-8")
    replaced(mine, "ua-2 + wtpdf + a-4", "ua-2")
    there = project.load(content)
    assert {layout.profile for layout in there.layouts.values()} == {"ua-2 + wtpdf + a-4"}
    assert [(str(each.at), each.severity) for each in there.findings if each.message.startswith("profile: ")] == [
        ("layouts/mine/layout.toml:1", Severity.ERROR), ("plainleaf.toml:1", Severity.UNMEASURED),
    ]  # fmt: skip


@pytest.mark.parametrize(("longer", "found"), [(0, 0), (3, 1)])
def test_a_stream_that_ends_in_a_carriage_return_is_as_long_as_it_says(longer: int, found: int) -> None:
    """The validator takes that byte for part of the line end; a length that is wrong indeed is still found."""
    data = make("ua-1 + a-2a")
    packed = zlib.compress(srgb.profile(), 7)
    begin = data.index(packed)
    turned = packed[:-1] + b"\r"
    length = b"/Length %d" % len(packed)
    assert data.count(length) == 1
    data = data[:begin] + turned + data[begin + len(packed) :]
    data = data.replace(length, b"/Length %d" % (len(packed) + longer))
    lines = [line for line in validation.problems(data, "ua-1 + a-2a") if "Length" in line]
    assert len(lines) == found


def words(tree: ElementTree.Element, name: str) -> Iterator[tuple[str, str]]:
    for item in tree.iterfind(f".//{name}//rdf:li", NAMES):
        yield item.get("{http://www.w3.org/XML/1998/namespace}lang", ""), item.text or ""


def test_facts_are_in_the_language_of_the_file_for_catalogues() -> None:
    about = xmp.About(
        "A < B & C · أ", (("en", "A < B & C"), ("ar", "أ")), ("Clinic \x01",), "What\ufffe it does", ("one", "two"),
        "2026-05-01", "2026-06-02", "Plainleaf", "Engine 1", ("a.pdf",),
    )  # fmt: skip
    tree = ElementTree.fromstring(xmp.packet(about))
    assert len(tree.findall("rdf:RDF/rdf:Description", NAMES)) == 1
    assert list(words(tree, "dc:title")) == [("x-default", "A < B & C · أ"), ("en", "A < B & C"), ("ar", "أ")]
    assert list(words(tree, "dc:language")) == [("", "en"), ("", "ar")]
    assert list(words(tree, "dc:description")) == [("x-default", "What it does"), ("en", "What it does")]
    assert list(words(tree, "dc:creator")) == [("", "Clinic ")]
    assert list(words(tree, "dc:relation")) == [("", "a.pdf")]
    found = {
        name: tree.findtext(f".//{name}", "", NAMES) for name in ("xmp:CreateDate", "xmp:ModifyDate", "pdf:Keywords")
    }
    assert found == {"xmp:CreateDate": "2026-05-01", "xmp:ModifyDate": "2026-06-02", "pdf:Keywords": "one, two"}


def test_the_profile_of_colours_is_that_of_screens() -> None:
    own = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
    colours = Image.frombytes("RGB", (4096, 1), bytes(value % 256 for value in range(0, 4096 * 3 * 7, 7)))
    same = ImageCms.profileToProfile(colours, own, ImageCms.createProfile("sRGB"))
    assert same is not None
    assert max(abs(one - other) for one, other in zip(colours.tobytes(), same.tobytes(), strict=True)) <= 1


def test_a_stream_is_as_long_as_it_says_whatever_its_last_byte_is() -> None:
    """A return before the line feed that ends the stream is taken for a part of that, by validators as by readers."""
    plain = b"\f"
    assert zlib.compress(plain).endswith(b"\r")
    stream = pydyf.Stream([plain], compress=True)
    profiles.press([stream])
    assert not b"".join(stream.stream).endswith(b"\r")
    assert zlib.decompressobj().decompress(b"".join(stream.stream)) == plain


@pytest.mark.parametrize("name", ["opioid-overdose/opioid-overdose.ar+en.bilingual.pdf"])
def test_a_shipped_leaflet_is_valid_in_the_second_part_too(name: str) -> None:
    """A sample; ``tests/profiles.py``, run by hand, makes and asks of all."""
    content, profile = shipped.content(), PROFILES["ua-2 + wtpdf + a-4"]
    layouts = {"bilingual": replace(content.layouts["bilingual"], profile=profile)}
    edition = shipped.editions()["opioid-overdose", "ar"]
    english = shipped.editions()["opioid-overdose", "en"]
    plan = planning.plan(
        replace(content, layouts=layouts), [(edition, ()), (english, ())], chosen=lambda each: each.path == name
    )
    made = render.write(plan.jobs[name].prepared.content)
    assert not made.findings
    if reason := verapdf.available():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    assert {each: verapdf.validate(made.data, each) for each in FLAVOURS[profile]} == dict.fromkeys(
        FLAVOURS[profile], ()
    )
