"""Rows of saved answers: what the team often answers, written once in each language, with the state of each text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, select, update

from bot.store.case_tables import saved_answer_texts, saved_answers
from bot.store.database import Tx, insert

TextState = Literal["human", "draft", "outdated"]
"""By a person who speaks the language; not read by one yet; older than a change of another language's text."""


@dataclass(frozen=True, slots=True)
class SavedText:
    """A saved answer in one language."""

    text: str
    state: TextState = "human"


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer by a natural key: `names` what it is called by language, at least in one; its texts by language."""

    key: str
    names: Mapping[str, str]
    texts: Mapping[str, SavedText]


@dataclass(frozen=True, slots=True)
class SavedAnswer(NewAnswer):
    """The same as it is kept, with its number."""

    id: int = 0


async def all_of(tx: Tx, community: str) -> tuple[SavedAnswer, ...]:
    """Every answer that was not removed, the oldest first."""
    texts: dict[int, dict[str, SavedText]] = {}
    for row in await tx.execute(select(saved_answer_texts).where(saved_answer_texts.c.community == community)):
        texts.setdefault(row.answer, {})[row.language] = SavedText(row.text, row.state)
    rows = await tx.execute(
        select(saved_answers)
        .where(saved_answers.c.community == community, saved_answers.c.removed.is_(False))
        .order_by(saved_answers.c.id)
    )
    return tuple(SavedAnswer(row.key, row.name, texts.get(row.id, {}), row.id) for row in rows)


async def one(tx: Tx, community: str, number: int) -> SavedAnswer | None:
    """One answer; None for one that was removed, or never was."""
    return next((each for each in await all_of(tx, community) if each.id == number), None)


async def keys(tx: Tx, community: str) -> frozenset[str]:
    """The keys of all answers that there are or were: what was removed does not come back."""
    rows = await tx.execute(select(saved_answers.c.key).where(saved_answers.c.community == community))
    return frozenset(row.key for row in rows)


async def add(tx: Tx, community: str, answers: Iterable[NewAnswer]) -> None:
    """Keeps new answers; one whose key there is or was stays as it is."""
    for each in answers:
        number = await tx.scalar(
            insert(saved_answers, tx)
            .values(community=community, key=each.key, name=dict(each.names))
            .on_conflict_do_nothing(index_elements=["community", "key"])
            .returning(saved_answers.c.id)
        )
        if number is not None:
            for language, said in each.texts.items():
                await _put(tx, community, number, language, said)


async def rename(tx: Tx, community: str, number: int, names: Mapping[str, str]) -> None:
    await tx.execute(
        update(saved_answers)
        .where(saved_answers.c.community == community, saved_answers.c.id == number)
        .values(name=dict(names))
    )


async def set_text(tx: Tx, community: str, answer: SavedAnswer, language: str, text: str) -> None:
    """What a person wrote in a language. Where it says something else than before, the other languages are outdated."""
    before = answer.texts.get(language)
    if before is not None and before.text != text:
        await tx.execute(
            update(saved_answer_texts)
            .where(saved_answer_texts.c.community == community, saved_answer_texts.c.answer == answer.id)
            .values(state="outdated")
        )
    await _put(tx, community, answer.id, language, SavedText(text))


async def _put(tx: Tx, community: str, number: int, language: str, said: SavedText) -> None:
    row = {"text": said.text, "state": said.state}
    await tx.execute(
        insert(saved_answer_texts, tx)
        .values(community=community, answer=number, language=language, **row)
        .on_conflict_do_update(index_elements=["answer", "language"], set_=row)
    )


async def remove(tx: Tx, community: str, number: int) -> None:
    """Its words are deleted; its key stays, so that a shipped one does not come back."""
    mine = (saved_answer_texts.c.community == community, saved_answer_texts.c.answer == number)
    await tx.execute(delete(saved_answer_texts).where(*mine))
    await tx.execute(
        update(saved_answers)
        .where(saved_answers.c.community == community, saved_answers.c.id == number)
        .values(removed=True, name={})
    )
