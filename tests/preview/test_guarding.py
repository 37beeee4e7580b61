"""Whom the preview's server answers: its own pages on this computer, and nobody else."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import TESTS
from tests.preview.serving import Running, running

PATH = "/api/choices?leaflet=inhaler&locale=es"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("guarded") / "content"
    shutil.copytree(TESTS / "content", root)
    (root / "secret.png").write_bytes(b"not for anybody")
    (root / "sources" / "pictures").mkdir(exist_ok=True)
    (root / "sources" / "pictures" / "out.png").symlink_to("/etc/hostname")
    with running(root) as it:
        yield it


def test_its_own_browser_is_answered_with_a_strict_policy(there: Running) -> None:
    status, body, headers = there.ask(PATH)
    assert status == 200 and json.loads(body)["leaflet"] == "inhaler"
    assert (
        "default-src 'none'" in headers["content-security-policy"]
        and "unsafe" not in headers["content-security-policy"]
    )
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system lists no sockets there")
def test_it_listens_on_this_computer_alone(there: Running) -> None:
    assert urlsplit(there.address).hostname == "127.0.0.1"
    port = urlsplit(there.address).port
    table = subprocess.run(["cat", "/proc/net/tcp", "/proc/net/tcp6"], capture_output=True, text=True).stdout
    places = [
        line.split()[1]
        for line in table.splitlines()
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    ]
    assert places == [f"0100007F:{port:04X}"]


def test_the_key_is_a_cookie_that_no_other_site_can_use(there: Running) -> None:
    parts = urlsplit(there.address)
    status, _, headers = there.ask(f"{parts.path}?{parts.query}")
    assert status == 303 and "token" not in headers["location"]
    assert "httponly" in headers["set-cookie"].lower() and "samesite=strict" in headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": ""}, 403),
        ({"Cookie": "plainleaf-1=guess"}, 403),
        ({"Host": "leaflets.example"}, 421),
        ({"Host": "127.0.0.1.leaflets.example"}, 421),
        ({"Host": ""}, 400),
        ({"Origin": "https://leaflets.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_others_are_refused(there: Running, headers: dict[str, str], status: int) -> None:
    assert there.ask(PATH, headers=headers)[0] == status


def test_the_key_leads_to_no_other_site(there: Running) -> None:
    _, _, headers = there.ask(f"//leaflets.example/x?{urlsplit(there.address).query}")
    assert headers["location"] == "/leaflets.example/x"


def test_a_wrong_key_opens_nothing(there: Running) -> None:
    status, body, _ = there.ask("/?token=guess", headers={"Cookie": ""})
    assert status == 403 and b"plainleaf preview" in body


def test_nothing_is_saved_for_a_page_of_another_site(there: Running) -> None:
    entry = there.entry("Shake it first")
    given = {"leaflet": "inhaler", "locale": "es", "string": "no", "fuzzy": False}
    given |= {name: entry[name] for name in ("context", "text", "was")}
    for headers in ({"Origin": "https://leaflets.example"}, {"Origin": ""}, {"Content-Type": "text/plain"}):
        assert there.ask("/api/translate/save", "POST", given, headers)[0] in (400, 403)
    assert there.entry("Shake it first")["string"] == entry["string"]


@pytest.mark.parametrize(
    "path",
    [
        "/files/secret.png",
        "/files/../secret.png",
        "/files/%2e%2e/secret.png",
        "/files/sources/..%2f..%2fsecret.png",
        "/files//etc/hostname",
        "/files/sources/pictures/out.png",
        "/files/sources/inhaler.md",
        "/static/../preview.html",
        "/static/..%2fserver.py",
        "/static/preview.html",
        "/kept/picture/..%2f..%2fsecret.png",
    ],
)
def test_no_request_leaves_its_folders(there: Running, path: str) -> None:
    assert there.ask(path)[0] == 404


@pytest.mark.parametrize("name", ["../es", "..", ".git", "a/b", "", "es\0", "\ud800"])
def test_no_name_leads_out_of_the_catalogs(there: Running, name: str) -> None:
    entry = there.entry("Shake it first")
    assert there.save(entry, "no", locale=name)[0] == 400
    assert there.save(entry, "no", leaflet=name)[0] == 400


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(content: Path, number: int) -> None:
    with running(content) as it:
        it.ask(PATH)
        it.process.send_signal(number)
        _, err = it.process.communicate(timeout=120)
    assert it.process.returncode == 0 and "Traceback" not in err and "has ended" in err
