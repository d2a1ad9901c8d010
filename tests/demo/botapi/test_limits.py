"""Telegram's pace, trouble on the way, and the network between. Refusals are counted, times are not measured."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.demo.botapi import Limits, Person, World
from bot.demo.botapi.limits import Gate
from tests.demo.botapi.conftest import Serve, Telegram


class Seconds:
    """A monotonic clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    """The gate's clock, in the test's hand."""
    clock = Seconds()
    monkeypatch.setattr("bot.demo.botapi.limits.time.monotonic", clock)
    return clock


def sends(gate: Gate, chat: int, weight: int = 1) -> int:
    """Try one send; 0 where it was accepted."""
    wait = gate.refuses(chat, weight, group=chat < 0)
    if not wait:
        gate.accepted(chat, weight)
    return wait


def test_no_window_of_one_second_holds_more_than_the_rate(seconds: Seconds) -> None:
    gate = Gate(Limits())
    for chat in range(1, 31):
        seconds.now += 0.03
        assert sends(gate, chat) == 0

    refused = sends(gate, 31)
    seconds.now = 1001.04
    accepted = sends(gate, 31)
    refused_again = sends(gate, 32)

    assert (refused, accepted, refused_again) == (1, 0, 1)


def test_a_private_chat_takes_one_a_second_and_a_group_twenty_a_minute(seconds: Seconds) -> None:
    gate = Gate(Limits())
    private = [sends(gate, 1), sends(gate, 1)]
    group = [sends(gate, -1) for _ in range(21)]
    seconds.now += 1
    later = [sends(gate, 1), sends(gate, -1)]
    seconds.now += 59

    assert (private, group) == ([0, 1], [0] * 20 + [60])
    assert later == [0, 59]
    assert sends(gate, -1) == 0


def test_a_hidden_limit_is_the_true_one(seconds: Seconds) -> None:
    gate = Gate(Limits(hidden=25, chat=0))

    assert [sends(gate, chat) for chat in range(1, 28)] == [0] * 25 + [1, 1]


def test_a_ban_refuses_everything_for_its_time(seconds: Seconds) -> None:
    gate = Gate(Limits(rate=2, chat=0, ban=5))
    first = [sends(gate, chat) for chat in (1, 2, 3)]
    seconds.now += 4.5
    during = sends(gate, 4)
    seconds.now += 0.5

    assert (first, during, sends(gate, 5)) == ([0, 0, 5], 1, 0)


def test_an_album_counts_for_each_of_its_items(seconds: Seconds) -> None:
    gate = Gate(Limits())

    assert [sends(gate, -1, 10), sends(gate, -2, 10), sends(gate, -3, 10), sends(gate, -4)] == [0, 0, 0, 1]


async def test_too_many_sends_are_told_when_to_come_back(serve: Serve) -> None:
    async with serve(limits=Limits()) as telegram:
        person = telegram.world.new_person("Amina", started=True)
        first, _ = await telegram.call("sendMessage", chat_id=person.id, text="a")
        status, body = await telegram.call("sendMessage", chat_id=person.id, text="b")
        edit, _ = await telegram.call("editMessageText", chat_id=person.id, message_id=1, text="c")

        assert (first, status, edit) == (200, 429, 200)
        assert body == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        assert [m.text for m in telegram.world.from_bot(person)] == ["c"]
        assert telegram.world.calls[1].note == "retry_after 1"


async def test_a_refused_send_takes_no_place_in_the_window(serve: Serve) -> None:
    async with serve(limits=Limits(rate=1, chat=0)) as telegram:
        person = telegram.world.new_person("Amina", started=True)
        wrong, _ = await telegram.call("sendMessage", chat_id=person.id, text="")
        right, _ = await telegram.call("sendMessage", chat_id=person.id, text="x")

        assert (wrong, right) == (400, 200)


async def test_a_lost_answer_leaves_the_message_on_the_phone(telegram: Telegram, amina: Person) -> None:
    telegram.world.trouble.drop = 1

    with pytest.raises(aiohttp.ClientError):
        await telegram.call("sendMessage", chat_id=amina.id, text="x")

    assert telegram.world.last(amina).text == "x"
    assert (telegram.world.calls[-1].status, telegram.world.calls[-1].note) == (0, "lost answer")


async def test_an_outage_cuts_the_line_or_a_proxy_answers_and_nothing_arrives(
    telegram: Telegram, amina: Person
) -> None:
    telegram.world.trouble.start_outage(count=2)
    url = f"{telegram.url}/bot7000000001:demo-token-of-the-bot-api-on-loopback/sendMessage"
    message = {"chat_id": amina.id, "text": "x"}

    with pytest.raises(aiohttp.ClientError):
        await telegram.http.post(url, json=message)
    async with telegram.http.post(url, json=message) as answer:
        proxy = answer.status, answer.content_type
    await telegram.result("sendMessage", chat_id=amina.id, text="y")

    assert proxy == (502, "text/html")
    assert [m.text for m in telegram.world.from_bot(amina)] == ["y"]


async def test_flood_and_server_errors_come_as_often_as_asked_for(telegram: Telegram, amina: Person) -> None:
    trouble = telegram.world.trouble
    trouble.flood, trouble.flood_seconds, trouble.error = 1, 7, 1
    message = {"chat_id": amina.id, "text": "x"}

    answers = [await telegram.call("sendMessage", **message) for _ in range(3)]

    assert [status for status, _ in answers] == [500, 429, 200]
    assert answers[1][1]["parameters"] == {"retry_after": 7}


async def test_requests_overtake_one_another_on_a_slow_network(serve: Serve) -> None:
    async with serve(network=(0.0, 0.05)) as telegram:
        person = telegram.world.new_person("Amina", started=True)
        await asyncio.gather(*(telegram.call("sendMessage", chat_id=person.id, text=str(n)) for n in range(20)))

        assert {m.text for m in telegram.world.from_bot(person)} == {str(n) for n in range(20)}


async def test_a_chat_forgets_its_oldest_messages(telegram: Telegram) -> None:
    world = World(telegram.clock, keep=2)
    person = world.new_person("Amina")

    for text in "abc":
        world.says(person, text)

    assert [m.text for m in world.chat(person)] == ["b", "c"]
