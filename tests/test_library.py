"""Plainleaf as a library: a plain script can use it, and is afterwards the process that it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import plainleaf
from plainleaf.choosing import language, translation
from plainleaf.languages.naming import named
from tests.conftest import ROOT, TODAY


def script(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of somebody else's: a file, without a guard for workers that import it."""
    path = folder / "program.py"
    path.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(path)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_example_of_the_guide_runs_without_a_main_guard(content: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/library.md").read_text(encoding="utf-8"), re.DOTALL)
    assert "__main__" not in example and f'"{content.name}"' in example
    done = script(example, content.parent)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^inhaler/inhaler\.es\.a4\.pdf \d pages? draft\n\Z", done.stdout, re.MULTILINE)
    assert (content.parent / "out/inhaler/inhaler.es.a4.pdf").read_bytes().startswith(b"%PDF")


def test_the_guide_names_all_that_a_program_may_use() -> None:
    guide = (ROOT / "docs/library.md").read_text(encoding="utf-8")
    for name in plainleaf.__all__:
        assert re.search(rf"\b{name}\b", guide) or name == "Severity", name
        assert getattr(plainleaf, name)
    with pytest.raises(AttributeError, match="has no attribute 'pubish'"):
        plainleaf.pubish  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_loads_nothing_else_of_ours() -> None:
    code = "import sys, plainleaf; print(*[name for name in sys.modules if name.startswith('plainleaf')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "plainleaf\n"


STATE = """
import gc, locale, logging, os, resource, signal, sys, tempfile
import plainleaf

def state():
    limits = [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT_")]
    handlers = [signal.getsignal(number) for number in signal.valid_signals()]
    loggers = [(each.handlers[:], each.level, each.propagate, each.disabled) for each in (
        logging.getLogger(), logging.getLogger("plainleaf"), logging.getLogger("pypdf"))]
    return (dict(os.environ), limits, handlers, signal.pthread_sigmask(signal.SIG_BLOCK, ()), loggers, os.getcwd(),
            locale.setlocale(locale.LC_ALL), tempfile.gettempdir(), gc.get_threshold(), sys.getrecursionlimit(),
            id(sys.modules["__main__"]), logging.root.manager.disable, os.umask(0o022))

os.umask(0o022)
os.environ["FONTCONFIG_FILE"] = "/of/the/host"
signal.signal(signal.SIGUSR1, print)
logging.basicConfig(level=logging.ERROR)
before = state()
for processes in (True, False):
    output = f"out-{processes}"
    made = plainleaf.publish("my leaflets", output, locales=["en"], layouts=["a4"], processes=processes)
    assert [file.fresh for file in made.artifacts] == [True] and made.rendered == 1, made
    assert not [each for each in made.findings if each.severity is plainleaf.Severity.ERROR], made.findings
    assert state() == before, [pair for pair in zip(state(), before) if pair[0] != pair[1]]
    print("as before")
"""


def test_the_process_is_afterwards_as_it_was(content: Path) -> None:
    done = script(STATE, content.parent)
    assert (done.returncode, done.stdout) == (0, "as before\n" * 2), done.stderr


BAD_INPUT = """
import plainleaf
print("begun")
for wrong in ({"locales": ["Spansh"]}, {"formats": ["none"]}, {"leaflets": ["inhalor"]}, {"beside": "klingon"}):
    try:
        plainleaf.publish("my leaflets", "out", **wrong)
    except plainleaf.UsageError as error:
        print("refused:", error)
made = plainleaf.publish("my leaflets", "out", formats=["html"])
for each in made.findings:
    if each.severity is plainleaf.Severity.ERROR:
        print(each.at)
print([file.path for file in made.artifacts if file.made])
"""


def test_bad_input_is_findings_in_a_script_without_a_main_guard_too(content: Path) -> None:
    (content / "sources/no-head.md").write_text("no head\n", encoding="utf-8")
    (content / "sources/odd.md").write_bytes(b"\xff\xfe\x00")
    done = script(BAD_INPUT, content.parent)
    assert (done.returncode, done.stderr) == (0, "")
    begun, *lines = done.stdout.splitlines()
    assert begun == "begun" and "begun" not in lines, "workers do not run the script again"
    assert [line.split(":")[0] for line in lines].count("refused") == 4
    assert any(line.startswith("sources/no-head.md") for line in lines)
    assert any(line.startswith("sources/odd.md") for line in lines)
    assert lines[-1] == "['inhaler/en/index.html', 'inhaler/es/index.html']"


SHARED = """
import multiprocessing, plainleaf

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["decimal"])

def begin():
    process = context.Process(target=print, args=("mine",))
    process.start()
    process.join()
    return process.exitcode

if __name__ == "__main__":
    codes = [begin()]
    made = plainleaf.publish("my leaflets", "out", locales=["en"], formats=["html"])
    print(codes + [begin()], made.rendered)
"""


def test_a_host_may_use_the_fork_server_itself(content: Path) -> None:
    done = script(SHARED, content.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == ["[0, 0] 1", "mine", "mine"]


WITHOUT_POSIX = """
import importlib, pkgutil, sys
for gone in ("fcntl", "resource", "pwd", "grp", "termios", "syslog", "tty", "pty"):
    sys.modules[gone] = None
import plainleaf
for module in pkgutil.walk_packages(plainleaf.__path__, "plainleaf."):
    if module.name not in ("plainleaf.artifacts.rendering", "plainleaf.__main__"):
        importlib.import_module(module.name)
from plainleaf.cli.main import main
raise SystemExit(main(["check", "--quiet", "--root", "my leaflets"]))
"""


def test_all_but_the_workers_inside_works_where_there_is_no_posix(content: Path) -> None:
    done = script(WITHOUT_POSIX, content.parent)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.usefixtures("two_layouts")
def test_check_approve_and_sign_off_give_values_and_print_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plainleaf.load(content)
    assert plainleaf.check(project, today=TODAY).findings == plainleaf.check(str(content), today=TODAY).findings
    signed = plainleaf.approve(project, "inhaler", "español", "A. Sample, translator", today=TODAY)
    assert signed.path == content.resolve() / "locales/es/approvals.toml" and signed.path.is_file()
    assert plainleaf.sign_off(content, "inhaler", "Dr. A. Sample, general practitioner", today=TODAY).path
    assert not plainleaf.sign_off(content, "inhaler", " ", today=TODAY).path
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("two_layouts")
def test_what_is_not_there_raises_and_the_nearest_is_named(content: Path, tmp_path: Path) -> None:
    for call, told in (
        (lambda: plainleaf.load(tmp_path / "nowhere"), "has no folder sources/"),
        (lambda: plainleaf.load(content, "sampel"), "did you mean “sample”?"),
        (lambda: plainleaf.check(content, leaflets=["inhalor"]), "did you mean “inhaler”?"),
        (lambda: plainleaf.check(content, locales=["Spansh"]), "did you mean “Spanish”?"),
        (lambda: plainleaf.publish(content, layouts=["bilingal"]), "did you mean “bilingual”?"),
        (lambda: plainleaf.approve(content, "inhaler", "en", "A. Sample, translator"), "not a translation"),
    ):
        with pytest.raises(plainleaf.UsageError, match=re.escape(told)):
            call()


@pytest.mark.parametrize(("word", "name"), [
    ("es", "es"), ("ES", "es"), ("spanish", "es"), ("Español", "es"), ("zh-hans", "zh_Hans"), ("zh_Hant", "zh_Hant"),
    ("العربية", "ar"), ("Brazilian Portuguese", "pt_BR"), ("Portuguese", "pt_BR"), ("Hindi", "hi"), ("हिन्दी", "hi"),
])  # fmt: skip
def test_a_language_may_be_named_in_english_or_in_itself(word: str, name: str) -> None:
    there = ["ar", "en", "es", "hi", "pt_BR", "zh_Hans", "zh_Hant"]
    assert language(word, there) == name


def test_a_language_that_may_be_several_is_asked_for() -> None:
    assert language("Chinese", ["es", "zh_Hans"]) == "zh_Hans"
    for word in ("Chinese", "中文", "zh"):
        with pytest.raises(plainleaf.UsageError, match=f"“{word}” can be zh_Hans or zh_Hant"):
            language(word, ["zh_Hans", "zh_Hant"])
    with pytest.raises(plainleaf.UsageError, match="“serbian” can be sr_Cyrl or sr_Latn"):
        translation("serbian", [])


def test_a_script_that_hardly_anybody_writes_is_meant_by_its_own_name_alone() -> None:
    with pytest.raises(plainleaf.UsageError, match="no leaflet is in English yet") as raised:
        language("en", ["es"])
    assert "plainleaf init en" in (raised.value.hint or "") and "en_Shaw" not in str(raised.value)
    assert translation("English", []) == "en" and translation("en_Shaw", []) == "en_Shaw"


def test_a_new_translation_may_be_begun_by_the_name_of_its_language() -> None:
    for word, name in (
        ("french", "fr"),
        ("Deutsch", "de"),
        ("pt-BR", "pt_BR"),
        ("Somali", "so"),
        ("klingonish", "klingonish"),
    ):
        assert translation(word, []) == name
    with pytest.raises(plainleaf.UsageError) as raised:
        language("french", ["es"])
    assert raised.value.hint == "there are: es; to start a translation: plainleaf init fr"
    assert named("") == named("Klingonish") == ()
