"""``plainleaf verify``: is a file what the sources make today, who answers for it, and what has changed since?"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plainleaf.artifacts import inputs
from plainleaf.provenance.statement import FILE
from tests.conftest import ROOT, plainleaf
from tests.provenance.conftest import EN, ES, publish

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]


def verified(root: Path, *files: Path | str, code: int) -> list[Any]:
    """What the command says of files, as JSON; it must end with ``code``."""
    done = plainleaf("verify", "--json", *map(str, files), root=root)
    assert done.returncode == code, done.stdout + done.stderr
    said: list[Any] = json.loads(done.stdout)["files"]
    return said


def said(root: Path, *files: Path | str) -> str:
    done = plainleaf("verify", *map(str, files), root=root)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_file_is_known_by_its_bytes_wherever_it_lies(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "from the mail.html"
    shutil.copy(made / "build" / ES, other)
    for file in (made / "build" / ES, other, "build/inhaler/es/index.html"):
        (about,) = verified(made, file, code=0)
        assert (about["state"], about["artifact"], about["clinic"]) == ("current", ES.as_posix(), "sample")
    text = said(made, other)
    assert "up to date: publishing today makes exactly this file" in text
    assert "The text is not signed off." in text and "The translation (es) is not approved." in text


def test_who_has_signed_is_said(made: Path) -> None:
    assert plainleaf("sign-off", "inhaler", "--by", "A. Sample, nurse", root=made).returncode == 0
    assert "OUT OF DATE" in said(made, "build" / EN), "the pages must name who has signed"
    publish(made, "--locale", "en")
    text = said(made, "build" / EN)
    assert "The text was signed off, noted by A. Sample, nurse, 2026-12-01, without a key." in text


CHANGES = {
    "text": ("sources/inhaler.md", "Shake it first", "Shake it well first"),
    "clinic": ("sources/clinics/sample.toml", "202-555-0142", "202-555-0143"),
    "translation": ("locales/es/LC_MESSAGES/inhaler.po", "Primero agítelo", "Primero agítelo bien"),
}


def test_what_has_changed_since_is_named(made: Path, replaced: Edit) -> None:
    for kind, (file, old, new) in CHANGES.items():
        before = (made / file).read_bytes()
        replaced(made / file, old, new)
        (about,) = verified(made, "build" / (ES if kind == "translation" else EN), code=1)
        assert (about["state"], about["changed"]) == ("out-of-date", [{"kind": kind, "name": file}])
        assert about["hint"].startswith("run ") and "publish" in about["hint"]
        (made / file).write_bytes(before)
    assert verified(made, "build" / EN, "build" / ES, code=0)


def test_a_layout_of_ones_own_is_named(made: Path, replaced: Edit) -> None:
    shutil.copytree(ROOT / "layouts/base", made / "layouts/base")
    publish(made)
    replaced(made / "layouts/base/web.html", 'content="light dark"', 'content="light"')
    (about,) = verified(made, "build" / EN, code=1)
    assert about["changed"] == [{"kind": "layout", "name": "layouts/base"}]


def test_another_version_of_a_library_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = inputs.tools
    monkeypatch.setattr("plainleaf.provenance.noting.tools", lambda form: usual(form) | {"babel": "99"})
    (about,) = verified(made, "build" / EN, code=1)
    (changed,) = about["changed"]
    assert changed["kind"] == "tool" and changed["name"].startswith("babel ") and changed["name"].endswith("now 99")


def test_what_no_page_shows_makes_nothing_out_of_date(made: Path, replaced: Edit) -> None:
    replaced(made / "locales/es/LC_MESSAGES/inhaler.po", 'msgid ""\nmsgstr ""', '# a note\nmsgid ""\nmsgstr ""')
    assert verified(made, "build" / EN, code=0)


def test_a_leaflet_that_is_gone_or_has_errors(made: Path, replaced: Edit) -> None:
    replaced(made / "sources/inhaler.md", "## How to use it", "#### How to use it")
    assert "its text has errors today" in said(made, "build" / EN)
    (made / "sources/inhaler.md").rename(made / "sources/puffer.md")
    assert "no longer exists" in said(made, "build" / EN)
    (made / "sources/clinics/sample.toml").rename(made / "sources/clinics/other.toml")
    (about,) = verified(made, "build" / EN, code=1)
    assert about["state"] == "out-of-date" and "“sample”" in about["why"]


def test_a_file_that_was_changed_is_told_from_one_that_nobody_knows(made: Path, tmp_path: Path) -> None:
    other, strange = tmp_path / "desk" / EN, tmp_path / "x.pdf"
    other.parent.mkdir(parents=True)
    shutil.copy(made / "build" / EN, other)
    for file in (made / "build" / EN, other):
        file.write_bytes(file.read_bytes().replace(b"4 puffs", b"6 puffs"))
    strange.write_bytes(b"%PDF-1.7\n")
    found = verified(made, made / "build" / EN, other, strange, made / "build" / ES, code=1)
    assert [each["state"] for each in found] == ["changed", "changed", "unknown", "current"]
    assert all(each["why"] and each["hint"] for each in found[:3])


def test_what_cannot_be_read_is_said_and_nothing_waits(made: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    odd = (tmp_path / "pipe.pdf", tmp_path / "none.pdf", tmp_path, "bad\udcff\x1b[2J.pdf", "a" * 5000)
    found = verified(made, *odd, code=1)
    assert {each["state"] for each in found} == {"unreadable"}
    assert "a pipe" in found[0]["why"] and "no such file" in found[1]["why"]
    assert "\x1b" not in said(made, *odd)


def test_a_list_that_is_damaged_or_not_there_is_a_finding(made: Path) -> None:
    path = made / "build" / FILE
    path.write_bytes(path.read_bytes()[:-50])
    text = said(made, "build" / EN)
    assert "build/provenance.json" in text and "is not JSON" in text and "publish" in text
    verified(made, "build" / EN, code=1)
    path.unlink()
    assert "there is no record of published files" in said(made, "build" / EN)
    verified(made, "build" / EN, code=1)


def test_a_list_beside_a_file_from_elsewhere_is_not_believed(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "build", tmp_path / "mail")
    shutil.rmtree(made / "build")
    verified(made, tmp_path / "mail" / EN, code=1)
    done = plainleaf("verify", "--output", str(tmp_path / "mail"), str(tmp_path / "mail" / EN), root=made)
    assert done.returncode == 0, "whoever names the folder trusts it"


def test_wrong_usage(made: Path, tmp_path: Path) -> None:
    assert plainleaf("verify", root=made).returncode == 2
    assert plainleaf("verify", "x.pdf", root=tmp_path).returncode == 2


def test_each_clinic_has_its_own(made: Path) -> None:
    folder = made / "sources/clinics"
    shutil.copy(folder / "sample.toml", folder / "north.toml")
    (made / "plainleaf.toml").write_text('clinic = "sample"\n', encoding="utf-8")
    publish(made, "--clinic", "all")
    (about,) = verified(made, made / "build/north" / EN, code=0)
    assert about["clinic"] == "north"
    (folder / "north.toml").write_text(
        (folder / "north.toml").read_text("utf-8").replace("Springfield", "North"), "utf-8"
    )
    (about,) = verified(made, made / "build/north" / EN, code=1)
    assert about["hint"].startswith("run ") and "--clinic north," in about["hint"]
