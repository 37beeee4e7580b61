"""Pages for screens that lead to a file which a run could not make, or has left as it was: they are made again without
that way. The output folder remembers such files, so that the next run has these pages right at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plainleaf.actions import plan as planning
from plainleaf.actions.memory import Memory
from plainleaf.actions.plan import Plan
from plainleaf.artifacts.manifest import Job, Manifest
from plainleaf.formats.base import FORMATS
from plainleaf.model import Artifact, Edition, Finding
from plainleaf.project import Project

_NAME = "lacking"  # in the store, where paths of files and catalogs have an ending


def read(remembered: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """The paths of files that no page is to lead to, as an output folder remembers them."""
    try:
        paths = json.loads(remembered[_NAME][1])
        return frozenset(path for path in paths if isinstance(path, str))
    except (LookupError, ValueError, TypeError, RecursionError):
        return frozenset()


def written(lacking: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What is to be remembered of them."""
    return {_NAME: ("", json.dumps(sorted(lacking)))}


def lacking(plan: Plan, artifacts: Iterable[Artifact]) -> frozenset[str]:
    """What was planned and no page is to lead to, of artifacts as they lie after a run: other pages that are not there,
    files to print that are not what the sources say today either."""
    table = dict(FORMATS)

    def is_missed(artifact: Artifact) -> bool:
        form = table[artifact.format]
        return not artifact.fresh if form.for_printer else bool(form.index) and not artifact.made

    return frozenset(each.path for each in artifacts if each.path in plan.faults and is_missed(each))


def planned_again(
    project: Project,
    judged: Sequence[tuple[Edition, Sequence[Finding]]],
    plan: Plan,
    manifest: Manifest,
    missed: frozenset[str],
    changed: Iterable[str],
    memory: Memory,
) -> Iterator[Job]:
    """The jobs of pages that lie there as planned, of the leaflets of which files have ``changed``, as they are without
    ways to what is ``missed``. They take the place of those in the plan."""
    table = dict(FORMATS)
    slugs = {path.partition("/")[0] for path in changed}
    every = [each for each in (*plan.wanted, *plan.kept) if each.slug in slugs]
    pages = {each.path for each in every if table[each.format].index and each.path in plan.jobs}
    pages = {path for path in pages if manifest.is_current(plan.jobs[path])}
    if not pages:
        return
    own = [pair for pair in judged if pair[0].slug in slugs]
    formats = [form.name for form in table.values() if form.index]
    lying = [each.path for each in every if manifest.has(each.path)]
    again = planning.plan(
        project, own, there=sorted(pages), formats=formats, memory=memory, lying=lying, lacking=missed,
        chosen=lambda artifact: artifact.path in pages,
    )  # fmt: skip
    for path in sorted(pages & set(again.jobs)):
        plan.jobs[path] = again.jobs[path]
        yield again.jobs[path]
