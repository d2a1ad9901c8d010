"""The agenda and the minutes as everybody reads them, when they go out, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.meetings.model import Meeting, Outcome
from bot.core.meetings.stamps import stamp_of
from bot.core.meetings.steps import agenda_day, minutes_day
from bot.core.say import Button, Day, Span, Text, label, say, say_many
from bot.core.schedule import local_day, moment
from bot.guide import Guide
from bot.meetings.audience import EVERYBODY, key_of, tell, those, writers
from bot.meetings.words import action_line, facts, outcome_line, point_line, to_meeting
from bot.store import meeting_papers, meetings, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

OPEN_SHOWN = 4
"""Open actions at the head of an agenda; the rest is counted."""

REVISED_WITHIN = timedelta(days=150)
ASKED_BEFORE = timedelta(days=3)
"""How long before its day an action is asked after for the first time."""


async def agenda(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> list[Text | str]:
    """The agenda: open actions first, what was taken on, a mandate that ends, the next meeting."""
    community = guide.community.id
    actions = await meeting_papers.open_actions(tx, community)
    taken = [each for each in await meeting_papers.points(tx, community, meeting.id) if each.state == "taken"]
    coming = [each for each in await meetings.since(tx, community, meeting.end) if each.start > meeting.end]
    following = next((each for each in coming if each.state == "planned" and not each.parties), None)
    # NOTE: Head of the agenda of a meeting (dagsorden).
    lines: list[Text | str] = [say("📋 <b>Agenda</b>"), *facts(guide, meeting), ""]
    number = 0
    if actions:
        number += 1
        lines += _actions(actions, number)
    for point in taken:
        number += 1
        lines.append(point_line(guide, point, number))
    mandate = guide.charter.revise_by if guide.charter else None
    held = local_day(meeting.start)
    if mandate is not None and held <= mandate <= held + REVISED_WITHIN:
        number += 1
        # NOTE: An item of an agenda: {number} "4", {day} "Sunday 20/6": until then the network's charter holds.
        lines.append(
            say("<b>{number}.</b> The mandate of the network, which ends {day}", number=number, day=Day(mandate))
        )
    if following is not None:
        # NOTE: The last item of an agenda: {number} "5", {when} "Tuesday 11/5 16:30–18:30".
        lines.append(
            say("<b>{number}.</b> Next meeting: {when}", number=number + 1, when=Span(following.start, following.end))
        )
    return lines


def _actions(actions: Sequence[Outcome], number: int) -> list[Text]:
    # NOTE: The first item of an agenda: {number} "1". A list of what was agreed on at earlier meetings follows.
    lines = [say("<b>{number}.</b> Since last time:", number=number)]
    lines += [action_line(each) for each in actions[:OPEN_SHOWN]]
    more = len(actions) - OPEN_SHOWN
    if more > 0:
        # NOTE: Under a list of open actions that was cut: {n} "3".
        lines.append(say_many("… and {n} more", "… and {n} more", more))
    return lines


async def minutes(tx: Tx, guide: Guide, meeting: Meeting) -> list[Text | str]:
    """The minutes: notes, decisions, and actions with a name and a date, as they were written."""
    found = await meeting_papers.outcomes_of(tx, guide.community.id, meeting.id)
    # NOTE: Head of the minutes of a meeting (referat).
    lines: list[Text | str] = [say("📝 <b>Minutes</b>"), *facts(guide, meeting)[:2]]
    notes = [outcome_line(each) for each in found if each.kind == "note"]
    lines += ["", *notes] if notes else []
    decisions = [outcome_line(each) for each in found if each.kind == "decision"]
    actions = [outcome_line(each) for each in found if each.kind == "action"]
    if decisions:
        # NOTE: Head of a part of the minutes; decisions follow.
        lines += ["", say("<b>Decided</b>"), *decisions]
    if actions:
        # NOTE: Head of a part of the minutes; actions follow, each with who does it and by when.
        lines += ["", say("<b>Who does what</b>"), *actions]
    return lines


def agenda_goes_out(guide: Guide, meeting: Meeting) -> datetime:
    """The moment at which the agenda is to go out: exactly a week before, by the charter."""
    assert guide.charter is not None
    return moment(agenda_day(meeting, guide.charter), guide.charter.hour)


def minutes_go_out(guide: Guide, meeting: Meeting) -> datetime:
    """The moment at which the minutes are to go out: exactly a week after, by the charter."""
    assert guide.charter is not None
    return moment(minutes_day(meeting, guide.charter), guide.charter.hour)


async def send_agenda(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> Meeting:
    """Queues the agenda for everybody, once for each time it was made ready. What was not taken on waits."""
    assert meeting.agenda_ready is not None
    community, edition = guide.community.id, int(meeting.agenda_ready.timestamp())
    whom = await those(tx, guide, now, EVERYBODY, meeting)
    key = key_of(meeting, f"agenda/{edition}")
    content = {"meeting": meeting.id, "again": bool(meeting.agenda_stamp)}
    await notices.drop(tx, community, f"M{meeting.id}.", kinds=("meeting_agenda", "meeting_late", "meeting_missing"))
    await tell(tx, community, whom, "meeting_agenda", key, now, content, too_late=meeting.end)
    await meeting_papers.let_wait(tx, community, meeting.id, "proposed")
    return replace(
        meeting, agenda_out=now, agenda_stamp=stamp_of(await meeting_papers.points(tx, community, meeting.id))
    )


async def send_minutes(tx: Tx, guide: Guide, meeting: Meeting, now: datetime) -> Meeting:
    """Queues the minutes for everybody, once for each time they were made ready; actions are asked after."""
    assert meeting.minutes_ready is not None
    community, edition = guide.community.id, int(meeting.minutes_ready.timestamp())
    whom = await those(tx, guide, now, EVERYBODY, meeting)
    key = key_of(meeting, f"minutes/{edition}")
    content = {"meeting": meeting.id, "again": bool(meeting.minutes_stamp)}
    await notices.drop(tx, community, f"M{meeting.id}.", kinds=("meeting_minutes", "meeting_late", "meeting_missing"))
    await tell(tx, community, whom, "meeting_minutes", key, now, content)
    found = await meeting_papers.outcomes_of(tx, community, meeting.id)
    for action in found:
        await ask_after(tx, guide, action, now)
    return replace(meeting, minutes_out=now, minutes_stamp=stamp_of(found))


async def ask_after(tx: Tx, guide: Guide, action: Outcome, now: datetime) -> None:
    """An open action is asked after before its day and on it, and then who runs meetings hears that it is open.

    Each is said only if it is still true then (`bot.meetings.telling`). Another date or name plans it anew.
    """
    community = guide.community.id
    await notices.drop(tx, community, f"A{action.id}/", kinds=("meeting_action", "meeting_overdue"))
    if action.kind != "action" or action.state != "open" or action.due is None or guide.charter is None:
        return
    content = {"action": action.id}
    day = moment(action.due, guide.charter.hour)
    if action.person is not None:
        due = [each for each in (day - ASKED_BEFORE, day) if each > now] or [now]
        wanted = [
            NewNotice(action.person, "meeting_action", f"A{action.id}/{int(each.timestamp())}", each, content)
            for each in due
        ]
        await notices.add(tx, community, wanted)
    after = max(now, day + timedelta(days=1))
    overdue = [
        NewNotice(each.id, "meeting_overdue", f"A{action.id}/{action.due}", after, content)
        for each in await writers(tx, guide)
    ]
    await notices.add(tx, community, overdue)


def buttons_of(meeting: Meeting) -> tuple[Button, ...]:
    """Under a paper: the way to the meeting, and to one's own calendar."""
    # NOTE: Button, sends a file for the phone's calendar.
    return to_meeting(meeting.id), Button(label("📅 Calendar"), f"Mc:{meeting.id}")
