"""The pure checks of a pack: what they refuse, and what they must let pass."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.core.model import Schedule
from bot.core.pack import (
    Fault,
    digest_of,
    km_between,
    wrong_characters,
    wrong_privacy,
    wrong_schedule,
    wrong_script,
)


def test_a_fault_says_where_what_and_how_to_mend() -> None:
    fault = Fault("places.yaml", 14, "lat", "555.2 is not a latitude.", "Write 55.2.")

    assert str(fault) == "places.yaml:14 lat: 555.2 is not a latitude. Write 55.2."


@pytest.mark.parametrize(
    "text",
    [
        "Ring 62531120",
        "+45 62 53 11 20",
        "62.53.11.20",
        "(62) 53-11-20",
        "اتصل ٦٢٥٣١١٢٠",
        "010190-1234",
        "0101901234",
        "skriv til ann@klub.dk",
        "20.53.11.20",
    ],
)
def test_a_persons_number_or_address_is_refused(text: str) -> None:
    assert wrong_privacy(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Fra kl. 17.30-20.00",
        "18:30–20:00",
        "10.00 - 12.00.",
        "Algade 12, 5750 Ringe",
        "2026-12-24 17:00",
        "den 24/12 2026",
        "112 ved fare",
        "fra 6 til 12 år, 40 kr., 3 gange",
        "uge 42-45",
    ],
)
def test_times_dates_prices_and_postcodes_pass(text: str) -> None:
    assert wrong_privacy(text) is None


@pytest.mark.parametrize("text", ["a\u202eb", "\u200fa", "a\u2066", "a\x00b", "a\u0085", "\ud800", "\ue000"])
def test_characters_that_nobody_sees_are_refused(text: str) -> None:
    assert wrong_characters(text) is not None


@pytest.mark.parametrize("text", ["Fodbold ⚽ <b> & 'x'", "👨‍👩‍👧", "می‌خواهم", "ክለብ ምኽሻን።", "نادي الطبخ"])
def test_letters_emoji_and_signs_of_html_pass(text: str) -> None:
    """HTML is escaped where it is sent; a zero-width joiner belongs to emoji and Persian."""
    assert wrong_characters(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("نادي الطبخ · Madklub", "ar"),
        ("ክለብ ምኽሻን · Madklub", "ti"),
        ("مساعدة في MitID والهاتف", "ar"),
        ("Madklub", "da"),
        ("24/12", "ar"),
        ("whatever", "fr"),
    ],
)
def test_a_text_in_its_languages_letters_passes(text: str, language: str) -> None:
    assert wrong_script(text, language) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("Madklub · نادي الطبخ", "ar"), ("نادي الطبخ", "ti"), ("ክለብ", "ar"), ("نادي", "da"), ("አባ Madklub club", "ti")],
)
def test_a_text_in_other_letters_is_refused(text: str, language: str) -> None:
    assert wrong_script(text, language) is not None


def weekly(first: date, end: time = time(20), repeats: str = "weekly", **more: object) -> Schedule:
    return Schedule(first=first, start=time(17, 30), end=end, repeats=repeats, **more)  # type: ignore[arg-type] # spelt out in each test


@pytest.mark.parametrize(
    "schedule",
    [
        weekly(date(2026, 9, 3)),
        weekly(date(2026, 9, 3), end=time(1, 0)),
        weekly(date(2026, 9, 3), repeats="even_weeks", until=date(2026, 12, 24)),
        weekly(date(2026, 9, 24), repeats="monthly", nth=-1),
        weekly(date(2026, 12, 24), repeats="once"),
        weekly(date(2026, 12, 26), repeats="once", on_holidays=True),
    ],
)
def test_a_sound_schedule_has_nothing_wrong(schedule: Schedule) -> None:
    assert list(wrong_schedule(schedule)) == []


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (weekly(date(2026, 9, 3), end=time(17, 30)), "end"),
        (weekly(date(2026, 9, 3), end=time(17, 0)), "end"),
        (weekly(date(2026, 9, 3), until=date(2026, 9, 2)), "until"),
        (weekly(date(2026, 9, 3), repeats="once", until=date(2026, 9, 4)), "until"),
        (weekly(date(2026, 9, 3), repeats="odd_weeks"), "first"),
        (weekly(date(2026, 9, 17), repeats="monthly", nth=-1), "first"),
        (weekly(date(2026, 9, 3), repeats="monthly"), "nth"),
        (weekly(date(2026, 9, 3), nth=1), "nth"),
        (weekly(date(2026, 9, 3), skips=frozenset({date(2026, 9, 4)})), "skips"),
        (weekly(date(2026, 9, 3), skips=frozenset({date(2026, 8, 27)})), "skips"),
        (weekly(date(2026, 12, 25), until=date(2026, 12, 31)), "skips"),
    ],
)
def test_a_schedule_that_contradicts_itself_names_the_field(schedule: Schedule, field: str) -> None:
    assert [key for key, _ in wrong_schedule(schedule)] == [field]


def test_the_crow_flies_from_faaborg_to_ringe_in_22_km() -> None:
    assert km_between((55.0951, 10.2423), (55.2383, 10.4786)) == pytest.approx(21.9, abs=0.1)
    assert km_between((55.1, 10.2), (55.1, 10.2)) == 0.0


def test_the_digest_does_not_depend_on_the_order_of_sets_and_keys() -> None:
    days = [date(2026, 10, day) for day in (15, 22, 29)]
    some = weekly(date(2026, 9, 3), skips=frozenset(days))
    same = weekly(date(2026, 9, 3), skips=frozenset(reversed(days)))

    assert digest_of(some, {"a": 1, "b": 2}) == digest_of(same, {"b": 2, "a": 1})
    assert digest_of(some) != digest_of(weekly(date(2026, 9, 3)))
