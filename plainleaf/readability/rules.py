"""A language's own rules as TOML: ``[readability]`` of its ``locale.toml``, and what a project's settings lay over it.

Both tables have the same keys and are read here: the countable rules ("sentence-warn": whole numbers of words, or of
characters) and, in ``target``, the formulas of the language. ``scores.ruled`` lays the result over a reading.
"""

from __future__ import annotations

from dataclasses import fields

from plainleaf.files.toml import Table
from plainleaf.languages.facts import LocaleData
from plainleaf.model.tags import language_tag
from plainleaf.readability.scores import Limits, Rules, goals, limits


def read(table: Table, language: LocaleData) -> Rules:
    """What a table says, and nothing else, by key ("sentence-warn", "target.smog"); mistakes join the table's."""
    shipped = limits(language)
    found: dict[str, float] = {}
    for each in fields(Limits):
        key = each.name.replace("_", "-")
        value = table.number(key, getattr(shipped, each.name), 1, 500)
        if value != int(value):
            table.complain(key, f"{value:g} is not a whole number", "write a whole number of words or characters")
        elif key in table.data:
            found[key] = value
    if found.get("sentence-warn", shipped.sentence_warn) > found.get("sentence-fail", shipped.sentence_fail):
        key = "sentence-warn" if "sentence-warn" in found else "sentence-fail"
        what = "a sentence would be an error (sentence-fail) before it is a warning (sentence-warn)"
        table.complain(key, what, "set both, sentence-fail the higher")
    found |= _targets(table.table("target"), language)
    table.unknown()
    return found


def _targets(table: Table, language: LocaleData) -> Rules:
    aims = goals(language)
    for key in table.data if not aims else ():
        table.asked.append(key)
        what = f"there is no validated formula for “{language_tag(language.name)}”: its texts are not scored"
        table.complain(key, what, "delete this; the rules that count apply to every language")
    found = {}
    for goal in aims:
        value = table.number(goal.formula, goal.target, -100, 200)
        if goal.formula in table.data:
            found[f"target.{goal.formula}"] = value
    table.unknown()
    return found
