"""Why each finding on how a text reads is one."""

from __future__ import annotations

from typing import Final

from plainleaf.checks.readability import pemat
from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "readability-score",
        "The whole text is harder to read than its target.",
        "Many readers give up, or understand something else.",
        "Shorten the sentences that are listed first: each says how much the text gains by it.",
    ),
    Explanation(
        "readability-unscored",
        "This language has no validated formula.",
        "A number without a validated formula would only look exact.",
        "Have a native reader judge the text.",
    ),
    Explanation(
        "readability-short",
        "The text is too short for a score.",
        "In a few sentences, chance decides.",
        "Nothing needs to be done.",
    ),
    Explanation(
        "readability-unlisted",
        "There is no list of jargon, of words that hurt or of passives for this language.",
        "No finding does not mean that the text has none.",
        "Have a native reader judge the words; a list can be added to the language's checks.toml.",
    ),
    Explanation(
        "readability-method",
        "Syllables are estimated in this language.",
        "The score is less exact than in others.",
        "Read the score with care.",
    ),
    Explanation(
        "readability-opinion",
        "A second program gives another score.",
        "Where two measures differ, neither should be trusted alone.",
        "Read the text with both scores in mind.",
    ),
    Explanation(
        "readability-ratchet",
        "The text has become harder to read than it was at its last review.",
        "Texts grow harder with every small change.",
        "Fix the sentences that are listed, or have it reviewed and record the new score.",
    ),
    Explanation(
        "readability-unrecorded",
        "No score of this edition has been recorded, or a recorded one belongs to no edition.",
        "Without it nobody sees when the text becomes harder.",
        "After a review, run plainleaf check --record.",
    ),
    Explanation(
        "readability-section",
        "The sentences of a section are long on average.",
        "Readers lose the thread where many long sentences follow one another.",
        "Cut its sentences.",
    ),
    Explanation(
        "readability-sentence",
        "A sentence is too long.",
        "By its end, many readers have forgotten its beginning.",
        "Cut it in two.",
    ),
    Explanation(
        "readability-point",
        "A list point is too long.",
        "Lists are skimmed: nobody reads a long point.",
        "Cut it in two, or say less.",
    ),
    Explanation(
        "readability-heading",
        "A heading is too long.",
        "Headings are skimmed to find a place.",
        "Say it in fewer words.",
    ),
    Explanation(
        "readability-term",
        "A long word is not explained where it is first used.",
        "Readers stop at it, or skip what it says.",
        "Use a plain word, explain it in brackets, or add it to the words to know.",
    ),
    Explanation(
        "readability-jargon",
        "A word is used by professionals only.",
        "Most readers do not know it, or know another meaning.",
        "Use the plain word that the message suggests.",
        "Administer the medication orally.",
    ),
    Explanation(
        "readability-stigma",
        "A word can hurt the people that the leaflet is for.",
        "Who feels judged stops reading, and does not come back.",
        "Write about the person, not the label.",
        "drug abuser",
        "NIDA, Words Matter (2021)",
    ),
    Explanation(
        "readability-passive",
        "A sentence is passive.",
        "It does not say who does what: readers do not know that it is their turn.",
        "Say who does it, or tell the reader what to do.",
        "The tablet is taken at night.",
    ),
    Explanation(
        "readability-filler",
        "A phrase says nothing that readers need.",
        "Each needless word costs attention.",
        "Leave it out, or write the shorter form.",
    ),
    Explanation(
        "readability-tone",
        "A phrase can sound condescending.",
        "Who feels treated like a child stops reading.",
        "Leave it out.",
    ),
    Explanation(
        "readability-noun",
        "A verb is hidden in a noun.",
        "Sentences with verbs are shorter and say who acts.",
        "Use the verb.",
        "Make an assessment of your pain.",
    ),
    Explanation(
        "readability-negative",
        "A sentence has two negations.",
        "Readers miss one of them and do the opposite.",
        "Say what is so, or what to do.",
        "Do not stop unless you are not well.",
    ),
    Explanation(
        "readability-figure",
        "A number is written in a form that is hard to grasp.",
        "Most readers cannot compare fractions and chances in words.",
        "Write the figures that the message suggests.",
    ),
    Explanation(
        "readability-order",
        "A condition comes after the action.",
        "Readers may have done it before they reach the condition.",
        "Begin with the condition: “If ..., take ...”.",
        "Take a tablet if you have no kidney disease.",
    ),
    Explanation(
        "readability-letters",
        "An abbreviation is not spelled out.",
        "Readers do not know it, or take it for another one.",
        "Write the name in full, with the letters in brackets after it.",
    ),
    Explanation(
        "readability-same-thing",
        "One thing has two names.",
        "Readers look for the difference.",
        "Use one word for one thing.",
    ),
    Explanation(
        "readability-waived",
        "A waiver in the settings lets a finding pass, with a reason, until a day.",
        "It is listed so that reviewers see it.",
        "Nothing needs to be done if the reason is right.",
    ),
    Explanation(
        "readability-waiver",
        "A waiver is not used, has ended, or names what does not exist.",
        "It would hide what nobody has judged.",
        "Fix the text, or delete the waiver.",
    ),
    *(
        Explanation(
            f"pemat-{item.name}",
            f"The answer to this question is no: {item.question}",
            "What makes a leaflet easy to understand and to act on has been studied; this is one of the points.",
            "Each finding says how to fix it.",
            reference=item.numbers,
        )
        for item in pemat.JUDGED
    ),
)
