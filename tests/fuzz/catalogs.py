"""Catalogs (.po): headers, entries, all kinds of comments, obsolete entries."""

from __future__ import annotations

from tests.fuzz.grammar import Rules, again, deep

RULES: Rules = {
    "catalog": ("⟨header⟩⟨entry⟩⟨entry*⟩", "⟨entry⟩⟨entry*⟩", "⟨header⟩⟨real⟩⟨entry*⟩⟨gone*⟩",
        "⟨header⟩⟨real⟩⟨line*⟩⟨real⟩"),
    "header": ('msgid ""\nmsgstr ""\n⟨field*⟩\n', '# ⟨words⟩\n#, fuzzy\nmsgid ""\nmsgstr ""\n⟨field*⟩\n', "",
        'msgid ""\nmsgstr "⟨piece⟩"\n\n'),
    "field": (
        '"Language: es\\n"\n', '"Content-Type: text/plain; charset=⟨charset⟩\\n"\n',
            '"Plural-Forms: nplurals=⟨int⟩; plural=⟨plural⟩;\\n"\n',
        '"Plural-Forms: ⟨words⟩\\n"\n', '"⟨name⟩: ⟨piece⟩\\n"\n', '"⟨piece⟩"\n', '"X-Generator"\n',
            '"PO-Revision-Date: ⟨date⟩\\n"\n',
    ),
    "charset": ("UTF-8", "utf8", "CHARSET", "latin-1", "⟨name⟩", "idna", "zip", "⟨odd⟩"),
    "plural": ("0", "n != 1", "n%⟨int⟩", "n/0", "(n ? ⟨plural⟩ : ⟨plural⟩)", "(⟨plural⟩)", "n==1 || ⟨plural⟩",
        "__import__('os')", "9**9**9",
               deep(("(", ")"), ("(n ? ", ": 0)"), ("!", "")), again("n", "(", "n ? ", "%", "1"))
    ,
    "entry": (
        'msgid "⟨piece⟩"\nmsgstr "⟨piece⟩"\n\n', '⟨about*⟩msgctxt "⟨piece⟩"\nmsgid "⟨piece⟩"\nmsgstr "⟨piece⟩"\n\n',
        'msgid ""\n⟨string*⟩msgstr ""\n⟨string*⟩\n',
            'msgid "⟨piece⟩"\nmsgid_plural "⟨piece⟩"\nmsgstr[⟨int⟩] "⟨piece⟩"\n\n',
        'msgid "⟨piece⟩"\n\n', 'msgstr "⟨piece⟩"\n\n', "domain \"⟨piece⟩\"\n", "⟨line*⟩",
    ),
    "gone": ('#~ msgid "⟨piece⟩"\n#~ msgstr "⟨piece⟩"\n\n',
        '#~| msgid "⟨piece⟩"\n#~ msgid "⟨piece⟩"\n#~ msgstr ""\n#~ "⟨piece⟩"\n\n', "#~ ⟨words⟩\n", "#~⟨about⟩"),
    "about": ("# ⟨words⟩\n", "#. ⟨words⟩\n", "#: ⟨words⟩:⟨int⟩\n", "#, fuzzy\n", "#, ⟨words⟩, python-brace-format\n",
        '#| msgid "⟨piece⟩"\n', '#| msgctxt "⟨piece⟩"\n',
              "#: \u2068a b\u2069:⟨int⟩\n", "#: \u2068a\n", "#⟨odd⟩\n", "#, max-length:⟨int⟩\n",
              "#. max-length: ⟨int⟩\n", "# plainleaf-ignore: ⟨words⟩\n", "#= x\n", "#  ignore ⟨name⟩: ⟨words⟩\n",
              '#| "⟨piece⟩"\n', again("#: a ", "#, a,", "#\n", "#|\n")),
    "line": ("⟨about⟩", "⟨string⟩", 'msgid "⟨piece⟩"\n', 'msgstr "⟨piece⟩"\n', 'msgctxt "⟨piece⟩"\n', "⟨words⟩\n",
        "<<<<<<< ⟨name⟩\n", "=======\n", ">>>>>>> x\n",
             'msgstr"⟨piece⟩"\n', '\tmsgid\t"⟨piece⟩"\t\n', 'msgid "⟨piece⟩\n', 'msgid ⟨piece⟩"\n', "\x1a\n",
                 'MSGID "a"\n'),
    "string": ('"⟨piece⟩"\n', '  "⟨piece⟩"  \n', '"⟨piece⟩" "⟨piece⟩"\n', '"⟨piece⟩\n', '""\n', '"\\"\n'),
    # what a translator may have made of the messages of tests/content
    "real": (
        'msgid "Your blue inhaler"\nmsgstr "⟨piece⟩"\n\n',
            '#, python-brace-format\nmsgid "Call {emergency_number} if you cannot speak"\nmsgstr "⟨brace⟩"\n\n',
        'msgid "<b>Do not wait.</b> Take 4 puffs, one by one."\nmsgstr "⟨markup⟩"\n\n',
            'msgid "Take <b>2 puffs</b> with a 50 microgram inhaler."\nmsgstr "⟨markup⟩"\n\n',
        '#, fuzzy\nmsgid "Wait 4 hours before you use it again."\nmsgstr "⟨piece⟩"\n\n',
            'msgid "Shake it first. Then breathe out."\nmsgstr "⟨piece⟩"\n\n',
        'msgid "Questions? Call {clinic_phone} or read <a1>our page</a1>."\nmsgstr "⟨markup⟩ ⟨brace⟩"\n\n',
            "⟨about⟩⟨real⟩",
    ),
    "brace": ("{emergency_number}", "{clinic_phone}", "{⟨name⟩}", "{emergency_number!r:⟨int⟩}", "{{⟨words⟩}}", "{",
        "{}", "{0.__class__}", "⟨piece⟩", "{a[b]}", "{in_es}", "{line_a}"),
    "markup": ("<b>⟨piece⟩</b>", "⟨piece⟩", "<b>⟨markup⟩</b> ⟨markup⟩", "<a1>⟨markup⟩</a1>",
        "<a⟨int⟩>⟨piece⟩</a⟨int⟩>", "</b><b>", "<b>", "<b/>", "<script>⟨piece⟩</script>", "<b onclick='x'>a</b>",
               "<!-- ⟨piece⟩", "&lt;b&gt;", "&⟨name⟩;", "<⟨odd⟩>", "<![CDATA[a]]>", "Tome ⟨int⟩ veces", deep(("<b>",
               "</b>"), ("<i>", "</i>"), ("<a1>", "</a1>")), again("<b>", "</b>", "<", "&", "<a1>")),
    "piece": ("Hola", "⟨words⟩", "⟨words⟩\\n⟨words⟩", "\\⟨name⟩", "\\x41", "\\u202e", '\\"⟨words⟩\\"', "\\\\", "",
        "⟨brace⟩", "⟨markup⟩", "No tome ⟨int⟩ mg", "⟨odd⟩", "\\a\\b\\f\\v\\r\\t",
              "cada ⟨int⟩ horas", "dos veces al día", "¿⟨words⟩?", again("\\\\", '\\"', "\\n", "no ", "2 ", "mg ",
              "cada 2 ", "una vez "))
}  # fmt: skip
