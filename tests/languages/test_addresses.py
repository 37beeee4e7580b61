"""Addresses that lead nowhere: in a text, and as the target of a link."""

from __future__ import annotations

import pytest

from plainleaf.languages.addresses import ADDRESS, fault, faults

BROKEN = [
    "https:/www.coughs.example/rest",
    "https:www.coughs.example",
    "https:///www.coughs.example",
    "https:\\\\www.coughs.example",
    "https//www.coughs.example",
    "https;//www.coughs.example",
    "https ://www.coughs.example",
    "https：//www.coughs.example",
    "htps://www.coughs.example",
    "hxxp://www.coughs.example",
    "https://https://www.coughs.example",
    "http://https//www.coughs.example",
    "https:// www.coughs.example",
    "https://www.coughs .example/rest",
    "https://www. coughs.example/rest",
    "https://coughs. example/rest",
    "www. coughs.example",
    "www .coughs.example",
    "www coughs.example",
    "www,coughs.example",
    "https://www.coughs,example/rest",
    "https://www.coughs。example/rest",
    "https://www․coughs․example/rest",
    "wwww.coughs.example",
    "ww.coughs.example",
    "www.www.coughs.example",
    "www..coughs.example",
    "https://coughs",
    "https://coughs/rest",
    "mailto:help",
    "help(at)clinic.example",
    "help [at] clinic.example",
    "help@ clinic.example",
    "help @clinic.example",
    "help@clinic@clinic.example",
    "help@clinic,example",
    "help@clinic..example",
    "help@clinic",
]
RIGHT = [
    "https://www.coughs.example/rest",
    "http://coughs.example",
    "https://coughs.example:8080/a,b;c?d=e&f=https://g.example#h",
    "https://web.archive.example/web/https://coughs.example/",
    "https://münchen.example/weiß",
    "www.coughs.example",
    "help@clinic.example",
    "first.last+tag@mail.clinic.example",
    "@clinic",
    "ftp://files.example/a",
    "5@10",
    "http is a word, and so is https: both begin addresses",
    "what is it?",
    "and/or",
    "the answer (at last)",
]


@pytest.mark.parametrize("around", ["{}", "Read {} at home.", "({})", "Read {}, then rest."])
@pytest.mark.parametrize("address", BROKEN)
def test_a_broken_address_is_found_in_a_text(address: str, around: str) -> None:
    assert len(list(faults(around.format(address)))) == 1


@pytest.mark.parametrize("around", ["{}", "Read {} at home.", "({})", "Read {}, then rest.", "Read {}."])
@pytest.mark.parametrize("address", RIGHT)
def test_a_sound_address_is_let_through(address: str, around: str) -> None:
    assert not list(faults(around.format(address)))


def test_an_address_ends_before_the_full_stop_of_its_sentence() -> None:
    assert [found[0] for found in ADDRESS.finditer("Read https://a.example/b. Write to c@d.example.")] == [
        "https://a.example/b",
        "c@d.example",
    ]


@pytest.mark.parametrize(
    "target",
    [
        "https://clinic.example",
        "HTTPS://clinic.example/a_(b)?c=%20#d",
        "http://10.0.0.1:8080/",
        "https://web.archive.example/web/https://clinic.example/",
        "https://münchen.example/",
        "mailto:help@clinic.example?subject=Hello%20you",
        "mailto:a@clinic.example,b@clinic.example",
        "tel:988",
        "tel:+1-202-555-0142;ext=12",
        "tel:+1(202)555.0142",
    ],
)
def test_a_sound_target(target: str) -> None:
    assert fault(target) == ""


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("https:/clinic.example", "slashes"),
        ("https:///clinic.example", "slashes"),
        ("https:clinic.example", "slashes"),
        ("https://https://clinic.example", "twice"),
        ("https://clinic", "not the name of a site"),
        ("https://clinic..example", "not the name of a site"),
        ("https://-clinic.example", "not the name of a site"),
        ("https://clinic.123", "not the name of a site"),
        ("https://clinic,example", "comma"),
        ("https://clinic。example", "another script"),
        ("https://me@clinic.example", "@"),
        ("https://clinic.example:0", "port"),
        ("https://clinic.example:99999", "port"),
        ("https://clinic.example/rest.", "ends with “.”"),
        ("https://clinic.example/rest,", "ends with “,”"),
        ("https://clinic.example/rest)", "bracket"),
        ("https://clinic.example/a%2", "%"),
        ("https://clinic.example/a\\b", "backslash"),
        ("mailto:clinic.example", "@"),
        ("mailto:help@clinic", "not an e-mail address"),
        ("mailto:he lp@clinic.example", "not an e-mail address"),
        ("mailto:a@b@clinic.example", "not an e-mail address"),
        ("mailto:", "@"),
        ("tel:1-800-CLINIC", "letters"),
        ("tel:call", "letters"),
        ("tel:5", "not a phone number"),
        ("tel:+", "not a phone number"),
        ("tel:202 555", "not a phone number"),
        ("tel:988;foo=1", "extension"),
    ],
)
def test_a_broken_target(target: str, what: str) -> None:
    assert what in fault(target)


@pytest.mark.parametrize(
    "text", ["www" * 5000, "a@" * 5000, "https://" * 2000, "w." * 5000, "a." * 5000 + "@", "a " * 9000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    list(faults(text))


def test_who_hides_the_at_is_shown_a_whole_address() -> None:
    (found,) = faults("Write to help (at) clinic.example.")
    assert found.right == "write name@clinic.example"
