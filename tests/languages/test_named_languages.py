"""A language is named in its file of data, not in code: what a rule says of it alone stands there."""

from __future__ import annotations

import ast

from plainleaf.languages import facts

PACKAGE = facts.SHIPPED.parent.parent
NAMES = {path.stem for path in facts.SHIPPED.rglob("*.toml") if path.parent.name != "scripts"}
NAMES -= {"id"}  # Indonesian, and what an element of XML goes by
SPEAKS = ("base", "lang", "tag", "locale", "code")  # what holds a language's name is called by one of these


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
            inner = (each for side in sides for each in ast.walk(side))
            names = sum(isinstance(each, ast.Constant) and each.value in NAMES for each in inner)
            if names and "element" not in ast.unparse(node):
                found += names * any(part in ast.unparse(side).lower() for side in sides for part in SPEAKS)
    return found


def test_code_names_no_language() -> None:
    counted = {}
    for path in PACKAGE.rglob("*.py"):
        if PACKAGE / "languages" not in path.parents:
            counted[path.relative_to(PACKAGE).as_posix()] = named(ast.parse(path.read_text("utf-8")))
    assert len(counted) > 100
    more = {name: number for name, number in counted.items() if number}
    assert not more, f"{more}: say it in plainleaf/languages/data/<tag>.toml"


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
        'X = {"id": 1}',
        "base == other",
        'element.tag == "tr"',
    ):
        assert not named(ast.parse(code)), code
