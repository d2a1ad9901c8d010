"""What no program may write to a person: the rules of words, digits and directions, language by language.

They are of `docs/translating.md`: nobody is addressed as a man or a woman, digits are Latin, directions are the code's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.i18n.bidi import clean
from bot.i18n.fault import Fault
from bot.i18n.templates import compiled
from bot.i18n.widths import LABEL_WIDEST, label_width

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SENTENCE_END = re.compile(r"(\w+)\s*(?:[።.!?؟፧፨…\n]|</|$)")
_MARKS = re.compile("[\u064b-\u0652\u0670]")  # Arabic vowel marks; the list below is written without them
_TI_SINGULAR = ("ካ", "ኻ", "ኪ", "ኺ")  # "you" to one man, to one woman
_TI_IMPERATIVES = {"ምረጽ": "ምረጹ", "ጽሓፍ": "ጽሓፉ", "ጸሓፍ": "ጽሓፉ", "ስደድ": "ስደዱ", "ጠውቕ": "ጠውቑ", "ጠውቅ": "ጠውቑ", "ርአ": "ርአዩ"}
_AR_IMPERATIVES = {
    "اختر": "اختيار",
    "اضغط": "الضغط",
    "أدخل": "إدخال",
    "اكتب": "كتابة",
    "أرسل": "إرسال",
    "انقر": "النقر",
    "ابحث": "بحث",
    "افتح": "فتح",
    "انتظر": "الانتظار",
    "اذهب": "الذهاب",
    "اقرأ": "قراءة",
    "احذف": "حذف",
    "ألغ": "إلغاء",
    "حاول": "المحاولة",
    "شاهد": "مشاهدة",
}


def word_faults(file: str, line: int, language: str, context: str | None, text: str) -> Iterator[Fault]:
    """What breaks a rule of words in one translated text."""
    foreign = sorted({one for one in text if unicodedata.category(one) in {"Nd", "No"} and not "0" <= one <= "9"})
    if foreign:
        problem = f"The digit {foreign[0]} is not a Latin one."
        yield Fault(file, line, "digits", problem, "Write 0 to 9: addresses, buses and phones show them.")
    if clean(text) != text:
        problem = "It holds an invisible control character."
        yield Fault(file, line, "control", problem, "Remove it: directions are set by the program.")
    if context == "button":
        yield from _label_faults(file, line, text)
    if language == "ti":
        yield from _tigrinya_faults(file, line, text)
    if language == "ar":
        yield from _arabic_faults(file, line, text)


def _label_faults(file: str, line: int, text: str) -> Iterator[Fault]:
    parts = compiled(text, plain=True, rtl=False).parts
    width = label_width("".join(part for part in parts if isinstance(part, str)))
    if width > LABEL_WIDEST:
        problem = f"The label “{text}” is {width:.0f} px wide; {LABEL_WIDEST} fit."
        yield Fault(file, line, "width", problem, "Say it in one to three words.")


def _tigrinya_faults(file: str, line: int, text: str) -> Iterator[Fault]:
    for word in _SENTENCE_END.findall(text):
        if len(word) > 2 and word.endswith(_TI_SINGULAR):
            problem = f"{word} speaks to one man or one woman."
            yield Fault(file, line, "address", problem, "Use the polite plural, -ኩም, or a noun.")
    for word in _WORD.findall(text):
        if word in _TI_IMPERATIVES:
            problem, mend = f"{word} speaks to one man.", f"Write {_TI_IMPERATIVES[word]}, or a noun on a button."
            yield Fault(file, line, "address", problem, mend)


def _arabic_faults(file: str, line: int, text: str) -> Iterator[Fault]:
    for word in _WORD.findall(_MARKS.sub("", text)):
        bare = word[1:] if word[0] in "وف" and word[1:] in _AR_IMPERATIVES else word
        if bare in _AR_IMPERATIVES:
            noun = _AR_IMPERATIVES[bare]
            mend = f"Use the verbal noun: {noun} on a button, يرجى {noun} in a sentence."
            yield Fault(file, line, "address", f"{word} speaks to one man.", mend)
