"""The house stays as the architecture draws it: who may import whom, and who alone may import a heavy library."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "plainleaf"
MODULES = sorted(PACKAGE.rglob("*.py"))

ONLY_IMPORTER = {
    "weasyprint": {
        f"formats/pdf/{room}.py"
        for room in (
            "render",
            "kept",
            "fetching",
            "glyphs",
            "clusters",
            "engine",
            "textlines",
            "cascade",
            "again",
            "releasing",
            "composing",
            "feathering",
            "loosening",
            "flexible",
            "heads",
            "lineends",
            "pieces",
            "stylesheets",
            "covers",
        )
    },
    "pypdfium2": {"formats/pdf/raster.py", "reading/pictures.py", "reading/places.py"},
    "pydyf": {
        f"formats/pdf/{room}.py"
        for room in (
            "righttoleft",
            "tags",
            "tagtree",
            "tagtables",
            "actualtext",
            "labels",
            "trimming",
            "greying",
            "engine",
            "fields",
            "codes",
            "profiles",
            "secondpart",
            "outline",
        )
    },
    "tinyhtml5": {"formats/parsing.py", "formats/html/trees.py"},
    "cssselect2": {"formats/html/seen.py"},
    "pypdf": {
        "formats/pdf/imposition.py",
        *(f"reading/{room}.py" for room in ("tags", "content", "characters", "limits")),
        *(
            f"reading/conformance/{room}.py"
            for room in ("objects", "document", "structure", "content", "fonts", "programs")
        ),
        *(f"reading/conformance/{room}_rules.py" for room in ("file", "language", "annotation")),
        "reading/conformance/document_questions.py",
    },
    "jinja2": {
        "layouts/templates.py",
        "layouts/sandbox.py",
        "layouts/compiled.py",
        "layouts/literals.py",
        "layouts/whole.py",
    },
    "tinycss2": {
        "layouts/styles.py",
        "layouts/literals.py",
        "layouts/whole.py",
        "formats/html/seen.py",
        "formats/pdf/stylesheets.py",
    },
    "markdown_it": {"sources/commonmark.py"},
    "yaml": {"sources/front_matter.py"},
    "babel.messages": {"translations/layout_words.py"},
    "babel": {"languages/cldr.py", "typesetting/locales.py", "translations/layout_words.py"},
    "fontTools": {
        "typesetting/fonts.py",
        "typesetting/subsets.py",
        "typesetting/squeezing.py",
        "typesetting/fontnames.py",
        "typesetting/fontconfig.py",
        "reading/characters.py",
        *(f"reading/conformance/{room}.py" for room in ("fonts", "programs", "font_rules", "letter_rules")),
    },
    "page": {"formats/pdf/validation.py"},
    "rapidfuzz": {"translations/memory.py"},
    "rich": {"cli/tables.py", "cli/progress.py"},
    "argcomplete": {"cli/completion.py"},
    "textstat": {"readability/opinion.py"},
    "nltk": {"readability/opinion.py"},
    "pyphen": {"readability/syllables.py"},
    "defusedxml": {"terms/tbx.py"},
    "phonenumbers": {"clinics/phones.py"},
    "tomlkit": {"clinics/editing.py"},
    "py3langid": {"languages/identifying.py"},
    "segno": {"graphics/codes.py"},
    "distributed": {"artifacts/schedulers.py"},
    "dask": {"artifacts/schedulers.py"},
    "fcntl": {"files/locks.py"},
    "PIL": {"graphics/bitmaps.py", "graphics/photos.py", "formats/pdf/raster.py", "reading/places.py"},
    "starlette": {
        f"preview/{room}.py"
        for room in ("server", "guarding", "translating", "frontdesk", "bodies", "writing", "sending", "starting")
    },
    "uvicorn": {"preview/server.py"},
    "watchfiles": {"preview/watching.py"},
}

# Rooms from the ground up: a room may import those below it and those of its own line (which hold no ring).
FLOORS = [
    {"model", "files"},
    {"languages", "graphics", "reading"},
    {"sources"},
    {"readability", "translations"},
    {"typesetting", "terms"},
    {"clinics", "approvals"},
    {"layouts"},
    {"checks"},
    {"formats"},
    {"project", "crosschecks", "rereading", "artifacts"},
    {"checks.readability", "actions"},
    {"site", "editions", "provenance"},
    {"pipeline", "reports"},
    {"choosing"},
    {"copies", "beginning", "screenshots"},
    {"library"},
    {"preview"},
    {"cli", "__main__"},
]

# What has one home, as it would be written elsewhere.
HOMES = {
    "get_close_matches(": "model/phrases.py",  # the nearest known name
    "25.4": "model/lengths.py",  # mm, pt and px in each other
    'rpartition(":")': "model/texts.py",  # file:line
    "did you mean “{": "model/phrases.py",
    "Severity(": "model/prints.py",  # a finding from JSON
    'locale.toml"': "files/places.py",
    r"\-‐-―−]+": "languages/phone_shapes.py",
    r"\{[a-z][a-z0-9_]*\}": "languages/folding.py",  # what a placeholder looks like
}

# Who opens, writes or takes away files without ``files``, and why that is right.
OWN_WAY = {
    "beginning/hosts.py": "asks how this package was installed",
    "beginning/making.py": "a new folder that could not be finished goes whole",
    "artifacts/inputs.py": "reads our own code",
    "artifacts/own_code.py": "reads our own code",
    "artifacts/processes.py": "a copy of this process gives up what that has open; how large a worker is",
    "layouts/compiled.py": "reads our own code",
    "cli/faults.py": "a report among the temporary files, also where nothing else can be written",
    "cli/streams.py": "opens the null device",
    "copies/privacy.py": "gives a folder and its files to their owner alone",
    "languages/cldr.py": "reads Babel's data",
    "languages/facts.py": "reads our own data",
    "readability/english.py": "reads our own data",
    "readability/fog.py": "reads our own data",
    "readability/wording.py": "reads our own data",
}
OPENING = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rmdir", "rename", "mkdir", "makedirs",
    "touch", "chmod", "symlink_to", "hardlink_to", "rmtree", "copyfile", "copytree", "copy2", "move", "mkstemp",
    "mkdtemp", "TemporaryDirectory", "TemporaryFile", "NamedTemporaryFile", "truncate",
}  # fmt: skip
INNOCENT = {
    "Image": {"open"},
    "webbrowser": {"open"},
    "actualtext": {"write_text"},
    "mark": {"write_text"},
}  # of other things than files

LONGEST_FUNCTION = 60  # lines with its docstring: what does not fit on a screen is several steps


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a module's syntax tree."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions; ``from a import b`` gives a and a.b."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def floor(module: str) -> int:
    """The floor of a room: the longest name that is listed."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        for number, rooms in enumerate(FLOORS):
            if name in rooms:
                return number
    raise AssertionError(f"the room {module} stands on no floor: give it one in {Path(__file__).name}")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix().removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def here(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_a_library_has_one_importer() -> None:
    found = list[str]()
    for path in MODULES:
        for library, allowed in ONLY_IMPORTER.items():
            if here(path) not in allowed:
                meets = {name for name in imports(path) if name == library or name.startswith(f"{library}.")}
                found += [f"{here(path)} imports {meets}; only {allowed or 'nobody'} may"] if meets else []
    assert not found


def test_arrows_point_down() -> None:
    modules = {name_of(path) for path in MODULES if path.name != "__init__.py"}
    found = list[str]()
    for path in MODULES:
        own = name_of(path)
        if own in modules:
            names = {name[10:] for name in imports(path) if name.startswith("plainleaf.")} & modules
            found += [f"{own} reaches up to {name}" for name in sorted(names) if floor(name) > floor(own)]
    assert not found


@pytest.mark.parametrize("written", HOMES)
def test_a_fact_has_one_home(written: str) -> None:
    there = {path.relative_to(PACKAGE).as_posix() for path in MODULES if written in path.read_text(encoding="utf-8")}
    assert there == {HOMES[written]}


def test_the_model_imports_nothing_else_of_ours() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        assert {name[:15] for name in imports(path) if name.startswith("plainleaf.")} <= {"plainleaf.model"}


def test_only_the_command_prints() -> None:
    found = list[str]()
    for path in (path for path in MODULES if path.parent.name != "cli"):
        calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
        prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
        found += [f"{here(path)}:{call.lineno}" for call in prints]
    assert not found


def opened(path: Path) -> set[str]:
    """The calls in a module that open, make or take away files, by their bare names."""
    calls = [node.func for node in nodes(path) if isinstance(node, ast.Call)]
    named = {call.id for call in calls if isinstance(call, ast.Name) and call.id in OPENING}
    for call in calls:
        if isinstance(call, ast.Attribute) and call.attr in OPENING:
            of = call.value.id if isinstance(call.value, ast.Name) else ""
            if call.attr not in INNOCENT.get(of, set()) | INNOCENT.get(path.stem, set()):
                named.add(call.attr)
    return named


def test_files_are_opened_in_one_way() -> None:
    found = list[str]()
    for path in (path for path in MODULES if path.parent.name != "files"):
        calls = opened(path)
        if here(path) in OWN_WAY:
            found += [] if calls else [f"{here(path)} opens nothing any more: take its exception away"]
        elif calls:
            found.append(f"{here(path)} calls {calls}: read and write by files.Root")
    assert not found


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{here(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


def test_the_wheel_has_every_package() -> None:
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    there = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.rglob("__init__.py")}
    assert there == {name for name in settings["packages"] if not name.startswith("plainleaf.shipped.")}
