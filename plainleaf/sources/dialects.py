"""Markup of other tools and of older habits, as records: what it looks like, what it is, and how to write it here.

A text is searched with its own markup already read: what CommonMark understands is gone, what a backslash or an entity
protects is ``OPAQUE``. Whatever a record finds would print as typed. Each record carries examples that are its tests.
``pasted`` has the records of what word processors leave behind; ``leftovers`` searches with both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import Final

OPAQUE: Final = "\ufdd0"  # a character that was escaped, and whatever another finding already covers
VALUE: Final = "\ufdd1"  # a detail of the clinic
LINK: Final = "\ufdd2"  # where a link begins

CHECK: Final = "source-markup-unknown"
LIST: Final = "source-list-typed"
UNFINISHED: Final = "source-unfinished"
COLUMNS: Final = "source-columns-typed"

PARAGRAPH: Final = "paragraph"
POINT: Final = "point"
CELL: Final = "cell"
OTHER: Final = "other"
COVERED: Final = ""  # of a text that a finding covers as a whole
ANYWHERE: Final = frozenset({PARAGRAPH, POINT, CELL, OTHER})


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write that is not ours. ``^`` in ``pattern`` is the start of a line, ``\\A`` that of the text.

    ``what`` completes “... is”, ``right`` follows “How to fix:”; ``bad`` and ``good`` are texts with and without it.
    """

    name: str
    pattern: re.Pattern[str]
    what: str
    right: str
    bad: tuple[str, ...]
    good: tuple[str, ...] = ()
    check: str = CHECK
    stops: bool = True
    within: frozenset[str] = ANYWHERE


def multiline(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which ``^`` is the start of a line."""
    return re.compile(pattern, re.MULTILINE | flags)


def _wrapped(sign: str, most: int = 200) -> re.Pattern[str]:
    """A stretch of text between two equal signs, as ``==text==``."""
    mark, one = re.escape(sign), re.escape(sign[0])
    return multiline(rf"(?<!{one}){mark}(?=[^\s{one}])[^{one}\n]{{1,{most}}}?(?<!\s){mark}(?!{one})")


# Names of entities that browsers read without their semicolon too: &nbsp, &amp, &lt.
_BARE_ENTITIES = "|".join(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))

DIALECTS: Final[tuple[Dialect, ...]] = (
    Dialect(
        "link-broken",
        multiline(r"!?\[[^\[\]\n]{0,300}\]\([^)\n]*\)?|\]\("),
        "a broken link",
        "write [words](https://...); no link in a link, no space in the address",
        ("[a](https://a.example/b c)", "[a [b] c](x y)"),
        ("[a](https://a.example/b)",),
        check="source-link-broken",
    ),
    Dialect(
        "emphasis-broken",
        multiline(r"\*{2,}[^*\n]*(?:\*{2,})?"),
        "“**” without a partner",
        "write **words** without a space inside the stars; write \\* for a star",
        ("Take ** one ** a day.", "Take **one a day."),
        ("Take **one** a day.", r"a \*\* b"),
        check="source-emphasis-broken",
    ),
    Dialect(
        "span",
        multiline(rf"\[[^\[\]\n]{{1,200}}\](?:\{{[^{{}}\n]*\}}|{VALUE})"),
        "text with attributes, as in Pandoc",
        "for words in another language write [words]{lang=es}; for important ones **words**",
        ("Say [hola]{.es} to us.", "[¿Habla inglés?]{:es}", "[hola]{ lang = es }"),
        ("Say [hola]{lang=es} to us.",),
    ),
    Dialect(
        "footnote",
        multiline(r"\[\^[^\]\n]{1,80}\](?::[^\n]*)?|\^\[[^\]\n]*\]?"),
        "a footnote of Pandoc, or one whose name cannot be used here",
        "mark the words with [^1], and write [^1]: with the note on a separate line below; titles cannot have notes",
        ("Take it at night.[^†]", "[^a b]: Or in the morning.", "At night.^[Or later.]"),
        ("Take it at night (or in the morning).", "Price*", "Take it at night.[^1]\n\n[^1]: Or in the morning."),
    ),
    Dialect(
        "contents",
        multiline(r"\[\[?_?toc_?\]?\]|\{:\s*toc\s*\}|\$\{toc\}", re.IGNORECASE),
        "a list of contents",
        "delete it: readers of the PDF find the headings among its bookmarks",
        ("[TOC]", "[[toc]]", "[[_TOC_]]", "{:toc}"),
        ("The contents of the box",),
    ),
    Dialect(
        "wiki-link",
        multiline(r"!?\[\[[^\]\n]{1,120}\]\]"),
        "a link of a wiki or of Obsidian",
        "write [words](https://...), or say where to find it",
        ("Read [[Fever]] first.", "![[picture.png]]", "[[Fever|our page]]"),
    ),
    Dialect(
        "alert",
        multiline(r"\[!(?:note|tip|important|warning|caution|danger|info)\][+-]?", re.IGNORECASE),
        "a box of GitHub or Obsidian",
        "write ::: tip or ::: urgent above the text, and ::: below it",
        ("[!NOTE] Take it with food.", "[!warning] Stop."),
    ),
    Dialect(
        "bbcode",
        multiline(r"\[/?(?:b|i|u|s|url|img|quote|color|colour|size|list|\*)(?:=[^\]\n]{0,80})?\]", re.IGNORECASE),
        "BBCode",
        "write **words** for what is important, [words](https://...) for a link",
        ("Take [b]one[/b] a day.", "[url=https://a.example]us[/url]"),
    ),
    Dialect(
        "citation",
        multiline(r"\[(?:\d{1,3}(?:\s?[-–,;]\s?\d{1,3})*|-?@[^\]\n]{1,80})\]"),
        "a number or key of a reference",
        'put the text in ::: evidence refs="...", with the reference in the front matter',
        ("This helps most people [3].", "It helps [1, 4-6].", "It helps [@kunoe2009]."),
        ("It helps (see 3).",),
    ),
    Dialect(
        "reference-link",
        multiline(r"!?\[[^\]\[\n]{1,200}\]\s?\[[^\]\[\n]{0,80}\]"),
        "a link whose address is in another place",
        "write the address after the words: [words](https://...)",
        ("Read [our page][web] first.", "Read [our page][] first.", "![A cup][cup]"),
        ("Read [our page](https://a.example) first.",),
    ),
    Dialect(
        "link-definition",
        multiline(r"^\[[^\]\[\n]{1,80}\]:\s*\S*"),
        "the address of a link in another place",
        "write the address where the link is: [words](https://...)",
        ("[web]: https://a.example", "[Warning]: stop"),
        (r"\[Warning\]: stop",),
    ),
    Dialect(
        "abbreviation",
        multiline(r"^\*\[[^\]\n]{1,80}\]:[^\n]*"),
        "an abbreviation of Markdown Extra",
        "put the word under “terms” in the front matter, or explain it in the text",
        ("*[GP]: family doctor",),
    ),
    Dialect(
        "video",
        multiline(rf"@(?={LINK}|\[)(?:\[[^\]\n]*\])?"),
        "a video of another tool",
        "write a link: [what the video shows](https://...)",
        ("@[video](https://a.example/v)", "@[youtube]"),
        ("Write to help@clinic.example.", "Follow @clinic"),
    ),
    Dialect(
        "blank-bracket",
        multiline(r"\[[^\[\]\n]{1,200}\]"),
        "text in square brackets, perhaps a blank that was not filled in",
        r"fill it in or delete it; write \[ and \] if you mean the brackets; a box to tick begins a point of a list, "
        "“- [ ] a”, or is in a cell of a table, “[ ] Yes”: empty, as the patient ticks it",
        ("Call [insert phone number here].", "Dear [name],", "Room: [ ]"),
        ("Call [us](https://a.example).", r"He said \[sic\] no."),
        check=UNFINISHED,
    ),
    Dialect(
        "struck",
        multiline(r"~~+[^~\n]*(?:~~+)?"),
        "struck text",
        "delete it: nobody should read a text that is no longer true",
        ("This is ~~not~~ safe.", "~~Old"),
        ("Wait ~5 days.", "3~5 days"),
    ),
    Dialect(
        "marker",
        _wrapped("=="),
        "highlighted text",
        "write **words** for what is important",
        ("Take ==one== a day.",),
        ("1 cup = 240 ml",),
    ),
    Dialect(
        "wiki-heading",
        multiline(r"^={1,6}\s[^\n]*|={1,6}\s[^=\n]*\s={1,6}[ \t]*$|^h[1-6]\.\s[^\n]*"),
        "a heading of a wiki, of AsciiDoc or of Textile",
        "write ## before a heading",
        ("== Fever ==", "= Fever", "h2. Fever", "When to call = Fever ="),
        ("BMI = 25", "1 l = 10 dl = 100 cl"),
    ),
    Dialect(
        "inserted",
        _wrapped("++"),
        "inserted or underlined text",
        "write **words** for what is important",
        ("Take ++one++ a day.",),
        ("HER2++ and ER+", "C++", "7+ days"),
    ),
    Dialect(
        "superscript",
        multiline(r"\^[^\s^]{1,40}\^?"),
        "a superscript",
        "type the sign itself, such as ² or ³, or say it in words",
        ("Below 10^3^ cells.", "m^2", "1^st^"),
        ("Below 10³ cells.",),
    ),
    Dialect(
        "subscript",
        multiline(r"(?<![~\s\d])~[^\s~]{1,20}~(?!~)"),
        "a subscript",
        "type the sign itself, such as ₂, or say it in words",
        ("Breathe O~2~ at night.",),
        ("Breathe O₂ at night.", "Wait ~5 or ~6 days."),
    ),
    Dialect(
        "template",
        multiline(
            r"\{\{[^\n]{0,200}?\}\}|\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}|\$\{[^\n]{0,80}?\}|<%[^\n]{0,200}?%>"
            rf"|\{{{VALUE}\}}|\${VALUE}"
        ),
        "a placeholder or command of a template",
        "a detail of the clinic is {lower_case}, such as {clinic_phone}; delete the rest",
        ("Come at {{ time }}.", "{% include 'x' %}", "Call ${phone}.", "{{name}}", "<%= name %>"),
        ("Call {clinic_phone}.",),
        check=UNFINISHED,
    ),
    Dialect(
        "attributes",
        multiline(
            r"\{[:.][^{}\n]{1,80}\}|\{(?:width|height|class|style|target|align)=[^{}\n]{0,80}\}|\)\{:?[^{}\n]{1,80}\}"
        ),
        "a list of attributes of another tool",
        "delete it: the layout decides how a text looks; marks are #name, .safety, .short, .optional, .more",
        ("Stop {: .red} now.", "Stop {.big} now.", "a {width=50%} b"),
        ("Call {clinic_phone} now.",),
    ),
    Dialect(
        "mail-merge",
        multiline(
            r"«[^\W\d]*(?:_|[a-z][A-Z])\w*»|<<[^<>\n]{1,60}>>|<\ufdd0>|%[A-Za-z][\w.]{0,40}%|%\([\w.]{1,40}\)[sd]|%[sd]\b"
        ),
        "a blank of a letter that nobody has filled",
        "write a detail of the clinic, such as {clinic_phone}, or the words",
        ("Dear «FirstName»,", "Dear <<first name>>,", "Dear %name%,", "Dear %(name)s,", "Dear %s,"),
        ("«Да», сказала она.", "5% of people, or 10% of men", "100% safe"),
        check=UNFINISHED,
    ),
    Dialect(
        "formula",
        multiline(
            r"\$\$[^$\n]{0,200}(?:\$\$)?|(?<![\w$])\$(?!\d[\d.,]*(?:\s|$))(?=[^\s$])[^$\n]{0,80}?(?<![\s$])\$(?!\d)"
        ),
        "a formula",
        r"write it in words or plain signs; write \$ for the sign itself",
        ("Take $2x$ a day.", "$$x^2$$", "$\\alpha$"),
        ("It costs $20.", "From $5 to $10.", "$20-$30", "US$20", "20 $", "$1,000 or 900$"),
    ),
    Dialect(
        "command",
        multiline(r"\\(?:[A-Za-z]{1,40}\*?(?:\[[^\]\n]{0,80}\])?(?:\{[^}\n]{0,80}\}){0,3})"),
        "a command of LaTeX",
        r"delete it, or say it in words: pages and signs are set by the layout; write \\ for a backslash",
        ("\\newpage", "\\frac{1}{2} a tablet", "\\begin{itemize}", "5 \\times 3"),
        ("half a tablet", r"a \\ b"),
    ),
    Dialect(
        "emoji",
        multiline(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?![\w:])"),
        "the name of an emoji",
        "type the sign itself, or say it in words",
        ("Call :phone: now.", ":warning: Stop."),
        ("At 10:30: come in.", "a :) b", "Hours: Mon: 9", "12:30:45"),
    ),
    Dialect(
        "admonition",
        multiline(r"^(?:!!!|\?\?\?)\+?(?=\s|\w)[^\n]*|^/{3,}(?=\s|\w)[^\n]*"),
        "a box of another tool",
        "write ::: tip or ::: urgent above the text, and ::: below it",
        ("!!! note\n    Take it with food.", "??? question", "???+ tip", "/// note"),
        ("Stop!!!",),
    ),
    Dialect(
        "directive",
        multiline(r"^\.\. [\w-]+::[^\n]*|^:[A-Za-z][\w ]{0,30}:(?=\s)[^\n]*|(?<=\w)::(?=\s|$)|:{3,}"),
        "a directive of reStructuredText or of another tool",
        "delete it; a box begins with ::: on a separate line",
        (".. note:: Stop.", "For example::", ":Author: Sam", "x ::: tip"),
        ("For example:", "10:30"),
    ),
    Dialect(
        "heading-space",
        multiline(r"^#{1,6}(?=[^\W\d])\w?[^\n]*"),
        "a heading without a space after its #",
        r"write a space: ## Fever; write \# if you mean the sign",
        ("##Fever", "#Fever\nDrink"),
        ("#1 cause of death", "C#", "Share it as #MyHealth"),
    ),
    Dialect(
        "definition",
        multiline(r"^:[ \t][^\n]*"),
        "a definition of Markdown Extra",
        "put the word under “terms” in the front matter; an answer belongs into ::: questions",
        ("Fever\n: A body that is too hot.",),
        ("Fever: a hot body",),
    ),
    Dialect(
        "comment",
        multiline(r"%%+[^%\n]*(?:%%+)?|^//(?!/)[^\n]*"),
        "a comment",
        'delete it; write {note="..."} at the end of a text to speak to translators',
        ("Stop. %% ask the nurse %%", "// ask the nurse", "%% later"),
        ("5% to 10%",),
    ),
    Dialect(
        "merged-cells",
        multiline(r"\|\|+[^|\n]*(?:\|\|+)?"),
        "a merged cell of a table, or hidden text of another tool",
        "give each cell its own text; write \\| for a plain bar",
        ("Age || Dose", "a ||secret||"),
        ("Phone | Fax",),
        within=ANYWHERE - {CELL},
    ),
    Dialect(
        "wiki-emphasis",
        multiline(r"(?<![\d'])'{2,5}(?=[^\s'])[^\n]{1,200}?'{2,5}|(?<![:/\w])//(?=[^\s/])[^/\n]{1,200}//"),
        "emphasis of a wiki",
        "write **words** for what is important, *words* for what is stressed",
        ("Take '''one''' a day.", "Take //one// a day."),
        ("He is 5' 6'' tall.", "It's the rats' cage.", "https://a.example/b"),
    ),
    Dialect(
        "tags-of-office",
        multiline(r"</?(?:o|w|v|st\d|m):[^<>\n]{0,120}>?", re.IGNORECASE),
        "a hidden tag of Word",
        "delete it, or paste the text without its formatting",
        ("<o:p ", '<st1:place w:st="on">Oslo</st1:place>'),
    ),
    Dialect(
        "entity",
        multiline(rf"&#\w{{1,30}};|&[A-Za-z]\w{{2,30}};|&(?:{_BARE_ENTITIES})(?![\w;])"),
        "a misspelt character name",
        r"type the character itself; write \& if you mean the sign",
        ("5&nsbp;mg", "5&nbsp mg", "R&amp D", "&#xZZ;"),
        ("R&D and AT&T", "salt & pepper", "5&nbsp;mg", "A&E; then home"),
    ),
    Dialect(
        "arrow",
        multiline(r"<?[-=]{1,3}>|<[-=]{1,3}(?=[\s\w])|[<>!]=|\+/-|\+-(?=\s?\d)"),
        "a sign made of several characters",
        "say it in words, such as “38.5 °C or more”, or type the sign itself: →, ≥, ≤, ±",
        ("Red skin -> call us.", "Fever => rest.", "fever >= 38.5", "38 +/- 0.2", "a <- b"),
        ("Red skin → call us.", "5 > 3", "<5 days"),
    ),
    Dialect(
        "dashes",
        multiline(r"(?<![-<])-{2,}(?![->])"),
        "a dash made of hyphens",
        "type the dash itself: – (or a comma)",
        ("Rest -- then walk.", "Rest---then walk."),
        ("Rest – then walk.", "a well-known sign", "2-3 days"),
    ),
    Dialect(
        "doubled-sign",
        multiline(r"==+|@@+|##+|\$\$+|`+|(?<![\d'])''+|\"\"+|(?<!:)//+|::+"),
        "a sign that does not belong in a sentence",
        r"write it in words, or put \ before each sign if you mean it",
        ("1 == 1", "a ``b", "a '' b", 'say ""no""', "and//or"),
        ("1 = 1", "5' 6''", "and/or"),
    ),
)
"""Ordered: what an earlier record finds, a later one no longer sees."""
