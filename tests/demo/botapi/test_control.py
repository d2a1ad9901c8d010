"""The control interface over HTTP: people, phones, calls, trouble and events."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.demo.botapi import Hooks, Person
from tests.demo.botapi.conftest import Json, Serve, Telegram

MARKUP = {
    "inline_keyboard": [
        [{"text": "👍", "callback_data": "yes:1", "style": "success"}],
        [{"text": "Link", "url": "https://x.dk/"}],
    ]
}


async def test_a_phone_is_made_and_shows_what_was_said(telegram: Telegram) -> None:
    _, made = await telegram.demo("/demo/people", {"name": "Amina", "language_code": "ar"})
    await telegram.demo("/demo/start", {"id": made["id"], "payload": "c_1"})
    await telegram.result("sendMessage", chat_id=made["id"], text="<b>Hej</b>", parse_mode="HTML", reply_markup=MARKUP)
    keyboard = {"keyboard": [[{"text": "📍 Her", "request_location": True}]]}
    await telegram.result("sendMessage", chat_id=made["id"], text="Hvor?", reply_markup=keyboard)

    _, people = await telegram.demo("/demo/people")
    _, chat = await telegram.demo(f"/demo/chat/{made['id']}")

    assert people["people"] == [
        {"id": made["id"], "name": "Amina", "language_code": "ar", "role": "newcomer", "blocked": False}
    ]
    assert [(m["from"], m["text"]) for m in chat["messages"]] == [
        ("person", "/start c_1"),
        ("bot", "Hej"),
        ("bot", "Hvor?"),
    ]
    assert chat["messages"][1] | {"id": 0} == {
        "id": 0,
        "from": "bot",
        "name": "Brobot",
        "text": "Hej",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "buttons": [
            [{"text": "👍", "data": "yes:1", "style": "success"}],
            [{"text": "Link", "data": "", "url": "https://x.dk/"}],
        ],
        "kind": "text",
        "edited": False,
        "date": "2026-11-23T11:00:00+00:00",
        "protected": False,
        "silent": False,
    }
    assert chat["keyboard"] == [[{"text": "📍 Her", "request_location": True}]]


async def test_what_a_phone_does_reaches_the_bot(telegram: Telegram, amina: Person) -> None:
    await telegram.result("sendMessage", chat_id=amina.id, text="x", reply_markup=MARKUP)
    sent = [
        await telegram.demo("/demo/say", {"id": amina.id, "text": "hej"}),
        await telegram.demo("/demo/tap", {"id": amina.id, "label": "👍", "twice": True}),
        await telegram.demo("/demo/tap", {"id": amina.id, "label": "Link"}),
        await telegram.demo("/demo/location", {"id": amina.id, "lat": 55.1, "lon": 10.1}),
        await telegram.demo("/demo/media", {"id": amina.id, "kind": "edited", "text": "hov"}),
    ]
    updates = await telegram.result("getUpdates")

    assert [status for status, _ in sent] == [200] * 5
    assert [body.get("sent") for _, body in sent[1:3]] == ["callback", "link"]
    assert [[*update][1] for update in updates] == [
        "message",
        "callback_query",
        "callback_query",
        "message",
        "edited_message",
    ]


async def test_a_reply_reaches_the_bot_with_what_it_answers_and_is_shown_with_a_short_text_of_it(
    telegram: Telegram, amina: Person
) -> None:
    asked = await telegram.result("sendMessage", chat_id=amina.id, text="Somebody asks\nfor a person. " + "x" * 200)
    reply = {"id": amina.id, "text": "Come on Monday.", "reply_to": asked["message_id"]}
    status, _ = await telegram.demo("/demo/say", reply)
    [update] = await telegram.result("getUpdates")
    _, chat = await telegram.demo(f"/demo/chat/{amina.id}")

    assert status == 200
    assert update["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    assert chat["messages"][-1]["reply_to"] == {
        "id": asked["message_id"],
        "name": "Brobot",
        "text": "Somebody asks for a person. " + "x" * 91 + "…",
        "kind": "text",
    }


async def test_the_quote_in_a_reply_follows_what_was_replied_to_and_says_no_more_once_that_is_deleted(
    telegram: Telegram, amina: Person
) -> None:
    asked = await telegram.result("sendMessage", chat_id=amina.id, text="Amina asks")
    there = {"chat_id": amina.id, "message_id": asked["message_id"]}
    await telegram.demo("/demo/say", {"id": amina.id, "text": "ok", "reply_to": asked["message_id"]})
    await telegram.result("editMessageText", **there, text="This case is closed.")
    _, edited = await telegram.demo(f"/demo/chat/{amina.id}")
    await telegram.result("deleteMessage", **there)
    _, deleted = await telegram.demo(f"/demo/chat/{amina.id}")

    assert edited["messages"][-1]["reply_to"]["text"] == "This case is closed."
    assert deleted["messages"][-1]["reply_to"] == {"id": asked["message_id"]}


async def test_a_message_of_another_chat_cannot_be_replied_to(telegram: Telegram, amina: Person) -> None:
    lone = telegram.world.new_person("Lone", started=True)
    asked = await telegram.result("sendMessage", chat_id=lone.id, text="Hej")
    reply = {"id": amina.id, "text": "x", "reply_to": asked["message_id"]}

    assert await telegram.demo("/demo/say", reply) == (
        400,
        {"error": f"there is no message {asked['message_id']} to reply to in this chat"},
    )
    assert await telegram.result("getUpdates") == []


async def test_a_venue_and_a_file_are_shown_and_the_file_is_served(telegram: Telegram, amina: Person) -> None:
    place = {"latitude": 55.2, "longitude": 10.4, "title": "Ringe Bibliotek", "address": "Algade 40"}
    file = telegram.world.new_file("plan.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR")
    await telegram.result("sendVenue", chat_id=amina.id, **place)
    await telegram.result("sendDocument", chat_id=amina.id, document=file.id, caption="Plan")

    _, chat = await telegram.demo(f"/demo/chat/{amina.id}")
    venue, document = chat["messages"][-2:]
    async with telegram.http.get(telegram.url + document["file"]["url"]) as answer:
        served = answer.content_type, answer.headers["Content-Disposition"], await answer.read()

    assert venue["venue"] == place
    assert (document["caption"], document["file"]["name"], document["file"]["size"]) == ("Plan", "plan.ics", 15)
    assert served == ("text/calendar", 'attachment; filename="plan.ics"', b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/demo/say", {"id": 1, "text": "x"}, "there is no person 1"),
        ("/demo/say", {"id": "1", "text": "x"}, '"id" is a whole number'),
        ("/demo/say", {"id": 700000001}, '"text" is a text that is needed'),
        ("/demo/say", {"id": 700000001, "text": "x" * 4097}, "a text has 1 to 4096 characters"),
        ("/demo/say", {"id": 700000001, "text": "x", "reply_to": 9}, "there is no message 9 to reply to in this chat"),
        ("/demo/say", {"id": 700000001, "text": "x", "reply_to": "9"}, '"reply_to" is a whole number'),
        ("/demo/tap", {"id": 700000001}, "say which button: label or data"),
        ("/demo/tap", {"id": 700000001, "label": "👎"}, 'Amina sees no button "👎"'),
        ("/demo/location", {"id": 700000001, "lat": 91, "lon": 0}, "lat is -90 to 90, lon -180 to 180"),
        ("/demo/fault", {"kind": "rain"}, "kind is block, unblock, flood, outage, drop, error, crash or restart"),
        ("/demo/clock", {"advance": "-PT1H"}, '"advance" is a time span such as PT26H or P1D; '
         "the clock only moves forward"),
        ("/demo/clock", {"to": "2026-11-01T12:00"}, "the clock only moves forward"),
        ("/demo/clock", {"next": True}, "nothing is due"),
        ("/demo/chat/17", None, "there is no chat 17"),
        ("/demo/calls?since=x", None, "since is a number"),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_in_plain_english(
    telegram: Telegram, amina: Person, path: str, body: Json | None, error: str
) -> None:
    assert await telegram.demo(path, body) == (400, {"error": error})


async def test_a_body_that_is_not_json_is_refused(telegram: Telegram) -> None:
    async with telegram.http.post(f"{telegram.url}/demo/say", data=b"{") as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the body is not JSON"})


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_another_site_is_not_answered(telegram: Telegram, headers: dict[str, str]) -> None:
    async with telegram.http.get(f"{telegram.url}/demo/people", headers=headers) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the demo answers on this machine only"})


async def test_the_calls_are_listed_from_a_number_on(telegram: Telegram, amina: Person) -> None:
    await telegram.demo("/demo/fault", {"kind": "block", "id": amina.id})
    await telegram.call("sendMessage", chat_id=amina.id, text="x")
    await telegram.result("getUpdates")
    _, first = await telegram.demo("/demo/calls?since=0")
    await telegram.result("getMe")
    _, later = await telegram.demo(f"/demo/calls?since={first['next']}")

    [call] = first["calls"]
    assert (call["method"], call["chat"], call["name"]) == ("sendMessage", amina.id, "Amina")
    assert (call["status"], call["note"]) == (403, "blocked")
    assert [call["method"] for call in later["calls"]] == ["getMe"]


async def test_trouble_is_made_as_asked_for(telegram: Telegram, amina: Person) -> None:
    for fault in (
        {"kind": "flood", "count": 3, "seconds": 4},
        {"kind": "drop"},
        {"kind": "error", "count": 2},
        {"kind": "outage", "count": 5},
    ):
        assert (await telegram.demo("/demo/fault", fault))[0] == 200

    trouble = telegram.world.trouble
    assert (trouble.flood, trouble.flood_seconds, trouble.drop, trouble.error) == (3, 4, 1, 2)
    assert (trouble.outage, trouble.outage_until) == (5, 0)


async def test_idle_waits_until_the_update_is_confirmed_and_the_bot_at_rest(serve: Serve) -> None:
    resting = asyncio.Event()

    async def idle() -> bool:
        return resting.is_set()

    async with serve(hooks=Hooks(idle=idle)) as telegram:
        person = telegram.world.new_person("Amina")
        telegram.world.says(person, "hej")
        answer = asyncio.create_task(telegram.demo("/demo/idle"))
        await asyncio.sleep(0.1)
        waiting = [not answer.done()]
        [update] = await telegram.result("getUpdates")
        await telegram.result("getUpdates", offset=update["update_id"] + 1)
        await asyncio.sleep(0.1)
        waiting.append(not answer.done())
        resting.set()

        assert (waiting, await answer) == ([True, True], (200, {"idle": True}))


async def test_crash_restart_and_reset_reach_whoever_runs_the_bot(serve: Serve) -> None:
    done: list[str] = []

    async def crash() -> None:
        done.append("crash")

    async def restart() -> None:
        done.append("restart")

    async with serve(hooks=Hooks(crash=crash, restart=restart)) as telegram:
        person = telegram.world.new_person("Amina")
        telegram.world.says(person, "hej")
        await telegram.demo("/demo/fault", {"kind": "crash"})
        await telegram.demo("/demo/fault", {"kind": "restart"})
        await telegram.demo("/demo/reset", {})
        new = telegram.world.new_person("Saba")

        assert done == ["crash", "restart"]
        assert (list(telegram.world.people), telegram.world.idle) == ([new.id], True)
        assert new.id != person.id


async def test_events_tell_what_changed(telegram: Telegram, amina: Person) -> None:
    async with telegram.http.get(f"{telegram.url}/demo/events") as stream:
        await stream.content.readuntil(b"\n\n")
        telegram.world.new_person("Saba")
        await telegram.result("sendMessage", chat_id=amina.id, text="x")
        await telegram.demo("/demo/clock", {"advance": "PT1H"})
        events = [json.loads((await stream.content.readuntil(b"\n\n"))[6:]) for _ in range(4)]

    assert [event["type"] for event in events] == ["people", "message", "call", "clock"]
    assert events[1]["chat"] == amina.id
    assert events[2]["method"] == "sendMessage"


async def test_a_group_is_shown_with_its_topics(telegram: Telegram, amina: Person) -> None:
    _, made = await telegram.demo("/demo/groups", {"title": "Koordinatorer", "members": [amina.id]})
    topic = await telegram.result("createForumTopic", chat_id=made["id"], name="Ringe")
    thread = topic["message_thread_id"]
    await telegram.demo("/demo/say", {"id": amina.id, "text": "hej", "thread": thread})

    _, chat = await telegram.demo(f"/demo/chat/{made['id']}")

    assert chat["topics"] == [{"id": thread, "name": "Ringe", "closed": False}]
    assert [(m["kind"], m.get("thread"), m["name"]) for m in chat["messages"]] == [
        ("service", None, "Brobot"),
        ("text", thread, "Amina"),
    ]
