"""Each kind of value, in each language, letter for letter (isolates shown as ⟨…⟩ for LRI and «…⟩ for FSI)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.say import Content, Day, Distance, Hour, Listing, Message, Moment, Price, Span, Value, Word, say
from bot.core.schedule import ZONE as COPENHAGEN
from bot.i18n import Catalogues, MissingValue, say_in
from tests.i18n.conftest import NAMES

AT = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)  # a Thursday, 17:30 in Copenhagen
SHOWN = str.maketrans({"\u2066": "⟨", "\u2069": "⟩", "\u2068": "«", "\u200f": "←"})
VERB = {"ar": "قل ", "ti": "በሉ ", "da": "Sig ", "en": "Say "}


def said(value: Value, language: str, catalogues: Catalogues) -> str:
    one = say_in(Message([say("Say {value}", value=value)]), language, catalogues, NAMES)
    assert one.language == language
    return one.text.translate(SHOWN).removeprefix(VERB[language])


@pytest.mark.parametrize(
    ("value", "ar", "ti", "da", "en"),
    [
        (
            Moment(AT),
            "الخميس ⟨26/11⟩ الساعة ⟨17:30⟩",
            "ሓሙስ 26/11፣ ሰዓት 17:30 (ድሕሪ ቀትሪ)",
            "torsdag 26/11 kl. 17:30",
            "Thursday 26/11 17:30",
        ),
        (
            Span(AT, AT + timedelta(hours=2, minutes=30)),
            "الخميس ⟨26/11⟩ الساعة ⟨17:30–20:00⟩",
            "ሓሙስ 26/11፣ ሰዓት 17:30–20:00 (ድሕሪ ቀትሪ)",
            "torsdag 26/11 kl. 17:30–20:00",
            "Thursday 26/11 17:30–20:00",
        ),
        (
            Span(AT, AT + timedelta(hours=48)),
            "من الخميس ⟨26/11⟩ الساعة ⟨17:30⟩ إلى السبت ⟨28/11⟩ الساعة ⟨17:30⟩",
            "ካብ ሓሙስ 26/11፣ ሰዓት 17:30 (ድሕሪ ቀትሪ) ክሳብ ቀዳም 28/11፣ ሰዓት 17:30 (ድሕሪ ቀትሪ)",
            "torsdag 26/11 kl. 17:30 – lørdag 28/11 kl. 17:30",
            "Thursday 26/11 17:30 – Saturday 28/11 17:30",
        ),
        (Day(date(2026, 2, 3)), "الثلاثاء ⟨03/02⟩", "ሰሉስ 03/02", "tirsdag 03/02", "Tuesday 03/02"),
        (Hour(AT.replace(hour=8, minute=5)), "⟨09:05⟩", "09:05 (ንጉሆ)", "09:05", "09:05"),
        (Hour(AT.replace(hour=18)), "⟨19:30⟩", "19:30 (ምሸት)", "19:30", "19:30"),
        (Hour(AT.replace(hour=22)), "⟨23:30⟩", "23:30 (ለይቲ)", "23:30", "23:30"),
        (Distance(0.01), "⟨50⟩ مترًا", "50 ሜትር", "50 meter", "50 metres"),
        (Distance(0.333), "⟨350⟩ مترًا", "350 ሜትር", "350 meter", "350 metres"),
        (Distance(0.98), "⟨1.0⟩ كم", "1.0 ኪሎሜትር", "1,0 km", "1.0 km"),
        (Distance(2.34), "⟨2.3⟩ كم", "2.3 ኪሎሜትር", "2,3 km", "2.3 km"),
        (Distance(9.97), "⟨10⟩ كم", "10 ኪሎሜትር", "10 km", "10 km"),
        (Distance(14.2), "⟨14⟩ كم", "14 ኪሎሜትር", "14 km", "14 km"),
        (Price(0), "مجاني", "ብነጻ", "gratis", "free"),
        (Price(1), "كرونة واحدة", "1 ክሮነር", "1 krone", "1 krone"),
        (Price(5), "⟨5⟩ كرونات", "5 ክሮነር", "5 kroner", "5 kroner"),
        (Price(35), "⟨35⟩ كرونة", "35 ክሮነር", "35 kroner", "35 kroner"),
        (7, "⟨7⟩", "7", "7", "7"),
        (Word("language", "da"), "«الدنماركية⟩", "ዳኒሽ", "dansk", "Danish"),
        (
            Listing((Word("language", "ar"), Word("language", "da"))),
            "«العربية⟩، «الدنماركية⟩",
            "ዓረብ፣ ዳኒሽ",
            "arabisk, dansk",
            "Arabic, Danish",
        ),
        (
            Content({"da": "Madklub", "en": "Cooking club", "ar": "نادي الطبخ · Madklub"}, "da"),
            "«نادي الطبخ · Madklub⟩",
            "Cooking club",
            "Madklub",
            "Cooking club",
        ),
        (Content({"da": "Madklub"}, "da"), "«Madklub⟩", "Madklub", "Madklub", "Madklub"),
        ("+45 62 53 11 20", "⟨+45 62 53 11 20⟩", "+45 62 53 11 20", "+45 62 53 11 20", "+45 62 53 11 20"),
        ("Kulturhuset", "«Kulturhuset⟩", "Kulturhuset", "Kulturhuset", "Kulturhuset"),
        ("سارة", "«سارة⟩", "«سارة⟩", "«سارة⟩", "«سارة⟩"),
    ],
)
def test_a_value_is_said_as_the_language_says_it(
    value: Value, ar: str, ti: str, da: str, en: str, catalogues: Catalogues
) -> None:
    actual = {language: said(value, language, catalogues) for language in ("ar", "ti", "da", "en")}
    assert actual == {"ar": ar, "ti": ti, "da": da, "en": en}


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday 29/03 01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday 29/03 03:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25/10 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 25/10 02:30"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "Sunday 25/10 03:00"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Friday 01/01 00:30"),
    ],
)
def test_the_nights_when_clocks_change_show_copenhagen_time(utc: datetime, shown: str, catalogues: Catalogues) -> None:
    assert said(Moment(utc), "en", catalogues) == shown


def test_an_evening_past_midnight_is_of_the_day_it_began_also_when_the_clock_goes_back(catalogues: Catalogues) -> None:
    start = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)
    shown = said(Span(start, start + timedelta(hours=6)), "da", catalogues)
    assert shown == "lørdag 24/10 kl. 20:00–02:00"
    until_eight = said(Span(start, start + timedelta(hours=12)), "da", catalogues)
    assert until_eight == "lørdag 24/10 kl. 20:00–07:00"
    longer = said(Span(start, start + timedelta(hours=12, minutes=1)), "da", catalogues)
    assert longer == "lørdag 24/10 kl. 20:00 – søndag 25/10 kl. 07:01"


def test_a_sentence_without_its_value_names_the_value(catalogues: Catalogues) -> None:
    with pytest.raises(MissingValue, match=r"'Say \{value\}' was said without its value 'value'"):
        say_in(Message([say("Say {value}")]), "da", catalogues, NAMES)


@pytest.mark.parametrize(
    ("days", "shown"), [(1, "lørdag 05/12"), (2, "lørdag 05/12 til søndag 06/12")], ids=["one day", "two days"]
)
def test_whole_days_are_shown_without_an_hour(days: int, shown: str, catalogues: Catalogues) -> None:
    start = datetime(2026, 12, 5, tzinfo=COPENHAGEN)
    found = said(Span(start, start + timedelta(days=days)), "da", catalogues)
    assert "00:00" not in found
    assert [part for part in shown.split(" til ") if part.partition(" ")[2] not in found] == []
