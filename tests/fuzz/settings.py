"""Files of TOML: the root's settings, clinics, languages, layouts, looks, recorded scores, signatures."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from plainleaf.approvals import records
from plainleaf.approvals.records import Checked, Record, Waived
from plainleaf.languages import schema
from plainleaf.model import Approval
from tests.fuzz import grammar
from tests.fuzz.grammar import Drawn, Rules, again, deep

_HOURS = '[[hours]]\ndays = ["mon", "tue"]\nopens = "08:30"\ncloses = "17:00"\n\n'
_LISTS = sorted({key for keys in (*schema.LISTS.values(), *schema.SPACED.values()) for key in keys})
_VALUES = sorted({key for keys in schema.VALUES.values() for key in keys})

_MANY, _LONG = (*(5, 300) * 3, 3000), (*(3, 90) * 3, 900, 5000)  # mostly few: the most take longest to read

TOML: Rules = {
    "value": (
        '"a"', "⟨string⟩", "⟨string⟩", "⟨number⟩", "⟨list⟩", "⟨list⟩", "{⟨name⟩ = ⟨value⟩}", "{}", "true", "false",
            "⟨date⟩", "07:32:00", "", "=", "[[⟨value⟩]]",
        deep(("[", "]"), ("{a=", "}"), ("[{a=", "}]"), ("[1,", "]"), ('"""', ""), ("{a.b=", "}")), again("[", '"',
            "1", "'", "1,", "a.", "[],", '"a" '),
    ),
    "number": ("1", "⟨int⟩", "-0.0", "inf", "-nan", "0x" + "f" * 6000, "0b1", "0o7", "1e400", "12", "2.5",
        "9" * 400 + ".0", "0x" + "f" * 30),
    "string": ('"a"', '"⟨words⟩"', "'⟨words⟩'", '"""⟨words⟩"""', "'''\n⟨words⟩'''", '""', '"\\u0000"',
        '"\\U00110000"', '"\\uD800"', '"\\u202e"', '"\\e"', '"a', "“a”",
               '"08:30"', '"24:00"', '"mon"', '"es"', '"#⟨name⟩"', '"https://⟨name⟩"', '"+1 202-555-0142"',
                   '"⟨int⟩"', '" "', '"a\\nb"', '"{}"', '"{} {}"', '"{0} – {!r}"', '"%s"'),
    "list": ('["a"]', "[⟨value⟩]", "[⟨string⟩, ⟨string⟩]", "[⟨string⟩, ⟨number⟩,]", "[]", "[ # ⟨words⟩\n⟨string⟩]",
        "[⟨items⟩]", '["!a", "a"]', '["a", "a"]'),
    "items": ("⟨string⟩", "⟨string⟩, ⟨items⟩", again('"a", ', '"no a", ', '"~a b", ')),
    "junk": ("# ⟨words⟩\n", "⟨words⟩\n", "⟨name⟩ = ⟨value⟩\n", '"⟨words⟩" = ⟨value⟩\n', "[⟨name⟩]\n", "[[⟨name⟩]]\n",
        "[⟨name⟩.⟨name⟩]\na = 1\n", "⟨name⟩.⟨name⟩ = ⟨value⟩\n", "\t\n", "'' = 1\n",
             "a = 1 b = 2\n", "[a\n", "]\n", lambda chance: "a." * chance.choice(_LONG) + "b = 1\n",
             lambda chance: "[a" + ".a" * chance.choice(_LONG) + "]\n",
             lambda chance: "".join(f"k{number} = {number}\n" for number in range(chance.choice(_MANY))),
             lambda chance: "".join(f"[t{number}]\na = 1\n" for number in range(chance.choice(_MANY))),
                 lambda chance: "[[hours]]\n" * chance.choice(_MANY)),
}  # fmt: skip


def _keys(*names: str) -> tuple[Drawn, ...]:
    return tuple(f"{name} = ⟨value⟩\n" for name in names)


SETTINGS: Rules = TOML | {
    "settings": ("⟨key*⟩⟨key⟩⟨table*⟩", "⟨key*⟩⟨table*⟩⟨key*⟩", "[tool.plainleaf]\n⟨key*⟩⟨table*⟩⟨junk⟩",
        "⟨junk*⟩⟨key*⟩⟨table⟩"),
    "key": (*_keys("layouts", "locales", "looks", "formats", "clinic", "untranslated", "profile", "signatures",
        "require-signature", "time-limit", "memory-limit", "tool", "readability"),
            'clinic = "sample"\n', 'layouts = ["a4", ⟨string⟩]\n', "time-limit = ⟨number⟩\n",
                'untranslated = "show-source"\n', "⟨junk⟩"),
    "table": ("[readability]\n⟨rule*⟩", "[[readability.waivers]]\n⟨waiver*⟩", "[readability.limits.⟨name⟩]\n⟨rule*⟩",
        "[readability.limits.es.target]\n⟨rule*⟩", "[readability.limits]\nes = ⟨value⟩\n", "⟨junk⟩"),
    "rule": (*_keys("second-opinion", "source-link", "limits", "waivers", "sentence-warn", "sentence-fail", "smog",
        "szigriszt"), "sentence-fail = ⟨number⟩\n", "⟨junk⟩"),
    "waiver": (*_keys("check", "leaflet", "locale", "where", "reason", "until"),
        'check = "readability-sentence"\nleaflet = "inhaler"\nlocale = "en"\nreason = "x"\nuntil = 2030-01-01\n',
            "until = ⟨date⟩\n"),
}  # fmt: skip

CLINIC: Rules = TOML | {
    "clinic": (
        'name = "Sample"\naddress = ["1 Example Street"]\nphone = "+1 202-555-0142"\nemergency-number = "911"'
        '\ncountry = "US"\n⟨key*⟩⟨table*⟩', "⟨usual⟩⟨key*⟩⟨table*⟩", "⟨usual⟩⟨table*⟩⟨junk*⟩"),
    "usual": ("name = ⟨value⟩\nphone = ⟨string⟩\ncountry = ⟨country⟩\nemergency-number = ⟨string⟩\n",
        "name = ⟨string⟩\naddress = ⟨list⟩\nphone = ⟨phone⟩\nemergency-number = ⟨phone⟩\ncountry = ⟨country⟩\n"),
    "country": ('"US"', '"GB"', '"IN"', '"Germany"', '"us"', '"XX"', "⟨string⟩", "⟨value⟩"),
    "phone": ('"911"', '"+1 202-555-0142"', '"⟨int⟩"', '"+⟨int⟩"', '"٩١١"', '"(0)⟨words⟩"', '"988;ext=⟨int⟩"',
        '"1-800-FLOWERS"', "⟨string⟩"),
    "key": (*_keys("web", "logo", "logo-alt", "second-logo", "colour", "leaflets", "email", "fax", "text", "relay",
        "sign-language", "out-of-hours", "imprint", "e-books-certified-by", "order-numbers", "hours", "helplines",
                   "emergency-number-checked", "address"), "relay = ⟨phone⟩\n",
                   'leaflets = "https://a.example/{leaflet}/{⟨name⟩}"\n', 'colour = "#⟨int⟩"\n',
                       'logo = "../../x.svg"\n', "fax = ⟨phone⟩\n", "⟨junk⟩"),
    "table": (_HOURS, "[[hours]]\n⟨hour*⟩", _HOURS + "[[hours]]\n⟨hour*⟩", "[helplines.⟨name⟩]\n⟨line*⟩",
        "[helplines.b]\n⟨line*⟩", "[services.⟨name⟩]\n⟨line*⟩", "[out-of-hours]\n⟨line*⟩",
        "[order-numbers]\ninhaler = ⟨value⟩\n",
              "[order-numbers]\n⟨junk*⟩", "⟨junk⟩"),
    "hour": ('days = ["mon"]\n', "days = ⟨list⟩\n", 'days = ["⟨day⟩", "⟨day⟩"]\n', "opens = ⟨string⟩\n",
        "closes = ⟨string⟩\n", 'opens = "08:30"\n', 'closes = "24:00"\n', "⟨junk⟩"),
    "day": ("mon", "sun", "Mon", "monday", "⟨name⟩"),
    "line": (*_keys("name", "phone", "note", "names", "notes"), 'name = "A"\n', "phone = ⟨phone⟩\n",
        "notes.es = ⟨string⟩\n", "names.⟨name⟩ = ⟨string⟩\n", "notes = {es = ⟨string⟩}\n", "note = ⟨string⟩\n"),
}  # fmt: skip

LANGUAGE: Rules = TOML | {
    "language": ("⟨key*⟩⟨table⟩⟨table*⟩", "⟨key*⟩⟨table*⟩⟨table*⟩⟨table*⟩"),
    "key": (*_keys(*schema.TOP[1], "word-spaces", "opening-marks", "counted-first", "glued", "counters", "length"),
        "⟨junk⟩"),
    "table": (lambda chance: f"[{chance.choice([*schema.LISTS, *schema.SPACED])}]\n",
        "[⟨section⟩]\n⟨entry*⟩⟨entry*⟩", "[numbers]\n⟨count*⟩", "[hints]\n⟨count*⟩", "[numerals]\n⟨count*⟩",
        "[short.⟨short⟩]\n⟨text*⟩",
        "[jargon]\n⟨text*⟩", "[letters]\n⟨text*⟩",
              "[readability]\nbeside = ⟨list⟩\n[readability.target]\nszigriszt = ⟨number⟩\nsmog = ⟨number⟩\n",
              "[syllables]\nmethod = ⟨method⟩\nvowels = ⟨string⟩\n", "[days]\nfrom-to = ⟨string⟩\n", "⟨junk⟩"),
    "section": tuple(sorted({*schema.LISTS, *schema.SPACED, *schema.TEXTS, *filter(None, schema.VALUES)})),
    "entry": ("⟨listed⟩ = ⟨list⟩\n", "⟨listed⟩ = ⟨value⟩\n", "⟨listed⟩ = ⟨string⟩\n", *_keys(*_VALUES), "⟨junk⟩"),
    "listed": tuple(_LISTS),
    "count": ('"2" = ⟨list⟩\n', '"0.5" = ["media"]\n', '"⟨int⟩" = ⟨list⟩\n', '"1/3" = ⟨list⟩\n',
        '"1e99999999" = ["a"]\n', '"1e5000" = ⟨list⟩\n', "⟨junk⟩"),
    "short": schema.SHORT_FORMS,
    "text": ('"a b" = ["a"]\n', '"⟨words⟩" = ⟨string⟩\n', '"⟨words⟩" = ⟨list⟩\n', "a = ⟨value⟩\n", '"" = ""\n'),
    "method": ('"vowels"', '"spelling"', '"hyphenation"', '"dictionary"', "⟨value⟩"),
}  # fmt: skip

# word lists of a language, with words of tests/content
WORDING: Rules = LANGUAGE | {
    "wording": ("⟨list-of⟩⟨list-of*⟩⟨list-of*⟩", "⟨key*⟩⟨list-of⟩⟨table*⟩"),
    "list-of": ("⟨of-words⟩", "⟨of-texts⟩", "⟨of-words⟩", "⟨of-texts⟩", "[readability]\n⟨limit*⟩⟨limit*⟩",
        "[readability.⟨goals⟩]\n⟨goal*⟩", "[syllables]\n⟨syllable*⟩⟨syllable*⟩", "[short.⟨short⟩]\n⟨text*⟩", "⟨table⟩"),
    "of-words": (lambda chance: _listing(chance, *_WORDING),),
    "of-texts": (lambda chance: _texts(chance, *_SWAPS),),
    "goals": ("target", "fail"),
    "goal": tuple(f"{formula} = ⟨number⟩\n" for formula in schema.FORMULAS),
    "limit": (*(f"{limit} = ⟨number⟩\n" for limit in schema.LIMITS), "beside = ⟨list⟩\n", 'ages = ["US"]\n'),
    "syllable": ("method = ⟨method⟩\n", "rules = ⟨string⟩\n", "vowels = ⟨string⟩\n", 'vowels = "aeiou"\n',
        "syllabic = ⟨string⟩\n", "apostrophe-inside = ⟨value⟩\n", "spells-initials = true\n"),
}  # fmt: skip
_WORDING = ("passive", "terms", "pemat", "readability", "persons", "unless", "spellings", "short-words", "negatives",
    "nominal", "figures", "order", "words", "marks", "sentences", "counted")  # fmt: skip
_SWAPS = ("jargon", "stigma", "filler", "condescending", "made-of-verbs", "same-thing", "letters", "wrong-marks")
_SAID = ("inhaler", "take", "before", "hours", "2 puffs", "breathe", "people", "you", "do not", "better", "felt", "it",
    "your", "a", "the", "micro", "ing", "er=or", "a=b", "=", "b=", "a*", "*", "!it", "~of", "it|you", "|", "a b|c-d",
    "not", "9 of 10", "(", "[a", "\\\\", ".", ".*", "don’t", "İ", "ß", "é", "नहीं", "的", "\u202e", " ", "")  # fmt: skip


def _word(chance: random.Random) -> str:
    if chance.random() < 0.1:
        drawn = grammar.draw(chance, {}, "words")[:300]
        return "".join(
            sign for sign in drawn if sign >= " " and sign not in '"\\\x7f' and not "\ud800" <= sign <= "\udfff"
        )
    return " ".join(chance.choice(_SAID) for _ in range(chance.choice((1, 1, 1, 2, 3))))


def _listing(chance: random.Random, *sections: str) -> str:
    """Lists of words of one section, a few of thousands."""
    section = chance.choice(sections)
    lines = [f"[{section}]"]
    for key in schema.LISTS.get(section, ()) + schema.SPACED.get(section, ()):
        if chance.random() < 0.6:
            many = chance.choice((*(1, 3, 20) * 30, 5000))
            words = [_word(chance) + (f" {number}" if many > 20 else "") for number in range(many)]
            spaced = key in schema.SPACED.get(section, ())
            quoted = ", ".join(f'"{word}"' for word in words)
            lines.append(f'{key} = "{" ".join(words)}"' if spaced else f"{key} = [{quoted}]")
    return "\n".join(lines) + "\n"


def _texts(chance: random.Random, *sections: str) -> str:
    """Words of one section, each with what to write for it."""
    many = chance.choice((*(1, 3, 20) * 30, 5000))
    keys = dict.fromkeys(_word(chance) + (f" {number}" if many > 20 else "") for number in range(many))
    return f"[{chance.choice(sections)}]\n" + "".join(f'"{key}" = "{_word(chance)}"\n' for key in keys)


LOCALE: Rules = TOML | {
    "locale": ("⟨key*⟩⟨key*⟩⟨table*⟩", "⟨key⟩⟨table*⟩⟨junk*⟩"),
    "key": (*_keys("own-name", "digits", "size-factor", "line-height-factor", "hyphenate", "fonts", "readability"),
        'digits = "arab"\n', "size-factor = ⟨number⟩\n", "⟨junk⟩"),
    "table": ("[[fonts]]\nname = ⟨string⟩\nregular = ⟨string⟩\nbold = ⟨value⟩\n",
        "[readability]\nsentence-warn = ⟨number⟩\nsentence-fail = ⟨number⟩\n",
        "[readability.target]\nszigriszt = ⟨number⟩\n", "⟨junk⟩"),
}  # fmt: skip

LAYOUT: Rules = TOML | {
    "layout": (
        'title = "T"\npage-width = 210\npage-height = 297\nbody-size = 14\nleast-size = 12\nmargins = {top = 1'
        '8, right = 20, bottom = 17, left = 20}\n⟨key*⟩⟨table*⟩',
               "title = ⟨value⟩\npage-width = ⟨number⟩\npage-height = ⟨number⟩\nbody-size = ⟨number⟩\nleast-si"
               "ze = ⟨number⟩\n⟨key*⟩[margins]\ntop = ⟨number⟩\nright = 8\nbottom = 8\nleft = 8\n⟨table*⟩"),
    "key": (*_keys("line-height", "max-pages", "text", "contents", "beside", "beside-pages", "reading-order", "like",
        "fit", "least-contrast", "profile"), 'text = "short"\n', 'beside = "source"\n', 'like = "a4"\n',
        "max-pages = ⟨number⟩\n"),
    "table": ("[print]\n⟨press*⟩⟨press*⟩",
        '[print]\nsides = 2\nimpose = "⟨impose⟩"\nsheet-width = ⟨number⟩\nsheet-height = ⟨number⟩\ncolumns = '
        '⟨number⟩\nrows = ⟨number⟩\n', "[more-room]\n⟨key*⟩page-width = ⟨number⟩\n", "[more-room.print]\n⟨press*⟩",
              "[more-room.margins]\ntop = ⟨number⟩\n", "⟨junk⟩"),
    "impose": ("saddle-stitch", "trifold", "cards", "⟨name⟩"),
    "press": _keys("paper", "sides", "impose", "sheet-width", "sheet-height", "columns", "rows", "gap"),
}  # fmt: skip

LOOK: Rules = TOML | {
    "look": ("⟨key*⟩⟨key*⟩", "⟨key⟩⟨junk*⟩"),
    "key": (*_keys("title", "sets", "least-contrast", "line-height", "around", "more-room"), "around = ⟨number⟩\n",
        "⟨junk⟩"),
}  # fmt: skip

SCORES: Rules = TOML | {
    "scores": ("⟨table⟩⟨table*⟩", "⟨junk*⟩⟨table*⟩"),
    "table": ('["inhaler".en]\n⟨score*⟩', "[⟨name⟩.⟨name⟩]\n⟨score*⟩", "[inhaler]\nes = ⟨value⟩\n", "⟨junk⟩"),
    "score": ("smog = 5.0\n", "smog = ⟨number⟩\n", "sentence-mean = ⟨value⟩\n", "flesch-kincaid = ⟨number⟩\n",
        "⟨name⟩ = 1\n"),
}  # fmt: skip

SIGNED: Rules = TOML | {
    "signed": ("[inhaler]\n⟨part*⟩⟨part*⟩⟨part*⟩",
        '[inhaler]\nformat = ⟨number⟩\nby = ⟨by⟩\non = ⟨date⟩\nsource = ⟨date⟩\ncontent = ⟨pairs⟩\ntexts = '
        '⟨pairs⟩\nwords = ⟨pairs⟩\nseal = "a"\n⟨second?⟩', "⟨name⟩ = ⟨value⟩\n⟨junk*⟩"),
    "second": ("[inhaler.second]\n⟨part*⟩", "[inhaler.second]\nby = ⟨by⟩\n[inhaler.second.second]\n⟨part*⟩",
        "second = ⟨value⟩\n"),
    "part": (*_keys("format", "by", "on", "source", "content", "texts", "words", "waived", "seal", "signature",
        "second"), "by = ⟨by⟩\n", "on = ⟨date⟩\n", "content = ⟨pairs⟩\n", "⟨junk⟩"),
    "by": ('"Ana Sample, translator"', "⟨string⟩", '"⟨words⟩, ⟨words⟩"'),
    "pairs": ('[["a", "b"]]', "[[⟨string⟩, ⟨string⟩], [⟨string⟩]]", "[⟨value⟩]", "⟨value⟩", '[["a", "b", "c", "d"]]',
        "[[[⟨string⟩]]]"),
}  # fmt: skip


def signed(chance: random.Random, kind: str, folder: str) -> str:
    """A record as ``records`` writes it, with a right seal and odd texts; a drawn file now and then."""
    if chance.random() < 0.5:
        return grammar.draw(chance, SIGNED, "signed")
    return records.table(kind, folder, "inhaler", _record(chance, second=chance.random() < 0.3))


def _record(chance: random.Random, second: bool) -> Record:
    def text() -> str:
        drawn = grammar.draw(chance, {}, "words")[:5000]
        return "".join(letter for letter in drawn if not "\ud800" <= letter <= "\udfff")

    def key() -> tuple[str, str]:
        return (chance.choice(("", text())), text())

    def checked() -> tuple[Checked, ...]:
        made = ((key(), chance.choice(("", text()))) for _ in range(chance.randint(0, 3)))
        return tuple(Checked(each, records.fingerprint(each, said or None), said) for each, said in made)

    found = Record(
        Approval("Ana Sample, translator", date(2026, 11, 1), date(2026, 11, 1)),
        tuple((text(), text()) for _ in range(chance.randint(0, 3))),
        checked(),
        checked(),
        tuple(Waived(text(), text(), text(), text()) for _ in range(chance.randint(0, 2))),
        signature=chance.choice(("", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----")),
    )
    return replace(found, second=_record(chance, second=False)) if second else found


KINDS: Mapping[str, tuple[Rules, str]] = {
    "settings": (SETTINGS, "settings"), "clinic": (CLINIC, "clinic"), "language": (LANGUAGE, "language"),
        "locale": (LOCALE, "locale"),
    "wording": (WORDING, "wording"),
    "layout": (LAYOUT, "layout"), "look": (LOOK, "look"), "scores": (SCORES, "scores"),
}  # fmt: skip
