"""What was agreed on at meetings and is not done: the list, and “done” by whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases import not_yours
from bot.core.meetings.model import Meeting, Outcome
from bot.core.model import Reader
from bot.core.say import Button, Message, Text, label, say
from bot.core.schedule import local_day
from bot.meetings.minutes_desk import ask_due
from bot.meetings.papers import ask_after
from bot.meetings.words import action_line, gone, home, runs, stands
from bot.services import Services
from bot.store import meeting_papers, meetings
from bot.store.database import Tx

AT_ONCE = 8


async def overview(services: Services, reader: Reader, now: datetime, note: Text | None = None) -> Message:
    """Every open action, the soonest first; one's own have a button, and to who runs meetings all."""
    stand = stands(services.guide, reader, local_day(now))
    if stand is None or reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        found = [
            each
            for each in await meeting_papers.open_actions(tx, services.community)
            if await _is_out(tx, services, each) and (stand != "orientation" or each.person == reader.person.id)
        ]
    # NOTE: Head of a list of what was agreed on at meetings and is not done.
    lines: list[Text | str] = [*((note, "") if note else ()), say("📌 <b>Open actions</b>")]
    lines += [action_line(each) for each in found[:AT_ONCE]]
    if not found:
        # NOTE: Where a list of open actions is empty.
        lines.append(say("Nothing is open."))
    may_all = runs(services.guide, reader) is None
    mine = [each for each in found[:AT_ONCE] if may_all or each.person == reader.person.id]
    rows = [
        # NOTE: Button, something that was agreed on is done: {text} its first words.
        (Button(label("✅ {text}", text=each.text[:24]), f"Md:{each.id}:d"),)
        for each in mine
    ]
    return Message(lines, (*rows, (home(),)))


async def _is_out(tx: Tx, services: Services, action: Outcome) -> bool:
    """Whether the minutes that hold it went out: before, it is only what the secretary writes."""
    meeting: Meeting | None = await meetings.one(tx, services.community, action.meeting)
    return meeting is not None and meeting.minutes_out is not None


async def answer(services: Services, reader: Reader, number: int, said: str, now: datetime) -> Message:
    """`d` is done; `l` asks for another day. By whose it is, or by who runs meetings."""
    if said == "l":
        return await ask_due(services, reader, number, now)
    async with services.database.write() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
        is_own = found is not None and reader.person is not None and found.person == reader.person.id
        if found is None or found.state == "dropped" or (not is_own and runs(services.guide, reader) is not None):
            return gone()
        await meeting_papers.set_state(tx, services.community, number, "done")
        await ask_after(tx, services.guide, replace(found, state="done"), now)
    # NOTE: After something that was agreed on at a meeting is done.
    thanks = say("✅ Thank you, that is done.")
    if stands(services.guide, reader, local_day(now)) is None:
        return Message((thanks, action_line(found)), ((home(),),))
    return await overview(services, reader, now, thanks)
