"""Where the output folder lies on the web: codes on paper open the pages there."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.clinics.details import leaflet_address
from plainleaf.languages import cldr
from plainleaf.model import Severity
from tests import crawl
from tests.conftest import TODAY, plainleaf

SITE = "https://leaflets.example/health"


def test_codes_open_the_page_of_the_leaflet_in_its_language(content: Path) -> None:
    before = project.load(content)
    (content / "plainleaf.toml").write_text(f'site-url = "{SITE}/"\n', encoding="utf-8")
    after = project.load(content)
    assert before.site == "" and after.site == SITE and after.findings == before.findings
    assert after.clinic and before.clinic and before.clinic.leaflets != after.clinic.leaflets
    assert leaflet_address(after.clinic, "inhaler", after.locales["es"]) == f"{SITE}/inhaler/es/"
    found = list(pipeline.editions(after, pipeline.Choice(), TODAY))
    assert f"{SITE}/inhaler/es/".encode() in _printed(after, found, "es")


def _printed(content: project.Project, found: list[pipeline.Found], locale: str) -> bytes:
    plan = planning.plan(content, found)
    jobs = (job for path, job in plan.jobs.items() if job.form.name == "pdf" and f".{locale}." in path)
    return next(jobs).prepared.content.html.encode()


def test_a_clinic_with_a_folder_of_its_own_has_it_in_the_address_too(content: Path) -> None:
    clinics = content / "sources/clinics"
    (clinics / "other.toml").write_bytes((clinics / "sample.toml").read_bytes())
    (content / "plainleaf.toml").write_text(f'site-url = "{SITE}"\nclinic = "sample"\n', encoding="utf-8")
    assert [project.load(content, name).site for name in ("", "other")] == [SITE, f"{SITE}/other"]


def test_what_one_run_was_told_is_what_verify_goes_by(content: Path) -> None:
    made = plainleaf("publish", "--format", "html", "--locale", "es", "--site-url", SITE, root=content)
    page = content / "build/inhaler/es/index.html"
    assert made.returncode == 0 and f"{SITE}/inhaler/es/" in page.read_text(encoding="utf-8")
    assert plainleaf("verify", str(page), root=content).returncode == 0
    assert list(crawl.faults(content / "build")) == [], "sources are not on the web"
    (content / "plainleaf.toml").write_text(f'site-url = "{SITE}/other"\n', encoding="utf-8")
    assert plainleaf("verify", str(page), root=content).returncode == 0, "the command line goes before the settings"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("es", "es_ES"),
        ("pt_BR", "pt_BR"),
        ("zh_Hans", "zh_CN"),
        ("zh_Hant", "zh_TW"),
        ("en", "en_US"),
        ("prs", "fa_AF"),
        ("xx", ""),
    ],
)
def test_a_card_names_the_language_with_a_territory(name: str, said: str) -> None:
    assert cldr.with_territory(name) == said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("leaflets.example", "is not a web address"),
        ("ftp://leaflets.example", "is not a web address"),
        ("https://leaflets example", "is not a web address"),
        ("https://leaflets.example/?page=", "no file can lie below it"),
        ("https://leaflets.example/{leaflet}", "no file can lie below it"),
        ("javascript:alert(1)", "is not a web address"),
    ],
)
def test_an_address_that_is_none_is_told_at_its_line_and_printed_nowhere(
    content: Path, address: str, said: str
) -> None:
    (content / "plainleaf.toml").write_text(f'locales = ["es"]\nsite-url = "{address}"\n', encoding="utf-8")
    loaded = project.load(content)
    (finding,) = (each for each in loaded.findings if each.at.file == "plainleaf.toml")
    assert finding.severity is Severity.ERROR and finding.at.line == 2 and said in finding.message and finding.hint
    assert loaded.site == "" and loaded.clinic and address not in loaded.clinic.leaflets
    done = plainleaf("publish", "--site-url", address, root=content)
    assert done.returncode == 2 and said in done.stderr
