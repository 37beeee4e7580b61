"""Which figures of a right-to-left line count what its next word names: "3 times", "2 tablets", "24 hours".

Such a figure reads with that word, whatever stands before it: in "(250 mg) 3 times" it is no part of the dose, and a
run that held both would print the 3 beside the tablets and the 250 mg beside the "times".

What stands before decides how sure the word must make it:

* a dose, unit or percentage: any word will do;
* another word (a medicine's name): any but "and", "in", "daily" and the like, or Arabic words with an article;
* an abbreviation ("MMR 2") or a number (of a telephone): only a word that is known to be counted;
* a word that has its number in its name ("type 2", "omega 3"), or an English month: never.
"""

from __future__ import annotations

import re
import unicodedata

from plainleaf.languages import phone_shapes
from plainleaf.languages.invisible import DIRECTION_MARKS
from plainleaf.languages.letters import LETTER

Span = tuple[int, int]

_FIRST = r"[^\W\d_]"
_WORD = rf"({_FIRST}(?:{LETTER}|־|[\"'’״׳](?={_FIRST}))*)"
_NEXT = re.compile(rf"[+°]?[\s{DIRECTION_MARKS}]*(?:[-‐‑־]\s*)?[\"«“„״]?{_WORD}")
_NEXT_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*{_WORD}")
_RANGE = re.compile(r"\s+[-–—−]\s+")
_TIMES = re.compile(r"\s+×\s+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3})+(?!\d)")
MIXED = re.compile(r"(?<!\d)\d\s(?:\d/\d+|[¼-¾⅐-⅞])")  # 1 1/2
_X = frozenset({"x", "X"})
_OR = frozenset({"to", "or", "and"})

_MONTHS = """
jan feb mar apr may jun jul aug sep sept oct nov dec
january february march april june july august september october november december
"""
_NUMBERED = """
chapter class covid factor figure grade group level line no number omega page part phase room sars section
stage step table type version ward
"""

# Arabic, Persian, Urdu, Hebrew, Pashto, Kurdish. A word that is missing is still counted after a dose or a medicine.
_COUNTED_WORDS = """
مرة مرات يوم يوما أيام ساعة ساعات دقيقة دقائق ثانية ثوان ثواني أسبوع أسبوعا أسابيع شهر شهرا أشهر شهور سنة سنوات عام
عاما أعوام ليلة ليال ليالي قرص قرصا أقراص حبة حبات حبوب كبسولة كبسولات قطرة قطرات نقطة نقط نقاط بخة بخات نفخة نفخات
رشة رشات ملعقة ملاعق جرعة جرعات حقنة حقن إبرة إبر لصقة لصقات تحميلة تحاميل كوب أكواب كأس كيس أكياس ظرف ظروف أمبولة
أمبولات علبة علب عبوة عبوات جلسة جلسات وحدة وحدات درجة درجات شخص شخصا أشخاص مريضا مرضى ملغ ملغم مجم مكغ مل ملل غرام
غراما غرامات جرام جم كغ كجم مغ غم ملجم لتر لترات ملم سم
بار دفعه مرتبه نوبت روز روزه ساعت دقیقه ثانیه هفته ماه سال شب قرص کپسول قطره پاف پف اسپری قاشق آمپول تزریق دوز واحد
نفر عدد لیوان شیاف برچسب ساشه بسته جلسه گرم میلی‌گرم میلی‌لیتر میلی میکروگرم لیتر درجه سی‌سی
دفعہ مرتبہ دن دنوں گھنٹہ گھنٹے گھنٹوں منٹ سیکنڈ ہفتہ ہفتے ہفتوں مہینہ مہینے مہینوں برس گولی گولیاں گولیوں کیپسول قطرہ
قطرے کش چمچ چمچے ٹیکہ ٹیکے انجکشن خوراک خوراکیں یونٹ گلاس ملی گرام ڈگری افراد لوگ لوگوں
פעם פעמים יום ימים שעה שעות דקה דקות שנייה שניות שבוע שבועות חודש חודשים שנה שנים לילה לילות כדור כדורים טבליה טבליות
קפסולה קפסולות כמוסה כמוסות טיפה טיפות שאיפה שאיפות לחיצה לחיצות כף כפות כפית כפיות מנה מנות זריקה זריקות הזרקה הזרקות
יחידה יחידות מדבקה מדבקות נר נרות כוס כוסות שקית שקיות בקבוק אמפולה פגישה פגישות מ"ג מ״ג מ"ל מ״ל מק"ג ק"ג גרם ליטר
מעלות איש אנשים
ځله ورځ ورځې ساعته ساعتونه ګولۍ
جار جاران ڕۆژ کاتژمێر حەب
"""

_UNCOUNTED_WORDS = """
في من إلى على عن مع أو و ثم قبل بعد عند حتى كل لمدة خلال بدون دون بين حسب لكل منذ هو هي هذا هذه هل لا إذا إن أن التي
الذي فقط يوميا مجانا صباحا مساء ليلا نهارا ظهرا أسبوعيا شهريا سنويا فورا دائما أيضا عادة مباشرة فأقل فأكثر أقل أكثر
أعلى يومين يومان أسبوعين شهرين قرصين قرصان عامين
در به از تا را و یا با برای هر پیش پس قبل بعد که است نیست روزانه شبانه هفتگی فقط حداکثر حداقل نیز هم
میں سے کو کا کی کے تک پر اور یا ہر ہے ہیں نہ روزانہ صرف پہلے والا والی والے بھی ساتھ لیے دیں لیں
לפני אחרי עם או של את כל עד על ללא בין גם רק לא הוא היא היום הלילה פעמיים יומיים שעתיים שבועיים חודשיים ביום בבוקר
בערב בלילה בצהריים בשבוע בחודש בשעה ליום לשבוע לחודש לילדים למבוגרים מדי מיד
"""
_ARTICLE = ("ال", "لل", "وال", "بال", "فال", "كال")
_DUAL = ("تين", "تان")  # "two times": the word holds its number


def _fold(word: str) -> str:
    """A word without vowel signs, in one spelling of the letters that Arabic, Persian and Urdu write differently."""
    bare = "".join(
        char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) not in {"Mn", "Cf"}
    )
    return bare.translate(str.maketrans("یکہةى״’", "يكههي\"'", "ـ"))


_COUNTED = frozenset(map(_fold, _COUNTED_WORDS.split()))
_UNCOUNTED = frozenset(map(_fold, _UNCOUNTED_WORDS.split()))


def begins(text: str, tokens: list[Span]) -> dict[int, int]:
    """Of the left-to-right words and numbers of a right-to-left text, those that begin a figure which its next word
    counts, though another of them stands before it; with the place in ``text`` that parts the two.
    """
    found: dict[int, int] = {}
    for last in range(1, len(tokens)):
        end = tokens[last][1]
        if not _figure(text, tokens[last]) or not (_next(_NEXT, text, end) or _next(_NEXT_IN_BRACKETS, text, end)):
            continue
        first = _first(text, tokens, last)
        if first and _counts(text, tokens, first, last):
            found[first] = _gap(text, tokens, first)
            if text[slice(*tokens[first - 1])] in _X and first > 1:  # 500 mg x 3 times
                found[first - 1] = _gap(text, tokens, first - 1)
    return found


def _figure(text: str, token: Span) -> bool:
    """Whether a token is a number, or an "x3"."""
    said = text[slice(*token)]
    return bool(re.fullmatch(r"[xX]?\d+", said)) or all(unicodedata.category(char)[0] == "N" for char in said)


def _first(text: str, tokens: list[Span], last: int) -> int:
    """The token that a figure begins with: of 2.5, 1/2, 6–8, 6 – 8, 2 to 3, 10 000, 1 1/2."""
    first = last
    while first:
        start, end = tokens[first - 1]
        between = text[end : tokens[first][0]]
        if _figure(text, (start, end)):
            if re.search(r"[\s()\[\]]", between) and not _one_spaced(text, tokens, first):
                break
            first -= 1
        elif text[start:end] in _OR and first > 1 and _figure(text, tokens[first - 2]) and between.isspace():
            first -= 2
        else:
            break
    return first


def _one_spaced(text: str, tokens: list[Span], index: int) -> bool:
    """Whether a number and the one before it are one figure for all the space between them."""
    (start, stop), (begin, end) = tokens[index - 1], tokens[index]
    if _RANGE.fullmatch(text, stop, begin):  # but not "500 – 2 tablets", nor a telephone number before its hours
        whole = (
            text[start:stop].isdecimal() and text[start - 1 : start] not in {".", ","} and text[begin:end].isdecimal()
        )
        rising = not whole or int(text[start:stop]) < int(text[begin:end])
        return rising and _digits_before(text, tokens, index) < 6
    return any((match := whole.match(text, start)) and match.end() > begin for whole in (_THOUSANDS, MIXED))


def _gap(text: str, tokens: list[Span], index: int) -> int:
    """The place that parts a token from the one before it."""
    start, end = tokens[index - 1][1], tokens[index][0]
    return next((at for at in range(start, end) if text[at].isspace()), start)


def _counts(text: str, tokens: list[Span], first: int, last: int) -> bool:
    """Whether a figure begins a run of its own, by what stands before it and after it."""
    start, stop = tokens[first - 1]
    before, between = text[start:stop], text[stop : tokens[first][0]]
    word = _fold(_next(_NEXT, text, tokens[last][1]))
    dose = _dose(text, tokens, first - 1)
    if not re.search(r"\s", between):
        return bool(word) and between == "/" and dose  # 250 mg/5 ml
    if _figure(text, (start, stop)):
        if _RANGE.fullmatch(between) or _TIMES.fullmatch(between):
            return bool(word)
        short = all(finish - begin <= 2 for begin, finish in tokens[first : last + 1])
        return short and word in _COUNTED and _digits_before(text, tokens, first) >= 6
    if before.casefold() in _MONTHS.split():  # 12 May 2026, May 5; but "12 May 3 times"
        return word in _COUNTED and first > 1 and _figure(text, tokens[first - 2])
    if before.casefold() in _NUMBERED.split():
        return False
    if dose or before in _X:
        return True  # be the word in brackets
    if before.isupper() and len(before) <= 5:
        return word in _COUNTED
    return bool(word) and not (word in _UNCOUNTED or word.startswith(_ARTICLE) or word.endswith(_DUAL))


def _next(pattern: re.Pattern[str], text: str, at: int) -> str:
    """The word that follows, if it runs from right to left, or ""."""
    found = pattern.match(text, at)
    return found[1] if found and unicodedata.bidirectional(found[1][0]) in {"R", "AL"} else ""


def _dose(text: str, tokens: list[Span], index: int) -> bool:
    """Whether a word belongs to a number before it: mg in "500 mg", kg in "2 mg/kg", C in "39 °C", "500mg"."""
    while index and not text[tokens[index][0]].isdigit() and not re.search(r"\s", _between(text, tokens, index)):
        index -= 1
    if text[tokens[index][0]].isdigit():
        return True
    return (
        index > 0 and _figure(text, tokens[index - 1]) and bool(re.fullmatch(r"\s+°?", _between(text, tokens, index)))
    )


def _between(text: str, tokens: list[Span], index: int) -> str:
    return text[tokens[index - 1][1] : tokens[index][0]]


def _digits_before(text: str, tokens: list[Span], first: int) -> int:
    """How many digits hang together before a figure, as those of a telephone number or a date: 6 are as good as all."""
    count = 0
    for index in range(first - 1, -1, -1):
        if count >= 6 or not _figure(text, tokens[index]):
            break
        count += tokens[index][1] - tokens[index][0]
        if index and not phone_shapes.GAP.fullmatch(_between(text, tokens, index)):
            break
    return count
