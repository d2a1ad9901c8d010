"""What notices of the network say, from how things stand when they are said; None where it is true no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.meetings.model import Meeting
from bot.core.meetings.standing import Standing
from bot.core.model import Reader
from bot.core.say import Button, Day, Document, Message, Moment, Text, label, say
from bot.core.schedule import local_day
from bot.meetings import telling_tasks as tasks
from bot.meetings.calendars import calendar_document
from bot.meetings.papers import agenda, agenda_goes_out, buttons_of, minutes, minutes_go_out
from bot.meetings.words import facts, home, network_name, stands, to_meeting
from bot.store import meeting_papers, meetings

if TYPE_CHECKING:
    from bot.telling import Tell, Telling


async def _meeting(telling: Telling, *standings: Standing) -> Meeting | None:
    """The meeting of the notice, for who still stands so in it."""
    found = await meetings.one(telling.tx, telling.guide.community.id, int(telling.content["meeting"]))
    if found is None or telling.guide.charter is None:
        return None
    reader = Reader(telling.person.chat, telling.person.language, telling.person)
    stand = stands(telling.guide, reader, local_day(telling.now), found)
    return found if stand in standings else None


def reply_row(meeting: Meeting) -> tuple[Button, ...]:
    """Yes, no, or somebody else comes."""
    return (
        # NOTE: “👍 I will come”, “👎 I cannot”: answers to a meeting. “🔁 A substitute”: somebody else of the same
        # organisation comes.
        Button(label("👍 I will come"), f"Ma:{meeting.id}:y", style="yes"),
        Button(label("👎 I cannot"), f"Ma:{meeting.id}:n", style="no"),
    )


def substitute_row(meeting: Meeting) -> tuple[Button, ...]:
    return (
        # NOTE: Button, an answer to a meeting: somebody else of the same organisation comes.
        Button(label("🔁 A substitute"), f"Ma:{meeting.id}:s"),
        # NOTE: Button, sends a file for the phone's calendar.
        Button(label("📅 Calendar"), f"Mc:{meeting.id}"),
    )


def propose_row(meeting: Meeting) -> tuple[Button, ...]:
    # NOTE: Button of a member of the network: proposes something for a meeting's agenda.
    return (Button(label("➕ Propose an item"), f"Mp:{meeting.id}"),)


async def invited(telling: Telling) -> Message | None:
    """A meeting is coming: will you be there?"""
    meeting = await _meeting(telling, "secretariat", "member")
    if meeting is None or meeting.state != "planned" or meeting.start <= telling.now:
        return None
    out = agenda_goes_out(telling.guide, meeting)
    return Message(
        (
            # NOTE: Head: members of the integration network are asked to a meeting. {network} "Integrationsnetværket".
            say("🏛 <b>{network}: will you come?</b>", network=network_name(telling.guide)),
            *facts(telling.guide, meeting),
            # NOTE: Under an invitation to a meeting: {day} "Tuesday 2/2".
            say("The agenda comes {day}.", day=Day(local_day(out)))
            if out > telling.now
            # NOTE: Under an invitation to a meeting that is soon.
            else say("The agenda comes as soon as it is written."),
        ),
        (reply_row(meeting), substitute_row(meeting), propose_row(meeting)),
    )


async def tomorrow(telling: Telling) -> Message | None:
    """The day before, to who comes or has not answered."""
    meeting = await _meeting(telling, "secretariat", "member")
    if meeting is None or meeting.state != "planned" or meeting.sequence != telling.content["sequence"]:
        return None
    rows = (reply_row(meeting), (to_meeting(meeting.id),))
    return Message((say("⏰ <b>Tomorrow</b>"), *facts(telling.guide, meeting)), rows)


async def moved(telling: Telling) -> Message | None:
    """Another time, with the calendar file that moves it there too."""
    meeting = await _meeting(telling, "secretariat", "member")
    if meeting is None or meeting.state != "planned" or meeting.sequence != telling.content["sequence"]:
        return None
    old = datetime.fromisoformat(str(telling.content["old"]))
    return Message(
        (
            say("📅 <b>New time</b>"),
            *facts(telling.guide, meeting),
            say("Before it was {when}.", when=Moment(old)),
            _about_agenda(telling, meeting),
            # NOTE: With a calendar file, after a meeting was moved.
            say("Open the file, and your calendar follows."),
        ),
        (reply_row(meeting), substitute_row(meeting)),
        document=_file(telling, meeting),
    )


def _about_agenda(telling: Telling, meeting: Meeting) -> Text:
    """What is true of the agenda after a move, honestly."""
    out = agenda_goes_out(telling.guide, meeting)
    if out > telling.now:
        return say("The agenda comes {day}.", day=Day(local_day(out)))
    if meeting.agenda_out is not None:
        # NOTE: After a meeting was moved; its agenda went out before.
        return say("The agenda you have still holds.")
    return say("The agenda comes as soon as it is written.")


def _file(telling: Telling, meeting: Meeting) -> Document:
    return calendar_document(telling.guide, [meeting], telling.person.language, telling.now)


async def cancelled(telling: Telling) -> Message | None:
    """Called off, with the file that takes it out of the calendar; what was to be talked about is not lost."""
    meeting = await _meeting(telling, "secretariat", "member")
    if meeting is None or meeting.state not in ("cancelled", "dropped"):
        return None
    return Message(
        (
            say("❌ <b>Cancelled</b>"),
            *facts(telling.guide, meeting)[:2],
            # NOTE: After a meeting was cancelled. Items: what members proposed for the agenda.
            say("Items for its agenda wait for the next meeting."),
        ),
        ((home(),),),
        document=_file(telling, meeting),
    )


async def write(telling: Telling) -> Message | None:
    """To who writes the papers, in good time: this one is to be written, and when it goes out by itself."""
    meeting = await _meeting(telling, "secretariat")
    if meeting is None or not _is_open(telling, meeting):
        return None
    if telling.content["paper"] == "agenda":
        proposed = await meeting_papers.points(telling.tx, telling.guide.community.id, meeting.id, with_waiting=True)
        waiting = sum(each.state == "proposed" for each in proposed)
        return Message(
            (
                # NOTE: To the secretary of the network, two weeks before a meeting.
                say("✍️ <b>Please write the agenda</b>"),
                *facts(telling.guide, meeting)[:2],
                # NOTE: To the secretary: {when} "Tuesday 2/2 09:00". It: the agenda.
                say(
                    "It goes out by itself {when}, if it is ready.",
                    when=Moment(agenda_goes_out(telling.guide, meeting)),
                ),
                # NOTE: To the secretary: {n} "2" items that members proposed for the agenda.
                *((say("Members have proposed {n}.", n=waiting),) if waiting else ()),
            ),
            ((_write_button("agenda", meeting), to_meeting(meeting.id)),),
        )
    return Message(
        (
            # NOTE: To the secretary of the network, the day after a meeting.
            say("✍️ <b>Please write the minutes</b>"),
            *facts(telling.guide, meeting)[:2],
            # NOTE: To the secretary: {when} "Tuesday 16/2 09:00". They: the minutes.
            say(
                "They go out by themselves {when}, if they are ready.",
                when=Moment(minutes_go_out(telling.guide, meeting)),
            ),
        ),
        ((_write_button("minutes", meeting), to_meeting(meeting.id)),),
    )


def _is_open(telling: Telling, meeting: Meeting) -> bool:
    """Whether the paper of the notice is still to be written, for a meeting as it was planned then."""
    if meeting.state != "planned" or meeting.sequence != telling.content["sequence"]:
        return False
    if telling.content["paper"] == "agenda":
        return meeting.agenda_ready is None and telling.now < meeting.start
    return meeting.minutes_ready is None


def _write_button(paper: str, meeting: Meeting) -> Button:
    if paper == "agenda":
        # NOTE: Button of the secretary, opens the agenda to write it.
        return Button(label("📋 The agenda"), f"Mw:{meeting.id}")
    # NOTE: Button of the secretary, opens the minutes to write them.
    return Button(label("📝 The minutes"), f"Mv:{meeting.id}")


async def missing(telling: Telling) -> Message | None:
    """To who writes the papers and to coordinators: it should be there, and the members know that it is not."""
    meeting = await _meeting(telling, "secretariat")
    if meeting is None or not _is_open(telling, meeting):
        return None
    head = (
        # NOTE: To the secretary and the coordinators: the agenda should have gone out.
        say("⏳ <b>The agenda is missing</b>")
        if telling.content["paper"] == "agenda"
        # NOTE: To the secretary and the coordinators: the minutes should have gone out.
        else say("⏳ <b>The minutes are missing</b>")
    )
    return Message(
        (
            head,
            *facts(telling.guide, meeting)[:2],
            # NOTE: To the secretary and the coordinators, about an agenda or minutes.
            say("The members know that it is late. It goes out as soon as it is ready."),
        ),
        ((_write_button(str(telling.content["paper"]), meeting), to_meeting(meeting.id)),),
    )


async def late(telling: Telling) -> Message | None:
    """To members, honestly: what they should have by now is not written."""
    meeting = await _meeting(telling, "secretariat", "member", "orientation")
    if meeting is None or not _is_open(telling, meeting):
        return None
    said = (
        # NOTE: To members of the network, a week before a meeting.
        say("⏳ The agenda of this meeting is not ready yet. You get it as soon as it is written.")
        if telling.content["paper"] == "agenda"
        # NOTE: To members of the network, a week after a meeting.
        else say("⏳ The minutes of this meeting are not ready yet. You get them as soon as they are written.")
    )
    return Message((said, *facts(telling.guide, meeting)[:2]), ((to_meeting(meeting.id),),))


async def agenda_out(telling: Telling) -> Message | None:
    """The agenda; who comes to the meeting can answer under it."""
    meeting = await _meeting(telling, "secretariat", "member", "orientation")
    if meeting is None or meeting.state != "planned" or meeting.agenda_ready is None:
        return None
    lines = [*_again(telling), *await agenda(telling.tx, telling.guide, meeting, telling.now)]
    if await _meeting(telling, "secretariat", "member") is None:
        return Message(lines)
    replied = await meetings.replies(telling.tx, telling.guide.community.id, meeting.id)
    rows = (buttons_of(meeting),)
    return Message(lines, rows if telling.person.id in replied else ((reply_row(meeting)), *rows))


def _again(telling: Telling) -> list[Text]:
    """Before a paper that its reader has had before, as it was then."""
    # NOTE: Above an agenda or minutes that were sent before and have changed since.
    return [say("✏️ As it is now:")] if telling.content.get("again") else []


async def minutes_out(telling: Telling) -> Message | None:
    meeting = await _meeting(telling, "secretariat", "member", "orientation")
    if meeting is None or meeting.minutes_ready is None:
        return None
    lines = [*_again(telling), *await minutes(telling.tx, telling.guide, meeting)]
    return Message(lines, ((home(),),))


KINDS: Mapping[str, Tell] = {
    **tasks.KINDS,
    "meeting_invited": invited,
    "meeting_tomorrow": tomorrow,
    "meeting_moved": moved,
    "meeting_cancelled": cancelled,
    "meeting_write": write,
    "meeting_missing": missing,
    "meeting_late": late,
    "meeting_agenda": agenda_out,
    "meeting_minutes": minutes_out,
}
