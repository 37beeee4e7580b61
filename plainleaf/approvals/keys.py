"""Signatures by people's own SSH keys (``ssh-keygen -Y``, OpenSSH 8.9 or later), made and verified without a network.

Whose keys count is in ``allowed_signers`` at the root, in OpenSSH's format (ssh-keygen(1), ALLOWED SIGNERS); the
comment behind a key is the name and role that pages print. A key counts if it is valid both on the day it signed and
today. Commands are lists of arguments, never lines for a shell, and what is signed goes in by standard input.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from plainleaf import files
from plainleaf.model import Location

FILE = "allowed_signers"
NAMESPACE = "plainleaf"
PROGRAM = "ssh-keygen"
LONGEST = 100_000  # characters of a signature; a large RSA key makes 3,000
MOST_BYTES = 1_000_000  # of the file of signers
_SECONDS_TO_VERIFY, _SECONDS_TO_SIGN = 20, 180  # to sign, somebody may have to type a passphrase or touch a key
_INSTALL = f"install OpenSSH, which has {PROGRAM} (Debian, Ubuntu: sudo apt-get install openssh-client)"
_NAME_OF_TYPE = re.compile(r"(?:ssh|ecdsa-sha2|sk-ssh|sk-ecdsa-sha2)-[a-z0-9@.-]+")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_ARMOUR = re.compile(r"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----")


@dataclass(frozen=True, slots=True)
class Signers:
    """Whose keys count, as ``allowed_signers`` says it; ``fault``: why the file cannot be read."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a signature does not count, in words, and how to fix that; ``at``: where, if it is not in the signature."""

    what: str
    hint: str
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of ``allowed_signers``: its number, names, options, the key, and the comment."""

    number: int
    names: str
    options: str
    key: bytes
    who: str
    text: str

    @property
    def at(self) -> Location:
        return Location(FILE, self.number)

    @property
    def name(self) -> str:
        """The first of its names, "" if any of them may stand for somebody else."""
        names = self.names.strip('"')
        return "" if re.search(r"[*?!\s]", names) else next(filter(None, names.split(",")), "")


def signers(root: Path) -> Signers:
    """Whose keys count in a root folder; nobody's if there is no file. Never raises."""
    path = root / FILE
    if not files.there(path):
        return Signers()
    try:
        return Signers(files.Root(root).read(path, MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Signers(fault="is not UTF-8 text")
    except OSError as error:
        return Signers(fault=str(error) if isinstance(error, files.RefusedError) else f"{error.strerror}")


def _lines(text: str) -> list[_Line]:
    """The lines that hold a key."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        words = [(word.group(), word.end()) for word in _WORD.finditer(line)]
        if not words or words[0][0].startswith("#"):
            continue
        for at in (1, 2):
            if len(words) > at + 1 and _NAME_OF_TYPE.fullmatch(words[at][0]):
                key, who = _decoded(words[at + 1][0]), " ".join(line[words[at + 1][1] :].split())
                options = words[1][0] if at == 2 else ""
                who = who if who.isprintable() else ""
                found += [_Line(number, words[0][0], options, key, who, line.strip())] if key else []
                break
    return found


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def key_of(signature: str) -> bytes:
    """The public key that a signature says it was made with; b"" if it is no signature (PROTOCOL.sshsig)."""
    armour = _ARMOUR.fullmatch(signature.strip()) if len(signature) <= LONGEST else None
    data = _decoded(armour[1].replace("\n", "")) if armour else b""
    if data[:6] != b"SSHSIG" or len(data) < 14:
        return b""
    length = int.from_bytes(data[10:14], "big")
    return data[14 : 14 + length] if 0 < length <= len(data) - 14 else b""


def shown(key: bytes) -> str:
    """A key as people compare it: "SHA256:..."."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


# --------------------------------------------------------------------------- verifying


def verify(data: bytes, signature: str, by: str, on: date, today: date, among: Signers) -> Fault | None:
    """Whether somebody who may has signed exactly ``data``: ``by`` ("Name, role"), ``on`` a day that the signature
    covers. What is wrong, ``None`` if nothing is."""
    key = key_of(signature)
    if not key:
        return Fault("this is not a signature made by ssh-keygen", "undo the change, or sign again")
    if among.fault:
        return Fault(f"{FILE} {among.fault}", f"fix {FILE}: until then no signature can be verified", Location(FILE))
    own = [line for line in _lines(among.text) if line.key == key]
    if not own:
        return Fault(f"the key {shown(key)} is not in {FILE}", _to_allow(key, by))
    named = [line for line in own if line.who == by]
    if not named:
        whose = f"“{own[0].who}”" if own[0].who else "nobody in particular"
        what = f"the key belongs to {whose}, not to “{by}”"
        return Fault(
            what, f"write --by exactly as the name after the key in {FILE}, or correct the name there", own[0].at
        )
    faults = [_fault_of(data, signature, line, on, today) for line in named]
    return None if None in faults else faults[0]


def _fault_of(data: bytes, signature: str, line: _Line, on: date, today: date) -> Fault | None:
    """What keeps one line from allowing a signature."""
    if not line.name or "cert-authority" in line.options.lower():
        what = "this line is not for a single person"
        return Fault(what, "begin it with one name, without * and ?, followed by that person's own key", line.at)
    if not program():
        return Fault(f"it could not be verified: {PROGRAM} is not installed", _INSTALL)
    for day in dict.fromkeys((on, max(on, today) if today < date.max else on)):
        if fault := _asked(data, signature, line, day):
            return fault
    return None


@lru_cache(maxsize=4096)
def _asked(data: bytes, signature: str, line: _Line, day: date) -> Fault | None:
    with files.scratch() as folder:
        allowed, own = folder / FILE, folder / "signature"
        files.Root(folder).save(allowed, f"{line.text}\n".encode())
        files.Root(folder).save(own, f"{signature.strip()}\n".encode("ascii"))
        options = ["-f", str(allowed), "-I", line.name, "-n", NAMESPACE, "-s", str(own)]
        options += ["-O", f"verify-time={day:%Y%m%d}120000"]
        done = _run([PROGRAM, "-Y", "verify", *options], data, _SECONDS_TO_VERIFY, quiet=True)
    if isinstance(done, Fault):
        return done
    code, said = done
    return None if code == 0 else _reason(said, line, day)


def _reason(said: str, line: _Line, day: date) -> Fault:
    """What ``ssh-keygen`` means. Its words are not passed on."""
    if "expired" in said:
        hint = f"sign again with a key that is valid, or correct valid-before in {FILE}"
        return Fault(f"the key of “{line.who}” was no longer valid on {day}", hint, line.at)
    if "not yet valid" in said:
        hint = f"sign again once it is valid, or correct valid-after in {FILE}"
        return Fault(f"the key of “{line.who}” was not yet valid on {day}", hint, line.at)
    if "not permitted for use in signature namespace" in said:
        hint = f'add {NAMESPACE} to namespaces="..." in {FILE}'
        return Fault(f"the key of “{line.who}” is not allowed to sign leaflets", hint, line.at)
    if "usage:" in said or "unknown option" in said or "illegal option" in said or "Invalid option" in said:
        return Fault(
            f"it could not be verified: {PROGRAM} on this machine is too old", f"{_INSTALL}, version 8.9 or later"
        )
    if "incorrect signature" in said or "invalid format" in said:
        return Fault("it does not match the text, which was changed after it was signed", "undo the change")
    return Fault(
        f"{PROGRAM} does not confirm it", f"compare the line of “{line.who}” with its key, or sign again", line.at
    )


def _to_allow(key: bytes, by: str) -> str:
    """How to let a key count."""
    length = int.from_bytes(key[:4], "big")
    kind = key[4 : 4 + length].decode("ascii", "replace")
    if not _NAME_OF_TYPE.fullmatch(kind):
        return "sign again with a key that is listed there"
    name = re.sub(r"[^a-z0-9]+", ".", by.partition(",")[0].casefold()).strip(".") or "name"
    line = f"{name} {kind} {base64.b64encode(key).decode()} {by}"
    return f"if it is theirs, whoever is responsible for this folder adds this line to {FILE}: {line}"


# --------------------------------------------------------------------------- signing


def sign(data: bytes, key: Path) -> str | Fault:
    """A signature by somebody's key: their private file, or the public one if an agent or a token holds the other."""
    if not program():
        return Fault(f"signing with a key is not possible: {PROGRAM} is not installed", _INSTALL)
    if not key.is_file():
        return Fault(
            f"there is no key {key}", "make one with: ssh-keygen -t ed25519; then sign with --key ~/.ssh/id_ed25519"
        )
    done = _run([PROGRAM, "-Y", "sign", "-f", str(key), "-n", NAMESPACE], data, _SECONDS_TO_SIGN, quiet=False)
    if isinstance(done, Fault):
        return done
    code, said = done
    if code or not key_of(said):
        hint = (
            "is it a private key, and is the passphrase right? A public key works only if ssh-agent has the private one"
        )
        return Fault(f"{PROGRAM} could not sign with {key}", hint)
    return said.strip()


def program() -> str:
    """Where ``ssh-keygen`` is, "" if there is none."""
    return shutil.which(PROGRAM) or ""


def _run(command: list[str], data: bytes, seconds: int, quiet: bool) -> tuple[int, str] | Fault:
    """The exit code of a command and what it says; ``quiet``: of nobody is anything asked."""
    environment = {"PATH": os.environ.get("PATH", os.defpath)} if quiet else dict(os.environ)
    environment |= {"LC_ALL": "C", "TZ": "UTC0"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return Fault(
            f"{PROGRAM} did not answer within {seconds} seconds", "try again; does a security key need to be touched?"
        )
    except (OSError, ValueError) as error:
        return Fault(f"{PROGRAM} could not be started: {error}", _INSTALL)
    return done.returncode, (done.stdout + (done.stderr if done.returncode else b"")).decode("utf-8", "replace")
