"""The catalogues as they are read: languages, plurals, what may be shown, and broken files."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from bot.core.say import Message, say, say_many
from bot.i18n import BrokenCatalogue, Catalogues, say_in, say_plain
from bot.i18n.check import CLDR_ORDER, PLURAL_FORMS
from tests.i18n.conftest import NAMES

SOMALI = r"""# Somali
msgid ""
msgstr ""
"Language: so\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; "
"plural=(n != 1);\n"
"X-Endonym: Soomaali\n"
"X-Direction: ltr\n"
"X-Order: 9\n"

msgid "Say {value}"
msgstr "Dheh {value}"
"""


@pytest.mark.parametrize("language", ["ar", "ti", "da", "en"])
def test_plural_forms_are_those_of_cldr_in_its_order(language: str) -> None:
    header = Catalogues.shipped().by_language[language].header
    rule = Locale.parse(language).plural_form
    told = {rule(number) for number in range(201)}
    tags = [tag for tag in CLDR_ORDER if tag in told]
    assert header.forms == len(tags)
    assert [tags[header.plural(number)] for number in range(201)] == [rule(number) for number in range(201)]
    assert header.plural_forms == PLURAL_FORMS[language]


def test_the_four_languages_are_offered_by_what_they_call_themselves() -> None:
    catalogues = Catalogues.shipped()
    endonyms = [catalogues.endonym(language) for language in catalogues.languages]
    assert endonyms == ["العربية", "ትግርኛ", "Dansk", "English"]
    directions = [catalogues.direction(language) for language in catalogues.languages]
    assert directions == ["rtl", "ltr", "ltr", "ltr"]


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("ar", "ar"),
        ("ar-SY", "ar"),
        ("ar_DK", "ar"),
        ("da", "da"),
        ("nb", "da"),
        ("nn", "da"),
        ("sv-SE", "da"),
        ("ti", "ti"),
        ("am", "ti"),
        ("en-GB", "en"),
        ("uk", "en"),
        ("prs", "en"),
        ("", "en"),
        (None, "en"),
        ("?", "en"),
    ],
)
def test_the_language_of_the_app_only_orders_the_buttons(code: str | None, first: str) -> None:
    actual = Catalogues.shipped().negotiate(code)
    assert actual[0] == first
    assert sorted(actual) == ["ar", "da", "en", "ti"]


def test_a_fifth_language_is_one_more_folder(folder: Path) -> None:
    path = folder / "so" / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOMALI, "utf-8")
    catalogues = Catalogues.load(folder)
    assert catalogues.languages == ("ar", "ti", "da", "en", "so")
    assert (catalogues.endonym("so"), catalogues.direction("so")) == ("Soomaali", "ltr")
    assert catalogues.negotiate("so")[0] == "so"
    assert say_in(Message([say("Say {value}", value="haa")]), "so", catalogues, NAMES).text == "Dheh haa"


def test_each_count_takes_its_arabic_form(folder: Path) -> None:
    forms = "".join(
        f'msgstr[{form}] "{word} {{n}}"\n' for form, word in enumerate(["صفر", "واحد", "اثنان", "قليل", "كثير", "غير"])
    )
    with (folder / "ar/LC_MESSAGES/bot.po").open("a", encoding="utf-8") as po:
        po.write(f'\nmsgid "{{n}} seat"\nmsgid_plural "{{n}} seats"\n{forms}')
    catalogues = Catalogues.load(folder)
    counts = (0, 1, 2, 3, 10, 11, 25, 99, 100, 102, 103)
    said = [say_plain(say_many("{n} seat", "{n} seats", count), "ar", catalogues, NAMES) for count in counts]
    words = [text.split()[0] for text in said]
    assert words == ["صفر", "واحد", "اثنان", "قليل", "قليل", "كثير", "كثير", "كثير", "غير", "غير", "قليل"]


def test_half_of_the_plural_forms_are_none(folder: Path) -> None:
    with (folder / "ar/LC_MESSAGES/bot.po").open("a", encoding="utf-8") as po:
        po.write('\nmsgid "{n} seat"\nmsgid_plural "{n} seats"\nmsgstr[0] "مقعد"\nmsgstr[1] "مقعد {n}"\nmsgstr[2] ""\n')
        po.write('msgstr[3] ""\nmsgstr[4] ""\nmsgstr[5] ""\n')
    catalogues = Catalogues.load(folder)
    actual = say_in(Message([say_many("{n} seat", "{n} seats", 1)]), "ar", catalogues, NAMES)
    assert (actual.language, actual.text) == ("en", "1 seat")


@pytest.mark.parametrize(
    "translation", ["قل {valeu}", "قل <b>{value}", "قل </b>{value}<b>", "قل {value} {", "قل <a>{value}</a>"]
)
def test_a_translation_that_would_break_the_message_is_not_shown(translation: str, folder: Path) -> None:
    path = folder / "ar/LC_MESSAGES/bot.po"
    path.write_text(path.read_text("utf-8").replace('"قل {value}"', f'"{translation}"'), "utf-8")
    actual = say_in(Message([say("Say {value}", value="1")]), "ar", Catalogues.load(folder), NAMES)
    assert (actual.language, actual.text) == ("en", "Say 1")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"X-Endonym: Dansk\\n"\n', "", "da/LC_MESSAGES/bot.po: the header needs X-Endonym"),
        ("X-Direction: ltr", "X-Direction: down", "X-Direction"),
        ("nplurals=2; plural=(n != 1);", "2 forms", "Plural-Forms '2 forms' is not of the form"),
        ('"Sig {value}"', '"Sig {value}', "msgstr \"Sig {value}' is no line of a .po file"),
        ('"Sig {value}"', '"Sig "{value}"', "is no line of a .po file"),
        ('msgid "Say {value}"', 'mssid "Say {value}"', "is no line of a .po file"),
        ('msgid "Say {value}"', '"Say {value}"', "da/LC_MESSAGES/bot.po:"),
    ],
)
def test_a_broken_catalogue_is_named_with_its_mend(old: str, new: str, told: str, folder: Path) -> None:
    path = folder / "da/LC_MESSAGES/bot.po"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BrokenCatalogue) as raised:
        Catalogues.load(folder)
    assert told in str(raised.value)


def test_bytes_that_are_no_utf_8_are_named(folder: Path) -> None:
    (folder / "da/LC_MESSAGES/bot.po").write_bytes("Brobyværk".encode("latin-1"))
    with pytest.raises(BrokenCatalogue, match=r"da.LC_MESSAGES.bot\.po: .* Save it as a \.po file in UTF-8"):
        Catalogues.load(folder)


def test_a_folder_without_english_is_no_folder_of_catalogues(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue, match=r"there is no en/LC_MESSAGES/bot\.po"):
        Catalogues.load(tmp_path)
