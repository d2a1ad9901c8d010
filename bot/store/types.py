"""Column types that keep times in UTC and encrypt what tells a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import orjson
from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.store.keys import Keys

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A number the database gives. SQLite only counts by itself in a column called INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 in UTC: the same in every engine, and quick to compare."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return (value - _EPOCH) // _MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Reads a moment; not `process_result_value`, whose detour doubles what a row of a thousand costs."""
        return lambda value: None if value is None else _EPOCH + timedelta(microseconds=value)


_PARSERS: dict[str, Callable[[str], Any]] = {"text": str, "int": int, "json": orjson.loads}


class Encrypted(TypeDecorator[Any]):
    """A value kept as AES-GCM ciphertext; `place` (table.column) is bound to it, so it cannot be moved elsewhere.

    The keys hang on the engine's dialect (`bot.store.database`), so two databases may have different ones.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str, form: Literal["text", "int", "json"] = "text") -> None:
        super().__init__()
        self.place = place
        self.form = form

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        keys: Keys = dialect.brobot_keys  # type: ignore[attr-defined] # put there by bot.store.database
        place, form = self.place, self.form

        def seal(value: Any) -> bytes | None:
            if value is None:
                return None
            plain = json.dumps(value, ensure_ascii=False) if form == "json" else str(value)
            return keys.seal(plain.encode(), place)

        return seal

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        keys: Keys = dialect.brobot_keys  # type: ignore[attr-defined] # put there by bot.store.database
        place, form = self.place, self.form
        parse = _PARSERS[form]
        return lambda value: None if value is None else parse(keys.open(bytes(value), place).decode())

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        raise TypeError(f"{self.place} is encrypted and cannot be compared; compare its keyed hash")
