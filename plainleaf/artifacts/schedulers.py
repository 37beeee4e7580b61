"""How the scheduler of a ``dask.distributed`` cluster is reached: its address, certificates, and whether what listens
there is one."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.model.usage import UsageError

PATIENCE = 10.0  # seconds for a scheduler to answer, for a first worker to come
_QUIET = ("distributed", "tornado", "asyncio")  # what they log is no message for people
_ADDRESS = re.compile(r"(?P<how>tcp|tls)://(?:\[[0-9a-fA-F:.%\w]+\]|[\w.-]+):(?P<port>\d{1,5})")

NEEDED = "How to fix: install it, pip install 'plainleaf[cluster]'"
START = "plainleaf guide scale says how to start a scheduler and workers"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scheduler listens ("tcp://10.0.0.5:8786"), and the files for TLS: the authority that signs certificates,
    our own certificate, its key; "" each for what the configuration of ``distributed`` says."""

    address: str
    authority: str = ""
    certificate: str = ""
    key: str = ""


def checked(place: Place) -> Place:
    """The same. Raises ``UsageError`` if this cannot be an address, or what it needs is not there."""
    if find_spec("distributed") is None:
        raise UsageError("--scheduler needs the package “distributed”, which is not installed", NEEDED)
    found = _ADDRESS.fullmatch(place.address)
    if not found or not 0 < int(found["port"]) < 65536:
        hint = "How to fix: write it as the scheduler prints it when it starts: tcp://10.0.0.5:8786 or tls://..."
        raise UsageError(f"“{place.address}” is not the address of a scheduler", hint)
    tls = (place.authority, place.certificate, place.key)
    if any(tls) and found["how"] != "tls":
        hint = "How to fix: write tls:// in the address, or leave out the certificates"
        raise UsageError(f"certificates are given, but {place.address} is not encrypted", hint)
    for name in filter(None, tls):
        try:
            files.ANYWHERE.read(Path(name))
        except OSError as error:
            hint = "How to fix: use the certificates that belong to the scheduler; " + START
            raise UsageError(f"the file {name} for TLS could not be read: {error.strerror}", hint) from error
    return place


@contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, the library prints nothing: all that matters of it is said in our own words."""
    import distributed  # noqa: F401 - it sets its loggers up when it is imported

    loggers = [logging.getLogger(name) for name in _QUIET]
    names = [name for name in logging.Logger.manager.loggerDict if name.startswith("distributed.")]
    loggers += map(logging.getLogger, names)
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Do some work in a loop of its own; in another thread where this one is in a loop already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
    else:
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, work).result()


def client(place: Place) -> Any:
    """The library's client, once it is known that a scheduler listens: one that meets anything else may wait for ever,
    and leaves its own traceback when it ends."""
    import dask
    from distributed import Client
    from distributed.security import Security

    known = {"tls_ca_file": place.authority, "tls_client_cert": place.certificate, "tls_client_key": place.key}
    once_a_second = {"distributed.admin.tick.interval": "1s"}  # how often the library watches itself
    dask.config.set({"distributed.comm.timeouts.connect": PATIENCE, "distributed.comm.retry.count": 0, **once_a_second})
    try:
        own = {name: value for name, value in known.items() if value}
        security = Security(require_encryption=place.address.startswith("tls"), **own)
        _run(asyncio.wait_for(_greet(place.address, security), 2 * PATIENCE))
        return Client(place.address, timeout=PATIENCE, security=security, set_as_default=False, name="plainleaf")
    except OSError as error:  # TimeoutError is one
        raise UsageError(f"no scheduler answers at {place.address} ({said(error)})", unreachable(place)) from error
    except Exception as error:  # whoever listens there may say anything
        what = f"what answers at {place.address} is not a dask scheduler, or one of another version ({said(error)})"
        raise UsageError(what, unreachable(place)) from error


async def _greet(address: str, security: Any) -> None:
    """Raises any ``Exception`` if who listens does not call itself a scheduler."""
    from distributed.core import connect

    comm = await connect(address, timeout=PATIENCE, **security.get_connection_args("client"))
    try:
        await comm.write({"op": "identity", "reply": True})
        answer = await comm.read()
        if answer["type"] != "Scheduler":
            raise ValueError(f"it calls itself {answer['type']}")
    finally:
        comm.abort()


def unreachable(place: Place) -> str:
    tls = ", and its certificates" if place.address.startswith("tls") else ", and whether it asks for tls://"
    return f"How to fix: check that the scheduler is running and that its address is right{tls}; {START}"


def said(error: BaseException) -> str:
    """An error of the library in a line."""
    if isinstance(error, TimeoutError) and not str(error):
        return f"no answer for {2 * PATIENCE:.0f} s"
    inner = error.__cause__ or error
    return " ".join(f"{type(inner).__name__}: {inner}".split())[:300].rstrip(": ")
