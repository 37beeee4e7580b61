"""The options of each command, and what ``--help`` says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plainleaf import __version__
from plainleaf.cli.completion import SHELLS
from plainleaf.cli.guide import GUIDES
from plainleaf.cli.names import as_called, called
from plainleaf.cli.parsing import Parser

EPILOG = """\
With no command everything is published. Exit codes: 0 everything is fine, 1 errors were found, 2 wrong usage or
settings, 3 parts of the system are missing (plainleaf doctor names them), 70 an error in Plainleaf itself.
"""


_Add = Callable[..., Parser]


@dataclass(frozen=True, slots=True)
class _Groups:
    """Arguments that several commands take."""

    shared: Parser
    choice: Parser
    clinic: Parser
    complete: Parser
    making: Parser


def _leaflet(typed: str) -> str:
    """A leaflet's name; its file may be typed in its place, as a shell completes it."""
    return typed.removeprefix("./").removeprefix("sources/").removesuffix(".md")


def parser() -> Parser:
    """Reads the arguments of every command; without one, everything is published."""
    groups = _groups()
    whole = Parser(
        prog=called(), parents=[groups.shared], epilog=as_called(EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Publishes plain-language health leaflets in many languages as accessible PDFs.",
    )  # fmt: skip
    whole.add_argument(
        "--version", action="version", version=f"plainleaf {__version__}", help="say which version this is"
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    whole.commands = commands.choices
    add = commands.add_parser
    _add_publishing(add, groups)
    _add_new(add, groups)
    _add_preview(add, groups)
    _add_checking(add, groups)
    _add_translating(add, groups)
    _add_signing(add, groups)
    _add_status(add, groups)
    _add_verifying(add, groups)
    _add_explaining(add, groups)
    _add_guide(add, groups)
    completion = add("completion", parents=[groups.shared], help="print what makes a shell complete words with Tab")
    completion.add_argument("shell", choices=SHELLS, help="your shell")
    _add_judging(add, groups)
    _add_reading(add, groups)
    _add_screenshots(add, groups)
    add("doctor", parents=[groups.shared], help="check that the system has everything that is needed")
    whole.set_defaults(
        leaflets=[],
        locale=[],
        layout=[],
        formats=[],
        look=[],
        marks=False,
        beside="",
        require="",
        why=False,
        watch=False,
    )
    whole.set_defaults(output=None, fill=None, scheduler="", tls_ca_file="", tls_cert="", tls_key="")
    return whole


def _groups() -> _Groups:
    shared = Parser(add_help=False)
    shared.add_argument("--root", type=Path, default=argparse.SUPPRESS, metavar="DIR",
                        help="the folder with sources/, locales/ and layouts/ (default: this one)")  # fmt: skip
    shared.add_argument("--quiet", "-q", action="store_true", default=argparse.SUPPRESS,
                        help="print only what is wrong")  # fmt: skip
    shared.add_argument("--debug", action="store_true", default=argparse.SUPPRESS,
                        help="write details of an error in Plainleaf itself into a file, for your report")  # fmt: skip
    choice = Parser(add_help=False)
    choice.add_argument(
        "leaflets", nargs="*", type=_leaflet, metavar="LEAFLET", help="names of leaflets (default: all)"
    )
    choice.add_argument("--locale", "-l", action="append", default=[], metavar="LOCALE",
                        help="only this language; repeatable")  # fmt: skip
    clinic = Parser(add_help=False)
    clinic.add_argument("--clinic", action="append", default=argparse.SUPPRESS, metavar="CLINIC",
                        help="for this clinic, in its own folder (default: the one in the settings); publish "
                             "and check take several, and “all”")  # fmt: skip
    complete = Parser(add_help=False)
    complete.add_argument("--require", choices=("complete",), default="",
                            help="“complete”: a translation with gaps, or one not started, is an error")  # fmt: skip
    return _Groups(shared, choice, clinic, complete, _making())


def _making() -> Parser:
    making = Parser(add_help=False)
    making.add_argument("--format", action="append", default=[], dest="formats", metavar="FORMAT",
                        help="write it as pdf or html, or as another installed format; repeatable (default: the "
                             "settings', or pdf)")  # fmt: skip
    making.add_argument("--layout", action="append", default=[], metavar="LAYOUT", help="only this layout; repeatable")
    making.add_argument("--look", action="append", default=[], metavar="LOOK",
                        help="in this look, such as yellow-on-black or dyslexia+ink-saving; repeatable")  # fmt: skip
    making.add_argument("--marks", action="store_true", default=False,
                        help="for a print shop: with crop marks and 3 mm of bleed")  # fmt: skip
    making.add_argument("--beside", default="", metavar="LOCALE",
                        help="the second language where two are side by side (default: the source's)")  # fmt: skip
    making.add_argument("--output", type=Path, metavar="DIR", help="the output folder (default: build)")
    return making


def _add_publishing(add: _Add, groups: _Groups) -> None:
    build = add(
        "publish",
        parents=[groups.shared, groups.choice, groups.clinic, groups.complete, groups.making],
        help="make PDFs and the catalogue page",
    )
    build.add_argument("--fill", type=Path, metavar="CSV",
                       help="a filled-in copy of one leaflet for each row of a table, in filled/ or where "
                            "--output says")  # fmt: skip
    build.add_argument("--watch", action="store_true", default=False,
                       help="then wait, and make again what each save of a file changes, until Ctrl-C")  # fmt: skip
    build.add_argument("--site-url", default=argparse.SUPPRESS, metavar="URL",
                       help="where the output folder will lie on the web: codes on paper open the leaflet there "
                            "(default: site-url of the settings)")  # fmt: skip
    build.add_argument("--why", action="store_true", default=False, help="say why each file was made again")
    build.add_argument("--pseudo", action="store_true", default=argparse.SUPPRESS,
                       help="also in two made-up languages: longer text, right-to-left text")  # fmt: skip
    build.add_argument("--scheduler", default="", metavar="ADDRESS",
                       help="have files made by the workers of a dask.distributed cluster, as tcp://10.0.0.5:8786 or "
                            "tls://...; needs the extra “cluster”")  # fmt: skip
    build.add_argument("--tls-ca-file", default="", metavar="FILE", help="for tls://: who signs its certificates")
    build.add_argument("--tls-cert", default="", metavar="FILE", help="for tls://: this machine's certificate")
    build.add_argument("--tls-key", default="", metavar="FILE", help="for tls://: the key of that certificate")


def _add_new(add: _Add, groups: _Groups) -> None:
    new = add("new", parents=[groups.shared], help="begin a folder of leaflets of your own, or a leaflet in it")
    new.add_argument(
        "what",
        choices=("project", "leaflet"),
        metavar="project|leaflet",
        help="a folder with all it needs, or one more leaflet",
    )
    new.add_argument("name", metavar="NAME", help="the new folder, or the name of the leaflet's file")
    new.add_argument("--title", default="", metavar="TEXT", help="the leaflet's title")
    new.add_argument("--clinic-name", default="", metavar="TEXT",
                     help="of a project, as what follows; you are asked for what you do not give")  # fmt: skip
    new.add_argument("--address", default="", metavar="TEXT", help="its lines, with semicolons between")
    new.add_argument("--country", default="", metavar="COUNTRY", help="the clinic's, such as US or “United Kingdom”")
    new.add_argument("--phone", default="", metavar="NUMBER", help="what patients call")
    new.add_argument("--emergency-number", default="", metavar="NUMBER", help="what calls an ambulance")
    new.add_argument("--layout", action="append", default=[], metavar="LAYOUT",
                     help="what to make; repeatable (default: one sheet, the whole text, and large print)")  # fmt: skip
    new.add_argument("--locale", action="append", default=[], metavar="LOCALE",
                     help="a language to translate into; repeatable")  # fmt: skip
    new.add_argument("--ci", choices=("github", "gitlab"), default="",
                     help="also a file that has every change checked there")  # fmt: skip


def _add_preview(add: _Add, groups: _Groups) -> None:
    preview = add(
        "preview",
        parents=[groups.shared, groups.clinic],
        help="show a leaflet's pages in a browser while you write, translate or change them",
    )
    preview.add_argument("leaflets", nargs="?", default=None, type=_leaflet, metavar="LEAFLET",
                         help="the leaflet to begin with (default: the first)")  # fmt: skip
    preview.add_argument("--locale", "-l", action="append", default=[], metavar="LOCALE",
                         help="the language to begin with (default: the leaflet's own)")  # fmt: skip
    preview.add_argument("--port", type=int, metavar="PORT",
                         help="of the address on this computer (default: 8473, or a free one)")  # fmt: skip
    preview.add_argument("--no-browser", action="store_true", default=False, help="open no browser window")


def _add_checking(add: _Add, groups: _Groups) -> None:
    check = add(
        "check",
        parents=[groups.shared, groups.choice, groups.clinic, groups.complete],
        help="look for mistakes without making anything",
    )
    check.add_argument("--fail-on", choices=("warning", "error"), default="error", help="what makes the exit code 1")
    check.add_argument(
        "--record", action="store_true", help="after a review: record the readability scores as they are"
    )
    check.add_argument(
        "--all",
        action="store_true",
        help="list every sentence to fix, not only the worst ten, and every text to translate",
    )
    check.add_argument(
        "--into-po",
        action="store_true",
        default=False,
        help="note what is found in the .po files, as comments that Poedit and Weblate show; fixed ones go",
    )
    check.add_argument("--no-cache", action="store_true", help="check everything, even if nothing has changed")
    check.add_argument(
        "--second-opinion",
        action="store_true",
        help="also ask textstat, and report where it differs; --record always does",
    )
    check.add_argument(
        "--page", action="store_true", help="also write the pages below staff/readability, as publishing does"
    )
    check.add_argument("--output", type=Path, metavar="DIR", help="where to put the page (default: build)")
    check.add_argument("--report", "--format", dest="format",
                       choices=("text", "json", "sarif", "junit", "github", "gitlab"), default="text",
                       help="text for people; the others for programs, with the tally on stderr "
                            "(--format is its former name)")  # fmt: skip


def _add_translating(add: _Add, groups: _Groups) -> None:
    add("extract", parents=[groups.shared], help="write the templates for translators, locales/*.pot")
    update = add("update", parents=[groups.shared], help="bring the translations' files up to date with the sources")
    update.add_argument("locales", nargs="*", metavar="LOCALE", help="Babel names such as es or zh_Hans (default: all)")
    init = add("init", parents=[groups.shared], help="start the translation into a new language")
    init.add_argument("locales", nargs="+", metavar="LOCALE", help="Babel name such as es or zh_Hans")
    terms = add(
        "terms", parents=[groups.shared], help="what medicines and other terms are called: CSV and TBX, in and out"
    )
    ways = terms.add_subparsers(dest="way", metavar="export | import", required=True)
    out = ways.add_parser(
        "export", parents=[groups.shared], help="write the terms of all leaflets and lists into a file"
    )
    out.add_argument("locales", nargs="*", metavar="LOCALE", help="Babel names such as es or zh_Hans (default: all)")
    out.add_argument(
        "--output", type=Path, metavar="FILE", help="a file that ends in .csv or .tbx (default: terms.csv)"
    )
    back = ways.add_parser(
        "import", parents=[groups.shared], help="put the terms of a file into the lists of languages"
    )
    back.add_argument("file", type=Path, metavar="FILE", help="a table (.csv) or a file of TBX-Basic (.tbx)")
    back.add_argument("--replace", action="store_true", default=False,
                      help="where a list has another translation, take that of the file")  # fmt: skip


def _add_signing(add: _Add, groups: _Groups) -> None:
    review = add("review", parents=[groups.shared, groups.clinic],
                 help="write the sheet that a translator reviews and signs, as PDF and HTML")  # fmt: skip
    review.add_argument("locales", nargs=1, metavar="LOCALE", help="Babel name such as es or zh_Hans")
    review.add_argument("leaflets", nargs=1, type=_leaflet, metavar="LEAFLET", help="name of the leaflet")
    review.add_argument("--output", type=Path, metavar="DIR", help="the output folder (default: build)")
    approve = add("approve", parents=[groups.shared, groups.clinic], help="approve a checked translation")
    approve.add_argument("locales", nargs=1, metavar="LOCALE", help="Babel name such as es or zh_Hans")
    approve.add_argument("leaflets", nargs=1, type=_leaflet, metavar="LEAFLET", help="name of the leaflet")
    approve.add_argument("--by", required=True, metavar='"NAME, ROLE"', help="who has checked the translation")
    approve.add_argument("--sheet", default="", metavar='"DIGITS"',
                         help="the digest on the review sheet that was signed: no text may have changed")  # fmt: skip
    _add_key(approve)
    sign_off = add(
        "sign-off", parents=[groups.shared, groups.clinic], help="sign off a checked leaflet, as it is written"
    )
    sign_off.add_argument("leaflets", nargs=1, type=_leaflet, metavar="LEAFLET", help="name of the leaflet")
    sign_off.add_argument("--by", required=True, metavar='"NAME, ROLE"', help="which clinician has checked the text")
    _add_key(sign_off)


def _add_key(command: Parser) -> None:
    command.add_argument("--key", type=Path, metavar="FILE", help="sign with this SSH key, such as ~/.ssh/id_ed25519")


def _add_status(add: _Add, groups: _Groups) -> None:
    status = add(
        "status",
        parents=[groups.shared, groups.choice, groups.clinic],
        help="how complete translations are, and who has signed what",
    )
    status.add_argument("--json", action="store_true", help="for programs, with every text that is left to do")
    status.add_argument("--page", action="store_true", help="write the pages below staff/status, as publishing does")
    status.add_argument("--output", type=Path, metavar="DIR", help="where to put the page (default: build)")


def _add_verifying(add: _Add, groups: _Groups) -> None:
    verify = add("verify", parents=[groups.shared], help="check whether a file is up to date, and who signed it")
    verify.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a published file, wherever it is")
    verify.add_argument("--digest", nargs="+", action="append", default=[], metavar="DIGIT",
                        help="the digits after the version on the last page, as in --digest 1a2b 3c4d; "
                             "repeatable")  # fmt: skip
    verify.add_argument("--json", action="store_true", help="for programs")
    verify.add_argument("--output", type=Path, metavar="DIR", help="the output folder of publish (default: build)")


def _add_explaining(add: _Add, groups: _Groups) -> None:
    explain = add("explain", parents=[groups.shared], help="say what a finding means, and how to fix it")
    named = "the name in brackets after a finding, such as fit-white (default: list all)"
    explain.add_argument("ids", nargs="*", metavar="CHECK", help=named)
    explain.add_argument("--page", action="store_true", default=False, help="all of them, as one page of Markdown")


def _add_reading(add: _Add, groups: _Groups) -> None:
    read = add("read", parents=[groups.shared], help="print what a screen reader says of a PDF, in its order")
    read.add_argument("file", type=Path, metavar="FILE.pdf", help="a tagged PDF, whoever made it")
    read.add_argument("--json", action="store_true", help="print it for programs")


def _add_screenshots(add: _Add, groups: _Groups) -> None:
    pictures = add("screenshots", parents=[groups.shared, groups.choice, groups.clinic],
                   help="cut each text out of the printed pages, for Weblate and its like")  # fmt: skip
    pictures.add_argument("--layout", action="append", default=[], metavar="LAYOUT",
                          help="only from this layout; repeatable (default: one for each text)")  # fmt: skip
    pictures.add_argument("--output", type=Path, metavar="DIR",
                          help="where to put the pictures (default: screenshots in the output folder)")  # fmt: skip


def _add_judging(add: _Add, groups: _Groups) -> None:
    judge = add("conformance", parents=[groups.shared],
                help="does a PDF meet PDF/UA-1, condition by condition of the Matterhorn Protocol?")  # fmt: skip
    judge.add_argument("file", type=Path, metavar="FILE.pdf", help="a PDF, whoever made it")
    judge.add_argument("--html", type=Path, metavar="OUT", help="write the report as a page, with questions to people")
    judge.add_argument("--json", type=Path, metavar="OUT", help="write it for programs")


def _add_guide(add: _Add, groups: _Groups) -> None:
    guide = add("guide", parents=[groups.shared], help="print a guide: writing, translating, layouts, printing ...")
    guide.add_argument("guide", nargs="?", choices=[*GUIDES], metavar="GUIDE",
                       help=f"{', '.join(GUIDES)} (default: say what each is about)")  # fmt: skip
