"""The key file: made once, closed to others, and every field bound to its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.store.case_tables import cases
from bot.store.database import Database
from bot.store.keys import KeyFault, Keys, make_keys, read_keys
from bot.store.tables import communities, people

_MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_new_key_file_is_closed_to_others_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_keys(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_keys(path)


@pytest.mark.parametrize("content", ["", "lookup", "lookup aGVq\n", "nonsense\n\n", "lookup !!\n1 !!\n"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(KeyFault, match="damaged"):
        read_keys(path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="missing"):
        read_keys(tmp_path / "key")


def test_a_key_file_that_others_can_read_is_refused_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_keys(path)
    path.chmod(0o644)
    with pytest.raises(KeyFault, match="chmod 600"):
        read_keys(path)


def test_a_sealed_value_opens_only_in_its_own_place(keys: Keys) -> None:
    sealed = keys.seal(b"Ringe", "people.place")
    assert keys.open(sealed, "people.place") == b"Ringe"
    with pytest.raises(KeyFault, match=r"cases\.question"):
        keys.open(sealed, "cases.question")


def test_the_same_value_is_sealed_differently_each_time(keys: Keys) -> None:
    assert keys.seal(b"Ringe", "people.place") != keys.seal(b"Ringe", "people.place")


def test_an_older_key_still_opens_and_the_newest_seals(keys: Keys) -> None:
    sealed = keys.seal(b"Ringe", "people.place")
    newer = Keys(keys.lookup, {**keys.ciphers, 2: next(iter(keys.ciphers.values()))}, current=2)
    assert newer.open(sealed, "people.place") == b"Ringe"
    assert newer.seal(b"x", "people.place")[0] == 2


async def test_nothing_that_tells_a_person_can_be_read_in_the_database(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(insert(communities).values(id="c", record={}, digest=""))
        row = {"community": "c", "chat_hash": b"h" * 16, "chat": 4711, "language": "ti", "place": "ringe"}
        row |= {"state": "active", "step": {"remind": "my doctor"}, "consent": "1", "consented_at": _MOMENT}
        await tx.execute(insert(people).values(row))
        person = await tx.scalar(select(people.c.id))
        await tx.execute(
            insert(cases).values(community="c", person=person, question="where is my son", opened_at=_MOMENT, key="k")
        )
    async with database.read() as tx:
        stored = [
            bytes(value)
            for query in ("SELECT chat, place, step FROM people", "SELECT question FROM cases")
            for row in await tx.execute(text(query))
            for value in row
        ]
        found = (await tx.execute(select(people.c.chat, people.c.place, people.c.step))).one()
    assert tuple(found) == (4711, "ringe", {"remind": "my doctor"})
    for secret in (b"4711", b"ringe", b"doctor", b"son"):
        assert all(secret not in value for value in stored)


def test_an_encrypted_field_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="keyed hash"):
        select(people).where(people.c.place == "ringe")
