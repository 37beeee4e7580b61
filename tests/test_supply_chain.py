"""What is installed, what is told of it, and what goes over a network: locks, SBOM, and runs without one."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from plainleaf import __version__
from tests.conftest import OURS, ROOT

LOCKS = ("requirements.lock", "requirements-cluster.lock", "requirements-test.lock")
ENTRY = re.compile(r"([a-z0-9-]+)==\S+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+")


def entries(name: str) -> list[str]:
    text = (ROOT / ".ci" / name).read_text("utf-8")
    return [re.sub(r"\s*\\\n\s*", " ", line) for line in re.split(r"\n(?=[a-z])", text.strip())[1:]]


@pytest.mark.parametrize("name", LOCKS)
def test_each_locked_package_has_one_version_and_the_digests_of_its_files(name: str) -> None:
    found = [ENTRY.fullmatch(entry) for entry in entries(name)]
    assert all(found), entries(name)
    names = [each[1] for each in found if each]
    assert names == sorted(set(names))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index(name: str) -> None:
    assert not re.search(r"https?:|--index|--find-links|@", (ROOT / ".ci" / name).read_text("utf-8"))


def test_all_locks_hold_the_same_versions_and_all_that_the_project_asks_for() -> None:
    run, cluster, test = ({entry.split("==")[0]: entry.split()[0] for entry in entries(name)} for name in LOCKS)
    assert run.items() <= cluster.items() <= test.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert {*extras["cluster"]} <= {*extras["test"]}  # so that its tests run
    for wants, lock in (
        (project["build-system"]["requires"] + project["project"]["dependencies"], run),
        (extras["cluster"], cluster),
        (extras["test"], test),
    ):
        asked = {re.split(r"[<>=!\[; ]", want, maxsplit=1)[0].lower().replace("_", "-") for want in wants}
        assert asked <= set(lock), asked - set(lock)


PERMISSIVE = ("MIT", "BSD", "Apache")


def test_what_the_cluster_brings_along_is_free_for_everybody() -> None:
    """Packages of the extra, with all that they bring, under licences that ask for no more than a notice."""
    run, cluster = ({entry.split("==")[0] for entry in entries(name)} for name in LOCKS[:2])
    for name in sorted(cluster - run):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # of another Python, or the extra is not installed
            continue
        # not by index: once somebody has imported importlib_metadata, a missing field raises there
        fields = ("License-Expression", "License", "Classifier")
        said = [line for field in fields for line in about.get_all(field, ())]
        assert any(licence in each for each in said for licence in PERMISSIVE), name


@pytest.fixture(scope="module")
def sbom(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("sbom") / "new" / "sbom.cdx.json"
    command = [sys.executable, str(ROOT / ".ci" / "sbom.py"), str(target)]
    subprocess.run(command, check=True, env=os.environ | OURS, timeout=300)
    return target.read_text("utf-8")


def test_the_sbom_is_valid_cyclonedx(sbom: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom.replace('"purl"', '"pearl"')) is not None


def test_the_sbom_names_every_locked_package_with_the_digests_of_its_files(sbom: str) -> None:
    made: Any = json.loads(sbom)
    told = {
        f"{part['name']}=={part['version']}": {ref["hashes"][0]["content"] for ref in part["externalReferences"]}
        for part in made["components"]
    }
    locked = {entry.split()[0]: set(re.findall(r"sha256:(\w+)", entry)) for entry in entries("requirements.lock")}
    assert told == locked
    assert {part["purl"].split("@")[0] for part in made["components"]} == {
        f"pkg:pypi/{name.split('==')[0]}" for name in locked
    }


def test_the_sbom_says_what_needs_what_and_under_which_licence(sbom: str) -> None:
    made: Any = json.loads(sbom)
    needs = {each["ref"].split("/")[1].split("@")[0]: each.get("dependsOn", []) for each in made["dependencies"]}
    assert any("weasyprint" in each for each in needs["plainleaf"])
    assert any("pydyf" in each for each in needs["weasyprint"])
    assert sum("licenses" in part for part in made["components"]) > len(made["components"]) / 4


def test_the_same_lock_gives_the_same_bytes(sbom: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / ".ci" / "sbom.py"), str(tmp_path / "again.json")]
    subprocess.run(command, check=True, env=os.environ | OURS, timeout=300)
    assert (tmp_path / "again.json").read_text("utf-8") == sbom


# --------------------------------------------------------------------------- no network that nobody asked for

LISTENER = """
import os, sys

ASKS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")

def heard(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], (str, bytes)):
        return  # a socket of this machine, which is a file
    if event in ASKS:
        with open(os.environ["HEARD"], "a") as out:
            print(event, arguments, file=out)

sys.addaudithook(heard)
"""


@pytest.fixture
def cut_off(tmp_path: Path) -> Any:
    """Runs a Python command in a network namespace that holds nothing, and tells what it asked the network for."""
    probe = ["unshare", "-rn", "true"]
    if not shutil.which("unshare") or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make an empty network namespace (unshare -rn)")
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/sitecustomize.py").write_text(LISTENER, encoding="utf-8")
    heard = tmp_path / "heard"

    def run(*command: str, cwd: Path) -> tuple[subprocess.CompletedProcess[str], str]:
        environment = os.environ | {"PYTHONPATH": f"{tmp_path / 'hooks'}:{ROOT}", "HEARD": str(heard)}
        environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
        done = subprocess.run(
            ["unshare", "-rn", sys.executable, *command],
            cwd=cwd, env=environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        return done, heard.read_text("utf-8") if heard.exists() else ""

    return run


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket().connect_ex(('192.0.2.1', 9))",
        "import socket\ntry: socket.getaddrinfo('clinic.example', 80)\nexcept OSError: pass",
    ],
)
def test_what_asks_the_network_is_heard(cut_off: Any, tmp_path: Path, code: str) -> None:
    done, heard = cut_off("-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert heard


def test_checking_and_publishing_ask_the_network_for_nothing(cut_off: Any, content: Path) -> None:
    publish = str(ROOT / "publish.py")
    for words in (("check", "--second-opinion"), ("publish", "--locale", "en", "--layout", "a4")):
        done, heard = cut_off(publish, *words, cwd=content)
        assert done.returncode == 0, done.stdout + done.stderr
        assert not heard
    assert list(content.glob("build/**/*.pdf"))


# --------------------------------------------------------------------------- what is imported is asked for


def _imported() -> set[str]:
    """The top names of all that the package imports, wherever in a module that is."""
    found = set[str]()
    for path in (ROOT / "plainleaf").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.partition(".")[0])
    return found - {*sys.stdlib_module_names, "plainleaf"}


def test_every_import_is_declared_and_every_dependency_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extra = project["optional-dependencies"]["cluster"]
    declared = {re.split(r"[<>=!\[; ]", each, maxsplit=1)[0] for each in project["dependencies"] + extra}
    homes = metadata.packages_distributions()
    used = {name.lower() for top in _imported() - {"dask"} for name in homes.get(top, [top])}
    assert used - declared == set(), "imported, but only there because something else needs it"
    held = {"distributed", "numpy"}  # imported below another name; py3langid's, held to versions for Python 3.11
    assert {name.lower() for name in declared} - used - held == set(), "declared, but imported nowhere"


def test_the_page_of_decisions_names_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    named = set(re.findall(r"[a-z0-9-]+", "".join(line.split("|")[1] for line in page.splitlines() if line[:1] == "|")))
    declared = project["dependencies"] + project["optional-dependencies"]["cluster"]
    assert {re.split(r"[<>=!\[; ]", each, maxsplit=1)[0] for each in declared} <= named


def test_the_list_of_licences_is_that_of_the_lock_and_free_of_the_gpl_alone() -> None:
    page = (ROOT / "docs/licences.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", page, re.MULTILINE))
    rows.pop("Package", None)
    versions = {f"{name}=={version}" for name, version in re.findall(r"^\| (\S+) \| (\S+) \|", page, re.MULTILINE)}
    assert {entry.split()[0] for entry in entries("requirements.lock")} <= versions, "./do licences writes the page"
    others = re.compile(r"MIT|BSD|Apache|MPL|Mozilla|PSF|LGPL|Lesser|not installed here", re.IGNORECASE)
    assert [name for name, licence in rows.items() if not others.search(licence)] == []


def test_the_newest_release_of_the_changelog_is_the_version() -> None:
    releases = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert releases[0][0] == __version__
    assert releases == sorted(
        releases, key=lambda each: (each[1], [int(part) for part in each[0].split(".")]), reverse=True
    )
