"""Rows of colleagues, who coordinate, and of the invitations by which they come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.store.case_tables import colleagues, invitations
from bot.store.database import Tx, insert
from bot.store.tables import people


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role. `name` is how the others see them; empty for who came in before names were kept."""

    person: int
    name: str
    roles: frozenset[str]


async def all_of(tx: Tx, community: str) -> tuple[Colleague, ...]:
    """Everyone with a role, who came first first."""
    names = select(people.c.id, people.c.roles, colleagues.c.name).outerjoin(
        colleagues, (colleagues.c.person == people.c.id) & (colleagues.c.community == people.c.community)
    )
    rows = await tx.execute(names.where(people.c.community == community, people.c.roles != "").order_by(people.c.id))
    return tuple(Colleague(row.id, row.name or "", frozenset(filter(None, row.roles.split(",")))) for row in rows)


async def name_of(tx: Tx, community: str, person: int) -> str:
    """How the others see this colleague; empty for who has no name here."""
    found = await tx.scalar(
        select(colleagues.c.name).where(colleagues.c.community == community, colleagues.c.person == person)
    )
    return found or ""


async def add(tx: Tx, community: str, person: int, name: str, now: datetime) -> None:
    """Keeps the name; the newest counts."""
    await tx.execute(
        insert(colleagues, tx)
        .values(community=community, person=person, name=name, since=now)
        .on_conflict_do_update(index_elements=["community", "person"], set_={"name": name})
    )


async def remove(tx: Tx, community: str, person: int) -> None:
    """Takes the name, and every invitation of theirs that nobody has used."""
    await tx.execute(delete(colleagues).where(colleagues.c.community == community, colleagues.c.person == person))
    await tx.execute(delete(invitations).where(*_unused(community), invitations.c.made_by == person))


async def invite(tx: Tx, community: str, token_hash: bytes, role: str, expires_at: datetime, by: int | None) -> None:
    row = {"role": role, "expires_at": expires_at, "made_by": by}
    await tx.execute(invitations.insert().values(community=community, token_hash=token_hash, **row))


async def use_invitation(tx: Tx, community: str, token_hash: bytes, person: int, now: datetime) -> str | None:
    """The role that the invitation gives this person; the second use by the same person gives it again."""
    row = (
        await tx.execute(
            update(invitations)
            .where(
                invitations.c.community == community,
                invitations.c.token_hash == token_hash,
                invitations.c.expires_at > now,
                func.coalesce(invitations.c.used_by, person) == person,
            )
            .values(used_by=person)
            .returning(invitations.c.role)
        )
    ).first()
    return None if row is None else str(row.role)


async def unused(tx: Tx, community: str, now: datetime) -> int:
    """How many invitations are out that still work."""
    return (
        await tx.scalar(
            select(func.count()).select_from(invitations).where(*_unused(community), invitations.c.expires_at > now)
        )
        or 0
    )


async def take_back(tx: Tx, community: str, token_hash: bytes | None = None) -> None:
    """An invitation that nobody has used works no more; without its hash, none does."""
    query = delete(invitations).where(*_unused(community))
    await tx.execute(query if token_hash is None else query.where(invitations.c.token_hash == token_hash))


async def spend(tx: Tx, community: str, person: int) -> None:
    """The invitations this person came in by work no more: who was removed does not come back by an old link."""
    await tx.execute(delete(invitations).where(invitations.c.community == community, invitations.c.used_by == person))


async def forget_before(tx: Tx, community: str, now: datetime) -> int:
    """Deletes invitations that have expired; gives how many."""
    done = await tx.execute(
        delete(invitations).where(invitations.c.community == community, invitations.c.expires_at < now)
    )
    return done.rowcount


def _unused(community: str) -> tuple[ColumnElement[bool], ...]:
    return invitations.c.community == community, invitations.c.used_by.is_(None)
