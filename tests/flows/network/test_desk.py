"""The coordinator's pages: both waiting lists side by side, a no that is seen first, and who did what."""

from __future__ import annotations

import pytest

from bot.network import act_log, declining, desk_talk, waiting_lists
from tests.flows.network.people import acts, approves, asks_for, kept_volunteer, met, person_of, volunteer
from tests.flows.stage import Stage


@pytest.mark.both_engines
async def test_both_waiting_lists_stand_side_by_side_with_what_blocks(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play)
    amina = play.phone("Amina")
    await amina.meets("en")
    await asks_for(amina, offer="mentor")
    await sana.says("/coordinate")
    await sana.taps("N")
    await sana.taps("Nl:0")
    assert "1 request waits" in sana.sees
    assert "mentor, 15–17 years" in sana.sees.lower()
    assert "🚧 No single thing blocks" in sana.sees
    assert "1 volunteer waits" in sana.sees
    assert "Not spoken with yet" in sana.sees
    assert [each.split(":")[0] for each in sana.buttons] == ["Np", "Nw", "N"], "the two in one row, then the way up"
    await approves(sana, bente)
    await sana.says("/coordinate")
    await sana.taps("N")
    await sana.taps("Nl:0")
    assert "1 more if it were not for: another offer" in sana.sees
    assert "Amina" not in sana.all_seen


async def test_a_no_is_seen_before_it_is_sent_and_may_be_in_ones_own_words(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play)
    person = await person_of(bente)
    await sana.taps(f"Nw:{person}")
    await sana.taps(f"NV:{person}:d")
    assert "A person is glad to explain" in sana.sees
    assert "We cannot use your help" not in bente.all_seen
    await sana.taps(f"Nd:{person}:d")
    await sana.says("We meet so many volunteers this month. Please ask again in March!")
    assert "Please ask again in March!" in sana.sees
    assert "March" not in bente.all_seen
    await sana.taps(f"NV:{person}:d+")
    assert "“We meet so many volunteers this month. Please ask again in March!”" in bente.sees
    assert (await kept_volunteer(play, person)).state == "declined"
    await sana.forges(f"NV:{person}:d+")
    assert bente.all_seen.count("March") == 1
    await sana.taps(f"NV:{person}:a")
    await sana.taps(f"NV:{person}:r")
    assert "Their matches end" in sana.sees
    await sana.taps(f"NV:{person}:r!")
    assert "We cannot use your help right now" in bente.sees


async def test_words_of_ones_own_are_not_sent_after_they_were_forgotten(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play)
    person = await person_of(bente)
    await sana.taps(f"Nw:{person}")
    await sana.taps(f"NV:{person}:d")
    await sana.taps(f"Nd:{person}:d")
    await sana.says("Not now, thank you.")
    await play.later(hours=2)
    await sana.taps(f"NV:{person}:d+")
    assert "Write now what they will read" in sana.sees
    assert (await kept_volunteer(play, person)).state == "new"


@pytest.mark.both_engines
async def test_who_did_what_is_there_for_a_coordinator_and_for_nobody_else(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    await bente.taps(f"nm:{match.id}")
    await sana.taps(f"Nx:{match.id}")
    await sana.taps(f"NL:m{match.id}:0")
    done = [line.partition(" · ")[2] for line in sana.sees.splitlines()[1:]]
    coordinator = "Sana, coordinator"
    assert done == [
        "the volunteer: agreed to the time",
        "the newcomer: proposed a time",
        "the newcomer: said yes; they have found each other",
        "the volunteer: said yes; the newcomer is asked",
        f"{coordinator}: approved the suggestion",
        "the newcomer: asked for somebody",
    ]
    await sana.taps(f"Nx:{match.id}")
    await sana.forges(f"NL:v{match.volunteer}:0")
    assert f"{coordinator}: approved the volunteer" in sana.sees
    services, now = play.app.services, play.clock()
    for phone in (amina, bente):
        reader = await phone.reader()
        pages = [
            await act_log.page(services, reader, f"m{match.id}", 0),
            await waiting_lists.side_by_side(services, reader, 0, now),
            await declining.preview(services, reader, match.volunteer, "remove", now),
            await declining.say_no(services, reader, match.volunteer, "remove", now, own=False),
        ]
        assert {str(each) for each in pages} == {str(pages[0])}, "not for you, and nothing more"
    assert "remove" not in await acts(play, f"v{match.volunteer}")


async def test_a_coordinator_and_a_volunteer_write_to_each_other_through_the_bot(play: Stage) -> None:
    sana = await play.coordinator()
    bente = await volunteer(play)
    eve = play.phone("Eve")
    await eve.meets("en")
    await sana.taps("Nw:")
    await sana.taps("Nq:")
    await sana.says("When may I ring you?")
    assert "“When may I ring you?”" in bente.sees
    assert "Sana" not in bente.all_seen
    await bente.taps("nz:")
    await bente.says("Tomorrow after four.")
    assert "“Tomorrow after four.”" in sana.sees
    assert "Bente" not in sana.all_seen
    assert await acts(play, f"v{await person_of(bente)}") == ["offered", "wrote"]
    services, now = play.app.services, play.clock()
    for writer, to in ((eve, bente), (sana, eve), (sana, sana)):
        before = (await writer.reader()).person
        await desk_talk.begin(services, await writer.reader(), await person_of(to), now)
        assert (await writer.reader()).person == before, "nobody who is not of the network, and only a coordinator"


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_forged_pages_of_the_log_are_answered(play: Stage) -> None:
    sana = await play.coordinator()
    await sana.says("/coordinate")
    for data in ("NL:x1:0", "NL:m:0", "NL:m999:0", "NL:v1:99999999", "NV:1:d?", "Nd:1:x", "Nl:9999999"):
        await sana.forges(data)
        assert "went wrong" not in sana.all_seen, data
