"""Checks on what an advice is about: people, parts of the body, complaints, medicines, and small words that turn it.

Each is a list of words for every language. What the source names and the translation does not, while it names another
thing of the same group, has become that other thing; what is only missing may be there in a word that no list has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plainleaf.checks.translation.cases import Case, Side
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.schema import MEDICINES
from plainleaf.model import Severity


@dataclass(frozen=True, slots=True)
class _Group:
    """Things of which one is not another. ``sure``: names of things; small words have other uses too.

    ``plain``: only where nothing is negated, since "do not ... or" is "and" in other languages.
    ``measure``: of a dose, by names that have one meaning: an error in a text of any length, by any source.
    """

    words: tuple[str, ...]
    sure: bool = False
    plain: bool = False
    measure: bool = False


_GROUPS = (
    _Group(("teaspoon", "tablespoon"), measure=True),
    _Group(("child", "adult"), sure=True),
    _Group(("doctor", "nurse", "pharmacist"), sure=True),
    _Group(
        (
            "nose",
            "mouth",
            "eye",
            "ear",
            "arm",
            "leg",
            "hand",
            "foot",
            "ankle",
            "wrist",
            "knee",
            "neck",
            "shoulder",
            "chest",
            "elbow",
            "finger",
            "throat",
        ),
        sure=True,
    ),
    _Group(("stomach", "chest", "heart", "kidney", "liver", "throat")),
    _Group(
        (
            "headache",
            "constipation",
            "tired",
            "vomit",
            "fever",
            "cough",
            "dizzy",
            "rash",
            "diarrhea",
            "itch",
            "swelling",
        )
    ),
    _Group(("food", "empty")),
    _Group(("now", "later")),
    _Group(("all", "one-of")),
    _Group(("even-if", "unless")),
    _Group(("must", "may"), plain=True),
)
# What every translation has to name, in whatever words: people to ask, complaints to watch for, conditions.
_NAMED = (
    "doctor", "nurse", "pharmacist", "child", "adult", "ankle", "wrist", "knee", "headache", "constipation",
    "vomit", "fever",
    "cough", "chew", "pregnant", "breastfeed", "alcohol", "only", "empty", "even-if", "unless", "tired",
    "nose", "mouth", "eye", "ear", "neck", "shoulder", "elbow", "kidney", "liver", "diarrhea", "dizzy", "rash", "itch",
    "swelling",
)  # fmt: skip
_IN_LISTS = frozenset(
    {"nose", "mouth", "eye", "ear", "neck", "shoulder", "rash", "itch", "swelling", "dizzy", "kidney"}
)
_PART_OF = {
    "knee": "leg",
    "ankle": "foot",
    "wrist": "hand",
    "foot": "leg",
    "hand": "arm",
    "elbow": "arm",
    "finger": "hand",
}  # what may be said for it
_LONG = 160, 60, 45, 80  # characters, beyond which a name, "and" and "or", "or" alone, "must" may be said otherwise
_SAID = {"one-of": "one of", "even-if": "even if", "empty": "on an empty stomach", "food": "with food"}
_JOINED = (" and ", " then ")
_ORDERED = (("child", "adult"), ("morning", "evening"), ("nose", "mouth"), ("left", "right"), ("hot", "cold"))


def _say(word: str) -> str:
    return _SAID.get(word, word)


def _exchanged(case: Case) -> Iterator[Problem]:
    if case.respelling:
        return
    source, target = case.source, case.target
    for group in _GROUPS:
        if group.plain and (source.has("word:not") or "?" in source.text or len(source.text) > _LONG[3]):
            continue
        known = [word for word in group.words if case.language.knows(f"word:{word}")]
        lost = [word for word in known if source.has(f"word:{word}") and not _says(target, word)]
        new = [word for word in known if target.has(f"word:{word}") and not source.has(f"word:{word}")]
        if lost and new:
            here = target.said(f"word:{new[0]}")
            what = f"the source says “{_say(lost[0])}”, the translation “{_say(new[0])}”{here}"
            yield Problem(what, "read it against the source", soft=not _certain(case, group, lost[0], new[0]))
    yield from _and_or(case)
    yield from _in_order(case)


def _certain(case: Case, group: _Group, lost: str, new: str) -> bool:
    """Names of things, in a text that is not too long, by words that more than one source has."""
    return group.measure or (group.sure and len(case.source.text) <= _LONG[0] and case.language.sure_of(lost, new))


def _and_or(case: Case) -> Iterator[Problem]:
    """One of two became both, or both one of two. "Not ... or" is "and" elsewhere, and so is much in longer texts."""
    source, target = case.source, case.target
    one, both = source.has("word:or"), source.has("word:and")
    if (
        one == both
        or _between_numbers(source)
        or source.has("word:not")
        or "?" in source.text
        or len(source.text) > _LONG[1]
    ):
        return
    there = target.has("word:or")
    near = len(source.text) <= _LONG[2] or target.has("word:and")
    if one and not there and near and case.language.knows("word:or"):
        yield Problem("the source says “or”, the translation does not", "read it against the source", soft=True)
    elif both and there and not target.has("word:and") and any(tag.startswith("unit:") for tag in source.tagged):
        yield Problem("the source says “and”, the translation “or”", "read it against the source", soft=True)


def _says(target: Side, word: str) -> bool:
    """Whether a translation has a word of these, or one for what it is a part of."""
    return target.has(f"word:{word}", f"word:{_PART_OF.get(word, word)}")


def _lost(case: Case) -> Iterator[Problem]:
    if case.respelling:
        return
    for word in _NAMED:
        tag = f"word:{word}"
        if case.source.has(tag) and case.language.knows(tag) and not _says(case.target, word) and not _kept(case, tag):
            if word in _IN_LISTS and "," not in case.source.text:
                continue  # of a picture's face it may be said otherwise
            yield Problem(f"“{_say(word)}” of the source seems to be missing", "read it against the source")
            return


def _kept(case: Case, tag: str) -> bool:
    """Whether the source's word is there as it is, as in the title of a journal."""
    return any(case.source.folded[hit.start : hit.end] in case.target.folded for hit in case.source.tagged[tag])


def _ever(case: Case) -> Iterator[Problem]:
    """ "Have you ever" is no "have you never"; in some languages one word is both."""
    if not case.source.has("word:ever") or case.source.has("word:not"):
        return
    ever = case.target.has("word:ever")
    nots = [hit for hit in case.target.tagged.get("word:not", ()) if "word:ever" not in hit.tags]
    if (case.target.has("word:never") and not ever) or (
        nots and case.language.spaced and case.language.knows("word:ever")
    ):
        what = f"the source asks “ever”, the translation “never”{case.target.said('word:never')}"
        yield Problem(what, "read it against the source")


def _between_numbers(side: Side) -> bool:
    """ "One or two tablets" is a range."""
    numbers = {edge for hit in side.hits if hit.tags[0].startswith("number:") for edge in (hit.start, hit.end)}
    return any(numbers & {hit.start - 1, hit.end + 1} for hit in side.tagged.get("word:or", ()))


# --------------------------------------------------------------------------- in which order


def _in_order(case: Case) -> Iterator[Problem]:
    """Two things that changed places: "adults 2, children 1" that became "children 2, adults 1"."""
    turned = _turned(case)
    named = [pair for pair in turned if pair != _FIGURES]
    if named and (set(turned.values()) == {True, False} or [*turned.values()] == [True]):
        first, second = next((pair for pair in named if turned[pair]), named[0])
        what = f"“{_say(first)}” and “{_say(second)}” have changed places"
        yield Problem(what, "read it against the source", soft=True)


_FIGURES = ("figure", "figure")


def _turned(case: Case) -> dict[tuple[str, str], bool]:
    """Pairs that both texts have once each, joined in the source by "and" or "then", and whether they are turned."""
    found: dict[tuple[str, str], bool] = {}
    for first, second in (*_ORDERED, ("whole", "half")):
        here, there = (_places(side, first, second) for side in (case.source, case.target))
        if here and there and _joined(case.source, here):
            found[first, second] = (here[0] < here[1]) != (there[0] < there[1])
    if figures := _figures(case):
        found[_FIGURES] = figures[0] != figures[1]
    return found


def _places(side: Side, *words: str) -> tuple[int, int] | None:
    places = [[hit.start for hit in side.tagged.get(_tag(word), ())] for word in words]
    return (places[0][0], places[1][0]) if [len(place) for place in places] == [1, 1] else None


def _tag(word: str) -> str:
    return "number:1/2" if word == "half" else f"word:{word}"


def _joined(side: Side, places: Sequence[int]) -> bool:
    between = side.folded[min(places) : max(places)]
    return any(word in between for word in (*_JOINED, ". "))


def _figures(case: Case) -> tuple[bool, bool] | None:
    """Whether the two figures of each text rise, where there are two, and the same."""
    from plainleaf.checks.translation.comparing import compare  # both import the cases

    source, target = compare(case).source.numbers, compare(case).numbers
    here, there = [number.value for number in source], [number.value for number in target]
    if len(here) != 2 or sorted(here) != sorted(there) or here[0] == here[1]:
        return None
    return here[0] < here[1], there[0] < there[1]


# --------------------------------------------------------------------------- medicines


def _medicines(case: Case) -> Iterator[Problem]:
    """Common medicines by name, also where no word to know explains them."""
    tags = [f"medicine:{name}" for name in MEDICINES]
    lost = [tag[9:] for tag in tags if case.source.has(tag) and not case.target.has(tag) and case.language.knows(tag)]
    new = [tag[9:] for tag in tags if case.target.has(tag) and not case.source.has(tag)]
    if new and (lost or case.source.has(*tags)):
        own = (lost or [tag[9:] for tag in tags if case.source.has(tag)])[0]
        what = f"the source says {own}, the translation {new[0]}{case.target.said(f'medicine:{new[0]}')}"
        yield Problem(what, f"these are two medicines: name {own}")
    elif lost and lost[0] not in case.target.folded:
        yield Problem(f"{lost[0]} seems to be missing", "name the medicine as the source does", soft=True)


CHECKS = (
    Check(
        "po-meaning",
        Severity.ERROR,
        "“Children” that became “adults”, a knee for an ankle, “may” for “must”: every word is right, and the advice is"
        " another.",
        _exchanged,
        (
            Example("es", "This mask is for children.", "Esta mascarilla es para adultos."),
            Example("de", "Tell us if your ankles swell.", "Sagen Sie uns, wenn Ihre Knie anschwellen."),
            Example("it", "You must tell the surgeon.", "Può informare il chirurgo."),
            Example("fr", "Give one teaspoon (5 ml).", "Donnez une cuillère à soupe (5 ml)."),
            Example("fr", "Call us if you have a fever or a cough.", "Appelez-nous en cas de fièvre et de toux."),
            Example("ro", "Take the tablet and the syrup each day.", "Luați comprimatul sau siropul în fiecare zi."),
            Example("de", "Adults: 2 tablets. Children: 1 tablet.", "Kinder: 2 Tabletten. Erwachsene: 1 Tablette."),
        ),
        (
            Example("es", "This mask is for children.", "Esta mascarilla es para niños."),
            Example("zh_Hans", "Take one or two tablets.", "服用一至两片。"),
            Example("ru", "Raise your arm.", "Поднимите руку."),
        ),
    ),
    Check(
        "po-lost",
        Severity.WARNING,
        "A complaint that fell out of a list, an “only” that is gone: the sentence stays whole, and says less or more.",
        _lost,
        (
            Example("es", "Use this cream only on healthy skin.", "Use esta crema sobre la piel sana."),
            Example("pl", "It may cause headache, constipation and fever.", "Może wywołać ból głowy i gorączkę."),
        ),
        (Example("es", "Use this cream only on healthy skin.", "Use esta crema solo sobre la piel sana."),),
    ),
    Check(
        "po-ever",
        Severity.WARNING,
        "Who is asked “have you never” and says “yes” has said the opposite.",
        _ever,
        (Example("es", "Have you ever had a seizure?", "¿Nunca ha tenido una convulsión?"),),
        (Example("es", "Have you ever had a seizure?", "¿Alguna vez ha tenido una convulsión?"),),
    ),
    Check(
        "po-medicine-name",
        Severity.ERROR,
        "Naltrexone for naloxone in the one line about an overdose: common medicines are compared by name, in every"
        " script, whether the leaflet explains them or not.",
        _medicines,
        (
            Example("pt", "Keep a naloxone spray at home.", "Tenha em casa um spray de naltrexona."),
            Example("ru", "Methadone helps.", "Метформин помогает."),
            Example("es", "Take ibuprofen.", "Tómelo."),
        ),
        (
            Example("pt", "Keep a naloxone spray at home.", "Tenha em casa um spray de naloxona."),
            Example("ja", "Take paracetamol.", "アセトアミノフェンを飲んでください。"),
        ),
        "ISMP list of confused drug names",
    ),
)
