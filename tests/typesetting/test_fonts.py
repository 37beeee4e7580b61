"""Every script has its families, a subset sets a text as the whole font does, and nothing falls back silently."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from plainleaf.model import FontFamily
from plainleaf.typesetting import fontconfig, fontnames, fonts, harfbuzz, locales, subsets

SENTENCES = {  # "Take one tablet every day" and the like, with what is hard to shape
    "Arab": "تناول حبة واحدة يوميًا، ولا تتجاوز الجرعة؛ لا تأكل؟ پہنچ ٹھیک ڈاکٹر سے پوچھیں۔ ٥٠ ۵۰",
    "Armn": "Ընդունեք օրական մեկ հաբ։ Մի՛ մոռացեք։",
    "Beng": "প্রতিদিন একটি ট্যাবলেট খান। ডাক্তারের সঙ্গে কথা বলুন। কোনো শ্বাসকষ্ট ১২",
    "Deva": "रोज़ एक गोली लें। डॉक्टर से बात करें, यदि साँस लेने में कठिनाई हो। द्वितीय ज्ञान क्षत्रिय ड़ढ़ र्कि १२",
    "Ethi": "በየቀኑ አንድ ክኒን ይውሰዱ። ሐኪምዎን ያነጋግሩ።",
    "Geor": "მიიღეთ ერთი ტაბლეტი ყოველდღე.",
    "Gujr": "દરરોજ એક ગોળી લો. ડૉક્ટર સાથે વાત કરો. શ્વાસ ૧૨",
    "Guru": "ਹਰ ਰੋਜ਼ ਇੱਕ ਗੋਲੀ ਲਓ। ਡਾਕਟਰ ਨਾਲ ਗੱਲ ਕਰੋ। ਸ਼੍ਰੀ",
    "Hans": "每天服用一片，直到骨头不痛为止。“不要”停药；请拨打电话。12.5 mg",
    "Hant": "每天服用一片，直到骨頭不痛為止。「不要」停藥；請撥打電話。",
    "Hebr": "קחו כדור אחד בכל יום. שָׁלוֹם לרופא",
    "Jpan": "毎日一錠を飲んでください。骨が痛むときは、直ちに医師に相談してください。ガパ",
    "Khmr": "សូមលេបថ្នាំមួយគ្រាប់រាល់ថ្ងៃ។ កើ កៀ កោ ស្រ្តី",
    "Knda": "ಪ್ರತಿದಿನ ಒಂದು ಮಾತ್ರೆ ತೆಗೆದುಕೊಳ್ಳಿ. ಕೊಕ್ಕೆ ಕೋ",
    "Kore": "매일 한 알을 드십시오. 의사와 상의하세요.",
    "Laoo": "ກິນຢາມື້ລະເມັດ. ນ້ຳ ຄຳ",
    "Latn": "Take one tablet of naltrexone, 50 mg, every day – “don’t” stop. Uống một viên mỗi ngày. fi ffl é",
    "Mlym": "ദിവസവും ഒരു ഗുളിക കഴിക്കുക. ഡോക്ടറോട് കൊ ക്ഷ",
    "Mymr": "နေ့စဉ် ဆေးတစ်လုံး သောက်ပါ။ ဆရာဝန်နှင့် ကြွ",
    "Sinh": "දිනපතා එක් පෙත්තක් ගන්න. ශ්‍රී කෝ ක්‍ය",
    "Taml": "தினமும் ஒரு மாத்திரை எடுத்துக்கொள்ளவும். கொ கோ க்ஷ ஸ்ரீ",
    "Telu": "ప్రతిరోజూ ఒక మాత్ర తీసుకోండి. కై స్త్రీ",
    "Thaa": "ކޮންމެ ދުވަހަކު އެއް ގުޅަ ކާށެވެ",
    "Thai": "รับประทานยาวันละหนึ่งเม็ด น้ำ ที่นี่ ปั๊ม ผู้ป่วย กำลัง",
    "Tibt": "ཉིན་རེར་སྨན་རིལ་གཅིག་ཟ།",
}
LANGUAGES = {
    "Arab": "ar", "Deva": "hi", "Hans": "zh-Hans", "Hant": "zh-Hant", "Hebr": "he", "Jpan": "ja", "Kore": "ko",
    "Thaa": "dv",
}  # fmt: skip
# Those whose letters join, stack, split or change places, each in its own way; others are set as one of these is.
# PLAINLEAF_EVERY_SCRIPT=1 tries all but those of Chinese, Japanese and Korean.
SHAPED = ("Arab", "Beng", "Deva", "Hebr", "Khmr", "Latn", "Mlym", "Mymr", "Sinh", "Taml", "Thai", "Tibt")
if os.environ.get("PLAINLEAF_EVERY_SCRIPT"):
    SHAPED = tuple(script for script in SENTENCES if script not in ("Hans", "Hant", "Jpan", "Kore"))
EVERY = sorted({family for families in fonts.FAMILIES.values() for family in families}, key=str)

# For each line of pages, prints a line with the families used and what WeasyPrint warned of, page by page.
RENDER = """
import json, logging, sys
import weasyprint
from weasyprint.text.fonts import FontConfiguration
said = []
class Keeper(logging.Handler):
    def emit(self, record): said.append(record.getMessage())
logging.getLogger("weasyprint").handlers = [Keeper(logging.WARNING)]
for line in sys.stdin:
    shared, result = FontConfiguration(), []
    for page in json.loads(line):
        del said[:]
        config = shared if page.get("shared") else FontConfiguration()
        sheet = weasyprint.CSS(string=page["css"], font_config=config)
        document = weasyprint.HTML(string=page["html"]).render(font_config=config, stylesheets=[sheet])
        document.write_pdf(page["pdf"])
        result.append({"families": sorted({font.family for font in document.fonts.values()}), "said": list(said)})
    print(json.dumps(result), flush=True)
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def without(reason: str) -> None:
    """Skip on a machine that cannot run the test; fail where all must run."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def noto() -> None:
    gone = fonts.missing(EVERY)
    if gone:
        without(f"not installed: {' '.join(gone)} (packages {' '.join(fonts.apt_packages(gone))})")


@pytest.fixture(scope="session")
def render(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Makes PDFs in one process of its own, as FONTCONFIG_FILE must be set before WeasyPrint loads."""
    pytest.importorskip("weasyprint")
    if not shutil.which("pdftoppm"):
        without("pdftoppm is not installed (package poppler-utils)")
    heard = tmp_path_factory.mktemp("render") / "stderr"
    with (
        heard.open("w") as err,
        subprocess.Popen(
            [sys.executable, "-W", "error::UserWarning", "-c", RENDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=err,
            env={**os.environ, "FONTCONFIG_FILE": str(fontconfig.written(cache))},
            text=True,
        ) as process,
    ):
        questions, answers = process.stdin, process.stdout
        assert questions and answers

        def run(*pages: dict[str, Any]) -> list[dict[str, Any]]:
            print(json.dumps(pages), file=questions, flush=True)
            answer = answers.readline()
            assert answer, heard.read_text()
            assert "CRITICAL" not in heard.read_text()
            return list(json.loads(answer))

        yield run
        questions.close()


def page(text: str, css: str, pdf: Path, lang: str = "en", **more: Any) -> dict[str, Any]:
    direction = "rtl" if lang in ("ar", "he", "dv") else "ltr"
    html = (
        f'<html lang="{lang}" dir="{direction}"><title>t</title><body><p>{text}</p><p><b>{text}</b></p></body></html>'
    )
    look = "@page { size: 160mm 70mm; margin: 5mm } html { font-size: 20pt; line-height: 1.6 }"
    return {"html": html, "css": css + look, "pdf": str(pdf), **more}


def pixels(pdf: Path) -> bytes:
    return subprocess.run(["pdftoppm", "-r", "50", "-gray", str(pdf)], capture_output=True, check=True).stdout


def cmap(font: subsets.CutFont) -> set[int]:
    with TTFont(font.path) as opened:
        return set(opened.getBestCmap())


# --------------------------------------------------------------------------- without font files


def test_importing_loads_no_font_library() -> None:
    code = "import sys, plainleaf.typesetting.fonts; print('fontTools' in sys.modules, 'weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_every_script_sets_latin_words_too() -> None:
    assert all(fonts.LATIN in families for families in fonts.FAMILIES.values())
    assert set(SENTENCES) <= set(fonts.FAMILIES)


def test_hong_kong_writes_han_its_own_way() -> None:
    assert fonts.families("Hant", "HK")[0].name == fonts.families("Hant", "MO")[0].name == "Noto Sans CJK HK"
    assert fonts.families("Hant", "TW")[0].name == fonts.families("Hant")[0].name == "Noto Sans CJK TC"
    assert fonts.families("Xsux") == ()


def test_a_folder_of_ones_own_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    own = tmp_path / "deep" / "NotoSans-Regular.ttf"
    own.write_bytes(b"")
    monkeypatch.setenv("PLAINLEAF_FONTS", str(tmp_path))
    assert fonts.folders()[0] == tmp_path
    assert fonts.find("NotoSans-Regular.ttf") == fonts.find("NotoSans-Regular.ttf#a face") == own
    assert fonts.find("nobody has this.ttf") is None


def test_missing_files_are_named_with_their_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    gone = fonts.missing(fonts.FAMILIES["Hans"][:2])
    assert gone == ("NotoSans-Bold.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")
    assert fonts.apt_packages([*gone, "MyOwn.ttf"]) == ("fonts-noto-cjk", "fonts-noto-core")
    assert fonts.uncovered("a b", fonts.FAMILIES["Hans"]) == ("a", "b")
    with pytest.raises(fonts.FontError, match="not installed"):
        subsets.cut(fonts.FAMILIES["Hans"], "a")


def test_a_broken_font_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")
    with pytest.raises(fonts.FontError, match=r"broken\.ttf"):
        fonts.coverage(str(broken), tmp_path)


def small_font(path: Path, characters: str) -> None:
    builder = FontBuilder(1000, isTTF=True)
    points = sorted(map(ord, characters))
    glyphs = [".notdef", *(f"g{point}" for point in points)]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({point: f"g{point}" for point in points})
    builder.setupGlyf({glyph: TTGlyphPen(None).glyph() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_coverage_is_read_once_for_each_state_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font, cache = tmp_path / "small.ttf", tmp_path / "cache"
    small_font(font, "ab")
    assert fonts.coverage(str(font), cache) == {0x61, 0x62}
    fonts._remembered.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "open_face", None)
        assert fonts.coverage(str(font), cache) == {0x61, 0x62}
    small_font(font, "abc")
    assert fonts.coverage(str(font), cache) == {0x61, 0x62, 0x63}


def test_coverage_needs_no_cache_that_can_be_written(tmp_path: Path) -> None:
    font = tmp_path / "small.ttf"
    small_font(font, "ab")
    (tmp_path / "file").write_text("where a folder should be")
    assert fonts.coverage(str(font), tmp_path / "file") == {0x61, 0x62}


def test_a_character_counts_only_if_both_weights_have_it(tmp_path: Path) -> None:
    small_font(tmp_path / "r.ttf", "ab")
    small_font(tmp_path / "b.ttf", "bc")
    family = FontFamily("Small", str(tmp_path / "r.ttf"), str(tmp_path / "b.ttf"))
    assert fonts.covered(family, tmp_path) == {0x62}


def test_names_in_style_sheets_belong_to_one_cut(tmp_path: Path) -> None:
    one = (subsets.CutFont("A", 400, tmp_path / "1.ttf"), subsets.CutFont("A", 700, tmp_path / "2.ttf"))
    other = (subsets.CutFont("A", 400, tmp_path / "3.ttf"), subsets.CutFont('B"}', 700, tmp_path / "2.ttf"))
    assert len(subsets.aliases(one)) == 1
    assert len(subsets.aliases(other)) == 2
    assert not set(subsets.aliases(one)) & set(subsets.aliases(other))
    assert subsets.aliases(one)[0].removeprefix("A ").isalpha()
    assert subsets.face_css(one).count("@font-face") == 2
    assert "B\\22 \\7d " in subsets.families_css(other)
    assert subsets.face_css(()) == ""
    assert subsets.cut_folders(one + other) == (tmp_path,)


def test_the_fontconfig_file_lists_one_blank_font(tmp_path: Path) -> None:
    odd = tmp_path / "a & b"
    config = fontconfig.written(odd)
    assert "a &amp; b" in config.read_text()
    before = config.stat().st_mtime_ns
    assert fontconfig.written(odd) == config
    assert config.stat().st_mtime_ns == before
    assert [path.name for path in (config.parent / "fonts").iterdir()] == ["blank.ttf"]


# --------------------------------------------------------------------------- with Debian's Noto fonts


@pytest.mark.parametrize("script", sorted(SENTENCES))
def test_each_script_is_covered(script: str, noto: None, cache: Path) -> None:
    text = SENTENCES[script]
    assert fonts.uncovered(text, fonts.FAMILIES[script], cache) == ()
    own = fonts.covered(fonts.FAMILIES[script][0], cache)
    assert sum(ord(character) in own for character in text) > len(text) / 2


def test_every_named_file_is_in_its_package_and_has_its_face(noto: None, cache: Path) -> None:
    for family in EVERY:
        assert len(fonts.covered(family, cache)) > 20, family


def test_a_wrong_face_is_an_error(noto: None, cache: Path) -> None:
    for face in ("", "#Noto Sans CJK XX"):
        with pytest.raises(fonts.FontError):
            fonts.coverage(f"NotoSansCJK-Regular.ttc{face}", cache)


def test_what_prints_as_an_empty_box(noto: None, cache: Path) -> None:
    latin, arabic = fonts.FAMILIES["Latn"], fonts.FAMILIES["Arab"]
    assert fonts.uncovered("aß中文a\u0647", latin, cache) == ("\u0647", "中", "文")
    assert (
        fonts.uncovered("50\u00a0mg 50\u202fmg\u2009\u3000\t\n\u200d\u200e\u2066\u2069\u00ad\ufe0f", arabic, cache)
        == ()
    )
    assert fonts.uncovered("≤ 5 → ☐ −1 ✓", latin, cache) == ()
    # A line separator and control characters are drawn as boxes even in fonts that have them; so are Hangul fillers.
    assert fonts.uncovered("a\u2028b\x0b\x85\u3164", latin, cache) == ("\x0b", "\x85", "\u2028", "\u3164")


def test_a_dose_comes_from_one_family(noto: None, cache: Path) -> None:
    cuts = subsets.cut(fonts.FAMILIES["Arab"], "تناول 7.5 mg (قرص)، ٥٠", cache)
    assert [(font.family, font.weight) for font in cuts] == [
        ("Noto Naskh Arabic", 400), ("Noto Naskh Arabic", 700), ("Noto Sans", 400), ("Noto Sans", 700)
    ]  # fmt: skip
    naskh, sans = cmap(cuts[0]), cmap(cuts[2])
    assert {point for point in naskh if point < 0x300} == {0x20, 0xA0}
    assert set(range(0x20, 0x7F)) <= sans
    assert set(map(ord, "،٠١٢٣٤٥٦٧٨٩")) <= naskh - sans


def test_families_that_have_nothing_to_give_are_left_out(noto: None, cache: Path) -> None:
    def names(script: str, text: str) -> list[str]:
        return [font.family for font in subsets.cut(fonts.FAMILIES[script], text, cache) if font.weight == 400]

    assert names("Latn", "abc") == ["Noto Sans"]
    assert names("Latn", "≥ 5") == ["Noto Sans", "Noto Sans Math"]
    assert names("Hans", SENTENCES["Hans"]) == ["Noto Sans CJK SC"]
    assert names("Latn", "abc ☐") == ["Noto Sans", "Noto Sans Symbols 2"]


def test_all_files_of_a_cut_say_the_same_line_height(noto: None, cache: Path) -> None:
    said = set()
    for font in subsets.cut(fonts.FAMILIES["Mymr"], "နေ့စဉ် ≥ ☐", cache):
        with TTFont(font.path) as opened:
            said.add((opened["hhea"].ascent, opened["hhea"].descent, opened["OS/2"].usWinDescent))
    assert said == {(1324, -860, 860)}


def test_the_same_request_gives_the_same_bytes(noto: None, cache: Path, tmp_path: Path) -> None:
    for script in ("Arab", "Hans"):
        one = subsets.cut(fonts.FAMILIES[script], SENTENCES[script], cache)
        two = subsets.cut(fonts.FAMILIES[script], reversed(SENTENCES[script]), tmp_path)
        assert [font.path.name for font in one] == [font.path.name for font in two]
        assert [font.path.read_bytes() for font in one] == [font.path.read_bytes() for font in two]
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


def test_the_names_in_a_cut_font_are_found_without_its_rules(noto: None, monkeypatch: pytest.MonkeyPatch) -> None:
    file, points = fonts.FAMILIES["Deva"][0].regular, frozenset(map(ord, SENTENCES["Deva"]))
    usual, visited = subset.NameRecordVisitor, list[str]()
    visit = usual.visitAttr
    monkeypatch.setattr(
        usual, "visitAttr", lambda self, obj, name, *more: visited.append(name) or visit(self, obj, name, *more)
    )
    quick = subsets._subset(file, points, 1.1, 0.3)
    assert "FeatureList" in visited and "LookupList" not in visited
    assert subset.NameRecordVisitor is usual
    monkeypatch.setattr(fontnames, "found_quickly", nullcontext)
    assert subsets._subset(file, points, 1.1, 0.3) == quick
    assert "LookupList" in visited


def test_fonts_for_pdfs_are_cut_to_the_same_characters_where_harfbuzz_does_it(
    noto: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {script: subsets.cut(fonts.FAMILIES[script], SENTENCES[script], tmp_path) for script in ("Deva", "Hans")}
    with monkeypatch.context() as within:
        within.setattr(subsets, "_subset", None)
        quick = {
            script: subsets.cut(fonts.FAMILIES[script], SENTENCES[script], tmp_path, for_pdf=True) for script in usual
        }
    assert [list(map(cmap, quick[script])) == list(map(cmap, usual[script])) for script in usual] == [True, True]
    assert not set(quick["Deva"]) & set(usual["Deva"])
    monkeypatch.setattr(harfbuzz, "_library", lambda: None)  # as where no PDFs can be made
    assert subsets.cut(fonts.FAMILIES["Deva"], SENTENCES["Deva"], tmp_path, for_pdf=True) == usual["Deva"]


def test_a_font_that_harfbuzz_does_not_manage_is_cut_all_the_same(
    noto: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_no_font = harfbuzz.cut(b"no font", 0, [65], (), (), ())
    monkeypatch.setattr(harfbuzz, "cut", lambda *_: of_no_font)
    assert 0x915 in cmap(subsets.cut(fonts.FAMILIES["Deva"], SENTENCES["Deva"], tmp_path, for_pdf=True)[0])


def test_a_font_whose_distances_or_drawings_harfbuzz_leaves_out_is_not_cut_by_it(noto: None) -> None:
    whole = Path(fonts.find(fonts.FAMILIES["Latn"][0].regular.partition("#")[0])).read_bytes()

    def changed(*without: str, more: str = "") -> bytes:
        font, out = TTFont(BytesIO(whole)), BytesIO()
        for table in without:
            del font[table]
        if more:
            font[more] = DefaultTable(more)
            font[more].data = b"\0\0\0\0"
        font.save(out)
        return out.getvalue()

    def is_cut(data: bytes) -> bool:
        return bool(harfbuzz.cut(data, 0, [65], (), (), ()))

    assert is_cut(changed("GPOS")) and is_cut(changed(more="kern"))
    assert not is_cut(changed("GPOS", more="kern"))
    assert not is_cut(changed(more="SVG "))


def test_what_was_cut_is_not_cut_again(noto: None, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = subsets.cut(fonts.FAMILIES["Deva"], SENTENCES["Deva"], cache)
    monkeypatch.setattr(subsets, "_subset", None)
    assert subsets.cut(fonts.FAMILIES["Deva"], SENTENCES["Deva"], cache) == one


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-40], lambda data: data[:900] + b"?" + data[901:]]
)
def test_a_cut_that_was_damaged_in_the_cache_is_cut_again(
    tmp_path: Path, damage: Callable[[bytes], bytes], noto: None
) -> None:
    regular, _ = subsets.cut(fonts.FAMILIES["Latn"][:1], "ab", tmp_path)
    whole = regular.path.read_bytes()
    regular.path.write_bytes(damage(whole))
    assert subsets.cut(fonts.FAMILIES["Latn"][:1], "ab", tmp_path)[0] == regular
    assert regular.path.read_bytes() == whole


def test_chinese_is_drawn_as_in_china_and_japanese_as_in_japan(noto: None, cache: Path) -> None:
    mainland = outlines(TTFont(subsets.cut(fonts.FAMILIES["Hans"], SENTENCES["Hans"], cache)[0].path), "直骨")
    path, _, face = fonts.FAMILIES["Jpan"][0].regular.partition("#")
    with TTCollection(fonts.find(path), lazy=True, recalcBBoxes=False) as faces:
        japanese = outlines(next(one for one in faces if one["name"].getDebugName(1) == face), "直骨")
    for letter in "直骨":
        assert mainland[letter] != japanese[letter]


def outlines(font: TTFont, letters: str) -> dict[str, Any]:
    """How a font draws each letter, and how far on the next one stands."""
    drawn, names, glyphs = {}, font.getBestCmap(), font.getGlyphSet()
    for letter in letters:
        pen = RecordingPen()
        glyphs[names[ord(letter)]].draw(pen)
        drawn[letter] = pen.value, glyphs[names[ord(letter)]].width
    return drawn


@pytest.mark.parametrize("for_pdf", [False, True])
def test_a_letter_of_a_collection_is_drawn_as_in_the_whole_font(noto: None, cache: Path, for_pdf: bool) -> None:
    """Its faces have 20 MB each, too much to set a text in them whole, as is done with all other fonts below."""
    text = "".join(dict.fromkeys(SENTENCES["Hans"].replace(" ", "")))
    family = fonts.FAMILIES["Hans"][0]
    cuts = subsets.cut(fonts.FAMILIES["Hans"], SENTENCES["Hans"], cache, for_pdf=for_pdf)
    for font, file in zip(cuts, (family.regular, family.bold), strict=True):
        path, _, face = file.partition("#")
        with TTCollection(fonts.find(path), lazy=True, recalcBBoxes=False) as faces, TTFont(font.path) as opened:
            whole = next(one for one in faces if one["name"].getDebugName(1) == face)
            assert outlines(opened, text) == outlines(whole, text)
            order = opened.getGlyphOrder()
            assert order == [".notdef", *(f"cid{at:05}" for at in range(1, len(order)))], "a PDF names glyphs by number"
            scripts = (each.Script for name in ("GSUB", "GPOS") for each in opened[name].table.ScriptList.ScriptRecord)
            languages = {each.LangSysTag for script in scripts for each in script.LangSysRecord}
            assert languages <= {"ZHS "}, "a word in another language has the letters of this one"


def whole(font: subsets.CutFont, file: str, folder: Path) -> subsets.CutFont:
    """The uncut font, with the line height of the cut one so that both put their lines in the same place."""
    full = TTFont(fonts.find(file), recalcBBoxes=False)
    with TTFont(font.path) as cut:
        for table, names in {"hhea": "ascent descent", "OS/2": "sTypoAscender sTypoDescender"}.items():
            for name in names.split():
                setattr(full[table], name, getattr(cut[table], name))
    at = folder / f"{font.path.stem}-whole{font.path.suffix}"
    full.save(at)
    full.close()
    return subsets.CutFont(font.family, font.weight, at)


@pytest.mark.usefixtures("slow")
def test_a_subset_sets_a_text_as_the_whole_font_does(noto: None, cache: Path, tmp_path: Path, render: Any) -> None:
    pages = []
    texts = {script: SENTENCES[script] for script in SHAPED}
    for script, text in texts.items():
        family, lang = fonts.FAMILIES[script][0], LANGUAGES.get(script, "en")
        cuts = subsets.cut(fonts.FAMILIES[script], text, cache)
        full = [whole(font, file, tmp_path) for font, file in zip(cuts, (family.regular, family.bold), strict=False)]
        # Latin signs leave the script's family when it is cut; unicode-range makes them leave the whole font, too.
        own = ",".join(f"U+{point:X}" for point in sorted(cmap(cuts[0])))
        css = subsets.face_css([*full, *cuts[2:]]).replace("; src", f"; unicode-range: {own}; src", 2)
        for_pdf = subsets.face_css(subsets.cut(fonts.FAMILIES[script], text, cache, for_pdf=True), "p + p")
        pages.append(page(text, subsets.face_css(cuts) + for_pdf, tmp_path / f"{script}-cut.pdf", lang))
        pages.append(page(text, css, tmp_path / f"{script}-whole.pdf", lang))
    assert [entry["said"] for entry in render(*pages)] == [[]] * len(pages)
    for script in texts:
        subset = pixels(tmp_path / f"{script}-cut.pdf")
        assert len(set(subset)) > 3, f"{script}: nothing is on the page"
        assert subset == pixels(tmp_path / f"{script}-whole.pdf"), f"{script}: the subset looks different"


def test_marks_stack_and_do_not_cover_each_other(noto: None, cache: Path, tmp_path: Path, render: Any) -> None:
    pairs = {"Thai": ("ที", "ที่"), "Laoo": ("ທີ", "ທີ່"), "Arab": ("بّ", "بَّ")}
    pages = [
        page(
            text, subsets.face_css(subsets.cut(fonts.FAMILIES[script], text, cache)), tmp_path / f"{script}{number}.pdf"
        )
        for script, pair in pairs.items()
        for number, text in enumerate(pair)
    ]
    render(*pages)

    def top(pdf: Path) -> int:
        """The first row with ink on it."""
        _, size, _, rows = pixels(pdf).split(b"\n", 3)
        width = int(size.split()[0])
        return next(at for at, pixel in enumerate(rows) if pixel < 0x80) // width

    for script in pairs:
        assert top(tmp_path / f"{script}1.pdf") < top(tmp_path / f"{script}0.pdf"), script


def test_nothing_falls_back_silently(noto: None, cache: Path, tmp_path: Path, render: Any) -> None:
    texts = [
        ("Latn", "en", "Take 50 mg every day.", []),
        ("Arab", "ar", 'تناول <bdi dir="ltr">50 mg</bdi> يوميًا.', []),
        ("Hans", "zh-Hans", SENTENCES["Hans"], []),
        ("Deva", "hi", "रोज 50 mg लें।", []),
        ("Latn", "en", "A sign that no font of ours has: 𓀀.", ["𓀀"]),
    ]
    cuts = [subsets.cut(fonts.FAMILIES[script], text, cache) for script, _, text, _ in texts]
    made = render(
        *(
            page(text, subsets.face_css(cut), tmp_path / f"{number}.pdf", lang)
            for number, (cut, (_, lang, text, _)) in enumerate(zip(cuts, texts, strict=True))
        )
    )
    for entry, cut, (script, _, text, lacking) in zip(made, cuts, texts, strict=True):
        assert set(entry["families"]) <= set(subsets.aliases(cut))
        assert len(entry["families"]) == (2 if script in ("Arab", "Deva") else 1)
        assert bool(entry["said"]) == bool(lacking)
        assert all(".notdef glyph rendered" in message and lacking[0] in message for message in entry["said"])
        assert fonts.uncovered(text, fonts.FAMILIES[script], cache) == tuple(lacking)


def test_spaces_and_invisible_marks_need_no_glyph(noto: None, cache: Path, tmp_path: Path, render: Any) -> None:
    points = sorted(fonts.GLYPHLESS | fonts.SPACES)
    text = " ".join(f"ب{chr(point)}ب a{chr(point)}a" for point in points if point < 0xE0000 or point % 0x80 == 1)
    naskh = subsets.cut(fonts.FAMILIES["Arab"][:1], "ب", cache)
    both = subsets.cut(fonts.FAMILIES["Arab"], "بa", cache)
    alone, together = render(
        page(text.replace("a", "ب"), subsets.face_css(naskh), tmp_path / "alone.pdf", "ar"),
        page(text, subsets.face_css(both), tmp_path / "both.pdf", "ar"),
    )
    assert alone["said"] == together["said"] == []


def test_one_configuration_for_many_documents_changes_nothing(
    noto: None, cache: Path, tmp_path: Path, render: Any
) -> None:
    pages, alone = [], []
    for script in ("Arab", "Hans", "Latn", "Deva", "Hans"):
        css = subsets.face_css(subsets.cut(fonts.FAMILIES[script], SENTENCES[script], cache))
        for number, (made, shared) in enumerate(((pages, True), (alone, False))):
            at = tmp_path / f"{len(made)}-{number}.pdf"
            made.append(page(SENTENCES[script], css, at, shared=shared))
    render(*pages, *alone)
    for one, other in zip(pages, alone, strict=True):
        assert Path(one["pdf"]).read_bytes() == Path(other["pdf"]).read_bytes()


def test_a_page_without_any_font_does_not_end_the_process(tmp_path: Path, render: Any) -> None:
    (entry,) = render(page("Hello", "", tmp_path / "none.pdf"))
    assert entry["families"] == ["Plainleaf Blank"]
    assert entry["said"]


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        (0x0000, ""),
        (0x0002, "error: restricted"),
        (0x0004, "warning: web pages"),
        (0x0006, "warning: web pages"),
        (0x0008, "warning: web pages"),
        (0x0100, "error: cut"),
        (0x0108, "error: cut"),
        (0x0200, "error: pictures"),
    ],
)
def test_a_font_is_used_as_its_own_licence_has_it(
    licence: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAINLEAF_FONTS", str(tmp_path))
    small_font(tmp_path / "Mine-Regular.ttf", "ab")
    font = TTFont(tmp_path / "Mine-Regular.ttf")
    font["OS/2"].fsType = licence
    font.save(tmp_path / "Mine-Bold.ttf")
    (tmp_path / "locale.toml").write_text(
        '[[fonts]]\nname = "Mine"\nregular = "Mine-Regular.ttf"\nbold = "Mine-Bold.ttf"\n', encoding="utf-8"
    )
    where, findings = locales.load("es", tmp_path, tmp_path)
    assert (where.fonts[0].name == "Mine") is (not said.startswith("error"))
    of_licence = [each for each in findings if "Mine-Bold.ttf" in each.message]
    severity, _, words = said.partition(": ")
    assert [each.severity.value for each in of_licence] == ([severity] if said else [])
    assert all(each.at.line == 4 and words in each.message and each.hint for each in of_licence)
