"""The set-up script `do`, run for real by sh in a throw-away folder, with stand-ins for apt, dpkg, sudo and Python.

The stand-ins write every call into `calls`. PATH holds nothing else but the plain tools that every Debian has, so no
test can install anything or reach the internet.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
TOOLS = [
    *("bash", "cat", "cksum", "cp", "dirname", "env", "find", "flock", "grep", "ln", "mkdir", "mktemp", "mv"),
    *("perl", "readlink", "rm", "sed", "sh", "sleep", "tail", "tee", "touch", "true", "uname"),
]
LIBRARIES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"]

STUBS = {
    "id": 'echo "${STUB_UID:-0}"',
    "sync": ":",
    "linter": 'echo "linter -m ${0##*/}" >>"$STUB/calls"; [ "${STUB_BAD-}" != "${0##*/}" ]',
    "sudo": 'echo "sudo $*" >>"$STUB/calls"; [ -e "$STUB/sudo-allowed" ] && shift && exec "$@"',
    "dpkg": 'echo "dpkg $*" >>"$STUB/calls"; rm -f "$STUB/interrupted"',
    "dpkg-query": """
        echo "dpkg-query" >>"$STUB/calls"
        shift 2
        for package; do
            if grep -qxF "$package" "$STUB/installed"; then echo "$package=install ok installed"; fi
        done""",
    "apt-get": """
        echo "apt-get $*" >>"$STUB/calls"
        case $* in *update*) exit 0 ;; esac
        if [ -e "$STUB/kill-in-apt" ]; then
            mv "$STUB/kill-in-apt" "$STUB/interrupted"
            kill -9 "$PPID"
            exit
        fi
        if [ -e "$STUB/interrupted" ]; then
            echo "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
            exit 100
        fi
        if [ -e "$STUB/busy" ]; then
            rm "$STUB/busy"
            echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)"
            exit 100
        fi
        for word; do case $word in [a-z]*[a-z0-9]) echo "$word" >>"$STUB/installed" ;; esac; done""",
    "python3": """
        echo "python $*" >>"$STUB/calls"
        case $1 in
            -c) [ ! -e "$STUB/old-python" ] && echo "$0" ;;
            -m)
                case $2 in
                    venv)
                        mkdir -p "$3/bin"
                        cp "$0" "$3/bin/python"
                        for tool in shellcheck zizmor check-jsonschema; do
                            cp "$STUB/bin/linter" "$3/bin/$tool"
                        done ;;
                    pip)
                        sleep "${STUB_PIP_SECONDS:-0}"
                        if [ -e "$STUB/kill-in-pip" ]; then rm "$STUB/kill-in-pip"; kill -9 "$PPID"; exit; fi
                        if [ -e "$STUB/offline" ]; then
                            echo "Temporary failure in name resolution"
                            exit 1
                        fi
                        if [ -e "$STUB/forged" ]; then
                            echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."
                            exit 1
                        fi ;;
                    ruff) exit "${STUB_RUFF:-0}" ;;
                    pytest) echo "1 passed in 0.01s, CI=${CI-}"; exit "${STUB_TESTS:-0}" ;;
                    coverage)
                        case $3 in
                            run) echo "1 passed in 0.01s, CI=${CI-}"; exit "${STUB_TESTS:-0}" ;;
                            report)
                                echo "TOTAL 100 5 95%"
                                case $* in *--fail-under=0*) ;; *) exit "${STUB_LOW:-0}" ;; esac ;;
                        esac ;;
                esac ;;
            *)
                echo "published: $*"
                printf '%s\n' "${PLAINLEAF_COMMAND-}" >"$STUB/called"
                exit "${STUB_EXIT:-0}" ;;
        esac""",
}


class Machine:
    """A computer with nothing on it but git and a clone of this repository."""

    def __init__(self, home: Path) -> None:
        self.repo = home / "a clone's folder (1)"
        self.stub = home / "stub"
        tools = home / "tools"
        (self.repo / ".ci").mkdir(parents=True)
        (self.stub / "bin").mkdir(parents=True)
        tools.mkdir()
        text = (REPO / "do").read_text("utf-8").replace("/usr/bin/python3", "/nonexistent/python3")
        (self.repo / "do").write_text(text, "utf-8")
        shutil.copy(REPO / ".ci" / "run", self.repo / ".ci" / "run")
        (self.repo / "pyproject.toml").write_text("[project]\n", "utf-8")
        (self.repo / ".ci" / "requirements.lock").write_text("one==1\ntwo==2\n", "utf-8")
        (self.repo / ".ci" / "requirements-test.lock").write_text("one==1\ntwo==2\nthree==3\n", "utf-8")
        for name, body in STUBS.items():
            script = self.stub / "bin" / name
            script.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
            script.chmod(0o755)
        for name in TOOLS:
            if found := shutil.which(name):
                (tools / name).symlink_to(found)
        (self.stub / "status").touch()
        os.utime(self.stub / "status", (1, 1))
        (self.stub / "installed").write_text("python3\npython3-venv\n", "utf-8")
        path = f"{self.stub / 'bin'}:{tools}"
        self.env = {"PATH": path, "STUB": str(self.stub), "DPKG_ADMINDIR": str(self.stub), "HOME": str(home)}

    def do(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return self.run("./do", *words, **env)

    def run(self, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
        shell = "bash" if command[0] == ".ci/run" else "sh"
        return subprocess.run(
            [shell, *command], cwd=self.repo, env=self.env | env, capture_output=True, text=True, timeout=300
        )

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["sh", "./do", *words], cwd=self.repo, env=self.env | env, stdout=pipe, stderr=pipe, text=True
        )

    def set(self, flag: str) -> None:
        (self.stub / flag).touch()

    def calls(self) -> list[str]:
        """What was called since the last look."""
        log = self.stub / "calls"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def installed(self) -> list[str]:
        return (self.stub / "installed").read_text("utf-8").split()

    def venvs(self) -> list[str]:
        return sorted(entry.name for entry in self.repo.glob(".venv-*-*") if entry.is_dir())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_fresh_machine_installs_and_publishes(machine: Machine) -> None:
    done = machine.do("publish", "--locale", "es", "two words")
    assert (done.returncode, done.stdout) == (0, "published: publish.py publish --locale es two words\n")
    assert "Installing 4 system packages" in done.stderr
    assert "Installing 2 Python packages" in done.stderr
    assert set(LIBRARIES) <= set(machine.installed())
    assert "poppler-utils" not in machine.installed()


def test_second_run_calls_nothing_but_publish(machine: Machine) -> None:
    machine.do("publish")
    machine.calls()
    done = machine.do("publish", "--draft")
    assert machine.calls() == ["python publish.py publish --draft"]
    assert (done.stdout, done.stderr) == ("published: publish.py publish --draft\n", "")


def test_a_setting_of_the_leaflets_installs_nothing_anew(machine: Machine) -> None:
    machine.do("publish")
    machine.calls()
    project = machine.repo / "pyproject.toml"
    project.write_text(project.read_text() + '\n[tool.plainleaf]\nlayouts = ["letter"]\n')
    machine.do("publish")
    assert machine.calls() == ["python publish.py publish"]


def test_starts_from_any_folder(machine: Machine) -> None:
    done = subprocess.run(
        ["sh", str(machine.repo / "do"), "status"],
        cwd="/",
        env=machine.env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout == "published: publish.py status\n"


def test_plain_user_gets_one_line_for_the_administrator(machine: Machine) -> None:
    (machine.stub / "installed").write_text("\n".join(["python3", "python3-venv", *LIBRARIES[:2]]), "utf-8")
    done = machine.do("publish", STUB_UID="1000")
    lines = [line.strip() for line in done.stderr.splitlines() if "apt-get" in line]
    tests = "gettext poppler-utils openssh-client liblouis20 liblouis-data"
    assert lines == [f"sudo apt-get install -y libharfbuzz-subset0 fonts-noto-core {tests}"]
    assert (done.returncode, done.stdout) == (3, "")
    assert not any("apt-get" in call for call in machine.calls())


def test_an_administrator_who_was_asked_once_is_not_asked_again(machine: Machine) -> None:
    (machine.stub / "installed").write_text("", "utf-8")
    said = machine.do("publish", STUB_UID="1000").stderr
    (line,) = [line for line in said.splitlines() if "apt-get" in line]
    (machine.stub / "installed").write_text("\n".join(line.split()[4:]), "utf-8")
    for command in ("publish", "test"):
        done = machine.do(command, STUB_UID="1000")
        assert done.returncode == 0, done.stderr


def test_plain_user_needs_no_administrator_when_all_is_there(machine: Machine) -> None:
    (machine.stub / "installed").write_text("\n".join(LIBRARIES), "utf-8")
    done = machine.do("publish", STUB_UID="1000")
    assert done.returncode == 0, done.stderr
    assert not any(call.startswith("sudo") for call in machine.calls())


def test_user_with_sudo_rights_installs(machine: Machine) -> None:
    machine.set("sudo-allowed")
    done = machine.do("publish", STUB_UID="1000")
    assert done.returncode == 0, done.stderr
    assert any(call.startswith("sudo -n env") and "apt-get" in call for call in machine.calls())


def test_missing_python_is_on_the_same_line(machine: Machine) -> None:
    machine.set("old-python")
    (machine.stub / "installed").write_text("", "utf-8")
    done = machine.do("publish", STUB_UID="1000")
    assert "sudo apt-get install -y python3 python3-venv " + " ".join(LIBRARIES) in done.stderr
    assert done.returncode == 3


def test_old_python_is_refused(machine: Machine) -> None:
    machine.set("old-python")
    done = machine.do("publish")
    assert done.returncode == 3
    assert "Python 3.11 or newer" in done.stderr
    named = machine.do("publish", PLAINLEAF_PYTHON="/nonexistent/python3")
    assert named.returncode == 3
    assert "PLAINLEAF_PYTHON is /nonexistent/python3" in named.stderr


@pytest.mark.parametrize("tag", ["zh-Hans", "ja", "ko"])
def test_east_asian_language_brings_its_fonts(machine: Machine, tag: str) -> None:
    machine.do("publish")
    assert "fonts-noto-cjk" not in machine.installed()
    (machine.repo / "locales" / tag).mkdir(parents=True)
    machine.do("publish")
    assert "fonts-noto-cjk" in machine.installed()


def test_package_removed_later_comes_back(machine: Machine) -> None:
    machine.do("publish")
    (machine.stub / "installed").write_text("\n".join(LIBRARIES[1:]), "utf-8")
    later = time.time() + 60
    os.utime(machine.stub / "status", (later, later))
    machine.do("publish")
    assert LIBRARIES[0] in machine.installed()


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_exit_code_is_the_one_of_publish(machine: Machine, code: int) -> None:
    assert machine.do("check", STUB_EXIT=str(code)).returncode == code


@pytest.mark.parametrize("command", ["publish", "build", "check"])
def test_hints_are_to_name_do_which_was_typed(machine: Machine, command: str) -> None:
    machine.do(command)
    assert (machine.stub / "called").read_text("utf-8") == "./do\n"


def test_usage(machine: Machine) -> None:
    assert machine.do().returncode == 2
    helped = machine.do("help")
    assert helped.returncode == 0
    assert "./do publish --locale es" in helped.stdout
    assert machine.calls() == []


def test_test_brings_the_test_tools(machine: Machine) -> None:
    done = machine.do("test", "-k", "arabic")
    assert done.returncode == 0, done.stderr
    assert machine.calls()[-1] == "python -m pytest -k arabic"
    assert {"gettext", "poppler-utils"} <= set(machine.installed())
    assert "chromium" not in machine.installed()


def test_braille_is_installed_for_when_a_command_or_the_settings_ask_for_it(machine: Machine) -> None:
    machine.do("publish")
    assert "liblouis20" not in machine.installed()
    machine.do("publish", "--format", "braille")
    assert {"liblouis20", "liblouis-data"} <= set(machine.installed())


def test_braille_is_installed_where_the_settings_ask_for_it(machine: Machine) -> None:
    (machine.repo / "plainleaf.toml").write_text('formats = ["pdf", "braille"]\n', "utf-8")
    machine.do("publish")
    assert "liblouis20" in machine.installed()


def test_continuous_integration_tests_in_a_browser_too(machine: Machine) -> None:
    machine.do("test", CI="true")
    assert "chromium" in machine.installed()


def test_all_tests_come_after_all_leaflets_are_published(machine: Machine) -> None:
    done = machine.do("test")
    assert done.stdout.splitlines() == ["published: publish.py --quiet publish", "1 passed in 0.01s, CI="]
    assert machine.calls()[-1] == "python -m pytest -n auto"
    assert machine.do("test", STUB_EXIT="1").returncode == 1, "a leaflet that is not published fails it"


def test_environment_for_tests_serves_publishing(machine: Machine) -> None:
    machine.do("test")
    machine.calls()
    machine.do("publish")
    assert not any("pip" in call or "venv" in call for call in machine.calls())


@pytest.mark.parametrize("where", ["kill-in-apt", "kill-in-pip"])
def test_killed_run_is_repaired_by_the_next(machine: Machine, where: str) -> None:
    machine.set(where)
    assert machine.do("publish").returncode == -signal.SIGKILL
    assert not (machine.repo / ".venv").exists() or not any(machine.repo.glob(".venv-run-*/complete"))
    machine.calls()
    done = machine.do("publish")
    assert (done.returncode, done.stdout) == (0, "published: publish.py publish\n"), done.stderr
    if where == "kill-in-apt":
        assert "dpkg --force-confold --configure -a" in machine.calls()
    assert len(machine.venvs()) == 1


def test_waits_for_another_installer(machine: Machine) -> None:
    machine.set("busy")
    text = (machine.repo / "do").read_text("utf-8")
    (machine.repo / "do").write_text(text.replace("sleep 5", "sleep 0.1"), "utf-8")
    done = machine.do("publish")
    assert "Another installer is at work" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("has_flock", [True, False])
def test_waits_for_another_run_and_goes_on_when_it_dies(machine: Machine, has_flock: bool) -> None:
    if not has_flock:  # macOS has none: perl asks the kernel instead
        (Path(machine.env["PATH"].split(":")[1]) / "flock").unlink()
    with (machine.repo / ".venv-lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = machine.start("publish")
        assert waiting.stderr is not None
        assert "Waiting for it" in waiting.stderr.readline()
        time.sleep(0.1)
        assert waiting.poll() is None
    stdout, stderr = waiting.communicate(timeout=300)
    assert (waiting.returncode, stdout) == (0, "published: publish.py publish\n"), stderr


def test_lock_file_of_a_dead_run_stops_nobody(machine: Machine) -> None:
    (machine.repo / ".venv-lock").write_text("4194305\n", "utf-8")
    assert machine.do("publish").returncode == 0


def test_two_runs_at_once_set_up_once(machine: Machine) -> None:
    runs = [machine.start("publish", str(number), STUB_PIP_SECONDS="0.1") for number in range(3)]
    for number, run in enumerate(runs):
        stdout, stderr = run.communicate(timeout=300)
        assert (run.returncode, stdout) == (0, f"published: publish.py publish {number}\n"), stderr
    calls = machine.calls()
    assert sum("-m venv" in call for call in calls) == 1
    assert sum("apt-get" in call and "install" in call for call in calls) == 1


def test_changed_dependencies_make_a_new_environment(machine: Machine) -> None:
    machine.do("publish")
    first = machine.venvs()
    (machine.repo / ".ci" / "requirements.lock").write_text("one==2\n", "utf-8")
    assert machine.do("publish").returncode == 0
    both = machine.venvs()
    assert len(both) == 2
    assert set(first) < set(both)
    assert (machine.repo / ".venv").resolve().name not in first


def test_old_environment_goes_after_a_week_unless_in_use(machine: Machine) -> None:
    machine.do("publish")
    marks = list(machine.repo.glob(".venv-run-*/complete"))
    os.utime(marks[0], (1, 1))
    (machine.repo / ".venv-run-half").mkdir()
    lock = machine.repo / ".ci" / "requirements.lock"
    with marks[0].open() as used:
        fcntl.flock(used, fcntl.LOCK_SH)
        lock.write_text("one==2\n", "utf-8")
        machine.do("publish")
        assert marks[0].exists()
        assert not (machine.repo / ".venv-run-half").exists()
    lock.write_text("one==3\n", "utf-8")
    machine.do("publish")
    assert not marks[0].parent.exists()


def test_moved_folder_gets_a_new_environment(machine: Machine) -> None:
    machine.do("publish")
    machine.repo = machine.repo.rename(machine.repo.with_name("elsewhere"))
    machine.calls()
    assert machine.do("publish").returncode == 0
    assert any("-m venv" in call for call in machine.calls())


def test_taking_away_the_link_starts_afresh(machine: Machine) -> None:
    machine.do("test")
    (machine.repo / ".venv").unlink()
    machine.calls()
    assert machine.do("publish").returncode == 0
    assert any("-m venv" in call for call in machine.calls())
    assert [name.split("-")[1] for name in machine.venvs()] == ["run"]


def test_own_venv_folder_is_left_alone(machine: Machine) -> None:
    (machine.repo / ".venv" / "mine").mkdir(parents=True)
    assert machine.do("publish").returncode == 0
    assert [entry.name for entry in (machine.repo / ".venv").iterdir()] == ["mine"]


def test_without_internet_it_says_so(machine: Machine) -> None:
    machine.set("offline")
    done = machine.do("publish")
    assert done.returncode == 3
    assert "  | Temporary failure in name resolution" in done.stderr
    assert "Check the connection" in done.stderr
    (machine.stub / "offline").unlink()
    assert machine.do("publish").returncode == 0


def test_only_what_the_lock_names_is_installed(machine: Machine) -> None:
    machine.do("publish")
    installs = [call for call in machine.calls() if " install " in call and "-m pip" in call]
    assert ["--require-hashes" in call for call in installs] == [True, False]
    assert "--no-deps --no-build-isolation" in installs[1]  # our own folder, with the build tool of the lock
    machine.set("forged")
    done = machine.do("test", "-k", "x")
    assert done.returncode == 3
    assert "What was downloaded is not what .ci/requirements-test.lock names" in done.stderr


def test_lint_runs_every_tool(machine: Machine) -> None:
    assert machine.do("lint").returncode == 0
    machine.calls()
    assert machine.do("lint", STUB_RUFF="1").returncode == 1
    tools = ["ruff", "ruff", "mypy", "shellcheck", "zizmor", "check-jsonschema", "check-jsonschema"]
    assert [call.split()[2] for call in machine.calls()] == tools


@pytest.mark.parametrize("tool", ["shellcheck", "zizmor", "check-jsonschema"])
def test_lint_fails_when_one_tool_does(machine: Machine, tool: str) -> None:
    assert machine.do("lint", STUB_BAD=tool).returncode == 1


@pytest.mark.parametrize("ruff", ["0", "1"])
def test_ci_runs_lint_and_ends_with_the_tests(machine: Machine, ruff: str) -> None:
    done = machine.run(".ci/run", STUB_RUFF=ruff)
    assert done.stdout.splitlines()[-1] == "1 passed in 0.01s, CI=true"
    assert done.returncode == int(ruff)


def test_ci_fails_when_a_test_does(machine: Machine) -> None:
    assert machine.run(".ci/run", STUB_TESTS="1").returncode == 1


def test_covering_too_few_lines_fails_a_run_of_all_tests(machine: Machine) -> None:
    assert "TOTAL 100 5 95%" in machine.do("cover").stdout
    assert machine.do("cover", STUB_LOW="2").returncode == 1
    assert machine.do("cover", STUB_TESTS="1").returncode == 1
    assert machine.do("cover", "-k", "arabic", STUB_LOW="2").returncode == 0


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_syntax(shell: str) -> None:
    if shutil.which(shell) is None:
        assert not os.environ.get("CI") or shell != "sh"
        pytest.skip(f"no {shell} here")
    assert subprocess.run([shell, "-n", REPO / "do"], timeout=300).returncode == 0
