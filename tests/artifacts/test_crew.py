"""Who is given what: no worker more than it can begin, no task lost, and only a task's own doing counts against it."""

from __future__ import annotations

from plainleaf.artifacts.crew import Crew


def crew(*names: str, **threads: int) -> Crew:
    made = Crew(names)
    made.come(threads)
    return made


def test_each_worker_is_given_what_it_can_make_and_as_much_in_reserve() -> None:
    some = crew(*map(str, range(12)), a=1, b=2)
    assert sorted(where for _, where in some.given()) == ["a"] * 2 + ["b"] * 4
    some.done("0")
    assert len(list(some.given())) == 1


def test_the_last_tasks_wait_behind_no_other() -> None:
    some = crew("x", "y", a=1, b=1)
    assert dict(some.given()) == {"x": "a", "y": "b"}


def test_a_slow_worker_is_given_less() -> None:
    some = crew(*map(str, range(20)), slow=1, quick=1)
    turns = [list(some.given())]
    while some.waiting:
        some.done(next(iter(some.hands["quick"].tasks)))
        turns.append(list(some.given()))
    where = [address for turn in turns for _, address in turn]
    assert where.count("slow") == 2 and where.count("quick") == 18


def test_a_task_of_a_lost_worker_comes_last_elsewhere_and_alone() -> None:
    some = crew("x", "y", "z", a=2, b=2)
    begun = dict(some.given())
    assert some.lost(["b"]) == [("a", tuple(name for name, where in begun.items() if where == "a"))]
    for name in (name for name, where in begun.items() if where == "a"):
        assert not some.fallen(name, "a")
    assert not list(some.given())  # "b" is still at work
    for name in (name for name, where in begun.items() if where == "b"):
        some.done(name)
    first = list(some.given())
    assert [where for _, where in first] == ["b"]
    some.done(first[0][0])
    assert len(list(some.given())) == 1 and some.busy


def test_a_task_that_brings_three_workers_down_is_given_up_and_its_neighbour_is_not() -> None:
    some = crew("killer", "neighbour", a=2)
    assert len(list(some.given())) == 2
    given_up, address = list[str](), "a"
    while some.busy:
        if any("killer" in hand.tasks for hand in some.hands.values()):
            ((_, names),) = some.lost([])
            given_up += [name for name in names if some.fallen(name, address)]
            address = chr(ord(address) + 1)
            some.come({address: 2})
        else:
            some.done("neighbour")
        list(some.given())
    assert given_up == ["killer"] and some.falls == {"killer": ["a", "b", "c"], "neighbour": ["a"]}


def test_where_there_is_but_one_worker_it_may_try_again() -> None:
    some = crew("x", a=1)
    list(some.given())
    some.fallen("x", "a")
    assert list(some.given()) == [("x", "a")]


def test_files_that_were_lacking_count_against_nobody() -> None:
    some = crew("x", "y", a=1)
    list(some.given())
    some.again("x")
    assert dict(some.given()) == {"x": "a"} and not some.falls
