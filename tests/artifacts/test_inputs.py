"""What a PDF is made from, each kind of it: another one makes it anew, and nothing else does."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.artifacts import inputs, own_code
from plainleaf.artifacts.inputs import Inputs
from plainleaf.formats.base import Format
from plainleaf.formats.html import format as html
from plainleaf.formats.pdf import format as pdf
from plainleaf.formats.pdf import system
from plainleaf.languages import facts
from plainleaf.model import FontFamily, Location, Rules, Sheet
from plainleaf.typesetting import fonts, subsets
from tests.conftest import TODAY, plainleaf
from tests.stamped import SVG, stamped
from tests.test_architecture import imports

pytestmark = pytest.mark.usefixtures("two_layouts")

RULES = Rules("mine", "English", "en", "Latn", 14, 12, 1.4)


def fingerprint(root: Path, html: str, css: str = "", font_css: str = "") -> str:
    """Of a sheet that may read what lies in a root's layouts and sources; looked up anew, as in another run."""
    sheet = Sheet("a.pdf", html, css, font_css, (), (), root.as_uri(), Location("sources/a.md"), RULES)
    return Inputs((root / "sources", root / "layouts")).fingerprint(pdf.FORMAT, pdf.prepared(sheet))


def planned(root: Path) -> dict[str, str]:
    """The fingerprints of all files that are to be made of a root's leaflets."""
    loaded = project.load(root)
    plan = planning.plan(loaded, pipeline.editions(loaded, pipeline.Choice(), TODAY))
    assert plan.jobs, loaded.findings
    return {path: job.fingerprint for path, job in plan.jobs.items()}


# how a template prints a file -> the file, from the root
PRINTED = {
    "a picture": ('<img alt="" src="layouts/mine/stamp.png">', "layouts/mine/stamp.png"),
    "a photograph": ('<img alt="" src="layouts/mine/photo.JPG">', "layouts/mine/photo.JPG"),
    "of the sources": ('<img alt="" src="sources/stamp.svg">', "sources/stamp.svg"),
    "in an attribute": ("""<p style="background: url('layouts/mine/stamp.svg')">A</p>""", "layouts/mine/stamp.svg"),
    "a font": (
        "<style>@font-face { font-family: A; src: url(layouts/mine/a.ttf) }</style>",
        "layouts/mine/a.ttf",
    ),
    "with spaces": ('<img alt="" src="layouts/mine/our%20stamp.png">', "layouts/mine/our stamp.png"),
    "with a sign": ('<img alt="" src="layouts/mine/you&amp;me.png">', "layouts/mine/you&me.png"),
    "with accents": ('<img alt="" src="layouts/mine/e\u0301toile.png">', "layouts/mine/\u00e9toile.png"),
    "in CSS escapes": ("<style>p { background: url(layouts/mine/a\\20 b.svg) }</style>", "layouts/mine/a b.svg"),
    "in a folder": ('<img alt="" src="layouts/mine/more/deep/stamp.png">', "layouts/mine/more/deep/stamp.png"),
}


@pytest.mark.parametrize(("page", "file"), PRINTED.values(), ids=PRINTED)
def test_a_file_that_a_page_names(tmp_path: Path, page: str, file: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    seen = {fingerprint(tmp_path, page)}
    for content in (b"added", b"other"):
        path.write_bytes(content)
        seen.add(fingerprint(tmp_path, page))
        assert fingerprint(tmp_path, page) in seen
    assert len(seen) == 3


def test_a_file_that_css_names(tmp_path: Path) -> None:
    path = tmp_path / "layouts/photo.jpg"
    path.parent.mkdir()
    path.write_bytes(b"old")
    before = fingerprint(tmp_path, "", "p { background: url(photo.jpg) }")
    path.write_bytes(b"new")
    assert fingerprint(tmp_path, "", "p { background: url(photo.jpg) }") != before


def test_a_picture_within_a_drawing(tmp_path: Path) -> None:
    folder, page = tmp_path / "layouts", '<img alt="" src="layouts/frame.svg">'
    folder.mkdir()
    (folder / "frame.svg").write_text(SVG.format(1).replace("<path", '<image href="inner.svg"/><path'), "utf-8")
    (folder / "inner.svg").write_text(SVG.format(1).replace("<path", '<image href="photo.png"/><path'), "utf-8")
    (folder / "photo.png").write_bytes(b"old")
    before = fingerprint(tmp_path, page)
    (folder / "photo.png").write_bytes(b"new")
    assert fingerprint(tmp_path, page) != before


def test_a_file_behind_a_link_of_another_name(tmp_path: Path) -> None:
    folder, page = tmp_path / "layouts", '<img alt="" src="layouts/today">'
    folder.mkdir()
    (folder / "monday.png").write_bytes(b"old")
    (folder / "today").symlink_to("monday.png")
    before = fingerprint(tmp_path, page)
    (folder / "monday.png").write_bytes(b"new")
    assert fingerprint(tmp_path, page) != before


def test_a_picture_that_is_not_named_makes_nothing_anew(tmp_path: Path) -> None:
    path, page = tmp_path / "sources/spare.png", '<img alt="" src="sources/other.png">'
    path.parent.mkdir()
    path.write_bytes(b"old")
    before = fingerprint(tmp_path, page)
    path.write_bytes(b"new")
    assert fingerprint(tmp_path, page) == before


def test_a_leaflets_picture_and_a_clinics_logo(content: Path, replaced: Callable[[Path, str, str], None]) -> None:
    picture, logo = content / "sources/lungs.svg", content / "sources/logo.svg"
    for path in (picture, logo):
        path.write_text(SVG.format(5), encoding="utf-8")
    replaced(content / "sources/inhaler.md", "Shake it first.", "![Two lungs](lungs.svg)\n\nShake it first.")
    replaced(content / "sources/clinics/sample.toml", 'logo = ""', 'logo = "logo.svg"\nlogo-alt = "A leaf"')
    before = planned(content)
    assert planned(content) == before
    for path in (picture, logo):
        path.write_text(SVG.format(9), encoding="utf-8")
        after = planned(content)
        assert after.keys() == before.keys()
        assert not [path for path in after if after[path] == before[path]]
        before = after


# --------------------------------------------------------------------------- what is no input


def test_where_a_text_stands_is_none(tmp_path: Path) -> None:
    page = '<p data-at="sources/a.md:{0}" data-po="locales/es/LC_MESSAGES/a.po:{0}">Drink water.</p>'
    assert fingerprint(tmp_path, page.format(4)) == fingerprint(tmp_path, page.format(5))
    assert fingerprint(tmp_path, page.format(4)) != fingerprint(tmp_path, page.format(4).replace("water", "milk"))


@pytest.mark.parametrize("css", ["p { /* b */color: red }", "/* a */p { color: red }", "p { color:/* 1 *//**/ red }"])
def test_comments_in_a_style_sheet_are_none(tmp_path: Path, css: str) -> None:
    assert fingerprint(tmp_path, "", css) == fingerprint(tmp_path, "", "p { color: red }")


def test_a_sign_of_a_comment_in_a_text_of_a_style_sheet_counts(tmp_path: Path) -> None:
    css = 'p::before { content: "/* 1 */" }'
    assert fingerprint(tmp_path, "", css) != fingerprint(tmp_path, "", css.replace("1", "2"))


def test_a_line_more_in_a_leaflets_head_makes_nothing_anew(
    content: Path, replaced: Callable[[Path, str, str], None]
) -> None:
    before = planned(content)
    replaced(content / "sources/inhaler.md", "---\ntitle:", "---\n# checked with the ward\ntitle:")
    assert planned(content) == before
    replaced(content / "locales/es/LC_MESSAGES/inhaler.po", "#. Title", "# seen\n#. Title")
    assert planned(content) == before


# --------------------------------------------------------------------------- fonts, libraries, code


def test_another_font_file_of_the_same_size_and_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, family = tmp_path / "Own.ttf", FontFamily("Own", "Own.ttf", "Own.ttf")
    shutil.copy2(fonts.find("NotoSans-Regular.ttf") or "", own)
    monkeypatch.setenv("PLAINLEAF_FONTS", str(tmp_path))
    data, about = own.read_bytes(), own.stat()

    def now() -> str:
        return fingerprint(tmp_path, "", "", subsets.face_css(subsets.cut((family,), "ab", tmp_path / "cache")))

    before = now()
    assert now() == before
    own.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(own, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert now() != before


def test_where_cut_fonts_lie_changes_nothing(tmp_path: Path) -> None:
    css = '@font-face {{ font-family: "A"; src: url("file://{}/cut/400-{}.ttf"); }}'
    own = fingerprint(tmp_path, "", "", css.format("/home/a/.cache", "abc"))
    assert fingerprint(tmp_path, "", "", css.format("/other%20place", "abc")) == own
    assert fingerprint(tmp_path, "", "", css.format("/home/a/.cache", "abd")) != own


NAMED = "babel fonttools jinja2 markdown-it-py page-validation pillow pypdf pypdfium2 segno weasyprint"


def test_another_version_of_any_library(monkeypatch: pytest.MonkeyPatch) -> None:
    before, version = inputs.versions(pdf.FORMAT), metadata.version
    assert inputs.versions(pdf.FORMAT) == before
    for library in pdf.LIBRARIES:
        with monkeypatch.context() as patch:
            patch.setattr(metadata, "version", lambda name, new=library: "99" if name == new else version(name))
            assert inputs.versions(pdf.FORMAT) != before, library


def test_all_libraries_that_take_part_are_listed_with_what_they_need() -> None:
    def needs(name: str) -> set[str]:
        wanted = [need for need in metadata.requires(name) or () if ";" not in need]
        found = {re.split(r"[^\w.-]", need)[0].lower().replace("_", "-") for need in wanted}
        return found.union(*map(needs, found))

    assert set(NAMED.split()).union(*map(needs, NAMED.split())) <= set(pdf.LIBRARIES)


def test_each_shared_library_is_told_by_the_file_that_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(system.typesetting())
    assert [line.split()[0] for line in lines] == list(system.TYPESETTING)
    assert not [line for line in lines if line.endswith("unknown")]
    before, found = inputs.versions(pdf.FORMAT), system._file_of
    for function in system.TYPESETTING.values():
        new = tmp_path / "libnew.so.9"
        new.write_bytes(function.encode())
        with monkeypatch.context() as patch:
            patch.setattr(system, "_file_of", lambda of, name, f=function, n=new: n if name == f else found(of, name))
            assert inputs.versions(pdf.FORMAT) != before


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our own code, which counts in its place."""
    package = tmp_path / "plainleaf"
    shutil.copytree(own_code.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(own_code, "PACKAGE", package)
    return package


def edited(package: Path, name: str) -> None:
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("# another one\n")
    own_code.closure.cache_clear()  # as in another run


@pytest.mark.parametrize(
    "name",
    ["__init__.py", "formats/pdf/render.py", "formats/pdf/tagtree.py", "checks/page/ink.py", "typesetting/bidi.py",
     "typesetting/fontconfig.py", "graphics/walking.py", "languages/digits.py", "model/prints.py", "files/root.py"],
)  # fmt: skip
def test_our_own_code_that_makes_a_pdf_counts(copied: Path, name: str) -> None:
    before = inputs.versions(pdf.FORMAT)
    assert inputs.versions(pdf.FORMAT) == before
    edited(copied, name)
    assert inputs.versions(pdf.FORMAT) != before


@pytest.mark.parametrize("name", ["cli/main.py", "site/status.py", "checks/translation/numbers.py", "pipeline.py"])
def test_our_own_code_that_has_no_part_in_a_pdf_does_not_count(copied: Path, name: str) -> None:
    before = inputs.versions(pdf.FORMAT)
    edited(copied, name)
    assert inputs.versions(pdf.FORMAT) == before


@pytest.mark.parametrize("form", [pdf.FORMAT, html.FORMAT], ids=lambda form: form.name)
def test_whatever_our_code_imports_takes_part_too(form: Format) -> None:
    found = own_code.closure(own_code.PACKAGE, tuple(sorted(form.parts.code)))
    for name in (each for each in found if each.endswith(".py") and each != "__init__.py"):
        path = own_code.PACKAGE / name
        assert "import_module(" not in path.read_text(encoding="utf-8"), "nobody could tell what it imports"
        for each in imports(path):
            place = each.removeprefix("plainleaf.").replace(".", "/")
            for file in (f"{place}.py", f"{place}/__init__.py"):
                if each.startswith("plainleaf.") and (own_code.PACKAGE / file).is_file():
                    assert file in found, f"{name} imports {each}"


def test_the_data_of_a_language_counts_for_every_page(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "plainleaf/languages/data"
    shutil.copytree(facts.SHIPPED, data)
    shutil.copytree(own_code.PACKAGE / "formats", tmp_path / "plainleaf/formats")
    monkeypatch.setattr(own_code, "PACKAGE", tmp_path / "plainleaf")
    before, seen = planned(content), {inputs.versions(pdf.FORMAT)}
    for name in ("en.toml", "scripts/Zyyy.toml", "pseudo/en_XA.toml"):
        with (data / name).open("a", encoding="utf-8") as file:
            file.write("# another line\n")
        own_code.closure.cache_clear()  # as in another run
        seen.add(inputs.versions(pdf.FORMAT))
    assert len(seen) == 4
    after = planned(content)
    assert after.keys() == before.keys() and not after.items() & before.items()


def test_a_locales_own_facts_count_for_the_pages_they_are_seen_on(content: Path) -> None:
    own, before = content / "locales/es/checks.toml", planned(content)
    own.write_text('[jargon]\n"inhalador" = "aparato"\n', encoding="utf-8")
    assert planned(content) == before  # what only checks ask is on no page
    own.write_text('[days]\nfrom-to = "desde {} hasta {}"\n', encoding="utf-8")
    after = planned(content)
    spanish = {path for path in before if re.search(r"\.es[.+]|/es/", path)}
    assert {path for path in before if before[path] != after[path]} == spanish < set(before)


# --------------------------------------------------------------------------- the whole way


def test_a_replaced_picture_of_a_template_is_printed_and_nothing_else_is_made(content: Path) -> None:
    folder = stamped(content)
    build = ("build", "--layout", "mine", "--layout", "a4", "--locale", "en")
    made = [content / f"build/inhaler/inhaler.en.{layout}.pdf" for layout in ("mine", "a4")]
    done = plainleaf(*build, root=content)
    assert done.returncode == 0, done.stderr
    first = [path.read_bytes() for path in made]
    assert "0 of them made now" in plainleaf(*build, root=content).stdout
    (folder / "stamp.svg").write_text(SVG.format(8), encoding="utf-8")
    done = plainleaf(*build, root=content)
    assert done.returncode == 0 and "1 of them made now" in done.stdout
    assert made[0].read_bytes() != first[0] and made[1].read_bytes() == first[1]
