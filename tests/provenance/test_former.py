"""What was replaced or taken away is noted, line by line, so that ``verify`` knows old papers and old files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf.provenance import former
from plainleaf.provenance.former import FILE, Former
from plainleaf.provenance.statement import Entry, Statement
from tests.provenance.conftest import EN, ES, publish
from tests.provenance.test_digest import asked, on
from tests.provenance.test_verifying import said, verified

DAY = date(2026, 12, 1)
OLD = Entry(
    {"x/x.en.pdf": "a" * 64}, "x", "en", "", "a4", (), "pdf", "c" * 64, version="x en 2026-05-01", digest="1a2b 3c4d"
)
NEW = replace(OLD, files={"x/x.en.pdf": "b" * 64}, version="x en 2026-11-01", digest="5e6f 7a8b")
GONE = Former("x/x.en.pdf", "sample", "x en 2026-05-01", "1a2b 3c4d", ("a" * 64,), DAY, "x en 2026-11-01 · 5e6f 7a8b")


def test_what_gave_way_to_another_file_is_noted_with_the_day_and_its_successor() -> None:
    before = Statement("sample", {"x/x.en.pdf": OLD, "x/x.es.pdf": OLD})
    assert list(former.replaced(before, {"x/x.en.pdf": NEW, "x/x.es.pdf": OLD}, DAY)) == [GONE]
    (withdrawn,) = former.replaced(Statement("sample", {"x/x.en.pdf": OLD}), {}, DAY)
    assert withdrawn.by == "" and "removed" in withdrawn.why
    assert "on 2026-12-01 x en 2026-11-01 · 5e6f 7a8b replaced it" in GONE.why


def test_lines_are_added_the_newest_is_first_and_a_damaged_one_stays(tmp_path: Path) -> None:
    other = replace(GONE, digest="ffff ffff")
    former.note(tmp_path, [GONE])
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes() + b'{"path": 1}\n[]\n\xff{\n')
    former.note(tmp_path, [other])
    assert former.known(tmp_path) == (other, GONE)
    assert b"\xff{" in (tmp_path / FILE).read_bytes()
    former.note(tmp_path, [])
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 5


def test_of_too_many_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former, "MOST", 2)
    each = [replace(GONE, digest=f"0000 000{number}") for number in range(3)]
    former.note(tmp_path, each)
    assert former.known(tmp_path) == (each[2], each[1])


@pytest.mark.usefixtures("two_layouts")
def test_an_old_paper_and_an_old_file_are_known_as_such(
    made: Path, tmp_path: Path, replaced: Callable[[Path, str, str], None]
) -> None:
    _, digest = on(made / "build" / EN)
    drawer = tmp_path / "old.html"
    shutil.copy(made / "build" / EN, drawer)
    replaced(made / "sources/inhaler.md", "Shake it first", "Shake it well first")
    publish(made, "--locale", "en")
    version, newer = on(made / "build" / EN)
    for (about,) in (asked(made, digest, code=1), verified(made, drawer, code=1)):
        assert (about["state"], about["artifact"], about["clinic"]) == ("out-of-date", EN.as_posix(), "sample")
        assert f"{version} · {newer} replaced it" in about["why"] and "2026-12-01" in about["why"]
    assert asked(made, newer)[0]["state"] == "current"
    other, long, place = tmp_path / "desk" / ES, tmp_path / "long.html", made / "build" / ES
    other.parent.mkdir(parents=True)
    shutil.copy(made / "build" / EN, other)
    long.write_bytes((made / "build" / EN).read_bytes() + b"\n<p>Take 40 puffs</p>")
    found = verified(made, other, long, code=1)
    assert [each["state"] for each in found] == ["changed", "changed"]
    assert "has the name of inhaler/es/index.html but is inhaler/en/index.html" in found[0]["why"]
    assert "with something added at its end" in found[1]["why"]
    shutil.copy(made / "build" / EN, place)
    assert "has the name of" in said(made, place), "a file in another one's place"
    assert "OUT OF DATE" in said(made, drawer) and " replaced it" in said(made, drawer)
