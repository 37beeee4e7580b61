"""A key signs exactly what was signed, for who may sign, on a day when they may; else it is told why."""

from __future__ import annotations

import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from plainleaf.approvals import keys
from plainleaf.approvals.keys import Fault, Signers
from tests.approvals.conftest import Person

People = tuple[Person, Person]
DAY = date(2026, 12, 1)
DATA = b"plainleaf approval, format 2\n[]"


def signed(by: Person, data: bytes = DATA) -> str:
    made = keys.sign(data, by.key)
    assert isinstance(made, str), made
    return made


def judged(signature: str, allowed: str, by: str, data: bytes = DATA, on: date = DAY, today: date = DAY) -> str:
    """What is wrong with a signature, with how to fix it; "" if nothing is."""
    fault = keys.verify(data, signature, by, on, today, Signers(allowed))
    return f"{fault.what} / {fault.hint}" if fault else ""


def test_who_is_listed_can_sign(people: People) -> None:
    ana, ben = people
    assert judged(signed(ana), ben.line("ben") + "# staff\n\n" + ana.line("ana@clinic.example"), ana.by) == ""


@pytest.mark.parametrize(
    "other", [DATA + b" ", DATA[:-1], b"", DATA.replace(b"2", b"3"), DATA.replace(b"approval", b"sign-off")]
)
def test_a_signature_is_for_these_bytes_alone(people: People, other: bytes) -> None:
    ana, _ = people
    assert "changed after it was signed" in judged(signed(ana), ana.line("ana"), ana.by, other)


def test_who_is_not_listed_cannot_sign_and_the_line_to_add_is_said(people: People) -> None:
    ana, ben = people
    for allowed in (
        "",
        ben.line("ben"),
        "# " + ana.line("ana"),
        "no key here\n",
        "ana ssh-ed25519 !!!\n",
        "ana ssh-ed25519\n",
    ):
        said = judged(signed(ana), allowed, ana.by)
        assert "is not in allowed_signers" in said and f"ana.sample {ana.public} {ana.by}" in said
    assert judged(signed(ana), f"ana.sample {ana.public} {ana.by}", ana.by) == ""


def test_a_key_signs_in_the_name_of_its_owner_alone(people: People) -> None:
    ana, ben = people
    assert "the key belongs to “Ana Sample" in judged(signed(ana), ana.line("ana") + ben.line("ben"), ben.by)
    assert "nobody in particular" in judged(signed(ana), f"ana {ana.public}\n", ana.by)


@pytest.mark.parametrize(
    ("options", "on", "today", "said"),
    [
        ('valid-before="20261201"', DAY, DAY, "was no longer valid on"),
        ('valid-before="20261202"', DAY, DAY, ""),
        ('valid-before="20261202"', DAY, DAY + timedelta(days=1), "was no longer valid on"),
        ('valid-after="20261202"', DAY, DAY, "was not yet valid"),
        ('valid-after="20261202"', DAY, DAY + timedelta(days=9), "was not yet valid"),
        ('valid-after="20261201"', DAY, DAY, ""),
        ('valid-after="20261101",valid-before="20270101"', DAY, DAY, ""),
        ('namespaces="git"', DAY, DAY, "add plainleaf to namespaces"),
        ('namespaces="git,plainleaf"', DAY, DAY, ""),
        ("cert-authority", DAY, DAY, "not for a single person"),
        ('valid-before="soon"', DAY, DAY, "does not confirm"),
    ],
)
def test_a_key_counts_while_its_line_says_so(people: People, options: str, on: date, today: date, said: str) -> None:
    ana, _ = people
    found = judged(signed(ana), ana.line("ana", options), ana.by, on=on, today=today)
    assert said in found and bool(said) == bool(found)


@pytest.mark.parametrize("name", ["*", "ana?", "!ana", '"*@clinic.example"', "ana,*", '"ana,!ben"'])
def test_a_line_for_anybody_is_for_nobody(people: People, name: str) -> None:
    ana, _ = people
    assert "not for a single person" in judged(signed(ana), ana.line(name), ana.by)


def test_a_line_that_does_not_do_is_named_by_its_number(people: People) -> None:
    ana, _ = people
    fault = keys.verify(DATA, signed(ana), ana.by, DAY, DAY, Signers("# staff\n\n" + ana.line("*")))
    assert fault and str(fault.at) == "allowed_signers:3"


@pytest.mark.parametrize(
    "name", ["-oProxyCommand=x", "$(touch${IFS}made)", "`touch made`", ";touch made;", "ana'", '"a n a"']
)
def test_nothing_in_a_name_reaches_a_shell(
    people: People, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = people
    monkeypatch.chdir(tmp_path)
    judged(signed(ana), ana.line(name), ana.by)
    assert list(tmp_path.iterdir()) == []


BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


@pytest.mark.parametrize(
    "text",
    ["", "x", BEGIN, f"{BEGIN}\n{END}", f"{BEGIN}\n====\n{END}", f"{BEGIN}\nU1NIU0lH\n{END}", "A" * 200_000,
     f"{BEGIN}\nU1NIU0lHAAAAAf////8AAAAA\n{END}"],
)  # fmt: skip
def test_what_is_no_signature_is_told(text: str) -> None:
    assert "not a signature" in judged(text, "", "A. Sample, nurse")


def test_a_spoilt_signature_is_told(people: People) -> None:
    ana, _ = people
    lines = signed(ana).split("\n")
    lines[-2] = lines[-2][::-1].lstrip("=")
    assert judged("\n".join(lines), ana.line("ana"), ana.by)


def test_without_the_program_nothing_can_be_verified(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, _ = people
    signature = signed(ana)
    monkeypatch.setenv("PATH", "")
    said = judged(signature, ana.line("ana"), ana.by)
    assert "ssh-keygen is not installed" in said and "openssh-client" in said
    made = keys.sign(DATA, ana.key)
    assert isinstance(made, Fault) and "openssh-client" in made.hint


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("exit 1", "does not confirm"),
        ("echo 'unknown option -- Y' >&2; exit 1", "too old"),
        ("sleep 60", "did not answer"),
    ],
)
def test_a_program_that_fails_is_told(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    ana, _ = people
    signature = signed(ana, does.encode())
    fake = tmp_path / "ssh-keygen"
    fake.write_text(f"#!/bin/sh\nexec 0<&-\n{does.replace('sleep', 'exec sleep')}\n", encoding="utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(keys, "_SECONDS_TO_VERIFY", 0.5)
    assert said in judged(signature, ana.line("ana"), ana.by, does.encode())


def test_a_key_that_is_not_there_or_none_is_told(tmp_path: Path, people: People) -> None:
    made = keys.sign(DATA, tmp_path / "none")
    assert isinstance(made, Fault) and "ssh-keygen -t ed25519" in made.hint
    (tmp_path / "text").write_text("no key", encoding="utf-8")
    made = keys.sign(DATA, tmp_path / "text")
    assert isinstance(made, Fault) and "could not sign" in made.what


def test_signers_that_cannot_be_read_are_told(tmp_path: Path, people: People) -> None:
    ana, _ = people
    assert keys.signers(tmp_path) == Signers()
    (tmp_path / "allowed_signers").write_bytes(b"\xff\xfe")
    assert keys.signers(tmp_path).fault
    (tmp_path / "allowed_signers").unlink()
    (tmp_path / "allowed_signers").mkdir()
    fault = keys.verify(DATA, signed(ana), ana.by, DAY, DAY, keys.signers(tmp_path))
    assert fault and "allowed_signers" in fault.what
