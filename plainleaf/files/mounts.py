"""Folders of other machines, as Linux lists what is mounted where (proc(5), /proc/PID/mountinfo).

Such a folder looks like any other one, but memory that programs share through a file there is shared on this machine
alone, and so is the lock of a folder. Elsewhere than on Linux nothing is said of a folder: then it counts as one of
this machine.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = {
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip


def is_remote(folder: Path | str) -> bool:
    """Whether a folder may lie on another machine. What a program of a user provides (FUSE, as sshfs is one) counts as
    if it did."""
    with suppress(OSError, ValueError):
        device = os.stat(folder).st_dev  # noqa: PTH116
        own = f"{os.major(device)}:{os.minor(device)}"
        for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            place, _, system = line.partition(" - ")
            if place.split()[2:3] == [own]:
                kind = system.partition(" ")[0]
                return kind in _REMOTE or kind.startswith("fuse.")
    return False
