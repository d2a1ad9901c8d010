"""What somebody changes midway: the rules are looked at again, and everybody who was asked is told."""

from __future__ import annotations

from bot.core.query import code
from tests.flows.network.people import (
    acts,
    approves,
    asked,
    asks_for,
    kept_volunteer,
    matches,
    met,
    offers,
    person_of,
    requests,
    suggested,
    volunteer,
)
from tests.flows.stage import Phone, Stage

RINGE, FAABORG = (55.2383, 10.4786), (55.0951, 10.2420)  # more than the ten kilometres that a volunteer goes


async def changes(phone: Phone, *taps: str) -> None:
    """From the page of the only request, through the form, up to what will be sent."""
    await phone.says("/network")
    await phone.taps("nr")
    await phone.taps("nL:")
    await phone.taps("nF:")
    for tap in taps:
        await phone.taps(tap)
    await phone.taps("nS:")


async def test_a_request_is_changed_in_one_tap_while_somebody_is_asked_and_they_are_thanked(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await changes(amina, "nf:e")
    assert "Somebody is asked about this right now" in amina.sees
    await amina.taps("nX:")
    assert "Your help is not needed for this any more" in bente.all_seen
    (request,) = await requests(play)
    assert (request.id, request.state) == (match.request, "waiting")
    assert [each.state for each in await matches(play)] == ["suggested"], "matched again, by what it says now"
    await bente.taps(f"nq:{match.id}:y")
    assert "not open any more" in bente.all_seen
    before = len(await acts(play, f"r{request.id}"))
    await changes(amina)
    await amina.taps("ns:")
    assert len(await acts(play, f"r{request.id}")) == before, "the same once more is no change"


async def test_an_old_send_button_changes_nothing_while_somebody_is_asked(play: Stage) -> None:
    amina, _, _, match = await asked(play)
    (before,) = await requests(play)
    await amina.forges(f"ns:{code('homework_help')}:m:15-17:ti:1:-")
    assert "Somebody is asked about this right now" in amina.sees
    assert await requests(play) == (before,)
    assert [each.id for each in await matches(play) if each.state == "asking_volunteer"] == [match.id]


async def test_a_guardian_asks_for_two_children_and_each_is_a_request_of_its_own(play: Stage) -> None:
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina, band="0-14", whom="c")
    await asks_for(amina, band="15-17", whom="d")
    assert [(each.whom, each.band) for each in await requests(play)] == [("child", "0-14"), ("child2", "15-17")]
    await amina.says("/network")
    await amina.taps(f"no:{code('homework_help')}")
    assert "You have asked for this already" in amina.sees
    assert sorted(each for each in amina.labels if each.startswith(("📋", "👧"))) == [
        "👧 Another child, 15–17 years",
        "👧 Another child, under 15 years",
        "📋 My child, 15–17 years",
        "📋 My child, under 15 years",
    ]


async def test_a_volunteer_who_moves_too_far_away_while_asked_is_no_longer_asked(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.is_at(*FAABORG)
    assert (await kept_volunteer(play, match.volunteer)).place == "faaborg", "the offer moves with them"
    assert "what we asked you does not fit any more" in bente.all_seen
    await bente.taps(f"nq:{match.id}:y")
    assert "not open any more" in bente.all_seen
    assert "We have found somebody" not in amina.all_seen
    assert [each.state for each in await matches(play)] == ["filled"]
    await bente.is_at(*RINGE)
    assert [each.state for each in await matches(play)] == ["suggested"], "back, and they fit again"


async def test_a_newcomer_who_moves_after_the_volunteers_yes_hears_that_it_is_over(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await amina.is_at(*FAABORG)
    assert "The person we had found cannot after all" in amina.all_seen
    assert "Your help is not needed for this any more" in bente.all_seen
    await amina.taps(f"ny:{match.id}:y")
    assert "not open any more" in amina.all_seen
    assert "Bente" not in amina.all_seen


async def test_a_volunteer_who_rests_after_their_yes_leaves_a_kind_word_to_the_newcomer(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    assert "We have found somebody" in amina.all_seen
    await bente.taps("nv")
    await bente.taps("nvp")
    assert "Until when" in bente.sees
    await bente.taps("nvp:")
    assert (await kept_volunteer(play, match.volunteer)).starts is not None
    assert "The person we had found cannot after all" in amina.all_seen
    await amina.taps(f"ny:{match.id}:y")
    assert "not open any more" in amina.all_seen
    assert "Amina" not in bente.all_seen
    assert await acts(play, f"v{match.volunteer}") == ["offered", "approve", "rests"]


async def test_a_volunteer_begins_on_the_day_they_chose(play: Stage) -> None:
    sana = await play.coordinator()
    bente = play.phone("Bente", "da")
    await bente.meets("en")
    await offers(bente, start="📅 Friday 01/01")
    person = await approves(sana, bente)
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina)
    assert "Somebody who fits will be ready soon" in amina.sees
    assert str((await kept_volunteer(play, person)).starts) == "2027-01-01"
    await play.until("2027-01-01", "10:00")
    assert [each.state for each in await matches(play)] == ["suggested"]


async def test_two_who_meet_are_not_parted_when_one_moves_but_a_coordinator_hears_of_it(play: Stage) -> None:
    amina, _, sana, match = await met(play)
    await amina.is_at(*FAABORG)
    assert [each.state for each in await matches(play)] == ["active"]
    assert "Does not fit: distance" in sana.all_seen
    (request,) = await requests(play)
    assert (request.id, request.place) == (match.request, "faaborg")


async def test_whoever_did_not_answer_hears_that_somebody_else_was_found(play: Stage) -> None:
    amina, bente, sana, match = await asked(play)
    carla = await volunteer(play, "Carla")
    await approves(sana, carla)
    await sana.taps(f"Np:{match.request}")
    await sana.taps(f"Nk:{match.request}:{await person_of(carla)}")
    await play.later(days=3, hours=1)
    second = next(each for each in await matches(play) if each.state == "asking_volunteer")
    await carla.taps(f"nq:{second.id}:y")
    assert "not needed for this any more" not in bente.all_seen
    await amina.taps(f"ny:{second.id}:y")
    assert bente.all_seen.count("not needed for this any more") == 1
    assert "Carla" not in bente.all_seen


async def test_the_newcomer_hears_as_much_of_the_volunteer_as_the_volunteer_of_them(play: Stage) -> None:
    amina, bente, _, match = await asked(play)
    assert "15–17 years" in bente.sees
    await bente.taps(f"nq:{match.id}:y")
    told = amina.sees
    for part in ("Somebody would like to help you", "homework help", "English", "weekday afternoons", "near you"):
        assert part in told, part
    assert "Bente" not in told


async def test_who_said_stop_is_not_promised_to_anybody(play: Stage) -> None:
    amina, _, _, _ = await suggested(play)
    await amina.says("/stop")
    await play.later(days=1)
    assert await matches(play) == ()
    await amina.says("/go")
    await play.later(days=1)
    assert [each.state for each in await matches(play)] == ["suggested"]
