"""Two seats and a third person: the line, held seats, deadlines, undo, more seats, and one truth at the door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.activities import spot
from bot.core.waiting_list import door_list
from bot.store import signups as rows
from bot.store.tables import signups
from tests.flows.stage import Phone, Stage

BREAD = "bagning-korinth"  # two seats, Tuesdays 15:00–17:00; the story begins on the Monday before


async def full(play: Stage, *names: str) -> list[Phone]:
    """Everyone signs up in this order."""
    phones = [await play.newcomer(name) for name in names]
    for phone in phones:
        await phone.signs_up(BREAD)
        await play.later(minutes=1)
    return phones


async def states(play: Stage) -> list[str]:
    """The state of each sign-up in the order people came."""
    kept = await play.rows(signups)
    return [row["state"] for row in sorted(kept, key=lambda row: row["person"])]


async def test_the_third_of_two_seats_waits_and_is_told_their_place(play: Stage) -> None:
    amina, _berhane, chen = await full(play, "Amina", "Berhane", "Chen")
    assert "You have a seat." in amina.all_seen
    assert "You are number 1 in line." in chen.sees
    assert await states(play) == ["going", "going", "waiting"]


@pytest.mark.both_engines
async def test_a_freed_seat_is_held_for_the_next_after_ten_minutes_with_a_deadline_and_they_are_told(
    play: Stage,
) -> None:
    amina, _, chen = await full(play, "Amina", "Berhane", "Chen")
    await amina.taps("x:")
    await play.later(minutes=9)
    assert await states(play) == ["cancelled", "going", "waiting"]
    await play.later(minutes=2)
    assert await states(play) == ["cancelled", "going", "offered"]
    assert "A seat is free for you." in chen.sees
    assert "I hold it until" in chen.sees
    until = (await _of(play, chen))["until"]
    assert play.clock() < until < datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


async def test_who_says_yes_to_a_held_seat_has_it(play: Stage) -> None:
    amina, _, chen = await full(play, "Amina", "Berhane", "Chen")
    await amina.taps("x:")
    await play.later(minutes=11)
    await chen.taps("o:")
    assert "You have a seat." in chen.sees
    assert await states(play) == ["cancelled", "going", "going"]


async def test_who_says_no_gives_the_seat_to_the_next(play: Stage) -> None:
    amina, _, chen, dawit = await full(play, "Amina", "Berhane", "Chen", "Dawit")
    await amina.taps("x:")
    await play.later(minutes=11)
    await chen.taps(next(each for each in chen.buttons if each.endswith(":n")))
    await play.later(minutes=11)
    assert await states(play) == ["cancelled", "going", "cancelled", "offered"]
    assert "A seat is free for you." in dawit.sees


@pytest.mark.both_engines
async def test_an_offer_that_runs_out_goes_to_the_next_and_both_are_told(play: Stage) -> None:
    amina, _, chen, dawit = await full(play, "Amina", "Berhane", "Chen", "Dawit")
    await amina.taps("x:")
    await play.later(minutes=11)
    deadline = (await _of(play, chen))["until"]
    await play.later(seconds=(deadline - play.clock()).total_seconds() + 1)
    assert "The seat went to the next person." in chen.sees
    assert "A seat is free for you." in dawit.sees
    assert await states(play) == ["cancelled", "going", "waiting", "offered"]


async def test_an_old_offer_says_how_things_stand_and_takes_nobodys_seat(play: Stage) -> None:
    amina, _, chen, dawit = await full(play, "Amina", "Berhane", "Chen", "Dawit")
    await amina.taps("x:")
    await play.later(minutes=11)
    offer = chen.data("o:")
    deadline = (await _of(play, chen))["until"]
    await play.later(seconds=(deadline - play.clock()).total_seconds() + 1)
    await dawit.taps("o:")
    await chen.taps(offer)
    assert await states(play) == ["cancelled", "going", "waiting", "going"]
    assert "in line" in chen.sees


async def test_another_persons_offer_gives_no_seat(play: Stage) -> None:
    amina, _, chen = await full(play, "Amina", "Berhane", "Chen")
    await amina.taps("x:")
    await play.later(minutes=11)
    eve = await play.newcomer("Eve")
    await eve.says("hello")
    await eve.forges(chen.data("o:"))
    assert await states(play) == ["cancelled", "going", "offered", "waiting"]
    assert "You are number 1 in line." in eve.sees


@pytest.mark.both_engines
async def test_more_seats_move_as_many_as_fit(play: Stage) -> None:
    sana = await play.coordinator()
    await full(play, "Amina", "Berhane", "Chen", "Dawit", "Eden")
    await play.manages(sana, BREAD)
    await sana.taps("kc:")
    assert await states(play) == ["going", "going", "offered", "waiting", "waiting"]
    await sana.taps("kc:")
    assert await states(play) == ["going", "going", "offered", "offered", "waiting"]
    assert "2 have a seat" in sana.sees
    assert "3 wait" in sana.sees
    assert "Seats: 4" in sana.sees


async def test_a_person_holds_one_open_offer_at_a_time(play: Stage) -> None:
    sana = await play.coordinator()
    phones = await full(play, "Amina", "Berhane", "Chen", "Dawit")
    chen, dawit = phones[2:]
    next_week = await _next_week(play)
    for phone in phones:  # the same four, a week later
        await phone.forges(f"j:{next_week}")
    await play.manages(sana, BREAD)
    await sana.taps("kc:")
    await sana.forges(f"k:{next_week}")
    await sana.taps("kc:")
    kept = {(row["day"], row["person"]): row["state"] for row in await play.rows(signups)}
    offered = sorted(key for key, state in kept.items() if state == "offered")
    assert len(offered) == 2
    assert len({person for _, person in offered}) == 2
    assert "A seat is free for you." in chen.all_seen
    assert "A seat is free for you." in dawit.all_seen


@pytest.mark.both_engines
async def test_the_door_list_and_the_waiting_list_are_one_truth(play: Stage) -> None:
    sana = await play.coordinator()
    amina, _, _chen = await full(play, "Amina", "Berhane", "Chen")
    await amina.taps("x:")
    await play.later(minutes=11)
    await play.manages(sana, BREAD)
    assert "1 has a seat" in sana.sees
    assert "1 waits" in sana.sees
    row = (await play.rows(signups))[0]
    async with play.app.services.database.read() as tx:
        seats = await rows.of_occurrence(tx, play.app.services.community, row["activity"], row["day"])
    assert len(door_list(seats)) == 1


@pytest.mark.both_engines
async def test_signing_up_twice_from_an_old_bubble_and_by_two_taps_at_once_is_one_seat(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.opens(BREAD)
    old = amina.data("j:")
    amina.presses("j:", twice=True)
    await play.settle()
    assert "You have a seat." in amina.sees
    before = len(amina.bubbles)
    await amina.forges(old)
    assert "You have a seat." in amina.sees
    assert len(amina.bubbles) == before
    assert await states(play) == ["going"]


@pytest.mark.both_engines
async def test_of_many_who_tap_at_once_two_have_a_seat_and_the_rest_wait(play: Stage) -> None:
    phones = [await play.newcomer(name) for name in ("Amina", "Berhane", "Chen", "Dawit")]
    for phone in phones:
        await phone.opens(BREAD)
    for phone in phones:
        phone.presses("j:")
    await play.settle()
    assert sorted(await states(play)) == ["going", "going", "waiting", "waiting"]
    told = [sum(words in phone.sees for phone in phones) for words in ("You have a seat.", "in line.")]
    assert told == [2, 2]


async def test_two_things_at_the_same_time_are_warned_of(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")  # Thursday 17:30–20:00
    other = next(
        each
        for number in play.guide.activities
        for each in play.guide.coming(number, play.clock())
        if each.day.isoformat() == "2026-11-26"
        and play.guide.activities[number].sign_up == "each"
        and play.guide.activities[number].id != "madklub-ringe"
        and each.start < datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
        and each.end > datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
    )
    await amina.opens(play.guide.activities[other.activity].id)
    assert "At the same time" not in amina.sees
    await amina.taps("j:")
    assert "At the same time" in amina.sees


async def test_a_later_evening_of_a_course_counts_as_the_same_time_too(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("sykursus-ringe")  # Mondays from 2027-01-11
    await play.until("2027-01-17", "12:00")
    guide = play.guide
    (course,) = (number for number, each in guide.activities.items() if each.id == "sykursus-ringe")
    evening = guide.coming(course, play.clock())[0]
    other = next(
        each
        for number, activity in guide.activities.items()
        if activity.sign_up == "each"
        for each in guide.coming(number, evening.start - timedelta(hours=3), evening.end)
        if each.start < evening.end and evening.start < each.end
    )
    await amina.opens(guide.activities[other.activity].id)
    await amina.taps("j:")
    assert "At the same time" in amina.sees


@pytest.mark.both_engines
async def test_undo_within_ten_minutes_gives_the_same_seat_back_in_the_same_bubble(play: Stage) -> None:
    amina, _, _chen = await full(play, "Amina", "Berhane", "Chen")
    bubble = amina.bubbles[-1].id
    await amina.taps("x:")
    assert amina.bubbles[-1].id == bubble
    await play.later(minutes=9)
    await amina.taps("u:")
    assert amina.bubbles[-1].id == bubble
    assert "You have a seat." in amina.sees
    await play.later(minutes=30)
    assert await states(play) == ["going", "going", "waiting"]


async def test_undo_too_late_says_how_things_stand(play: Stage) -> None:
    amina, _, chen = await full(play, "Amina", "Berhane", "Chen")
    await amina.taps("x:")
    await play.later(minutes=11)
    await chen.taps("o:")
    await amina.taps("u:")
    assert "All seats are taken. You can stand in line." in amina.sees
    assert await states(play) == ["cancelled", "going", "going"]


async def test_who_leaves_the_line_and_undoes_it_stands_where_they_stood(play: Stage) -> None:
    _, _, chen, _dawit = await full(play, "Amina", "Berhane", "Chen", "Dawit")
    await chen.taps("x:")
    await play.later(minutes=1)
    await chen.taps("u:")
    assert "You are number 1 in line." in chen.sees


async def test_a_seat_of_a_course_that_has_begun_is_offered_by_its_next_evening_and_can_be_taken(play: Stage) -> None:
    await play.until("2027-01-12", "12:00")  # its first evening was yesterday
    course = "sykursus-ringe"  # six seats, Mondays from 2027-01-11
    phones = [await play.newcomer(f"N{number}") for number in range(7)]
    for phone in phones:
        await phone.signs_up(course)
    await phones[0].taps("x:")
    await play.later(minutes=11)
    assert "A seat is free for you." in phones[6].sees
    assert "Monday 18/01" in phones[6].sees
    await phones[6].taps("o:")
    assert "You have a seat." in phones[6].sees


@pytest.mark.both_engines
@pytest.mark.parametrize("twice", ["same", "new"])
async def test_the_waiting_list_moves_once_where_every_update_comes_twice(play: Stage, twice: str) -> None:
    amina, _berhane, chen = await full(play, "Amina", "Berhane", "Chen")
    assert await states(play) == ["going", "going", "waiting"]
    await amina.taps("x:")
    await play.later(minutes=11)
    assert chen.all_seen.count("A seat is free for you.") == 1
    await chen.taps("o:")
    assert await states(play) == ["cancelled", "going", "going"]


async def _of(play: Stage, phone: Phone) -> dict[str, Any]:
    """The person's only sign-up."""
    person = (await phone.reader()).person
    assert person is not None
    (row,) = [row for row in await play.rows(signups) if row["person"] == person.id]
    return row


async def _next_week(play: Stage) -> str:
    """The bread's second next time, as buttons name it."""
    number = play.number(BREAD)
    return spot(number, play.guide.coming(number, play.clock())[1].day)
