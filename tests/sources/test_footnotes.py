"""Notes as Markdown has them: where they may be written, what marks them, what is wrong with them and on which line."""

from __future__ import annotations

import pytest

from plainleaf.model import Block, Kind, Leaflet, notes_in, plain
from plainleaf.sources import markdown
from plainleaf.translations import messages
from tests.sources.test_blocks import HEAD_OF_ALL

FIRST = HEAD_OF_ALL.count("\n")
TABLE = "| Age | Dose |\n|---|---|\n| 3 months | 2.5 ml[^1] |"


def leaflet(body: str) -> Leaflet:
    made, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + "::: words\n:::\n\n" + body)
    assert made and {finding.check for finding in findings} <= {"source-reference-unused"}, findings
    return made


def notes(body: str) -> list[Block]:
    return [block for block in leaflet(body).blocks if block.kind is Kind.NOTE]


def told(body: str) -> list[tuple[str, int]]:
    """The check of each finding on notes, and its line in the body."""
    _, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + body)
    return [(each.check, each.at.line - FIRST) for each in findings if each.check.startswith("source-note")]


@pytest.mark.parametrize(
    "body",
    [
        "Rest.[^1]\n\n[^1]: In bed.",
        "[^1]: In bed.\n\nRest.[^1]",
        "Rest.[^1]\n[^1]: In bed.",
        "- Rest.[^1]\n[^1]: In bed.",
        "- Rest[^1]: all day.\n\n[^1]: In bed.",
        f"{TABLE}\n[^1]: In bed.",
        f"{TABLE}\n\n[^1]: In\n    bed.\n\nRest.",
        ":::: tip\nRest.[^1]\n\n[^1]: In bed.\n::::",
        "::: questions\nDoes it help?\n: Yes.[^1]\n\n[^1]: In bed.\n:::",
    ],
)
def test_a_note_may_be_written_wherever_a_line_begins(body: str) -> None:
    (note,) = notes(body)
    assert (plain(note.inlines), note.options["label"]) == ("In bed.", "1")


def test_a_mark_has_no_words_and_a_name_of_small_letters() -> None:
    (note,) = notes("Rest.[^At-Night]\n\n[^at-night]: In bed.")
    paragraph = next(block for block in leaflet("Rest.[^A1]\n\n[^a1]: In bed.").blocks if block.kind is Kind.PARAGRAPH)
    assert note.options["label"] == "at_night"
    assert (plain(paragraph.inlines), notes_in(paragraph.inlines)) == ("Rest.", ("a1",))


def test_lines_keep_their_numbers_around_a_note() -> None:
    made = leaflet("Rest.[^1]\n[^1]: In bed,\n  at home.\n\nDrink.")
    assert [block.at.line - FIRST - 3 for block in made.blocks[1:]] == [1, 5, 2]


@pytest.mark.parametrize(
    ("body", "check", "line"),
    [
        ("Rest.\nDrink.[^1]", "source-note-missing", 2),
        ("Rest.[^when]\n\n[^wen]: In bed.", "source-note-missing", 1),
        ("Rest.\n\n[^1]: In bed.", "source-note-unused", 3),
        ("Rest.[^1]\n\n[^1]: In bed.\n[^1]: Or not.", "source-note-twice", 4),
        ("Rest.[^1]\n\n[^1]:", "source-note-empty", 3),
        ("Rest.[^1]\n\n[^1]: In bed.[^2]\n[^2]: Or not.", "source-note-place", 3),
        ("## Rest[^1]\n\nNow.\n\n[^1]: In bed.", "source-note-place", 1),
        ("::: slip\n## Card\n\nMy dose: 5 ml.[^1]\n:::\n\n[^1]: With food.", "source-note-place", 4),
        ("::: urgent\nCall.[^1]\n:::\n\n[^1]: In bed.", "source-note-place", 2),
        (":::: urgent\n::: tip\nCall.[^1]\n:::\n::::\n\n[^1]: In bed.", "source-note-place", 3),
        ("Rest.\n\n::: card\n## Me\n\nI rest.[^1]\n:::\n\n[^1]: In bed.", "source-note-place", 6),
        ("Rest.\n\n::: easy\nRest.[^1]\n:::\n\n[^1]: In bed.", "source-note-place", 4),
        ("[Rest[^1]](https://a.example)\n\n[^1]: In bed.", "source-note-place", 1),
        ("![A bed[^1]](pictures/bed.svg)\n\n[^1]: In bed.", "source-note-place", 1),
        ("| Age | Dose |\n|---|---|\n| 3 months | 2.5 ml * |\n\n\\* If told so.", "source-note-typed", 5),
        ("Rest†, please.\n\n† In bed.", "source-note-typed", 3),
        (f"{TABLE}\n\nNote:\n\n[^1]: In bed.", "source-note-empty", 5),
    ],
)
def test_misuse_is_told_at_its_line(body: str, check: str, line: int) -> None:
    assert (check, line) in told(body)


@pytest.mark.parametrize("body", ["Price*", "\\* The star is on the box.", "Take 5 ml\\[^1\\].", "10 m² and 5 m²"])
def test_what_only_looks_like_a_note_is_let_through(body: str) -> None:
    assert not told(body)


def test_a_misspelt_mark_is_answered_with_the_note_that_is_near() -> None:
    _, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + "Rest.[^when]\n\n[^wen]: In bed.")
    assert "did you mean “wen”?" in {finding.hint for finding in findings}


def test_a_note_inherits_the_danger_and_the_country_of_what_marks_it() -> None:
    (note,) = notes("::: only country=US\nNever more than 5 ml.[^1] {.safety}\n:::\n\n[^1]: In a day.")
    assert (note.safety, note.country) == (True, "US")
    (note,) = notes("::: only country=US\nA.[^1]\n:::\n\n::: only country=not-US\nB.[^1]\n:::\n\n[^1]: In a day.")
    assert (note.safety, note.country) == (False, "")


@pytest.mark.parametrize(
    "body",
    [
        "| A | B |\n|---|---|\n| 1 | 2 |\nNote: Shake it.",
        "| A | B |\n|---|---|\n| 1 | 2 |\n{#T1}\n\nNote: Shake it.",
        "Table: All\n| A | B |\n|---|---|\n| 1 | 2 |\n\nNote: Shake it.\n\nRest.",
        "| A | B |\n|---|---|\n| 1 | 2 |\n\nTable: All\n\nNote: Shake it.",
    ],
)
def test_what_is_said_of_a_table_is_a_note_without_a_mark(body: str) -> None:
    (note,) = notes(body)
    assert (plain(note.inlines), dict(note.options)) == ("Shake it.", {})


def test_a_paragraph_that_begins_with_note_is_one_where_no_table_is_above() -> None:
    assert not notes("Rest.\n\nNote: Shake it.")


def test_a_diary_may_have_a_note_below_it() -> None:
    body = "::: diary {.short}\n| Day | Night |\n|---|---|\n| Monday |  |\n\nNote: Be honest.\n:::"
    assert [note.short for note in notes(body)] == [True]


def test_translators_learn_what_a_note_is_for() -> None:
    found = {message.text: message for message in messages.extract(leaflet(f"{TABLE}\n\n[^1]: If told so."))}
    assert found["2.5 ml{note_1}"].flags == ("python-brace-format",)
    assert "{note_1} is the mark of the note “If told so.”" in found["2.5 ml{note_1}"].comments
    assert found["If told so."].comments == ("Note to “2.5 ml”.",)
