"""What content repositories hook up: the GitHub Action, the pre-commit hooks, the examples in docs/ci.md.

The action's shell steps are run by bash with what a runner gives them; a stand-in for Python makes the environment.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from plainleaf.cli import main as cli
from plainleaf.cli import options as commandline
from tests.conftest import ROOT, needs

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES: list[Any] = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)]


@pytest.fixture
def runner(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the action's shell steps in a folder, as GitHub does, until one fails."""
    needs("bash")
    bin_, temp = tmp_path / "bin", tmp_path / "runner temp"
    bin_.mkdir()
    temp.mkdir()
    tool = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(ROOT / "publish.py"))} "$@"\n'
    (tmp_path / "plainleaf").write_text(tool, encoding="utf-8")
    for name in ("sudo", "apt-get"):
        stub = f'#!/bin/sh\necho "{name} $*" >>{shlex.quote(str(tmp_path / "system calls"))}\n'
        (bin_ / name).write_text(stub, encoding="utf-8")
        (bin_ / name).chmod(0o755)
    (bin_ / "python").write_text(
        f'#!/bin/sh\necho "$*" >>{shlex.quote(str(tmp_path / "calls"))}\n'
        'if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"\n'
        f'elif [ "$1 $2 $3" = "-m pip install" ]; then cp {shlex.quote(str(tmp_path / "plainleaf"))} "${{0%/*}}"; fi\n',
        encoding="utf-8",
    )
    for path in (tmp_path / "plainleaf", bin_ / "python"):
        path.chmod(0o755)

    def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        environment = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
        environment |= {"RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_WORKSPACE": str(folder)}
        for step in [step for step in ACTION["runs"]["steps"] if "run" in step]:
            own = {name: given[value[len("${{ inputs.") : -len(" }}")]] for name, value in step.get("env", {}).items()}
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            every = environment | own
            done = subprocess.run(command, cwd=folder, env=every, capture_output=True, text=True, check=False)
            if done.returncode:
                break
        return done

    return run


@pytest.fixture
def repository(content: Path, replaced: Callable[[Path, str, str], None]) -> Path:
    """A repository with leaflets in a folder of their own; the translation has another dose."""
    replaced(content / "locales/es/LC_MESSAGES/inhaler.po", "con un inhalador de 50 mcg", "con un inhalador de 500 mcg")
    return content.parent


def test_the_action_is_what_github_reads() -> None:
    schema = json.loads((ROOT / "tests/schemas/github-action.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(ACTION)


def test_the_action_uses_others_by_their_commit_and_puts_no_input_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"x@{'0' * 40}"))
        assert "${{" not in step.get("run", "")


def test_the_action_annotates_the_line_to_mend_and_fails(runner: Callable[..., Any], repository: Path) -> None:
    done = runner(repository, root="my leaflets", sarif_file="reports/plainleaf.sarif")
    assert done.returncode == 1
    assert "::error file=my leaflets/locales/es/LC_MESSAGES/inhaler.po,line=" in done.stdout
    (log,) = json.loads((repository / "reports/plainleaf.sarif").read_text(encoding="utf-8"))["runs"]
    where = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (repository / where.replace("%20", " ")).is_file()


def test_the_action_installs_the_fonts_that_letters_are_compared_with(
    runner: Callable[..., Any], content: Path, tmp_path: Path
) -> None:
    calls = tmp_path / "system calls"
    assert runner(content, fonts="false").returncode == 0 and not calls.exists()
    assert runner(content).returncode == 0
    assert "sudo apt-get -q install -y --no-install-recommends fonts-noto-core fonts-noto-cjk" in calls.read_text(
        "utf-8"
    )


def test_the_action_installs_itself_with_the_locked_libraries(runner: Callable[..., Any], content: Path) -> None:
    assert runner(content).returncode == 0
    calls = (content.parent / "calls").read_text(encoding="utf-8")
    assert f"--require-hashes --requirement {ROOT}/.ci/requirements.lock\n" in calls
    assert f"--no-deps --no-build-isolation {ROOT}\n" in calls
    assert (ROOT / ".ci/requirements.lock").is_file()
    assert not list(content.glob("*.sarif"))


def test_an_input_is_never_run(runner: Callable[..., Any], content: Path) -> None:
    done = runner(content, root="$(touch gone)`touch gone`;touch gone", format="text")
    assert done.returncode == 2
    assert not list(content.rglob("gone"))


def test_hooks_run_the_command_as_it_is() -> None:
    assert {hook["id"]: hook["entry"] for hook in HOOKS} == {
        "plainleaf-check": "plainleaf check", "plainleaf-extract": "plainleaf extract",
    }  # fmt: skip
    for hook in HOOKS:
        assert commandline.parser().parse_args([*hook["entry"].split()[1:], "--root", "x"]).command in cli._COMMANDS
        assert not hook["pass_filenames"]


@pytest.mark.parametrize(
    ("file", "hooks"),
    [
        ("sources/inhaler.md", 2), ("content/sources/inhaler.md", 2), ("locales/es/LC_MESSAGES/inhaler.po", 1),
        ("locales/inhaler.pot", 2), ("layouts/a4/layout.html", 2), ("pyproject.toml", 1), ("README.md", 0),
    ],
)  # fmt: skip
def test_a_hook_runs_when_a_file_it_reads_changes(file: str, hooks: int) -> None:
    assert sum(bool(re.search(hook["files"], file)) for hook in HOOKS) == hooks


def test_the_examples_in_the_readme_use_inputs_hooks_and_formats_that_exist() -> None:
    text = "\n".join(re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL))
    steps = [step for one in EXAMPLES for job in one.get("jobs", {}).values() for step in job["steps"]]
    ours = [step for step in steps if step["uses"].startswith("OWNER/plainleaf@")]
    assert len(ours) == 1
    assert set(ours[0]["with"]) <= set(ACTION["inputs"])
    used = [hook["id"] for one in EXAMPLES for repo in one.get("repos", []) for hook in repo["hooks"]]
    assert used == [hook["id"] for hook in HOOKS]
    commands = re.findall(r"plainleaf (check .*?) >", text)
    assert [commandline.parser().parse_args(command.split()).format for command in commands] == ["gitlab", "junit"]
