"""Rows of announcements and their versions: written, changed, and what is to be done with them at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from bot.core.announcing.model import (
    Announcement,
    AnnouncementState,
    Version,
    audience_from,
    audience_to,
)
from bot.store.announcement_tables import announcements, versions
from bot.store.database import Tx, insert


async def add(tx: Tx, community: str, author: int, source: str, now: datetime) -> int:
    """A new draft; gives its number."""
    done = await tx.execute(
        announcements.insert()
        .values(
            community=community,
            author=author,
            state="draft",
            source=source,
            audience={},
            missing="fallback",
            urgent=False,
            late_joiners=False,
            paused=False,
            edition=1,
            made_at=now,
        )
        .returning(announcements.c.id)
    )
    return int(done.scalar_one())


async def one(tx: Tx, community: str, number: int) -> Announcement | None:
    """One announcement with its versions."""
    return next(iter(await _read(tx, announcements.c.community == community, announcements.c.id == number)), None)


async def listed(tx: Tx, community: str, limit: int, skip: int = 0) -> tuple[Announcement, ...]:
    """The newest first, those that were never begun to be written left out."""
    begun = select(versions.c.announcement).where(versions.c.announcement == announcements.c.id).exists()
    return await _read(
        tx, announcements.c.community == community, begun, order=announcements.c.id.desc(), limit=limit, skip=skip
    )


async def in_states(tx: Tx, community: str, *states: AnnouncementState) -> tuple[Announcement, ...]:
    return await _read(tx, announcements.c.community == community, announcements.c.state.in_(states))


async def awake(tx: Tx, community: str, now: datetime) -> tuple[Announcement, ...]:
    """Those with which something may happen by itself: planned, being sent, or open to late joiners."""
    return await _read(tx, *_is_awake(community, now))


def any_awake(community: str, now: datetime) -> Select[int]:
    """Their numbers."""
    return select(announcements.c.id).where(*_is_awake(community, now))


def _is_awake(community: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    late = (announcements.c.state == "sent") & announcements.c.late_joiners.is_(True) & (announcements.c.until > now)
    correcting = select(versions.c.announcement).where(
        versions.c.announcement == announcements.c.id, versions.c.corrected.is_not(None)
    )
    moving = or_(announcements.c.state.in_(("planned", "sending")), late, correcting.exists())
    return announcements.c.community == community, moving


async def change(tx: Tx, announcement: Announcement, **values: Any) -> Announcement:
    """Writes these of its fields, and counts one edition more; gives it as it is afterwards."""
    after = replace(announcement, edition=announcement.edition + 1, **values)
    await _write(tx, after, edition=after.edition, **values)
    return after


async def note(tx: Tx, announcement: Announcement, **values: Any) -> Announcement:
    """The same for what is no change to its reader: how far it has come."""
    await _write(tx, announcement, **values)
    return replace(announcement, **values)


_NAMES = {"started": "started_at", "ended": "ended_at", "offset": "offset_minutes"}


async def _write(tx: Tx, announcement: Announcement, **values: Any) -> None:
    row = {_NAMES.get(name, name): value for name, value in values.items()}
    if "audience" in row:
        row["audience"] = audience_to(values["audience"])
    if row.get("offset_minutes") is not None:
        row["offset_minutes"] = values["offset"] // timedelta(minutes=1)
    await tx.execute(
        update(announcements)
        .where(announcements.c.community == announcement.community, announcements.c.id == announcement.id)
        .values(**row)
    )


async def keep_version(tx: Tx, announcement: Announcement, version: Version) -> None:
    """Writes a version in the place of what there is in its language; its edition grows."""
    row = {
        "state": version.state,
        "content": {"texts": list(version.texts), "voice": version.voice},
        "by": version.by,
        "corrected": version.corrected,
    }
    await tx.execute(
        insert(versions, tx)
        .values(
            community=announcement.community,
            announcement=announcement.id,
            language=version.language,
            edition=version.edition,
            **row,
        )
        .on_conflict_do_update(
            index_elements=["announcement", "language"], set_={**row, "edition": versions.c.edition + 1}
        )
    )


async def drop_version(tx: Tx, announcement: Announcement, language: str) -> None:
    await tx.execute(
        delete(versions).where(
            versions.c.community == announcement.community,
            versions.c.announcement == announcement.id,
            versions.c.language == language,
        )
    )


async def note_corrected(tx: Tx, announcement: Announcement, version: Version, upto: int | None) -> None:
    """How far the delivered messages are corrected; None for all. An edition that came meanwhile begins anew."""
    await tx.execute(
        update(versions)
        .where(
            versions.c.community == announcement.community,
            versions.c.announcement == announcement.id,
            versions.c.language == version.language,
            versions.c.edition == version.edition,
        )
        .values(corrected=upto)
    )


async def next_due(tx: Tx, community: str) -> datetime | None:
    """When the next planned announcement is said."""
    found: datetime | None = await tx.scalar(
        select(func.min(announcements.c.due)).where(
            announcements.c.community == community, announcements.c.state == "planned"
        )
    )
    return found


async def forget_before(tx: Tx, community: str, ended: datetime, begun: datetime) -> int:
    """Deletes what ended before, and drafts that were begun before; gives how many. Versions and deliveries go too."""
    old = or_(announcements.c.ended_at < ended, (announcements.c.state == "draft") & (announcements.c.made_at < begun))
    done = await tx.execute(delete(announcements).where(announcements.c.community == community, old))
    return done.rowcount


async def _read(
    tx: Tx, *where: ColumnElement[bool], order: Any = None, limit: int | None = None, skip: int = 0
) -> tuple[Announcement, ...]:
    query = select(announcements).where(*where).order_by(announcements.c.id if order is None else order)
    rows = (await tx.execute(query.limit(limit).offset(skip) if limit else query)).all()
    by_number = await _versions(tx, [row.id for row in rows]) if rows else {}
    return tuple(_announcement(row, by_number.get(row.id, ())) for row in rows)


async def _versions(tx: Tx, numbers: Sequence[int]) -> dict[int, list[Version]]:
    rows = await tx.execute(select(versions).where(versions.c.announcement.in_(numbers)).order_by(versions.c.language))
    found: dict[int, list[Version]] = {}
    for row in rows:
        content = row.content
        version = Version(
            row.language, row.state, tuple(content["texts"]), content["voice"], row.by, row.edition, row.corrected
        )
        found.setdefault(row.announcement, []).append(version)
    return found


def _announcement(row: Any, found: Iterable[Version]) -> Announcement:
    return Announcement(
        id=row.id,
        community=row.community,
        author=row.author,
        state=row.state,
        source=row.source,
        made=row.made_at,
        versions={each.language: each for each in found},
        audience=audience_from(row.audience),
        photo=row.photo or "",
        missing=row.missing,
        urgent=row.urgent,
        late_joiners=row.late_joiners,
        paused=row.paused,
        edition=row.edition,
        due=row.due,
        activity=row.activity,
        day=row.day,
        offset=None if row.offset_minutes is None else timedelta(minutes=row.offset_minutes),
        until=row.until,
        queued=row.queued,
        started=row.started_at,
        ended=row.ended_at,
        bubble=row.bubble,
    )
