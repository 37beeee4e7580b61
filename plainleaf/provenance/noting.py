"""What a run notes of the files in its output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.actions import printing
from plainleaf.actions.plan import Plan
from plainleaf.approvals.signatures import Approvals
from plainleaf.artifacts.inputs import tools
from plainleaf.artifacts.manifest import Job, Manifest
from plainleaf.formats.base import Format
from plainleaf.model import Approval, Artifact, Edition
from plainleaf.project import Project
from plainleaf.provenance import former
from plainleaf.provenance.commits import commit
from plainleaf.provenance.differing import reason
from plainleaf.provenance.materials import Materials
from plainleaf.provenance.statement import FILE, MOST_BYTES, DamagedError, Entry, Signed, Statement, dumped, parsed
from plainleaf.typesetting import pseudo


def note(
    project: Project, plan: Plan, manifest: Manifest, everything: Iterable[Artifact], today: date
) -> Mapping[str, str]:
    """Write the statement of an output folder, if it is another one than before, and note what was replaced; gives, in
    words, why each artifact that is current would have been made anew (``differing.reason``).

    ``everything``: the artifacts as they lie there. What is made of today's sources is noted as it is today; of others,
    what was noted when they were made stays as long as their files do. Made-up languages, which nobody hands out, are
    left out. Raises ``files.RefusedError``, ``OSError``.
    """
    path = manifest.output / FILE
    fresh = [each for each in everything if each.fresh and not {each.locale, each.beside} & set(pseudo.NAMES)]
    known = dict(entries(project, plan, fresh, manifest))
    before = _before(path, manifest.output)
    why = {name: reason(before.artifacts.get(name), entry) for name, entry in known.items()}
    for name, entry in before.artifacts.items():
        if name not in known and _lies_there(entry, manifest):
            known[name] = entry
    if known or files.there(path):
        former.note(manifest.output, former.replaced(before, known, today))
        statement = Statement(project.clinic_name, dict(sorted(known.items())), project.asked_site)
        files.Root(manifest.output).save(path, dumped(statement))
    return why


def _before(path: Path, output: Path) -> Statement:
    """What an earlier run has noted; nothing if that is damaged."""
    try:
        return parsed(files.Root(output).read(path, MOST_BYTES))
    except files.RefusedError:
        raise
    except (OSError, DamagedError):
        return Statement()


def _lies_there(entry: Entry, manifest: Manifest) -> bool:
    """Whether all files of an entry are in the folder as they were noted. A name that leads out of it is no file."""
    return bool(entry.files) and all(manifest.digest(file) == digest for file, digest in entry.files.items())


def entries(
    project: Project, plan: Plan, artifacts: Iterable[Artifact], manifest: Manifest | None = None
) -> Iterator[tuple[str, Entry]]:
    """What artifacts are made from today, by path; with their files as they are noted in ``manifest``."""
    materials, at = Materials(project), commit(project.root)
    made_with = dict[str, Mapping[str, str]]()
    editions = {printing.key(edition): edition for edition in plan.editions}
    for artifact in artifacts:
        job = plan.jobs[artifact.path]
        both = [editions[artifact.slug, name] for name in (artifact.locale, artifact.beside) if name]
        parts = materials.of(artifact, job, both)
        yield (
            artifact.path,
            Entry(
                files=dict(manifest.files(artifact.path)) if manifest else {},
                leaflet=artifact.slug,
                locale=artifact.locale,
                beside=artifact.beside,
                layout=artifact.layout,
                looks=artifact.looks,
                format=artifact.format,
                content=job.content,
                materials=parts,
                tools=_tools(job, made_with),
                signatures=tuple(_signatures(project, both)),
                commit=at.name,
                uncommitted=at.differing(project.root, materials.paths(parts)) if at.name else (),
                version=both[0].version,
                digest=job.prepared.digest,
            ),
        )


def _tools(job: Job, known: dict[str, Mapping[str, str]]) -> Mapping[str, str]:
    """What a job's format works with; looked up once for each."""
    form: Format = job.form
    if form.name not in known:
        known[form.name] = tools(form)
    return known[form.name]


def _signatures(project: Project, editions: Iterable[Edition]) -> Iterator[Signed]:
    """Who has signed the source, and each translation of it on these pages."""
    for number, edition in enumerate(editions):
        if number == 0:
            own = edition.leaflet.own_locale
            yield _state("sign-off", own, edition.sign_off, project.sign_offs, edition.slug)
        if edition.draft or edition.approval:
            name = edition.locale.name
            there = project.approvals.get(name, Approvals())
            yield _state("approval", name, edition.approval, there, edition.slug)


def _state(what: str, locale: str, held: Approval | None, there: Approvals, slug: str) -> Signed:
    kept = there.records.get(slug)
    every = held.all if held else tuple(each.approval for each in kept.all) if kept else ()
    by = tuple(f"{each.by}, {each.on}" for each in every)
    if held:
        return Signed(what, locale, "signed" if all(each.signed for each in held.all) else "noted", by)
    return Signed(what, locale, "lapsed" if kept else "none", by)
