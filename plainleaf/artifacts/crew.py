"""Which worker of a cluster is given which task, and what is to be done when one is lost. Pure bookkeeping.

The cluster's own scheduler would be told of all tasks at once, hold all that they are made from, and blame a lost
worker on each task that waited there. So each worker is given no more than it can begin, and as much in reserve. A task
whose worker was lost is tried again last, elsewhere and with nothing else beside it, so that the next loss can only be
its own doing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_FALLS = 3  # workers that a task may bring down before it is given up


@dataclass(slots=True)
class Hand:
    """A worker: how many tasks it can make at a time, and the names of those that it has."""

    address: str
    threads: int
    tasks: list[str] = field(default_factory=list)


class Crew:
    """The workers that there are, and the tasks that wait, by name."""

    def __init__(self, names: Iterable[str]) -> None:
        self.waiting = deque(names)
        self.suspects = deque[str]()  # they wait for a worker of their own
        self.hands = dict[str, Hand]()
        self.falls = dict[str, list[str]]()  # at which workers each task was when they were lost

    @property
    def busy(self) -> bool:
        """Whether anything is still to be made, or being made."""
        return bool(self.waiting or self.suspects or any(hand.tasks for hand in self.hands.values()))

    def come(self, threads: Mapping[str, int]) -> None:
        """Take on workers, by address, with what each can make at a time."""
        self.hands |= {address: Hand(address, max(1, count)) for address, count in threads.items()}

    def given(self) -> Iterator[tuple[str, str]]:
        """What is to be begun now: tasks, each with the address of its worker."""
        while self.waiting and (hand := self._free()):
            yield self._give(hand, self.waiting.popleft())
        while not self.waiting and self.suspects and (hand := self._empty(self.suspects[0])):
            yield self._give(hand, self.suspects.popleft())

    def _give(self, hand: Hand, name: str) -> tuple[str, str]:
        hand.tasks.append(name)
        return name, hand.address

    def _free(self) -> Hand | None:
        """The worker that has least to do, if it can take more; not one that tries a suspect."""
        each = 2 if len(self.waiting) > sum(hand.threads for hand in self.hands.values()) else 1
        free = [
            hand
            for hand in self.hands.values()
            if len(hand.tasks) < each * hand.threads and not any(name in self.falls for name in hand.tasks)
        ]
        return min(free, key=lambda hand: len(hand.tasks) / hand.threads, default=None)

    def _empty(self, name: str) -> Hand | None:
        """A worker with nothing to do, where this task has not been, if there are others at all."""
        fresh = [hand for hand in self.hands.values() if hand.address not in self.falls[name]]
        return next((hand for hand in fresh or self.hands.values() if not hand.tasks), None)

    def done(self, name: str) -> None:
        """A task has come back."""
        for hand in self.hands.values():
            if name in hand.tasks:
                hand.tasks.remove(name)

    def again(self, name: str) -> None:
        """A task is to be begun anew, which nobody is to blame for."""
        self.done(name)
        (self.suspects if name in self.falls else self.waiting).appendleft(name)

    def fallen(self, name: str, address: str) -> bool:
        """Its worker, or the process that it had there, was lost; whether the task is given up now."""
        self.done(name)
        self.falls.setdefault(name, []).append(address)
        if len(self.falls[name]) >= MOST_FALLS:
            return True
        self.suspects.append(name)
        return False

    def left(self) -> list[str]:
        """The tasks that have not come back; none of them is to be made any more."""
        names = [*self.waiting, *self.suspects, *(name for hand in self.hands.values() for name in hand.tasks)]
        self.waiting.clear()
        self.suspects.clear()
        for hand in self.hands.values():
            hand.tasks.clear()
        return names

    def lost(self, there: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Let workers go that are not ``there`` any more; their addresses with the tasks that they had."""
        gone = [address for address in self.hands if address not in set(there)]
        return [(address, tuple(self.hands.pop(address).tasks)) for address in gone]
