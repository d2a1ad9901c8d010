"""Calendars subscribed to: taken whole or not at all; seats, translations and what a person changed survive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.core.feed import FeedFault
from bot.core.feed_activity import Defaults
from bot.core.model import Activity, Change, SignUp
from bot.core.schedule import ZONE
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.store import activities, communities, feeds, people, signups
from bot.store.database import Database
from bot.store.tables import notices
from bot.subscriptions import Taken, Trouble, refresh, remove, trouble_line, troubles

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PACK = read_pack(PACKS / "ikast-brande")
COMMUNITY = PACK.community.id
DEFAULTS = Defaults(organisation="eksempel-idraet", place="ikast", topics=("football",), capacity=12)


def event(uid: str, title: str, day: str, hour: int = 17, **more: str) -> str:
    """An event of an hour and a half; `more` are further lines by their name."""
    start = datetime.fromisoformat(day).replace(hour=hour)
    lines = {
        "UID": uid,
        "DTSTAMP": "20261101T081500Z",
        "DTSTART;TZID=Europe/Copenhagen": f"{start:%Y%m%dT%H%M%S}",
        "DTEND;TZID=Europe/Copenhagen": f"{start + timedelta(minutes=90):%Y%m%dT%H%M%S}",
        "SUMMARY": title,
        "LOCATION": "Hallen\\, Skolegade 1\\, 7430 Ikast",
        **more,
    }
    return "\r\n".join(["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in lines.items()), "END:VEVENT"])


@dataclass
class Site:
    """A web server with one calendar, and what becomes of it."""

    server: TestServer
    body: bytes = b""
    status: int = 200
    asked: int = 0

    def shows(self, *events: str) -> None:
        inside = "\r\n".join(events)
        self.body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{inside}\r\nEND:VCALENDAR\r\n".encode()
        self.status = 200


@dataclass
class Story:
    """A community with one subscription, over a real database."""

    database: Database
    site: Site
    now: datetime = NOW

    async def fetched(self, **how: Any) -> Taken | None:
        async with self.database.read() as tx:
            feed = await feeds.one(tx, COMMUNITY, "hallen")
        assert feed is not None
        return await refresh(self.database, COMMUNITY, feed, self.now, inner=True, **how)

    async def fails(self) -> str:
        before = await self.all()
        with pytest.raises(FeedFault) as fault:
            await self.fetched()
        assert await self.all() == before
        return fault.value.kind

    async def all(self) -> dict[str, Activity]:
        """The feed's activities by title."""
        async with self.database.read() as tx:
            found = await activities.load_activities(tx, COMMUNITY)
        return {each.texts[each.source].title: each for each in found.values() if each.id.startswith("hallen-")}

    async def signs_up(self, title: str, day: date, chat: int = 7) -> int:
        number = (await self.all())[title].number
        async with self.database.write() as tx:
            person = await people.add(tx, self.database, COMMUNITY, chat, "ar", consent="1", now=NOW)
            seat = SignUp(number, day, person.id, "going", NOW)
            await signups.save(tx, COMMUNITY, seat, datetime.combine(day, NOW.time(), UTC))
        return number

    async def told(self) -> list[tuple[str, str]]:
        async with self.database.read() as tx:
            rows = await tx.execute(select(notices.c.kind, notices.c.key).order_by(notices.c.id))
            return [
                (row.kind, row.key.split("/")[1]) for row in rows if row.kind in {"moved", "cancelled", "new_place"}
            ]


@pytest.fixture
async def story(database: Database) -> AsyncIterator[Story]:
    site: Site

    async def answer(request: web.Request) -> web.Response:
        site.asked += 1
        if request.headers.get("If-None-Match") == f'"{hash(site.body)}"' and site.status == 200:
            return web.Response(status=304)
        return web.Response(status=site.status, body=site.body, headers={"ETag": f'"{hash(site.body)}"'})

    app = web.Application()
    app.router.add_get("/hallen.ics", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    site = Site(server)
    await load_pack(database, PACK)
    async with database.write() as tx:
        await feeds.add(tx, COMMUNITY, "hallen", str(server.make_url("/hallen.ics")), DEFAULTS, NOW)
    try:
        yield Story(database, site)
    finally:
        await server.close()


FOOTBALL = event("f", "Fodbold", "2026-12-03", RRULE="FREQ=WEEKLY;COUNT=4")
CHESS = event("s", "Skak", "2026-12-05", 14)
SONG = event("k", "Kor", "2026-12-06", 19)


async def test_what_moves_vanishes_or_is_called_off_is_told_to_those_with_a_seat_and_to_nobody_else(
    story: Story,
) -> None:
    story.site.shows(FOOTBALL, CHESS, SONG)
    assert await story.fetched() == Taken(new=3)
    football, chess = (await story.all())["Fodbold"], (await story.all())["Skak"]
    assert (football.place, football.venue.name, football.capacity) == ("ikast", "Hallen", 12)
    await story.signs_up("Fodbold", date(2026, 12, 3))
    await story.signs_up("Fodbold", date(2026, 12, 10), chat=8)
    await story.signs_up("Skak", date(2026, 12, 5))
    assert await story.fetched() is None  # it has not changed
    without = {"EXDATE;TZID=Europe/Copenhagen": "20261210T180000", "SEQUENCE": "1"}
    moved = event("f", "Fodbold", "2026-12-03", 18, RRULE="FREQ=WEEKLY;COUNT=4", **without)
    story.site.shows(moved, SONG)
    assert await story.fetched() == Taken(changed=1, gone=1, told=3)
    assert sorted(await story.told()) == [
        *(("cancelled", "2026-12-05"), ("cancelled", "2026-12-10"), ("moved", "2026-12-03"))
    ]
    after = (await story.all())["Fodbold"]
    assert after.number == football.number
    assert after.sequence > football.sequence
    assert (await story.all())["Skak"].number == chess.number
    async with story.database.read() as tx:
        seats = await signups.of_occurrence(tx, COMMUNITY, football.number, date(2026, 12, 3))
    assert [each.state for each in seats] == ["going"]
    assert await story.fetched() is None
    assert len(await story.told()) == 3


async def test_what_people_wrote_and_changed_survives_and_a_new_original_outdates_translations(story: Story) -> None:
    story.site.shows(FOOTBALL, CHESS)
    await story.fetched()
    football, chess = (await story.all())["Fodbold"].number, (await story.all())["Skak"].number
    async with story.database.write() as tx:
        await activities.set_text(tx, COMMUNITY, football, "ar", "كرة قدم", "كرة قدم للجميع")
        await activities.set_text(tx, COMMUNITY, chess, "da", "Skak for alle", "Kom og spil.")
        await activities.edit(tx, COMMUNITY, football, {"capacity": 30, "price": 20})
        await communities.save_change(tx, COMMUNITY, Change(football, date(2026, 12, 10), cancelled=True))
    await load_pack(story.database, replace(PACK, digest="another"))  # a pack leaves what is not its own
    story.site.shows(event("f", "Fodbold for piger", "2026-12-03", RRULE="FREQ=WEEKLY;COUNT=4"), CHESS)
    await story.fetched()
    found = await story.all()
    girls = found["Fodbold for piger"]
    assert (girls.number, girls.capacity, girls.price, girls.state) == (football, 30, 20, "on")
    assert (girls.texts["ar"].title, girls.texts["ar"].state) == ("كرة قدم", "outdated")
    assert found["Skak for alle"].texts["da"].state == "human"
    async with story.database.read() as tx:
        assert (await communities.load_changes(tx, COMMUNITY))[football][date(2026, 12, 10)].cancelled


async def test_a_dead_or_hostile_calendar_changes_nothing_is_told_and_comes_back(story: Story) -> None:
    story.site.shows(FOOTBALL, CHESS, SONG)
    await story.fetched()
    story.site.status = 404
    assert await story.fails() == "gone"
    story.site.body, story.site.status = b"<!DOCTYPE html><p>Log ind</p>", 200
    assert await story.fails() == "not_a_calendar"
    story.site.shows()
    assert await story.fails() == "loses"
    async with story.database.read() as tx:
        (trouble,) = await troubles(tx, COMMUNITY)
        feed = await feeds.one(tx, COMMUNITY, "hallen")
    assert trouble == Trouble("hallen", "loses", NOW, 0)
    assert trouble_line(trouble).msgid.startswith("Calendar {name}: most of")
    assert feed is not None
    assert (feed.failures, feed.next_at) == (3, NOW + timedelta(hours=2))
    assert await story.fetched(accept=True) == Taken(gone=3)
    async with story.database.read() as tx:
        assert await troubles(tx, COMMUNITY) == []


async def test_a_calendar_that_is_away_for_a_moment_troubles_nobody(story: Story) -> None:
    story.site.status = 503
    assert await story.fails() == "down"
    async with story.database.read() as tx:
        assert await troubles(tx, COMMUNITY) == []
    assert await story.fails() == "down"
    async with story.database.read() as tx:
        assert [each.kind for each in await troubles(tx, COMMUNITY)] == ["down"]


async def test_events_that_cannot_be_shown_are_named_and_what_they_were_stays(story: Story) -> None:
    story.site.shows(FOOTBALL, CHESS)
    await story.fetched()
    elsewhere = event("o", "Udflugt", "2026-12-08", LOCATION="Rådhuspladsen 1\\, 5000 Odense")
    online = event("z", "Webinar", "2026-12-08", LOCATION="https://example.org/meet")
    backwards = event("s", "Skak", "2026-12-05", 14, **{"DTEND;TZID=Europe/Copenhagen": "20261205T130000"})
    story.site.shows(FOOTBALL, elsewhere, online, backwards)
    taken = await story.fetched()
    assert taken is not None
    assert (taken.new, taken.gone, {each.title for each in taken.unread}) == (0, 0, {"Udflugt", "Webinar", "Skak"})
    assert not any(held.cancelled for held in (await story.all())["Skak"].schedule.listed.values())
    async with story.database.read() as tx:
        assert await troubles(tx, COMMUNITY) == [Trouble("hallen", None, None, 3)]


async def test_no_event_brings_a_persons_number_into_a_text(story: Story) -> None:
    said = "Kom og spil. Ring til Lise på 12 34 56 78. Alle kan være med."
    story.site.shows(event("s", "Skak", "2026-12-05", DESCRIPTION=said))
    await story.fetched()
    assert (await story.all())["Skak"].texts["da"].about == "Kom og spil. Alle kan være med."


async def test_a_subscription_ends_with_its_activities_called_off_or_kept(story: Story) -> None:
    story.site.shows(FOOTBALL)
    await story.fetched()
    await story.signs_up("Fodbold", date(2026, 12, 3))
    assert await remove(story.database, COMMUNITY, "hallen", NOW, keep=True) == Taken()
    assert await remove(story.database, COMMUNITY, "hallen", NOW, keep=False) is None
    assert await story.told() == []
    async with story.database.write() as tx:
        await feeds.add(tx, COMMUNITY, "hallen", str(story.site.server.make_url("/hallen.ics")), DEFAULTS, NOW)
    await story.fetched()
    assert await remove(story.database, COMMUNITY, "hallen", NOW, keep=False) == Taken(gone=1, told=1)
    held = (await story.all())["Fodbold"].schedule.listed[date(2026, 12, 3)]
    assert (held.cancelled, held.start.astimezone(ZONE).hour) == (True, 17)
