"""Kills runs at random moments and says what was half-written, lost, or left: ``python -m tests.kills``.

Our code enters what is noted of each file that was made, so it must stay as it is while this runs: else what a later
run notes differs from the unbroken one for that alone. If it has changed, nothing is concluded.
"""

from __future__ import annotations

import argparse
import random
import signal
import tempfile
from collections import Counter
from pathlib import Path

from tests.kills import killing


def main() -> int:
    """1 if anything was half-written, lost or left; 2 if the code was changed meanwhile."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other moments")
    parser.add_argument("--command", action="append", choices=[*killing.COMMANDS], help="only this, or these")
    parser.add_argument("--signal", default="KILL", choices=["KILL", "TERM", "HUP", "INT"])
    options = parser.parse_args()
    number = signal.Signals[f"SIG{options.signal}"]
    commands = options.command or [*killing.COMMANDS]
    chance, code = random.Random(options.seed), killing.code()
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        folder = Path(name)
        killing.world(folder / "first")
        about = {}
        for command in commands:
            (folder / command).mkdir()
            about[command] = killing.reference(folder / "first", folder / command, command)
        done = []
        for count in range(options.kills):
            command = commands[count % len(commands)]
            done.append(killing.kill(about[command], command, folder / "killed", chance, number))
            if killing.code() != code:
                print("the code has been changed while this ran: start it again, best in a copy of the repository")
                return 2
            for each in (*done[-1].partial, *done[-1].lost, *done[-1].left):
                print(f"{command} at {done[-1].when}: {each}", flush=True)
    for command in commands:
        mine = [each for each in done if each.command == command]
        ends = Counter("ended first" if each.code == 0 else "ended by it" for each in mine)
        print(f"{command}: {len(mine)} times {number.name}, {dict(ends)}, of them good: {sum(e.good for e in mine)}")
    partial, lost, left = (sum(bool(getattr(each, kind)) for each in done) for kind in ("partial", "lost", "left"))
    print(
        f"{len(done)} times {number.name}: {partial} with half-written files, {lost} lost something, {left} left-overs"
    )
    return int(partial + lost + left > 0)


if __name__ == "__main__":
    raise SystemExit(main())
