"""Groups and their topics, members, commands, texts of the profile, and methods that are not there."""

from __future__ import annotations

import pytest

from bot.demo.botapi import Person
from tests.demo.botapi.conftest import Telegram

BAD = "Bad Request: "


async def test_a_topic_takes_messages_and_answers_of_people(telegram: Telegram, amina: Person) -> None:
    group = telegram.world.new_group("Koordinatorer", [amina])
    topic = await telegram.result("createForumTopic", chat_id=group.id, name="En newcomer i Ringe")
    thread = topic["message_thread_id"]

    await telegram.result("sendMessage", chat_id=group.id, text="Hun spørger", message_thread_id=thread)
    telegram.world.says(amina, "Jeg svarer", thread=thread)
    [update] = await telegram.result("getUpdates")
    unknown = await telegram.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=77)

    assert update["message"]["message_thread_id"] == thread
    assert update["message"]["chat"] == {
        "id": group.id, "title": "Koordinatorer", "type": "supergroup", "is_forum": True,
    }  # fmt: skip
    assert [m.text for m in telegram.world.chat(group)[1:]] == ["Hun spørger", "Jeg svarer"]
    assert unknown == BAD + "message thread not found"


async def test_a_topic_is_renamed_closed_opened_and_deleted(telegram: Telegram, amina: Person) -> None:
    group = telegram.world.new_group("Koordinatorer", [amina])
    topic = await telegram.result("createForumTopic", chat_id=group.id, name="a")
    target = {"chat_id": group.id, "message_thread_id": topic["message_thread_id"]}

    await telegram.result("editForumTopic", **target, name="b")
    await telegram.result("closeForumTopic", **target)
    closed = group.topics[topic["message_thread_id"]].closed
    again = await telegram.refusal("closeForumTopic", **target)
    await telegram.result("reopenForumTopic", **target)
    await telegram.result("deleteForumTopic", **target)
    gone = await telegram.refusal("editForumTopic", **target, name="c")

    assert (closed, again, gone) == (True, BAD + "TOPIC_NOT_MODIFIED", BAD + "TOPIC_ID_INVALID")
    assert telegram.world.chat(group) == []


async def test_a_group_that_moved_names_its_new_id(telegram: Telegram, amina: Person) -> None:
    group = telegram.world.new_group("Koordinatorer", [amina])
    new = telegram.world.migrates(group)

    _, body = await telegram.call("sendMessage", chat_id=group.id, text="x")
    told, _ = await telegram.result("getUpdates")

    assert told["message"]["migrate_to_chat_id"] == new.id
    assert body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }


async def test_who_is_in_a_group_and_who_runs_it(telegram: Telegram, amina: Person) -> None:
    mette = telegram.world.new_person("Mette")
    stranger = telegram.world.new_person("Saba")
    group = telegram.world.new_group("Koordinatorer", [mette, amina])

    statuses = [
        (await telegram.result("getChatMember", chat_id=group.id, user_id=user_id))["status"]
        for user_id in (mette.id, amina.id, stranger.id, telegram.world.bot["id"])
    ]
    admins = await telegram.result("getChatAdministrators", chat_id=group.id)
    await telegram.result("leaveChat", chat_id=group.id)
    said = await telegram.refusal("sendMessage", chat_id=group.id, text="x")

    assert statuses == ["creator", "member", "left", "administrator"]
    assert [admin["user"]["id"] for admin in admins] == [mette.id]
    assert said == "Forbidden: bot is not a member of the supergroup chat"


async def test_the_phone_shows_the_commands_of_the_narrowest_scope(telegram: Telegram, amina: Person) -> None:
    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "d"}]

    async def shown() -> str:
        _, chat = await telegram.demo(f"/demo/chat/{amina.id}")
        return str(chat["commands"][0]["command"])

    seen: list[str] = []
    for params in (
        {},
        {"language_code": "ar"},
        {"scope": {"type": "all_private_chats"}},
        {"scope": {"type": "chat", "chat_id": amina.id}},
    ):
        await telegram.result("setMyCommands", commands=commands(f"c{len(seen)}"), **params)
        seen.append(await shown())

    assert seen == ["c0", "c1", "c2", "c3"]
    assert await telegram.result("getMyCommands", language_code="ar") == commands("c1")
    await telegram.result("deleteMyCommands", scope={"type": "chat", "chat_id": amina.id})
    assert await shown() == "c2"


@pytest.mark.parametrize(
    ("commands", "fault"),
    [
        ([{"command": "تعال", "description": "d"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "d"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "d"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_are_latin_and_few(telegram: Telegram, commands: list[dict[str, str]], fault: str) -> None:
    assert await telegram.refusal("setMyCommands", commands=commands) == BAD + fault


async def test_the_profile_is_told_per_language_with_a_default(telegram: Telegram) -> None:
    for params in ({"description": "Hej"}, {"description": "أهلا", "language_code": "ar"}):
        await telegram.result("setMyDescription", **params)

    told = [(await telegram.result("getMyDescription", language_code=c))["description"] for c in ("ar", "ti")]
    long = await telegram.refusal("setMyShortDescription", short_description="x" * 121)

    assert told == ["أهلا", "Hej"]
    assert long == BAD + "short description is too long"


async def test_a_method_that_is_not_there_is_a_loud_404(telegram: Telegram) -> None:
    status, body = await telegram.call("sendInvoice", chat_id=1)

    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    assert telegram.world.faults == ["sendInvoice: unknown method"]
    assert telegram.world.calls[-1].note == "unknown method"


async def test_a_parameter_that_is_not_there_is_a_fault_of_the_bot(telegram: Telegram, amina: Person) -> None:
    await telegram.result("sendMessage", chat_id=amina.id, text="x", parsemode="HTML")

    assert telegram.world.faults == ["sendMessage: unknown parameter parsemode"]


async def test_a_wrong_token_is_unauthorized(telegram: Telegram) -> None:
    status, body = await telegram.call_as("7000000001:wrong", "getMe", {})

    assert (status, body["description"]) == (401, "Unauthorized")
