"""A clinic's file is changed key by key: nothing else in it changes, and what others saved meanwhile is not lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.beginning import making
from plainleaf.beginning.answers import Answers
from plainleaf.clinics import editing, form
from plainleaf.clinics import file as clinicfile
from plainleaf.clinics.editing import Change, Key
from tests.conftest import ROOT, TODAY

CLINICS = {path.stem: path.read_bytes() for path in sorted((ROOT / clinicfile.FOLDER).glob("*.toml"))}
US = CLINICS["sample-us"]
SINGLE = [field.key for group in form.GROUPS for field in group.fields if field.kind != "lines"]
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
COMMENTED = b"""# on top
name = 'A'   # in single quotes
phone="1" # close
address = [
  "one", # first
  "two",
]

# before a table
[[hours]] # first
days = ["mon"]
opens = "08:00"

  # indented
[out-of-hours]
phone = "2"
notes.es = "x" # dotted
# at the end"""


def changed(data: bytes, key: Key, now: editing.Value) -> bytes:
    return editing.applied(data, [Change(key, editing.value(tomllib.loads(data.decode()), key), now)])


def others(before: bytes, after: bytes, name: str) -> tuple[list[bytes], list[bytes]]:
    """The lines of both that do not begin with a key."""
    own = name.encode()
    return tuple([line for line in data.splitlines() if not line.startswith(own)] for data in (before, after))  # type: ignore[return-value]


@given(st.sampled_from(sorted(CLINICS)), st.sampled_from(SINGLE), TEXT, st.booleans())
def test_nothing_but_the_key_changes(name: str, key: str, now: str, by_windows: bool) -> None:
    data = CLINICS[name].replace(b"\n", b"\r\n") if by_windows else CLINICS[name]
    made = changed(data, (key,), now)
    assert tomllib.loads(made.decode()) == tomllib.loads(data.decode()) | {key: now}
    before, after = others(data, made, key)
    assert after == before
    comment = next((line.partition(b"#")[2] for line in data.splitlines() if line.startswith(f"{key} ".encode())), b"")
    assert comment in made if key != "colour" else True


WRITTEN = {
    ("name",): "name",
    ("phone",): "phone",
    ("out-of-hours", "notes", "es"): "notes.es",
    ("hours", 0, "opens"): "opens",
}


@given(st.sampled_from(sorted(WRITTEN, key=str)), TEXT)
def test_comments_quotes_and_spaces_of_all_else_stay(key: Key, now: str) -> None:
    made = changed(COMMENTED, key, now)
    assert editing.value(tomllib.loads(made.decode()), key) == now
    assert made.count(b"#") - now.encode().count(b"#") == COMMENTED.count(b"#")
    before, after = others(COMMENTED, made, WRITTEN[key])
    assert after == before


@pytest.mark.parametrize(
    ("key", "now"),
    [
        (("email",), "a@b.example"),
        (("address",), ("one", "three")),
        (("hours", 1, "days"), ("sat", "sun")),
        (("out-of-hours", "notes", "zh_Hans"), "字"),
        (("helplines", "crisis", "name"), "Line"),
        (("services", "nurse", "names", "es"), "Enfermera"),
        (("order-numbers", "clinic-visit"), "7"),
    ],
)
def test_what_is_new_finds_its_place(key: Key, now: editing.Value) -> None:
    made = changed(COMMENTED, key, now)
    assert editing.value(tomllib.loads(made.decode()), key) == now
    assert made.count(b"#") == COMMENTED.count(b"#") - (key == ("address",)), "a list's own comment goes with it"
    if key[0] == "hours":
        assert b'days = ["sat", "sun"]\n\n' in made, "what follows has an empty line before it"


def test_a_new_key_is_below_the_comment_that_shows_it_and_above_tables_that_are_comments() -> None:
    answers = Answers("Riverside Clinic", "GB", "020 7946 0123", "999", "First", ("a4",))
    data = making.texts(answers, TODAY)["sources/clinics/riverside-clinic.toml"].encode()
    new = [
        Change(("logo",), None, "pictures/a.png"),
        Change(("logo-alt",), None, "A circle"),
        Change(("fax",), None, "1"),
    ]
    for ending in (b"\n", b"\r\n"):
        made = editing.applied(data.replace(b"\n", ending), new)
        lines = made.decode().split(ending.decode())
        for key in ("logo", "logo-alt"):
            (shown,) = [line for line in lines if line.startswith(f"# {key} = ")]
            assert lines[lines.index(shown) + 1].startswith(f"{key} = ")
        assert lines.index('fax = "1"') < next(
            at for at, line in enumerate(lines) if line.startswith("# [out-of-hours]")
        )
        fresh = [line for line in lines if line.encode() not in data.split(b"\n")]
        assert sorted(fresh) == ['fax = "1"', 'logo = "pictures/a.png"', 'logo-alt = "A circle"']
        counts = made.replace(b"# [[hours]]", b"[[hours]]")  # somebody has them count
        assert tomllib.loads(counts.decode())["logo"] == "pictures/a.png"


def test_what_is_taken_out_is_gone_with_nothing_else() -> None:
    made = changed(changed(US, ("helplines", "samhsa"), None), ("hours", 0), None)
    before, after = tomllib.loads(US.decode()), tomllib.loads(made.decode())
    del before["helplines"]["samhsa"]
    assert after == before | {"hours": []} or after == {key: value for key, value in before.items() if key != "hours"}
    assert changed(US, ("fax",), None) == US, "what is missing cannot be taken out"


@pytest.mark.parametrize("data", [b"name = ", b"\xff", b'out-of-hours = "111"\n'])
def test_what_cannot_be_changed_key_by_key_is_refused(data: bytes) -> None:
    with pytest.raises(editing.UneditableError):
        editing.applied(data, [Change(("out-of-hours", "phone"), None, "112")])


def test_a_byte_order_mark_stays() -> None:
    assert editing.applied(b"\xef\xbb\xbf" + US, [Change(("fax",), None, "1")]).startswith(b"\xef\xbb\xbf#")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / clinicfile.FOLDER).mkdir(parents=True)
    (tmp_path / clinicfile.FOLDER / "a.toml").write_bytes(US)
    return tmp_path


PHONE = Change(("phone",), "+1 202-555-0142", "+1 202-555-0199")


def test_a_change_is_saved_with_what_others_saved_meanwhile(root: Path) -> None:
    path = root / clinicfile.FOLDER / "a.toml"
    path.write_bytes(US.replace(b'"Sample Clinic"', b'"Our Clinic"'))
    saved = editing.save(root, "a", [PHONE])
    assert saved.written
    assert saved.clinic
    assert (saved.clinic.name, saved.clinic.phone) == ("Our Clinic", "+1 202-555-0199")
    assert path.read_bytes() == saved.data
    assert editing.save(root, "a", [PHONE]).written, "the same once more is no conflict"


def test_another_value_of_the_same_key_is_a_conflict_and_nothing_is_written(root: Path) -> None:
    path = root / clinicfile.FOLDER / "a.toml"
    path.write_bytes(US.replace(b"555-0142", b"555-0100"))
    before = path.read_bytes()
    saved = editing.save(root, "a", [PHONE, Change(("fax",), None, "+1 202-555-0111")])
    assert not saved.written
    assert [(each.change, each.there) for each in saved.conflicts] == [(PHONE, "+1 202-555-0100")]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        (Change(("phone",), PHONE.was, "911"), "phone", "emergency number"),
        (Change(("phone",), PHONE.was, "12"), "phone", "too few digits"),
        (Change(("name",), "Sample Clinic", " "), "name", "empty"),
        (Change(("colour",), "", "#ffff00"), "colour", "contrast"),
        (Change(("hours", 0, "opens"), "08:30", "8"), "hours.0.opens", "not a time"),
        (Change(("helplines", "crisis", "phone"), "988", "call"), "helplines.crisis.phone", "not a phone number"),
    ],
)
def test_what_is_wrong_is_said_of_its_key_before_anything_is_written(
    root: Path, change: Change, key: str, says: str
) -> None:
    saved = editing.save(root, "a", [change])
    assert not saved.written
    assert (root / clinicfile.FOLDER / "a.toml").read_bytes() == US
    found = [form.about(finding, saved.data.decode()) for finding in saved.findings]
    assert [where for where, what in found if says in what] == [key]


def test_a_file_with_errors_can_be_corrected_one_by_one(root: Path) -> None:
    path = root / clinicfile.FOLDER / "a.toml"
    path.write_bytes(US.replace(b'country = "US"', b'country = "ZZ"').replace(b'web = "https', b'web = "htt'))
    saved = editing.save(root, "a", [Change(("web",), "htt://clinic.example", "https://clinic.example")])
    assert saved.written
    assert [finding.message.partition(":")[0] for finding in saved.findings] == ["country"]


def test_the_form_has_every_key_that_the_file_may_have() -> None:
    keys = {field.key for group in form.GROUPS for field in group.fields} | form.TABLES.keys()
    assert keys == {*clinicfile.known_keys()}
