"""Meetings come, move and go: fixed ones by the rule, others by hand; whoever was asked to one is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from bot.core.meetings.dates import AHEAD, rule_days, span_of
from bot.core.meetings.model import Charter, Meeting
from bot.core.meetings.steps import moved, past, wakes
from bot.core.quiet import is_urgent
from bot.core.schedule import local_day, moment
from bot.guide import Guide
from bot.meetings.audience import MEMBERS, key_of, tell, those
from bot.store import meeting_papers, meetings, notices
from bot.store.database import Tx


async def follow_rule(tx: Tx, guide: Guide, charter: Charter, now: datetime) -> None:
    """Makes the coming fixed meetings those that the rule gives. What was moved by hand stays as it was moved."""
    today = local_day(now)
    wanted = [day for day in rule_days(charter.rule, today, today + AHEAD) if span_of(charter.rule, day)[0] > now]
    coming = await meetings.since(tx, guide.community.id, now, dropped=True)
    fixed = {each.rule_day: each for each in coming if each.rule_day is not None}
    for day, meeting in fixed.items():
        if day not in wanted and meeting.state == "planned" and _follows(meeting) and meeting.start > now:
            await _give_up(tx, guide, meeting, now)
    for day in wanted:
        start, end = span_of(charter.rule, day)
        known = fixed.get(day)
        if known is None:
            await plan(tx, guide, charter, Meeting(0, "fixed", start, end, rule_day=day), now)
        elif known.state == "dropped":
            again = replace(known, state="planned", start=start, end=end, sequence=known.sequence + 1)
            await keep(tx, guide, begun(again, charter, now), now)
        elif known.state == "planned" and _follows(known) and (known.start, known.end) != (start, end):
            await move(tx, guide, known, start, end, now, by_hand=False)


BY_HAND = "by hand"
"""Stands among the steps of a meeting that somebody moved: no rule moves it any more."""


def _follows(meeting: Meeting) -> bool:
    """Whether a fixed meeting is where its rule put it."""
    return BY_HAND not in meeting.done


async def _give_up(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> None:
    """A meeting that the rule gives no more: told to who was asked to it. Where the rule gives it again, it is back."""
    if "invite" in meeting.done:
        called_off = await cancel(tx, guide, meeting, now)
        await meetings.save(tx, guide.community.id, replace(called_off, state="dropped"), None)
        return
    await meeting_papers.let_wait(tx, guide.community.id, meeting.id, "proposed", "taken")
    await meetings.save(tx, guide.community.id, replace(meeting, state="dropped"), None)


async def plan(
    tx: Tx, guide: Guide, charter: Charter, meeting: Meeting, now: datetime, key: str | None = None
) -> int | None:
    """A new meeting. Of what should have happened before, members and writers are asked now; the rest is let be."""
    if meeting.state == "planned":
        meeting = begun(meeting, charter, now)
    return await meetings.add(tx, guide.community.id, meeting, wakes(meeting, charter, now), key)


def begun(meeting: Meeting, charter: Charter, now: datetime) -> Meeting:
    """The meeting with the steps that are not made up for, as they lie before it was planned."""
    return replace(meeting, done=past(meeting, charter, now) - {"invite", "write_agenda"})


async def keep(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> None:
    """The meeting as it is now, and when it needs something next."""
    assert guide.charter is not None
    await meetings.save(tx, guide.community.id, meeting, wakes(meeting, guide.charter, now))


async def move(
    tx: Tx, guide: Guide, meeting: Meeting, start: datetime, end: datetime, now: datetime, *, by_hand: bool = True
) -> Meeting:
    """Holds it at another time. Those who were asked to it are told once, and asked anew."""
    assert guide.charter is not None
    new = moved(meeting, start, end, guide.charter, now)
    if BY_HAND in meeting.done or (by_hand and start != meeting.start):
        new = replace(new, done=new.done | {BY_HAND})
    await keep(tx, guide, new, now)
    if (start, end) != (meeting.start, meeting.end):  # a yes to one evening is none to another
        await meetings.forget_replies(tx, guide.community.id, meeting.id)
    if "invite" in meeting.done:
        await notices.drop(tx, guide.community.id, f"M{meeting.id}.", kinds=ABOUT_TIME)
        whom = await those(tx, guide, now, MEMBERS, new)
        content = {"meeting": new.id, "old": meeting.start.isoformat(), "sequence": new.sequence}
        urgent = is_urgent(now, min(meeting.start, start))
        await tell(tx, guide.community.id, whom, "meeting_moved", key_of(new, "moved"), now, content, urgent=urgent)
    return new


ABOUT_TIME = (
    "meeting_invited",
    "meeting_tomorrow",
    "meeting_moved",
    "meeting_write",
    "meeting_missing",
    "meeting_late",
)
"""What is not said any more once a meeting was moved or cancelled."""


async def cancel(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> Meeting:
    """Calls it off. What was to be talked about waits for the next meeting; calendars take it out."""
    new = replace(meeting, state="cancelled", sequence=meeting.sequence + 1)
    await keep(tx, guide, new, now)
    await meeting_papers.let_wait(tx, guide.community.id, meeting.id, "proposed", "taken")
    await notices.drop(tx, guide.community.id, f"M{meeting.id}.", kinds=(*ABOUT_TIME, "meeting_agenda"))
    if "invite" in meeting.done:
        whom = await those(tx, guide, now, MEMBERS, meeting)
        urgent = is_urgent(now, meeting.start)
        key, content = key_of(new, "cancelled"), {"meeting": new.id}
        await tell(
            tx, guide.community.id, whom, "meeting_cancelled", key, now, content, urgent=urgent, too_late=new.end
        )
    return new


async def next_of(tx: Tx, guide: Guide, now: datetime) -> Meeting | None:
    """The next planned meeting that has not begun."""
    coming = await meetings.since(tx, guide.community.id, now)
    return next((each for each in coming if each.state == "planned" and each.start > now), None)


def midnight(now: datetime) -> datetime:
    """The beginning of the local day."""
    return moment(local_day(now), time())
