"""An argument parser that answers wrong usage as the rest of the command does: what is wrong, and the nearest name."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NoReturn

from plainleaf.cli.names import COMMANDS, OLD_NAMES, called
from plainleaf.model import phrases
from plainleaf.model.usage import UsageError

# What other programs, and people, call our options and commands.
_OTHER_WORDS = {
    "--lang": "--locale", "--language": "--locale", "--languages": "--locale", "--locales": "--locale",
    "--out": "--output", "--out-dir": "--output", "--outdir": "--output", "--output-dir": "--output", "-o": "--output",
    "--design": "--layout", "--template": "--layout", "--style": "--look", "--theme": "--look", "--dir": "--root",
    "--project": "--root", "--silent": "--quiet", "--name": "--by", "--author": "--by", "--type": "--format",
    "--report": "--format",
    "--strict": "--fail-on", "--crop-marks": "--marks", "--bleed": "--marks", "-v": "--version", "-V": "--version",
    "make": "publish", "render": "publish", "run": "publish", "generate": "publish", "lint": "check", "test": "check",
    "validate": "check", "verify": "check", "create": "new", "start": "new", "begin": "new",
    "add": "new", "sync": "update", "merge": "update",
    "sign": "sign-off", "signoff": "sign-off", "progress": "status", "report": "status", "pot": "extract",
    "rule": "explain",
}  # fmt: skip
_CHOICE = re.compile(
    r"argument (?P<what>[^:]+): invalid choice: (?P<quote>['\"])(?P<name>.*)(?P=quote) \(choose from .*"
)
_VALUE = re.compile(r"argument (?P<what>[^:]+): expected (?:one|at least one) argument")
_MISSING = re.compile(r"the following arguments are required: (?P<what>.+)")


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse prints its usage and ends the process."""

    commands: Mapping[str, Parser] = MappingProxyType({})
    given: Sequence[str] = ()  # what was typed

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options that the arguments ask for; "publish" if they name no command. Raises ``UsageError``."""
        whole = self._with_command(list(arguments))
        for each in (self, *self.commands.values()):
            each.given = whole
        options, rest = self.parse_known_args(whole)
        if not rest:
            return options
        parser = self.commands[options.command]
        wrong = next((word for word in rest if word.startswith("-")), rest[0])
        if not wrong.startswith("-"):
            raise UsageError(f"{options.command} does not take “{wrong}”", _help(options.command))
        name = wrong.partition("=")[0]
        what = f"{options.command} has no option {name}"
        raise UsageError(f"{what}{meant(name, parser.flags())}", _help(options.command))

    def flags(self) -> list[str]:
        """The options, as they are typed."""
        return [flag for action in self._actions for flag in action.option_strings]

    def _with_command(self, arguments: list[str]) -> list[str]:
        """The arguments with their command in full. Options of a command that is left out belong to "publish"."""
        takes = {flag: action.nargs != 0 for action in self._actions for flag in action.option_strings}
        at = 0
        while at < len(arguments) and (flag := arguments[at].partition("=")[0]) in takes:
            follows = takes[flag] and "=" not in arguments[at]
            if flag in ("-h", "--help", "--version") or (follows and at + 1 == len(arguments)):
                return arguments
            at += 2 if follows else 1
        before, word, after = arguments[:at], "".join(arguments[at : at + 1]), arguments[at + 1 :]
        word = OLD_NAMES.get(word, word)
        if word in self.commands:
            return [*before, word, *after]
        if word.startswith("-") or not word:
            return [*before, COMMANDS[0], *arguments[at:]]
        near = meant(word, COMMANDS)
        leaflet = "" if near else f"; to publish one leaflet: {called()} {COMMANDS[0]} {word}"
        hint = f"there are: {', '.join(COMMANDS)}; {called()} --help says what they do{leaflet}"
        raise UsageError(f"there is no command “{word}”{near}", hint)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with argparse's message in plain words."""
        command = self.prog.rpartition(" ")[2] if self.prog != called() else ""
        if found := _CHOICE.fullmatch(message):
            there = self._choices(found["what"])
            near, option = meant(found["name"], there), self._typed(found["what"])
            if not option.startswith("-"):
                begins = f"{command} is followed by {phrases.listed(there)}"
                raise UsageError(f"{begins}, not by “{found['name']}”{near}", self._example(command))
            raise UsageError(f"“{found['name']}” is not a value of {option}{near}", f"there are: {', '.join(there)}")
        if found := _VALUE.fullmatch(message):
            raise UsageError(f"{self._typed(found['what'])} needs a value after it", _help(command))
        if found := _MISSING.fullmatch(message):
            needed = phrases.listed(found["what"].split(", "), "and")
            raise UsageError(f"{command} needs {needed}", self._example(command))
        raise UsageError(message, _help(command))

    def _example(self, command: str) -> str:
        """How a command is typed with what it cannot do without."""
        parts = [called(), command]
        for action in (each for each in self._actions if each.required or not each.option_strings):
            names = action.metavar or (" | ".join(action.choices) if action.choices else action.dest)
            shown = names if isinstance(names, str) else " ".join(names)
            parts.append(f"{action.option_strings[0]} {shown}" if action.option_strings else shown)
        return f"type: {' '.join(parts)}; {_help(command)}"

    def _typed(self, what: str) -> str:
        """An option as it was typed last: argparse names all its names, "--locale/-l"."""
        names = what.split("/")
        typed = [word.partition("=")[0] for word in self.given]
        return next((word for word in reversed(typed) if word in names), names[0])

    def _choices(self, what: str) -> list[str]:
        for action in self._actions:
            if action.choices and what in ("/".join(action.option_strings), action.metavar, action.dest):
                return list(action.choices)
        return []


def _help(command: str) -> str:
    return f"for help: {called()} {command} --help" if command else f"for help: {called()} --help"


def meant(word: str, known: Sequence[str]) -> str:
    """A sentence's end with the known name that was probably meant ("; did you mean “--locale”?"), or ""."""
    other = _OTHER_WORDS.get(word.casefold())
    return f"; {phrases.meant(other)}" if other and other in known else phrases.nearest(word, list(known))
