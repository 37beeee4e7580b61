"""Checks on short forms: letters in place of how often, by which way, which unit, which medicine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from plainleaf.checks.source.dose_words import WORD, Form, letters
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import DO_NOT_USE, ISMP, Check, Example, Problem, examples
from plainleaf.languages.digits import ROMAN
from plainleaf.model import Severity

_AUSTRALIA = "Australian Commission on Safety and Quality in Health Care, safe use of medicines terminology (2024)"

_LAST_WORD = re.compile(r"([^\W\d_]+)[ ,(]*$")
_POSTCODE = re.compile(r",? \d{5}")
_ENDS = re.compile(r"\s*(?:$|[.,;:!?)])")


def hits(passage: Passage, group: str) -> Iterator[tuple[str, Form]]:
    """The short forms of a group that stand in a text, each as written, with what it means."""
    forms, pattern = passage.words.forms[group]
    for match in passage.find(pattern, passage.text) if forms else ():
        said = match[0].strip()
        before, after = passage.text[: match.start()], passage.text[match.end() :]
        for form in forms.get(letters(said), ()):
            if _is(form, said) and _fits(passage, form, said, before, after):
                yield said, form
                break


def _is(form: Form, said: str) -> bool:
    """Whether this is the form: capitals and inner points count where it has some."""
    if form.exact and said.rstrip(".") != form.text:
        return False
    return ("." in form.text.rstrip(".")) == ("." in said.rstrip("."))


def _fits(passage: Passage, form: Form, said: str, before: str, after: str) -> bool:
    words = passage.words
    if before.rstrip().lower().endswith(f"{form.better.lower()} ("):
        return False  # spelt out first, so that readers know it on the pack
    word = re.match(r" ?([^\W\d_]+)", after)
    if (word and words.has("boxes", word[1].lower())) or _POSTCODE.match(after):
        return False
    last = _LAST_WORD.search(before)
    if ROMAN.fullmatch(said) and last and (words.has("stages", last[1].lower()) or _is_name(last, passage)):
        return False
    if not form.in_dose:
        initials = "." in said.rstrip(".") and said.isupper() and re.match(r" [A-Z][a-z]", after)
        return not initials or _in_dose(passage, said, before, after)
    if last and words.has("articles", last[1].lower()):
        return False
    return _in_dose(passage, said, before, after)


def _is_name(last: re.Match[str], passage: Passage) -> bool:
    """Whether "IV" follows a name ("Henry IV"): a word with a capital inside a sentence, or none of taking."""
    return last[1].istitle() and not passage.words.has("verbs", last[1].lower())


def _in_dose(passage: Passage, said: str, before: str, after: str) -> bool:
    words = passage.words
    if passage.in_cell and not before.strip() and not after.strip(" ."):
        return bool(words.pattern(WORD, "columns").search(passage.heads))
    if words.has("words", said.lower()) and passage.text.isupper():
        return False
    if words.dose_before.search(passage.marked[: len(before)]):
        return True
    return (not said.islower() or bool(_ENDS.match(after))) and bool(words.taking_before.search(before))


# --------------------------------------------------------------------------- how often, which way, which medicine


def _group(group: str, why: str) -> Callable[[Passage], Iterator[Problem]]:
    def run(passage: Passage) -> Iterator[Problem]:
        for said, form in hits(passage, group):
            yield Problem(f"“{said}” {why}", f"write “{form.better}”")

    return run


def _places(passage: Passage) -> Iterator[Problem]:
    if passage.words.pattern(WORD, "drops").search(f"{passage.text} {passage.heads}"):
        yield from _group("place", "is taken for another eye or ear")(passage)


def _overdose(passage: Passage) -> Iterator[Problem]:
    forms, pattern = passage.words.forms["overdose"]
    for match in passage.find(pattern, passage.text) if forms else ():
        said = match[0].rstrip(".")
        before = _LAST_WORD.search(passage.text[: match.start()])
        led = bool(before and passage.words.has("overdose-before", before[1].lower()))
        if any(_is(form, said) and (led or not form.in_dose) for form in forms.get(letters(said), ())):
            yield Problem(f"“{said}” can be read as once a day, or as right eye", "write “overdose”")


# --------------------------------------------------------------------------- units


def _unit(group: str, why: str) -> Callable[[Passage], Iterator[Problem]]:
    def run(passage: Passage) -> Iterator[Problem]:
        for said, form in hits(passage, group):
            yield Problem(f"“{said}” {why}", f"write “{_by_country(form.better, passage)}”")

    return run


def _by_country(better: str, passage: Passage) -> str:
    """Millilitres as the country writes them: mL in the United States, where a small l is taken for 1."""
    return "mL" if better == "ml" and passage.country == "US" else better


def _mcg(passage: Passage) -> Iterator[Problem]:
    full = passage.words.has("micrograms-in-full", passage.country)
    for said, form in hits(passage, "mcg"):
        if full:
            why = f"is not used where readers are used to “{form.better}”, and is taken for mg"
        elif form.better[:-1] in passage.text.lower():
            continue
        else:
            why = f"is not known to all readers, and “{form.better}” is not beside it"
        yield Problem(f"“{said}” {why}", f"write “{form.better}”")


def _spoons(passage: Passage) -> Iterator[Problem]:
    words = passage.words
    unit = _by_country("ml", passage)
    hint = f"give the dose in {unit}, with a syringe or spoon from the pharmacy"
    is_food = words.pattern(r"(?:[ -]of)? (?:[^\W\d_]+ ){0,2}(?:{})(?![^\W_])", "food")
    for said, _ in hits(passage, "spoon"):
        if not is_food.match(passage.text, passage.text.find(said) + len(said)):
            yield Problem(f"“{said}” is taken for the other spoon, and kitchen spoons differ", hint)
    for match in passage.find(words.pattern(WORD, "spoons"), passage.text):
        if not is_food.match(passage.text, match.end()):
            yield Problem(f"a kitchen “{match[0]}” holds from 2 to 20 {unit}", hint, soft=True)


CHECKS = (
    Check(
        "dose-often",
        Severity.ERROR,
        "Letters for “how often” are taken for one another: QD for QID is four times the dose, OD also means right eye"
        " and overdose. No patient learns them.",
        "how often, in words and figures: 2 times a day",
        _group("frequency", "is taken for another “how often”, and readers do not know it"),
        (
            *examples("Take it q.d.", "Take 5 mg Q. D. with water.", "Take 1 tablet QID", "Take it O.D."),
            *examples(
                "Take 1 tablet od.", "Take it b.i.d.", "1 tab bd", "Take it TDS.", "Take it prn", "Take it stat."
            ),
            *examples("Take 2 h.s.", "Use it q4h.", "Take it q.o.d. for a week.", "TAKE 1 TABLET BD"),
            Example("OD", heads="How often | Aspirin"),
        ),
        (
            *examples("We made a bid for new beds.", "Take 1 tablet every other day.", "Come at 8 a.m. or 8 p.m."),
            *examples("Use your PC to book.", "The horse’s mane is long.", "In AD 79 the town fell."),
            *examples("On the pack it may say “b.i.d.” for 2 times a day.", "Ask the HS desk.", "Turn the AC on."),
        ),
        f"{ISMP}; {DO_NOT_USE}",
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-route",
        Severity.ERROR,
        "A medicine for the mouth given into a vein kills. SC is read as SL, and few people know these letters.",
        "the way in words: by mouth, under the skin",
        _group("route", "is taken for another way to give a medicine"),
        (
            *examples(
                "Take it p.o.", "Take 1 tablet PO at night.", "Inject it SC.", "Inject 5 mg sub-q.", "Give 5 mg im"
            ),
            *examples("You get it IV.", "Put it SL", "Take it per os."),
        ),
        (
            *examples(
                "Write to PO Box 12.", "It is stage IV.", "King Henry IV was ill.", "We are in Columbia, SC 29201."
            ),
            *examples("PR and news: ask the desk.", "P.C. Smith", "Send us an IM.", "under the skin (SC)"),
        ),
        f"{ISMP}; {_AUSTRALIA}",
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-eye-ear",
        Severity.ERROR,
        "AD, AS and AU are ears, OD, OS and OU are eyes: eye drops in an ear do no good, ear drops in an eye burn.",
        "in the left eye, in both ears",
        _places,
        examples("2 drops AU.", "2 drops OS.", "Put 1 drop OU at night", "Use the ear drops AD"),
        examples("PUT DROPS IN AS NEEDED", "Use drops in AS FAR AS you can.", "Your phone’s OS has an eye mode."),
        ISMP,
        needs="form",
    ),
    Check(
        "dose-letters",
        Severity.ERROR,
        "D/C means stop, or leave hospital: medicines have been stopped because somebody was sent home. ss is read as"
        " 55, i/d as a figure.",
        "words",
        _group("order", "has two meanings"),
        examples(
            "Take the D/C tablets.", "Take it w/ food", "Take it w/o food.", "Take 5 mg ss", "Take 1 i/d.", "2 gtt"
        ),
        examples("It runs on AC/DC.", "Wear caps in the sun.", "Open a new tab."),
        ISMP,
        needs="form",
    ),
    Check(
        "dose-medicine-name",
        Severity.ERROR,
        "Short names of medicines are taken for one another: MgSO4 (magnesium) was given for MSO4 (morphine).",
        "the name in full",
        _group("medicine", "is taken for another medicine"),
        examples(
            "Take MgSO4.", "Take MTX weekly.", "Take 10 mg MS at night.", "Take AZT.", "Take HCT 25 mg", "Take APAP."
        ),
        examples(
            "People with MS may feel tired.", "Ms Lee is your nurse.", "Ask about the HCT test.", "The TAC office"
        ),
        ISMP,
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-unit-u",
        Severity.ERROR,
        "U after a figure is read as 0 or 4: 10 U of insulin became 100, and people died.",
        "units",
        _unit("unit", "is read as 0 or 4, which makes ten times the dose"),
        examples("Use 10 U of insulin.", "Use 10u.", "Inject 4U at night", "Use 10\u00a0U"),
        examples("Use 10 units of insulin.", "In 10 U.S. states", "U-100 insulin", "Do a U turn."),
        f"{DO_NOT_USE}; {ISMP}",
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-unit-iu",
        Severity.WARNING,
        "IU is read as IV (into a vein) or as 10.",
        "units, or international units",
        _unit("international", "is read as IV or 10"),
        examples("Take 400 IU.", "Take 400iu a day", "Take 400 I.U. a day"),
        examples("Take 400 international units (IU).", "Take 400 units.", "On the pack: “IU”"),
        f"{DO_NOT_USE}; {ISMP}",
        needs="form",
    ),
    Check(
        "dose-unit-microgram",
        Severity.ERROR,
        "µg is read as mg, which is a thousand times the dose.",
        "micrograms",
        _unit("microgram", "is read as mg, which is a thousand times the dose"),
        examples("Take 50 µg.", "Take 50 μg.", "Take 50ug", "50 UG a day"),
        examples("Take 50 micrograms.", "micrograms (µg)", "Ugh, what a taste."),
        f"{ISMP}; {_AUSTRALIA}",
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-unit-mcg",
        Severity.WARNING,
        "The United Kingdom, Ireland, Australia and New Zealand write micrograms in full, as mcg is read as mg. In"
        " other countries packs say mcg, so that readers need both.",
        "micrograms; where packs say mcg: 50 micrograms (50 mcg)",
        _mcg,
        (*examples("Take 50 mcg.", "Take 50MCG a day"), *examples("50 micrograms are 50 mcg.", country="GB")),
        (*examples("Take 50 micrograms (50 mcg)."), *examples("Take 50 micrograms.", country="GB")),
        f"{_AUSTRALIA}; British National Formulary, prescription writing",
        needs="form",
    ),
    Check(
        "dose-unit-nanogram",
        Severity.ERROR,
        "ng is read as mg, which is a million times the dose.",
        "nanograms",
        _unit("nanogram", "is read as mg, which is a million times the dose"),
        examples("Take 500 ng.", "Take 500ng a day"),
        examples("Take 500 nanograms.", "An NG tube goes through the nose."),
        _AUSTRALIA,
        needs="form",
    ),
    Check(
        "dose-unit-gram",
        Severity.WARNING,
        "gm is read as mg, a thousandth of the dose.",
        "g",
        _unit("gram", "is read as mg"),
        examples("Take 1 gm.", "Take 2gms a day"),
        examples("Take 1 g.", "GM crops are safe to eat."),
        _AUSTRALIA,
        needs="form",
    ),
    Check(
        "dose-unit-cc",
        Severity.ERROR,
        "cc is read as u (units) or as 00.",
        "ml (mL in the United States)",
        _unit("cc", "is read as u or 00"),
        examples("Give 5 cc.", "Give 5cc", "Give 5 c.c. at night", "Give 5 CC"),
        examples("Give 5 ml.", "We cc your doctor.", "CC: your nurse"),
        ISMP,
        everywhere=True,
        needs="form",
    ),
    Check(
        "dose-spoon",
        Severity.ERROR,
        "tsp is read as tbsp, three times as much. A teaspoon at home holds from 2 to 7 ml, a tablespoon up to 20.",
        "ml, with the syringe or spoon of the pharmacy",
        _spoons,
        examples("Take 2 tsp.", "Give 1 TBSP at night", "Give a teaspoon of the syrup.", "Take two tablespoons twice"),
        examples(
            "Take 5 ml (1 small spoon from the pack).", "Stir 6 teaspoons of sugar into 1 litre of water.", "2 tsp salt"
        ),
        "ISMP, targeted best practice: oral liquids in metric units only; American Academy of Pediatrics (2015)",
        needs="",
    ),
    Check(
        "dose-overdose",
        Severity.WARNING,
        "OD also means once a day and right eye.",
        "overdose",
        _overdose,
        examples("Call if you think it is an OD.", "People who OD need help.", "He OD'd.", "Many ODs happen at home."),
        examples("An overdose can kill.", "OD is short for oculus dexter."),
        ISMP,
        needs="form",
    ),
)
