"""A shell completes commands, options and the names of what there is with Tab: what ``plainleaf completion`` prints
has it ask us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plainleaf.cli import main as cli
from plainleaf.cli.completion import SHELLS
from tests.conftest import OURS


def offered(line: str, root: Path) -> set[str]:
    """What is offered for the last word of a line, as bash asks for it: the answer comes by file descriptor 8."""
    reading, writing = os.pipe()
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_TYPE": "9",
    }
    code = f"import os; os.dup2({writing}, 8)\nfrom plainleaf.cli.main import main\nmain()"
    command, environment = [sys.executable, "-c", code], os.environ | OURS | asked
    subprocess.run(
        command, cwd=root, env=environment, pass_fds=[writing], timeout=300, check=True, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        return set(answer.read().split())


@pytest.mark.parametrize(
    ("line", "some"),
    [("plainleaf pub", {"publish"}), ("plainleaf new ", {"project", "leaflet"}),
     ("plainleaf publish --lay", {"--layout"}), ("plainleaf publish --layout large-print-", {"large-print-letter"}),
     ("plainleaf publish inh", {"inhaler"}), ("plainleaf approve e", {"es"}),
     ("plainleaf check --clinic s", {"sample"}), ("plainleaf guide wr", {"writing"})],
)  # fmt: skip
def test_commands_options_and_names_of_what_there_is_are_completed(line: str, some: set[str], content: Path) -> None:
    assert some <= offered(line, content)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_what_has_it_ask(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0
    assert "plainleaf" in capsys.readouterr().out
