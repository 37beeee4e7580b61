"""Who may ask the server: a browser on this machine that was given the token, from a page of the server's own.

The server listens on the loopback address alone. A page of another site could still have a browser there ask for it,
by a form, a script or a name that leads to 127.0.0.1 (DNS rebinding): so the token, ``Host``, ``Origin`` and what the
browser says of the asking page (``Sec-Fetch-Site``) are looked at, each by itself.

RFC 9110, 7.2 (Host); RFC 6454, 7 (Origin); W3C Fetch Metadata; RFC 6265bis (SameSite); CSP3.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "token"
_SAFE = ("GET", "HEAD")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Of a leaflet's page, which is shown in a frame: it runs nothing, and loads its pictures alone."""

_HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_TO_A_PERSON = (
    "This preview belongs to whoever started it. Open the address that “plainleaf preview” shows: it has a key in it,"
    " and this browser then remembers it until the preview ends.\n"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Around the application: lets nobody in without the token, from elsewhere, or by another name."""

    app: ASGIApp
    token: str
    port: int

    @property
    def cookie(self) -> str:
        """Its name: cookies are the same for all ports of a machine."""
        return f"plainleaf-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the server goes by."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refused = self._refused(scope)
        await (refused or self.app)(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to who may not come in, or who has just shown the token; ``None`` for who may."""
        headers = Headers(scope=scope)
        own = headers.get("host", "")
        if own not in self.hosts:
            return PlainTextResponse("This server does not go by that name.\n", 421)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        asked_in_page = scope["method"] not in _SAFE or "origin" in headers
        if (asked_in_page and origin != f"http://{own}") or site not in ("none", "same-origin"):
            return PlainTextResponse("Only the preview's own pages may ask this.\n", 403)
        given = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] == "GET" and self._is_token(given.pop(TOKEN, [""])[0]):
            query = urlencode(given, doseq=True)
            response = RedirectResponse(f"/{scope['path'].lstrip('/')}" + (f"?{query}" if query else ""), 303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return response
        if not self._is_token(_cookie(headers.get("cookie", ""), self.cookie)):
            return PlainTextResponse(_TO_A_PERSON, 403)
        return None

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _with_headers(send: Send) -> Send:
    """Every answer says that it is for this site alone; one that has a policy of its own keeps it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            more = [(name.encode(), value.encode()) for name, value in _HEADERS.items() if name.encode() not in there]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending
