"""A preview that runs as people start it, and requests to it as any program could make them."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.conftest import ROOT


@dataclass
class Running:
    """``address``: as it is printed, with the key; ``cookie``: what a browser has once it was opened."""

    process: subprocess.Popen[str]
    address: str
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def ask(
        self, path: str, method: str = "GET", body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """The status, body and headers of an answer; the path goes out as it is written."""
        connection = http.client.HTTPConnection(self.host, timeout=300)
        sent = {"Host": self.host, "Cookie": self.cookie, **(headers or {})}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent = {"Content-Type": "application/json", "Origin": f"http://{self.host}", **sent}
        connection.putrequest(method, path, skip_host=True)
        for name, value in sent.items():
            if value:
                connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(data or b"")))
        connection.endheaders(data)
        answer = connection.getresponse()
        result = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return result

    def json(self, path: str, **query: str) -> Any:
        status, body, _ = self.ask(f"{path}?{urlencode(query)}")
        assert status == 200, body
        return json.loads(body)

    def known(self) -> Any:
        """What it has read of the leaflet in Spanish: its texts, their translations, the lines where they are."""
        return self.json("/api/translate/entries", leaflet="inhaler", locale="es")

    def entry(self, begin: str, leaflet: str = "inhaler", locale: str = "es") -> dict[str, Any]:
        """The message whose text begins so."""
        there = self.json("/api/translate/entries", leaflet=leaflet, locale=locale)["entries"]
        return next(each for each in there if each["text"].startswith(begin))

    def save(self, entry: Mapping[str, Any], string: str, fuzzy: bool = False, **more: Any) -> tuple[int, Any]:
        given = {"leaflet": "inhaler", "locale": "es", "string": string, "fuzzy": fuzzy}
        given |= {name: entry[name] for name in ("context", "text", "was")}
        status, body, _ = self.ask("/api/translate/save", "POST", {**given, **more})
        return status, json.loads(body)


@contextmanager
def running(root: Path, *arguments: str) -> Iterator[Running]:
    """The preview of a folder, while it lasts."""
    command = [sys.executable, str(ROOT / "publish.py"), "preview", *arguments, "--root", str(root)]
    process = subprocess.Popen(
        [*command, "--no-browser", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert process.stdout
        address = next((line for line in process.stdout if "http://" in line), "").split()
        assert address, process.communicate()[1]
        it = Running(process, address[-1])
        parts = urlsplit(it.address)
        _, _, headers = it.ask(f"{parts.path}?{parts.query}")
        it.cookie = headers["set-cookie"].partition(";")[0]
        yield it
    finally:
        process.terminate()
        try:
            process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
