"""Every answer of the Bot API on loopback, and every request python-telegram-bot makes of it, fits aiogram's models."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.demo.botapi import Chat, Person
from bot.demo.botapi.methods import ALL
from bot.demo.botapi.phone import KINDS
from tests.demo.botapi.conftest import Json, Telegram, served
from tests.demo.schema_env import faults_in

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("👍", callback_data="yes:1", style="success")],
        [InlineKeyboardButton("Vej", url="https://x.dk/")],
    ]
)
MENU = ReplyKeyboardMarkup(
    [[KeyboardButton("🔎 Find"), KeyboardButton("📍 Her", request_location=True)]],
    resize_keyboard=True,
    is_persistent=True,
)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A served world, without limits."""
    async with served() as telegram:
        yield telegram


async def _sends(bot: Bot, amina: Person, group: Chat) -> None:
    thread = (await bot.create_forum_topic(group.id, "Ringe")).message_thread_id
    first = await bot.send_message(
        amina.id,
        "<b>أهلا</b> /privacy",
        parse_mode="HTML",
        reply_markup=BUTTONS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=False,
    )
    await bot.send_message(group.id, "hej", message_thread_id=thread, disable_notification=True)
    await bot.send_message(amina.id, "menu", reply_markup=MENU, reply_parameters=ReplyParameters(first.message_id))
    await bot.send_location(amina.id, 55.2, 10.4)
    await bot.send_venue(amina.id, 55.2, 10.4, "Ringe Bibliotek", "Algade 40", reply_markup=BUTTONS)
    sent = await bot.send_document(amina.id, b"BEGIN:VCALENDAR", filename="plan.ics", caption="Plan")
    assert sent.document is not None
    await bot.send_photo(amina.id, b"picture", caption="<i>Dør</i>", parse_mode="HTML")
    await bot.send_voice(amina.id, b"voice", duration=4)
    await bot.send_media_group(amina.id, [InputMediaDocument(b"a"), InputMediaDocument(sent.document)])
    await bot.send_chat_action(amina.id, "typing")
    await bot.copy_message(amina.id, amina.id, first.message_id)
    await bot.forward_message(amina.id, amina.id, first.message_id)
    await bot.get_file(sent.document)
    await bot.edit_message_caption(amina.id, sent.message_id, caption="Ny plan")
    await bot.edit_message_text("hej", amina.id, first.message_id, reply_markup=BUTTONS)
    await bot.edit_message_reply_markup(amina.id, first.message_id)
    await bot.pin_chat_message(amina.id, first.message_id)
    await bot.set_message_reaction(amina.id, first.message_id, "👀")
    await bot.get_chat(amina.id)
    await bot.delete_message(amina.id, first.message_id)


async def _profile(bot: Bot, amina: Person, group: Chat) -> None:
    scope = BotCommandScopeChat(amina.id)
    await bot.get_me()
    await bot.set_my_commands([BotCommand("start", "Start")], scope=scope, language_code="ar")
    await bot.get_my_commands(scope=scope, language_code="ar")
    await bot.delete_my_commands(scope=scope, language_code="ar")
    await bot.set_my_name("Brobot", language_code="da")
    await bot.set_my_description("Hej", language_code="da")
    await bot.set_my_short_description("Hej", language_code="da")
    await bot.get_my_name("da")
    await bot.get_my_description("da")
    await bot.get_my_short_description("da")
    await bot.set_chat_menu_button(amina.id, MenuButtonCommands())
    await bot.set_webhook("http://127.0.0.1:1/hook", secret_token="s", max_connections=10)
    await bot.get_webhook_info()
    await bot.delete_webhook()


async def _group(bot: Bot, amina: Person, group: Chat) -> None:
    thread = (await bot.create_forum_topic(group.id, "Horne")).message_thread_id
    await bot.edit_forum_topic(group.id, thread, name="Korinth")
    await bot.close_forum_topic(group.id, thread)
    await bot.reopen_forum_topic(group.id, thread)
    await bot.delete_forum_topic(group.id, thread)
    await bot.get_chat(group.id)
    for user in (amina.id, bot.id):
        await bot.get_chat_member(group.id, user)
    await bot.get_chat_administrators(group.id)
    await bot.leave_chat(group.id)


async def _updates(bot: Bot, amina: Person, telegram: Telegram) -> None:
    world = telegram.world
    await bot.send_message(amina.id, "x", reply_markup=BUTTONS)
    world.taps(amina, label="👍")
    world.says(amina, "hej")
    for kind in KINDS:
        world.sends_media(amina, kind)
    world.blocks(amina)
    world.unblocks(amina)
    for update in await bot.get_updates(allowed_updates=[]):
        if update.callback_query:
            await bot.answer_callback_query(update.callback_query.id, "ok", show_alert=True)


async def test_every_method_answers_what_aiograms_models_say(telegram: Telegram, tmp_path: Path) -> None:
    world = telegram.world
    amina, mette = world.new_person("Amina", "ar", started=True), world.new_person("Mette")
    group = world.new_group("Koordinatorer", [mette, amina])
    stories: list[Callable[[Bot, Person, Chat], Awaitable[None]]] = [_sends, _profile, _group]
    async with telegram.bot() as bot:
        for story in stories:
            await story(bot, amina, group)
        await _updates(bot, amina, telegram)
        await bot.log_out()
        await bot.close()

    asked = {entry.method for entry in world.journal if not entry.refused}
    journal = tmp_path / "journal.jsonl"
    world.write_journal(journal)

    assert asked == {method.name for method in ALL}
    assert world.faults == []
    assert faults_in(journal) == []
    assert len(world.journal) == 0


MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
ASKED = {"chat_id": 1, "text": "x"}
LONG = {"inline_keyboard": [[{"text": "x", "callback_data": "ሀ" * 22}]]}
WRONG: list[tuple[Json, str]] = [
    ({"method": "sendMessages"}, "sendMessages: no such method"),
    ({"params": {"chat_id": 1}}, "sendMessage.text: lacks"),
    ({"params": ASKED | {"txt": "y"}}, "sendMessage.txt: unknown key"),
    ({"params": ASKED | {"text": "🙂" * 2049}}, "sendMessage.text: 4098 characters, allowed are 1 to 4096"),
    (
        {"params": ASKED | {"reply_markup": {"inline_keyboard": [[{"text": "x", "data": "y"}]]}}},
        "sendMessage.reply_markup.inline_keyboard.0.0.data: unknown key",
    ),
    (
        {"params": ASKED | {"reply_markup": LONG}},
        "sendMessage.reply_markup.inline_keyboard.0.0.callback_data: 66 bytes, allowed are 1 to 64",
    ),
    ({"params": ASKED | {"message_thread_id": "x"}}, "sendMessage request: message_thread_id: "),
    ({"result": MESSAGE | {"chat": {"id": 1}}}, "sendMessage answer.chat.type: lacks"),
    ({"result": MESSAGE | {"venu": {}}}, "sendMessage answer.venu: unknown key"),
    ({"result": MESSAGE | {"date": "soon"}}, "sendMessage answer: date"),
    ({"result": True}, "sendMessage answer: "),
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The faults of a journal in which every line but the last two is wrong."""
    right: Json = {"method": "sendMessage", "params": ASKED, "result": MESSAGE, "refused": ""}
    refused = right | {"result": None, "refused": "Bad Request: chat not found"}
    journal = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    lines = [right | wrong for wrong, _ in WRONG] + [right, refused]
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return faults_in(journal)


@pytest.mark.parametrize("fault", [fault for _, fault in WRONG])
def test_what_does_not_fit_is_named(named: list[str], fault: str) -> None:
    assert [line for line in named if line.startswith(fault)] != []


def test_what_fits_is_not_named(named: list[str]) -> None:
    assert [line for line in named if not line.startswith(tuple(fault for _, fault in WRONG))] == []
