"""Thirty mistakes of people at the command line, each with an answer they can act on without help."""

from __future__ import annotations

from pathlib import Path

import pytest

import plainleaf as plainleaf_library
from tests.conftest import plainleaf

MISTAKES = [
    ("pubish", "did you mean “publish”?"),
    ("inhaler", "to publish one leaflet: plainleaf publish inhaler"),
    ("publish inhalor", "did you mean “inhaler”?"),
    ("publish --locale spansh", "did you mean “Spanish”?"),
    ("publish --locale fr", "to start a translation: plainleaf init fr"),
    ("publish --locale", "--locale needs a value after it"),
    ("publish --lang es --layot a4", "publish has no option --lang; did you mean “--locale”?"),
    ("publish --layout a44", "did you mean “a4”?"),
    ("publish --layout", "--layout needs a value after it"),
    ("publish --look yellow", "there are: black-on-yellow,"),
    ("publish --format docx", "there are: pdf, html"),
    ("publish --output .", "name a folder of its own"),
    ("publish --output sources/made", "name a folder of its own"),
    ("publish --clinic smple", "did you mean “sample”?"),
    ("publish --fill patients.csv inhaler", "there is no file patients.csv"),
    ("check --fail-on warnings", "did you mean “warning”?"),
    ("check --format html", "there are: text, json"),
    ("approve", 'approve needs LOCALE, LEAFLET and --by'),
    ("approve es", 'type: plainleaf approve LOCALE LEAFLET --by "NAME, ROLE"'),
    ("approve es inhaler", "approve needs --by"),
    ("approve es inhaler --by Sam", 'write: --by "A. Sample, clinical translator"'),
    ("sign-off inhaler", 'type: plainleaf sign-off LEAFLET --by "NAME, ROLE"'),
    ("init", "type: plainleaf init LOCALE"),
    ("init Sapnish", "did you mean “es”?"),
    ("update fr", "start it: plainleaf init fr"),
    ("verify", "name a file, or give --digest"),
    ("verify --digest zz", "eight digits and letters from a to f"),
    ("explain fit-whit", "did you mean “fit-white”?"),
    ("guide writting", "did you mean “writing”?"),
    ("read leaflet.pdf", "there is no file leaflet.pdf"),
    ("status --jason", "did you mean “--json”?"),
    ("new es", "new is followed by project or leaflet, not by “es”"),
    ("new leaflet", "new needs NAME"),
    ("completion ksh", "completion is followed by bash, zsh, fish, tcsh or powershell, not by “ksh”"),
    ("terms exprt", "did you mean “export”?"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), MISTAKES, ids=[typed for typed, _ in MISTAKES])
def test_a_mistake_is_answered_with_what_to_type(content: Path, typed: str, said: str) -> None:
    done = plainleaf(*typed.split(), root=content)
    assert done.returncode in (1, 2) and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "usage:" not in done.stderr


@pytest.mark.parametrize("typed", ["inhaler.md", "sources/inhaler.md", "./sources/inhaler.md"])
def test_a_leaflets_file_may_be_named_in_place_of_its_name(content: Path, typed: str) -> None:
    assert plainleaf("check", typed, root=content).returncode == 0


def test_a_translation_into_the_leaflets_own_language_is_not_begun(content: Path) -> None:
    done = plainleaf("init", "en", root=content)
    assert "every leaflet is written in English" in done.stdout + done.stderr
    assert not (content / "locales/en").exists()


@pytest.mark.parametrize(
    "command",
    [("check", "--root", "circle"), ("terms", "export", "--output", "circle/x.csv"),
     ("terms", "import", "circle/x.csv"), ("review", "es", "inhaler", "--output", "circle"), ("conformance", "circle")],
)  # fmt: skip
def test_links_in_a_circle_are_answered_and_followed_nowhere(content: Path, command: tuple[str, ...]) -> None:
    (content / "circle").symlink_to("circle")
    place = command[-1]
    done = plainleaf(*command[:-1], str(content / place), root=content)
    assert done.returncode in (1, 2) and "circle" in done.stderr


def test_no_page_of_somebody_elses_is_overwritten(content: Path) -> None:
    (content / "public").mkdir()
    page = content / "public" / "index.html"
    page.write_text("<title>Our clinic</title>", encoding="utf-8")
    done = plainleaf("publish", "--output", "public", root=content)
    assert done.returncode == 2 and "would be overwritten" in done.stderr and "How to fix" not in done.stdout
    for folder, why in (("public", "would be overwritten"), ("sources/made", "your own files"), ("", "your own files")):
        with pytest.raises(plainleaf_library.UsageError, match=why):
            plainleaf_library.publish(content, content / folder)
    assert page.read_text(encoding="utf-8") == "<title>Our clinic</title>"
    assert [path.name for path in (content / "public").iterdir()] == ["index.html"]
