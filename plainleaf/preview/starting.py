"""What is begun from the preview: the names of languages, and the errands that begin a language or a leaflet."""

from __future__ import annotations

from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plainleaf.languages import naming
from plainleaf.preview import bodies, sending

_LONGEST = 1000  # characters of a name or title that are looked at


def routes() -> list[Route]:
    """What the scripts ask for."""
    return [
        Route("/api/begin/languages", _languages),
        Route("/api/begin/language", _language, methods=["POST"]),
        Route("/api/begin/leaflet", _leaflet, methods=["POST"]),
        Route("/api/begin/texts", _texts, methods=["POST"]),
    ]


async def _languages(request: Request) -> Response:
    """What languages are called that can be begun, to choose from while a name is typed."""
    return JSONResponse(await run_in_threadpool(_names))


@cache  # one value
def _names() -> list[str]:
    english = dict.fromkeys(naming.english_names())
    codes = {code for name in english for code in naming.named(name)}
    return sorted({*english, *naming.all_names(codes)}, key=str.casefold)


async def _language(request: Request) -> Response:
    return await _begun(request, "language", ("called", "leaflet"))


async def _leaflet(request: Request) -> Response:
    return await _begun(request, "leaflet", ("called",))


async def _texts(request: Request) -> Response:
    return await _begun(request, "update", ("locale",))


async def _begun(request: Request, kind: str, names: tuple[str, ...]) -> Response:
    """Have it begun, and have what is in view read again before anybody asks for it."""
    given = await bodies.given(request)
    asked = {name: given.get(name, "") for name in names} if given else {}
    if not asked or not all(bodies.is_text(value) and len(value) <= _LONGEST for value in asked.values()):
        return JSONResponse({"failed": "this is not a name"}, 400)
    desk = request.app.state.desk
    said, status = await sending.done(request, kind, {"clinic": desk.clinic, **asked})
    if written := said.get("written"):
        desk.changed(frozenset(written))
    return JSONResponse(said, status)
