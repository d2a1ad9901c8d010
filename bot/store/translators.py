"""Rows of translators: who agreed to be asked for texts of activities, by language."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.store.activity_tables import translators
from bot.store.database import Tx, insert


async def languages_of(tx: Tx, community: str, person: int) -> frozenset[str]:
    """The languages that a person translates into."""
    rows = await tx.execute(
        select(translators.c.language).where(translators.c.community == community, translators.c.person == person)
    )
    return frozenset(row.language for row in rows)


async def of_language(tx: Tx, community: str, language: str) -> tuple[int, ...]:
    """Those who translate into a language."""
    rows = await tx.execute(
        select(translators.c.person)
        .where(translators.c.community == community, translators.c.language == language)
        .order_by(translators.c.person)
    )
    return tuple(row.person for row in rows)


async def set_language(tx: Tx, community: str, person: int, language: str, *, yes: bool) -> None:
    """The person translates into the language from now on, or no more."""
    if yes:
        row = {"community": community, "person": person, "language": language}
        await tx.execute(insert(translators, tx).values(row).on_conflict_do_nothing())
        return
    await tx.execute(
        delete(translators).where(
            translators.c.community == community,
            translators.c.person == person,
            translators.c.language == language,
        )
    )
