"""The wish among what is told, given as a reason or taken back; short weekdays; the nth weekday of a month."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.understanding.conftest import Ask

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "My wife was ill last week. Is there swimming on Sunday?", SUNDAY),
        ("en", "on Friday, no sorry, Saturday: football", SATURDAY),
        ("en", "since I work on Thursday, is there football on Friday", FRIDAY),
        ("da", "fodbold lørdag, nej undskyld søndag", SUNDAY),
        ("da", "Hej! Jeg er 24. Er der salsa fredag?", FRIDAY),
        ("ar", "يوم الجمعة، لا عفوا السبت، سباحة", SATURDAY),
        ("ti", "ዓርቢ፣ ይቕሬታ ቀዳም፣ ምሕምባስ ንቆልዑ", SATURDAY),
        ("ti", "ሓሙስ ዶንጉየ ስለ ዝወጽእ ዓርቢ ጥራይ እየ ዝኽእል፣ ን8 ዓመት ቆልዓ ኩዕሶ ኣሎ ዶ", FRIDAY),
    ],
)
def test_the_day_is_that_of_the_wish_and_the_last_said(language: str, text: str, day: date, ask: Ask) -> None:
    assert ask(text, language).start == day


def test_a_wife_who_was_ill_is_no_audience(ask: Ask) -> None:
    frame = ask("My wife was ill last week. Is there swimming on Sunday?", "en")
    assert (frame.topics, frame.audience) == (("swimming",), ())


def test_what_is_told_counts_where_the_wish_says_nothing(ask: Ask) -> None:
    frame = ask("My daughter loves to draw. Is there something on Saturday?", "en")
    assert (frame.topics, frame.audience, frame.start) == (("art",), ("children",), SATURDAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "er der yoga i nærheden men ikke i Ringe"),
        ("en", "yoga near me, not in Faaborg"),
        ("ar", "يوغا قريب بس مو بفوبورغ"),
        ("ti", "ዮጋ ኣብ ቀረባ፣ ኣብ ፎቦርግ ግን ኣይኮነን"),
    ],
)
def test_a_town_that_is_refused_is_not_the_place(language: str, text: str, ask: Ask) -> None:
    assert ask(text, language).place is None


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("da", "fodbold fre til søn", FRIDAY, SUNDAY),
        ("da", "fodbold man-ons", date(2026, 11, 30), date(2026, 12, 2)),
        ("da", "min søn vil spille fodbold på lørdag", SATURDAY, SATURDAY),
        ("da", "fodbold første mandag i januar", date(2027, 1, 4), date(2027, 1, 4)),
        ("da", "fodbold 3.12 kl 17", date(2026, 12, 3), date(2026, 12, 3)),
        ("da", "fodbold om 14 dage, altså torsdag", date(2026, 12, 10), date(2026, 12, 10)),
        ("en", "football the last Friday of November", FRIDAY, FRIDAY),
        ("ar", "كرة قدم أول اثنين من يناير", date(2027, 1, 4), date(2027, 1, 4)),
        ("ar", "كرة قدم من الجمعة للاحد", FRIDAY, SUNDAY),
        ("ti", "ኩዕሶ ቀዳማይ ሰኑይ ናይ ጥሪ", date(2027, 1, 4), date(2027, 1, 4)),
    ],
)
def test_days_in_more_ways(language: str, text: str, first: date, last: date, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.topics, frame.start, frame.end) == (("football",), first, last)


def test_geez_numerals_and_spoken_minutes_are_clock_times(ask: Ask) -> None:
    assert ask("ዓርቢ ምሸት ሰዓት ፭ን ፈረቓን ኣዘኻኽሩኒ", "ti").time == "17:30"
    assert ask("ጽባሕ ድሕሪ ቀትሪ ሰዓት ክልተን ዕስራን ኣዘኻኽሩኒ", "ti").time == "14:20"


def test_years_that_something_lasted_are_no_age(ask: Ask) -> None:
    assert ask("jeg var murer i 12 år, er der et værksted", "da").audience == ()
    assert ask("fodbold for drenge på 8 år", "da").audience == ("children",)


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "my phone is broken so I write from my sister's, where can I learn Danish?", ("danish",)),
        ("en", "We don't have a car. Is there football near us?", ("football",)),
        ("ar", "ما عنا سيارة، في كرة قدم قريب من بيتنا؟", ("football",)),
    ],
)
def test_what_is_told_beside_a_wish_does_not_speak_against_it(
    language: str, text: str, topics: tuple[str, ...], ask: Ask
) -> None:
    frame = ask(text, language)
    assert (frame.intent, frame.topics, frame.sure) == ("find_activity", topics, False)


def test_a_question_about_what_is_outside_stays_one_beside_a_topic(ask: Ask) -> None:
    assert ask("my son plays football, how do I renew his visa?", "en").intent == "unknown"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "football, just not on Fridays"),
        ("en", "swimming any day except Monday"),
        ("da", "fodbold, men ikke om fredagen"),
        ("ar", "كورة بس مو يوم الجمعة"),
    ],
)
def test_a_day_that_is_refused_is_not_searched_for(language: str, text: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.intent, frame.start, frame.end) == ("find_activity", None, None)
    assert ask("I am not coming on Saturday", "en").start == SATURDAY


def test_the_hours_of_ones_own_life_are_not_those_of_the_wish(ask: Ask) -> None:
    frame = ask("I work until 4 every day, is there a gym in the evening", "en")
    assert (frame.part, frame.time) == ("evening", None)
    assert ask("الصبح عندي مدرسة، في رياضة بعد الظهر؟", "ar").part == "afternoon"
    assert ask("رياضة بعد ظهر الأربعاء", "ar").part == "afternoon"


def test_a_particle_written_onto_its_word_is_read_as_two(ask: Ask) -> None:
    frame = ask("مابدي كرة قدم، بدي سباحة", "ar")
    assert (frame.topics, frame.negated) == (("swimming",), ("football",))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("reading club, i finish one book a week in winter", "reading"),
        ("computer course, i cant even send a mail with picture", "computer"),
    ],
)
def test_an_activity_named_first_is_sought_whatever_is_told_after_it(text: str, topic: str, ask: Ask) -> None:
    frame = ask(text, "en")
    assert (frame.intent, frame.topics) == ("find_activity", (topic,))


def test_who_wants_to_learn_something_is_not_left_with_nothing(ask: Ask) -> None:
    frame = ask("we want to learn danish in our house", "en")
    assert (frame.intent, frame.start, frame.time) == ("find_activity", None, None)


def test_before_is_an_hour_only_where_one_follows(ask: Ask) -> None:
    assert ask("tuesday 14:20 doctor with the baby, write me before so i remember", "en").time == "14:20"
