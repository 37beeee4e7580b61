"""What lies in the output folder beside what the sources say today: what is out of date, was never made, cannot be made
now, or is left over; and making it anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import editions, files, library, pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.actions import printed_words, relinking
from plainleaf.actions.choice import Choice, is_usual
from plainleaf.actions.memory import Memory
from plainleaf.actions.plan import Plan
from plainleaf.artifacts.manifest import Manifest, Result
from plainleaf.formats.base import FORMATS
from plainleaf.model import Artifact, Finding, Severity, plain
from plainleaf.project import Project
from plainleaf.typesetting import locales, pseudo

Answer = dict[str, Any]
Told = Callable[[Answer], None]

MADE, NONE, OLD, MISSING, STUCK = "made", "none", "old", "missing", "stuck"


@dataclass(frozen=True, slots=True)
class Lying:
    """``artifacts`` that are not as they are to be, each with how it is (``OLD``, ``MISSING``, ``STUCK``) and, of the
    last, why; ``left``: the files of nothing that can be published today; ``made``: how many are up to date.
    ``begun``: whether anything was ever published there."""

    artifacts: tuple[tuple[Artifact, str, str], ...] = ()
    left: tuple[str, ...] = ()
    made: int = 0
    begun: bool = True


def look(there: Project, today: date) -> Lying:
    """Compare a project with its output folder; nothing is written. Raises ``files.RefusedError``."""
    output = files.Root(there.root).inside(there.output)
    with closing(Manifest(output)) as manifest:
        paths = manifest.left(())
        remembered = manifest.remembered()
        memory = Memory(there, remembered)
        found = list(editions.editions(there, Choice(), today, memory))
        told = printed_words.told(there, found, editions.layouts_of(there, Choice()))  # as ``publish`` judges them
        judged = editions.with_files(there, told)
        lacking = relinking.read(remembered)
        plan = planning.plan(there, judged, there=paths, chosen=lambda _: False, memory=memory, lacking=lacking)
        known = [each for each in (*plan.wanted, *plan.kept) if each.locale not in pseudo.NAMES]
        listed = [(each, *_state(there, plan, manifest, each)) for each in known]
        unread = project.unread(there.root, there.leaflets)
        left = [path for path in manifest.left(each.path for each in known) if path.partition("/")[0] not in unread]
        made = sum(state == MADE for _, state, _ in listed)
        unusual = [artifact.path for artifact, state, _ in listed if state == MISSING and not is_usual(there, artifact)]
        wrong = tuple(each for each in listed if each[1] not in (MADE, NONE) and each[0].path not in unusual)
        return Lying(wrong, tuple(left), made, bool(paths))


def _state(there: Project, plan: Plan, manifest: Manifest, artifact: Artifact) -> tuple[str, str]:
    """How an artifact lies in the folder; and why it cannot be made today."""
    job, lies = plan.jobs.get(artifact.path), manifest.has(artifact.path)
    about = [*plan.problems.get((artifact.slug, artifact.locale), ()), *plan.faults.get(artifact.path, ())]
    errors = [each for each in about if each.severity is Severity.ERROR]
    if not lies:  # if it cannot be made, nobody can hand it out, and who has to act is said with its text
        return NONE if errors or not there.clinic else MISSING, ""
    if job:
        return MADE if manifest.is_current(job) else OLD, ""
    return STUCK, _why(errors) if there.clinic else "the clinic's details have mistakes"


def _why(errors: Sequence[Finding]) -> str:
    return f"{errors[0].message} ({errors[0].po or errors[0].at})" if errors else "its text has mistakes"


# --------------------------------------------------------------------------- errands


def lying(root: Path, clinic: str, today: date) -> Answer:
    """What is not as it is to be, for people."""
    there = project.load(root, clinic)
    found = look(there, today)
    return {
        "begun": found.begun,
        "made": found.made,
        "folder": there.output.relative_to(root).as_posix(),
        "files": [_file(there, *each) for each in found.artifacts],
        "left": list(found.left),
    }


def _file(there: Project, artifact: Artifact, state: str, why: str) -> Answer:
    leaflet = there.leaflets[artifact.slug]
    where = there.locales.get(artifact.locale) or locales.locale(artifact.locale)
    layout = there.layouts.get(artifact.layout)
    kind = layout.title if layout else dict(FORMATS)[artifact.format].title
    return {
        "path": artifact.path,
        "leaflet": artifact.slug,
        "title": plain(leaflet.meta.title.inlines),
        "language": where.english_name,
        "kind": ", ".join((kind, *artifact.looks)),
        "state": state,
        "why": why,
    }


def renew(root: Path, clinic: str, today: date, missing: bool, told: Told) -> Answer:
    """Make what is out of date, and what is ``missing`` if that is asked for; ``told`` hears how far it is."""
    there = project.load(root, clinic)
    if gone := editions.missing(there, Choice()):
        raise library.MissingPartsError(gone)
    states = {OLD, MISSING} if missing else {OLD}
    todo = [artifact for artifact, state, _ in look(there, today).artifacts if state in states]
    failed, done = dict[str, None](), 0
    for choice in _choices(there, todo):

        def heard(total: int, result: Result) -> None:
            nonlocal done
            done += 1
            told({"done": done, "of": max(len(todo), total), "file": result.job.path})

        outcome = pipeline.publish(there, choice, files.Root(root).inside(there.output), today, heard)
        failed |= dict.fromkeys(each.path for each in outcome.artifacts if not each.fresh)
    return {"done": True, "made": len(todo) - len(failed), "failed_files": len(failed)}


def _choices(there: Project, todo: Collection[Artifact]) -> Iterator[Choice]:
    """What makes these files, and no others: a run for each language that somebody has had set beside."""
    usual = [each for each in todo if is_usual(there, each)]
    others = [each for each in todo if each not in usual]
    if usual:
        yield Choice(paths=tuple(each.path for each in usual))
    for beside in dict.fromkeys(each.beside for each in others):
        own = [each for each in others if each.beside == beside]
        yield Choice(
            paths=tuple(each.path for each in own),
            looks=tuple(dict.fromkeys("+".join(each.looks) for each in own)),
            formats=tuple(dict.fromkeys(each.format for each in own)),
            beside=beside,
        )


def clear(root: Path, clinic: str, today: date, paths: Sequence[str]) -> Answer:
    """Delete files that are left over, those that somebody has seen and that are so still."""
    there = project.load(root, clinic)
    output = files.Root(root).inside(there.output)
    gone = [path for path in look(there, today).left if path in paths]
    for path in gone:
        files.Root(output).delete(output / path)
    return {"done": True, "deleted": gone}
