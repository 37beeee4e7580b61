"""Each message of an edition has a picture of the place where it is printed, and a manifest says which."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import jsonschema
import pytest
from PIL import Image, ImageChops

from plainleaf.actions.choice import Choice
from plainleaf.model import Artifact, Kind, State
from plainleaf.reading import tags
from plainleaf.reading.places import Pages, Part
from plainleaf.screenshots import making, matching
from plainleaf.translations import layout_words, messages
from tests import shipped
from tests.conftest import ROOT, TODAY, plainleaf_process

LINE = {
    "type": "object",
    "required": ["file", "line"],
    "additionalProperties": False,
    "properties": {"file": {"type": "string"}, "line": {"type": "integer", "minimum": 0}},
}
ABOUT = {
    "context": {"type": "string"},
    "source": {"type": "string", "minLength": 1},
    "id": {"type": "string"},
    "safety": {"type": "boolean"},
    "at": {"type": "array", "minItems": 1, "items": LINE},
}
SIZE = {"type": "integer", "minimum": 1}
PICTURED = {
    **ABOUT,
    "po": {"anyOf": [LINE, {"type": "null"}]},
    "printed": {"type": "string", "minLength": 1},
    "picture": {"type": "string", "pattern": r"^[^/]+/[0-9a-f]{16}\.png$"},
    "width": SIZE,
    "height": SIZE,
    "boxes": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 4, "maxItems": 4},
    },
    "layout": {"type": "string"},
    "pages": {"type": "array", "minItems": 1, "items": SIZE},
}


def _objects(properties: dict[str, Any]) -> dict[str, Any]:
    one = {"type": "object", "required": [*properties], "additionalProperties": False, "properties": properties}
    return {"type": "array", "items": one}


LEAFLET = {
    "leaflet": {"type": "string"},
    "title": {"type": "string"},
    "po": {"type": ["string", "null"]},
    "messages": _objects(PICTURED),
    "unprinted": _objects({**ABOUT, "why": {"type": "string", "minLength": 5}}),
}
WORDS = {
    "catalog": {"const": "layouts"},
    "po": {"type": ["string", "null"]},
    "messages": _objects({**PICTURED, "picture": {"type": "string", "pattern": r"^layouts/[0-9a-f]{16}\.png$"}}),
    "unprinted": LEAFLET["unprinted"],
}
MANIFEST = {
    "type": "object",
    "required": ["format", "version", "locale", "language", "clinic", "leaflets", "words"],
    "additionalProperties": False,
    "properties": {
        "format": {"const": "plainleaf-screenshots"},
        "version": {"const": 2},
        "locale": {"type": "string"},
        "language": {"type": "string"},
        "clinic": {"type": "string"},
        "leaflets": _objects(LEAFLET),
        "words": _objects(WORDS)["items"],
    },
}
ON_NO_PAGE = {
    "easy": {Kind.AUDIENCE},
    "short": {Kind.AUDIENCE},
    "short-or-full": {Kind.AUDIENCE},
    "card": {Kind.AUDIENCE, Kind.TITLE, Kind.SUMMARY},
}
"""What layouts of these texts do not print; drawings with places, and what is optional, go where pages are small."""


def read(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.validate(manifest, MANIFEST)
    return manifest


def test_every_text_of_every_edition_is_found_on_its_pages(published: Path) -> None:
    lost, asked = [], 0
    for path, artifact in shipped.covered().items():
        edition = shipped.editions()[artifact.slug, artifact.locale]
        text = shipped.content().layouts[artifact.layout].text
        data = (published / path).read_bytes()
        with Pages(data) as pages:
            found = matching.find(edition, shipped.content().clinic, text, tags.read(data), pages)
            sizes = pages.sizes
        assert all(_within(box, sizes[page - 1]) for seen in found for page in seen.pages for box in seen.boxes[page])
        places = {(seen.text.at, seen.text.printed) for seen in found}
        aside = {block.at for block in edition.walk() if block.kind in ON_NO_PAGE.get(text, ())}
        if text in ("short", "short-or-full"):
            few = [block for block in edition.walk() if block.kind is Kind.DRAWING or "optional" in block.options]
            aside |= {inner.at for block in few for inner in block.walk()}
        wanted = [each for each in matching.texts(edition, shipped.content().clinic, text) if each.at not in aside]
        lost += [f"{path}: {each.printed[:60]}" for each in wanted if (each.at, each.printed) not in places]
        asked += len(wanted)
    assert lost == []
    assert asked > 1500


def _within(box: Sequence[float], size: tuple[float, float]) -> bool:
    return -1 <= box[0] < box[2] <= size[0] + 1 and -1 <= box[1] < box[3] <= size[1] + 1


def test_a_language_has_a_picture_of_each_message_or_the_reason_why_not(published: Path, tmp_path: Path) -> None:
    own = [each for each in shipped.covered().values() if each.slug == shipped.FIRST and each.locale == "es"]
    (made,) = _made(own, Choice((shipped.FIRST,), ("es",)), published, tmp_path)
    (leaflet,) = read(tmp_path / "es")["leaflets"]
    every = messages.extract(shipped.content().leaflets[shipped.FIRST])
    keys = [(each["context"], each["source"]) for each in (*leaflet["messages"], *leaflet["unprinted"])]
    assert sorted(keys) == sorted((each.context, each.text) for each in every)
    assert made.pictured == len(leaflet["messages"]) > 40
    elsewhere = "it is not printed for a clinic in US"
    assert {each["why"] for each in leaflet["unprinted"] if each["source"] == "hydromorphone"} == {elsewhere}
    assert len(made.unprinted) == len(leaflet["unprinted"])
    for each in leaflet["messages"]:
        with Image.open(tmp_path / "es" / each["picture"]) as picture:
            assert picture.size == (each["width"], each["height"])
        assert all(_within(box, picture.size) for box in each["boxes"])
        assert each["po"]["file"] == leaflet["po"]


def test_the_words_of_layouts_have_a_picture_too_and_weblate_is_asked_in_its_own_terms(
    published: Path, tmp_path: Path
) -> None:
    own = [each for each in shipped.covered().values() if each.slug == shipped.FIRST and each.locale == "es"]
    (made,) = _made(own, Choice((shipped.FIRST,), ("es",)), published, tmp_path)
    manifest = read(tmp_path / "es")
    words = manifest["words"]
    every = layout_words.messages(shipped.content().layout_folders, ROOT)
    assert sorted(each["source"] for part in ("messages", "unprinted") for each in words[part]) == sorted(
        each.text for each in every
    )
    printed = {each["source"]: each for each in words["messages"]}
    assert made.words == (len(printed), len(every)) and len(printed) > 15
    assert printed["Main message"]["printed"] == "Mensaje principal"
    assert printed["Main message"]["po"]["file"] == words["po"] == "locales/es/LC_MESSAGES/layouts.po"
    why = {each["source"]: each["why"] for each in words["unprinted"]}
    assert why["Choose your language"] == "only pages for screens show it"
    assert why["{head}: {cell}"] == "it has no words of its own"
    asked = json.loads((tmp_path / "es" / "weblate.json").read_text(encoding="utf-8"))["screenshots"]
    assert len(asked) == made.pictured + len(printed)
    assert {each["form"]["component_slug"] for each in asked} == {shipped.FIRST, "layouts"}
    for each in asked:
        assert set(each["form"]) == {"image", "name", "component_slug", "language_code"}
        assert (tmp_path / "es" / each["form"]["image"]).is_file() and len(each["form"]["name"]) <= 200
        assert set(each["unit"]) == {"source", "context"}
    names = [(each["form"]["component_slug"], each["form"]["name"]) for each in asked]
    assert len(set(names)) == len(names)


def _made(artifacts: Sequence[Artifact], choice: Choice, pdfs: Path, output: Path) -> list[making.Made]:
    """The pictures that are cut from finished files: nothing is laid out again."""
    there = [
        Artifact(each.path, 1, each.slug, each.locale, each.layout, each.draft, True, made=True) for each in artifacts
    ]
    outcome = SimpleNamespace(artifacts=there, findings=())
    with patch("plainleaf.pipeline.publish", return_value=outcome), shipped.unchecked():
        return list(making.make(shipped.content(), choice, output, pdfs, TODAY))


def test_a_text_is_marked_where_it_is_and_nothing_else_is_coloured(published: Path) -> None:
    artifact = shipped.on_a4("es")
    edition, clinic = shipped.editions()[artifact.slug, "es"], shipped.content().clinic
    data = (published / artifact.path).read_bytes()
    with Pages(data) as pages:
        title = matching.find(edition, clinic, "full", tags.read(data), pages)[0]
        box = title.boxes[1][0]
        cut = pages.cut([Part(1, (0, 0, pages.sizes[0][0], box[3] + 60), (box,)), Part(1, (0, 0, 100, 50), ())], 1.0)
        bare = pages.page(1, 1.0)
    assert title.text.printed == messages.plain(edition.meta.title.inlines)
    picture = Image.open(io.BytesIO(cut.png)).convert("RGB")
    assert picture.size == (cut.width, cut.height)
    (left, top, *_), *_ = cut.boxes
    corner = (left + 1, top + 1)
    assert bare.getpixel(corner) == (255, 255, 255)
    assert picture.getpixel(corner)[2] < 160 < picture.getpixel(corner)[0]  # type: ignore[index]
    beside = ImageChops.difference(picture.crop((0, 0, picture.width, top - 8)), bare.crop((0, 0, bare.width, top - 8)))
    assert max(high for _, high in beside.getextrema()) < 40, "only fewer colours"


@pytest.mark.parametrize("state", [State.FUZZY, State.UNTRANSLATED])
def test_what_is_not_translated_is_listed_as_that(published: Path, tmp_path: Path, state: State) -> None:
    project = shipped.content()
    first = messages.extract(project.leaflets["clinic-visit"])[0]
    catalog = project.catalogs["es", "clinic-visit"]
    said = catalog.lookup(first.context, first.text)
    changed = {("", first.text): SimpleNamespace(state=state, text="", at=said and said.at)}
    with patch.object(type(project), "lookup", lambda *_: lambda context, text: changed.get((context, text))):
        _made([], Choice(("clinic-visit",), ("es",)), published, tmp_path)
    (leaflet,) = read(tmp_path / "es")["leaflets"]
    why = {each["source"]: each["why"] for each in leaflet["unprinted"]}
    assert why[first.text] == ("it is not translated", "its translation is marked as fuzzy")[state is State.FUZZY]


def test_the_command_makes_the_pages_and_forgets_pictures_of_texts_that_are_gone(content: Path) -> None:
    done = plainleaf_process("screenshots", "--locale", "es", "--layout", "a4", root=content)
    folder = content / "build" / "screenshots" / "es"
    assert done.returncode == 0, done.stderr
    assert f"with a picture in {folder}" in done.stdout
    manifest = read(folder)
    (old,) = [each["picture"] for each in manifest["leaflets"][0]["messages"][:1]]
    before = {path: path.read_bytes() for path in folder.rglob("*.png")}
    (folder / old).rename(folder / "inhaler" / "0123456789abcdef.png")
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text.replace(old, "inhaler/0123456789abcdef.png"), encoding="utf-8")
    assert plainleaf_process("screenshots", "--locale", "es", "--layout", "a4", root=content).returncode == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.png")} == before, "the same bytes, and no others"


def test_a_language_that_is_none_is_refused() -> None:
    done = plainleaf_process("screenshots", "--locale", "xx-nowhere", root=ROOT)
    assert done.returncode == 2
    assert "xx-nowhere" in done.stderr
