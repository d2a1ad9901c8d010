"""What time brings to programmes by itself: certificates, themes held again, visits that moved, trainers asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.core.model import Person
from bot.core.programmes.model import Session
from bot.core.rights import trainer_of
from bot.core.schedule import DAY, local_day, moment
from bot.guide import Guide
from bot.programmes import standing
from bot.programmes.visiting import plan_visit, visit_key
from bot.services import Services
from bot.store import notices, people, programmes, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

SAID_AT = time(11, 0)
LOOK_BACK = timedelta(days=60)
"""For how long after its last session a cohort is looked at, and a missed theme waits to be held again."""


async def look_through(services: Services, now: datetime) -> None:
    """Everything that is due; a second call on the same day finds nothing new."""
    guide = services.guide
    async with services.database.write() as tx:
        await follow_moved_visits(tx, guide, now)
        for number in sorted(guide.activities):
            if guide.activities[number].programme and guide.activities[number].state == "on":
                await _of_cohort(tx, guide, number, now)
        await offer_again(tx, guide, now)
    services.hurry.set()


async def follow(services: Services, now: datetime) -> None:
    """Something was changed of what there is: visits that it concerns go with it."""
    async with services.database.write() as tx:
        await follow_moved_visits(tx, services.guide, now)
    services.hurry.set()


async def _of_cohort(tx: Tx, guide: Guide, number: int, now: datetime) -> None:
    sessions = [each for each in guide.sessions(number) if each.is_on]
    held = [each for each in sessions if each.occurrence.end <= now]
    if not held or held[-1].occurrence.end < now - LOOK_BACK:
        return
    if local_day(held[-1].occurrence.end) >= local_day(now) - 2 * DAY:
        await _ask_trainers(tx, guide, held[-1], now)
    if len(held) == len(sessions) and local_day(held[-1].occurrence.end) < local_day(now):
        await _certificates(tx, guide, number, now)


async def _ask_trainers(tx: Tx, guide: Guide, session: Session, now: datetime) -> None:
    """A session that nobody has ticked: its trainers are asked once, the morning after."""
    community = guide.community.id
    known = await programmes.of_session(tx, community, session.activity, session.day)
    seats = await signups.of_occurrence(
        tx, community, session.activity, guide.activities[session.activity].schedule.first
    )
    if any(each.came is not None for each in known.values()) or not any(each.state == "going" for each in seats):
        return
    due = moment(local_day(session.occurrence.end) + DAY, SAID_AT)
    role = trainer_of(guide.activities[session.activity].cohort)
    content = {"activity": session.activity, "day": session.day.isoformat()}
    wanted = [
        NewNotice(each.id, "tick_session", f"{session.activity}/{session.day}/tick", due, content, due + 13 * DAY)
        for each in await people.with_role(tx, community, role)
    ]
    await notices.add(tx, community, wanted)


async def _certificates(tx: Tx, guide: Guide, number: int, now: datetime) -> None:
    """The cohort is over: who came to any session is told once that there is a certificate."""
    came = {each.person for each in await programmes.of_cohort(tx, guide.community.id, number) if each.came}
    due = moment(local_day(now), SAID_AT)
    wanted = [
        NewNotice(each, "certificate", f"{number}/certificate", due, {"activity": number}) for each in sorted(came)
    ]
    await notices.add(tx, guide.community.id, wanted)


async def offer_again(tx: Tx, guide: Guide, now: datetime) -> None:
    """A theme that somebody missed, and that was planned nowhere then, is held again now: they are told once."""
    community = guide.community.id
    missed = await programmes.not_offered(tx, community, now - LOOK_BACK)
    persons = await people.by_ids(tx, community, {each.person for each in missed})
    for each in missed:
        person = persons.get(each.person)
        if person is None or each.visit or each.start.date() >= local_day(now):
            continue  # the morning after they are asked anyway
        if await _is_held_again(tx, guide, person, each.activity, each.theme, now):
            key = f"again/{each.activity}/{each.theme}"
            content = {"activity": each.activity, "theme": each.theme}
            due = moment(local_day(now), SAID_AT)
            await notices.add(tx, community, [NewNotice(each.person, "theme_again", key, due, content, asked=False)])
            await programmes.set_offered(tx, community, each.person, each.programme, each.theme)


async def _is_held_again(tx: Tx, guide: Guide, person: Person, number: int, theme: str, now: datetime) -> bool:
    here = await standing.of(tx, guide, number, person.id)
    if here is None or here.seat is None or theme not in here.progress(now).missing:
        return False
    return bool(await standing.again(tx, guide, here, theme, person, now))


async def follow_moved_visits(tx: Tx, guide: Guide, now: datetime) -> None:
    """A session that somebody visits was moved or called off: they are told, and their reminders go with it."""
    community = guide.community.id
    for each in await programmes.visits_from(tx, community, now - DAY):
        session = next((one for one in guide.sessions(each.activity) if one.day == each.day), None)
        if session is not None and session.is_on and session.occurrence.start == each.start:
            continue
        if each.start <= now:
            continue
        await notices.drop(tx, community, visit_key(each.activity, each.day), person=each.person)
        content = {"activity": each.activity, "day": each.day.isoformat(), "old": each.start.isoformat()}
        if session is None or not session.is_on:
            await programmes.drop_visit(tx, community, each.activity, each.day, each.person)
            content |= {"theme": each.theme, "programme": each.programme}
        else:
            await _move(tx, guide, each.person, session, now)
        key = f"{visit_key(each.activity, each.day)}/{each.start:%m%dT%H%M}"
        await notices.add(tx, community, [NewNotice(each.person, "visit_changed", key, now, content)])


async def _move(tx: Tx, guide: Guide, person: int, session: Session, now: datetime) -> None:
    known = (await programmes.of_session(tx, guide.community.id, session.activity, session.day))[person]
    await programmes.keep(tx, guide.community.id, [replace(known, start=session.occurrence.start)])
    await plan_visit(tx, guide, person, session, now)
