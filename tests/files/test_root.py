"""A root may hold anything: pipes, devices, links that lead out. Nothing hangs, nothing outside is read or written."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import chdir, suppress
from pathlib import Path
from typing import Any

import pytest

from plainleaf import files, pipeline, project
from plainleaf.actions import update as translating
from plainleaf.files import RefusedError, Root, UnwrittenError, places, there
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.model import Finding, Severity
from plainleaf.pipeline import Choice
from tests.conftest import ROOT, TESTS, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

SECRET = "the-secret-of-another-folder"

# Every kind of file that a root can hold: those that lead to others, and those that are only found by them.
LEADING = [
    "plainleaf.toml",
    "sources/inhaler.md",
    "sources/clinics/sample.toml",
    "locales/es/locale.toml",
    "layouts/mine/layout.toml",
    "layouts/base/page.html",
]
LED_TO = [
    "pyproject.toml",
    "sources/another.md",
    "sources/clinics/another.toml",
    "sources/shot.svg",
    "sources/logo.png",
    "sources/readability.toml",
    "sources/sign-offs.toml",
    "locales/inhaler.pot",
    "locales/es/checks.toml",
    "locales/es/approvals.toml",
    "locales/es/LC_MESSAGES/inhaler.po",
    "locales/es/LC_MESSAGES/layouts.po",
    "layouts/mine/layout.css",
    "layouts/mine/layout.html",
    "layouts/mine/icon.svg",
    "layouts/base/base.css",
    "layouts/base/status.html",
    "layouts/base/looks/pale.css",
    "layouts/base/looks/pale.toml",
]
FOLDERS = [["sources/clinics", "locales", "layouts"], ["locales/es", "layouts/base/looks"], ["locales/es/LC_MESSAGES"]]


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """What hangs is ended, and fails."""

    def late(*_: object) -> None:
        raise TimeoutError("still waiting for a file")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def _lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def place(_lasting: Path) -> Path:
    """An empty folder, the same for all tests: templates that lie where they lay before are not compiled again."""
    shutil.rmtree(_lasting)
    _lasting.mkdir()
    return _lasting


@pytest.fixture
def content(place: Path) -> Path:
    """The small content, always in the same place."""
    return Path(shutil.copytree(TESTS / "content", place / "my leaflets"))


@pytest.fixture
def outside(place: Path) -> Path:
    """A folder beside the root, with a file that nobody must read or change."""
    folder = place / "elsewhere"
    folder.mkdir()
    (folder / "keep.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    return folder


@pytest.fixture
def root(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small content with a file of every kind in it. Shipped layouts are left out: to read them takes long."""
    monkeypatch.setattr(
        project, "folders", lambda root, kind: tuple(at for at in places.folders(root, kind) if at.is_relative_to(root))
    )
    for name in ("mine", "base"):
        shutil.copytree(ROOT / "layouts" / {"mine": "a4"}.get(name, name), content / "layouts" / name)
    looks = content / "layouts/base/looks"
    (looks / "pale.css").write_text("body { color: #000 }\n", encoding="utf-8")
    (looks / "pale.toml").write_text('title = "Pale"\n', encoding="utf-8")
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>\n"
    for file in ("sources/shot.svg", "layouts/mine/icon.svg"):
        (content / file).write_text(drawing, encoding="utf-8")
    with (content / "layouts/mine/layout.css").open("a", encoding="utf-8") as css:
        css.write(".mine { background: url(icon.svg) }\n")
    with (content / "sources/inhaler.md").open("a", encoding="utf-8") as leaflet:
        leaflet.write("\n![A shot](shot.svg)\n")
    return content


def fifo(path: Path, _: Path) -> None:
    os.mkfifo(path)


def link_outside(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "keep.txt")


def folder(path: Path, _: Path) -> None:
    path.mkdir()


def link_to_nothing(path: Path, _: Path) -> None:
    path.symlink_to("gone")


def link_to_device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def sock(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, chdir(path.parent):  # a socket's name is short
        made.bind(path.name)


Replace = Callable[[Path, Path], None]


def checked(root: Path) -> tuple[Finding, ...]:
    return pipeline.check(project.load(root), Choice(), TODAY).findings


def errors(found: tuple[Finding, ...]) -> list[str]:
    return [f"{each.at.file}: {each.message}" for each in found if each.severity is Severity.ERROR]


def put(root: Path, file: str, odd: Replace, outside: Path) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    odd(path, outside)


@pytest.mark.parametrize("odd", [fifo, link_outside])
@pytest.mark.parametrize("names", [LEADING, LED_TO], ids=["leading", "led to"])
def test_what_is_no_file_of_the_root_is_an_error_at_its_name(
    names: list[str], odd: Replace, root: Path, outside: Path
) -> None:
    for name in names:
        put(root, name, odd, outside)
    found = errors(checked(root))
    assert [name for name in names if not any(said.startswith(f"{name}: is ") for said in found)] == []
    assert SECRET not in str(found)


# Files that "check" opens only if those that lead to them can be read.
LAST = ["layouts/base/page.html", "layouts/mine/icon.svg", "sources/clinics/another.toml"]
UNREAD = {"sources/logo.png", "layouts/base/status.html"}  # "check" opens neither


@pytest.mark.parametrize(
    "names",
    [sorted({*LEADING} - {*LAST}), sorted({*LED_TO} - {*LAST} - UNREAD), LAST],
    ids=["leading", "led to", "last"],
)
def test_nor_does_a_folder_pass_for_a_file(names: list[str], root: Path, outside: Path) -> None:
    if names is LAST:  # of two clinics the other one is read
        (root / "pyproject.toml").write_text('[tool.plainleaf]\nclinic = "another"\n', encoding="utf-8")
    for name in names:
        put(root, name, folder, outside)
    found = [said for said in errors(checked(root)) if "is not a plain file but a folder" in said]
    assert [name for name in names if not any(Path(name).name in said for said in found)] == [], found


def test_nor_are_devices_sockets_and_links_to_nothing(root: Path, outside: Path) -> None:
    odd = {
        "pyproject.toml": link_to_device,
        "sources/another.md": link_to_nothing,
        "sources/third.md": sock,
        "locales/es/LC_MESSAGES/inhaler.po": sock,
        "locales/es/LC_MESSAGES/layouts.po": link_to_device,
        "locales/es/checks.toml": link_to_nothing,
    }
    for name, make in odd.items():
        put(root, name, make, outside)
    found = errors(checked(root))
    assert [name for name in odd if not any(said.startswith(f"{name}: is ") for said in found)] == []


@pytest.mark.parametrize("names", FOLDERS)
def test_a_folder_outside_is_not_looked_into(names: list[str], root: Path, outside: Path) -> None:
    for name in names:
        moved = outside / Path(name).name
        shutil.move(root / name, moved)
        (root / name).symlink_to(moved)
        (moved / f"{SECRET}.css").touch()
    found = errors(checked(root))
    assert {f"{name}: is a link to a place outside the root" for name in names} <= {*found}
    assert SECRET not in str(found)


def test_the_command_ends_with_them(content: Path, outside: Path) -> None:
    odd = {"plainleaf.toml": fifo, "sources/another.md": link_outside, "locales/es/approvals.toml": folder}
    for file, make in odd.items():
        put(content, file, make, outside)
    done = plainleaf("check", root=content)
    assert done.returncode == 1
    assert all(f"{file}: " in done.stdout for file in odd)
    assert done.stdout.count("[file-refused]") == len(odd), done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_a_picture_in_a_folder_elsewhere_is_not_read(root: Path, outside: Path, tmp_path: Path) -> None:
    shutil.move(root / "sources/shot.svg", outside / "shot.svg")
    (root / "sources/pictures").symlink_to(outside)
    assert not any("pictures" in said for said in errors(checked(root)))  # nobody asks for what lies there
    leaflet = root / "sources/inhaler.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8").replace("(shot.svg", "(pictures/shot.svg"), encoding="utf-8")
    found = errors(checked(root))
    assert any("pictures/shot.svg: it is a link to a place outside the root" in said for said in found), found


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    before = errors(checked(root))
    shared = root / "shared"
    shared.mkdir()
    for file in ("sources/inhaler.md", "sources/shot.svg", "locales/es/LC_MESSAGES/inhaler.po"):
        (root / file).rename(shared / Path(file).name)
        (root / file).symlink_to(os.path.relpath(shared / Path(file).name, (root / file).parent))
    assert errors(checked(root)) == before
    url = (root / "sources/shot.svg").as_uri()
    assert Fetcher([str(root / "sources")]).fetch(url).read() == (shared / "shot.svg").read_bytes()


def test_links_of_editors_are_left_alone(content: Path) -> None:
    (content / "sources/.#inhaler.md").symlink_to("ana@desk.1234")
    assert errors(checked(content)) == []


def test_two_dots_lead_out_as_a_link_does(root: Path, outside: Path) -> None:
    shutil.copy(root / "layouts/mine/icon.svg", outside / "icon.svg")
    css = root / "layouts/mine/layout.css"
    css.write_text(css.read_text(encoding="utf-8").replace("url(icon", "url(../../../elsewhere/icon"), encoding="utf-8")
    assert any("is outside the root" in said for said in errors(checked(root)))


@pytest.mark.parametrize("odd", [fifo, link_outside, folder, link_to_device])
def test_the_renderer_opens_no_such_file(odd: Replace, root: Path, outside: Path) -> None:
    put(root, "sources/shot.svg", odd, outside)
    with pytest.raises((RefusedError, ValueError)):
        Fetcher([str(root / "sources")]).fetch((root / "sources/shot.svg").as_uri())


def test_a_file_may_be_so_large(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert Root(tmp_path).read(path, 5) == b"12345"
    with pytest.raises(RefusedError, match="is larger than"):
        Root(tmp_path).read(path, 4)


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000 + "x", "a\0b"], ids=["long", "deep", "with a null"])
def test_a_name_that_no_file_can_have_is_that_of_no_file(tmp_path: Path, name: str) -> None:
    assert not there(tmp_path / name)
    with pytest.raises(OSError):
        Root(tmp_path).read(tmp_path / name)


# --------------------------------------------------------------------------- writing


@pytest.mark.parametrize("odd", [fifo, link_outside, folder, link_to_nothing, link_to_device])
def test_nothing_is_written_through_what_is_no_file(odd: Replace, tmp_path: Path, outside: Path) -> None:
    here = tmp_path / "root"
    put(here, "x.pot", odd, outside)
    with pytest.raises(RefusedError):
        Root(here).save(here / "x.pot", b"new")
    assert [path.name for path in here.iterdir()] == ["x.pot"]
    assert (outside / "keep.txt").read_text(encoding="utf-8") == f"{SECRET}\n"


def test_nothing_is_written_below_a_folder_outside(tmp_path: Path, outside: Path) -> None:
    here = tmp_path / "root"
    here.mkdir()
    (here / "locales").symlink_to(outside)
    (here / "new").symlink_to(outside / "new")
    for path in (here / "locales/es/x.po", here / "new/x.po", here / "../x.po", here / "locales/../x.po"):
        with pytest.raises(RefusedError, match="outside"):
            Root(here).save(path, b"new")
    assert [path.name for path in outside.iterdir()] == ["keep.txt"]


@pytest.mark.parametrize("command", [["extract"], ["update"], ["update", "es"], ["init", "fr"]])
def test_no_catalog_is_written_through_a_link(command: list[str], content: Path, outside: Path) -> None:
    catalogs = [
        "locales/inhaler.pot", "locales/es/LC_MESSAGES/inhaler.po", "locales/fr/LC_MESSAGES/inhaler.po",
    ]  # fmt: skip
    for file in catalogs:
        put(content, file, link_outside, outside)
    done = plainleaf(*command, root=content)
    assert done.returncode == 1
    assert all(f"{file}: error: is a link to a place outside the root" in done.stderr for file in catalogs), done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert (outside / "keep.txt").read_text(encoding="utf-8") == f"{SECRET}\n"


def test_the_others_are_written(content: Path, outside: Path) -> None:
    put(content, "locales/inhaler.pot", link_outside, outside)
    written = translating.extract(project.load(content))
    assert [path.name for path in written.changed] == ["layouts.pot"]
    assert [each.check for each in written.findings] == [files.CHECK]


@pytest.mark.parametrize("moment", ["fsync", "fchmod", "replace"])
def test_a_run_that_is_killed_leaves_the_old_file(moment: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    child = os.fork()
    if not child:
        setattr(os, moment, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        Root(tmp_path).save(path, b"new" * 1000)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    Root(tmp_path).sweep(["."])
    assert list(tmp_path.iterdir()) == [path]


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    path, root = tmp_path / "new" / "x.po", Root(tmp_path)
    assert root.save(path, b"one") and not root.save(path, b"one") and root.save(path, b"two")
    path.chmod(0o600)
    assert root.save(path, b"three") and path.stat().st_mode & 0o777 == 0o600
    link = tmp_path / "link.po"
    link.symlink_to(path)
    assert root.save(link, b"four") and link.is_symlink() and path.read_bytes() == b"four"


def test_a_root_that_is_not_there_yet_is_made_with_the_first_file(tmp_path: Path) -> None:
    here = tmp_path / "cache" / "faces"
    assert Root(here).save(here / "deep" / "x.json", b"{}")
    assert Root(here).read(here / "deep" / "x.json") == b"{}"


def test_a_folder_in_whose_place_a_file_lies_is_named(tmp_path: Path) -> None:
    (tmp_path / "locales").touch()
    with pytest.raises(RefusedError, match="is not a folder") as refused:
        Root(tmp_path).save(tmp_path / "locales/es/x.po", b"new")
    assert refused.value.filename == str(tmp_path / "locales")


def test_nothing_is_written_without_a_root(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        files.ANYWHERE.save(tmp_path / "x", b"new")


# --------------------------------------------------------------------------- somebody changes the folder meanwhile


@pytest.mark.parametrize("linked", ["locales", "locales/x.po"])
def test_a_link_that_is_put_there_meanwhile_leads_nowhere(
    linked: str, tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "root"
    (here / "locales").mkdir(parents=True)
    (here / "locales/x.po").write_bytes(b"old")
    (outside / "x.po").write_text(SECRET, encoding="utf-8")
    look = os.stat

    def swapped(path: str, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        about = look(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
        if path == "x.po":  # it has been found to be a regular file, inside
            monkeypatch.setattr(os, "stat", look)
            (here / linked).rename(here / "former")
            (here / linked).symlink_to(outside / "x.po" if linked.endswith("po") else outside)
        return about

    monkeypatch.setattr(os, "stat", swapped)
    try:
        assert Root(here).read(here / "locales/x.po") == b"old"
    except OSError as error:
        assert linked.endswith("po"), error
    monkeypatch.setattr(os, "stat", swapped)
    with suppress(OSError):
        Root(here).save(here / "locales/x.po", b"new")
    assert (outside / "x.po").read_text(encoding="utf-8") == SECRET


def test_a_pipe_that_is_put_there_meanwhile_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.po"
    path.touch()
    look = os.stat

    def swapped(name: str, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        about = look(name, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
        if name == "x.po" and stat.S_ISREG(about.st_mode):
            path.unlink()
            os.mkfifo(path)
        return about if not stat.S_ISFIFO(about.st_mode) else regular

    regular = look(path)
    monkeypatch.setattr(os, "stat", swapped)
    with pytest.raises(RefusedError, match="is not a plain file"):
        Root(tmp_path).read(path)


# --------------------------------------------------------------------------- what cannot be written


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG])
@pytest.mark.parametrize("moment", ["fsync", "replace", "open"])
def test_what_cannot_be_written_is_named_and_the_old_file_stays(
    code: int, moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locales" / "x.po"
    path.parent.mkdir()
    path.write_bytes(b"old")
    real = getattr(os, moment)

    def fails(*given: Any, **named: Any) -> Any:
        if moment == "open" and not given[1] & os.O_CREAT:
            return real(*given, **named)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, moment, fails)
    with pytest.raises(UnwrittenError) as failed:
        Root(tmp_path).save(path, b"new")
    monkeypatch.undo()
    found = files.finding(failed.value, tmp_path)
    assert found.at.file == "locales/x.po" and os.strerror(code) in found.message and len(found.hint) > 20
    assert path.read_bytes() == b"old" and list(path.parent.iterdir()) == [path]
