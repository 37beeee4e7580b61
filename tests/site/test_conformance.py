"""A conformance report as the command gives it: a few lines, a page to keep, and JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest
from tinyhtml5.parser import HTMLParser

from plainleaf.reading.conformance.protocol import CONDITIONS
from tests.conftest import plainleaf
from tests.reading.whole import Whole
from tests.reading.written import pdf, stream


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("conformance") / "whole.pdf"
    path.write_bytes(Whole().bytes())
    return path


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    path = tmp_path / "spoilt.pdf"
    spoilt = Whole()
    del spoilt.parts["Figure"].Alt
    path.write_bytes(spoilt.bytes())
    return path


def test_a_good_file_ends_with_0_and_says_what_is_open(whole: Path) -> None:
    done = plainleaf("conformance", str(whole))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "whole.pdf: 1 page, language en, says to be PDF/UA-1" in done.stdout
    tally = dict(re.findall(r"^([a-z ]+?) +(\d+) *$", done.stdout, re.MULTILINE))
    assert tally["failed"] == "0"
    assert sum(map(int, tally.values())) == len(CONDITIONS)
    assert "questions are for a person: --html" in done.stdout


def test_a_fault_ends_with_1_and_says_where(spoilt: Path) -> None:
    done = plainleaf("--quiet", "conformance", str(spoilt))
    assert done.returncode == 1
    assert done.stdout.startswith(
        "failed: 13-004 (7.3-3) Each figure has a text in its place.\n    page 1: a picture has no text in its place\n"
    )
    assert "page-validation" in done.stdout


def test_json_has_every_condition(spoilt: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for path in (first, second):
        assert plainleaf("conformance", str(spoilt), "--json", str(path)).returncode == 1
    assert first.read_bytes() == second.read_bytes()
    told = json.loads(first.read_text(encoding="utf-8"))
    assert told["version"] == 1 and told["protocol"]["conditions"] == len(CONDITIONS)
    conditions = [each for checkpoint in told["checkpoints"] for each in checkpoint["conditions"]]
    assert [each["id"] for each in conditions] == list(CONDITIONS)
    picture = next(each for each in conditions if each["id"] == "13-004")
    assert (picture["state"], picture["looked_at"]) == ("failed", 1)
    assert picture["failures"] == [{"page": 1, "what": "a picture has no text in its place"}]
    assert told["tally"]["failed"] == 1 == sum(each["state"] == "failed" for each in conditions)
    assert told["second_opinion"]["problems"]


def test_the_page_is_valid_and_asks_beside_the_picture(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "report.html"
    out.parent.mkdir()
    done = plainleaf("conformance", str(whole), "--html", str(out))
    assert (done.returncode, done.stderr) == (0, f"See {out}\n")
    html = out.read_text(encoding="utf-8")
    parser = HTMLParser()
    parser.parse(html)
    assert parser.errors == []
    assert "<script" not in html and 'style="' not in html
    assert html.count('src="data:image/png;base64,') == 1, "one page, once"
    beside = html.split('id="page-1"')[1].split("</div>\n</div>")[0]
    assert "Is this picture's text what a reader needs to know from it?" in beside.replace("&#39;", "'")
    assert '<bdi lang="en" dir="auto">a cup</bdi>' in beside
    for condition in CONDITIONS:
        assert f'id="condition-{condition}"' in html
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    targets = {part.split('"')[0] for part in html.split('href="#')[1:]}
    assert targets <= set(ids)


def test_what_a_file_says_is_text_on_the_page(tmp_path: Path) -> None:
    path, out = tmp_path / "sly.pdf", tmp_path / "sly.html"
    sly = Whole()
    sly.parts["Figure"].Alt = "<script>alert(1)</script>"
    sly.parts["Figure"].Lang = '"><b>'
    path.write_bytes(sly.bytes())
    plainleaf("conformance", str(path), "--html", str(out))
    html = out.read_text(encoding="utf-8")
    assert "<script" not in html and '"><b>' not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"no PDF at all", "it is no PDF"), (b"%PDF-1.7\n%%EOF", "it is damaged")],
    ids=["another kind of file", "a stump"],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    done = plainleaf("conformance", str(path), "--html", str(tmp_path / "out.html"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"plainleaf: file.pdf cannot be judged: {said}")
    assert "How to fix: " in done.stderr
    assert not (tmp_path / "out.html").exists()


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    done = plainleaf("conformance", str(tmp_path / "none.pdf"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no file" in done.stderr


def test_a_file_without_tags_has_a_report_too(tmp_path: Path) -> None:
    path, out = tmp_path / "bare.pdf", tmp_path / "bare.html"
    path.write_bytes(pdf({10: stream("BT /F1 9 Tf (a word) Tj ET")}))
    done = plainleaf("conformance", str(path), "--html", str(out))
    assert done.returncode == 1
    assert "no tags: a screen reader can only guess" in done.stdout
    assert "How to fix: name the accessible file" in done.stdout
    assert "The file has no tags" in out.read_text(encoding="utf-8")


def test_a_file_behind_a_password_has_a_short_report(tmp_path: Path) -> None:
    path, out = tmp_path / "shut.pdf", tmp_path / "shut.html"
    path.write_bytes(Whole().bytes(encryption=pikepdf.Encryption(owner="o", user="secret")))
    done = plainleaf("conformance", str(path), "--html", str(out))
    assert done.returncode == 1
    assert done.stdout.startswith("shut.pdf: the file is encrypted, and does not open without a password\n")
    assert len(done.stdout.splitlines()) < 15 and "no tags" not in done.stdout
    page = out.read_text(encoding="utf-8")
    assert "What is inside cannot be judged: the file is encrypted" in page
    assert "not PDF/UA<" not in page and 'href="#fault-' not in page
