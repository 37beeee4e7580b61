"""What scripts of the preview send: objects in JSON, of no great size, with names that lead nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeGuard

from starlette.requests import Request

MOST_BYTES = 2_000_000  # of what is sent at a time: a leaflet's source, at the most


async def given(request: Request, most: int = MOST_BYTES) -> dict[str, Any] | None:
    """What a script sends, an object in JSON; ``None`` for anything else."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    body = await raw(request, most)
    if body is None:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


async def raw(request: Request, most: int) -> bytes | None:
    """What is sent, as it is; ``None`` if it is larger than so many bytes."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            return None
    return bytes(body)


def is_text(value: object) -> TypeGuard[str]:
    """Whether this is a text that a file can hold: whole characters, and no U+0000."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def unfit(names: Iterable[object]) -> str:
    """What is wrong with names that are to lead to a file, "" for nothing; a name may be left empty."""
    for name in names:
        if not is_text(name):
            return "a name is text, of whole characters"
        if name.startswith((".", "-")) or any(sign in name for sign in "/\\"):
            return f"“{name}” is no name of a leaflet, language, layout or clinic"
    return ""
