"""Who is only mentioned, hours one works, days that were full, and how something is made: none of it is the wish."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "moved here because of my wife's work, where can I meet people"),
        ("en", "my wife says I must learn to swim"),
        ("en", "put me and my wife on the list for swimming"),
        ("da", "min mand er på nathold, er der noget vi kan lave på søndag"),
        ("da", "sprogcafe mens mine børn er i skole"),
        ("da", "padel på fredag, vi er 2"),
        ("ar", "بدي محامي، زوجتي لسا بسوريا"),
        ("ar", "وابي اخيط ثوب في مكان فيه مكاين"),
    ],
)
def test_who_is_only_mentioned_is_no_audience(language: str, text: str, ask: Ask) -> None:
    assert ask(text, language).audience == ()


@pytest.mark.parametrize(
    ("language", "text", "group"),
    [
        ("en", "my mother is lonely. is there anything she can do", "women"),
        ("en", "my husband needs a job", "men"),
        ("da", "min mor er ensom. er der noget for hende", "women"),
        ("da", "børnene keder sig, hvad kan vi lave i morgen?", "children"),
        ("ti", "ንኣዴታት ስፖርት ቆልዑ ኣብ ቤት ትምህርቲ ከለዉ", "women"),
    ],
)
def test_whom_it_is_for_stays(language: str, text: str, group: str, ask: Ask) -> None:
    assert ask(text, language).audience == (group,)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "15 december was full, is there swimming on 22 february", date(2027, 2, 22)),
        ("da", "den 15. december var fuldt, er der svømning den 22. februar", date(2027, 2, 22)),
        ("en", "football on 9 may", date(2027, 5, 9)),
        ("ti", "ናይ ሓድሽ ዓመት 31 ታሕሳስ ምሸት እንታይ ኣሎ", date(2026, 12, 31)),
    ],
)
def test_the_day_that_is_wished_for_is_read(language: str, text: str, day: date, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.start, frame.end) == (day, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I work nights, when can I learn Danish?"),
        ("da", "jeg arbejder om natten, hvornår kan jeg lære dansk"),
        ("ar", "بشتغل بالليل، ايمتى فيني اتعلم دنماركي"),
        ("en", "one to one danish training"),
    ],
)
def test_hours_of_work_and_one_to_one_are_no_time(language: str, text: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.part, frame.time) == (None, None)
    assert frame.topics in (("danish",), ("language_training",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how do I knit a sock"),
        ("da", "hvordan strikker man en hæl"),
        ("ar", "كيف بزرع بندورة عالبلكون"),
        ("ti", "ኮሚደረ ብኸመይ ይተክል"),
    ],
)
def test_how_something_is_made_is_no_search(language: str, text: str, ask: Ask) -> None:
    assert ask(text, language).intent == "unknown"


def test_how_to_learn_or_join_is_a_search(ask: Ask) -> None:
    assert ask("how can I join the sewing café", "en").intent == "find_activity"
    assert ask("hvordan kan jeg lære at sy", "da").intent == "find_activity"


def test_a_heart_attack_last_year_beside_a_wish_is_a_search_that_is_asked(ask: Ask) -> None:
    frame = ask("I had a heart attack last year, something gentle on Mondays", "en")
    assert (frame.intent, frame.sure) == ("find_activity", False)
    assert ask("my father has a heart attack", "en").sure


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        ("en", "homework cafe ringe library tomorrow", "Ringe"),
        ("en", "sewing cafe ringe", "Ringe"),
        ("ti", "ካብ ከረን ዝመጻእኩ ሙዚቃ ክጻወት ደልየ", None),
        ("ar", "fi koral aw ghena lal sabaya", None),
    ],
)
def test_a_town_after_a_cafe_and_none_for_a_likeness(language: str, text: str, town: str | None, ask: Ask) -> None:
    assert ask(text, language).place == town


@pytest.mark.parametrize(
    "text",
    [
        "half of his face is hanging",
        "halvdelen af hendes ansigt er lammet",
        "نص وجه زوجي نازل",
        "ፍርቂ ገጹ ወሪዱ",
        "he locks me inside the house",
        "han låser mig inde i lejligheden",
    ],
)
def test_danger_told_without_its_word_is_known(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "face to face danish half an hour on monday",
        "I locked my keys inside the house",
        "half price face painting for children",
        "is it possible to keep my place on the list",
        "do you keep messages from the football club",
        "kan vi dele bil til svømning",
    ],
)
def test_ordinary_words_of_danger_and_data_ring_nothing(text: str, ask: Ask) -> None:
    frame = ask(text, "en")
    assert frame.intent not in ("emergency", "privacy")


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil gerne slettes helt fra jeres system",
        "remove me from your system",
        "do you keep our chat",
        "i dont want you to have my number",
        "بتحفظوا محادثتنا؟",
        "ዘረባና ትዕቅቡዎ ዶ",
    ],
)
def test_ones_data_in_usual_words(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent == "privacy"


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "I used to play football but now my knee is bad, is there swimming instead", "swimming"),
        ("da", "jeg spillede fodbold før men mit knæ er dårligt, er der svømning i stedet", "swimming"),
        ("ti", "ቅድም ኩዕሶ እጻወት ነይረ ሕጂ ግን ብርከይ የሕምመኒ፣ ምሕምባስ ኣሎ ዶ", "swimming"),
        ("en", "I got a letter from the school, where can somebody read it with me", "letters"),
        ("en", "my mother in law is 71 and lonely, coffee with other old people?", "social"),
    ],
)
def test_what_one_used_to_do_is_told(language: str, text: str, topic: str, ask: Ask) -> None:
    assert ask(text, language).topics == (topic,)


def test_a_month_in_which_something_happened_is_not_when_it_is_to_be(ask: Ask) -> None:
    assert ask("jeg mistede mit arbejde i oktober, hvem hjælper med ansøgninger", "da").start is None
    assert ask("I lost my job in october, who helps with writing applications", "en").start is None


def test_where_somebody_comes_from_is_not_where_it_is_to_be(ask: Ask) -> None:
    assert ask("can my brother from Aarhus come with me to the football on sunday", "en").place is None
    assert ask("football in Aarhus on sunday", "en").place == "Aarhus"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we have guests on saturday, is there anything to see"),
        ("da", "min søster bor i Kolding og kommer på besøg lørdag, er der noget vi kan tage til"),
    ],
)
def test_a_day_that_is_told_counts_where_the_wish_has_none(language: str, text: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.start, frame.place) == (date(2026, 11, 28), None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my husband and I want to learn salsa"),
        ("da", "min mand og jeg vil gerne lære at danse salsa"),
        ("ar", "زوجي وانا بدنا نتعلم سالسا"),
        ("en", "when my kids are asleep I want to sew with others"),
    ],
)
def test_who_comes_along_or_sleeps_meanwhile_is_no_audience(language: str, text: str, ask: Ask) -> None:
    assert ask(text, language).audience == ()


def test_ages_of_a_child_and_a_youth_are_both_kept(ask: Ask) -> None:
    frame = ask("jeg har to drenge på 8 og 15, hvad kan de lave på lørdag", "da")
    assert set(frame.audience) == {"children", "youth"}


@pytest.mark.parametrize("text", ["close my account", "fjern mig fra jeres system", "ካብ ስርዓትኩም ኣውጽኡኒ"])
def test_what_a_rule_takes_for_a_guard_is_not_talked_away(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent == "privacy"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tuesday I can't but wednesday evening, is there yoga"),
        ("da", "tirsdag kan jeg ikke men onsdag aften, er der yoga"),
        ("ar", "الثلاثاء ما بقدر بس الاربعاء المسا، في يوغا"),
    ],
)
def test_the_day_one_cannot_is_not_searched(language: str, text: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.start, frame.end) == (date(2026, 11, 25), date(2026, 11, 25))
