"""Announcements, decided: the language plan, texts in two, sound HTML, the language of a text, when it is said."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.announcing import timing, writing
from bot.core.announcing.model import (
    EVERYONE,
    Announcement,
    Audience,
    Missing,
    Version,
    VersionState,
    audience_from,
    audience_to,
)
from bot.core.announcing.plan import bar, bubbles, language_plan, percent
from bot.core.model import Occurrence

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DANISH = "Torsdag er der fællesspisning i Ringe, og det er gratis for alle."
TIGRINYA = "ሓሙስ ኣብ ሪንገ ብሓባር ክንበልዕ ኢና፣ ንኹሉ ሰብ ነጻ እዩ። ምስ ደቅኹም ንዑ።"


def announcement(missing: Missing = "fallback", **versions: VersionState) -> Announcement:
    made = {language: Version(language, state, (language,)) for language, state in versions.items()}
    return Announcement(1, "c", 1, "draft", "da", NOON, versions=made, missing=missing)


def shares(found: Announcement, **persons: int) -> dict[str, str | None]:
    return {each.language: each.version for each in language_plan(found, persons)}


def test_each_reads_their_own_language_where_there_is_a_version() -> None:
    assert shares(announcement(da="human", ar="draft"), da=3, ar=2) == {"da": "da", "ar": "ar"}


def test_without_a_version_people_get_english_and_without_that_what_was_written() -> None:
    assert shares(announcement(da="human", en="human"), ti=1) == {"ti": "en"}
    assert shares(announcement(da="human"), ti=1) == {"ti": "da"}


def test_people_are_held_back_where_that_was_chosen() -> None:
    assert shares(announcement("hold", da="human", en="human"), ti=1, da=2) == {"ti": None, "da": "da"}


@pytest.mark.parametrize("state", ["asked", "offered"])
def test_what_a_volunteer_was_asked_for_or_sent_is_not_sent_before_a_coordinator_says_so(state: VersionState) -> None:
    assert shares(announcement("hold", da="human", ti=state), ti=1) == {"ti": None}


def test_the_plan_names_the_largest_language_first() -> None:
    plan = language_plan(announcement(da="human"), {"ti": 2, "ar": 9, "en": 2})
    assert [(each.language, each.kind) for each in plan] == [("ar", "fallback"), ("en", "fallback"), ("ti", "fallback")]


def test_an_announcement_is_as_few_bubbles_as_it_can_be() -> None:
    short, long = "kort", "lang " * 300
    kinds = {
        "words": [each.kind for each in bubbles("", Version("da", "human", (short,)))],
        "picture": [(each.kind, each.html) for each in bubbles("p", Version("da", "human", (short,)))],
        "long": [each.kind for each in bubbles("p", Version("da", "human", (long,)))],
        "voice": [(each.kind, each.html) for each in bubbles("", Version("da", "human", (short,), voice="v"))],
        "all": [each.kind for each in bubbles("p", Version("da", "human", (short, short), voice="v"))],
    }
    assert kinds == {
        "words": ["text"],
        "picture": [("photo", short)],
        "long": ["photo", "text"],
        "voice": [("voice", short)],
        "all": ["photo", "text", "text", "voice"],
    }


@pytest.mark.parametrize(
    ("typed", "html", "fault"),
    [
        ("<b>Hej</b> & velkommen", "<b>Hej</b> &amp; velkommen", ""),
        ("<b>Hej", "&lt;b&gt;Hej", "never_closed"),
        ("Hej</i>", "Hej&lt;/i&gt;", "closes_nothing"),
        ("<b><i>Hej</b></i>", "&lt;b&gt;&lt;i&gt;Hej&lt;/b&gt;&lt;/i&gt;", "closes_nothing"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "unknown_tag"),
        ("2 < 3", "2 &lt; 3", ""),
    ],
)
def test_tags_that_do_not_fit_are_shown_as_letters(typed: str, html: str, fault: str) -> None:
    found, what, _ = writing.as_html(typed)
    assert (found, what) == (html, fault)


def test_a_text_of_5000_characters_is_cut_between_paragraphs() -> None:
    paragraphs = [f"{number}. " + "ord " * 120 for number in range(10)]
    two = writing.in_two("\n\n".join(paragraphs))
    assert two is not None
    assert [len(re.findall(r"\d\. ", each)) for each in two] == [5, 5]


def test_no_cut_falls_inside_bold() -> None:
    two = writing.in_two("ord " * 900 + "<b>" + "fed " * 60 + "</b> " + "ord " * 900)
    assert two is not None
    assert [each.count("<b>") - each.count("</b>") for each in two] == [0, 0]


def test_what_two_messages_cannot_hold_is_not_cut() -> None:
    assert writing.in_two("ord " * 2000) is None
    assert writing.in_two("x" * 5000) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(("ord", "ኣብ", "<b>fed</b>", "e.", "كل", "🙂", "a\n\nb")), min_size=5, max_size=40),
    st.integers(30, 60),
)
def test_cutting_loses_no_word(some: list[str], times: int) -> None:
    words = some * times
    two = writing.in_two(" ".join(words))
    if two is not None:
        assert " ".join(two).split() == " ".join(words).split()
        assert all(each.count("<b>") == each.count("</b>") for each in two)
        assert max(map(writing.visible_length, two)) <= writing.TEXT_ROOM


def test_a_text_that_the_app_has_cut_is_one_again() -> None:
    assert writing.joined("x" * 4096, "yz").endswith("xyz"), "no white space was found, so it is the same word"
    assert writing.joined("Kom på torsdag.", "Det er gratis.") == "Kom på torsdag.\nDet er gratis."
    assert writing.joined("ሓሙስ ኣብ", "ሪንገ") == "ሓሙስ ኣብ ሪንገ"


@pytest.mark.parametrize(
    ("text", "language", "seems"),
    [
        (DANISH, "da", ""),
        (DANISH, "en", "da"),
        (DANISH, "ar", "da"),
        ("We eat together on Thursday and all of you are welcome.", "da", "en"),
        ("نأكل معا يوم الخميس في رينغه والدخول مجاني", "ar", ""),
        ("نأكل معا يوم الخميس في رينغه والدخول مجاني", "ti", "ar"),
        ("پنجشنبه در رینگه با هم غذا می‌خوریم و برای همه رایگان است", "ar", "fa"),
        (TIGRINYA, "ti", ""),
        ("ሐሙስ ቀን በሪንገ ውስጥ አብረን እንበላለን እና ለሁሉም ነጻ ነው", "ti", "am"),
        ("Ringe 17:00", "ar", ""),
    ],
)
def test_a_text_in_another_language_than_it_is_for_is_noticed(text: str, language: str, seems: str) -> None:
    assert writing.seems_wrong(text, language) == seems


def test_what_hangs_on_an_activity_is_said_so_long_before_it_as_things_stand() -> None:
    found = announcement(da="human")
    found = Announcement(**{**{name: getattr(found, name) for name in found.__slots__}, "offset": timedelta(days=-1)})
    start = NOON + timedelta(days=3)
    held = Occurrence(7, date(2026, 11, 26), start, start + timedelta(hours=2))
    cancelled = Occurrence(7, held.day, held.start, held.end, "cancelled")
    assert timing.planned_for(found, held) == NOON + timedelta(days=2)
    assert timing.planned_for(found, cancelled) is None
    assert timing.planned_for(found, None) is None
    assert timing.life_of(found, NOON, held) == held.end
    assert [timing.is_time(at, NOON) for at in (None, NOON, NOON + timedelta(seconds=1))] == ["off", "now", "wait"]


def test_the_bar_is_full_only_when_all_is_done() -> None:
    assert (bar(0, 10), bar(999, 1000), bar(10, 10), bar(0, 0)) == ("▱" * 10, "▰" * 9 + "▱", "▰" * 10, "▰" * 10)
    assert (percent(999, 1000), percent(3, 3)) == (99, 100)


@pytest.mark.parametrize(
    "wanted",
    [
        EVERYONE,
        Audience(languages=("ar", "ti"), town="ringe", km=10, role="newcomer", activity=3, day=date(2026, 11, 26)),
    ],
)
def test_an_audience_is_kept_as_it_was_chosen(wanted: Audience) -> None:
    assert audience_from(audience_to(wanted)) == wanted
