"""The server: what it answers, how it starts and ends. What needs a project is asked of the warm process."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from plainleaf import files
from plainleaf.files.places import PACKAGE
from plainleaf.languages import naming
from plainleaf.preview import refusals, shell, starting, watching
from plainleaf.preview.guarding import PAGE_POLICY, TOKEN, Guard
from plainleaf.preview.hub import Hub
from plainleaf.preview.sights import News, Sight
from plainleaf.preview.views import VIEWS
from plainleaf.project import leaflet_files

ADDRESS = "127.0.0.1"
USUAL_PORT = 8473  # of no known service (IANA)
_DATA = PACKAGE / "preview" / "data"
_MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
          ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".woff2": "font/woff2"}  # fmt: skip
_MOST_DEATHS = 20  # of the warm process: then something is wrong with this machine
_BREATH = 15.0  # seconds after which a window hears that the server is still there


class GoneError(RuntimeError):
    """The warm process has ended, or could not answer."""


@dataclass
class Desk:
    """What views have of the server: the ``root`` and the ``clinic``, the ``hub`` with the windows, ``ask`` for what
    the warm process answers, ``save`` to write a file."""

    root: Path
    clinic: str
    hub: Hub = field(init=False)
    _pipe: Connection | None = None
    _process: subprocess.Popen[bytes] | None = None
    _asked: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    _deaths: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.hub = Hub(lambda sights: self._send("look", sights))

    # ----------------------------------------------------------------------- for views

    async def ask(self, kind: str, **about: Any) -> Any:
        """What the warm process answers to a question (``View.answers``). Raises ``GoneError``."""
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        self._send("answer", number, kind, about)
        return await answer

    async def save(self, change: Callable[[], Any]) -> Any:
        """What ``change`` gives, which reads and writes files of the root (``files.Root(root).save``): no other run
        of the tool writes meanwhile, and the server answers others. Raises ``BusyError`` if one does for long."""

        def alone() -> Any:
            with files.locked(self.root, files.TEXTS, patience=refusals.PATIENCE):
                return change()

        return await run_in_threadpool(alone)

    # ----------------------------------------------------------------------- the warm process

    def start(self, today: date) -> None:
        """Start it; it ends with this process, as its pipe is closed then."""
        ours, theirs = socket.socketpair()
        given = json.dumps({"root": str(self.root), "clinic": self.clinic, "today": today.isoformat()})
        command = [sys.executable, "-m", "plainleaf.preview.warm", str(theirs.fileno()), given]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )  # a group of its own, which ends as one
        theirs.close()
        self._pipe = Connection(ours.detach())
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(self._pipe, loop), daemon=True).start()

    def stop(self) -> None:
        """End it."""
        if self._pipe:
            with contextlib.suppress(OSError):
                self._pipe.close()
            self._pipe = None
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.5)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _listen(self, pipe: Connection, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread of its own: hand on what it says."""
        while True:
            try:
                said = pipe.recv()
            except (EOFError, OSError, TypeError):
                said = None
            with contextlib.suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._hear, said, pipe)
            if said is None:
                return

    def _hear(self, said: Any, pipe: Connection) -> None:
        if said is None:
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(GoneError("the preview's warm process has ended"))
            self._asked.clear()
            if self._pipe is pipe and self._deaths < _MOST_DEATHS:  # another one takes its place, and reads all anew
                self._deaths += 1
                self.stop()
                self.start(date.today())
                self._send("look", [window.sight for window in self.hub.windows])
        elif isinstance(said, News):
            self.hub.hear(said)
        elif said[0] == "file":
            _, name, data = said
            self.hub.keep(name, data, _MEDIA[Path(name).suffix])
        elif said[0] == "answer":
            _, number, value, why = said
            waiting = self._asked.pop(number) if number in self._asked else None
            if waiting and not waiting.done():
                waiting.set_exception(GoneError(why)) if why else waiting.set_result(value)

    def _send(self, *said: Any) -> None:
        if self._pipe:
            with contextlib.suppress(OSError):
                self._pipe.send(said)

    def changed(self, paths: frozenset[str]) -> None:
        """Tell the warm process, before anything else is asked of it, that these files have changed."""
        self._send("changed", paths)

    async def watch(self, stop: asyncio.Event) -> None:
        """Tell the warm process which files change, until the end."""
        async for paths in watching.changes(self.root, stop):
            self.changed(paths)


# --------------------------------------------------------------------------- answers


def _sight(values: Mapping[str, str]) -> Sight:
    """What a window says that it looks at."""
    page = values.get("page", "1")
    return Sight(
        values.get("leaflet", ""),
        values.get("locale", ""),
        values.get("layout", ""),
        int(page) if page.isascii() and page.isdigit() and len(page) < 5 and int(page) else 1,
    )


async def _events(request: Request) -> Response:
    """The news of what a window looks at, as they come."""
    hub: Hub = request.app.state.desk.hub
    window = hub.opened(_sight(request.query_params))

    async def told() -> AsyncIterator[str]:
        try:
            yield "retry: 500\n\n"
            while True:
                try:
                    said = await asyncio.wait_for(window.waiting.get(), _BREATH)
                except TimeoutError:
                    said = ": still here\n\n"
                if said is None:
                    return
                yield said
        finally:
            hub.left(window)

    return StreamingResponse(told(), media_type="text/event-stream")


async def _kept(request: Request) -> Response:
    """A page: a picture of a printed one, or one for screens."""
    name = f"{request.path_params['kind']}/{request.path_params['name']}"
    found = request.app.state.desk.hub.blob(name)
    if found is None:
        return PlainTextResponse("It is no longer there.\n", 404)
    data, media = found
    if media == "text/html":
        own = {"content-security-policy": PAGE_POLICY, "x-frame-options": "SAMEORIGIN"}
        return Response(data, media_type=media, headers=own)
    return Response(data, media_type=media, headers={"cache-control": "private, max-age=3600, immutable"})


async def _static(request: Request) -> Response:
    """A script or style sheet of the preview itself."""
    name = request.path_params["name"]
    path = _DATA / name
    if path.suffix not in (".js", ".css") or path.name != name:
        return PlainTextResponse("There is no such file.\n", 404)
    try:
        return Response(files.Root(_DATA).read(path), media_type=_MEDIA[path.suffix])
    except OSError:
        return PlainTextResponse("There is no such file.\n", 404)


async def _choices(request: Request) -> Response:
    """What there is to look at."""
    return JSONResponse(await request.app.state.desk.ask("choices", **dict(request.query_params)))


async def _page(request: Request) -> Response:
    """The preview's page; without a leaflet in its address, of the first one."""
    desk: Desk = request.app.state.desk
    view = request.path_params.get("view", VIEWS[0].name)
    leaflet, locale = request.path_params.get("leaflet", ""), request.path_params.get("locale", "")
    if not leaflet:
        there = await desk.ask("choices", leaflet=request.app.state.leaflet, locale=request.app.state.locale)
        if there["leaflet"]:
            return RedirectResponse(f"/{there['locale']}/{there['leaflet']}", 303)
    elif leaflet not in [path.stem for path in leaflet_files(desk.root)] or not naming.known(locale):
        return PlainTextResponse("There is no such leaflet here, or no such language.\n", 404)
    if view not in [each.name for each in VIEWS]:
        return PlainTextResponse("There is no such view.\n", 404)
    return HTMLResponse(shell.page(leaflet, locale, view, VIEWS))


async def _gone(request: Request, error: Exception) -> Response:
    return JSONResponse({"failed": str(error)}, 503)


def application(desk: Desk, leaflet: str = "", locale: str = "", today: date | None = None) -> Starlette:
    """All that the server answers, without its guard."""
    stop = asyncio.Event()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.start(today or date.today())
        watching_files = asyncio.create_task(desk.watch(stop))
        try:
            yield
        finally:
            stop.set()
            desk.stop()
            watching_files.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching_files

    routes = [
        Route("/", _page),
        Route("/events", _events),
        Route("/kept/{kind}/{name}", _kept),
        Route("/static/{name}", _static),
        Route("/api/choices", _choices),
        *starting.routes(),
        *(route for view in VIEWS if view.routes for route in _routes(view.routes)),
        Route("/{locale}/{leaflet}", _page),
        Route("/{locale}/{leaflet}/{view}", _page),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={GoneError: _gone})
    app.state.desk, app.state.leaflet, app.state.locale = desk, leaflet, locale
    return app


def _routes(named: str) -> Sequence[Route]:
    module, _, function = named.partition(":")
    found: Sequence[Route] = getattr(import_module(module), function)()
    return found


# --------------------------------------------------------------------------- start and end


class _Server(uvicorn.Server):
    """One that lets go of open windows when it is to end, which would keep it for ever."""

    hub: Hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.hub.close()


def bound(port: int | None) -> socket.socket:
    """A socket on the loopback address: at this port; without one at the usual one, or at any that is free. Raises
    ``OSError``."""
    for each in (port,) if port is not None else (USUAL_PORT, 0):
        here = socket.socket(socket.AF_INET)
        if os.name == "posix":
            here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            here.bind((ADDRESS, each))
            return here
        except OSError:
            here.close()
            if port is not None:
                raise
    raise AssertionError("a free port was refused")


def serve(
    root: Path, clinic: str, leaflet: str, locale: str, here: socket.socket, started: Callable[[str], None]
) -> None:
    """Serve until a signal ends it; ``started`` hears the address, with its key, once it answers."""
    token = secrets.token_urlsafe(32)
    port = here.getsockname()[1]
    desk = Desk(root, clinic)
    guard = Guard(application(desk, leaflet, locale), token, port)
    config = uvicorn.Config(
        guard, log_level="critical", access_log=False, lifespan="on", server_header=False, date_header=False,
        timeout_graceful_shutdown=2, ws="none", loop="asyncio", http="h11",
    )  # fmt: skip
    server = _Server(config)
    server.hub = desk.hub
    where = f"/{locale}/{leaflet}" if leaflet and locale else "/"
    address = f"http://{ADDRESS}:{port}{where}?{TOKEN}={token}"

    async def main() -> None:
        serving = asyncio.create_task(server.serve(sockets=[here]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.02)
        if server.started:
            started(address)
        await serving

    asyncio.run(main())
