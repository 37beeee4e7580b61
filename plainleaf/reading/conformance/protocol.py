"""The Matterhorn Protocol 1.1 (PDF Association, 2021) as a table: how a file can fail PDF/UA-1, condition by condition.

Each condition has our own words for what holds in a file that meets it, the clause of ISO 14289-1 (with the number of
its paragraph there), and who can judge it. The introduction of the protocol still counts 136 conditions, as version
1.02 had; its tables have 137 since 13-008 was added: 87 for software, 48 for a person, and 2 without a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1.1"


class Judge(StrEnum):
    """Who can tell whether a condition is met."""

    SOFTWARE = "software"
    HUMAN = "human"
    NOBODY = "nobody"  # the protocol has a number and no test


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: ``id`` such as "13-004", ``clause`` of ISO 14289-1 such as "7.3-3", ``text``: what holds if it is
    met."""

    id: str
    clause: str
    judge: Judge
    text: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint: ``id`` such as "13", its name in the protocol, and its conditions in order."""

    id: str
    name: str
    conditions: tuple[Condition, ...]


# A line is a checkpoint, or a condition: who judges it (s: software, h: a person, -: nobody), its clause, its words.
_TABLE = """\
01 Real content tagged
01-001 h 7.1-1 Nothing that only decorates the page is tagged as content.
01-002 h 7.1-1 Nothing that a reader needs is marked as an artifact.
01-003 s 7.1-1 No artifact lies inside tagged content.
01-004 s 7.1-1 No tagged content lies inside an artifact.
01-005 s 7.1-2 Everything drawn is tagged or marked as an artifact.
01-006 h 7.1-2 Each tag and its attributes say what the content is.
01-007 s 7.1-11 The file does not call its own tags suspect.
02 Role mapping
02-001 s 7.1-3 Each tag of the file's own is mapped to a standard one.
02-002 h 7.1-3 Each tag of the file's own is mapped to the standard one with its meaning.
02-003 s 7.1-3 No mapping of tags runs in a circle.
02-004 s 7.1-4 No standard tag is mapped to another one.
03 Flickering
03-001 h 7.1-5 No action makes the page flicker.
03-002 h 7.1-5 No film or animation flickers.
03-003 h 7.1-5 No script makes the page flicker.
04 Colour and contrast
04-001 h 7.1-6 What colour, contrast, form or place on the page say, the tags say too.
05 Sound
05-001 h 7.1-7 What is heard in a film can be had in another way.
05-002 h 7.1-7 What is heard in a recording can be had in another way.
05-003 h 7.1-7 Where a script beeps, it gives notice in another way too.
06 Metadata
06-001 s 7.1-8 The file has metadata (XMP).
06-002 s 5 The metadata say that the file is PDF/UA-1.
06-003 s 7.1-8 The metadata have the title of the document.
06-004 h 7.1-8 The title says which document this is.
07 Dictionary
07-001 s 7.1-9 The file says whether a window shows its title (DisplayDocTitle).
07-002 s 7.1-9 A window shows the title and not the name of the file.
08 Text recognition
08-001 h 7.1-10 Text that was recognised in a scan has no grave errors.
08-002 h 7.1-10 Text that was recognised in a scan is tagged.
09 Appropriate tags
09-001 h 7.2-1 The tags come in the order in which the document is read.
09-002 h 7.2-1 Tags lie within each other in a way that makes sense.
09-003 h 7.2-1 Each tag, once mapped to a standard one, fits what it holds.
09-004 s 7.2-1 Tags of tables are put together as tables are (ISO 32000-1, table 337).
09-005 s 7.2-1 Tags of lists are put together as lists are (ISO 32000-1, table 336).
09-006 s 7.2-1 Tags of contents are put together as contents are (ISO 32000-1, table 333).
09-007 s 7.2-1 Tags of ruby are put together as ruby is (ISO 32000-1, table 338).
09-008 s 7.2-1 Tags of warichu are put together as warichu is (ISO 32000-1, table 338).
10 Character mappings
10-001 s 7.2-2 Each letter that is drawn is clear from its code (Unicode).
11 Declared natural language
11-001 s 7.2-3 The language of the text on the pages is declared.
11-002 s 7.2-3 The language of texts in place of others (Alt, ActualText, E) is declared.
11-003 s 7.2-3 The language of the bookmarks is declared.
11-004 s 7.2-3 The language of the descriptions of links and notes is declared.
11-005 s 7.2-3 The language of the names of form fields is declared.
11-006 s 7.2-3 The language of the metadata is declared.
11-007 h 7.2-3 Each declared language is the right one.
12 Stretchable characters
12-001 h 7.2-4 Characters drawn in parts, such as a large bracket, read as one character.
13 Graphics
13-001 h 7.3-1 Each picture that says something is tagged as a figure.
13-002 h 7.3-1 A link with a picture says in words both where it leads and what the picture is for.
13-003 h 7.3-2 Each caption is tagged as one.
13-004 s 7.3-3 Each figure has a text in its place.
13-005 h 7.3-4 A figure's text describes it where it is more than letters (Alt, not ActualText).
13-006 h 7.3-5 Parts that make sense only together are one figure.
13-007 h 7.3-6 No picture is used where a more accessible form would do.
13-008 h 7.3-4 A figure that is read as text has that text (ActualText).
14 Headings
14-001 h 7.4-1 All headings are tagged as headings.
14-002 s 7.4.2-1 The first heading is of level 1.
14-003 s 7.4-1 No level of headings is skipped on the way down.
14-004 h 7.4.3-1 The level of a heading is an Arabic numeral in its tag.
14-005 h 7.4.3-1 A heading below level 6 has a tag of its own level.
14-006 s 7.4.4-1 Where headings have no level, no part of the document has two.
14-007 s 7.4.4-3 Headings have a level everywhere or nowhere.
15 Tables
15-001 h 7.5-1 The header of each row is tagged as a header.
15-002 h 7.5-1 The header of each column is tagged as a header.
15-003 s 7.5-2 Each header says whether it is of a row or a column, unless cells name their headers.
15-004 h 7.5-3 Only what has rows and columns is tagged as a table.
15-005 h 7.5-2 The headers of each cell are beyond doubt.
16 Lists
16-001 h 7.6-1 A list with an order says how it is numbered.
16-002 h 7.6-1 A list with an order is said to be numbered as it is.
16-003 h 7.6-2 Each list is tagged as a list.
17 Mathematical expressions
17-001 h 7.7-1 Each formula is tagged as one.
17-002 s 7.7-1 Each formula has a text in its place (Alt).
17-003 s 7.7-2 Each letter of a formula is clear from its code (Unicode).
18 Page headers and footers
18-001 h 7.8-1 Running headers and footers are marked as artifacts of the page.
18-002 h 7.8-1 These artifacts say which is a header and which a footer.
19 Notes and references
19-001 h 7.9-1 Each footnote or endnote is tagged as one.
19-002 h 7.9-1 Each reference is tagged as one.
19-003 s 7.9-2 Each note has an ID.
19-004 s 7.9-2 No two notes have the same ID.
20 Optional content
20-001 s 7.10-1 Each further arrangement of layers has a name.
20-002 s 7.10-1 The first arrangement of layers has a name.
20-003 s 7.10-2 No layer is switched by itself (AS).
21 Embedded files
21-001 s 7.11-1 Each embedded file has its name in both forms (F and UF).
22 Article threads
22-001 h 7.12-1 Threads of articles run in the order of reading.
23 Digital signatures
23-001 - 7.13-1 Signatures have no test of their own; what is said of form fields holds for them.
24 Non-interactive forms
24-001 h 7.14-1 Fields of a form to print say so (PrintField).
25 XFA
25-001 s 7.15-1 No form asks for pages that a program makes while it is open (XFA, dynamicRender).
26 Security
26-001 s 7.16-1 An encrypted file says what it permits.
26-002 s 7.16-1 An encrypted file permits screen readers to read it.
27 Navigation
27-001 - 7.17-1 Navigation has no test of its own; the tags are what it goes by.
28 Annotations
28-001 h 7.18.1-2 Each annotation is read where it belongs.
28-002 s 7.18.1-2 Each annotation that is neither link, field nor printer's mark lies in an Annot tag.
28-003 h 7.18.1-3 An annotation that only formats is tagged as what it means.
28-004 s 7.18.1-4 Each annotation that is no field has a description.
28-005 s 7.18.1-4 Each form field has a name for readers (TU) or a description.
28-006 s 7.18.2-1 An annotation of a kind that the standard lacks is tagged and described all the same.
28-007 s 7.18.2-2 There is no annotation for trapping (TrapNet).
28-008 s 7.18.3-1 Each page with annotations says in which order the Tab key goes.
28-009 s 7.18.3-1 There the Tab key goes in the order of the tags.
28-010 s 7.18.4-1 Each form field lies in a Form tag.
28-011 s 7.18.5-1 Each link lies in a Link tag.
28-012 s 7.18.5-2 Each link has a description of its own (Contents).
28-013 h 7.18.5-3 Where a link depends on the spot that is clicked, the same can be had in another way.
28-014 s 7.18.6.2-1 Each film or recording says of what type it is (CT).
28-015 s 7.18.6.2-1 Each film or recording has a description (Alt).
28-016 s 7.18.7-1 Each attached file has its name in both forms (F and UF).
28-017 s 7.18.8-1 No printer's mark is among the tags.
28-018 s 7.18.8-2 What a printer's mark draws is marked as an artifact.
29 Actions
29-001 h 7.19-1 No script asks for keys to be pressed at a certain pace.
30 XObjects
30-001 s 7.20-1 No part of a page is fetched from another file.
30-002 s 7.20-2 No part of a page that holds tagged content is used twice.
31 Fonts
31-001 s 7.21.3.1-1 A font and its table of codes (CMap) name the same registry.
31-002 s 7.21.3.1-1 A font and its table of codes (CMap) name the same order of characters.
31-003 s 7.21.3.1-1 A font is of no earlier supplement than its table of codes (CMap).
31-004 s 7.21.3.2-1 How characters become glyphs (CIDToGIDMap) is said by a table or as Identity.
31-005 s 7.21.3.2-1 How characters become glyphs (CIDToGIDMap) is said at all.
31-006 s 7.21.3.3-1 Each table of codes (CMap) is one of the standard's or embedded.
31-007 s 7.21.3.3-1 A table of codes (CMap) gives one direction of writing, inside and outside.
31-008 s 7.21.3.3-2 A table of codes (CMap) builds on one of the standard's only.
31-009 s 7.21.4.1-1 Each font of text that is seen is embedded.
31-010 h 7.21.4.1-2 Each embedded font may lawfully be embedded for everybody.
31-011 s 7.21.4.1-3 Each embedded font has all the glyphs that are used.
31-012 s 7.21.4.2-1 The list of glyphs of a Type 1 font (CharSet) has all that it holds.
31-013 s 7.21.4.2-2 The list of glyphs of a Type 1 font (CharSet) has none that it lacks.
31-014 s 7.21.4.2-3 The list of glyphs of a CID font (CIDSet) has all that it holds.
31-015 s 7.21.4.2-4 The list of glyphs of a CID font (CIDSet) has none that it lacks.
31-016 s 7.21.5-1 Glyphs are as wide in the font as the file says.
31-017 s 7.21.6-1 A TrueType font for letters has a table for letters (cmap).
31-018 s 7.21.6-2 That table has each letter that is used.
31-019 s 7.21.6-3 A TrueType font for letters says how it is encoded.
31-020 s 7.21.6-4 An encoding that differs says from which one (BaseEncoding).
31-021 s 7.21.6-5 A TrueType font for letters is encoded as MacRoman or WinAnsi.
31-022 s 7.21.6-6 Glyphs that are encoded otherwise have names of the Adobe Glyph List.
31-023 s 7.21.6-7 A font with such glyphs has a Unicode table (cmap 3,1).
31-024 s 7.21.6-8 A TrueType font for symbols has no encoding besides its own.
31-025 s 7.21.6-9 A TrueType font for symbols has a table of codes (cmap).
31-026 s 7.21.6-10 If it has several, one of them is for symbols (cmap 3,0).
31-027 s 7.21.7-1 Each font says which letters its codes are (ToUnicode), or has an encoding that does.
31-028 s 7.21.7-2 No code is said to be the letter U+0000.
31-029 s 7.21.7-3 No code is said to be U+FEFF or U+FFFE, which are no letters.
31-030 s 7.21.8-1 No text uses the glyph for what is missing (.notdef).
"""
_JUDGES = {"s": Judge.SOFTWARE, "h": Judge.HUMAN, "-": Judge.NOBODY}


def _checkpoints() -> Iterator[Checkpoint]:
    name, number, conditions = "", "", list[Condition]()
    for line in (*_TABLE.splitlines(), ""):
        first, _, rest = line.partition(" ")
        if "-" in first:
            judge, clause, text = rest.split(" ", 2)
            conditions.append(Condition(first, clause, _JUDGES[judge], text))
            continue
        if number:
            yield Checkpoint(number, name, tuple(conditions))
        number, name, conditions = first, rest, []


CHECKPOINTS = tuple(_checkpoints())
CONDITIONS = {condition.id: condition for checkpoint in CHECKPOINTS for condition in checkpoint.conditions}
