"""What happens to meetings by itself: asked to, papers reminded of, sent and chased; mandates announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.meetings.model import Charter, Meeting
from bot.core.meetings.standing import Memberships
from bot.core.meetings.steps import Step, due, paper_of, past
from bot.core.rights import represents
from bot.core.schedule import local_day, moment
from bot.guide import Guide
from bot.meetings.audience import EVERYBODY, MEMBERS, key_of, tell, those, writers
from bot.meetings.papers import send_agenda, send_minutes
from bot.meetings.planning import follow_rule, keep
from bot.services import Services
from bot.store import charters, meetings
from bot.store.charters import Plan
from bot.store.database import Tx

MANDATE_BEFORE = timedelta(days=60)
"""How long before its end a mandate is announced: a meeting to talk about it lies between."""


async def tick(services: Services, now: datetime) -> None:
    """Everything of the network that is due at `now`; a second call finds nothing."""
    guide = services.guide
    if guide.charter is None:
        return
    async with services.database.read() as tx:
        plan = await charters.plan_of(tx, guide.community.id)
        ripe = await meetings.due(tx, guide.community.id, now)
    if plan is not None and (plan.planned != str(local_day(now)) or (plan.wakes is not None and plan.wakes <= now)):
        await _look_ahead(services, guide.charter, now)
    for number in ripe:
        async with services.database.write() as tx:
            meeting = await meetings.held(tx, guide.community.id, number)
            if meeting is not None:
                await _wake(tx, guide, guide.charter, meeting, now)
    if ripe:
        services.hurry.set()


async def _wake(tx: Tx, guide: Guide, charter: Charter, meeting: Meeting, now: datetime) -> None:
    for step in due(meeting, charter, now):
        meeting = await _do(tx, guide, meeting, step, now)
    await keep(tx, guide, replace(meeting, done=meeting.done | past(meeting, charter, now)), now)


async def _do(tx: Tx, guide: Guide, meeting: Meeting, step: Step, now: datetime) -> Meeting:
    """One step; gives the meeting as it is afterwards."""
    community, paper = guide.community.id, paper_of(step.kind)
    content = {"meeting": meeting.id, "paper": paper, "sequence": meeting.sequence}
    key = key_of(meeting, step.name)
    if step.kind == "invite":
        whom = await those(tx, guide, now, MEMBERS, meeting)
        await tell(tx, community, whom, "meeting_invited", key, now, content, too_late=meeting.start)
    elif step.kind == "reminder":
        replied = await meetings.replies(tx, community, meeting.id)
        away = {each.person for each in replied.values() if each.reply != "yes"}
        whom = [each for each in await those(tx, guide, now, ("member",), meeting) if each.id not in away]
        await tell(tx, community, whom, "meeting_tomorrow", key, now, content, too_late=meeting.start)
    elif step.kind in ("agenda", "minutes"):
        ready = meeting.agenda_ready if paper == "agenda" else meeting.minutes_ready
        if ready is not None:
            return await (send_agenda if paper == "agenda" else send_minutes)(tx, guide, meeting, now)
        await _chase(tx, guide, key, content, now)
        whom = await those(tx, guide, now, ("member",) if meeting.parties else ("member", "orientation"), meeting)
        await tell(tx, community, whom, "meeting_late", key, now, content)
    elif step.kind in ("agenda_late", "minutes_late"):
        await _chase(tx, guide, key, content, now)
    else:
        await tell(tx, community, await writers(tx, guide), "meeting_write", key, now, content)
    return meeting


async def _chase(tx: Tx, guide: Guide, key: str, content: dict[str, object], now: datetime) -> None:
    """A paper that should be there is not: its writers hear of it, and the coordinators too."""
    whom = await writers(tx, guide, all_who_run=True)
    await tell(tx, guide.community.id, whom, "meeting_missing", key, now, content)


async def _look_ahead(services: Services, charter: Charter, now: datetime) -> None:
    """Once a day, and when the charter was changed: plans what the rule gives, announces mandates that end."""
    guide = services.guide
    async with services.database.write() as tx:
        await follow_rule(tx, guide, charter, now)
        plan = await charters.plan_of(tx, guide.community.id)
        announced = set(plan.announced) if plan else set()
        ends = mandates(charter, guide.memberships, local_day(now))
        for whose, end in ends:
            if _announced_at(charter, end) <= now and _name(whose, end) not in announced:
                await _announce(tx, guide, whose, end, now)
                announced.add(_name(whose, end))
        to_come = [_announced_at(charter, end) for whose, end in ends if _name(whose, end) not in announced]
        current = {_name(whose, end) for whose, end in ends}
        kept = Plan(str(local_day(now)), min(to_come, default=None), tuple(sorted(announced & current)))
        await charters.keep_plan(tx, guide.community.id, kept)
    services.hurry.set()


def mandates(charter: Charter, known: Memberships, today: date) -> list[tuple[str, date]]:
    """Whose mandate ends when: that of the network (""), and those of organisations that belong to it."""
    ends = [(each.organisation, each.mandate_until) for each in known.values() if each.holds(today)]
    return [(whose, end) for whose, end in [("", charter.revise_by), *ends] if end is not None and end >= today]


def _announced_at(charter: Charter, end: date) -> datetime:
    return moment(end - MANDATE_BEFORE, charter.hour)


def _name(whose: str, end: date) -> str:
    return f"{whose}/{end}"


async def _announce(tx: Tx, guide: Guide, whose: str, end: date, now: datetime) -> None:
    """The network's own mandate is everybody's business; an organisation's its own, and that of who runs meetings."""
    everybody = await those(tx, guide, now, EVERYBODY)
    run = await writers(tx, guide, all_who_run=True)
    concerned = [each for each in everybody if not whose or whose in represents(each)]
    whom = [*concerned, *(each for each in run if each not in concerned)]
    content = {"whose": whose, "end": end.isoformat()}
    await tell(tx, guide.community.id, whom, "meeting_mandate", f"mandate/{_name(whose, end)}", now, content)
