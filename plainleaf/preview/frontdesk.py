"""The desk's view: the file to print with advice, the clinic's details, what is to be done, signatures.

What asks a whole project is an errand (``errands``), in a process of its own: the pages in view go on meanwhile.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from plainleaf import files
from plainleaf.clinics import editing, form
from plainleaf.clinics import file as clinicfile
from plainleaf.clinics.editing import Change, Saved, UneditableError
from plainleaf.files.toml import MOST_BYTES
from plainleaf.preview import bodies, refusals, sending, titles
from plainleaf.preview.renewing import Renewal
from plainleaf.reading.limits import MOST_BYTES as MOST_OF_PDF

_MOST_CHANGES = 400
_MOVE = "Open it with another program, or have build be a folder among your leaflets, and prepare the file again."
_FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}


def routes() -> list[Route]:
    """What the view's script asks for."""
    return [
        Route("/api/desk/overview", _overview),
        Route("/api/desk/print", _print, methods=["POST"]),
        Route("/api/desk/file/{path:path}", _file),
        Route("/api/desk/texts", _texts),
        Route("/api/desk/sign", _sign, methods=["POST"]),
        Route("/api/desk/lying", _lying),
        Route("/api/desk/renew", _renew, methods=["POST"]),
        Route("/api/desk/renewal", _renewal),
        Route("/api/desk/renewal/stop", _stop, methods=["POST"]),
        Route("/api/desk/clear", _clear, methods=["POST"]),
        Route("/api/desk/clinic", _clinic),
        Route("/api/desk/clinic/check", _check, methods=["POST"]),
        Route("/api/desk/clinic/save", _save, methods=["POST"]),
    ]


# --------------------------------------------------------------------------- errands


async def _overview(request: Request) -> Response:
    return await sending.answered(request, "overview", ("clinic",), _chosen(request, request.query_params))


async def _texts(request: Request) -> Response:
    return await sending.answered(
        request, "texts", ("clinic", "leaflet", "locale"), _chosen(request, request.query_params)
    )


async def _print(request: Request) -> Response:
    given = await bodies.given(request)
    if given is None:
        return JSONResponse({"failed": "this is no file to print"}, 400)
    return await sending.answered(request, "print", ("clinic", "leaflet", "locale", "layout"), _chosen(request, given))


async def _sign(request: Request) -> Response:
    given = await bodies.given(request)
    seen = given.get("seen") if given else None
    more = (given.get("by", ""), given.get("digest", "")) if given else ()
    if given is None or not isinstance(seen, list) or not all(map(bodies.is_text, (*seen, *more))):
        return JSONResponse({"failed": "this is no signature"}, 400)
    names = ("clinic", "leaflet", "locale", "by", "digest", "seen")
    return await sending.answered(request, "sign", names, _chosen(request, given))


async def _lying(request: Request) -> Response:
    return await sending.answered(request, "lying", ("clinic",), _chosen(request, request.query_params))


async def _clear(request: Request) -> Response:
    given = await bodies.given(request)
    paths = given.get("paths") if given else None
    if given is None or not isinstance(paths, list) or not all(map(bodies.is_text, paths)):
        return JSONResponse({"failed": "these are no files"}, 400)
    return await sending.answered(request, "clear", ("clinic", "paths"), _chosen(request, given))


async def _renew(request: Request) -> Response:
    given = await bodies.given(request)
    if given is None or not isinstance(given.get("missing"), bool):
        return JSONResponse({"failed": "it is not said what to make"}, 400)
    asked = {name: value for name, value in _chosen(request, given).items() if name in ("clinic", "missing")}
    about, wrong = sending.about(request, "renew", asked)
    if wrong:
        return JSONResponse({"failed": wrong}, 400)
    run = _run_of(request)
    run.start(about)
    return JSONResponse(run.as_json())


async def _renewal(request: Request) -> Response:
    return JSONResponse(_run_of(request).as_json())


async def _stop(request: Request) -> Response:
    _run_of(request).stop()
    return JSONResponse(_run_of(request).as_json())


def _run_of(request: Request) -> Renewal:
    """What makes files anew: one at a time, which all windows see."""
    state = request.app.state
    if not hasattr(state, "renewal"):
        state.renewal = Renewal()
    found: Renewal = state.renewal
    return found


def _chosen(request: Request, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked for, for the clinic that is asked for, or the one that the preview was started for."""
    return {**given, "clinic": given.get("clinic") or request.app.state.desk.clinic}


async def _file(request: Request) -> Response:
    """A PDF of the output folder; of none that a link has led out of the root."""
    root = request.app.state.desk.root
    try:
        folder = files.Root(root).inside(root / "build")
    except OSError as error:
        return PlainTextResponse(f"This file is not shown here: the folder build {error.strerror}. {_MOVE}\n", 403)
    path = folder / request.path_params["path"]
    if path.suffix != ".pdf":
        return PlainTextResponse("There is no such file.\n", 404)
    try:
        data = await run_in_threadpool(files.Root(folder).read, path, MOST_OF_PDF)
    except (OSError, ValueError):
        return PlainTextResponse("There is no such file.\n", 404)
    return Response(data, media_type="application/pdf", headers=_FRAMED)


# --------------------------------------------------------------------------- the clinic's details


def _path(root: Path, name: str) -> Path:
    return root / clinicfile.FOLDER / f"{name}.toml"


async def _clinic(request: Request) -> Response:
    """A clinic's file, with what people call its keys."""
    desk = request.app.state.desk
    there = clinicfile.names(desk.root)
    name = request.query_params.get("clinic") or desk.clinic or clinicfile.standard(there, "") or next(iter(there), "")
    if name not in there:
        return JSONResponse({"failed": f"there is no clinic “{name}”", "clinics": list(there)}, 404)
    return JSONResponse(await run_in_threadpool(_read, desk.root, name, there))


def _read(root: Path, name: str, there: tuple[str, ...]) -> dict[str, Any]:
    try:
        data = files.Root(root).read(_path(root, name), MOST_BYTES)
    except OSError as error:
        return {"failed": f"the clinic's file could not be read: it {error.strerror}", "clinics": list(there)}
    _, findings = clinicfile.judged(root, name, data)
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError:
        values = {}
    return {
        "clinic": name,
        "clinics": list(there),
        "file": f"{clinicfile.FOLDER.as_posix()}/{name}.toml",
        "groups": [asdict(group) for group in form.GROUPS],
        "tables": form.TABLES,
        "days": form.DAYS,
        "closed": [asdict(field) for field in form.OUT_OF_HOURS],
        "contact": [asdict(field) for field in form.CONTACT],
        "leaflets": [each._asdict() for each in titles.titles(root).values()],
        "values": values,
        "findings": _by_key(findings, data),
    }


def _by_key(findings: Any, data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig", "replace")
    found = []
    for each in findings:
        key, what = form.about(each, text)
        found.append({"key": key, "severity": each.severity.key, "what": what, "how": each.hint})
    return found


async def _check(request: Request) -> Response:
    """What would be wrong with the file after some changes; writes nothing."""
    return await _changed(request, write=False)


async def _save(request: Request) -> Response:
    return await _changed(request, write=True)


async def _changed(request: Request, write: bool) -> Response:
    desk = request.app.state.desk
    given = await bodies.given(request)
    changes = _changes(given.get("changes")) if given else None
    name = str(given.get("clinic", "")) if given else ""
    if changes is None or name not in clinicfile.names(desk.root):
        return JSONResponse({"failed": "this is no change of a clinic's details"}, 400)
    try:
        if write:
            saved: Saved = await desk.save(partial(editing.save, desk.root, name, changes))
        else:
            data = await run_in_threadpool(files.Root(desk.root).read, _path(desk.root, name), MOST_BYTES)
            saved = await run_in_threadpool(editing.attempt, desk.root, name, data, changes)
    except UneditableError as error:
        return JSONResponse({"failed": str(error)}, 409)
    except refusals.REFUSALS as error:
        return JSONResponse({"failed": refusals.why(error)}, 409)
    clash = [
        {"key": list(each.change.key), "there": each.there, "now": each.change.now, "was": each.change.was}
        for each in saved.conflicts
    ]
    about = {"written": saved.written, "findings": _by_key(saved.findings, saved.data), "conflicts": clash}
    return JSONResponse(about, 409 if write and not saved.written else 200)


def _changes(value: object) -> list[Change] | None:
    """Changes as the script sends them; ``None`` for anything else."""
    if not isinstance(value, list) or len(value) > _MOST_CHANGES:
        return None
    found = []
    for each in value:
        if not isinstance(each, dict) or not _is_key(key := each.get("key")):
            return None
        was, now = (_value(each.get(part)) for part in ("was", "now"))
        if was is ... or now is ...:
            return None
        found.append(Change(tuple(key), was, now))  # type: ignore[arg-type]
    return found


def _is_key(key: object) -> bool:
    steps = (
        isinstance(key, list)
        and 0 < len(key) < 5
        and all((bodies.is_text(step) and step) or (type(step) is int and 0 <= step < 100) for step in key)
    )
    return bool(steps) and isinstance(key[0], str)  # type: ignore[index]


def _value(value: object) -> Any:
    """A text, a list of texts or nothing; ``...`` for anything else, and for what no file of settings can hold."""
    if value is None or bodies.is_text(value):
        return value
    if isinstance(value, list) and all(map(bodies.is_text, value)):
        return tuple(value)
    return ...
