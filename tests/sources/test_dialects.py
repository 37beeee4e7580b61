"""Markup of other tools never prints raw: each record by its examples, and lines that anybody may write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.model import Block, Link, Placeholder, Severity, Text, plain
from plainleaf.sources.dialects import CELL, POINT, Dialect
from plainleaf.sources.leftovers import RECORDS
from plainleaf.sources.markdown import parse
from tests.sources.test_markdown import leaflet

PATH = "sources/leaflet.md"
CLEAN = (Path(__file__).parent / "clean-lines.txt").read_text(encoding="utf-8").splitlines()

BAD = [pytest.param(each, text, id=f"{each.name}-{text[:20]!a}") for each in RECORDS for text in each.bad]
GOOD = [pytest.param(each, text, id=f"{each.name}-{text[:20]!a}") for each in RECORDS for text in each.good]


def placed(text: str, record: Dialect) -> str:
    """A text as the body of a leaflet, in a place where the record looks."""
    if record.within == {CELL}:
        return f"| a | b |\n|---|---|\n| {text} | c |"
    return f"- {text}" if POINT in record.within and text.startswith("[") else text


def told(body: str) -> list[tuple[str, Severity]]:
    """The check and severity of each finding on a body."""
    return [(finding.check, finding.severity) for finding in parse(PATH, leaflet(body))[1]]


@pytest.mark.parametrize(("record", "text"), BAD)
def test_a_dialect_is_found(record: Dialect, text: str) -> None:
    severity = Severity.ERROR if record.stops else Severity.WARNING
    found = parse(PATH, leaflet(placed(text, record)))[1]
    named = [finding for finding in found if finding.check == record.check and record.what in finding.message]
    assert [finding.severity for finding in named[:1]] == [severity], found
    assert named[0].hint == record.right


@pytest.mark.parametrize(("record", "text"), GOOD)
def test_what_only_looks_like_a_dialect_is_let_through(record: Dialect, text: str) -> None:
    assert not told(placed(text, record))


def test_names_of_records_are_their_own() -> None:
    assert len({record.name for record in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("line", CLEAN)
def test_a_clean_line_is_let_through(line: str) -> None:
    assert not told(line)


@pytest.mark.parametrize(
    ("head", "check"),
    [
        ("title: Your **cough**", "source-markup-unknown"),
        ("title: Your *cough*", "source-markup-unknown"),
        ("title: The [cough](https://a.example)", "source-markup-unknown"),
        ("title: The <b>cough</b>", "source-markup-unknown"),
        ("title: The `cough`", "source-markup-unknown"),
        ("title: Your ~~old~~ cough", "source-markup-unknown"),
        ("title: Your cough -- at home", "source-markup-unknown"),
        ("title: 5&nsbp;mg", "source-markup-unknown"),
        ('title: "\\uf0b7 Cough"', "source-list-typed"),
        ("title: Read https:/a.example", "source-address"),
    ],
)
def test_a_title_holds_no_markup(head: str, check: str) -> None:
    found = parse(PATH, leaflet("x").replace("title: Implants", head))[1]
    assert {(finding.check, finding.at.line) for finding in found} == {(check, 2)}


def test_the_address_of_a_reference_leads_somewhere() -> None:
    head = "references:\n  a:\n    text: b\n    url: https://a\n"
    text = leaflet("::: evidence refs=a\nx\n:::").replace("country: US\n", "country: US\n" + head)
    assert ("source-address", 11) in [(finding.check, finding.at.line) for finding in parse(PATH, text)[1]]


def test_a_finding_is_at_its_line() -> None:
    found = parse(PATH, leaflet("One\ntwo ==three==\nfour ^five"))[1]
    assert [finding.at.line - 8 for finding in found] == [2, 3]


# --------------------------------------------------------------------------- whatever is typed, nothing prints raw

_FRAMES = [
    "{}", "{} {}", "{}, {}.", "**{}** {}", "*{}*", "[{}](https://a.example)", "{}\n{}", "## {}", "- {}\n- {}",
    "1. {}\n2. {}", "| {} | {} |\n|---|---|\n| {} | {} |", "~~{}~~", "=={}==", "++{}++", "{}^{}^", "{}~{}~", "[[{}]]",
    "$ {}$", "${}$", ":{}:", "!!! {}\n    {}", "##{}", "[TOC]", "\\{}", "\\frac{{{}}}", "{}\n: {}", "*[{}]: {}",
    "[^{}]", "[^{}]: {}", "{}^[{}]", "[{}][{}]", "[{}]: {}", "[{}]", "[ ] {}", "- [ ] {}", "• {}\n• {}", "– {}",
    "·\t{}", "o\t{}", "\uf0b7 {}", "a) {}\nb) {}", "(1) {}", "1){}\n2){}", "{{{{{}}}}}", "{{% {} %}}",
    "@[{}](https://a.example)", "%%{}%%", "{}{{.{}}}", "&{};", "&nbsp{}", "{}||{}", "^^", "> {}", "    {}", "`{}`",
    "<{}>", "<b>{}</b>", "<!-- {} -->", "{} -- {}", "{} -> {}", "{} >= {}", "__{}", "{}____", "{}.....", "«{}_{}»",
    "%{}%", "{}\t{}", "{}   {}\n{}   {}", "_{}_", "''{}''", "//{}//", "{}\\", "{}  \n{}", "# {}", "{}\n---", "***",
    "::: tip\n{}\n:::", "::: {}", "{} {{#A1}}", "{{{}}}", "![{}](a.svg)", '![{}]({}.svg "{}")', "https:/{}.example",
    "mailto:{}", "{}@{}", "* {}", "*{} {}", "{}* {}", "+{}", "\\*{}\\*", "5\\. {}", "<https://{}.example>", "{} | {}",
    "#{}", "{} #{}", "= {} =", "h2. {}", ".. {}:: {}", "{}::", "\x0b{}", "{}\xad{}",
]  # fmt: skip
_WORDS = st.lists(st.integers(100, 999).map("w{}x".format), min_size=6, max_size=6)
_PIECES = st.tuples(st.sampled_from(_FRAMES), _WORDS, st.sampled_from(["\n\n", "\n", " ", ""]))
_WILD = st.lists(_PIECES.map(lambda piece: piece[0].format(*piece[1]) + piece[2]), min_size=1, max_size=5).map("".join)
# What a printed sentence may hold, said without the records: letters, figures, and the signs of punctuation; a star
# behind a word ("Flu*"), and in one, as in German ("Patient*innen").
_PRINTED = re.compile(
    r"(?:[\w\s.,:;!?'’“”\"()/&–-]|(?<=[\w.,])\*(?=[\s.,\w]|$)|(?<=\s)\|(?=\s)|#(?=\w)|(?<=\s)#(?=\s)|(?<!\S)\$(?=\s)|(?<=\w)@(?=\w)|(?<!\S)@)*"
)


def hrefs(inlines: Sequence[object]) -> Iterator[str]:
    """The targets of all links, and the names of all details."""
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline.href
        if isinstance(inline, Placeholder):
            yield inline.name
        elif not isinstance(inline, Text):
            yield from hrefs(getattr(inline, "children", ()))


def shown(block: Block) -> str:
    """The text of a block as printed, with _ for what its author protected or left to the clinic."""
    return re.sub(r"https?://\S+|\{[a-z]\w*\}", "_", plain(block.inlines))


@given(_WILD)
def test_what_is_typed_is_printed_or_reported(body: str) -> None:
    found, problems = parse(PATH, leaflet(body))
    if problems:
        return
    assert found
    blocks = [block for top in found.blocks for block in top.walk()]
    text = "\n".join("\n".join((plain(b.inlines), *hrefs(b.inlines), b.options.get("src", ""))) for b in blocks)
    words = r"w\d{3}x"
    assert set(re.findall(words, body)) <= set(re.findall(words, text)), "a word has gone without a finding"
    protected = set(re.findall(r"\\([^\w\s])", body))
    for block in blocks:
        line = shown(block)
        typed = _PRINTED.match(line)
        assert typed
        raw = line[typed.end() :]
        assert not raw or raw[0] in protected, f"{raw!r} is printed as typed"


@pytest.mark.parametrize(
    ("numbers", "line"), [("1 2 3", 0), ("1 1 1", 0), ("1 3", 2), ("1 2 2", 3), ("1 2 5 4", 3), ("1 1 2", 2)]
)
def test_steps_are_printed_with_the_numbers_that_were_typed(numbers: str, line: int) -> None:
    found = parse(PATH, leaflet("\n".join(f"{number}. step" for number in numbers.split())))[1]
    assert [(finding.check, finding.at.line - 8) for finding in found] == (
        [("source-list-start", line)] if line else []
    )
