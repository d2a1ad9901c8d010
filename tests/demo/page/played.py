"""The demo with a bot that a test plays: a real server on loopback, three people, and calls over the Bot API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from playwright.async_api import Locator, Page

from bot.demo.botapi import TOKEN, World


@dataclass
class PlayedDemo:
    """`url` is the page's address. `amina`, `mette` and `lone` are ids; `visited` every address the browser asked for;
    `complaints` what the browser's console said."""

    world: World
    url: str
    session: ClientSession
    amina: int
    mette: int
    lone: int
    page: Page
    visited: list[str]
    complaints: list[str]

    async def bot(self, method: str, **params: object) -> Any:
        """What the bot does: one call of the Bot API, over HTTP as the bot makes it."""
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            told = await answer.json()
        assert told["ok"], told
        return told["result"]

    async def updates(self, count: int = 1) -> list[dict[str, Any]]:
        """The next updates that reach the bot, at least `count`, confirmed."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            offset = found[-1]["update_id"] + 1 if found else 0
            fresh = await self.bot("getUpdates", timeout=10, offset=offset)
            assert fresh, f"the bot heard of {len(found)} of {count} updates"
            found += fresh
        await self.bot("getUpdates", timeout=0, offset=found[-1]["update_id"] + 1)
        return found

    async def open(self, query: str = "") -> Page:
        """The page, opened and alive."""
        await self.page.goto(f"{self.url}/{query}")
        await self.page.locator(".phone").nth(2).wait_for(state="attached")
        await self.page.locator("#status[data-state=live]").wait_for()
        return self.page

    def phone(self, name: str) -> Locator:
        """The phone that this person holds."""
        return self.page.locator(f'.phone[data-person="{name}"]')
