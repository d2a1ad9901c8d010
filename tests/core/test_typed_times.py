"""Clock times typed into a form are read as their writer meant them; what has two readings gives both."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.typed_times import Hours, read_hours


def hours(text: str) -> list[str]:
    return [f"{start:%H:%M}" + (f"-{end:%H:%M}" if end else "") for start, end in read_hours(text)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("17:30-20:00", ["17:30-20:00"]),
        ("kl. 17.30 til 20", ["17:30-20:00"]),
        ("1730-2000", ["17:30-20:00"]),
        ("fra 17 til 19", ["17:00-19:00"]),
        ("19", ["19:00"]),
        ("10-12", ["10:00-12:00"]),
        ("10-2", ["10:00-14:00"]),
        ("9.30 – 11", ["09:30-11:00"]),
        ("5 pm to 7 pm", ["17:00-19:00"]),
        ("5-7 pm", ["17:00-19:00"]),
        ("5-7 om aftenen", ["17:00-19:00"]),
        ("08-10", ["08:00-10:00"]),
        ("من ١٧:٣٠ إلى ٢٠:٠٠", ["17:30-20:00"]),
        ("22-01", ["22:00-01:00"]),
        ("17.30-24", ["17:30-00:00"]),
    ],
)
def test_what_is_plain_has_one_reading(text: str, meant: list[str]) -> None:
    assert hours(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", ["17:00", "05:00"]),
        ("5-7", ["17:00-19:00", "05:00-07:00"]),
        ("ሰዓት 3", ["09:00", "15:00"]),
        ("8", ["08:00", "20:00"]),
    ],
)
def test_what_has_two_readings_gives_both(text: str, meant: list[str]) -> None:
    assert hours(text) == meant


@pytest.mark.parametrize("text", ["", "in the evening", "25:00", "17:75", "1-2-3", "20305", "17 " * 20])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_hours(text) == ()


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_anything_may_be_typed(text: str) -> None:
    assert all(isinstance(start, time) and (end is None or isinstance(end, time)) for start, end in read_hours(text))


def test_a_reading_is_a_start_and_perhaps_an_end() -> None:
    found: tuple[Hours, ...] = read_hours("17-19")
    assert found == ((time(17), time(19)),)
