"""A format of another package appears everywhere, though nothing of ours names it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.conftest import plainleaf

CODE = """
from plainleaf.formats.base import Format, Made, Parts, Prepared
from plainleaf.layouts.reading_order import reading_order

def prepare(project, edition, beside, layout, texts, name):
    said = "\\n".join(each.text for each in reading_order(edition, project.clinic))
    return Prepared(name, edition.leaflet.at, said, about=said)

def write(prepared, limits):
    text = prepared.content.encode()
    return Made({suffix_of(prepared.name): text}, size=f"{len(text)} letters")

def suffix_of(name):
    return name[name.rindex("."):]

def wanted(edition):
    return "it is for English alone" if edition.locale.name != "en" else ""

TEXT = Format("sample-text", "Sample of plain text", ".txt", "text/plain", "linear", prepare, write)
LEAVES = Format("leaves", "Sample of leaves", ".leaves", "text/x-leaves", "paged", prepare, write, wanted=wanted)
"""
POINTS = "[plainleaf.formats]\nsample-text = sample_formats_{0}:TEXT\nleaves = sample_formats_{0}:LEAVES\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with two formats; gives its code."""
    site = tmp_path / "site"
    about = site / "sample_formats-1.dist-info"
    about.mkdir(parents=True)
    name = tmp_path.name.replace("-", "_")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-formats\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(POINTS.format(name), encoding="utf-8")
    code = site / f"sample_formats_{name}.py"
    code.write_text(CODE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, code.stem, raising=False)
    return code


def test_it_is_made_listed_and_kept(content: Path, package: Path) -> None:
    publish = ("publish", "--format", "sample-text", "--format", "leaves", "--layout", "a4")
    done = plainleaf(*publish, root=content)
    assert done.returncode == 0, done.stderr
    build = content / "build/inhaler"
    assert sorted(path.name for path in build.iterdir() if path.suffix in (".leaves", ".txt")) == [
        "inhaler.en.a4.leaves",
        "inhaler.en.txt",
        "inhaler.es.txt",
    ]
    assert "Take 2 puffs" in (build / "inhaler.en.txt").read_text(encoding="utf-8")
    assert "sample-text" in done.stdout and "a4 leaves" in done.stdout and "letters" in done.stdout
    for folder, tag, file in (("staff/print-list/inhaler", "es", "txt"), ("staff/print-list/inhaler", "en", "leaves")):
        page = (content / f"build/{folder}/{tag}.html").read_text(encoding="utf-8")
        assert f'.{file}" type="text/' in page and ("Sample of plain text" in page) is True
    offered = (build / "es/formats.html").read_text(encoding="utf-8")
    assert '<bdi lang="en">Sample of plain text</bdi>' in offered and 'href="../../inhaler/inhaler.es.txt"' in offered
    status = (content / "build/staff/status/index.html").read_text(encoding="utf-8")
    assert "Sample of plain text (2" in " ".join(status.split())
    assert "0 of them made now" in plainleaf(*publish, root=content).stdout
    package.write_text(f"{CODE}\n# another version\n", encoding="utf-8")
    assert "3 of them made now" in plainleaf(*publish, root=content).stdout


def test_programs_hear_of_it(content: Path, package: Path) -> None:
    (content / "plainleaf.toml").write_text('formats = ["sample-text"]\n', encoding="utf-8")
    assert plainleaf("publish", root=content).returncode == 0
    told = {each["format"]: each for each in json.loads(plainleaf("status", "--json", root=content).stdout)["formats"]}
    assert told["sample-text"]["asked"] and not told["leaves"]["asked"] and not told["pdf"]["files"]
    assert told["sample-text"]["files"] == ["inhaler/inhaler.en.txt", "inhaler/inhaler.es.txt"]


def test_what_is_not_made_of_it_says_why(content: Path, package: Path) -> None:
    done = plainleaf("publish", "--format", "leaves", "--layout", "a4", "--locale", "es", root=content)
    assert done.returncode == 2 and "English alone" in done.stderr
    assert not (content / "build/inhaler").exists()


@pytest.mark.parametrize(
    ("old", "new"), [("    said =", "    1 / 0\n    said ="), ("    text =", "    1 / 0\n    text =")]
)
def test_one_that_fails_is_a_finding_and_no_traceback(content: Path, package: Path, old: str, new: str) -> None:
    package.write_text(CODE.replace(old, new), encoding="utf-8")
    done = plainleaf("publish", "--format", "sample-text", root=content)
    assert done.returncode == 1 and "ZeroDivisionError" in done.stderr and "inhaler.es.txt" in done.stderr
    assert not (content / "build/inhaler").exists()


def test_without_the_package_its_files_are_left_over(
    content: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plainleaf("publish", "--format", "sample-text", root=content)
    monkeypatch.undo()
    (content / "plainleaf.toml").write_text('formats = ["html"]\n', encoding="utf-8")
    done = plainleaf("publish", root=content)
    assert done.returncode == 0 and "left-over" in done.stderr and "inhaler.es.txt" in done.stderr
