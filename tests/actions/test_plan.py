"""What is not current never poses as current: it is refused and says since when, or shows its source, marked."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from plainleaf import pipeline, project
from plainleaf.model import Edition, Finding, Severity
from tests import shipped, tagtree
from tests.conftest import TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
PO = Path("locales/es/LC_MESSAGES/inhaler.po")
PDF = Path("build/inhaler/inhaler.es.a4.pdf")
PAGE = "build/staff/print-list/inhaler/es.html"
BUILD = ("build", "--layout", "a4", "--locale", "es")


def show_source(root: Path, policy: str = "show-source") -> None:
    (root / "pyproject.toml").write_text(f'[tool.plainleaf]\nuntranslated = "{policy}"\n', encoding="utf-8")


def edition(root: Path, locale: str = "es") -> tuple[Edition, tuple[Finding, ...]]:
    return next(pipeline.editions(project.load(root), pipeline.Choice(("inhaler",), (locale,)), TODAY))


def checks(findings: tuple[Finding, ...]) -> set[tuple[str, Severity]]:
    return {(finding.check, finding.severity) for finding in findings}


# --------------------------------------------------------------------------- refuse


def test_the_last_good_pdf_says_since_when_it_is_out_of_date_and_why(
    content: Path, replaced: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plainleaf(*BUILD, root=content).returncode == 0
    before = (content / PDF).read_bytes()
    replaced(content / "sources/inhaler.md", "Take 4 puffs", "Take 6 puffs")
    done = plainleaf(*BUILD, root=content)
    assert done.returncode == 1
    assert "OUT OF DATE since 2026-12-01" in done.stdout
    page = (content / PAGE).read_text(encoding="utf-8")
    why = re.search(r"Out of date since December 1, 2026, because\s+([^<]+)", page)
    assert why and f"{PO}: " in why[1] and "Take 6 puffs" in why[1] and "safety message" in why[1]
    assert (content / PDF).read_bytes() == before

    later = str(int(os.environ["SOURCE_DATE_EPOCH"]) + 5 * 86_400)  # the day when it was found stays
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    assert "OUT OF DATE since 2026-12-01" in plainleaf(*BUILD, root=content).stdout
    assert "Out of date since December 1, 2026" in (content / PAGE).read_text(encoding="utf-8")

    replaced(content / "sources/inhaler.md", "Take 6 puffs", "Take 4 puffs")  # mended: all is as it was
    assert plainleaf(*BUILD, root=content).returncode == 0
    assert "Out of date" not in (content / PAGE).read_text(encoding="utf-8")


def test_what_was_not_made_anew_is_out_of_date_too(content: Path, replaced: Edit) -> None:
    assert plainleaf("build", "--layout", "a4", root=content).returncode == 0
    replaced(content / "sources/clinics/sample.toml", "+1 202-555-0142", "+1 202-555-0199")
    assert plainleaf(*BUILD, root=content).returncode == 0  # Spanish only: the English one has the old number
    english = (content / PAGE.replace("es.html", "en.html")).read_text(encoding="utf-8")
    assert "Out of date since December 1, 2026" in english and "publish again to see why" in english


# --------------------------------------------------------------------------- show-source

LOST = {
    "untranslated": ('msgstr "Primero agítelo. Luego eche el aire."', 'msgstr ""', "po-untranslated"),
    "fuzzy": ('msgid "Shake it first.', '#, fuzzy\nmsgid "Shake it first.', "po-fuzzy"),
    "missing": ('msgid "Shake it first.', 'msgid "Shake it well first.', "po-missing"),
}


@pytest.mark.parametrize(("old", "new", "check"), LOST.values(), ids=LOST)
def test_a_text_without_a_translation_stops_its_edition_unless_the_clinic_chooses_otherwise(
    content: Path, replaced: Edit, old: str, new: str, check: str
) -> None:
    replaced(content / PO, old, new)
    for policy in (None, "refuse"):
        show_source(content, policy) if policy else None
        assert checks(edition(content)[1]) == {(check, Severity.ERROR)}
    show_source(content)
    made, findings = edition(content)
    assert checks(findings) == {(check, Severity.WARNING)}
    assert made.draft
    assert [block.language for block in made.walk() if block.language] == ["en"]


SAFETY = {
    "untranslated": (PO, 'msgstr "Espere 4 horas antes de usarlo otra vez."', 'msgstr ""'),
    "fuzzy": (PO, 'msgid "Wait 4 hours', '#, fuzzy\nmsgid "Wait 4 hours'),
    "missing": (PO, 'msgid "Wait 4 hours', 'msgid "Wait 5 hours'),
    "changed": (Path("sources/inhaler.md"), "Wait 4 hours", "Wait 6 hours"),
}


@pytest.mark.parametrize(("file", "old", "new"), SAFETY.values(), ids=SAFETY)
def test_a_safety_text_without_a_translation_always_stops_its_edition(
    content: Path, replaced: Edit, file: Path, old: str, new: str
) -> None:
    show_source(content)
    replaced(content / file, old, new)
    made, findings = edition(content)
    assert {severity for _, severity in checks(findings)} == {Severity.ERROR}
    assert all(block.safety for block in made.walk() if block.language)


def test_a_language_in_which_nothing_is_translated_is_no_edition(content: Path) -> None:
    show_source(content)
    assert plainleaf("init", "de", root=content).returncode == 0
    assert {severity for _, severity in checks(edition(content, "de")[1])} == {Severity.ERROR}


def test_a_policy_that_nobody_knows_is_wrong_settings(content: Path) -> None:
    show_source(content, "show")
    done = plainleaf("check", root=content)
    assert done.returncode == 2
    assert "[settings]" in done.stdout and "one of: refuse, show-source" in done.stdout


ARABIC = {
    "Your blue inhaler": "بخاخك الأزرق",
    "How to use your blue inhaler when it is hard to breathe.": "كيف تستعمل بخاخك الأزرق عندما يصعب عليك التنفس.",
    "People who have asthma": "المصابون بالربو",
    "Call {emergency_number} if you cannot speak": "اتصل بالرقم {emergency_number} إذا كنت لا تستطيع الكلام",
    "<b>Do not wait.</b> Take 4 puffs, one by one.": "<b>لا تنتظر.</b> خذ 4 بخات، واحدة بعد أخرى.",
    "How to use it": "كيف تستعمله",
    "Shake it first. Then breathe out.": "رجّه أولًا. ثم أخرج الهواء.",
    "Take <b>2 puffs</b> with a 50 microgram inhaler.": "خذ <b>بختين (2)</b> من بخاخ بتركيز 50 مكغ.",
    "Wait 4 hours before you use it again.": "انتظر 4 ساعات قبل أن تستعمله مرة أخرى.",
    "In a sample study, 9 of 10 people felt better.": "في دراسة، شعر 9 من كل 10 أشخاص بتحسن.",
    "Words to know": "كلمات يفيد أن تعرفها",
    "asthma": "الربو",
    "An illness that makes it hard to breathe.": "مرض يجعل التنفس صعبًا.",
    "Questions? Call {clinic_phone} or read <a1>our page</a1>.": (
        "هل لديك أسئلة؟ اتصل بالرقم {clinic_phone} أو اقرأ <a1>صفحتنا</a1>."
    ),
}


def translate(path: Path, words: dict[str, str]) -> None:
    catalog = polib.pofile(str(path), wrapwidth=-1)
    for entry in catalog.untranslated_entries():
        entry.msgstr = words[entry.msgid]
    catalog.save()


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_the_source_text_is_marked_for_eyes_and_for_screen_readers(content: Path, replaced: Edit, locale: str) -> None:
    show_source(content)
    if locale == "ar":
        assert plainleaf("init", "ar", root=content).returncode == 0
        translate(content / "locales/ar/LC_MESSAGES/inhaler.po", ARABIC)
    po = content / f"locales/{locale}/LC_MESSAGES/inhaler.po"
    replaced(po, 'msgid "Shake it first.', '#, fuzzy\nmsgid "Shake it first.')
    done = plainleaf("build", "--layout", "a4", "--locale", locale, root=content)
    assert done.returncode == 0, done.stderr
    assert "1 marked fuzzy; the others are printed in the language of the source" in done.stderr
    path = content / f"build/inhaler/inhaler.{locale}.a4.pdf"
    assert tagtree.dump(path.read_bytes()).startswith(f"Document lang={locale}")
    said = plainleaf("read", str(path), root=content).stdout
    assert "[en] [en] Shake it first. Then breathe out." in said.splitlines()  # the language, and what is printed


def test_the_repositorys_own_policy_is_to_refuse() -> None:
    assert shipped.content().settings.untranslated == "refuse"
