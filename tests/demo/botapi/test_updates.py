"""Updates: long polling with its offset, and everything a phone can send."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Update

from bot.demo.botapi import ControlError, Person
from bot.demo.botapi.phone import KINDS
from tests.demo.botapi.conftest import Json, Telegram

MARKUP = {"inline_keyboard": [[{"text": "✅ Tilmeld", "callback_data": "join:1"}]]}


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(telegram: Telegram, amina: Person) -> None:
    for text in "abc":
        telegram.world.says(amina, text)

    first = await telegram.result("getUpdates", limit=2)
    again = await telegram.result("getUpdates")
    rest = await telegram.result("getUpdates", offset=again[1]["update_id"])
    at_rest = telegram.world.idle
    await telegram.result("getUpdates", offset=rest[-1]["update_id"] + 1)

    assert (texts(first), texts(again), texts(rest)) == (["a", "b"], ["a", "b", "c"], ["b", "c"])
    assert (at_rest, telegram.world.idle) == (False, True)


async def test_a_negative_offset_keeps_only_the_newest(telegram: Telegram, amina: Person) -> None:
    for text in "abc":
        telegram.world.says(amina, text)

    assert texts(await telegram.result("getUpdates", offset=-1)) == ["c"]
    assert texts(await telegram.result("getUpdates")) == ["c"]


async def test_a_long_poll_is_answered_when_something_comes(telegram: Telegram, amina: Person) -> None:
    poll = asyncio.create_task(telegram.result("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    waiting = not poll.done()
    telegram.world.says(amina, "hej")

    assert (waiting, texts(await poll)) == (True, ["hej"])


async def test_a_second_poller_throws_the_first_out(telegram: Telegram, amina: Person) -> None:
    first = asyncio.create_task(telegram.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(telegram.result("getUpdates", timeout=30))
    status, body = await first
    telegram.world.says(amina, "hej")

    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts(await second) == ["hej"]


async def test_only_the_allowed_kinds_come_and_the_choice_stays(telegram: Telegram, amina: Person) -> None:
    await telegram.result("getUpdates", allowed_updates=["message"])
    telegram.world.says(amina, "hej")
    telegram.world.edits(amina, "hej hej")
    telegram.world.blocks(amina)
    message = await telegram.result("getUpdates")
    await telegram.result("getUpdates", allowed_updates=[])
    telegram.world.unblocks(amina)
    last = await telegram.result("getUpdates", offset=message[-1]["update_id"] + 1)

    assert [set(update) - {"update_id"} for update in message + last] == [{"message"}, {"my_chat_member"}]


async def test_every_update_comes_twice_with_one_id(telegram: Telegram, amina: Person) -> None:
    telegram.world.twice = "same"
    telegram.world.says(amina, "a")
    first = await telegram.result("getUpdates")
    after = first[0]["update_id"] + 1
    telegram.world.says(amina, "b")

    second = await telegram.result("getUpdates", offset=after)
    third = await telegram.result("getUpdates", offset=after + 1)
    fourth = await telegram.result("getUpdates", offset=after + 1)

    assert [texts(batch) for batch in (first, second, third, fourth)] == [["a"], ["a", "b"], ["b"], []]
    assert first[0] == second[0]


async def test_every_update_comes_again_under_a_new_id(telegram: Telegram, amina: Person) -> None:
    telegram.world.twice = "new"
    await telegram.result("sendMessage", chat_id=amina.id, text="x", reply_markup=MARKUP)
    telegram.world.says(amina, "a")
    telegram.world.taps(amina, label="✅ Tilmeld")

    updates = await telegram.result("getUpdates")

    assert texts(updates[:2]) == ["a", "a"]
    assert len({update["update_id"] for update in updates}) == 4
    assert len({update["callback_query"]["id"] for update in updates[2:]}) == 2


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_a_phone_sends_is_read_by_python_telegram_bot(
    telegram: Telegram, amina: Person, kind: str
) -> None:
    telegram.world.says(amina, "hej")
    telegram.world.sends_media(amina, kind)
    async with telegram.bot() as bot:
        *_, update = await bot.get_updates()

    message = update.effective_message
    assert isinstance(update, Update)
    assert message is not None
    assert (update.edited_message is not None) == (kind == "edited")
    assert (message.forward_origin is not None) == (kind == "forwarded")
    if kind not in {"edited", "forwarded"}:
        assert message.effective_attachment is not None
        assert telegram.world.chat(amina)[-1].kind == kind


async def test_a_command_is_marked_so_that_handlers_find_it(telegram: Telegram, amina: Person) -> None:
    telegram.world.starts(amina, "c_17")
    [update] = await telegram.result("getUpdates")

    assert update["message"]["text"] == "/start c_17"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_label_is_found_in_the_newest_bubble_then_below_then_in_older_ones(
    telegram: Telegram, amina: Person
) -> None:
    keyboard = {"keyboard": [[{"text": "Find"}, {"text": "Her", "request_location": True}]]}
    find = {"inline_keyboard": [[{"text": "Find", "callback_data": "old"}]]}
    send = {"chat_id": amina.id, "text": "x"}

    await telegram.result("sendMessage", **send, reply_markup=find)
    newest = telegram.world.taps(amina, label="Find")
    await telegram.result("sendMessage", **send, reply_markup=keyboard)
    below = telegram.world.taps(amina, label="Find")
    place = telegram.world.taps(amina, label="Her", at=(55.1, 10.1))
    part = telegram.world.taps(amina, label="Fin", message_id=telegram.world.from_bot(amina)[0].id)

    updates = await telegram.result("getUpdates")
    assert (newest, below, place, part) == ("callback", "text", "location", "callback")
    assert updates[2]["message"]["location"] == {"latitude": 55.1, "longitude": 10.1}


async def test_an_old_bubbles_data_can_be_tapped_after_it_changed(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="x", reply_markup=MARKUP)
    await telegram.result("editMessageText", chat_id=amina.id, message_id=sent["message_id"], text="y")

    with pytest.raises(ControlError, match='Amina sees no button "join:1"'):
        telegram.world.taps(amina, data="join:1")
    telegram.world.taps(amina, data="join:1", message_id=sent["message_id"], twice=True)

    updates = await telegram.result("getUpdates")
    assert [update["callback_query"]["data"] for update in updates] == ["join:1", "join:1"]


async def test_a_person_who_blocked_the_bot_writes_again_by_pressing_start(telegram: Telegram, amina: Person) -> None:
    telegram.world.blocks(amina)

    with pytest.raises(ControlError, match="Amina has blocked the bot"):
        telegram.world.says(amina, "hej")
    telegram.world.starts(amina)

    assert not amina.blocked
    assert telegram.world.chat(amina)[-1].text == "/start"


async def test_the_next_bubble_can_be_awaited(telegram: Telegram, amina: Person) -> None:
    before = await telegram.result("sendMessage", chat_id=amina.id, text="a")
    awaited = asyncio.create_task(telegram.world.next_message(amina, after=before["message_id"]))
    await asyncio.sleep(0)
    await telegram.result("sendMessage", chat_id=amina.id, text="b")

    assert (await awaited).text == "b"
