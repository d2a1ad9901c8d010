"""Delivery by webhook over loopback: the secret header, in order per chat, again with patience until a 2xx."""

from __future__ import annotations

import asyncio
import ipaddress
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.demo.botapi.errors import bad
from bot.demo.botapi.records import Json
from bot.demo.botapi.updates import Pending, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name, not a secret
ANSWER_WITHIN = 60.0
LONGEST_PAUSE = 60.0


@dataclass(slots=True)
class Webhook:
    """What setWebhook said, and what getWebhookInfo tells of how it goes."""

    url: str
    secret: str = ""
    connections: int = 40
    failed_at: int = 0
    failure: str = ""


def check_address(url: str) -> None:
    """Only loopback is ever called. Raises Telegram's refusal of an address it cannot use."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    try:
        loopback = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise bad("bad webhook: IP address is reserved: this Bot API delivers to loopback only")


class Delivery:
    """Posts updates to a webhook. Each chat has a queue: its next goes out when the former was taken.

    A first failure is repeated at once, then after 2, 4, 8 … seconds up to 60 to 120; `pace` shortens these pauses
    for tests. A `Retry-After` of the receiver is obeyed. Telegram drops an update after a day: here it never is.
    """

    def __init__(self, webhook: Webhook, updates: Updates, now: Callable[[], datetime], *, pace: float = 1.0) -> None:
        self.webhook = webhook
        self._updates = updates
        self._now = now
        self._pace = pace
        self._queues: dict[int, deque[Pending]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(webhook.connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))

    def start(self) -> None:
        """Take over the queue: what waits in it and what comes."""
        self._updates.on_push = self.feed
        for update in self._updates.all():
            self.feed(update)

    async def stop(self) -> None:
        """Give the queue back; what was not taken stays in it."""
        self._updates.on_push = None
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await self._session.close()

    def feed(self, update: Pending) -> None:
        """Queue one update for its chat."""
        queue = self._queues.get(update.key)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.key] = deque([update])
        worker = asyncio.get_running_loop().create_task(self._deliver_all(update.key))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _deliver_all(self, key: int) -> None:
        queue = self._queues[key]
        while queue:
            for _ in range(self._updates.times):
                if self._updates.holds(queue[0]):
                    await self._deliver(queue[0])
            self._updates.delivered(queue.popleft())
        del self._queues[key]

    async def _deliver(self, update: Pending) -> None:
        failures = 0
        while self._updates.holds(update):
            async with self._free:
                pause = await self._post(update.body)
            if pause is None:
                return
            if failures:
                longest = LONGEST_PAUSE * (1 + random.random())
                await asyncio.sleep(max(pause, min(2.0**failures, longest)) * self._pace)
            failures += 1

    async def _post(self, body: Json) -> float | None:
        """None where it was taken, else the seconds the receiver asked for."""
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers[SECRET_HEADER] = self.webhook.secret
        try:
            async with self._session.post(self.webhook.url, data=orjson.dumps(body), headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                asked = answer.headers.get("Retry-After", "")
                return float(asked) if asked.isdigit() else 0.0
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed("Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else "Read timeout")
            return 0.0

    def _failed(self, words: str) -> None:
        self.webhook.failed_at = int(self._now().timestamp())
        self.webhook.failure = words
