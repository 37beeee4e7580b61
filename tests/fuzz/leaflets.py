"""Leaflets: heads of YAML, and bodies of Markdown with all blocks of ours."""

from __future__ import annotations

from plainleaf.sources.blocks import FENCED
from tests.fuzz.grammar import Rules, again, deep

HEAD = """---
title: Your blue inhaler
summary: How to use it.
audience: People who have asthma
written: 2026-11-01
review-by: 2028-11-01
country: US
references:
  a2020: {text: A sample, url: "https://doi.org/10.0000/sample"}
terms:
  asthma: {means: It is hard to breathe., say: AZ-ma}
---
"""

RULES: Rules = {
    "front-matter": ("---\n⟨usual⟩⟨entry*⟩---\n\nText.\n", "⟨nl?⟩---⟨nl⟩⟨usual⟩⟨entry*⟩---\n## A\n\nText.\n",
        "---\n⟨entry*⟩"),
    "usual": (
        "title: A ⟨words⟩\nsummary: S\naudience: B\nwritten: 2026-11-01\nreview-by: 2028-11-01\ncountry: US\n",
        "title: ⟨yaml⟩\nsummary: ⟨yaml⟩\naudience: ⟨yaml⟩\nwritten: ⟨date⟩\nreview-by: ⟨date⟩\ncountry: ⟨yaml⟩\n",
        "",
    ),
    "entry": (
        "language: ⟨tag⟩\n", "layouts: ⟨yaml⟩\n", "languages: ⟨yaml⟩\n", "title: ⟨yaml⟩\n", "⟨key⟩: ⟨yaml⟩\n",
        "terms:\n⟨term*⟩", "references:\n⟨reference*⟩", "terms: ⟨yaml⟩\n", "references: ⟨yaml⟩\n", "<<: ⟨yaml⟩\n",
        "# ⟨words⟩\n", "? ⟨yaml⟩\n: ⟨yaml⟩\n", "⟨words⟩\n", "...\n", "%YAML ⟨int⟩.⟨int⟩\n",
        "written: !!timestamp ⟨date⟩\n",
        "reviewed-by: ⟨words⟩\n", "&a ⟨key⟩: *a\n", "  ⟨key⟩: x\n", "\t⟨key⟩: x\n", "'⟨words⟩': ⟨yaml⟩\n",
    ),
    "term": ("  ⟨name⟩:\n    means: ⟨yaml⟩\n    say: ⟨yaml⟩\n", "  ⟨key⟩: {means: ⟨yaml⟩}\n", "  ⟨yaml⟩\n",
        "  ⟨name⟩: &a\n    means: *a\n"),
    "reference": ("  ⟨name⟩:\n    text: ⟨yaml⟩\n    url: ⟨yaml⟩\n", "  ⟨key⟩: {text: ⟨yaml⟩, url: ⟨address⟩}\n",
        "  - ⟨yaml⟩\n"),
    "address": ("https://a.example", "http://[", "https://⟨odd⟩", "https://a.example/⟨words⟩", "https://⟨int⟩",
        "https://a" + ".a" * 500),
    "key": ("title", "terms", "written", "⟨name⟩", "⟨odd⟩", "[a, b]", "{a: b}", "!!binary x", "'⟨words⟩'", "''",
        "null", "*a"),
    "tag": ("en", "de", "zh-Hans", "xx", "en-⟨name⟩", "⟨yaml⟩", "es-419", "sr-Latn-RS", "qaa", "x-klingon",
        "art-lojban", "iw"),
    "yaml": (
        "x", "⟨words⟩", "'⟨words⟩'", '"⟨words⟩"', '"\\x00\\u202e\\UFFFFFFFF"', '"\\ud800"', "|\n  ⟨words⟩\n",
        ">-\n  ⟨words⟩\n",
        "[⟨yaml⟩, ⟨yaml⟩]", "{⟨key⟩: ⟨yaml⟩}", "&a ⟨yaml⟩", "*a", "!!int ⟨int⟩", "!!python/object:os.system x",
        "!<tag:x> y",
        "⟨int⟩", "⟨date⟩", "~", "yes", "NO", "0x⟨int⟩", "1:60:60", "- ⟨yaml⟩", "", "'", '"', "[", "{", "@", "`", "%",
        deep(("[", "]"), ("{a: ", "}"), ("- ", ""), ("&a [", "]")), again("a, ", "&a ", "!a ", "'", "? "),
    ),
    "markdown": (HEAD + "\n⟨block⟩\n⟨block*⟩", HEAD + "\n## ⟨text⟩\n\n⟨block⟩\n⟨block*⟩\n⟨block*⟩",
        HEAD + "⟨block*⟩"),
    "block": (
        "⟨text⟩\n\n", "⟨fence⟩", "⟨fence⟩", "⟨heading⟩", "⟨list*⟩\n", "⟨table⟩", "⟨table⟩", "⟨picture⟩\n\n",
        "[^⟨name⟩]: ⟨text⟩\n\n",
        "```⟨words⟩\n⟨text⟩\n", "> ⟨text⟩\n\n", "---\n\n", "<div>\n⟨text⟩\n\n", "    ⟨text⟩\n\n",
        "⟨text⟩\n: ⟨text⟩\n\n", "⟨odd⟩",
        "[⟨name⟩]: <⟨address⟩> '⟨words⟩'\n\n", "⟨text⟩\n====\n\n", "Table: ⟨text⟩\n\n⟨table⟩", "Note: ⟨text⟩\n\n",
        "⟨text⟩\\\n⟨text⟩\n\n",
        "- es: https://a.example\n\n", "______\n\n", "____{⟨name⟩}\n\n", "⟨text⟩: ____\n\n",
        deep((":::: tip\n", "::::\n"), ("> ", ""), ("- ", ""), ("  - a\n", ""), ("1. ", ""),
            (":" * 9 + " only country=US\n", ":" * 9 + "\n")),
        again("::: tip\n", ":::\n", "# a\n", "## a\n\n", "- a\n", "1. a\n", "| a ", "[^1]: a\n", "[a]: b\n", "___ ",
            "....... ", "> \n", "\n", "a\n\n"),
    ),
    "heading": ("## ⟨text⟩\n\n", "⟨hashes⟩ ⟨text⟩\n\n⟨text⟩\n\n", "## ⟨int⟩. ⟨text⟩\n\n", "⟨text⟩\n---\n"),
    "hashes": ("#", "##", "###", "####", "#######"),
    "fence": (
        "::: tip\n⟨text⟩\n:::\n", "⟨colons⟩ ⟨kind⟩⟨option*⟩\n⟨block*⟩⟨colons⟩\n", "::: ⟨kind⟩\n⟨block*⟩:::\n",
        "::: ⟨kind⟩⟨option*⟩\n⟨list*⟩:::\n",
        "::: evidence refs=\"a2020 ⟨name⟩\"\n⟨block⟩:::\n", "::: words\n:::\n", ":::: diary\n⟨table⟩::::\n",
        "::: only country=⟨name⟩\n⟨block⟩:::\n",
        "::: code\n[⟨words⟩](⟨address⟩)\n\n⟨list*⟩:::\n", "::: questions\n⟨text⟩\n: ⟨text⟩\n\n:::\n",
        "::: pictures\n⟨picture⟩\n\n⟨picture⟩\n:::\n",
        "::: drawing\n⟨picture⟩\n\n1. ⟨words⟩\n2. ⟨words⟩\n:::\n",
        "::: emergency\n## Call {emergency_number}\n\n- ⟨text⟩\n\n1. ⟨text⟩\n:::\n",
        "::: language ⟨tag⟩\n⟨block⟩:::\n", "::: signature\n⟨text⟩\n\n- ⟨text⟩\n:::\n",
        "::: slip\n## ⟨text⟩\n\n⟨block*⟩:::\n", "::: do\n- ⟨text⟩\n:::\n\n::: do-not\n- ⟨text⟩\n:::\n",
    ),
    "colons": (":::", "::::", ":::::", ":" * 100, " :::", "::"),
    "kind": (*FENCED, "⟨name⟩", "Tip", "tip:", "{.tip}"),
    "option": (" {⟨mark*⟩}", " ⟨name⟩=⟨words⟩", ' refs="⟨words⟩"', " refs=a2020", " country=⟨name⟩", " ⟨words⟩",
        ' x="'),
    "mark": (" .safety", " #⟨name⟩", " .short", " .more", " .optional", ' note="⟨words⟩"',
        ' context="⟨words⟩"', " ⟨words⟩", " lang=es"),
    "list": ("- ⟨text⟩\n", "1. ⟨text⟩\n", "  - ⟨text⟩\n", "- [ ] ⟨text⟩\n", "- [x] a\n", "⟨int⟩. ⟨text⟩\n",
        "* ⟨text⟩\n", "\n  ⟨text⟩\n", "      - ⟨text⟩\n",
             "-\n", "- ⟨picture⟩\n", "  ⟨picture⟩\n", "• ⟨text⟩\n"),
    "table": ("| a | b |\n|---|---|\n⟨row*⟩\n", "|⟨cell*⟩\n|⟨dashes*⟩\n⟨row*⟩\n", "a | b\n-|-\n⟨row*⟩{⟨mark*⟩}\n\n",
        "| a |\n|---|\n" + "| ^^ |\n" * 3 + "\n"),
    "row": ("| ⟨cell⟩ | ⟨cell⟩ |\n", "|⟨cell*⟩|\n", "|⟨cell*⟩\n", "| ⟨cell⟩ ||\n", "| ⟨cell⟩ |||\n", "| ^^ | ^^ |\n",
        "||\n", "|||||\n", "Table: ⟨text⟩\n", "Note: ⟨text⟩\n"),
    "cell": ("⟨text⟩|", "**⟨text⟩**|", "|", "^^|", "\\||", "`|`|", " [ ] a|", " |", "____|", "[^1]|"),
    "dashes": ("---|", ":-:|", "-|", ":|", " |"),
    "picture": ("![⟨words⟩](pictures/a.svg)", "![⟨text⟩](⟨path⟩ \"⟨text⟩\")", "![](a.svg)", "![⟨picture⟩](a.png)"),
    "path": ("a.png", "../../etc/passwd", "⟨address⟩", "/dev/zero", "a⟨odd⟩.svg", "%2e%2e/a.svg", "a.SVG",
        "pictures", "<a b.png>"),
    "text": (
        "⟨words⟩", "⟨words⟩", "Take ⟨int⟩ ⟨words⟩ a day.", "**⟨text⟩**", "*⟨text⟩*", "***⟨words⟩*",
        "[⟨text⟩](⟨address⟩)", "[⟨text⟩](#⟨name⟩)", "[⟨text⟩]{lang=⟨tag⟩}",
        "⟨words⟩[^1]", "⟨words⟩ {⟨mark*⟩}", "`⟨words⟩`", "<⟨words⟩>", "![⟨words⟩](a.svg)", "⟨words⟩ ____{a} ⟨words⟩",
        "\\⟨odd⟩", "⟨text⟩ ⟨text⟩", "⟨text⟩\n⟨text⟩",
        "&⟨name⟩;", "$⟨words⟩$", "^[⟨words⟩]", "~~⟨words⟩~~", "==⟨words⟩==", "[[⟨words⟩]]", ":⟨name⟩:",
        "{{ ⟨words⟩ }}", "«⟨words⟩»",
        "Do not take more than ⟨int⟩ in ⟨int⟩ hours.", "⟨int⟩–⟨int⟩ mg/⟨int⟩ ml",
        "If ⟨words⟩, ⟨words⟩ unless ⟨words⟩.",
        deep(("*", "*"), ("**", "**"), ("[", "](https://a.example)"), ("![", "](a.svg)"), ("(", ")"), ("_", "_"),
            ("*a ", "b*"), ("[", "]{lang=es}")),
        again("*", "**a", "[", "]", "](", "![", "`", "``a", "<", "<a ", "&", "\\", "_a_", "*a**b", "[a](", "{",
            "{a}", "[^1]", "~", "==", "https://", "a@", "…", "<!--",
              "50 mg ", "1 ", "1,", ". ", "No. ", "« ", "A.B.", "a/", "a-", "'s", "\t", " ", "\u00a0", "not ", "1/"),
    ),
}  # fmt: skip
