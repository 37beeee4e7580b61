"""The translator's view: what its script asks the server for, and the saving of a translation."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plainleaf.languages import plurals
from plainleaf.preview import bodies, entries, refusals, saving
from plainleaf.preview.saving import Saved
from plainleaf.translations.po import Entry

_MOST_BYTES = 200_000  # of what is saved at a time


def routes() -> list[Route]:
    """What the view's script asks for."""
    return [
        Route("/api/translate/entries", _entries),
        Route("/api/translate/proposals", _proposals),
        Route("/api/translate/save", _save, methods=["POST"]),
        Route("/api/translate/undo", _undo, methods=["POST"]),
    ]


async def _entries(request: Request) -> Response:
    asked = {name: request.query_params.get(name, "") for name in ("leaflet", "locale", "words")}
    return JSONResponse(await request.app.state.desk.ask("entries", **asked))


async def _proposals(request: Request) -> Response:
    asked = {name: request.query_params.get(name, "") for name in ("leaflet", "locale", "context", "text")}
    return JSONResponse(await request.app.state.desk.ask("proposals", **asked))


_NEEDED = ("leaflet", "locale", "context", "text", "was", "string")


async def _save(request: Request) -> Response:
    given = await bodies.given(request, _MOST_BYTES)
    if not given or not all(isinstance(given.get(each), str) for each in _NEEDED):
        return JSONResponse({"failed": "this is no translation"}, 400)
    leaflet, locale, context, text, was, string = (given[each] for each in _NEEDED)
    forms = _texts(given.get("forms", []), plurals.MOST - 1)
    if forms is None:
        return JSONResponse({"failed": "these are no plural forms"}, 400)
    if wrong := _unknown(leaflet, locale) or _unwritable("".join((string, *forms))):
        return JSONResponse({"failed": wrong}, 400)
    desk = request.app.state.desk
    fuzzy = given.get("fuzzy") is True
    change = partial(saving.save, desk.root, locale, leaflet, (context, text), was, string, fuzzy, forms)
    return await _done(request, change)


async def _undo(request: Request) -> Response:
    given = await bodies.given(request, _MOST_BYTES)
    before = _entry(given.get("before")) if given else None
    if (
        not given
        or before is None
        or not all(isinstance(given.get(each), str) for each in ("leaflet", "locale", "was"))
    ):
        return JSONResponse({"failed": "there is nothing to undo"}, 400)
    if wrong := _unknown(given["leaflet"], given["locale"]):
        return JSONResponse({"failed": wrong}, 400)
    desk = request.app.state.desk
    return await _done(
        request, partial(saving.restore, desk.root, given["locale"], given["leaflet"], given["was"], before)
    )


def _unknown(leaflet: str, locale: str) -> str:
    """What is wrong with names that are to lead to a file; "" for nothing."""
    return bodies.unfit((leaflet, locale)) or ("" if leaflet and locale else "a leaflet and a language are needed")


def _unwritable(string: str) -> str:
    return "" if bodies.is_text(string) else "a text cannot contain U+0000 or half a character"


async def _done(request: Request, change: Any) -> Response:
    desk = request.app.state.desk
    try:
        saved: Saved = await desk.save(change)
    except refusals.REFUSALS as error:
        return JSONResponse({"failed": refusals.why(error)}, 409)
    if saved.findings:
        return JSONResponse({"failed": "; ".join(f"{each.message} ({each.at})" for each in saved.findings)}, 409)
    if saved.conflict:
        return JSONResponse({"conflict": entries.about(saved.now) if saved.now else None}, 409)
    assert saved.now and saved.before
    return JSONResponse({**entries.about(saved.now), "before": _plain(saved.before)})


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON can hold it, for its undoing."""
    return {**asdict(entry), "flags": sorted(entry.flags)}


def _entry(value: object) -> Entry | None:
    """The entry that ``_plain`` gave this for; ``None`` for anything else."""
    if not isinstance(value, dict):
        return None
    key, previous, string = _pair(value.get("key")), _pair(value.get("previous")), value.get("string")
    forms, plural = _texts(value.get("forms", []), plurals.MOST - 1), value.get("previous_plural", "")
    comments, flags = _lines(value.get("comments")), _lines(value.get("flags"))
    if key is None or comments is None or flags is None or forms is None or not isinstance(string, str):
        return None
    if not isinstance(plural, str) or _unwritable("".join((string, plural, *forms))):
        return None
    made = Entry(key, string, comments, flags=set(flags), previous=previous)
    return replace(made, forms=forms, previous_plural=plural)


def _texts(value: object, most: int) -> tuple[str, ...] | None:
    """A list of so many texts at most; ``None`` for anything else."""
    if not isinstance(value, list) or len(value) > most or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)


def _pair(value: object) -> tuple[str, str] | None:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(each, str) for each in value):
        return None
    return None if _unwritable("".join(value)) else (value[0], value[1])


def _lines(value: object) -> list[str] | None:
    """Texts that each fit into a line of a file."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return None if any(sign in each for each in value for sign in "\r\n\0") else value
