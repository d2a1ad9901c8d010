"""Who pauses, leaves, blocks or asks too often: each ends in a clear state, an answer, and no name too many."""

from __future__ import annotations

import pytest

from bot.core.query import code
from tests.flows.network.people import acts, asked, matches, met, requests, suggested
from tests.flows.stage import Stage


async def test_two_go_on_after_a_pause_and_both_are_told(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    await amina.forges(f"nu:{match.id}")
    await sana.taps(f"Nx:{match.id}")
    await sana.taps(f"Ng:{match.id}")
    for phone in (amina, bente):
        assert "Your match goes on. A coordinator has looked at it." in phone.all_seen
    assert [each.state for each in await matches(play)] == ["active"]
    assert (await acts(play, f"m{match.id}"))[-2:] == ["unsafe", "resumed"]
    await play.later(days=6)
    assert "how is it going?" in amina.all_seen, "what was planned for them is planned again"


async def test_a_request_that_was_paused_goes_on_where_it_was(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await amina.says("/network")
    await amina.taps("nr")
    await amina.taps("np:")
    assert "You have paused this" in amina.sees
    assert "Your help is not needed for this any more" in bente.all_seen
    await play.later(days=30)
    assert [each.state for each in await matches(play)] == ["filled"], "nobody is looked for meanwhile"
    await amina.taps("np:")
    assert [each.state for each in await matches(play)] == ["suggested"]
    (request,) = await requests(play)
    assert (request.id, request.since) == (match.request, match.made.replace(microsecond=request.since.microsecond))


async def test_a_volunteer_who_erases_themselves_after_their_yes_leaves_a_kind_word(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await bente.says("/deleteme")
    await bente.taps("del!")
    assert "The person we had found cannot after all" in amina.all_seen
    assert await matches(play) == ()
    assert [each.state for each in await requests(play)] == ["waiting"]
    await amina.forges(f"ny:{match.id}:y")
    assert "not open any more" in amina.sees
    assert "Bente" not in amina.all_seen


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_side_that_blocks_the_bot_while_they_meet_is_told_to_a_coordinator(play: Stage) -> None:
    _, bente, sana, _ = await met(play)
    play.world.blocks(bente.person)
    await play.later(days=10)
    assert "A match has gone quiet" in sana.all_seen
    assert [each.state for each in await matches(play)] == ["active"]


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_nobody_has_more_than_six_requests_open(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    for offer in ("homework_help", "mentor"):
        for whom in ("m", "c", "d", "e"):
            await amina.forges(f"ns:{code(offer)}:{whom}:15-17:en:1:-")
    assert "You have many requests already" in amina.sees
    assert len(await requests(play)) == 6
    await amina.says("/network")
    await amina.taps(f"no:{code('homework_help')}")
    assert not any(each.startswith("nL:") for each in amina.buttons), "asked for all, so none is left to ask for"


async def test_an_older_newcomer_changes_the_age_while_somebody_is_asked(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    offer = code("homework_help")
    await amina.forges(f"nS:{offer}:m:18-24:en.da:782:-")
    await amina.taps("nX:")
    assert "not needed for this any more" in bente.all_seen
    assert [each.band for each in await requests(play)] == ["18-24"]
    again = next(each for each in await matches(play) if each.state == "suggested")
    assert again.id == match.id


async def test_who_is_only_suggested_hears_nothing_when_it_is_taken_back(play: Stage) -> None:
    amina, bente, _, _ = await suggested(play)
    before = bente.all_seen
    await amina.taps("nb:")
    await play.later(days=1)
    assert bente.all_seen == before
