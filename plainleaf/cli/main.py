"""The command: its name, its arguments, what becomes of mistakes, how it ends. Only modules of this room print.

What each command does, step by step, is in the module of its name: ``publish``, ``check``, ``translate``, ``sign``,
``status``, ``verify``, ``explain``, ``conformance``, ``read``, ``new``, ``preview``,
``screenshots``.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from plainleaf import files
from plainleaf.cli import (
    check,
    completion,
    conformance,
    exits,
    explain,
    faults,
    guide,
    locking,
    names,
    new,
    preview,
    publish,
    read,
    screenshots,
    sign,
    signals,
    status,
    streams,
    translate,
    values,
    verify,
)
from plainleaf.cli import options as commandline
from plainleaf.cli.names import say
from plainleaf.model.usage import UsageError

atexit.register(gc.freeze)  # a process that ends gives all back at once: not to be searched for garbage before


def main(arguments: Sequence[str] | None = None, called: str = names.PACKAGE) -> int:
    """Run the command; gives the exit code. ``called``: what the user has typed to come here, for hints and help."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    streams.ready()
    with names.called_by(called), _seldom_cleaned(), faults.kept() as kept:
        code = _run(given)
    if kept.texts and "--debug" in given:
        _say(faults.told(kept))
    return code


@contextmanager
def _seldom_cleaned() -> Iterator[None]:
    """While it lasts, garbage is searched for seldom: nearly all that a command reads stays until its end, and to walk
    through it again and again takes an eighth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run(arguments: Sequence[str]) -> int:
    root = Path()
    try:
        root = Path.cwd()
        with signals.heard():
            parser = commandline.parser()
            completion.answer(parser)
            options = parser.parse(arguments)
            root = values.root(options)
            if root != Path.cwd() and options.command not in names.ANYWHERE:
                names.at_root(str(options.root))
            locking.tidy(root)
            code = _COMMANDS[options.command](options)
            streams.flushed()
            return code
    except UsageError as error:
        return _say_usage(error)
    except KeyboardInterrupt as stopped:
        _say("stopped; files that were finished are complete, and nothing is half-written")
        return int(getattr(stopped, "code", 128 + signal.SIGINT))
    except BrokenPipeError:
        streams.give_up()
        return exits.ERRORS  # what was found may not have been told
    except (files.RefusedError, files.UnwrittenError) as error:
        return _say_refused(error, root)
    except OSError as error:
        faults.note()
        _say(f"plainleaf: {error.filename or 'a file or the output'}: {error.strerror or error}")
        if not error.filename:
            streams.give_up()
        if hint := files.way_out(error):
            _say(f"    How to fix: {hint}")
        return exits.ERRORS
    except MemoryError:
        _say("plainleaf: there is no memory left; files that were finished are complete, and nothing is half-written")
        _say("    How to fix: close other programs, raise the limit (ulimit -v), or name fewer leaflets")
        return exits.ERRORS
    except Exception as error:
        faults.note()
        if package := _uninstalled(error):
            _say(f"plainleaf: the Python package {package} is not installed for {sys.executable}")
            _say("    How to fix: install Plainleaf again; in a copy of it, type ./do in place of python publish.py")
            return exits.SYSTEM
        again = "" if "--debug" in arguments else "; run it again with --debug, and send the file that it writes"
        said = " ".join(f"{type(error).__name__}: {error}".split())
        _say(f"plainleaf: this is an error in Plainleaf itself ({said}){again}")
        return exits.OURS


def _uninstalled(error: Exception) -> str:
    """The package of others that could not be imported; "" if the error is another one."""
    name = (error.name or "") if isinstance(error, ModuleNotFoundError) else ""
    package = name.partition(".")[0]
    return "" if package == names.PACKAGE else package


def _say(text: str) -> None:
    """The last words of a run, whose terminal may be gone."""
    with suppress(OSError, ValueError):
        say(text, to=sys.stderr, flush=True)


def _say_refused(error: files.RefusedError | files.UnwrittenError, root: Path) -> int:
    from plainleaf.reports import terminal as report

    faults.note()
    _say(report.findings([files.finding(error, root)]))
    return exits.ERRORS


def _say_usage(error: UsageError) -> int:
    from plainleaf.reports import terminal as report

    if error.about:
        _say(report.findings(error.about))
    _say(f"plainleaf: {error}")
    _say(f"    {error.hint}")
    return exits.USAGE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "publish": publish.publish,
    "new": new.new,
    "preview": preview.preview,
    "check": check.check,
    "extract": translate.extract,
    "update": translate.update,
    "init": translate.init,
    "terms": translate.terms,
    "review": sign.review,
    "approve": sign.approve,
    "sign-off": sign.sign_off,
    "status": status.status,
    "verify": verify.verify,
    "explain": explain.explain,
    "guide": guide.guide,
    "completion": completion.completion,
    "conformance": conformance.conformance,
    "read": read.read,
    "screenshots": screenshots.screenshots,
    "doctor": publish.doctor,
}
