"""Rows of programmes, of the themes somebody chose, and of who came to which session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.model import ActivityText
from bot.core.programmes.model import Attendance, Programme, Theme
from bot.store.database import Tx, insert
from bot.store.programme_tables import programmes, session_attendances, theme_choices


async def save_programmes(tx: Tx, community: str, wanted: Sequence[Programme]) -> None:
    """Replaces the community's programmes."""
    await tx.execute(delete(programmes).where(programmes.c.community == community))
    if wanted:
        rows = [{"community": community, "id": each.id, "record": _record(each)} for each in wanted]
        await tx.execute(programmes.insert(), rows)


async def load_programmes(tx: Tx, community: str) -> dict[str, Programme]:
    rows = await tx.execute(select(programmes).where(programmes.c.community == community).order_by(programmes.c.id))
    return {row.id: _programme(row.id, row.record) for row in rows}


async def chosen(tx: Tx, community: str, activity: int, person: int) -> frozenset[str]:
    """The themes of choice that the person takes in this cohort."""
    found = await tx.scalar(
        select(theme_choices.c.themes).where(
            theme_choices.c.community == community,
            theme_choices.c.activity == activity,
            theme_choices.c.person == person,
        )
    )
    return frozenset(found or ())


async def choices_of(tx: Tx, community: str, activity: int) -> dict[int, frozenset[str]]:
    """The themes of choice of everyone in this cohort who has chosen, by person."""
    rows = await tx.execute(
        select(theme_choices.c.person, theme_choices.c.themes).where(
            theme_choices.c.community == community, theme_choices.c.activity == activity
        )
    )
    return {row.person: frozenset(row.themes) for row in rows}


async def choices_by(tx: Tx, community: str, person: int) -> dict[int, frozenset[str]]:
    """What the person has chosen, by cohort."""
    rows = await tx.execute(
        select(theme_choices.c.activity, theme_choices.c.themes).where(
            theme_choices.c.community == community, theme_choices.c.person == person
        )
    )
    return {row.activity: frozenset(row.themes) for row in rows}


async def choose(tx: Tx, community: str, activity: int, person: int, themes: frozenset[str], now: datetime) -> None:
    row = {"themes": sorted(themes), "changed_at": now}
    await tx.execute(
        insert(theme_choices, tx)
        .values(community=community, activity=activity, person=person, **row)
        .on_conflict_do_update(index_elements=["activity", "person"], set_=row)
    )


async def keep(tx: Tx, community: str, wanted: Sequence[Attendance]) -> None:
    """Keeps what is known of persons and sessions; the newest counts."""
    for each in wanted:
        row = {
            "programme": each.programme,
            "theme": each.theme,
            "start": each.start,
            "minutes": each.minutes,
            "visit": each.visit,
            "came": each.came,
            "offered": each.offered,
        }
        await tx.execute(
            insert(session_attendances, tx)
            .values(community=community, activity=each.activity, day=each.day, person=each.person, **row)
            .on_conflict_do_update(index_elements=["activity", "day", "person"], set_=row)
        )


async def of_session(tx: Tx, community: str, activity: int, day: date) -> dict[int, Attendance]:
    """What is known of a session, by person; visits among them."""
    rows = await tx.execute(
        _all(community).where(session_attendances.c.activity == activity, session_attendances.c.day == day)
    )
    return {row.person: _attendance(row) for row in rows}


async def of_cohort(tx: Tx, community: str, activity: int) -> tuple[Attendance, ...]:
    rows = await tx.execute(
        _all(community).where(session_attendances.c.activity == activity).order_by(session_attendances.c.start)
    )
    return tuple(map(_attendance, rows))


async def of_person(tx: Tx, community: str, person: int, programme: str = "") -> tuple[Attendance, ...]:
    """What is known of a person, in the order of the sessions; of one programme where it is named."""
    query = _all(community).where(session_attendances.c.person == person)
    if programme:
        query = query.where(session_attendances.c.programme == programme)
    return tuple(
        map(_attendance, await tx.execute(query.order_by(session_attendances.c.start, session_attendances.c.day)))
    )


async def visits_from(tx: Tx, community: str, since: datetime) -> tuple[Attendance, ...]:
    """Planned visits from `since` on: who comes to a session that is not of their own cohort."""
    rows = await tx.execute(
        _all(community).where(
            session_attendances.c.visit.is_(True),
            session_attendances.c.start >= since,
            session_attendances.c.came.is_(None),
        )
    )
    return tuple(map(_attendance, rows))


async def not_offered(tx: Tx, community: str, since: datetime) -> tuple[Attendance, ...]:
    """Missed sessions since then whose theme was not held again yet, so that nobody was told when it is."""
    rows = await tx.execute(
        _all(community).where(
            session_attendances.c.came.is_(False),
            session_attendances.c.offered.is_(False),
            session_attendances.c.start >= since,
        )
    )
    return tuple(map(_attendance, rows))


async def set_offered(tx: Tx, community: str, person: int, programme: str, theme: str) -> None:
    await tx.execute(
        update(session_attendances)
        .where(
            session_attendances.c.community == community,
            session_attendances.c.person == person,
            session_attendances.c.programme == programme,
            session_attendances.c.theme == theme,
        )
        .values(offered=True)
    )


async def drop_visit(tx: Tx, community: str, activity: int, day: date, person: int) -> None:
    await tx.execute(
        delete(session_attendances).where(
            session_attendances.c.community == community,
            session_attendances.c.activity == activity,
            session_attendances.c.day == day,
            session_attendances.c.person == person,
            session_attendances.c.visit.is_(True),
            session_attendances.c.came.is_(None),
        )
    )


async def forget_before(tx: Tx, community: str, at: datetime) -> int:
    """Deletes what is older; gives how many rows went."""
    held = delete(session_attendances).where(
        session_attendances.c.community == community, session_attendances.c.start < at
    )
    old = delete(theme_choices).where(theme_choices.c.community == community, theme_choices.c.changed_at < at)
    return (await tx.execute(held)).rowcount + (await tx.execute(old)).rowcount


def _all(community: str) -> Any:
    return select(session_attendances).where(session_attendances.c.community == community)


def _attendance(row: Any) -> Attendance:
    return Attendance(
        row.activity,
        row.day,
        row.person,
        row.programme,
        row.theme,
        row.start,
        row.minutes,
        row.visit,
        row.came,
        row.offered,
    )


def _texts(texts: Mapping[str, ActivityText]) -> dict[str, list[str]]:
    return {language: [said.title, said.about, said.state] for language, said in texts.items()}


def _read_texts(record: Mapping[str, Any]) -> dict[str, ActivityText]:
    return {language: ActivityText(*said) for language, said in record.items()}


def _record(programme: Programme) -> dict[str, Any]:
    return {
        "texts": _texts(programme.texts),
        "source": programme.source,
        "choose": programme.choose,
        "themes": [
            {"id": each.id, "texts": _texts(each.texts), "source": each.source, "required": each.required}
            for each in programme.themes
        ],
    }


def _programme(name: str, record: Mapping[str, Any]) -> Programme:
    themes = tuple(
        Theme(each["id"], _read_texts(each["texts"]), each["source"], each["required"]) for each in record["themes"]
    )
    return Programme(name, _read_texts(record["texts"]), record["source"], themes, record["choose"])
