"""Other people's programs accept our catalogs: asked where they are installed, as outside programs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

CATALOGS = sorted((ROOT / "locales").rglob("*.po"))

# pofilter's checks on form; those on style compare with English and flag right translations
FORM = (
    "xmltags",
    "validxml",
    "variables",
    "escapes",
    "newlines",
    "tabs",
    "pythonbraceformat",
    "untranslated",
    "isfuzzy",
)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_i18nspector_finds_no_error(path: Path) -> None:
    if not shutil.which("i18nspector"):
        pytest.skip("i18nspector is not installed")
    said = subprocess.run(["i18nspector", str(path)], capture_output=True, text=True, check=False).stdout
    errors = [line for line in said.splitlines() if line.startswith("E:")]
    # it knows languages by country only; gettext, Babel, Poedit and Weblate know zh_Hans
    assert not [line for line in errors if "invalid-language zh_Hans" not in line]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_pofilter_finds_nothing_wrong_with_the_form(path: Path) -> None:
    if not shutil.which("pofilter"):
        pytest.skip("pofilter (translate-toolkit) is not installed")
    command = ["pofilter", f"--language={path.parts[-3]}", *(f"--test={name}" for name in FORM), str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "(pofilter)" not in said, said


def test_the_sample_for_weblate_names_files_that_are_there() -> None:
    components = json.loads((ROOT / "locales/weblate.json").read_text(encoding="utf-8"))
    assert {component["slug"] for component in components} == {path.stem for path in CATALOGS}
    for component in components:
        assert list(ROOT.glob(component["filemask"]))
        assert (ROOT / component["new_base"]).is_file()
        assert component["file_format"] == "po"
