"""Kill -9 at fifty moments of the main story: what was confirmed is kept, nothing is said twice but what was in flight,
and the story ends right."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.demo.botapi.updates import FIRST_UPDATE
from bot.store.tables import notices, signups
from tests.flows.mortal_story import KILLS_BY_CHAPTER, NEXT_TUESDAY, TUESDAY, Phone, Story, story, told

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="a bot is forked and killed by signals")]


@pytest.mark.parametrize(
    ("database_engine", "way"),
    [("sqlite", "polling"), ("postgresql", "webhook")],
    indirect=["database_engine"],
)
async def test_the_story_ends_right_however_often_the_bot_is_killed(
    fresh_database: str, way: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BROBOT_CRASH_SEED", "") or random.randrange(10**6))
    print(f"BROBOT_CRASH_SEED={seed}")  # noqa: T201 # shown where the test fails: it brings the same moments back
    async with story(fresh_database, tmp_path, seed, webhook=way == "webhook") as it:
        cast = await told(it)
        assert it.mortal.killed >= sum(KILLS_BY_CHAPTER)
        await check(it, cast)


async def check(it: Story, cast: dict[str, Phone]) -> None:
    """The history that the phones and the Bot API saw, held against what was promised."""
    persons = {await it.person(phone): phone for phone in cast.values()}
    assert it.mortal.lost == set(), "an update was confirmed and lay in no database"
    given_out = set(range(FIRST_UPDATE, it.world.updates._next))
    assert given_out - it.answered == set(), "an update was not answered"
    assert await seats(it, persons) == [
        ("Amina", TUESDAY, "cancelled"),
        ("Bereket", TUESDAY, "cancelled"),
        ("Clara", TUESDAY, "going"),
        ("Clara", NEXT_TUESDAY, "going"),
        ("Dawit", TUESDAY, "going"),
    ]
    assert it.mortal.most_seats <= 2, "two seats, and at some moment more than two persons had one"
    assert await said(it, persons) == [
        ("Bereket", "day_before"),
        ("Clara", "day_before"),
        ("Clara", "follow_up"),
        ("Clara", "offer"),
        ("Clara", "two_hours"),
        ("Dawit", "follow_up"),
        ("Dawit", "offer"),
        ("Dawit", "two_hours"),
    ]
    check_times(it, await it.rows(notices))
    check_copies(it, await it.rows(notices), persons)
    check_order(it)


async def seats(it: Story, persons: dict[int, Phone]) -> list[tuple[str, date, str]]:
    kept = await it.rows(signups)
    return sorted((persons[each["person"]].person.name, each["day"], each["state"]) for each in kept)


async def said(it: Story, persons: dict[int, Phone]) -> list[tuple[str, str]]:
    """Who was told what unasked; nothing that is due may still wait, and nothing may have failed."""
    rows = await it.rows(notices)
    open_ones = {each["state"] for each in rows if each["due"] <= it.clock()} - {"sent", "skipped", "stopped"}
    assert open_ones == set()
    return sorted((persons[each["person"]].person.name, each["kind"]) for each in rows if each["state"] == "sent")


def sent(it: Story) -> list[tuple[int, str, dict[str, Any]]]:
    """Every new bubble that arrived, in order: chat, text, and the message as Telegram keeps it."""
    return [
        (int(entry.params["chat_id"]), str(entry.params.get("text", "📍")), entry.result)
        for entry in it.world.journal
        if entry.method.startswith("send") and isinstance(entry.result, dict)
    ]


def check_times(it: Story, rows: list[dict[str, Any]]) -> None:
    """No notice before its time, nor an hour late, however long the bot was dead."""
    written = {result["message_id"]: result["date"] for _, _, result in sent(it)}
    for each in rows:
        if each["state"] == "sent":
            at = datetime.fromtimestamp(written[each["message"]], UTC)
            assert -1 <= (at - each["due"]).total_seconds() <= 3600, each["kind"]


def check_copies(it: Story, rows: list[dict[str, Any]], persons: dict[int, Phone]) -> None:
    """The same words come to a chat again only where a kill met them in flight: at most once for each such kill."""
    chat_of = {person: phone.person.id for person, phone in persons.items()}
    again = Counter(it.mortal.in_flight)
    for each in rows:
        again[chat_of[each["person"]]] += it.mortal.sending[each["id"]]
    copies = Counter((chat, text) for chat, text, _ in sent(it))
    for (chat, text), times in copies.items():
        assert times <= 1 + again[chat], f"{times} times: {text}"


def check_order(it: Story) -> None:
    """The taps of a chat are answered in the order in which they were made; after a kill the last ones again, alike."""
    answered: dict[str, list[int]] = {}
    for entry in it.world.journal:
        if entry.method == "answerCallbackQuery" and not entry.refused:
            chat, number = entry.params["callback_query_id"][:-9], int(entry.params["callback_query_id"][-9:])
            answered.setdefault(chat, []).append(number)
    for numbers in answered.values():
        assert list(dict.fromkeys(numbers)) == sorted(set(numbers))
        assert list(dict.fromkeys(reversed(numbers))) == sorted(set(numbers), reverse=True)
