"""Weekly news: what has come near a person since the last time, once, in their language; one tap ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.model import Activity, ActivityText
from bot.core.schedule import ZONE
from bot.loading import load_pack
from bot.news import planning
from bot.store.number_tables import opt_ins
from bot.store.tables import notices
from tests.flows.stage import PACK, Phone, Stage, plain

HEAD = "New near"


def more(name: str, place: str, *topics: str) -> Activity:
    """An activity that was not there before, each Saturday."""
    model = next(each for each in PACK.activities if each.schedule.repeats == "weekly" and not each.programme)
    venue = next(each.venue for each in PACK.activities if each.place == place)
    texts = {language: ActivityText(f"New {name}", "It is new.", "human") for language in ("da", "en", "ar", "ti")}
    return replace(model, id=f"new-{name}", place=place, venue=venue, topics=topics, audience=(), texts=texts)


async def load(play: Stage, *activities: Activity) -> None:
    """They come into the pack, and a tick sees them."""
    grown = replace(PACK, activities=(*PACK.activities, *activities), digest=f"with {len(activities)}")
    await load_pack(play.app.services.database, grown)
    await play.later(minutes=1)


def said(phone: Phone, text: str = HEAD) -> list[str]:
    """When weekly news came, by the clock in Denmark."""
    return [f"{each.at.astimezone(ZONE):%a %d/%m %H:%M}" for each in phone.bubbles if text in plain(each.text)]


@pytest.mark.both_engines
async def test_what_is_new_nearby_is_told_once_on_thursday_and_stops_with_one_tap(play: Stage) -> None:
    amina, omar = await play.newcomer("Amina"), await play.newcomer("Omar")
    sana = await play.newcomer("Sana", "ar")
    await amina.says("/settings")
    await amina.taps("W")
    assert "On Thursdays at 17:00 I tell you what is new near Ringe." in amina.sees
    amina.presses("Wy:", twice=True)
    await play.settle()
    assert "The first time: Thursday 26/11 17:00" in amina.sees
    await omar.says("football in Ringe")
    await omar.taps("W:")
    assert "About: football" in omar.sees
    await omar.taps("Wy:")
    await sana.says("/news")
    await sana.taps("Wy:")
    club, kick = more("knitting", "ringe", "sewing"), more("kick", "ringe", "football")
    far = more("far", "svanninge", "football")
    await load(play, club, kick, far)
    await play.until("2026-11-26", "16:59")
    assert said(amina) == said(omar) == []
    await play.until("2026-11-26", "17:00")
    assert said(amina) == said(omar) == ["Thu 26/11 17:00"]
    assert ["New knitting" in amina.sees, "New kick" in amina.sees, "New far" in amina.sees] == [True, True, False]
    assert ["New knitting" in omar.sees, "New kick" in omar.sees] == [False, True]
    assert "جديد" in sana.sees
    await amina.taps(f"Wc:{play.number('new-kick')}:")
    assert "It is new." in amina.sees
    assert await planning.tick(play.app.services, play.clock()) == 0  # a restart at the same moment plans nothing more
    await omar.taps("Wn")
    assert "no more weekly news" in omar.sees
    more_of_it = [more(f"chess{number}", "ringe", "football") for number in range(4)]
    await load(play, club, kick, far, *more_of_it)
    await play.until("2026-12-12", "12:00")
    assert said(amina) == ["Thu 26/11 17:00", "Thu 03/12 17:00"]  # and none on 10/12: nothing was new
    assert [amina.sees.count("New chess"), amina.all_seen.count("New kick")] == [3, 2]  # in the news, on its card
    assert "Also new: 1" in amina.sees
    await amina.taps("Wm:")
    assert "4. New chess" in amina.sees
    await amina.taps("Wm:")  # back
    assert "1. New chess" in amina.sees
    assert said(omar) == ["Thu 26/11 17:00"]
    assert [row["kind"] for row in await play.rows(notices) if row["state"] == "waiting"] == ["news", "news"]


async def test_it_is_asked_about_once_and_kept_through_stop_and_start(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")
    await play.until("2026-11-27", "18:00")
    await amina.taps("g:")
    assert "Shall I tell you what is new each week?" in amina.sees
    await amina.taps("Wx")
    assert "I do not ask again" in amina.sees
    await play.until("2026-12-05", "18:00")
    await amina.taps("g:")
    assert amina.all_seen.count("Shall I tell you") == 0  # the bubble was edited, and no other came
    await amina.says("/news")
    await amina.taps("Wy:")
    await amina.says("/stop")
    await load(play, more("knitting", "ringe", "sewing"))
    await amina.forges("go")
    await load(play, more("knitting", "ringe", "sewing"), more("kick", "ringe", "football"))
    await play.until("2026-12-10", "17:30")
    assert said(amina) == ["Thu 10/12 17:00"]
    assert ["New kick" in amina.sees, "New knitting" in amina.sees] == [True, False]  # what came while it was silent
    await amina.forges("Wm:zz:1:3")
    await amina.forges(f"Wm:1:{2**31}:900")
    assert "That is all that is new." in amina.sees
    await amina.says("/deleteme")
    await amina.taps("del!")
    assert await play.rows(opt_ins) == []
