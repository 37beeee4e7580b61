"""Checks on marks: ends of sentences by script, ¿ and ¡, French spaces, brackets, quotes, spaces, stray Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.addresses import ADDRESS
from plainleaf.languages.folding import HOLE
from plainleaf.languages.invisible import DIRECTION_MARKS, ISOLATE_END
from plainleaf.languages.punctuation import CLOSERS
from plainleaf.languages.scripts import script_of
from plainleaf.model import Severity

_CLOSERS = " \u00a0\u202f" + DIRECTION_MARKS + ISOLATE_END + CLOSERS
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){1,4}$|\b(?:etc|approx|vs|Dr|Mr|Mrs|Inc|St|No|a\.m|p\.m)\.$")
_ENDS = {"stops": (".",), "questions": ("?",), "colons": (":",), "exclamations": ("!",)}
_NAMES = {
    "stops": "a full stop",
    "questions": "a question mark",
    "colons": "a colon",
    "exclamations": "an exclamation mark",
}
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】", "［": "］", "《": "》", "〈": "〉"}
_OPENING = {closing: opening for opening, closing in _BRACKETS.items()}
_WIDE = (" ", "\u3000")
_INSIDE_WORD = re.compile(r"(?<=\w)[’'‘\"״](?=\w)")  # an apostrophe; in Hebrew the mark of an abbreviation
_ITEM = re.compile(r"(?:^|(?<=[.;:,،。；：、])) ?\w{1,2}\)")  # "a) ..., b) ..."
_INITIAL = re.compile(r"(?:^|[\s(])\w{1,2}\.$")  # "a. m.", "S."
_SPACE_BEFORE = re.compile(r"(?<=\S)[ \u00a0\u202f\u3000]+([,.;:!?،؛؟।۔，。；：！？、)）])(?!\d)")
_NO_SPACE = re.compile(r"[^\W\d_]{2}[,;!?،؛؟।۔][^\W\d_]{2}|[a-zà-ÿа-я]{3}\.[A-ZÀ-ÞА-Я][a-zà-ÿа-я]")
_STRAY = re.compile(r"\*\*|__|(?<!\w)`|\]\(|\\[nt\"]|^#+ |&(?:amp|lt|gt|quot|nbsp);")


# --------------------------------------------------------------------------- ends


def _end(text: str, marks: Mapping[str, tuple[str, ...]], first: str = "") -> tuple[str, str]:
    """What a text ends with: the kind of mark and the mark itself. A mark of two kinds is one of the ``first``."""
    text = text.rstrip(_CLOSERS)
    if text.endswith(("...", "…")):
        return "ellipsis", "…"
    for kind in sorted(marks, key=lambda kind: kind != first):
        for mark in marks[kind]:
            if mark and text.endswith(mark):
                return kind, mark
    return "", text[-1:]


def _ends(case: Case) -> Iterator[Problem]:
    if case.respelling or not case.language.has_script:
        return
    if not any(char.isalpha() for char in case.source.text):
        return  # the full stop behind a part's number ends no sentence
    marks = (
        {key: case.source.data.list("marks", key) or _ENDS[key] for key in _ENDS} if case.message.language else _ENDS
    )
    kind, mark = _end(case.source.text, marks)
    own = {key: case.language.list("marks", key) for key in _ENDS}
    has, found = _end(case.target.text, own, kind)
    if not kind or kind == "ellipsis" or has == kind:
        if not kind and has in ("stops", "colons") and not _INITIAL.search(case.target.text.rstrip(_CLOSERS)):
            yield Problem(f"ends with “{found}”, the source with no mark", "end it as the source does", soft=True)
        return
    if kind == "stops" and (not own["stops"] or (not has and _ABBREVIATION.search(case.source.text.rstrip(_CLOSERS)))):
        return
    right = own[kind][0] if own[kind] else mark
    foreign, _ = _end(case.target.text, marks)
    if foreign == kind and not has:
        yield Problem(f"ends with “{found}”; this script uses “{right}”", f"write {right}")
    elif has or kind != "stops" or len(case.source.text) > 25:
        what = f"{_NAMES[has]} (“{found}”)" if has else "no mark"
        hard = "questions" in (kind, has) or (kind == "colons" and not has)
        yield Problem(f"the source ends with {_NAMES[kind]}, this with {what}", f"end it with {right}", soft=not hard)
    else:
        yield Problem(f"the source ends with {_NAMES[kind]}, this with no mark", f"end it with {right}", soft=True)


def _opening(case: Case) -> Iterator[Problem]:
    if not case.language.value("opening-marks", False):
        return
    for opening, closing in (("¿", "?"), ("¡", "!")):
        text = case.target.text
        if text.count(opening) != text.count(closing):
            yield Problem(
                f"{text.count(opening)} “{opening}” but {text.count(closing)} “{closing}”", f"open with {opening}"
            )
        elif opening in text and text.index(opening) > text.index(closing):
            yield Problem(f"“{closing}” comes before “{opening}”", f"open with {opening}, close with {closing}")


def _wrong_marks(case: Case) -> Iterator[Problem]:
    """Marks of another script right behind a letter of this one."""
    wrong = case.language.texts("wrong-marks")
    if not wrong:
        return
    text = ADDRESS.sub(HOLE, case.target.text)
    for mark, right in wrong.items():
        at = text.find(mark)
        while at >= 0:
            before = text[:at].rstrip(" \u00a0)”»")[-1:]
            if script_of(before) not in ("", "LATIN"):
                yield Problem(
                    f"“{mark}” after “{before}”; this script uses “{right}”", f"write {right}", soft=mark != "?"
                )
                break
            at = text.find(mark, at + 1)


# --------------------------------------------------------------------------- pairs


def _brackets(case: Case) -> Iterator[Problem]:
    if _unpaired(case.source.text):
        return
    wrong = _unpaired(case.target.text)
    if wrong:
        yield Problem(f"the bracket “{wrong}” has no partner", "open and close with the same kind of bracket")


def _unpaired(text: str) -> str:
    stack: list[str] = []
    for character in _ITEM.sub("", text) if ")" in text else text:
        if character in _BRACKETS:
            stack.append(character)
        elif character in _OPENING and (not stack or stack.pop() != _OPENING[character]):
            return character
    return stack[-1] if stack else ""


def _quotes(case: Case) -> Iterator[Problem]:
    text, known = _INSIDE_WORD.sub("x", case.target.text), case.language.list("marks", "quotes")
    own = f"{known[0][0]}...{known[0][-1]}" if known else "“...”"
    if '"' in text and '""' not in known:
        ending = text.count('"') % 2
        if ending or known:
            yield Problem(
                'straight quotes (")' + (" that do not pair" if ending else ""), f"write {own}", soft=not ending
            )
        return
    if case.source.text.count("“") == case.source.text.count("”"):
        alone = _quote_signs(text, known)[2]
        if alone:
            yield Problem(f"the quote “{alone}” has no partner", f"open and close as in {own}")
            return
    strange = {character for character in text if character in "“”„«»「」『』"} - set("".join(known))
    if strange and known:
        listed = " ".join(sorted(strange))
        yield Problem(f"quotes of another language: {listed}", f"write {own}", soft=True)
    elif re.search(r"[\"“”]", case.source.text) and not re.search(r"[\"“”„«»「」『』《》‘’‹›״'*]", text):
        yield Problem("the source quotes, this does not", "quote the same words", soft=True)


def _quote_signs(text: str, known: Sequence[str]) -> tuple[list[int], list[int], str]:
    """Where quotes open and close by the pairs of the language, and the first sign without partner ("" if none).

    A sign that opens in one language closes in another (“ in German) or does both (” in Swedish): what is open decides.
    Apostrophes are no quotes.
    """
    closing: dict[str, str] = {}
    for pair in known:
        if pair[0] not in "‘’'" and pair[-1] not in "’'":
            closing[pair[0]] = closing.get(pair[0], "") + pair[-1]
    ends = "".join(closing.values())
    opens, closes, stray = [], [], ""
    waiting: list[str] = []
    for at, sign in enumerate(_INSIDE_WORD.sub("x", text)):
        if waiting and sign in closing[waiting[-1]]:
            waiting.pop()
            closes.append(at)
        elif sign in closing:
            waiting.append(sign)
            opens.append(at)
        elif sign in ends and sign != "‘":
            stray = stray or sign
    return opens, closes, stray or "".join(waiting[:1])


# --------------------------------------------------------------------------- spaces


def _spaces(case: Case) -> Iterator[Problem]:
    text, source = case.translation, case.message.text
    if _edges(text) != _edges(source):
        yield Problem("begins or ends with a space", "delete the space")
    if re.search(r"[ \u00a0\u3000]{2}|[\t\n\r]", text.strip()) and not re.search(r" {2}|[\t\n\r]", source.strip()):
        yield Problem("two spaces, a tab or a line break", "write one space")
    if case.language.has_script:
        yield from _spaces_at_marks(case)


def _spaces_at_marks(case: Case) -> Iterator[Problem]:
    plain, source = ADDRESS.sub(HOLE, case.target.text), case.message.text
    spaced = "".join(case.language.list("marks", "spaced"))
    before = next((found for found in _SPACE_BEFORE.finditer(plain) if found[1] not in spaced), None)
    if before and not re.search(r"\S [,.;:!?)]", source):
        yield Problem(f"a space before “{before[1]}”", "delete the space")
    if case.language.spaced and (found := _NO_SPACE.search(plain)):
        yield Problem(f"no space in “{found[0]}”", "put a space after the mark")
    opens, closes, alone = _quote_signs(plain, case.language.list("marks", "quotes"))
    if alone:
        opens, closes = [], []
    opens += [at for at, mark in enumerate(plain) if mark in "(（¿¡"]
    if any(plain[at + 1 : at + 2] in _WIDE and plain[at + 2 :].strip() and plain[at] not in spaced + "«" * bool(spaced)
           for at in opens) and "( " not in source:  # fmt: skip
        yield Problem("a space after an opening bracket or quote", "delete the space")
    if any(at and plain[at - 1] in _WIDE and plain[at] not in spaced for at in closes):
        yield Problem("a space before a closing quote", "delete the space")


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _french(case: Case) -> Iterator[Problem]:
    """Where a language puts a space before : ; ? ! and inside « »."""
    spaced = "".join(case.language.list("marks", "spaced"))
    if not spaced:
        return
    text = ADDRESS.sub(HOLE, case.target.text)
    found = re.search(rf"[\w)\]»”%{HOLE}][{re.escape(spaced)}](?!\d)", text)
    if not found and "»" in spaced:
        found = re.search(r"«\S", text)
    if found:
        yield Problem(f"no space in “{found[0].replace(HOLE, '…')}”", "put a no-break space (U+202F or U+00A0) there")


def _stray(case: Case) -> Iterator[Problem]:
    found = _STRAY.search(case.target.text)
    if found and found[0] not in case.source.text:
        yield Problem(f"“{found[0]}” would be printed as typed", "use the tags of the source")


CHECKS = (
    Check(
        "po-end-mark",
        Severity.ERROR,
        "A question that ends as a statement is read, and read aloud, as advice. Each script has its own marks.",
        _ends,
        (
            Example("ar", "Where can I get naloxone?", "أين يمكنني الحصول على النالوكسون?"),
            Example("zh_Hans", "You need a prescription.", "您需要有处方."),
            Example("es", "Is this implant approved here?", "Este implante está aprobado aquí."),
            Example("es", "Get help at once for:", "Pida ayuda de inmediato si nota"),
            Example("es", "Take it with a full glass of water.", "Tómelo con un vaso de agua"),
            Example("es", "Take it now.", "Tómelo ahora"),
            Example("es", "How to use it", "Cómo usarlo."),
        ),
        (
            Example("ar", "Where can I get naloxone?", "أين يمكنني الحصول على النالوكسون؟"),
            Example("hi", "You need a prescription.", "आपको पर्चे की ज़रूरत है।"),
            Example("es", "How often", "¿Con qué frecuencia?"),
            Example("es", "At 8 a.m.", "A las 8 de la mañana"),
            Example("th", "You need a prescription.", "คุณต้องมีใบสั่งแพทย์"),
            Example("es", "nal-TREX-own", "nal-TREX-oun."),
            Example("es", "And then...", "Y después…"),
            Example("hi", "{number}.", "{number}."),
            Example("zh_Hans", "{number}.", "{number}、"),
        ),
    ),
    Check(
        "po-opening-mark",
        Severity.WARNING,
        "Spanish tells at its beginning that a question follows.",
        _opening,
        (Example("es", "Where is it?", "Dónde está?"), Example("es", "Where is it?", "Dónde está?¿")),
        (Example("es", "Where is it?", "¿Dónde está?"), Example("fr", "Where is it?", "Où est-ce ?")),
    ),
    Check(
        "po-wrong-mark",
        Severity.ERROR,
        "A Latin comma in Arabic or Chinese text is in the wrong place, and shows that nobody has proofread it.",
        _wrong_marks,
        (Example("ar", "red, hot and swollen", "أحمر, وساخن ومتورّم"), Example("zh_Hans", "red, hot", "发红, 发热")),
        (
            Example("ar", "red, hot and swollen", "أحمر، وساخن ومتورّم"),
            Example("zh_Hans", "Depade, ReVia", "Depade, ReVia"),
            Example(
                "ar", "Bế, Thuỷ, 020\u00a07946\u00a00171, and so on", "Bế, Thuỷ, 020\u00a07946\u00a00171، وما إلى ذلك"
            ),
        ),
    ),
    Check(
        "po-brackets",
        Severity.ERROR,
        "An open bracket swallows the rest of the text; in right-to-left text a turned one hides what it holds.",
        _brackets,
        (
            Example("ar", "14 days (2 weeks)", "14 يومًا )أسبوعان 2("),
            Example("zh_Hans", "anxiety (fear)", "焦虑（害怕)"),
        ),
        (
            Example("zh_Hans", "anxiety (fear)", "焦虑（害怕）"),
            Example("es", "a) take it (now)", "a) tómelo (ahora)"),
            Example("es", "You feel well :)", "Se siente bien :)"),
        ),
    ),
    Check(
        "po-quotes",
        Severity.ERROR,
        "Quotes tell whose words these are; each language has its own pair.",
        _quotes,
        (
            Example("de", 'The quality was "very low".', "Die Qualität war „sehr niedrig."),
            Example("de", 'It is "low".', "Sie ist “niedrig”."),
            Example("de", 'It is "low".', 'Sie ist "niedrig".'),
            Example("de", 'It is "low".', 'Sie ist „niedrig".'),
            Example("de", 'It is "low".', "Sie ist 「niedrig」."),
            Example("es", 'It is "low".', "Es baja."),
        ),
        (Example("de", 'It is "low".', "Sie ist „niedrig“."), Example("zh_Hans", 'It is "low".', "质量“低”。")),
    ),
    Check(
        "po-spaces",
        Severity.WARNING,
        "Stray spaces tear lines and show in print.",
        _spaces,
        (
            Example("es", "Tell your doctor.", "Dígale  a su médico."),
            Example("es", "Tell your doctor.", " Dígale a su médico."),
            Example("es", "Yes, you can.", "Sí , puede."),
            Example("es", "Yes, you can.", "Sí,puede."),
            Example("es", "Take it (now).", "Tómelo ( ahora)."),
        ),
        (
            Example("es", "Yes, you can.", "Sí, puede."),
            Example("fr", "Who?", "Qui ?"),
            Example("fr", 'It is "low".', "Elle est « faible »."),
        ),
    ),
    Check(
        "po-french-spaces",
        Severity.WARNING,
        "French sets a narrow space before : ; ? ! and inside « ».",
        _french,
        (Example("fr", "Who do I call?", "Qui dois-je appeler?"), Example("fr", 'It is "low".', "Elle est «faible».")),
        (Example("fr", "Who do I call?", "Qui dois-je appeler ?"), Example("fr", "Come at 8:30.", "Venez à 8:30.")),
    ),
    Check(
        "po-stray-markup",
        Severity.WARNING,
        "Markdown and broken entities are printed as typed; a message can have only tags.",
        _stray,
        (Example("es", "It is <b>not</b> a cure.", "<b>No</b> es una **cura**."),),
        (Example("es", "It is <b>not</b> a cure.", "<b>No</b> es una cura."),),
    ),
)
