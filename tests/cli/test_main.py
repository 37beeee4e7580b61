"""The command as its users meet it: what it answers, what it refuses, and with which exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from plainleaf.cli import guide
from plainleaf.model import Artifact
from plainleaf.reports import terminal as report
from tests.conftest import ROOT, TODAY, plainleaf, plainleaf_process

Edit = Callable[[Path, str, str], None]


def test_help_loads_no_heavy_library() -> None:
    """--help is to answer in 0.3 s: what costs time to import must not be imported."""
    code = "import sys, plainleaf.cli.main as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split("\n")[-2].split())
    assert "argparse" in loaded
    assert not loaded & {"weasyprint", "babel", "jinja2", "markdown_it", "rich", "fontTools", "yaml", "textstat"}
    assert not loaded & {"phonenumbers", "segno"}


def test_without_arguments_everything_is_published_and_a_second_run_makes_nothing_again(content: Path) -> None:
    asked = ["booklet", "bilingual", "trifold"]
    (content / "plainleaf.toml").write_text(f"layouts = {asked}\n", encoding="utf-8")
    first = plainleaf_process(root=content)
    assert first.returncode == 0, first.stderr
    files = ("booklet", "booklet-print")  # it has no text for folded leaflets
    wanted = {f"inhaler.{locale}.{file}.pdf" for locale in ("en", "es") for file in files}
    wanted |= {"inhaler.es+en.bilingual.pdf"}
    assert {path.name for path in (content / "build/inhaler").glob("*.pdf")} == wanted
    assert "draft translation" in first.stdout
    second = plainleaf(root=content)
    assert second.returncode == 0
    assert ", 0 of them made now" in second.stdout
    assert "made:" not in second.stdout


def test_a_changed_phone_number_makes_every_edition_anew(content: Path, replaced: Edit) -> None:
    assert plainleaf("build", "--format", "html", root=content).returncode == 0
    replaced(content / "sources/clinics/sample.toml", "+1 202-555-0142", "+1 202-555-0199")
    done = plainleaf("build", "--format", "html", root=content)
    assert "2 files up to date, 2 of them made now" in done.stdout
    for locale in ("en", "es"):
        text = (content / f"build/inhaler/{locale}/index.html").read_text(encoding="utf-8")
        assert "(202) 555-0199" in text
        assert "0142" not in text


def test_quiet_prints_only_what_is_wrong(content: Path) -> None:
    done = plainleaf_process("--quiet", "build", "--layout", "a4", "--locale", "es", root=content)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_only_what_is_asked_for_is_made_and_the_catalogue_lists_all(content: Path) -> None:
    done = plainleaf("build", "inhaler", "--locale", "es", "--layout", "letter", "--output", "out", root=content)
    assert done.returncode == 0
    assert [path.name for path in (content / "out").rglob("*.pdf")] == ["inhaler.es.letter.pdf"]
    page = (content / "out/staff/print-list/inhaler/es.html").read_text(encoding="utf-8")
    assert 'href="../../../inhaler/inhaler.es.letter.pdf"' in page
    assert "Not made" in page


def test_an_unknown_name_is_wrong_usage_and_the_nearest_is_named(content: Path) -> None:
    for arguments, near in [
        (("build", "inhalor"), "inhaler"),
        (("build", "--layout", "leter"), "letter"),
        (("check", "--locale", "ess"), "es"),
    ]:
        done = plainleaf(*arguments, root=content)
        assert done.returncode == 2
        assert f"did you mean “{near}”?" in done.stderr


def test_a_folder_without_sources_is_wrong_usage(tmp_path: Path) -> None:
    done = plainleaf("check", root=tmp_path)
    assert done.returncode == 2
    assert "has no folder sources/" in done.stderr


def test_check_finds_mistakes_without_making_anything(content: Path, replaced: Edit) -> None:
    assert plainleaf("check", root=content).returncode == 0
    replaced(content / "sources/inhaler.md", "## How to use it", "#### How to use it")
    done = plainleaf("check", root=content)
    assert done.returncode == 1
    assert "[source-heading-skipped]" in done.stdout
    assert not (content / "build").exists()


def test_a_new_language_starts_untranslated_and_is_not_published(content: Path) -> None:
    assert plainleaf("init", "de", root=content).returncode == 0
    assert plainleaf("init", "zz", root=content).returncode == 1
    done = plainleaf("build", "--locale", "de", "--layout", "a4", root=content)
    assert done.returncode == 0
    assert "inhaler: German: started, 0 of 14 texts translated" in done.stderr
    assert not list((content / "build").rglob("*.de.*.pdf"))
    status = plainleaf("status", root=content).stdout
    assert "0 %" in status


def test_missing_fonts_stop_the_run_with_the_one_line_that_mends_it(content: Path, tmp_path: Path) -> None:
    assert plainleaf("init", "zh_Hans", root=content).returncode == 0
    empty = tmp_path / "no fonts here"
    empty.mkdir()
    code = (
        "import sys; from pathlib import Path\n"
        "from plainleaf.cli import main as cli\nfrom plainleaf.typesetting import fonts\n"
        f"fonts.folders = lambda: (Path({str(empty)!r}),)\n"
        "for command in ('build', 'doctor'): print('ended with', cli.main([command]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=content, check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.stdout.count("ended with 3\n") == 2
    assert done.stderr.count("sudo apt-get install -y fonts-noto-cjk fonts-noto-core") == 2


def test_the_installed_wheel_holds_its_layouts_and_works_on_a_folder_elsewhere(content: Path, tmp_path: Path) -> None:
    wheels, site, tool = tmp_path / "wheels", tmp_path / "site", tmp_path / "tool"
    for folder in ("plainleaf", "layouts", "locales", "docs", "sources"):
        shutil.copytree(ROOT / folder, tool / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, tool)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(tool)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = wheels.iterdir()
    shutil.unpack_archive(wheel, site, "zip")  # as an installer does
    # ahead of all else: in the tests' own environment the package is installed from this folder
    start = f"import sys; sys.path.insert(0, {str(site)!r}); import plainleaf.cli.main as c"
    start += f"; assert c.__file__.startswith({str(site)!r})"
    command = [sys.executable, "-c", f"{start}; sys.exit(c.main(sys.argv[1:]))", "build", "--root", str(content)]
    command += ["--layout", "large-print", "--locale", "es"]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert (content / "build/inhaler/inhaler.es.large-print.pdf").is_file()
    for name in guide.GUIDES:
        assert (site / "plainleaf/shipped").joinpath(*guide.GUIDES[name][:2]).is_file(), name


def artifact(layout: str, pages: int = 1, fresh: bool = True) -> Artifact:
    since = None if fresh else TODAY
    return Artifact(f"a/{layout}.pdf", pages, "a", "es", layout, draft=True, fresh=fresh, since=since, made=pages > 0)


def test_the_table_names_what_failed() -> None:
    good, old, gone = artifact("a4"), artifact("letter", fresh=False), artifact("trifold", pages=0, fresh=False)

    def state(*made: Artifact) -> str:
        ((*_, said),) = report.rows(made)
        return said

    assert state(good) == "draft translation"
    assert state(gone) == "NOT MADE"
    assert report.rows([gone], {("a", "es")}) == (("a", "es", "nothing", "not started"),)
    assert report.rows([old], {("a", "es")})[0][3].startswith("OUT OF DATE since")

    assert state(good, gone) == "NOT MADE (trifold); draft translation"
    assert state(old) == f"OUT OF DATE since {TODAY}: kept from an earlier run"
    assert state(good, old, gone) == (
        f"NOT MADE (trifold); OUT OF DATE since {TODAY} (letter): kept from an earlier run; draft translation"
    )


def test_of_very_many_editions_only_those_with_something_to_do_are_listed() -> None:
    every = [Artifact(f"{each}.pdf", 1, "a", str(each), "a4", False, each != 7, made=True) for each in range(300)]
    assert [row[1] for row in report.rows(every)] == ["7"]
    assert len(report.rows(every[:200])) == 200
