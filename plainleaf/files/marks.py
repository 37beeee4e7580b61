"""Whether a file is the one that was read earlier, by what the system says of it, without reading it again."""

from __future__ import annotations

import os
import stat
import time

# How long ago a file must have changed, in nanoseconds, before what the system says of it can be trusted: two changes
# at nearly the same time leave the same marks. The clocks of network folders and of FAT tick every two seconds.
STEADY_NS = 2_000_000_000


def now() -> int:
    """The time that marks are compared with, in nanoseconds: to be taken before a file is read."""
    return time.time_ns()


def mark(about: os.stat_result) -> str:
    """Where a regular file lies, how large it is and when it was changed; "" for anything else. It is another one after
    any change, also by a program that sets the time of change back: the inode's own time cannot be set."""
    if not stat.S_ISREG(about.st_mode):
        return ""
    return f"{about.st_dev}.{about.st_ino}.{about.st_size}.{about.st_mtime_ns}.{about.st_ctime_ns}"


def steady(about: os.stat_result, began: int) -> bool:
    """Whether what was read at that time is what this mark will always stand for. A time that lies ahead, as after the
    clock was set back, stands for nothing."""
    return 0 <= max(about.st_mtime_ns, about.st_ctime_ns) < began - STEADY_NS


def marked(path: str, began: int) -> str:
    """The mark of a file that was read at that time and not changed since; "" if that is not sure."""
    try:
        about = os.lstat(path)
    except OSError:
        return ""
    return mark(about) if steady(about, began) else ""
