"""Other programs that print the same text, for comparison, where they are installed: Typst with make, and Chromium."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.benchmarks import measuring


class MissingError(Exception):
    """A program is not installed: which, and where it comes from."""


def typst() -> list[str]:
    """What compiles a file of Typst, to be followed by its names. Raises ``MissingError``."""
    if found := shutil.which("typst"):
        return [found, "compile"]
    if find_spec("typst"):
        return [sys.executable, "-c", "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"]
    raise MissingError("Typst is not installed (pip install typst, or its own program)")


def typst_text(markdown: str) -> str:
    """A leaflet as text of Typst: headings, paragraphs and lists, nothing of layouts."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^:::.*$|!?\[([^\]]*)\]\([^)]*\)", r"\1", body, flags=re.MULTILINE)
    body = re.sub(r"[\\#$@<>*_`~\[\]{}]", lambda found: "=" if found[0] == "#" else "", body)
    return f'#set page(paper: "a4")\n#set text(size: 12pt)\n{body}\n'


def made_with(folder: Path, text: str, targets: int) -> list[str]:
    """A folder in which make has ``targets`` files of Typst to compile, three of each text; gives the command."""
    if not shutil.which("make"):
        raise MissingError("make is not installed")
    words = " ".join(typst())
    lines = [f"all: {' '.join(f'{number}.pdf' for number in range(targets))}"]
    for number in range(targets):
        (folder / f"{number}.typ").write_text(f'#include "text-{number // 3}.typ"\n', encoding="utf-8")
        (folder / f"text-{number // 3}.typ").write_text(text, encoding="utf-8")
        lines += [f"{number}.pdf: {number}.typ text-{number // 3}.typ", f"\t@$(COMPILE) {number}.typ {number}.pdf"]
    (folder / "Makefile").write_text("\n".join(lines) + "\n", encoding="utf-8")
    quoted = words if shutil.which("typst") else f"{sys.executable} {_script(folder)}"
    return ["make", "-s", f"COMPILE={quoted}"]


def _script(folder: Path) -> Path:
    path = folder / "compile.py"
    path.write_text("import sys, typst\ntypst.compile(sys.argv[1], output=sys.argv[2])\n", encoding="utf-8")
    return path


# --------------------------------------------------------------------------- Chromium


@dataclass(frozen=True, slots=True)
class Browser:
    """A Chromium that stays open, asked through two pipes (its DevTools protocol)."""

    process: int
    asking: int
    answering: int

    def ask(self, method: str, session: str = "", **options: Any) -> Mapping[str, Any]:
        """What it answers. Raises ``ValueError`` if it refuses."""
        about = {"id": 1, "method": method, "params": options, **({"sessionId": session} if session else {})}
        os.write(self.asking, json.dumps(about).encode() + b"\0")
        return self._next(lambda said: said.get("id") == 1)

    def _next(self, wanted: Any) -> Mapping[str, Any]:
        while True:
            data = bytearray()
            while not data.endswith(b"\0"):
                data += os.read(self.answering, 1)
            said = json.loads(data[:-1])
            if wanted(said):
                if "error" in said:
                    raise ValueError(said["error"]["message"])
                return said.get("result", said)  # type: ignore[no-any-return]

    def printed(self, page: Path) -> bytes:
        """A page as PDF, with tags."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable", session)
        self.ask("Page.navigate", session, url=page.as_uri())
        self._next(lambda said: said.get("method") == "Page.loadEventFired")
        made = self.ask("Page.printToPDF", session, preferCSSPageSize=True, generateTaggedPDF=True)["data"]
        self.ask("Target.closeTarget", targetId=target)
        return base64.b64decode(made)

    def cpu(self) -> float:
        """CPU seconds of all its processes up to now."""
        return measuring.alive([self.process])


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Raises ``MissingError``."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise MissingError("Chromium is not installed")
    theirs_in, asking = os.pipe()
    answering, theirs_out = os.pipe()
    options = [
        "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--allow-file-access-from-files", f"--user-data-dir={folder / 'chromium'}",
    ]  # fmt: skip
    line = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
    started = subprocess.Popen(
        ["bash", "-c", line, "-", found, *options], pass_fds=[theirs_in, theirs_out],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(started.pid, asking, answering)
    finally:
        os.close(asking)
        os.close(answering)
        started.terminate()
        started.wait()
