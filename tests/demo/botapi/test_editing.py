"""Edits, deletions, callback answers and reactions."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.botapi import Person
from tests.demo.botapi.conftest import Telegram

BAD = "Bad Request: "
UNCHANGED = BAD + (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MARKUP = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}


async def test_an_edit_changes_the_bubble_and_takes_a_keyboard_it_does_not_repeat(
    telegram: Telegram, amina: Person
) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="a", reply_markup=MARKUP)

    edited = await telegram.result(
        "editMessageText", chat_id=amina.id, message_id=sent["message_id"], text="<b>b</b>", parse_mode="HTML"
    )

    shown = telegram.world.last(amina)
    assert (shown.text, shown.labels, shown.edited) == ("b", [], True)
    assert edited["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_the_same_text_and_keyboard_again_is_not_modified(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="a", reply_markup=MARKUP)
    target = {"chat_id": amina.id, "message_id": sent["message_id"], "reply_markup": MARKUP}
    await telegram.result("editMessageText", **target, text="b")

    assert await telegram.refusal("editMessageText", **target, text="b") == UNCHANGED
    assert await telegram.refusal("editMessageReplyMarkup", **target) == UNCHANGED


async def test_a_new_keyboard_alone_does_not_show_as_edited(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="a")
    target = {"chat_id": amina.id, "message_id": sent["message_id"]}

    await telegram.result("editMessageReplyMarkup", **target, reply_markup=MARKUP)

    shown = telegram.world.last(amina)
    assert (shown.labels, shown.edited) == (["Ja"], False)


async def test_only_messages_of_the_bots_own_can_be_edited(telegram: Telegram, amina: Person) -> None:
    own = telegram.world.says(amina, "hej")
    venue = await telegram.result("sendVenue", chat_id=amina.id, latitude=1, longitude=1, title="t", address="a")
    target = {"chat_id": amina.id, "text": "x"}

    edits = [own.id, 99, venue["message_id"]]
    said = [await telegram.refusal("editMessageText", **target, message_id=id_) for id_ in edits]

    assert said == [
        BAD + "message can't be edited",
        BAD + "message to edit not found",
        BAD + "there is no text in the message to edit",
    ]


async def test_a_caption_is_edited_where_there_can_be_one(telegram: Telegram, amina: Person) -> None:
    file = telegram.world.new_file("a.txt", "text/plain", b"x").id
    sent = await telegram.result("sendDocument", chat_id=amina.id, document=file, caption="a")
    text = await telegram.result("sendMessage", chat_id=amina.id, text="a")

    await telegram.result("editMessageCaption", chat_id=amina.id, message_id=sent["message_id"], caption="b")
    said = await telegram.refusal("editMessageCaption", chat_id=amina.id, message_id=text["message_id"], caption="b")

    assert telegram.world.from_bot(amina)[0].text == "b"
    assert said == BAD + "there is no caption in the message to edit"


async def test_a_message_can_be_deleted_for_48_hours(telegram: Telegram, amina: Person) -> None:
    old = await telegram.result("sendMessage", chat_id=amina.id, text="old")
    telegram.clock.advance(timedelta(hours=48))
    new = await telegram.result("sendMessage", chat_id=amina.id, text="new")
    await telegram.result("deleteMessage", chat_id=amina.id, message_id=new["message_id"])
    telegram.clock.advance(timedelta(seconds=1))

    said = await telegram.refusal("deleteMessage", chat_id=amina.id, message_id=old["message_id"])
    gone = await telegram.refusal("deleteMessage", chat_id=amina.id, message_id=new["message_id"])

    assert [said, gone] == [
        BAD + "message can't be deleted for everyone",
        BAD + "message to delete not found",
    ]


async def test_a_callback_answer_shows_on_the_phone_that_tapped(telegram: Telegram, amina: Person) -> None:
    await telegram.result("sendMessage", chat_id=amina.id, text="a", reply_markup=MARKUP)
    telegram.world.taps(amina, label="Ja")
    [update] = await telegram.result("getUpdates")
    query = update["callback_query"]

    long = await telegram.refusal("answerCallbackQuery", callback_query_id=query["id"], text="é" * 201)
    await telegram.result("answerCallbackQuery", callback_query_id=query["id"], text="é" * 200)
    unknown = await telegram.refusal("answerCallbackQuery", callback_query_id="17")

    assert (query["data"], query["message"]["text"], amina.toast) == ("y", "a", "é" * 200)
    assert long == BAD + "MESSAGE_TOO_LONG"
    assert unknown == BAD + "query is too old and response timeout expired or query ID is invalid"


async def test_a_reaction_is_one_emoji_of_telegrams(telegram: Telegram, amina: Person) -> None:
    own = telegram.world.says(amina, "hej")
    target = {"chat_id": amina.id, "message_id": own.id}

    await telegram.result("setMessageReaction", **target, reaction=[{"type": "emoji", "emoji": "👀"}])
    shown = own.reaction
    said = await telegram.refusal("setMessageReaction", **target, reaction=[{"type": "emoji", "emoji": "✅"}])
    await telegram.result("setMessageReaction", **target)

    assert (shown, said, own.reaction) == ("👀", BAD + "REACTION_INVALID", "")
