"""Rows of Let's Network: requests, volunteers, and matches from the first suggestion to the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, text, update

from bot.core.network.model import LIVE, SUGGESTED, Match, MatchState, Past, Request, Volunteer, VolunteerState
from bot.core.network.safeguarding import Safeguard
from bot.store.database import Tx, insert
from bot.store.network_tables import OPEN as OPEN_ROWS
from bot.store.network_tables import matches, requests, volunteers

Point = Callable[[str | None], tuple[float, float]]
"""Where a place lies: the guide's `point`."""

OPEN = ("waiting", "paused", "matched")
NO_AGAIN: tuple[MatchState, ...] = ("refused", "declined", "lapsed", "ended")
"""After these the two are never suggested again for the same request."""


# -- requests ---------------------------------------------------------------------------------------------------------


async def add_request(
    tx: Tx, community: str, person: int, offer: str, whom: str, details: Mapping[str, Any], now: datetime
) -> int:
    """A new request, or the person's open one of this offer with these details instead. Gives its number.

    The index is named in plain SQL: PostgreSQL knows it no more once the states are parameters of a generic plan.
    """
    row = {"details": dict(details), "changed_at": now}
    await tx.execute(
        insert(requests, tx)
        .values(community=community, person=person, offer=offer, whom=whom, state="waiting", made_at=now, **row)
        .on_conflict_do_update(
            index_elements=["community", "person", "offer", "whom"], index_where=text(OPEN_ROWS), set_=row
        )
    )
    number = await tx.scalar(
        select(requests.c.id).where(
            requests.c.community == community,
            requests.c.person == person,
            requests.c.offer == offer,
            requests.c.whom == whom,
            requests.c.state.in_(OPEN),
        )
    )
    assert number is not None
    return int(number)


async def list_requests(
    tx: Tx,
    community: str,
    point: Point,
    *,
    states: Collection[str] = OPEN,
    person: int | None = None,
    ids: Iterable[int] | None = None,
) -> tuple[Request, ...]:
    """Requests in these states, the oldest first."""
    query = select(requests).where(requests.c.community == community, requests.c.state.in_(tuple(states)))
    if person is not None:
        query = query.where(requests.c.person == person)
    if ids is not None:
        query = query.where(requests.c.id.in_(list(ids)))
    rows = await tx.execute(query.order_by(requests.c.made_at, requests.c.id))
    return tuple(_request(row, point) for row in rows)


async def one_request(tx: Tx, community: str, number: int, point: Point) -> Request | None:
    row = (await tx.execute(select(requests).where(requests.c.community == community, requests.c.id == number))).first()
    return None if row is None else _request(row, point)


async def set_request(tx: Tx, community: str, number: int, state: str, now: datetime) -> None:
    await tx.execute(
        update(requests)
        .where(requests.c.community == community, requests.c.id == number)
        .values(state=state, changed_at=now)
    )


def _request(row: Any, point: Point) -> Request:
    found = row.details
    return Request(
        row.id,
        row.person,
        row.offer,
        row.whom,
        found["band"],
        tuple(found["languages"]),
        found["free"],
        found["place"],
        point(found["place"]),
        row.made_at,
        frozenset(found["wishes"]),
        row.state,
    )


# -- volunteers -------------------------------------------------------------------------------------------------------


async def keep_volunteer(tx: Tx, community: str, person: int, details: Mapping[str, Any], now: datetime) -> None:
    """Offers themselves, or says it anew: what a coordinator decided stays, but for who was declined or removed."""
    found = await one_volunteer(tx, community, person, lambda _place: (0.0, 0.0))
    state = "new" if found is None or found.state in ("declined", "removed") else found.state
    row = {"details": dict(details), "state": state, "changed_at": now}
    await tx.execute(
        insert(volunteers, tx)
        .values(community=community, person=person, safeguard={"state": "not_needed"}, made_at=now, **row)
        .on_conflict_do_update(index_elements=["community", "person"], set_=row)
    )


async def list_volunteers(
    tx: Tx,
    community: str,
    point: Point,
    *,
    states: Collection[VolunteerState] = ("new", "approved"),
    persons: Iterable[int] | None = None,
) -> tuple[Volunteer, ...]:
    """Volunteers in these states, the oldest first, with how many they meet already."""
    query = select(volunteers).where(volunteers.c.community == community, volunteers.c.state.in_(tuple(states)))
    if persons is not None:
        query = query.where(volunteers.c.person.in_(list(persons)))
    rows = (await tx.execute(query.order_by(volunteers.c.made_at, volunteers.c.person))).all()
    busy = await tx.execute(
        select(matches.c.volunteer, func.count())
        .where(matches.c.community == community, matches.c.state.in_(LIVE))
        .group_by(matches.c.volunteer)
    )
    counts = {row[0]: int(row[1]) for row in busy}
    return tuple(_volunteer(row, point, counts.get(row.person, 0)) for row in rows)


async def one_volunteer(tx: Tx, community: str, person: int, point: Point) -> Volunteer | None:
    found = await list_volunteers(
        tx, community, point, states=("new", "approved", "declined", "removed"), persons=(person,)
    )
    return found[0] if found else None


async def set_volunteer(tx: Tx, community: str, person: int, now: datetime, **values: Any) -> None:
    """`state`, `details` or `safeguard` of a volunteer."""
    if isinstance(values.get("safeguard"), Safeguard):
        values["safeguard"] = _plain(values["safeguard"])
    await tx.execute(
        update(volunteers)
        .where(volunteers.c.community == community, volunteers.c.person == person)
        .values(changed_at=now, **values)
    )


async def details_of_volunteer(tx: Tx, community: str, person: int) -> dict[str, Any]:
    """What the volunteer said, as it is kept."""
    row = (
        await tx.execute(
            select(volunteers.c.details).where(volunteers.c.community == community, volunteers.c.person == person)
        )
    ).one()
    return dict(row.details)


def _volunteer(row: Any, point: Point, busy: int) -> Volunteer:
    found = row.details
    return Volunteer(
        person=row.person,
        offers=frozenset(found["offers"]),
        languages=tuple(found["languages"]),
        free=found["free"],
        place=found["place"],
        point=point(found["place"]),
        km=found["km"],
        since=row.made_at,
        kind=found["kind"],
        capacity=found["capacity"],
        busy=busy,
        children=found["children"],
        starts=date.fromisoformat(found["starts"]) if found.get("starts") else None,
        motivation=found.get("motivation", ""),
        state=row.state,
        safeguard=_safeguard(row.safeguard),
    )


def _safeguard(kept: Mapping[str, Any]) -> Safeguard:
    on, renew = kept.get("on"), kept.get("renew_by")
    return Safeguard(
        kept["state"],
        kept.get("by"),
        date.fromisoformat(on) if on else None,
        date.fromisoformat(renew) if renew else None,
    )


def _plain(found: Safeguard) -> dict[str, Any]:
    return {
        "state": found.state,
        "by": found.by,
        "on": found.on.isoformat() if found.on else None,
        "renew_by": found.renew_by.isoformat() if found.renew_by else None,
    }


# -- matches ----------------------------------------------------------------------------------------------------------


async def add_match(
    tx: Tx, community: str, request: Request, volunteer: int, state: MatchState, now: datetime, until: datetime | None
) -> Match | None:
    """A match of these two; None where they had one already that is not to be taken up again."""
    row: dict[str, Any] = {"state": state, "changed_at": now, "until": until, "notes": {}}
    await tx.execute(
        insert(matches, tx)
        .values(
            community=community, request=request.id, newcomer=request.person, volunteer=volunteer, made_at=now, **row
        )
        .on_conflict_do_update(
            index_elements=["community", "request", "volunteer"],
            set_=row,
            where=matches.c.state.in_(("suggested", "filled", "queued")),
        )
    )
    found = await list_matches(tx, community, request=request.id, volunteer=volunteer)
    return found[0] if found and found[0].state == state else None


async def find_match(tx: Tx, community: str, number: int) -> Match | None:
    """The match, to read."""
    row = (await tx.execute(select(matches).where(matches.c.community == community, matches.c.id == number))).first()
    return None if row is None else _match(row)


async def one_match(tx: Tx, community: str, number: int) -> Match | None:
    """The match, held until the transaction ends where several processes write."""
    row = (
        await tx.execute(
            select(matches).where(matches.c.community == community, matches.c.id == number).with_for_update()
        )
    ).first()
    return None if row is None else _match(row)


async def list_matches(
    tx: Tx,
    community: str,
    *,
    states: Collection[MatchState] | None = None,
    person: int | None = None,
    volunteer: int | None = None,
    request: int | None = None,
    due: datetime | None = None,
) -> tuple[Match, ...]:
    """Matches that fit all that is given, the oldest first."""
    query = select(matches).where(matches.c.community == community)
    if states is not None:
        query = query.where(matches.c.state.in_(tuple(states)))
    if person is not None:
        query = query.where(or_(matches.c.newcomer == person, matches.c.volunteer == person))
    if volunteer is not None:
        query = query.where(matches.c.volunteer == volunteer)
    if request is not None:
        query = query.where(matches.c.request == request)
    if due is not None:
        query = query.where(matches.c.until.is_not(None), matches.c.until <= due)
    rows = await tx.execute(query.order_by(matches.c.made_at, matches.c.id))
    return tuple(_match(row) for row in rows)


async def set_match(
    tx: Tx,
    community: str,
    match: Match,
    state: MatchState,
    now: datetime,
    until: datetime | None = None,
    **notes: object,
) -> None:
    """Moves a match on, with when it wakes by itself and what else is known of it now."""
    await tx.execute(
        update(matches)
        .where(matches.c.community == community, matches.c.id == match.id)
        .values(state=state, changed_at=now, until=until, notes={**match.notes, **notes})
    )


async def keep_apart(tx: Tx, community: str, match: int) -> None:
    """These two are never brought together again."""
    await tx.execute(update(matches).where(matches.c.community == community, matches.c.id == match).values(apart=True))


async def drop_suggestions(tx: Tx, community: str, keep: Collection[tuple[int, int]]) -> None:
    """Takes back the suggestions that no longer are the best, which nobody was told of."""
    for each in await list_matches(tx, community, states=SUGGESTED):
        if (each.request, each.volunteer) not in keep:
            await tx.execute(delete(matches).where(matches.c.id == each.id, matches.c.state == "suggested"))


async def past(tx: Tx, community: str) -> Past:
    """What has happened between people, for the rules."""
    rows = (
        await tx.execute(
            select(matches.c.request, matches.c.newcomer, matches.c.volunteer, matches.c.state, matches.c.apart).where(
                matches.c.community == community
            )
        )
    ).all()
    return Past(
        frozenset((row.request, row.volunteer) for row in rows if row.state in NO_AGAIN),
        frozenset((row.newcomer, row.volunteer) for row in rows if row.apart),
        frozenset((row.request, row.volunteer) for row in rows if row.state == "suggested"),
    )


def soonest(community: str) -> Select[datetime]:
    """The next moment at which a match wakes by itself."""
    of = select(matches.c.until).where(matches.c.community == community, matches.c.until.is_not(None))
    return of.order_by(matches.c.until).limit(1)


def _match(row: Any) -> Match:
    return Match(
        row.id,
        row.request,
        row.newcomer,
        row.volunteer,
        row.state,
        row.made_at,
        row.changed_at,
        row.until,
        row.notes,
    )
