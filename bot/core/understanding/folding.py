"""Letters: which script a word is in, and the spellings of one word brought together (language.md C2)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Literal

Script = Literal["latin", "arabic", "ethiopic", "other"]

_ARABIC_MARKS = (
    *range(0x064B, 0x0660), 0x0670, 0x0640, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    0xFEFF,
)  # fmt: skip
_ARABIC_LETTERS = str.maketrans("أإآٱىئیةؤکگپچڤۀہ", "اااايييهوككبجفهه") | dict.fromkeys(_ARABIC_MARKS)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_THREE_SAME = re.compile(r"(.)\1{2,}")
_TWO_SAME = re.compile(r"(.)\1")
_REMEMBERED = 4096
"""Words whose spellings are kept at hand: what people write is mostly the same few thousand."""

_DANISH = (("å", "a"), ("æ", "a"), ("ø", "o"), ("ä", "a"), ("ö", "o"), ("aa", "a"), ("ae", "a"), ("oe", "o"))

# One letter for each row of eight in the Ethiopic block; rows that spell one Tigrinya sound share a letter.
_ROWS = "hlHmsrs$qqqqbvtcHHnN'kkkkw`zZydDjggNTCPxxfp"
_LABIOVELAR = {9, 11, 17, 22, 24, 34}
_VOWELS = ("e", "u", "i", "a", "i", "", "o", "wa")
_LABIO_VOWELS = ("o", "u", "wi", "wa", "wi", "u", "o", "wa")
_NO_VOWELS = str.maketrans("", "", "aeiou")
_NO_VOWELS_OR_GUTTURALS = str.maketrans("", "", "aeiou'`")


def single_letters(word: str) -> str:
    """The word with doubled letters written once."""
    if len(set(word)) == len(word) or not _TWO_SAME.search(word):
        return word
    return "".join([letter for letter, _ in groupby(word)])


def _no_stretch(word: str, left: str) -> str:
    """The word without letters drawn out (كتيييير): three and more of one become `left`."""
    if len(word) - len(set(word)) < 2 or not _THREE_SAME.search(word):
        return word
    return _THREE_SAME.sub(left, word)


def script_of(word: str) -> Script:
    """The script of a word's first letter."""
    for letter in word:
        code = ord(letter)
        if 0x1200 <= code <= 0x139F or 0x2D80 <= code <= 0x2DDF:
            return "ethiopic"
        if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFEFF:
            return "arabic"
        if letter.isalpha():
            return "latin" if code < 0x0250 or 0x1E00 <= code <= 0x1EFF else "other"
    return "other"


def western_digits(text: str) -> str:
    """Arabic and Persian digits as 0 to 9; the length of the text stays."""
    return text.translate(_DIGITS)


def exact(word: str, script: Script) -> str:
    """A word as a dictionary would list it: one case, no marks, but every letter still told apart."""
    if script == "arabic":
        plain = word if unicodedata.is_normalized("NFKC", word) else unicodedata.normalize("NFKC", word)
        return _no_stretch(plain.translate(_ARABIC_LETTERS), r"\1")
    if script == "ethiopic":
        return romanised(word)
    if word.isascii() and word.isalnum():
        return _no_stretch(word.lower(), r"\1\1")
    lowered = unicodedata.normalize("NFKC", word).casefold().replace("'", "").replace("’", "").replace("`", "")
    return _no_stretch(lowered.replace("´", ""), r"\1\1")


@lru_cache(_REMEMBERED)
def script_and_key(word: str) -> tuple[Script, str]:
    """The script of a word as somebody wrote it, and its `exact` form."""
    script = script_of(word)
    return script, exact(word, script)


@lru_cache(_REMEMBERED)
def folded(word: str) -> str:
    """A Latin word (already `exact`) without æøå, accents and doubled letters, as people type it in a hurry."""
    if word.isascii():
        return single_letters(word.replace("aa", "a").replace("ae", "a").replace("oe", "o"))
    for old, new in _DANISH:
        word = word.replace(old, new)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return single_letters(word)


class _Signs(dict[int, str]):
    """The Ge'ez signs as consonant and vowel; of other characters, letters and digits stay."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        return letter if letter.isalnum() and not 0x1380 <= code <= 0x1399 else ""


def _sign(row: int, order: int) -> str:
    consonant = _ROWS[row]
    if order == 0 and consonant in "hH'`":
        return consonant + "a"
    return consonant + (_LABIO_VOWELS if row in _LABIOVELAR else _VOWELS)[order]


_SIGNS = _Signs({0x1200 + row * 8 + order: _sign(row, order) for row in range(len(_ROWS)) for order in range(8)})


def romanised(word: str) -> str:
    """A Ge'ez word as consonants and vowels, spelling variants of one sound folded: affixes can be cut off it."""
    return word.translate(_SIGNS)


def bones(roman: str) -> str:
    """The consonants alone of a romanised Ge'ez word, gutturals dropped: what stays when vowels are misspelt."""
    return single_letters(roman.translate(_NO_VOWELS_OR_GUTTURALS))


_SYLLABLE = re.compile("[^aeiou](?:wa|[aeiou])?|[aeiou]")
_VOWEL_AT = {"": 0, "a": 1, "e": 2, "i": 3, "o": 4, "u": 5, "wa": 6}


def syllables(roman: str) -> str:
    """A romanised Ge'ez word with one character for each written sign, so that one sign wrong is a distance of one."""
    return "".join(
        chr(0xE000 + (ord(sign[0]) - 32) * 8 + _VOWEL_AT.get(sign[1:], 7)) for sign in _SYLLABLE.findall(roman)
    )


_GEEZ_TO_TYPED = str.maketrans(
    {"H": "h", "q": "k", "T": "t", "C": "c", "P": "p", "D": "d", "Z": "z", "N": "n", "v": "b"}
)
# Sounds that take two Latin letters are read before those of one; then vowels go, and "w" and "y" but at the start.
_TYPED_TI = (("tz", "x"), ("ts", "x"), ("s'", "x"), ("kh", "k"), ("sh", "$"), ("ch", "c"), ("gn", "n"), ("ny", "n"))
_TYPED_TI_LETTERS = str.maketrans("qv", "kb", "aeiou")
_ARABIC_TO_TYPED = str.maketrans(
    {
        **dict(zip("بتطثجحهخدضذرزظسصشفقكلمنغ", "btttjhhxddzrzzsszfkklmnG", strict=True)),
        "ش": "$", "ع": "", "ء": "", "ا": "", "و": "", "ي": "",
    }
)  # fmt: skip
_TYPED_AR = (
    ("7'", "x"), ("kh", "x"), ("sh", "$"), ("ch", "$"), ("gh", "G"), ("th", "t"), ("dh", "d"), ("3'", "G"),
)  # fmt: skip
_TYPED_AR_LETTERS = str.maketrans("578694qcgvp", "xhGtstkkjfb", "32aeiouwy")


def typed_tigrinya(word: str) -> str:
    """Consonant key of a Latin word read as Tigrinya, comparable with `typed_from_roman`."""
    for old, new in _TYPED_TI:
        word = word.replace(old, new)
    return single_letters(word.translate(_TYPED_TI_LETTERS))


def typed_from_roman(roman: str) -> str:
    """Consonant key of a romanised Ge'ez word as people type it in Latin letters."""
    return single_letters(bones(roman).translate(_GEEZ_TO_TYPED))


def typed_arabic(word: str) -> str:
    """Consonant key of a Latin word read as Arabic chat spelling (digits in a word are letters)."""
    for old, new in _TYPED_AR:
        word = word.replace(old, new)
    word = word.lstrip("23")
    first = word[:1] if word[:1] in ("w", "y") else ""
    return single_letters(first + word.translate(_TYPED_AR_LETTERS))


def typed_from_arabic(word: str) -> str:
    """Consonant key of a folded Arabic word as people type it in Latin letters; a first و or ي is a consonant."""
    first = {"و": "w", "ي": "y"}.get(word[:1], "")
    body = word[1:] if first else word
    if body.endswith("ه"):
        body = body[:-1]
    return single_letters(first + body.translate(_ARABIC_TO_TYPED))
