"""Rows of people: found by a keyed hash of their chat, with what they told us encrypted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, select, update

from bot.core.model import Person, PersonState
from bot.store.case_tables import cases
from bot.store.database import Database, Tx, insert
from bot.store.tables import people

_COLUMNS = (
    people.c.id,
    people.c.community,
    people.c.chat,
    people.c.language,
    people.c.place,
    people.c.roles,
    people.c.state,
    people.c.step,
    people.c.asked,
    exists()
    .where(cases.c.person == people.c.id, cases.c.closed_at.is_(None), cases.c.organisation == "")
    .label("has_case"),
)
# Built once: what a statement costs is mostly its building.
_BY_HASH = select(*_COLUMNS).where(
    people.c.community == bindparam("community"), people.c.chat_hash.in_(bindparam("hashes", expanding=True))
)


async def by_chats(tx: Tx, database: Database, community: str, chats: Iterable[int]) -> dict[int, Person]:
    """Those of the chats whose person is remembered."""
    hashes = [database.keys.fingerprint(f"chat {chat}") for chat in chats]
    rows = await tx.execute(_BY_HASH, {"community": community, "hashes": hashes})
    return {row.chat: _person(row) for row in rows}


async def by_chat(tx: Tx, database: Database, community: str, chat: int) -> Person | None:
    return (await by_chats(tx, database, community, (chat,))).get(chat)


async def by_ids(tx: Tx, community: str, ids: Iterable[int]) -> dict[int, Person]:
    rows = await tx.execute(select(*_COLUMNS).where(people.c.community == community, people.c.id.in_(list(ids))))
    return {row.id: _person(row) for row in rows}


async def with_role(tx: Tx, community: str, role: str) -> tuple[Person, ...]:
    """Everyone who has the role, oldest first. Roles are few: they are read and sifted here."""
    return tuple(person for person in await with_any_role(tx, community) if role in person.roles)


async def with_any_role(tx: Tx, community: str) -> tuple[Person, ...]:
    """Everyone who has a role, oldest first."""
    rows = await tx.execute(
        select(*_COLUMNS).where(people.c.community == community, people.c.roles != "").order_by(people.c.id)
    )
    return tuple(map(_person, rows))


async def add(
    tx: Tx, database: Database, community: str, chat: int, language: str, consent: str, now: datetime
) -> Person:
    """Remembers a person who said yes to the text `consent`; the second time changes nothing but the language."""
    row = {
        "community": community,
        "chat_hash": database.keys.fingerprint(f"chat {chat}"),
        "chat": chat,
        "language": language,
        "roles": "",
        "state": "active",
        "consent": consent,
        "consented_at": now,
    }
    await tx.execute(
        insert(people, tx)
        .values(row)
        .on_conflict_do_update(index_elements=["community", "chat_hash"], set_={"language": language})
    )
    person = await by_chat(tx, database, community, chat)
    assert person is not None
    return person


async def set_language(tx: Tx, community: str, person: int, language: str) -> None:
    await _set(tx, community, person, language=language)


async def set_place(tx: Tx, database: Database, community: str, person: int, place: str) -> None:
    await _set(tx, community, person, place=place, place_hash=database.keys.fingerprint(f"place {place}"))


async def set_state(tx: Tx, community: str, person: int, state: PersonState) -> None:
    await _set(tx, community, person, state=state)


async def set_roles(tx: Tx, community: str, person: int, roles: Sequence[str]) -> None:
    await _set(tx, community, person, roles=",".join(sorted(roles)))


async def set_step(tx: Tx, community: str, person: int, step: Mapping[str, object] | None) -> None:
    """Where a conversation stands that needs more than its buttons carry; None ends it."""
    await _set(tx, community, person, step=None if step is None else dict(step))


async def keep_asked(tx: Tx, community: str, asked: Mapping[int, Mapping[str, object]]) -> None:
    """The last questions of these persons, for what may follow: "and on Sunday?"."""
    await tx.execute(
        update(people)
        .where(people.c.community == community, people.c.id == bindparam("whose"))
        .values(asked=bindparam("asked")),
        [{"whose": person, "asked": dict(question)} for person, question in asked.items()],
    )


async def erase(tx: Tx, community: str, person: int) -> None:
    """Forgets the person: every row of theirs goes with them (foreign keys cascade)."""
    await tx.execute(delete(people).where(people.c.community == community, people.c.id == person))


async def language_of(tx: Tx, community: str, person: int) -> str:
    """The language the person is spoken to in."""
    found: str | None = await tx.scalar(
        select(people.c.language).where(people.c.community == community, people.c.id == person)
    )
    return found or "en"


async def everything(tx: Tx, community: str, person: int) -> Mapping[str, Any]:
    """The person's own row, decrypted, for /mydata."""
    row = (await tx.execute(select(people).where(people.c.community == community, people.c.id == person))).one()
    return {name: value for name, value in row._mapping.items() if not name.endswith("_hash")}


async def _set(tx: Tx, community: str, person: int, **values: Any) -> None:
    await tx.execute(update(people).where(people.c.community == community, people.c.id == person).values(**values))


def _person(row: Any) -> Person:
    return Person(
        row.id,
        row.community,
        row.chat,
        row.language,
        row.place,
        frozenset(filter(None, row.roles.split(","))),
        row.state,
        row.step,
        row.asked,
        bool(row.has_case),
    )
