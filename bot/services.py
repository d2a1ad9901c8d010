"""What the edges are given: one frozen record, made by `bot.app`, handed to use-cases by their arguments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.core.understanding import Gazetteer, Words
from bot.guide import CurrentGuide, Guide
from bot.i18n import Catalogues, Names
from bot.settings import Settings
from bot.store.database import Database, Tx

Later = Callable[[Tx], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Services:
    """`hurry` is set when something was queued that should be said now, not at the next tick; `stirred` when a case
    changed, so that the coordinators' group is to be brought up to it.

    `asked` holds last questions until they are stored in the commit that marks their update as answered; `later` what
    else goes into that commit and nobody waits for: counts.
    `many` is set when there may be something to be sent to many; `hushed` holds announcements that were paused or
    cancelled while this process runs.
    `silenced` holds who said stop or erased themselves while this process runs: what waits for its turn is dropped.
    """

    settings: Settings
    database: Database
    catalogues: Catalogues
    names: Names
    words: Words
    towns: Gazetteer
    current: CurrentGuide
    clock: Clock
    username: str = "brobot"
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    many: asyncio.Event = field(default_factory=asyncio.Event)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    silenced: set[int] = field(default_factory=set)
    hushed: set[int] = field(default_factory=set)
    asked: dict[int, Mapping[str, object]] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)

    @property
    def community(self) -> str:
        return self.settings.community

    @property
    def guide(self) -> Guide:
        return self.current.guide
