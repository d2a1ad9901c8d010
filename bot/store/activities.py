"""Rows of activities: what a pack says, what was changed in chat (field by field, which wins), and their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, or_, select, update

from bot.core.activity_record import FIELDS, read_activity, record_of
from bot.core.model import Activity, ActivityText
from bot.store.database import Tx, insert
from bot.store.tables import activities, activity_texts

IN_COLUMNS = ("organisation", "place", "capacity")


async def save_activity(tx: Tx, community: str, activity: Activity, origin: str = "pack") -> int:
    """Adds or changes the activity of this id and gives its number, as its origin (a pack, a feed, a sheet) says it.

    What was changed in chat stands beside it (`edited`) and wins; so does a text written by hand, and a cancellation.
    """
    row = {"community": community, "id": activity.id, "origin": origin, **_row(record_of(activity))}
    taken = ("organisation", "place", "record", "capacity", *(("origin",) if origin.startswith("feed/") else ()))
    number: int = await tx.scalar(
        insert(activities, tx)
        .values(**row, state=activity.state)
        .on_conflict_do_update(
            index_elements=["community", "id"],
            set_={
                **{name: row[name] for name in taken},
                "state": case((activities.c.state == "withdrawn", "on"), else_=activities.c.state),
            },
        )
        .returning(activities.c.number)
    )
    for language, said in activity.texts.items():
        await _save_text(tx, community, number, language, said)
    return number


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of their own, and the rest in the record."""
    return {
        **{name: record[name] for name in IN_COLUMNS},
        "record": {name: value for name, value in record.items() if name not in IN_COLUMNS},
    }


async def _save_text(tx: Tx, community: str, number: int, language: str, said: ActivityText) -> None:
    """A pack's text; one that was outdated by a change in chat stays so until its words are others."""
    row = {"title": said.title, "about": said.about, "state": said.state}
    other = or_(activity_texts.c.title != said.title, activity_texts.c.about != said.about)
    await tx.execute(
        insert(activity_texts, tx)
        .values(community=community, activity=number, language=language, **row)
        .on_conflict_do_update(
            index_elements=["activity", "language"],
            set_={**row, "stale": case((other, False), else_=activity_texts.c.stale)},
            where=activity_texts.c.by_hand.is_(False),
        )
    )


async def add_in_chat(tx: Tx, community: str, activity: Activity, now: datetime) -> int:
    """Adds what was made in chat under its id, or gives the number it has: the same form sent twice adds one."""
    row = {"community": community, "id": activity.id, **_row(record_of(activity))}
    await tx.execute(
        insert(activities, tx)
        .values(**row, state="on", origin="chat", confirmed=now)
        .on_conflict_do_nothing(index_elements=["community", "id"])
    )
    number = await tx.scalar(
        select(activities.c.number).where(activities.c.community == community, activities.c.id == activity.id)
    )
    assert number is not None
    return int(number)


async def edit(tx: Tx, community: str, number: int, values: Mapping[str, Any]) -> None:
    """Keeps what was changed in chat: these fields of FIELDS, over whatever the pack says of them."""
    assert set(values) <= set(FIELDS), values
    edited = await tx.scalar(_of(select(activities.c.edited), community, number))
    await _set(tx, community, number, edited={**(edited or {}), **values})


async def set_text(
    tx: Tx, community: str, number: int, language: str, title: str, about: str, *, outdates: bool = False
) -> None:
    """A text written in chat; where it is the original, it `outdates` the others."""
    row = {"title": title, "about": about, "state": "human", "by_hand": True, "stale": False}
    await tx.execute(
        insert(activity_texts, tx)
        .values(community=community, activity=number, language=language, **row)
        .on_conflict_do_update(index_elements=["activity", "language"], set_=row)
    )
    if outdates:
        await tx.execute(
            update(activity_texts)
            .where(
                activity_texts.c.community == community,
                activity_texts.c.activity == number,
                activity_texts.c.language != language,
            )
            .values(stale=True)
        )
    await _set(tx, community, number)


async def drop_text(tx: Tx, community: str, number: int, language: str) -> None:
    await tx.execute(
        delete(activity_texts).where(
            activity_texts.c.community == community,
            activity_texts.c.activity == number,
            activity_texts.c.language == language,
        )
    )


async def set_state(tx: Tx, community: str, number: int, state: str) -> None:
    """`on`, `cancelled` or `paused`; calendars are told by a higher sequence."""
    await _set(tx, community, number, state=state)


async def confirm(tx: Tx, community: str, numbers: Iterable[int], now: datetime) -> None:
    """Somebody says that all of it is right; what was paused for silence is on again."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number.in_(list(numbers)))
        .values(
            confirmed=now,
            asked_since=None,
            state=case((activities.c.state == "paused", "on"), else_=activities.c.state),
        )
    )


async def set_asked(tx: Tx, community: str, number: int, now: datetime) -> None:
    """The contact person was asked whether it is still right."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number == number)
        .values(asked_since=now)
    )


async def asked_since(tx: Tx, community: str) -> dict[int, datetime]:
    """Since when each activity's contact person is silent."""
    rows = await tx.execute(
        select(activities.c.number, activities.c.asked_since).where(
            activities.c.community == community, activities.c.asked_since.is_not(None)
        )
    )
    return {row.number: row.asked_since for row in rows}


async def meet_new(tx: Tx, community: str, now: datetime) -> None:
    """What nobody has confirmed yet counts from the day on which we first saw it."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.confirmed.is_(None))
        .values(confirmed=now)
    )


async def see_new(tx: Tx, community: str, now: datetime) -> None:
    """What was not there before is new from now on."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.first_seen.is_(None))
        .values(first_seen=now)
    )


async def seen_since(tx: Tx, community: str, since: datetime, until: datetime) -> frozenset[int]:
    """The activities that came after `since`, up to and with `until`."""
    rows = await tx.execute(
        select(activities.c.number).where(
            activities.c.community == community, activities.c.first_seen > since, activities.c.first_seen <= until
        )
    )
    return frozenset(rows.scalars())


async def set_media(tx: Tx, community: str, number: int, **files: Any) -> None:
    """Telegram's names of the photo, or of the voices by language."""
    await _set(tx, community, number, **files)


async def _set(tx: Tx, community: str, number: int, **values: Any) -> None:
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number == number)
        .values(sequence=activities.c.sequence + 1, **values)
    )


async def load_activities(tx: Tx, community: str) -> dict[int, Activity]:
    """All activities of the community by number, with their texts."""
    texts: dict[int, dict[str, ActivityText]] = {}
    for row in await tx.execute(select(activity_texts).where(activity_texts.c.community == community)):
        texts.setdefault(row.activity, {})[row.language] = _text(row)
    rows = await tx.execute(select(activities).where(activities.c.community == community).order_by(activities.c.number))
    return {row.number: _activity(row, texts.get(row.number, {})) for row in rows}


async def load_one(tx: Tx, community: str, number: int) -> Activity | None:
    """The activity as it is in this transaction, with its texts."""
    texts = {
        row.language: _text(row)
        for row in await tx.execute(
            select(activity_texts).where(activity_texts.c.community == community, activity_texts.c.activity == number)
        )
    }
    row = (await tx.execute(_of(select(activities), community, number))).first()
    return None if row is None else _activity(row, texts)


async def withdraw_missing(tx: Tx, community: str, kept: Iterable[str]) -> None:
    """Withdraws activities that the pack no longer holds: they count as cancelled, and sign-ups keep their rows.

    What did not come from a pack is none of its business.
    """
    await tx.execute(
        update(activities)
        .where(
            activities.c.community == community,
            activities.c.state.in_(("on", "paused")),
            activities.c.origin == "pack",
            activities.c.id.not_in(list(kept)),
        )
        .values(state="withdrawn", sequence=activities.c.sequence + 1)
    )


def _text(row: Any) -> ActivityText:
    return ActivityText(row.title, row.about, "outdated" if row.stale else row.state)


def _of(query: Any, community: str, number: int) -> Any:
    return query.where(activities.c.community == community, activities.c.number == number)


def _activity(row: Any, texts: Mapping[str, ActivityText]) -> Activity:
    record = {**row.record, **{name: getattr(row, name) for name in IN_COLUMNS}, **(row.edited or {})}
    return replace(
        read_activity(row.number, row.id, row.community, record, texts),
        state=row.state if row.state in ("on", "paused") else "cancelled",
        sequence=row.sequence,
        confirmed=row.confirmed,
        photo=row.photo or "",
        voices=row.voices or {},
    )
