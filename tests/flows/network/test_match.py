"""Let's Network from a wish to a match that lasts: asked, gated, two yeses, met, followed up, ended."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.core.query import code
from tests.flows.network.people import (
    acts,
    approves,
    asked,
    asks_for,
    kept_volunteer,
    matches,
    met,
    person_of,
    requests,
    suggested,
    volunteer,
)
from tests.flows.stage import Stage


@pytest.mark.parametrize("language", ["ar", "ti", "da", "en"])
async def test_a_wish_is_sent_in_seven_taps_in_every_language(play: Stage, language: str) -> None:
    amina = play.phone("Amina", language)
    await amina.meets(language)
    await asks_for(amina)
    (request,) = await requests(play)
    assert (request.offer, request.whom, request.band) == ("homework_help", "me", "15-17")
    assert set(request.languages) == {language, "da"}
    assert any(each.startswith("nb:") for each in amina.buttons), "where it stands, and the way to take it back"


@pytest.mark.both_engines
async def test_the_whole_chain_from_a_wish_to_a_good_end(play: Stage) -> None:
    amina, bente, sana, match = await suggested(play)
    assert match.state == "suggested"
    assert "suggestion" in sana.all_seen
    await sana.taps("Ns:0")
    assert "Amina" not in sana.sees
    await sana.taps(f"Ny:{match.id}")
    assert "Would you like to help" not in bente.all_seen, "it can still be undone"
    await play.later(minutes=3)
    assert "15–17 years" in bente.sees
    assert "Amina" not in bente.all_seen
    await bente.taps(f"nq:{match.id}:y")
    assert "Bente" not in amina.all_seen, "no name before both yeses"
    await amina.taps(f"ny:{match.id}:y")
    assert "Their first name is Amina." in bente.all_seen
    assert "Their first name is Bente." in amina.all_seen
    assert "Ali" not in bente.all_seen, "a first name only"
    await amina.taps(f"nm:{match.id}")
    await amina.taps(f"nd:{match.id}:")
    assert "A time for your first meeting" in bente.all_seen
    await bente.taps(f"nc:{match.id}:")
    (live,) = await matches(play)
    assert live.state == "active"
    assert "A first meeting is agreed" in sana.all_seen
    await play.later(days=6)
    assert "Bente\nThe first days: how is it going?" in amina.all_seen
    assert "Amina\nHow was your first meeting?" in bente.all_seen
    await amina.taps(f"ni:{match.id}:d1:w")
    await amina.taps(f"nk:{match.id}")
    assert "no username" in amina.all_seen
    await bente.taps(f"ne:{match.id}")
    await bente.taps(f"nE:{match.id}:goal")
    assert "It is ended" in amina.all_seen
    assert [each.state for each in await matches(play)] == ["ended"]
    assert await acts(play, f"m{match.id}") == [
        "approved",
        "asking_newcomer",
        "meeting",
        "proposed",
        "agreed",
        "ended",
    ]


async def test_names_and_the_page_of_a_match_cannot_be_forwarded(play: Stage) -> None:
    amina, bente, _, match = await met(play)
    for phone in (amina, bente):
        await phone.taps(f"nm:{match.id}")
        assert f"nj:{match.id}" not in phone.buttons, "homework help has no practical list"
        named = [each for each in phone.bubbles if "You and " in each.text or "Their first name is" in each.text]
        assert len(named) >= 2
        assert [each.text for each in named if not each.protected] == []


async def test_an_approval_is_undone_while_nothing_was_sent(play: Stage) -> None:
    _, bente, sana, match = await suggested(play)
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    await sana.taps(f"Nz:{match.id}")
    await play.later(hours=1)
    assert "Would you like to help" not in bente.all_seen
    assert [each.state for each in await matches(play)] == ["suggested"]
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    await play.later(minutes=3)
    assert "Would you like to help" in bente.all_seen
    await sana.taps(f"Nz:{match.id}")
    assert "sent already" in sana.all_seen
    assert [each.state for each in await matches(play)] == ["asking_volunteer"]


@pytest.mark.both_engines
async def test_who_does_not_answer_is_reminded_once_and_then_the_next_in_line_is_asked(play: Stage) -> None:
    _, bente, sana, match = await suggested(play)
    carla = await volunteer(play, "Carla")
    await approves(sana, carla)
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    first = bente if match.volunteer == await person_of(bente) else carla
    second = carla if first is bente else bente
    await sana.taps(f"Np:{match.request}")
    await sana.taps(f"Nk:{match.request}:{await person_of(second)}")
    assert "as the next in line" in sana.all_seen
    await play.later(days=2, hours=1)
    assert first.all_seen.count("A reminder: would you like to help?") == 1, "one reminder"
    assert "Would you like to help" not in second.all_seen
    await play.later(days=1)
    assert "Would you like to help" in second.all_seen
    states = {each.volunteer: each.state for each in await matches(play)}
    assert states[await person_of(first)] == "lapsed"
    assert states[await person_of(second)] == "asking_volunteer"
    await first.taps(f"nq:{match.id}:y")
    assert "not open any more" in first.sees


async def test_ask_me_in_a_week_is_asked_again_in_a_week(play: Stage) -> None:
    _, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:w")
    await play.later(days=6)
    before = bente.all_seen.count("Would you like to help")
    await play.later(days=2)
    assert bente.all_seen.count("Would you like to help") == before + 1
    await bente.taps(f"nq:{match.id}:n")
    assert [each.state for each in await matches(play)] == ["declined"]
    await play.later(days=30)
    assert bente.all_seen.count("Would you like to help") == before, "a no is never asked twice"


async def test_two_asks_without_a_sign_of_life_are_told_to_the_coordinator(play: Stage) -> None:
    _, _bente, sana, _match = await met(play)
    await play.later(days=10)
    quiet = [each for each in sana.bubbles if "gone quiet" in each.text]
    assert len(quiet) == 1
    await play.later(days=30)
    assert "nothing yet" in sana.all_seen


@pytest.mark.both_engines
async def test_both_answers_stay_hidden_from_the_other_side(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    await play.later(days=5)
    await amina.taps(f"ni:{match.id}:d1:b")
    assert "could be better" not in bente.all_seen.lower().replace("😕 could be better", "")
    await play.later(days=40)
    assert "Newcomer: could be better" in sana.all_seen


async def test_messages_go_through_the_bot_and_end_when_either_wants(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    await amina.taps(f"nw:{match.id}")
    await amina.says("Shall I bring my books?")
    assert "Shall I bring my books?" in bente.all_seen
    assert "Shall I bring my books?" not in sana.all_seen
    await bente.taps(f"nh:{match.id}")
    await amina.taps(f"nw:{match.id}")
    assert "not open any more" in amina.sees


@pytest.mark.both_engines
async def test_feeling_unsafe_reaches_every_coordinator_at_once_and_pauses_the_match(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    other = await play.coordinator("Omar")
    await play.until("2026-11-24", "22:30")
    await amina.taps(f"nu:{match.id}")
    assert "Call 112" in amina.all_seen
    assert "feels unsafe" in sana.all_seen
    assert "feels unsafe" in other.all_seen
    assert "unsafe" not in bente.all_seen.lower().replace("🚨 i feel unsafe", "")
    (found,) = await matches(play)
    assert found.state == "paused"
    await bente.taps(f"nw:{match.id}")
    assert "not open any more" in bente.sees
    await sana.taps(f"Nx:{match.id}")
    await sana.taps(f"Ne:{match.id}")
    await asks_for(amina)
    await play.later(days=2)
    assert [each.state for each in await matches(play)] == ["ended"], "these two are never suggested again"


async def test_twenty_five_and_over_is_told_kindly_and_nothing_is_stored(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await amina.says("/network")
    await amina.taps(f"no:{code('mentor')}")
    await amina.taps("n25")
    assert "We have kept nothing" in amina.sees
    assert await requests(play) == ()


async def test_someone_under_15_is_asked_to_let_a_guardian_ask(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await amina.says("/network")
    await amina.taps(f"no:{code('mentor')}")
    await amina.taps("ng")
    assert "parent or guardian" in amina.sees
    assert await requests(play) == ()


@pytest.mark.both_engines
async def test_a_group_offer_is_an_activity_with_a_seat_at_once(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await amina.says("/network")
    await amina.taps(f"no:{code('food_club')}")
    assert any(each.startswith("c:") for each in amina.buttons)
    assert await requests(play) == ()


async def test_an_offer_asked_for_in_words_opens_the_form(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await amina.says("I want a mentor")
    assert any(each.startswith(f"nL:{code('mentor')}") for each in amina.buttons)


async def test_the_motivation_and_the_boerneattest_are_kept_without_any_paper(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play, children=True)
    person = await approves(sana, bente)
    assert (await kept_volunteer(play, person)).motivation == "I like to teach."
    for step in ("asked", "assessed"):
        await sana.taps(f"NA:{person}:{step}")
    found = (await kept_volunteer(play, person)).safeguard
    assert (found.state, found.by, str(found.renew_by)) == ("assessed", await person_of(sana), "2028-11-23")
    assert "renew by 23/11/2028" in sana.sees


async def test_a_child_under_15_waits_until_a_boerneattest_is_in_order(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play, children=True)
    person = await approves(sana, bente)
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina, band="0-14", whom="c")
    assert await matches(play) == ()
    assert "being checked for meeting children" in amina.sees
    await sana.taps(f"NA:{person}:asked")
    assert await matches(play) == ()
    await sana.taps(f"NA:{person}:assessed")
    await play.later(minutes=1)
    assert [each.state for each in await matches(play)] == ["suggested"]


async def test_a_boerneattest_that_falls_due_is_announced_and_stops_the_match(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play, children=True)
    person = await approves(sana, bente)
    for step in ("asked", "assessed"):
        await sana.taps(f"NA:{person}:{step}")
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina, band="0-14", whom="c")
    (match,) = await matches(play)
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    await play.later(minutes=3)
    await bente.taps(f"nq:{match.id}:y")
    await amina.taps(f"ny:{match.id}:y")
    play.clock.set(datetime.fromisoformat("2028-09-24T08:30:00+02:00"))
    await play.settle()
    assert "must be renewed by 23/11/2028" in sana.all_seen
    play.clock.set(datetime.fromisoformat("2028-11-23T09:30:00+01:00"))
    await play.settle()
    assert (await kept_volunteer(play, person)).safeguard.state == "due"
    assert [each.state for each in await matches(play)] == ["paused"]
    assert "no longer holds" in sana.all_seen


async def test_words_are_passed_on_only_while_they_are_meant_for_the_other(play: Stage) -> None:
    amina, bente, _, match = await met(play)
    await amina.taps(f"nw:{match.id}")
    await play.later(hours=1)
    await amina.says("football on Saturday")
    assert "football" not in bente.all_seen
    await amina.taps(f"nw:{match.id}")
    await amina.says("stop")
    assert "“stop”" not in bente.all_seen


async def test_a_newcomer_who_has_not_answered_is_reminded(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await play.later(days=2, hours=1)
    assert "A reminder: we have found somebody for you" in amina.all_seen
