"""Messages the bot sends: what Telegram takes, and what it refuses in which words."""

from __future__ import annotations

import pytest

from bot.demo.botapi import Person
from tests.demo.botapi.conftest import Telegram

BAD = "Bad Request: "


async def test_a_message_stands_on_the_phone_as_plain_text_with_entities(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result(
        "sendMessage", chat_id=amina.id, text=" <b>أهلا</b> &amp; <i>🙋 hej</i>\n", parse_mode="HTML"
    )

    shown = telegram.world.last(amina)
    assert shown.text == "أهلا & 🙋 hej"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 7, "length": 6},
    ]
    assert (sent["chat"]["id"], sent["from"]["is_bot"], sent["date"]) == (amina.id, True, 1795431600)


async def test_a_text_may_have_4096_utf16_units_after_its_marks_are_read(telegram: Telegram, amina: Person) -> None:
    await telegram.result("sendMessage", chat_id=amina.id, text="<b>" + "ሀ" * 4096 + "</b>", parse_mode="HTML")
    await telegram.result("sendMessage", chat_id=amina.id, text="🙂" * 2048)

    said = await telegram.refusal("sendMessage", chat_id=amina.id, text="🙂" * 2048 + "!")

    assert said == BAD + "message is too long"


@pytest.mark.parametrize("text", ["", "  \n ", "<b></b>"])
async def test_an_empty_text_is_refused(telegram: Telegram, amina: Person, text: str) -> None:
    said = await telegram.refusal("sendMessage", chat_id=amina.id, text=text, parse_mode="HTML")

    assert said == BAD + "message text is empty"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<b>hej", 'Can\'t find end tag corresponding to start tag "b"'),
        ("hej</b>", "Unexpected end tag at byte offset 3"),
        ("<b>é<i>x</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("<blink>hej</blink>", 'Unsupported start tag "blink" at byte offset 0'),
        ("alder < 15", 'Unsupported start tag "" at byte offset 6'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("Venner & Naboer", 'Unescaped "&" at byte offset 7'),
        ("hej&nbsp;du", 'Unescaped "&" at byte offset 3'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html_that_does_not_parse_is_refused(telegram: Telegram, amina: Person, text: str, fault: str) -> None:
    said = await telegram.refusal("sendMessage", chat_id=amina.id, text=text, parse_mode="HTML")

    assert said == f"{BAD}can't parse entities: {fault}"


async def test_all_marks_of_telegrams_html_are_read(telegram: Telegram, amina: Person) -> None:
    text = (
        "<b>b<u>u</u></b><s>s</s><code>c</code><pre><code class='language-sh'>p</code></pre>"
        '<a href="https://x.dk/?a=1&amp;b=2">l</a><blockquote expandable>q</blockquote>'
        "<tg-spoiler>t</tg-spoiler>&lt;&#233;&#x1F642;&quot;"
    )

    sent = await telegram.result("sendMessage", chat_id=amina.id, text=text, parse_mode="HTML")

    assert sent["text"] == 'buscplqt<é🙂"'
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "underline", "offset": 1, "length": 1},
        {"type": "strikethrough", "offset": 2, "length": 1},
        {"type": "code", "offset": 3, "length": 1},
        {"type": "pre", "offset": 4, "length": 1, "language": "sh"},
        {"type": "text_link", "offset": 5, "length": 1, "url": "https://x.dk/?a=1&b=2"},
        {"type": "expandable_blockquote", "offset": 6, "length": 1},
        {"type": "spoiler", "offset": 7, "length": 1},
    ]


async def test_entities_of_the_bots_own_must_lie_in_the_text(telegram: Telegram, amina: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 3}
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="hej", entities=[bold])

    said = await telegram.refusal("sendMessage", chat_id=amina.id, text="he", entities=[bold])

    assert sent["entities"] == [bold]
    assert said == BAD + ("entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2")


async def test_commands_and_addresses_in_a_text_are_marked_as_the_app_does(telegram: Telegram, amina: Person) -> None:
    sent = await telegram.result("sendMessage", chat_id=amina.id, text="/privacy og/eller https://x.dk/a.")

    assert sent["entities"] == [
        {"type": "bot_command", "offset": 0, "length": 8},
        {"type": "url", "offset": 18, "length": 14},
    ]


async def test_a_chat_that_is_not_there_is_not_found(telegram: Telegram) -> None:
    assert await telegram.refusal("sendMessage", chat_id=5, text="x") == BAD + "chat not found"
    assert await telegram.refusal("sendMessage", chat_id="@nobody", text="x") == BAD + "chat not found"
    assert await telegram.refusal("sendMessage", text="x") == BAD + "chat_id is empty"


async def test_a_bot_may_not_write_first(telegram: Telegram) -> None:
    stranger = telegram.world.new_person("Saba", "ti")

    said = await telegram.refusal("sendMessage", chat_id=stranger.id, text="x")

    assert said == "Forbidden: bot can't initiate conversation with a user"


async def test_a_blocked_bot_is_told_and_an_unblocked_one_may_write_again(telegram: Telegram, amina: Person) -> None:
    telegram.world.blocks(amina)
    status, body = await telegram.call("sendMessage", chat_id=amina.id, text="x")
    [update] = await telegram.result("getUpdates")
    telegram.world.unblocks(amina)
    await telegram.result("sendMessage", chat_id=amina.id, text="x")

    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_deleted_account_is_told(telegram: Telegram, amina: Person) -> None:
    telegram.world.deactivates(amina)

    said = await telegram.refusal("sendVenue", chat_id=amina.id, latitude=1, longitude=1, title="t", address="a")

    assert said == "Forbidden: user is deactivated"


async def test_a_venue_a_place_and_files_arrive_as_what_they_are(telegram: Telegram, amina: Person) -> None:
    venue = {"latitude": 55.2, "longitude": 10.4, "title": "Ringe Bibliotek", "address": "Algade 40"}
    async with telegram.bot() as bot:
        await telegram.result("sendVenue", chat_id=amina.id, **venue)
        await telegram.result("sendLocation", chat_id=amina.id, latitude=55.2, longitude=10.4)
        sent = await bot.send_document(amina.id, b"BEGIN:VCALENDAR", filename="plan.ics", caption="Plan")
        assert sent.document is not None
        await bot.send_photo(amina.id, b"picture")
        await bot.send_voice(amina.id, b"voice", duration=3)
        again = await bot.send_document(amina.id, sent.document)
        assert again.document is not None
        file = await bot.get_file(sent.document)
        content = bytes(await file.download_as_bytearray())

    kinds = [message.kind for message in telegram.world.from_bot(amina)]
    assert kinds == ["venue", "location", "document", "photo", "voice", "document"]
    assert (content, again.document.file_name) == (b"BEGIN:VCALENDAR", "plan.ics")


async def test_a_caption_has_1024_units(telegram: Telegram, amina: Person) -> None:
    async with telegram.bot() as bot:
        sent = await bot.send_document(amina.id, b"x", filename="x.txt", caption="é" * 1024)
    assert sent.document is not None

    said = await telegram.refusal("sendDocument", chat_id=amina.id, document=sent.document.file_id, caption="é" * 1025)
    assert said == BAD + "message caption is too long"


async def test_an_album_has_two_to_ten_items(telegram: Telegram, amina: Person) -> None:
    photo = telegram.world.new_file("a.jpg", "image/jpeg", b"x").id
    item = {"type": "photo", "media": photo}

    sent = await telegram.result("sendMediaGroup", chat_id=amina.id, media=[item, {**item, "caption": "c"}])
    said = await telegram.refusal("sendMediaGroup", chat_id=amina.id, media=[item])

    assert [message.get("caption") for message in sent] == [None, "c"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert said == BAD + "there must be 2 to 10 items in the album"


async def test_a_protected_message_is_neither_copied_nor_forwarded(telegram: Telegram, amina: Person) -> None:
    secret = await telegram.result("sendMessage", chat_id=amina.id, text="Navn", protect_content=True)
    plain = await telegram.result("sendMessage", chat_id=amina.id, text="Hej")
    source = {"chat_id": amina.id, "from_chat_id": amina.id}

    copy = await telegram.result("copyMessage", **source, message_id=plain["message_id"])
    forward = await telegram.result("forwardMessage", **source, message_id=plain["message_id"])

    assert copy == {"message_id": telegram.world.from_bot(amina)[-2].id}
    assert forward["forward_origin"]["sender_user"]["is_bot"] is True
    for method, verb in (("copyMessage", "copied"), ("forwardMessage", "forwarded")):
        said = await telegram.refusal(method, **source, message_id=secret["message_id"])
        assert said == f"{BAD}message can't be {verb}"


async def test_a_form_and_a_query_say_the_same_as_json(telegram: Telegram, amina: Person) -> None:
    url = f"{telegram.url}/bot7000000001:demo-token-of-the-bot-api-on-loopback/SENDMESSAGE"
    form = {
        "chat_id": str(amina.id),
        "text": "hej",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard":[[{"text":"Ja","callback_data":"y"}]]}',
    }

    async with telegram.http.post(url, data=form) as answer:
        assert answer.status == 200
    async with telegram.http.get(url, params={"chat_id": amina.id, "text": "hej"}) as answer:
        assert answer.status == 200

    first, second = telegram.world.from_bot(amina)
    assert (first.labels, first.silent) == (["Ja"], True)
    assert (second.text, second.silent) == ("hej", False)
