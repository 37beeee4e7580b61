"""Style sheets (CSS), and tables of people (CSV)."""

from __future__ import annotations

from tests.fuzz.grammar import Rules, again, deep

CSS: Rules = {
    "sheet": ("⟨rule⟩⟨rule*⟩⟨rule*⟩", "⟨rule*⟩⟨junk*⟩⟨rule*⟩", "⟨junk⟩"),
    "rule": ("a{color:red}\n", "⟨selector⟩{⟨declaration*⟩}\n", "⟨selector⟩ { ⟨declaration*⟩⟨rule*⟩ }\n",
        "@⟨at⟩ ⟨words⟩ {⟨rule*⟩}\n",
        "@page ⟨name⟩:nth(⟨int⟩n+⟨int⟩) { ⟨declaration*⟩ @top-left { ⟨declaration*⟩ } }\n",
             "@font-face { src: url(⟨address⟩) }\n", "@import url(⟨address⟩);\n", "⟨junk⟩"),
    "at": ("media", "supports", "page", "layer", "counter-style", "charset", "⟨name⟩", "plainleaf-end", ""),
    "selector": ("a", ".⟨name⟩", "⟨selector⟩ > ⟨selector⟩", "a:not(⟨selector⟩)", "⟨selector⟩, ⟨selector⟩",
        "a[b=\"⟨words⟩\"]", "::before", "&", "*", "⟨words⟩", "a:nth-child(⟨int⟩n)"),
    "declaration": ("color: red; ", "⟨name⟩: ⟨value⟩; ", "--x: ⟨value⟩; ", "background: url(⟨address⟩); ",
        "content: '⟨words⟩' counter(a, ⟨name⟩); ", "width: calc(⟨value⟩ + 1px); ", "color: var(--x, ⟨value⟩) ",
        ": ;", "font: ⟨value⟩ ! important;"),
    "value": ("1px", "⟨int⟩pt", "⟨words⟩", "#⟨name⟩", "url(⟨address⟩)", "url('⟨address⟩')", "⟨name⟩(⟨value⟩)",
        "(⟨value⟩)", "[⟨value⟩]", "'⟨words⟩", "\\⟨odd⟩", "\\110000", "U+⟨int⟩-⟨int⟩", "⟨value⟩ ⟨value⟩", "var(--x)"),
    "address": ("a.svg", "a.png", "data:image/svg+xml;base64,⟨words⟩", "../../../etc/passwd", "/dev/zero", "#a",
        "https://a.example/a.png", "a⟨odd⟩.svg", "\\61.svg", "", "a.svg#x", "x" * 5000 + ".svg", "\0.svg",
        "fold.svg", "/"),
    "junk": ("/* ⟨words⟩ */", "/*", "⟨words⟩", "}", ")", "]", "<!--", "-->", "'\n", ";", "@", "{", "\\", "url(a b)",
        "url(", deep(("{", "}"), ("(", ")"), ("[", "]"), ("a{", "}"), ("a(", ")"), ("@media a{", "}"), (":not(",
        ")"), ("url(", ")")),
             again("/*", "{", "}", "a ", "\\", "'", '"a', "url(", "url( a", "@", "a{b:c}", "<!--", "--x:", "-", "1e",
                 "u+", " ", "\n", "/**/", "url(\"a\" ", "url(a.svg)")),
}  # fmt: skip

CSV: Rules = {
    "people": ("Your name⟨sign⟩Dose\n⟨row*⟩⟨row⟩", "⟨head⟩⟨sign⟩⟨head⟩⟨sign⟩⟨head⟩\n⟨row*⟩⟨row*⟩",
        "sep=⟨odd⟩\n⟨head⟩\n⟨row*⟩", "sep=⟨sign⟩\nYour name⟨sign⟩puffs⟨sign⟩language⟨sign⟩layout\n⟨row⟩⟨row*⟩",
        "⟨row*⟩"),
    "sign": (",", ",", ";", "\t", "|", "⟨odd⟩"),
    "head": ("Your name", "puffs", "Dose", "language", "locale", "layout", "Date", "⟨cell⟩", "your_NAME:",
        "⟨head⟩ ⟨odd⟩", ""),
    "row": ("Ana,1\n", "⟨cell⟩,⟨cell⟩⟨nl⟩", "⟨cell⟩;⟨cell⟩;⟨cell⟩\n", "⟨cell⟩⟨sign⟩⟨cell⟩⟨sign⟩⟨cell⟩⟨sign⟩⟨cell⟩\n",
        "Ana,2,es,a4\n", "Ana,⟨cell⟩,⟨tag⟩,⟨layout⟩\n", "⟨cell⟩\n", ",,\n", "\n", again("a,", ",", "\n", '"', '"a"',
        '"",', "a\n", ";")),
    "tag": ("es", "en", "Spanish", "xx", "⟨name⟩", "es⟨odd⟩", "../es", ""),
    "layout": ("a4", "A4", "⟨name⟩", "", "trifold", "../a4"),
    "cell": ("Zoë", "⟨words⟩", '"⟨words⟩"', '"⟨words⟩""⟨words⟩"', '"⟨words⟩', "⟨words⟩\"", "=cmd|' /C calc'!A0",
        "@SUM(1)", "+⟨int⟩", "⟨int⟩", "2,5 mg", "1-Dec", "#N/A", "1E+05", "5 mg", "5⟨odd⟩mg", "<b>a</b>",
        "{clinic_phone}",
             "{{a}}", '"a\nb"', "", " ", "سارة 5 mg", again("a", "é", "1 ", "5 mg ", "{", "=", "\u202e", "'"),
             "\x1b[2J"),
}  # fmt: skip
