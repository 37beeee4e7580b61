"""The table of formats: ours, those of other packages, and what keeps one of these out of it."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from plainleaf.formats import base
from plainleaf.formats.base import FORMATS, GROUP, Format, Made, Prepared
from plainleaf.model import Location


def prepare(*_: object) -> Prepared:
    return Prepared("sample", Location("sources/sample.md"))


def write(*_: object) -> Made:
    return Made({})


SAMPLE = Format("sample", "Sample", ".sample", "text/plain", "linear", prepare, write)
SAME_NAME = Format("pdf", "Another PDF", ".pdf2", "text/plain", "linear", prepare, write)
SAME_SUFFIX = Format("print", "Another PDF", ".pdf", "text/plain", "linear", prepare, write)
NOT_TO_SEND = Format("local", "Local", ".local", "text/plain", "linear", prepare, lambda *_: Made({}))
ODD_SUFFIX = Format("odd", "Odd", "/../odd", "text/plain", "linear", prepare, write)
NO_FORMAT = "sample"


def registered(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    points = [EntryPoint(name.lower(), name if ":" in name else f"{__name__}:{name}", GROUP) for name in names]
    monkeypatch.setattr(base, "_others", lambda _path: tuple(points))


def test_pdf_is_the_first() -> None:
    assert next(iter(FORMATS)) == "pdf" and FORMATS["pdf"].paged
    assert not base.faults(Location("plainleaf.toml"))


def test_another_package_adds_one_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    registered(monkeypatch, "SAMPLE")
    assert FORMATS["sample"] == SAMPLE and "pdf" in FORMATS
    monkeypatch.undo()
    assert "sample" not in FORMATS


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("SAME_NAME", "“pdf”"),
        ("SAME_SUFFIX", "end in .pdf"),
        ("NOT_TO_SEND", "another process"),
        ("ODD_SUFFIX", "suffix"),
        ("NO_FORMAT", "is not a plainleaf.formats.base.Format"),
        ("MISSING", "AttributeError"),
        ("no_such_package:FORMAT", "ModuleNotFoundError"),
    ],
)
def test_one_that_cannot_be_used_is_a_finding_and_the_others_work(
    monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    registered(monkeypatch, name, "SAMPLE")
    (finding,) = base.faults(Location("plainleaf.toml"))
    assert why in finding.message and name.lower() in finding.message and finding.at.file == "plainleaf.toml"
    assert FORMATS["sample"] == SAMPLE and FORMATS["pdf"].suffix == ".pdf"
