"""Contact without the bot between: with a username, with a phone number, through the bot, and a no."""

from __future__ import annotations

import pytest

from bot.store.tables import people as people_rows
from tests.flows.network.people import matches, met
from tests.flows.stage import Phone, Stage


async def met_already(play: Stage) -> tuple[Phone, Phone, int]:
    amina, bente, _, match = await met(play)
    await play.later(days=6)
    await amina.taps(f"nm:{match.id}")
    return amina, bente, match.id


def links(phone: Phone) -> list[str]:
    return [button["url"] for bubble in phone.bubbles for row in bubble.buttons for button in row if "url" in button]


@pytest.mark.both_engines
async def test_both_get_the_others_contact_only_after_both_said_yes(play: Stage) -> None:
    amina, bente, match = await met_already(play)
    bente.person.api["username"] = "bente_ringe"
    await amina.taps(f"nk:{match}")
    assert "no username" in amina.all_seen
    number = f"+45{amina.person.id % 10**8:08}"
    await amina.presses_key("📱 Share my number")
    assert "If they say yes too" in amina.all_seen
    assert number not in bente.all_seen
    assert "Amina would like to write to you without me" in bente.all_seen
    await bente.taps(f"nk:{match}")
    assert number in bente.all_seen
    assert "https://t.me/bente_ringe" in links(amina)
    assert [each.text for each in bente.bubbles if number in each.text and not each.protected] == []
    await amina.taps(f"nm:{match}")
    await amina.taps(f"ne:{match}")
    await amina.taps(f"nE:{match}:goal")
    (over,) = await matches(play)
    assert over.notes["newcomer_contact"] is None, "the number is forgotten with the end"


async def test_a_no_to_contact_leaves_all_as_it_was(play: Stage) -> None:
    amina, bente, match = await met_already(play)
    for phone, name in ((amina, "amina_r"), (bente, "bente_r")):
        phone.person.api["username"] = name
    await amina.taps(f"nk:{match}")
    await bente.taps(f"nK:{match}")
    assert "You go on writing through me" in bente.sees
    assert "Bente would like to go on writing through me" in amina.all_seen
    assert "t.me/amina_r" not in str(links(bente))
    await amina.taps(f"nw:{match}")
    await amina.says("See you on Tuesday")
    assert "See you on Tuesday" in bente.all_seen
    await amina.taps(f"nK:{match}")
    await bente.taps(f"nm:{match}")
    await bente.taps(f"nk:{match}")
    (found,) = await matches(play)
    assert found.notes["newcomer_contact"] is None, "a yes that was taken back is none"
    assert "t.me/" not in str(links(amina))


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_number_that_nobody_asked_for_or_of_another_person_is_not_kept(play: Stage) -> None:
    amina, _, match = await met_already(play)
    await amina.sends("own_number")
    assert "We have not kept it" in amina.sees
    await amina.taps(f"nk:{match}")
    await amina.sends("contact")
    assert "We have not kept it" in amina.sees
    await amina.taps(f"nm:{match}")
    await amina.taps(f"nk:{match}")
    await play.later(hours=1)
    await amina.sends("own_number")
    assert "We have not kept it" in amina.sees
    (found,) = await matches(play)
    assert "newcomer_contact" not in found.notes
    assert all("+45" not in str(row) for row in await play.rows(people_rows))
