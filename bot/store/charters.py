"""Rows of the network's charter, and of the memberships that were changed in chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, select, update

from bot.core.meetings.model import Charter, Membership, Rule
from bot.core.meetings.record import (
    charter_record,
    membership_record,
    read_charter,
    read_membership,
    read_rule,
    rule_record,
)
from bot.store.database import Tx, insert
from bot.store.meeting_tables import charters, memberships


@dataclass(frozen=True, slots=True)
class Plan:
    """How far the charter was carried out: for which day and rule meetings were planned, when it next needs something,
    which ends of mandates were announced."""

    planned: str
    wakes: datetime | None
    announced: tuple[str, ...]


async def save_charter(tx: Tx, community: str, charter: Charter | None) -> None:
    """What the pack says; None where its network is no more. What was changed in chat stays over it."""
    if charter is None:
        await tx.execute(delete(charters).where(charters.c.community == community))
        return
    record = charter_record(charter)
    await tx.execute(
        insert(charters, tx)
        .values(community=community, record=record)
        .on_conflict_do_update(index_elements=["community"], set_={"record": record, "planned": ""})
    )


async def load_charter(tx: Tx, community: str) -> Charter | None:
    """The charter as it is now: the pack's, with what was changed in chat."""
    query = select(charters.c.record, charters.c.edited).where(charters.c.community == community)
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    charter, edited = read_charter(row.record), row.edited
    if "rule" in edited:
        charter = replace(charter, rule=read_rule(edited["rule"]))
    if "revise_by" in edited:
        charter = replace(charter, revise_by=date.fromisoformat(edited["revise_by"]))
    return charter


async def change_rule(tx: Tx, community: str, rule: Rule) -> None:
    """Fixed meetings follow another rule from now on."""
    await _edit(tx, community, rule=rule_record(rule))


async def extend_mandate(tx: Tx, community: str, until: date) -> None:
    """The network's mandate was revised and holds until another day."""
    await _edit(tx, community, revise_by=until.isoformat())


async def _edit(tx: Tx, community: str, **changed: Any) -> None:
    of_community = charters.c.community == community
    edited = await tx.scalar(select(charters.c.edited).where(of_community).with_for_update()) or {}
    await tx.execute(update(charters).where(of_community).values(edited={**edited, **changed}, planned=""))


async def hold(tx: Tx, community: str) -> None:
    """Nobody else gives tasks in this network until the transaction ends (SQLite has one writer anyway)."""
    await tx.execute(select(charters.c.community).where(charters.c.community == community).with_for_update())


async def plan_of(tx: Tx, community: str) -> Plan | None:
    """How far it was carried out; None where there is no charter."""
    query = select(charters.c.planned, charters.c.wakes, charters.c.announced)
    row = (await tx.execute(query.where(charters.c.community == community))).first()
    return None if row is None else Plan(row.planned, row.wakes, tuple(row.announced))


def soonest(community: str) -> Select[datetime]:
    """When the charter next needs something: a mandate is to be announced."""
    return select(charters.c.wakes).where(charters.c.community == community)


def unplanned(community: str, today: date) -> Select[str]:
    """The charter, where it was not carried out today."""
    return select(charters.c.community).where(charters.c.community == community, charters.c.planned != str(today))


async def keep_plan(tx: Tx, community: str, plan: Plan) -> None:
    await tx.execute(
        update(charters)
        .where(charters.c.community == community)
        .values(planned=plan.planned, wakes=plan.wakes, announced=list(plan.announced))
    )


async def change_membership(tx: Tx, community: str, membership: Membership) -> None:
    """An organisation's membership as a coordinator changed it; it counts from now on, whatever the pack says."""
    record = membership_record(membership)
    await tx.execute(
        insert(memberships, tx)
        .values(community=community, organisation=membership.organisation, record=record)
        .on_conflict_do_update(index_elements=["community", "organisation"], set_={"record": record})
    )
    await tx.execute(update(charters).where(charters.c.community == community).values(planned=""))


async def changed_memberships(tx: Tx, community: str) -> tuple[Membership, ...]:
    """Those that were changed in chat."""
    rows = await tx.execute(
        select(memberships.c.record).where(memberships.c.community == community).order_by(memberships.c.organisation)
    )
    return tuple(read_membership(row.record) for row in rows)
