"""Clinics: one file each, every detail checked before it meets a page, printed as the clinic's country writes it."""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from plainleaf import pipeline, project
from plainleaf.artifacts.store import STORE
from plainleaf.clinics import details as clinics
from plainleaf.clinics import file as clinicfile
from plainleaf.clinics import phones
from plainleaf.graphics import codes as qr
from plainleaf.graphics import colours, logos, pictures
from plainleaf.model import Clinic, Finding, Opening, Severity
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import ROOT, TODAY, needs, plainleaf

Edit = Callable[[Path, str, str], None]
US, UK = "sample-us", "sample-uk"
SAMPLE = "sources/clinics/sample.toml"


@pytest.fixture
def content(content: Path, two_layouts: None) -> Path:
    """The small leaflet, printed in few layouts."""
    return content


def sample(name: str) -> Clinic:
    """A clinic of this repository."""
    clinic, findings = clinicfile.load(ROOT, name)
    assert clinic and not findings
    return clinic


def checked(root: Path, *arguments: str) -> tuple[int, str]:
    done = plainleaf("check", *arguments, root=root)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


# --------------------------------------------------------------------------- telephone numbers


@pytest.mark.parametrize(
    ("written", "country", "printed", "dialled"),
    [
        ("+1 202-555-0142", "US", "(202) 555-0142", "tel:+12025550142"),
        ("202.555.0142", "US", "(202) 555-0142", "tel:+12025550142"),
        ("1-800-662-4357", "US", "1-800-662-4357", "tel:+18006624357"),
        ("(202) 555-0142 ext. 5", "US", "(202) 555-0142 ext. 5", "tel:+12025550142;ext=5"),
        ("+44 20 7946 0142", "GB", "020 7946 0142", "tel:+442079460142"),
        ("+44 20 7946 0142", "US", "+44 20 7946 0142", "tel:+442079460142"),
        ("13 11 14", "AU", "13 11 14", "tel:+61131114"),
        ("911", "US", "911", "tel:911"),
        ("988", "US", "988", "tel:988"),
        ("111", "GB", "111", "tel:111"),
        ("116 123", "GB", "116 123", "tel:116123"),
        ("*31", "NL", "*31", "tel:*31"),
        ("1-800-273-TALK", "US", "1-800-273-8255", "tel:+18002738255"),
        ("030 23125000 доб. 5", "DE", "030 23125000 ext. 5", "tel:+493023125000;ext=5"),
        ("+49 (0)30 23125000", "DE", "030 23125000", "tel:+493023125000"),
    ],
)
def test_a_number_is_printed_as_its_country_writes_it(written: str, country: str, printed: str, dialled: str) -> None:
    assert phones.phone(written, country) == phones.Phone(printed, dialled)


@pytest.mark.parametrize(
    ("written", "country", "why"),
    [
        ("+1 202-555-014", "US", "too few digits"),
        ("+1 202-555-01423", "US", "too many digits"),
        ("555-0142", "US", "area code is missing"),
        ("+999 1234567", "US", "not a phone number"),
        ("call us", "GB", "not a phone number"),
        ("030 23125000 (Mo-Fr)", "DE", "“Mo Fr” does not belong in a phone number"),
        ("030 23125000 Mo-Fr x5", "DE", "“Mo Fr x” does not belong"),
        ("030 23125000 (9-17)", "DE", "“(9-17)” does not belong"),
        ("030 23125000, 9-17", "DE", "“, 9-17” does not belong"),
        ("1-800-662-4357 (HELP)", "US", "“HELP” does not belong"),
        ("0800 11 11 FREE", "GB", "“FREE” does not belong"),
        ("*31 free", "NL", "“free” does not belong"),
    ],
)
def test_a_number_that_nobody_has_is_an_error(written: str, country: str, why: str) -> None:
    found = phones.phone(written, country)
    assert found.impossible and why in found.fault


@pytest.mark.parametrize(("written", "country"), [("+44 20 7946 014", "GB"), ("+1 000-555-0142", "US"), ("988", "GB")])
def test_a_number_that_nobody_is_known_to_have_is_a_doubt(written: str, country: str) -> None:
    found = phones.phone(written, country)
    assert found.fault and not found.impossible
    assert found.printed == written  # not made to look right


def test_which_numbers_call_an_ambulance_depends_on_the_country() -> None:
    assert phones.is_emergency("911", "US") and phones.is_emergency("999", "GB")
    assert not phones.is_emergency("911", "GB") and not phones.is_emergency("111", "GB")


# --------------------------------------------------------------------------- mistakes in the file

MONDAY_TO_FRIDAY = 'days = ["mon", "tue", "wed", "thu", "fri"]'
FRIDAY = '[[hours]]\ndays = ["fri"]\nopens = "16:00"\ncloses = "19:00"'
MISTAKES = {
    "no such number": ('phone = "988"', 'phone = "+1 202-555-01"', 16, "helplines.crisis.phone", "too few digits"),
    "web without a scheme": ('web = "https://clinic.example"', 'web = "clinic.example"', 4, "web", "https://"),
    "pale colour": ('logo = ""', 'colour = "#00aacc"', 5, "colour", "2.38 to 1 on the ground of untranslated"),
    "no colour": ('logo = ""', 'colour = "teal"', 5, "colour", "“teal” is not a colour"),
    "unknown place": ('logo = ""', 'leaflets = "https://a.example/{leaf}"', 5, "leaflets", "did you mean “leaflet”?"),
    "stray brace": ('logo = ""', 'leaflets = "https://a.example/{leaflet"', 5, "leaflets", "a brace has no partner"),
    "other protocol": ('logo = ""', 'leaflets = "ftp://a.example/"', 5, "leaflets", "not a web address"),
    "endless address": ('logo = ""', f'leaflets = "https://a.example/{"x" * 99}"', 5, "leaflets", "117 characters"),
    "no language": (
        "[helplines.samhsa]",
        'names.xx = "A"\n[helplines.samhsa]',
        20,
        "helplines.crisis.names.xx",
        "not a known language",
    ),
    "country by name": ('country = "US"', 'country = "Germany"', 7, "country", "did you mean “DE”?"),
    "country by another code": ('country = "US"', 'country = "UK"', 7, "country", "did you mean “GB”?"),
    "another country's emergency": ('"911"', '"999"', 6, "emergency-number", "known: 112 or 911"),
    "blank description": ('logo = ""', 'logo = "a.svg"\nlogo-alt = " "', 5, "logo", "people who cannot see it"),
    "no days": (MONDAY_TO_FRIDAY, "days = []", 10, "hours.days", "there is no day"),
    "a day twice": ('"mon", "tue"', '"mon", "mon"', 10, "hours.days", "“mon” appears twice"),
    "closed before it opens": ('"08:30"', '"17:30"', 12, "hours.closes", "17:00 is not after 17:30"),
    "never open": ('"08:30"', '"17:00"', 12, "hours.closes", "17:00 is not after 17:00"),
    "opens at the day's end": ('"08:30"', '"24:00"', 11, "hours.opens", "is not a time"),
    "hours in hours": (
        "[helplines.crisis]",
        f"{FRIDAY}\n[helplines.crisis]",
        15,
        "hours.days",
        "on fri, 16:00 to 19:00",
    ),
    "no day": ('"mon", ', '"mom", ', 10, "hours.days", "did you mean “mon”?"),
    "unknown key": ('closes = "17:00"', 'closes = "17:00"\nshut = "17:00"', 13, "hours.shut", "unknown key"),
}


@pytest.mark.parametrize(("good", "bad", "line", "key", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_line_and_key(
    content: Path, replaced: Edit, good: str, bad: str, line: int, key: str, told: str
) -> None:
    (content / "sources/a.svg").write_bytes(svg("<path d='M0 0h9v9z'/>"))
    replaced(content / SAMPLE, good, bad)
    clinic, findings = clinicfile.load(content, "sample")
    assert clinic is None
    (finding,) = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert str(finding.at) == f"{SAMPLE}:{line}"
    assert finding.message.startswith(f"{key}: ") and told in finding.message + finding.hint


def test_a_doubt_about_a_number_stops_nothing_but_is_told(content: Path, replaced: Edit) -> None:
    replaced(content / SAMPLE, 'phone = "988"', 'phone = "987"')
    clinic, (finding,) = clinicfile.load(content, "sample")
    assert clinic and finding.severity is Severity.WARNING
    assert "not a known short number in US" in finding.message and finding.at.line == 16


CHECKED = 'emergency-number-checked = "Ms A. called it, 2026-11-20"'


def test_an_emergency_number_that_is_not_known_is_printed_once_somebody_has_checked_it(
    content: Path, replaced: Edit
) -> None:
    replaced(content / SAMPLE, '"911"', f'"999"\n{CHECKED}')
    clinic, findings = clinicfile.load(content, "sample")
    assert clinic and not findings
    replaced(content / SAMPLE, CHECKED, 'emergency-number-checked = "ok"')
    clinic, findings = clinicfile.load(content, "sample")
    assert clinic is None and any("does not say who checked" in finding.message for finding in findings)


def test_a_check_of_an_emergency_number_that_is_known_is_not_needed(content: Path, replaced: Edit) -> None:
    replaced(content / SAMPLE, '"911"', f'"911"\n{CHECKED}')
    clinic, (finding,) = clinicfile.load(content, "sample")
    assert clinic and finding.severity is Severity.WARNING and "not needed" in finding.message


def test_known_keys_are_named_once(content: Path, replaced: Edit) -> None:
    replaced(content / SAMPLE, 'logo = ""', 'logo = "a.svg"\nlogo-alt = "A"\nlogos = 1')
    (content / "sources/a.svg").write_bytes(svg("<path d='M0 0h9v9z'/>"))
    (finding,) = clinicfile.load(content, "sample")[1]
    known = finding.hint.removeprefix("known keys: ").split(", ")
    assert "logo-alt" in known and len(known) == len(set(known))


@pytest.mark.parametrize(
    ("good", "bad", "line", "told"),
    [
        ('"Springfield"]', '"Springfield]', 2, "is never closed"),
        ('country = "US"', 'country = "US"\ncountry = "US"', 8, "the key country appears twice: it is also in line 7"),
        ('name = "Sample Clinic"', "name = Sample Clinic", 1, "not a text in straight quotes,"),
        ('name = "Sample Clinic"', "name = “Sample Clinic”", 1, "“ and ” are not straight quotes"),
        ('name = "Sample Clinic"', 'name "Sample Clinic"', 1, "there is no “=”"),
        ("[helplines.crisis]", "[helplines.crisis", 14, "not closed"),
        (
            "[helplines.crisis]",
            "[helplines.samhsa]",
            20,
            "the table [helplines.samhsa] appears twice: it is also in line 14",
        ),
        ("Springfield", "C:\\Springfield", 2, "write it twice"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_plain_words(
    content: Path, replaced: Edit, good: str, bad: str, line: int, told: str
) -> None:
    replaced(content / SAMPLE, good, bad)
    (finding,) = clinicfile.load(content, "sample")[1]
    assert told in finding.message and finding.at.line == line
    assert not re.search(r"\bat line|Cannot|Illegal|Expected|namespace", finding.message)


def test_a_clinic_that_cannot_be_read_makes_no_text_harder_to_read(content: Path, replaced: Edit) -> None:
    assert checked(content, "--record")[0] == 0
    replaced(content / SAMPLE, '"08:30"', '"half past eight"')
    code, said = checked(content)
    assert code == 2 and "is not a time" in said and "harder to read" not in said


def test_the_shade_that_is_proposed_can_be_read_and_the_next_lighter_one_cannot() -> None:
    for colour in ("#00aacc", "#ff0000", "#777777", "#ffff00"):
        shade = colours.darkened(colour)
        assert colours.worst(shade)[1] >= colours.AAA
        lighter = "#" + "".join(f"{min(255, int(shade[at : at + 2], 16) + 2):02x}" for at in (1, 3, 5))
        assert colours.worst(lighter)[1] < colours.AAA
    assert colours.darkened("#0b4a57") == "#0b4a57"


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_grounds_are_those_of_the_pages() -> None:
    css = (ROOT / "layouts/base/base.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--(?:paper|[a-z]+-ground): (#\w{6})", css)) == set(colours.GROUNDS.values())


def test_the_clinics_colour_comes_after_that_of_all_layouts(content: Path, replaced: Edit) -> None:
    from plainleaf.layouts import file as layoutfile
    from plainleaf.layouts import styles

    layout, _ = layoutfile.load("a4", [ROOT / "layouts"], ROOT)
    assert layout
    plain, own = (styles.joined(styles.pieces(layout, locales.locale("en"), (), accent)) for accent in ("", "#123456"))
    assert own.count("--calm:") == plain.count("--calm:") + 1
    assert own.rindex("--calm: #123456") > own.index("--calm: #0b4a57")


# --------------------------------------------------------------------------- logos


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def svg(inside: str, before: str = "", more: str = "") -> bytes:
    root = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
    return f"{before}{root} {more}>{inside}</svg>".encode()


PICTURES = {
    "whole PNG": ("a.png", png(), ""),
    "cut PNG": ("a.png", png()[:-6], "cut off"),
    "damaged PNG": ("a.png", png().replace(b"IDAT\x78", b"IDAT\x79"), "checksum"),
    "huge PNG": ("a.png", png(20_000), "20000 by 1 pixels"),
    "PNG by name only": ("a.png", b"GIF89a", "not a PNG"),
    "another kind": ("a.gif", b"GIF89a", "neither SVG nor PNG"),
    "good SVG": (
        "a.svg",
        svg(
            '<style>.a{fill:url(#g)}</style><path id="a" d="M0 0h9v9z"/><use xlink:href="#a"/>', "<?xml version='1.0'?>"
        ),
        "",
    ),
    "cut SVG": ("a.svg", svg("<path/>")[:-4], "as XML"),
    "no SVG": ("a.svg", b"<html/>", "begins with <html>"),
    "SVG without a size": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
    "script": ("a.svg", svg("<script>1</script>"), "<script>"),
    "letters": ("a.svg", svg("<text>Clinic</text>"), "convert it to paths"),
    "event": ("a.svg", svg("", more='onload="x()"'), "a script (onload"),
    "entity bomb": ("a.svg", svg("&a;", '<!DOCTYPE svg [<!ENTITY a "b">]>'), "DOCTYPE"),
    "link out": ("a.svg", svg('<image xlink:href="https://a.example/x.png"/>'), "outside the file"),
    "file beside": ("a.svg", svg('<image href="x.png"/>'), "outside the file"),
    "style from outside": ("a.svg", svg("<style>@import 'x.css';</style>"), "outside the file"),
    "fill from outside": ("a.svg", svg('<path fill="url(https://a.example/#g)"/>'), "outside the file"),
    "style sheet": ("a.svg", svg("", "<?xml-stylesheet href='x.css'?>"), "<?xml-stylesheet>"),
    "too large": ("a.svg", svg("<!--" + "x" * 600_000 + "-->"), "larger than 500 kB"),
    "odd encoding": ("a.svg", svg("", "<?xml version='1.0' encoding='klingon'?>"), "encoding"),
}


@pytest.mark.parametrize(("name", "data", "told"), PICTURES.values(), ids=PICTURES)
def test_a_picture_is_judged_before_it_is_drawn(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    fault = pictures.fault(tmp_path / name)
    assert told in fault if told else fault == ""


def test_a_broken_logo_is_found_by_check(content: Path, replaced: Edit) -> None:
    (content / "sources/logo.png").write_bytes(png()[:-6])
    replaced(content / SAMPLE, 'logo = ""', 'logo = "logo.png"\nlogo-alt = "A leaf"')
    code, said = checked(content)
    assert code == 2
    assert f"{SAMPLE}:5: error: logo: sources/logo.png cannot be printed: it is cut off" in said


@pytest.mark.usefixtures("slow")
def test_a_logo_of_no_size_of_its_own_stands_on_pages_of_either_direction(content: Path, replaced: Edit) -> None:
    (content / "sources/logo.svg").write_bytes(svg('<path d="M0 0h9v9z"/>'))
    replaced(content / SAMPLE, 'logo = ""', 'logo = "logo.svg"\nlogo-alt = "A leaf"')
    for options in (("--locale", "en"), ("--pseudo", "--locale", "ar_XB")):
        done = plainleaf("build", "--layout", "a4", *options, root=content)
        assert done.returncode == 0, done.stderr
    for tag in ("en", "ar-XB"):
        assert "A leaf" in alternatives(content / f"build/inhaler/inhaler.{tag}.a4.pdf")


def drawn(colour: str) -> Image.Image:
    """A logo of one colour on a ground that lets the paper through."""
    picture = Image.new("RGBA", (300, 100), (255, 255, 255, 0))
    picture.paste(Image.new("RGBA", (100, 60), colour), (20, 20))
    return picture


@pytest.mark.parametrize(("colour", "seen"), [("#000000", 21.0), ("#ffd100", 1.46), ("#ffffff", 1.0)])
def test_a_logo_of_pixels_is_measured_on_white_paper(tmp_path: Path, colour: str, seen: float) -> None:
    drawn(colour).save(tmp_path / "logo.png")
    assert logos.contrast(tmp_path / "logo.png") == pytest.approx(seen, abs=0.01)


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<path/>", 21),
        ('<path fill="#fff"/>', 1),
        ('<g style="fill: white"><rect/></g>', 1),
        ("<style>.cls-1, .cls-2 {fill:#fff}</style><path class='cls-2'/>", 1),
        ('<path fill="none" stroke="#000"/>', 21),
        ('<g opacity=".5"><path fill-opacity="50%"/></g>', 1.84),
        ('<rect fill="#ffd100"/><path fill="#fff"/>', 1.46),
        ('<linearGradient id="g"><stop stop-color="#fff"/></linearGradient><path fill="url(#g)"/>', 1),
        ('<path fill="url(#pattern)"/>', 21),
        ('<path fill="currentColor"/>', 21),
        ("<mask><path/></mask>", 1),
        ("", 1),
    ],
)
def test_a_drawn_logo_is_measured_by_its_paints(tmp_path: Path, inside: str, seen: float) -> None:
    (tmp_path / "logo.svg").write_bytes(svg(inside))
    assert logos.contrast(tmp_path / "logo.svg") == pytest.approx(seen, abs=0.02)


def test_a_speck_is_no_logo_and_what_cannot_be_read_is_told_elsewhere(tmp_path: Path) -> None:
    picture = drawn("#ffffff")
    picture.putpixel((3, 3), (0, 0, 0, 255))
    picture.save(tmp_path / "logo.png")
    assert logos.contrast(tmp_path / "logo.png") < logos.UNSEEN
    (tmp_path / "broken.png").write_bytes(png(7, 7))
    assert logos.contrast(tmp_path / "broken.png") == 21


@pytest.mark.parametrize(
    ("colour", "severity", "told"),
    [
        ("#ffffff", Severity.ERROR, "sources/logo.svg cannot be seen on white paper"),
        ("#ffd100", Severity.WARNING, "a contrast of at most 1.46 to 1 on white paper; some part of it needs 3"),
    ],
)
def test_a_pale_logo_is_told(content: Path, replaced: Edit, colour: str, severity: Severity, told: str) -> None:
    (content / "sources/logo.svg").write_bytes(svg(f'<path d="M0 0h9v9z" fill="{colour}"/>'))
    replaced(content / SAMPLE, 'logo = ""', 'logo = "logo.svg"\nlogo-alt = "A leaf"')
    (finding,) = clinicfile.load(content, "sample")[1]
    assert finding.severity is severity and told in finding.message and finding.at.line == 5


# --------------------------------------------------------------------------- which clinic


def another(content: Path, replaced: Edit, name: str = "other") -> None:
    """A second clinic beside the sample."""
    path = content / f"sources/clinics/{name}.toml"
    path.write_text((content / SAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
    replaced(path, 'name = "Sample Clinic"', 'name = "Other Sample Clinic"')


def test_of_several_clinics_one_must_be_named(content: Path, replaced: Edit) -> None:
    another(content, replaced)
    code, said = checked(content)
    assert code == 2
    assert "there are several clinics: other, sample" in said and "--clinic other" in said
    assert checked(content, "--clinic", "other")[0] == 0
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nclinic = "sample"\n', encoding="utf-8")
    assert checked(content)[0] == 0


def test_a_clinic_that_is_not_there_is_named_with_the_nearest(content: Path, replaced: Edit) -> None:
    code, said = checked(content, "--clinic", "sampel")
    assert code == 2 and "there is no clinic “sampel”; did you mean “sample”?" in said
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nclinic = "sampel"\n', encoding="utf-8")
    code, said = checked(content)
    assert code == 2 and "did you mean “sample”?" in said


@pytest.mark.usefixtures("slow")
def test_each_clinic_has_a_folder_of_its_own_and_one_run_brings_all_up_to_date(content: Path, replaced: Edit) -> None:
    another(content, replaced)
    another(content, replaced, "third")
    replaced(content / "sources/clinics/third.toml", '"911"', '"999"')
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nclinic = "sample"\n', encoding="utf-8")
    done = plainleaf("build", "--clinic", "all", "--layout", "a4", "--locale", "en", root=content)
    assert done.returncode == 2 and "third.toml:6: error: emergency-number" in done.stderr  # stops no other clinic
    assert "--- other" in done.stdout and "--- sample" in done.stdout
    build = content / "build"
    for folder, name in ((build, "Sample Clinic"), (build / "other", "Other Sample Clinic")):
        assert (folder / "inhaler/inhaler.en.a4.pdf").is_file()
        assert f"Leaflets from {name}" in (folder / "index.html").read_text(encoding="utf-8")
        assert (folder / STORE).is_file()
    above = (build / "clinics.html").read_text(encoding="utf-8")
    assert 'href="index.html">Sample Clinic<' in above and 'href="other/index.html">Other Sample Clinic<' in above
    assert not (build / "third/inhaler").exists()
    done = plainleaf("build", "--clinic", "other", "--layout", "a4", "--locale", "en", root=content)
    assert done.returncode == 0 and ", 0 of them made now" in done.stdout


def test_several_clinics_are_checked_in_one_run(content: Path, replaced: Edit) -> None:
    another(content, replaced)
    code, said = checked(content, "--clinic", "sample", "--clinic", "other")
    assert code == 0 and "--- sample" in said and "--- other" in said
    replaced(content / "sources/clinics/other.toml", '"911"', '"999"')
    assert checked(content, "--clinic", "all")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "--clinic", ""), "there is no clinic “”"),
        (("check", "--clinic", "SAMPLE"), "there is no clinic “SAMPLE”; did you mean “sample”?"),
        (("build", "--layout", "A4"), "there is no layout “A4”; did you mean “a4”?"),
        (("build", "--look", ""), "--look is empty"),
        (("status", "--clinic", "all"), "status is for one clinic at a time"),
    ],
)
def test_what_is_not_there_is_never_taken_for_the_default(
    content: Path, replaced: Edit, arguments: tuple[str, ...], told: str
) -> None:
    another(content, replaced)
    done = plainleaf(*arguments, root=content)
    assert done.returncode == 2 and told in done.stderr


def test_no_clinic_is_called_all(content: Path) -> None:
    (content / SAMPLE).rename(content / "sources/clinics/all.toml")
    assert "“all” means all clinics in --clinic" in checked(content)[1]


def test_the_former_place_is_told_to_be_left(content: Path) -> None:
    (content / SAMPLE).rename(content / "sources/clinic.toml")
    code, said = checked(content)
    assert code == 2
    assert "sources/clinic.toml: error:" in said and "move it to sources/clinics/<name>.toml" in said
    assert "there is no clinic" not in said


def test_no_clinic_at_all_is_told(content: Path) -> None:
    (content / SAMPLE).unlink()
    code, said = checked(content)
    assert code == 2 and "sources/clinics: error: there is no clinic" in said


def test_a_clinic_is_not_called_as_a_leaflet_is(content: Path) -> None:
    (content / SAMPLE).rename(content / "sources/clinics/inhaler.toml")
    code, said = checked(content)
    assert code == 2 and "there is a leaflet with the name “inhaler”" in said


# --------------------------------------------------------------------------- countries and languages


def test_times_are_those_of_the_country() -> None:
    english = locales.locale("en")
    assert clinics.placeholders(sample(US), english)["clinic_hours"] == "Monday – Friday 8:30\u202fAM – 5:00\u202fPM"
    assert clinics.placeholders(sample(UK), english)["clinic_hours"] == "Monday – Friday 08:30 – 17:00"


WEEK = (
    Opening((0, 1, 2, 3, 4), "14:00", "18:30"),
    Opening((0, 1, 2, 3, 4), "08:00", "12:00"),
    Opening((5,), "09:00", "24:00"),
)


@pytest.mark.parametrize(
    ("locale", "hours", "printed"),
    [
        ("en", WEEK, "Monday – Friday 08:00 – 12:00, 14:00 – 18:30; Saturday 09:00 – 24:00"),
        ("es", WEEK, "Lunes a viernes 8:00 – 12:00, 14:00 – 18:30; Sábado 9:00 – 24:00"),
        ("zh_Hans", WEEK, "星期一至星期五 08:00–12:00、14:00–18:30；星期六 09:00–24:00"),
        ("hi", (Opening((0, 1, 2), "00:00", "24:00"),), "सोमवार से बुधवार 24 घंटे"),
        ("zh_Hans", (Opening((6,), "00:00", "24:00"),), "星期日 24小时"),
        ("en", (Opening((1, 0), "08:00", "12:00"),), "Monday and Tuesday 08:00 – 12:00"),
        ("ar", (Opening((0, 1), "00:00", "24:00"),), "الاثنين والثلاثاء 24 ساعة"),
        ("en", (Opening((0, 1, 3), "08:00", "12:00"),), "Monday, Tuesday, and Thursday 08:00 – 12:00"),
        (
            "en",
            (Opening((0,), "08:00", "12:00"), Opening((2,), "08:00", "12:00")),
            "Monday and Wednesday 08:00 – 12:00",
        ),
    ],
)
def test_opening_hours_are_told_as_people_tell_them(locale: str, hours: tuple[Opening, ...], printed: str) -> None:
    clinic = replace(sample(UK), hours=hours)
    assert clinics.placeholders(clinic, locales.locale(locale))["clinic_hours"] == printed


def test_words_beside_a_help_line_are_asked_for_in_each_published_language(content: Path, replaced: Edit) -> None:
    assert "[clinic-note]" not in checked(content)[1]
    path = content / SAMPLE
    replaced(path, 'notes.es = "gratis, de día y de noche"\n', "")
    said = checked(content)[1]
    assert f"{SAMPLE}:14: warning: helplines.crisis: “free, day and night” is printed so in Spanish" in said
    assert said.count("[clinic-note]") == 1 and 'add notes.es = "..."' in said


@pytest.mark.parametrize(
    ("address", "leaflets", "told"),
    [
        (
            "https://a.example/{leaflet}",
            1,
            "{language} is missing: the codes of 2 languages would all open the same page",
        ),
        (
            "https://a.example/{language}",
            2,
            "{leaflet} is missing: the codes of 2 leaflets would all open the same page",
        ),
        ("https://a.example/{leaflet}.{language}", 2, ""),
        ("", 2, ""),
    ],
)
def test_codes_of_several_leaflets_or_languages_that_open_the_same_page_are_told(
    address: str, leaflets: int, told: str
) -> None:
    said = [finding.message for finding in clinicfile.addresses(replace(sample(US), leaflets=address), leaflets, 2)]
    assert [told in one for one in said] == ([True] if told else [])


def test_a_help_line_has_its_name_in_the_languages_that_the_clinic_gives() -> None:
    spanish, welsh = locales.locale("es"), locales.locale("cy")
    name = "helpline_crisis_name"
    assert clinics.placeholders(sample(US), spanish)[name] == "Línea de Prevención del Suicidio y Crisis"
    assert clinics.placeholders(sample(US), welsh)[name] == "Suicide and Crisis Lifeline"
    assert name in clinics.foreign_names(sample(US), welsh) and name not in clinics.foreign_names(sample(US), spanish)


def abroad(found: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in found if finding.check == "country-other"]


def test_a_text_for_another_country_is_told_once_and_at_home_never(content: Path, replaced: Edit) -> None:
    us_only = "::: only country=US\nCall {helpline_samhsa} ({helpline_samhsa_name}).\n:::\n\nShake it first."
    replaced(content / "sources/inhaler.md", "Shake it first.", us_only)
    assert "[country-other]" not in checked(content, "--locale", "en")[1]
    text = (content / SAMPLE).read_text(encoding="utf-8").split("[helplines.samhsa]")[0]
    for old, new in (('"US"', '"GB"'), ('"911"', '"999"'), ("+1 202-555-0142", "+44 20 7946 0142"), ('"988"', '"111"')):
        text = text.replace(old, new)
    (content / SAMPLE).write_text(text, encoding="utf-8")
    _, said = checked(content)
    assert said.count("[country-other]") == 1
    assert "this text was written for US, but the clinic is in GB; what is for US only is left out (line " in said
    assert "the panel for an emergency is left out" not in said
    assert "is not a clinic detail" not in said  # the help line is missing only where this clinic prints nothing
    replaced(content / "sources/inhaler.md", "{helpline_samhsa}", "{clinic_fone}")
    assert "{clinic_fone} is not a clinic detail" in checked(content)[1]
    panel = "::: emergency\n## Call {emergency_number}\n\n- Blue lips\n\n1. Call.\n:::"
    replaced(
        content / "sources/inhaler.md",
        "::: only country=US",
        f":::: only country=US\n{panel}\n::::\n\n::: only country=US",
    )
    assert "the panel for an emergency is left out too" in checked(content)[1]


@pytest.mark.parametrize("clinic", [US, UK])
def test_the_examples_of_opioids_are_as_many_as_is_said_in_each_country(clinic: str) -> None:
    from plainleaf import pipeline
    from tests.conftest import TODAY

    loaded = project.load(ROOT, clinic)
    with shipped.unchecked():
        made = [*pipeline.editions(loaded, pipeline.Choice(("naltrexone-implants",)), TODAY)]
    assert len(made) >= 5
    for edition, findings in made:
        blocks = list(edition.blocks)
        names = [block.id for block in blocks]
        assert not [finding for finding in findings if finding.severity is Severity.ERROR]
        for name in ("F05", "F07"):
            assert len(blocks[names.index(name) + 1].children) == 5, f"{name} in {edition.locale.name}"


def test_the_uk_edition_leaves_out_what_is_for_the_us() -> None:
    from plainleaf import pipeline
    from plainleaf.model import plain
    from tests.conftest import TODAY

    loaded = project.load(ROOT, UK)
    assert loaded.clinic and loaded.output == ROOT / "build" / UK
    ((edition, _),) = pipeline.editions(loaded, pipeline.Choice(("naltrexone-implants",), ("en",)), TODAY)
    english = locales.locale("en")
    text = "\n".join(plain(clinics.fill(block.inlines, loaded.clinic, english)) for block in edition.walk())
    assert "999" in text and "020 7946 0142" in text
    assert not re.search(r"FDA|SAMHSA|Vivitrol|ReVia|Depade|\b911\b|\b988\b|U\.S\.", text)
    assert not re.search(r"acetaminophen|Vicodin|Percocet|Dilaudid|OxyContin", text)


# --------------------------------------------------------------------------- the code to scan


def addresses(page: Path) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(page))]


def last_page(pdf: Path, folder: Path) -> Path:
    """The last page as a picture of 150 dots an inch, what a phone at reading distance sees at least."""
    needs("pdftoppm")
    with pikepdf.open(pdf) as opened:
        number = str(len(opened.pages))
    out = folder / "page"
    command = ["pdftoppm", "-r", "150", "-gray", "-f", number, "-l", number, "-singlefile", str(pdf), str(out)]
    subprocess.run(command, check=True, timeout=300)
    return out.with_suffix(".pgm")


def alternatives(pdf: Path) -> set[str]:
    """What a screen reader says for the pictures."""
    with pikepdf.open(pdf) as opened:
        found = (item.get("/Alt") for item in opened.objects if isinstance(item, pikepdf.Dictionary))
        return {str(alt) for alt in found if alt is not None}


@pytest.mark.parametrize("locale", sorted({each.locale for each in shipped.files("a4", "letter")}))
def test_the_printed_code_opens_the_leaflet_in_its_language(published: Path, tmp_path: Path, locale: str) -> None:
    tag = locale.replace("_", "-")
    leaflet = shipped.on_a4(locale)
    pdf = published / leaflet.path
    address = f"https://clinic.example/leaflets/{leaflet.slug}.{tag}.pdf"
    assert addresses(last_page(pdf, tmp_path)) == [address]
    alt = "Code to scan: it opens this leaflet on the web"
    catalog = shipped.content().catalogs.get((locale, "layouts"))
    found = catalog.lookup("", alt) if catalog else None
    said = " ".join((found.text if found else alt).split())  # a no-break space is heard as any other
    assert said in alternatives(pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert address.removeprefix("https://") in "".join(text.split())  # lines may break in it, without a hyphen


def test_a_clinic_without_leaflets_on_the_web_prints_no_code(content: Path, tmp_path: Path) -> None:
    assert plainleaf("build", "--layout", "a4", "--locale", "en", root=content).returncode == 0
    assert addresses(last_page(content / "build/inhaler/inhaler.en.a4.pdf", tmp_path)) == []


def test_an_address_of_any_length_keeps_its_modules_large_enough_and_a_quiet_zone() -> None:
    import base64

    for length in (30, 70, qr.LONGEST):
        address = "https://clinic.example/".ljust(length, "x")
        drawn = base64.b64decode(qr.picture(address).split(",")[1]).decode()
        size, modules = (float(re.search(pattern, drawn)[1]) for pattern in (r'width="([\d.]+)mm"', r"h([\d.]+)v"))  # type: ignore[index]
        assert size >= 27.9 and size / modules >= 0.49
        assert 'fill="#fff" d="M0 0h' in drawn and 'stroke="#000" d="M4 4.5h7' in drawn  # black from 4 modules on


def test_a_font_needs_the_letters_that_a_placeholder_prints_not_those_of_its_name(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plainleaf.checks.source import editions

    monkeypatch.setattr(editions.fonts, "uncovered", lambda text, *_: tuple(char for char in "_{2" if char in text))
    read = project.load(content)
    made = next(made for made, _ in pipeline.editions(read, pipeline.Choice(("inhaler",), ("en",)), TODAY))
    assert read.clinic
    found = {(finding.at.file, finding.message.partition(": ")[2]) for finding in editions.edition(made, read.clinic)}
    assert ("sources/clinics/sample.toml", "“2” (U+0032)") in found
    assert not [what for _, what in found if "_" in what or "{" in what]
