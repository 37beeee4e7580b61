# ruff: noqa: E501 - a line for each alternative
"""Files of terms: TBX in its styles, tables, and lists."""

from __future__ import annotations

from tests.fuzz.grammar import Rules, again, deep

TBX: Rules = {
    "file": ("<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"en\"><text><body>⟨concept⟩⟨concept*⟩</body></text></tbx>",
        "⟨head⟩<tbx><text><body>⟨concept*⟩</body></text></tbx>", "⟨head⟩<martif><text><body>⟨concept*⟩</body></text></martif>",
        "⟨junk⟩⟨concept⟩⟨junk⟩", "⟨junk⟩"),
    "head": ("<?xml version=\"1.0\"?>\n", "<?xml version=\"1.0\" encoding=\"⟨name⟩\"?>", "<!DOCTYPE tbx SYSTEM \"⟨words⟩\">",
        "<!DOCTYPE tbx [<!ENTITY a \"⟨words⟩\"><!ENTITY b \"&a;&a;\">]>", "<!DOCTYPE tbx [<!ENTITY % a SYSTEM \"/dev/zero\">%a;]>"),
    "concept": ("<conceptEntry id=\"c\">⟨english⟩⟨section*⟩</conceptEntry>\n", "<termEntry>⟨english⟩⟨section⟩</termEntry>",
        "<conceptEntry>⟨section*⟩⟨junk⟩</conceptEntry>", "⟨section⟩", "<x:conceptEntry xmlns:x=\"a\">⟨section⟩</x:conceptEntry>"),
    "english": ("<langSec xml:lang=\"en\"><termSec><term>naloxone</term></termSec></langSec>",
        "<langSet xml:lang=\"EN-us\"><tig><term>⟨text⟩</term></tig></langSet>"),
    "section": ("<langSec xml:lang=\"⟨tag⟩\">⟨term⟩⟨term*⟩</langSec>", "<langSec>⟨term⟩</langSec>",
        "<langSec xml:lang=\"es\"><descrip type=\"definition\">⟨text⟩</descrip>⟨term⟩</langSec>"),
    "term": ("<termSec><term>⟨text⟩</term></termSec>", "<ntig><termGrp><term>⟨text⟩</term></termGrp></ntig>", "<term>⟨text⟩",
        "<termSec><term>⟨text⟩</term><termNote type=\"administrativeStatus\">deprecatedTerm-admn-sts</termNote></termSec>",
        "<termSec>⟨junk⟩</termSec>"),
    "tag": ("es", "en", "pt-BR", "⟨words⟩", "", "zh_Hans", "../es", "es⟨odd⟩"),
    "text": ("naloxona", "⟨words⟩", "=CMD()", "<b>a</b>", "{clinic_phone}", "&lt;b&gt;", "&a;", "&#0;", "&#x202e;", "⟨odd⟩",
        again("a", "é", " ", "\u202e", "ا")),
    "junk": ("<!-- ⟨words⟩ -->", "⟨words⟩", "<![CDATA[⟨words⟩]]>", "<a", "</a>", "]]>", "&", "<?⟨words⟩?>", "⟨odd⟩",
        deep(("<a>", "</a>"), ("<termSec>", "</termSec>"), ("<langSec xml:lang=\"es\">", ""))),
}  # fmt: skip

CSV: Rules = {
    "table": ("term,es,fr\n⟨row*⟩⟨row⟩", "term⟨sign⟩meaning⟨sign⟩leaflets⟨sign⟩es\n⟨row*⟩", "⟨cell⟩,⟨cell⟩\n⟨row*⟩", "⟨row*⟩"),
    "sign": (",", ";", "\t", "⟨odd⟩"),
    "row": ("naloxone,naloxona,\n", "⟨cell⟩,⟨cell⟩,⟨cell⟩\n", "⟨cell⟩⟨sign⟩⟨cell⟩\n", ",,\n", "\n",
        again("a,", ",", "\n", '"', "a\n")),
    "cell": ("heroin", "⟨words⟩", '"⟨words⟩"', '"⟨words⟩', "=cmd|' /C calc'!A0", "'=a", "'", " -1", "@a", "", "⟨odd⟩",
        "<b>a</b>", "{a}", again("a", "é", "\u202e")),
}  # fmt: skip
