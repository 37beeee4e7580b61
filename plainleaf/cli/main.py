"""The command: its name, its arguments, what becomes of mistakes, how it ends. Only modules of this room print.

What each command does, step by step, is in the module of its name: ``publish``, ``check``, ``translate``, ``sign``,
``status``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from plainleaf.cli import check, exits, faults, names, publish, sign, status, translate, values
from plainleaf.cli import options as commandline
from plainleaf.cli.names import say
from plainleaf.files import writing as files
from plainleaf.model.usage import UsageError


def main(arguments: Sequence[str] | None = None, called: str = names.PACKAGE) -> int:
    """Run the command; gives the exit code. ``called``: what the user has typed to come here, for hints and help."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    with names.called_by(called), faults.kept() as kept:
        code = _run(given)
    if kept.texts and "--debug" in given:
        say(f"plainleaf: what failed inside is in {faults.write(kept)}: send it with your report", to=sys.stderr)
    return code


def _run(arguments: Sequence[str]) -> int:
    root = Path.cwd()
    try:
        options = commandline.parser().parse(arguments)
        root = values.root(options)
        return _COMMANDS[options.command](options)
    except UsageError as error:
        return _say_usage(error)
    except KeyboardInterrupt:
        say("stopped; what was finished is complete, nothing is half-written", to=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - nobody reads on; keeps Python from complaining
        return exits.ERRORS  # what was found may not have been told
    except files.RefusedError as error:
        return _say_refused(error, root)
    except OSError as error:
        faults.note()
        say(f"plainleaf: {error.filename or 'a file'}: {error.strerror or error}", to=sys.stderr)
        return exits.ERRORS
    except Exception as error:
        faults.note()
        again = "" if "--debug" in arguments else "; run it again with --debug, and send the file that it writes"
        said = " ".join(f"{type(error).__name__}: {error}".split())
        say(f"plainleaf: this is a mistake of Plainleaf's own ({said}){again}", to=sys.stderr)
        return exits.OURS


def _say_refused(error: files.RefusedError, root: Path) -> int:
    from plainleaf.reports import terminal as report

    say(report.findings([files.finding(error, root)]), to=sys.stderr)
    return exits.ERRORS


def _say_usage(error: UsageError) -> int:
    from plainleaf.reports import terminal as report

    if error.about:
        say(report.findings(error.about), to=sys.stderr)
    say(f"plainleaf: {error}", to=sys.stderr)
    say(f"    {error.hint}", to=sys.stderr)
    return exits.USAGE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "publish": publish.publish,
    "check": check.check,
    "extract": translate.extract,
    "update": translate.update,
    "init": translate.init,
    "approve": sign.approve,
    "sign-off": sign.sign_off,
    "status": status.status,
    "doctor": publish.doctor,
}
