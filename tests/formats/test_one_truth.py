"""Whatever an edition is written as, it says the same: each text in its order, language, direction and role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from jinja2 import ChoiceLoader, DictLoader
from jinja2.sandbox import SandboxedEnvironment

from plainleaf.checks.source import dropped
from plainleaf.formats.base import FORMATS, Limits
from plainleaf.formats.epub import judging as epub_judging
from plainleaf.formats.html import judging as html_judging
from plainleaf.formats.pdf import covers
from plainleaf.languages.invisible import SOFT_HYPHEN, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts import templates, webfonts
from plainleaf.layouts.reading_order import Said, reading_order
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import Artifact, Edition, Layout
from plainleaf.project import Project
from tests import shipped
from tests.conftest import ROOT
from tests.formats.braille.test_braille import test_every_text_is_in_the_file_in_its_order as in_braille
from tests.formats.samples import PARTIAL, SAMPLES, sample
from tests.formats.truth import READERS, Heard, differences

SHORT = "opioid-overdose"  # in all languages that leaflets are translated into
FLOWING = sorted(name for name, form in FORMATS.items() if form.ours and form.kind == "flowing")
EDITIONS = sorted(shipped.editions())
# Braille has cells in place of letters, neither languages nor directions: its own test reads these back by its tables.
IN_CELLS = {"braille": in_braille}
COVER = (ROOT / "layouts/pictures/en-a4-1.png").read_bytes()


@pytest.fixture(autouse=True)
def no_fonts() -> Iterator[None]:
    """What a file says does not depend on its fonts and its cover, which take longest."""
    fonts = patch.object(webfonts, "typeset", lambda *_: webfonts.WebFonts("", ()))
    with fonts, patch.object(covers, "drawn", lambda *_: COVER):
        yield


def heard(form: str, project: Project, edition: Edition, second: Edition | None = None) -> list[Heard]:
    """What a reader of a format gets of an edition."""
    index = FORMATS[form].index
    name = f"a/{edition.locale.tag}/{index}" if index else f"a{FORMATS[form].suffix}"
    prepared = FORMATS[form].prepare(project, edition, second, None, Texts(), name)
    assert prepared.content, prepared.findings
    made = FORMATS[form].write(prepared, Limits(60, 2000))
    assert made.files, made.findings
    return [*READERS[form](made.files)]


def stream(edition: Edition, project: Project) -> list[Said]:
    return [each for each in reading_order(edition, project.clinic) if each.text.strip()]


def names(project: Project) -> list[str]:
    """What the clinic calls itself and others, in its own language."""
    assert project.clinic
    return [
        project.clinic.name,
        *project.clinic.address,
        ", ".join(project.clinic.address),
        *(each.name for each in (*project.clinic.helplines, *project.clinic.services)),
    ]


def test_every_format_has_a_reader() -> None:
    ours = {name for name, form in FORMATS.items() if form.ours}
    assert ours == READERS.keys() | IN_CELLS.keys()
    assert all(callable(test) for test in IN_CELLS.values())


@pytest.mark.parametrize("form", FLOWING)
@pytest.mark.parametrize("key", EDITIONS, ids="-".join)
def test_what_is_shipped(key: tuple[str, str], form: str) -> None:
    if why := FORMATS[form].wanted(shipped.editions()[key]):
        pytest.skip(why)
    edition, project = shipped.editions()[key], shipped.content()
    assert differences(stream(edition, project), heard(form, project, edition), names(project)) == []


@pytest.mark.parametrize("form", FLOWING)
@pytest.mark.parametrize("locale", ["en", "en_XA", "ar_XB", PARTIAL, *SAMPLES])
def test_every_kind_of_block_and_more_languages(locale: str, form: str, root: Path) -> None:
    edition, project = sample(locale, root)
    if why := FORMATS[form].wanted(edition):
        pytest.skip(why)
    assert differences(stream(edition, project), heard(form, project, edition), names(project)) == []


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "one-truth"


@pytest.mark.parametrize("form", [name for name in FLOWING if FORMATS[name].pairs])
@pytest.mark.parametrize("locale", ["es", "ar"])
def test_two_languages_by_turns(locale: str, form: str) -> None:
    project, editions = shipped.content(), shipped.editions()
    edition, source = editions[shipped.FIRST, locale], editions[shipped.FIRST, "en"]
    both = heard(form, project, edition, source)
    for each in (edition, source):
        assert differences(stream(each, project), both, names(project)) == []


# Tags of PDFs, of files that other tests have rendered; what is not seen has no place there.
UNSEEN = ZERO_WIDTH_SPACE + WORD_JOINER + SOFT_HYPHEN + "\u2066\u2067\u2068\u2069\u200e\u200f"
WHOLE = shipped.files("a4", "letter")


@pytest.mark.parametrize("artifact", WHOLE, ids=lambda each: Path(each.path).name)
def test_tags_of_pdfs(artifact: Artifact, published: Path) -> None:
    path, key = artifact.path, (artifact.slug, artifact.locale)
    project = shipped.content()
    found = [*READERS["pdf"]({".pdf": (published / path).read_bytes()})]
    assert differences(stream(shipped.editions()[key], project), found, names(project), UNSEEN) == []


# --------------------------------------------------------------------------- the test itself


def test_each_single_loss_is_noticed() -> None:
    edition, project = shipped.editions()[SHORT, "es"], shipped.content()
    said, there = stream(edition, project), heard("epub", project, edition)
    for number, lost in enumerate(said):
        wanted = "".join(lost.text.split())
        rest = _without(there, said[:number], wanted)
        assert differences(said, rest), f"nobody notices that “{lost.text}” is gone"


def _without(there: list[Heard], before: list[Said], wanted: str) -> list[Heard]:
    """The same without one text, the one behind those ``before``."""
    told = "".join("".join(each.text.split()) for each in there)
    place = 0
    for each in before:
        part = "".join(each.text.split())
        place = told.index(part, place) + len(part)
    begin = told.index(wanted, place)
    kept, at = list[Heard](), 0
    for each in there:
        text = "".join(each.text.split())
        inner = range(max(begin - at, 0), max(begin + len(wanted) - at, 0))
        kept.append(replace(each, text="".join(sign for here, sign in enumerate(text) if here not in inner)))
        at += len(text)
    return kept


BROKEN = {
    "a text that is lost": ("paragraph.html", "{{ piece.text }}", "", "missing"),
    "points in another order": (
        "list.html",
        "for each in piece.children",
        "for each in piece.children | reverse",
        "is ",
    ),
    "a heading that is none": ("heading.html", "<h{{ piece.options.level }}", "<p", "is no heading"),
    "the wrong language": ("paragraph.html", "<p", "<p lang='fr'", "is in fr"),
    "the wrong direction": ("paragraph.html", "<p", "<p dir='rtl'", "runs"),
}


@pytest.mark.parametrize("form", FLOWING)
@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_template_is_noticed(name: str, old: str, new: str, said: str, form: str) -> None:
    path = templates.shipped("layouts") / "base/blocks" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new).replace(
        "</h{{ piece.options.level }}", "</p" if new == "<p" else "</h{{ piece.options.level }}"
    )
    edition, project = shipped.editions()[SHORT, "es"], shipped.content()
    with broken(f"base/blocks/{name}", text):
        wrong = differences(stream(edition, project), heard(form, project, edition))
    assert any(said in each for each in wrong), wrong[:3]


@contextmanager
def broken(name: str, text: str) -> Iterator[None]:
    """While it lasts, a template has another text, and the product's own checks are silent."""
    usual = templates._environment_of

    def environment(layout: Layout, folders: Sequence[Path]) -> SandboxedEnvironment:
        made = usual(layout, folders).overlay()
        assert made.loader
        made.loader, made.cache = ChoiceLoader([DictLoader({name: text}), made.loader]), {}
        return made

    def silent(*_: object) -> tuple[()]:
        return ()

    with ExitStack() as stack:
        stack.enter_context(patch.object(templates, "_environment_of", environment))
        stack.enter_context(patch.object(dropped, "check", silent))
        for judging in (epub_judging, html_judging):
            stack.enter_context(patch.object(judging, "faults", silent))
        yield
