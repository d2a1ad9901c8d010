"""Keyboards: what Telegram takes under a message and under the text field."""

from __future__ import annotations

import pytest

from bot.demo.botapi import Person
from tests.demo.botapi.conftest import Json, Telegram

BUTTON = {"text": "Ja", "callback_data": "y"}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([[{"text": "x", "callback_data": "ሀ" * 22}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[BUTTON] * 9], "REPLY_MARKUP_TOO_LONG"),
        ([[BUTTON] * 5] * 21, "REPLY_MARKUP_TOO_LONG"),
        (
            [[{"text": "x"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([[{"txt": "x"}]], 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ([[{**BUTTON, "colour": "red"}]], 'can\'t parse inline keyboard button: unknown field "colour"'),
        ([[{**BUTTON, "style": "yes"}]], "can't parse inline keyboard button: invalid button style specified"),
        ([[{**BUTTON, "url": "https://x.dk"}]], "can't parse inline keyboard button: exactly one optional field "
         "must be used"),
    ],
)  # fmt: skip
async def test_an_inline_keyboard_that_telegram_refuses(
    telegram: Telegram, amina: Person, rows: list[list[Json]], fault: str
) -> None:
    markup = {"inline_keyboard": rows}

    said = await telegram.refusal("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)

    assert said == f"Bad Request: {fault}"
    assert telegram.world.from_bot(amina) == []


async def test_64_bytes_of_data_and_a_hundred_buttons_are_taken(telegram: Telegram, amina: Person) -> None:
    rows = [[{"text": "x", "callback_data": "é" * 32}] * 8] * 12 + [[BUTTON] * 4]

    await telegram.result("sendMessage", chat_id=amina.id, text="x", reply_markup={"inline_keyboard": rows})

    assert len(telegram.world.last(amina).labels) == 100


async def test_the_reply_keyboard_stays_until_it_is_removed(telegram: Telegram, amina: Person) -> None:
    keyboard = {"keyboard": [[{"text": "🔎 Find"}, {"text": "📍 Her", "request_location": True}]]}
    await telegram.result("sendMessage", chat_id=amina.id, text="x", reply_markup=keyboard)
    await telegram.result("sendMessage", chat_id=amina.id, text="y")
    shown = telegram.world.keyboard(amina)

    await telegram.result("sendMessage", chat_id=amina.id, text="z", reply_markup={"remove_keyboard": True})

    assert shown == keyboard["keyboard"]
    assert telegram.world.keyboard(amina) is None


async def test_a_place_can_be_asked_for_in_private_chats_only(telegram: Telegram, amina: Person) -> None:
    group = telegram.world.new_group("Koordinatorer", [amina])
    keyboard = {"keyboard": [[{"text": "📍", "request_location": True}]]}

    said = await telegram.refusal("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard)

    assert said == "Bad Request: location can be requested in private chats only"


async def test_an_edit_takes_only_an_inline_keyboard(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="x")
    keyboard = {"keyboard": [[{"text": "x"}]]}

    said = await telegram.refusal(
        "editMessageText", chat_id=amina.id, message_id=sent["message_id"], text="y", reply_markup=keyboard
    )

    assert said == "Bad Request: inline keyboard expected"
