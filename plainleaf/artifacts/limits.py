"""What a worker is given to do, and what is said of a task that takes more than it may, or that fails."""

from __future__ import annotations

import pickle
import tempfile
import traceback
from dataclasses import dataclass, replace

from plainleaf import files
from plainleaf.files import supplied
from plainleaf.files.supplied import Supplied
from plainleaf.formats.base import Limits, Made, Prepared, Write
from plainleaf.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does: ``write`` (a function of some module, as it is called in another process) what is
    prepared. ``reads``: absolute paths of all files that it opens for that; ``supplied``: where these lie at another
    machine, ``None`` on this one."""

    prepared: Prepared
    write: Write
    reads: tuple[str, ...] = ()
    supplied: Supplied | None = None


def packed(task: Task) -> bytes:
    """A task as it goes to the process that does it, which receives it as a value; without what only says whether its
    file is out of date, which is half of it."""
    prepared = replace(task.prepared, texts=(), shared=(), about="", printed=(), places=())
    return pickle.dumps(replace(task, prepared=prepared), pickle.HIGHEST_PROTOCOL)


def within(task: Task, limits: Limits) -> tuple[Made, str]:
    """What comes of a task, a finding if it fails; and the traceback of a mistake of our own, "" for none."""
    prepared = task.prepared
    try:
        with supplied.instead(task.supplied):
            made = task.write(prepared, limits)
        if not isinstance(made, Made):  # by a format of another package
            raise TypeError(f"{task.write.__module__} gave {type(made).__name__} and no Made")
        return made, ""
    except MemoryError:
        return _too_large(prepared, limits), ""
    except RecursionError:
        return unmade(prepared, "is nested too deeply to be laid out", "take some boxes or lists apart"), ""
    except OSError as error:  # of the machine, such as a full disk for temporary files: no fault of the text
        place = f" ({error.filename or tempfile.gettempdir()})"
        if way_out := files.way_out(error):
            return unmade(prepared, f"could not be made: {error.strerror}{place}", way_out), ""
        return _failed(prepared, error), traceback.format_exc()
    except Exception as error:  # a mistake of ours or of a library's: this file fails, the others go on
        return _failed(prepared, error), traceback.format_exc()


def _failed(prepared: Prepared, error: Exception) -> Made:
    hint = "report this, with the leaflet and what --debug writes"
    return unmade(prepared, f"failed: {type(error).__name__}: {error}", hint)


def _too_large(prepared: Prepared, limits: Limits) -> Made:
    """The result of a task that wanted more memory than our limit, or than a lower one of the system, lets it have."""
    import resource  # POSIX has it, alone

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    most = soft // 1024**2
    if soft != resource.RLIM_INFINITY and most < limits.megabytes:
        hint = "raise that limit, or look for a huge table or picture"
        return unmade(prepared, f"wanted more than {most} MB of memory, the limit of this system (ulimit -v)", hint)
    hint = f"look for a huge table or picture, or {setting('memory-limit', limits.megabytes)}"
    return unmade(prepared, f"wanted more than {limits.megabytes} MB of memory (memory-limit)", hint)


def setting(key: str, now: int, how: str = "larger") -> str:
    """How to raise a limit, or to lower it."""
    return f"write a {how} {key} than {now} below [tool.plainleaf] in pyproject.toml"


def unmade(prepared: Prepared, what: str, hint: str) -> Made:
    """The result of a task that a limit stopped."""
    return Made({}, (Finding("render-limit", Severity.ERROR, f"{prepared.name}: {what}", prepared.at, hint),))
