"""``provenance.json``: what is in it, when it is written, and that the same inputs give the same bytes anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plainleaf.artifacts import inputs
from plainleaf.provenance.statement import FILE, DamagedError, dumped, parsed
from tests.conftest import ROOT, plainleaf, plainleaf_process
from tests.provenance.conftest import EN, ES, publish

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]


def statement(root: Path) -> Any:
    return json.loads((root / "build" / FILE).read_text(encoding="utf-8"))


def subjects(root: Path) -> dict[str, str]:
    return {each["name"]: each["digest"]["sha256"] for each in statement(root)["subject"]}


def entry(root: Path, path: Path) -> Any:
    return statement(root)["predicate"]["buildDefinition"]["internalParameters"]["artifacts"][path.as_posix()]


def digests(root: Path) -> dict[str, str]:
    build = root / "build"
    files = [path for page in (EN, ES) for path in (build / page).parent.iterdir() if path.name != "formats.html"]
    return {path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_is_an_in_toto_statement_on_every_file_that_was_made(made: Path) -> None:
    whole = statement(made)
    assert whole["_type"] == "https://in-toto.io/Statement/v1"
    assert whole["predicateType"] == "https://slsa.dev/provenance/v1"
    assert subjects(made) == digests(made)
    definition = whole["predicate"]["buildDefinition"]
    assert definition["externalParameters"] == {"clinic": "sample"}
    parts = {(each["annotations"]["kind"], each["name"]): each["digest"]["sha256"]
             for each in definition["resolvedDependencies"]}  # fmt: skip
    for kind, file in (("text", "sources/inhaler.md"), ("clinic", "sources/clinics/sample.toml"),
                       ("translation", "locales/es/LC_MESSAGES/inhaler.po")):  # fmt: skip
        assert parts[kind, file] == hashlib.sha256((made / file).read_bytes()).hexdigest()
    assert {"font", "layout", "words"} <= {kind for kind, _ in parts}
    assert str(made) not in json.dumps(whole) and str(ROOT) not in json.dumps(whole)


def test_a_search_by_lines_finds_all_about_a_file(made: Path) -> None:
    lines = (made / "build" / FILE).read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if entry(made, ES)["digest"] in line]
    assert ES.as_posix() in line and "locales/es/LC_MESSAGES/inhaler.po" in line and "sources/inhaler.md" in line
    assert sum(f'"name": "{ES.as_posix()}"' in line for line in lines) == 1


def test_an_edition_says_who_has_signed_it(made: Path) -> None:
    none = {"what": "approval", "locale": "es", "state": "none", "by": []}
    assert entry(made, ES)["signatures"] == [{**none, "what": "sign-off", "locale": "en"}, none]
    assert plainleaf("approve", "es", "inhaler", "--by", "A. Sample, translator", root=made).returncode == 0
    publish(made)
    assert entry(made, ES)["signatures"][1] == {**none, "state": "noted", "by": ["A. Sample, translator, 2026-12-01"]}
    assert len(entry(made, EN)["signatures"]) == 1, "nobody approves the text as it was written"


def test_a_signature_that_has_lapsed_is_none_any_more(made: Path, replaced: Edit) -> None:
    assert plainleaf("sign-off", "inhaler", "--by", "A. Sample, nurse", root=made).returncode == 0
    replaced(made / "sources/inhaler.md", "Shake it first.", "Shake it well first.")
    publish(made, "--locale", "en")
    assert entry(made, EN)["signatures"][0]["state"] == "lapsed"


def test_what_it_was_made_with_is_named() -> None:
    from plainleaf.formats.pdf import format as pdf

    tools = inputs.tools(pdf.FORMAT)
    assert {"plainleaf", "python", "weasyprint", "libpango-1.0", "libharfbuzz", "libfontconfig"} <= set(tools)
    assert all(len(tools[name].partition("sha256:")[2]) == 64 for name in tools if name.startswith("lib"))
    assert tools == inputs.tools(pdf.FORMAT)


# --------------------------------------------------------------------------- when it is written


def test_it_is_written_only_if_it_changes(made: Path) -> None:
    path = made / "build" / FILE
    os.utime(path, (1, 1))
    before = path.read_bytes()
    publish(made)
    assert path.stat().st_mtime == 1
    path.unlink()
    publish(made)
    assert path.read_bytes() == before, "files of an earlier run are noted anew"


def test_a_run_for_one_language_keeps_what_is_known_of_the_others(made: Path, replaced: Edit) -> None:
    before, english = subjects(made), entry(made, EN)
    replaced(made / "sources/inhaler.md", "Shake it first. Then", "Shake it first.  Then")
    replaced(made / "sources/clinics/sample.toml", "Springfield", "Shelbyville")
    publish(made, "--locale", "es")
    after = subjects(made)
    assert after == digests(made)
    assert after[EN.as_posix()] == before[EN.as_posix()] and entry(made, EN) == english
    assert after[ES.as_posix()] != before[ES.as_posix()]


@pytest.mark.parametrize("data", [b"changed", None], ids=["changed", "gone"])
def test_a_file_that_is_not_as_it_was_made_is_no_subject(made: Path, replaced: Edit, data: bytes | None) -> None:
    replaced(made / "sources/clinics/sample.toml", "Springfield", "Shelbyville")
    file = made / "build" / EN
    file.write_bytes(data) if data else file.unlink()
    publish(made, "--locale", "es")
    assert {name.rpartition("/")[0] for name in subjects(made)} == {ES.parent.as_posix()}


def test_a_damaged_one_is_written_anew(made: Path) -> None:
    path = made / "build" / FILE
    before = path.read_bytes()
    path.write_bytes(before[:200])
    publish(made)
    assert path.read_bytes() == before


def test_a_pipe_in_its_place_is_a_finding(made: Path) -> None:
    path = made / "build" / FILE
    path.unlink()
    os.mkfifo(path)
    done = plainleaf("publish", "--format", "html", root=made)
    assert done.returncode == 1 and "provenance.json" in done.stderr and "Traceback" not in done.stderr


# --------------------------------------------------------------------------- what is read of it


def test_what_is_written_can_be_read(made: Path) -> None:
    data = (made / "build" / FILE).read_bytes()
    assert dumped(parsed(data)) == data


BROKEN: dict[str, Callable[[Any], object]] = {
    "no statement": lambda whole: whole.pop("_type"),
    "a list": lambda whole: whole.update(predicate=[]),
    "of another tool": lambda whole: whole["predicate"]["buildDefinition"].update(buildType="other"),
    "no subjects": lambda whole: whole.update(subject=[]),
    "another digest": lambda whole: whole["subject"][0]["digest"].update(sha256="0" * 64),
    "a digest that is none": lambda whole: first(whole)["inputs"].update(sha256="x"),
    "no tools": lambda whole: first(whole).update(tools=7),
    "a kind that is none": lambda whole: first(whole)["materials"][0].__setitem__(0, "x"),
    "a file outside": lambda whole: first(whole).update(files={"../x.html": "0" * 64}),
    "a signature that is none": lambda whole: first(whole)["signatures"][0].update(state="sealed"),
    "numbers for texts": lambda whole: first(whole).update(leaflet=1),
}


def first(whole: Any) -> Any:
    return whole["predicate"]["buildDefinition"]["internalParameters"]["artifacts"][EN.as_posix()]


def test_what_is_damaged_is_nothing_that_anybody_reads(made: Path) -> None:
    data = (made / "build" / FILE).read_bytes()
    for name, damage in BROKEN.items():
        whole = json.loads(data)
        damage(whole)
        with pytest.raises(DamagedError):
            parsed(json.dumps(whole).encode())
            pytest.fail(name)
    for other in (b"", b"\xff", b"[" * 100_000, b"{}", b"null", data[:-9]):
        with pytest.raises(DamagedError):
            parsed(other)


# --------------------------------------------------------------------------- the same bytes anywhere

VARIED = (
    {"TZ": "Pacific/Kiritimati"}, {"LANG": "de_DE.UTF-8"}, {"LC_ALL": "C"}, {"COLUMNS": "40"},
    {"HOME": "elsewhere", "XDG_CACHE_HOME": "elsewhere", "PLAINLEAF_CACHE": "elsewhere"}, {"umask": "077"},
    {"cwd": "elsewhere"},
)  # fmt: skip


def test_no_environment_and_no_folder_changes_a_byte(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [Path(FILE), EN, ES]
    before = [(made / "build" / file).read_bytes() for file in files]
    (tmp_path / "elsewhere").mkdir()
    for number, varied in enumerate(VARIED):
        root = tmp_path / f"checkout {number}"
        shutil.copytree(made, root, ignore=shutil.ignore_patterns("build"))
        with monkeypatch.context() as patch:
            old = os.umask(int(varied.get("umask", "022"), 8))
            for name, value in varied.items():
                patch.setenv(name, str(tmp_path / value) if value == "elsewhere" else value)
            try:
                at = tmp_path / varied.get("cwd", root.name)
                done = plainleaf("publish", "--format", "html", "--root", str(root), root=at)
            finally:
                os.umask(old)
        assert done.returncode == 0, done.stderr
        assert [(root / "build" / file).read_bytes() for file in files] == before, varied


def test_two_checkouts_give_the_same_pdf_and_the_same_list(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    varied = ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8",
              "HOME": "home", "PLAINLEAF_CACHE": "home/cache", "COLUMNS": "40"})  # fmt: skip
    for number, variables in enumerate(varied):
        root = tmp_path / f"checkout {number}"
        shutil.copytree(content, root)
        for name, value in variables.items():
            monkeypatch.setenv(name, str(root / value) if value.startswith("home") else value)
        done = plainleaf_process("publish", "--locale", "en", "--layout", "a4", root=root)
        assert done.returncode == 0, done.stderr
        found.append([(root / "build" / file).read_bytes() for file in (FILE, "inhaler/inhaler.en.a4.pdf")])
    assert found[0] == found[1]
