"""The writer's view: the source of a leaflet beside its page, saved whole; pictures that are dropped into it."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plainleaf import files
from plainleaf.graphics import pictures
from plainleaf.preview import bodies, refusals
from plainleaf.sources.markdown import LARGEST_FILE

FOLDER = Path("sources") / "pictures"
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_MOST_NAMES = 100


def routes() -> list[Route]:
    """What the view's script asks for."""
    return [
        Route("/api/write/source", _source),
        Route("/api/write/look", _look, methods=["POST"]),
        Route("/api/write/save", _save, methods=["POST"]),
        Route("/api/write/picture", _picture, methods=["POST"]),
    ]


def mark(data: bytes) -> str:
    """A digest of a file, by which it is seen whether somebody else has saved it."""
    return hashlib.sha256(data).hexdigest()


def path_of(root: Path, leaflet: str) -> Path:
    """Where a leaflet's source is."""
    return root / "sources" / f"{leaflet}.md"


async def _source(request: Request) -> Response:
    """A source as it is saved."""
    leaflet = request.query_params.get("leaflet", "")
    if wrong := bodies.unfit([leaflet]):
        return JSONResponse({"failed": wrong}, 400)
    root: Path = request.app.state.desk.root
    try:
        data = await run_in_threadpool(files.Root(root).read, path_of(root, leaflet), LARGEST_FILE)
        return JSONResponse({"text": _shown(data), "mark": mark(data)})
    except OSError as error:
        return JSONResponse({"failed": f"the source could not be read: {error.strerror}"}, 404)
    except UnicodeDecodeError:
        return JSONResponse({"failed": "the source is not UTF-8 text: save it as UTF-8"}, 409)


def _shown(data: bytes) -> str:
    """A file's text as a browser edits it: with its own line ends, and without a byte order mark."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _kept(text: str, before: bytes) -> bytes:
    """A text that was edited in a browser, with the line ends and the byte order mark of the file that it replaces."""
    end = b"\r\n" if before.count(b"\r\n") * 2 > before.count(b"\n") else b"\n"
    bom = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return bom + text.replace("\r\n", "\n").encode().replace(b"\n", end)


async def _look(request: Request) -> Response:
    """What is wrong with a text that is being written."""
    given = await bodies.given(request)
    if not given or not bodies.is_text(given.get("text")) or bodies.unfit([given.get("leaflet")]):
        return JSONResponse({"failed": "this is no source"}, 400)
    found = await request.app.state.desk.ask("look", leaflet=given["leaflet"], text=given["text"])
    return JSONResponse(found)


async def _save(request: Request) -> Response:
    """Save a source whole, if it is still the one that was edited."""
    given = await bodies.given(request)
    texts = given and bodies.is_text(given.get("text")) and isinstance(given.get("was"), str)
    if not given or not texts or bodies.unfit([given.get("leaflet")]) or not given.get("leaflet"):
        return JSONResponse({"failed": "this is no source"}, 400)
    desk = request.app.state.desk
    try:
        said = await desk.save(partial(save, desk.root, given["leaflet"], given["text"], given["was"]))
    except refusals.REFUSALS as error:
        return JSONResponse({"failed": refusals.why(error)}, 409)
    except OSError as error:
        return JSONResponse({"failed": f"the file could not be read: {error.strerror}"}, 409)
    return JSONResponse(said, 200 if "conflict" not in said else 409)


def save(root: Path, leaflet: str, text: str, was: str) -> dict[str, Any]:
    """Write a source, if its file still has the digest ``was``; else nothing, and what is in the file."""
    path = path_of(root, leaflet)
    before = files.Root(root).read(path, LARGEST_FILE)
    data = _kept(text, before)
    if mark(before) not in (was, mark(data)):
        return {"conflict": True, "text": _shown(before), "mark": mark(before)}
    files.Root(root).save(path, data, was=before)
    return {"mark": mark(data)}


async def _picture(request: Request) -> Response:
    """Copy a picture into ``sources/pictures``, if it can be printed."""
    name = request.query_params.get("name", "")
    kind = Path(name).suffix.lower()
    if kind not in _KINDS or request.headers.get("content-type", "") not in _KINDS.values():
        return JSONResponse({"failed": "this is not a JPEG, PNG or SVG"}, 400)
    data = await bodies.raw(request, pictures.PHOTO_BYTES[kind])
    if data is None:
        return JSONResponse({"failed": f"the picture is larger than {pictures.PHOTO_BYTES[kind] // 1000:,} KB"}, 413)
    if fault := await run_in_threadpool(pictures.judged, data, kind, True):
        return JSONResponse(
            {"failed": f"this picture cannot be printed: {fault}. How to fix: {pictures.SAVE_ANEW}"}, 409
        )
    desk = request.app.state.desk
    try:
        path = await desk.save(partial(copied, desk.root, name, data))
    except refusals.REFUSALS as error:
        return JSONResponse({"failed": refusals.why(error, "the picture")}, 409)
    return JSONResponse({"path": path})


def copied(root: Path, name: str, data: bytes) -> str:
    """Write a picture below ``sources``, and give its path from there; beside another one of that name under the next
    free one, and not at all where the same picture is there."""
    kind = Path(name).suffix.lower()
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:60] or "picture"
    for number in range(1, _MOST_NAMES):
        path = root / FOLDER / f"{stem}{f'-{number}' if number > 1 else ''}{kind}"
        try:
            if files.Root(root).read(path, len(data)) == data:
                break
        except FileNotFoundError:
            files.Root(root).save(path, data, was=None)
            break
        except files.RefusedError:  # larger than this one, or no file: another name
            continue
    else:
        raise files.RefusedError(root / FOLDER / name, "has a name that too many other pictures have")
    return path.relative_to(root / "sources").as_posix()
