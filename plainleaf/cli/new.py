"""``new``: begins a folder of leaflets of one's own, by questions or flags, or another leaflet in it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plainleaf.cli import exits, values
from plainleaf.cli.names import called, say
from plainleaf.model import phrases
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.beginning.answers import Answers
    from plainleaf.beginning.making import Begun

T = TypeVar("T")
_MOST_TRIES = 5


def new(options: argparse.Namespace) -> int:
    return _leaflet(options) if options.what == "leaflet" else _project(options)


# --------------------------------------------------------------------------- a leaflet


def _leaflet(options: argparse.Namespace) -> int:
    from plainleaf.beginning import answers, making

    for flag in ("clinic_name", "phone", "address", "country", "emergency_number", "layout", "locale", "ci"):
        if getattr(options, flag):
            what = f"--{flag.replace('_', '-')} is for a new project"
            raise UsageError(what, f"usage: {called()} new leaflet NAME --title TITLE")
    root = values.root(options)
    if not (root / "sources").is_dir():
        hint = f"to begin a folder of leaflets: {called()} new project DIR; or name your folder with --root"
        raise UsageError(f"{root} has no folder sources/", hint)
    typed = options.name.removeprefix("sources/").removesuffix(".md")
    name = answers.file_name(typed, "")
    if name != typed or not name:
        signs = f"small Latin letters, digits and hyphens, under {answers.LONGEST_FILE} in all"
        hint = f"use {signs}, as in {name or 'my-leaflet'}"
        hint = "that name is used for something else; take another one" if typed in answers.TAKEN else hint
        raise UsageError(f"“{typed}” cannot be the name of a leaflet's file", hint)
    title = _right(answers.line, options.title or typed.replace("-", " ").capitalize(), "--title")
    made = making.leaflet(root, name, title, values.today())
    if not getattr(options, "quiet", False):
        say(f"written: {made.paths[0]}")
        say("Next: open it in a text editor and write your own sentences; plainleaf check names those that are left.")
    return exits.GOOD


# --------------------------------------------------------------------------- a folder


def _project(options: argparse.Namespace) -> int:
    from plainleaf.beginning import making
    from plainleaf.reports import terminal as report

    target = values.place(Path(options.name))
    making.refuse_full(target)
    given = _answers(options)
    made = making.folder(target, given, values.today())
    if said := report.findings(report.wrong(made.findings)):
        say(said, to=sys.stderr)
    if not made.paths:
        say(f"plainleaf: nothing was written to {target}", to=sys.stderr)
        return exits.code(made.findings)
    if not getattr(options, "quiet", False):
        _say_made(target, made, given.host)
    return exits.GOOD


def _say_made(target: Path, made: Begun, host: str) -> None:
    from plainleaf.beginning import hosts, making

    say(f"made: {target}")
    for path in made.paths:
        say(f"  {path}")
    here = target == Path.cwd()
    root = "" if here else f" --root {_shell(target)}"
    steps = [
        f"Open {target / 'sources' / f'{made.leaflet}.md'} in a text editor, and write your own sentences.",
        f"plainleaf publish{root}",
        f"Open {target / 'build' / 'index.html'} in a browser, and print.",
    ]
    path = hosts.PATHS.get(host, "")
    if path and not hosts.origin():
        owner, tag = hosts.UNKNOWN
        steps.append(
            f"In {path}, write who owns your copy of Plainleaf in place of {owner}, and its version for {tag}."
        )
    if path and (top := making.repository(target)) and top != target:
        inner = target.relative_to(top).as_posix()
        steps.append(f"Move {path} to {top}, where {host} looks for it, and name the folder there: plainleaf guide ci")
        steps.append(f"The folder is {inner}.")
    say("Next:")
    for number, step in enumerate(steps, 1):
        say(f"  {number}. {step}")


def _shell(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def _answers(options: argparse.Namespace) -> Answers:
    """What the flags say, and what is typed where they say nothing. Raises ``UsageError``."""
    from plainleaf import choosing
    from plainleaf.beginning import answers
    from plainleaf.files.places import folders
    from plainleaf.layouts import file as layoutfile

    asking = sys.stdin.isatty() and sys.stdout.isatty()
    if not asking:
        needed = {
            "--clinic-name": options.clinic_name,
            "--country": options.country,
            "--phone": options.phone,
            "--emergency-number": options.emergency_number or _only_emergency(options.country),
        }
        if missing := [flag for flag, given in needed.items() if not given]:
            hint = f"example: {called()} new project my-leaflets {_EXAMPLE}; on a terminal you are asked instead"
            raise UsageError(f"new project needs {phrases.listed(missing, 'and')}", hint)
    else:
        say("A folder of leaflets of your own. Press Enter to take what is in [brackets]; Ctrl-C writes nothing.")
    clinic = _asked("Name of your clinic", "--clinic-name", options.clinic_name, answers.line, asking)
    country = _asked("Country, such as US or United Kingdom", "--country", options.country, answers.country, asking)
    phone = _asked("Phone number that patients call", "--phone", options.phone,
                   lambda text: answers.phone(text, country), asking)  # fmt: skip
    emergency = _asked(f"Number that calls an ambulance in {country}", "--emergency-number", options.emergency_number,
                       lambda text: answers.emergency(text, country), asking,
                       answers.usual_emergency(country))  # fmt: skip
    address = _asked("Address, with a semicolon between lines (none: press Enter)", "--address", options.address,
                     answers.address, asking, " ")  # fmt: skip
    title = _asked("Title of your first leaflet", "--title", options.title, answers.line, asking, "My first leaflet")
    there = layoutfile.names(folders(Path(), "layouts"))
    layouts = _asked("Layouts", "--layout", " ".join(options.layout),
                     lambda text: answers.layouts(text.replace(",", " ").split(), there), asking,
                     " ".join(answers.usual_layouts(country)))  # fmt: skip
    begun = _asked("Languages to translate into, such as es ar (none: press Enter)", "--locale",
                   " ".join(options.locale), _languages(choosing.translation), asking, " ")  # fmt: skip
    host = _asked("Have every change checked at github or gitlab (neither: press Enter)", "--ci", options.ci,
                  answers.host, asking, " ")  # fmt: skip
    return answers.Answers(clinic, country, phone, emergency, title, layouts, address, begun, host)


def _only_emergency(country: str) -> str:
    from plainleaf.beginning import answers

    try:
        return answers.usual_emergency(answers.country(country))
    except answers.AnswerError:
        return ""


_EXAMPLE = '--clinic-name "Sample Clinic" --country US --phone "202-555-0142" --emergency-number 911'


def _languages(read: Callable[[str, tuple[str, ...]], str]) -> Callable[[str], tuple[str, ...]]:
    def names(text: str) -> tuple[str, ...]:
        from plainleaf.beginning.answers import AnswerError
        from plainleaf.languages.naming import known

        found = tuple(dict.fromkeys(read(word, ()) for word in text.replace(",", " ").split()))
        for name in found:
            if not known(name):
                raise AnswerError(f"“{name}” is not a known language", "write codes such as es, pt_BR or zh_Hans")
            if name == "en":
                raise AnswerError("a new leaflet is in English: it needs no translation into it", "leave out en")
        return found

    return names


def _asked(question: str, flag: str, given: str, read: Callable[[str], T], asking: bool, usual: str = "") -> T:
    """The value of a flag, or else what is typed, until it is right. Raises ``UsageError``."""
    if given or not asking:
        if not (given or usual):
            _right(read, "", flag)
        return _right(read, given or usual, flag)
    shown = f" [{usual.strip()}]" if usual.strip() else ""
    for _ in range(_MOST_TRIES):
        say(f"{question}{shown}: ", end="", flush=True)
        typed = sys.stdin.readline()
        if not typed:
            say()
            raise UsageError("the answers ended early, and nothing was written", "answer each question, or use flags")
        try:
            return read(typed.strip() or usual)
        except (ValueError, UsageError) as error:
            say(f"  {error}")
            say(f"  How to fix: {getattr(error, 'hint', 'type it again')}")
    raise UsageError(f"{flag} is needed, and nothing was written", "ask for help, or give it as a flag")


def _right(read: Callable[[str], T], text: str, flag: str) -> T:
    from plainleaf.beginning.answers import AnswerError

    try:
        return read(text)
    except AnswerError as error:
        raise UsageError(f"{flag}: {error}", error.hint) from error
