"""Sending the server's errands (``errands``): each a process of its own, few at a time."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plainleaf.preview import bodies, renewing

_AT_ONCE = asyncio.Semaphore(2)
_WORDS = ("by", "seen", "missing", "paths", "called")  # what leads to no file by its name


async def answered(request: Request, kind: str, names: tuple[str, ...], given: Mapping[str, Any]) -> Response:
    """Have an errand done, and answer with what it says. ``names``: what it is given, all texts."""
    said, status = await done(request, kind, {name: given.get(name, "") for name in names})
    return JSONResponse(said, status)


async def done(request: Request, kind: str, asked: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """What an errand says, with the status of the answer."""
    errand, wrong = about(request, kind, asked)
    if wrong:
        return {"failed": wrong}, 400
    async with _AT_ONCE:
        said = await _run(errand)
    return said, 503 if "ended" in said else 200


def about(request: Request, kind: str, asked: Mapping[str, Any]) -> tuple[str, str]:
    """An errand in JSON, and what is wrong with what is asked for."""
    wrong = bodies.unfit(value for name, value in asked.items() if name not in _WORDS)
    root, today = str(request.app.state.desk.root), date.today().isoformat()
    return json.dumps({"errand": kind, "root": root, "today": today, **asked}), wrong


async def _run(errand: str) -> dict[str, Any]:
    command, environment = renewing.command(errand)
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    try:
        said: dict[str, Any] = json.loads(out)
    except ValueError:
        return renewing.FAILED
    return said
