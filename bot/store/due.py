"""What needs something by itself, of every family of rows but what is said: one question, asked with each tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.store import announcements, cases, charters, interpreting, meetings, network, network_log, opt_ins, signups
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Pending:
    """When each family next needs something; None where it does not until somebody does something.

    `unmatched` says that Let's Network was not matched since it changed, or not today; `unplanned` that the year of
    meetings was not looked at today; `announcing` that an announcement is planned, under way or being corrected.
    """

    seat: datetime | None
    case: datetime | None
    match: datetime | None
    interpreting: datetime | None
    meeting: datetime | None
    mandate: datetime | None
    news: datetime | None
    unmatched: bool
    unplanned: bool
    announcing: bool


async def pending(tx: Tx, community: str, now: datetime, today: date) -> Pending:
    """Where the community's rows stand; `today` is the local day of `now`."""
    asked: dict[str, ColumnElement[Any]] = {
        "seat": signups.soonest(community).scalar_subquery(),
        "case": cases.soonest(community).scalar_subquery(),
        "match": network.soonest(community).scalar_subquery(),
        "interpreting": interpreting.soonest(community).scalar_subquery(),
        "meeting": meetings.soonest(community).scalar_subquery(),
        "mandate": charters.soonest(community).scalar_subquery(),
        "news": opt_ins.soonest(community, "news").scalar_subquery(),
        "unmatched": network_log.unsettled(community, today).exists(),
        "unplanned": charters.unplanned(community, today).exists(),
        "announcing": announcements.any_awake(community, now).exists(),
    }
    row = (await tx.execute(select(*(each.label(name) for name, each in asked.items())))).one()
    return Pending(**row._mapping)  # the public way to a row as a mapping
