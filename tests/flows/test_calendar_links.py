"""A calendar that follows one's plans: a seat, given back, the link renewed and turned off; and everyone's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from icalendar import Calendar

from bot.store.feed_tables import calendar_links
from bot.web.server import make_app
from tests.flows.stage import Phone, Stage
from tests.flows.test_plans import events

BASE = "https://brobot.example.dk"
CLUB = "madklub-ringe"


def with_web(play: Stage) -> TestClient[Any, Any]:
    """The stage's bot with an address that people can reach, and a browser."""
    services = play.app.services
    public = replace(services, settings=services.settings.model_copy(update={"public_url": BASE}))
    play.app.services = play.app.application.bot_data["services"] = public
    return TestClient(TestServer(make_app(public, play.app.inbox), host="127.0.0.1"))


def path_in(phone: Phone) -> str:
    """The way to the calendar that the newest bubble shows, without its host."""
    found = re.search(r"webcal://brobot\.example\.dk(/\S+\.ics)", phone.sees)
    assert found is not None, phone.sees
    return found.group(1)


@pytest.mark.both_engines
async def test_a_private_link_shows_ones_own_seats_until_it_is_renewed_or_turned_off(play: Stage) -> None:
    amina, omar = await play.newcomer("Amina", "ar"), await play.newcomer("Omar")
    async with with_web(play) as browser:

        async def read(path: str) -> list[tuple[str, str, int]] | int:
            answer = await browser.get(path)
            if answer.status != 200:
                return answer.status
            found: Any = Calendar.from_ical(await answer.read())
            return [(str(each["UID"]), str(each["STATUS"]), int(each["SEQUENCE"])) for each in found.events]

        await amina.signs_up(CLUB)
        await omar.signs_up("bagning-korinth")
        await amina.says("/plans")
        await amina.taps("cl")
        await amina.taps("cln")
        first = path_in(amina)
        ((name, status, sequence),) = await read(first)  # type: ignore[misc] # a list, or the test ends here
        assert name.startswith("faaborg-midtfyn.madklub-ringe")
        assert status == "CONFIRMED"
        opened = await browser.get(first.removesuffix(".ics"), allow_redirects=False)
        assert opened.headers["Location"] == f"webcal://brobot.example.dk{first}"
        await amina.opens(CLUB)
        await amina.taps("x:")
        await amina.taps("ics:")
        (left,) = events(amina)
        assert (str(left["UID"]), str(left["STATUS"])) == (name, "CANCELLED")
        assert int(left["SEQUENCE"]) > sequence
        assert await read(first) == [(name, "CANCELLED", int(left["SEQUENCE"]))]
        await amina.taps("u:")
        ((_, status, again),) = await read(first)  # type: ignore[misc] # as above
        assert (status, again > int(left["SEQUENCE"])) == ("CONFIRMED", True)
        await amina.says("/plans")
        await amina.taps("cl")
        await amina.taps("cln")
        second = path_in(amina)
        assert (await read(first), first != second) == (404, True)
        await amina.taps("clx")
        await amina.forges("clx")
        assert await read(second) == 404
        assert await play.rows(calendar_links) == []


async def test_the_communitys_calendar_is_for_everyone_in_each_language(play: Stage) -> None:
    async with with_web(play) as browser:
        answer = await browser.get("/calendar/ar.ics")
        calendar: Any = Calendar.from_ical(await answer.read())
        assert len({str(each["UID"]) for each in calendar.events}) >= len(play.guide.activities)
        club = next(each for each in calendar.events if str(each["UID"]).startswith("faaborg-midtfyn.madklub-ringe"))
        assert club["SUMMARY"].params["LANGUAGE"] == "ar"
        assert "نادي" in club["SUMMARY"]
        assert str(club["URL"]) == f"https://t.me/{play.app.services.username}?start=a_{play.number(CLUB)}"
        assert str(calendar["X-WR-CALNAME"]) == play.guide.community.name
        again = await browser.get("/calendar/ar.ics", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304
        unknown = ("/calendar/xx.ics", "/calendar/mine/" + "a" * 32 + ".ics", "/calendar/mine/x.ics")
        assert [(await browser.get(path)).status for path in unknown] == [404] * 3
