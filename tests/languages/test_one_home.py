"""What is known of characters has one home: invisible ones, ends of sentences, digits, letters with vowel signs."""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from plainleaf.languages import digits, facts, invisible, letters, punctuation

PACKAGE = facts.SHIPPED.parent.parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "invisible.py")
SCRIPTS = sorted((facts.SHIPPED / "scripts").glob("*.toml"))

INVISIBLE = re.compile(f"[{invisible.BIDI_CONTROLS}{invisible.WORD_CONTROLS}{invisible.JOINERS}]")

# Marks of a script with another use too, so that no sentence is cut at them: the colon and the semicolon, a comma of
# Burmese, the stroke of Tibetan, which ends clauses too; Armenian marks stand inside the word that is asked or called.
ALSO_ELSE = set(":;\u037e၊།༎༑՞՜．")


def strings(path: Path) -> list[tuple[int, str]]:
    """Every text in a module's code, but those of its checks' examples, which show what they find."""
    tree = ast.parse(path.read_text("utf-8"))
    shown = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Example"
        for inner in ast.walk(node)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown
    ]


def said(text: str) -> str:
    """A text with the escapes read that a raw regular expression may hold."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def test_code_takes_invisible_characters_from_their_home() -> None:
    # a joiner between letters is spelling, as in the counted nouns of Persian
    joined = re.compile(r"(?<=\w)\u200c(?=\w)")
    typed = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}"
        for path in MODULES
        for line, text in strings(path)
        if INVISIBLE.search(joined.sub("", said(text)))
    ]
    assert not typed, "take the characters from plainleaf/languages/invisible.py"


def test_no_invisible_character_is_listed_under_two_effects() -> None:
    groups = (invisible.BIDI_CONTROLS, invisible.WORD_CONTROLS, invisible.JOINERS, invisible.ATTACHED)
    together = "".join((*groups, invisible.CONTROLS))
    assert len(set(together)) == len(together)


def test_every_vowel_sign_and_accent_is_part_of_a_word() -> None:
    apart = re.compile("[\u180b-\u180f]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]|[\u20d0-\u20f0]|[\u302a-\u302f\u3099\u309a]")
    for point in range(0x10000):
        char = chr(point)
        if unicodedata.category(char) in ("Mn", "Mc") and not apart.match(char):
            assert letters.WORD.fullmatch(f"क{char}"), f"U+{point:04X}"


@pytest.mark.parametrize("char", "1٣३ _-.,؟।״־\u200b\u2060")
def test_digits_spaces_and_marks_are_no_part_of_a_word(char: str) -> None:
    assert not letters.WORD.search(char)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_scripts_marks_end_sentences_wherever_sentences_are_cut(path: Path) -> None:
    data = facts.read(path, facts.SHIPPED)
    ends = [end for key in ("stops", "questions", "exclamations") for end in data.lists.get(("marks", key), ())]
    single = {end for end in ends if len(end) == 1} - ALSO_ELSE
    assert single <= set(punctuation.WIDE_ENDS + punctuation.OWN_ENDS + punctuation.SHARED_ENDS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_scripts_digits_are_known(path: Path) -> None:
    assert set(facts.read(path, facts.SHIPPED).lists.get(("", "digits"), ())) <= digits.ZEROS.keys()


def test_every_row_of_digits_runs_from_zero_to_nine() -> None:
    for name, zero in digits.ZEROS.items():
        assert [unicodedata.decimal(chr(zero + step)) for step in range(10)] == [*range(10)], name


def test_all_rows_of_digits_that_are_used_today_can_be_read() -> None:
    """Rows of Unicode for living scripts of one block each; the others are of history, of mathematics, or rare."""
    zeros = {point for point in range(0x10000) if unicodedata.decimal(chr(point), None) == 0 and point < sys.maxunicode}
    rare = {0xDE6, 0x1090, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
            0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0}  # fmt: skip
    assert zeros - rare == set(digits.ZEROS.values())
