"""Whatever is changed, a run leaves the same files as one into an empty folder, and makes no other than those anew.

A page is not laid out: its file is what a renderer would see of it, worked out here by other means than fingerprints
are. ``PLAINLEAF_CHANGES=20`` goes through all changes so many times, in other orders and places.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from plainleaf.artifacts import inputs, kept_values, manifest, surroundings, workers
from plainleaf.artifacts.store import Store
from plainleaf.cli import main as cli
from plainleaf.formats.base import FORMATS, Limits, Made, Prepared
from plainleaf.model import Finding, Location, Severity, Sheet
from tests.stamped import stamped

TOGETHER = 5  # changes before all is made in an empty folder
TIMES = int(os.environ.get("PLAINLEAF_CHANGES", "1"))
SOURCES = ("inhaler", "puffer")
PO = "locales/es/LC_MESSAGES/{}.po"
CLINIC, OTHER = "sources/clinics/sample.toml", "sources/clinics/other.toml"
_FILE = re.compile(r'(?:src="|url\("?)([^")]+)')
_ODD = re.compile(r'data-at="[^"]*:(\d+)"[^>]*>[^<]*sniff')  # a word on which a finding is made
VERSIONS = {"pydyf": "1"}


def seen(sheet: Sheet) -> bytes:
    """All that a renderer sees of a sheet: texts, styles, rules, the bytes of pictures and fonts."""
    html = re.sub(r' data-(?:at|po)="[^"]*"', "", sheet.html)
    css = " ".join(re.sub(r"/\*.*?\*/", "", sheet.css, flags=re.DOTALL).split())
    fonts = [Path(unquote(urlparse(each).path)) for each in re.findall(r'file:[^")]+', sheet.font_css)]
    root = Path(unquote(urlparse(sheet.base).path))
    pictures = [root / each for each in _FILE.findall(html + css) if not each.startswith(("data:", "#", "file:"))]
    content = [path.read_bytes() for path in (*fonts, *pictures)]
    about = (html, css, replace(sheet.rules, at=Location("")), sheet.scheme, sheet.direction, content, VERSIONS)
    return repr(about).encode()


@dataclass(slots=True)
class World:
    """A root with two leaflets in two languages, and what its last run has written."""

    root: Path
    chance: random.Random
    written: list[str]
    words: int = 0

    def run(self, output: Path) -> dict[str, tuple[bytes, ...]]:
        """Publish; gives each file with what was found on it."""
        self.written.clear()
        command = ["publish", "--root", str(self.root), "--output", str(output), "--quiet"]
        assert cli.main([*command, "--format", "pdf", "--format", "html"]) == 0
        found = {path: entry.findings or () for path, entry in Store(output).entries.items()}
        return {
            path: ((output / path).read_bytes(), *(str(each).encode() for each in said)) for path, said in found.items()
        }

    def edited(self, file: str, edit: Callable[[str], str]) -> None:
        path = self.root / file
        before = path.read_text(encoding="utf-8")
        after = edit(before)
        assert after != before
        path.write_text(after, encoding="utf-8")

    def word(self) -> str:
        self.words += 1
        return self.chance.choice(["slow", "soft", "sniff"]) + " a" * self.words


def a_text(world: World) -> None:
    world.edited(
        f"sources/{world.chance.choice(SOURCES)}.md",
        lambda text: re.sub(r"Shake it [^.]*", f"Shake it {world.word()}", text),
    )


def a_translation(world: World) -> None:
    world.edited(
        PO.format(world.chance.choice(SOURCES)),
        lambda text: re.sub(
            r'"Cómo usar su[^"]*"', f'"Cómo usar su {world.word()} azul cuando le cuesta respirar."', text
        ),
    )


def a_line(world: World) -> None:
    world.edited(f"sources/{world.chance.choice(SOURCES)}.md", lambda text: text.replace("## How", "\n## How", 1))


def a_comment(world: World) -> None:
    world.edited(
        PO.format(world.chance.choice(SOURCES)), lambda text: text.replace("#. Heading", "# seen\n#. Heading", 1)
    )


def a_detail(world: World) -> None:
    name, new = world.chance.choice(
        [('name = "', 'name = "New '), ('opens = "08', 'opens = "07'), ('opens = "07', 'opens = "08')]
    )
    world.edited(CLINIC, lambda text: text.replace(name, new, 1) if name in text else text + "# no such line\n")


def another_clinic(world: World) -> None:
    world.edited(OTHER, lambda text: text + "# closed\n")


def a_picture(world: World) -> None:
    world.edited(
        "layouts/mine/stamp.svg", lambda text: re.sub("v[0-9]+z", lambda was: f"v{1 + int(was[0][1:-1])}z", text)
    )


def a_rule(world: World) -> None:
    world.edited(
        "layouts/mine/layout.css", lambda text: f"{text}\np {{ color: #{world.chance.randrange(4096):03x} }}\n"
    )


def a_css_comment(world: World) -> None:
    world.edited("layouts/mine/layout.css", lambda text: f"/* {world.word()} */\n{text}")


def a_font(world: World) -> None:
    font = '[[fonts]]\nname = "Noto Serif"\nregular = "NotoSerif-Regular.ttf"\nbold = "NotoSerif-Bold.ttf"\n'
    world.edited("locales/es/locale.toml", lambda text: "" if text else font)


def a_template(world: World) -> None:
    world.edited("layouts/mine/layout.html", lambda text: text.replace("A stamp", "A stamp of ours", 1))


def a_template_comment(world: World) -> None:
    world.edited("layouts/mine/layout.html", lambda text: text.replace("{% block", "{# seen #}{% block", 1))


def a_library(_: World) -> None:
    VERSIONS["pydyf"] += "1"


def a_setting(world: World) -> None:
    world.edited(
        "plainleaf.toml", lambda text: text + "# seen\n" if "looks" in text else text + 'looks = ["yellow-on-black"]\n'
    )


def an_approval(world: World) -> None:
    slug = world.chance.choice(SOURCES)
    if cli.main(["approve", "es", slug, "--by", "Ana Sample, translator", "--root", str(world.root)]) == 0:
        return
    world.edited(PO.format(slug), lambda text: f"{text}\n# nobody may sign this\n")


EXACT = (
    a_text, a_translation, a_line, a_comment, a_detail, another_clinic, a_picture, a_rule, a_css_comment, a_font,
    a_template, a_template_comment, a_library, a_setting, an_approval,
)  # fmt: skip


@pytest.fixture
def world(content: Path, tmp_path: Path, two_layouts: None, monkeypatch: pytest.MonkeyPatch) -> World:
    shutil.copy(content / "sources/inhaler.md", content / "sources/puffer.md")
    shutil.copy(content / PO.format("inhaler"), content / PO.format("puffer"))
    shutil.copy(content / CLINIC, content / OTHER)
    stamped(content)
    (content / "locales/es/locale.toml").touch()
    (content / "plainleaf.toml").write_text(
        'clinic = "sample"\nuntranslated = "show-source"\nlayouts = ["mine", "bilingual"]\n', encoding="utf-8"
    )
    written = list[str]()

    def write(prepared: Prepared, limits: Limits) -> Made:
        lines = [int(line) for line in _ODD.findall(prepared.content.html)]
        found = tuple(Finding("x", Severity.WARNING, "odd", Location("a.md", line)) for line in lines)
        return Made({".pdf": seen(prepared.content)}, found, "1 page", "", 1)

    write.__module__ = FORMATS["pdf"].write.__module__
    keep, version, libraries = manifest.Manifest.keep, inputs._version, surroundings._libraries
    monkeypatch.setattr(
        manifest.Manifest, "keep", lambda self, job, made: (written.append(job.path), keep(self, job, made))[1]
    )
    monkeypatch.setattr(
        inputs, "_version", lambda name: f"{name} {VERSIONS[name]}" if name in VERSIONS else version(name)
    )
    monkeypatch.setattr(surroundings, "_libraries", lambda: (*libraries(), *VERSIONS.values()))
    before = FORMATS["pdf"].write
    object.__setattr__(FORMATS["pdf"], "write", write)
    monkeypatch.setattr(kept_values, "cache_folder", lambda: tmp_path)
    try:
        yield World(content, random.Random(os.environ.get("PLAINLEAF_SEED", "1")), written)
    finally:
        object.__setattr__(FORMATS["pdf"], "write", before)


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_run_makes_what_is_another_file_and_nothing_else(
    world: World, turn: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.chance.seed(f"{os.environ.get('PLAINLEAF_SEED', '')} {turn}")
    changes = world.chance.sample(EXACT, len(EXACT))
    with workers.in_this_process():
        before = world.run(tmp_path / "out")
        for number, change in enumerate(changes, 1):
            change(world)
            about = (turn, [each.__name__ for each in changes[:number]])
            after, made = world.run(tmp_path / "out"), {*world.written}
            assert made == {path for path, file in after.items() if file != before.get(path)}, about
            before = after
            if number % TOGETHER and number < len(changes):
                continue
            with monkeypatch.context() as patched:  # a file too few stays as it was, and is seen here
                patched.setattr(kept_values, "cache_folder", partial(tmp_path.joinpath, f"none-{number}"))
                assert after == world.run(tmp_path / f"anew-{number}"), about
