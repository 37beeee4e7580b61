"""A language is named in its file of data, not in code: what a rule says of it alone stands there."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from plainleaf.languages import facts

PACKAGE = facts.SHIPPED.parent.parent
NAMES = {path.stem for path in facts.SHIPPED.glob("*.toml")}
SPEAKS = ("base", "lang", "tag", "locale", "code")  # what holds a language's name is called by one of these

# Code that names languages still: how often, and what it says of them. A number may only become smaller.
STILL = {
    "readability/scores.py": (38, "formulas, targets and limits of sentences by language"),
    "readability/syllables.py": (39, "vowel letters, who is hyphenated, and what is read as in English or Dutch"),
    "readability/spelling.py": (6, "rules of spelling are code, one function for each language"),
    "readability/wording.py": (6, "participles and long words of English and Spanish"),
    "readability/opinion.py": (1, "textstat, a second opinion on English"),
    "checks/readability/pemat.py": (4, "what PEMAT asks, in English and Spanish words"),
    "checks/readability/wording.py": (7, "how English and Spanish introduce and explain a word"),
    "checks/translation/words.py": (1, "English is the language that is looked for"),
    "actions/status.py": (1, "the language of a leaflet that cannot be read is taken for English"),
    "typesetting/locales.py": (4, "from one day to another, in words"),
}


def named(tree: ast.AST) -> int:
    """How often code names a language: as a key beside other languages, or compared with a language's name."""
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict | ast.Set):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            said = [key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
            if said and len(said) == len(keys) and sum(word in NAMES for word in said) * 2 > len(said):
                found += sum(word in NAMES for word in said)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if "element" not in ast.unparse(node) and any(
                part in ast.unparse(side).lower() for side in sides for part in SPEAKS
            ):
                inner = (each for side in sides for each in ast.walk(side))
                found += sum(isinstance(each, ast.Constant) and each.value in NAMES for each in inner)
    return found


def test_code_names_no_language_but_where_it_still_does() -> None:
    counted = Counter[str]()
    for path in PACKAGE.rglob("*.py"):
        counted[path.relative_to(PACKAGE).as_posix()] = named(ast.parse(path.read_text("utf-8")))
    more = {name: number for name, number in counted.items() if number > STILL.get(name, (0, ""))[0]}
    assert not more, f"{more}: say it in plainleaf/languages/data/<tag>.toml"
    fewer = {name: counted[name] for name, (number, _) in STILL.items() if counted[name] < number}
    assert not fewer, f"{fewer}: lower the numbers in {Path(__file__).name}"


def test_what_names_a_language_is_seen() -> None:
    seen = (
        'X = {"en": 1, "es": 2}',
        'X = {"zh", "ja"}',
        'base == "el"',
        'language in ("en", "nl")',
        '"fr" != where.tag',
    )
    for code in seen:
        assert named(ast.parse(code)), code
    for code in (
        'X = {"no": 1, "yes": 2, "none": 3}',
        'word == "no"',
        'X = {"id": 1, "href": 2}',
        "base == other",
        'element.tag == "tr"',
    ):
        assert not named(ast.parse(code)), code
