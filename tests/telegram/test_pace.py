"""Telegram's pace, against a simulated Telegram in virtual time: nothing is refused, hurried, starved or stuck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.telegram.errors import AnswerLost, NeverLeft
from bot.telegram.lanes import ANNOUNCEMENT, ANSWER, NOTICE
from bot.telegram.pace import Pace
from bot.telegram.pace_state import GROUP_SECONDS, PaceState
from tests.telegram.simulated import Telegram, in_virtual_time, now

PEOPLE = (1, 2, 3, 4, 5, 6, 7, 8)
GROUPS = (-100, -200, "@netvaerk")

ways = st.tuples(st.floats(0, 0.2), st.floats(0, 2)).map(lambda bounds: (bounds[0], bounds[0] + bounds[1]))
sends = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE + GROUPS),
        st.sampled_from((ANSWER, NOTICE, ANNOUNCEMENT)),
        st.floats(0, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=80,
)


def paced(rate: float) -> Pace:
    return Pace(rate, clock=asyncio.get_running_loop().time)


async def send_until_taken(pace: Pace, telegram: Telegram, chat: int | str, lane: int, message: bool) -> None:
    while True:
        try:
            async with pace.slot(chat, lane, message=message):
                await telegram.send(chat, in_chat=message)
        except RetryAfter:
            continue
        return


def send_all(pace_rate: float, telegram: Telegram, wanted: list[tuple[int | str, int, float, bool]]) -> None:
    """Sends each of `wanted` (chat, lane, when, message) from its own task until Telegram has taken it."""

    async def main() -> None:
        pace = paced(pace_rate)

        async def one(chat: int | str, lane: int, when: float, message: bool) -> None:
            await asyncio.sleep(when)
            await send_until_taken(pace, telegram, chat, lane, message)

        await asyncio.gather(*(one(*what) for what in wanted))

    in_virtual_time(main)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 40), ways, ways, st.integers(0, 999), sends)
def test_no_second_and_no_chat_ever_gets_more_than_telegram_allows_whatever_the_way_takes(
    limit: int,
    there: tuple[float, float],
    back: tuple[float, float],
    seed: int,
    wanted: list[tuple[int | str, int, float, bool]],
) -> None:
    telegram = Telegram(limit, there, back, seed)
    send_all(limit, telegram, wanted)
    assert telegram.refused == []
    assert telegram.most_in_a_second() <= limit
    assert sorted(str(chat) for _, chat in telegram.accepted) == sorted(str(what[0]) for what in wanted)


@settings(max_examples=75, deadline=None)
@given(st.integers(1, 20), st.integers(1, 20), ways, ways, st.integers(0, 999), sends)
def test_nothing_leaves_before_the_time_that_a_refusal_named_and_nothing_is_lost(
    limit: int,
    hoped_for: int,
    there: tuple[float, float],
    back: tuple[float, float],
    seed: int,
    wanted: list[tuple[int | str, int, float, bool]],
) -> None:
    telegram = Telegram(limit, there, back, seed)
    send_all(limit + hoped_for, telegram, wanted)
    assert telegram.hurried == 0
    assert len(telegram.accepted) == len(wanted)


@settings(max_examples=75, deadline=None)
@given(
    st.integers(1, 10),
    sends,
    st.lists(st.one_of(st.none(), st.floats(0, 8)), min_size=80, max_size=80),
    st.lists(st.sampled_from((None, NeverLeft("x"), AnswerLost("x"), ValueError("x"))), min_size=80, max_size=80),
)
def test_who_is_cancelled_or_crashes_gives_the_place_back(
    rate: int,
    wanted: list[tuple[int | str, int, float, bool]],
    cancelled_after: list[float | None],
    errors: list[Exception | None],
) -> None:
    async def main() -> None:
        pace = paced(rate)

        async def one(number: int, chat: int | str, lane: int, when: float, message: bool) -> None:
            await asyncio.sleep(when)
            error = errors[number]
            async with pace.slot(chat, lane, message=message):
                await asyncio.sleep(0.1)
                if error is not None:
                    raise error

        tasks = [asyncio.create_task(one(number, *what)) for number, what in enumerate(wanted)]
        for task, after in zip(tasks, cancelled_after, strict=False):
            if after is not None:
                asyncio.get_running_loop().call_later(after, task.cancel)
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(2)
        assert pace.state.free_places(now()) == rate
        for chat in (*PEOPLE, "@somebody_new"):
            assert pace.state.chat_free_at(chat, now()) == now()

    in_virtual_time(main)


def test_a_place_granted_in_the_moment_of_cancelling_is_given_back() -> None:
    async def main() -> None:
        pace = paced(1)
        holder = pace.slot(1)
        await holder.__aenter__()

        async def wait() -> None:
            async with pace.slot(2):
                pytest.fail("the place was taken after all")

        waiter = asyncio.create_task(wait())
        await asyncio.sleep(0.1)
        await holder.__aexit__(NeverLeft, NeverLeft("x"), None)
        assert pace.state.free_places(now()) == 0
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
        assert pace.state.free_places(now()) == 1

    in_virtual_time(main)


def order_of_leaving(rate: float, ask: Callable[[list[asyncio.Task[None]], Callable[..., None]], None]) -> list[str]:
    """The names of those who asked, in the order in which they left. `ask` starts them: `go(name, chat, lane)`."""
    left: list[str] = []

    async def main() -> None:
        pace = paced(rate)
        tasks: list[asyncio.Task[None]] = []

        async def one(name: str, chat: int, lane: int) -> None:
            async with pace.slot(chat, lane):
                left.append(name)

        def go(name: str, chat: int, lane: int = ANSWER) -> None:
            tasks.append(asyncio.create_task(one(name, chat, lane)))

        ask(tasks, go)
        await asyncio.gather(*tasks)

    in_virtual_time(main)
    return left


def test_an_answer_to_a_person_overtakes_notices_and_notices_overtake_announcements() -> None:
    def ask(_: list[asyncio.Task[None]], go: Callable[..., None]) -> None:
        go("first", 99)
        for number in range(3):
            go(f"announcement {number}", 10 + number, ANNOUNCEMENT)
        for number in range(3):
            go(f"notice {number}", 20 + number, NOTICE)
        go("answer", 30)

    assert order_of_leaving(1, ask) == [
        "first",
        "answer",
        *("notice 0", "notice 1", "notice 2"),
        *("announcement 0", "announcement 1", "announcement 2"),
    ]


def test_a_flood_of_answers_does_not_starve_what_is_due() -> None:
    def ask(_: list[asyncio.Task[None]], go: Callable[..., None]) -> None:
        for number in range(60):
            go("answer", 100 + number)
        for number in range(4):
            go("notice", 300 + number, NOTICE)
            go("announcement", 200 + number, ANNOUNCEMENT)

    first_half = order_of_leaving(2, ask)[:30]
    assert first_half.count("notice") == 4
    assert first_half.count("announcement") >= 2


def test_one_chat_with_much_to_read_holds_up_nobody_else() -> None:
    def ask(_: list[asyncio.Task[None]], go: Callable[..., None]) -> None:
        for _number in range(5):
            go("talkative", 1, NOTICE)
        for _number in range(5):
            go("others", 2 + _number, NOTICE)

    assert order_of_leaving(30, ask)[:6] == ["talkative", "others", "others", "others", "others", "others"]


def test_an_answer_waits_no_second_while_announcements_take_every_place() -> None:
    waits: list[float] = []

    async def main() -> None:
        pace = paced(30)

        async def announce(chat: int) -> None:
            async with pace.slot(chat, ANNOUNCEMENT):
                await asyncio.sleep(0.02)

        bulk = [asyncio.create_task(announce(1000 + number)) for number in range(600)]
        for number in range(40):
            await asyncio.sleep(0.37)
            asked = now()
            async with pace.slot(number + 1):
                waits.append(now() - asked)
        await asyncio.gather(*bulk)

    in_virtual_time(main)
    assert max(waits) < 0.15


def test_two_bubbles_in_a_row_to_one_person_are_a_second_apart_and_an_edit_need_not_wait() -> None:
    at: dict[str, float] = {}

    async def main() -> None:
        pace = paced(30)

        async def one(name: str, *, message: bool) -> None:
            async with pace.slot(7, message=message):
                at[name] = now()
                await asyncio.sleep(0.25)

        start = now()
        await asyncio.gather(
            one("bubble", message=True), one("second bubble", message=True), one("edit", message=False)
        )
        at.update({name: round(when - start, 6) for name, when in at.items()})

    in_virtual_time(main)
    assert at == {"bubble": 0.0, "edit": 0.0, "second bubble": 1.25}


def test_a_group_gets_twenty_in_a_minute() -> None:
    at: list[float] = []

    async def main() -> None:
        pace = paced(30)
        start = now()
        for _ in range(21):
            async with pace.slot(-5, NOTICE):
                at.append(now() - start)

    in_virtual_time(main)
    assert at[19] == pytest.approx(19)
    assert at[20] == pytest.approx(GROUP_SECONDS)


def test_a_lower_limit_of_telegram_is_found_and_kept() -> None:
    telegram = Telegram(25, (0.02, 0.12), (0.02, 0.02))
    started: list[float] = []

    async def main() -> None:
        pace = paced(30)
        started.append(now())
        await asyncio.gather(*(send_until_taken(pace, telegram, chat, NOTICE, True) for chat in range(1, 2501)))
        started.append(now())
        assert pace.state.places == 25

    in_virtual_time(main)
    assert len(telegram.accepted) == 2500
    assert len(telegram.refused) <= 20
    assert 2500 / (started[1] - started[0]) >= 0.85 * 25


def test_the_pace_comes_back_when_telegram_allows_more_again() -> None:
    state = PaceState(30)
    state.refused(state.sent(1, 0.0), 1, 0.0)
    assert state.places < 30
    at = 10.0
    for chat in range(2, 10_000):
        at = max(at, state.ready_at(chat, at))
        state.answered(state.sent(chat, at), at)
    assert state.places == 30


def test_a_flooded_chat_never_silences_the_bot_for_all() -> None:
    state = PaceState(30)
    state.refused(state.sent(-5, 0.0), 40, 0.0)
    assert state.places == 15
    assert state.free_at(1.0) == 40.0


def test_a_hundred_thousand_chats_are_forgotten_when_their_second_is_over() -> None:
    state = PaceState(1000)
    at = 0.0
    for chat in range(1, 100_001):
        at = max(at, state.ready_at(chat, at))
        state.answered(state.sent(chat, at), at)
    assert state.chats_remembered < 5_000


def test_a_rate_below_one_message_a_second_is_refused() -> None:
    with pytest.raises(ValueError, match="1 message a second"):
        PaceState(0)
