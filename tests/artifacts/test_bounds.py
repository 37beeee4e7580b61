"""What a worker keeps has a bound: it makes files for hours, and is not to grow with each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from plainleaf.artifacts import own_code
from plainleaf.formats.base import FORMATS

BOUNDED = {
    "clinics/phones.py:emergency_numbers": "as many as there are countries",
    "files/root.py:_shipped": "of one folder, the package's own",
    "formats/pdf/actualtext.py:_names": "as many as WeasyPrint has classes of boxes",
    "formats/pdf/engine.py:_PHYSICAL": "filled once, by the properties of CSS",
    "formats/pdf/engine.py:_lengths": "forgotten with each sheet",
    "formats/pdf/engine.py:_before": "as many as there are shortcuts; empty when none is in place",
    "formats/pdf/kept.py:drawings": "begun anew with the drawings, of which there are MOST_DRAWINGS",
    "formats/pdf/kept.py:_part": "begun anew with the style sheets that they are of",
    "formats/pdf/kept.py:stylesheet": "begun anew with MOST_STYLES",
    "formats/pdf/textlines.py:_faces": "forgotten with the lines, of which there are MOST; and with each sheet",
    "formats/pdf/textlines.py:_lines": "forgotten where there are MOST, and with each sheet",
    "graphics/pictures.py:_judged": "begun anew where there are _MOST_JUDGED",
    "languages/facts.py:everywhere": "as many as our code has names of lists",
    "sources/leftovers.py:_of_kind": "as many as there are kinds of blocks",
    "typesetting/counts.py:_english": "as many as our code has names of lists",
}
"""What has no bound in figures, by file and name, and why it has one."""

_MUTABLE = {"dict", "list", "set", "defaultdict", "Counter", "OrderedDict", "deque", "ChainMap", "WeakKeyDictionary"}
_WORKER = ("plainleaf.artifacts.rendering", "plainleaf.artifacts.limits")


def unbounded(code: str) -> Iterator[str]:
    """The names of what some code keeps as long as it is loaded, without a bound on how much that may be: functions
    whose results are kept for any arguments, and things at the top of a module that begin empty."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_keeps_all, node.decorator_list)):
            arguments = node.args
            if arguments.args or arguments.kwonlyargs or arguments.posonlyargs or arguments.vararg:
                yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _begins_empty(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _keeps_all(decorator: ast.expr) -> bool:
    """Whether it is ``cache``, or ``lru_cache`` that says "no bound" instead of a figure."""
    if _called(decorator) == "cache":
        return True
    bound = decorator.keywords[:1] if isinstance(decorator, ast.Call) else []
    values = [*(word.value for word in bound if word.arg == "maxsize"), *getattr(decorator, "args", [])]
    return _called(decorator) == "lru_cache" and any(ast.unparse(value) == "None" for value in values)


def _called(node: ast.expr) -> str:
    """The last part of the name of what is called or subscripted: ``dict`` of ``dict[str, int]()``."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _begins_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict | ast.List):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    return isinstance(value, ast.Call) and not value.args and _called(value) in _MUTABLE


def found() -> dict[str, str]:
    """What is without a bound in all that takes part in a worker, by file and name, with the file."""
    modules = {
        module for form in FORMATS.values() if form.ours for module in form.parts.code or (form.write.__module__,)
    }
    files = own_code.closure(own_code.PACKAGE, tuple(sorted({*modules, *_WORKER})))
    paths = [name for name in files if name.endswith(".py")]
    assert "formats/pdf/render.py" in paths and len(paths) > 50
    return {
        f"{name}:{each}": name for name in paths for each in unbounded((own_code.PACKAGE / name).read_text("utf-8"))
    }


def test_all_that_a_worker_keeps_has_a_bound_or_a_reason() -> None:
    assert sorted(set(found()) - set(BOUNDED)) == [], (
        "give it a bound (lru_cache(maxsize=...)), or say here why it has one"
    )
    assert sorted(set(BOUNDED) - set(found())) == [], "these are gone"


@pytest.mark.parametrize(
    "code",
    [
        "@cache\ndef f(a): ...", "@functools.cache\ndef f(*a): ...", "@lru_cache(maxsize=None)\ndef f(*, a): ...",
        "@lru_cache(None)\ndef f(a): ...", "f: dict[str, int] = {}", "f = dict[str, int]()", "f = []",
        "f = collections.defaultdict[str, int](list)\nf = set()", "class A:\n    @cache\n    def f(self): ...",
    ],
)  # fmt: skip
def test_what_has_no_bound_is_seen(code: str) -> None:
    assert list(unbounded(code)) == ["f"]


@pytest.mark.parametrize(
    "code", ["@cache\ndef f(): ...", "@lru_cache\ndef f(a): ...", "@lru_cache(maxsize=9)\ndef f(a): ...", "f = {1: 2}",
             "def f():\n    g = {}", "f = (1, 2)", "f = frozenset()"],
)  # fmt: skip
def test_what_has_one_is_let_be(code: str) -> None:
    assert not list(unbounded(code))
