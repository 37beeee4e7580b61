"""One command under four names: hints and help name it as it was called, and a wrong name gets the nearest one."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from plainleaf import __version__
from plainleaf.cli import main as cli
from plainleaf.cli import names
from tests.conftest import ROOT, plainleaf

EVERY_NAME = ["plainleaf", "./do", "publish.py", "python -m plainleaf"]


def said(capsys: pytest.CaptureFixture[str], *arguments: str, called: str = "plainleaf") -> tuple[int, str]:
    """The exit code, and what the command says under a name."""
    try:
        code = cli.main(arguments, called)
    except SystemExit as ended:  # --help and --version
        code = int(ended.code or 0)
    return code, "".join(capsys.readouterr())


@pytest.mark.parametrize(("wrong", "right"), [
    ("publsih", "publish"), ("chek", "check"), ("signoff", "sign-off"), ("aprove", "approve"), ("lint", "check"),
    ("Publish", "publish"), ("docter", "doctor"), ("validate", "check"),
])  # fmt: skip
def test_an_unknown_command_gets_the_nearest(capsys: pytest.CaptureFixture[str], wrong: str, right: str) -> None:
    code, told = said(capsys, wrong)
    assert code == 2 and f"there is no command “{wrong}”; did you mean “{right}”?" in told
    assert "usage:" not in told and "choose from" not in told


@pytest.mark.parametrize(
    ("arguments", "right"),
    [
        (("--lang", "es"), "--locale"),
        (("publish", "--lang=es"), "--locale"),
        (("check", "--languages", "es"), "--locale"),
        (("check", "--lokale", "es"), "--locale"),
        (("status", "--outdir", "x"), "--output"),
        (("check", "--no-cahce"), "--no-cache"),
        (("publish", "--lyout", "a4"), "--layout"),
        (("publish", "--theme", "x"), "--look"),
        (("init", "de", "--rot", "x"), "--root"),
        (("publish", "--report", "html"), "--format"),
    ],
)
def test_an_unknown_option_gets_the_nearest(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], right: str
) -> None:
    code, told = said(capsys, *arguments)
    assert code == 2 and f"; did you mean “{right}”?" in told
    assert "usage:" not in told


@pytest.mark.parametrize(("arguments", "what"), [
    (("check", "--fail-on", "warnings"), "“warnings” is not a value of --fail-on; did you mean “warning”?"),
    (("check", "--report", "jsno"), "“jsno” is not a value of --report; did you mean “json”?"),
    (("check", "--format", "none"), "“none” is not a value of --format"),
    (("check", "--report=json", "--format=none"), "“none” is not a value of --format"),
    (("check", "--format"), "--format needs a value after it"),
    (("check", "--locale"), "--locale needs a value after it"),
    (("--root",), "--root needs a value after it"),
    (("approve", "es", "inhaler"), "approve needs --by"),
    (("doctor", "now"), "doctor does not take “now”"),
])  # fmt: skip
def test_wrong_usage_is_told_in_plain_words(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], what: str
) -> None:
    code, told = said(capsys, *arguments)
    assert code == 2 and f"plainleaf: {what}\n" in told


def test_a_leaflet_without_a_command_is_told_how_to_be_published(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys, "naltrexone-implants", called="./do")
    assert code == 2 and "to publish one leaflet: ./do publish naltrexone-implants\n" in told


@pytest.mark.parametrize("name", EVERY_NAME)
def test_help_and_hints_use_the_name_that_was_typed(
    capsys: pytest.CaptureFixture[str], content: Path, name: str
) -> None:
    _, helped = said(capsys, "--help", called=name)
    assert f"usage: {name} [" in helped and f"({name} doctor names them)" in helped
    _, helped = said(capsys, "publish", "--help", called=name)
    assert f"usage: {name} publish [" in helped
    said(capsys, "init", "de", "--root", str(content))
    _, told = said(capsys, "approve", "fr", "inhaler", "--by", "A. Sample", "--root", str(content), called=name)
    assert "no leaflet is in French yet" in told
    _, told = said(capsys, "update", "fr", "--root", str(content), called=name)
    assert f"start it: {name} --root {shlex.quote(str(content))} init fr\n" in told


def test_a_name_that_is_passed_on_comes_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(names.VARIABLE, "./do")
    assert "usage: ./do [" in said(capsys, "--help", called="publish.py")[1]
    monkeypatch.setenv(names.VARIABLE, "\x1b[31m")
    assert "usage: publish.py [" in said(capsys, "--help", called="publish.py")[1]


def test_only_the_command_in_a_hint_is_renamed() -> None:
    with names.called_by("./do"):
        assert names.as_called("run plainleaf check, or plainleaf sign-off x") == "run ./do check, or ./do sign-off x"
        for text in (
            "my-plainleaf check",
            "/opt/plainleaf check",
            "plainleaf checks",
            "plainleaf.toml",
            "plainleaf: x",
        ):
            assert names.as_called(text) == text


@pytest.mark.parametrize("start", [["publish.py"], ["-m", "plainleaf"]])
def test_each_way_to_start_it_knows_its_name_and_version(start: list[str]) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *start, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )

    assert run("--version").stdout == f"plainleaf {__version__}\n"
    wrong = run("publsih")
    assert wrong.returncode == 2 and wrong.stdout == ""
    assert ("publish.py" if start == ["publish.py"] else "python -m plainleaf") + " --help" in wrong.stderr


def test_options_without_a_command_are_those_of_publish_and_build_means_publish(content: Path) -> None:
    for arguments in (("--layout", "leter"), ("publish", "--layout", "leter"), ("build", "--layout", "leter")):
        done = plainleaf(*arguments, root=content)
        assert done.returncode == 2 and "there is no layout “leter”; did you mean “letter”?" in done.stderr


def test_texts_for_people_name_the_command_and_files_that_are_installed() -> None:
    """A hint is written with "plainleaf"; ``publish.py`` and the guides lie in this repository alone."""
    folders = (ROOT / "plainleaf", ROOT / "layouts/base")
    found = (path for top in folders for path in top.rglob("*") if path.suffix in (".py", ".html", ".toml"))
    for path in found:
        if path.parent.name != "cli":
            assert not re.search(r"publish\.py|plainleaf build", path.read_text(encoding="utf-8")), path
