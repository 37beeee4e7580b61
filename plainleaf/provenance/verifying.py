"""Whether a file is, byte by byte, what the sources make today; if not, what has changed since. The same of a page of
paper, by the digest that is printed on it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from plainleaf import files
from plainleaf import project as projects
from plainleaf.actions import left_over
from plainleaf.actions import plan as planning
from plainleaf.actions.choice import Choice
from plainleaf.clinics import contacts
from plainleaf.editions import editions, with_files
from plainleaf.files.places import shown
from plainleaf.model import Artifact, Finding, Location, Severity, has_error
from plainleaf.provenance import former, noting
from plainleaf.provenance.differing import differences
from plainleaf.provenance.former import Former
from plainleaf.provenance.statement import FILE, MOST_BYTES, DamagedError, Entry, Statement, parsed

CHECK = "provenance"
CURRENT, OLD, CHANGED, UNKNOWN, UNREAD = "current", "out-of-date", "changed", "unknown", "unreadable"
_OTHER = "a day of review is past, or the leaflet has other languages"
_MOST_BYTES = 1_000_000_000  # of a file to look at


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file, or of a ``digest`` on paper, which ``file`` is then too. ``state``: one of those above;
    ``why``, in words, if it is not current, and ``hint`` what to do; ``artifact``: its path in the output
    folder, "" if unknown; ``changed``: the kind (a key of ``materials.KINDS``) and name of each part that is another
    one today, or was added or taken away."""

    file: str
    state: str
    sha256: str = ""
    artifact: str = ""
    clinic: str = ""
    entry: Entry | None = None
    changed: tuple[tuple[str, str], ...] = ()
    why: str = ""
    hint: str = ""
    digest: str = ""

    @property
    def good(self) -> bool:
        return self.state == CURRENT


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as a statement has it: the folder that this is of, the file's path there, its digest, its artifact."""

    folder: Path
    statement: Statement
    file: str
    sha256: str
    path: str

    @property
    def entry(self) -> Entry:
        return self.statement.artifacts[self.path]


@dataclass(frozen=True, slots=True)
class _Made:
    """What an artifact is made from today, and the command that makes it."""

    entry: Entry
    command: str


def verify(
    root: Path, given: Sequence[Path], output: Path | None, today: date, digests: Sequence[str] = ()
) -> tuple[tuple[Verdict, ...], tuple[Finding, ...]]:
    """What is known of each file, then of each short digest, in order, and what is wrong with the statements that say
    so. There is a verdict for each artifact with such a digest.

    These are looked for in the root's ``build/`` and its clinics' folders, or in ``output`` and the folders there, not
    beside the files, as who hands a file on could add one.
    """
    known, old, found = _known(root, output or root / "build")
    first = [_judged(path, known, old, bool(found)) for path in given]
    first += [each for digest in digests for each in _printed(digest, known, old)]
    asked = {(each.clinic, each.artifact) for each in first if each.state == CURRENT}
    now = dict[tuple[str, str], _Made | str]()
    for clinic in sorted({clinic for clinic, _ in asked}):
        own = (each for each in known if each.statement.clinic == clinic and (clinic, each.path) in asked)
        paths = {each.path: each.entry for each in own}
        lying = [each.path for each in known if each.statement.clinic == clinic]
        site = next((each.statement.site for each in known if each.statement.clinic == clinic), "")
        now |= {(clinic, path): entry for path, entry in _today(root, clinic, paths, today, lying, site).items()}
    return tuple(_compared(each, now) if each.state == CURRENT else each for each in first), tuple(found)


def _known(root: Path, output: Path) -> tuple[list[_Known], list[Former], list[Finding]]:
    """All files that the statements name, what was replaced, and what is wrong with the statements."""
    known, old, found, there = list[_Known](), list[Former](), list[Finding](), False
    for folder in (output, *(each for each in files.Root(output).listed(output) if each.is_dir())):
        path = folder / FILE
        old += former.known(folder)
        if not files.there(path):
            continue
        there = True
        try:
            statement = parsed(files.Root(output).read(path, MOST_BYTES))
        except (OSError, DamagedError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            hint = "delete it, and publish again: it will be written again"
            found.append(Finding(CHECK, Severity.ERROR, f"{why}, so it could not be used", _at(path, root), hint))
            continue
        known += [_Known(folder, statement, *subject) for subject in statement.subjects()]
    if not there:
        what = "there is no record of published files: publish writes it into this folder"
        hint = "run plainleaf publish; if that wrote into another folder, name it with --output"
        found.append(Finding(CHECK, Severity.ERROR, what, _at(output / FILE, root), hint))
    return known, old, found


def _at(path: Path, root: Path) -> Location:
    return Location(shown(path, root) if path.is_relative_to(root) else str(path))


def _judged(given: Path, known: Sequence[_Known], old: Sequence[Former], in_part: bool) -> Verdict:
    """What the statements say of a file; ``in_part``: one of them could not be read."""
    try:
        data = files.ANYWHERE.read(given, _MOST_BYTES)
    except OSError as error:
        why = (
            "there is no such file"
            if isinstance(error, FileNotFoundError)
            else f"it could not be read: {error.strerror}"
        )
        return Verdict(str(given), UNREAD, why=why, hint="name a file, such as build/my-leaflet/my-leaflet.en.a4.pdf")
    except ValueError:  # a name that no system has
        return Verdict(str(given), UNREAD, why="there is no such file", hint="correct its name")
    digest = hashlib.sha256(data).hexdigest()
    place = given.resolve()
    here = next((each for each in known if (each.folder / each.file).resolve() == place), None)
    named = here or next((each for each in known if _is_named(given, each.file)), None)
    same = [each for each in known if each.sha256 == digest]
    if same:
        return _of_bytes(given, digest, same, named)
    if before := next((each for each in old if digest in each.files), None):
        hint = f"hand out what {before.path} is today" if before.by else "do not hand it out"
        return Verdict(str(given), OLD, digest, before.path, before.clinic, why=before.why, hint=hint)
    if longer := _lengthened(data, known):
        why = f"it is {longer.file} with something added at its end, after it was made"
        hint = f"do not hand it out, and do not open what was added; hand out {longer.file}"
        return Verdict(str(given), CHANGED, digest, longer.path, longer.statement.clinic, why=why, hint=hint)
    if here:
        why = "somebody has changed it since it was made, or it is from an earlier run"
        hint = "do not hand it out; publish again to replace it"
        return Verdict(str(given), CHANGED, digest, here.path, here.statement.clinic, None, why=why, hint=hint)
    if named:
        why = f"it has the name of {named.file} but is another file: an earlier one, or one that somebody has changed"
        hint = f"hand out {named.file} instead"
        return Verdict(str(given), CHANGED, digest, named.path, named.statement.clinic, None, why=why, hint=hint)
    why = "no published file has this content or this name" + (
        ", as far as the list of files could be read" if in_part and known else ""
    )
    hint = (
        "do not hand it out unless you are sure where it is from: another folder, an earlier run, a copy for one person"
    )
    return Verdict(str(given), UNKNOWN, digest, why=why, hint=hint)


def _of_bytes(given: Path, digest: str, same: Sequence[_Known], named: _Known | None) -> Verdict:
    """Of a file whose bytes are those of ``same``: one with the name of another file (``named``) is taken for that."""
    mine = next((each for each in same if each == named), same[0])
    clinic = mine.statement.clinic
    if named is None or named in same or _is_named(given, mine.file):
        return Verdict(str(given), CURRENT, digest, mine.path, clinic, mine.entry)
    why = f"it has the name of {named.file} but is {mine.file} of the clinic “{clinic}”"
    hint = f"do not hand it out under this name; what belongs here is {named.file}: publish again"
    return Verdict(str(given), CHANGED, digest, mine.path, clinic, why=why, hint=hint)


def _is_named(given: Path, file: str) -> bool:
    """Whether a file has the name of a published one; in a folder of an edition's own, where every edition has files of
    the same names, with the folders that lead to it."""
    parts = Path(file).parts
    return given.parts[-len(parts) :] == parts if len(parts) > _FLAT else given.name == parts[-1]


_FLAT = 2  # parts of the path of an artifact that is one file, "inhaler/inhaler.en.a4.pdf"
_END = re.compile(rb"%%EOF|</html>")  # how files of our formats end, with a line end or two behind it
_MOST_ENDS = 100  # looked at: ours have one, and a file may be made of nothing else


def _lengthened(data: bytes, known: Sequence[_Known]) -> _Known | None:
    """The file that is the beginning of some bytes: a PDF may be added to at its end, and shows what is added."""
    by_digest, digest, done = {each.sha256: each for each in known}, hashlib.sha256(), 0
    for end in islice(_END.finditer(data), _MOST_ENDS):
        digest.update(data[done : end.end()])
        done = end.end()
        for more in (b"", b"\n", b"\r\n", b"\n\n"):
            whole = digest.copy()
            whole.update(more)
            if data.startswith(more, done) and (found := by_digest.get(whole.hexdigest())):
                return found
    return None


def _printed(digest: str, known: Sequence[_Known], old: Sequence[Former]) -> list[Verdict]:
    """What the statements say of a digest on paper; those of an artifact's files are one."""
    same = {(each.statement.clinic, each.path): each for each in known if each.entry.digest == digest}
    if same:
        return [
            Verdict(digest, CURRENT, "", each.path, each.statement.clinic, each.entry, digest=digest)
            for each in same.values()
        ]
    before = {(each.clinic, each.path): each for each in reversed(old) if each.digest == digest}
    if before:
        hint = "do not rely on the page: hand out what was published last"
        return [
            Verdict(digest, OLD, "", each.path, each.clinic, why=each.why, hint=hint, digest=digest)
            for each in before.values()
        ]
    why = "nothing that was ever published here has this digest: the page is from somewhere else"
    hint = "read it again; if it is right, do not rely on the page: hand out what was published last"
    return [Verdict(digest, UNKNOWN, why=why, hint=hint, digest=digest)]


# --------------------------------------------------------------------------- today


def _today(
    root: Path, clinic: str, paths: Mapping[str, Entry], today: date, lying: Iterable[str], site: str
) -> dict[str, _Made | str]:
    """What today's sources make these artifacts from, by path; in words why nothing, if they do not. ``lying``: all
    artifacts of the folder, to which they may lead; ``site``: where the run that made them put it on the web."""
    loaded = projects.load(root, clinic, site_url="" if contacts.wrong_site(site) else site)
    if loaded.clinic is None:
        return dict.fromkeys(paths, f"the clinic “{clinic}” no longer exists, or its file has errors")
    slugs = tuple(sorted({entry.leaflet for entry in paths.values()} & set(loaded.leaflets)))
    names = sorted({name for entry in paths.values() for name in (entry.locale, entry.beside) if name})
    found = list(editions(loaded, Choice(slugs, tuple(names)), today)) if slugs else []

    def asked(artifact: Artifact) -> bool:
        return artifact.path in paths

    plan = planning.plan(loaded, with_files(loaded, found), there=paths, chosen=asked, lying=lying)
    artifacts = [each for each in (*plan.wanted, *plan.kept) if each.path in plan.jobs and each.path in paths]
    by_path = {each.path: left_over.command(loaded, each) for each in artifacts}
    again = noting.entries(loaded, plan, artifacts)
    made: dict[str, _Made | str] = {path: _Made(entry, by_path[path]) for path, entry in again}
    for path, entry in paths.items():
        wrong = [*plan.problems.get((entry.leaflet, entry.locale), ()), *plan.faults.get(path, ())]
        why = (
            "its text has errors today"
            if has_error(wrong)
            else "its leaflet, language, layout or look no longer exists"
        )
        made.setdefault(path, why)
    return made


def _compared(verdict: Verdict, now: Mapping[tuple[str, str], _Made | str]) -> Verdict:
    """A file that was made here, beside what would be made today."""
    was, today = verdict.entry, now[verdict.clinic, verdict.artifact]
    assert was
    if isinstance(today, str):
        why = f"it would not be published today: {today}"
        return replace(verdict, state=OLD, why=why, hint="run plainleaf check, and do not hand it out")
    if verdict.digest and today.entry.digest == verdict.digest:
        return verdict
    if today.entry.content == was.content and today.entry.tools == was.tools:
        return verdict
    changed = tuple(differences(was, today.entry))
    why = f"publishing today would make another {'page' if verdict.digest else 'file'}"
    if not changed:
        why += f", although all files that it was made from are unchanged: {_OTHER}"
    return replace(verdict, state=OLD, changed=changed, why=why, hint=f"run {today.command}, and hand out the new one")
