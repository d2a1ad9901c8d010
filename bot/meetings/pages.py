"""What everybody in the network sees: the coming meetings, one meeting, their own answer, their calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases import not_yours
from bot.core.meetings.model import Meeting, Reply
from bot.core.meetings.standing import Standing, seats_of
from bot.core.model import Person, Reader
from bot.core.rights import coordinates, represents
from bot.core.say import Button, Day, Message, Moment, Span, Text, label, say, say_many
from bot.core.schedule import local_day
from bot.core.ways_on import SETTINGS
from bot.guide import Guide
from bot.meetings.audience import MEMBERS, those
from bot.meetings.papers import agenda, agenda_goes_out, minutes
from bot.meetings.telling import propose_row, reply_row, substitute_row
from bot.meetings.words import (
    facts,
    gone,
    home,
    network_name,
    no_network,
    organisation,
    organisations,
    stands,
    title,
    to_meeting,
)
from bot.services import Services
from bot.store import meetings
from bot.store.database import Tx
from bot.store.meetings import Replied

AT_ONCE = 6
LOOK_BACK = timedelta(days=60)
REPLIES: dict[str, Reply] = {"y": "yes", "n": "no", "s": "substitute"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting, and what its reader is in it."""

    meeting: Meeting
    standing: Standing


async def find(tx: Tx, guide: Guide, reader: Reader, number: int, now: datetime) -> Seen | None:
    """The meeting, for who belongs to it; None for others, and where there is none."""
    meeting = await meetings.one(tx, guide.community.id, number)
    if meeting is None:
        return None
    stand = stands(guide, reader, local_day(now), meeting)
    return Seen(meeting, stand) if stand is not None else None


async def overview(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """The coming meetings and those whose minutes are new, with a button to each."""
    guide, today = services.guide, local_day(now)
    stand = stands(guide, reader, today)
    if guide.charter is None:
        return no_network() if coordinates(reader.person) else not_yours()
    if stand is None:
        return _former(guide, reader) if represents(reader.person) else not_yours()
    async with services.database.read() as tx:
        found = await meetings.since(tx, services.community, now - LOOK_BACK)
    mine = [each for each in found if _is_shown(guide, reader, each, now)]
    shown = mine[page * AT_ONCE : (page + 1) * AT_ONCE]
    lines: list[Text | str] = [say("🏛 <b>{network}</b>", network=network_name(guide)), *_who(guide, reader, now)]
    buttons = []
    for number, each in enumerate(shown, page * AT_ONCE + 1):
        lines += ["", _row(each, number), *_state(each, now)]
        buttons.append(Button(label("{number}", number=number), f"Mm:{each.id}"))
    if not shown:
        # NOTE: In the list of meetings of the network.
        lines += ["", say("No meeting is planned.")]
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    paging = (
        *((Button(label("◀️ Back"), f"M:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"M:{page + 1}"),) if len(mine) > (page + 1) * AT_ONCE else ()),
    )
    return Message(lines, (*rows, *((paging,) if paging else ()), *_ways(reader, stand)))


def _former(guide: Guide, reader: Reader) -> Message:
    """To who represents only organisations that are not in the network today."""
    # NOTE: To somebody of an organisation that has left the network, or comes in later: {organisations} "Fynsland".
    said = say(
        "🏛 {organisations}: not in the network at the moment.",
        organisations=organisations(guide, sorted(represents(reader.person))),
    )
    return Message((said,))


def _is_shown(guide: Guide, reader: Reader, meeting: Meeting, now: datetime) -> bool:
    """Coming meetings, and held ones whose minutes are still young; a draft only to who makes it."""
    stand = stands(guide, reader, local_day(now), meeting)
    if stand is None or (meeting.state == "draft" and stand != "secretariat"):
        return False
    if meeting.end <= now and meeting.state != "planned":
        return False
    # to the orientation level a meeting is its papers
    return stand != "orientation" or meeting.agenda_out is not None or meeting.minutes_out is not None


def _who(guide: Guide, reader: Reader, now: datetime) -> list[Text]:
    """For whom the reader sits in the network."""
    assert reader.person is not None
    today = local_day(now)
    lines: list[Text] = []
    if seats := seats_of(reader.person, guide.memberships, today):
        # NOTE: Above the meetings: the reader represents {organisations} "Fynsland" in the network.
        lines.append(say("You represent {organisations}.", organisations=organisations(guide, seats)))
    if seats := seats_of(reader.person, guide.memberships, today, "orientation"):
        # NOTE: Above the meetings: {organisations} "Røde Kors, Faaborg" is at orientation level (orienteringsniveau).
        lines.append(say("{organisations} gets agendas and minutes.", organisations=organisations(guide, seats)))
    return lines


def _row(each: Meeting, number: int) -> Text:
    # NOTE: A row of the list of meetings: {number} "1", {title} "Network meeting", {when} "Tuesday 9/2 16:30–18:30".
    return say("<b>{number}.</b> {title}, {when}", number=number, title=title(each), when=Span(each.start, each.end))


def _state(each: Meeting, now: datetime) -> list[Text]:
    """What is to be known of a meeting at a glance."""
    if each.state == "cancelled":
        return [say("❌ Cancelled")]
    if each.state == "draft":
        # NOTE: A meeting that a coordinator is making and nobody was asked to yet.
        return [say("✏️ Not planned yet")]
    if each.minutes_out is not None:
        # NOTE: State of a meeting: its minutes went out.
        return [say("📝 The minutes are out.")]
    if each.start <= now:
        # NOTE: State of a meeting that was held.
        return [say("⏳ The minutes are to come.")]
    if each.agenda_out is not None:
        # NOTE: State of a meeting: its agenda went out.
        return [say("📋 The agenda is out.")]
    return []


def _ways(reader: Reader, stand: Standing) -> tuple[tuple[Button, ...], ...]:
    """Where one goes from the list of meetings."""
    # NOTE: Button, lists what was agreed on at meetings and is not done yet.
    actions = Button(label("📌 Actions"), "MA")
    # NOTE: Button, sends a file for the phone's calendar.
    mine = (actions, Button(label("📅 Calendar"), "Mc"))
    if stand != "secretariat":
        return ((mine,) if stand == "member" else ()) + ((SETTINGS,),)
    return (
        # NOTE: “➕ A meeting”: plans one beside the fixed ones. “👥 Members”: the network's organisations.
        (Button(label("➕ A meeting"), "Mx"), Button(label("👥 Members"), "Mo:0")),
        # NOTE: “📆 Fixed days”: the rule of the fixed meetings. “✍️ Secretariat”: who writes agendas and minutes.
        (Button(label("📆 Fixed days"), "Mr"), Button(label("✍️ Secretariat"), "Ms")),
        mine,
        (Button(label("◀️ Back"), "k"),) if coordinates(reader.person) else (SETTINGS,),
    )


async def show(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """One meeting: when, where, the reader's answer, its papers, and what they may do."""
    guide = services.guide
    async with services.database.read() as tx:
        seen = await find(tx, guide, reader, number, now)
        if seen is None or (seen.meeting.state in ("draft", "dropped") and seen.standing != "secretariat"):
            return gone()
        replied = await meetings.replies(tx, services.community, number)
        whom = await those(tx, guide, now, MEMBERS, seen.meeting)
    meeting = seen.meeting
    lines: list[Text | str] = [*notes, *([""] if notes else []), *facts(guide, meeting), *_state(meeting, now)]
    if meeting.state == "planned" and meeting.start > now:
        lines.append(_papers_line(guide, meeting, now))
        lines += _own_reply(reader, replied)
    if seen.standing == "secretariat" and meeting.state != "draft":
        lines += _who_comes(guide, whom, replied, now)
    return Message(lines, _buttons(reader, seen, whom, now))


def _papers_line(guide: Guide, meeting: Meeting, now: datetime) -> Text:
    out = agenda_goes_out(guide, meeting)
    if meeting.agenda_out is not None:
        # NOTE: {day} "Tuesday 2/2": on it the agenda of a meeting went out.
        return say("📋 The agenda went out {day}.", day=Day(local_day(meeting.agenda_out)))
    if meeting.agenda_ready is not None:
        # NOTE: {when} "Tuesday 2/2 09:00": then the agenda of a meeting goes out.
        return say("📋 The agenda is ready and goes out {when}.", when=Moment(out))
    return (
        say("The agenda comes {day}.", day=Day(local_day(out)))
        if out > now
        else say("The agenda comes as soon as it is written.")
    )


def _own_reply(reader: Reader, replied: Mapping[int, Replied]) -> list[Text]:
    own = replied.get(reader.person.id) if reader.person else None
    if own is None:
        return []
    return [
        {
            # NOTE: The reader's own answer to a meeting.
            "yes": say("👍 You come."),
            # NOTE: The reader's own answer to a meeting.
            "no": say("👎 You do not come."),
            # NOTE: The reader's own answer to a meeting: somebody else of their organisation comes.
            "substitute": say("🔁 A substitute comes for you."),
        }[own.reply]
    ]


def _who_comes(guide: Guide, whom: list[Person], replied: Mapping[int, Replied], now: datetime) -> list[Text | str]:
    """Which organisations come, by the answers of who represents them today; nobody is named."""
    seats = {each.id: seats_of(each, guide.memberships, local_day(now)) for each in whom}
    lines: list[Text | str] = [""]
    for reply, head in (("yes", "👍"), ("substitute", "🔁"), ("no", "👎")):
        names = [
            organisation(guide, each)
            for person, said in replied.items()
            if said.reply == reply
            for each in seats.get(person, ())
        ]
        if names:
            # NOTE: Who comes to a meeting: {mark} 👍 come, 👎 do not, 🔁 send somebody else; {names} of organisations.
            lines.append(say("{mark} {names}", mark=head, names=", ".join(sorted(set(names)))))
    silent = sum(bool(seats[each.id]) and each.id not in replied for each in whom)
    if silent:
        # NOTE: Answers to a meeting: how many have not said whether they come.
        lines.append(say_many("❔ {n} has not answered", "❔ {n} have not answered", silent))
    return lines if len(lines) > 1 else []


def _is_asked(reader: Reader, whom: Sequence[Person]) -> bool:
    """Whether the reader is asked to the meeting; a coordinator who only runs it is not."""
    return reader.person is not None and any(each.id == reader.person.id for each in whom)


def _buttons(reader: Reader, seen: Seen, whom: Sequence[Person], now: datetime) -> tuple[tuple[Button, ...], ...]:
    meeting, coming = seen.meeting, seen.meeting.start > now and seen.meeting.state == "planned"
    rows: list[tuple[Button, ...]] = []
    if coming and _is_asked(reader, whom):
        rows += [reply_row(meeting), substitute_row(meeting), propose_row(meeting)]
    papers = (
        # NOTE: “📋 Read agenda”, “📝 Read minutes”: show what went out.
        *((Button(label("📋 Read agenda"), f"Mg:{meeting.id}"),) if meeting.agenda_out else ()),
        *((Button(label("📝 Read minutes"), f"Mh:{meeting.id}"),) if meeting.minutes_out else ()),
    )
    if papers:
        rows.append(papers)
    if seen.standing == "secretariat":
        rows += _for_secretariat(meeting, now)
    return (*rows, (home(),))


def _for_secretariat(meeting: Meeting, now: datetime) -> list[tuple[Button, ...]]:
    """What only who runs meetings may do."""
    if meeting.state == "draft":
        return [
            # NOTE: “👥 For whom”: chooses which organisations are asked. “✏️ Subject”, “📍 Place”: of a meeting.
            (Button(label("✏️ Subject"), f"Me:{meeting.id}:s"), Button(label("📍 Place"), f"Me:{meeting.id}:v")),
            (Button(label("👥 For whom"), f"Mf:{meeting.id}:0"),),
            # NOTE: “📨 Ask them”: plans the meeting and asks its members. “🗑 Throw away”: a draft is deleted.
            (
                Button(label("📨 Ask them"), f"MP:{meeting.id}", style="yes"),
                Button(label("🗑 Throw away"), f"MK:{meeting.id}:0"),
            ),
        ]
    if meeting.state != "planned":
        return []
    if meeting.start <= now:
        return [(Button(label("📝 The minutes"), f"Mv:{meeting.id}"),)]
    return [
        (Button(label("📋 The agenda"), f"Mw:{meeting.id}"), Button(label("📍 Place"), f"Me:{meeting.id}:v")),
        # NOTE: “📅 Move”: holds a meeting at another time. “❌ Cancel it”: calls it off; it is asked once more.
        (Button(label("📅 Move"), f"Mt:{meeting.id}"), Button(label("❌ Cancel it"), f"Mk:{meeting.id}", style="no")),
    ]


async def answer(services: Services, reader: Reader, number: int, said: str, now: datetime) -> Message:
    """Yes, no, or a substitute; the newest answer counts, also one from an old bubble."""
    async with services.database.write() as tx:
        seen = await find(tx, services.guide, reader, number, now)
        if seen is None or seen.standing == "orientation" or reader.person is None:
            return gone()
        meeting = seen.meeting
        if meeting.state != "planned" or meeting.start <= now:
            return Message(
                (say("❌ Cancelled") if meeting.state == "cancelled" else say("This meeting is over."),), ((home(),),)
            )
        await meetings.reply(tx, services.community, number, reader.person.id, REPLIES[said], now)
    thanks = {
        # NOTE: After an answer to a meeting.
        "y": say("👍 Thank you. You come."),
        "n": say("👎 Thank you for telling. You get the minutes."),
        # NOTE: After “a substitute comes”: the reader passes on what they get.
        "s": say("🔁 Thank you. Please pass the agenda on to who comes for you."),
    }[said]
    lines = [thanks, *facts(services.guide, meeting)]
    # NOTE: Button, an answer to a meeting can be changed.
    change = Button(label("✏️ Change it"), f"Mm:{number}")
    return Message(lines, ((Button(label("📅 Calendar"), f"Mc:{number}"), change), propose_row(meeting)))


async def read_agenda(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The agenda that went out, as it stands."""
    async with services.database.read() as tx:
        seen = await find(tx, services.guide, reader, number, now)
        if seen is None or seen.meeting.agenda_out is None:
            return gone()
        return Message(await agenda(tx, services.guide, seen.meeting, now), ((to_meeting(number), home()),))


async def read_minutes(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The minutes that went out, as they stand."""
    async with services.database.read() as tx:
        seen = await find(tx, services.guide, reader, number, now)
        if seen is None or seen.meeting.minutes_out is None:
            return gone()
        return Message(await minutes(tx, services.guide, seen.meeting), ((to_meeting(number), home()),))
