"""Runs of the other direction: which they are, what stays true of any text, and how they print."""

from __future__ import annotations

import html
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainleaf import model
from plainleaf.model import Direction, Emphasis, Inline, Isolate, Link, Placeholder, Strong, Text
from plainleaf.typesetting.bidi import direction_of, isolate
from tests.conftest import TESTS

OTHER: dict[Direction, Direction] = {"rtl": "ltr", "ltr": "rtl"}


def marked(inlines: tuple[Inline, ...]) -> str:
    """The text with each isolate in ⟦⟧."""
    return "".join(
        i.text
        if isinstance(i, Text)
        else "{" + i.name + "}"
        if isinstance(i, Placeholder)
        else f"⟦{marked(i.children)}⟧"
        if isinstance(i, Isolate)
        else marked(i.children)
        for i in inlines
    )


def runs(text: str, base: Direction = "rtl") -> list[str]:
    """The isolates made in a plain text."""
    return [model.plain(i.children) for i in isolate((Text(text),), base) if isinstance(i, Isolate)]


# --------------------------------------------------------------------------- which runs


@pytest.mark.parametrize(
    "whole",
    [
        "metformin 500 mg", "7-10", "7–10", "7 – 10", "2.5", "1,000", "50 %", "50%", "35-80", "+44 20 7946 0958",
        "1-800-662-4357", "(202) 555-0142", "+44 (0)20 7946 0958", "13 11 14", "116 123", "10 000 IU", "10 000", "14",
        "2009", "https://example.org/a,b?c=1&d=(2)", "https://example.org/", "help@example.org", "2 to 6",
        "0.5–1 mg/kg",
        "ReVia (50 mg)", "AT&T", "Alzheimer's disease", "2 × 500 mg", "ReVia®", "65+", "-5", "<5", "½ tablet", "1/2",
        "10:30–12:00", "2009\u00a056", "BMI ≥ 30", "CO₂", "Na⁺", "€20", "20 €", "the “ReVia” tablets", "vitamin B12",
        "555 1234", "MMR 2", "COVID-19", "H1N1", "1 1/2", "1 ½", "020 7946 0958", "+1 202 555 0142", "5 May 2026",
        "cafe\u0301", "B١٢", "Depade (ReVia) 50",
    ],
)  # fmt: skip
def test_whole_run_in_arabic(whole: str) -> None:
    assert runs(f"خذ {whole} اليوم") == [whole]
    assert runs(f"خذ {whole}.") == [whole]
    assert runs(f"خذ ({whole})، ثم") == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خذ 500 ملغ", "خذ ⟦500⟧ ملغ"),
        ("ReVia, Depade", "⟦ReVia⟧, ⟦Depade⟧"),
        ("ReVia، Depade; Antabuse: Campral. Vivitrol", "⟦ReVia⟧، ⟦Depade⟧; ⟦Antabuse⟧: ⟦Campral⟧. ⟦Vivitrol⟧"),
        ("2009 56", "⟦2009⟧ ⟦56⟧"),
        ("50% 20", "⟦50%⟧ ⟦20⟧"),
        ("2009 +44 20 7946 0958", "⟦2009⟧ ⟦+44 20 7946 0958⟧"),
        ("ReVia (50 mg كل يوم)", "⟦ReVia⟧ (⟦50 mg⟧ كل يوم)"),
        ("(النوع A) ReVia", "(النوع ⟦A⟧) ⟦ReVia⟧"),
        ("(50 mg)", "(⟦50 mg⟧)"),
        ("ReVia) Depade", "⟦ReVia⟧) ⟦Depade⟧"),
        ("ReVia (Depade", "⟦ReVia⟧ (⟦Depade⟧"),
        ("«ReVia» و«Depade»", "«⟦ReVia⟧» و«⟦Depade⟧»"),
        ("كوفيد-19", "كوفيد-⟦19⟧"),
        ("mg/مل", "⟦mg⟧/مل"),
        ("٧–١٠ أيام", "٧–١٠ أيام"),
        ("۷-۱۰ mg", "۷-۱۰ ⟦mg⟧"),
        ("5555 1234 +44 20 7946 0958", "⟦5555 1234⟧ ⟦+44 20 7946 0958⟧"),
        ("([ReVia) 50", "([⟦ReVia⟧) ⟦50⟧"),
        ("5 €\u200e6", "⟦5 €⟧⟦\u200e6⟧"),
        ("a\u2067b\u2069c\u2029d", "⟦a⟧\u2067⟦b⟧\u2069⟦c⟧\u2029⟦d⟧"),
        ("(٧–١٠ mg) 50", "(٧–١٠ ⟦mg⟧) ⟦50⟧"),
        ("50٪", "⟦50⟧٪"),
        ("ال3", "ال⟦3⟧"),
        ("Is it safe? Yes", "⟦Is it safe⟧? ⟦Yes⟧"),
        ("טיילנול Tylenol 500 מ\"ג", "טיילנול ⟦Tylenol⟧ ⟦500⟧ מ\"ג"),
        ("مرحبا", "مرحبا"),
        ("", ""),
        ("500 mg x 3 مرات", "⟦500 mg⟧ ⟦x⟧ ⟦3⟧ مرات"),
        ("2 × 500 ملغ", "⟦2⟧ × ⟦500⟧ ملغ"),
        ("Panadol – 2 قرص", "⟦Panadol⟧ – ⟦2⟧ قرص"),
        ("Panadol 500 – 2 قرص", "⟦Panadol 500⟧ – ⟦2⟧ قرص"),
        ("5 ml 0.5 – 1 ملعقة", "⟦5 ml⟧ ⟦0.5 – 1⟧ ملعقة"),
        ("5 ml ½ ملعقة", "⟦5 ml⟧ ⟦½⟧ ملعقة"),
        ("5 ml 3 (ثلاث) مرات", "⟦5 ml⟧ ⟦3⟧ (ثلاث) مرات"),
        ("5 ml 3 tablets", "⟦5 ml 3 tablets⟧"),
        ("Panadol 500 (مسكن)", "⟦Panadol 500⟧ (مسكن)"),
        ("Panadol 500، ثم", "⟦Panadol 500⟧، ثم"),
        ("Panadol 500 و Brufen", "⟦Panadol 500⟧ و ⟦Brufen⟧"),
        ("555-0148 8–10 ساعات", "⟦555-0148⟧ ⟦8–10⟧ ساعات"),
        ("555-0148 – 24 ساعة", "⟦555-0148⟧ – ⟦24⟧ ساعة"),
        ("116 123 24 ساعة", "⟦116 123⟧ ⟦24⟧ ساعة"),
        ("13 11 14 ساعة", "⟦13 11 14⟧ ساعة"),
        ("2026-05-12 3 أيام", "⟦2026-05-12⟧ ⟦3⟧ أيام"),
        ("12 May 3 مرات", "⟦12 May⟧ ⟦3⟧ مرات"),
        ("May 5 2026 موعد", "⟦May 5⟧ ⟦2026⟧ موعد"),
        ("خذ ReVia\nDepade الآن", "خذ ⟦ReVia\nDepade⟧ الآن"),
        ("خذ ReVia\u2029Depade", "خذ ⟦ReVia⟧\u2029⟦Depade⟧"),
        ("MMR 2 جُرْعَات", "⟦MMR⟧ ⟦2⟧ جُرْعَات"),
        ("MMR 2 جديد", "⟦MMR 2⟧ جديد"),
        ("5 ml 3-פעמים", "⟦5 ml⟧ ⟦3⟧-פעמים"),
        ("5 ml 3 מ\"ל", "⟦5 ml⟧ ⟦3⟧ מ\"ל"),
        ("TETRA 2 جديد", "⟦TETRA 2⟧ جديد"),
        ("ZANTAC 2 جديد", "⟦ZANTAC⟧ ⟦2⟧ جديد"),
        ("Panadol 2 or 3 قرص", "⟦Panadol⟧ ⟦2 or 3⟧ قرص"),
        ("Panadol 2 or “3 قرص”", "⟦Panadol 2 or⟧ “⟦3⟧ قرص”"),
    ],
)  # fmt: skip
def test_runs_in_arabic(text: str, expected: str) -> None:
    assert marked(isolate((Text(text),), "rtl")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask for العربية today", "Ask for ⟦العربية⟧ today"),
        ("Urdu: اردو, Farsi: فارسی.", "Urdu: ⟦اردو⟧, Farsi: ⟦فارسی⟧."),
        ("see خذ 500 ملغ (مرة) 2 times", "see ⟦خذ 500 ملغ (مرة)⟧ 2 times"),
        ("العربية 500 people", "⟦العربية⟧ 500 people"),
        ("العربية، فارسی", "⟦العربية، فارسی⟧"),
        ("days ٧–١٠, ٥٠٪", "days ⟦٧–١٠⟧, ⟦٥٠٪⟧"),
        ('say צה"ל now', 'say ⟦צה"ל⟧ now'),
        ("the ه\u200d sign", "the ⟦ه\u200d⟧ sign"),
        ("می‌خواهم", "⟦می‌خواهم⟧"),
    ],
)
def test_runs_in_english(text: str, expected: str) -> None:
    assert marked(isolate((Text(text),), "ltr")) == expected


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "«»", "‹›", "“”", "（）", "［］", "【】"])
def test_brackets_lie_in_a_run_only_if_both_do(pair: str) -> None:
    left, right = pair
    whole = f"the {left}ReVia{right} tablets"
    assert marked(isolate((Text(f"خذ {whole} اليوم"),), "rtl")) == f"خذ ⟦{whole}⟧ اليوم"
    across = f"{left}النوع A{right} ReVia"
    assert marked(isolate((Text(across),), "rtl")) == f"{left}النوع ⟦A⟧{right} ⟦ReVia⟧"
    alone = f"ReVia {left}Depade"
    assert marked(isolate((Text(alone),), "rtl")) == f"⟦ReVia⟧ {left}⟦Depade⟧"


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ids=ascii)
def test_no_run_crosses_a_sign_that_sets_directions(control: str) -> None:
    assert marked(isolate((Text(f"a{control}b"),), "rtl")) == f"⟦a⟧{control}⟦b⟧"


def test_marks_stay_inside() -> None:
    dose = (Text("خذ metformin "), Strong((Text("500"),)), Text(" mg الآن"))
    expected = (
        Text("خذ "),
        Isolate((Text("metformin "), Strong((Text("500"),)), Text(" mg")), "ltr"),
        Text(" الآن"),
    )
    assert isolate(dose, "rtl") == expected


def test_strong_is_split_only_where_a_run_leaves_it() -> None:
    within: tuple[Inline, ...] = (Strong((Text("خذ ReVia الآن"),)),)
    assert isolate(within, "rtl") == (Strong((Text("خذ "), Isolate((Text("ReVia"),), "ltr"), Text(" الآن"))),)
    assert isolate((Strong((Text("خذ ReVia"),)),), "rtl") == (Strong((Text("خذ "), Isolate((Text("ReVia"),), "ltr"))),)
    assert isolate((Strong((Text("ReVia خذ"),)),), "rtl") == (Strong((Isolate((Text("ReVia"),), "ltr"), Text(" خذ"))),)
    across: tuple[Inline, ...] = (Strong((Text("خذ ReVia"),)), Text(" 50 mg"))
    run = Isolate((Strong((Text("ReVia"),)), Text(" 50 mg")), "ltr")
    assert isolate(across, "rtl") == (Strong((Text("خذ "),)), run)


def test_a_link_that_is_one_run_stays_whole_inside() -> None:
    link = Link((Text("example.org"),), "https://example.org")
    assert isolate((Text("زر "), Strong((link,)), Text(".")), "rtl") == (
        Text("زر "), Isolate((Strong((link,)),), "ltr"), Text("."),
    )  # fmt: skip


def test_isolates_and_placeholders_are_atoms() -> None:
    phone = Isolate((Text("020 7946 0958"),), "ltr")
    given_inlines: tuple[Inline, ...] = (Text("call "), phone, Text(" or "), Placeholder("clinic_web"))
    result = isolate(given_inlines, "rtl")
    assert marked(result) == "⟦call⟧ ⟦020 7946 0958⟧ ⟦or⟧ {clinic_web}"
    assert phone in result


def test_nothing_to_isolate_is_the_same_tuple() -> None:
    for text in ("Take 500 mg.", "每天服用 500 毫克。", "Tómelo", "हर दिन"):
        inlines = (Text(text), Strong((Text(text),)))
        assert isolate(inlines, "ltr") is inlines
    arabic = (Text("مرحبا"),)
    assert isolate(arabic, "rtl") is arabic


@pytest.mark.parametrize(
    ("text", "expected"), [("500 mg", "ltr"), ("(العربية) x", "rtl"), ("עברית", "rtl"), ("٧–١٠", None), ("", None)]
)
def test_direction_of(text: str, expected: Direction | None) -> None:
    assert direction_of(text) == expected


# --------------------------------------------------------------------------- what holds of any text

FREQUENT = "abXZ059é中½² \u00a0\n.,;:%+-–/()[]«»“”&@'\"<>€、أبيשלم،؛؟٧٠۵٪٫\u0301\u064b\u200c\u200f\u200e\u2067\u2069"
CHARS = st.one_of(st.sampled_from(FREQUENT), st.characters(exclude_categories=("Cs",)))
TEXTS = st.builds(Text, st.text(CHARS, max_size=14))
ATOMS = st.builds(Placeholder, st.just("name")) | st.builds(Isolate, st.tuples(TEXTS), st.sampled_from(["ltr", "rtl"]))
INLINES = st.recursive(
    st.lists(TEXTS | ATOMS, max_size=4).map(tuple),
    lambda inner: st.lists(
        TEXTS
        | ATOMS
        | st.builds(Strong, inner)
        | st.builds(Emphasis, inner)
        | st.builds(Link, inner, st.just("https://example.org")),
        max_size=5,
    ).map(tuple),
    max_leaves=8,
)
BASES: st.SearchStrategy[Direction] = st.sampled_from(["ltr", "rtl"])


def characters(inlines: tuple[Inline, ...], marks: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each character with its marks, and whether it lies in an isolate; checks that isolates never nest."""
    for inline in inlines:
        if isinstance(inline, Text):
            yield from ((char, tuple(m for m in marks if m != "isolate"), "isolate" in marks) for char in inline.text)
        elif isinstance(inline, Placeholder):
            yield inline.name, tuple(m for m in marks if m != "isolate"), True
        elif isinstance(inline, Isolate):
            assert "isolate" not in marks, "an isolate in an isolate"
            yield from characters(inline.children, (*marks, "isolate"))
        else:
            yield from characters(inline.children, (*marks, type(inline).__name__))


def isolates(inlines: tuple[Inline, ...]) -> Iterator[Isolate]:
    for inline in inlines:
        if isinstance(inline, Isolate):
            yield inline
        elif not isinstance(inline, Text | Placeholder):
            yield from isolates(inline.children)


@given(INLINES, BASES)
@example((Strong((Text("a"),)), Strong((Text(" b أ"),)), Text("ج"), Link((Text("c"),), "x"), Text("d")), "rtl")
def test_invariants(inlines: tuple[Inline, ...], base: Direction) -> None:
    result = isolate(inlines, base)
    assert model.plain(result) == model.plain(inlines)
    assert isolate(result, base) is result, "a second time changes nothing"
    after = list(characters(result))
    assert [item[:2] for item in after] == [item[:2] for item in characters(inlines)]
    strong = {"L"} if base == "rtl" else {"R", "AL"}
    for char, _, apart in after:
        assert apart or unicodedata.bidirectional(char[0]) not in strong
    before = list(isolates(inlines))
    for made in isolates(result):
        if made in before:
            continue
        text = model.plain(made.children)
        assert made.direction == OTHER[base]
        assert text and text == text.strip()
        assert all(text.count(left) == text.count(right) for left, right in ("()", "[]", "«»", "“”"))


# --------------------------------------------------------------------------- how it prints

FONTS = Path("/usr/share/fonts/truetype/noto")
FACES = {
    f"{family}-{weight}": FONTS / f"{family}-{weight}.ttf"
    for family in ("NotoSans", "NotoSansArabic", "NotoSansHebrew")
    for weight in ("Regular", "Bold")
}


@pytest.fixture(scope="module")
def stylesheet() -> str:
    """The fonts the pages are set in; without them these tests are skipped, but not in CI."""
    missing = [path.name for path in FACES.values() if not path.is_file()]
    if missing:
        reason = f"fonts not installed: {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    faces = "".join(
        f"@font-face {{ font-family: '{name.split('-')[0]}'; font-weight: {name.split('-')[1].lower()};"
        f" src: url('{path.as_uri()}') }}"
        for name, path in FACES.items()
    ).replace("regular", "normal")
    return faces + "@page { size: 300mm 40mm; margin: 5mm } p { font: 12pt NotoSans, NotoSansArabic, NotoSansHebrew }"


def markup(inlines: tuple[Inline, ...]) -> str:
    out = []
    for inline in inlines:
        if isinstance(inline, Text):
            out.append(html.escape(inline.text))
        elif isinstance(inline, Isolate):
            out.append(f'<bdi dir="{inline.direction}">{markup(inline.children)}</bdi>')
        elif isinstance(inline, Strong):
            out.append(f"<b>{markup(inline.children)}</b>")
        else:
            raise AssertionError(inline)
    return "".join(out)


def printed(inlines: tuple[Inline, ...], base: Direction, css: str) -> str:
    """The glyphs of the page from left to right, spaces left out."""
    import io

    import pdfplumber
    import weasyprint

    page = f'<html lang="en"><style>{css}</style><p dir="{base}">{markup(inlines)}</p>'
    with pdfplumber.open(io.BytesIO(weasyprint.HTML(string=page).write_pdf())) as pdf:
        chars = [char for char in pdf.pages[0].chars if char["text"].strip()]
        assert len({round(char["bottom"]) // 8 for char in chars}) <= 2, "one line"
        return "".join(char["text"] for char in sorted(chars, key=lambda char: char["x0"]))


def bold(text: str) -> tuple[Inline, ...]:
    """``*`` begins and ends what is bold."""
    return tuple(Strong((Text(t),)) if i % 2 else Text(t) for i, t in enumerate(text.split("*")) if t)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خذ metformin 500 mg اليوم", "metformin500mg"),
        ("خذ metformin *500* mg اليوم", "metformin500mg"),
        ("*خذ metformin 500* mg اليوم", "metformin500mg"),
        ("اتصل +44 20 7946 0958 الآن", "+442079460958"),
        ("اتصل +44 20 *7946* 0958.", "+442079460958"),
        ("اتصل (202) 555-0142", "(202)555-0142"),
        ("لمدة 7-10 أيام", "7-10"),
        ("لمدة 7*–10* أيام", "7–10"),
        ("من 2 to 6 أيام", "2to6"),
        ("خذ ReVia (50 mg) الآن", "ReVia(50mg)"),
        ("خذ ReVia *(50 mg)* الآن", "ReVia(50mg)"),
        ("خذ 10 000 وحدة", "10000"),
        ("خذ ReVia, Depade الآن", "Depade,ReVia"),
        ("بين ٧–١٠ أيام", "١٠–٧"),
    ],
)
def test_prints_in_order_in_arabic(text: str, expected: str, stylesheet: str) -> None:
    assert expected in printed(isolate(bold(text), "rtl"), "rtl", stylesheet)


@pytest.mark.parametrize("text", ["Ask for بب دد today", "Ask for *بب* دد today", "Ask *for بب* دد today"])
def test_prints_in_order_in_english(text: str, stylesheet: str) -> None:
    line = printed(isolate(bold(text), "ltr"), "ltr", stylesheet)
    assert line == "Askforددببtoday"


def test_without_isolation_the_order_is_wrong(stylesheet: str) -> None:
    """The fault itself: if this one fails, the renderer has changed, and the tests above prove nothing."""
    dose = bold("خذ metformin *500* mg اليوم")
    assert "mg500metformin" in printed(dose, "rtl", stylesheet)
    phone = bold("اتصل +44 20 7946 0958 الآن")
    assert "+442079460958" not in printed(phone, "rtl", stylesheet)
    arabic = bold("Ask for *بب* دد today")
    line = printed(arabic, "ltr", stylesheet)
    assert line.index("ب") < line.index("د")


# --------------------------------------------------------------------------- lines of leaflets

LINES = [
    line for lines in tomllib.loads((TESTS / "doses-rtl.toml").read_text(encoding="utf-8")).values() for line in lines
]


@pytest.mark.parametrize("line", LINES)
def test_a_figure_begins_a_run_with_the_word_that_it_counts(line: str) -> None:
    """Arabic-Indic and Persian digits need no isolate of ours."""
    pieces = line.split("|")
    expected = "".join(f"⟦{p}⟧" if i % 2 and re.search("[0-9A-Za-z]", p) else p for i, p in enumerate(pieces))
    assert marked(isolate((Text("".join(pieces)),), "rtl")) == expected


def emphasized(pieces: list[str]) -> Iterator[tuple[Inline, ...]]:
    """A line without bold; with what reads from the left in bold; with bold from its last figure into the next word."""
    yield (Text("".join(pieces)),)
    yield tuple(Strong((Text(piece),)) if i % 2 else Text(piece) for i, piece in enumerate(pieces) if piece)
    last = [*pieces[-1].split(" ", 2), "", ""]
    yield Text("".join(pieces[:-2])), Strong((Text(f"{pieces[-2]}{last[0]} {last[1]}"),)), Text(f" {last[2]}")


def from_the_left(line: str) -> str:
    """The letters of a line as they lie on paper from the left, without spaces, vowel signs and sides of brackets."""
    pieces = [piece if i % 2 else piece[::-1] for i, piece in enumerate(line.split("|"))]
    return letters("".join(reversed(pieces)))


def letters(text: str) -> str:
    kept = (
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in {"Mn", "Zs", "Cf"}
    )
    return re.sub(r"[()]", "|", "".join(kept))


def glyph(text: str) -> str:
    """A glyph's letters from the left: one for lam and alef holds two."""
    return text[::-1] if direction_of(text) == "rtl" else text


def test_each_line_prints_in_its_order_with_bold_on_its_figures(stylesheet: str) -> None:
    """All in one rendering: 100 lines to a page, 40 pt each."""
    import io

    import pdfplumber
    import weasyprint

    wanted, body = [], []
    for line in LINES:
        for inlines in emphasized(line.split("|")):
            wanted.append(from_the_left(line))
            body.append(f"<p>{markup(isolate(inlines, 'rtl'))}</p>")
    css = "@page { size: 800pt 4000pt; margin: 0 } body { margin: 0 } p { margin: 0; height: 40pt }"
    page = f'<html lang="ar" dir="rtl"><style>{stylesheet}{css}</style><body>{"".join(body)}'
    with pdfplumber.open(io.BytesIO(weasyprint.HTML(string=page).write_pdf())) as pdf:
        found = [[] for _ in range(100 * len(pdf.pages))]
        for number, sheet in enumerate(pdf.pages):
            for char in sheet.chars:
                found[100 * number + int((4000 - char["matrix"][5]) / 40)].append(char)
    said = [letters("".join(glyph(c["text"]) for c in sorted(row, key=lambda char: char["x0"]))) for row in found]
    assert said[: len(wanted)] == wanted
