"""What must be true of every story in which the bot was killed: nothing late, nothing twice, nothing out of order."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from bot.store.tables import notices
from tests.flows.mortal_story import Phone, Story


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


def check_copies(it: Story, rows: list[dict[str, Any]], persons: dict[int, Phone], alike: tuple[str, ...] = ()) -> None:
    """The same words come to a chat again only where a kill met them in flight: at most once for each such kill.

    `alike`: kinds of notices that say the same more than once because it is meant.
    """
    chat_of = {person: phone.person.id for person, phone in persons.items()}
    again = Counter(it.mortal.in_flight)
    for each in rows:
        again[chat_of[each["person"]]] += it.mortal.sending[each["id"]] + (each["kind"] in alike)
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
