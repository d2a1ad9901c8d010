"""The network under misuse: forged and old buttons, other people's matches, two taps at once, who leaves midway."""

from __future__ import annotations

import pytest

from bot.core.query import code
from bot.network import gate, matches, pair_talk, volunteer_desk
from bot.network import requests as my_requests
from tests.flows.network.people import (
    approves,
    asked,
    asks_for,
    kept_volunteer,
    met,
    offers,
    person_of,
    requests,
    suggested,
    volunteer,
)
from tests.flows.network.people import matches as all_matches
from tests.flows.stage import Stage

FORGED = [
    "n:",
    "no:zz",
    "nL:",
    "nL:zz:m:15-17:da:1:-",
    "nL:{mentor}:m:0-14:da:1:-",
    "nL:{mentor}:m:15-99:da:1:-",
    "nl:xx:{mentor}:m:15-17:da:1:-",
    "nf:q:{mentor}:m:15-17:da:1:-",
    "nj:99:{mentor}:m:15-17:da:1:-",
    "ns:{mentor}:m:15-17:da:zzzzzzz:-",
    "ns:{mentor}:m:15-17:da:1:-:more",
    "nr:999999",
    "np:1",
    "nq:1:q",
    "ny:abc:y",
    "nd:1:zzzzzzzzzzzz",
    "ni:1:d1:z",
    "ni:1:never:w",
    "nE:1:because",
    "nu:-1",
    "nvo:9:::0:1100",
    "nvk:0::da:0:9999",
    "nqwerty",
    "N",
    "Ny:1",
    "Nk:1:1",
    "NV:1:a",
    "NA:1:assessed",
    "Nx:1",
    "Nqwerty",
]


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_every_forged_button_is_answered_and_nothing_is_stored(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await amina.says("/network")
    for data in FORGED:
        before = [each.text for each in amina.bubbles]
        play.world.taps(amina.person, data=data.format(mentor=code("mentor")), message_id=amina.bubbles[-1].id)
        await play.settle()
        assert [each.text for each in amina.bubbles] or before, data
        assert "went wrong" not in amina.all_seen, data
    assert await requests(play, "waiting", "paused", "withdrawn", "matched") == ()


async def test_another_persons_request_and_match_tell_nothing(play: Stage) -> None:
    _, _, _, match = await met(play)
    eve = play.phone("Eve")
    await eve.meets("en")
    services, reader, now = play.app.services, await eve.reader(), play.clock()
    messages = [
        await my_requests.status(services, reader, match.request, now),
        await my_requests.withdraw(services, reader, match.request, now),
        await matches.answer_volunteer(services, reader, match.id, "y", "Eve", now),
        await matches.answer_newcomer(services, reader, match.id, "y", "Eve", now),
        await pair_talk.begin(services, reader, match.id, now),
        await gate.approve(services, reader, match.id, now),
        await volunteer_desk.approve(services, reader, match.volunteer, now),
    ]
    for verb in (
        f"nm:{match.id}",
        f"nu:{match.id}",
        f"ne:{match.id}",
        f"nh:{match.id}",
        f"nk:{match.id}",
        f"Nx:{match.id}",
    ):
        play.world.taps(eve.person, data=verb, message_id=eve.bubbles[-1].id)
        await play.settle()
    said = " ".join(str(each) for each in messages) + eve.all_seen
    assert "Amina" not in said
    assert "Bente" not in said
    assert [each.state for each in await all_matches(play)] == ["active"]


async def test_a_second_tap_says_the_same_as_the_first(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    bubble = next(each for each in reversed(bente.bubbles) if "help" in each.text)
    for _ in range(2):
        play.world.taps(bente.person, data=f"nq:{match.id}:y", message_id=bubble.id)
        await play.settle()
    assert amina.all_seen.count("We have found somebody") == 1
    for _ in range(2):
        play.world.taps(amina.person, data=f"ny:{match.id}:y", message_id=amina.bubbles[-1].id)
        await play.settle()
    assert bente.all_seen.count("Their first name is Amina") == 1


async def test_both_propose_a_time_at_once_and_both_know_what_stands(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await amina.taps(f"ny:{match.id}:y")
    await amina.taps(f"nm:{match.id}")
    await bente.taps(f"nm:{match.id}")
    one = next(each for each in amina.buttons if each.startswith("nd:"))
    other = [each for each in bente.buttons if each.startswith("nd:")][1]
    play.world.taps(amina.person, data=one, message_id=amina.bubbles[-1].id)
    play.world.taps(bente.person, data=other, message_id=bente.bubbles[-1].id)
    await play.settle()
    (found,) = await all_matches(play)
    assert found.state == "meeting"
    side = str(found.notes["meeting"]["by"])  # type: ignore[index] # a meeting was proposed
    answering = bente if side == "newcomer" else amina
    await answering.taps(f"nc:{match.id}:")
    assert [each.state for each in await all_matches(play)] == ["active"]


async def test_an_old_confirmation_does_not_confirm_another_time(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await amina.taps(f"ny:{match.id}:y")
    await amina.taps(f"nm:{match.id}")
    times = [each for each in amina.buttons if each.startswith("nd:")]
    await amina.taps(times[0])
    old = next(each for each in bente.buttons if each.startswith("nc:"))
    await amina.taps(f"nt:{match.id}:0")
    await amina.taps(times[1])
    play.world.taps(bente.person, data=old, message_id=bente.bubbles[-1].id)
    await play.settle()
    assert [each.state for each in await all_matches(play)] == ["meeting"]


async def test_thirty_requests_from_one_person_are_one(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina)
    for _ in range(30):
        await amina.taps("nL:")
        await amina.taps("nF:")
        await amina.taps("nS:")
        await amina.taps("ns:")
    assert len(await requests(play)) == 1


async def test_a_volunteer_removed_while_asked_can_no_longer_say_yes(play: Stage) -> None:
    amina, bente, sana, match = await asked(play)
    await sana.forges(f"Nw:{match.volunteer}")
    await sana.taps(f"NV:{match.volunteer}:r")
    assert "will read this" in sana.sees
    await sana.taps(f"NV:{match.volunteer}:r!")
    await bente.taps(f"nq:{match.id}:y")
    assert "not open any more" in bente.all_seen
    assert "We have found somebody" not in amina.all_seen
    assert "Bente" not in amina.all_seen


async def test_a_volunteer_who_stops_mid_way_leaves_a_word_and_no_name(play: Stage) -> None:
    amina, bente, _, match = await met(play)
    await bente.says("I want to volunteer")
    await bente.taps("nvx")
    assert "the other person is not here any more" in amina.all_seen
    assert (await kept_volunteer(play, match.volunteer)).state == "removed"
    assert [each.state for each in await all_matches(play)] == ["ended"]
    assert [each.state for each in await requests(play)] == ["waiting"]


async def test_who_erases_themselves_leaves_a_word_to_the_other_and_nothing_else(play: Stage) -> None:
    amina, bente, _, match = await met(play)
    await amina.taps(f"nw:{match.id}")
    await amina.says("My secret words")
    await amina.says("/deleteme")
    await amina.taps("del!")
    assert "the other person is not here any more" in bente.all_seen
    assert await all_matches(play) == ()
    assert await requests(play, "waiting", "paused", "withdrawn", "matched") == ()
    bubble = bente.bubbles[-1].id
    for data in (f"nm:{match.id}", f"nw:{match.id}", f"nu:{match.id}"):
        play.world.taps(bente.person, data=data, message_id=bubble)
        await play.settle()
    assert "not open any more" in bente.all_seen


async def test_a_newcomer_who_takes_it_back_while_somebody_is_asked_frees_them_kindly(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await amina.says("/network")
    await amina.taps("nr")
    await amina.taps("nb:")
    assert "not needed for this any more" in bente.all_seen
    await bente.taps(f"nq:{match.id}:y")
    assert "We have found somebody" not in amina.all_seen
    assert [each.state for each in await all_matches(play)] == ["filled"]


async def test_a_volunteer_who_turns_out_to_be_the_newcomer_is_never_their_own_match(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play)
    await approves(sana, bente)
    await asks_for(bente)
    assert await all_matches(play) == ()


async def test_a_coordinator_does_not_approve_themselves(play: Stage) -> None:
    sana = await play.coordinator()
    await sana.is_at(55.238, 10.478)  # near Ringe
    await offers(sana)
    person = await person_of(sana)
    services, now = play.app.services, play.clock()
    await volunteer_desk.approve(services, await sana.reader(), person, now)
    await volunteer_desk.move_paper(services, await sana.reader(), person, "asked", now)
    found = await kept_volunteer(play, person)
    assert (found.state, found.safeguard.state) == ("new", "not_needed")


async def test_a_side_that_has_blocked_the_bot_does_not_stop_the_line(play: Stage) -> None:
    _, bente, sana, match = await suggested(play)
    play.world.blocks(bente.person)
    await play.settle()
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    await play.later(days=4)
    assert [each.state for each in await all_matches(play)] == ["lapsed"]
    assert [each.state for each in await requests(play)] == ["waiting"]


async def test_a_newcomer_who_does_not_answer_is_paused_and_the_volunteer_thanked(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await play.later(days=4)
    assert "It has nothing to do with you" in bente.all_seen
    assert [each.state for each in await requests(play)] == ["paused"]
    await amina.taps(f"np:{match.request}:n")
    assert [each.state for each in await requests(play)] == ["waiting"]
