"""How a clinic and those who help are reached: each number and address of its file is judged where it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.clinics import details, phones
from plainleaf.clinics import file as clinicfile
from plainleaf.model import Clinic, Finding, Isolate, Link, Location, Placeholder, Severity, Text, plain
from plainleaf.typesetting import locales

Read = Callable[..., tuple[Clinic | None, tuple[Finding, ...]]]
FILE = "sources/clinics/sample.toml"

# A number of each country that is kept for films, or else the one that the library of numbers gives as its example.
NUMBERS = {
    "US": "(202) 555-0142", "GB": "020 7946 0142", "IE": "020 910 0142", "DE": "030 23125042", "FR": "01 99 00 01 42",
    "AU": "(02) 5550 0142", "CA": "(613) 555-0142", "IN": "074104 10123", "BR": "(11) 2345-6789", "ZA": "010 123 4567",
}  # fmt: skip
AMBULANCE = {"US": "911", "GB": "999", "IE": "112", "DE": "112", "FR": "15", "AU": "000", "CA": "911", "IN": "108",
             "BR": "192", "ZA": "10177"}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A clinic's file of these lines, in a country, read."""

    def reading(*lines: str, country: str = "US", **keys: str) -> tuple[Clinic | None, tuple[Finding, ...]]:
        values = {"name": "Sample Clinic", "phone": NUMBERS[country], "emergency-number": AMBULANCE[country]}
        values |= {"country": country, **{key.replace("_", "-"): value for key, value in keys.items()}}
        head = ["address = []", "hours = []", *(f'{key} = "{value}"' for key, value in values.items())]
        folder = tmp_path / "sources/clinics"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sample.toml").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        return clinicfile.load(tmp_path, "sample")

    return reading


def refused(found: tuple[Clinic | None, tuple[Finding, ...]]) -> Finding:
    """The one error of a file."""
    clinic, findings = found
    assert clinic is None
    (error,) = [finding for finding in findings if finding.severity is Severity.ERROR]
    return error


# --------------------------------------------------------------------------- the emergency number as an own number


@pytest.mark.parametrize("country", AMBULANCE)
@pytest.mark.parametrize("key", ["phone", "fax", "text", "relay", "out-of-hours"])
def test_no_number_of_the_clinics_is_that_of_the_ambulance(read: Read, country: str, key: str) -> None:
    error = refused(read(country=country, **{key: AMBULANCE[country]}))
    assert error.message == f"{key}: “{AMBULANCE[country]}” is an emergency number: it calls an ambulance or the police"
    assert "emergency-number" in error.hint and error.at.line > 1


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("9-1-1", "US"), ("9 1 1", "US"), ("(911)", "US"), ("+1 911", "US"), ("011 1 911", "US"), ("tel: 911", "US"),
        ("911 ext. 5", "US"), ("911, day and night", "US"), ("٩١١", "US"), ("９１１", "US"), ("+44 999", "GB"),
        ("0044 999", "GB"), ("1 12", "DE"), ("+33 15", "FR"), ("0 0 0", "AU"), ("10 177", "ZA"),
        ("999", "US"), ("911", "GB"), ("112", "IN"), ("000", "FR"),
    ],
)  # fmt: skip
def test_however_it_is_written_an_emergency_number_is_known(read: Read, written: str, country: str) -> None:
    assert phones.calls_for_help(written, country)
    assert "calls an ambulance" in refused(read(country=country, phone=written)).message


@pytest.mark.parametrize(
    ("number", "country"),
    [("988", "US"), ("111", "GB"), ("116 123", "GB"), ("3114", "FR"), ("116117", "DE"), ("13 11 14", "AU"),
     ("711", "US"), *((number, country) for country, number in NUMBERS.items())],
)  # fmt: skip
def test_a_help_line_is_no_emergency_number(number: str, country: str) -> None:
    assert not phones.calls_for_help(number, country)


@pytest.mark.parametrize("table", ["helplines.crisis", "services.pharmacy", "out-of-hours"])
def test_nor_is_that_of_a_service_or_help_line(read: Read, table: str) -> None:
    name = "" if table == "out-of-hours" else 'name = "A"\n'
    error = refused(read(f"[{table}]\n{name}phone = '911'"))
    assert error.message.startswith(f"{table}.phone: “911”") and error.at.line == (8 if name else 7) + 1


def test_an_emergency_number_that_somebody_has_checked_is_no_own_number_either(read: Read) -> None:
    checked = 'emergency-number-checked = "A. Sample called it, 2026-11-20"'
    error = refused(read(checked, emergency_number="5555", phone="5 555"))
    assert error.message.startswith("phone: “5 555” is an emergency number")


@pytest.mark.parametrize(("country", "known"), [("AU", "000"), ("FR", "15"), ("ZA", "10177"), ("US", "911")])
def test_the_numbers_that_call_an_ambulance_are_listed_whatever_their_length(country: str, known: str) -> None:
    assert known in phones.emergency_numbers(country)


def test_a_number_of_another_country_is_a_doubt(read: Read) -> None:
    clinic, (finding,) = read(fax="+44 20 7946 0142")
    assert clinic and finding.severity is Severity.WARNING
    assert finding.message == "fax: “+44 20 7946 0142” is a number in another country"
    assert not read(fax="+1 613-555-0142")[1]  # one code for the US and Canada


# --------------------------------------------------------------------------- ways to reach the clinic


def test_each_way_to_reach_the_clinic_has_its_placeholder(read: Read) -> None:
    clinic, findings = read(
        '[out-of-hours]\nphone = "+1 202-555-0151"\nnote = "ask for the nurse"\nnotes.es = "pida por la enfermera"',
        '[services.lab]\nname = "Laboratory"\nphone = "2025550152"\nnames.es = "Laboratorio"',
        email="help@clinic.example", fax="+1 202-555-0149", text="202.555.0150", relay="711",
        sign_language="https://www.clinic.example/asl/", imprint="Sample Trust, Springfield",
    )  # fmt: skip
    assert clinic and not findings
    values = details.placeholders(clinic, locales.locale("es"))
    expected = {
        "clinic_email": "help@clinic.example", "clinic_fax": "(202) 555-0149", "clinic_text": "(202) 555-0150",
        "clinic_relay": "711", "clinic_sign_language": "clinic.example/asl",
        "clinic_imprint": "Sample Trust, Springfield",
        "clinic_out_of_hours": "(202) 555-0151", "out_of_hours": "(202) 555-0151 (pida por la enfermera)",
        "service_lab": "(202) 555-0152", "service_lab_name": "Laboratorio",
    }  # fmt: skip
    assert {name: values[name] for name in expected} == expected


def test_what_a_clinic_does_not_have_is_empty(read: Read) -> None:
    clinic, findings = read()
    assert clinic and not findings and clinic.out_of_hours is None and not clinic.services
    values = details.placeholders(clinic)
    assert not values["clinic_email"] and not values["out_of_hours"] and not values["clinic_relay"]


def test_an_address_in_a_sentence_is_a_link(read: Read) -> None:
    clinic, _ = read(email="help@clinic.example")
    assert clinic
    made = details.fill((Placeholder("clinic_email"),), clinic, locales.locale("ar"))
    assert made == (Isolate((Link((Text("help@clinic.example"),), "mailto:help@clinic.example"),), "ltr"),)


def test_a_number_with_words_runs_as_the_page_does(read: Read) -> None:
    clinic, _ = read('[out-of-hours]\nphone = "+1 202-555-0151"\nnotes.ar = "اطلب الممرضة"\nnote = "ask for the nurse"')
    assert clinic
    made = details.fill((Placeholder("out_of_hours"),), clinic, locales.locale("ar"))
    assert made == (Text("(202) 555-0151 (اطلب الممرضة)"),)


def test_words_beside_a_number_stand_in_the_brackets_of_the_language(read: Read) -> None:
    clinic, _ = read(
        '[out-of-hours]\nphone = "+1 202-555-0151"\nnotes.zh_Hans = "请找护士"\nnote = "ask for the nurse"'
    )
    assert clinic
    made = details.fill((Placeholder("out_of_hours"),), clinic, locales.locale("zh_Hans"))
    assert plain(made) == "(202) 555-0151（请找护士）"


def test_a_name_in_the_pages_language_runs_as_the_page_does_though_it_begins_in_other_letters(read: Read) -> None:
    clinic, _ = read('[helplines.crisis]\nname = "Lifeline"\nphone = "988"\nnames.ar = "Lifeline (مساعدة)"')
    assert clinic
    place = (Placeholder("helpline_crisis_name"),)
    assert details.fill(place, clinic, locales.locale("ar")) == (Text("Lifeline (مساعدة)"),)
    assert details.fill(place, clinic, locales.locale("fa")) == (Isolate((Text("Lifeline"),), "ltr"),)


@pytest.mark.parametrize(
    ("written", "country", "printed", "dialled"),
    [
        ("711", "US", "711", "tel:711"),
        ("18001 020 7946 0142", "GB", "18001 020 7946 0142", "tel:1800102079460142"),
        ("18001", "GB", "18001", "tel:18001"),
        ("1300 555 727", "AU", "1300 555 727", "tel:+611300555727"),
    ],
)
def test_what_is_dialled_to_have_a_call_relayed(written: str, country: str, printed: str, dialled: str) -> None:
    assert phones.relay(written, country) == phones.Phone(printed, dialled)


MISTAKES = {
    "e-mail without a name": ({"email": "@clinic.example"}, "email", "not an e-mail address"),
    "e-mail in words": ({"email": "help at clinic.example"}, "email", "not an e-mail address"),
    "two e-mails": ({"email": "a@clinic.example, b@clinic.example"}, "email", "not an e-mail address"),
    "fax with words": (
        {"fax": "fax 202 555 0149"},
        "fax",
        "does not belong in a phone number",
    ),
    "short text number": ({"text": "202-555-01"}, "text", "too few digits"),
    "relay of nobody": ({"relay": "18001 020 7946 01"}, "relay", "not a valid phone number"),
    "sign language in words": ({"sign_language": "on request"}, "sign-language", "not a web address"),
    "key with a slip": ({"e_mail": "help@clinic.example"}, "e-mail", "did you mean “email”?"),
    "a key of one word": ({"outofhours": "+1 202-555-0151"}, "outofhours", "did you mean “out-of-hours”?"),
}


@pytest.mark.parametrize(("keys", "key", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_key_and_line(read: Read, keys: dict[str, str], key: str, told: str) -> None:
    error = refused(read(**keys))
    assert error.message.startswith(f"{key}: ") and told in error.message
    assert error.at == Location(FILE, 7)


@pytest.mark.parametrize(
    ("lines", "key", "line", "told"),
    [
        ('[services.lab]\nname = "Laboratory"', "services.lab.phone", 7, "this key is missing"),
        ('[services.Lab]\nname = "A"\nphone = "2025550152"', "services.Lab", 7, "used in placeholders"),
        ('[services.lab]\nname = " "\nphone = "2025550152"', "services.lab.name", 8, "this is empty"),
        (
            '[services.lab]\nname = "A"\nphone = "2025550152"\nnames.xx = "B"',
            "services.lab.names.xx",
            10,
            "not a known language",
        ),
        ('[services.lab]\nname = "A"\nphone = "2025550152"\nmail = "B"', "services.lab.mail", 10, "unknown key"),
        ('[out-of-hours]\nphone = "2025550152"\nname = "B"', "out-of-hours.name", 9, "unknown key"),
        ("out-of-hours = 7", "out-of-hours", 7, "is not a table"),
        ('[order-numbers]\nsample = ""', "order-numbers.sample", 8, "this is empty"),
    ],
)
def test_so_does_one_in_a_table(read: Read, lines: str, key: str, line: int, told: str) -> None:
    error = refused(read(lines))
    assert error.message.startswith(f"{key}: ") and told in error.message
    assert error.at == Location(FILE, line)


def test_an_order_number_of_no_leaflet_is_an_error(read: Read) -> None:
    clinic, _ = read('[order-numbers]\ninhaler = "SC-1"\ninhalr = "SC-2"')
    assert clinic
    (finding,) = clinicfile.unordered(clinic, ["inhaler"])
    assert finding.message == "order-numbers.inhalr: there is no leaflet “inhalr”; did you mean “inhaler”?"
    assert finding.at == Location(FILE, 9)


def test_a_second_logo_is_judged_as_the_first(read: Read) -> None:
    error = refused(read(second_logo="pictures/none.svg", second_logo_alt="Sample Trust"))
    assert error.message == "second-logo: there is no file sources/pictures/none.svg"


def test_each_word_of_a_contact_knows_its_line(read: Read) -> None:
    clinic, _ = read('[services.lab]\nname = "A"\nphone = "2025550152"\nnote = "free"\nnotes.zh-Hans = "免费"')
    assert clinic
    (lab,) = clinic.services
    assert lab.place("notes.zh_Hans", clinic.at) == Location(FILE, 11)
    assert lab.place("notes.es", clinic.at) == Location(FILE, 7)
    assert clinic.place("name") == Location(FILE, 3)
