"""What happens to cases by themselves: coordinators are reminded, and a person hears it when a promise was not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases import hearing
from bot.cases.asking import in_private
from bot.core.office import PROMISE_IS_OVER, answer_by, remind_at
from bot.services import Services
from bot.store import cases, notices
from bot.store.cases import Case, NewWords
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def remind_due(services: Services, now: datetime) -> None:
    """Calls to mind every case whose time has come. Called with each tick; a second call finds nothing."""
    async with services.database.write() as tx:
        for case in await cases.due(tx, services.community, now):
            await _remind(tx, services, case, now)
    services.hurry.set()
    services.stirred.set()


async def _remind(tx: Tx, services: Services, case: Case, now: datetime) -> None:
    """Who has it is reminded; from the promise on everybody is, and the person is told a new day and hour."""
    community, hours = services.community, services.guide.community.office_hours
    if case.waits_since is None:
        return
    reminded = case.reminded + 1
    late = reminded >= PROMISE_IS_OVER and not case.urgent
    await _tell(tx, community, case, now, everybody=case.urgent or late)
    promised = case.promised
    if late and reminded == PROMISE_IS_OVER:
        promised = answer_by(hours, now)
        sorry = NewNotice(case.person, "case_late", f"{case.id}/late{int(now.timestamp())}", now, {"case": case.id})
        await notices.add(tx, community, [sorry])
    again = remind_at(hours, case.waits_since, reminded, now, urgent=case.urgent)
    await cases.wait(tx, community, replace(case, reminded=reminded, remind_at=again, promised=promised))


async def _tell(tx: Tx, community: str, case: Case, now: datetime, *, everybody: bool) -> None:
    if not await in_private(tx, community, case):
        reminder = NewWords("clock", f"w{int(now.timestamp())}", "")
        await cases.write(tx, community, case, reminder, now)
        if not everybody:
            return
    found = await (hearing.everybody if everybody else hearing.hearers)(tx, community, case)
    those = [each for each in found if each.state == "active"]
    if case.taken_by is not None and not everybody:
        those = [each for each in those if each.id == case.taken_by] or those
    key, content = f"{case.id}/w{int(now.timestamp())}", {"case": case.id}
    wanted = [
        NewNotice(each.id, "case_waits", key, now, content, urgent=case.urgent)
        for each in those
        if each.id != case.person
    ]
    await notices.add(tx, community, wanted)
