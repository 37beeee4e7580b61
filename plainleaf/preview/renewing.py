"""Making anew what is out of date in the output folder: a process of its own, which windows ask how far it is."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass, field
from typing import Any

FAILED = {"failed": "this could not be done: see the terminal in which the preview was started", "ended": True}


def command(about: str) -> tuple[list[str], dict[str, str]]:
    """What does an errand, with its environment."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return [sys.executable, "-m", "plainleaf.preview.errands", about], environment


@dataclass
class Renewal:
    """The run that is under way, or the last one: what it ``said`` last, and whether somebody has stopped it."""

    said: dict[str, Any] = field(default_factory=dict)
    stopped: bool = False
    _task: asyncio.Task[None] | None = None
    _process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """Whether files are being made. Workers that were at a page when it was stopped may go on with that, and keep
        what it says open, which nobody waits for."""
        ended = self.stopped and self._process is not None and self._process.returncode is not None
        return self._task is not None and not self._task.done() and not ended

    def start(self, about: str) -> None:
        """Begin, unless it has begun. ``about``: the errand, in JSON."""
        if not self.running:
            self.said, self.stopped, self._process = {}, False, None
            self._task = asyncio.create_task(self._run(about))

    def stop(self) -> None:
        """End it: what is made already stays, each file whole."""
        self.stopped = self.stopped or self.running
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def as_json(self) -> dict[str, Any]:
        """How far it is."""
        return {"running": self.running, "stopped": self.stopped, **self.said}

    async def _run(self, about: str) -> None:
        run, environment = command(about)
        self._process = process = await asyncio.create_subprocess_exec(
            *run, env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, limit=10_000_000
        )
        assert process.stdout
        if self.stopped:  # while it was started
            self.stop()
        try:
            async for line in process.stdout:
                if process is not self._process:
                    return  # another run has begun
                with contextlib.suppress(ValueError):
                    self.said = json.loads(line)
            if await process.wait() and not self.stopped:
                self.said = FAILED
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
