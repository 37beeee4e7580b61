"""The pages for patients: in the reader's language, quick for 200 leaflets, and sound whatever a leaflet is called."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from plainleaf import pipeline, project
from plainleaf.model import Artifact, Direction
from plainleaf.model import Text as Inlines
from plainleaf.provenance import former
from plainleaf.site import catalogue, clinics, moved, offers, patients, sitemap
from plainleaf.site.offers import File, Offer, Picture, Text, Tongue
from plainleaf.site.words import Words, in_order
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import plainleaf

DAY = date(2026, 11, 30)
SCHEMA = jsonschema.Draft202012Validator(json.loads(catalogue.SCHEMA_FILE.read_text(encoding="utf-8")))
TITLE, SUMMARY = "နယ်ထရက်ဆုန်း ဆေးပြား", "သင် နေမကောင်းဖြစ်လျှင် ဘာလုပ်ရမည်၊ ဆေးကို မည်သို့သောက်ရမည်ကို ရှင်းပြသည်။"


@pytest.fixture(scope="module")
def content() -> project.Project:
    return shipped.content()


def tongue(name: str) -> Tongue:
    return offers.tongue(locales.locale(name))


def file(slug: str, layout: str, purpose: str, fresh: bool = True) -> File:
    path = f"{slug}/{slug}.my.{layout}.pdf"
    about = (path, "pdf", layout, "application/pdf", layout, purpose, "US letter", True, 4, True, fresh, True, True)
    return File(*about)


def offer(slug: str, name: str = "my", title: str = TITLE, fresh: bool = True) -> Offer:
    """A leaflet as large ones are: ten files, a draft."""
    purposes = ("to-print", "large-print", "easy-read", "one-sheet", "fold", "booklet", "wallet", "two-languages")
    files = tuple(file(slug, f"layout-{purpose}", purpose, fresh) for purpose in purposes)
    picture = Picture(f"{slug}/{slug}.my.0123456789abcdef-414.webp", 320, 414)
    notices = ("Draft translation: not yet checked by a clinical translator",)
    about = (Text(title), Text(SUMMARY), SUMMARY * 3, files, notices, DAY, DAY, True, True, True)
    return Offer(slug, tongue(name), *about, picture=picture)


@pytest.fixture(scope="module")
def many(content: project.Project) -> dict[str, int]:
    """The sizes of the pages of 200 leaflets in one language whose letters take three bytes each, and of one of them in
    30 languages."""
    names = [locale for locale in content.locales if locale != "my"][:29]
    offered = [offer(f"leaflet-{number}") for number in range(200)]
    offered += [offer("leaflet-7", name) for name in names]
    wanted = ("index.html", "languages/my", "leaflet-7/my/")
    made = {path: make() for path, make in patients.pages(content, offered) if path.startswith(wanted)}
    assert len(made) == 4
    return {path: len(page.encode() if isinstance(page, str) else page) for path, page in made.items()}


def test_the_pages_of_200_leaflets_in_30_languages_stay_small(many: dict[str, int]) -> None:
    assert many["languages/my.html"] < 200_000 and many["languages/my.js"] < 200_000
    assert many["index.html"] < 20_000 and many["leaflet-7/my/formats.html"] < 20_000


@pytest.mark.parametrize("name", ["es", "ar", "zh_Hans"])
def test_a_page_is_in_the_language_and_direction_of_its_reader(content: project.Project, name: str) -> None:
    there = tongue(name)
    page = patients.language(content, there, [offer("a", name)])
    direction: Direction = "rtl" if name == "ar" else "ltr"
    assert f'<html lang="{there.tag}" dir="{direction}">' in page and 'lang="en"' not in page
    assert str(Words(content.words(name), locales.locale(name))("Search the leaflets")) in page
    assert "Search the leaflets" not in page


def test_words_without_a_translation_are_english_and_marked_as_english(content: project.Project) -> None:
    bare = replace(content, catalogs={})
    page = patients.language(bare, tongue("es"), [offer("a", "es")])
    assert '<bdi lang="en">Search the leaflets</bdi>' in page and '<option value="" lang="en">' in page
    assert patients.language(bare, tongue("en"), [offer("a", "en")]).count('lang="en"') == 1, "the page's own"


def test_languages_are_in_their_own_scripts_each_sorted(content: project.Project) -> None:
    offered = [offer("a", name) for name in ("ru", "zh_Hans", "vi", "en", "ar", "es", "fr")]
    made = dict(patients.pages(content, offered))
    page = str(made["index.html"]())
    names = [tongue(name).own_name for name in ("en", "es", "fr", "vi", "ru", "ar", "zh_Hans")]
    assert [*sorted(names, key=page.index)] == names and '<span class="own" lang="ar" dir="rtl">العربية</span>' in page


def test_what_is_out_of_date_is_not_offered_to_patients(content: project.Project) -> None:
    old = offer("a", "en", fresh=False)
    for page in (patients.language(content, old.tongue, [old]), patients.formats(content, old, ())):
        assert ".pdf" not in page and "This file is being renewed. Ask the clinic for it." in page


def test_a_leaflet_of_which_nothing_was_made_has_no_page(content: project.Project) -> None:
    none = replace(offer("a"), files=tuple(replace(each, made=False, fresh=False) for each in offer("a").files))
    assert not [path for path, _ in patients.pages(content, [none]) if path.startswith(("a/", "languages/my"))]


def test_titles_with_markup_and_names_with_signs_are_text_and_addresses(content: project.Project) -> None:
    bad = offer("a b#1%", "en", '<script>alert(1)</script> & "more"')
    pages = [patients.language(content, bad.tongue, [bad]), patients.formats(content, bad, ())]
    for page in pages:
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
        assert 'href="../../a%20b%231%25/' in page or 'href="../a%20b%231%25/' in page


def test_two_leaflets_of_one_title_are_both_there(content: project.Project) -> None:
    page = patients.language(content, tongue("en"), [offer("a", "en", "Same"), offer("b", "en", "Same")])
    assert 'data-id="a"' in page and 'data-id="b"' in page and page.count("Same</bdi>") == 2


def test_without_leaflets_there_is_a_page_that_says_so(content: project.Project) -> None:
    made = dict(patients.pages(content, []))
    assert "No leaflet found" in str(made["index.html"]())
    SCHEMA.validate(json.loads(catalogue.catalogue(content, [], str)))


def test_the_catalogue_follows_its_schema_and_says_what_is_for_patients(content: project.Project) -> None:
    ready = replace(offer(shipped.FIRST, "es"), draft=False, sample=False)
    files = [replace(each, draft=False) for each in ready.files]
    files[1:3] = [replace(files[1], fresh=False, since=DAY), replace(files[2], made=False, fresh=False)]
    found = json.loads(catalogue.catalogue(content, [replace(ready, files=tuple(files))], lambda _: "a" * 64))
    SCHEMA.validate(found)
    (edition,) = found["leaflets"][0]["editions"]
    assert [each["state"] for each in edition["files"]][:4] == ["current", "out of date", "not made", "current"]
    assert (edition["language"], edition["files"][1]["since"]) == ("es", "2026-11-30")
    draft = json.loads(catalogue.catalogue(content, [offer(shipped.FIRST, "es")], str))
    assert {each["state"] for each in draft["leaflets"][0]["editions"][0]["files"]} == {"draft"}


def test_what_a_page_leads_to_whose_translation_is_gone_leads_on(content: project.Project, tmp_path: Path) -> None:
    for left in ("a/ps", "a/es", f"{shipped.FIRST}/es"):
        (tmp_path / left).mkdir(parents=True)
        (tmp_path / left / "index.html").write_text('{"@type": "MedicalWebPage"}', encoding="utf-8")
    made = dict(moved.pages(content, [offer(shipped.FIRST, "es")], [], tmp_path))
    assert made.keys() == {"a/ps/formats.html", "a/es/formats.html", "languages/ps.html"}
    assert "url=../index.html" in str(made["languages/ps.html"]())


def test_old_addresses_lead_on_but_where_a_file_is(content: project.Project, tmp_path: Path) -> None:
    slug = shipped.FIRST
    leaflet = content.leaflets[slug]
    renamed = replace(leaflet, meta=replace(leaflet.meta, formerly=("old",)))
    there = replace(content, leaflets={**content.leaflets, slug: renamed})
    (tmp_path / "print-list.html").touch()
    former.note(tmp_path, [former.Former(f"{slug}/{slug}.es.html", "sample", "1", "", (), DAY)])
    made = dict(moved.pages(there, [offer(slug, "es")], ["status.html"], tmp_path))
    assert not {"status.html", "readability.html"} & made.keys(), "one is a file, the other never was there"
    assert 'content="0; url=staff/print-list/index.html"' in made["print-list.html"]()
    for old in (f"{slug}/{slug}.es.html", "old/old.es.html"):
        assert f"url={'es' if old.startswith(slug) else f'../{slug}/es'}/formats.html" in str(made[old]())
    assert f"url=../../{slug}/es/formats.html" in str(made["old/es/index.html"]())


def test_a_sitemap_has_whole_addresses_and_is_made_only_where_there_is_one(content: project.Project) -> None:
    assert not [*sitemap.pages(content, [offer("a b", "es")])]
    there = replace(content, settings=replace(content.settings, site_url="https://clinic.example/leaflets"))
    ready = replace(offer("a b", "es"), screen="a b/es/index.html", draft=False, sample=False)
    ((name, make),) = sitemap.pages(there, [ready, offer("c", "es"), replace(offer("d", "es"), draft=False)])
    found = re.findall("<loc>(.*?)</loc>", bytes(make()).decode()) if name == "sitemap.xml" else []  # type: ignore[arg-type]
    start = "https://clinic.example/leaflets"
    assert found == [f"{start}/{end}" for end in ("", "languages/es.html", "a%20b/es/", "a%20b/es/formats.html")]
    SCHEMA.validate(json.loads(catalogue.catalogue(there, [], str)))


def test_a_sitemap_of_too_many_addresses_is_parted(content: project.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 3)
    there = replace(content, settings=replace(content.settings, site_url="https://clinic.example"))
    made = dict(sitemap.pages(there, [replace(offer(name, "es"), draft=False, sample=False) for name in "ab"]))
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert bytes(made["sitemap.xml"]()).count(b"<sitemap>") == 2  # type: ignore[arg-type]


# --------------------------------------------------------------------------- published


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("site") / "root"
    shutil.copytree(Path(__file__).parents[1] / "content", made)
    assert plainleaf("publish", "--format", "html", root=made).returncode == 0
    yield made


def test_titles_lead_to_the_page_for_screens_and_every_link_to_a_file(root: Path) -> None:
    build = root / "build"
    assert 'href="../inhaler/es/index.html"' in (build / "languages/es.html").read_text(encoding="utf-8")
    for page in build.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for part in text.split('href="')[1:]:
            to = part.split('"')[0]
            if ":" not in to and not to.startswith("#"):
                assert (page.parent / to.split("#")[0]).is_file(), (page, to)
    SCHEMA.validate(json.loads((build / "catalogue.json").read_text(encoding="utf-8")))


def test_pages_of_what_is_gone_go_and_what_somebody_put_there_stays(root: Path) -> None:
    build = root / "build"
    own, old = build / "staff/status/notes.html", build / "languages/fr.html"
    own.write_text("ours", encoding="utf-8")
    (build / "sitemap-mine.xml").write_text("<urlset/>", encoding="utf-8")
    (build / "sitemap.xml").write_text(f"<urlset/>{sitemap.MARK}", encoding="utf-8")
    old.write_text((build / "languages/es.html").read_text(encoding="utf-8"), encoding="utf-8")
    (build / "index.html").unlink()
    assert plainleaf("publish", "--format", "html", root=root).returncode == 0
    assert own.is_file() and not old.exists() and (build / "index.html").is_file()
    assert [path.name for path in build.glob("sitemap*.xml")] == ["sitemap-mine.xml"]


@pytest.mark.parametrize("name", ["staff", "languages", "Staff"])
def test_a_leaflet_cannot_have_the_name_of_a_folder_of_pages(root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    text = (root / "sources/inhaler.md").read_text(encoding="utf-8")
    (tmp_path / f"sources/{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "sources/b.md").write_text(text.replace("title:", "formerly: b, c\ntitle:", 1), encoding="utf-8")
    (tmp_path / "sources/d.md").write_text(text.replace("title:", "formerly: [b, e]\ntitle:", 1), encoding="utf-8")
    said = [f"{found.at.file}: {found.message}" for found in project.load(tmp_path).findings]
    assert f"sources/{name}.md: the name “{name}” is used for a folder of the catalogue's pages" in said
    assert "sources/b.md: “b” cannot be a former name of this leaflet" in said
    assert "sources/d.md: the former name “b” leads to another leaflet: sources/b.md" in said


def test_several_clinics_have_a_page_above_theirs(root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(root / "build", tmp_path / name)
    assert clinics.write(tmp_path, [tmp_path / "none"]) is None
    clinics.write(tmp_path, [tmp_path / "one", tmp_path / "two"])
    page = (tmp_path / "clinics.html").read_text(encoding="utf-8")
    assert 'href="one/index.html">Sample Clinic<' in page and 'href="one/languages/site.css"' in page
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == page
    clinics.write(tmp_path / "one", [tmp_path / "one"])
    assert 'href="index.html">Sample Clinic<' in (tmp_path / "one/clinics.html").read_text(encoding="utf-8")
    assert "Choose your language" in (tmp_path / "one/index.html").read_text(encoding="utf-8")


def test_what_the_only_clinic_had_is_named_when_there_are_several_and_its_lists_are_gone(
    root: Path, tmp_path: Path
) -> None:
    top, below = tmp_path / "build", [tmp_path / "build/one", tmp_path / "build/two"]
    for folder in (top, *below):
        shutil.copytree(root / "build", folder)
    clinics.write(top, below)
    assert not (top / "catalogue.json").exists()
    for old in ("languages/en.html", "inhaler/en/formats.html"):
        assert "url=../" in (top / old).read_text(encoding="utf-8"), "it leads on to the page above"
    assert not (top / "staff/index.html").exists() and (top / "one/staff/index.html").is_file()
    assert 'href="one/index.html"' in (top / "index.html").read_text(encoding="utf-8")
    (found,) = clinics.left(top, below)
    assert (found.check, found.at.file) == ("left-over", "build/inhaler/en/index.html")
    assert 'set clinic = "sample"' in found.hint
    assert clinics.left(top, [top, *below]) == [] == clinics.left(tmp_path, [below[0]])


def test_names_and_doses_print_in_their_own_order_from_right_to_left(content: project.Project) -> None:
    assert content.clinic
    there = replace(content, clinic=replace(content.clinic, name="Example Clinic (North)"))
    page = patients.language(there, tongue("ar"), [offer("a", "ar")])
    assert "<bdi>Example Clinic (North)</bdi></h1>" in page and "\u2068Example Clinic (North)\u2069</title>" in page
    assert in_order("خذ 500 mg في اليوم", locales.locale("ar")) == 'خذ <bdi dir="ltr">500 mg</bdi> في اليوم'
    made = Text("خذ 500 mg", marked=in_order("خذ 500 mg", locales.locale("ar")))
    page = patients.formats(there, replace(offer("a", "ar"), title=made), ())
    assert 'خذ <bdi dir="ltr">500 mg</bdi></bdi></h1>' in page and "خذ 500 mg</title>" in page


def test_a_title_has_the_quotation_marks_of_its_language(root: Path) -> None:
    loaded = project.load(root)
    (edition, _), *_ = pipeline.editions(loaded, pipeline.Choice((), ("en",)), DAY)
    title = replace(edition.meta.title, inlines=(Inlines('Puffs & "drops"'),))
    edition = replace(edition, meta=replace(edition.meta, title=title))
    artifact = Artifact("a", 0, edition.slug, "en", "", False, False, format="html")
    (made,) = offers.of(loaded, [artifact], [edition])
    assert made.title.words == "Puffs & “drops”"


def test_search_engines_are_asked_not_to_show_what_nobody_has_checked(content: project.Project) -> None:
    draft = offer("a", "es")
    ready = replace(draft, draft=False, sample=False)
    pages = [patients.formats(content, each, ()) for each in (draft, replace(ready, sample=True), ready)]
    assert ['content="noindex"' in page for page in pages] == [True, True, False]
