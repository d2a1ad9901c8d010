"""Time as four languages say it, asked on Wednesday 25 November 2026 at ten."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.core.understanding import Ask as AskBack
from tests.core.understanding.conftest import Ask

FOOTBALL = {"da": "fodbold", "en": "football", "ar": "كرة القدم", "ti": "ኩዕሶ እግሪ"}


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("da", "i dag", "2026-11-25", "2026-11-25"),
        ("da", "i overmorgen", "2026-11-27", "2026-11-27"),
        ("da", "den 28.", "2026-11-28", "2026-11-28"),
        ("da", "28/11", "2026-11-28", "2026-11-28"),
        ("da", "d. 3. december", "2026-12-03", "2026-12-03"),
        ("da", "3.-5. december", "2026-12-03", "2026-12-05"),
        ("da", "i december", "2026-12-01", "2026-12-31"),
        ("da", "i november", "2026-11-25", "2026-11-30"),
        ("da", "uge 48", "2026-11-25", "2026-11-29"),
        ("da", "i uge 2", "2027-01-11", "2027-01-17"),
        ("da", "denne uge", "2026-11-25", "2026-11-29"),
        ("da", "næste uge", "2026-11-30", "2026-12-06"),
        ("da", "i weekenden", "2026-11-28", "2026-11-29"),
        ("da", "næste måned", "2026-12-01", "2026-12-31"),
        ("da", "om tre dage", "2026-11-28", "2026-11-28"),
        ("da", "om fjorten dage", "2026-12-09", "2026-12-09"),
        ("da", "hver torsdag", "2026-11-26", "2026-11-26"),
        ("da", "onsdag", "2026-11-25", "2026-11-25"),
        ("da", "fredag i næste uge", "2026-12-04", "2026-12-04"),
        ("da", "mandag til onsdag", "2026-11-30", "2026-12-02"),
        ("en", "the day after tomorrow", "2026-11-27", "2026-11-27"),
        ("en", "in a fortnight", "2026-12-09", "2026-12-09"),
        ("en", "on the 28th", "2026-11-28", "2026-11-28"),
        ("en", "December 5th", "2026-12-05", "2026-12-05"),
        ("en", "2026-12-05", "2026-12-05", "2026-12-05"),
        ("en", "in two weeks", "2026-12-09", "2026-12-09"),
        ("en", "saturday or sunday", "2026-11-28", "2026-11-29"),
        ("ar", "بعد بكرا", "2026-11-27", "2026-11-27"),
        ("ar", "يوم الأحد", "2026-11-29", "2026-11-29"),
        ("ar", "الأسبوع القادم", "2026-11-30", "2026-12-06"),
        ("ar", "٢٨/١١", "2026-11-28", "2026-11-28"),
        ("ar", "بعد يومين", "2026-11-27", "2026-11-27"),
        ("ar", "في كانون الأول", "2026-12-01", "2026-12-31"),
        ("ar", "باجر", "2026-11-26", "2026-11-26"),
        ("ti", "ጽባሕ", "2026-11-26", "2026-11-26"),
        ("ti", "ድሕሪ ጽባሕ", "2026-11-27", "2026-11-27"),
        ("ti", "ቀዳመ ሰንበት", "2026-11-28", "2026-11-29"),
        ("ti", "ዝመጽእ ሰሙን", "2026-11-30", "2026-12-06"),
        ("ti", "ዕለት 28", "2026-11-28", "2026-11-28"),
        ("ti", "ሶኒ", "2026-11-30", "2026-11-30"),
        ("en", "before the weekend", "2026-11-25", "2026-11-27"),
        ("da", "inden weekenden", "2026-11-25", "2026-11-27"),
        ("ar", "قبل نهاية الأسبوع", "2026-11-25", "2026-11-27"),
        ("ar", "نهاية هذا الأسبوع", "2026-11-28", "2026-11-29"),
        ("ar", "كل يوم اثنين", "2026-11-30", "2026-11-30"),
        ("en", "the week after next", "2026-12-07", "2026-12-13"),
        ("da", "ugen efter næste", "2026-12-07", "2026-12-13"),
        ("en", "Thursday week", "2026-12-03", "2026-12-03"),
        ("en", "a week on Saturday", "2026-12-05", "2026-12-05"),
        ("en", "once a week on Saturday", "2026-11-28", "2026-11-28"),
        ("da", "på lørdag otte dage", "2026-12-05", "2026-12-05"),
        ("da", "- er der kor i aften?", "2026-11-25", "2026-11-25"),
        ("da", "jeg har en fridag om en uge", "2026-12-02", "2026-12-02"),
        ("en", "the weekend after next", "2026-12-05", "2026-12-06"),
        ("ar", "السبت بعد الجاي", "2026-12-05", "2026-12-05"),
        ("en", "3 days from now", "2026-11-28", "2026-11-28"),
        ("en", "end of the month", "2026-11-25", "2026-11-30"),
        ("ar", "من الاثنين للجمعة", "2026-11-30", "2026-12-04"),
        ("ar", "الأسبوع رقم 50", "2026-12-07", "2026-12-13"),
        ("ar", "الاثنين اللي وراه", "2026-12-07", "2026-12-07"),
        ("en", "between Monday and Thursday next week", "2026-11-30", "2026-12-03"),
        ("en", "from today until Friday", "2026-11-25", "2026-11-27"),
        ("ti", "ዓሰርተው ሓሙሽተ ጥሪ", "2027-01-15", "2027-01-15"),
        ("ti", "ኣብ ሰሙን 50", "2026-12-07", "2026-12-13"),
        ("ar", "في الأسبوع 50", "2026-12-07", "2026-12-13"),
        ("ar", "آخر يوم بالشهر", "2026-11-30", "2026-11-30"),
        ("en", "on the last day of the month", "2026-11-30", "2026-11-30"),
    ],
)
def test_days_are_read(language: str, text: str, first: str, last: str, ask: Ask) -> None:
    frame = ask(f"{FOOTBALL[language]} {text}", language)
    assert (frame.start, frame.end) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("language", "text", "clock"),
    [
        ("da", "kl. 17", "17:00"),
        ("da", "kl 8.15", "08:15"),
        ("da", "klokken halv otte om aftenen", "19:30"),
        ("da", "kvart over fem", "17:15"),
        ("da", "kvart i seks", "17:45"),
        ("da", "ti minutter over tre", "15:10"),
        ("da", "fem minutter i halv syv om aftenen", "18:25"),
        ("en", "at half past six", "18:30"),
        ("en", "quarter to five", "16:45"),
        ("en", "5pm", "17:00"),
        ("en", "10 in the morning", "10:00"),
        ("en", "at 17", "17:00"),
        ("ar", "الساعة سبعة ونص المسا", "19:30"),
        ("ar", "الساعة ٥ الا ربع", "16:45"),
        ("ar", "الساعة ٩ صباحا", "09:00"),
        ("ti", "ሰዓት 3 ድሕሪ ቀትሪ", "15:00"),
        ("ti", "ሰዓት 18:30", "18:30"),
        ("ti", "ሰዓት 7 ናይ ምሸት", "19:00"),
        ("en", "from 4 til 6", "16:00"),
        ("en", "from 9 to 11 in the evening", "21:00"),
        ("en", "from 10 to 2 in the afternoon", "10:00"),
        ("en", "ten to six", "17:50"),
        ("da", "fra kl. 16 til 18", "16:00"),
        ("da", "mellem 16 og 18", "16:00"),
        ("da", "kl 1930", "19:30"),
        ("ar", "بين ٤ و ٦", "16:00"),
        ("ar", "من الساعة 4 للساعة 6", "16:00"),
        ("ar", "6 م", "18:00"),
        ("da", "fredag atten tredive", "18:30"),
        ("ti", "ድሕሪ ሰዓት ሓሙሽተ ናይ ድሕሪ ቀትሪ", "17:00"),
        ("ti", "ንጉሆ ሰዓት 3", "09:00"),
        ("en", "quarter till nine in the morning", "08:45"),
    ],
)
def test_clock_times_are_read(language: str, text: str, clock: str, ask: Ask) -> None:
    assert ask(f"{FOOTBALL[language]} {text}", language).time == clock


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("da", "i aften", "evening"),
        ("da", "om morgenen", "morning"),
        ("da", "i morgen eftermiddag", "afternoon"),
        ("da", "tirsdag over middag", "afternoon"),
        ("en", "after school", "afternoon"),
        ("ar", "العصر", "afternoon"),
        ("ar", "بالليل", "evening"),
        ("ti", "ንጉሆ", "morning"),
        ("ti", "ምሸት", "evening"),
    ],
)
def test_parts_of_the_day_are_read(language: str, text: str, part: str, ask: Ask) -> None:
    assert ask(f"{FOOTBALL[language]} {text}", language).part == part


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "mind mig om det om to timer"),
        ("en", "remind me in two hours"),
        ("ar", "ذكرني بعد ساعتين"),
        ("ti", "ድሕሪ ክልተ ሰዓት ኣዘኻኽረኒ"),
    ],
)
def test_in_two_hours_is_now_and_two_hours(language: str, text: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.intent, frame.start, frame.time) == ("set_reminder", date(2026, 11, 25), "12:00")


def test_a_bare_tigrinya_hour_is_asked_back_with_both_hours(ask: Ask) -> None:
    frame = ask("ጽባሕ ሰዓት 3 ኣዘኻኽረኒ", "ti")
    assert (frame.sure, frame.ask) == (False, AskBack("tigrinya_hour", ("09:00", "15:00")))


def test_a_tigrinya_hour_with_its_part_of_the_day_is_sure(ask: Ask) -> None:
    assert ask("ጽባሕ ሰዓት 3 ድሕሪ ቀትሪ ኣዘኻኽረኒ", "ti").sure


@pytest.mark.parametrize(
    ("language", "text", "clock"),
    [("da", "kl halv otte i aften", "19:30"), ("en", "at half past seven tonight", "19:30")],
)
def test_a_clock_time_keeps_the_day_it_is_said_with(language: str, text: str, clock: str, ask: Ask) -> None:
    frame = ask(f"badminton {text}", language)
    assert (frame.time, frame.start) == (clock, date(2026, 11, 25))


def test_pm_after_five_is_the_evening(ask: Ask) -> None:
    assert [ask(f"football {hour}pm", "en").part for hour in (3, 7)] == ["afternoon", "evening"]


def test_i_am_is_no_morning(ask: Ask) -> None:
    assert ask("I am from Syria, is there a choir", "en").part is None


@pytest.mark.parametrize("text", ["meet people at a café on Friday", "football at a place near me"])
def test_a_thing_with_its_article_is_no_hour(text: str, ask: Ask) -> None:
    assert ask(text, "en").time is None


def test_two_hours_before_is_no_hour(ask: Ask) -> None:
    frame = ask("remind me 2 hours before the football", "en")
    assert (frame.intent, frame.time) == ("set_reminder", None)


def test_an_age_is_no_hour(ask: Ask) -> None:
    frame = ask("fodbold til min søn på 8 år", "da")
    assert (frame.time, frame.audience) == (None, ("children",))


def test_once_a_week_is_no_day(ask: Ask) -> None:
    assert ask("someone to practise Danish with one hour every week", "en").start is None


def test_a_man_is_no_monday(ask: Ask) -> None:
    assert ask("hvor kan man spille fodbold", "da").start is None


def test_the_first_is_no_saturday_in_tigrinya(ask: Ask) -> None:
    assert ask("ቀዳማይ ረድኤት ኮርስ", "ti").start is None


def test_days_are_those_of_copenhagen_whatever_the_zone_of_now(ask: Ask) -> None:
    night = datetime.fromisoformat("2026-11-24T23:30:00+00:00")
    assert ask("fodbold i dag", "da", night).start == date(2026, 11, 25)


def test_geez_numerals_are_numbers(ask: Ask) -> None:
    assert ask("ኩዕሶ እግሪ ዕለት ፲፭ ጥሪ", "ti").start == date(2027, 1, 15)


@pytest.mark.parametrize(("text", "clock"), [("ብሓበሻ ሰዓት 4 ንግሆ", "10:00"), ("ብሓበሻ ሰዓት 1 ምሸት", "19:00")])
def test_a_clock_that_counts_from_dawn_is_six_hours_on(text: str, clock: str, ask: Ask) -> None:
    frame = ask(f"ጽባሕ {text} ኣዘኻኽረኒ", "ti")
    assert (frame.time, frame.sure) == (clock, True)
