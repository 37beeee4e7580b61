"""Bad input stops its own edition and nothing else: a finding with its line, the last good PDF where it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import OURS, TESTS, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
PO = Path("locales/es/LC_MESSAGES/inhaler.po")
PDF = Path("build/inhaler/inhaler.es.a4.pdf")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def built(root: Path, *more: str) -> tuple[int, str]:
    done = plainleaf("build", "--layout", "a4", *more, root=root)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


# what a translator (or a bug, or an enemy) writes -> the finding's id, and words that the reader sees
BAD = {
    "script": ("Llame al {emergency_number} si", "Llame al {emergency_number} <script>alert(1)</script> si", "po-tag"),
    "template": ("Primero agítelo.", "Primero {{ 7*7 }} agítelo.", "po-placeholder"),
    "dropped tag": ("Inhale <b>2 veces</b> con", "Inhale 2 veces con", "po-tag"),
    "unclosed tag": ("Inhale <b>2 veces</b> con", "Inhale <b>2 veces con", "po-tag"),
    "missing placeholder": ("Llame al {clinic_phone} o lea", "Llame o lea", "po-placeholder"),
    "foreign link": ("<a1>nuestra página</a1>", "<a href='https://evil.example'>nuestra página</a>", "po-tag"),
    "empty box": ("Personas que tienen asma", "Personas que tienen asma \U0001f600", "glyph-missing"),
}


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("once") / "my leaflets"
    shutil.copytree(TESTS / "content", root)
    assert built(root)[0] == 0
    return root


@pytest.mark.parametrize(("good", "bad", "check"), BAD.values(), ids=BAD)
def test_a_bad_translation_is_named_and_the_last_good_pdf_stays(
    published_once: Path, tmp_path: Path, replaced: Edit, good: str, bad: str, check: str
) -> None:
    content = tmp_path / "my leaflets"
    shutil.copytree(published_once, content)
    before = hashlib.sha256((content / PDF).read_bytes()).hexdigest()
    replaced(content / PO, good, bad)
    code, said = built(content)
    assert code == 1
    assert f"[{check}]" in said
    assert f"{PO}:{line_of(content / PO, bad) - 1}" in said  # an entry is named by the line of its msgid
    assert "sources/inhaler.md:" in said
    assert hashlib.sha256((content / PDF).read_bytes()).hexdigest() == before
    assert "Out of date since" in (content / "build/staff/print-list/inhaler/es.html").read_text(encoding="utf-8")
    assert "up to date: inhaler/inhaler.en.a4.pdf" in said


def test_broken_syntax_is_named_with_its_line(content: Path, replaced: Edit) -> None:
    replaced(content / PO, 'msgstr "Cómo usarlo"', 'msgstr "Cómo usarlo')
    code, said = built(content)
    assert code == 1
    assert f"{PO}:{line_of(content / PO, 'Cómo usarlo')}: error" in said
    assert "[po-syntax]" in said
    assert "a quotation mark is missing" in said


def test_latin_1_bytes_are_named_with_their_line(content: Path) -> None:
    text = (content / PO).read_text(encoding="utf-8").replace("“", "").replace("”", "")
    (content / PO).write_bytes(text.encode("latin-1"))
    code, said = built(content)
    assert code == 1
    first = next(number for number, line in enumerate(text.split("\n"), 1) if not line.isascii())
    assert f"{PO}:{first}: error: is not UTF-8" in said


def test_an_untranslated_or_fuzzy_message_is_never_printed(content: Path, replaced: Edit) -> None:
    replaced(content / PO, 'msgid "How to use it"', '#, fuzzy\nmsgid "How to use it"')
    code, said = built(content)
    assert code == 0 and "13 of 14 texts translated, 1 marked fuzzy" in said
    assert not (content / PDF).exists()
    assert "is marked fuzzy" in plainleaf("check", "--all", root=content).stdout


# what a writer does wrong in the source
SOURCE = {
    "raw HTML": ("Shake it first.", "Shake it <b>first</b>.", "source-html"),
    "unknown clinic detail": ("{clinic_phone}", "{clinic_fone}", "clinic-detail"),
    "unknown reference": ('refs="example2020"', 'refs="example2021"', "source-reference-unknown"),
    "script link": ("https://clinic.example/asthma", "javascript:alert(1)", "source-link-target"),
    "overdue": ("review-by: 2028-11-01", "review-by: 2026-11-02", "review-overdue"),
}


@pytest.mark.parametrize(("good", "bad", "check"), SOURCE.values(), ids=SOURCE)
def test_a_source_with_a_mistake_is_not_published(
    content: Path, replaced: Edit, good: str, bad: str, check: str
) -> None:
    replaced(content / "sources/inhaler.md", good, bad)
    code, said = built(content)
    assert code == 1
    assert f"[{check}]" in said
    assert "sources/inhaler.md:" in said
    assert not list((content / "build").glob("**/*.pdf"))


def test_a_wrong_key_in_the_clinics_file_is_wrong_settings(content: Path, replaced: Edit) -> None:
    replaced(content / "sources/clinics/sample.toml", 'phone = "+1 202-555-0142"', 'fone = "+1 202-555-0142"')
    code, said = built(content)
    assert code == 2
    assert "did you mean “phone”?" in said
    assert "sources/clinics/sample.toml:" in said


def test_a_picture_outside_the_project_is_not_read(content: Path, replaced: Edit) -> None:
    (content.parent / "secret.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>", encoding="utf-8"
    )
    (content / "sources/way-out.svg").symlink_to(content.parent / "secret.svg")
    replaced(content / "sources/inhaler.md", "Shake it first.", "![A way out](way-out.svg)\n\nShake it first.")
    code, said = built(content, "--locale", "en")
    assert code == 1
    assert "[file-refused]" in said
    assert "sources/way-out.svg: error: is a link to a place outside the root" in said


def test_a_render_that_takes_too_long_is_stopped_and_the_others_go_on(content: Path, replaced: Edit) -> None:
    """In a process of its own, whose workers are heard too. A fifth of the least time that may be set will do."""
    (content / "pyproject.toml").write_text("[tool.plainleaf]\ntime-limit = 5\n", encoding="utf-8")
    point = "- Take **2 puffs** with a 50 microgram inhaler."
    replaced(content / "sources/inhaler.md", point, "\n".join([point, *["- And **wait**, then wait again."] * 1_000]))
    code = (
        "import sys\nfrom plainleaf import pipeline\nfrom plainleaf.cli import main as cli\n"
        "limits = pipeline.Limits\npipeline.Limits = lambda seconds, memory: limits(seconds // 5, memory)\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "build", "--layout", "a4", "--locale", "en"]
    environment = os.environ | OURS
    done = subprocess.run(command, cwd=content, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "took more than 1 s of processor time" in done.stderr
    assert "[render-limit]" in done.stderr
    assert "Traceback" not in done.stderr
