"""Letters: which script a word is in, and the spellings of one word brought together (language.md C2)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Script = Literal["latin", "arabic", "ethiopic", "other"]

_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ARABIC_LETTERS = str.maketrans("أإآٱىئیةؤکگپچڤۀہ", "اااايييهوككبجفهه")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_THREE_SAME = re.compile(r"(.)\1{2,}")
_TWO_SAME = re.compile(r"(.)\1+")
_DANISH = (("å", "a"), ("æ", "a"), ("ø", "o"), ("ä", "a"), ("ö", "o"), ("aa", "a"), ("ae", "a"), ("oe", "o"))

# One letter for each row of eight in the Ethiopic block; rows that spell one Tigrinya sound share a letter.
_ROWS = "hlHmsrs$qqqqbvtcHHnN'kkkkw`zZydDjggNTCPxxfp"
_LABIOVELAR = {9, 11, 17, 22, 24, 34}
_VOWELS = ("e", "u", "i", "a", "i", "", "o", "wa")
_LABIO_VOWELS = ("o", "u", "wi", "wa", "wi", "u", "o", "wa")
_VOWEL_LETTERS = re.compile("[aeiou]")


def _single_letters(word: str) -> str:
    """The word with doubled letters written once."""
    return word if len(set(word)) == len(word) else _TWO_SAME.sub(r"\1", word)


def _no_stretch(word: str, left: str) -> str:
    """The word without letters drawn out (كتيييير): three and more of one become `left`."""
    return word if len(word) - len(set(word)) < 2 else _THREE_SAME.sub(left, word)


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
        plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_ARABIC_LETTERS)
        return _no_stretch(plain, r"\1")
    if script == "ethiopic":
        return romanised(word)
    if word.isascii() and word.isalnum():
        return _no_stretch(word.lower(), r"\1\1")
    lowered = unicodedata.normalize("NFKC", word).casefold().replace("'", "").replace("’", "").replace("`", "")
    return _no_stretch(lowered.replace("´", ""), r"\1\1")


def folded(word: str) -> str:
    """A Latin word (already `exact`) without æøå, accents and doubled letters, as people type it in a hurry."""
    if word.isascii():
        return _single_letters(word.replace("aa", "a").replace("ae", "a").replace("oe", "o"))
    for old, new in _DANISH:
        word = word.replace(old, new)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _single_letters(word)


def romanised(word: str) -> str:
    """A Ge'ez word as consonants and vowels, spelling variants of one sound folded: affixes can be cut off it."""
    letters: list[str] = []
    for letter in word:
        code = ord(letter) - 0x1200
        row, order = divmod(code, 8)
        if not 0 <= row < len(_ROWS) or code >= 0x158:
            if letter.isalnum() and not 0x1380 <= ord(letter) <= 0x1399:
                letters.append(letter)
            continue
        consonant = _ROWS[row]
        vowel = (_LABIO_VOWELS if row in _LABIOVELAR else _VOWELS)[order]
        if order == 0 and consonant in "hH'`":
            vowel = "a"
        letters.append(consonant + vowel)
    return "".join(letters)


def bones(roman: str) -> str:
    """The consonants alone of a romanised Ge'ez word, gutturals dropped: what stays when vowels are misspelt."""
    return _single_letters(_VOWEL_LETTERS.sub("", roman).replace("'", "").replace("`", ""))


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
_TYPED_TI = (
    ("tz", "x"),
    ("ts", "x"),
    ("s'", "x"),
    ("kh", "k"),
    ("sh", "$"),
    ("ch", "c"),
    ("gn", "n"),
    ("ny", "n"),
    ("q", "k"),
    ("v", "b"),
)
_ARABIC_TO_TYPED = str.maketrans(
    {
        **dict(zip("بتطثجحهخدضذرزظسصشفقكلمنغ", "bttTjhhxddzrzzsszfkklmnG".replace("T", "t"), strict=True)),
        "ش": "$", "ع": "", "ء": "", "ا": "", "و": "", "ي": "",
    }
)  # fmt: skip
_TYPED_AR = (
    ("7'", "x"), ("kh", "x"), ("5", "x"), ("sh", "$"), ("ch", "$"), ("gh", "G"), ("8", "G"), ("th", "t"), ("dh", "d"),
    ("7", "h"), ("3'", "G"), ("3", ""), ("2", ""), ("6", "t"), ("9", "s"), ("4", "t"), ("q", "k"), ("c", "k"),
    ("g", "j"), ("v", "f"), ("p", "b"),
)  # fmt: skip
_TYPED_VOWELS = re.compile("[aeiou]|(?<=.)[wy]")


def typed_tigrinya(word: str) -> str:
    """Consonant key of a Latin word read as Tigrinya, comparable with `typed_from_roman`."""
    for old, new in _TYPED_TI:
        word = word.replace(old, new)
    return _single_letters(_VOWEL_LETTERS.sub("", word))


def typed_from_roman(roman: str) -> str:
    """Consonant key of a romanised Ge'ez word as people type it in Latin letters."""
    return _single_letters(bones(roman).translate(_GEEZ_TO_TYPED))


def typed_arabic(word: str) -> str:
    """Consonant key of a Latin word read as Arabic chat spelling (digits in a word are letters)."""
    for old, new in _TYPED_AR:
        word = word.replace(old, new)
    return _single_letters(_TYPED_VOWELS.sub("", word))


def typed_from_arabic(word: str) -> str:
    """Consonant key of a folded Arabic word as people type it in Latin letters; a first و or ي is a consonant."""
    first = {"و": "w", "ي": "y"}.get(word[:1], "")
    body = word[1:] if first else word
    if body.endswith("ه"):
        body = body[:-1]
    return _single_letters(first + body.translate(_ARABIC_TO_TYPED))
